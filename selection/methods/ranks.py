"""Ranks from scores: 1, 1, 3, where scores that differ by nothing but rounding are equal."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from selection.methods.base import Floats

TIE = 1e-9
"""Sorted neighbours tie within this share of the largest |score|."""


def competition_ranks(scores: Floats, *, lower_is_better: bool = False, tie: float = TIE) -> NDArray[np.int64]:
    """Return the rank of each of *scores*: 1 + the number of better ones; near neighbours tie and chains join.

    Undefined scores (NaN) share the last rank.

    >>> competition_ranks(np.array([0.3, 0.1 + 0.2, 0.5, 0.1])).tolist()
    [2, 2, 1, 4]
    """
    ranks = np.empty(len(scores), dtype=np.int64)
    order, starts = _groups(scores if lower_is_better else -scores, tie)
    first = np.flatnonzero(starts)
    ranks[order] = np.repeat(first + 1, np.diff(np.append(first, len(scores))))
    return ranks


def snap(values: Floats, tie: float) -> Floats:
    """Return *values* with every chain of near neighbours set to its smallest member, so that rounding cannot grow.

    >>> snap(np.array([0.3, 0.1 + 0.2, 0.5]), 1e-12).tolist()
    [0.3, 0.3, 0.5]
    """
    order, starts = _groups(values, tie)
    snapped = np.empty_like(values)
    snapped[order] = values[order][starts][np.cumsum(starts) - 1]
    return snapped


def _groups(values: Floats, tie: float) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the ascending order of *values* and where in it a new group of equals starts."""
    order = np.argsort(values)  # how equals stand among themselves makes no difference
    ascending = values[order]
    starts = np.ones(len(values), dtype=np.bool_)
    known = np.abs(values[~np.isnan(values)])
    tolerance = tie * float(known.max()) if len(known) else 0.0
    # Two huge scores of opposite sign are an infinite way apart, which is a right answer here.
    with np.errstate(over="ignore"):
        starts[1:] = (np.diff(ascending) > tolerance) | (np.isnan(ascending[1:]) & ~np.isnan(ascending[:-1]))
    return order, starts
