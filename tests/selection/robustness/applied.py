"""Changes applied: a fresh ranking with other weights or with one other raw value, and whether it swaps two rows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from criteria import Profile
from criteria.curves import FloatArray
from criteria.model import Criterion, Gate
from selection import Candidates, Ranking, rank
from selection.robustness.tipping import ValueChange
from selection.scenarios_tryout import scaled
from selection.screen import gate_figures
from selection.values import readings
from tests.strategies import problems

NEAR = 1e-7
STEP = 1e-4
"""How far beside a bound a raw value is put, in parts of the range of its scale."""


@st.composite
def gated(draw: st.DrawFn) -> tuple[Profile, pd.DataFrame]:
    """Draw a problem whose must-haves stand where the worst known value is, so that they bite as soon as it falls."""
    profile, frame = draw(problems(gated=False, regional=False, smallest=2, largest=4))
    candidates = Candidates.from_frame(frame, profile)
    changed = []
    for criterion in profile.criteria:
        scale = criterion.scale
        if scale is not None and not scale.is_range and draw(st.booleans()):
            low, high = gate_figures(candidates, profile, criterion)
            figures = low[~np.isnan(low)] if scale.direction > 0 else -high[~np.isnan(high)]
            if figures.size:
                limit = float(figures.min() if draw(st.booleans()) else figures.max()) * scale.direction
                criterion = criterion.model_copy(update={"gate": (Gate(kind="hard", limit=limit),)})
        changed.append(criterion)
    return profile.changed(criteria=tuple(changed)), frame


def with_weights(ranking: Ranking, weights: Mapping[str, float]) -> Ranking:
    """Return the ranking with these weights as its only scenario."""
    candidates, profile = ranking.original
    changed = profile.changed(scenarios={"tried": dict(weights)}, regions={}, region_groups={})
    return rank(candidates, changed, ranking.region, "tried")


def with_weight(ranking: Ranking, criterion: str, weight: float) -> Ranking:
    """Return the ranking with one weight elsewhere and the others in proportion."""
    ids = [c.id for c in ranking.profile.criteria]
    weights = scaled(ranking.weights, ids.index(criterion), weight)
    return with_weights(ranking, dict(zip(ids, weights.tolist(), strict=True)))


def with_value(profile: Profile, frame: pd.DataFrame, row: int, criterion: str, raw: object) -> Ranking:
    """Return the ranking of a table with one cell changed."""
    changed = frame.copy()
    if criterion not in changed:
        changed[criterion] = pd.Series([None] * len(changed), dtype=object)
    changed.loc[row, criterion] = raw
    return rank(Candidates.from_frame(changed, profile), profile)


def totals(ranking: Ranking, rows: list[int], weights: FloatArray) -> FloatArray:
    """Return the totals of *rows* under many weights (m x s), by the product of matrices that scenarios use."""
    return readings(ranking.candidates.take(np.array(rows)), ranking.profile).totals(weights).score


def is_swapped(ranking: Ranking, first: int, second: int) -> bool:
    """Tell whether *second* has reached *first*, or *first* is no longer ranked."""
    return first not in ranking.ranked_rows or bool(ranking.score[second] >= ranking.score[first] - NEAR)


def beside(criterion: Criterion, change: ValueChange, raw: float, *, beyond: bool) -> float:
    """Return a raw value a little beyond *raw* in the direction of the change, or a little before it."""
    scale = criterion.scale
    assert scale is not None
    knots = [knot for sides, _ in scale.sides for knot in sides]
    sign = (-1 if change.down else 1) * (1 if beyond else -1)
    return raw + sign * STEP * (max(knots) - min(knots))


def raw_of(criterion: Criterion, change: ValueChange) -> float:
    """Return the raw value that a change needs; one that only the scale can say is read off the curve."""
    assert criterion.scale is not None
    if isinstance(change.raw_needed, float):
        return change.raw_needed
    return criterion.scale.raw_at(change.needed)[0]
