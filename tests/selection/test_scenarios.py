"""Scenarios side by side: the same ranks as one at a time, agreement by the book, and clear refusals."""

from __future__ import annotations

import json
import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import parse_profile
from criteria.errors import DecisionError, RunError, WeightsError
from selection import Candidates, compare, rank
from selection.scenarios import column_ranks, kendall_tau_b
from tests import strategies

PLAIN = {"floor": 0, "qualified": 50, "ideal": 100}
DOCUMENT = {
    "name": "small",
    "criteria": [{"id": "x", "curve": PLAIN}, {"id": "y", "curve": PLAIN}, {"id": "note"}],
    "scenarios": {"x only": {"x": 1}, "y only": {"y": 1}, "both": {"x": 1, "y": 1}},
}
PROFILE = parse_profile(DOCUMENT)
ROWS = {"id": list("abcde"), "x": [90, 80, 70, 60, 50], "y": [10, 90, 80, 70, 60]}


def compared(rows=ROWS, profile=PROFILE, **options):
    """Compare rows under scenarios."""
    return compare(Candidates.from_frame(pd.DataFrame(rows), profile), profile, **options)


def pairs_tau_b(one, other):
    """Return Kendall's tau-b by counting pairs (Kendall 1945): (C - D) / sqrt((n0 - n1)(n0 - n2))."""
    signs = [(np.sign(one[i] - one[j]), np.sign(other[i] - other[j])) for i, j in combinations(range(len(one)), 2)]
    below = math.sqrt(sum(s != 0 for s, _ in signs) * sum(t != 0 for _, t in signs))
    return sum(s * t for s, t in signs) / below if below else math.nan


def test_three_scenarios_by_hand():
    """Ranks, agreement, and who is among the first three under each, the best on average first."""
    found = compared().to_dict()
    assert found["scenarios"] == {
        "x only": {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5},
        "y only": {"b": 1, "c": 2, "d": 3, "e": 4, "a": 5},
        "both": {"b": 1, "c": 2, "d": 3, "e": 4, "a": 5},
    }
    assert found["top3_in_all"] == ["b", "c"]
    assert list(found) == ["scenarios", "methods", "tau_b", "top3_in_all"]
    assert found["methods"] == {}
    # of the ten pairs the four with a turn around: (6 - 4) / 10
    assert found["tau_b"] == [[1, 0.2, 0.2], [0.2, 1, 1], [0.2, 1, 1]]


def test_new_weights_may_be_given_by_name():
    """A mapping of names to weights, on any scale."""
    found = compared(scenarios={"mine": {"x": 30, "y": 10}, "both": {"y": 0.001}}).to_dict()
    assert list(found["scenarios"]) == ["mine", "both"]
    assert found["scenarios"]["mine"] == {"b": 1, "c": 2, "a": 3, "d": 4, "e": 5}
    assert found["scenarios"]["both"]["a"] == 5


@pytest.mark.parametrize(
    ("scenarios", "error", "match"),
    [
        (["x only", "z only"], RunError, "“z only”"),
        ({"s": {"z": 1}}, RunError, "“z”"),
        ({"s": {"x": -1}}, WeightsError, "“s”.*“x”"),
        ({"s": {"x": math.nan}}, WeightsError, "“s”.*“x”"),
        ({"s": {"x": math.inf}}, WeightsError, "“s”.*“x”"),
        ({"s": {"x": "much"}}, DecisionError, "“s”.*“x”"),
        ({"s": {"x": 0}}, WeightsError, "“s”"),
        ({"s": {}}, WeightsError, "“s”"),
        ({"s": {"note": 1}}, DecisionError, "note"),
    ],
)
def test_scenarios_that_cannot_work_are_refused(scenarios, error, match):
    """Unknown names, negative, infinite, no weights at all, a weight for what has no scale."""
    with pytest.raises(error, match=match):
        compared(scenarios=scenarios)


def test_one_or_nobody_has_no_agreement():
    """No pairs, no tau: null, not NaN."""
    for rows in ({"id": ["a"], "x": [1.0], "y": [2.0]}, {"id": [], "x": [], "y": []}):
        found = json.loads(json.dumps(compared(rows).to_dict(), allow_nan=False))
        assert found["tau_b"] == [[None] * 3] * 3
        assert found["top3_in_all"] == rows["id"]


