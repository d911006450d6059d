"""One candidate: where it stands, what is known with its source, what is missing to the ideal, and its history."""

from __future__ import annotations

import numpy as np
import streamlit as st

from data.store import CandidateRecord
from selection.explain import ask, gaps, strengths
from views import address, candidates_conflict, candidates_facts, candidates_history, context, frame
from views.candidates_cells import heading
from views.candidates_rows import Rows, rows_of
from views.context import CANDIDATE_KEY, Context
from views.words import md, t

GAPS = 3


def show(ctx: Context) -> None:
    """Show the card of the chosen candidate."""
    rows = rows_of(ctx)
    record = _choose(rows)
    if record is None:
        st.info(md(t("Choose a candidate to see everything that is known about it.")))
        return
    candidates_conflict.show(ctx)
    _head(ctx, record)
    with st.container(border=True):
        _standing(ctx, record)
    candidates_facts.show(ctx, rows, record)
    with st.expander(md(t("Note, name and regions")), key="card_about", expanded=bool(record.note)):
        _about(ctx, record)
    with st.expander(md(t("History")), key="card_history", on_change="rerun") as history:
        if history.open:
            candidates_history.show(ctx, record)


def _choose(rows: Rows) -> CandidateRecord | None:
    by_id = {record.id: record for record in rows.people}
    address.take(CANDIDATE_KEY, by_id)
    chosen = st.selectbox(
        md(t("Candidate")), list(by_id), key=CANDIDATE_KEY, index=None, placeholder=t("Type a name"),
        persist_state="session",
        format_func=lambda key: _label(by_id.get(key), key),
    )  # fmt: skip
    address.keep(CANDIDATE_KEY, chosen)
    return by_id.get(chosen) if chosen else None


def _label(record: CandidateRecord | None, key: str) -> str:
    return key if record is None else t("{name} ({id})", name=record.name, id=key)


def _head(ctx: Context, record: CandidateRecord) -> None:
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.subheader(md(record.name), anchor=False)
    with right.container(horizontal=True, horizontal_alignment="right"):
        st.button(
            md(t("Unpin") if record.pinned else t("Pin")), key="card_pin", icon=":material/keep:",
            help=md(t("Pinned candidates stay in sight in every list.")), on_click=frame.act,
            args=(ctx.store.set_pin, ctx.project.id, record.id, not record.pinned), kwargs={"who": ctx.who},
        )  # fmt: skip
        st.button(
            md(t("Put away")), key="card_away", icon=":material/archive:", on_click=_put_away, args=(ctx, record),
            help=md(t("It leaves every list and can be brought back there.")),
        )  # fmt: skip


def _put_away(ctx: Context, record: CandidateRecord) -> None:
    if frame.act(ctx.store.archive_candidate, ctx.project.id, record.id, who=ctx.who):
        st.session_state["notice"] = t("{name} was put away; undo brings it back.", name=record.name)


def _standing(ctx: Context, record: CandidateRecord) -> None:
    """Say where the candidate stands in the chosen region, what it is strong on and what is missing to the ideal."""
    region = context.choose_region(ctx)
    ranking = context.ranking(ctx, region, None)
    found = np.flatnonzero(ranking.candidates.ids == record.id)
    if not found.size:
        st.markdown(md(t("{name} does not serve {region}.", name=record.name, region=region or "")))
        return
    for sentence in ask(ranking, int(found[0])):
        st.markdown(md(sentence))
    figures = ranking.figures(int(found[0]))
    left, right = st.columns(2)
    with left:
        heading(t("Strengths"))
        strong = strengths(ranking, figures)
        for part in strong:
            st.markdown(f"- {md(part.sentence)}")
        if not strong:
            st.markdown(md(t("Nothing known is above the qualified line yet.")))
    with right:
        heading(t("What is missing to the ideal"))
        for gap in gaps(ranking, figures, GAPS):
            st.markdown(f"- {md(gap.sentence)}")


def _about(ctx: Context, record: CandidateRecord) -> None:
    """Show note, name and regions to edit; each is saved when the field is left."""
    for field, label, value in (
        ("name", t("Name"), record.name),
        ("regions", t("Regions it serves, between semicolons"), record.regions or ""),
        ("note", t("Note"), record.note),
    ):
        key = f"card_{field}_{record.id}_{ctx.stamp}"
        show_field = st.text_area if field == "note" else st.text_input
        show_field(md(label), value=value, key=key, on_change=_save_field, args=(ctx, record, field, key))
    if record.regions is None:
        st.caption(md(t("No list has said which regions candidates serve, so it counts in every region.")))


def _save_field(ctx: Context, record: CandidateRecord, field: str, key: str) -> None:
    text = str(st.session_state[key] or "").strip()
    if field == "name":
        frame.act(ctx.store.rename_candidate, ctx.project.id, record.id, text, who=ctx.who)
    elif field == "note":
        frame.act(ctx.store.set_note, ctx.project.id, record.id, text, who=ctx.who)
    else:
        frame.act(ctx.store.set_regions, ctx.project.id, record.id, text, who=ctx.who)
