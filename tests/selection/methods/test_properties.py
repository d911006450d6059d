"""Properties that hold for every method and every normalisation, on generated problems."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from criteria.errors import MethodError
from selection.methods import METHODS, Evaluation, evaluate
from selection.methods.ranks import competition_ranks
from tests.selection.methods.settings import ALL, fixed

WAY = st.sampled_from(ALL)
SCALED = st.sampled_from([way for way in ALL if way[1].get("normalization") != "none"])
FIXED = st.sampled_from(fixed(0.0, 10.0))
PROFILE = settings(max_examples=400, deadline=None, derandomize=True)


@st.composite
def problems(draw: st.DrawFn, rows: int = 6, columns: int = 5) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw a problem of short decimal numbers above 0, as people write them: ties and equal columns are common."""
    n, m = draw(st.integers(2, rows)), draw(st.integers(1, columns))
    matrix = draw(arrays(np.int64, (n, m), elements=st.integers(1, 40))) / 4.0
    weights = draw(arrays(np.int64, m, elements=st.integers(1, 9))).astype(float)
    directions = draw(arrays(np.int64, m, elements=st.sampled_from([-1, 1])))
    return matrix, weights, directions


def _run(way: tuple[str, dict[str, Any]], matrix: Any, weights: Any, directions: Any) -> Evaluation:
    """Return the evaluation; CoCoSo has none where one candidate is worst in every criterion."""
    try:
        return evaluate(way[0], matrix, weights, directions, **way[1])
    except MethodError:
        assume(way[0] != "cocoso")
        raise


@PROFILE
@given(WAY, problems(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(way: Any, problem: Any, random: Any) -> None:
    """Scores are the same to the last bit, so that an export is byte-equal."""
    matrix, weights, directions = problem
    order = random.sample(range(len(matrix)), len(matrix))
    plain, turned = _run(way, *problem), _run(way, matrix[order], weights, directions)
    np.testing.assert_array_equal(turned.scores, plain.scores[order])
    np.testing.assert_array_equal(turned.ranks, plain.ranks[order])


@PROFILE
@given(WAY, problems(), st.randoms(use_true_random=False))
def test_the_order_of_criteria_does_not_matter(way: Any, problem: Any, random: Any) -> None:
    """Ranks are the same."""
    matrix, weights, directions = problem
    order = random.sample(range(matrix.shape[1]), matrix.shape[1])
    plain, turned = _run(way, *problem), _run(way, matrix[:, order], weights[order], directions[order])
    np.testing.assert_array_equal(turned.ranks, plain.ranks)


@PROFILE
@given(WAY, problems(), st.floats(1e-300, 1e300))
def test_the_scale_of_the_weights_does_not_matter(way: Any, problem: Any, factor: float) -> None:
    """Weights are shares of their sum."""
    matrix, weights, directions = problem
    plain, scaled = _run(way, *problem), _run(way, matrix, weights * factor, directions)
    np.testing.assert_array_equal(scaled.ranks, plain.ranks)
    np.testing.assert_allclose(scaled.scores, plain.scores, rtol=1e-9, atol=1e-12)


@PROFILE
@given(SCALED, problems(), st.integers(-900, 900), st.data())
def test_the_unit_of_a_criterion_does_not_matter(way: Any, problem: Any, power: int, data: st.DataObject) -> None:
    """Every normalisation but "none" gives the same scores, to the last bit for a power of two."""
    matrix, weights, directions = problem
    column = data.draw(st.integers(0, matrix.shape[1] - 1))
    scaled = matrix.copy()
    scaled[:, column] *= 2.0**power
    plain, other = _run(way, *problem), _run(way, scaled, weights, directions)
    np.testing.assert_array_equal(other.ranks, plain.ranks)
    np.testing.assert_allclose(other.scores, plain.scores, rtol=1e-9, atol=1e-12)


@PROFILE
@given(WAY, problems())
def test_a_dominated_candidate_never_ranks_higher(way: Any, problem: Any) -> None:
    """At least as good everywhere is at least as high; better everywhere is higher, or a note says why not.

    CODAS may rank the better one lower (it counts the taxicab distance from some and not from others), and names it.
    """
    matrix, _, directions = problem
    result = _run(way, *problem)
    signed = matrix * directions
    for one in range(len(matrix)):
        for other in range(len(matrix)):
            if (signed[one] >= signed[other]).all():
                assert result.ranks[one] <= result.ranks[other] or (way[0] == "codas" and result.detail["notes"])
                if (signed[one] > signed[other]).all():
                    assert result.ranks[one] < result.ranks[other] or result.detail["notes"]


@PROFILE
@given(WAY, problems(), st.data())
def test_clones_tie(way: Any, problem: Any, data: st.DataObject) -> None:
    """Two candidates with the same values share their rank and their score."""
    matrix, weights, directions = problem
    row = data.draw(st.integers(0, len(matrix) - 1))
    result = _run(way, np.vstack([matrix, matrix[row]]), weights, directions)
    assert result.ranks[-1] == result.ranks[row]
    np.testing.assert_array_equal(result.scores[-1], result.scores[row])


@PROFILE
@given(WAY, st.integers(2, 6), st.lists(st.floats(0.1, 1e6), min_size=2, max_size=6), st.booleans())
def test_candidates_equal_by_symmetry_stay_equal(way: Any, size: int, values: list[float], costs: bool) -> None:
    """Under equal weights the rotations of one row have one rank, whatever rounding does inside."""
    row = (values * size)[: max(size, 2)]
    matrix = np.array([np.roll(row, shift) for shift in range(len(row))])
    direction = -1 if costs else 1
    result = _run(way, matrix, np.full(len(row), 0.1), np.full(len(row), direction))
    assert result.ranks.tolist() == [1] * len(row)


@PROFILE
@given(st.one_of(FIXED, st.just(("mabac", {"bounds": (0.0, 10.0)}))), problems(), st.data())
def test_improving_a_candidate_never_costs_it_a_place_between_bounds(
    way: Any, problem: Any, data: st.DataObject
) -> None:
    """With fixed ends a better value of one candidate never lets another pass it."""
    matrix, weights, directions = problem
    row, column = (data.draw(st.integers(0, size - 1)) for size in matrix.shape)
    better = matrix.copy()
    better[row, column] = 10.0 if directions[column] > 0 else 0.25
    before, after = _run(way, *problem), _run(way, better, weights, directions)
    assert after.ranks[row] <= before.ranks[row]


@PROFILE
@given(FIXED, problems(), st.data())
def test_nobody_s_figures_depend_on_the_others_between_bounds(way: Any, problem: Any, data: st.DataObject) -> None:
    """With fixed ends in topsis (none, minmax), vikor, spotis and rim taking a candidate out changes no other score."""
    matrix, weights, directions = problem
    row = data.draw(st.integers(0, len(matrix) - 1))
    full, rest = _run(way, *problem), _run(way, np.delete(matrix, row, axis=0), weights, directions)
    np.testing.assert_allclose(rest.scores, np.delete(full.scores, row), atol=1e-9)


FLOATS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 5e-324, -5e-324, 1.7976931348623157e308, -1.7976931348623157e308, 1e15]),
    st.floats(-100, 100),
)


