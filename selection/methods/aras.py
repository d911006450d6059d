"""ARAS, the additive ratio assessment (Zavadskas and Turskis 2010)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from selection.methods.base import Floats, Outcome, Problem
from selection.methods.normalize import fit
from selection.methods.weighted_sum import signed_sums


def aras(problem: Problem, optimum: Floats | None = None) -> Outcome:
    """Return the degree of utility K = S / S0 per candidate (n), higher is better, above 1 only above the *optimum*.

    *optimum* (k, raw units) is the optimal candidate, None the best value of each criterion. Shares are x / Σx, costs
    (1/x) / Σ(1/x), with the optimal candidate in the sums; `S` and `S0` are its and everybody's weighted sums.
    """
    everybody = replace(problem, values=np.vstack([problem.values, best(problem) if optimum is None else optimum]))
    sums = signed_sums(fit(everybody, "sum").normalized(), problem.weights)
    own, optimal = sums[:-1], float(sums[-1])
    scores = own / optimal if optimal > 0 else np.full_like(own, np.nan)
    return Outcome(scores, {"S": own, "S0": optimal})


def best(problem: Problem) -> Floats:
    """Return the best value of each criterion (k) among the candidates."""
    high, low = problem.values.max(axis=0), problem.values.min(axis=0)
    return np.asarray(np.where(problem.directions > 0, high, low), dtype=np.float64)
