"""Changes of a standard: each gives a valid profile, or a sentence and the old one untouched."""

from __future__ import annotations

import pytest

from criteria import dump_profile, library, load_profile, parse_profile, template_names
from criteria import editing as edit
from criteria import editing_regions as regions
from criteria import editing_swap as swap
from criteria import editing_weights as weigh
from criteria.errors import DecisionError, ProfileError, WeightsError
from criteria.loading import read_yaml
from criteria.text import LANGUAGES


@pytest.fixture
def seven():
    """Return the default template."""
    return load_profile("seven_factors")


@pytest.fixture
def regional(seven):
    """Return the default template with a region, a segment inside it and a group."""
    change = {"criteria": {"operating_years": {"curve": {"floor": 0, "qualified": 2, "ideal": 8}}},
              "scenarios": {"balanced": {"location_quality": 2}}}  # fmt: skip
    document = seven.document() | {
        "regions": {"DE": change, "DE · hospitals": {"inherits": "DE"}, "TH": {}},
        "region_groups": {"SEA": ["TH", "VN"]},
    }
    return parse_profile(document)


def round_trip(profile):
    """Return what a file of *profile* loads as."""
    return parse_profile(read_yaml(dump_profile(profile)))


@pytest.mark.parametrize("template", ["seven_factors", "medical"])
def test_every_library_criterion_can_be_added_to_every_template_and_taken_out_again(template):
    """Adding and removing gives back the same criteria and weights."""
    start = load_profile(template)
    for key in library():
        if key in start.by_id:
            continue
        with_it = edit.add_from_library(start, key)
        assert key in with_it.by_id
        back = edit.remove_criterion(with_it, key)
        assert set(back.by_id) == set(start.by_id)
        assert back.scenarios == start.scenarios


def test_a_new_criterion_weighs_as_much_as_the_average(seven):
    """With seven equal weights an eighth one counts an eighth."""
    added = edit.add_from_library(seven, "company_size")
    assert added.weights("balanced")[-1] == pytest.approx(1 / 8)


def test_a_hard_must_have_comes_without_weight(seven):
    """A licence is a condition, not a merit."""
    added = edit.add_from_library(seven, "licences_valid")
    assert added.weights("balanced")[-1] == 0
    assert added.by_id["licences_valid"].gates[0].kind == "hard"


def test_a_composite_brings_its_figures_without_weights_and_takes_them_along(seven):
    """Solvency is made of seven figures; together they weigh what the rating weighed."""
    figures = swap.replace_by_figures(seven, "solvency")
    assert figures.by_id["solvency"].composite == library()["solvency"].composite
    assert set(library()["solvency"].composite) <= set(figures.by_id)
    assert figures.scenarios == seven.scenarios
    assert figures.by_id["solvency"].gates[0].kind == "conditional"
    assert swap.replace_by_rating(figures, "solvency") == seven


def test_a_rating_becomes_the_fact_of_the_library_and_back(seven):
    """Growth by rating and growth by figures are never both."""
    figures = swap.replace_by_figures(seven, "sales_growth")
    assert figures.by_id["sales_growth"].curve == library()["sales_growth"].curve
    assert swap.reread(seven, figures) == ("sales_growth",)
    assert swap.replace_by_rating(figures, "sales_growth") == seven


def test_what_has_no_figures_is_refused(seven):
    """Cooperation can only be judged."""
    with pytest.raises(ProfileError, match="no figures"):
        swap.replace_by_figures(seven, "cooperation_attitude")


def test_a_part_of_a_composite_is_not_removed_under_it(seven):
    """The sentence names the whole it is a part of."""
    figures = swap.replace_by_figures(seven, "solvency")
    with pytest.raises(ProfileError, match="is a part of “Solvency”"):
        edit.remove_criterion(figures, "current_ratio")


def test_removing_takes_the_criterion_out_of_weights_and_regions(regional):
    """Nothing names it any more."""
    gone = edit.remove_criterion(regional, "operating_years")
    assert "operating_years" not in dump_profile(gone)
    assert "DE" in gone.regions


