"""Figures that come of subtraction: where the terms cancel out, what is left may be nothing but rounding."""

from __future__ import annotations

import numpy as np

from selection.methods.base import Floats
from selection.methods.ranks import snap

NOISE = 1e-12
"""Differences within this share of the terms that were added and subtracted are rounding."""


def settle(figures: Floats, terms: float) -> Floats:
    """Return *figures* with neighbours set equal that differ by less than rounding; *terms* is the largest |term|.

    >>> settle(np.array([3e-17, -1e-17, 0.5]), 1.0).tolist()
    [-1e-17, -1e-17, 0.5]
    """
    largest = float(np.abs(figures).max(initial=0.0))
    return snap(figures, NOISE * terms / largest) if 0 < NOISE * terms < np.inf and largest > 0 else figures
