"""VIKOR (Opricovic 1998; Opricovic and Tzeng 2004)."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Floats, Outcome, Problem
from selection.methods.normalize import fit
from selection.methods.ranks import TIE, competition_ranks, snap

NOISE = 1e-12
"""Values of S or R within this share of the largest are equal: Q divides by their range, which makes rounding large."""


def vikor(problem: Problem, v: float = 0.5, bounds: Floats | None = None) -> Outcome:
    """Return Q per candidate (n), 0 to 1, lower is better, with S (group utility), R (regret) and the compromise.

    *bounds* (k × 2) set f* and f⁻ as if a candidate with every best bound and one with every worst bound were listed:
    then S* = 0, S⁻ = 1, R* = 0 and R⁻ = the largest weight, and nobody's Q depends on who else is listed.
    For one candidate without bounds Q is undefined (NaN).
    """
    scale = fit(problem, "minmax", bounds)
    best, _ = scale.extremes(problem.directions)
    regrets = problem.weights * -scale.difference(best)
    utility, regret = regrets.sum(axis=1), regrets.max(axis=1)
    index = compromise_index(problem, utility, regret, v, fixed=bounds is not None)
    return outcome(utility, regret, index)


def compromise_index(problem: Problem, utility: Floats, regret: Floats, v: float, *, fixed: bool) -> Floats:
    """Return Q from *utility* (S) and *regret* (R), measured between the ends of the data or *fixed* ends."""
    if problem.size == 1 and not fixed:
        return np.full(1, np.nan)
    ends = ((0.0, 1.0), (0.0, float(problem.weights.max()))) if fixed else (None, None)
    return v * _share(utility, ends[0]) + (1.0 - v) * _share(regret, ends[1])


def outcome(utility: Floats, regret: Floats, index: Floats) -> Outcome:
    """Return the outcome of S, R and Q, with the compromise that they lead to."""
    advantage, stability, compromise = _compromise(index, utility, regret)
    names = ("S", "R", "Q", "compromise", "advantage", "stability")
    figures = (utility, regret, index, compromise, advantage, stability)
    return Outcome(index, dict(zip(names, figures, strict=True)))


def _share(values: Floats, ends: tuple[float, float] | None) -> Floats:
    """Return where *values* lie between their *ends* (0 to 1); 0 where the ends are one."""
    steady = snap(values, NOISE)
    low, high = ends or (steady.min(), steady.max())
    return (steady - low) / (high - low) if high > low else np.zeros_like(steady)


def _compromise(index: Floats, utility: Floats, regret: Floats) -> tuple[bool, bool, tuple[int, ...]]:
    """Return acceptable advantage, acceptable stability and the rows of the compromise.

    Advantage: Q of the second less Q of the first is at least 1 / (n - 1).
    Stability: the first by Q is also first by S or by R.
    """
    if len(index) == 1:
        return True, True, (0,)
    ranks = competition_ranks(index, lower_is_better=True)
    behind = index - index.min()
    near = behind < 1.0 / (len(index) - 1) - TIE
    advantage = int(near.sum()) == 1
    leaders = ranks == 1
    by_utility, by_regret = (competition_ranks(table, lower_is_better=True) == 1 for table in (utility, regret))
    stability = bool((leaders & (by_utility | by_regret)).any())
    chosen = near if not advantage else leaders if stability else ranks <= np.sort(ranks)[1]
    return advantage, stability, tuple(int(row) for row in np.flatnonzero(chosen))
