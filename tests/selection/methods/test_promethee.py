"""PROMETHEE I and II: published flows, the definition pair by pair, and what no flow may depend on."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from criteria.errors import MethodError
from selection.methods import evaluate
from selection.methods.outranking_parameters import GAUSSIAN_LIMIT
from selection.methods.pairs import better_on_both, incomparable
from selection.methods.promethee import PAIRS_LIMIT, _steady
from selection.methods.promethee_flows import SHAPES, SLACK
from selection.methods.ranks import competition_ranks
from tests.selection.methods.test_degenerate import DIRECTIONS, RANKABLE, WEIGHTS, WITHIN_REACH

METHODS = pytest.mark.parametrize("method", ["promethee_1", "promethee_2"])
EVERY_SHAPE = pytest.mark.parametrize("shape", SHAPES)

HYDRO = [
    [80, 90, 600, 54, 8, 5],
    [65, 58, 200, 97, 1, 1],
    [83, 60, 400, 72, 4, 7],
    [40, 80, 1000, 75, 7, 10],
    [52, 72, 600, 20, 3, 8],
    [94, 96, 700, 36, 5, 6],
]
HYDRO_DIRECTIONS = [-1, 1, -1, -1, -1, 1]
HYDRO_SETTINGS: dict[str, Any] = {
    "preference": ["u_shape", "v_shape", "linear", "level", "usual", "gaussian"],
    "q": [10, None, 50, 10, None, None],
    "p": [None, 30, 500, 60, None, None],
    "s": [None, None, None, None, None, 5],
}
WIND_FARMS = [
    [16347, 9, 73.8, 36.7, 1.5, 3730, 2, 1, 38.8, 4, 1720524, 40012],
    [14219, 8.5, 55, 36, 2, 3240, 1, 1, 33.1, 2, 1496512, 34803],
    [8160, 9, 64.8, 28.5, 2, 1860, 2, 2, 45.8, 4, 858830, 19973],
    [8160, 8.5, 62.5, 29.5, 1.5, 1860, 1, 3, 27.3, 3, 858830, 19973],
]


def _preference(shape: str, ahead: np.ndarray, q: float, p: float, s: float) -> np.ndarray:
    """Return the definition of the six shapes (Brans, Vincke, Mareschal 1986) for differences of any sign."""
    with np.errstate(over="ignore"):
        return {
            "usual": (ahead > 0) * 1.0,
            "u_shape": (ahead > q * (1 + SLACK)) * 1.0,
            "v_shape": np.clip(ahead / p, 0, 1),
            "level": (ahead > q * (1 + SLACK)) * 0.5 + (ahead > p * (1 + SLACK)) * 0.5,
            "linear": np.clip((ahead - q) / (p - q), 0, 1),
            "gaussian": -np.expm1(-0.5 * (np.maximum(ahead, 0) / s) ** 2),
        }[shape]


def _pair_by_pair(
    matrix: np.ndarray, weights: np.ndarray, directions: np.ndarray, settings: dict[str, Any]
) -> tuple[np.ndarray, np.ndarray]:
    """Return phi plus and phi minus by the table of all pairs."""
    index = np.zeros((len(matrix), len(matrix)))
    for j, shape in enumerate(settings["preference"]):
        column = matrix[:, j] * directions[j]
        with np.errstate(over="ignore"):
            ahead = column[:, None] - column
        thresholds = [settings[name][j] for name in "qps"]
        index += weights[j] / weights.sum() * _preference(shape, ahead, *thresholds)
    return index.sum(axis=1) / (len(matrix) - 1), index.sum(axis=0) / (len(matrix) - 1)


@st.composite
def problems(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, Any]]:
    """Draw short decimals with ties, under large offsets, far-off values and scales near the ends of the floats."""
    n, m = draw(st.integers(2, 9)), draw(st.integers(1, 4))
    matrix = draw(arrays(np.int64, (n, m), elements=st.integers(-40, 40))) / draw(st.sampled_from([1.0, 4.0, 10.0]))
    matrix = matrix + draw(arrays(np.float64, (n, m), elements=st.sampled_from([0.0, 0.0, 0.0, 1e9, -1e15])))
    matrix = matrix + draw(st.sampled_from([0.0, 0.0, 1e15]))
    scale = draw(st.sampled_from([1.0, 1.0, 2.0**-900, 2.0**900]))
    q = draw(arrays(np.int64, m, elements=st.integers(0, 30))) / 10.0
    p = q + draw(arrays(np.int64, m, elements=st.integers(1, 300))) / 10.0
    settings = {
        "preference": draw(st.lists(st.sampled_from(list(SHAPES)), min_size=m, max_size=m)),
        "q": q * scale,
        "p": p * scale,
        "s": p * scale,
    }
    weights = draw(arrays(np.float64, m, elements=st.integers(1, 9)))
    return matrix * scale, weights, draw(arrays(np.int64, m, elements=st.sampled_from([-1, 1]))), settings


@given(problems())
def test_the_flows_are_those_of_all_pairs(problem: Any) -> None:
    """Within 1e-12 of the definition, with offsets of 1e15, values far off and scales of 2 ** ±900."""
    matrix, weights, directions, settings = problem
    result = evaluate("promethee_2", matrix, weights, directions, **settings)
    plus, minus = _pair_by_pair(*problem)
    np.testing.assert_allclose(result.detail["phi_plus"], plus, atol=1e-12)
    np.testing.assert_allclose(result.detail["phi_minus"], minus, atol=1e-12)
    np.testing.assert_allclose(result.scores, plus - minus, atol=1e-12)
    np.testing.assert_array_equal(result.scores, result.detail["phi"])


@given(problems())
def test_what_one_gains_another_loses(problem: Any) -> None:
    """The net flows sum to 0, and each lies between -1 and 1."""
    matrix, weights, directions, settings = problem
    scores = evaluate("promethee_2", matrix, weights, directions, **settings).scores
    assert abs(scores.sum()) < 1e-12
    assert np.abs(scores).max() <= 1 + 1e-12


@given(problems(), st.data())
def test_clones_have_the_same_flows_to_the_last_bit(problem: Any, data: st.DataObject) -> None:
    """And nobody's flows depend on the order of the rows."""
    matrix, weights, directions, settings = problem
    wide = np.vstack([matrix, matrix[data.draw(st.integers(0, len(matrix) - 1))]])
    order = data.draw(st.permutations(range(len(wide))))
    plain = evaluate("promethee_1", wide, weights, directions, **settings)
    turned = evaluate("promethee_1", wide[order], weights, directions, **settings)
    for name in ("phi_plus", "phi_minus", "phi"):
        np.testing.assert_array_equal(turned.detail[name], plain.detail[name][order])
    np.testing.assert_array_equal(turned.ranks, plain.ranks[order])
    clone = next(i for i in range(len(matrix)) if (matrix[i] == wide[-1]).all())
    assert plain.scores[clone] == plain.scores[-1]
    assert plain.ranks[clone] == plain.ranks[-1]


