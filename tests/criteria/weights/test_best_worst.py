"""The best-worst method in its two models."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from criteria.errors import WeightsError
from criteria.weights import best_worst
from criteria.weights.best_worst import consistency_index

CAR = ([2, 1, 4, 3, 8], [4, 8, 2, 3, 1])
"""Rezaei J. (2016), Best-worst multi-criteria decision-making method: some properties and a linear model, Omega 64,
126-130, example 2: quality, price (best), comfort, safety, style (worst)."""


@st.composite
def comparisons(draw, smallest=2, largest=7):
    """Draw comparisons of which the first is the best and the last the worst, at odds as they like."""
    n = draw(st.integers(smallest, largest))
    span = draw(st.integers(1, 9))
    middle = st.lists(st.integers(1, span), min_size=n - 2, max_size=n - 2)
    return np.array([1, *draw(middle), span], float), np.array([span, *draw(middle), 1], float)


def first_and_last(to_others, to_worst, model):
    """Return the weights with the first as the best and the last as the worst."""
    return best_worst(to_others, to_worst, model, best=0, worst=len(to_others) - 1)


def by_linear_programming(to_others, to_worst):
    """Return (weights, xi) of the linear model by its definition: min xi with |w_B - a w_j|, |w_j - c w_W| <= xi."""
    n = len(to_others)
    rows = []
    for j in range(n):
        for one, other, times in ((0, j, to_others[j]), (j, n - 1, to_worst[j])):
            if one != other:
                row = np.zeros(n)
                row[one], row[other] = 1, -times
                rows += [np.append(row, -1), np.append(-row, -1)]
    found = linprog(np.append(np.zeros(n), 1), rows, np.zeros(len(rows)), [np.append(np.ones(n), 0)], [1]).x
    return found[:-1], found[-1]


def extremes(to_others, to_worst, xi, index):
    """Return the (smallest, largest) weight under the nonlinear model at deviation *xi*, by two linear programmes."""
    n = len(to_others)
    rows = []
    for j in range(n):
        for one, other, times in ((0, j, to_others[j]), (j, n - 1, to_worst[j])):
            if one != other:
                above, below = np.zeros(n), np.zeros(n)
                above[one], above[other] = 1, -(times + xi)
                below[one], below[other] = -1, times - xi
                rows += [above, below]
    aim = np.eye(n)[index]
    return [linprog(sign * aim, rows, np.full(len(rows), 1e-9), [np.ones(n)], [1]).x[index] for sign in (1, -1)]


def deviation(to_others, to_worst, weights):
    """Return the largest deviation of a ratio of *weights* from the judgement about it."""
    forth = np.abs(weights[0] / weights - to_others)[1:]
    back = np.abs(weights / weights[-1] - to_worst)[:-1]
    return max([*forth, *back], default=0.0)


def test_the_linear_model_gives_the_published_car_weights():
    """Rezaei (2016): weights .2295, .4481, .1148, .153, .0546 (here with all decimals) and xi = .0109."""
    found = best_worst(*CAR)
    assert found.values == pytest.approx([0.2295082, 0.44808743, 0.1147541, 0.15300546, 0.05464481], abs=5e-8)
    assert found.consistency["xi"] == pytest.approx(0.0109, abs=5e-5)
    assert "intervals" not in found.detail


def test_the_nonlinear_model_gives_the_published_intervals():
    """Rezaei (2016): xi = .1459 and an interval for each weight; the ratio is .1459 / 4.47."""
    found = best_worst(*CAR, model="nonlinear")
    published = [[0.2145, 0.2289], [0.4461, 0.4571], [0.1085, 0.1176], [0.1563, 0.1602], [0.0548, 0.0561]]
    np.testing.assert_allclose(found.detail["intervals"], published, atol=5.1e-5)
    assert found.consistency["xi"] == pytest.approx(0.1459, abs=5e-5)
    assert found.consistency["cr"] == pytest.approx(0.1459 / 4.47, abs=5e-5)
    assert found.values.sum() == pytest.approx(1)


def test_the_consistency_index_is_the_published_table():
    """Rezaei (2015), table 1, for a best that is 1 to 9 times the worst."""
    published = [0.00, 0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23]
    assert [round(consistency_index(n), 2) for n in range(1, 10)] == published


def test_the_worst_contradiction_of_one_criterion_has_the_ratio_one():
    """A criterion that is 9 times less than the best and 9 times more than a worst that is 9 times less."""
    assert best_worst([1, 9, 9], [9, 9, 1]).consistency["cr"] == pytest.approx(1)
    assert best_worst([1, 1, 2, 2], [2, 1, 2, 1]).consistency["cr"] > 1  # two criteria in opposite ways pass the index


@pytest.mark.parametrize("model", ["linear", "nonlinear"])
@pytest.mark.parametrize(
    ("forth", "back", "weights"),
    [
        ([1], [1], [1.0]),
        ([1, 3], [3, 1], [0.75, 0.25]),
        ([1, 1], [1, 1], [0.5, 0.5]),
        ([1, 1, 1], [1, 1, 1], [1 / 3] * 3),
    ],
)
def test_the_smallest_questions_have_the_obvious_answers(model, forth, back, weights):
    """One criterion, two, and three that are all alike."""
    found = best_worst(forth, back, model)
    assert found.values == pytest.approx(weights)
    assert dict(found.consistency) == {"xi": 0.0, "cr": 0.0}
    assert found.detail["revisit"] is None


def test_three_criteria_have_unique_weights_in_the_nonlinear_model():
    """Rezaei (2016): unique also where they contradict each other; here (2 - xi)(3 - xi) = 4 + xi."""
    found = best_worst([1, 2, 4], [4, 3, 1], "nonlinear")
    assert "intervals" not in found.detail
    xi = found.consistency["xi"]
    assert (2 - xi) * (3 - xi) == pytest.approx(4 + xi)
    assert deviation([1, 2, 4], [4, 3, 1], found.values) == pytest.approx(xi)


def test_names_go_in_and_come_out_in_any_order():
    """A mapping gives a mapping; the second list may have another order."""
    forth = {"price": 1, "quality": 2, "style": 8}
    back = {"style": 1, "quality": 4, "price": 8}
    found = best_worst(forth, back)
    assert dict(found.values) == pytest.approx({"price": 8 / 13, "quality": 4 / 13, "style": 1 / 13})
    assert (found.detail["best"], found.detail["worst"]) == (0, 2)


@pytest.mark.parametrize(
    ("forth", "back", "sentence"),
    [
        ([2, 2, 4], [4, 2, 1], "most important criterion is 1"),
        ([1, 2, 4], [4, 2, 2], "least important criterion is 1"),
        ([1, 2, 3], [1, 2, 2], "cannot be the least important one"),
        ([1, 0.5, 4], [4, 8, 1], "criterion 1 is judged 0.5 against criterion 2, so criterion 2 is more important"),
        ([1, 2, 4], [4, 0.5, 1], "criterion 2 is judged 0.5 against criterion 3, so criterion 3 is more important"),
        ([1, 2, 4], [4, 8, 1], "Then criterion 2 is the most important criterion"),
        ([1, 8, 4], [4, 2, 1], "Then criterion 2 is the least important criterion"),
        ([1, 2, 4], [5, 2, 1], "judged 4 against criterion 3 in one list and 5 in the other"),
        ([1, 2, 4], [4, 1], "3 comparisons with the most important criterion and 2"),
        ([1, -2, 4], [4, 2, 1], "criterion 1 against criterion 2 is -2"),
        ([1, float("nan"), 4], [4, 2, 1], "is nan"),
        ([1, 2, 1e9], [1e9, 2, 1], "is 1e\\+09"),
        ([], [], "one number for each criterion"),
        ([1, "much"], [2, 1], "must be a number"),
    ],
)
def test_a_best_that_is_not_the_best_is_refused_in_plain_words(forth, back, sentence):
    """Each refusal says which judgement, and what follows from it."""
    with pytest.raises(WeightsError, match=sentence):
        best_worst(forth, back)


def test_other_refusals():
    """A model that does not exist, names on one side only, other names, a best that is not there or not at 1."""
    with pytest.raises(WeightsError, match="no model “fuzzy”"):
        best_worst([1], [1], "fuzzy")
    with pytest.raises(WeightsError, match="both without"):
        best_worst({"a": 1}, [1])
    with pytest.raises(WeightsError, match="same criteria"):
        best_worst({"a": 1}, {"b": 1})
    with pytest.raises(WeightsError, match="no criterion “c”"):
        best_worst({"a": 1, "b": 2}, {"a": 2, "b": 1}, best="c")
    with pytest.raises(WeightsError, match="most important criterion is 1"):
        best_worst({"a": 1, "b": 2}, {"a": 2, "b": 1}, best="b")
    with pytest.raises(WeightsError, match="“Price” against “Style” is 0"):
        best_worst([1, 0], [2, 1], labels=["Price", "Style"])


def test_the_judgement_that_hurts_is_found_and_the_value_that_fits():
    """2 x 4 = 8 and 4 x 2 = 8, but 3 x 8 = 24: one of the two is too large."""
    look = best_worst([1, 2, 4, 3, 8], [8, 4, 2, 8, 1]).detail["revisit"]
    assert (look.first, look.second) in {(0, 3), (3, 4)}
    assert look.ratio < 0.05
    nearer = best_worst([1, 1, 2, 6], [6, 3, 3, 1]).detail["revisit"]  # 2 instead of 1 fits as well as 6 instead of 3
    assert (nearer.first, nearer.second, nearer.value, nearer.nearest) == (0, 1, 1.0, 2.0)


@given(comparisons())
def test_the_linear_model_is_the_optimum_of_its_definition(given_):
    """Our closed form against a solver, weights and deviation."""
    found = first_and_last(*given_, "linear")
    weights, xi = by_linear_programming(*given_)
    assert found.consistency["xi"] == pytest.approx(xi, abs=1e-8)
    assert found.values == pytest.approx(weights, abs=1e-7)


@given(comparisons(largest=5))
def test_the_nonlinear_intervals_are_the_optima_of_their_definition(given_):
    """Each end of each interval against a linear programme at the same deviation."""
    found = first_and_last(*given_, "nonlinear")
    values = found.values
    intervals = found.detail.get("intervals", np.column_stack([values, values]))
    for index, (low, high) in enumerate(intervals):
        assert [low, high] == pytest.approx(extremes(*given_, found.consistency["xi"], index), abs=2e-6)


@given(comparisons())
def test_no_weights_deviate_less_than_the_nonlinear_model_says(given_):
    """Neither those of the linear model nor points around its own."""
    found = first_and_last(*given_, "nonlinear")
    xi = found.consistency["xi"]
    for other in (first_and_last(*given_, "linear").values, found.values, found.values**1.01, found.values**0.99):
        assert deviation(*given_, other) >= xi - 1e-9


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_comparisons_that_fit_each_other_give_back_the_importance(importance):
    """Whatever the model, and with nothing to revisit."""
    worth = np.array([9.0, *importance, 1.0])
    for model in ("linear", "nonlinear"):
        found = first_and_last(9.0 / worth, worth, model)
        assert found.values == pytest.approx(worth / worth.sum(), rel=1e-7)
        assert found.consistency["xi"] == pytest.approx(0, abs=1e-9)
        assert found.detail["revisit"] is None


@given(comparisons(), st.randoms(), st.sampled_from(["linear", "nonlinear"]))
def test_weights_go_with_their_criteria_and_sum_to_one(given_, random, model):
    """Another order of the same comparisons changes no weight."""
    forth, back = given_
    n = len(forth)
    found = first_and_last(forth, back, model)
    assert found.values.sum() == pytest.approx(1)
    assert (found.values > 0).all()
    order = random.sample(range(n), n)
    moved = best_worst(forth[order], back[order], model, best=order.index(0), worst=order.index(n - 1))
    assert moved.values == pytest.approx(found.values[order], rel=1e-9)


@given(comparisons(smallest=3))
def test_taking_the_advice_gives_the_ratio_that_was_promised(given_):
    """The judgement to revisit, replaced, has the ratio named."""
    forth, back = (part.copy() for part in given_)
    n = len(forth)
    look = first_and_last(forth, back, "linear").detail["revisit"]
    if look is None:
        return
    if look.first == 0:
        assert forth[look.second] == look.value
        forth[look.second] = look.nearest
    if look.second == n - 1:
        assert back[look.first] == look.value
        back[look.first] = look.nearest
    assert first_and_last(forth, back, "linear").consistency["cr"] == pytest.approx(look.ratio, abs=1e-9)
