"""What the answers behind a scenario leave open of its weights, for judging how firm a ranking is."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from criteria.curves import FloatArray
from criteria.editing_weights import weighting_of
from criteria.errors import WeightsError
from criteria.model import Profile, Weighting
from criteria.weights.again import BestWorstAnswers, Computed, OrderAnswers, TradeoffAnswers, compute, read
from criteria.weights.tradeoff import constraints

CLOSE_ENOUGH = 0.005
"""A scenario whose weights are further than this from those of its answers was changed afterwards, as in a region."""
_MET = 1e-6

Row = Mapping[str, float]


def open_weights(profile: Profile, scenario: str | None = None) -> FloatArray | None:
    """Return what the answers of a scenario leave open: rows G (k × criteria of *profile*) with G w >= 0, or None.

    An order leaves open every set of weights that keeps it, choices between candidates every one that agrees with
    them, nonlinear best-worst every one with the same deviation; who weighs nothing goes on to weigh nothing. None:
    the way gives exact weights, or the weights that hold here (in a region, say) are not those of the answers.
    """
    chosen = profile.scenario(scenario)
    weighting = weighting_of(profile, chosen)
    try:
        found = _statements(profile, chosen, weighting)
    except WeightsError:
        return None
    if found is None:
        return None
    rows = _rows(profile, found)
    weights = profile.weights(chosen)
    if weighting.way == "tradeoff" and len(rows) and (rows @ weights).min() < -_MET:
        return None
    idle = np.flatnonzero(weights == 0)
    return np.vstack([rows, -np.eye(len(weights))[idle]])


def _statements(profile: Profile, scenario: str, weighting: Weighting) -> list[Row] | None:
    """Return one mapping criterion -> factor for each inequality, None where there is nothing to state."""
    if weighting.way not in ("order", "best_worst", "tradeoff"):
        return None
    given = read(weighting.way, weighting.answers)
    if isinstance(given, TradeoffAnswers):
        rows = constraints(given.given(), len(given.criteria))
        return [dict(zip(given.criteria, row.tolist(), strict=True)) for row in rows]
    found = compute(weighting.way, weighting.answers)
    if not _holds(profile, scenario, found):
        return None
    if isinstance(given, OrderAnswers):
        return _falling(tuple(key for key in given.order if key in profile.by_id))
    return _ratios(given, found) if given.model == "nonlinear" and "intervals" in found.weights.detail else None


def _falling(order: tuple[str, ...]) -> list[Row]:
    return [{better: 1.0, worse: -1.0} for better, worse in pairwise(order)]


def _ratios(given: BestWorstAnswers, found: Computed) -> list[Row]:
    """Return |w_best / w_j - a| <= xi and |w_j / w_worst - c| <= xi, each as two products."""
    xi = found.weights.consistency["xi"]
    forth, back = given.lists()
    best, worst = (found.criteria[found.weights.detail[which]] for which in ("best", "worst"))
    pairs = {(best, key): times for key, times in forth.items()} | {(key, worst): times for key, times in back.items()}
    rows: list[Row] = []
    for (one, other), times in pairs.items():
        if one != other:
            rows += [{one: 1.0, other: -(times - xi)}, {one: -1.0, other: times + xi}]
    return rows


def _holds(profile: Profile, scenario: str, found: Computed) -> bool:
    """Tell whether the weights that hold in *profile* are those of the answers, as far as their criteria are there."""
    by_id = dict(zip(found.criteria, found.weights.values.tolist(), strict=True))
    expected = np.array([by_id.get(criterion.id, 0.0) for criterion in profile.criteria])
    if not expected.sum() > 0:
        return False
    return bool(np.abs(expected / expected.sum() - profile.weights(scenario)).max() < CLOSE_ENOUGH)


def _rows(profile: Profile, statements: list[Row]) -> FloatArray:
    """Return *statements* as a table; one about a criterion that does not count here says nothing any more."""
    place = {criterion.id: n for n, criterion in enumerate(profile.criteria)}
    kept = [row for row in statements if all(key in place for key, factor in row.items() if factor)]
    table = np.zeros((len(kept), len(place)))
    for k, row in enumerate(kept):
        for key, factor in row.items():
            if factor:
                table[k, place[key]] = factor
    return table
