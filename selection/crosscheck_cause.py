"""Which criterion makes another method disagree: the one without which it would not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from criteria.curves import FloatArray
from selection.methods import METHODS, cross_check
from selection.methods.ranks import TIE
from selection.model import IntArray
from selection.values import DECIMALS, readings

if TYPE_CHECKING:
    from selection.rank import Ranking

TOP = 3


def find_cause(ranking: Ranking, rows: IntArray, method: str, moved: int, partner: int | None) -> int | None:
    """Return the criterion whose equalisation ends the disagreement of *method* about `rows[moved]`, else None.

    To equalise is to give the candidate its own total in that criterion, or the value of `rows[partner]`, who takes
    its place. The disagreement ends if both rankings then put it on the same side of the third place. A criterion
    that brings the method over to our side goes before one that moves our own total, and then the one in which the
    candidate differs most, by weight.
    """
    values = readings(ranking.candidates.take(rows), ranking.profile).low
    weights, own = ranking.weights, values[moved]
    used = np.flatnonzero(weights > 0)
    marks = [np.full(len(weights), own @ weights)] + ([] if partner is None else [values[partner]])
    tries = [(int(j), mark) for mark in marks for j in used if mark[j] != own[j]]
    if not tries:
        return None
    changed = np.tile(own, (len(tries), 1))
    for row, (column, mark) in enumerate(tries):
        changed[row, column] = mark[column]
    ours, theirs = _inside(values, changed, weights, moved, method)
    before = bool(_inside(values, own[None], weights, moved, method)[0][0])
    size = [float(weights[j] * abs(mark[j] - own[j])) for j, mark in tries]
    ends = [i for i in range(len(tries)) if ours[i] == theirs[i]]
    return tries[max(ends, key=lambda i: (ours[i] == before, size[i], -i))][0] if ends else None


def _inside(
    values: FloatArray, changed: FloatArray, weights: FloatArray, moved: int, method: str
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return for each of the *changed* rows whether it is among the first three, by the totals and by *method*."""
    others = np.delete(values, moved, axis=0)
    listed, asked = (np.round(table @ weights, DECIMALS) for table in (others, changed))
    scores = cross_check(np.vstack([others, changed]), weights, (method,), "own")[method].scores
    oriented = -scores if METHODS[method].lower_is_better else scores
    tie = TIE * float(np.abs(scores).max())
    return _places(listed, asked, 0.0) <= TOP, _places(oriented[: len(others)], oriented[len(others) :], tie) <= TOP


def _places(others: FloatArray, scores: FloatArray, tie: float) -> IntArray:
    """Return the rank that each of *scores* has among the *others*."""
    ascending = np.sort(others)
    return 1 + len(others) - np.searchsorted(ascending, scores + tie, side="right")
