"""One value on its way in and out of a table: read by the rules of the importer, shown as people read it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import streamlit as st

from criteria import Criterion, Profile
from criteria.errors import CandidateError
from criteria.text import msg
from data.candidates import interpret
from data.importing.headers import ID
from data.readers import RawColumn, RawTable
from data.store import NOT_APPLICABLE, Value
from data.store.pool import check_rating
from selection.panel_words import points
from selection.screen import quantity
from views.words import md, say, t

EVIDENCE_LEVELS = (0, 1, 2, 3)
RATING_DIGITS = 2
"""Half points and means of ratings are read with one decimal."""


def heading(text: str) -> None:
    """Show a small heading."""
    st.markdown(f"**{md(text)}**")


def evidence_title(level: float | None) -> str:
    """Return an evidence level in words; a stated level between two reads as the lower one."""
    words = (t("claimed by them"), t("documented"), t("seen by us"), t("confirmed by a third party"))
    if level is None or math.isnan(level):
        return t("not stated")
    return words[min(max(int(level), 0), 3)]


def shown(value: Value, criterion: Criterion | None) -> str:
    """Return a value with its unit, in words where it is none."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return t("unknown")
    if value is NOT_APPLICABLE:
        return t("not applicable")
    if criterion is None or not isinstance(value, str | float):
        return f"{value:.12g}" if isinstance(value, float) else str(value)
    return say(quantity(value, criterion, RATING_DIGITS if criterion.kind == "judged" else 6))


def plain(value: Value, criterion: Criterion) -> str | None:
    """Return a value as it is typed: without its unit, None where it is unknown."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if value is NOT_APPLICABLE:
        return t("not applicable")
    if isinstance(value, float):
        return points(value) if criterion.kind == "judged" else f"{value:.12g}"
    level = (criterion.levels or {}).get(str(value))
    return say(level.title) if level is not None and level.title is not None else str(value)


def read(cell: Any, criterion: Criterion, profile: Profile) -> Value:
    """Return what was typed for *criterion*; raise DecisionError with the importer's sentence where it is no value.

    Numbers and texts are read as in a file: "12 years", "35 %", "not applicable", the title of a level.
    """
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, str) and cell.strip() in ("", t("unknown")):
        return None
    if isinstance(cell, str) and cell.strip() == t("not applicable"):
        return NOT_APPLICABLE
    report = interpret(_one_cell(cell, criterion), profile, mapping={"#2": criterion.id})
    found = report.candidates
    if criterion.id in found.not_applicable and found.not_applicable[criterion.id][0]:
        return NOT_APPLICABLE
    faults = [problem.message for problem in report.problems if problem.severity == "error"]
    if faults:
        raise CandidateError(msg("{criterion}: {fault}", criterion=criterion.title, fault=faults[0]))
    value = found.column(criterion)[0]
    if value is None or value != value:
        return None
    if criterion.kind == "judged":
        check_rating(float(value))
    return value if isinstance(value, str) else float(value)


def _one_cell(cell: Any, criterion: Criterion) -> RawTable:
    """Return a table of one candidate with one value, as a reader would hand it on."""
    number = float(cell) if isinstance(cell, int | float | np.number) and not isinstance(cell, bool) else None
    text = f"{number:.15g}" if number is not None else str(cell)
    native = None if number is None else pa.chunked_array([pa.array([number], pa.float64())])
    columns = (
        RawColumn(ID, _column("c"), None),
        RawColumn(criterion.id, _column(text), native),
    )
    return RawTable(columns, np.array([1], dtype=np.int64), (), "json", None, "")


def _column(text: str) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array([text], pa.string())])


def fold(text: str) -> str:
    """Return *text* for searching: case, width and blanks do not count."""
    from data.store.matching import plain as folded

    return folded(text)


def matching(names: Iterable[str], wanted: str) -> list[bool]:
    """Return which names contain every word of *wanted*."""
    words = fold(wanted).split()
    return [all(word in folded for word in words) for folded in map(fold, names)]
