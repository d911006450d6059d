"""The five normalisations, shared by every method.

none     x
sum      x / Σx, costs (1/x) / Σ(1/x)
max      x / max, costs min / x
minmax   (x - min) / (max - min), costs (max - x) / (max - min)
vector   x / ‖x‖

With sum, max and minmax costs are benefits for the rest of a method; with none and vector they stay costs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.methods.base import Floats, Normalization, Problem

NORMALIZATIONS: tuple[Normalization, ...] = ("none", "sum", "max", "minmax", "vector")
RATIOS: tuple[Normalization, ...] = ("sum", "max")
"""Normalisations that divide by a total or an extreme and turn costs over: they have no meaning for negatives."""


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """A normalisation that is fitted to a problem.

    `values` and `bounds` are the raw ones times a power of two per column (2 ** -shifts, which is exact), so that
    figures near the ends of the float range neither over- nor underflow. A straight column becomes
    sign · (x - origin) / divisor, an `inverted` one lowest / x / divisor; division by zero gives 0.
    `directions` say which columns are still costs afterwards.
    """

    values: Floats
    bounds: Floats | None
    sign: Floats
    origin: Floats
    divisor: Floats
    inverted: NDArray[np.bool_]
    lowest: Floats
    directions: Floats
    shifts: NDArray[np.int64]
    exponent: int

    def apply(self, values: Floats) -> Floats:
        """Return *values* (… × k, shifted) normalised; with "none" the power of two (`exponent`) is still in them."""
        with _unused_may_overflow():
            result = self.sign * share(values - self.origin, self.divisor)
        turned = self.inverted
        if turned.any():
            result[..., turned] = share(share(self.lowest[turned], values[..., turned]), self.divisor[turned])
        return result

    def normalized(self) -> Floats:
        """Return the normalised matrix (n × k) as the method's publication has it."""
        return np.ldexp(self.apply(self.values), self.exponent)

    def extremes(self, directions: Floats) -> tuple[Floats, Floats]:
        """Return the best and the worst value (k, shifted) by raw *directions*: the bounds', else the data's."""
        low, high = _ends(self.values, self.bounds)
        return np.where(directions > 0, high, low), np.where(directions > 0, low, high)

    def difference(self, reference: Floats) -> Floats:
        """Return normalised values less the normalised *reference* (k, shifted), as n × k.

        The subtraction comes before the division: the normalised values of a column like 1e15 + 1, 1e15 + 2 are
        equal but for rounding, and their difference would be noise.
        """
        with _unused_may_overflow():
            result = self.sign * share(self.values - reference, self.divisor)
        turned = self.inverted
        if turned.any():
            values, end, lowest = self.values[:, turned], reference[turned], self.lowest[turned]
            larger, smaller = np.maximum(values, end), np.minimum(values, end)
            result[:, turned] = share(end - values, larger) * share(share(lowest, smaller), self.divisor[turned])
        return result

    def logarithms(self, raw: Floats) -> Floats:
        """Return ln of the normalised matrix (n × k) from the *raw* values, all above 0; nothing underflows."""
        undone = self.shifts - self.exponent
        top = np.where(self.inverted, np.log(self.lowest) - np.log(raw), np.log(raw) - undone * np.log(2.0))
        return np.asarray(top - np.log(self.divisor), dtype=np.float64)


def fit(problem: Problem, normalization: Normalization, bounds: Floats | None = None) -> Scale:
    """Return *normalization* fitted to the columns of *problem* (n ≥ 1); *bounds* (k × 2) replace the data's ends."""
    costs = problem.directions < 0
    inverted = costs & (normalization in RATIOS)
    shifts = _shifts(problem.values, bounds, inverted, common=normalization == "none")
    values = np.ldexp(problem.values, -shifts)
    shifted = None if bounds is None else np.ldexp(bounds, -shifts[:, None])
    low, high = _ends(values, shifted)
    divisor = _divisor(np.where(inverted, 0.0, values) if inverted.any() else values, normalization, high - low)
    divisor[inverted] = _turned(values[:, inverted], normalization)
    flipped = costs & (normalization == "minmax")
    still = normalization in ("none", "vector")
    return Scale(
        values=values,
        bounds=shifted,
        sign=np.where(flipped, -1.0, 1.0),
        origin=np.where(flipped, high, low) * (normalization == "minmax"),
        divisor=divisor,
        inverted=inverted,
        lowest=np.where(inverted, problem.values.min(axis=0), 1.0),
        directions=problem.directions if still else np.ones_like(problem.directions),
        shifts=shifts,
        exponent=int(shifts[0]) if normalization == "none" else 0,
    )


def power_of_two(values: Floats) -> NDArray[np.int64]:
    """Return per column the exponent e for which the largest |value| · 2^-e lies in [0.5, 1)."""
    return np.asarray(np.frexp(np.abs(values).max(axis=0))[1], dtype=np.int64)


def scaled(values: Floats) -> Floats:
    """Return *values* (n × k) with each column times the power of two that brings its largest |value| below 1."""
    return np.ldexp(values, -power_of_two(values))


def averages(values: Floats) -> tuple[Floats, Floats]:
    """Return the average of each column (k) and what each value is above it (n × k), exactly 0 in a constant column."""
    above = values - values.min(axis=0)
    centre = column_sums(above) / len(values)
    return np.asarray(values.min(axis=0) + centre, dtype=np.float64), np.asarray(above - centre, dtype=np.float64)


def lengths(gaps: Floats) -> Floats:
    """Return the Euclidean length of each row of *gaps*."""
    return np.asarray(np.sqrt((gaps**2).sum(axis=1)), dtype=np.float64)


def column_sums(values: Floats) -> Floats:
    """Return the sum of each column, the same to the last bit in whatever order the rows stand."""
    return np.asarray(np.sort(values, axis=0).sum(axis=0), dtype=np.float64)


def _shifts(values: Floats, bounds: Floats | None, inverted: NDArray[np.bool_], *, common: bool) -> NDArray[np.int64]:
    exponents = power_of_two(values if bounds is None else np.vstack([values, bounds.T]))
    if common:
        return np.full_like(exponents, exponents.max())
    return np.where(inverted, 0, exponents)


def _ends(values: Floats, bounds: Floats | None) -> tuple[Floats, Floats]:
    if bounds is not None:
        return bounds[:, 0], bounds[:, 1]
    return values.min(axis=0), values.max(axis=0)


def _divisor(values: Floats, normalization: Normalization, span: Floats) -> Floats:
    """Return what each straight column is divided by."""
    match normalization:
        case "none":
            return np.ones_like(span)
        case "sum":
            return column_sums(values)
        case "max":
            return np.asarray(values.max(axis=0))
        case "minmax":
            return span
        case "vector":
            return np.sqrt(column_sums(values**2))


def _turned(values: Floats, normalization: Normalization) -> Floats:
    """Return what minimum / x is divided by in each inverted column: its sum, or nothing more for "max"."""
    lowest = np.asarray(values.min(axis=0))
    return np.ones_like(lowest) if normalization == "max" else column_sums(share(lowest, values))


def _unused_may_overflow() -> np.errstate:
    """Inverted columns are computed as straight ones too, which need not have a meaning, and then replaced."""
    return np.errstate(over="ignore", invalid="ignore")


def share(part: Floats, whole: Floats) -> Floats:
    """Return part / whole, and 0 where the whole is 0."""
    if np.all(whole):
        return np.asarray(part / whole, dtype=np.float64)
    shape = np.broadcast_shapes(np.shape(part), np.shape(whole))
    return np.divide(part, whole, out=np.zeros(shape), where=np.broadcast_to(whole != 0, shape))
