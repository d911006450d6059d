"""Which weights would fit twenty or more marks: shown beside the present ones, never taken by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from criteria.curves import FloatArray
from criteria.errors import RunError
from criteria.text import Message, msg
from selection.calibration import ENOUGH_TO_FIT, WORTH, Trial
from selection.model import FAIL, PENDING
from selection.scenarios_tryout import middles

MARGIN = 1.0
"""Points by which the better of two shall stand above the worse."""
NEARNESS = 0.01
"""How much a change of the weights counts beside the pairs in the wrong order: just enough to prefer the nearest."""
MOST_PAIRS = 4_000


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Weights that set the fewest marks wrong, nearest to the present ones; the shares of pairs in the right order.

    *held_out* is that share when each mark in turn is left out of the fitting: what to believe.
    """

    weights: FloatArray
    before: float
    after: float
    held_out: float
    sentence: Message


def fit(found: Trial) -> Fit:
    """Return the weights that would fit the marks of *found*; raise RunError below ENOUGH_TO_FIT marks.

    A linear program: the least sum of shortfalls of the wrongly ordered pairs below MARGIN points, and among those the
    weights nearest to the present ones.
    """
    if not found.may_fit:
        raise RunError(
            msg("Weights are fitted from {enough} marks on; there are {n}.", enough=ENOUGH_TO_FIT, n=len(found.marks))
        )
    rows = [row for row in found.marks if found.ranking.screening.verdicts[row] not in (FAIL, PENDING)]
    middle = middles(found.ranking, np.array(rows, dtype=np.int64)).values
    worth = np.array([WORTH[found.marks[row]] for row in rows])
    if len(set(worth.tolist())) < 2:
        raise RunError(msg("The qualified ones among the marked are all of one kind; there is nothing to fit."))
    present = found.ranking.weights
    weights = _solve(middle, worth, present)
    before, after = _share(middle @ present, worth), _share(middle @ weights, worth)
    held_out = _held_out(middle, worth, present)
    sentence = msg(
        "Other weights would put {after:.0f} of 100 pairs in the order you know instead of {before:.0f}; "
        "tried on marks that were left out, {held_out:.0f}.",
        after=100 * after,
        before=100 * before,
        held_out=100 * held_out,
    )
    return Fit(weights, before, after, held_out, sentence)


def _pairs(worth: FloatArray) -> FloatArray:
    """Return (better, worse) positions of every pair of different worth, thinned evenly where there are too many."""
    pairs = [(i, j) if worth[i] > worth[j] else (j, i) for i, j in combinations(range(len(worth)), 2)
             if worth[i] != worth[j]]  # fmt: skip
    step = -(-len(pairs) // MOST_PAIRS) or 1
    return np.array(pairs[::step])


def _solve(middle: FloatArray, worth: FloatArray, present: FloatArray) -> FloatArray:
    """Return the fitted weights (m): variables are the weights, their moves up and down, and a shortfall per pair."""
    from scipy import sparse
    from scipy.optimize import linprog

    used = np.flatnonzero(present > 0)
    pairs = _pairs(worth)
    k, p = len(used), len(pairs)
    gaps = middle[pairs[:, 0]][:, used] - middle[pairs[:, 1]][:, used]
    above: Any = sparse.hstack([sparse.csr_matrix(-gaps), sparse.csr_matrix((p, 2 * k)), -sparse.identity(p)])
    eye = sparse.identity(k)
    moves: Any = sparse.hstack([eye, -eye, eye, sparse.csr_matrix((k, p))])
    total: Any = sparse.csr_matrix(np.concatenate([np.ones(k), np.zeros(2 * k + p)])[None, :])
    equal: Any = sparse.vstack([moves, total])
    cost = np.concatenate([np.zeros(k), np.full(2 * k, NEARNESS), np.full(p, 1.0 / max(p, 1))])
    result = linprog(
        cost,
        A_ub=above,
        b_ub=np.full(p, -MARGIN),
        A_eq=equal,
        b_eq=np.append(present[used], 1.0),
        method="highs",
    )
    if result.x is None:
        raise RunError(msg("No weights could be found that fit these marks."))
    weights = np.zeros_like(present)
    weights[used] = np.maximum(result.x[:k], 0.0)
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _share(totals: FloatArray, worth: FloatArray) -> float:
    """Return the share of pairs of different worth that *totals* order rightly; a tie counts half."""
    pairs = _pairs(worth)
    gaps = np.round(totals[pairs[:, 0]] - totals[pairs[:, 1]], 8)
    return float(((gaps > 0) + 0.5 * (gaps == 0)).mean())


def _held_out(middle: FloatArray, worth: FloatArray, present: FloatArray) -> float:
    """Return the share of right pairs of each mark under weights fitted without it."""
    right, count = 0.0, 0
    for out in range(len(worth)):
        rest = np.arange(len(worth)) != out
        if len(set(worth[rest].tolist())) < 2:
            continue
        totals = middle @ _solve(middle[rest], worth[rest], present)
        others = np.flatnonzero(worth != worth[out])
        sign = np.sign(worth[out] - worth[others])
        gaps = np.round(totals[out] - totals[others], 8) * sign
        right += float(((gaps > 0) + 0.5 * (gaps == 0)).sum())
        count += len(others)
    return right / count if count else 0.5
