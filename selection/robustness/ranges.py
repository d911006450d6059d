"""The range in which each value of the ranked may lie: unknown values, disagreeing assessors, mere claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from criteria.curves import IDEAL, FloatArray
from criteria.errors import RunError
from criteria.model import Criterion, Profile
from criteria.text import msg
from selection.evidence import SELF_DECLARED
from selection.model import BoolArray, Candidates, IntArray
from selection.rank import Ranking
from selection.values import readings

CLAIMED_SPREAD = 12.5
"""How far a self-declared value may lie below or above what is claimed, on 0..100: half a point of a rating."""

Spreads = Mapping[str, tuple[ArrayLike, ArrayLike]]
Moves = tuple[FloatArray, FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class Ranges:
    """The lowest and highest value (0..100) of some *rows* of the ranking's candidates, n x m in the profile's order.

    *applies* (n x m, None = all) leaves criteria out of a row.
    """

    rows: IntArray
    low: FloatArray
    high: FloatArray
    applies: BoolArray | None


def value_ranges(ranking: Ranking, rows: ArrayLike, spreads: Spreads | None = None, evidence: bool = False) -> Ranges:
    """Return the ranges of *rows*: an unknown value may lie anywhere, a known one is exact, unless

    - *spreads* (criterion id -> lowest and highest raw value, one per row of the ranking's candidates) say how far
      apart the assessors are; NaN leaves a value as it is;
    - *evidence* is set: a self-declared value may lie CLAIMED_SPREAD below or above what is claimed.

    Both reach a composite through its parts. Where nothing that weighs applies to a row, all of it is open.
    """
    chosen = np.asarray(rows, dtype=np.int64)
    part = ranking.candidates.take(chosen)
    found = readings(part, ranking.profile)
    low, high = found.low, found.low + IDEAL * found.unknown
    moves = _Moves(part, ranking.profile, _taken(spreads or {}, chosen, ranking), evidence)
    for j, criterion in enumerate(ranking.profile.criteria):
        down, up = moves.of(criterion)
        low[:, j] += down
        high[:, j] += up
    low, high = np.clip(low, 0.0, IDEAL), np.clip(high, 0.0, IDEAL)
    return Ranges(chosen, *_without_what_does_not_apply(low, high, found.applies, ranking.weights))


def _taken(spreads: Spreads, rows: IntArray, ranking: Ranking) -> dict[str, Moves]:
    n, taken = len(ranking.candidates), {}
    for key, (lowest, highest) in spreads.items():
        if key not in ranking.profile.by_id:  # the panel may have rated what does not count at this stage
            continue
        ends = [np.asarray(end, dtype=np.float64) for end in (lowest, highest)]
        if any(end.shape != (n,) for end in ends):
            raise RunError(
                msg("The ratings of “{criterion}” do not fit this list: one lowest and one highest per candidate.",
                    criterion=key)
            )  # fmt: skip
        taken[key] = (ends[0][rows], ends[1][rows])
    return taken


def _without_what_does_not_apply(
    low: FloatArray, high: FloatArray, applies: BoolArray | None, weights: FloatArray
) -> tuple[FloatArray, FloatArray, BoolArray | None]:
    if applies is None:
        return low, high, None
    nothing = ~(applies @ weights > 0)
    low[~applies], high[~applies] = 0.0, 0.0
    low[nothing], high[nothing] = 0.0, IDEAL
    return low, high, applies | nothing[:, None]


@dataclass(frozen=True, slots=True, eq=False)
class _Moves:
    """How far each value may move down and up from where it stands."""

    candidates: Candidates
    profile: Profile
    spreads: Mapping[str, Moves]
    evidence: bool

    def of(self, criterion: Criterion) -> Moves:
        """Return (down <= 0, up >= 0) of one criterion for all rows, 0..100."""
        n = len(self.candidates)
        if not criterion.is_scored:
            return np.zeros(n), np.zeros(n)
        if criterion.composite is None:
            return self._own(criterion, criterion.value(self.candidates.column(criterion)))
        given = criterion.value(self.candidates.column(criterion))
        own, parts = self._own(criterion, given), self._of_parts(criterion)
        known = ~np.isnan(given)
        return np.where(known, own[0], parts[0]), np.where(known, own[1], parts[1])

    def _own(self, criterion: Criterion, value: FloatArray) -> Moves:
        down, up = np.zeros(len(value)), np.zeros(len(value))
        levels = self.candidates.levels.get(criterion.id)
        if self.evidence and levels is not None:
            claimed = levels == SELF_DECLARED
            down, up = np.where(claimed, -CLAIMED_SPREAD, 0.0), np.where(claimed, CLAIMED_SPREAD, 0.0)
        if criterion.id in self.spreads and not criterion.is_category:
            worst, best = _on_scale(criterion, *self.spreads[criterion.id])
            down, up = np.fmin(down, worst - value), np.fmax(up, best - value)
        unknown = np.isnan(value)
        return np.where(unknown, 0.0, down), np.where(unknown, 0.0, up)

    def _of_parts(self, criterion: Criterion) -> Moves:
        share = np.zeros(len(self.candidates))
        down, up = np.zeros_like(share), np.zeros_like(share)
        for leaf, weight in (criterion.composite or {}).items():
            applies = self.candidates.is_applicable(leaf)
            part = np.full(len(share), weight) if applies is None else weight * applies
            below, above = self.of(self.profile.by_id[leaf])
            down, up, share = down + part * below, up + part * above, share + part
        share = np.where(share > 0, share, 1.0)
        return down / share, up / share


def _on_scale(criterion: Criterion, lowest: FloatArray, highest: FloatArray) -> Moves:
    """Return the worst and the best value between two raw ones; a target range may have its best one in between."""
    ends = [criterion.value(lowest), criterion.value(highest)]
    worst, best = np.fmin(*ends), np.fmax(*ends)
    scale = criterion.scale
    if scale is not None and scale.is_range:
        for ideal in scale.raw_at(IDEAL):
            best = np.fmax(best, criterion.value(np.clip(ideal, np.fmin(lowest, highest), np.fmax(lowest, highest))))
    return worst, best
