"""COPRAS, the complex proportional assessment (Zavadskas, Kaklauskas and Sarka 1994)."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Floats, Outcome, Problem
from selection.methods.normalize import column_sums, scaled, share
from selection.methods.weighted_sum import signed_sums
from selection.methods.words import no_cost


def copras(problem: Problem) -> Outcome:
    """Return the relative significance Q per candidate (n), higher is better; the Q of all sum to 1.

    `S_plus` and `S_minus` are the sums of the weighted shares x / Σx in benefits and in costs, `utility` is
    100 · Q / max Q. Without costs Q is S_plus. Raises MethodError where somebody's S_minus is 0, since Q divides by it.
    """
    values = scaled(problem.values)
    shares = problem.weights * share(values, column_sums(values))
    benefits = problem.directions > 0
    plus, minus = (signed_sums(shares, chosen.astype(np.float64)) for chosen in (benefits, ~benefits))
    scores = plus + _from_costs(problem, minus)
    detail = {"S_plus": plus, "S_minus": minus, "utility": utility(scores)}
    return Outcome(scores, detail)


def utility(scores: Floats) -> Floats:
    """Return *scores* as degrees of utility, the best at 100; NaN where all are 0."""
    best = float(scores.max())
    return 100.0 * scores / best if best > 0 else np.full_like(scores, np.nan)


def _from_costs(problem: Problem, minus: Floats) -> Floats:
    """Return how the total of *minus* (S_minus) falls to the candidates, in inverse proportion to their own."""
    if not minus.any():
        return np.zeros_like(minus)
    for row in np.flatnonzero(minus == 0)[:1]:
        raise no_cost(problem, int(row), "copras")
    inverse = minus.min() / minus
    return np.asarray(column_sums(minus) * (inverse / column_sums(inverse)), dtype=np.float64)
