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


@dataclass(frozen=True, slots=True, eq=False)
class Middles:
    """The value that counts of some rows (n x m, 0..100, 0 where it does not apply) and whether it applies (1 or 0)."""

    rows: IntArray
    values: FloatArray
    applies: FloatArray

    def totals(self, weights: FloatArray) -> FloatArray:
        """Return the totals (n, not rounded) under *weights* (m); 50 where nothing applies."""
        share = self.applies @ weights
        return np.where(share > 0, self.values @ weights / np.where(share > 0, share, 1.0), IDEAL / 2)


def middles(ranking: Ranking, rows: IntArray) -> Middles:
    """Return the values of *rows* as they count: an unknown one in the middle of its band."""
    found = readings(ranking.candidates.take(rows), ranking.profile)
    values = found.low + IDEAL / 2 * found.unknown
    applies = np.ones(values.shape) if found.applies is None else found.applies.astype(np.float64)
    return Middles(rows, values, applies)


def lines(ranking: Ranking, criterion_id: str, among: Middles | None = None) -> Lines:
    """Return the totals of the ranked candidates (or *among* some rows) as a function of one criterion's weight.

    The other weights keep their proportions; where only this one weighs anything, the others share alike.
    """
    position = [criterion.id for criterion in ranking.profile.criteria].index(criterion_id)
    found = middles(ranking, ranking.ranked_rows) if among is None else among
    others = scaled(ranking.weights, position, 0.0)
    return Lines(
        found.rows, tuple(ranking.candidates.ids[found.rows].tolist()), float(ranking.weights[position]),
        found.values @ others, found.applies @ others, found.values[:, position], found.applies[:, position],
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
        for weight in meetings(found, one, np.array([other]))[0]:
            crossing = None if np.isnan(weight) else _crossing(found, one, other, float(weight), places)
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


def lead(found: Lines, one: int, others: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return (a, b, c) per row of *others*: a w^2 + b w + c has the sign of the total of *one* less theirs."""
    n1, d1 = found.rest[one], found.share[one]
    n2, d2 = found.rest[others], found.share[others]
    dn1, dn2 = found.own[one] - n1, found.own[others] - n2
    dd1, dd2 = found.applies[one] - d1, found.applies[others] - d2
    return dn1 * dd2 - dn2 * dd1, n1 * dd2 + dn1 * d2 - n2 * dd1 - dn2 * d1, n1 * d2 - n2 * d1


def meetings(found: Lines, one: int, others: IntArray) -> FloatArray:
    """Return the weights strictly between 0 and 1 at which *one* and each of *others* are equal and change sides.

    Shape len(others) x 2, the smaller weight first, NaN where there is none.
    """
    roots = _roots(*lead(found, one, others))
    roots[~((roots > 1e-9) & (roots < 1 - 1e-9))] = np.nan
    return np.sort(roots, axis=1)


def _roots(a: FloatArray, b: FloatArray, c: FloatArray) -> FloatArray:
    """Return the simple real roots of a x^2 + b x + c; a double root touches without crossing and is left out."""
    straight = np.abs(a) < 1e-9
    inside = b * b - 4 * a * c
    real = ~straight & (inside > 1e-12 * (b * b + np.abs(4 * a * c)))
    half = -(b + np.copysign(np.sqrt(np.where(real, inside, 0.0)), b)) / 2
    out = np.full((len(a), 2), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        out[:, 0] = np.where(real, half / a, np.where(straight & (np.abs(b) > 1e-9), -c / b, np.nan))
        out[:, 1] = np.where(real & (half != 0), c / half, np.nan)
    return out


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
