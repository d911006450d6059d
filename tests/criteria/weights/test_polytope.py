"""What statements leave open of the weights: sampled uniformly, measured exactly, and never left."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from criteria.errors import WeightsError
from criteria.weights import rank_order_centroid
from criteria.weights.polytope import centre, complete_order, intervals, is_empty, sample
from criteria.weights.polytope_walk import walk

FREE = np.zeros((0, 3))
ORDER = [[1, -1, 0], [0, 1, -1]]


@st.composite
def statements(draw: st.DrawFn) -> np.ndarray:
    """Draw rows that some weights agree with: half-spaces through or beside hidden weights."""
    m = draw(st.integers(2, 6))
    hidden = np.array(draw(st.lists(st.integers(1, 9), min_size=m, max_size=m)), dtype=float)
    hidden /= hidden.sum()
    rows = []
    for _ in range(draw(st.integers(0, 6))):
        row = np.array(draw(st.lists(st.integers(-4, 4), min_size=m, max_size=m)), dtype=float)
        side = row @ hidden
        rows.append(row if side >= 0 else -row)
        if abs(side) < 1e-12 and draw(st.booleans()):
            rows.append(-rows[-1])
    return np.array(rows).reshape(len(rows), m)


@given(statements(), st.integers(0, 9))
def test_every_draw_is_inside(rows, seed):
    """Weights are at least 0, sum to 1 and agree with every statement, flat sets included."""
    found = sample(rows, 64, seed)
    assert found.shape == (64, rows.shape[1])
    assert (found >= 0).all()
    assert found.sum(axis=1) == pytest.approx(1.0)
    assert (found @ rows.T >= -1e-7).all()


@given(statements())
@settings(max_examples=25)
def test_no_draw_and_no_centre_leaves_the_intervals(rows):
    """The exact bounds of each weight hold for all draws, and for their mean."""
    bounds = intervals(rows)
    for weights in (sample(rows, 64), centre(rows)[None, :]):
        assert (weights >= bounds[:, 0] - 1e-6).all()
        assert (weights <= bounds[:, 1] + 1e-6).all()


@given(statements(), st.integers(0, 9))
@settings(max_examples=15)
def test_one_seed_gives_the_same_bytes_twice(rows, seed):
    """Whoever knows the seed gets the same draws."""
    assert sample(rows, 32, seed).tobytes() == sample(rows, 32, seed).tobytes()


@given(statements())
@settings(max_examples=15)
def test_a_statement_that_was_implied_changes_no_bound(rows):
    """The sum of two statements says nothing new; nor does a statement said twice, in other units."""
    assume(len(rows))
    again = np.vstack([rows, rows.sum(axis=0), 7 * rows[0]])
    assert intervals(again) == pytest.approx(intervals(rows), abs=1e-6)


@given(statements(), st.data())
@settings(max_examples=15)
def test_a_further_statement_never_opens_a_bound(rows, data):
    """What is left after one more statement lies in what was left before."""
    extra = np.array(data.draw(st.lists(st.integers(-3, 3), min_size=rows.shape[1], max_size=rows.shape[1])))
    more = np.vstack([rows, extra])
    assume(not is_empty(more))
    before, after = intervals(rows), intervals(more)
    assert (after[:, 0] >= before[:, 0] - 1e-7).all()
    assert (after[:, 1] <= before[:, 1] + 1e-7).all()


def test_two_criteria_are_an_interval():
    """w_1 >= 2 w_2 leaves w_1 between 2/3 and 1, uniform: a quarter of the draws in each quarter of it."""
    rows = [[1, -2]]
    assert intervals(rows) == pytest.approx(np.array([[2 / 3, 1], [0, 1 / 3]]))
    first = np.sort(sample(rows, 20_000, seed=1)[:, 0])
    assert np.quantile(first, [0.25, 0.5, 0.75]) == pytest.approx([0.75, 5 / 6, 11 / 12], abs=0.005)
    assert centre(rows) == pytest.approx([5 / 6, 1 / 6], abs=0.005)


def test_three_free_weights_have_the_order_statistics_of_a_broken_stick():
    """The largest of three has mean 11/18, the middle one 5/18, the smallest 1/9; the largest is over 1/2 in 3/4."""
    found = np.sort(sample(FREE, 40_000, seed=2), axis=1)
    assert found.mean(axis=0) == pytest.approx([1 / 9, 5 / 18, 11 / 18], abs=0.004)
    assert (found[:, 2] > 0.5).mean() == pytest.approx(3 / 4, abs=0.01)


def test_three_weights_under_one_statement_are_an_area():
    """Of the triangle, w_1 >= w_2 leaves half; the part of it with w_1 >= 2 w_2 has 2/3 of that area."""
    found = sample([[1, -1, 0]], 20_000, seed=3)
    assert (found[:, 0] >= 2 * found[:, 1]).mean() == pytest.approx(2 / 3, abs=0.02)
    assert found.mean(axis=0) == pytest.approx([1 / 2, 1 / 6, 1 / 3], abs=0.01)


@pytest.mark.parametrize("n", [2, 3, 5, 7])
def test_a_complete_order_has_the_published_centroid(n):
    """Barron and Barrett (1996): the centroid of all ordered weights is the rank order centroid."""
    rows = np.eye(n)[:-1] - np.eye(n)[1:]
    published = rank_order_centroid(range(1, n + 1)).values
    assert centre(rows) == pytest.approx(published)
    assert sample(rows, 20_000).mean(axis=0) == pytest.approx(published, abs=0.01)


@pytest.mark.parametrize("n", [3, 7, 12])
def test_walking_agrees_with_sorting(n):
    """Hit-and-run, which knows nothing of orders, gives the mean and the spread that sorting gives exactly."""
    rows = np.eye(n)[:-1] - np.eye(n)[1:]
    said_otherwise = np.vstack([rows, rows.sum(axis=0) + rows[0]])  # true of every order, and no plain order any more
    assert complete_order(said_otherwise) is None
    walked, exact = sample(said_otherwise, 8_000, seed=4), sample(rows, 8_000, seed=5)
    assert np.abs(walked.mean(axis=0) - exact.mean(axis=0)).max() < 0.15 * exact.std(axis=0).max()
    assert walked.std(axis=0) / exact.std(axis=0) == pytest.approx(np.ones(n), abs=0.12)


def test_walking_is_uniform_in_a_long_thin_body():
    """In a box a million times longer than wide each side is crossed evenly."""
    sides = np.array([[1, 0], [-1, 0], [0, 1], [0, -1]], dtype=float)
    found = walk(np.array([1e6, 1e6, 1.0, 1.0]), sides, 8_000, np.random.default_rng(6))
    for column, half in ((0, 1e6), (1, 1.0)):
        counts, _ = np.histogram(found[:, column], bins=4, range=(-half, half))
        assert counts / 8_000 == pytest.approx([0.25] * 4, abs=0.03)


def test_an_order_is_read_in_any_direction_and_from_any_pairs():
    """The third before the first before the second, said by two pairs, or with the pair that follows."""
    for rows in ([[-1, 0, 1], [1, -1, 0]], [[-2, 0, 2], [0, -1, 1], [5, -5, 0]]):
        assert complete_order(np.array(rows, dtype=float)).tolist() == [2, 0, 1]
    assert complete_order(np.array([[1, -1, 0]], dtype=float)) is None
    assert complete_order(np.array([[1, -1], [-1, 1]], dtype=float)) is None


def test_equal_weights_are_a_flat_set():
    """w_1 = w_2 in three criteria leaves a line, w_1 = w_2 = w_3 a point."""
    line = sample([[1, -1, 0], [-1, 1, 0]], 4_000)
    assert line[:, 0] == pytest.approx(line[:, 1])
    assert line.mean(axis=0) == pytest.approx([0.25, 0.25, 0.5], abs=0.02)
    point = [[1, -1, 0], [-1, 1, 0], [0, 1, -1], [0, -1, 1]]
    assert sample(point, 2) == pytest.approx(np.full((2, 3), 1 / 3))
    assert intervals(point) == pytest.approx(np.full((3, 2), 1 / 3))


def test_a_weight_that_is_taken_away_is_zero_and_leaves_the_others_their_order():
    """Saying that the first counts nothing gives exact zeros, and the other two keep what sorting gives them."""
    rows = [[-1, 0, 0], [0, 1, -1]]
    found = sample(rows, 10)
    assert (found[:, 0] == 0).all()
    assert (found[:, 1] >= found[:, 2]).all()
    assert centre(rows).tolist() == pytest.approx([0, 0.75, 0.25])
    assert intervals(rows) == pytest.approx(np.array([[0, 0], [0.5, 1], [0, 0.5]]))
    chained = [[0, 0, -1, 2], [0, 0, 0, -1]]  # who may be at most nothing takes another one along
    assert intervals(chained).tolist() == [[0, 1], [0, 1], [0, 0], [0, 0]]


def test_statements_that_contradict_each_other_leave_nothing():
    """Nothing is drawn from nothing: it is said instead."""
    for rows in ([[1, -2], [-1, 1]], [[-1, -1]], [[1, -1, -1], [-1, 0.5, 0.5]]):
        assert is_empty(rows)
        for ask in (lambda r: sample(r, 5), intervals, centre):
            with pytest.raises(WeightsError, match="contradict"):
                ask(rows)
    assert not is_empty([[1, -2], [-1, 3]])


def test_one_criterion_weighs_everything():
    """Nothing is open with one criterion."""
    assert sample(np.zeros((0, 1)), 3).tolist() == [[1.0]] * 3
    assert intervals([[1.0]]).tolist() == [[1.0, 1.0]]
    assert centre(np.zeros((0, 1))).tolist() == [1.0]


@pytest.mark.parametrize("rows", [[1, 2], [[np.nan, 1]], [["a", "b"]], np.zeros((2, 0)), [[1], [1, 2]], None])
def test_what_are_no_statements_is_refused(rows):
    """Rows of numbers, one for each criterion, or a sentence."""
    for ask in (lambda r: sample(r, 5), intervals, centre, is_empty):
        with pytest.raises(WeightsError, match="one finite number"):
            ask(rows)


def test_no_draws_are_no_rows_and_fewer_are_refused():
    """Zero draws are an empty table; less is a mistake."""
    assert sample([[1, -2, 0]], 0).shape == (0, 3)
    for draws in (-1, 2.5, True):
        with pytest.raises(WeightsError, match="number of draws"):
            sample(FREE, draws)
