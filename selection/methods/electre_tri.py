"""ELECTRE TRI (Yu 1992; Mousseau, Slowinski and Zielniewicz 2000): classes by comparison with their limits."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Floats, Outcome, Problem
from selection.methods.ranks import TIE


def electre_tri(problem: Problem, profiles: Floats, q: Floats, p: Floats, v: Floats, cut: float = 0.75) -> Outcome:
    """Return the class of each candidate (n): 0 below the worst profile, h at or above the h-th one.

    *profiles* are k × h, worst first; *q*, *p* and *v* (k, NaN = no veto) are thresholds in raw units. `pessimistic`
    (the scores) is the highest class whose limit the candidate outranks, `optimistic` the lowest whose upper limit is
    preferred to it. One outranks the other where the credibility reaches *cut*.
    """
    values = problem.values * problem.directions
    limits = (profiles.T * problem.directions)[:, None, :]
    with np.errstate(over="ignore", invalid="ignore"):
        behind = np.stack([limit - values for limit in limits])
        outranks, outranked = (_credibility(gap, problem.weights, q, p, v) >= cut - TIE for gap in (behind, -behind))
    classes = np.arange(1, len(limits) + 1)[:, None]
    pessimistic = np.where(outranks, classes, 0).max(axis=0)
    below = np.where(outranked & ~outranks, classes - 1, len(limits)).min(axis=0)
    return Outcome(pessimistic.astype(np.float64), {"pessimistic": pessimistic, "optimistic": below})


def _credibility(behind: Floats, weights: Floats, q: Floats, p: Floats, v: Floats) -> Floats:
    """Return how far one outranks the other (h × n) that is better by *behind* (h × n × k).

    The concordance is the weight of the criteria where it is not behind by more than q, falling to nothing at p; each
    discordance (d - p) / (v - p) above the concordance takes its share away.
    """
    concordance = ((1.0 - _ramp(behind, q, p)) * weights).sum(axis=-1)
    discordance = np.where(np.isfinite(v), _ramp(behind, p, v), 0.0)
    room = 1.0 - concordance[..., None]
    objects = discordance > concordance[..., None] + TIE
    shares = np.divide(1.0 - discordance, room, out=np.ones_like(behind), where=objects)
    return np.asarray(concordance * shares.prod(axis=-1), dtype=np.float64)


def _ramp(behind: Floats, low: Floats, high: Floats) -> Floats:
    """Return 0 up to *low*, 1 from *high*, straight between; a step just above *low* where they are one."""
    straight = np.clip((behind - low) / np.where(high > low, high - low, 1.0), 0.0, 1.0)
    return np.where(high > low, straight, behind > low * (1.0 + TIE))
