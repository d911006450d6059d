"""A fresh store per test, and small lists to fill it with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.store import Project, Store, open_store
from selection.model import Candidates


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a folder of its own."""
    opened = open_store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def project(store: Store) -> Project:
    """A project with three candidates: two numbers and a category, one value unknown."""
    made = store.create_project("Mowers", {"name": "standard", "minimum_total": 50}, who="Li")
    store.apply_import(made.id, store.preview_import(made.id, three(), file_name="first.csv"), who="Li")
    return made


def people(ids: list[str], names: list[str] | None = None, **columns: Any) -> Candidates:
    """Return a list as the importer gives it: numbers as float64, categories as objects."""
    regions = columns.pop("regions", None)
    evidence = {key: columns.pop(key, {}) for key in ("not_applicable", "levels", "sources", "dates")}
    data: dict[str, Any] = {"id": ids, "name": names or [f"Firm {id_}" for id_ in ids]}
    for name, values in columns.items():
        texts = any(isinstance(value, str) for value in values)
        data[name] = pd.Series(values, dtype=object if texts else np.float64)
    return Candidates(pd.DataFrame(data), regions, **evidence)


def three(**columns: Any) -> Candidates:
    """Return three candidates; *columns* replace or add."""
    given = {"years": [3, 7, None], "ratio": [1.5, 0.1, 2.0], "size": ["small", None, "large"], **columns}
    return people(["a", "b", "c"], **given)


def everything(store: Store) -> dict[str, Any]:
    """Return all that a user can see, for comparing before and after."""
    seen: dict[str, Any] = {"projects": store.projects(), "deleted": store.projects(deleted=True)}
    for each in store.projects():
        project = each.id
        frame = store.candidates_frame(project)
        seen[project] = {
            "project": store.project(project),
            "people": store.candidates(project, archived=True),
            "frame": frame.frame.astype(object).where(frame.frame.notna(), None).to_dict("list"),
            "values": {key: tuple(numbers) for key, numbers in frame.sequences.items()},
            "waivers": store.waivers(project, withdrawn=True),
            "decisions": store.decisions(project, history=True),
            "imports": store.imports(project),
            "audit": store.audit(project),
            "versions": store.profile_versions(project),
        }
    return seen
