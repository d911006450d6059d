"""The panel compared: where people differ and why, what they agree on, who is strict, and the ranking without each."""

from __future__ import annotations

import streamlit as st

from criteria.errors import DecisionError
from criteria.text import plural
from selection.panel import LIMIT, Panel, disagreements, without_each
from selection.panel_agreement import concordance, habits, leniency
from selection.panel_words import concordance_sentence, habit_sentence, leniency_sentences, without_sentence
from selection.waived import holding
from views import context, interview_agree, interview_map
from views.candidates_cells import heading
from views.candidates_rows import Rows
from views.context import REGION_KEY, SCENARIO_KEY, Context
from views.interview_state import Round
from views.words import md, t, tn

FLAGS = 5


def show(ctx: Context, rows: Rows, state: Round) -> None:
    """Show differences first, then what they mean for the ranking."""
    panel = present(ctx, rows, state)
    if len(panel.assessors) < 2:
        st.info(md(t("There is nothing to compare yet: so far only one assessor has rated.")))
        return
    _flags(ctx, rows, panel)
    interview_map.show(ctx, rows, panel)
    left, right = st.columns(2)
    with left:
        _people(state, panel)
    with right:
        _without(ctx, rows, panel)


def present(ctx: Context, rows: Rows, state: Round) -> Panel:
    """Return the ratings of the candidates and judged criteria that there are now."""
    ids = {record.id for record in rows.people}
    table = state.table
    judged = {criterion.id for criterion in ctx.profile.criteria if criterion.kind == "judged"}
    return Panel.from_table(table[table["candidate"].isin(ids) & table["criterion"].isin(judged)])


def _flags(ctx: Context, rows: Rows, panel: Panel) -> None:
    """Show what to talk about: differences of two points or more, with who said what and why."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    limit = right.selectbox(
        md(t("Worth a talk from")), (0.5, 1.0, 1.5, 2.0, 2.5, 3.0), index=3, key="panel_limit",
        format_func=lambda value: t("{n:g} points apart", n=value), persist_state="session",
    )  # fmt: skip
    found = disagreements(panel, LIMIT if limit is None else float(limit))
    agreed = interview_agree.agreements(ctx)
    with left:
        heading(tn("Talk about this one", "Talk about these {n}", len(found)) if found else t("Nothing to talk about"))
    if not found:
        st.markdown(md(t("No two ratings of the same lie that far apart.")))
    shown = (
        found
        if len(found) <= FLAGS or st.toggle(md(t("Show all {n}", n=len(found))), key="panel_all")
        else found[:FLAGS]
    )
    for each in shown:
        interview_agree.flag(ctx, rows, each, agreed.get(each.cell))
    flagged = {each.cell for each in found}
    interview_agree.others(ctx, rows, {cell: value for cell, value in agreed.items() if cell not in flagged})


def _people(state: Round, panel: Panel) -> None:
    heading(t("The assessors"))
    sentences = [*leniency_sentences(leniency(panel)), concordance_sentence(concordance(panel))]
    changed = [(name, state.revised(name)) for name in state.everybody]
    more = [
        plural("{who} changed {n} rating after finishing.", "{who} changed {n} ratings after finishing.", n, who=name)
        for name, n in changed
        if n
    ]
    interview_agree.bullets([*sentences, *map(habit_sentence, habits(panel)), *more])
    st.caption(md(t("The mean is not adjusted for who is strict or mild; it is for you to weigh.")))


def _without(ctx: Context, rows: Rows, panel: Panel) -> None:
    """Say what the ranking of the chosen region and scenario would be without each of them."""
    heading(t("The ranking without each of them"))
    region = st.session_state.get(REGION_KEY, context.first_region(ctx))
    place = region if region in ctx.regions else None
    chosen = st.session_state.get(SCENARIO_KEY)
    scenario = chosen if chosen in ctx.profile.scenario_names else None
    try:
        waivers = holding(ctx.waivers, ctx.candidates, ctx.profile)
        found = without_each(
            ctx.candidates, ctx.profile, panel, place, scenario, waivers=waivers, held=rows.stored.rated
        )
    except DecisionError as error:
        st.caption(md(error.message))
        return
    names = {record.id: record.name for record in rows.people}
    interview_agree.bullets(without_sentence(each, lambda id_: names.get(id_, id_)) for each in found)
    if place is not None:
        st.caption(md(t("In {region}, with the scenario chosen on Ranking.", region=place)))
