"""The one gate in front of every method: whatever comes in, a `Problem` or a refusal in plain words goes out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np

from criteria.errors import MethodError
from criteria.text import Message, msg
from selection.methods import words
from selection.methods.base import Floats, Label, Problem

MISSING_TYPES = frozenset({"NoneType", "NAType", "NaTType"})
"""How None, pandas.NA and pandas.NaT call themselves; they are unknown values, not texts."""


def admit(matrix: Any, weights: Any, directions: Any, criteria: Sequence[Label] | None = None) -> Problem:
    """Return the decision problem of any array-like *matrix* (n × m), *weights* (m) and *directions* (m, +1 or -1).

    Weights are divided by their sum; criteria of weight 0 are left out. *criteria* are labels for refusals.
    Raises MethodError that names the candidate and the criterion.
    """
    shares = read_weights(weights, criteria)
    labels = read_labels(criteria, len(shares))
    signs = _directions(directions, labels)
    values = read_matrix(matrix, labels)
    columns = np.flatnonzero(shares > 0)
    return Problem(
        values=values[:, columns],
        weights=shares[columns],
        directions=signs[columns],
        columns=columns,
        labels=tuple(labels[column] for column in columns),
        width=len(shares),
    )


def read_weights(weights: Any, criteria: Sequence[Label] | None = None) -> Floats:
    """Return *weights* (m, finite, ≥ 0, not all 0) divided by their sum."""
    values = _numbers(weights, msg("the weights"))
    if values.ndim != 1:
        raise MethodError(msg("Weights must be one number per criterion, in a single row."))
    if not len(values):
        raise MethodError(msg("There is no criterion to rank by: give at least one weight."))
    labels = read_labels(criteria, len(values))
    for column in np.flatnonzero(~np.isfinite(values) | (values < 0))[:1]:
        raise MethodError(
            msg(
                "The weight of {criterion} is {weight:g}; a weight must be a number of 0 or more.",
                criterion=labels[column],
                weight=float(values[column]),
            )
        )
    if not values.any():
        raise MethodError(msg("All weights are 0; give at least one criterion a weight above 0."))
    relative = values / values.max()
    return np.asarray(relative / relative.sum(), dtype=np.float64)


def read_labels(criteria: Sequence[Label] | None, width: int) -> tuple[Label, ...]:
    """Return a name for each of *width* criteria: its label in *criteria*, else its number."""
    if criteria is None:
        return tuple(words.criterion(column) for column in range(width))
    if isinstance(criteria, str) or len(criteria) != width:
        raise MethodError(
            msg("There are {labels} names of criteria for {weights} weights.", labels=len(criteria), weights=width)
        )
    return tuple(label if isinstance(label, Message) or hasattr(label, "texts") else str(label) for label in criteria)


def _directions(directions: Any, labels: tuple[Label, ...]) -> Floats:
    values = _numbers(directions, msg("the directions"))
    if values.shape != (len(labels),):
        raise MethodError(
            msg(
                "There must be one direction per criterion: {expected} are needed, {given} were given.",
                expected=len(labels),
                given=values.size,
            )
        )
    for column in np.flatnonzero(np.abs(values) != 1)[:1]:
        raise MethodError(
            msg(
                "The direction of {criterion} is {direction:g}; it must be 1 (higher is better) or -1 (lower).",
                criterion=labels[column],
                direction=float(values[column]),
            )
        )
    return values


def read_matrix(matrix: Any, labels: tuple[Label, ...]) -> Floats:
    """Return *matrix* as n × m finite numbers, one column for each of *labels*; an empty list is n = 0."""
    values = _numbers(matrix, msg("the matrix"), labels)
    if values.ndim == 1 and not values.size:
        return np.empty((0, len(labels)))
    if values.ndim != 2:
        raise MethodError(msg("The matrix must have one row per candidate and one column per criterion."))
    if values.shape[1] != len(labels):
        raise MethodError(
            msg(
                "The matrix has {columns} columns, and there are {weights} weights; each criterion needs one of both.",
                columns=values.shape[1],
                weights=len(labels),
            )
        )
    for row, column in np.argwhere(~np.isfinite(values))[:1]:
        raise _not_finite(float(values[row, column]), int(row), labels[column])
    return values


def _numbers(raw: Any, what: Message, labels: tuple[Label, ...] = ()) -> Floats:
    """Return *raw* as a new float64 array; a masked or missing cell becomes NaN, a text is refused."""
    if isinstance(raw, np.ma.MaskedArray):
        masked, raw = np.ma.getmaskarray(raw), np.array(raw.data, dtype=object)
        raw[masked] = None
    try:
        array = np.asarray(raw)
        if array.dtype.kind not in "biufO":
            array = np.array(raw, dtype=object)
    except ValueError:
        raise MethodError(msg("The rows of {what} are of different length.", what=what)) from None
    if array.dtype.kind == "O":
        return _from_objects(array, what, labels)
    # A number beyond the float64 range becomes infinite and is refused as such below.
    with np.errstate(over="ignore"):
        return np.array(array, dtype=np.float64, order="C")


def _from_objects(array: Any, what: Message, labels: tuple[Label, ...]) -> Floats:
    result = np.empty(array.shape)
    for place, cell in np.ndenumerate(array):
        number = _number(cell)
        if number is None:
            raise _not_a_number(cell, place, what, labels)
        result[place] = number
    return result


def _number(cell: Any) -> float | None:
    """Return *cell* as a float: NaN if it is missing, infinite if it is too large, None if it is no number."""
    if type(cell).__name__ in MISSING_TYPES:
        return float("nan")
    if not isinstance(cell, Real | Decimal | np.bool_):
        return None
    try:
        return float(cell)
    except OverflowError:
        return float("inf")
    except ValueError:  # a signalling NaN of the decimal module
        return float("nan")


def _not_a_number(cell: Any, place: tuple[int, ...], what: Message, labels: tuple[Label, ...]) -> MethodError:
    if isinstance(cell, list | tuple | np.ndarray):
        return MethodError(msg("The rows of {what} are of different length.", what=what))
    text = str(cell)[:40]
    if len(place) == 2 and place[1] < len(labels):
        return MethodError(
            msg(
                "The value of {candidate} in {criterion} is the text {text!r}. Methods take numbers only.",
                candidate=words.candidate(place[0]),
                criterion=labels[place[1]],
                text=text,
            )
        )
    return MethodError(msg("There is {text!r} in {what}, which is not a number.", text=text, what=what))


def _not_finite(value: float, row: int, label: Label) -> MethodError:
    if np.isnan(value):
        return MethodError(
            msg(
                "The value of {candidate} in {criterion} is unknown. Leave the candidate out, or state a value for it.",
                candidate=words.candidate(row),
                criterion=label,
            )
        )
    return MethodError(
        msg(
            "The value of {candidate} in {criterion} is infinite, or too large for a number. Correct it.",
            candidate=words.candidate(row),
            criterion=label,
        )
    )
