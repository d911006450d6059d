"""CODAS without a table of pairs: the same figures, less memory, and a word where dominance is passed over."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from criteria.errors import MethodError
from criteria.text import render
from selection.methods import evaluate
from selection.methods.codas import assess


def _pair_by_pair(euclidean: np.ndarray, taxicab: np.ndarray, tau: float) -> np.ndarray:
    """Return H as Keshavarz Ghorabaee et al. (2016) write it, from two n x n tables."""
    near, far = (table[:, None] - table[None, :] for table in (euclidean, taxicab))
    return (near + (np.abs(near) >= tau) * far).sum(axis=1)


@given(
    arrays(np.float64, st.integers(1, 40), elements=st.integers(0, 200).map(lambda x: x / 128)),
    st.sampled_from([0.0, 1 / 128, 3 / 128, 0.02, 0.3, 5.0]),
    st.data(),
)
def test_sorting_gives_what_all_pairs_give(euclidean: np.ndarray, tau: float, data: st.DataObject) -> None:
    """Also where many are equally far, where a difference is tau itself, and where tau is 0 or beyond all."""
    elements = st.integers(0, 300).map(lambda x: x / 64)
    taxicab = data.draw(arrays(np.float64, len(euclidean), elements=elements))
    np.testing.assert_allclose(assess(euclidean, taxicab, tau), _pair_by_pair(euclidean, taxicab, tau), atol=1e-10)


def test_a_difference_of_tau_but_for_rounding_counts_as_tau() -> None:
    """0.12 - 0.1 is 0.0199999... in binary; that must not take the taxicab distance out."""
    euclidean, taxicab = np.array([0.12, 0.1]), np.array([0.5, 0.2])
    assert euclidean[0] - euclidean[1] < 0.02
    np.testing.assert_allclose(assess(euclidean, taxicab, 0.02), [0.32, -0.32], atol=1e-12)


@given(st.integers(0, 1000), st.floats(0, 0.2))
def test_the_kernel_is_the_published_formula(seed: int, tau: float) -> None:
    """The scores follow from the two distances in the detail, whatever tau."""
    rng = np.random.default_rng(seed)
    matrix, weights = rng.uniform(1, 9, (25, 4)), rng.uniform(0.1, 1, 4)
    result = evaluate("codas", matrix, weights, [1, -1, 1, -1], tau=tau)
    expected = _pair_by_pair(result.detail["euclidean"], result.detail["taxicab"], tau)
    np.testing.assert_allclose(result.scores, expected, atol=1e-9)


def test_no_table_of_pairs_is_built() -> None:
    """20,000 candidates x 3 stay below 40 times their own 0.5 MB; one table of pairs alone would be 3,200 MB."""
    matrix = np.random.default_rng(0).uniform(1, 9, (20_000, 3))
    tracemalloc.start()
    evaluate("codas", matrix, [1, 2, 3], [1, -1, 1])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * matrix.nbytes


def test_the_second_engine_refuses_too_many_pairs() -> None:
    """It would build several tables of n x n."""
    with pytest.raises(MethodError, match=r"takes no more than 2000 of them\. Choose the engine own"):
        evaluate("codas", np.ones((2001, 1)) + np.eye(2001, 1), [1], [1], engine="scikit-criteria")


PASSED_OVER: Any = [[0.8, 0.8], [0.77, 0.77], *[[1.0486, 0.2]] * 10, [0.2, 0.2], [0.2, 1.0486]]
"""Ten candidates lie as far as the first by the Euclidean distance and nearer by the other."""


def test_codas_may_pass_over_a_better_candidate_and_says_so() -> None:
    """The taxicab distance counts against far candidates only: the second, worse in everything, gets more of it."""
    result = evaluate("codas", PASSED_OVER, [1, 1], [1, 1], tau=0.02)
    assert result.ranks[1] < result.ranks[0]
    note = (
        "This method ranks candidate 2 above candidate 1, although candidate 1 is at least as good in every criterion"
    )
    assert any(render(text).startswith(note) for text in result.detail["notes"])


def test_in_a_long_list_the_next_below_is_looked_at() -> None:
    """Beyond 1,000 candidates only neighbours are compared, so that the check stays linear."""
    many = [*PASSED_OVER, *[[1.0486, 0.2]] * 1000]
    result = evaluate("codas", many, [1, 1], [1, 1])
    assert any("ranks candidate 2 above candidate 1," in render(text) for text in result.detail["notes"])
