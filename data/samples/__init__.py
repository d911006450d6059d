"""The invented sample project: 38 companies in three regions that show every state a candidate can be in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from criteria import library, load_profile, parse_profile
from criteria.loading import read_yaml
from criteria.model import Profile
from criteria.text import local_text
from data.store import Store
from selection import Candidates

FOLDER = Path(__file__).parent


def create_sample(store: Store, language: str = "en") -> str:
    """Make the sample project with its texts in *language* and return its id."""
    texts = _texts()
    profile = sample_profile(language)
    team = _text(texts["team"], language)
    made = store.create_project(_text(texts["name"], language), profile.document(), is_sample=True, who=team)
    preview = store.preview_import(made.id, sample_candidates(profile, language), file_name="candidates.csv")
    store.apply_import(made.id, preview, who=team)
    places = _in_language(texts["regions"], language)
    for each in texts["waivers"]:
        store.waive(
            made.id,
            each["candidate"],
            each["criterion"],
            by=_text(each["by"], language),
            reason=_text(each["reason"], language),
            region=places[each["region"]],
        )
    for candidate in texts["pins"]:
        store.set_pin(made.id, candidate, who=team)
    return made.id


def sample_profile(language: str = "en") -> Profile:
    """Return the sample's standard: its template, a licence that nobody can waive, and what differs in one region."""
    texts = _texts()
    document = load_profile(texts["template"]).document()
    first = [library()[key].model_dump(mode="json", exclude_none=True) for key in texts["must_haves_first"]]
    places = _in_language(texts["regions"], language)
    regions: dict[str, Any] = {name: {} for name in places.values()}
    regions |= {places[name]: change for name, change in texts["changes"].items()}
    changes = {
        "name": "sample",
        "title": texts["title"],
        "note": texts["note"],
        "criteria": [*first, *document["criteria"]],
        "regions": regions,
    }
    return parse_profile(document | changes)


def sample_candidates(profile: Profile, language: str = "en") -> Candidates:
    """Return the invented companies, with regions and sources named in *language*."""
    texts = _texts()
    table = pd.read_csv(FOLDER / "candidates.csv", keep_default_na=False, na_values=[""])
    found = Candidates.from_frame(table, profile)
    places, sources = (_in_language(texts[key], language) for key in ("regions", "sources"))
    regions = tuple(tuple(places[name] for name in row) for row in found.regions or ())
    named = {
        key: np.array([None if text is None else sources[text] for text in column], dtype=object)
        for key, column in found.sources.items()
    }
    return replace(found, regions=regions, sources=named)


def _texts() -> dict[str, Any]:
    document: dict[str, Any] = read_yaml((FOLDER / "sample.yaml").read_text(encoding="utf-8"), trusted=True)
    return document


def _in_language(entries: Mapping[str, Any], language: str) -> dict[str, str]:
    return {key: _text(value, language) for key, value in entries.items()}


def _text(value: Any, language: str) -> str:
    return local_text(value).text(language)
