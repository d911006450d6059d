"""A round of rating: which factors, which candidates, in which order, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from criteria import Criterion
from criteria.errors import DecisionError
from data.store.held import PANEL
from selection import Candidates, Ranking, rank
from selection.progress import LEADERS
from selection.waived import holding
from views import context
from views.candidates_rows import Rows
from views.context import REGION_KEY, SCENARIO_KEY, Context
from views.interview_who import Rater

ROUND_KEY, SCOPE_KEY = "rate_round", "rate_scope"
LEADING, EVERYBODY = "leading", "all"


@dataclass(frozen=True, slots=True)
class Round:
    """*factors* and *people* (ids) in order; *answered* holds the factor and id of every given answer."""

    factors: tuple[Criterion, ...]
    people: tuple[str, ...]
    answered: frozenset[tuple[str, str]]
    names: Mapping[str, str]

    @property
    def size(self) -> int:
        """Return how many ratings the round has."""
        return len(self.factors) * len(self.people)

    @property
    def done(self) -> int:
        """Return how many of them are given."""
        return len(self.answered)

    def open_for(self, factor: str) -> tuple[str, ...]:
        """Return who still lacks *factor*, in order."""
        return tuple(person for person in self.people if (factor, person) not in self.answered)

    def next_person(self, factor: str, after: str | None) -> str | None:
        """Return who comes next for *factor*: the first open one behind *after*, else from the beginning."""
        waiting = self.open_for(factor)
        if after in self.people:
            start = self.people.index(after)
            behind = [person for person in self.people[start + 1 :] if person in waiting]
            waiting = (*behind, *(person for person in waiting if person != after))
        return waiting[0] if waiting else None

    def next_factor(self, factor: str) -> str | None:
        """Return the next factor with anything open: behind *factor*, else from the beginning."""
        keys = [criterion.id for criterion in self.factors]
        start = keys.index(factor) + 1 if factor in keys else 0
        return next((key for key in (*keys[start:], *keys[:start]) if self.open_for(key)), None)


def ranking_of(ctx: Context, region: str | None) -> Ranking:
    """Return the full ranking that says which factors count and who is still in."""
    chosen = st.session_state.get(SCENARIO_KEY)
    scenario = chosen if chosen in ctx.profile.scenario_names else None
    return context.ranking(ctx, region, scenario)


def present(ctx: Context, rows: Rows, rater: Rater) -> Round:
    """Return the round as it was last chosen, for the parts of the page that do not ask."""
    region = st.session_state.get(REGION_KEY, context.first_region(ctx))
    ranking = ranking_of(ctx, region if region in ctx.regions else None)
    return make(ctx, rows, ranking, st.session_state.get(SCOPE_KEY) or LEADING, rater)


def make(ctx: Context, rows: Rows, ranking: Ranking, scope: str, rater: Rater) -> Round:
    """Return the round: the factors that weigh most first; the leaders on desk facts, or everybody who is still in.

    Who takes part is fixed when a round begins, so that the count does not move under the hands of who rates.
    """
    factors = _factors(ranking)
    names = {record.id: record.name for record in rows.people}
    kept = st.session_state.get(ROUND_KEY)
    label = f"{ctx.project.id}|{ranking.region}|{scope}|{len(names)}|{rater.panel}"
    if not kept or kept[0] != label:
        kept = st.session_state[ROUND_KEY] = [label, _people(ctx, ranking, scope, rows if rater.panel else None)]
    people = tuple(person for person in kept[1] if person in names)
    return Round(factors, people, _answered(rows, factors, people, rater), names)


def renew() -> None:
    """Begin another round with whoever leads now; for callbacks."""
    st.session_state.pop(ROUND_KEY, None)


def _factors(ranking: Ranking) -> tuple[Criterion, ...]:
    """Return the judged criteria that weigh something or are a must-have, the heaviest first."""
    weights = dict(zip((c.id for c in ranking.profile.criteria), ranking.weights.tolist(), strict=True))
    judged = [c for c in ranking.profile.criteria if c.kind == "judged" and (weights[c.id] > 0 or c.gates)]
    return tuple(sorted(judged, key=lambda criterion: -weights[criterion.id]))


def _people(ctx: Context, ranking: Ranking, scope: str, rows: Rows | None) -> list[str]:
    """Return who is rated, in the order of the desk ranking: whoever is not eliminated; the leaders alone if wanted.

    In a panel (*rows*) nobody's ratings count for this: who has dropped out by one of them would tell what it was.
    """
    candidates, base = ctx.candidates, ranking
    waivers = holding(ctx.waivers, ctx.candidates, ctx.profile)
    if rows is not None:
        candidates = _unrated(ctx, rows)
        base = rank(candidates, ctx.profile, ranking.region, ranking.scenario, waivers=waivers)
    try:
        score = rank(candidates, ctx.profile, ranking.region, ranking.scenario, "desk", waivers=waivers).score
    except DecisionError:
        score = base.score
    standing = np.concatenate([base.ranked_rows, base.pending_rows])
    ids = base.candidates.ids
    order = dict.fromkeys(ids[row] for row in sorted(standing.tolist(), key=lambda row: (-score[row], ids[row])))
    return list(order)[: LEADERS if scope == LEADING else None]


def _unrated(ctx: Context, rows: Rows) -> Candidates:
    """Return the candidates as they are known without anybody's rating."""
    frame = ctx.candidates.frame.copy(deep=False)
    for criterion in ctx.profile.criteria:
        if criterion.kind == "judged" and criterion.id in rows.stored.origins:
            rated = np.isin(rows.stored.origins[criterion.id].astype(str), PANEL)
            frame[criterion.id] = frame[criterion.id].mask(rated)
    return replace(ctx.candidates, frame=frame)


def _answered(
    rows: Rows, factors: tuple[Criterion, ...], people: tuple[str, ...], rater: Rater
) -> frozenset[tuple[str, str]]:
    wanted = set(people)
    places: dict[str, list[int]] = {}
    for row, record in enumerate(rows.records):
        if record.id in wanted:
            places.setdefault(record.id, []).append(row)
    return frozenset(
        (factor.id, person)
        for factor in factors
        for person, mine in places.items()
        if rater.has_answered(rows, factor.id, person, mine)
    )