@given(problems())
def test_the_better_everywhere_is_never_lower(problem: Any) -> None:
    """At least as good in every criterion is a net flow at least as high, in both methods a rank at least as good."""
    matrix, weights, directions, settings = problem
    signed = matrix * directions
    for method in ("promethee_1", "promethee_2"):
        result = evaluate(method, matrix, weights, directions, **settings)
        for one in range(len(matrix)):
            for other in np.flatnonzero((signed <= signed[one]).all(axis=1)):
                assert result.ranks[one] <= result.ranks[other]


@given(problems())
def test_promethee_1_is_the_intersection_of_two_orders(problem: Any) -> None:
    """Rank = 1 + those preferred; every pair is preferred one way, indifferent, or listed as incomparable."""
    matrix, weights, directions, settings = problem
    result = evaluate("promethee_1", matrix, weights, directions, **settings)
    plus, minus = (np.round(result.detail[name], 12) for name in ("phi_plus", "phi_minus"))
    better = (plus[:, None] >= plus) & (minus[:, None] <= minus)
    strict = better & ((plus[:, None] > plus) | (minus[:, None] < minus))
    assert result.ranks.tolist() == (1 + strict.sum(axis=0)).tolist()
    neither = np.argwhere(np.triu(~better & ~better.T)).tolist()
    assert [list(pair) for pair in result.detail["incomparable"]] == neither


