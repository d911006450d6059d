"""What to say about the data beside a ranking: equal columns, a cell that stands alone, a tie that hides an order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from criteria.text import Message, msg
from selection.methods import words
from selection.methods.base import Problem
from selection.methods.normalize import power_of_two

ALONE = 0.9
"""A cell that carries more than this share of its column's range stands alone: a slip of a unit looks like this."""


def constant(problem: Problem) -> tuple[int, ...]:
    """Return the numbers of the weighted columns in which all candidates are equal."""
    if not problem.size:
        return ()
    return tuple(int(column) for column in problem.columns[(problem.values == problem.values[0]).all(axis=0)])


def outliers(problem: Problem) -> tuple[tuple[int, int], ...]:
    """Return (row, column) of each cell without which its column's range would shrink to less than a tenth."""
    if problem.size < 3:
        return ()
    values = np.ldexp(problem.values, -power_of_two(problem.values))
    ends = np.partition(values, [0, 1, -2, -1], axis=0)
    low, second, before, high = ends[0], ends[1], ends[-2], ends[-1]
    span = high - low
    places = [(int(values[:, c].argmax()), c) for c in np.flatnonzero(high - before > ALONE * span)]
    places += [(int(values[:, c].argmin()), c) for c in np.flatnonzero(second - low > ALONE * span)]
    return tuple(sorted((row, int(problem.columns[c])) for row, c in places))


def lost_order(problem: Problem, order: NDArray[np.float64], ranks: NDArray[np.int64]) -> tuple[Message, ...]:
    """Return a note if a tie hides that one candidate is at least as good everywhere and better somewhere."""
    rows = np.argsort(order, kind="stable")
    upper, lower = problem.values[rows][1:], problem.values[rows][:-1]
    signs = ((upper > lower).astype(np.int8) - (upper < lower)) * problem.directions
    better = ((signs >= 0).all(axis=1) | (signs <= 0).all(axis=1)) & (signs != 0).any(axis=1)
    hidden = np.flatnonzero(better & (np.diff(ranks[rows]) == 0))
    if not len(hidden):
        return ()
    first, second = sorted((int(rows[hidden[0]]), int(rows[hidden[0] + 1])))
    return (
        msg(
            "This method finds no difference between {first} and {second}, although one of them is at least as good in "
            "every criterion and better in one.",
            first=words.candidate(first),
            second=words.candidate(second),
        ),
    )
