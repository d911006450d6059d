"""The rules of the one scale a second time: one row at a time, in exact fractions, without numpy.

The engine is compared with this reading on drawn problems. It shares the data classes with the engine, no arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from criteria import Criterion, Gate, Profile
from selection import Waiver

Band = tuple[Fraction, Fraction]
ORDER = ("pass", "waived", "pending", "fail")


def is_unknown(raw: Any) -> bool:
    """Tell whether a cell says nothing."""
    return raw is None or (not isinstance(raw, str) and pd.isna(raw))


def rising(x: Fraction, floor: Fraction, qualified: Fraction, ideal: Fraction) -> Fraction:
    """Return 0..100; at a shared knot the better value holds."""
    if x >= ideal:
        return Fraction(100)
    if x >= qualified:
        return 50 + 50 * (x - qualified) / (ideal - qualified)
    if x > floor:
        return 50 * (x - floor) / (qualified - floor)
    return Fraction(0)


def on_curve(curve: Any, raw: float) -> Fraction:
    """Return the value of a number on three or six knots."""
    x = Fraction(raw)
    if curve.low_floor is not None:
        low = [Fraction(k) for k in (curve.low_floor, curve.low_qualified, curve.low_ideal)]
        high = [-Fraction(k) for k in (curve.high_floor, curve.high_qualified, curve.high_ideal)]
        return min(rising(x, *low), rising(-x, *high))
    three = [Fraction(k) for k in (curve.floor, curve.qualified, curve.ideal)]
    return rising(x, *three) if three[0] <= three[2] else rising(-x, *(-k for k in three))


def single(criterion: Criterion, raw: Any) -> Fraction | None:
    """Return the value of a criterion that is no composite; None where unknown."""
    if is_unknown(raw):
        return None
    if criterion.levels is not None:
        value = criterion.levels[raw].value
        return None if value is None else Fraction(value)
    if criterion.kind == "judged":
        return (Fraction(raw) - 1) * 25
    return on_curve(criterion.curve, raw) if criterion.curve is not None else None


def band(profile: Profile, criterion: Criterion, row: Mapping[str, Any]) -> Band | None:
    """Return the worst and best value of a criterion for *row*; None where it does not apply."""
    raw = row.get(criterion.id)
    if raw == "not applicable":
        return None
    if criterion.composite is None:
        value = single(criterion, raw)
        return (Fraction(0), Fraction(100)) if value is None else (value, value)
    if not is_unknown(raw):
        own = min(max(Fraction(raw), Fraction(0)), Fraction(100))
        return own, own
    by_id = {c.id: c for c in profile.criteria}
    return weighted([(Fraction(w), band(profile, by_id[leaf], row)) for leaf, w in criterion.composite.items()])


def weighted(parts: Sequence[tuple[Fraction, Band | None]]) -> Band:
    """Return the weighted mean band of what applies; everything is open where nothing applies."""
    kept = [(weight, part) for weight, part in parts if part is not None and weight > 0]
    total = sum(weight for weight, _ in kept)
    if not total:
        return Fraction(0), Fraction(100)
    return sum(w * p[0] for w, p in kept) / total, sum(w * p[1] for w, p in kept) / total


def verdict_of(profile: Profile, criterion: Criterion, gate: Gate, row: Mapping[str, Any]) -> str:
    """Return what one gate says of *row* before waivers."""
    found = band(profile, criterion, row)
    if found is None:
        return "pass"
    low, high = found
    limit = Fraction(50) if gate.limit is None else Fraction(gate.limit)
    if gate.limit is not None and criterion.levels is None and criterion.composite is None:
        if low != high or is_unknown(row.get(criterion.id)):
            return "pending"
        low = high = Fraction(row[criterion.id])
        if criterion.kind != "judged" and criterion.curve.floor > criterion.curve.ideal:  # type: ignore[union-attr]
            low, high, limit = -low, -high, -limit
    verdict = "pass" if low >= limit else "fail" if high < limit else "pending"
    if criterion.composite is None and single(criterion, row.get(criterion.id)) is None:
        verdict = "pending"
    level = row.get(f"{criterion.id}.level")
    stated = not is_unknown(level)
    return (
        "pending" if verdict == "pass" and gate.min_level is not None and stated and level < gate.min_level else verdict
    )


def verdict(profile: Profile, row: Mapping[str, Any], waivers: Sequence[Waiver] = ()) -> str:
    """Return the worst of all gates: fail, pending, waived, pass."""
    waived = {waiver.criterion for waiver in waivers if waiver.id == row["id"]}
    found = ["pass"]
    for criterion in profile.criteria:
        for gate in criterion.gates:
            one = verdict_of(profile, criterion, gate, row)
            excused = criterion.id in waived and gate.kind == "conditional" and one != "pass"
            found.append("waived" if excused else one)
    return max(found, key=ORDER.index)


@dataclass(frozen=True, slots=True)
class Total:
    """The total of one row."""

    low: float
    high: float
    score: float


def total(profile: Profile, points: Mapping[str, float], row: Mapping[str, Any]) -> Total:
    """Return the total of *row* with every unknown at 0, at 100, and the middle; rounded to 8 decimals."""
    parts = [(Fraction(points.get(c.id, 0)), band(profile, c, row)) for c in profile.criteria]
    low, high = weighted(parts)
    return Total(float(round(low, 8)), float(round(high, 8)), float(round((low + high) / 2, 8)))


def points_of(profile: Profile, scenario: str) -> Mapping[str, float]:
    """Return the weights of a scenario as they are written; equal ones (without leaves) where there is none."""
    leaves = {leaf for c in profile.criteria for leaf in c.composite or ()}
    scored = [c.id for c in profile.criteria if c.kind == "judged" or c.curve or c.levels or c.composite]
    return profile.scenarios.get(scenario) or {key: 1.0 for key in scored if key not in leaves}
