"""What an unknown value may turn out to be: stretches of the 0..100 scale, each with its probability and its verdict.

The assumption is stated to readers (`ASSUMPTION`): a figure or a rating may lie anywhere between 0 and 100 alike, each
level of a category that decides something is as likely as the next, and a confirmation holds in one case of two.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from criteria.curves import IDEAL, QUALIFIED, FloatArray
from criteria.model import Criterion
from criteria.text import msg
from selection.model import BoolArray

ASSUMPTION = msg(
    "Assumed: an unknown figure or rating may lie anywhere between 0 and 100 alike, each level of a category is as "
    "likely as the next, and what has to be confirmed holds in one case of two."
)
ENDS = 5.0
"""A limit at or beyond an end of the scale still leaves this much (of 100) on its far side: raw values reach there."""

Knots = tuple[float, float, float]
Piece = tuple[float, float, float, bool]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """The stretches from *start* to *end* (equal for a single value) with their *share* (sums to 1) and verdict.

    *least* and *most* bound the values that pass, exactly; NaN where none does. Where *start* = *end* = NaN the value
    itself does not change: only its confirmation was open.
    """

    start: FloatArray
    end: FloatArray
    share: FloatArray
    passes: BoolArray
    least: float
    most: float

    @property
    def can_pass(self) -> bool:
        """Tell whether some value passes."""
        return not math.isnan(self.least)

    def at(self, quantile: FloatArray) -> tuple[FloatArray, BoolArray]:
        """Return the value and the verdict at each *quantile* (0..1, any shape)."""
        edges = np.cumsum(self.share)
        piece = np.minimum(np.searchsorted(edges, quantile, side="right"), len(edges) - 1)
        within = 1.0 - (edges[piece] - quantile) / self.share[piece]
        start = self.start[piece]
        value: FloatArray = start + np.clip(within, 0.0, 1.0) * (self.end[piece] - start)
        return value, self.passes[piece]


def yes_or_no() -> Outcome:
    """Return the outcome of a question that moves no value: a confirmation, or whether a region is served."""
    middle = np.full(2, QUALIFIED)
    return Outcome(middle, middle, np.full(2, 0.5), np.array([True, False]), QUALIFIED, QUALIFIED)


def outcome(criterion: Criterion, lower: float = -math.inf, upper: float = math.inf) -> Outcome | None:
    """Return what an unknown value of *criterion* may be, and what passes raw bounds *lower* to *upper*.

    For a category the bounds are on the values of its levels. None where no level decides anything.
    """
    if criterion.levels is not None:
        return _levels(criterion, lower, upper)
    if criterion.kind == "judged" and lower <= 1.0:
        lower = -math.inf  # no rating is below the first anchor
    pieces = _pieces(criterion, lower, upper)
    least, most = _passing_range(criterion, lower, upper)
    start, end, share, passes = (np.array(column) for column in zip(*pieces, strict=True))
    return Outcome(start, end, share, passes, least, most)


def _levels(criterion: Criterion, lower: float, upper: float) -> Outcome | None:
    found = [level.value for level in (criterion.levels or {}).values() if level.value is not None]
    if not found:
        return None
    values = np.array(found)
    passes = (values >= lower) & (values <= upper)
    least, most = (values[passes].min(), values[passes].max()) if passes.any() else (math.nan, math.nan)
    return Outcome(values, values, np.full(len(values), 1 / len(values)), passes, float(least), float(most))


def _passing_range(criterion: Criterion, lower: float, upper: float) -> tuple[float, float]:
    """Return the smallest and largest value of the raw figures between the bounds."""
    curve = criterion.scale
    largest = 5.0 if criterion.kind == "judged" else math.inf
    if curve is None or lower > min(upper, largest):
        return math.nan, math.nan
    ends = criterion.value([lower, upper])
    inside = curve.is_range and lower <= (curve.high_ideal or 0.0) and upper >= (curve.low_ideal or 0.0)
    return float(ends.min()), IDEAL if inside else float(ends.max())


def _pieces(criterion: Criterion, lower: float, upper: float) -> list[Piece]:
    """Return (start, end, share, passes) of every stretch: both halves of each slope, cut where a bound lies."""
    curve = criterion.scale
    sides = curve.sides if curve is not None else ()
    found: list[Piece] = []
    for knots, sign in sides:
        rising = (sign * knots[0], sign * knots[1], sign * knots[2])
        low, high = (lower, upper) if sign > 0 else (-upper, -lower)
        bounds = _position(rising, low, 0.0), _high_position(rising, high, len(sides) > 1)
        for half in (0, 1):
            step = rising[half] == rising[half + 1]
            found += _half_pieces(half, step, bounds, 1 / len(sides))
    return found


def _half_pieces(half: int, step: bool, bounds: tuple[float, float], share: float) -> list[Piece]:
    """Return the stretches of one half of a slope: a line, or one value where its two knots are the same."""
    begin, end = QUALIFIED * half, QUALIFIED * (half + 1)
    edge = IDEAL * half
    cuts = sorted({begin, end, *(bound for bound in bounds if begin < bound < end)})
    return [
        (
            edge if step else left,
            edge if step else right,
            share * (right - left) / IDEAL,
            bounds[0] <= (left + right) / 2 <= bounds[1],
        )
        for left, right in pairwise(cuts)
    ]


def _position(rising: Knots, raw: float, unbounded: float) -> float:
    """Return where a raw bound lies on the way from floor (0) to ideal (100); never at the very ends."""
    if math.isinf(raw):
        return unbounded
    floor, qualified, ideal = rising
    if raw == qualified:
        return QUALIFIED
    if raw < qualified:
        place = QUALIFIED * (raw - floor) / (qualified - floor) if qualified > floor else 0.0
    else:
        place = QUALIFIED + QUALIFIED * (raw - qualified) / (ideal - qualified) if ideal > qualified else IDEAL
    return min(max(place, ENDS), IDEAL - ENDS)


def _high_position(rising: Knots, raw: float, other_side: bool) -> float:
    """Return where an upper bound lies; beyond the ideal of a target range it belongs to the other side."""
    return IDEAL if other_side and raw >= rising[2] else _position(rising, raw, IDEAL)
