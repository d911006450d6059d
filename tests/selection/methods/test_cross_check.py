"""The cross-check: other methods on the one scale, where nobody's figures depend on who else is listed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from criteria.errors import MethodError
from criteria.text import render
from selection.methods import cross_check
from tests.selection.methods.settings import BOTH_ENGINES, SERVING

VALUES = [[50.0, 60.0, 0.0], [70.0, 20.0, 90.0], [100.0, 100.0, 100.0]]


@BOTH_ENGINES
def test_the_ideal_and_the_floor_have_the_ends_of_every_scale(engine: str) -> None:
    """100 everywhere is TOPSIS 1, VIKOR 0, WASPAS 1; 0 everywhere is 0, 1 and, read as 1, 0.01."""
    result = cross_check([[100, 100], [0, 0]], [3, 1], engine=engine)
    np.testing.assert_allclose(result["topsis"].scores, [1, 0], atol=1e-12)
    np.testing.assert_allclose(result["vikor"].scores, [0, 1], atol=1e-12)
    np.testing.assert_allclose(result["waspas"].scores, [1, 0.01], atol=1e-12)


@BOTH_ENGINES
def test_values_below_one_are_read_as_one_and_counted(engine: str) -> None:
    """Only where a method multiplies, and only in criteria with a weight."""
    result = cross_check(VALUES, [1, 2, 3], SERVING, engine)
    assert {name: result[name].detail["raised"] for name in result} == {
        "weighted_sum": 0,
        "weighted_product": 1,
        "waspas": 1,
        "topsis": 0,
        "vikor": 0,
        "spotis": 0,
        "rim": 0,
    }
    assert render(result["waspas"].detail["notes"][0]).startswith("1 value below 1 was read as 1")
    assert cross_check(VALUES, [1, 2, 0], ["waspas"], engine)["waspas"].detail["raised"] == 0


@BOTH_ENGINES
def test_the_weighted_sum_is_the_total_of_the_product(engine: str) -> None:
    """Σ weight · value, on 0 to 100."""
    result = cross_check(VALUES, [1, 2, 1], ["weighted_sum"], engine)["weighted_sum"]
    np.testing.assert_allclose(result.scores, [42.5, 50, 100])


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_taking_a_candidate_out_changes_nobody(data: st.DataObject) -> None:
    """No rank reversal in any cross-check method: the others keep their scores."""
    n, m = data.draw(st.integers(2, 6)), data.draw(st.integers(1, 4))
    values = data.draw(arrays(np.float64, (n, m), elements=st.integers(0, 400).map(lambda x: x / 4)))
    weights = data.draw(arrays(np.float64, m, elements=st.integers(1, 9)))
    row = data.draw(st.integers(0, n - 1))
    full = cross_check(values, weights, SERVING, "own")
    rest = cross_check(np.delete(values, row, axis=0), weights, SERVING, "own")
    for name in SERVING:
        np.testing.assert_allclose(rest[name].scores, np.delete(full[name].scores, row), atol=1e-9)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.data())
def test_both_engines_give_the_same_line(data: st.DataObject) -> None:
    """Computed twice, by two engines, on values that hit 0, 1, 50 and 100 often."""
    n, m = data.draw(st.integers(0, 5)), data.draw(st.integers(1, 4))
    elements = st.one_of(st.sampled_from([0.0, 0.5, 1.0, 50.0, 100.0]), st.floats(0, 100).map(lambda x: round(x, 2)))
    values = data.draw(arrays(np.float64, (n, m), elements=elements))
    weights = data.draw(arrays(np.float64, m, elements=st.integers(0, 9))) + np.eye(1, m)[0]
    own, other = (cross_check(values, weights, SERVING, engine) for engine in ("own", "scikit-criteria"))
    for name in SERVING:
        np.testing.assert_allclose(other[name].scores, own[name].scores, atol=1e-9)
        np.testing.assert_array_equal(other[name].ranks, own[name].ranks)


def test_values_off_the_scale_are_refused() -> None:
    """The one scale ends at 0 and 100."""
    with pytest.raises(MethodError, match="in growth are 0 to 100, and candidate 1 has 101"):
        cross_check([[101.0]], [1], criteria=("growth",), engine="own")


def test_an_unknown_method_is_refused() -> None:
    """As everywhere, with the nearest."""
    with pytest.raises(MethodError, match="the nearest is vikor"):
        cross_check([[1.0]], [1], ["vikors"], "own")
