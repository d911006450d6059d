"""The weighted sum (Fishburn 1967; MacCrimmon 1968; Triantaphyllou 2000, chapter 2)."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Floats, Normalization, Outcome, Problem
from selection.methods.normalize import fit

LARGEST = float(np.finfo(np.float64).max)


def weighted_sum(problem: Problem, normalization: Normalization = "sum") -> Outcome:
    """Return Σ weight · normalised value per candidate (n), higher is better; what is still a cost is subtracted."""
    scale = fit(problem, normalization)
    sums = signed_sums(scale.apply(scale.values), problem.weights * scale.directions)
    return Outcome(in_range(sums, scale.exponent), {"normalized": scale.normalized()}, order=sums)


def signed_sums(values: Floats, weights: Floats) -> Floats:
    """Return Σ weight · value per row, rounded alike in whatever order the rows stand."""
    return np.asarray((values * weights).sum(axis=1), dtype=np.float64)


def in_range(figures: Floats, exponent: int) -> Floats:
    """Return *figures* · 2^exponent; what rounding would carry over the end of the float range stays at the end."""
    with np.errstate(over="ignore"):
        return np.clip(np.ldexp(figures, exponent), -LARGEST, LARGEST)
