"""How weights came about, kept in the standard: written, read, and forgotten when the points change."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import dump_profile, load_profile, parse_profile
from criteria import editing as edit
from criteria import editing_weights as weigh
from criteria.errors import DecisionError, ProfileError, RunError, WeightsError
from criteria.loading import read_yaml
from criteria.model import Weighting

SWING = {"points": {"solvency": 100, "sales_growth": 50, "location_quality": 50}}
SHARES = {"solvency": 0.5, "sales_growth": 0.25, "location_quality": 0.25}


@pytest.fixture
def seven():
    """Return the default template."""
    return load_profile("seven_factors")


@pytest.fixture
def weighed(seven):
    """Return the default template with weights from a question, and a reason."""
    found = weigh.set_weighting(seven, "balanced", "swing", SWING, SHARES, by="Ann", date="2026-05-31")
    return weigh.set_reason(found, "balanced", "solvency", "Credit is our largest loss.")


def document(seven, **weighting):
    """Return the default template as a document with a weighting of its first scenario."""
    return seven.document() | {"weighting": {"balanced": {"way": "points", **weighting}}}


def test_the_weights_are_written_with_how_they_came_about(weighed):
    """Points add up to 100, who is not named weighs nothing, and the record says way, answers, who and when."""
    assert weighed.scenarios["balanced"] == {"solvency": 50, "sales_growth": 25, "location_quality": 25}
    assert weighed.weighting["balanced"] == Weighting(
        way="swing", answers=SWING, by="Ann", date="2026-05-31", reasons={"solvency": "Credit is our largest loss."}
    )
    assert weigh.way_of(weighed, "balanced") == "swing"
    assert weigh.heavy(weighed, "balanced") == ("solvency", "sales_growth", "location_quality")


def test_weights_are_rounded_to_four_decimals_of_a_point(seven):
    """A third is 33.3333 points; weights on any scale are taken."""
    found = weigh.set_weighting(seven, "balanced", "swing", SWING, {"solvency": 2, "sales_growth": 1})
    assert found.scenarios["balanced"] == {"solvency": 66.6667, "sales_growth": 33.3333}


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_the_record_goes_through_files_unchanged(weighed, form):
    """None inside a list, nesting and texts of any script survive; so does the fingerprint's document."""
    answers = {"criteria": ["a"], "judgements": [["a", "b", None]], "deep": [[{"x": [1.5, -2, "伟业 {name}"]}]]}
    kept = parse_profile(weighed.document() | {"weighting": {"balanced": {"way": "ahp", "answers": answers}}})
    text = dump_profile(kept, form)
    again = parse_profile(json.loads(text) if form == "json" else read_yaml(text))
    assert again == kept
    assert again.weighting["balanced"].answers == answers


def test_a_standard_without_a_record_is_written_as_before(seven):
    """No empty key appears in files that have none."""
    assert "weighting" not in seven.document()
    assert "weighting" not in dump_profile(seven)


@pytest.mark.parametrize(
    ("weighting", "sentence"),
    [
        ({"nobody": {"way": "points"}}, "Weighting: there is no “nobody”"),
        ({"balanced": {"way": "dice"}}, "must be one of"),
        ({"balanced": {"wya": "points"}}, "Did you mean “way”"),
        ({"balanced": {}}, "way” is missing"),
        ({"balanced": {"way": "points", "reasons": {"solvancy": "x"}}}, "Did you mean “solvency”"),
        ({"balanced": {"way": "points", "reasons": {"solvency": "x" * 2001}}}, "not as it should be"),
        ({"balanced": {"way": "points", "date": "31.5.2026"}}, "written as 2026-05-31"),
        ({"balanced": {"way": "points", "date": "20260531"}}, "written as 2026-05-31"),
        ({"balanced": {"way": "points", "answers": {"x": float("nan")}}}, "finite numbers"),
        ({"balanced": {"way": "points", "answers": {"x": 10**400}}}, "finite numbers"),
        ({"balanced": {"way": "points", "answers": {"x": True}}}, "finite numbers"),
        ({"balanced": {"way": "points", "answers": {"x": {1: 2}}}}, "named groups"),
        ({"balanced": {"way": "points", "answers": {"x": [[[[[[[1]]]]]]]}}}, "lists"),
        ({"balanced": {"way": "points", "answers": [1]}}, "not as it should be"),
        ([], "not as it should be"),
    ],
)
def test_a_wrong_record_is_refused_with_its_place(seven, weighting, sentence):
    """As everywhere: a sentence, never a traceback, and the nearest right name."""
    with pytest.raises(DecisionError, match=sentence):
        parse_profile(seven.document() | {"weighting": weighting})


def test_editing_the_points_forgets_how_the_old_ones_came_about_but_not_the_reasons(weighed):
    """What is typed now is typed; why solvency matters stays written down."""
    typed = weigh.set_points(weighed, "balanced", {"solvency": 60})
    assert weigh.way_of(typed, "balanced") == "points"
    assert typed.weighting["balanced"].answers == {}
    assert weigh.reasons_of(typed, "balanced") == {"solvency": "Credit is our largest loss."}
    bare = weigh.set_reason(weighed, "balanced", "solvency", "  ")
    assert weigh.set_points(bare, "balanced", {"solvency": 60}).weighting == {}


