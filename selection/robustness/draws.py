"""Weights drawn at random: free, around a scenario, or over what answers leave open; repeatable by a seed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from criteria.curves import FloatArray
from criteria.errors import RunError, WeightsError
from criteria.text import msg
from criteria.weights import direct
from criteria.weights.polytope import sample

MOST_DRAWS = 1_000_000
"""More draws move no share by a tenth of a point, and their weights would fill the memory of a laptop."""


def weight_draws(
    weights: ArrayLike | int,
    draws: int,
    seed: int = 0,
    spread: float | None = None,
    open_weights: ArrayLike | None = None,
) -> FloatArray:
    """Return draws x m weights, each row summing to 1.

    *weights* are those of a scenario: exactly these (one row stands for all draws), or with a *spread* of 0.2 each one
    drawn within 20 % of itself and then normalised. A number m instead leaves every weight open: uniform on the
    simplex. *open_weights* (k x m, G w >= 0) go before both: uniform over what they leave open. Raise RunError for
    impossible draws, seed or spread, WeightsError for impossible weights.
    """
    check_draws(draws, seed)
    if open_weights is not None:
        return sample(open_weights, draws, seed)
    if isinstance(weights, int | np.integer):
        if weights < 1:
            raise WeightsError(msg("Weights need at least one criterion."))
        return sample(np.zeros((0, int(weights))), draws, seed)
    exact: FloatArray = direct(weights).values
    if spread is None:
        return exact[None, :]
    part = _checked_spread(spread)
    around = exact * np.random.default_rng(seed).uniform(1.0 - part, 1.0 + part, (draws, len(exact)))
    total = around.sum(axis=1, keepdims=True)
    return np.where(total > 0, around, exact) / np.where(total > 0, total, 1.0)


def check_draws(draws: Any, seed: Any) -> None:
    """Raise RunError unless *draws* is a whole number from 1 to MOST_DRAWS and *seed* one of zero or more."""
    if isinstance(draws, bool) or not isinstance(draws, int | np.integer) or not 1 <= draws <= MOST_DRAWS:
        raise RunError(
            msg("The number of draws must be a whole number from 1 to {most:,}. 2,000 are enough.", most=MOST_DRAWS)
        )
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise RunError(msg("The seed must be a whole number of zero or more."))


def _checked_spread(spread: Any) -> float:
    if isinstance(spread, bool) or not isinstance(spread, int | float | np.number) or not 0 <= spread <= 1:
        raise RunError(
            msg("The spread of the weights must be a number from 0 to 1; 0.2 moves each up or down by a fifth.")
        )
    return float(spread)