@settings(PROFILE, max_examples=800)
@given(WAY, st.data())
def test_any_matrix_of_any_floats_gives_a_ranking_or_a_refusal(way: Any, data: st.DataObject) -> None:
    """No raw exception, no warning, no infinite score; ranks follow from the scores by the tie rule."""
    shape = data.draw(st.tuples(st.integers(0, 5), st.integers(0, 4)))
    finite = st.floats(allow_nan=False, allow_infinity=False)
    elements = data.draw(st.sampled_from([FLOATS, finite, finite.map(abs), st.floats(5e-324, 1e308)]))
    matrix = data.draw(arrays(np.float64, shape, elements=elements))
    weights = data.draw(arrays(np.float64, shape[1], elements=st.one_of(st.floats(0, 1e308), FLOATS)))
    directions = data.draw(arrays(np.int64, shape[1], elements=st.sampled_from([-1, 1])))
    try:
        result = evaluate(way[0], matrix, weights, directions, **way[1])
    except MethodError:
        return
    assert result.ranks.shape == result.scores.shape == (shape[0],)
    assert not np.isinf(result.scores).any()
    undefined = np.isnan(result.scores)
    assert undefined.all() or not undefined.any()
    sign = -1 if METHODS[way[0]].lower_is_better else 1
    first, second = np.nonzero(result.ranks[:, None] < result.ranks[None, :])
    assert way[0] == "promethee_1" or (sign * result.scores[first] >= sign * result.scores[second]).all()
    assert not len(result.ranks) or result.ranks.min() == 1


@PROFILE
@given(arrays(np.float64, st.integers(0, 8), elements=st.floats(-1e300, 1e300)), st.booleans())
def test_ranks_are_one_more_than_the_number_of_better_ones(scores: np.ndarray, lower: bool) -> None:
    """The rank of a group is 1 + the size of the groups before it."""
    ranks = competition_ranks(scores, lower_is_better=lower)
    assert [1 + int((ranks < rank).sum()) for rank in ranks] == ranks.tolist()
    signed = scores if lower else -scores
    assert (np.diff(ranks[np.argsort(signed, kind="stable")]) >= 0).all()
