"""What a method cannot take, by method and normalisation; each function raises MethodError or returns nothing.

normalisation   a method that adds (weighted_sum, topsis)          a method that multiplies (weighted_product, waspas)
none, vector    anything                                           above 0 only
sum, max        no negatives; costs above 0                        above 0 only
minmax          anything                                           nothing: the worst value becomes 0

A column of zeros alone tells nobody apart: methods that add let it pass, and it contributes 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from criteria.errors import MethodError
from criteria.text import msg
from selection.methods import words
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
