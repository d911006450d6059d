"""Reading and refusing what the outranking methods are asked with: preference functions, thresholds, profiles."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from criteria.errors import MethodError
from criteria.text import msg
from selection.methods import words
from selection.methods.base import Asked, Floats, Problem
from selection.methods.gate import MISSING_TYPES
from selection.methods.promethee_flows import SHAPES, USES

GAUSSIAN_LIMIT = 10_000
"""Candidates that the Gaussian shape takes: it looks at every pair, and no sorting helps."""


def preference(value: Any, asked: Asked) -> NDArray[np.object_]:
    """Return *value* as the name of a preference function per criterion (m); one name serves all criteria."""
    names = [value] * len(asked.labels) if isinstance(value, str) else _listed(value, asked)
    for name in names:
        if not isinstance(name, str) or name not in SHAPES:
            raise words.wrong_choice(asked.method, asked.parameter, name, SHAPES)
    return np.array(names, dtype=object)


def thresholds(value: Any, asked: Asked) -> Floats:
    """Return *value* as one number per criterion (m), NaN where there is none; one number serves all criteria."""
    cells = _listed(value, asked) if _is_list(value) else [value] * len(asked.labels)
    return np.array([_cell(cell, asked) for cell in cells], dtype=np.float64)


def profiles(value: Any, asked: Asked) -> Floats:
    """Return *value* (k × m, worst profile first) as m × k: the limits of the classes in each criterion."""
    if value is None:
        raise MethodError(
            msg(
                "The method {method} needs {parameter}: the limits of its classes, one row per limit, the worst first, "
                "and one number per criterion.",
                method=asked.method,
                parameter=asked.parameter,
            )
        )
    rows = list(np.asarray(value, dtype=object)) if _is_list(value) and len(value) else [value]
    rows = rows if _is_list(rows[0]) else [rows]
    table = np.array([[_cell(cell, asked) for cell in _listed(row, asked)] for row in rows])
    for row, column in np.argwhere(~np.isfinite(table)).tolist():
        raise MethodError(
            msg(
                "Profile {number} of {method} has no finite number in {criterion}. Give one.",
                number=row + 1,
                method=asked.method,
                criterion=asked.labels[column],
            )
        )
    return table.T


def cut(value: Any, asked: Asked) -> float:
    """Return *value* as a number from 0.5 to 1: the weight that has to agree, of 1."""
    number = _cell(value, asked)
    if not 0.5 <= number <= 1.0:
        raise MethodError(
            msg(
                "The parameter {parameter} of {method} must be a number from 0.5 to 1, not {value!r}.",
                parameter=asked.parameter,
                method=asked.method,
                value=str(value)[:40],
            )
        )
    return number


def prefers(
    problem: Problem, method: str, preference: NDArray[np.object_], q: Floats, p: Floats, s: Floats, **_: Any
) -> None:
    """Refuse thresholds that a preference function needs and that are missing or without a meaning."""
    given = {"q": q, "p": p, "s": s}
    for column, shape in enumerate(preference):
        for name in USES[shape]:
            _needed(problem, method, shape, name, float(given[name][column]), column)
        if {"q", "p"} <= set(USES[shape]) and not q[column] <= p[column]:
            raise _smaller(problem, method, ("q", q), ("p", p), column)
    if "gaussian" in preference and problem.size > GAUSSIAN_LIMIT:
        raise MethodError(
            msg(
                "The preference function gaussian compares every pair, so {method} takes up to {limit:,} candidates "
                "with it, and there are {count:,}. Take the preference function linear, or fewer candidates.",
                method=method,
                limit=GAUSSIAN_LIMIT,
                count=problem.size,
            )
        )


def sorts(problem: Problem, method: str, profiles: Floats, q: Floats, p: Floats, v: Floats, **_: Any) -> None:
    """Refuse thresholds that do not rise from q over p to v, and profiles that are not ordered from worst to best."""
    for column in range(len(problem.labels)):
        for name, table in (("q", q), ("p", p)):
            _finite_from_zero(problem, method, name, float(table[column]), column)
        for lower, upper in ((("q", q), ("p", p)), (("p", p), ("v", v))):
            if upper[1][column] < lower[1][column]:
                raise _smaller(problem, method, lower, upper, column)
    signed = profiles.T * problem.directions
    for row, column in np.argwhere(signed[1:] < signed[:-1]).tolist():
        raise MethodError(
            msg(
                "The profiles of {method} must be ordered from worst to best: profile {number} is worse than the one "
                "before it in {criterion}.",
                method=method,
                number=row + 2,
                criterion=problem.labels[column],
            )
        )


def _needed(problem: Problem, method: str, shape: str, name: str, value: float, column: int) -> None:
    if np.isnan(value):
        raise MethodError(
            msg(
                "The preference function {shape} of {method} needs the threshold {name} in {criterion}. "
                "Give {name}, one number for all criteria or one per criterion.",
                shape=shape,
                method=method,
                name=name,
                criterion=problem.labels[column],
            )
        )
    _finite_from_zero(problem, method, name, value, column)
    if name == "s" and value == 0:
        raise MethodError(
            msg(
                "The threshold {name} of {method} must be above 0 in {criterion}. "
                "For a preference that is full at once take the preference function usual.",
                name=name,
                method=method,
                criterion=problem.labels[column],
            )
        )


def _finite_from_zero(problem: Problem, method: str, name: str, value: float, column: int) -> None:
    if not (np.isfinite(value) and value >= 0):
        raise MethodError(
            msg(
                "The threshold {name} of {method} must be a finite number of 0 or more in {criterion}, not {value:g}.",
                name=name,
                method=method,
                criterion=problem.labels[column],
                value=value,
            )
        )


def _smaller(
    problem: Problem, method: str, lower: tuple[str, Floats], upper: tuple[str, Floats], column: int
) -> MethodError:
    return MethodError(
        msg(
            "The threshold {upper} of {method} must not be smaller than {lower} in {criterion}, and it is {large:g} "
            "with {lower} = {small:g}.",
            **_pair(problem, method, lower, upper, column),
        )
    )


def _pair(
    problem: Problem, method: str, lower: tuple[str, Floats], upper: tuple[str, Floats], column: int
) -> dict[str, Any]:
    return {
        "method": method,
        "criterion": problem.labels[column],
        "lower": lower[0],
        "small": float(lower[1][column]),
        "upper": upper[0],
        "large": float(upper[1][column]),
    }


def _is_list(value: Any) -> bool:
    return not isinstance(value, str | bytes | dict) and hasattr(value, "__len__")


def _listed(value: Any, asked: Asked) -> Sequence[Any]:
    """Return the entries of *value*, one per criterion, or refuse it."""
    cells = list(value) if _is_list(value) else []
    if len(cells) != len(asked.labels):
        raise MethodError(
            msg(
                "The parameter {parameter} of {method} must have one entry for all criteria, or one per criterion, "
                "which are {count} here.",
                parameter=asked.parameter,
                method=asked.method,
                count=len(asked.labels),
            )
        )
    return cells


def _cell(value: Any, asked: Asked) -> float:
    """Return *value* as a float, NaN where it is missing; a text is no number, even one that reads as a number."""
    if type(value).__name__ in MISSING_TYPES:
        return float("nan")
    try:
        if isinstance(value, Real) and not isinstance(value, bool):
            return float(value)
    except OverflowError:
        return float("inf")
    raise MethodError(
        msg(
            "The parameter {parameter} of {method} must be made of numbers, and there is {value!r}.",
            parameter=asked.parameter,
            method=asked.method,
            value=str(value)[:40],
        )
    )
