"""The line of the other methods: calm where they agree, else who moves, where, and because of which criterion."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from criteria import parse_profile
from criteria.text import render
from selection import Candidates, rank
from selection.crosscheck import METHOD_TITLES, PRODUCT_METHODS, TOP, agreement
from selection.methods import METHODS, cross_check
from selection.rank import Ranking

PLAIN = {"floor": 0, "qualified": 50, "ideal": 100}
NAMES = {"solvency": "Solvency", "reach": "Reach", "service": "Service"}


def ranked(values: Any, weights: Any = (1, 1, 1)) -> Ranking:
    """Rank rows of values on three criteria whose raw figures are their values."""
    criteria = [{"id": key, "title": title, "curve": PLAIN} for key, title in NAMES.items()]
    scenario = dict(zip(NAMES, map(float, weights), strict=True))
    profile = parse_profile({"name": "three", "criteria": criteria, "scenarios": {"plain": scenario}})
    frame = pd.DataFrame(values, columns=list(NAMES), dtype=object)
    frame.insert(0, "id", [f"c{i}" for i in range(len(frame))])
    frame.insert(1, "name", [f"Firm {i}" for i in range(len(frame))])
    return rank(Candidates.from_frame(frame, profile), profile)


EVEN = [[90, 88, 92], [80, 82, 79], [71, 69, 70], [40, 42, 41], [20, 22, 19]]
LOPSIDED = [[90, 88, 92], [80, 82, 79], [100, 100, 0], [65, 66, 63], [20, 22, 19]]


def test_agreement_is_one_calm_line() -> None:
    """Candidates that are equally good everywhere stand in the same order in every method."""
    found = agreement(ranked(EVEN), engine="own")
    assert found is not None
    assert found.agrees
    assert render(found.sentence) == (
        "Computed twice, by two engines: TOPSIS, VIKOR, WASPAS, Weighted product agree with this ranking "
        "on the first 3."
    )
    assert (found.method, found.moved, found.criterion) == (None, None, None)


@pytest.mark.parametrize("engine", ["own", "scikit-criteria"])
def test_a_disagreement_names_who_moves_and_why(engine: str) -> None:
    """100, 100 and 0 is third by its total; methods that look at the worst value put the even one there."""
    found = agreement(ranked(LOPSIDED), engine=engine)
    assert found is not None
    assert (found.agrees, found.method, found.moved, found.criterion) == (False, "topsis", 2, "service")
    assert render(found.sentence) == (
        "TOPSIS sees it differently: Firm 2 is number 4 there and number 3 here, because of Service."
    )


def test_only_those_fully_known_are_compared_and_it_is_said() -> None:
    """A candidate with an unknown has no place in a method without a rule for it."""
    found = agreement(ranked([[95, 95, None], *EVEN]), engine="own")
    assert found is not None
    assert "among the 5 of 6 candidates that are fully known" in render(found.sentence)
    assert found.rows.tolist() == [1, 2, 3, 4, 5]
    other = agreement(ranked([[95, 95, None], *LOPSIDED]), engine="own")
    assert other is not None
    assert "among the 5 of 6 candidates that are fully known, Firm 3 is number 4" in render(other.sentence)


@pytest.mark.parametrize("rows", [[], [[50, 60, 70]], [[50, 60, 70], [None, 1, 2]]])
def test_nothing_is_said_where_there_is_nobody_to_compare(rows: Any) -> None:
    """Fewer than two candidates that are fully known."""
    assert agreement(ranked(rows), engine="own") is None


def test_equal_candidates_agree() -> None:
    """Ties are ties in every method."""
    found = agreement(ranked([[50, 50, 50]] * 5), engine="own")
    assert found is not None
    assert found.agrees


def _inside(values: np.ndarray, weights: Any, method: str, row: int) -> tuple[bool, bool]:
    """Return whether a row is among the first three by the totals and by the method, all computed anew."""
    ranking = ranked(values.tolist(), weights)
    place = int(ranking.ranks[ranking.ranked_rows.tolist().index(row)])
    theirs = cross_check(values, ranking.weights, (method,), "own")[method].ranks
    return place <= TOP, bool(theirs[row] <= TOP)


@given(
    arrays(np.int64, st.tuples(st.integers(4, 8), st.just(3)), elements=st.integers(0, 100)),
    st.lists(st.integers(1, 5), min_size=3, max_size=3),
    st.sampled_from(PRODUCT_METHODS),
)
def test_without_the_cause_there_is_no_disagreement(table: np.ndarray, weights: list[int], method: str) -> None:
    """Its own total there, or the value of one who takes its place, puts the candidate on one side in both."""
    values = table.astype(float)
    ranking = ranked(values.tolist(), weights)
    found = agreement(ranking, (method,), "own")
    assert found is not None
    if found.agrees:
        return
    assert found.moved is not None
    inside = _inside(values, weights, method, found.moved)
    assert inside[0] != inside[1]
    if found.criterion is None:
        return
    column = list(NAMES).index(found.criterion)
    marks = [ranking.score[found.moved], *np.delete(values[:, column], found.moved)]
    ended = []
    for mark in marks:
        other = values.copy()
        other[found.moved, column] = mark
        ended.append(len(set(_inside(other, weights, method, found.moved))) == 1)
    assert any(ended)


def test_a_criterion_without_which_they_still_disagree_is_not_the_cause() -> None:
    """Evening out solvency changes nothing; with the service of who takes its place both agree."""
    values = np.array([[25, 50, 55], [15, 25, 45], [10, 90, 35], [55, 15, 100], [45, 0, 35]], dtype=float)
    weights = [2, 1, 4]
    ranking = ranked(values.tolist(), weights)
    found = agreement(ranking, ("topsis",), "own")
    assert found is not None
    assert (found.moved, found.criterion) == (2, "service")
    for column, agree in ((0, False), (2, True)):
        ends = []
        for mark in (ranking.score[2], values[1, column]):  # its own total, and the value of who takes its place
            even = values.copy()
            even[2, column] = mark
            ends.append(len(set(_inside(even, weights, "topsis", 2))) == 1)
        assert any(ends) is agree


@given(
    arrays(np.int64, st.tuples(st.integers(4, 8), st.just(3)), elements=st.integers(0, 100)),
    arrays(np.int64, st.tuples(st.integers(1, 3), st.just(3)), elements=st.integers(0, 100)),
)
def test_nobody_passes_another_because_a_third_is_listed(table: np.ndarray, more: np.ndarray) -> None:
    """The witnesses run between fixed bounds: the order of two never depends on who else is there."""
    values, wide = table.astype(float), np.vstack([table, more]).astype(float)
    few, many = (cross_check(rows, [1, 2, 3], PRODUCT_METHODS, "own") for rows in (values, wide))
    for name in PRODUCT_METHODS:
        ranks = many[name].ranks[: len(values)]
        before = few[name].ranks[:, None] < few[name].ranks
        assert not (before & (ranks[:, None] > ranks)).any()


@pytest.mark.parametrize("name", ["spotis", "weighted_sum"])
def test_methods_that_cannot_disagree_are_no_witnesses(name: str) -> None:
    """Between fixed bounds they are the total in other words, so that their agreement would prove nothing."""
    values = np.random.default_rng(0).integers(0, 101, (40, 3)).astype(float)
    found = cross_check(values, [3, 2, 1], (name,), "own")[name]
    order = values @ [3, 2, 1]
    assert found.ranks.tolist() == [1 + int((order > one).sum()) for one in order]
    assert name not in PRODUCT_METHODS


def test_rim_on_the_one_scale_is_topsis() -> None:
    """Distances from the same two ends, so it is no further witness."""
    values = np.random.default_rng(0).uniform(0, 100, (40, 3))
    found = cross_check(values, [3, 2, 1], ("rim", "topsis"), "own")
    np.testing.assert_allclose(found["rim"].scores, found["topsis"].scores, atol=1e-12)


def test_every_method_has_a_name_for_people() -> None:
    """The name on its card and in the cross-check line."""
    assert set(METHOD_TITLES) == set(METHODS)
    assert set(PRODUCT_METHODS) <= set(METHODS)
