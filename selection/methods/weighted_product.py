"""The weighted product (Bridgman 1922; Miller and Starr 1969; Triantaphyllou 2000, chapter 2)."""

from __future__ import annotations

import numpy as np

from criteria.text import Message, msg
from selection.methods.base import Floats, Normalization, Outcome, Problem
from selection.methods.normalize import Scale, fit

LARGEST_LOG = float(np.log(np.finfo(np.float64).max))


def weighted_product(problem: Problem, normalization: Normalization = "none") -> Outcome:
    """Return Π normalised value ^ weight per candidate (n), higher is better; costs have negative exponents."""
    logs = log_products(problem, fit(problem, normalization))
    return Outcome(products(logs), order=np.exp(logs - logs.max()), notes=saturated(logs))


def log_products(problem: Problem, scale: Scale) -> Floats:
    """Return Σ weight · ln(normalised value) per candidate (n): the logarithm of the product cannot overflow."""
    logs = scale.logarithms(problem.values)
    return np.asarray((logs * (problem.weights * scale.directions)).sum(axis=1), dtype=np.float64)


def products(logs: Floats) -> Floats:
    """Return e^logs; what is too large for a float is the largest float."""
    return np.exp(np.minimum(logs, LARGEST_LOG))


def saturated(logs: Floats) -> tuple[Message, ...]:
    """Return a note if a product is too large to be written down."""
    if logs.max() <= LARGEST_LOG:
        return ()
    return (msg("Some scores are too large to be written down and show the largest number; the ranks are right."),)
