"""What to say about the data beside a ranking: equal columns, a cell that stands alone, a tie that hides an order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from criteria.text import Message, msg
from selection.methods import words
from selection.methods.base import Problem
from selection.methods.normalize import power_of_two

PAIRWISE = 1_000
"""Up to so many candidates every pair is compared in well under a second."""
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
    places: list[tuple[int, int]] = []
    for column, values in zip(problem.columns.tolist(), problem.values.T, strict=True):
        scaled = np.ldexp(values, -int(power_of_two(values)))
        top, bottom = int(scaled.argmax()), int(scaled.argmin())
        span = scaled[top] - scaled[bottom]
        for row, distance in ((top, scaled[top] - scaled), (bottom, scaled - scaled[bottom])):
            # Everybody else is far from this end: one look, where sorting the column would take ten times as long.
            if span > 0 and np.count_nonzero(distance <= ALONE * span) == 1:
                places.append((row, column))
    return tuple(sorted(places))


def passed_over(problem: Problem, ranks: NDArray[np.int64]) -> tuple[Message, ...]:
    """Return a note if somebody ranks above a candidate that is at least as good everywhere and better somewhere.

    Every pair is looked at up to `PAIRWISE` candidates, and beyond that each candidate and the next below it.
    """
    order = np.argsort(ranks, kind="stable")
    values, placed = problem.values[order] * problem.directions, ranks[order]
    reach = len(order) if len(order) <= PAIRWISE else 1
    for upper in range(len(order) - 1):
        below = values[upper + 1 : upper + 1 + reach]
        wrong = (below >= values[upper]).all(axis=1) & (below > values[upper]).any(axis=1)
        wrong &= placed[upper + 1 : upper + 1 + reach] > placed[upper]
        if wrong.any():
            return (_passed_over(int(order[upper]), int(order[upper + 1 + int(wrong.argmax())])),)
    return ()


def _passed_over(upper: int, lower: int) -> Message:
    return msg(
        "This method ranks {first} above {second}, although {second} is at least as good in every criterion and better "
        "in one.",
        first=words.candidate(upper),
        second=words.candidate(lower),
    )


def lost_order(problem: Problem, order: NDArray[np.float64], ranks: NDArray[np.int64]) -> tuple[Message, ...]:
    """Return a note if a tie hides that one candidate is at least as good everywhere and better somewhere."""
    if np.bincount(ranks).max() == 1:
        return ()
    rows = np.argsort(order, kind="stable")
    tied = np.flatnonzero(np.diff(ranks[rows]) == 0)
    upper, lower = problem.values[rows[tied + 1]], problem.values[rows[tied]]
    signs = ((upper > lower).astype(np.int8) - (upper < lower)) * problem.directions
    hidden = tied[((signs >= 0).all(axis=1) | (signs <= 0).all(axis=1)) & (signs != 0).any(axis=1)]
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
