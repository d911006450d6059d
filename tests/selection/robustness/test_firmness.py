"""The verdict follows its stated thresholds, and every figure in its sentences is one that was computed."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from criteria import parse_profile
from criteria.editing_weights import set_weighting
from criteria.errors import MethodError, RunError
from criteria.text import render
from criteria.weights import rank_order_centroid
from selection import Candidates, rank
from selection.departure import label
from selection.robustness import acceptability, firmness, rules
from selection.robustness.firmness import CLEAR_MARGIN, CLEAR_SHARE, TIE_MARGIN, verdict
from selection.robustness.firmness_words import of_100
from tests.strategies import problems, random_problem

CURVE = {"floor": 0, "qualified": 50, "ideal": 100}


def ranking(rows: dict[str, list[float]], must: float | None = None, **profile: object):
    """Rank named candidates on three criteria a, b, c that are on the scale already."""
    criteria = [{"id": key, "title": key.upper(), "curve": CURVE} for key in "abc"]
    if must is not None:
        criteria[0]["gate"] = [{"kind": "hard", "limit": must}]  # type: ignore[assignment]
    standard = parse_profile({"name": "p", "criteria": criteria, **profile})
    frame = pd.DataFrame(rows.values(), columns=list("abc"))
    frame.insert(0, "id", [f"c{i}" for i in range(len(rows))])
    frame.insert(1, "name", list(rows))
    return rank(Candidates.from_frame(frame, standard), standard)


def said(found) -> list[str]:
    """Return the sentences in English."""
    return [str(sentence) for sentence in found.sentences]


# --- the five verdicts ------------------------------------------------------------------------------------------------


def test_a_clear_lead() -> None:
    """Better at everything: clear, first in all trials, and what one value would have to become."""
    found = firmness(ranking({"Nordlicht": [80, 80, 80], "Rhein": [60, 60, 60]}))
    assert (found.verdict, found.first, found.second, found.margin, found.share) == ("clear", 0, 1, 20.0, 1.0)
    assert said(found)[:2] == [
        "Nordlicht leads clearly (80.0 to 60.0 for Rhein).",
        "With every weight moved up or down by up to a fifth, it stays first in 100 of 100 trials.",
    ]


def test_a_close_call_names_who_else_comes_first() -> None:
    """A lead of one point that weights can turn: narrow, with both shares, and the weight that turns it."""
    found = firmness(ranking({"Nordlicht": [90, 60, 60], "Rhein": [60, 74, 73]}))
    assert (found.verdict, found.margin) == ("close", 1.0)
    assert found.share is not None
    assert 0.5 < found.share < CLEAR_SHARE
    won = of_100(found.share)
    assert said(found)[0] == "Nordlicht leads narrowly (70.0 to 69.0 for Rhein)."
    assert said(found)[1].endswith(f"it stays first in {won} of 100 trials; Rhein comes first in {100 - won}.")
    assert "for Rhein to lead" in said(found)[2]


def test_a_wide_lead_that_does_not_hold_is_not_called_narrow() -> None:
    """Ten points ahead, but all of them on values nobody knows: close, not firmly."""
    found = firmness(ranking({"Nordlicht": [100, np.nan, np.nan], "Rhein": [56, 56, 56]}))
    assert found.verdict == "close"
    assert said(found)[0] == "Nordlicht leads, but not firmly (66.7 to 56.0 for Rhein)."
    assert "and unsure values anywhere in their range" in said(found)[1]


def test_ties_are_ties() -> None:
    """Equal totals, totals that look equal, and three at once: a tie that names who, and says no swap."""
    equal = firmness(ranking({"Nordlicht": [80, 40, 60], "Rhein": [40, 80, 60]}))
    near = firmness(ranking({"Nordlicht": [80, 40, 60.2], "Rhein": [40, 80, 60]}))
    three = firmness(ranking({"Nordlicht": [80, 40, 60], "Rhein": [40, 80, 60], "Elbe": [60, 60, 60]}))
    assert [found.verdict for found in (equal, near, three)] == ["tie"] * 3
    assert said(equal)[0] == "Nordlicht and Rhein are level: both have 60.0."
    assert said(near)[0] == "Nordlicht and Rhein are as good as level (60.1 to 60.0)."
    assert said(three)[0] == "Nordlicht, Rhein and 1 more are level at 60.0."
    assert re.search(r"Nordlicht comes first in \d+ of 100 trials, Rhein in \d+\.$", said(equal)[1])
    assert len(equal.sentences) == 2


def test_all_who_share_the_second_place_are_named() -> None:
    """Two runners-up are both named; of four only one is."""
    rows = {"Nordlicht": [80, 80, 80], "Rhein": [60, 60, 60], "Elbe": [60, 60, 60]}
    assert said(firmness(ranking(rows)))[0] == "Nordlicht leads clearly (80.0 to 60.0 for Rhein, Elbe)."
    rows |= {"Oder": [60, 60, 60], "Spree": [60, 60, 60]}
    assert said(firmness(ranking(rows)))[0] == "Nordlicht leads clearly (80.0 to 60.0 for Rhein)."


def test_one_and_nobody() -> None:
    """The only qualified candidate and an empty ranking have their sentence, and nothing that was not computed."""
    alone = firmness(ranking({"Nordlicht": [80, 80, 80], "Rhein": [10, 60, 60]}, must=50))
    assert (alone.verdict, alone.second, alone.margin, alone.share) == ("alone", None, None, 1.0)
    assert said(alone) == ["Nordlicht is the only qualified candidate (80.0)."]
    nobody = firmness(ranking({"Rhein": [10, 60, 60]}, must=50))
    assert (nobody.verdict, nobody.first, nobody.share, nobody.acceptability) == ("nobody", None, None, None)
    assert said(nobody) == [
        "No candidate meets every must-have. See who came nearest under “Eliminated”, or keep searching."
    ]
    assert nobody.to_dict()["candidates"] == []


def test_who_is_to_be_verified_and_could_pass() -> None:
    """A pending candidate whose best total is above the first's is told; one that cannot pass is not."""
    rows = {"Nordlicht": [80, 80, 80], "Rhein": [60, 60, 60], "Havel": [np.nan, 90, 90], "Oder": [np.nan, 70, 70]}
    found = firmness(ranking(rows, must=50))
    assert said(found)[0] == "Of the qualified, Nordlicht leads clearly (80.0 to 60.0 for Rhein)."
    assert said(found)[-1] == "Havel is still to be verified and could pass it (60.0 to 93.3)."
    rows["Spree"] = [np.nan, 95, 95]
    assert said(firmness(ranking(rows, must=50)))[-1] == (
        "2 candidates are still to be verified and could pass it, Spree most of all (63.3 to 96.7)."
    )