@given(arrays(np.int64, st.tuples(st.integers(1, 40), st.just(2)), elements=st.integers(1, 12)))
def test_who_is_ahead_on_both_is_counted_rightly(ranks: np.ndarray) -> None:
    """The counts by merging are those of all pairs, with ties."""
    first, second = ranks.T
    no_worse = (first[:, None] <= first) & (second[:, None] <= second)
    better = no_worse & ((first[:, None] < first) | (second[:, None] < second))
    assert better_on_both(first, second).tolist() == better.sum(axis=0).tolist()
    assert len(incomparable(first, second)) == int(np.triu(~no_worse & ~no_worse.T).sum())


def test_flows_of_the_hydropower_plants() -> None:
    """Brans, Vincke and Mareschal (1986), EJOR 24(2): all six shapes; averages of the printed sums over 5.

    The printed net flow of a4, -0.102 of 5, does not follow from the printed indices, which give -0.100.
    """
    result = evaluate("promethee_2", HYDRO, [1] * 6, HYDRO_DIRECTIONS, **HYDRO_SETTINGS)
    np.testing.assert_allclose(5 * result.scores, [-0.728, 0.085, -0.447, -0.100, 1.466, -0.274], atol=2e-3)
    np.testing.assert_allclose(result.detail["phi_plus"], [0.2199, 0.3963, 0.2466, 0.3293, 0.4547, 0.3001], atol=1e-3)
    np.testing.assert_allclose(result.detail["phi_minus"], [0.3655, 0.3791, 0.3362, 0.3493, 0.1618, 0.3549], atol=1e-3)
    assert result.ranks.tolist() == [6, 2, 5, 3, 1, 4]


def test_incomparable_hydropower_plants() -> None:
    """The same paper, PROMETHEE I: it names a1 and a2; by its own figures five more pairs cannot be compared."""
    result = evaluate("promethee_1", HYDRO, [1] * 6, HYDRO_DIRECTIONS, **HYDRO_SETTINGS)
    assert result.detail["incomparable"] == ((0, 1), (1, 2), (1, 3), (1, 5), (2, 3), (2, 5))
    assert result.ranks.tolist() == [5, 2, 2, 2, 1, 3]


@pytest.mark.parametrize(("column", "weight", "other", "winner"), [(1, 50, 10, 5), (4, 55, 9, 1)])
def test_other_weights_turn_the_winner(column: int, weight: float, other: float, winner: int) -> None:
    """The same paper: power at 50 makes a6 first, villages at 55 make a2 first."""
    weights = [weight if j == column else other for j in range(6)]
    result = evaluate("promethee_2", HYDRO, weights, HYDRO_DIRECTIONS, **HYDRO_SETTINGS)
    assert result.ranks[winner] == 1


def test_net_flows_of_the_wind_farms() -> None:
    """Ziemba, Watrobski, Ziolo and Karczmarczyk (2017), Energies 10(11): V-shape in twelve criteria."""
    weights = [20, 5, 5, 1.67, 1.67, 11.67, 11.67, 5, 5, 16.67, 8.33, 8.33]
    thresholds = [7280, 4, 13.4, 7.4, 3, 1662, 3, 3, 13.8, 3, 766240, 17820]
    directions = [-1, -1, -1, -1, -1, 1, -1, -1, 1, -1, 1, 1]
    result = evaluate("promethee_2", WIND_FARMS, weights, directions, preference="v_shape", p=thresholds)
    np.testing.assert_allclose(result.scores, [-0.0445, 0.1884, -0.0954, -0.0485], atol=5e-5)
    assert result.ranks.tolist() == [2, 1, 4, 3]


@METHODS
@pytest.mark.parametrize("case", RANKABLE)
def test_dominance_decides_in_every_degenerate_case(case: str, method: str) -> None:
    """The best is first and the worst last, whatever offset or scale; nothing is refused and no order is lost."""
    result = evaluate(method, RANKABLE[case], WEIGHTS, DIRECTIONS)
    best, *middle, worst = result.ranks.tolist()
    assert best == 1 < min(middle)
    assert worst > max(middle)
    assert np.isfinite(result.scores).all()


