"""The ways that need one entry per criterion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.errors import WeightsError
from criteria.weights import direct, equal, rank_order_centroid, rank_sum, swing


def test_equal_weights_are_equal_and_sum_to_one():
    """Seven criteria get a seventh each."""
    assert equal(7).values.tolist() == pytest.approx([1 / 7] * 7)


@pytest.mark.parametrize(
    ("n", "published"),
    [
        (2, [0.7500, 0.2500]),
        (3, [0.6111, 0.2778, 0.1111]),
        (4, [0.5208, 0.2708, 0.1458, 0.0625]),
        (5, [0.4567, 0.2567, 0.1567, 0.0900, 0.0400]),
        (7, [0.3704, 0.2276, 0.1561, 0.1085, 0.0728, 0.0442, 0.0204]),
    ],
)
def test_rank_order_centroid_gives_the_published_weights(n, published):
    """Barron and Barrett (1996), table of centroid weights; n = 7 as used in the seven-factor template."""
    assert rank_order_centroid(range(1, n + 1)).values.round(4).tolist() == published


def test_rank_sum_gives_the_published_weights():
    """Stillwell, Seaver and Edwards (1981): four ranks give .4, .3, .2, .1."""
    assert rank_sum([1, 2, 3, 4]).values.round(10).tolist() == [0.4, 0.3, 0.2, 0.1]


def test_order_is_a_place_for_each_criterion_and_not_a_list_of_criteria():
    """The third criterion is the most important one here."""
    assert rank_order_centroid([2, 3, 1]).values.round(4).tolist() == [0.2778, 0.1111, 0.6111]


@pytest.mark.parametrize("order", [[1, 1, 3], [1, 1, 2], [1.5, 1.5, 3]])
def test_a_shared_place_shares_its_weights(order):
    """However a tie is written, the two get the mean of the first two weights."""
    assert rank_order_centroid(order).values.round(6).tolist() == pytest.approx([0.444444, 0.444444, 0.111111])


def test_names_go_in_and_come_out():
    """A mapping of names gives a read-only mapping of the same names."""
    found = direct({"growth": 1, "solvency": 3}).values
    assert dict(found) == {"growth": 0.25, "solvency": 0.75}
    with pytest.raises(TypeError):
        found["growth"] = 1.0


def test_weights_are_read_only():
    """Nobody changes a weight behind somebody's back."""
    with pytest.raises(ValueError, match="read-only"):
        direct([1, 2]).values[0] = 5


@pytest.mark.parametrize(
    ("way", "given_"),
    [
        (direct, []),
        (direct, [1, -1]),
        (direct, [0, 0]),
        (direct, [1, float("nan")]),
        (direct, [1, float("inf")]),
        (direct, ["a", "b"]),
        (direct, [[1, 2]]),
        (direct, [10**400, 1]),
        (swing, []),
        (swing, [100, -1]),
        (swing, [0, 0]),
        (swing, [100, float("nan")]),
        (swing, ["most", 1]),
        (equal, 0),
        (equal, True),
        (equal, 2.5),
        (rank_order_centroid, [0, 1]),
        (rank_order_centroid, [1, 3]),
        (rank_sum, [1, float("nan")]),
        (rank_sum, []),
    ],
)
def test_what_is_no_weight_is_refused_in_a_sentence(way, given_):
    """Each refusal is one of ours, with a sentence."""
    with pytest.raises(WeightsError, match=r"\w+ .*\."):
        way(given_)


@given(st.lists(st.floats(0, 1e300), min_size=1, max_size=20).filter(any), st.floats(1e-3, 1e3))
def test_direct_points_sum_to_one_on_any_scale(points, factor):
    """Scaling every point changes no weight."""
    weights = direct(points).values
    assert weights.sum() == pytest.approx(1)
    assert np.allclose(weights, direct([point / max(points) * factor for point in points]).values)


@given(st.permutations(list(range(1, 10))))
def test_a_better_place_never_weighs_less(order):
    """Both ways from an order keep the order and sum to 1."""
    for way in (rank_order_centroid, rank_sum):
        weights = way(order).values
        assert weights.sum() == pytest.approx(1)
        assert np.argsort(-weights).tolist() == np.argsort(order).tolist()


def test_swing_points_are_shares_of_the_largest_jump():
    """100, 50 and 10 points: the jump worth most weighs ten times as much as the one worth least, and stands first."""
    found = swing({"solvency": 100, "growth": 50, "years": 10, "size": 50})
    assert dict(found.values) == pytest.approx({"solvency": 10 / 21, "growth": 5 / 21, "years": 1 / 21, "size": 5 / 21})
    assert dict(found.detail["order"]) == {"solvency": 1, "growth": 2, "years": 4, "size": 2}


def test_a_jump_worth_nothing_weighs_nothing():
    """Who is content with a qualified distributor there gives it no points."""
    assert swing([100, 0]).values.tolist() == [1.0, 0.0]


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=12).filter(any), st.floats(1e-3, 1e3), st.randoms())
def test_swing_points_may_have_any_scale_and_any_order(points, factor, random):
    """A factor on every point changes nothing, and a weight goes with its criterion."""
    order = random.sample(range(len(points)), len(points))
    weights = swing(points).values
    assert weights.sum() == pytest.approx(1)
    assert (weights >= 0).all()
    assert np.allclose(swing([points[k] * factor for k in order]).values, weights[order])
