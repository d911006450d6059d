"""Drawn weights stay where they were told to stay, sum to 1, and come again with the same seed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.errors import DecisionError, RunError, WeightsError
from selection.robustness.draws import weight_draws

points = st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any)


@given(points, st.sampled_from([0.0, 0.1, 0.2, 1.0]), st.integers(0, 5))
def test_each_weight_stays_within_the_spread_of_itself(given_points: list[int], spread: float, seed: int) -> None:
    """No two weights change their ratio by more than (1 + s) / (1 - s); zero stays zero; the sum is 1."""
    drawn = weight_draws(given_points, 50, seed, spread)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(50))
    exact = np.array(given_points) / sum(given_points)
    assert not drawn[:, exact == 0].any()
    factor = drawn[:, exact > 0] / exact[exact > 0]
    allowed = np.inf if spread == 1 else (1 + spread) / (1 - spread)
    with np.errstate(divide="ignore"):
        assert (factor.max(axis=1) / factor.min(axis=1) <= allowed * (1 + 1e-12)).all()
    assert drawn.tobytes() == weight_draws(given_points, 50, seed, spread).tobytes()


def test_no_spread_gives_the_weights_themselves() -> None:
    """One row stands for all draws."""
    assert weight_draws([1, 3], 500).tolist() == [[0.25, 0.75]]


def test_free_weights_are_uniform_on_the_simplex() -> None:
    """The mean is 1/m and a weight exceeds x with probability (1 - x)^(m - 1)."""
    drawn = weight_draws(4, 40_000, 1)
    assert drawn.mean(axis=0) == pytest.approx([0.25] * 4, abs=0.005)
    assert (drawn > 0.5).mean(axis=0) == pytest.approx([0.125] * 4, abs=0.01)


def test_what_the_answers_leave_open_goes_before_the_spread() -> None:
    """With an order of importance every draw keeps the order, however the scenario weighs."""
    drawn = weight_draws([1, 1, 1], 200, 0, 0.2, open_weights=[[1, -1, 0], [0, 1, -1]])
    assert (np.diff(drawn, axis=1) <= 0).all()
    assert drawn[:, 0].max() > 0.6  # far beyond a fifth of a third


BAD = [
    (([1.0], 0), RunError),
    (([1.0], True), RunError),
    (([1.0], 10, -1), RunError),
    (([1.0], 10, 0, 1.5), RunError),
    (([1.0], 10, 0, float("nan")), RunError),
    (([-1.0, 2.0], 10), WeightsError),
    ((0, 10), WeightsError),
]


@pytest.mark.parametrize(("arguments", "error"), BAD)
def test_impossible_draws_are_refused(arguments: tuple, error: type[DecisionError]) -> None:
    """Draws, seed, spread and weights must make sense."""
    with pytest.raises(error):
        weight_draws(*arguments)
