"""Several people's weights: combined, with their disagreement beside the mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from criteria.curves import FloatArray
from criteria.errors import WeightsError
from criteria.text import msg
from criteria.weights.base import Label, Weights, frozen, named, normalised, numbers_of
from criteria.weights.pairwise import read_judgements


def combine(people: Mapping[str, ArrayLike | Mapping[str, float] | Weights[Any]]) -> Weights[Any]:
    """Return the mean of several people's weights, each divided by its sum first so that everybody counts the same.

    `detail`, per criterion: "low", "high", "spread" (their difference), "lowest" and "highest" (who gave them);
    "distance": person -> share of the weight, 0..1, that would have to move to turn the person's weights into the mean;
    "disputed": the criterion with the largest spread, None where all agree. Raise WeightsError that names the person
    whose weights are none, or the two who weigh different criteria.

    >>> found = combine({"Ann": {"growth": 1, "solvency": 1}, "Bo": {"growth": 1, "solvency": 3}})
    >>> dict(found.values), found.detail["disputed"], found.detail["distance"]["Ann"]
    ({'growth': 0.375, 'solvency': 0.625}, 'growth', 0.125)
    """
    given = {person: _values(each) for person, each in people.items()}
    if not given:
        raise WeightsError(msg("Weights of at least one person are needed."))
    first = next(iter(given.values()))
    table = np.array([_shares(person, each, next(iter(given)), first) for person, each in given.items()])
    mean = table.mean(axis=0)
    return Weights(named(first, mean), detail=MappingProxyType(_disagreement(list(given), table, mean, first)))


def _values(each: Any) -> Any:
    return each.values if isinstance(each, Weights) else each


def _shares(person: str, each: Any, other: str, first: Any) -> FloatArray:
    """Return one person's weights in the order of the first person's criteria, summing to 1."""
    try:
        numbers = numbers_of(each)
    except WeightsError as error:
        raise WeightsError(msg("{person}: {problem}", person=person, problem=error.message)) from None
    names, expected = (list(part) if isinstance(part, Mapping) else None for part in (each, first))
    same = len(numbers) == len(first) if names is None or expected is None else set(names) == set(expected)
    if not same or (names is None) != (expected is None):
        raise WeightsError(
            msg("{person} and {other} do not weigh the same criteria. Let both weigh the same ones.", person=person,
                other=other)
        )  # fmt: skip
    if names is not None and expected is not None:
        numbers = numbers[[names.index(name) for name in expected]]
    if not (np.isfinite(numbers).all() and (numbers >= 0).all() and numbers.any()):
        raise WeightsError(
            msg("The weights of {person} must be numbers of zero or more, at least one of them above zero.",
                person=person)
        )  # fmt: skip
    return normalised(numbers)


def _disagreement(people: list[str], table: FloatArray, mean: FloatArray, first: Any) -> dict[str, Any]:
    low, high = table.min(axis=0), table.max(axis=0)
    spread = high - low
    keys: Sequence[Any] = list(first) if isinstance(first, Mapping) else range(len(mean))
    lowest, highest = ([people[k] for k in each] for each in (table.argmin(axis=0), table.argmax(axis=0)))
    distance = (np.abs(table - mean).sum(axis=1) / 2).tolist()
    return {
        "low": named(first, low),
        "high": named(first, high),
        "spread": named(first, spread),
        "lowest": dict(zip(keys, lowest, strict=True)) if isinstance(first, Mapping) else tuple(lowest),
        "highest": dict(zip(keys, highest, strict=True)) if isinstance(first, Mapping) else tuple(highest),
        "distance": MappingProxyType(dict(zip(people, distance, strict=True))),
        "disputed": keys[int(spread.argmax())] if spread.max() > 1e-9 else None,
    }


def combine_judgements(matrices: Iterable[ArrayLike], labels: Sequence[Label] | None = None) -> FloatArray:
    """Return several people's comparisons of pairs as one reciprocal matrix for `ahp`: the geometric mean of each pair.

    Only the geometric mean keeps the pairs reciprocal and the persons equal (Aczel and Saaty 1983, Journal of
    Mathematical Psychology 27). A pair is averaged over those who judged it, and NaN where nobody did.
    """
    given = [read_judgements(matrix, labels) for matrix in matrices]
    if not given:
        raise WeightsError(msg("Comparisons of at least one person are needed."))
    if len({len(each) for each in given}) > 1:
        raise WeightsError(msg("Not all compare the same number of criteria. Let all compare the same ones."))
    logs = np.log(np.array(given))
    judged = (~np.isnan(logs)).sum(axis=0)
    mean = np.where(judged > 0, np.nansum(logs, axis=0) / np.maximum(judged, 1), np.nan)
    return frozen(np.exp(mean))
