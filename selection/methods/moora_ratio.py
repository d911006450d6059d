"""The ratio system of MOORA (Brauers and Zavadskas 2006)."""

from __future__ import annotations

from selection.methods.base import Outcome, Problem
from selection.methods.normalize import fit
from selection.methods.rounding import settle
from selection.methods.weighted_sum import signed_sums


def moora_ratio(problem: Problem) -> Outcome:
    """Return the weighted vector-normalised benefits less the costs per candidate (n), -1 to 1, higher is better."""
    shares = fit(problem, "vector").normalized()
    scores = signed_sums(shares, problem.weights * problem.directions)
    return Outcome(scores, order=settle(scores, 1.0))
