"""What an unknown value may turn out to be: probabilities sum to one and agree with the scale and its must-haves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import Criterion
from criteria.model import Gate
from selection.robustness.outcomes import outcome, yes_or_no
from tests.strategies import criteria


@given(criteria("c"), st.integers(0, 2**32 - 1))
def test_shares_sum_to_one_and_values_stay_inside(document: dict, seed: int) -> None:
    """For every kind of criterion: shares sum to one, drawn values lie on 0..100, those that pass inside their range
    or within the margin that is left beyond a limit at an end of the scale.
    """
    criterion = Criterion(**document)
    bounds = [criterion.bounds(gate) for gate in criterion.gates]
    lower, upper = max((b[0] for b in bounds), default=-np.inf), min((b[1] for b in bounds), default=np.inf)
    found = outcome(criterion, lower, upper)
    if found is None:
        assert criterion.levels is not None
        assert all(level.value is None for level in criterion.levels.values())
        return
    assert found.share.sum() == pytest.approx(1.0)
    value, passes = found.at(np.random.default_rng(seed).random(200))
    assert ((value >= 0) & (value <= 100)).all()
    if passes.any() and found.can_pass:
        assert value[passes].max() <= found.most + 1e-9 or criterion.levels is None
    if not bounds:
        assert passes.all()


@pytest.mark.parametrize(
    ("document", "chance", "least", "most"),
    [
        ({"curve": {"floor": 0, "qualified": 4, "ideal": 10}, "gate": "hard"}, 0.5, 50, 100),
        ({"curve": {"floor": 0, "qualified": 4, "ideal": 10}, "gate": [{"kind": "hard", "limit": 7}]}, 0.25, 75, 100),
        ({"curve": {"floor": 10, "qualified": 4, "ideal": 0}, "gate": [{"kind": "hard", "limit": 7}]}, 0.75, 25, 100),
        ({"curve": {"floor": 0, "qualified": 4, "ideal": 10}, "gate": [{"kind": "hard", "limit": 12}]}, 0.05, 100, 100),
        ({"curve": {"floor": 2, "qualified": 4, "ideal": 10}, "gate": [{"kind": "hard", "limit": 1}]}, 0.95, 0, 100),
        ({"curve": {"floor": 3, "qualified": 0, "ideal": 0}, "gate": "hard"}, 0.5, 100, 100),
        ({"kind": "judged", "gate": [{"kind": "hard", "limit": 4}]}, 0.25, 75, 100),
        ({"kind": "judged", "gate": [{"kind": "hard", "limit": 1}]}, 1.0, 0, 100),
        ({"levels": {"a": 0, "b": 50, "c": 80}, "gate": "hard"}, 2 / 3, 50, 80),
    ],
)
def test_the_chance_to_pass_a_must_have(document: dict, chance: float, least: float, most: float) -> None:
    """The share of the scale beyond the limit, and exactly which values are left; a limit off the scale leaves 5 %."""
    criterion = Criterion(id="c", **document)
    found = outcome(criterion, *criterion.bounds(criterion.gates[0]))
    assert found is not None
    assert found.share[found.passes].sum() == pytest.approx(chance)
    assert (found.least, found.most) == (least, most)


def test_a_target_range_is_missed_on_either_side() -> None:
    """Half of the chances lie on each slope; a one-sided limit cuts one of them only."""
    knots = ("low_floor", "low_qualified", "low_ideal", "high_ideal", "high_qualified", "high_floor")
    criterion = Criterion(id="c", curve=dict(zip(knots, (0, 10, 20, 30, 40, 50), strict=True)))
    both = outcome(criterion, *criterion.bounds(Gate(kind="hard")))
    low = outcome(criterion, *criterion.bounds(Gate(kind="hard", limit=5)))
    assert both is not None
    assert low is not None
    assert both.share[both.passes].sum() == pytest.approx(0.5)
    assert (both.least, both.most) == (50, 100)
    assert low.share[low.passes].sum() == pytest.approx(0.875)
    assert (low.least, low.most) == (0, 100)


def test_limits_that_exclude_each_other_can_never_be_met() -> None:
    """Where no value passes, nothing pretends that one does."""
    criterion = Criterion(id="c", curve={"floor": 0, "qualified": 4, "ideal": 10})
    found = outcome(criterion, 8, 2)
    assert found is not None
    assert not found.can_pass


def test_a_step_is_one_value_or_the_other() -> None:
    """Where qualified is ideal, meeting it is worth 100: nothing lies between 50 and 100."""
    found = outcome(Criterion(id="c", curve={"floor": 3, "qualified": 0, "ideal": 0}))
    assert found is not None
    value, _ = found.at(np.linspace(0.0, 0.999, 500))
    assert not ((value > 50) & (value < 100)).any()
    assert (value == 100).mean() == pytest.approx(0.5, abs=0.01)


def test_a_confirmation_moves_no_value() -> None:
    """It holds in one case of two, and the value stays in the middle of nothing."""
    value, passes = yes_or_no().at(np.array([0.1, 0.9]))
    assert value.tolist() == [50.0, 50.0]
    assert passes.tolist() == [True, False]