def test_the_last_weighted_criterion_cannot_be_removed():
    """A scenario needs something to weigh."""
    one = parse_profile(
        {"name": "x", "criteria": [{"use": "operating_years"}], "scenarios": {"s": {"operating_years": 1}}}
    )
    with pytest.raises(DecisionError):
        edit.remove_criterion(one, "operating_years")


@pytest.mark.parametrize(
    "knots",
    [
        {"floor": 0, "qualified": 4, "ideal": 12},
        {"floor": 30, "qualified": 15, "ideal": 0},
        {"low_floor": 0, "low_qualified": 1, "low_ideal": 2, "high_ideal": 5, "high_qualified": 8, "high_floor": 9},
    ],
)
def test_a_curve_is_taken_as_typed(seven, knots):
    """Three or six knots, rising or falling."""
    changed = edit.set_curve(seven, "operating_years", knots)
    assert changed.by_id["operating_years"].curve.model_dump(exclude_none=True) == knots


def test_a_curve_that_turns_is_refused_by_the_name_of_its_criterion(seven):
    """The sentence says which criterion, and nothing changed."""
    with pytest.raises(ProfileError, match="“Operating history”: the numbers must rise, or fall"):
        edit.set_curve(seven, "operating_years", {"floor": 0, "qualified": 10, "ideal": 3})


def test_must_haves_keep_their_limits(seven):
    """Two limits, as for bribery: out below 2, a waiver below 3."""
    changed = edit.set_gates(
        seven, "location_quality", [{"kind": "hard", "limit": 2}, {"kind": "conditional", "limit": 3, "min_level": 1}]
    )
    assert [(g.kind, g.limit, g.min_level) for g in changed.by_id["location_quality"].gates] == [
        ("hard", 2.0, None), ("conditional", 3.0, 1)
    ]  # fmt: skip
    assert edit.set_gates(changed, "location_quality", []).by_id["location_quality"].gates == ()


def test_a_text_holds_in_the_language_it_was_typed_in(seven):
    """The old translations would say something else, so they go; the same text changes nothing."""
    same = edit.set_text(seven, "solvency", "title", seven.by_id["solvency"].title.text("zh-Hans"), "zh-Hans")
    assert same is seven
    changed = edit.set_text(seven, "solvency", "title", "Bonität", "en")
    assert {changed.by_id["solvency"].title.text(language) for language in LANGUAGES} == {"Bonität"}


def test_an_emptied_text_stays_empty(seven):
    """The library does not fill it in again when the standard is loaded."""
    changed = edit.set_text(seven, "solvency", "why", "", "en")
    assert round_trip(changed).by_id["solvency"].why.text("en") == ""


@pytest.mark.parametrize("title", ["", "   ", "\x00"])
def test_a_criterion_needs_a_name(seven, title):
    """A blank name is refused, for an old criterion and a new one."""
    with pytest.raises(ProfileError, match="name"):
        edit.set_text(seven, "solvency", "title", title, "en")
    with pytest.raises(ProfileError, match="name"):
        edit.add_own(seven, title, {"kind": "judged"}, "en")


def test_anchors_are_five_lines(seven):
    """One line less is refused, five are kept in order."""
    changed = edit.set_anchors(seven, "solvency", list("abcde"), "zh-Hant")
    assert [anchor.text("en") for anchor in changed.by_id["solvency"].rubric] == list("abcde")
    with pytest.raises(ProfileError, match="five"):
        edit.set_anchors(seven, "solvency", list("abcd"), "en")


@pytest.mark.parametrize(
    "scale",
    [
        {"kind": "fact", "unit": "shops", "curve": {"floor": 0, "qualified": 5, "ideal": 20}},
        {"kind": "judged"},
        {"kind": "fact", "levels": {"yes": 100, "no": 0}},
    ],
)
@pytest.mark.parametrize("title", ["Show rooms", "展厅数量", "=1+1", "operating_years", "<b>*x*</b>"])
def test_an_own_criterion_has_an_id_of_its_own(seven, scale, title):
    """Whatever it is called, it gets a free id, keeps its name, and a file of it loads again."""
    changed = edit.add_own(seven, title, scale, "en")
    mine = changed.criteria[-1]
    assert mine.title.text("en") == title
    assert mine.id not in seven.by_id
    assert mine.id not in library()
    assert round_trip(changed) == changed


