"""One weight moved, the others scaled: totals along the way, and the exact weights at which the order changes.

With the other weights summing to 1, let P be a row's total without the criterion, A the share of those weights that
applies to it, v its value on the criterion and a whether that applies. At weight w its total is N(w) / D(w) with
N = P A + w (a v - P A) and D = A + w (a - A). Two totals cross where N1 D2 - N2 D1 = 0, a quadratic in w; where
everything applies to everybody D is 1 and the crossing is w = (P2 - P1) / (P2 - P1 + v1 - v2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from criteria.curves import IDEAL, FloatArray
from selection.model import IntArray
from selection.rank import Ranking
from selection.values import DECIMALS, readings

GRID = 401
"""Weights at which the first places are looked up, to know which pairs can cross there at all."""
SHOWN = 10


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The qualified rows along one weight: `totals(w)` with the weight at w (0..1) and all others scaled to 1 - w."""

    rows: IntArray
    ids: tuple[str, ...]
    current: float
    rest: FloatArray
    share: FloatArray
    own: FloatArray
    applies: FloatArray

    def totals(self, weight: float | Sequence[float] | FloatArray) -> FloatArray:
        """Return the totals at one weight (n), or at several (n x k)."""
        w: FloatArray = np.asarray(weight, dtype=np.float64)
        shape = (-1,) + (1,) * w.ndim
        rest, share, own, applies = (part.reshape(shape) for part in (self.rest, self.share, self.own, self.applies))
        numerator = rest + w * (own - rest)
        denominator = share + w * (applies - share)
        safe = np.where(denominator > 1e-12, denominator, 1.0)
        middle = np.where(denominator > 1e-12, numerator / safe, IDEAL / 2)
        return np.asarray(np.round(middle, DECIMALS), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Crossing:
    """At *weight* (0..1) *passing* overtakes *passed* as the weight grows, for *place* (1 = the lead)."""

    weight: float
    passing: int
    passed: int
    place: int


def lines(ranking: Ranking, criterion_id: str) -> Lines:
    """Return the totals of the ranked candidates as a function of the weight of *criterion_id*.

    The other weights keep their proportions; where only this one weighs anything, the others share alike.
    """
    position = [criterion.id for criterion in ranking.profile.criteria].index(criterion_id)
    rows = ranking.ranked_rows
    found = readings(ranking.candidates.take(rows), ranking.profile)
    middle = found.low + IDEAL / 2 * found.unknown
    applies = np.ones(middle.shape) if found.applies is None else found.applies.astype(np.float64)
    others = scaled(ranking.weights, position, 0.0)
    ids = tuple(ranking.candidates.ids[rows].tolist())
    return Lines(
        rows, ids, float(ranking.weights[position]), middle @ others, applies @ others,
        middle[:, position], applies[:, position],
    )  # fmt: skip


def scaled(weights: FloatArray, position: int, weight: float) -> FloatArray:
    """Return *weights* with one of them at *weight* (0..1) and the others in their old proportions, summing to 1.

    >>> scaled(np.array([0.5, 0.3, 0.2]), 0, 0.2).round(3).tolist()
    [0.2, 0.48, 0.32]
    """
    others = np.array(weights, dtype=np.float64)
    others[position] = 0.0
    if not others.sum() > 0:
        others[:] = 1.0
        others[position] = 0.0
    out: FloatArray = others / (others.sum() or 1.0) * (1.0 - weight)
    out[position] = weight
    return out


def crossings(found: Lines, places: int = SHOWN) -> tuple[Crossing, ...]:
    """Return every weight at which the order of the first *places* changes, the smallest weight first.

    A pair counts where both stand beside each other at the crossing, so that there the list really changes.
    """
    out = []
    for one, other in combinations(_contenders(found, places), 2):
        for weight in _meeting(found, one, other):
            crossing = _crossing(found, one, other, weight, places)
            if crossing is not None:
                out.append(crossing)
    return tuple(sorted(out, key=lambda c: (c.weight, c.place)))


def _contenders(found: Lines, places: int) -> list[int]:
    """Return the positions that reach the first *places* at some weight, and those right behind them."""
    if len(found.rows) <= places + 1:
        return list(range(len(found.rows)))
    totals = found.totals(np.linspace(0.0, 1.0, GRID))
    first = np.argpartition(-totals, places, axis=0)[: places + 1]
    return [int(position) for position in np.unique(first)]


def _meeting(found: Lines, one: int, other: int) -> list[float]:
    """Return the weights strictly between 0 and 1 at which two totals are equal and change sides."""
    n1, n2 = found.rest[one], found.rest[other]
    d1, d2 = found.share[one], found.share[other]
    dn1, dn2 = found.own[one] - n1, found.own[other] - n2
    dd1, dd2 = found.applies[one] - d1, found.applies[other] - d2
    a = dn1 * dd2 - dn2 * dd1
    b = n1 * dd2 + dn1 * d2 - n2 * dd1 - dn2 * d1
    c = n1 * d2 - n2 * d1
    return [root for root in _roots(float(a), float(b), float(c)) if 1e-9 < root < 1 - 1e-9]


def _roots(a: float, b: float, c: float) -> list[float]:
    """Return the simple real roots of a x^2 + b x + c; a double root touches without crossing and is left out."""
    if abs(a) < 1e-9:
        return [-c / b] if abs(b) > 1e-9 else []
    inside = b * b - 4 * a * c
    if inside <= 1e-12:
        return []
    half = -(b + np.copysign(np.sqrt(inside), b)) / 2
    return [float(half / a), float(c / half)] if half else [0.0]


def _crossing(found: Lines, one: int, other: int, weight: float, places: int) -> Crossing | None:
    """Return who passes whom at *weight*, or None where that is not among the first *places*."""
    totals = found.totals(weight)
    place = 1 + int((totals > max(totals[one], totals[other]) + 1e-7).sum())
    if place > places:
        return None
    step = min(1e-5, weight / 2, (1 - weight) / 2)
    after = found.totals(weight + step)
    passing, passed = (one, other) if after[one] > after[other] else (other, one)
    return Crossing(weight, int(found.rows[passing]), int(found.rows[passed]), place)