def test_a_first_below_the_line_is_told() -> None:
    """Leading with less than the qualified line is no qualification."""
    found = firmness(ranking({"Nordlicht": [40, 40, 40], "Rhein": [30, 30, 30]}, minimum_total=50))
    assert said(found)[1] == "No total reaches the qualified line of 50.0 yet."


def test_the_words_of_the_thresholds() -> None:
    """The rules name the constants that decide, and the constants decide at their value."""
    assert str(rules()) == (
        f"A lead is clear when it is {CLEAR_MARGIN:.1f} points or more and the first stays first in "
        f"{100 * CLEAR_SHARE:.0f} of 100 trials or more; totals less than {TIE_MARGIN:.1f} points apart are a tie; "
        "everything between is close."
    )
    assert verdict(2, CLEAR_MARGIN, CLEAR_SHARE) == "clear"
    assert verdict(2, CLEAR_MARGIN - 1e-6, 1.0) == verdict(2, 50.0, CLEAR_SHARE - 1e-6) == "close"
    assert (verdict(2, TIE_MARGIN, 0.5), verdict(2, TIE_MARGIN - 1e-6, 1.0)) == ("close", "tie")


# --- what is drawn ----------------------------------------------------------------------------------------------------


def test_the_answers_go_before_the_spread() -> None:
    """Over all weights that keep an order the lead is another than around the scenario, and the sentence says so."""
    board = ranking({"Nordlicht": [90, 60, 60], "Rhein": [60, 74, 73]})
    found = firmness(board, open_weights=[[0, -1, 1], [-1, 0, 1]])  # C matters at least as much as A and B
    assert found.answers
    assert found.to_dict()["spread"] is None
    assert said(found)[1].startswith("Over all weights that the answers leave open, it stays first in")
    assert found.share is not None
    assert found.share < firmness(board).share


