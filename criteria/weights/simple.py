"""The ways that need one entry per criterion: equal, points, an order, and the swing from qualified to ideal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from criteria.curves import FloatArray
from criteria.errors import WeightsError
from criteria.text import msg
from criteria.weights.base import Weights, frozen, named, normalised, numbers_of, points_of


def equal(n: int) -> Weights[FloatArray]:
    """Return *n* equal weights; raise WeightsError for less than one."""
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 1:
        raise WeightsError(msg("Equal weights need at least one criterion."))
    return Weights(frozen(np.full(int(n), 1.0 / int(n))))


def direct(points: ArrayLike | Mapping[str, float]) -> Weights[Any]:
    """Return *points* on any positive scale divided by their sum.

    Raise WeightsError where a point is negative or no number, or where all are zero.

    >>> direct([30, 10]).values.tolist()
    [0.75, 0.25]
    """
    return Weights(named(points, normalised(points_of(points))))


def swing(points: ArrayLike | Mapping[str, float]) -> Weights[Any]:
    """Return weights from what the jump from qualified to ideal is worth on each criterion, as *points*.

    On the one scale the jump from qualified to ideal is 50 to 100 on every criterion, so what it is worth is the
    weight, up to a factor: the largest jump is customarily given 100 points and the others a share of it.
    `detail["order"]` holds the places, 1 = worth most. Source: von Winterfeldt and Edwards (1986), Decision analysis
    and behavioral research. Raise WeightsError where a point is negative or no number, or all are zero.

    >>> swing({"solvency": 100, "growth": 50, "years": 10}).values["growth"]
    0.3125
    """
    numbers = numbers_of(points)
    if not (np.isfinite(numbers).all() and (numbers >= 0).all()):
        raise WeightsError(msg("What a jump from qualified to ideal is worth must be a number of zero or more."))
    if not numbers.any():
        raise WeightsError(
            msg("No jump from qualified to ideal is worth anything. Give the one worth most 100 points.")
        )
    places = 1.0 + (numbers[None, :] > numbers[:, None]).sum(axis=1)
    return Weights(named(points, normalised(numbers)), detail={"order": named(points, places)})


def rank_order_centroid(order: ArrayLike | Mapping[str, float]) -> Weights[Any]:
    """Return the centroid of all weights that keep *order* (1 = most important): w_k = 1/n · Σ_{i=k..n} 1/i.

    Criteria that share a place share the weights of the places they take. Source: Barron and Barrett (1996),
    Decision quality using ranked attribute weights, Management Science 42. Raise WeightsError for what is no order.

    >>> (100 * rank_order_centroid(range(1, 8)).values).round(2).tolist()
    [37.04, 22.76, 15.61, 10.85, 7.28, 4.42, 2.04]
    """
    places = _places(order)
    by_place = np.cumsum(1.0 / np.arange(len(places), 0, -1))[::-1] / len(places)
    return Weights(named(order, _shared(places, by_place)))


def rank_sum(order: ArrayLike | Mapping[str, float]) -> Weights[Any]:
    """Return weights that fall by equal steps along *order* (1 = most important): w_k = 2 (n + 1 − k) / (n (n + 1)).

    Criteria that share a place share the weights of the places they take. Source: Stillwell, Seaver and Edwards
    (1981), Organizational Behavior and Human Performance 28. Raise WeightsError for an order that is none.

    >>> rank_sum([1, 2, 3]).values.round(4).tolist()
    [0.5, 0.3333, 0.1667]
    """
    places = _places(order)
    n = len(places)
    return Weights(named(order, _shared(places, 2.0 * np.arange(n, 0, -1) / (n * (n + 1)))))


def _places(order: ArrayLike | Mapping[str, float]) -> FloatArray:
    places = numbers_of(order)
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
