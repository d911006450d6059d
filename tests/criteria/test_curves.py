"""Curves: exact at their knots, straight between, capped at the ends, and never undefined."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import Curve
from tests import oracle, strategies

RANGE = {"low_floor": 0, "low_qualified": 2, "low_ideal": 4, "high_ideal": 6, "high_qualified": 10, "high_floor": 20}

WORKED = [
    # operating years: floor 0, qualified 3, ideal 10
    ((0, 3, 10), {-1: 0, 0: 0, 1.5: 25, 3: 50, 6.5: 75, 10: 100, 11: 100}),
    # delivery days, lower is better: floor 10, qualified 5, ideal 1
    ((10, 5, 1), {12: 0, 10: 0, 7.5: 25, 5: 50, 3: 75, 1: 100, 0: 100}),
    # competing lines: none is both qualified and ideal; one of three is below the line
    ((3, 0, 0), {-1: 100, 0: 100, 1: 100 / 3, 1.5: 25, 3: 0, 4: 0}),
    # qualified = ideal, rising: just under is just under 50
    ((0, 4, 4), {3.999: 49.9875, 4: 100, 5: 100}),
    # floor = qualified: at the shared knot the better value holds
    ((2, 2, 4), {1.999: 0, 2: 50, 3: 75, 4: 100}),
    ((4, 4, 2), {4.001: 0, 4: 50, 3: 75, 2: 100}),
    # all three the same: met or not
    ((5, 5, 5), {4.999: 0, 5: 100, 6: 100}),
]


@pytest.mark.parametrize(("knots", "values"), WORKED)
def test_three_knots_by_hand(knots, values):
    """The figures were worked out by hand from the rules of the scale."""
    curve = Curve(floor=knots[0], qualified=knots[1], ideal=knots[2])
    assert curve.value(list(values)).tolist() == pytest.approx(list(values.values()), abs=1e-12)


def test_a_target_range_by_hand():
    """Both slopes of a trapezoid read on the same scale; between the ideals it is 100."""
    raw = [-1, 0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 21]
    value = [0, 0, 25, 50, 75, 100, 100, 100, 75, 50, 25, 0, 0]
    assert Curve(**RANGE).value(raw).tolist() == value


def test_a_range_with_shared_knots_takes_the_better_value():
    """A range that starts with a step: qualified at its floor, ideal at its top."""
    curve = Curve(low_floor=1, low_qualified=1, low_ideal=3, high_ideal=3, high_qualified=4, high_floor=4)
    assert curve.value([0.99, 1, 2, 3, 4, 4.01]).tolist() == [0, 50, 75, 100, 50, 0]


@given(st.sampled_from(["up", "down", "range"]).flatmap(strategies.curves), st.floats(-20, 30))
def test_any_curve_agrees_with_exact_fractions(knots, raw):
    """The vectorised value equals the one worked out in fractions."""
    curve = Curve(**knots)
    assert curve.value([raw])[0] == pytest.approx(float(oracle.on_curve(curve, raw)), abs=1e-9)


finite = st.floats(-1e150, 1e150)


@given(st.lists(finite, min_size=3, max_size=3).map(sorted), st.booleans())
def test_knots_are_exact_whatever_the_numbers(three, falling):
    """Floor, qualified and ideal give exactly 0, 50 and 100; of a shared knot the better one holds."""
    floor, qualified, ideal = reversed(three) if falling else three
    values = Curve(floor=floor, qualified=qualified, ideal=ideal).value([floor, qualified, ideal]).tolist()
    at_floor = 100 if floor == qualified == ideal else 50 if floor == qualified else 0
    assert values == [at_floor, 100 if qualified == ideal else 50, 100]


@given(st.lists(finite, min_size=3, max_size=3).map(sorted), st.lists(st.floats(allow_nan=False), min_size=2))
def test_a_rising_curve_never_falls_and_stays_within_its_ends(three, raw):
    """More is never worth less, for any float up to infinity, and without a warning."""
    values = Curve(floor=three[0], qualified=three[1], ideal=three[2]).value(sorted(raw))
    assert (np.diff(values) >= 0).all()
    assert ((values >= 0) & (values <= 100)).all()


@given(st.sampled_from(["up", "down", "range"]).flatmap(strategies.curves))
def test_the_raw_value_at_the_qualified_line_is_the_knot_itself(knots):
    """A must-have compares raw values with it, so a rounding is not allowed."""
    curve = Curve(**knots)
    expected = (curve.low_qualified, curve.high_qualified) if curve.is_range else (curve.qualified,)
    assert curve.raw_at(50) == expected


@given(finite, finite)
def test_the_qualified_line_is_exact_beside_a_far_floor(floor, qualified):
    """The sum floor + (qualified - floor) may miss the knot; the inverse does not."""
    low, high = sorted((floor, qualified))
    assert Curve(floor=low, qualified=high, ideal=high).raw_at(50) == (high,)


def test_unknown_stays_unknown_and_infinity_is_capped():
    """NaN is neither zero nor average."""
    for knots in ((0, 3, 10), (10, 5, 1), (0, 4, 4), (4, 4, 0)):
        values = Curve(floor=knots[0], qualified=knots[1], ideal=knots[2]).value([math.nan, -math.inf, math.inf])
        assert math.isnan(values[0])
        assert sorted(values[1:].tolist()) == [0, 100]
    assert math.isnan(Curve(**RANGE).value([math.nan])[0])


def test_reading_values_leaves_the_raw_array_alone():
    """The table that was handed in is not written to."""
    raw = np.array([0.0, 3.0, np.nan])
    Curve(floor=0, qualified=3, ideal=3).value(raw)
    Curve(floor=3, qualified=0, ideal=0).value(raw)
    assert raw.tolist()[:2] == [0.0, 3.0]
    assert math.isnan(raw[2])


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"floor": 0, "qualified": 3},
        {"floor": 0, "qualified": 3, "ideal": 10, "low_floor": 1},
        {"floor": 0, "qualified": 5, "ideal": 3},
        {"floor": 3, "qualified": 0, "ideal": 1},
        {"floor": 0, "qualified": math.nan, "ideal": 3},
        {"floor": 0, "qualified": math.inf, "ideal": math.inf},
        {"floor": 0, "qualified": "3", "ideal": 10},
        {"floor": False, "qualified": 1, "ideal": 2},
        {"floor": 0, "qualified": 10**400, "ideal": 10**401},
        RANGE | {"high_floor": 9},
        dict.fromkeys(RANGE, 5),
        {key: value for key, value in RANGE.items() if key != "high_floor"},
        RANGE | {"ideal": 5},
    ],
)
def test_a_curve_that_cannot_work_is_refused(wrong):
    """Knots missing, turning, not finite, of both kinds, or no numbers at all."""
    with pytest.raises(ValueError, match=r"needs floor|must rise or fall|plain number|all be the same"):
        Curve(**wrong)


def test_direction_tells_which_way_is_better():
    """+1 higher, -1 lower, 0 a target range."""
    curves = (Curve(floor=0, qualified=1, ideal=2), Curve(floor=2, qualified=1, ideal=0), Curve(**RANGE))
    assert [curve.direction for curve in curves] == [1, -1, 0]


def test_the_fraction_reading_itself_is_right():
    """The oracle of these tests gives the figures of the design's own example."""
    curve = Curve(floor=3, qualified=0, ideal=0)
    assert [oracle.on_curve(curve, raw) for raw in (0, 1, 3)] == [100, Fraction(100, 3), 0]