def test_two_own_criteria_of_one_name_are_refused(seven):
    """One could not tell them apart in a list."""
    once = edit.add_own(seven, "Show rooms", {"kind": "judged"}, "en")
    with pytest.raises(ProfileError, match="already"):
        edit.add_own(once, "show ROOMS", {"kind": "judged"}, "en")


def test_levels_keep_their_titles_and_need_two_answers(seven):
    """A value may be taken away (to be verified), a level added, but one answer is no choice."""
    start = edit.add_from_library(seven, "licences_valid")
    changed = edit.set_levels(start, "licences_valid", {"yes": 100, "no": 0, "applied for": None})
    levels = changed.by_id["licences_valid"].levels
    assert levels["yes"].title == start.by_id["licences_valid"].levels["yes"].title
    assert levels["applied for"].value is None
    with pytest.raises(ProfileError, match="two"):
        edit.set_levels(start, "licences_valid", {"yes": 100})


@pytest.mark.parametrize("template", template_names())
def test_a_template_keeps_the_regions_but_not_their_rules(regional, template):
    """The names of the market stay, the rules of the old standard do not."""
    changed = swap.from_template(regional, template)
    assert set(changed.by_id) == set(load_profile(template).by_id)
    assert list(changed.regions) == list(regional.regions)
    assert changed.region_groups == regional.region_groups
    assert regions.differences(changed) == ()


# --- weights ----------------------------------------------------------------------------------------------------------


def test_the_way_is_read_off_the_numbers(seven):
    """Equal, in order, and points each are recognised again."""
    assert weigh.way_of(seven, "balanced") == "equal"
    ordered = weigh.set_order(seven, "balanced", list(seven.by_id))
    assert weigh.way_of(ordered, "balanced") == "order"
    assert (100 * ordered.weights("balanced")).round(2).tolist() == [37.04, 22.76, 15.61, 10.85, 7.28, 4.42, 2.04]
    typed = weigh.set_points(seven, "balanced", {"solvency": 3})
    assert weigh.way_of(typed, "balanced") == "points"
    assert weigh.counted(typed, "balanced")[0] == "solvency"
    assert weigh.set_equal(typed, "balanced", list(seven.by_id)).scenarios == seven.scenarios


def test_who_does_not_count_weighs_nothing(seven):
    """Equal weights and an order name who counts."""
    assert weigh.counted(weigh.set_equal(seven, "balanced", ["solvency"]), "balanced") == ("solvency",)
    assert weigh.counted(weigh.set_order(seven, "balanced", ["solvency", "sales_growth"]), "balanced") == (
        "solvency", "sales_growth",
    )  # fmt: skip


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), "5", True, 1e12])
def test_a_wrong_weight_is_refused_by_name(seven, value):
    """The sentence names the criterion."""
    with pytest.raises(WeightsError, match="“Solvency”"):
        weigh.set_points(seven, "balanced", {"solvency": value})


def test_all_weights_zero_is_refused(seven):
    """Nothing would be ranked."""
    with pytest.raises(WeightsError, match="zero"):
        weigh.set_points(seven, "balanced", dict.fromkeys(seven.by_id, 0))
    with pytest.raises(WeightsError, match="At least one"):
        weigh.set_equal(seven, "balanced", [])


def test_scenarios_are_copied_renamed_and_deleted_with_their_regional_weights(regional):
    """What a region changes of a scenario follows it."""
    copied = weigh.copy_scenario(regional, "balanced", "My own")
    assert copied.regions["DE"].scenarios["My own"] == {"location_quality": 2}
    renamed = weigh.rename_scenario(copied, "balanced", "Even")
    assert renamed.scenario_names[0] == "Even"
    assert list(renamed.regions["DE"].scenarios) == ["Even", "My own"]
    assert "My own" not in dump_profile(weigh.delete_scenario(copied, "My own"))


