"""Ways to obtain weights: what people say about importance becomes one weight per criterion, summing to 1.

Every way takes one entry per criterion and returns `Weights`. A list gives an array in the order of the list; a mapping
of names gives a mapping of the same names.

>>> equal(4).values.tolist()
[0.25, 0.25, 0.25, 0.25]
>>> {name: round(w, 2) for name, w in rank_sum({"growth": 2, "solvency": 1}).values.items()}
{'growth': 0.33, 'solvency': 0.67}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from criteria.curves import FloatArray
from criteria.errors import WeightsError
from criteria.text import msg

__all__ = ["Weights", "direct", "equal", "rank_order_centroid", "rank_sum"]

Values = TypeVar("Values")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Weights(Generic[Values]):
    """Weights that sum to 1; how consistent the judgements were, and intermediate figures. All read-only."""

    values: Values
    consistency: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    detail: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


def equal(n: int) -> Weights[FloatArray]:
    """Return *n* equal weights; raise WeightsError for less than one."""
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 1:
        raise WeightsError(msg("Equal weights need at least one criterion."))
    return Weights(_frozen(np.full(int(n), 1.0 / int(n))))


def direct(points: ArrayLike | Mapping[str, float]) -> Weights[Any]:
    """Return *points* on any positive scale divided by their sum.

    Raise WeightsError where a point is negative or no number, or where all are zero.

    >>> direct([30, 10]).values.tolist()
    [0.75, 0.25]
    """
    numbers = _numbers(points)
    if not (np.isfinite(numbers).all() and (numbers >= 0).all()):
        raise WeightsError(msg("Every weight must be a number of zero or more."))
    if not numbers.any():
        raise WeightsError(msg("All weights are zero. Give at least one criterion a weight above zero."))
    scaled = numbers / numbers.max()  # so that the sum of very large points stays finite
    return _named(points, scaled / scaled.sum())


def rank_order_centroid(order: ArrayLike | Mapping[str, float]) -> Weights[Any]:
    """Return the centroid of all weights that keep *order* (1 = most important): w_k = 1/n · Σ_{i=k..n} 1/i.

    Criteria that share a place share the weights of the places they take. Source: Barron and Barrett (1996),
    Decision quality using ranked attribute weights, Management Science 42. Raise WeightsError for what is no order.

    >>> (100 * rank_order_centroid(range(1, 8)).values).round(2).tolist()
    [37.04, 22.76, 15.61, 10.85, 7.28, 4.42, 2.04]
    """
    places = _places(order)
    by_place = np.cumsum(1.0 / np.arange(len(places), 0, -1))[::-1] / len(places)
    return _named(order, _shared(places, by_place))


def rank_sum(order: ArrayLike | Mapping[str, float]) -> Weights[Any]:
    """Return weights that fall by equal steps along *order* (1 = most important): w_k = 2 (n + 1 − k) / (n (n + 1)).

    Criteria that share a place share the weights of the places they take. Source: Stillwell, Seaver and Edwards
    (1981), Organizational Behavior and Human Performance 28. Raise WeightsError for an order that is none.

    >>> rank_sum([1, 2, 3]).values.round(4).tolist()
    [0.5, 0.3333, 0.1667]
    """
    places = _places(order)
    n = len(places)
    return _named(order, _shared(places, 2.0 * np.arange(n, 0, -1) / (n * (n + 1))))


def _numbers(given: ArrayLike | Mapping[str, float]) -> FloatArray:
    entries = list(given.values()) if isinstance(given, Mapping) else given
    try:
        numbers = np.array(list(entries) if isinstance(entries, range) else entries, dtype=np.float64)
    except (TypeError, ValueError):
        raise WeightsError(msg("Every weight must be a number of zero or more.")) from None
    if numbers.ndim != 1 or not numbers.size:
        raise WeightsError(msg("Weights need one number for each criterion."))
    return numbers


def _places(order: ArrayLike | Mapping[str, float]) -> FloatArray:
    places = _numbers(order)
    # A shared place may be written 1, 1, 3 or 1, 1, 2 or 1.5, 1.5, 3: only who stands before whom counts.
    if not (np.isfinite(places).all() and (places >= 1).all() and places.max() <= len(places)):
        raise WeightsError(
            msg("The order must give each of {n} criteria a place from 1 (most important) to {n}.", n=len(places))
        )
    return places


def _shared(places: FloatArray, by_place: FloatArray) -> FloatArray:
    """Return the weight of each criterion; those on one place get the mean of the weights they take up."""
    _, group, sizes = np.unique(places, return_inverse=True, return_counts=True)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    means: FloatArray = np.add.reduceat(by_place, starts) / sizes
    return means[group]


def _frozen(numbers: FloatArray) -> FloatArray:
    numbers.setflags(write=False)
    return numbers


def _named(given: ArrayLike | Mapping[str, float], numbers: FloatArray) -> Weights[Any]:
    if isinstance(given, Mapping):
        return Weights(MappingProxyType(dict(zip(given, numbers.tolist(), strict=True))))
    return Weights(_frozen(numbers))
