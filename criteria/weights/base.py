"""What every way to obtain weights shares: the result, and reading what comes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from criteria.curves import FloatArray
from criteria.errors import WeightsError
from criteria.text import LocalText, Message, msg

Values = TypeVar("Values")
Label = Message | LocalText | str
"""How a criterion is called in a sentence."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Weights(Generic[Values]):
    """Weights that sum to 1; how consistent the judgements were, and intermediate figures. All read-only."""

    values: Values
    consistency: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    detail: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Revisit:
    """The judgement that disturbs most: criterion *first* (counted from 0) against *second* is *value*.

    The other judgements expect *fits*; *nearest* is the next one of the scale, and *ratio* the consistency ratio then.
    """

    first: int
    second: int
    value: float
    fits: float
    nearest: float
    ratio: float


def numbers_of(given: ArrayLike | Mapping[str, float]) -> FloatArray:
    """Return one number per criterion; raise WeightsError for what is no list of numbers."""
    entries = list(given.values()) if isinstance(given, Mapping) else given
    try:
        numbers = np.array(list(entries) if isinstance(entries, range) else entries, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise WeightsError(msg("Every weight must be a number of zero or more.")) from None
    if numbers.ndim != 1 or not numbers.size:
        raise WeightsError(msg("Weights need one number for each criterion."))
    return numbers


def points_of(given: ArrayLike | Mapping[str, float]) -> FloatArray:
    """Return points of zero or more, of which one at least is above zero; raise WeightsError otherwise."""
    numbers = numbers_of(given)
    if not (np.isfinite(numbers).all() and (numbers >= 0).all()):
        raise WeightsError(msg("Every weight must be a number of zero or more."))
    if not numbers.any():
        raise WeightsError(msg("All weights are zero. Give at least one criterion a weight above zero."))
    return numbers


def table_of(given: ArrayLike, what: Message) -> FloatArray:
    """Return a table of numbers, None as NaN; raise WeightsError that begins with *what* for what is none."""
    try:
        table = np.array(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise WeightsError(msg("{what}: every entry must be a number.", what=what)) from None
    if table.ndim != 2 or not table.size:
        raise WeightsError(msg("{what}: a table with rows and columns is needed.", what=what))
    return table


def normalised(points: FloatArray) -> FloatArray:
    """Return *points* divided by their sum, without overflow where they are very large."""
    scaled = points / points.max()
    shares: FloatArray = scaled / scaled.sum()
    return shares


def frozen(numbers: FloatArray) -> FloatArray:
    """Return *numbers*, read-only."""
    numbers.setflags(write=False)
    return numbers


def named(given: object, numbers: FloatArray) -> Any:
    """Return *numbers* read-only, under the names of *given* where it is a mapping."""
    if isinstance(given, Mapping):
        return MappingProxyType(dict(zip(given, numbers.tolist(), strict=True)))
    return frozen(numbers)


def label(labels: Sequence[Label] | None, index: int) -> Label:
    """Return how the criterion at *index* is called; without labels it is counted from 1."""
    return msg("criterion {n}", n=index + 1) if labels is None else labels[index]


def checked_labels(labels: Sequence[Label] | None, n: int) -> tuple[Label, ...] | None:
    """Return *labels* if there are *n* of them, None if there are none; raise WeightsError otherwise."""
    if labels is None:
        return None
    if len(labels) != n:
        raise WeightsError(msg("There are {given} names for {n} criteria.", given=len(labels), n=n))
    return tuple(labels)
