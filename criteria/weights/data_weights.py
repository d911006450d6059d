"""Weights read off the candidates: entropy and CRITIC. They describe how the data differ, not what matters."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from criteria.curves import FloatArray
from criteria.errors import WeightsError
from criteria.text import Message, msg
from criteria.weights.base import Label, Weights, checked_labels, frozen, normalised, table_of
from criteria.weights.pairwise import quoted

_SAME = 1e-12
"""Spread, as a share of the largest value, below which a column is constant."""
_NOTHING = 1e-9
"""Information below which columns say the same."""


def entropy(matrix: ArrayLike, labels: Sequence[Label] | None = None) -> Weights[FloatArray]:
    """Return weights by how unevenly the values of each column are spread (n candidates × m criteria, zero or more).

    p = x / Σx, e = −Σ p ln p / ln n with 0 · ln 0 = 0, w = (1 − e) / Σ (1 − e); a constant column weighs 0. `detail`:
    "entropy", "divergence" (m each), "constant" (column numbers). Source: Shannon (1948); Zeleny (1982), Multiple
    criteria decision making. Raise WeightsError for a negative or unknown value, or where nothing differs.

    >>> entropy([[1, 5, 2], [3, 5, 2.5]]).values.round(3).tolist()
    [0.955, 0.0, 0.045]
    """
    what = msg("Entropy weights")
    values = _values(matrix, what, labels)
    negative = np.argwhere(values < 0)
    if len(negative):
        column = int(negative[0, 1])
        raise WeightsError(
            msg("{what}: {criterion} has a negative value ({value:g}), which this way cannot take.", what=what,
                criterion=quoted(labels, column), value=float(values[tuple(negative[0])]))
        )  # fmt: skip
    constant = _constant(values)
    scaled = values / np.where(values.max(axis=0) > 0, values.max(axis=0), 1.0)
    shares = scaled / np.where(constant, 1.0, scaled.sum(axis=0))
    logs = np.log(np.where(shares > 0, shares, 1.0))
    found = np.where(constant, 1.0, -(shares * logs).sum(axis=0) / np.log(len(values)))
    divergence = np.maximum(1.0 - found, 0.0)
    return _weights(divergence, constant, what, {"entropy": found, "divergence": divergence})


def critic(
    matrix: ArrayLike, directions: ArrayLike | None = None, labels: Sequence[Label] | None = None
) -> Weights[FloatArray]:
    """Return weights by how much each column differs and how little it repeats the others (n candidates × m criteria).

    Columns are read from worst 0 to best 1 (*directions* +1 or −1, one for all or one each; None = all benefits);
    C = σ Σ (1 − r) with the sample deviation σ and the correlations r; w = C / Σ C. A constant column weighs 0 and is
    left out of the others' sums; the only column that differs weighs 1. `detail`: "normalized", "deviation",
    "correlation" (NaN for constant columns), "information", "constant". Source: Diakoulaki, Mavrotas and Papayannakis
    (1995), Computers & Operations Research 22. Raise WeightsError for an unknown value, or where nothing differs.
    """
    what = msg("CRITIC weights")
    values = _values(matrix, what, labels)
    constant = _constant(values)
    unit = _from_worst_to_best(values, _directions(directions, values.shape[1], what), constant)
    deviation = np.where(constant, 0.0, unit.std(axis=0, ddof=1))
    correlation = _correlation(unit, constant)
    conflict = np.nansum(1.0 - correlation, axis=1) if (~constant).sum() > 1 else np.ones(len(constant))
    information = deviation * conflict
    parts = {"normalized": unit, "deviation": deviation, "correlation": correlation, "information": information}
    return _weights(information, constant, what, parts)


def _values(matrix: ArrayLike, what: Message, labels: Sequence[Label] | None) -> FloatArray:
    """Return the known, finite values of two candidates or more."""
    values = table_of(matrix, what)
    checked_labels(labels, values.shape[1])
    wrong = np.argwhere(~np.isfinite(values))
    if len(wrong):
        raise WeightsError(
            msg("{what}: {criterion} has unknown values. Use only candidates whose values are all known.", what=what,
                criterion=quoted(labels, int(wrong[0, 1])))
        )  # fmt: skip
    if len(values) < 2:
        raise WeightsError(msg("{what} need two candidates at least: one alone differs from nobody.", what=what))
    return values


def _constant(values: FloatArray) -> NDArray[np.bool_]:
    largest = np.abs(values).max(axis=0)
    scaled = values / np.where(largest > 0, largest, 1.0)  # so that no difference of huge values overflows
    constant: NDArray[np.bool_] = np.ptp(scaled, axis=0) <= _SAME
    return constant


def _directions(directions: ArrayLike | None, m: int, what: Message) -> FloatArray:
    try:
        given = np.broadcast_to(np.asarray(1.0 if directions is None else directions, dtype=np.float64), (m,))
    except (TypeError, ValueError, OverflowError):
        given = np.zeros(m)
    if not (np.abs(given) == 1).all():
        raise WeightsError(
            msg("{what}: each of {n} criteria needs a direction, +1 (more is better) or -1 (less is better).",
                what=what, n=m)
        )  # fmt: skip
    return given


def _from_worst_to_best(values: FloatArray, directions: FloatArray, constant: NDArray[np.bool_]) -> FloatArray:
    largest = np.abs(values).max(axis=0)
    scaled = directions * values / np.where(largest > 0, largest, 1.0)
    lowest = scaled.min(axis=0)
    unit: FloatArray = np.where(constant, 0.0, (scaled - lowest) / np.where(constant, 1.0, np.ptp(scaled, axis=0)))
    return unit


def _correlation(unit: FloatArray, constant: NDArray[np.bool_]) -> FloatArray:
    """Return the correlations (m × m), NaN for constant columns, exactly 1 on the diagonal of the others."""
    centred = unit - unit.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    direction = centred / np.where(constant, 1.0, length)
    correlation = np.clip(direction.T @ direction, -1.0, 1.0)
    np.fill_diagonal(correlation, 1.0)
    correlation[constant, :] = correlation[:, constant] = np.nan
    found: FloatArray = correlation
    return found


def _weights(
    information: FloatArray, constant: NDArray[np.bool_], what: Message, parts: dict[str, FloatArray]
) -> Weights[FloatArray]:
    if constant.all():
        raise WeightsError(msg("{what}: all candidates have the same values, so nothing tells them apart.", what=what))
    if information.sum() < _NOTHING:
        raise WeightsError(
            msg("{what}: the criteria rise and fall together, so the data say nothing about their weights.", what=what)
        )
    detail = {name: frozen(part) for name, part in parts.items()}
    columns = tuple(np.flatnonzero(constant).tolist())
    return Weights(frozen(normalised(information)), detail=MappingProxyType({**detail, "constant": columns}))
