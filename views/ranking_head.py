"""The head of the Ranking page: the banner of an invented example, the top bar, and the sentence that answers."""

from __future__ import annotations

import streamlit as st

from selection.explain import answer
from views import context
from views.context import Context
from views.ranking_firm import firm_sentences
from views.ranking_look import DESK, Look
from views.words import md, say, scenario_title, t, tn

CANDIDATES = "candidates_page.py"


def banner(ctx: Context) -> None:
    """Say that a sample is invented, and offer to start with one's own list."""
    if not ctx.project.is_sample:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="banner"):
        st.markdown(md(t("Invented example: every name and figure here is made up.")), width="stretch")
        # The import makes a project of its own, so the sample stays as it is.
        if st.button(t("Start with my own list"), key="start_own"):
            st.switch_page(CANDIDATES, query_params={"tab": "import"})


def top_bar(ctx: Context) -> tuple[str | None, str]:
    """Show region and scenario and return them."""
    left, right = st.columns(2)
    with left:
        region = context.choose_region(ctx)
    with right:
        scenario = context.choose_scenario(ctx)
    return region, scenario


def nothing_yet() -> None:
    """Say what belongs here and offer the one button that starts it."""
    st.subheader(t("No candidates yet."), anchor=False)
    st.markdown(
        md(
            t(
                "Here every candidate will stand in order, with the reason for its place. "
                "Paste or drop a list with one row per company; names alone are enough to begin."
            )
        )
    )
    if st.button(t("Add candidates"), type="primary", key="empty_add"):
        st.switch_page(CANDIDATES, query_params={"tab": "import"})


def nobody_here(ctx: Context) -> None:
    """Offer the way on where the ranking cannot be made."""
    if st.button(t("Go to the candidates"), key="nobody_go"):
        st.switch_page(CANDIDATES, query_params={"tab": "list"})


def sentence(look: Look) -> None:
    """Show the sentence that answers, or why it is too early to choose and what to rate next."""
    st.caption(md(_where(look)))
    if not look.early:
        verdict, *more = _answer(look)
        st.subheader(md(verdict), anchor=False)
        for text in more:
            st.markdown(md(text))
        _what_counts(look)
        return
    first, *more = look.progress.sentences
    st.subheader(md(first), anchor=False)
    for message in more:
        st.markdown(md(message))
    _rate_next(look)


def _answer(look: Look) -> tuple[str, ...]:
    """Return the verdict and its reasons; while most is unknown, only who leads so far: trials would mean nothing."""
    if look.progress.too_early:
        return (say(answer(look.ranking)),)
    return firm_sentences(look.ctx, look.ranking)


def _where(look: Look) -> str:
    facts = {"scenario": scenario_title(look.ranking.scenario)}
    if look.ranking.region is None:
        return t("All candidates, global standard · {scenario}", **facts)
    return t("{region} · {scenario}", region=look.ranking.region, **facts)


def _what_counts(look: Look) -> None:
    """Say what the ranking leaves out: factors at the desk stage, ratings that are missing in the full ranking."""
    if look.ranking.stage == DESK:
        left_out = int((look.full.weights > 0).sum()) - int((look.ranking.weights > 0).sum())
        st.caption(
            tn(
                "A desk ranking: {n} factor that only interviews can show is left out.",
                "A desk ranking: {n} factors that only interviews can show are left out.",
                left_out,
            )
        )
    elif look.progress.too_early:
        st.warning(md(look.progress.sentences[0]), icon=":material/hourglass_empty:")
        _rate_next(look)


def _rate_next(look: Look) -> None:
    """Offer the one button: the factor to rate next, for the leaders that lack it."""
    found = look.progress
    if found.next_criterion is None:
        if st.button(t("Add what is missing"), type="primary", key="add_facts"):
            st.switch_page(CANDIDATES, query_params={"tab": "list"})
        return
    criterion = look.full.profile.by_id[found.next_criterion]
    label = tn(
        "Rate “{criterion}” for {n} candidate", "Rate “{criterion}” for {n} candidates",
        found.to_rate[found.next_criterion], criterion=say(criterion.title),
    )  # fmt: skip
    if st.button(md(label), type="primary", key="rate_next"):
        st.switch_page(CANDIDATES, query_params={"tab": "rate", "factor": criterion.id})
