"""EDAS, the evaluation based on the distance from the average (Keshavarz Ghorabaee, Zavadskas, Olfat, Turskis 2015)."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Floats, Outcome, Problem
from selection.methods.normalize import averages, scaled, share
from selection.methods.weighted_sum import signed_sums


def edas(problem: Problem) -> Outcome:
    """Return the appraisal (NSP + NSN) / 2 per candidate (n), 0 to 1, higher is better.

    `PDA` and `NDA` (n × k) are the shares of the average by which a value is better and worse than it, `SP` and `SN`
    (n) their weighted sums, `NSP` = SP / max SP, `NSN` = 1 - SN / max SN. Where all are equal the appraisal is NaN.
    """
    average, deviation = averages(scaled(problem.values))
    distance = problem.directions * share(deviation, average)
    better, worse = np.maximum(distance, 0.0), np.maximum(-distance, 0.0)
    ahead, behind = signed_sums(better, problem.weights), signed_sums(worse, problem.weights)
    near, far = _of_largest(ahead), 1.0 - _of_largest(behind)
    detail = {"PDA": better, "NDA": worse, "SP": ahead, "SN": behind, "NSP": near, "NSN": far}
    return Outcome((near + far) / 2.0, detail)


def _of_largest(sums: Floats) -> Floats:
    """Return *sums* as shares of the largest; NaN where all are 0."""
    largest = float(sums.max())
    return sums / largest if largest > 0 else np.full_like(sums, np.nan)
