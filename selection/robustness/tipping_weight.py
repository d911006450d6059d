"""The nearest weight of one criterion at which a candidate reaches another, or a place; the others in proportion.

Along one weight a candidate stands above another on at most two open intervals, whose ends are the roots of a quadratic
(`selection.scenarios_tryout`). Counting the intervals that hold a weight gives the exact place there.
"""

from __future__ import annotations

import numpy as np

from criteria.curves import FloatArray
from selection.model import IntArray
from selection.rank import Ranking
from selection.robustness.changes import WeightChange, contest, counting, is_behind, require_totals
from selection.scenarios_tryout import Lines, Middles, lead, lines, meetings


def each_weight(ranking: Ranking, first: int, second: int) -> tuple[WeightChange, ...]:
    """Return, per criterion whose weight alone can do it, the nearest weight at which *second* reaches *first*.

    The smallest change comes first. Empty where none can, and where *second* is not behind.
    """
    require_totals(ranking)
    pair = contest(ranking, np.array([first, second]))
    return _by_size(ranking, pair, first, 1, 0) if is_behind(pair, ranking) else ()


def each_weight_into(ranking: Ranking, everybody: Middles, position: int, k: int, kth: int) -> tuple[WeightChange, ...]:
    """Return the weights nearest to the present ones at which at most k - 1 of *everybody* stand above one of them."""
    return _by_size(ranking, everybody, kth, position, k - 1)


def _by_size(ranking: Ranking, among: Middles, first: int, one: int, allowed: int) -> tuple[WeightChange, ...]:
    used = counting(ranking)
    if used.sum() < 2:
        return ()  # the only weight cannot give way: nothing else counts
    second = int(among.rows[one])
    found = []
    for criterion, counts in zip(ranking.profile.criteria, used.tolist(), strict=True):
        if counts:
            along = lines(ranking, criterion.id, among)
            needed = nearest(along, one, allowed)
            if needed is not None:
                found.append(WeightChange(criterion.id, along.current, needed, first, second))
    return tuple(sorted(found, key=lambda change: round(abs(change.needed - change.now), 9)))


def nearest(along: Lines, one: int, allowed: int) -> float | None:
    """Return the weight nearest to the present one at which at most *allowed* rows stand above *one*; None: nowhere.

    At 0 and at 1 two totals may meet without ever changing sides; that is no way to swap them and is left out.
    """
    others = np.delete(np.arange(len(along.rows)), one)
    roots = meetings(along, one, others)
    starts, ends = _above(along, one, others, roots)
    inner = np.unique(roots[~np.isnan(roots)])
    above = np.searchsorted(starts, inner, side="left") - np.searchsorted(ends, inner, side="right")
    return min(inner[above <= allowed].tolist(), key=lambda weight: abs(weight - along.current), default=None)


def _above(along: Lines, one: int, others: IntArray, roots: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the sorted starts and ends of the open intervals on which one of *others* stands above."""
    a, b, c = (part[:, None] for part in lead(along, one, others))
    n = len(others)
    edges = np.column_stack([np.zeros(n), np.nan_to_num(roots, nan=1.0), np.ones(n)])
    inside = (edges[:, :-1] + edges[:, 1:]) / 2
    leads = (a * inside + b) * inside + c
    # The sign is read where an interval is widest; from there it turns at every root.
    widest = np.argmax(np.diff(edges, axis=1), axis=1)
    reference = leads[np.arange(n), widest]
    turns = (np.arange(3)[None, :] - widest[:, None]) % 2
    below = np.where(turns == 1, reference[:, None] > 1e-9, reference[:, None] < -1e-9)
    below &= np.diff(edges, axis=1) > 0
    starts = np.where(edges[:, :-1] <= 0, -np.inf, edges[:, :-1])[below]
    ends = np.where(edges[:, 1:] >= 1, np.inf, edges[:, 1:])[below]
    return np.sort(starts), np.sort(ends)
