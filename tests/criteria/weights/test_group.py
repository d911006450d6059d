"""Several people's weights, and how far they are apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.errors import WeightsError
from criteria.weights import combine, swing

PEOPLE = {
    "Ann": {"solvency": 30, "growth": 60, "reach": 10},
    "Bo": {"solvency": 1, "growth": 8, "reach": 11},
    "Cy": {"reach": 0.3, "growth": 0.3, "solvency": 0.4},
}


def test_the_mean_and_the_disagreement_are_those_worked_out_by_hand():
    """30/60/10, 5/40/55 and 40/30/30 %: mean 25, 43.3 and 31.7; the reach is disputed, 10 % against 55 %."""
    found = combine(PEOPLE)
    assert dict(found.values) == pytest.approx({"solvency": 0.25, "growth": 1.3 / 3, "reach": 0.95 / 3})
    assert dict(found.detail["low"]) == pytest.approx({"solvency": 0.05, "growth": 0.30, "reach": 0.10})
    assert dict(found.detail["high"]) == pytest.approx({"solvency": 0.40, "growth": 0.60, "reach": 0.55})
    assert dict(found.detail["spread"]) == pytest.approx({"solvency": 0.35, "growth": 0.30, "reach": 0.45})
    assert found.detail["disputed"] == "reach"
    assert (found.detail["lowest"]["reach"], found.detail["highest"]["reach"]) == ("Ann", "Bo")
    assert dict(found.detail["distance"]) == pytest.approx({"Ann": 0.65 / 3, "Bo": 0.7 / 3, "Cy": 0.15})


def test_weights_of_every_kind_are_combined():
    """What `swing` gave, and plain lists."""
    found = combine({"Ann": swing([100, 50]), "Bo": [1, 2]})
    assert found.values == pytest.approx([0.5, 0.5])
    assert found.detail["disputed"] == 0
    assert found.detail["highest"] == ("Ann", "Bo")


def test_one_person_and_people_who_agree_dispute_nothing():
    """Their mean is what they said."""
    assert combine({"Ann": [1, 3]}).values == pytest.approx([0.25, 0.75])
    assert combine({"Ann": [1, 3], "Bo": [10, 30]}).detail["disputed"] is None


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ({}, "at least one person"),
        ({"Ann": [1, 2], "Bo": [1, 2, 3]}, "Bo and Ann do not weigh the same"),
        ({"Ann": {"a": 1}, "Bo": {"b": 1}}, "Bo and Ann do not weigh the same"),
        ({"Ann": {"a": 1}, "Bo": [1]}, "Bo and Ann do not weigh the same"),
        ({"Ann": [1, 2], "Bo": [0, 0]}, "weights of Bo"),
        ({"Ann": [1, -2]}, "weights of Ann"),
        ({"Ann": [1, float("nan")]}, "weights of Ann"),
        ({"{Ann}": ["x"]}, "{Ann}: Every weight must be a number"),
    ],
)
def test_who_cannot_be_combined_is_named(people, sentence):
    """The refusal names the person."""
    with pytest.raises(WeightsError, match=sentence):
        combine(people)


@given(st.lists(st.lists(st.floats(0.01, 100), min_size=3, max_size=3), min_size=1, max_size=5), st.randoms())
def test_everybody_counts_the_same_and_the_mean_lies_between(rows, random):
    """Nobody's scale, and no order of the people, changes the mean; it lies between the lowest and the highest."""
    people = {f"P{n}": row for n, row in enumerate(rows)}
    found = combine(people)
    names = random.sample(list(people), len(people))
    again = combine({name: np.array(people[name]) * random.uniform(0.1, 10) for name in names})
    assert again.values == pytest.approx(found.values)
    assert found.values.sum() == pytest.approx(1)
    assert (found.detail["low"] - 1e-12 <= found.values).all()
    assert (found.values <= found.detail["high"] + 1e-12).all()
    assert all(0 <= distance < 1 for distance in found.detail["distance"].values())
