"""What is particular to MOORA, COPRAS, ARAS, EDAS, MABAC, MARCOS, CoCoSo, SPOTIS and RIM: refusals and identities."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from criteria.errors import MethodError
from selection.methods import METHODS, evaluate
from tests.selection.methods.settings import BOTH_ENGINES

MATRIX = [[3.0, 8.0, 5.0], [7.0, 3.0, 4.0], [4.0, 6.0, 2.0], [6.0, 2.0, 9.0]]
WEIGHTS, DIRECTIONS = [0.5, 0.3, 0.2], [1, 1, -1]
NAMES = ("sales", "growth", "price")


def _with(row: int, column: int, value: float) -> list[list[float]]:
    matrix = [list(line) for line in MATRIX]
    matrix[row][column] = value
    return matrix


@BOTH_ENGINES
@pytest.mark.parametrize("method", ["copras", "aras", "codas", "marcos"])
def test_methods_that_divide_refuse_negatives(method: str, engine: str) -> None:
    """By candidate and criterion, with a method that would take them."""
    text = f"{method} divides by the values of a criterion, so none may be negative, and candidate 2 has -3 in growth"
    with pytest.raises(MethodError, match=f"{text}.*choose the method mabac or moora_ratio"):
        evaluate(method, _with(1, 1, -3), WEIGHTS, DIRECTIONS, criteria=NAMES, engine=engine)


@BOTH_ENGINES
@pytest.mark.parametrize("method", ["aras", "codas", "marcos"])
def test_methods_that_divide_by_costs_refuse_a_zero_there(method: str, engine: str) -> None:
    """Only there: a benefit of 0 is fine, and so is a cost that is 0 for all."""
    with pytest.raises(
        MethodError, match="divides by the values of price, where lower is better, and candidate 3 has 0"
    ):
        evaluate(method, _with(2, 2, 0), WEIGHTS, DIRECTIONS, criteria=NAMES, engine=engine)
    free = np.array(MATRIX) * [1, 1, 0]
    for matrix in (_with(3, 0, 0), free):
        assert np.isfinite(evaluate(method, matrix, WEIGHTS, DIRECTIONS, engine=engine).scores).all()


@BOTH_ENGINES
def test_copras_refuses_a_candidate_without_any_cost(engine: str) -> None:
    """One 0 among several costs is fine; all 0 would be divided by."""
    two_costs = [[3, 0, 5], [7, 3, 4], [4, 6, 0]]
    assert np.isfinite(evaluate("copras", two_costs, [1, 1, 1], [1, -1, -1], engine=engine).scores).all()
    with pytest.raises(
        MethodError, match=r"those of candidate 2 add up to 0, growth among them.*choose the method mabac"
    ):
        evaluate("copras", [[3, 0, 5], [7, 0, 0]], [1, 1, 1], [1, -1, -1], criteria=NAMES, engine=engine)


def test_copras_refuses_costs_that_vanish_beside_the_others() -> None:
    """5e-324 of 1e300 is 0 to a float."""
    with pytest.raises(MethodError, match="candidate 1 add up to 0"):
        evaluate("copras", [[5, 5e-324], [3, 1e300]], [1, 1], [1, -1])


@BOTH_ENGINES
def test_copras_without_costs_is_the_sum_of_shares(engine: str) -> None:
    """Nothing is divided by then; S_minus is 0."""
    result = evaluate("copras", MATRIX, WEIGHTS, [1, 1, 1], engine=engine)
    shares = evaluate("weighted_sum", MATRIX, WEIGHTS, [1, 1, 1], normalization="sum")
    np.testing.assert_allclose(result.scores, shares.scores, atol=1e-12)
    np.testing.assert_allclose(result.detail["utility"].max(), 100)
    assert not result.detail["S_minus"].any()


@BOTH_ENGINES
def test_edas_refuses_an_average_that_is_not_above_zero(engine: str) -> None:
    """It is the yardstick; a single negative under a clear average is fine."""
    assert np.isfinite(evaluate("edas", _with(0, 1, -3), WEIGHTS, DIRECTIONS, engine=engine).scores).all()
    with pytest.raises(MethodError, match="the average of each criterion, and that of growth is not above 0"):
        evaluate("edas", _with(0, 1, -11), WEIGHTS, DIRECTIONS, criteria=NAMES, engine=engine)
    rounding = np.array([[1.8, 1], [8.0, 2], [6.4, 3], [9.0, 4], [-25.2, 5]])  # 0 but for rounding
    with pytest.raises(MethodError, match="that of criterion 1 is not above 0"):
        evaluate("edas", rounding, [1, 1], [1, 1], engine=engine)


@BOTH_ENGINES
def test_cocoso_refuses_a_candidate_that_is_worst_in_everything(engine: str) -> None:
    """Its k_b would divide by 0; without that candidate it has a value."""
    matrix = [*MATRIX, [2, 1, 9.5]]
    text = r"that of candidate 5 is 0: it has the worst value in every criterion\. Leave candidate 5 out"
    with pytest.raises(MethodError, match=text):
        evaluate("cocoso", matrix, WEIGHTS, DIRECTIONS, engine=engine)
    assert np.isfinite(evaluate("cocoso", matrix[:4], WEIGHTS, DIRECTIONS, engine=engine).scores).all()


@BOTH_ENGINES
@pytest.mark.parametrize("method", ["edas", "cocoso", "rim"])
def test_equal_candidates_have_no_figure_where_it_is_nothing_by_nothing(method: str, engine: str) -> None:
    """NaN for all, and all first."""
    result = evaluate(method, [[3, 4]] * 3, [1, 2], [1, -1], engine=engine)
    assert np.isnan(result.scores).all()
    assert result.ranks.tolist() == [1, 1, 1]


@pytest.mark.parametrize("method", ["moora_ratio", "copras", "edas", "codas", "mabac", "cocoso", "spotis", "rim"])
def test_a_constant_column_contributes_nothing(method: str) -> None:
    """Not to the order of anybody; and where the formula divides by its range, not to the scores either."""
    wide = np.insert(np.array(MATRIX), 1, 7.0, axis=1)
    plain, other = (
        evaluate(method, MATRIX, WEIGHTS, DIRECTIONS),
        evaluate(method, wide, [0.25, 0.5, 0.15, 0.1], [1, 1, 1, -1]),
    )
    assert other.ranks.tolist() == plain.ranks.tolist()
    assert other.detail["constant"] == (1,)
    if method in ("edas", "rim"):  # ratios of sums, from which the smaller weights cancel out
        np.testing.assert_allclose(other.scores, plain.scores, atol=1e-12)
    if method in ("spotis", "mabac"):
        np.testing.assert_allclose(other.scores, plain.scores / 2, atol=1e-12)


def test_moora_ties_what_cancels_out() -> None:
    """Three equal columns, weights 1 + 2 - 3: every score is 0 but for rounding, and rounding must not rank."""
    column = np.random.default_rng(5).uniform(1, 9, (30, 1))
    result = evaluate("moora_ratio", np.repeat(column, 3, axis=1), [1, 2, 3], [1, 1, -1])
    assert np.ptp(result.scores) > 0
    assert set(result.ranks.tolist()) == {1}


@given(arrays(np.float64, (5, 3), elements=st.floats(0.5, 100)), arrays(np.float64, 3, elements=st.floats(0.1, 9)))
def test_marcos_is_the_published_function(matrix: np.ndarray, weights: np.ndarray) -> None:
    """Our reduced form is f(K) of Stevic et al. (2020), equations 8 to 13, which divide by S_anti_ideal."""
    shares = weights / weights.sum()
    sums = (matrix / matrix.max(axis=0)) @ shares
    result = evaluate("marcos", matrix, weights, [1, 1, 1])
    minus, plus = sums / result.detail["S_anti_ideal"], sums / result.detail["S_ideal"]
    of_plus, of_minus = minus / (plus + minus), plus / (plus + minus)
    expected = (plus + minus) / (1 + (1 - of_plus) / of_plus + (1 - of_minus) / of_minus)
    np.testing.assert_allclose(result.scores, expected, rtol=1e-9)


def test_marcos_has_a_value_where_somebody_has_nothing() -> None:
    """0 in every benefit makes S and S_anti_ideal 0, which the published form divides by; the limit is S / S_ideal."""
    result = evaluate("marcos", [[0, 0], [3, 4], [6, 8]], [1, 1], [1, 1])
    np.testing.assert_allclose(result.scores, [0, 0.5, 1], atol=1e-12)


def test_mabac_takes_any_number_of_candidates_and_any_scale_of_weights() -> None:
    """Raw weights of 5 and 4 and 1,200 candidates: a product of them all would overflow, and rank everybody first."""
    matrix = np.random.default_rng(1).uniform(0, 1, (1_200, 2))
    result = evaluate("mabac", matrix, [5, 4], [1, -1])
    heights = evaluate("weighted_sum", matrix, [5, 4], [1, -1], normalization="minmax")
    assert np.isfinite(result.detail["border"]).all()
    assert result.ranks.tolist() == heights.ranks.tolist()
    assert len(set(result.ranks.tolist())) == 1_200
    np.testing.assert_allclose(np.diff(result.scores), np.diff(heights.scores), atol=1e-9)


def test_the_second_engine_refuses_mabac_where_its_product_vanishes() -> None:
    """Its border of 0 would shift every score in silence."""
    matrix = np.random.default_rng(1).uniform(0, 1, (1_200, 2))
    with pytest.raises(MethodError, match="Choose the engine own"):
        evaluate("mabac", matrix, [1, 9], [1, -1], engine="scikit-criteria")


@given(arrays(np.float64, (4, 3), elements=st.floats(0, 100)))
def test_spotis_on_the_one_scale_is_the_total_upside_down(values: np.ndarray) -> None:
    """1 - total / 100, so that it agrees with the product by construction."""
    result = evaluate("spotis", values, [3, 1, 2], [1, 1, 1], **METHODS["spotis"].on_scale.settings)  # type: ignore[union-attr]
    np.testing.assert_allclose(result.scores, 1 - values @ [3, 1, 2] / 600, atol=1e-12)


@given(arrays(np.float64, (4, 3), elements=st.floats(0, 100)))
def test_rim_on_the_one_scale_is_topsis(values: np.ndarray) -> None:
    """Distances from 0 and from 100: two formulas for one figure."""
    rim = evaluate("rim", values, [3, 1, 2], [1, 1, 1], ranges=(0, 100))
    topsis = evaluate("topsis", values, [3, 1, 2], [1, 1, 1], normalization="minmax", bounds=(0, 100))
    np.testing.assert_allclose(rim.scores, topsis.scores, atol=1e-12)


@pytest.mark.parametrize(
    ("method", "settings"),
    [
        ("spotis", {"bounds": (0, 10), "ideal": [5, 2]}),
        ("rim", {"ranges": (0, 10), "ideals": [(4, 6), (2, 2)]}),
    ],
)
def test_an_ideal_of_the_caller_overrules_the_directions(method: str, settings: dict[str, Any]) -> None:
    """The nearest to the ideal is first whatever the directions, and no note speaks of better and worse values."""
    matrix = [[5, 2], [9, 9], [0, 0], [4, 3], [6, 3]]
    results = [evaluate(method, matrix, [1, 1], directions, **settings) for directions in ([1, 1], [-1, -1])]
    for result in results:
        assert result.ranks[[0, 3, 4]].tolist() == [1, 2, 2]
        assert result.detail["notes"] == ()
        np.testing.assert_array_equal(result.scores, results[0].scores)


def test_rim_keeps_its_digits_at_both_ends_of_a_range() -> None:
    """Values a billionth of the range above its floor, and as little below the ideal, are told apart in full."""
    near_floor = evaluate("rim", [[1.0], [2.0], [3.0]], [1], [1], ranges=(0, 1e15))
    np.testing.assert_allclose(near_floor.detail["normalized"][:, 0], [1e-15, 2e-15, 3e-15], rtol=1e-12)
    assert near_floor.ranks.tolist() == [3, 2, 1]


def test_aras_counts_the_optimum_in_the_shares() -> None:
    """Zavadskas and Turskis (2010), by hand: 2 and 4 beside an optimum of 4 are 0.2 and 0.4 of 10; costs inverted."""
    result = evaluate("aras", [[2, 4], [4, 2]], [1, 1], [1, -1], optimum=[4, 1])
    np.testing.assert_allclose(result.detail["S"], [0.5 * 0.2 + 0.5 * 0.25 / 1.75, 0.5 * 0.4 + 0.5 * 0.5 / 1.75])
    np.testing.assert_allclose(result.detail["S0"], 0.5 * 0.4 + 0.5 * 1 / 1.75)


def test_nothing_but_zeros_has_no_degree_of_utility() -> None:
    """NaN and one rank for ARAS, COPRAS (its utility) and MARCOS."""
    for method, figures in (("aras", "scores"), ("marcos", "scores"), ("copras", "utility")):
        result = evaluate(method, [[0, 0], [0, 0]], [1, 1], [1, -1])
        table = result.scores if figures == "scores" else result.detail[figures]
        assert np.isnan(table).all()
        assert result.ranks.tolist() == [1, 1]
