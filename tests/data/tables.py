"""Small raw tables and one profile with every kind of criterion, for the tests of the import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from criteria import Profile, parse_profile
from data.candidates import ImportReport, interpret
from data.readers.raw import RawColumn, RawTable

DAY = dt.date(2026, 11, 21)
RISING = {"floor": 0, "qualified": 50, "ideal": 100}
PROFILE: Profile = parse_profile(
    {
        "name": "test",
        "criteria": [
            {"id": "years", "unit": "years", "curve": {"floor": 0, "qualified": 3, "ideal": 10}},
            {"id": "ratio", "unit": "times", "curve": {"floor": 0, "qualified": 1, "ideal": 2}},
            {"id": "share", "unit": "%", "curve": RISING},
            {"id": "revenue", "curve": {"floor": 0, "qualified": 1e6, "ideal": 1e9}},
            {"id": "capital", "unit": "project currency", "curve": {"floor": 0, "qualified": 1e6, "ideal": 1e9}},
            {"id": "staff", "kind": "judged"},
            {"id": "licence", "levels": {"yes": 100, "no": 0}},
            {"id": "band", "levels": {"small": 0, "medium": 50, "large": 100}},
            {"id": "operating_years", "unit": "years", "curve": {"floor": 0, "qualified": 3, "ideal": 10}},
            {"id": "current_ratio", "unit": "times", "curve": {"floor": 0, "qualified": 1, "ideal": 2}},
            {"id": "score", "curve": RISING, "aliases": ["grade", "评分"]},
        ],
    }
)


def raw_table(columns: Mapping[str, Sequence[str | None]] | Sequence[tuple[str, Sequence[str | None]]]) -> RawTable:
    """Return a csv-like table; a sequence of pairs allows repeated headers."""
    pairs = list(columns.items()) if isinstance(columns, Mapping) else list(columns)
    made = tuple(RawColumn(header, pa.chunked_array([pa.array(cells, pa.string())]), None) for header, cells in pairs)
    n = max(len(cells) for _, cells in pairs)
    return RawTable(made, np.arange(2, n + 2), (), "csv", "utf-8", "list.csv")


def load(columns: Any, profile: Profile = PROFILE, **options: Any) -> ImportReport:
    """Interpret a table; a name column is added where there is none."""
    pairs = list(columns.items()) if isinstance(columns, Mapping) else list(columns)
    if not any(header in ("name", "Name", "id") for header, _ in pairs):
        n = max(len(cells) for _, cells in pairs)
        pairs = [("name", [f"n{i}" for i in range(n)]), *pairs]
    return interpret(raw_table(pairs), profile, as_of=DAY, **options)


def one(
    criterion: str, cells: Sequence[str | None], header: str | None = None, **options: Any
) -> tuple[list[Any], list[int]]:
    """Return the values of one column (None = unknown) and the lines of its errors."""
    report = load([(header or criterion, cells)], **options)
    values = report.candidates.frame[criterion].tolist()
    lines = [problem.line for problem in report.problems if problem.severity == "error" and problem.line is not None]
    return [None if value is None or value != value else value for value in values], lines


def sentences(report: ImportReport, severity: str | None = None) -> list[str]:
    """Return the English sentences of the problems."""
    return [str(p.message) for p in report.problems if severity is None or p.severity == severity]