@EVERY_SHAPE
@pytest.mark.parametrize("case", WITHIN_REACH)
def test_thresholds_in_the_unit_of_a_column_decide_too(case: str, shape: str) -> None:
    """With thresholds of a part of each column's range every shape puts the best first and the worst last."""
    matrix = RANKABLE[case]
    span = np.ptp(matrix, axis=0)
    span[span == 0] = 1.0
    settings = {"q": span / 16, "p": span / 2, "s": span / 2}
    if case == "subnormal":
        settings = {"q": span * 0, "p": span, "s": span}
    result = evaluate("promethee_2", matrix, WEIGHTS, DIRECTIONS, preference=shape, **settings)
    best, *middle, worst = result.ranks.tolist()
    assert best == 1 < min(middle)
    assert worst > max(middle)


@METHODS
def test_flows_that_cancel_are_ties(method: str) -> None:
    """0.1 + 0.7 against 0.8, and rotations of one row: equal but for rounding is equal, with a net flow of 0."""
    result = evaluate(method, [[1, 1, 0], [0, 0, 1]], [0.1, 0.7, 0.8], [1, 1, 1])
    assert result.ranks.tolist() == [1, 1]
    assert result.scores.tolist() == [0.0, 0.0]
    rows = [np.roll([0.1, 7.3, 2.9, 11.7, 5.2], shift) for shift in range(5)]
    turned = evaluate(method, rows, [0.1] * 5, [1] * 5, preference="v_shape", p=3.7)
    assert turned.ranks.tolist() == [1] * 5


def test_net_flows_that_differ_by_rounding_alone_are_equal() -> None:
    """Small ones too: between 3e-8 and 3e-8 + 1e-16, as differences of flows near 1, there is nothing to see."""
    net = _steady(np.array([3e-8, 3e-8 + 1e-16, -6e-8, 2e-16]), np.ones(4))
    assert net[0] == net[1] > 0
    assert net[3] == 0
    assert competition_ranks(net).tolist() == [1, 1, 4, 3]


@METHODS
def test_a_difference_equal_to_a_threshold_does_not_pass_it(method: str) -> None:
    """0.8 - 0.6 is 0.20000000000000007 in floats, and still no more than 0.2; 0.7 - 0.5 is a little less."""
    for higher, lower in ((0.8, 0.6), (0.7, 0.5), (1000000.8, 1000000.6)):
        result = evaluate(method, [[higher], [lower]], [1], [1], preference="u_shape", q=0.2)
        assert result.ranks.tolist() == [1, 1]


@METHODS
@EVERY_SHAPE
def test_one_and_none_and_equal_candidates(method: str, shape: str) -> None:
    """One candidate has no flows and rank 1, nobody has empty ones, equal ones share rank 1 with a net flow of 0."""
    settings = {"preference": shape, "q": 1, "p": 2, "s": 1}
    one = evaluate(method, [[3, 4]], [1, 1], [1, -1], **settings)
    assert one.ranks.tolist() == [1]
    assert np.isnan([one.scores[0], one.detail["phi_plus"][0], one.detail["phi_minus"][0]]).all()
    none = evaluate(method, [], [1, 1], [1, -1], **settings)
    assert set(none.detail) == set(one.detail)
    assert len(none.scores) == 0
    same = evaluate(method, [[3, 4]] * 4, [1, 1], [1, -1], **settings)
    assert (same.ranks.tolist(), same.scores.tolist()) == ([1] * 4, [0.0] * 4)
    assert same.detail["constant"] == (0, 1)


@METHODS
def test_a_criterion_of_weight_zero_needs_no_threshold(method: str) -> None:
    """It changes nothing, whatever stands in it."""
    settings: dict[str, Any] = {"preference": ["v_shape", "level", "usual"], "p": [2, None, None]}
    result = evaluate(method, [[1, 5, 2], [2, 1, 3], [4, 2, 1]], [1, 0, 1], [1, 1, 1], **settings)
    plain = evaluate(method, [[1, 2], [2, 3], [4, 1]], [1, 1], [1, 1], preference=["v_shape", "usual"], p=2)
    np.testing.assert_array_equal(result.scores, plain.scores)
    np.testing.assert_array_equal(result.ranks, plain.ranks)


