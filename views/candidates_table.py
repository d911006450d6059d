"""The editable table: every edit is checked in Python, saved at once, and refused with a sentence where it is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from criteria import Criterion
from criteria.errors import DecisionError
from data.store import ValueEdit
from views import candidates_conflict, frame
from views.candidates_cells import plain, read
from views.candidates_rows import Rows, edited_region
from views.context import Context
from views.import_columns import title_with_unit
from views.words import md, say, t, tn

STATE_KEY, TICKED = "list_state", "ticked"
_FIELDS = ("name", "regions", "note")


def show(ctx: Context, rows: Rows, found: list[int]) -> None:
    """Show the rows *found* as a table to edit, and what can be done with the ticked ones."""
    candidates_conflict.show(ctx)
    key = _key(ctx, rows, found)
    columns = {criterion.id: [rows.value(row, criterion.id) for row in found] for criterion in ctx.profile.criteria}
    table = pd.DataFrame(_fields(rows, found) | {c.id: _cells(columns[c.id], c) for c in ctx.profile.criteria})
    based = {c.id: [rows.sequence(row, c.id) for row in found] for c in ctx.profile.criteria}
    edited = st.data_editor(
        table, key=key, hide_index=True, num_rows="fixed", placeholder=t("unknown"),
        column_config=_config(ctx, rows, table), on_change=_save,
        args=(ctx, rows, found, based, key), height=min(39 + 35 * len(found), 600),
    )  # fmt: skip
    ticked = [found[i] for i, mark in enumerate(edited[TICKED]) if mark]
    if ticked:
        _actions(ctx, list(dict.fromkeys(rows.records[row].id for row in ticked)), rows.records[ticked[0]].name)


def _key(ctx: Context, rows: Rows, found: list[int]) -> str:
    """Return the key of the table: a new one, without half-made edits, whenever something changed elsewhere."""
    stamp, number = st.session_state.get(STATE_KEY, ("", 0))
    if stamp != ctx.stamp:
        number += 1
        st.session_state[STATE_KEY] = [ctx.stamp, number]
    shape = hash(tuple(rows.records[row].id for row in found)) & 0xFFFFFFFF
    return f"list_table_{ctx.project.id}_{number}_{shape}"


def _fields(rows: Rows, found: list[int]) -> dict[str, list[Any]]:
    records = [rows.records[row] for row in found]
    return {
        TICKED: [False] * len(found),
        "name": [record.name for record in records],
        "regions": [_regions(rows.regions[row]) for row in found],
        "note": [record.note for record in records],
    }


def _regions(cell: str | None) -> str | None:
    return t("every region") if cell is None else cell or None


def _cells(values: list[Any], criterion: Criterion) -> pd.Series[Any]:
    """Return a column: numbers where every value is one, else texts as they are typed."""
    if not criterion.is_category and all(value is None or isinstance(value, float) for value in values):
        return pd.Series(values, dtype="float64")
    return pd.Series([plain(value, criterion) for value in values], dtype="object")


def _config(ctx: Context, rows: Rows, table: pd.DataFrame) -> dict[str, Any]:
    config = st.column_config
    result: dict[str, Any] = {
        TICKED: config.CheckboxColumn("✓", width=50, help=md(t("Tick to open or to put away"))),
        "name": config.TextColumn(t("Name"), pinned=True, width="medium", max_chars=500),
        "regions": config.TextColumn(t("Regions"), disabled=rows.by_region),
        "note": config.TextColumn(t("Note"), width="medium"),
    }
    return result | {c.id: _column(c, table[c.id]) for c in ctx.profile.criteria}


def _column(criterion: Criterion, values: pd.Series[Any]) -> Any:
    title, text = title_with_unit(criterion), md(criterion.definition) if criterion.definition else None
    if criterion.is_category:
        known = [say(level.title) if level.title else key for key, level in (criterion.levels or {}).items()]
        options = [*known, t("not applicable"), *(v for v in values if v and v not in known)]
        return st.column_config.SelectboxColumn(title, options=list(dict.fromkeys(options)), help=text)
    if values.dtype != "float64":
        return st.column_config.TextColumn(title, help=text)
    if criterion.kind == "judged":
        return st.column_config.NumberColumn(
            title, format="%g", help=text
        )  # limits would silently change what is typed
    return st.column_config.NumberColumn(title, format="%.6g", help=text)


# --- what was edited --------------------------------------------------------------------------------------------------


def _save(ctx: Context, rows: Rows, found: list[int], based: Mapping[str, list[int]], key: str) -> None:
    """Save what was typed since the last run; a cell that is refused shows its old value again."""
    state = st.session_state[key]["edited_rows"]
    seen = st.session_state.get(f"{key}_seen", {})
    fresh = [
        (int(i), column, cell)
        for i, cells in state.items()
        for column, cell in cells.items()
        if column != TICKED and seen.get(str(i), {}).get(column, _NOTHING) != cell
    ]
    st.session_state[f"{key}_seen"] = {str(i): dict(cells) for i, cells in state.items()}
    good = save_cells(ctx, rows, found, based, fresh)
    stamp = ctx.store.saved_at(ctx.project.id).isoformat() if good else ""
    st.session_state[STATE_KEY] = [stamp, st.session_state[STATE_KEY][1]]


_NOTHING = object()


def save_cells(
    ctx: Context, rows: Rows, found: list[int], based: Mapping[str, list[int]], fresh: list[tuple[int, str, Any]]
) -> bool:
    """Save cells (position, column, what was typed); return False where the table must be drawn anew."""
    good, edits = True, []
    for position, column, cell in fresh:
        row = found[position]
        if column in _FIELDS:
            good &= frame.act(_save_field, ctx, rows.records[row].id, column, cell)
            continue
        criterion = ctx.profile.by_id[column]
        try:
            value = read(cell, criterion, ctx.profile)
        except DecisionError as error:
            st.session_state["refusal"] = say(error.message)
            good = False
            continue
        good &= not isinstance(cell, str) or cell == plain(value, criterion)  # else show what it was read as
        region = edited_region(ctx, rows, row, column)
        edits.append(ValueEdit(rows.records[row].id, column, value, region, based_on=based[column][position]))
    return candidates_conflict.save(ctx, edits) and good


def _save_field(ctx: Context, candidate: str, field: str, cell: Any) -> None:
    text = str(cell or "").strip()
    if field == "name":
        ctx.store.rename_candidate(ctx.project.id, candidate, text, who=ctx.who)
    elif field == "note":
        ctx.store.set_note(ctx.project.id, candidate, text, who=ctx.who)
    else:
        everywhere = text == t("every region")
        ctx.store.set_regions(ctx.project.id, candidate, None if everywhere else text, who=ctx.who)


# --- what can be done with the ticked ones ----------------------------------------------------------------------------


def _actions(ctx: Context, ids: list[str], first: str) -> None:
    with st.container(horizontal=True):
        st.button(md(t("Open {name}", name=first)), key="list_open", type="primary", on_click=open_one, args=(ids[0],))
        st.button(
            md(tn("Put away {n} candidate", "Put away {n} candidates", len(ids))), key="list_away",
            on_click=_put_away, args=(ctx, ids), help=md(t("They leave every list and can be brought back.")),
        )  # fmt: skip


def open_one(candidate: str) -> None:
    """Turn to the card of one candidate; for callbacks."""
    st.session_state["tab"], st.session_state["candidate"] = "one", candidate


def _put_away(ctx: Context, ids: list[str]) -> None:
    def act() -> None:
        for candidate in ids:
            ctx.store.archive_candidate(ctx.project.id, candidate, who=ctx.who)

    if frame.act(act):
        st.session_state["notice"] = tn(
            "{n} candidate was put away; undo brings it back.",
            "{n} candidates were put away; they can be brought back below the list.",
            len(ids),
        )
