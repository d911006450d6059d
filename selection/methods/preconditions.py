"""What a method cannot take, by method and normalisation; each function raises MethodError or returns nothing.

normalisation   a method that adds (weighted_sum, topsis)          a method that multiplies (weighted_product, waspas)
none, vector    anything                                           above 0 only
sum, max        no negatives; costs above 0                        above 0 only
minmax          anything                                           nothing: the worst value becomes 0

method           negatives                   zeros
aras, codas      refused                     refused in costs
marcos           refused                     refused in costs
copras           refused                     refused where all costs of a candidate are 0
edas             taken                       taken; the average of each criterion must be above 0
cocoso           taken                       taken; nobody may be worst in every criterion
moora_ratio      taken                       taken
mabac, spotis    taken                       taken; within the bounds, and the ideal too
rim              taken                       taken; within the ranges, and the ideals too

A column of zeros alone tells nobody apart: methods that add let it pass, and it contributes 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from criteria.errors import MethodError
from criteria.text import msg
from selection.methods import normalize, words
from selection.methods.base import Floats, Normalization, Problem
from selection.methods.normalize import RATIOS

ROUNDING = 1e-9
"""A value may lie outside its bounds by this share of their width."""


def within(problem: Problem, method: str, bounds: Floats | None = None, **_: Any) -> None:
    """Refuse values outside their *bounds* (k × 2).

    A value better than the ideal would be counted as a distance from it, that is against its own candidate.
    """
    if bounds is None:
        return
    slack = (bounds[:, 1] / 2 - bounds[:, 0] / 2) * (2 * ROUNDING)
    for row, column in _first((problem.values < bounds[:, 0] - slack) | (problem.values > bounds[:, 1] + slack)):
        raise MethodError(
            msg(
                "The bounds of {method} in {criterion} are {lower:g} to {upper:g}, and {candidate} has {value:g}. "
                "Widen the bounds, or correct the value.",
                method=method,
                criterion=problem.labels[column],
                lower=float(bounds[column, 0]),
                upper=float(bounds[column, 1]),
                candidate=words.candidate(row),
                value=float(problem.values[row, column]),
            )
        )


def adds(problem: Problem, method: str, normalization: Normalization, bounds: Floats | None = None, **_: Any) -> None:
    """Refuse what a sum of normalised values has no meaning for, and values outside the bounds."""
    within(problem, method, bounds)
    if normalization not in RATIOS:
        return
    values = problem.values if bounds is None else np.vstack([problem.values, bounds.T])
    for row, column in _first(values < 0):
        if row >= problem.size:
            raise _negative_bound(problem, column, method, normalization)
        raise words.negative_value(problem, row, column, method, normalization)
    for row, column in _first((values == 0) & (problem.directions < 0) & (values != 0).any(axis=0)):
        if row >= problem.size:
            raise _negative_bound(problem, column, method, normalization)
        raise words.zero_cost(problem, row, column, method, normalization)


def multiplies(problem: Problem, method: str, normalization: Normalization, **_: Any) -> None:
    """Refuse what a product of normalised values has no meaning for."""
    if normalization == "minmax":
        raise MethodError(
            msg(
                "The method {method} multiplies values, and the normalisation minmax turns the worst value of every "
                "criterion into 0. Choose the normalisation max, sum, vector or none.",
                method=method,
            )
        )
    for row, column in _first(problem.values <= 0):
        raise words.not_positive(problem, row, column, method)


def anything(problem: Problem, method: str, **_: Any) -> None:
    """Refuse nothing: the method has a meaning for any finite numbers."""


def shares(problem: Problem, method: str, **_: Any) -> None:
    """Refuse negatives where values are divided by a total or the best, and zeros in costs, which are divided by."""
    _refuse_negatives(problem, method)
    for row, column in _first((problem.values == 0) & (problem.directions < 0) & (problem.values != 0).any(axis=0)):
        raise words.zero_divisor(problem, row, column, method)


def costs(problem: Problem, method: str, **_: Any) -> None:
    """Refuse negatives, and a candidate without any cost where others have some (COPRAS divides by their sum)."""
    _refuse_negatives(problem, method)
    incurred = (problem.values * (problem.directions < 0)).any(axis=1)
    for row in np.flatnonzero(~incurred)[:1] if incurred.any() else ():
        raise words.no_cost(problem, int(row), method)


def averages(problem: Problem, method: str, **_: Any) -> None:
    """Refuse a criterion, unless all are equal in it, whose average is not above 0 by more than rounding (EDAS)."""
    if not problem.size:
        return
    values = normalize.scaled(problem.values)
    average, deviation = normalize.averages(values)
    for column in np.flatnonzero((average <= ROUNDING * np.abs(values).max(axis=0)) & (deviation != 0).any(axis=0))[:1]:
        raise words.no_average(problem, int(column), method)


def optimum(problem: Problem, method: str, optimum: Floats | None = None, **_: Any) -> None:
    """Refuse what ARAS has no shares of: negatives, zeros in costs, an *optimum* (k) that is not above 0."""
    shares(problem, method)
    for column in np.flatnonzero(optimum <= 0)[:1] if optimum is not None else ():
        raise MethodError(
            msg(
                "The optimum of {method} must be above 0, and it is {value:g} in {criterion}.",
                method=method,
                value=float(optimum[column]) if optimum is not None else 0.0,
                criterion=problem.labels[column],
            )
        )


def towards(problem: Problem, method: str, bounds: Floats | None = None, ideal: Floats | None = None, **_: Any) -> None:
    """Refuse values and an *ideal* (k) outside the *bounds* (k × 2), None = the ends of the data (SPOTIS)."""
    within(problem, method, bounds)
    if ideal is not None and problem.size:
        _ideals_within(problem, method, np.column_stack([ideal, ideal]), bounds)


def references(
    problem: Problem, method: str, ranges: Floats | None = None, ideals: Floats | None = None, **_: Any
) -> None:
    """Refuse values and *ideals* (k × 2) outside the *ranges* (k × 2), None = the ends of the data (RIM)."""
    within(problem, method, ranges)
    if ideals is not None and problem.size:
        _ideals_within(problem, method, ideals, ranges)


def _ideals_within(problem: Problem, method: str, ideals: Floats, bounds: Floats | None) -> None:
    data = problem.values
    ends = np.column_stack([data.min(axis=0), data.max(axis=0)]) if bounds is None else bounds
    for column, end in np.argwhere(np.column_stack([ideals[:, 0] < ends[:, 0], ideals[:, 1] > ends[:, 1]]))[:1]:
        raise MethodError(
            msg(
                "The ideal of {method} in {criterion} goes to {value:g}, outside of {lower:g} to {upper:g}. "
                "Move the ideal, or widen the bounds.",
                method=method,
                criterion=problem.labels[column],
                value=float(ideals[column, end]),
                lower=float(ends[column, 0]),
                upper=float(ends[column, 1]),
            )
        )


def _refuse_negatives(problem: Problem, method: str) -> None:
    for row, column in _first(problem.values < 0):
        raise words.negative_share(problem, row, column, method)


def _negative_bound(problem: Problem, column: int, method: str, normalization: str) -> MethodError:
    return MethodError(
        msg(
            "The method {method} with the normalisation {normalization} needs bounds above 0 in {criterion}. "
            "Correct the bounds, or choose the normalisation minmax.",
            method=method,
            normalization=normalization,
            criterion=problem.labels[column],
        )
    )


def _first(wrong: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the place of the first wrong cell, or nothing."""
    places = np.argwhere(wrong)
    return [(int(row), int(column)) for row, column in places[:1]]
