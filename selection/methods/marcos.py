"""MARCOS, the ranking of alternatives to the compromise solution (Stevic, Pamucar, Puska and Chatterjee 2020)."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Outcome, Problem
from selection.methods.normalize import fit
from selection.methods.weighted_sum import signed_sums


def marcos(problem: Problem) -> Outcome:
    """Return the utility function f(K) per candidate (n), 0 to 1, higher is better.

    Values are x / best, costs best / x; `S_ideal` and `S_anti_ideal` are the weighted sums of the best and of the worst
    values. With K⁻ = S / S_anti_ideal and K⁺ = S / S_ideal the published f(K) reduces to
    S · (S_ideal + S_anti_ideal) / (S_ideal² + S_ideal · S_anti_ideal + S_anti_ideal²),
    which has a value where the published form divides by an S or an S_anti_ideal of 0. Without any value above 0: NaN.
    """
    scale = fit(problem, "max")
    sums = signed_sums(scale.normalized(), problem.weights)
    ideal, anti = (float(problem.weights @ scale.apply(end)) for end in scale.extremes(problem.directions))
    factor = (ideal + anti) / (ideal**2 + ideal * anti + anti**2) if ideal > 0 else np.nan
    return Outcome(sums * factor, {"S_anti_ideal": anti, "S_ideal": ideal})
