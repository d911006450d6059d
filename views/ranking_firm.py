"""How firm the ranking is, in sentences; computed once per state of the project and shown wherever it is asked for."""

from __future__ import annotations

import streamlit as st

from criteria.errors import DecisionError
from selection import Ranking
from selection.explain import answer
from views.context import Context
from views.words import language, say


def firm_sentences(ctx: Context, ranking: Ranking) -> tuple[str, ...]:
    """Return the verdict on *ranking*, how often its first stays first, and what would change it, in plain text."""
    return _sentences(ctx.project.id, ctx.stamp, ranking.region, ranking.scenario, ranking.stage, language(), ranking)


@st.cache_data(max_entries=200, show_spinner=False)
def _sentences(
    project: str, stamp: str, region: str | None, scenario: str, stage: str | None, in_language: str, _ranking: object
) -> tuple[str, ...]:
    from selection.robustness import firmness

    if not isinstance(_ranking, Ranking):
        return ()
    try:
        found = firmness(_ranking)
    except DecisionError:  # the ranking itself stands, whatever the weights beside it
        return (say(answer(_ranking)),)
    return tuple(say(sentence) for sentence in found.sentences)