@pytest.mark.parametrize("setting", ["equal", "order"])
def test_equal_and_order_forget_it_too(weighed, setting):
    """The way is read off the numbers again, also where a reason stays."""
    counting = list(weighed.by_id)
    set_ = weigh.set_equal if setting == "equal" else weigh.set_order
    assert weigh.way_of(set_(weighed, "balanced", counting), "balanced") == setting


def test_other_scenarios_and_other_changes_leave_the_record_alone(weighed):
    """A curve, a must-have and the points of another scenario are not how these weights came about."""
    changed = edit.set_gates(weighed, "solvency", [])
    changed = weigh.set_points(changed, "cautious", {"solvency": 60})
    changed = edit.set_curve(changed, "operating_years", {"floor": 0, "qualified": 1, "ideal": 2})
    assert changed.weighting == weighed.weighting


def test_a_criterion_that_comes_or_goes_changes_the_weights_and_so_ends_the_record(weighed):
    """With one that weighs nothing the record stays, without a reason for what is gone."""
    assert weigh.way_of(edit.add_from_library(weighed, "company_size"), "balanced") == "points"
    without = edit.remove_criterion(weighed, "solvency")
    assert without.weighting == {}
    reasoned = weigh.set_reason(weighed, "balanced", "operating_years", "Not in this market.")
    idle = edit.remove_criterion(reasoned, "operating_years")
    assert idle.weighting["balanced"].way == "swing"
    assert list(idle.weighting["balanced"].reasons) == ["solvency"]


def test_copies_and_new_names_take_the_record_along(weighed):
    """And a deleted scenario takes it away."""
    copied = weigh.copy_scenario(weighed, "balanced", "Mine")
    assert copied.weighting["Mine"] == weighed.weighting["balanced"] == copied.weighting["balanced"]
    renamed = weigh.rename_scenario(weighed, "balanced", "Even")
    assert list(renamed.weighting) == ["Even"]
    assert weigh.delete_scenario(copied, "balanced").weighting == {"Mine": weighed.weighting["balanced"]}


def test_regions_and_stages_keep_the_record(weighed):
    """It says how the global weights came about."""
    regional = parse_profile(weighed.document() | {"regions": {"DE": {"minimum_total": 60}}})
    assert regional.for_region("DE").weighting == weighed.weighting
    assert weighed.for_stage("desk").weighting == weighed.weighting


def test_the_implicit_equal_scenario_can_have_a_record():
    """A standard without scenarios gets one."""
    bare = parse_profile({"name": "x", "criteria": [{"use": "operating_years"}, {"use": "company_size"}]})
    found = weigh.set_weighting(bare, "equal", "swing", {"points": {}}, {"operating_years": 3, "company_size": 1})
    assert found.weights("equal").tolist() == [0.75, 0.25]
    assert found.weighting["equal"].way == "swing"
    assert weigh.set_reason(bare, "equal", "company_size", "Why not").weighting["equal"].reasons == {
        "company_size": "Why not"
    }
    assert weigh.way_of(weigh.set_reason(bare, "equal", "company_size", "Why not"), "equal") == "equal"


def test_refusals_leave_the_old_standard(weighed):
    """No such criterion, all zero, a date that is none, an answer that is no plain value, a text beyond all measure."""
    with pytest.raises(RunError, match="no criterion “x”"):
        weigh.set_weighting(weighed, "balanced", "swing", {}, {"x": 1})
    with pytest.raises(RunError, match="no criterion “x”"):
        weigh.set_reason(weighed, "balanced", "x", "why")
    with pytest.raises(WeightsError, match="All weights are zero"):
        weigh.set_weighting(weighed, "balanced", "swing", {}, {"solvency": 0})
    with pytest.raises(WeightsError, match="“Solvency”"):
        weigh.set_weighting(weighed, "balanced", "swing", {}, {"solvency": float("nan"), "sales_growth": 1})
    with pytest.raises(ProfileError, match="2026-05-31"):
        weigh.set_weighting(weighed, "balanced", "swing", {}, SHARES, date="today")
    with pytest.raises(ProfileError, match="finite"):
        weigh.set_weighting(weighed, "balanced", "swing", {"x": float("inf")}, SHARES)
    with pytest.raises(ProfileError, match="2000 characters"):
        weigh.set_reason(weighed, "balanced", "solvency", "x" * 2001)
    with pytest.raises(DecisionError):
        weigh.set_weighting(weighed, "balanced", "swing", {}, SHARES, by="x" * 500)


def test_what_the_numbers_show_is_told_like_a_record(seven):
    """Equal, an order and points, each with what it would have been answered with."""
    names = list(seven.by_id)
    assert weigh.weighting_of(seven, "balanced").answers == {"criteria": names}
    ordered = weigh.set_order(seven, "balanced", names[:3])
    assert weigh.weighting_of(ordered, "balanced").answers == {"order": names[:3]}
    typed = weigh.set_points(ordered, "balanced", {names[0]: 10})
    assert set(weigh.weighting_of(typed, "balanced").answers["points"]) == set(names[:3])


@given(
    st.dictionaries(st.sampled_from(["solvency", "sales_growth", "location_quality"]), st.floats(0.01, 1), min_size=1)
)
def test_written_weights_are_the_weights_given(shares):
    """Up to the fourth decimal of a point."""
    profile = weigh.set_weighting(load_profile("seven_factors"), "balanced", "points", {}, shares)
    total = sum(shares.values())
    for criterion, weight in zip(profile.criteria, profile.weights("balanced"), strict=True):
        assert weight == pytest.approx(shares.get(criterion.id, 0) / total, abs=2e-6)