def test_a_scenario_that_ties_everybody_agrees_with_nothing():
    """Tau-b is undefined there."""
    found = compared({"id": ["a", "b"], "x": [50, 50], "y": [1, 2]}).to_dict()
    assert found["tau_b"][0] == [None, None, None]
    assert found["scenarios"]["x only"] == {"a": 1, "b": 1}


def test_rows_per_region_have_keys_of_their_own():
    """One candidate in two regions stands twice."""
    rows = {"id": ["a", "a"], "region": ["DE", "FR"], "x": [1, 2], "y": [1, 2]}
    assert compared(rows).to_dict()["scenarios"]["both"] == {"a · FR": 1, "a · DE": 2}
    turned = {key: values[::-1] for key, values in rows.items()}
    assert json.dumps(compared(turned).to_dict()) == json.dumps(compared(rows).to_dict())


@given(st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=2, max_size=12))
def test_tau_b_is_the_one_of_the_book(rows):
    """Against counting every pair, ties included."""
    scores = np.array(rows, float)
    found = kendall_tau_b(scores)
    for i in range(3):
        for j in range(3):
            assert found[i, j] == pytest.approx(pairs_tau_b(scores[:, i], scores[:, j]), nan_ok=True)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
def test_column_ranks_by_counting(rows):
    """1, 1, 3 in every column."""
    scores = np.array(rows, float).reshape(-1, 2)
    for column, ranks in zip(scores.T, column_ranks(scores).T, strict=True):
        assert ranks.tolist() == [1 + int((column > value).sum()) for value in column]


@given(strategies.problems(), st.sampled_from([None, "DE", "EU"]), st.sampled_from([None, "desk"]))
def test_comparing_is_ranking_under_each_scenario(problem, region, stage):
    """The same ranks and totals as `rank`, scenario by scenario, with gaps, regions and composites."""
    profile, frame = problem
    candidates = Candidates.from_frame(frame, profile)
    options = {"region": region, "stage": stage}
    try:
        together = compare(candidates, profile, **options)
    except DecisionError:
        with pytest.raises(DecisionError):
            [rank(candidates, profile, scenario=name, **options) for name in profile.for_region(region).scenario_names]
        return
    for k, name in enumerate(together.names):
        alone = rank(candidates, profile, scenario=name, **options)
        figures = [(e.figures, e.rank) for e in alone.ranked]
        keys = [f"{f.id} · {f.region}" if candidates.by_region else f.id for f, _ in figures]
        assert together.scenarios[name] == {key: position for key, (_, position) in zip(keys, figures, strict=True)}
        totals = dict(zip(together.ids, together.scores[:, k].tolist(), strict=True))
        assert totals == pytest.approx({key: f.score for key, (f, _) in zip(keys, figures, strict=True)}, abs=2e-8)


@pytest.mark.parametrize("small", [1e-10, 1e-14])
def test_a_small_weight_counts_the_same_alone_and_together(small):
    """Where the heavy criterion does not apply, both readings give the light one."""
    profile = parse_profile(DOCUMENT | {"scenarios": {"s": {"x": 1, "y": small}}})
    rows = {"id": ["a", "b"], "x": ["not applicable", 60], "y": [80, 10]}
    candidates = Candidates.from_frame(pd.DataFrame(rows), profile)
    alone = {e.figures.id: e.figures.score for e in rank(candidates, profile).ranked}
    together = compare(candidates, profile)
    assert dict(zip(together.ids, together.scores[:, 0].tolist(), strict=True)) == pytest.approx(alone, abs=1e-8)


@given(strategies.problems(), st.data())
def test_rows_in_any_order_give_the_same_bytes(problem, data):
    """The comparison's JSON does not show the order of the file."""
    profile, frame = problem
    shuffled = frame.iloc[data.draw(st.permutations(range(len(frame))))]
    one, two = (compare(Candidates.from_frame(table, profile), profile).to_dict() for table in (frame, shuffled))
    assert json.dumps(one) == json.dumps(two)


@given(strategies.problems())
def test_the_first_three_in_all_are_that(problem):
    """Nobody missing, nobody too much."""
    profile, frame = problem
    found = compare(Candidates.from_frame(frame, profile), profile).to_dict()
    ids = {key for ranks in found["scenarios"].values() for key in ranks}
    assert set(found["top3_in_all"]) == {key for key in ids if all(r[key] <= 3 for r in found["scenarios"].values())}
