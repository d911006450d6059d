"""The values at which a trade-off question shows a criterion: ones that people can picture, in its own units."""

from __future__ import annotations

import math
from dataclasses import dataclass

from criteria.curves import IDEAL, QUALIFIED, RATING, Curve
from criteria.model import Criterion
from criteria.weights.tradeoff_question import LEVELS

PARTS = (0.0, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0)
"""Where between qualified and ideal a measured criterion may be shown."""
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Shown:
    """A value of 0..100 at which a question may show a criterion, and the raw value that reads it."""

    value: float
    raw: float | str


def shown_levels(criterion: Criterion) -> tuple[Shown, ...]:
    """Return the values at which a question may show *criterion*, rising; fewer than two where none can be pictured.

    The first is just qualified, the last ideal; where those are one raw value, or one level, it begins at the floor.
    """
    if criterion.levels is not None:
        return _levels(criterion)
    if criterion.kind == "judged":
        return tuple(Shown(value, RATING.raw_at(value)[0]) for value in LEVELS)
    if criterion.composite is not None or criterion.curve is None:
        return tuple(Shown(value, value) for value in LEVELS) if criterion.is_scored else ()
    return _measured(criterion, criterion.curve)


def _levels(criterion: Criterion) -> tuple[Shown, ...]:
    by_value: dict[float, str] = {}
    for name, level in (criterion.levels or {}).items():
        if level.value is not None:
            by_value.setdefault(level.value, name)
    rising = tuple(Shown(value, by_value[value]) for value in sorted(by_value))
    enough = tuple(shown for shown in rising if shown.value >= QUALIFIED)
    return enough if len(enough) > 1 else rising


def _measured(criterion: Criterion, curve: Curve) -> tuple[Shown, ...]:
    floor, qualified, ideal = min((knots for knots, _ in curve.sides), key=lambda knots: knots[1] == knots[2])
    if qualified == ideal:
        raws = [floor, ideal]
    else:
        step = _step(qualified, ideal)
        raws = [round(qualified + step * round(part * (ideal - qualified) / step), 12) for part in PARTS]
    found: list[Shown] = []
    for raw in (*raws[:-1], ideal):
        value = round(float(criterion.value([raw])[0]), 6)
        if not found or found[-1].value < value <= IDEAL:
            found.append(Shown(value, raw))
    return tuple(found)


def _step(qualified: float, ideal: float) -> float:
    """Return the size of the steps in which people would count from *qualified* to *ideal*."""
    tenth = abs(ideal - qualified) / 10
    size = 10.0 ** math.floor(math.log10(tenth))
    step = max(nice * size for nice in _NICE if nice * size <= tenth * (1 + 1e-9))
    # Between two whole numbers there may be nothing but whole ones: nobody has two and a half service technicians.
    whole = qualified == int(qualified) and ideal == int(ideal)
    return max(step, 1.0) if whole else step
