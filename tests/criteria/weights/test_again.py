"""Recorded answers: computed once more, what they leave open, and how they are told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import editing_weights as weigh
from criteria import load_profile, parse_profile
from criteria.errors import WeightsError
from criteria.model import Weighting
from criteria.text import render
from criteria.weights import polytope, rank_order_centroid
from criteria.weights.again import MODELS, again, compute
from criteria.weights.still_open import open_weights
from criteria.weights.words import how, how_of

ABC = ["solvency", "sales_growth", "location_quality"]
PAIRS = {"criteria": ABC, "judgements": [[ABC[0], ABC[1], 2], [ABC[1], ABC[2], 3], [ABC[2], ABC[0], 1 / 4]]}
ENDS = {
    "best": "solvency", "worst": "operating_years", "model": "nonlinear",
    "best_to_others": {"sales_growth": 2, "location_quality": 4, "cooperation_attitude": 3, "operating_years": 8},
    "others_to_worst": {"sales_growth": 4, "location_quality": 2, "cooperation_attitude": 3},
}  # fmt: skip
CHOICES = {
    "criteria": ABC,
    "answers": [
        {"first": [100, 50, 50], "second": [50, 100, 50], "choice": "first"},
        {"first": [50, 100, 50], "second": [50, 50, 100], "choice": "unsure"},
    ],
}
PEOPLE = {"people": {"Ann": {"solvency": 3, "sales_growth": 1}, "Bo": {"sales_growth": 3, "solvency": 1}}}
DATA = {"criteria": ABC[:2], "values": [[10, 50], [90, 60], [20, 55]]}
GIVEN = {
    "equal": {"criteria": ABC}, "order": {"order": ABC}, "points": {"points": {ABC[0]: 3, ABC[1]: 1}},
    "swing": {"points": {ABC[0]: 100, ABC[1]: 40, ABC[2]: 0}}, "ahp": PAIRS, "best_worst": ENDS, "tradeoff": CHOICES,
    "entropy": DATA, "critic": DATA, "people": PEOPLE,
}  # fmt: skip


@pytest.fixture
def seven():
    """Return the default template."""
    return load_profile("seven_factors")


def weighed(profile, way, answers):
    """Return *profile* with the weights that *answers* give in its first scenario."""
    found = compute(way, answers)
    weights = dict(zip(found.criteria, found.weights.values.tolist(), strict=True))
    return weigh.set_weighting(profile, "balanced", way, answers, weights)


def told(profile):
    """Return how the first scenario came about, in English."""
    return " ".join(map(render, how_of(profile, "balanced")))


# --- computed again ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", MODELS)
def test_every_way_is_computed_from_its_answers_and_holds_in_the_standard(seven, way):
    """What is recorded gives the weights that were written, to the fourth decimal of a point."""
    profile = weighed(seven, way, GIVEN[way])
    assert profile.weighting["balanced"].answers == GIVEN[way]
    found = again(profile.weighting["balanced"])
    weights = dict(zip(found.criteria, found.weights.values.tolist(), strict=True))
    assert sum(weights.values()) == pytest.approx(1)
    expected = [weights.get(criterion.id, 0.0) for criterion in profile.criteria]
    assert profile.weights("balanced") == pytest.approx(expected, abs=2e-6)


def test_the_judgements_are_those_of_the_pairs_whichever_side_was_asked():
    """Solvency against location was asked the other way round."""
    matrix = MODELS["ahp"].model_validate(PAIRS).matrix()
    assert matrix[0, 1] == 2
    assert matrix[2, 0] == 1 / 4
    assert np.isnan(matrix[1, 0])


@pytest.mark.parametrize(
    ("way", "answers"),
    [
        ("equal", {}),
        ("order", {"order": "abc"}),
        ("order", {"order": []}),
        ("order", {"order": ["a", "b", "a"]}),
        ("ahp", {"criteria": [f"c{n}" for n in range(100_000)]}),
        ("points", {"points": {"a": "many"}}),
        ("swing", {"points": {"a": 0}}),
        ("ahp", {"criteria": []}),
        ("ahp", {"criteria": ["a", "b"]}),
        ("ahp", {"criteria": ["a", "b"], "judgements": [["a", "c", 2]]}),
        ("ahp", {"criteria": ["a", "b"], "judgements": [["a", "b"]]}),
        ("best_worst", {"best": "a"}),
        ("best_worst", {"best": "a", "worst": "a", "best_to_others": {"b": 2}, "others_to_worst": {"b": 2}}),
        ("tradeoff", {"criteria": ["a", "b"], "answers": [{"first": [1], "second": [2], "choice": "first"}]}),
        ("tradeoff", {"criteria": ["a"], "answers": [{"first": [1], "second": [2], "choice": "perhaps"}]}),
        ("entropy", {"candidates": 12}),
        ("critic", {"criteria": ["a"], "values": [[1, 2], [3, 4]]}),
        ("people", {"people": {}}),
        ("people", {"people": {"Ann": {"a": -1}}}),
    ],
)
def test_answers_that_give_no_weights_are_told_and_never_a_traceback(seven, way, answers):
    """Incomplete, hostile or from another program: refused when asked for, None when only looked at."""
    with pytest.raises(WeightsError):
        compute(way, answers)
    weighting = Weighting(way=way, answers=answers)
    assert again(weighting) is None
    assert all(render(sentence) for sentence in how(weighting, seven))


def test_a_refusal_names_the_criteria_by_their_titles():
    """Where titles are given."""
    with pytest.raises(WeightsError, match="“Growth” is compared with “Solvency” neither"):
        compute("ahp", {"criteria": ABC[:2]}, {"solvency": "Solvency", "sales_growth": "Growth"})


# --- what is still open -----------------------------------------------------------------------------------------------


def test_an_order_leaves_every_weight_open_that_keeps_it(seven):
    """Recorded or only visible in the numbers; who does not count goes on to weigh nothing."""
    recorded = weighed(seven, "order", GIVEN["order"])
    visible = weigh.set_order(seven, "balanced", ABC)
    for profile in (recorded, visible):
        rows = open_weights(profile, "balanced")
        drawn = polytope.sample(rows, 200, 1)
        ids = [criterion.id for criterion in profile.criteria]
        a, b, c = (drawn[:, ids.index(key)] for key in ABC)
        assert (a >= b - 1e-12).all()
        assert (b >= c - 1e-12).all()
        assert a + b + c == pytest.approx(np.ones(200))
        centre = polytope.centre(rows)
        assert centre[[ids.index(key) for key in ABC]] == pytest.approx(rank_order_centroid([1, 2, 3]).values)


def test_choices_leave_open_what_agrees_with_them(seven):
    """Solvency at least growth; the unsure answer says nothing."""
    profile = weighed(seven, "tradeoff", CHOICES)
    rows = open_weights(profile, "balanced")
    ids = [criterion.id for criterion in profile.criteria]
    bounds = polytope.intervals(rows)
    assert bounds[ids.index("solvency")] == pytest.approx([0, 1], abs=1e-6)
    assert bounds[ids.index("sales_growth")] == pytest.approx([0, 0.5], abs=1e-6)
    assert bounds[ids.index("cooperation_attitude")] == pytest.approx([0, 0], abs=1e-6)
    assert (rows @ profile.weights("balanced") >= -1e-9).all()


def test_nonlinear_best_worst_leaves_its_intervals_open(seven):
    """Rezaei (2016), the car example: the polytope of the ratios has exactly the published intervals."""
    profile = weighed(seven, "best_worst", ENDS)
    rows = open_weights(profile, "balanced")
    bounds = dict(zip((criterion.id for criterion in profile.criteria), polytope.intervals(rows), strict=True))
    published = {
        "solvency": [0.4461, 0.4571], "sales_growth": [0.2145, 0.2289], "location_quality": [0.1085, 0.1176],
        "cooperation_attitude": [0.1563, 0.1602], "operating_years": [0.0548, 0.0561],
    }  # fmt: skip
    for key, interval in published.items():
        assert bounds[key] == pytest.approx(interval, abs=6e-5)


@pytest.mark.parametrize("way", [way for way in MODELS if way not in ("order", "tradeoff", "best_worst")])
def test_exact_ways_leave_nothing_open(seven, way):
    """Points, judgements of pairs, data and people give weights, not a set of them."""
    assert open_weights(weighed(seven, way, GIVEN[way]), "balanced") is None


def test_linear_or_unique_best_worst_leaves_nothing_open(seven):
    """The linear model is always unique; three criteria are in the other one as well."""
    assert open_weights(weighed(seven, "best_worst", ENDS | {"model": "linear"}), "balanced") is None
    three = {"best": ABC[0], "worst": ABC[2], "best_to_others": {ABC[1]: 2, ABC[2]: 4},
             "others_to_worst": {ABC[1]: 3}, "model": "nonlinear"}  # fmt: skip
    assert open_weights(weighed(seven, "best_worst", three), "balanced") is None


def test_where_other_weights_hold_the_answers_say_nothing(seven):
    """A region that changes a weight, and a file whose points were edited by hand."""
    profile = weighed(seven, "order", GIVEN["order"])
    regional = parse_profile(
        profile.document() | {"regions": {"DE": {"scenarios": {"balanced": {"location_quality": 90}}}, "FR": {}}}
    )
    assert open_weights(regional.for_region("DE"), "balanced") is None
    assert open_weights(regional.for_region("FR"), "balanced") is not None
    document = weighed(seven, "tradeoff", CHOICES).document()
    document["scenarios"]["balanced"] = {"solvency": 1, "sales_growth": 9}
    assert open_weights(parse_profile(document), "balanced") is None
    damaged = profile.document()
    damaged["weighting"]["balanced"]["answers"] = {"order": 5}
    assert open_weights(parse_profile(damaged), "balanced") is None


def test_at_the_desk_only_statements_about_what_counts_there_remain(seven):
    """Years before solvency is kept; solvency before cooperation, which nobody knows yet, is gone."""
    profile = weighed(seven, "tradeoff", {
        "criteria": ["operating_years", "cooperation_attitude", "solvency"],
        "answers": [{"first": [100, 50, 50], "second": [50, 50, 100], "choice": "first"},
                    {"first": [50, 50, 100], "second": [50, 100, 50], "choice": "first"}],
    }).for_stage("desk")  # fmt: skip
    ids = [criterion.id for criterion in profile.criteria]
    assert "cooperation_attitude" not in ids
    bounds = polytope.intervals(open_weights(profile, "balanced"))
    assert bounds[ids.index("operating_years")] == pytest.approx([0.5, 1], abs=1e-6)
    assert bounds[ids.index("solvency")] == pytest.approx([0, 0.5], abs=1e-6)


@given(st.permutations([*ABC, "operating_years"]))
def test_the_weights_that_hold_lie_in_what_is_open(order):
    """Whatever the order."""
    profile = weighed(load_profile("seven_factors"), "order", {"order": order})
    assert (open_weights(profile, "balanced") @ profile.weights("balanced") >= -1e-6).all()


# --- in words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "sentences"),
    [
        ("equal", ["The 3 criteria that count weigh the same."]),
        ("order", ["From an order of 3 criteria: “Solvency” first, “Location” last."]),
        ("points", ["From points for 2 criteria."]),
        ("swing", ["that of “Solvency” is worth most.", "That of “Growth” comes next, with 40 points of 100."]),
        ("ahp", ["From all 3 comparisons of two criteria.", "consistency ratio 0.02, good (0.10 or less)"]),
        ("best_worst", ["most important criterion, “Solvency”, and the least", "Consistency ratio 0.03",
                        "Little is open: no weight can vary by more than 1.4 points of 100."]),
        ("tradeoff", ["From 1 choice between two invented candidates.", "Most open is “Solvency”: 0.0 to 100.0 %."]),
        ("entropy", ["spread (entropy)", "Read off 3 candidates", "describes these candidates, not what matters"]),
        ("critic", ["(CRITIC)", "describes these candidates, not what matters"]),
        ("people", ["The mean of what 2 people gave: Ann, Bo.",
                    "Ann and Bo differ most on “Solvency”: 75.0 % and 25.0 %."]),
    ],
)  # fmt: skip
def test_how_the_weights_came_about_is_told_in_a_sentence_or_two(seven, way, sentences):
    """Every way in words a colleague can check."""
    title = {"solvency": "Solvency", "sales_growth": "Growth", "location_quality": "Location"}
    text = told(weighed(seven, way, GIVEN[way]))
    for key, short in title.items():
        text = text.replace(f"“{seven.by_id[key].title.text()}”", f"“{short}”")
    for sentence in sentences:
        assert sentence in text


def test_contradicting_judgements_are_told_with_the_one_to_look_at_again(seven):
    """Solvency is twice growth, growth three times location, and location five times solvency."""
    answers = PAIRS | {"judgements": [[ABC[0], ABC[1], 2], [ABC[1], ABC[2], 3], [ABC[2], ABC[0], 5]]}
    text = told(weighed(seven, "ahp", answers))
    assert "They contradict each other: consistency ratio" in text
    assert "0.10 or less would be good" in text
    assert "1/6 instead of 5 would make it 0.00." in text


def test_judgements_that_nothing_checks_are_said_to_be_so(seven):
    """Two comparisons of three criteria always fit."""
    text = told(weighed(seven, "ahp", PAIRS | {"judgements": PAIRS["judgements"][:2]}))
    assert "From 2 of 3 comparisons of two criteria" in text
    assert "none checks another" in text


def test_who_answered_and_when_is_told(seven):
    """By name, as text."""
    found = Weighting(way="points", answers=GIVEN["points"], by="{Ann} <b>", date="2026-05-31")
    assert render(how(found, seven)[-1]) == "Answered by {Ann} <b> on 2026-05-31."
    assert render(how(found.model_copy(update={"date": None}), seven)[-1]) == "Answered by {Ann} <b>."
    assert render(how(found.model_copy(update={"by": None}), seven)[-1]) == "Answered on 2026-05-31."


def test_people_who_agree_and_who_stand_apart_are_told(seven):
    """Three people: who is furthest from the mean."""
    three = {"people": {"Ann": {"solvency": 1, "sales_growth": 1}, "Bo": {"solvency": 1, "sales_growth": 1},
                        "Cy": {"solvency": 4, "sales_growth": 1}}}  # fmt: skip
    assert "Cy is furthest from the mean: 20.0 % of the weight would have to move." in told(
        weighed(seven, "people", three)
    )
    two = {"people": {"Ann": {"solvency": 1}, "Bo": {"solvency": 2}}}
    assert "They agree on every weight." in told(weighed(seven, "people", two))
    one = {"people": {"Ann": {"solvency": 1}}}
    assert told(weighed(seven, "people", one)) == "The weights of 1 person: Ann."


def test_a_scenario_without_a_record_is_told_by_its_numbers(seven):
    """Equal weights, and points after an edit."""
    assert told(seven) == "The 7 criteria that count weigh the same."
    assert told(weigh.set_points(seven, "balanced", {"solvency": 5})) == "From points for 7 criteria."
    assert told(weigh.set_equal(seven, "balanced", ["solvency"])) == "Only 1 criterion counts."


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ((100, 100, 100), "So far all jumps from qualified to ideal are worth the same."),
        ((100, 100, 40), "Of all jumps from qualified to ideal, 2 share the first place."),
    ],
)
def test_jumps_that_are_worth_the_same_are_not_put_in_an_order(seven, points, sentence):
    """No jump is called the most important where another one is as important."""
    answers = {"points": dict(zip(ABC, points, strict=True))}
    assert told(weighed(seven, "swing", answers)) == sentence
