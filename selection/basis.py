"""Facts and impressions kept apart: the ranking on facts or on ratings alone, and who lives on impressions."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from criteria.errors import WeightsError
from criteria.model import Criterion, Profile
from criteria.text import Message, msg
from selection.departure import short
from selection.explain import parts
from selection.rank import Ranking, reweighted

Basis = Literal["facts", "ratings"]
BASES: tuple[Basis, ...] = ("facts", "ratings")
TOP = 3
LEAST_FACTS = 0.1
"""Where facts carry less than this share of the weight, nobody can be told from them, so nobody is flagged."""


def is_rating(criterion: Criterion) -> bool:
    """Tell whether a criterion is an impression: judged by people on its rubric."""
    return criterion.kind == "judged"


def on_basis(ranking: Ranking, basis: Basis) -> Ranking | None:
    """Return *ranking* with only facts, or only ratings, in its totals; None where those weigh nothing here.

    Must-haves stay as they are: who does not qualify does not qualify on facts alone either.
    """
    kept = {criterion.id for criterion in ranking.profile.criteria if is_rating(criterion) == (basis == "ratings")}
    profile = only(ranking.profile, kept)
    try:
        weights = profile.weights(ranking.scenario)
    except WeightsError:
        return None
    here = replace(ranking, screening=replace(ranking.screening, profile=profile))
    return reweighted(here, weights, basis=basis)


def only(profile: Profile, kept: Container[str]) -> Profile:
    """Return *profile* with the weights of the criteria *kept* alone, in every scenario."""
    weights = dict(zip(profile.by_id, profile.weights().tolist(), strict=True)) if not profile.scenarios else {}
    scenarios = dict(profile.scenarios) or {"equal": weights}
    return profile.changed(
        scenarios={name: {key: w for key, w in points.items() if key in kept} for name, points in scenarios.items()}
    )


def facts_share(ranking: Ranking) -> float:
    """Return the share of the weight that facts carry, 0 to 1."""
    weighted = zip(ranking.profile.criteria, ranking.weights.tolist(), strict=True)
    return float(sum(weight for criterion, weight in weighted if not is_rating(criterion)))


def has_both(ranking: Ranking) -> bool:
    """Tell whether both facts and ratings weigh something, so that each can be looked at alone."""
    weighed = zip(ranking.profile.criteria, ranking.weights.tolist(), strict=True)
    return len({is_rating(criterion) for criterion, weight in weighed if weight > 0}) == len(BASES)


@dataclass(frozen=True, slots=True)
class Impression:
    """A candidate among the first whose place rests on ratings: its rank together and on facts alone."""

    row: int
    rank: int
    on_facts: int
    of: int
    points: float
    sentence: Message


def impressions(ranking: Ranking, top: int = TOP) -> tuple[Impression, ...]:
    """Return who is among the first *top* together and not even in the better half on facts alone.

    Empty where facts carry too little weight to tell anybody apart.
    """
    facts = on_basis(ranking, "facts")
    if facts is None or not LEAST_FACTS <= facts_share(ranking) < 1.0:
        return ()
    places = dict(zip(facts.ranked_rows.tolist(), facts.ranks.tolist(), strict=True))
    half = max(top, (len(places) + 1) // 2)
    leading = ranking.ranked_rows[ranking.ranks <= top].tolist()
    ranks = ranking.ranks.tolist()
    return tuple(
        _impression(ranking, row, rank_, places[row], len(places))
        for row, rank_ in zip(leading, ranks, strict=False)
        if places[row] > half
    )


def _impression(ranking: Ranking, row: int, together: int, on_facts: int, of: int) -> Impression:
    figures = ranking.figures(row)
    points = float(np.sum([part.points for part in parts(ranking, figures) if is_rating(part.criterion)]))
    sentence = msg(
        "{name} lives on impressions: number {rank} with everything, number {facts} of {of} on facts alone; "
        "{points:.1f} of its {score:.1f} points are ratings.",
        name=short(figures.name),
        rank=together,
        facts=on_facts,
        of=of,
        points=points,
        score=figures.score,
    )
    return Impression(row, together, on_facts, of, points, sentence)


def standing(ranking: Ranking, row: int) -> Message | None:
    """Return where *row* stands on facts alone and on ratings alone; None where one of them weighs nothing."""
    ranks = []
    for basis in BASES:
        found = on_basis(ranking, basis)
        places = np.flatnonzero(found.ranked_rows == row) if found is not None else np.array([])
        if found is None or not places.size:
            return None
        ranks.append((int(found.ranks[places[0]]), float(found.score[row])))
    (facts, facts_score), (ratings, ratings_score) = ranks
    return msg(
        "On facts alone it would be number {facts} ({facts_score:.1f}), on ratings alone number {ratings} "
        "({ratings_score:.1f}).",
        facts=facts,
        facts_score=facts_score,
        ratings=ratings,
        ratings_score=ratings_score,
    )