def test_the_answers_behind_a_scenario_are_found_by_themselves() -> None:
    """A scenario that was put in order is judged over all weights that keep the order, unless told otherwise."""
    board = ranking({"Nordlicht": [90, 60, 60], "Rhein": [60, 74, 73]}, scenarios={"s": {"a": 1, "b": 1, "c": 1}})
    order = rank_order_centroid({"b": 1, "a": 2, "c": 3}).values
    answers = {"order": ["b", "a", "c"]}
    standard = set_weighting(board.original[1], "s", "order", answers, order)
    ordered = rank(board.original[0], standard)
    found = firmness(ordered)
    assert found.answers
    assert said(found)[1].startswith("Over all weights that the answers leave open")
    given = firmness(ordered, open_weights=[[-1, 1, 0], [1, 0, -1]])
    assert found.share == given.share
    assert not firmness(ordered, open_weights=None).answers


def test_another_spread_is_said_as_it_is() -> None:
    """A spread of 10 % is no fifth."""
    board = ranking({"Nordlicht": [90, 60, 60], "Rhein": [60, 74, 73]})
    assert said(firmness(board, spread=0.1))[1].startswith("With every weight moved up or down by up to 10 %, it")


def test_assessors_who_disagree_make_a_lead_less_firm() -> None:
    """Ratings over the panel's spread take part in the trials."""
    standard = parse_profile({"name": "p", "criteria": [{"id": "staff", "kind": "judged"}]})
    frame = pd.DataFrame({"id": ["a", "b"], "name": ["A", "B"], "staff": [4.0, 3.5]})
    board = rank(Candidates.from_frame(frame, standard), standard)
    assert firmness(board).verdict == "clear"
    wide = firmness(board, spreads={"staff": ([3.0, 3.0], [5.0, 4.0])})
    assert wide.verdict == "close"
    # A uniform in 50..100 against one in 50..75: the first is higher in 3 of 4.
    assert wide.share == pytest.approx(0.75, abs=0.03)


def test_what_does_not_apply_is_no_zero() -> None:
    """A criterion that does not apply to the leader takes its weight out of the trials too."""
    board = ranking({"Nordlicht": [80, "not applicable", 80], "Rhein": [70, 70, 70]})  # type: ignore[list-item]
    found = firmness(board)
    assert (found.verdict, found.margin, found.share, found.open_values) == ("clear", 10.0, 1.0, False)


def test_rows_of_several_regions_are_told_apart() -> None:
    """With one row per candidate and region a name carries its region; per region the verdict is that region's."""
    standard = parse_profile({"name": "p", "criteria": [{"id": "a", "curve": CURVE}], "regions": {"DE": {}, "FR": {}}})
    frame = pd.DataFrame(
        {"id": ["x", "x", "y", "y"], "name": ["X", "X", "Y", "Y"], "region": ["DE", "FR"] * 2, "a": [90, 40, 60, 70]}
    )
    pool = Candidates.from_frame(frame, standard)
    assert said(firmness(rank(pool, standard)))[0] == "X · DE leads clearly (90.0 to 70.0 for Y · FR)."
    france = firmness(rank(pool, standard, "FR"))
    assert said(france)[0] == "Y leads clearly (70.0 to 40.0 for X)."
    assert [entry["region"] for entry in france.to_dict()["candidates"]] == ["FR", "FR"]


