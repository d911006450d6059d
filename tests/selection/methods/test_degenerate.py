"""Degenerate input: a right ranking or a refusal in plain words, never a wrong order, a split tie or a raw exception.

The oracle is dominance: the first candidate is better than all others in every criterion, the last is worse.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from criteria.errors import MethodError
from selection.methods import evaluate
from tests.selection.methods.settings import EVERY_DEFAULT, EVERY_ENGINE

BASE = np.array([[9.0, 8.0, 2.0], [7.0, 3.0, 4.0], [4.0, 6.0, 5.0], [1.0, 2.0, 9.0]])
MIXED = np.array([[3.0, 8.0, 5.0], [7.0, 3.0, 4.0], [4.0, 6.0, 2.0], [6.0, 2.0, 9.0]])
"""Nobody is best or worst in everything."""
WEIGHTS, DIRECTIONS = [0.5, 0.3, 0.2], [1, 1, -1]


def _with_column(column: int, values: list[float]) -> np.ndarray:
    matrix = BASE.copy()
    matrix[:, column] = values
    return matrix


RANKABLE: dict[str, np.ndarray] = {
    "one constant column": _with_column(1, [5, 5, 5, 5]),
    "one constant cost": _with_column(2, [5, 5, 5, 5]),
    "a column of zeros": _with_column(1, [0, 0, 0, 0]),
    "a cost of zeros": _with_column(2, [0, 0, 0, 0]),
    "a zero in a benefit": _with_column(0, [9, 7, 4, 0]),
    "a zero in a cost": _with_column(2, [0, 4, 5, 9]),
    "huge column": _with_column(0, [9e300, 7e300, 4e300, 1e300]),
    "huge cost": _with_column(2, [2e300, 4e300, 5e300, 9e300]),
    "huge everywhere": BASE * 1e300,
    "near the largest float": BASE * 1.9e307,
    "tiny column": _with_column(0, [9e-170, 7e-170, 4e-170, 1e-170]),
    "tiny everywhere": BASE * 1e-170,
    "tiny cost": _with_column(2, [2e-300, 4e-300, 5e-300, 9e-300]),
    "subnormal": BASE * 5e-324,
    "huge beside tiny": BASE * [1e300, 1.0, 1e-300],
    "a large offset": BASE + np.array([1e15, 0, 0]),
    "a large offset everywhere": BASE + 1e15,
    "all negative benefit": _with_column(0, [-1, -3, -4, -9]),
    "all negative cost": _with_column(2, [-9, -5, -4, -1]),
    "benefit with a sum of zero": _with_column(0, [5, 1, -2, -4]),
    "benefit with a negative sum": _with_column(0, [5, 1, -2, -40]),
    "cost of mixed sign": _with_column(2, [-4, -1, 2, 5]),
    "cost with a sum of zero": _with_column(2, [-4, -2, 1, 5]),
    "benefit of mixed sign": _with_column(0, [50, 1, -2, -4]),
}

WITHIN_REACH = ["one constant column", "one constant cost", "huge column", "huge cost", "huge everywhere"]
WITHIN_REACH += ["near the largest float", "tiny column", "tiny everywhere", "tiny cost", "subnormal", "a large offset"]


def _judge(matrix: np.ndarray, method: str, settings: dict[str, Any], engine: str) -> str:
    """Return "ranked", "told" (a tie that is named) or "refused"; fail on anything else."""
    try:
        result = evaluate(method, matrix, WEIGHTS, DIRECTIONS, engine=engine, **settings)
    except MethodError as refusal:
        text = str(refusal)
        assert "criterion" in text or "engine own" in text
        assert text.endswith(".")
        return "refused"
    assert np.isfinite(result.scores).all()
    best, *middle, worst = result.ranks.tolist()
    if best == 1 and min(middle) > 1 and worst > max(middle):
        return "ranked"
    assert result.detail["notes"], f"lost the order in silence: {result.ranks}"
    assert best == 1
    assert worst == max(result.ranks)
    return "told"


@EVERY_ENGINE
@pytest.mark.parametrize("case", RANKABLE, ids=str)
def test_dominance_decides_or_a_refusal_says_why(case: str, method: str, settings: dict[str, Any], engine: str) -> None:
    """No wrong order, no false tie in silence, no infinite score, no raw exception."""
    _judge(RANKABLE[case], method, settings, engine)


@EVERY_DEFAULT
@pytest.mark.parametrize(
    "case",
    WITHIN_REACH,
)
def test_what_a_method_can_take_is_ranked(case: str, method: str, settings: dict[str, Any]) -> None:
    """With its published defaults every method ranks these rightly; it neither refuses nor ties.

    CoCoSo divides by the total of the last, who is worst in every criterion, and has to refuse.
    """
    assert _judge(RANKABLE[case], method, settings, "own") == ("refused" if method == "cocoso" else "ranked")


@EVERY_ENGINE
@pytest.mark.parametrize("scale", [1e300, 1e-300, 5e-324 * 2**40], ids=str)
def test_ranks_do_not_depend_on_the_scale(scale: float, method: str, settings: dict[str, Any], engine: str) -> None:
    """A common factor near the ends of the float range gives the ranks of scale 1, or the second engine refuses."""
    plain = evaluate(method, MIXED, WEIGHTS, DIRECTIONS, engine=engine, **settings)
    try:
        scaled = evaluate(method, MIXED * scale, WEIGHTS, DIRECTIONS, engine=engine, **settings)
    except MethodError:
        assert engine == "scikit-criteria"
        return
    if (method, settings) != ("waspas", {"normalization": "none"}):  # there a sum and a ratio of raw units are added
        assert scaled.ranks.tolist() == plain.ranks.tolist()


@EVERY_ENGINE
def test_equal_candidates_share_the_first_rank(method: str, settings: dict[str, Any], engine: str) -> None:
    """Two the same, and four the same, are tied at 1; what is undefined then is NaN and never infinite."""
    for size in (2, 4):
        result = evaluate(method, [[3, 4, 5]] * size, WEIGHTS, DIRECTIONS, engine=engine, **settings)
        assert result.ranks.tolist() == [1] * size
        assert not np.isinf(result.scores).any()
        assert result.detail["constant"] == (0, 1, 2)


@EVERY_ENGINE
def test_one_candidate_is_first_and_none_is_nobody(method: str, settings: dict[str, Any], engine: str) -> None:
    """A single candidate gives rank 1, n = 0 gives empty arrays under the same names."""
    one = evaluate(method, [[3, 4, 5]], WEIGHTS, DIRECTIONS, engine=engine, **settings)
    assert one.ranks.tolist() == [1]
    for matrix in ([], np.empty((0, 3))):
        none = evaluate(method, matrix, WEIGHTS, DIRECTIONS, engine=engine, **settings)
        assert (len(none.scores), len(none.ranks)) == (0, 0)
        assert set(none.detail) == set(one.detail)


@pytest.mark.parametrize("method", ["topsis", "vikor"])
def test_one_candidate_has_no_figure_between_ends_that_are_one(method: str) -> None:
    """Closeness and Q of a single candidate are undefined from the data, and defined between bounds."""
    assert np.isnan(evaluate(method, [[3, 4]], [1, 1], [1, 1]).scores[0])
    score = evaluate(method, [[30, 40]], [1, 1], [1, 1], bounds=(0, 100)).scores[0]
    assert 0 < score < 1


@EVERY_ENGINE
def test_a_criterion_of_weight_zero_changes_nothing(method: str, settings: dict[str, Any], engine: str) -> None:
    """Not even where its values could not be taken; its column stands in the tables all the same."""
    plain = evaluate(method, MIXED, WEIGHTS, DIRECTIONS, engine=engine, **settings)
    wide = np.insert(MIXED, 1, [-1, 0, 1e300, 7], axis=1)
    result = evaluate(method, wide, [0.5, 0, 0.3, 0.2], [1, -1, 1, -1], engine=engine, **settings)
    np.testing.assert_array_equal(result.scores, plain.scores)
    np.testing.assert_array_equal(result.ranks, plain.ranks)
    if method == "topsis":
        assert result.detail["ideal"].tolist() == np.insert(plain.detail["ideal"], 1, 0).tolist()
    if method == "weighted_sum":
        assert np.isnan(result.detail["normalized"][:, 1]).all()


@EVERY_DEFAULT
@pytest.mark.parametrize(
    ("weights", "text"),
    [
        ([0, 0, 0], "All weights are 0"),
        ([1, -1, 2], "weight of criterion 2 is -1"),
        ([1, np.nan, 2], "weight of criterion 2 is nan"),
        ([1, 2, np.inf], "weight of criterion 3 is inf"),
    ],
)
def test_weights_without_a_meaning_are_refused(
    weights: list[float], text: str, method: str, settings: dict[str, Any]
) -> None:
    """Negative, all zero, unknown or infinite weights."""
    with pytest.raises(MethodError, match=text):
        evaluate(method, BASE, weights, DIRECTIONS, **settings)


@EVERY_DEFAULT
@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("5", "value of candidate 3 in growth is the text '5'"),
        ("1,200", "value of candidate 3 in growth is the text '1,200'"),
        (None, "value of candidate 3 in growth is unknown"),
        (np.nan, "value of candidate 3 in growth is unknown"),
        (np.inf, "value of candidate 3 in growth is infinite"),
        (-np.inf, "value of candidate 3 in growth is infinite"),
        (10**400, "value of candidate 3 in growth is infinite"),
    ],
)
def test_a_cell_that_is_no_number_is_named(cell: Any, text: str, method: str, settings: dict[str, Any]) -> None:
    """Texts, even those that read as numbers, unknown and infinite values are refused with row and criterion."""
    matrix = BASE.tolist()
    matrix[2][1] = cell
    with pytest.raises(MethodError, match=text):
        evaluate(method, matrix, WEIGHTS, DIRECTIONS, criteria=("price", "growth", "x"), **settings)


@EVERY_ENGINE
@pytest.mark.parametrize("column", [0, 1, 2])
def test_a_slip_of_a_unit_is_pointed_out(column: int, method: str, settings: dict[str, Any], engine: str) -> None:
    """1e12 in one cell of C may turn A and B round, which only a person can judge: the cell is named."""
    matrix = MIXED.copy()
    matrix[2, column] *= 1e12
    result = evaluate(method, matrix, WEIGHTS, DIRECTIONS, engine=engine, **settings)
    assert (2, column) in result.detail["outliers"]
    assert np.isfinite(result.scores).all()


@pytest.mark.parametrize(
    ("method", "settings", "text"),
    [
        ("weighted_sum", {}, "normalisation sum cannot take negative values, and candidate 2 has -3 in growth"),
        ("topsis", {"normalization": "max"}, "normalisation max cannot take negative values, and candidate 2 has -3"),
        ("waspas", {}, "waspas multiplies values, so all must be above 0, and candidate 2 has -3 in growth"),
        ("weighted_product", {}, "weighted_product multiplies values, so all must be above 0"),
    ],
)
def test_a_negative_is_refused_with_an_alternative(method: str, settings: dict[str, Any], text: str) -> None:
    """The refusal names the candidate, the criterion and what would work instead."""
    matrix = _with_column(1, [8, -3, 6, 2])
    with pytest.raises(MethodError, match=text) as refusal:
        evaluate(method, matrix, WEIGHTS, DIRECTIONS, criteria=("price", "growth", "x"), **settings)
    assert "normalisation minmax" in str(refusal.value)


def test_a_zero_cost_is_refused_where_it_is_divided_by() -> None:
    """The minimum over x has no meaning for x = 0."""
    with pytest.raises(MethodError, match=r"divides by the values of criterion 3.*candidate 1 has 0 there"):
        evaluate("weighted_sum", _with_column(2, [0, 4, 5, 9]), WEIGHTS, DIRECTIONS)


@pytest.mark.parametrize("method", ["weighted_product", "waspas"])
def test_minmax_is_refused_where_values_are_multiplied(method: str) -> None:
    """It turns the worst value of every criterion into 0, which wipes out everything else."""
    with pytest.raises(MethodError, match="Choose the normalisation max, sum, vector or none"):
        evaluate(method, BASE, WEIGHTS, DIRECTIONS, normalization="minmax")


def test_topsis_subtracts_before_it_divides() -> None:
    """A column of 1e15 + 1 ... 1e15 + 40 is ranked in full: the gaps of its normalised values would be rounding."""
    values = 1e15 + np.arange(1.0, 41.0)
    result = evaluate("topsis", values[:, None], [1], [1])
    np.testing.assert_allclose(result.scores, np.arange(40) / 39, rtol=1e-12)
    assert result.ranks.tolist() == list(range(40, 0, -1))
