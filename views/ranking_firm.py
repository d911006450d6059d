"""How firm the ranking is, in sentences; computed once per state of the project and shown wherever it is asked for."""

from __future__ import annotations

import streamlit as st

from criteria.errors import DecisionError
from selection import Ranking
from selection.explain import answer
from selection.robustness.firmness import Firmness, firmness
from views.context import Context
from views.words import language, say


def firm_of(ctx: Context, ranking: Ranking) -> Firmness:
    """Return the verdict on *ranking* with what the panel disagrees about; raise DecisionError where there is none."""
    from selection.panel import Panel, spreads
    from views.interview_agree import agreements

    table = ctx.store.ratings(ctx.project.id)
    if not len(table):
        return firmness(ranking)
    return firmness(ranking, spreads=spreads(Panel.from_table(table), ranking.candidates, set(agreements(ctx))))


def firm_sentences(ctx: Context, ranking: Ranking) -> tuple[str, ...]:
    """Return the verdict on *ranking*, how often its first stays first, and what would change it, in plain text."""
    return _sentences(
        ctx.project.id, ctx.stamp, ranking.region, ranking.scenario, ranking.stage, language(),
        str(ranking.candidates.as_of), str(ranking.parameters.get("basis")), ctx, ranking,
    )  # fmt: skip


@st.cache_data(max_entries=200, show_spinner=False)
def _sentences(
    project: str, stamp: str, region: str | None, scenario: str, stage: str | None, in_language: str, today: str,
    basis: str, _ctx: Context, _ranking: Ranking,
) -> tuple[str, ...]:  # fmt: skip
    try:
        found = firm_of(_ctx, _ranking)
    except DecisionError:  # the ranking itself stands, whatever the weights beside it
        return (say(answer(_ranking)),)
    return tuple(say(sentence) for sentence in found.sentences)
