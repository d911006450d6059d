"""How firm the ranking is, in sentences; computed once per state of the project and shown wherever it is asked for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from criteria.errors import DecisionError
from selection import Candidates, Ranking
from selection.explain import answer
from selection.robustness.firmness import Firmness, firmness
from views.context import Context, state_of
from views.words import say


def firm_of(ctx: Context, ranking: Ranking, *, doubted: bool = False) -> Firmness:
    """Return the verdict on *ranking* with what the panel disagrees about; raise DecisionError where there is none.

    *doubted* takes claimed values as a little off.
    """
    from selection.panel import Panel, spreads
    from views.interview_agree import agreements

    table = ctx.store.ratings(ctx.project.id)
    if not len(table):
        return firmness(ranking, evidence=doubted)
    agreed, held = set(agreements(ctx)), _rated(ctx, ranking.candidates)
    found = spreads(Panel.from_table(table), ranking.candidates, agreed, held)
    return firmness(ranking, spreads=found, evidence=doubted)


def printed_firmness(ctx: Context, ranking: Ranking, *, doubted: bool = False) -> Firmness | None:
    """Return the verdict as `firm_of`; None where there is none, since the ranking itself stands all the same."""
    try:
        return firm_of(ctx, ranking, doubted=doubted)
    except DecisionError:
        return None


def _rated(ctx: Context, here: Candidates) -> dict[str, np.ndarray]:
    """Return, per criterion, which rows of *here* hold a rating rather than a value of a list or an edit."""
    stored = ctx.store.candidates_frame(ctx.project.id)
    place = {key: row for row, key in enumerate(_keys(stored.frame))}
    rows = np.array([place[key] for key in _keys(here.frame)], dtype=np.int64)
    return {key: rated[rows] for key, rated in stored.rated.items()}


def _keys(frame: pd.DataFrame) -> list[tuple[object, object]]:
    regions = frame["region"].tolist() if "region" in frame.columns else [None] * len(frame)
    return list(zip(frame["id"].tolist(), regions, strict=True))


def firm_sentences(ctx: Context, ranking: Ranking) -> tuple[str, ...]:
    """Return the verdict on *ranking*, how often its first stays first, and what would change it, in plain text."""
    return _sentences(state_of(ctx, ranking), ctx, ranking)


@st.cache_data(max_entries=200, show_spinner=False)
def _sentences(state: str, _ctx: Context, _ranking: Ranking) -> tuple[str, ...]:
    try:
        found = firm_of(_ctx, _ranking)
    except DecisionError:  # the ranking itself stands, whatever the weights beside it
        return (say(answer(_ranking)),)
    return tuple(say(sentence) for sentence in found.sentences)
