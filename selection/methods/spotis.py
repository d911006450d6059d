"""SPOTIS, the stable preference ordering towards the ideal (Dezert, Tchamova, Han and Tacnet 2020)."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Floats, Outcome, Problem
from selection.methods.normalize import fit
from selection.methods.weighted_sum import signed_sums


def spotis(problem: Problem, bounds: Floats | None = None, ideal: Floats | None = None) -> Outcome:
    """Return the weighted distance from the *ideal* per candidate (n), 0 to 1, lower is better.

    Distances are shares of the width of the *bounds* (k × 2); with them nobody's score depends on who else is listed.
    None takes the ends of the data, which gives that up. *ideal* (k) lies within the bounds, None = the better bound.
    """
    scale = fit(problem, "minmax", bounds)
    target = scale.extremes(problem.directions)[0] if ideal is None else np.ldexp(ideal, -scale.shifts)
    scores = signed_sums(np.abs(scale.difference(target)), problem.weights)
    return Outcome(scores, directed=ideal is None)