@pytest.mark.parametrize("name", ["", "Balanced", "balanced", "均衡", "CAUTIOUS"])
def test_a_scenario_needs_a_name_that_is_free(seven, name):
    """Also the shown title of a usual scenario is taken, in any language that has a translation."""
    if name == "均衡" and str(weigh.render(weigh.SCENARIO_TITLES["balanced"], "zh-Hans")) != name:
        name = "Balanced"
    with pytest.raises(WeightsError):
        weigh.copy_scenario(seven, "balanced", name)


def test_the_only_scenario_stays():
    """Without scenarios the equal weights are one that can be copied but not deleted."""
    bare = parse_profile({"name": "x", "criteria": [{"use": "operating_years"}, {"use": "company_size"}]})
    with pytest.raises(WeightsError, match="only"):
        weigh.delete_scenario(bare, "equal")
    assert weigh.copy_scenario(bare, "equal", "Second").scenario_names == ("equal", "Second")
    assert weigh.way_of(bare, "equal") == "equal"


# --- regions ----------------------------------------------------------------------------------------------------------


def test_a_regional_change_says_what_differs_and_is_inherited(regional):
    """The segment takes the region's curve, changes the must-have, and only that is written."""
    changed = regions.set_difference(
        regional, "DE · hospitals", "operating_years",
        {"curve": {"floor": 0, "qualified": 2, "ideal": 8}, "gate": "hard"}, {"balanced": 1.0},
    )  # fmt: skip
    assert [(d.region, d.what) for d in regions.differences(changed, "operating_years")] == [
        ("DE", "curve"), ("DE · hospitals", "gate"),
    ]  # fmt: skip
    local = regions.local(changed, "DE · hospitals", "operating_years")
    assert (local.curve.qualified, local.gates[0].kind) == (2, "hard")


def test_a_group_passes_its_change_on(regional):
    """What SEA changes holds in Vietnam, which nothing else names."""
    changed = regions.set_difference(regional, "SEA", "operating_years", {"gate": "none"}, {"balanced": 3})
    assert regions.local(changed, "VN", "operating_years").gates == ()
    assert changed.for_region("TH").scenarios["balanced"]["operating_years"] == 3
    assert changed.by_id["operating_years"].gates


def test_back_to_the_global_value_removes_the_change(regional):
    """Typing the global numbers again leaves nothing regional behind; so does removing it."""
    curve = regional.by_id["operating_years"].curve.model_dump(exclude_none=True)
    again = regions.set_difference(regional, "DE", "operating_years", {"curve": curve, "gate": "conditional"}, {})
    assert regions.differences(again, "operating_years") == ()
    for difference in regions.differences(regional):
        regional = regions.remove_difference(regional, difference)
    assert regions.differences(regional) == ()
    assert list(regional.regions) == ["DE", "DE · hospitals", "TH"]


def test_a_regional_curve_that_turns_is_refused(regional):
    """The sentence names the region and the criterion."""
    with pytest.raises(ProfileError, match=r"DE.*operating_years"):
        regions.set_difference(
            regional, "DE", "operating_years", {"curve": {"floor": 5, "qualified": 1, "ideal": 3}}, {}
        )


def test_regions_and_groups_are_added_and_removed(regional):
    """A segment inherits; what others build on stays until they are gone."""
    more = regions.add_region(regional, "TH · retail", "TH")
    assert more.regions["TH · retail"].inherits == "TH"
    with pytest.raises(ProfileError, match="inherits"):
        regions.remove_region(more, "TH")
    gone = regions.remove_region(regions.remove_region(more, "TH · retail"), "TH")
    assert gone.region_groups == {"SEA": ("VN",)}
    assert regions.set_group(gone, "SEA", []).region_groups == {}
    with pytest.raises(ProfileError, match="already"):
        regions.add_region(regional, " de ")
    with pytest.raises(ProfileError, match="name"):
        regions.set_group(regional, "", ["DE"])


def test_a_line_for_qualified_is_set_and_taken_away(seven):
    """None means that no total is asked for; 101 is no total."""
    assert edit.set_minimum_total(seven, 60).minimum_total == 60
    assert edit.set_minimum_total(seven, None).minimum_total is None
    with pytest.raises(ProfileError):
        edit.set_minimum_total(seven, 101)