@METHODS
@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"preference": "lineer"}, "the nearest is linear"),
        ({"preference": ["usual"]}, "one entry for all criteria, or one per criterion, which are 2"),
        ({"preference": 3}, "one entry for all criteria"),
        ({"preference": "linear", "q": 1}, "linear of .* needs the threshold p in price"),
        ({"preference": "linear", "p": 1}, "linear of .* needs the threshold q in price"),
        ({"preference": "gaussian", "p": 1}, "gaussian of .* needs the threshold s in price"),
        ({"preference": "v_shape", "p": [1, None]}, "v_shape of .* needs the threshold p in growth"),
        (
            {"preference": "linear", "q": 2, "p": 1},
            "p of .* must not be smaller than q in price, and it is 1 with q = 2",
        ),
        ({"preference": "level", "q": [1, 5], "p": 4}, "p of .* must not be smaller than q in growth"),
        ({"preference": "gaussian", "s": 0}, "s of .* must be above 0 in price"),
        ({"preference": "u_shape", "q": -1}, "q of .* must be a finite number of 0 or more in price, not -1"),
        ({"preference": "v_shape", "p": np.inf}, "p of .* must be a finite number .*, not inf"),
        ({"preference": "v_shape", "p": 10**400}, "p of .* must be a finite number .*, not inf"),
        ({"preference": "v_shape", "p": "5"}, "p of .* must be made of numbers, and there is '5'"),
        ({"preference": "v_shape", "p": [1, 2, 3]}, "one per criterion, which are 2 here"),
        ({"shape": "usual"}, "has no parameter 'shape'"),
    ],
)
def test_a_setting_without_a_meaning_is_refused(method: str, settings: dict[str, Any], text: str) -> None:
    """In plain words that name the threshold and the criterion."""
    with pytest.raises(MethodError, match=text):
        evaluate(method, [[1, 2], [3, 4]], [1, 1], [1, 1], criteria=("price", "growth"), **settings)


def test_thresholds_that_a_shape_does_not_use_are_ignored() -> None:
    """Even where they would be refused."""
    plain = evaluate("promethee_2", [[1, 2], [3, 1]], [1, 1], [1, 1])
    other = evaluate("promethee_2", [[1, 2], [3, 1]], [1, 1], [1, 1], q=-3, p=[None, 0], s=np.inf)
    np.testing.assert_array_equal(other.scores, plain.scores)


def test_the_gaussian_shape_says_how_many_it_takes() -> None:
    """It looks at every pair, so its size has an end; the others have none."""
    values = np.arange(GAUSSIAN_LIMIT + 1.0)[:, None]
    with pytest.raises(MethodError, match="takes up to 10,000 candidates with it, and there are 10,001"):
        evaluate("promethee_2", values, [1], [1], preference="gaussian", s=1)
    assert evaluate("promethee_2", values, [1], [1]).ranks[0] == GAUSSIAN_LIMIT + 1


def test_pairs_are_listed_up_to_a_size() -> None:
    """Above 2,000 candidates they are None; the ranks are there all the same."""
    values = np.column_stack([np.arange(PAIRS_LIMIT + 1.0), np.arange(PAIRS_LIMIT + 1.0)[::-1]])
    assert len(evaluate("promethee_1", values[:60], [1, 3], [1, 1]).detail["incomparable"]) == 0
    result = evaluate("promethee_1", values, [1, 3], [1, 1])
    assert result.detail["incomparable"] is None
    assert result.ranks.tolist() == list(range(1, PAIRS_LIMIT + 2))


@EVERY_SHAPE
def test_memory_grows_with_the_table_and_not_with_its_square(shape: str) -> None:
    """4,000 candidates × 3 criteria stay under 60 MB; a table of all pairs alone would take 128 MB."""
    values = np.random.default_rng(0).uniform(0, 100, (4_000, 3))
    tracemalloc.start()
    evaluate("promethee_2", values, [1, 2, 3], [1, 1, -1], preference=shape, q=2, p=20, s=10)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60e6


@pytest.mark.parametrize(
    ("shape", "same", "width"), [("linear", "u_shape", 2), ("level", "u_shape", 2), ("v_shape", "usual", 0)]
)
def test_a_slope_without_width_is_a_step(shape, same, width):
    """With q = p the preference is full right beyond both; with p = 0 any difference is."""
    values = [[1, 5], [3, 4], [3.5, 9], [7, 4]]
    plain = evaluate("promethee_2", values, [1, 2], [1, -1], preference=same, q=width)
    steep = evaluate("promethee_2", values, [1, 2], [1, -1], preference=shape, q=width, p=width)
    np.testing.assert_array_equal(steep.scores, plain.scores)
