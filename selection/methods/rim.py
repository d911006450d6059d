"""RIM, the reference ideal method (Cables, Lamata and Verdegay 2016)."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Floats, Outcome, Problem
from selection.methods.normalize import lengths, power_of_two, share


def rim(problem: Problem, ranges: Floats | None = None, ideals: Floats | None = None) -> Outcome:
    """Return the closeness I⁻ / (I⁺ + I⁻) to the reference ideal per candidate (n), 0 to 1, higher is better.

    `normalized` (n × k) is 1 within the *ideals* (k × 2) and falls in a straight line to 0 at the ends of the *ranges*
    (k × 2), whatever the directions; `I_plus` and `I_minus` (n) are the weighted distances from 1 and from 0.
    None takes the ends of the data as ranges, and the end that is better by the directions as the ideal; a criterion in
    which all are equal then contributes nothing, and where all are equal in every one the closeness is NaN.
    """
    values, span, target = same_scale(problem, *ends(problem, ranges, ideals))
    normalized, missing = closeness(values, span, target)
    telling = problem.weights * (span[:, 0] < span[:, 1])
    to_ideal, to_nothing = lengths(telling * missing), lengths(telling * normalized)
    total = to_ideal + to_nothing
    scores = np.divide(to_nothing, total, out=np.full_like(total, np.nan), where=total > 0)
    detail = {"normalized": normalized, "I_plus": to_ideal, "I_minus": to_nothing}
    return Outcome(scores, detail, directed=ideals is None)


def ends(problem: Problem, ranges: Floats | None, ideals: Floats | None) -> tuple[Floats, Floats]:
    """Return the *ranges* and *ideals* (k × 2 each, raw units), the missing ones from the data."""
    if ranges is None:
        ranges = np.column_stack([problem.values.min(axis=0), problem.values.max(axis=0)])
    if ideals is None:
        best = np.where(problem.directions > 0, ranges[:, 1], ranges[:, 0])
        ideals = np.column_stack([best, best])
    return ranges, ideals


def closeness(values: Floats, span: Floats, target: Floats) -> tuple[Floats, Floats]:
    """Return where *values* (n × k) lie between the ends of *span* (0) and *target* (1), and what is missing to 1.

    Each is computed by itself, so that neither loses its digits where it is small.
    """
    (low, high), (first, last) = span.T, target.T
    below, above = values < first, values > last
    reached = np.where(below, share(values - low, first - low), share(high - values, high - last))
    missing = np.where(below, share(first - values, first - low), share(values - last, high - last))
    return np.where(below | above, reached, 1.0), np.where(below | above, missing, 0.0)


def same_scale(problem: Problem, span: Floats, target: Floats) -> tuple[Floats, Floats, Floats]:
    """Return values, *span* and *target*, each column times the power of two that keeps it in range."""
    shifts = power_of_two(np.vstack([problem.values, span.T]))
    span, target = (np.ldexp(pairs, -shifts[:, None]) for pairs in (span, target))
    return np.clip(np.ldexp(problem.values, -shifts), span[:, 0], span[:, 1]), span, target
