"""PROMETHEE I and II (Brans and Vincke 1985; Brans, Vincke and Mareschal 1986): flows of preference."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from selection.methods.base import Floats, Outcome, Problem
from selection.methods.pairs import better_on_both, incomparable
from selection.methods.promethee_flows import criterion_flows
from selection.methods.ranks import competition_ranks, snap

NOISE = 1e-14
"""Flows are shares of 1; what differs by less than this share of the largest is equal but for rounding."""
PAIRS_LIMIT = 2_000
"""Up to this many candidates promethee_1 lists the incomparable pairs: there are up to half the square of them."""


def promethee_2(problem: Problem, preference: NDArray[np.object_], q: Floats, p: Floats, s: Floats) -> Outcome:
    """Return the net flow phi per candidate (n), -1 to 1, higher is better, with `phi_plus` and `phi_minus`.

    phi_plus is the mean over the n - 1 others of the weighted preference over them, phi_minus of theirs over it. The
    *preference* functions (k names) look at differences in raw units, with the thresholds *q*, *p* and *s* (k).
    The flows of a single candidate are undefined (NaN).
    """
    plus, minus = _flows(problem, preference, {"q": q, "p": p, "s": s})
    net = _steady(plus - minus, plus + minus)
    return Outcome(net, {"phi_plus": plus, "phi_minus": minus, "phi": net})


def promethee_1(problem: Problem, preference: NDArray[np.object_], q: Floats, p: Floats, s: Floats) -> Outcome:
    """Return the partial order: 1 + the candidates preferred to each (n), and the `incomparable` pairs of rows.

    One is preferred to another if its phi_plus is not lower and its phi_minus not higher, and one of them differs.
    The scores are the net flows of promethee_2. Above 2,000 candidates the pairs are None.
    """
    outcome = promethee_2(problem, preference, q, p, s)
    leaving = competition_ranks(outcome.detail["phi_plus"])
    entering = competition_ranks(outcome.detail["phi_minus"], lower_is_better=True)
    pairs = incomparable(leaving, entering) if problem.size <= PAIRS_LIMIT else None
    ranks = 1 + better_on_both(leaving, entering)
    return Outcome(outcome.scores, {**outcome.detail, "incomparable": pairs}, ranks=ranks)


def _flows(problem: Problem, preference: NDArray[np.object_], thresholds: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Return phi_plus and phi_minus, criterion by criterion in O(n) memory."""
    others = problem.size - 1
    if not others:
        return np.full(1, np.nan), np.full(1, np.nan)
    plus, minus = np.zeros(problem.size), np.zeros(problem.size)
    for column, shape in enumerate(preference):
        upward = problem.values[:, column] * problem.directions[column]
        sums = criterion_flows(upward, shape, {name: float(table[column]) for name, table in thresholds.items()})
        plus += problem.weights[column] * sums[0]
        minus += problem.weights[column] * sums[1]
    return plus / others, minus / others


def _steady(net: Floats, gross: Floats) -> Floats:
    """Return *net* flows without rounding: those that cancel are 0, and those that are equal but for it are equal."""
    noise = NOISE * float(gross.max())
    net = np.where(np.abs(net) <= noise, 0.0, net)
    largest = float(np.abs(net).max())
    return snap(net, noise / largest) if largest > 0 else net
