"""MABAC, the multi-attributive border approximation area comparison (Pamucar and Cirovic 2015)."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Floats, Outcome, Problem
from selection.methods.normalize import column_sums, fit
from selection.methods.weighted_sum import signed_sums


def mabac(problem: Problem, bounds: Floats | None = None) -> Outcome:
    """Return the distance from the border area, Σ (v - g), per candidate (n), higher is better.

    v = weight · (normalised value + 1), normalised to 0..1 between the *bounds* (k × 2), None = the ends of the data;
    `border` (k) is g, the geometric mean of each column of v. The border depends on everybody who is listed.
    """
    scale = fit(problem, "minmax", bounds)
    values = scale.apply(scale.values)
    means = np.exp(column_sums(np.log1p(values)) / problem.size)
    heights = signed_sums(values, problem.weights)
    scores = heights - float(problem.weights @ (means - 1.0))
    return Outcome(scores, {"border": problem.weights * means}, order=heights)
