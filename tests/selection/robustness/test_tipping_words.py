"""What the sentences say, holds: figures are rounded to the side where they suffice, and every one renders."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import assume, given

from criteria import parse_profile
from criteria.text import LANGUAGES, render
from selection import Candidates, rank
from selection.robustness.changes import WeightChange
from selection.robustness.tipping import into_top, one_value, one_weight
from selection.robustness.tipping_words import into_top_sentences, sentence, what_would_change
from tests.selection.robustness.applied import gated, is_swapped, with_value, with_weight

YEARS = {"id": "y", "title": "Years", "unit": "years", "curve": {"floor": 0, "qualified": 5, "ideal": 10}}
DEBT = {"id": "d", "title": "Debt", "unit": "%", "curve": {"floor": 90, "qualified": 60, "ideal": 30}}
STAFF = {"id": "s", "title": "Staff", "kind": "judged"}
RANGE = {
    "id": "r", "title": "Size", "unit": "people",
    "curve": {"low_floor": 0, "low_qualified": 10, "low_ideal": 20, "high_ideal": 40, "high_qualified": 60,
              "high_floor": 80},
}  # fmt: skip
TRADE = {"id": "t", "title": "Trade", "levels": {"none": 0, "some": {"value": 40, "title": "a little"}, "all": 100}}


def two(criteria, first, second, **weights):
    """Return the ranking of A and B on a few criteria."""
    ids = [entry["id"] for entry in criteria]
    profile = parse_profile(
        {"name": "p", "criteria": criteria, "scenarios": {"balanced": weights or dict.fromkeys(ids, 1)}}
    )
    frame = pd.DataFrame([first, second], columns=ids, dtype=object)
    frame.insert(0, "id", ["A", "B"])
    return rank(Candidates.from_frame(frame, profile), profile)


def values_said(ranking):
    """Return the sentence per (criterion, whose value)."""
    return {(c.criterion, "AB"[c.row]): str(sentence(ranking, c)) for c in one_value(ranking, 0, 1)}


def test_a_measured_fact_reads_below_or_at_least_and_a_falling_one_the_other_way():
    """Worse than the bound for the first, the bound for the second; less debt is better."""
    said = values_said(two([YEARS, DEBT], [8, 45], [6, 50]))
    assert said == {
        ("y", "A"): "B would catch up with A if Years of A were below 5.16 years (now: 8 years).",
        ("y", "B"): "B would catch up with A if Years of B were at least 8.84 years (now: 6 years).",
        ("d", "A"): "B would catch up with A if Debt of A were above 62 % (now: 45 %).",
        ("d", "B"): "B would catch up with A if Debt of B were at most 33 % (now: 50 %).",
    }


def test_ratings_levels_ranges_and_unknowns_read_as_what_they_are():
    """A rating is a half point, a level its title, a range the side it stands on, an unknown not yet known."""
    assert values_said(two([STAFF, YEARS], [4, 5], [3.5, 5])) == {
        ("s", "A"): "B would catch up with A if Staff of A were only 3.5 of 5 (now: 4 of 5).",
        ("s", "B"): "B would catch up with A if Staff of B were at least 4 of 5 (now: 3.5 of 5).",
        ("y", "A"): "B would catch up with A if Years of A were below 3.75 years (now: 5 years).",
        ("y", "B"): "B would catch up with A if Years of B were at least 6.25 years (now: 5 years).",
    }
    said = values_said(two([TRADE, YEARS], ["all", 5], ["some", 5]))
    assert said["t", "A"] == "B would catch up with A if Trade of A were “a little” (now: all)."
    said = values_said(two([RANGE, YEARS], [45, 5], [50, 5]))
    assert said["r", "A"] == "B would catch up with A if Size of A were above 50 people (now: 45 people)."
    assert said["r", "B"] == "B would catch up with A if Size of B were 45 people (now: 50 people)."
    said = values_said(two([YEARS, STAFF], [None, 5], [6, 3]))
    assert said["y", "A"] == "B would catch up with A if Years of A were below 1 years (now: not yet known)."


def test_a_must_have_is_said_to_be_missed():
    """Below the limit the first is out; what that does to the totals no longer matters."""
    said = values_said(two([YEARS | {"gate": "hard"}, STAFF | {"gate": "conditional"}], [6, 3], [5, 3]))
    assert said["y", "A"] == "B would catch up with A if Years of A were below 5 years (now: 6 years)."
    assert said["s", "A"] == "A would miss a must-have if its Staff were only 2.5 of 5 (now: 3 of 5)."


def test_weights_are_rounded_to_where_they_suffice_and_never_to_what_they_are():
    """21.04 reads 21.1 % or more, 12.96 reads 12.9 % or less; what is nearly there gets another decimal."""
    ranking = two([YEARS, DEBT], [8, 45], [6, 40])
    for now, needed, said in ((0.15, 0.2104, "21.1 % or more instead of 15.0 %"),
                              (0.15, 0.12962, "12.9 % or less instead of 15.0 %"),
                              (0.1496, 0.14996, "15.00 % or more instead of 14.96 %")):  # fmt: skip
        assert said in str(sentence(ranking, WeightChange("y", now, needed, 0, 1)))


def test_who_leads_then_is_said_to_lead_else_to_catch_up():
    """B leads once Years weighs less; behind a third one it would only catch up."""
    ranking = two([YEARS, DEBT], [10, 60], [5, 45])  # 100 and 50 against 50 and 75
    assert str(sentence(ranking, one_weight(ranking, 0, 1))) == (
        "Years would have to weigh 33.3 % or less instead of 50.0 % for B to lead."
    )
    frame = pd.DataFrame({"id": ["A", "B", "C"], "y": [10.0, 5, 7], "d": [60.0, 45, 42]})  # C: 70 and 80
    three = rank(Candidates.from_frame(frame, ranking.profile), ranking.profile)
    assert three.ranked_rows.tolist() == [0, 2, 1] or three.ranked_rows.tolist() == [2, 0, 1]
    first = int(three.ranked_rows[0])
    assert "for B to lead" not in " ".join(map(str, what_would_change(three, first, 1)))


def test_what_cannot_be_is_said_in_a_sentence():
    """Better on nothing; the same total; nothing of one's own that is enough."""
    worse = what_would_change(two([YEARS, DEBT], [10, 30], [1, 80]), 0, 1)
    assert [str(one) for one in worse] == [
        "No weights put B above A: it is better on nothing that counts.",
        "No single value of either lets B catch up with A.",
    ]
    same = what_would_change(two([YEARS], [6], [6]), 0, 1)
    assert [str(one) for one in same] == [
        "A and B have the same total: any change of a value that counts decides between them."
    ]
    ranking = two([YEARS, DEBT], [10, 30], [1, 80])
    assert [str(one) for one in into_top_sentences(ranking, into_top(ranking, 1, 1))] == [
        "No weights and no single value of its own bring B among the first 1."
    ]


