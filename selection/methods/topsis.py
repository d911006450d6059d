"""TOPSIS (Hwang and Yoon 1981); figures named as in Opricovic and Tzeng (2004)."""

from __future__ import annotations

import numpy as np

from criteria.text import Message, msg
from selection.methods.base import Floats, Normalization, Outcome, Problem
from selection.methods.normalize import fit, lengths, power_of_two
from selection.methods.weighted_sum import in_range


def topsis(problem: Problem, normalization: Normalization = "vector", bounds: Floats | None = None) -> Outcome:
    """Return the closeness to the ideal, d⁻ / (d⁺ + d⁻), per candidate (n), 0 to 1, higher is better.

    `ideal` and `anti_ideal` (per criterion) are weighted normalised values, `d_plus` and `d_minus` (per candidate) the
    Euclidean distances from them. *bounds* (k × 2, raw units) put the two ends at fixed values, passed through the same
    normalisation; only with "none" and "minmax" is everybody's closeness then independent of who else is listed, since
    sum, max and vector still divide by figures of the data. Where all candidates are equal to both ends it is NaN.
    """
    scale = fit(problem, normalization, bounds)
    best, worst = scale.extremes(problem.directions)
    to_best, to_worst = (problem.weights * scale.difference(end) for end in (best, worst))
    exponent = int(power_of_two(np.concatenate([to_best.ravel(), to_worst.ravel()])))
    plus, minus = (lengths(np.ldexp(gaps, -exponent)) for gaps in (to_best, to_worst))
    undefined = plus + minus == 0
    closeness = np.divide(minus, plus + minus, out=np.full_like(plus, np.nan), where=~undefined)
    detail = {
        "ideal": in_range(problem.weights * scale.apply(best), scale.exponent),
        "anti_ideal": in_range(problem.weights * scale.apply(worst), scale.exponent),
        "d_plus": in_range(plus, exponent + scale.exponent),
        "d_minus": in_range(minus, exponent + scale.exponent),
    }
    return Outcome(closeness, detail, notes=_equal(bool(undefined.any())))


def _equal(undefined: bool) -> tuple[Message, ...]:
    if not undefined:
        return ()
    return (msg("All candidates are equal in every criterion, so their closeness to the ideal is undefined."),)
