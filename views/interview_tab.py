"""Interviews: rate one criterion at a time; with colleagues, first alone, then compare and agree."""

from __future__ import annotations

import streamlit as st

from views import grid_rate, interview_panel, interview_sheets, interview_who
from views.candidates_rows import rows_of
from views.context import Context
from views.interview_state import Round, show_state
from views.words import md, t


def show(ctx: Context) -> None:
    """Show the rating of whoever works here, and once several rate, how far they are and what they say."""
    rows, table = rows_of(ctx), ctx.store.ratings(ctx.project.id)
    known = interview_who.names(ctx, table)
    name = interview_who.choose(ctx, known)
    if name is None:
        st.info(md(t("Say who rates. Until you have finished you see only your own ratings, and nobody sees yours.")))
        interview_sheets.show(ctx, rows, None, known, table)
        return
    rater = interview_who.rater(name, known, table)
    state = Round(rater, known, ctx.store.finished(ctx.project.id), table)
    if rater.panel:
        show_state(ctx, state)
    if rater.panel and state.is_done(name):
        interview_panel.show(ctx, rows, state)
        again = st.toggle(
            md(t("Change my ratings")), key="interview_again",
            help=md(t("What is changed after finishing is marked, because the others' ratings were seen.")),
        )  # fmt: skip
        if again:
            grid_rate.show(ctx, rows, rater)
    else:
        grid_rate.show(ctx, rows, rater)
    interview_sheets.show(ctx, rows, rater, known, table)
