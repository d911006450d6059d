"""The weights at which the order changes are exact: on either side a fresh ranking stands the other way round."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import parse_profile
from selection import Candidates, rank
from selection.scenarios_tryout import crossings, lines, scaled

IDS = ("x", "y", "z")


def standard(weights: tuple[float, ...]):
    """Return a standard of plain 0..100 criteria."""
    curve = {"floor": 0, "qualified": 50, "ideal": 100}
    criteria = [{"id": id_, "curve": curve} for id_ in IDS]
    return parse_profile(
        {"name": "p", "criteria": criteria, "scenarios": {"balanced": dict(zip(IDS, weights, strict=True))}}
    )


def pool(values: np.ndarray, exempt: np.ndarray | None = None) -> Candidates:
    """Return candidates with these values (n x 3)."""
    table = {"id": [f"c{i}" for i in range(len(values))], "name": [f"N{i}" for i in range(len(values))]}
    table |= {id_: values[:, j] for j, id_ in enumerate(IDS)}
    found = Candidates.from_frame(pd.DataFrame(table), standard((1, 1, 1)))
    marks = {} if exempt is None else {id_: exempt[:, j] for j, id_ in enumerate(IDS)}
    return Candidates(found.frame, not_applicable=marks)


def test_two_candidates_cross_where_the_formula_says() -> None:
    """A = (80, 40, 40), B = (50, 60, 60): totals 40 + 40 w and 60 - 10 w meet at w = 0.4, where A takes the lead."""
    values = np.array([[80.0, 40, 40], [50, 60, 60]])
    found = lines(rank(pool(values), standard((1, 1, 1))), "x")
    (crossing,) = crossings(found)
    assert crossing.weight == pytest.approx(0.4, abs=1e-12)
    assert (crossing.passing, crossing.passed, crossing.place) == (0, 1, 1)


def test_the_present_weight_gives_the_present_totals() -> None:
    """At its own weight a line reads the score of the ranking."""
    values = np.array([[80.0, 40, 10], [50, 60, 60], [np.nan, 20, 90]])
    ranking = rank(pool(values), standard((3, 2, 1)))
    found = lines(ranking, "y")
    np.testing.assert_allclose(found.totals(found.current), ranking.score[ranking.ranked_rows], atol=1e-7)


def test_scaling_where_one_weight_was_everything_shares_the_rest_alike() -> None:
    """There are no proportions to keep, so the others get the same."""
    assert scaled(np.array([1.0, 0.0, 0.0]), 0, 0.5).tolist() == [0.5, 0.25, 0.25]


def test_parallel_or_equal_lines_never_cross() -> None:
    """Equal candidates stay tied at every weight; a constant lead never ends."""
    values = np.array([[50.0, 50, 50], [50, 50, 50], [60, 60, 60]])
    assert crossings(lines(rank(pool(values), standard((1, 1, 1))), "x")) == ()


figures = st.integers(0, 20).map(lambda k: 5.0 * k)
tables = st.lists(st.tuples(figures, figures, figures), min_size=2, max_size=6).map(np.array)
flags = st.lists(st.tuples(*[st.booleans()] * 3), min_size=6, max_size=6).map(np.array)


@given(values=tables, weights=st.tuples(*[st.integers(1, 5)] * 3), position=st.integers(0, 2), marks=flags)
def test_between_two_crossings_nothing_changes_and_at_each_the_pair_swaps(values, weights, position, marks) -> None:
    """Fresh rankings at weights in between have one order per interval, also where criteria do not apply to all."""
    exempt = marks[: len(values)] & (np.arange(3) != 2)
    candidates = pool(values, exempt)
    ranking = rank(candidates, standard(weights))
    found = lines(ranking, IDS[position])
    crossed = crossings(found)
    edges = [0.0, *dict.fromkeys(c.weight for c in crossed), 1.0]
    for low, high in pairwise(edges):
        if high - low < 1e-4:
            continue
        inside = low + (high - low) * np.array([0.1, 0.5, 0.9])
        orders = [_order(candidates, ranking.weights, position, weight) for weight in inside]
        assert (orders[0] == orders[1]).all()
        assert (orders[1] == orders[2]).all()
    for crossing in crossed:
        step = 1e-6
        before, after = (found.totals(crossing.weight + sign * step) for sign in (-1, 1))
        one, other = (found.rows.tolist().index(row) for row in (crossing.passing, crossing.passed))
        assert before[one] <= before[other]
        assert after[one] >= after[other]


def _order(candidates: Candidates, weights: np.ndarray, position: int, weight: float) -> np.ndarray:
    """Return the sign of every difference of totals in a fresh ranking, differences of rounding aside."""
    fresh = rank(candidates, standard(tuple(scaled(weights, position, weight))))
    gaps = fresh.score[:, None] - fresh.score[None, :]
    return np.sign(np.where(np.abs(gaps) < 1e-6, 0.0, gaps))
