"""Raw values -> values on the 0..100 scale -> totals, in blocks that stay in the processor's cache.

For every criterion two numbers per row are enough: *low*, its value with everything unknown at 0, and *unknown*, the
share of it that is not known (0 or 1; between for a composite with missing leaves). Its best value is low + 100 x
unknown. A total needs nothing but its own row, so nobody's total depends on who else is listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from criteria.curves import IDEAL, FloatArray
from criteria.model import Criterion, Profile
from selection.model import BoolArray, Candidates

BLOCK = 1 << 14
DECIMALS = 8
"""Totals are rounded to this many decimals before they are compared, in memory, in SQL and in workbooks alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Values of n candidates on m criteria: *low* and *unknown* (n x m), *applies* (n x m, or None = all apply)."""

    low: FloatArray
    unknown: FloatArray
    applies: BoolArray | None

    def totals(self, weights: FloatArray) -> Totals:
        """Return the totals for *weights* of shape m, or m x s for s scenarios at once (one matrix product)."""
        across = np.ascontiguousarray(weights.T)  # one row per scenario: what is sorted later lies together
        low = (across @ self.low.T).T
        unknown = (across @ self.unknown.T).T if self.unknown.any() else np.zeros_like(low)
        return Totals(low, unknown) if self.applies is None else _rescaled(low, unknown, self.applies @ weights)


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """The worst total of each row and the share of weight that is unknown; the best total is low + 100 x unknown."""

    low: FloatArray
    unknown: FloatArray

    @property
    def high(self) -> FloatArray:
        """Return the totals with every unknown at 100."""
        best: FloatArray = np.round(self.low + IDEAL * self.unknown, DECIMALS)
        return best

    @property
    def score(self) -> FloatArray:
        """Return the middle of the band, rounded so that equal totals are equal."""
        middle: FloatArray = self.unknown * (IDEAL / 2)
        middle += self.low
        return np.round(middle, DECIMALS, out=middle)

    @property
    def worst(self) -> FloatArray:
        """Return the totals with every unknown at 0, rounded as the others are."""
        worst: FloatArray = np.round(self.low, DECIMALS)
        return worst


def _rescaled(low: FloatArray, unknown: FloatArray, share: FloatArray) -> Totals:
    """Return totals per applicable weight; where nothing applies, everything is unknown."""
    nothing = share <= 0
    safe = np.where(nothing, 1.0, share)
    return Totals(np.where(nothing, 0.0, low / safe), np.where(nothing, 1.0, unknown / safe))


def reading(
    candidates: Candidates,
    profile: Profile,
    criterion: Criterion,
    rows: slice = slice(None),
    column: NDArray[Any] | None = None,
) -> tuple[FloatArray, FloatArray | None]:
    """Return (low, unknown) of one criterion for a slice of rows; None as unknown = every value is known.

    *column* is the criterion's raw column where the caller has it at hand already.
    """
    raw = (candidates.column(criterion) if column is None else column)[rows]
    if criterion.composite is not None:
        return _composite(candidates, profile, criterion, raw, rows)
    value = criterion.value(raw)
    missing = np.isnan(value)
    if not missing.any():
        return value, None
    value[missing] = 0.0
    return value, missing.astype(np.float64)


def _composite(
    candidates: Candidates, profile: Profile, criterion: Criterion, own: FloatArray, rows: slice
) -> tuple[FloatArray, FloatArray | None]:
    """Return the weighted mean of the leaves; a figure given for the composite itself goes before them.

    A leaf that does not apply takes its weight out of the row's mean.
    """
    low, unknown, share = np.zeros(len(own)), np.zeros(len(own)), np.zeros(len(own))
    for leaf, weight in (criterion.composite or {}).items():
        value, missing = reading(candidates, profile, profile.by_id[leaf], rows)
        applies = candidates.is_applicable(leaf)
        part = weight if applies is None else weight * applies[rows]
        low += part * value
        unknown += part * (0.0 if missing is None else missing)
        share += part
    mean = _rescaled(low, unknown, share)
    given = ~np.isnan(own)
    low = np.where(given, criterion.value(own), mean.low)
    unknown = np.where(given, 0.0, mean.unknown)
    return low, unknown if unknown.any() else None


def readings(candidates: Candidates, profile: Profile) -> Readings:
    """Return the values of all candidates on all criteria, in the profile's order."""
    n, m = len(candidates), len(profile.criteria)
    low, unknown = np.zeros((n, m)), np.zeros((n, m))
    for j, criterion in enumerate(profile.criteria):
        if criterion.is_scored:
            low[:, j], missing = reading(candidates, profile, criterion)
            unknown[:, j] = 0.0 if missing is None else missing
        else:
            unknown[:, j] = 1.0
    return Readings(low, unknown, _applies(candidates, profile, low, unknown))


def _applies(candidates: Candidates, profile: Profile, low: FloatArray, unknown: FloatArray) -> BoolArray | None:
    """Return which criteria apply to which row, and clear the values of those that do not."""
    if not any(candidates.is_applicable(criterion.id) is not None for criterion in profile.criteria):
        return None
    applies = np.ones(low.shape, dtype=bool)
    for j, criterion in enumerate(profile.criteria):
        mark = candidates.is_applicable(criterion.id)
        if mark is not None:
            applies[:, j] = mark
    low[~applies] = 0.0
    unknown[~applies] = 0.0
    return applies


def totals(candidates: Candidates, profile: Profile, weights: FloatArray) -> Totals:
    """Return the totals for one set of weights without ever holding an n x m matrix."""
    n = len(candidates)
    low, unknown, share = np.zeros(n), np.zeros(n), np.zeros(n)
    counted = [(c, w) for c, w in zip(profile.criteria, weights.tolist(), strict=True) if w > 0]
    marks = {c.id: candidates.is_applicable(c.id) for c, _ in counted}
    columns = {c.id: candidates.column(c) for c, _ in counted}
    partly = any(mark is not None for mark in marks.values())
    for start in range(0, n, BLOCK):
        rows = slice(start, min(start + BLOCK, n))
        for criterion, weight in counted:
            value, missing = reading(candidates, profile, criterion, rows, columns[criterion.id])
            applies = marks[criterion.id]
            if applies is not None:
                here = applies[rows]
                value, missing = value * here, None if missing is None else missing * here
                share[rows] += weight * here
            elif partly:
                share[rows] += weight
            value *= weight
            low[rows] += value
            if missing is not None:
                unknown[rows] += weight * missing
    return _rescaled(low, unknown, share) if partly else Totals(low, unknown)
