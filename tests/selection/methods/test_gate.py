"""The gate takes any array-like and refuses everything else by name; parameters are read as strictly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from criteria.errors import MethodError
from criteria.text import render
from selection.methods import METHODS, evaluate, method_names

NUMBERS = [[3.0, 4.0], [1.0, 6.0]]


@pytest.mark.parametrize(
    "matrix",
    [
        NUMBERS,
        tuple(map(tuple, NUMBERS)),
        np.array(NUMBERS, dtype=np.float32),
        np.array(NUMBERS, dtype=np.int8),
        np.asfortranarray(NUMBERS),
        np.array(NUMBERS, dtype=object),
        np.ma.masked_array(NUMBERS, mask=False),
        pd.DataFrame(NUMBERS),
        pd.DataFrame(NUMBERS, dtype="Float64"),
        [[Decimal(3), 4], [1, Fraction(6)]],
    ],
)
def test_any_array_of_numbers_is_taken(matrix: Any) -> None:
    """Lists, arrays of any number type, frames, decimals and fractions give one result."""
    result = evaluate("topsis", matrix, [1, 1], [1, 1])
    np.testing.assert_array_equal(result.scores, evaluate("topsis", NUMBERS, [1, 1], [1, 1]).scores)


@pytest.mark.parametrize(
    ("matrix", "text"),
    [
        ([1, 2], "one row per candidate"),
        ([[[1, 2]]], "one row per candidate"),
        ([[1, 2], [3]], "rows of the matrix are of different length"),
        ([[1, "a"], [3]], "rows of the matrix are of different length"),
        ([[1, 2, 3]], "has 3 columns, and there are 2 weights"),
        ([[1, 2 + 1j]], "text '\\(2\\+1j\\)'"),
        ([[1, pd.NaT]], "criterion 2 is unknown"),
        (pd.DataFrame({"a": [1.0], "b": pd.array([None], dtype="Float64")}), "criterion 2 is unknown"),
        (np.ma.masked_array([[1.0, 2.0]], mask=[[False, True]]), "criterion 2 is unknown"),
        (pd.DataFrame({"a": [1], "b": [pd.Timestamp("2026-01-01")]}), "criterion 2 is the text '2026-01-01"),
        (None, "one row per candidate"),
        ("text", "'text' in the matrix"),
        ({"a": 1}, "in the matrix"),
    ],
)
def test_what_is_no_matrix_of_numbers_is_refused(matrix: Any, text: str) -> None:
    """By what is wrong with it, never by an exception of a library."""
    with pytest.raises(MethodError, match=text):
        evaluate("weighted_sum", matrix, [1, 1], [1, 1])


@pytest.mark.parametrize(
    ("weights", "directions", "criteria", "text"),
    [
        ([], [], None, "no criterion"),
        ([[1, 2]], [1, 1], None, "one number per criterion"),
        (3, [1, 1], None, "one number per criterion"),
        (["1", 2], [1, 1], None, "'1' in the weights"),
        ([1, 1], [1], None, "2 are needed, 1 were given"),
        ([1, 1], [1, 0], None, "direction of criterion 2 is 0"),
        ([1, 1], ["max", "min"], None, "'max' in the directions"),
        ([1, 1], [1, 1], ["price"], "1 names of criteria for 2 weights"),
    ],
)
def test_weights_directions_and_names_must_fit(weights: Any, directions: Any, criteria: Any, text: str) -> None:
    """Shapes agree, directions are 1 or -1."""
    with pytest.raises(MethodError, match=text):
        evaluate("weighted_sum", NUMBERS, weights, directions, criteria=criteria)


@pytest.mark.parametrize(
    ("method", "parameters", "text"),
    [
        ("topsys", {}, "There is no method 'topsys'; the nearest is topsis"),
        ("TOPSIS", {}, "the nearest is topsis"),
        (None, {}, "There is no method 'None'"),
        ("topsis", {"normalisation": "sum"}, "no parameter 'normalisation'; the nearest is normalization"),
        ("vikor", {"normalization": "sum"}, "no parameter 'normalization'"),
        ("topsis", {"normalization": "min-max"}, "the nearest is minmax"),
        ("topsis", {"normalization": None}, "Possible are: none, sum, max, minmax, vector"),
        ("waspas", {"lambda_": 1.1}, "lambda_ of waspas must be a number from 0 to 1, not '1.1'"),
        ("waspas", {"lambda_": "0.5"}, "must be a number from 0 to 1"),
        ("vikor", {"v": np.nan}, "must be a number from 0 to 1"),
        ("vikor", {"v": -0.1}, "must be a number from 0 to 1"),
        ("vikor", {"bounds": (100, 0)}, "not 100 and 0 in growth"),
        ("vikor", {"bounds": (0, 0)}, "finite lower number below a finite upper one"),
        ("vikor", {"bounds": [(0, 9), (0, np.inf)]}, "not 0 and inf in price"),
        ("vikor", {"bounds": [(0, 9)] * 3}, "one pair for all or one per criterion"),
        ("vikor", {"bounds": ("0", "9")}, "one pair for all or one per criterion"),
        ("topsis", {"bounds": (0, 5)}, "in price are 0 to 5, and candidate 2 has 6"),
        ("topsis", {"bounds": (0, 9), "normalization": "max", "directions": [1, -1]}, "needs bounds above 0 in price"),
        ("codas", {"tau": -0.02}, "tau of codas must be a number of 0 or more, not '-0.02'"),
        ("codas", {"tau": "0.02"}, "must be a number of 0 or more"),
        ("codas", {"tau": np.inf}, "must be a number of 0 or more"),
        ("cocoso", {"lambda_": 2}, "must be a number from 0 to 1"),
        ("aras", {"optimum": [9, np.nan]}, "one finite number for all criteria, or one per criterion"),
        ("aras", {"optimum": ["9", "9"]}, "one finite number for all criteria, or one per criterion"),
        ("aras", {"optimum": [9, 9, 9]}, "one finite number for all criteria, or one per criterion"),
        ("aras", {"optimum": [9, 0]}, "optimum of aras must be above 0, and it is 0 in price"),
        ("mabac", {"bounds": (0, 5)}, "in price are 0 to 5, and candidate 2 has 6"),
        ("spotis", {"bounds": (0, 5)}, "in price are 0 to 5, and candidate 2 has 6"),
        ("spotis", {"bounds": (0, 9), "ideal": [9, 10]}, "ideal of spotis in price goes to 10, outside of 0 to 9"),
        ("spotis", {"ideal": [2, 7]}, "ideal of spotis in price goes to 7, outside of 4 to 6"),
        ("rim", {"ranges": (2, 9)}, "The bounds of rim in growth are 2 to 9, and candidate 2 has 1"),
        ("rim", {"ranges": (0, 9), "ideals": (6, 5)}, "ideals of rim must have a finite lower number"),
        ("rim", {"ranges": (0, 9), "ideals": (5, np.inf)}, "not 5 and inf in growth"),
        ("rim", {"ranges": (0, 9), "ideals": [(5, 9), (8, 10)]}, "in price goes to 10, outside of 0 to 9"),
        ("rim", {"ranges": (0, 9), "ideals": [(5, 9)] * 3}, "one pair for all or one per criterion"),
    ],
)
def test_methods_and_parameters_are_read_strictly(method: Any, parameters: dict[str, Any], text: str) -> None:
    """A slip of the pen is named together with the nearest right word."""
    given = dict(parameters)
    directions = given.pop("directions", [1, 1])
    with pytest.raises(MethodError, match=text):
        evaluate(method, NUMBERS, [1, 1], directions, criteria=("growth", "price"), **given)


def test_the_registry_names_defaults_that_hold() -> None:
    """Every row of the registry answers under its name, its defaults and its tables."""
    assert method_names() == tuple(METHODS)
    needed: dict[str, dict[str, Any]] = {"electre_tri": {"profiles": [[2, 5]]}}
    directions = [1, -1]  # otherwise one of the two is worst in everything, which CoCoSo refuses
    for name, row in METHODS.items():
        asked = needed.get(name, {})
        defaults = {key: parameter.default for key, parameter in row.parameters.items()}
        explicit, implicit = (
            evaluate(name, [[3, 4], [1, 2]], [1, 1], directions, **{**defaults, **asked}),
            evaluate(name, [[3, 4], [1, 2]], [1, 1], directions, **asked),
        )
        np.testing.assert_array_equal(explicit.scores, implicit.scores)
        assert set(implicit.detail) == {*row.tables, "constant", "outliers", "notes"}


def test_results_cannot_be_written_to_and_input_is_not_written_to() -> None:
    """An evaluation is a fact; the caller's arrays stay the caller's."""
    matrix = np.array(NUMBERS)
    result = evaluate("weighted_sum", matrix, [1, 1], [1, -1])
    with pytest.raises(ValueError, match="read-only"):
        result.scores[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        result.detail["normalized"][0] = 1
    with pytest.raises(TypeError):
        result.detail["notes"] = ()  # type: ignore[index]
    np.testing.assert_array_equal(matrix, NUMBERS)


def test_a_tie_that_hides_an_order_is_named() -> None:
    """On raw units 1e12 and 1e12 + 1 tie by the tie rule; the note says that one is better."""
    result = evaluate("weighted_sum", [[1e12], [1e12 + 1]], [1], [1], normalization="none")
    assert result.ranks.tolist() == [1, 1]
    assert "no difference between candidate 1 and candidate 2" in render(result.detail["notes"][0])


@pytest.mark.parametrize(
    ("normalization", "expected"),
    [
        ("none", [[2, 8], [4, 2]]),
        ("sum", [[1 / 3, 0.2], [2 / 3, 0.8]]),
        ("max", [[0.5, 0.25], [1, 1]]),
        ("minmax", [[0, 0], [1, 1]]),
        ("vector", [[2 / 20**0.5, 8 / 68**0.5], [4 / 20**0.5, 2 / 68**0.5]]),
    ],
)
def test_normalisations_by_hand(normalization: str, expected: list[list[float]]) -> None:
    """A benefit (2, 4) and a cost (8, 2); costs stay costs with none and vector, and are subtracted."""
    result = evaluate("weighted_sum", [[2, 8], [4, 2]], [3, 1], [1, -1], normalization=normalization)
    np.testing.assert_allclose(result.detail["normalized"], expected)
    sign = -1 if normalization in ("none", "vector") else 1
    np.testing.assert_allclose(result.scores, np.array(expected) @ [0.75, sign * 0.25])