def test_the_order_in_which_two_are_asked_about_does_not_matter():
    """The one behind is always the one who would have to catch up."""
    ranking = two([YEARS, DEBT], [8, 45], [6, 40])
    assert what_would_change(ranking, 0, 1) == what_would_change(ranking, 1, 0)


NUMBER = re.compile(r"were (below |above |at least |at most |)(-?[\d.]+)")


@given(gated())
def test_the_figure_in_the_sentence_suffices(problem):
    """Entered as it is written (a hair beyond “below” and “above”), the value swaps the two."""
    profile, frame = problem
    ranking = rank(Candidates.from_frame(frame, profile), profile)
    assume(len(ranking.ranked_rows) >= 2)
    first, second = int(ranking.ranked_rows[0]), int(ranking.ranked_rows[-1])
    for change in one_value(ranking, first, second):
        text = str(sentence(ranking, change))
        said = NUMBER.search(text)
        if said is None or "scale" in text or profile.by_id[change.criterion].composite is not None:
            continue
        hair = {"below ": -1e-6, "above ": 1e-6}.get(said[1], 0.0)
        after = with_value(profile, frame, change.row, change.criterion, float(said[2]) + hair)
        assert is_swapped(after, first, second)
    found = one_weight(ranking, first, second)
    if found is not None:
        shown = re.search(r"weigh ([\d.]+) %", str(sentence(ranking, found)))
        assert shown is not None
        assert is_swapped(with_weight(ranking, found.criterion, float(shown[1]) / 100), first, second)


@given(gated())
def test_every_sentence_renders_in_every_language(problem):
    """For any two ranked, and for the last one on its way up."""
    profile, frame = problem
    ranking = rank(Candidates.from_frame(frame, profile), profile)
    assume(len(ranking.ranked_rows) >= 2)
    first, last = int(ranking.ranked_rows[0]), int(ranking.ranked_rows[-1])
    said = [
        *what_would_change(ranking, first, last), *into_top_sentences(ranking, into_top(ranking, last, 1)),
        *(sentence(ranking, change) for change in one_value(ranking, first, last)),
    ]  # fmt: skip
    assert 1 <= len(what_would_change(ranking, first, last)) <= 3
    for language in LANGUAGES:
        assert all(render(message, language).strip() for message in said)


@pytest.mark.parametrize("name", ["{first}", "x" * 500, "<b>A</b>", "=1+1"])
def test_names_are_text(name):
    """Braces, markup and length of a name change nothing but the name."""
    ranking = two([YEARS, DEBT], [8, 45], [6, 40])
    frame = ranking.candidates.frame.assign(name=[name, "B"])
    hostile = rank(Candidates(frame), ranking.profile)
    said = str(sentence(hostile, one_value(hostile, 0, 1)[0]))
    assert (name[:59] in said) or (name in said)
