"""Decision: per region a first choice and a reserve, what a departure costs, and the memo that says why."""

from __future__ import annotations

import streamlit as st

from views import (
    context,
    decision_form,
    decision_history,
    decision_memo,
    decision_overview,
    ranking_head,
    sign_panel,
)
from views.context import Context
from views.decision_desk import desk
from views.words import md, t


def page(ctx: Context) -> None:
    """Show the page from top to bottom."""
    ranking_head.banner(ctx)
    if not len(ctx.candidates):
        nothing_yet()
        return
    decision_overview.show(ctx)
    region, scenario = ranking_head.top_bar(ctx)
    if region is None and ctx.regions:
        st.info(t("A decision is made per region. Choose a region above, or a line of the table."))
        return
    found = desk(ctx, region, scenario)
    if found is None:
        ranking_head.nobody_here(ctx)
        return
    decision_history.since(found)
    choice = decision_form.show(found)
    early = found.progress.sentences if found.progress.too_early else ()
    with st.expander(t("Before you sign"), key="sign"):
        sign_panel.show(ctx, found.ranking, early, choice.first)
    decision_memo.show(found, choice)
    decision_history.show(found)


def nothing_yet() -> None:
    """Say what belongs here and offer the one button that starts it."""
    st.subheader(t("Nothing to decide yet."), anchor=False)
    st.markdown(
        md(
            t(
                "Here you choose the first choice and the reserve for every region, with the memo that says why. "
                "That needs candidates: paste or drop a list to begin."
            )
        )
    )
    if st.button(t("Add candidates"), type="primary", key="empty_add"):
        st.switch_page(ranking_head.CANDIDATES, query_params={"tab": "import"})


page(context.current())
