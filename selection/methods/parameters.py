"""Reading the parameters of a method: each reader returns a clean value or raises MethodError."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from criteria.errors import MethodError
from criteria.text import msg
from selection.methods import words
from selection.methods.base import Asked, Floats, Method, Problem
from selection.methods.normalize import NORMALIZATIONS


def read_parameters(
    method: Method, given: Mapping[str, Any], problem: Problem, labels: tuple[Any, ...]
) -> dict[str, Any]:
    """Return every parameter of *method*: as given and clean, else its default; for the criteria of *problem* only."""
    for name in given:
        if name not in method.parameters:
            raise words.unknown_parameter(name, method.name, (*method.parameters, "engine", "criteria"))
    settings = {}
    for name, parameter in method.parameters.items():
        value = parameter.read(given.get(name, parameter.default), Asked(method.name, name, labels))
        settings[name] = value[problem.columns] if parameter.per_criterion and value is not None else value
    return settings


def unit_interval(value: Any, asked: Asked) -> float:
    """Return *value* as a number from 0 to 1."""
    number = _number(value)
    if number is None or not 0.0 <= number <= 1.0:
        raise MethodError(
            msg(
                "The parameter {parameter} of {method} must be a number from 0 to 1, not {value!r}.",
                parameter=asked.parameter,
                method=asked.method,
                value=str(value)[:40],
            )
        )
    return number


def normalization(value: Any, asked: Asked) -> str:
    """Return *value* as the name of a normalisation."""
    if not isinstance(value, str) or value not in NORMALIZATIONS:
        raise words.wrong_choice(asked.method, asked.parameter, value, NORMALIZATIONS)
    return value


def bounds(value: Any, asked: Asked) -> Floats | None:
    """Return *value* as m × 2 lower and upper bounds; one pair serves all criteria; None stays None."""
    return _pairs(value, asked, np.less)


def intervals(value: Any, asked: Asked) -> Floats | None:
    """Return *value* as m × 2 numbers, the first not above the second; one number or pair serves all; None stays."""
    return _pairs(value, asked, np.less_equal)


def _pairs(value: Any, asked: Asked, in_order: np.ufunc) -> Floats | None:
    """Return *value* as m × 2 finite numbers, each pair *in_order*."""
    if value is None:
        return None
    pairs = _numbers(value, (len(asked.labels), 2))
    if pairs is None:
        raise _no_pairs(asked)
    for column in np.flatnonzero(~(np.isfinite(pairs).all(axis=1) & in_order(pairs[:, 0], pairs[:, 1])))[:1]:
        raise _bad_bounds(asked, int(column), float(pairs[column, 0]), float(pairs[column, 1]))
    return pairs


def points(value: Any, asked: Asked) -> Floats | None:
    """Return *value* as one finite number per criterion (m); one number serves all; None stays None."""
    if value is None:
        return None
    numbers = _numbers(value, (len(asked.labels),))
    if numbers is None or not np.isfinite(numbers).all():
        raise MethodError(
            msg(
                "The parameter {parameter} of {method} must be one finite number for all criteria, or one per "
                "criterion.",
                parameter=asked.parameter,
                method=asked.method,
            )
        )
    return numbers


def threshold(value: Any, asked: Asked) -> float:
    """Return *value* as a finite number of 0 or more."""
    number = _number(value)
    if number is None or not 0.0 <= number < float("inf"):
        raise MethodError(
            msg(
                "The parameter {parameter} of {method} must be a number of 0 or more, not {value!r}.",
                parameter=asked.parameter,
                method=asked.method,
                value=str(value)[:40],
            )
        )
    return number


def _numbers(value: Any, shape: tuple[int, ...]) -> Floats | None:
    """Return *value* as numbers of *shape*, repeated where one serves all; None if it is anything else."""
    try:
        if np.asarray(value).dtype.kind not in "iuf":
            return None  # texts that read as numbers are not numbers
        return np.broadcast_to(np.array(value, dtype=np.float64), shape)
    except (TypeError, ValueError, OverflowError):
        return None


def _no_pairs(asked: Asked) -> MethodError:
    return MethodError(
        msg(
            "The parameter {parameter} of {method} must be a lower and an upper number, one pair for all or one "
            "per criterion.",
            parameter=asked.parameter,
            method=asked.method,
        )
    )


def _bad_bounds(asked: Asked, column: int, lower: float, upper: float) -> MethodError:
    return MethodError(
        msg(
            "The parameter {parameter} of {method} must have a finite lower number below a finite upper one, "
            "not {lower:g} and {upper:g} in {criterion}.",
            parameter=asked.parameter,
            method=asked.method,
            lower=lower,
            upper=upper,
            criterion=asked.labels[column],
        )
    )


def _number(value: Any) -> float | None:
    """Return *value* as a float if it is a number; a text is none, even one that reads as a number."""
    if isinstance(value, str | bytes) or value is None:
        return None
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None
