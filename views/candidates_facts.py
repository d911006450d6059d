"""The facts and ratings of one candidate: value, unit, source, date and how well each is proven, edited in place."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from criteria import Criterion
from criteria.errors import DecisionError
from data.store import CandidateRecord, ValueEdit
from views import candidates_conflict
from views.candidates_cells import EVIDENCE_LEVELS, evidence_title, heading, plain, read
from views.candidates_rows import Rows, edited_region
from views.context import Context
from views.words import md, say, t

STATE_KEY = "card_state"


def show(ctx: Context, rows: Rows, record: CandidateRecord) -> None:
    """Show one table of facts and one of ratings, per region where values differ by region."""
    mine = rows.rows_of(record.id)
    if not mine:
        return
    for row in mine:
        where = rows.regions[row] if rows.by_region and len(mine) > 1 else None
        facts = [c for c in ctx.profile.criteria if c.kind != "judged"]
        judged = [c for c in ctx.profile.criteria if c.kind == "judged"]
        if facts:
            heading(t("Facts in {region}", region=where) if where else t("Facts"))
            _table(ctx, rows, row, facts, "facts")
        if judged:
            heading(t("Ratings in {region}", region=where) if where else t("Ratings, 1 to 5"))
            _table(ctx, rows, row, judged, "ratings")


def _table(ctx: Context, rows: Rows, row: int, criteria: list[Criterion], kind: str) -> None:
    key = _key(ctx, rows, row, kind)
    based = {c.id: rows.sequence(row, c.id) for c in criteria}
    st.data_editor(
        pd.DataFrame([_line(rows, row, c) for c in criteria]), key=key, hide_index=True, num_rows="fixed",
        placeholder="", column_config=_config(kind), on_change=_save,
        args=(ctx, rows, row, [c.id for c in criteria], based, key),
    )  # fmt: skip


def _key(ctx: Context, rows: Rows, row: int, kind: str) -> str:
    """Return the key of a table: a new one after every saved change, so that it never shows a stale edit."""
    return f"card_{kind}_{ctx.project.id}_{rows.records[row].id}_{row}_{ctx.stamp}_{st.session_state.get(STATE_KEY, 0)}"


def _line(rows: Rows, row: int, criterion: Criterion) -> dict[str, str | None]:
    value = rows.value(row, criterion.id)
    return {
        "criterion": say(criterion.title),
        "value": plain(value, criterion) or t("unknown"),
        "unit": t("of 5") if criterion.kind == "judged" else say(criterion.unit or ""),
        "meaning": _anchor(criterion, value),
        "source": _text(rows, "sources", row, criterion.id),
        "date": _text(rows, "dates", row, criterion.id),
        "level": _level(rows, row, criterion.id),
    }


def _anchor(criterion: Criterion, value: Any) -> str:
    """Return the rubric's anchor at or below a rating."""
    if criterion.rubric is None or criterion.kind != "judged" or not isinstance(value, float):
        return ""
    return say(criterion.rubric[min(max(int(value), 1), 5) - 1])


def _text(rows: Rows, kind: str, row: int, criterion: str) -> str | None:
    found = getattr(rows.stored, kind).get(criterion)
    return None if found is None or found[row] is None else str(found[row])


def _level(rows: Rows, row: int, criterion: str) -> str | None:
    found = rows.stored.levels.get(criterion)
    return None if found is None or found[row] != found[row] else evidence_title(float(found[row]))


def _config(kind: str) -> dict[str, Any]:
    config = st.column_config
    hidden: dict[str, Any] = {"meaning": None} if kind == "facts" else {"unit": None, "level": None}
    source = t("Source") if kind == "facts" else t("Reason")
    return {
        "criterion": config.TextColumn(t("Criterion"), disabled=True, pinned=True),
        "value": config.TextColumn(t("Value"), help=md(t("Type a figure, “not applicable”, or nothing for unknown."))),
        "unit": config.TextColumn(t("Unit"), disabled=True),
        "meaning": config.TextColumn(t("What that means"), disabled=True, width="large"),
        "source": config.TextColumn(source, width="medium"),
        "date": config.TextColumn(t("As of")),
        "level": config.SelectboxColumn(t("How well proven"), options=[evidence_title(n) for n in EVIDENCE_LEVELS]),
    } | hidden


def _save(ctx: Context, rows: Rows, row: int, ids: list[str], based: dict[str, int], key: str) -> None:
    """Save what was typed; the other fields of a value stay as they were."""
    edits = []
    st.session_state[STATE_KEY] = st.session_state.get(STATE_KEY, 0) + 1
    for position, cells in st.session_state[key]["edited_rows"].items():
        criterion = ctx.profile.by_id[ids[int(position)]]
        try:
            edits.append(_edit(ctx, rows, row, criterion, dict(cells), based[criterion.id]))
        except DecisionError as error:
            st.session_state["refusal"] = say(error.message)
    candidates_conflict.save(ctx, edits)


def _edit(ctx: Context, rows: Rows, row: int, criterion: Criterion, cells: dict[str, Any], based_on: int) -> ValueEdit:
    """Return the edit of one line: what was typed, and the evidence that stays; a new value drops the old evidence."""
    value = read(cells["value"], criterion, ctx.profile) if "value" in cells else rows.value(row, criterion.id)
    keep = "value" not in cells
    source = cells.get("source", _text(rows, "sources", row, criterion.id) if keep else None)
    date = cells.get("date", _text(rows, "dates", row, criterion.id) if keep else None)
    words = cells.get("level", _level(rows, row, criterion.id) if keep else None)
    level = next((float(n) for n in EVIDENCE_LEVELS if evidence_title(n) == words), None)
    region = edited_region(ctx, rows, row, criterion.id)
    return ValueEdit(
        rows.records[row].id, criterion.id, value, region, source=source, date=date, level=level, based_on=based_on
    )
