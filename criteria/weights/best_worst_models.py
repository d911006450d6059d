"""The two models of the best-worst method: the smallest deviation, and all weights that have it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from criteria.curves import FloatArray

UNIQUE = 1e-6
"""Weights that differ by less than this are one solution."""
_HALVINGS = 80
_CONSISTENT = 1e12
"""Sizes in units of the deviation beyond which it is rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """How many times the best is as important as each criterion, and each criterion as the worst (n each)."""

    best: int
    worst: int
    to_others: FloatArray
    to_worst: FloatArray

    @property
    def middle(self) -> NDArray[np.intp]:
        """Return the criteria that are neither the best nor the worst."""
        return np.array([j for j in range(len(self.to_others)) if j not in (self.best, self.worst)], dtype=np.intp)

    @property
    def span(self) -> float:
        """Return how many times the best is as important as the worst."""
        return float(self.to_others[self.worst])


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The smallest deviation *xi*, weights that have it, and how far each weight may move (n × 2), None if unique."""

    xi: float
    values: FloatArray
    intervals: FloatArray | None


# --- nonlinear --------------------------------------------------------------------------------------------------------
# Let r = w_best / w_worst. For a deviation xi every w_j / w_worst lies in [c - xi, c + xi] and in
# [r / (a + xi), r / (a - xi)], with a = best to j and c = j to worst. Some w_j exists exactly where r lies between
# (a - xi)(c - xi) and (a + xi)(c + xi), so the smallest xi is the first at which all these ranges of r meet.


def ratio_deviation(to_others: FloatArray, to_worst: FloatArray, span: FloatArray) -> FloatArray:
    """Return the smallest deviation (k) of ratios for k sets of comparisons of m middle criteria (k × m each)."""
    low, high = np.zeros(len(span)), np.maximum(span, np.max(np.maximum(to_others, to_worst), axis=1, initial=0.0))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        lowest, highest = _meeting(to_others, to_worst, span, middle)
        fits = lowest <= highest
        low, high = np.where(fits, low, middle), np.where(fits, middle, high)
    found: FloatArray = np.where(high < 1e-12, 0.0, high)
    return found


def _meeting(
    to_others: FloatArray, to_worst: FloatArray, span: FloatArray, xi: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the largest lower and the smallest upper bound (k each) of w_best / w_worst."""
    each = xi[:, None]
    below = np.maximum(to_others - each, 0.0) * np.maximum(to_worst - each, 0.0)
    above = (to_others + each) * (to_worst + each)
    return (
        np.maximum(span - xi, below.max(axis=1, initial=0.0)),
        np.minimum(span + xi, above.min(axis=1, initial=np.inf)),
    )


def nonlinear(found: Comparisons) -> Solution:
    """Return the weights with the smallest deviation of ratios; exact, without a solver.

    Where the ranges of r first meet they touch, so r is one number and only the criteria between best and worst can be
    open, each by itself: a weight is largest where it is at its own roof and the others are at their floors. Values:
    the middles of the intervals (Rezaei 2016), divided by their sum.
    """
    middle = found.middle
    a, c, span = found.to_others[middle][None, :], found.to_worst[middle][None, :], np.array([found.span])
    xi = ratio_deviation(a, c, span)
    low, high = _bounds(found, float(xi[0]), float(np.mean(_meeting(a, c, span, xi))))
    largest = high / (low.sum() - low + high)
    smallest = low / (high.sum() - high + low)
    values = (smallest + largest) / 2
    unique = bool((largest - smallest).max() < UNIQUE)
    return Solution(float(xi[0]), values / values.sum(), None if unique else np.column_stack([smallest, largest]))


def _bounds(found: Comparisons, xi: float, r: float) -> tuple[FloatArray, FloatArray]:
    """Return the least and the greatest w_j / w_worst (n each) where w_best / w_worst is *r*."""
    a, c = found.to_others, found.to_worst
    roof = np.where(a > xi, r / np.where(a > xi, a - xi, 1.0), np.inf)
    low, high = np.maximum(r / (a + xi), c - xi), np.minimum(roof, c + xi)
    for each in (low, high):
        each[found.best] = r
        each[found.worst] = 1.0
    return low, np.maximum(low, high)


# --- linear -----------------------------------------------------------------------------------------------------------
# Divide all weights by the deviation xi: now every deviation is at most 1, and the smallest xi belongs to the largest
# sum. Given best s and worst t, each other weight may be as large as min((s + 1) / a, c t + 1), and some weight is
# possible where a (c t - 1) - 1 <= s <= a (c t + 1) + 1: lines in t with slope a c. All of them rise, so s, t and with
# them the sum are largest at the one point where the lowest upper line meets the highest lower line.


def linear(found: Comparisons) -> Solution:
    """Return the weights with the smallest deviation of |w_best - a w_j| and |w_j - c w_worst|; always unique."""
    middle = found.middle
    a, c = found.to_others[middle], found.to_worst[middle]
    slopes, room = np.append(a * c, found.span), np.append(a + 1.0, 1.0)
    rise = slopes[None, :] - slopes[:, None]
    crossing = np.where(rise > 0, (room[:, None] + room[None, :]) / np.where(rise > 0, rise, 1.0), np.inf)
    worst = float(crossing.min())
    if not worst < _CONSISTENT:
        return Solution(0.0, found.to_worst / found.to_worst.sum(), None)
    best = float((slopes * worst + room).min())
    sizes = np.minimum((best + 1.0) / found.to_others, found.to_worst * worst + 1.0)
    sizes[found.best], sizes[found.worst] = best, worst
    return Solution(1.0 / float(sizes.sum()), sizes / sizes.sum(), None)
