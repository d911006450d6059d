"""A round of rating: which factors, which candidates, in which order, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from criteria import Criterion
from criteria.errors import DecisionError
from selection import Ranking, rank
from selection.progress import LEADERS
from views import context
from views.candidates_rows import Rows
from views.context import SCENARIO_KEY, Context

ROUND_KEY = "rate_round"
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


def make(ctx: Context, rows: Rows, ranking: Ranking, scope: str) -> Round:
    """Return the round: the factors that weigh most first; the leaders on desk facts, or everybody who is still in.

    Who takes part is fixed when a round begins, so that the count does not move under the hands of who rates.
    """
    factors = _factors(ranking)
    names = {record.id: record.name for record in rows.people}
    kept = st.session_state.get(ROUND_KEY)
    label = f"{ctx.project.id}|{ranking.region}|{scope}|{len(names)}"
    if not kept or kept[0] != label:
        kept = st.session_state[ROUND_KEY] = [label, _people(ctx, ranking, scope)]
    people = tuple(person for person in kept[1] if person in names)
    return Round(factors, people, _answered(rows, factors, people), names)


def renew() -> None:
    """Begin another round with whoever leads now; for callbacks."""
    st.session_state.pop(ROUND_KEY, None)


def _factors(ranking: Ranking) -> tuple[Criterion, ...]:
    """Return the judged criteria that weigh something or are a must-have, the heaviest first."""
    weights = dict(zip((c.id for c in ranking.profile.criteria), ranking.weights.tolist(), strict=True))
    judged = [c for c in ranking.profile.criteria if c.kind == "judged" and (weights[c.id] > 0 or c.gates)]
    return tuple(sorted(judged, key=lambda criterion: -weights[criterion.id]))


def _people(ctx: Context, ranking: Ranking, scope: str) -> list[str]:
    """Return who is rated: whoever is not eliminated, in the order of the desk ranking; the leaders alone if wanted."""
    standing = np.concatenate([ranking.ranked_rows, ranking.pending_rows])
    try:
        score = rank(ctx.candidates, ctx.profile, ranking.region, ranking.scenario, "desk", waivers=ctx.waivers).score
    except DecisionError:
        score = ranking.score
    ids = ranking.candidates.ids
    order = dict.fromkeys(ids[row] for row in sorted(standing.tolist(), key=lambda row: (-score[row], ids[row])))
    return list(order)[: LEADERS if scope == LEADING else None]


def _answered(rows: Rows, factors: tuple[Criterion, ...], people: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    wanted = set(people)
    places: dict[str, list[int]] = {}
    for row, record in enumerate(rows.records):
        if record.id in wanted:
            places.setdefault(record.id, []).append(row)
    return frozenset(
        (factor.id, person)
        for factor in factors
        for person, mine in places.items()
        if all(rows.is_answered(row, factor.id) for row in mine)
    )