def test_two_of_one_name_are_told_apart() -> None:
    """Two candidates called the same carry their ids."""
    board = ranking({"Havel": [80, 80, 80], "Oder": [60, 60, 60]})
    frame = board.candidates.frame.assign(name=["Havel", "Havel"])
    same = rank(Candidates.from_frame(frame, board.profile), board.profile)
    assert (label(board, 0), label(same, 0)) == ("Havel", "Havel (c0)")


@given(problems(smallest=1), st.randoms(use_true_random=False))
def test_any_problem_has_a_verdict_that_the_order_of_the_file_does_not_change(problem, shuffle) -> None:
    """Gates, gaps, categories, regions: always a verdict in three languages and JSON; the same for shuffled rows."""
    profile, frame = problem
    order = shuffle.sample(range(len(frame)), len(frame))
    found, mixed = (
        firmness(rank(Candidates.from_frame(table, profile), profile), draws=40)
        for table in (frame, frame.iloc[order].reset_index(drop=True))
    )
    assert found.sentences
    for language in ("en", "zh-Hans", "zh-Hant"):
        assert all(render(sentence, language) for sentence in found.sentences)
    once, again = (json.dumps(part.to_dict(), allow_nan=False) for part in (found, mixed))
    assert once == again
    assert found.share is None or 0 <= found.share <= 1


@given(problems(gated=False, gaps=False, smallest=2))
def test_the_share_is_that_of_the_kernel(problem) -> None:
    """Without gaps the share is what `acceptability` gives for the same weights, spread, draws and seed."""
    profile, frame = problem
    board = rank(Candidates.from_frame(frame, profile), profile)
    found = firmness(board, draws=40, seed=5)
    assume(not found.open_values and len(found.rows) > 1)  # a column that is missing leaves a gap
    scored = [(j, c) for j, c in enumerate(board.profile.criteria) if c.is_scored]
    values = np.zeros((len(found.rows), len(board.profile.criteria)))
    for place, row in enumerate(found.rows.tolist()):
        figures = board.figures(row).values
        values[place, [j for j, _ in scored]] = [figures[c.id] or 0.0 for _, c in scored]
    expected = acceptability(values, board.weights, 40, 0.2, 5)
    assert found.share == expected.first_share[0]


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Twice the same verdict to the byte; another seed draws others."""
    profile, frame = random_problem(3, 60, 6)
    board = rank(Candidates.from_frame(frame, profile), profile)
    first, second, other = (firmness(board, draws=300, seed=seed) for seed in (1, 1, 2))
    assert json.dumps(first.to_dict()) == json.dumps(second.to_dict())
    assert first.acceptability is not None
    assert other.acceptability is not None
    assert first.acceptability.central_weights.tobytes() != other.acceptability.central_weights.tobytes()


def test_what_cannot_be_asked_is_refused() -> None:
    """No draws, and a ranking by another method, are refused in a sentence."""
    board = ranking({"Nordlicht": [80, 80, 80], "Rhein": [60, 60, 60]})
    with pytest.raises(RunError, match="draws"):
        firmness(board, draws=0)
    by_topsis = rank(*board.original, method="topsis")
    with pytest.raises(MethodError, match="topsis"):
        firmness(by_topsis)


def test_trials_of_a_hundred_never_round_to_all_or_none() -> None:
    """All of 100 is said only where it was all of them, none only where it was none."""
    assert [of_100(share) for share in (0.0, 0.0005, 0.004, 0.5, 0.996, 0.9999, 1.0)] == [0, 1, 1, 50, 99, 99, 100]
