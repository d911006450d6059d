"""The weights that a few statements leave open: {w >= 0, sum w = 1, G w >= 0}, with G of one row per statement.

A row is homogeneous: "growth matters at least as much as location" is w_growth - w_location >= 0. A bound such as
w_growth >= 0.1 is written as w_growth - 0.1 * sum w >= 0. No rows leave every weight open.

>>> intervals([[1, -1]]).tolist()
[[0.5, 1.0], [0.0, 0.5]]
>>> centre([[1, -1, 0], [0, 1, -1]]).round(4).tolist()
[0.6111, 0.2778, 0.1111]
>>> is_empty([[1, -2], [-1, 1]])
True
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from criteria.curves import FloatArray
from criteria.errors import WeightsError
from criteria.text import msg
from criteria.weights.polytope_walk import walk

CENTRE_DRAWS = 2_048
"""Draws whose mean is the centre where there is no formula for it."""
_LONGEST = 1e8  # in a cone every slack may be made 1; one that needs a longer vector for it is none


@dataclass(frozen=True, slots=True, eq=False)
class Inside:
    """The statements that hold with equality throughout, and a point that meets all others with room to spare.

    *rows* are those of the criteria (w >= 0) above those of the statements; *tight* marks the ones that are always
    zero; at *point* every other is positive, and *basis* (m x d) spans the directions that stay open.
    """

    rows: FloatArray
    tight: NDArray[np.bool_]
    point: FloatArray
    basis: FloatArray


def sample(constraints: ArrayLike, draws: int, seed: int = 0) -> FloatArray:
    """Return draws x m weights, uniform over what *constraints* (k x m) leave open; WeightsError where that is empty.

    Exact without constraints (normalised exponentials) and for a complete order (the same, sorted); otherwise
    hit-and-run (Smith 1984, Operations Research 32; van Valkenhoef, Tervonen and Postmus 2014, EJOR 239).
    """
    if isinstance(draws, bool) or not isinstance(draws, int | np.integer) or draws < 0:
        raise WeightsError(msg("The number of draws must be a whole number of zero or more."))
    rows, free = _open(constraints)
    rng = np.random.default_rng(seed)
    weights = np.zeros((int(draws), rows.shape[1]))
    order = complete_order(rows[:, free])
    if order is None:
        weights[:, free] = _walked(rows[:, free], int(draws), rng)
        return weights
    found = rng.standard_exponential((int(draws), len(order)))
    found /= found.sum(axis=1, keepdims=True)
    if len(rows):
        found.sort(axis=1)
        found = found[:, ::-1]
    weights[:, free[order]] = found
    return weights


def _walked(rows: FloatArray, draws: int, rng: np.random.Generator) -> FloatArray:
    inside = interior(rows)
    if inside is None:
        raise _nothing_left()
    still = inside.rows[~inside.tight]
    steps = walk(still @ inside.point, still @ inside.basis, draws, rng)
    weights = np.maximum(inside.point + steps @ inside.basis.T, 0.0)
    weights /= weights.sum(axis=1, keepdims=True)
    return weights


def intervals(constraints: ArrayLike) -> FloatArray:
    """Return the lowest and the highest weight of each criterion (m x 2), by linear programming."""
    from scipy.optimize import linprog

    rows, free = _open(constraints)
    m = rows.shape[1]
    bounds = np.zeros((m, 2))
    if not len(rows):
        bounds[free] = float(len(free) == 1), 1.0
        return bounds
    one = np.ones((1, len(free)))
    for place, j in enumerate(free):
        for side, sign in enumerate((1.0, -1.0)):
            goal = np.zeros(len(free))
            goal[place] = sign
            found = linprog(goal, -rows[:, free], np.zeros(len(rows)), one, [1.0], method="highs")
            if found.x is None:
                raise _nothing_left()
            bounds[j, side] = np.clip(found.x[place], 0.0, 1.0)
    return bounds


def centre(constraints: ArrayLike, seed: int = 0) -> FloatArray:
    """Return the centroid of what *constraints* leave open: the mean of all weights that agree with them.

    Equal weights without constraints, rank-order-centroid weights for a complete order, else the mean of a fixed
    sample.
    """
    rows, free = _open(constraints)
    order = complete_order(rows[:, free])
    if order is None:
        mean: FloatArray = sample(constraints, CENTRE_DRAWS, seed).mean(axis=0)
        return mean
    weights = np.zeros(rows.shape[1])
    n = len(order)
    by_place = np.cumsum(1.0 / np.arange(n, 0, -1))[::-1] / n if len(rows) else np.full(n, 1.0 / n)
    weights[free[order]] = by_place
    return weights


def is_empty(constraints: ArrayLike) -> bool:
    """Tell whether no weights at all agree with *constraints*."""
    try:
        rows, free = _open(constraints)
    except _NothingLeftError:
        return True
    return complete_order(rows[:, free]) is None and interior(rows[:, free]) is None


def interior(rows: FloatArray) -> Inside | None:
    """Return what holds with equality, and a point where nothing else does; None where nothing is left.

    Where a row may be positive at all, some y >= 0 of the cone with *rows* y >= 0 makes it 1; one linear programme
    makes as many as possible 1 at the same time.
    """
    from scipy.optimize import linprog

    m = rows.shape[1]
    every = np.vstack([np.eye(m), rows])
    goal = np.concatenate([np.zeros(m), -np.ones(len(every))])
    bounds = [(0.0, _LONGEST)] * m + [(0.0, 1.0)] * len(every)
    above = np.hstack([-every, np.eye(len(every))])
    found = linprog(goal, above, np.zeros(len(every)), bounds=bounds, method="highs")
    if found.x is None:
        return None
    tight = found.x[m:] < 0.5
    if tight[:m].all():
        return None
    equal = np.vstack([every[tight], np.ones(m)])
    point = found.x[:m] / found.x[:m].sum()
    point = point + np.linalg.pinv(equal) @ (np.append(np.zeros(tight.sum()), 1.0) - equal @ point)
    return Inside(every, tight, point, _null_space(equal))


def _null_space(equal: FloatArray) -> FloatArray:
    _, sizes, right = np.linalg.svd(equal)
    rank = int((sizes > 1e-9 * sizes[0]).sum())
    space: FloatArray = right[rank:].T
    return space


def complete_order(rows: FloatArray) -> NDArray[np.int64] | None:
    """Return the columns from the heaviest to the lightest where *rows* say just that, None where they do not.

    Without rows there is nothing to keep to, and the columns come as they stand.
    """
    n = rows.shape[1]
    if not len(rows) or n == 1:
        return np.arange(n) if not len(rows) else None
    paired = (np.count_nonzero(rows, axis=1) == 2) & (rows.max(axis=1) == -rows.min(axis=1))
    if not paired.all():
        return None
    above = np.zeros((n, n), dtype=bool)
    above[rows.argmax(axis=1), rows.argmin(axis=1)] = True
    for middle in range(n):
        above |= above[:, [middle]] & above[[middle]]
    places = above.sum(axis=1)
    complete = sorted(places.tolist()) == list(range(n)) and not above.diagonal().any()
    return np.argsort(-places) if complete else None


def _open(constraints: ArrayLike) -> tuple[FloatArray, NDArray[np.int64]]:
    """Return the rows, each scaled to a largest entry of 1, and the columns that they do not force to be zero."""
    try:
        rows = np.array(constraints, dtype=np.float64)
    except (TypeError, ValueError):
        rows = np.empty(0)
    if rows.ndim != 2 or rows.shape[1] < 1 or not np.isfinite(rows).all():
        raise WeightsError(msg("Statements about weights need one finite number for each criterion."))
    size = np.abs(rows).max(axis=1, initial=0.0)
    rows = rows[size > 0] / size[size > 0, None]
    free = np.ones(rows.shape[1], dtype=bool)
    while True:
        # A statement that only takes weight away ("location counts nothing") settles those weights by itself.
        zero = (rows[:, free] <= 0).all(axis=1)
        gone = free & (rows[zero] < 0).any(axis=0)
        if not gone.any():
            break
        free &= ~gone
    if not free.any():
        raise _nothing_left()
    kept = (rows[:, free] < 0).any(axis=1)  # who cannot be broken says nothing
    return rows[kept], np.flatnonzero(free)


class _NothingLeftError(WeightsError):
    """No weights agree with every statement."""


def _nothing_left() -> WeightsError:
    return _NothingLeftError(
        msg("These statements contradict each other: no weights agree with all of them. Take one of them back.")
    )
