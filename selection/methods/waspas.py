"""WASPAS, the weighted aggregated sum product assessment (Zavadskas, Turskis, Antucheviciene, Zakarevicius 2012)."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Normalization, Outcome, Problem
from selection.methods.normalize import fit
from selection.methods.weighted_product import LARGEST_LOG, log_products, products, saturated
from selection.methods.weighted_sum import in_range, signed_sums


def waspas(problem: Problem, lambda_: float = 0.5, normalization: Normalization = "max") -> Outcome:
    """Return lambda · weighted sum + (1 - lambda) · weighted product per candidate (n), higher is better."""
    scale = fit(problem, normalization)
    sums = signed_sums(scale.apply(scale.values), problem.weights * scale.directions)
    logs = log_products(problem, scale)
    # Both halves carry the same power of two here, so that even subnormal figures are ranked in full precision.
    shifted = np.exp(np.minimum(logs - scale.exponent * np.log(2.0), LARGEST_LOG))
    mixed = lambda_ * sums + (1.0 - lambda_) * shifted
    published = in_range(sums, scale.exponent)
    parts = {"weighted_sum": published, "weighted_product": products(logs)}
    scores = lambda_ * published + (1.0 - lambda_) * parts["weighted_product"]
    return Outcome(scores, parts, order=mixed, notes=saturated(logs))
