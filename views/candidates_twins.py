"""Names that look like one company twice: shown side by side, never merged by themselves."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from data.importing.duplicates import fold_names
from data.store import CandidateRecord
from views import frame
from views.candidates_rows import Rows
from views.context import Context
from views.words import md, t, tn

SHOWN = 10
_SETTING = "not_twins"


def pairs(people: tuple[CandidateRecord, ...]) -> list[tuple[CandidateRecord, CandidateRecord]]:
    """Return the pairs of candidates whose names are the same without case, marks, legal form and script."""
    folded = fold_names(pa.array([record.name for record in people], pa.string()))
    first: dict[str, CandidateRecord] = {}
    found = []
    for record, name in zip(people, folded, strict=True):
        if name in first:
            found.append((first[name], record))
        else:
            first[name] = record
    return found


def show(ctx: Context, rows: Rows) -> None:
    """Suggest what to do about names that stand twice."""
    settled = {tuple(pair) for pair in ctx.store.setting(_SETTING, [], project=ctx.project.id) or []}
    found = [(a, b) for a, b in pairs(rows.people) if (a.id, b.id) not in settled]
    if not found:
        return
    label = tn("{n} pair may be one company twice", "{n} pairs may be one company twice", len(found))
    with st.expander(md(label), key="list_twins"):
        for a, b in found[:SHOWN]:
            _pair(ctx, a, b)
        if len(found) > SHOWN:
            st.caption(md(t("The first {n} are shown; settle some to see more.", n=SHOWN)))


def _pair(ctx: Context, a: CandidateRecord, b: CandidateRecord) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        text = t(
            "{first} ({first_id}) and {second} ({second_id})",
            first=a.name,
            first_id=a.id,
            second=b.name,
            second_id=b.id,
        )
        st.markdown(md(text))
        st.button(
            md(t("Put {id} away", id=b.id)), key=f"twin_away_{a.id}_{b.id}", on_click=_away, args=(ctx, b.id),
            help=md(t("Its values are kept and it can be brought back.")),
        )  # fmt: skip
        st.button(md(t("Two companies")), key=f"twin_keep_{a.id}_{b.id}", on_click=_keep, args=(ctx, a.id, b.id))


def _away(ctx: Context, candidate: str) -> None:
    frame.act(ctx.store.archive_candidate, ctx.project.id, candidate, who=ctx.who)


def _keep(ctx: Context, first: str, second: str) -> None:
    settled = ctx.store.setting(_SETTING, [], project=ctx.project.id) or []
    frame.act(ctx.store.set_setting, _SETTING, [*settled, [first, second]], project=ctx.project.id)
