"""The two engines, written by different people, agree; and the second leaves no trace."""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from criteria.errors import MethodError
from selection.methods import METHODS, evaluate
from tests.selection.methods.settings import EVERY_DEFAULT, EVERY_SHARED_WAY, TWICE, fixed


@st.composite
def regular(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw a regular problem: 2 to 8 candidates, 1 to 6 criteria, values from 0.5 to 1000."""
    n, m = draw(st.integers(2, 8)), draw(st.integers(1, 6))
    matrix = draw(arrays(np.float64, (n, m), elements=st.floats(0.5, 1000).map(lambda x: round(x, 3))))
    weights = draw(arrays(np.float64, m, elements=st.floats(0.01, 10)))
    return matrix, weights, draw(arrays(np.int64, m, elements=st.sampled_from([-1, 1])))


def _same(method: str, problem: Any, **parameters: Any) -> None:
    try:
        own = evaluate(method, *problem, **parameters)
    except MethodError as refusal:  # CoCoSo, where one candidate is worst in every criterion
        with pytest.raises(MethodError, match=re.escape(str(refusal))):
            evaluate(method, *problem, engine="scikit-criteria", **parameters)
        return
    other = evaluate(method, *problem, engine="scikit-criteria", **parameters)
    scale = max(1.0, float(np.nanmax(np.abs(own.scores), initial=0)))
    np.testing.assert_allclose(other.scores / scale, own.scores / scale, atol=1e-9)
    np.testing.assert_array_equal(other.ranks, own.ranks)
    for name in METHODS[method].tables:
        mine, theirs = np.asarray(own.detail[name], float), np.asarray(other.detail[name], float)
        np.testing.assert_allclose(theirs / scale, mine / scale, atol=1e-9)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(TWICE), regular())
def test_both_engines_agree(way: Any, problem: Any) -> None:
    """Scores within 1e-9, every table within 1e-9, the same ranks after our tie rule."""
    _same(way[0], problem, **way[1])


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.sampled_from([*fixed(0.25, 1500.0), ("mabac", {"bounds": (0.25, 1500.0)})]), regular())
def test_both_engines_agree_between_bounds(way: Any, problem: Any) -> None:
    """The second engine measures against two more rows, the best and the worst; that is the same."""
    _same(way[0], problem, **way[1])


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.sampled_from(["waspas", "vikor", "cocoso"]), st.floats(0, 1), regular())
def test_both_engines_agree_on_mixing(method: str, share: float, problem: Any) -> None:
    """The lambda of WASPAS and of CoCoSo and v of VIKOR mean the same in both."""
    _same(method, problem, **{"v" if method == "vikor" else "lambda_": share})


@EVERY_SHARED_WAY
def test_the_second_engine_prints_and_warns_nothing(
    method: str, settings: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    """Equal columns and costs make it warn; nothing of that reaches the user."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        evaluate(method, [[3, 4, 5], [1, 4, 4]], [1, 1, 1], [1, -1, -1], engine="scikit-criteria", **settings)
    assert not heard
    assert capfd.readouterr() == ("", "")


def test_the_second_engine_is_imported_only_when_asked_for() -> None:
    """It takes seconds to import, and a first page must not pay for it."""
    code = (
        "import sys; from selection.methods import evaluate;"
        "evaluate('topsis', [[1, 2], [2, 1]], [1, 1], [1, 1]);"
        "sys.exit(any(name.split('.')[0] in ('skcriteria', 'sklearn') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@EVERY_DEFAULT
def test_an_unknown_engine_is_refused(method: str, settings: dict[str, Any]) -> None:
    """With the nearest right name."""
    with pytest.raises(MethodError, match="nearest is scikit-criteria"):
        evaluate(method, [[1]], [1], [1], engine="scikit", **settings)


def test_the_second_engine_refuses_what_it_would_round_away() -> None:
    """TOPSIS on a column of 1e15 + 1, 1e15 + 2 would be decided by rounding there; our own engine subtracts first."""
    matrix = np.array([[1e15 + 3], [1e15 + 2], [1e15 + 1]])
    assert evaluate("topsis", matrix, [1], [1]).ranks.tolist() == [1, 2, 3]
    with pytest.raises(MethodError, match="less than one part in a million"):
        evaluate("topsis", matrix, [1], [1], engine="scikit-criteria")
