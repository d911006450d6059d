"""ELECTRE TRI: published classes, the definition one pair at a time, and what it refuses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from criteria.errors import MethodError
from selection.methods import evaluate
from tests.selection.methods.test_degenerate import DIRECTIONS, RANKABLE, WEIGHTS

LANDFILLS = [
    [120, 284, 5, 3.5, 18],
    [150, 269, 2, 4.5, 24],
    [100, 413, 4, 5.5, 17],
    [60, 596, 6, 8, 20],
    [30, 1321, 8, 7.5, 16],
    [80, 734, 5, 4, 21],
    [45, 982, 7, 8.5, 13],
]
LANDFILL_SETTINGS: dict[str, Any] = {
    "profiles": [[100, 1000, 4, 4, 15], [50, 500, 7, 7, 20]],
    "q": [15, 80, 1, 0.5, 1],
    "p": [40, 350, 3, 3.5, 5],
    "v": [100, 850, 5, 4.5, 8],
    "cut": 0.75,
}
GRADES: dict[str, Any] = {"profiles": [[8, 8], [12, 12]], "q": 1, "p": 2, "cut": 0.6}


def test_classes_of_the_landfills_in_ticino() -> None:
    """Maystre, Pictet and Simos (1994), the standard example: classes 1 to 3 there are 0 to 2 here."""
    result = evaluate("electre_tri", LANDFILLS, [25, 45, 10, 12, 8], [-1, -1, 1, 1, 1], **LANDFILL_SETTINGS)
    assert (result.detail["pessimistic"] + 1).tolist() == [2, 1, 2, 3, 1, 2, 2]
    assert (result.detail["optimistic"] + 1).tolist() == [2, 3, 2, 3, 2, 2, 2]
    assert result.scores.tolist() == [1, 0, 1, 2, 0, 1, 1]
    assert result.ranks.tolist() == [2, 6, 2, 1, 6, 2, 2]


def _outranks(behind: list[Fraction], weights: list[int], settings: dict[str, Any]) -> bool:
    """Return whether one outranks the other that is better by *behind*, in exact fractions."""
    agree, objections = Fraction(0), []
    for j, d in enumerate(behind):
        q, p, v = (settings[name][j] for name in "qpv")
        part = Fraction(int(d <= q)) if p == q else min(max((p - d) / (p - q), Fraction(0)), Fraction(1))
        agree += Fraction(weights[j], sum(weights)) * part
        if v is not None:
            objections.append(Fraction(int(d > p)) if v == p else min(max((d - p) / (v - p), Fraction(0)), Fraction(1)))
    credible = agree
    for objection in objections:
        if objection > agree:
            credible *= (1 - objection) / (1 - agree)
    return credible >= settings["cut"]


def _one_by_one(matrix: Any, weights: list[int], directions: list[int], settings: dict[str, Any]) -> list[list[int]]:
    """Return the pessimistic and the optimistic classes, profile by profile from above and from below."""
    classes: list[list[int]] = [[], []]
    for row in matrix.tolist():
        behind = [
            [(Fraction(b) - Fraction(a)) * sign for a, b, sign in zip(row, profile, directions, strict=True)]
            for profile in settings["profiles"]
        ]
        above = [_outranks(gaps, weights, settings) for gaps in behind]
        below = [_outranks([-gap for gap in gaps], weights, settings) for gaps in behind]
        classes[0].append(next((h for h in range(len(above), 0, -1) if above[h - 1]), 0))
        classes[1].append(next((h for h in range(len(above)) if below[h] and not above[h]), len(above)))
    return classes


@st.composite
def problems(draw: st.DrawFn) -> tuple[np.ndarray, list[int], list[int], dict[str, Any]]:
    """Draw whole numbers, so that differences meet thresholds and weights meet the cut often."""
    n, m, k = draw(st.integers(1, 6)), draw(st.integers(1, 4)), draw(st.integers(1, 3))
    whole = st.lists(st.integers(0, 6), min_size=m, max_size=m)
    directions = draw(st.lists(st.sampled_from([-1, 1]), min_size=m, max_size=m))
    steps = np.cumsum([draw(whole) for _ in range(k)], axis=0) * directions
    q = draw(whole)
    p = [a + b for a, b in zip(q, draw(whole), strict=True)]
    v = [None if draw(st.booleans()) else a + b for a, b in zip(p, draw(whole), strict=True)]
    settings = {"profiles": steps.tolist(), "q": q, "p": p, "v": v, "cut": Fraction(draw(st.integers(5, 10)), 10)}
    matrix = draw(arrays(np.int64, (n, m), elements=st.integers(-20, 20))).astype(float)
    return matrix, draw(st.lists(st.integers(1, 9), min_size=m, max_size=m)), directions, settings


@given(problems())
def test_the_classes_are_those_of_the_definition(problem: Any) -> None:
    """In exact fractions, one profile at a time: pessimistic from above, optimistic from below."""
    matrix, weights, directions, settings = problem
    result = evaluate("electre_tri", matrix, weights, directions, **settings)
    pessimistic, optimistic = _one_by_one(*problem)
    assert result.detail["pessimistic"].tolist() == pessimistic
    assert result.detail["optimistic"].tolist() == optimistic
    assert result.scores.tolist() == pessimistic


@given(problems())
def test_the_pessimistic_class_is_never_above_the_optimistic(problem: Any) -> None:
    """Roy and Bouyssou (1993): that is where the two procedures have their names from."""
    matrix, weights, directions, settings = problem
    detail = evaluate("electre_tri", matrix, weights, directions, **settings).detail
    assert (detail["pessimistic"] <= detail["optimistic"]).all()


@given(problems(), st.data())
def test_nobody_s_class_depends_on_the_others(problem: Any, data: st.DataObject) -> None:
    """A candidate alone, and the rows in another order, have the same classes."""
    matrix, weights, directions, settings = problem
    result = evaluate("electre_tri", matrix, weights, directions, **settings)
    row = data.draw(st.integers(0, len(matrix) - 1))
    alone = evaluate("electre_tri", matrix[[row]], weights, directions, **settings)
    assert alone.scores[0] == result.scores[row]
    assert alone.detail["optimistic"][0] == result.detail["optimistic"][row]


@given(problems())
def test_the_better_everywhere_is_in_no_lower_class(problem: Any) -> None:
    """Dominance is kept by both procedures."""
    matrix, weights, directions, settings = problem
    result = evaluate("electre_tri", matrix, weights, directions, **settings)
    signed = matrix * directions
    for one in range(len(matrix)):
        lower = (signed <= signed[one]).all(axis=1)
        assert (result.scores[lower] <= result.scores[one]).all()
        assert (result.detail["optimistic"][lower] <= result.detail["optimistic"][one]).all()


@pytest.mark.parametrize("case", RANKABLE)
def test_degenerate_columns_never_turn_the_order(case: str) -> None:
    """With the profiles at the middle rows the best is in the highest class and the worst in the lowest of all."""
    matrix = RANKABLE[case]
    middle = np.sort(matrix * DIRECTIONS, axis=0)[1:3] * DIRECTIONS
    result = evaluate("electre_tri", matrix, WEIGHTS, DIRECTIONS, profiles=middle)
    best, *others, worst = result.scores.tolist()
    assert best == 2
    assert worst <= min(others)
    assert result.ranks[0] == 1


def test_weights_that_reach_the_cut_exactly_agree() -> None:
    """11 and 2 of 20 are 0.65, and in floats a little less."""
    result = evaluate("electre_tri", [[1, 1, 0]], [11, 2, 7], [1, 1, 1], profiles=[[1, 1, 1]], cut=0.65)
    assert result.scores.tolist() == [1]


def test_a_veto_keeps_out_whom_the_majority_lets_in() -> None:
    """Far below in one criterion: class 0 with the veto, class 1 without."""
    problem: Any = ([[9, 9, 0]], [4, 4, 2], [1, 1, 1])
    assert evaluate("electre_tri", *problem, profiles=[[8, 8, 8]], q=1, p=2).scores.tolist() == [1]
    assert evaluate("electre_tri", *problem, profiles=[[8, 8, 8]], q=1, p=2, v=4).scores.tolist() == [0]
    assert evaluate("electre_tri", *problem, profiles=[[8, 8, 8]], q=1, p=2, v=[3, 3, None]).scores.tolist() == [1]


def test_a_criterion_of_weight_zero_has_no_veto() -> None:
    """Weight 0 changes nothing, not even where its thresholds and profiles have no meaning."""
    settings: dict[str, Any] = {"profiles": [[8, 5], [9, 1]], "q": [1, 5], "p": [2, 1], "v": [3, 0]}
    assert evaluate("electre_tri", [[9, -100]], [1, 0], [1, 1], **settings).scores.tolist() == [2]


def test_one_profile_may_be_given_as_one_row() -> None:
    """Two classes need one limit."""
    flat = evaluate("electre_tri", [[9, 9], [1, 1]], [1, 1], [1, 1], profiles=[8, 8])
    assert flat.detail["pessimistic"].tolist() == [1, 0]
    assert evaluate("electre_tri", [], [1, 1], [1, 1], profiles=[8, 8]).scores.tolist() == []


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"profiles": None}, "electre_tri needs profiles: the limits of its classes"),
        ({"profiles": []}, "profiles of electre_tri must have"),
        ({"profiles": [[1, 2, 3]]}, "one per criterion, which are 2 here"),
        ({"profiles": [[1, "2"]]}, "must be made of numbers, and there is '2'"),
        ({"profiles": "abc"}, "profiles of electre_tri must"),
        ({"profiles": [[8, None]]}, "Profile 1 of electre_tri has no finite number in growth"),
        ({"profiles": [[8, np.inf]]}, "Profile 1 of electre_tri has no finite number in growth"),
        ({"profiles": [[8, 8], [12, 7]]}, "from worst to best: profile 2 is worse than the one before it in growth"),
        ({"q": [1, 3]}, "p of electre_tri must not be smaller than q in growth, and it is 2 with q = 3"),
        ({"v": 1}, "v of electre_tri must not be smaller than p in price, and it is 1 with p = 2"),
        ({"q": -1}, "q of electre_tri must be a finite number of 0 or more in price, not -1"),
        ({"q": [0, None]}, "q of electre_tri must be a finite number of 0 or more in growth"),
        ({"cut": 0.3}, "cut of electre_tri must be a number from 0.5 to 1, not '0.3'"),
        ({"cut": np.nan}, "cut of electre_tri must be a number from 0.5 to 1"),
        ({"cut": "high"}, "cut of electre_tri must be made of numbers"),
    ],
)
def test_a_setting_without_a_meaning_is_refused(settings: dict[str, Any], text: str) -> None:
    """In plain words that name the profile, the threshold and the criterion."""
    with pytest.raises(MethodError, match=text):
        evaluate("electre_tri", [[10, 9]], [1, 1], [1, 1], criteria=("price", "growth"), **{**GRADES, **settings})
