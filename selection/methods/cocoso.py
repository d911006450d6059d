"""CoCoSo, the combined compromise solution (Yazdani, Zarate, Zavadskas and Turskis 2019)."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Floats, Outcome, Problem
from selection.methods.normalize import column_sums, fit
from selection.methods.weighted_sum import signed_sums
from selection.methods.words import worst_everywhere


def cocoso(problem: Problem, lambda_: float = 0.5) -> Outcome:
    """Return the compromise (k_a k_b k_c)^(1/3) + (k_a + k_b + k_c) / 3 per candidate (n), higher is better.

    `S` = Σ weight · r and `P` = Σ r ^ weight with r normalised to 0..1 between the ends of the data;
    `k_a` = (S + P) / Σ (S + P), `k_b` = S / min S + P / min P, `k_c` = (lambda · S + (1 - lambda) · P) / the same
    of the largest. Raises MethodError where one candidate is worst in every criterion, since k_b divides by its S;
    where all candidates are equal the compromise is NaN.
    """
    scale = fit(problem, "minmax")
    values = scale.apply(scale.values)
    sums, powers = signed_sums(values, problem.weights), np.asarray((values**problem.weights).sum(axis=1))
    undefined = np.full_like(sums, np.nan)
    if not sums.any():
        return Outcome(undefined, {"S": sums, "P": powers, "k_a": undefined, "k_b": undefined, "k_c": undefined})
    return combine(problem, sums, powers, lambda_)


def combine(problem: Problem, sums: Floats, powers: Floats, lambda_: float) -> Outcome:
    """Return the outcome of *sums* (S) and *powers* (P)."""
    lowest = int(sums.argmin())
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        parts = {
            "k_a": (sums + powers) / float(column_sums(sums + powers)),
            "k_b": sums / sums.min() + powers / powers.min(),
            "k_c": _mix(sums, powers, lambda_) / _mix(sums.max(), powers.max(), lambda_),
        }
    if not np.isfinite(parts["k_b"]).all():
        raise worst_everywhere(problem, lowest, "cocoso")
    first, second, third = parts.values()
    scores = np.cbrt(first) * np.cbrt(second) * np.cbrt(third) + (first + second + third) / 3.0
    return Outcome(scores, {"S": sums, "P": powers, **parts})


def _mix(sums: Floats, powers: Floats, lambda_: float) -> Floats:
    return lambda_ * sums + (1.0 - lambda_) * powers
