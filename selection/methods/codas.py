"""CODAS, the combinative distance-based assessment (Keshavarz Ghorabaee, Zavadskas, Turskis, Antucheviciene 2016)."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Floats, Outcome, Problem
from selection.methods.findings import passed_over
from selection.methods.normalize import column_sums, fit, lengths, power_of_two
from selection.methods.ranks import competition_ranks
from selection.methods.rounding import NOISE, settle
from selection.methods.weighted_sum import in_range


def codas(problem: Problem, tau: float = 0.02) -> Outcome:
    """Return the assessment H per candidate (n), higher is better; the H of all sum to 0 where tau is 0.

    `euclidean` (E) and `taxicab` (T) are the distances from the worst values, weighted, after x / max, costs min / x.
    H_i = Σ_k (E_i - E_k) + psi_ik · (T_i - T_k), where psi_ik = 1 if |E_i - E_k| ≥ *tau*, else 0.
    """
    scale = fit(problem, "max")
    gaps = problem.weights * np.maximum(scale.difference(scale.extremes(problem.directions)[1]), 0.0)
    exponent = int(power_of_two(gaps.ravel()))
    euclidean, taxicab = distances(np.ldexp(gaps, -exponent))
    with np.errstate(over="ignore"):  # a tau beyond every distance is as good as an infinite one
        threshold = float(np.ldexp(tau, -exponent))
    scores = assess(euclidean, taxicab, threshold)
    order = settle(scores, len(scores) * float(taxicab.max()))
    detail = {"euclidean": in_range(euclidean, exponent), "taxicab": in_range(taxicab, exponent)}
    notes = passed_over(problem, competition_ranks(order))
    return Outcome(in_range(scores, exponent), detail, order=order, notes=notes)


def distances(gaps: Floats) -> tuple[Floats, Floats]:
    """Return the Euclidean and the taxicab lengths of *gaps* (n × k, ≥ 0), free of rounding differences."""
    euclidean, taxicab = lengths(gaps), np.asarray(gaps.sum(axis=1), dtype=np.float64)
    return settle(euclidean, float(euclidean.max())), settle(taxicab, float(taxicab.max()))


def assess(euclidean: Floats, taxicab: Floats, tau: float) -> Floats:
    """Return H (n) in O(n log n): in the order of E those nearer than *tau* are neighbours.

    A difference that is *tau* but for rounding counts as *tau*.

    >>> assess(np.array([0.5, 0.49, 0.1]), np.array([0.7, 0.9, 0.2]), 0.02).round(2).tolist()
    [0.91, 1.08, -1.99]
    """
    order = np.lexsort((taxicab, euclidean))
    near, far = euclidean[order], taxicab[order]
    threshold = max(tau - NOISE * float(near[-1]), 0.0)
    first = np.searchsorted(near, near - threshold, side="right")
    after = np.maximum(np.searchsorted(near, near + threshold, side="left"), first)
    running = np.append(0.0, np.cumsum(far))
    beyond = running[first] + (running[-1] - running[after])
    count = first + len(near) - after
    scores = np.empty_like(near)
    scores[order] = (len(near) * near - column_sums(near)) + (count * far - beyond)
    return scores
