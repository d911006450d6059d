"""Value functions: a raw value becomes 0..100, where 0 = floor, 50 = just qualified, 100 = ideal.

Straight lines run between the knots and the ends are capped. Both halves of a slope are written as a capped ratio, so
that a knot gives exactly 0, 50 or 100, and the same two terms can be written as a workbook formula or as SQL.
"""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from criteria.errors import ProfileError
from criteria.text import msg

FloatArray = NDArray[np.float64]

QUALIFIED = 50.0
"""The value of the just qualified distributor."""
IDEAL = 100.0
"""The value of the ideal distributor."""

_LARGEST_KNOT = 1e150  # differences and squares of knots stay finite


def _slope(x: FloatArray, floor: float, qualified: float, ideal: float) -> FloatArray:
    """Return the rising value of *x*; at a knot shared by two values the better one holds."""
    lower = _half(x, floor, qualified)
    lower += _half(x, qualified, ideal)
    return lower


def _half(x: FloatArray, start: float, end: float) -> FloatArray:
    """Return 0..50 over *start*..*end*; a step at *end* where the two are the same."""
    if start == end:
        half = np.where(x >= end, QUALIFIED, 0.0)
        half[np.isnan(x)] = np.nan
        return half
    half = x - start
    with np.errstate(over="ignore"):  # what grows beyond every float is capped below
        half /= end - start
        half *= QUALIFIED
    np.clip(half, 0.0, QUALIFIED, out=half)
    return half


def _knot(value: Any) -> float:
    """Return *value* as a finite knot."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST_KNOT:
        raise ProfileError(msg("must be a plain number"))
    return float(value)


Knot = Annotated[float, BeforeValidator(_knot)]


class Curve(BaseModel):
    """A value function of three knots (rising or falling) or of six (a target range).

    Three knots that never turn: `floor <= qualified <= ideal` for "higher is better", the reverse for "lower is
    better". Six knots for a target range, in rising order.

    >>> Curve(floor=0, qualified=3, ideal=10).value([0, 1.5, 3, 6.5, 10, 40]).tolist()
    [0.0, 25.0, 50.0, 75.0, 100.0, 100.0]
    >>> Curve(floor=3, qualified=0, ideal=0).value([0, 1, 3]).round(1).tolist()
    [100.0, 33.3, 0.0]
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    floor: Knot | None = None
    qualified: Knot | None = None
    ideal: Knot | None = None
    low_floor: Knot | None = None
    low_qualified: Knot | None = None
    low_ideal: Knot | None = None
    high_ideal: Knot | None = None
    high_qualified: Knot | None = None
    high_floor: Knot | None = None

    @model_validator(mode="after")
    def _check_knots(self) -> Curve:
        three = (self.floor, self.qualified, self.ideal)
        six = self._six()
        complete = (None not in three, None not in six)
        if complete not in ((True, False), (False, True)) or any(
            v is not None for v in (six if complete[0] else three)
        ):
            raise ProfileError(
                msg(
                    "needs floor, qualified and ideal, or all of low_floor, low_qualified, low_ideal, high_ideal, "
                    "high_qualified and high_floor"
                )
            )
        knots = [v for v in (three if complete[0] else six) if v is not None]
        rising = knots == sorted(knots)
        if not rising and not (complete[0] and knots == sorted(knots, reverse=True)):
            raise ProfileError(msg("its knots must rise or fall from floor over qualified to ideal, without turning"))
        if knots[0] == knots[-1] and not complete[0]:
            raise ProfileError(msg("its knots may not all be the same"))
        return self

    def _six(self) -> tuple[float | None, ...]:
        return (
            self.low_floor,
            self.low_qualified,
            self.low_ideal,
            self.high_ideal,
            self.high_qualified,
            self.high_floor,
        )

    @property
    def is_range(self) -> bool:
        """Tell whether the curve is a target range (six knots)."""
        return self.low_floor is not None

    @property
    def direction(self) -> int:
        """Return +1 for higher is better, -1 for lower is better, 0 for a target range."""
        if self.is_range:
            return 0
        return 1 if self.sides[0][1] >= 0 else -1

    @property
    def sides(self) -> tuple[tuple[tuple[float, float, float], int], ...]:
        """Return the slopes as ((floor, qualified, ideal), sign); the value is the smallest over the sides.

        With *sign* -1 the slope is read on the negated axis. Three equal knots read as "higher is better".
        """
        if self.is_range:
            low = (self.low_floor, self.low_qualified, self.low_ideal)
            high = (self.high_floor, self.high_qualified, self.high_ideal)
            return ((low, 1), (high, -1))  # type: ignore[return-value]  # checked to be complete
        knots = (self.floor, self.qualified, self.ideal)
        return ((knots, 1 if self.floor <= self.ideal else -1),)  # type: ignore[operator,return-value]

    def value(self, raw: ArrayLike) -> FloatArray:
        """Return 0..100 for each raw value; NaN (unknown) stays NaN, infinities are capped."""
        x = np.array(raw, dtype=np.float64, ndmin=1, copy=None)
        slopes = [_slope(x if sign > 0 else -x, *(sign * knot for knot in knots)) for knots, sign in self.sides]
        return slopes[0] if len(slopes) == 1 else np.minimum(*slopes)

    def raw_at(self, value: float) -> tuple[float, ...]:
        """Return the raw value(s) at which the curve reads *value* (0..100), one for each side."""
        return tuple(_inverse(knots, value) for knots, _ in self.sides)


def _inverse(knots: tuple[float, float, float], value: float) -> float:
    floor, qualified, ideal = knots
    if value == QUALIFIED:
        return qualified  # the sum below may miss the knot by a rounding, and a must-have compares with it
    if value < QUALIFIED:
        return floor + (qualified - floor) * value / QUALIFIED
    return qualified + (ideal - qualified) * (value - QUALIFIED) / QUALIFIED


RATING = Curve(floor=1, qualified=3, ideal=5)
"""The curve of a judged criterion: anchor 3 is the qualified distributor, anchor 5 the ideal one."""
PLAIN = Curve(floor=0, qualified=50, ideal=100)
"""The curve of a figure that is already on the 0..100 scale (a composite)."""
