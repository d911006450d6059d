"""The Standard page shows what holds, saves every change checked, and loses nothing when it refuses one."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from criteria import dump_profile, library, load_profile, parse_profile, template_names
from criteria import editing as edit
from criteria import editing_weights as weigh
from criteria.editing_regions import differences
from criteria.errors import ProfileError
from criteria.text import LANGUAGES
from data.samples import create_sample
from data.store import open_store
from views import standard_levels, standard_weights
from views.standard_files import read_standard

HOSTILE = "**Bold** [x](http://y) :red[b] <b> $a$ `c` ~~d~~"


def empty(template: str = "seven_factors") -> str:
    """Make a project without candidates and return its id."""
    return open_store().create_project("P", load_profile(template).document()).id


def open_page(project: str, **address: str) -> AppTest:
    """Open the Standard page of a project."""
    at = AppTest.from_file("../../views/main.py", default_timeout=60)
    at.query_params = {"project": project, "language": "en", **address}
    at.run()
    at.switch_page("standard_page.py").run()
    return fine(at)


def fine(at: AppTest) -> AppTest:
    """Return the page after checking that it stands."""
    assert not at.exception
    assert at.subheader
    assert at.segmented_control(key="part")
    return at


def standard(project: str):
    """Return the saved standard."""
    return parse_profile(open_store().project(project).profile)


def number(project: str) -> int:
    """Return the number of the saved standard, which the keys of its fields carry."""
    return open_store().project(project).version


def texts(at: AppTest) -> str:
    """Return all plain texts of the page."""
    return "\n".join(each.value for each in [*at.markdown, *at.caption, *at.subheader, *at.error, *at.info])


def refused(at: AppTest) -> str:
    """Return the one refusal on the page."""
    (error,) = at.error
    return error.value.replace("\\", "")


# --- what it shows ----------------------------------------------------------------------------------------------------


def test_the_sentence_counts_criteria_and_must_haves_and_says_the_ideal():
    """The sample has eight criteria, four of them must-haves, and asks for ten years."""
    at = open_page(create_sample(open_store()))
    assert at.subheader[0].value.replace("\\", "") == "8 criteria, 4 must-haves."
    said = at.markdown[0].value.replace("\\", "")
    assert said.startswith("The ideal distributor: Operating history 10 years or more")


@pytest.mark.parametrize("template", template_names())
def test_the_list_shows_the_weights_of_the_standard(template):
    """Every criterion stands there with its share; together they make 100."""
    project = empty(template)
    at = open_page(project)
    table = at.dataframe[0].value
    profile = standard(project)
    shares = dict(zip((c.title.text("en") for c in profile.criteria), profile.weights() * 100, strict=True))
    shown = {name.removeprefix("↳ "): share for name, share in zip(table["criterion"], table["share"], strict=True)}
    assert shown == pytest.approx(shares)
    assert sum(table["must"] != "") == sum(bool(c.gates) for c in profile.criteria)


@pytest.mark.parametrize(("nth", "language"), list(enumerate(LANGUAGES)))
def test_every_criterion_of_the_library_can_be_looked_at(nth, language):
    """All 45, a third in each language, with and without candidates' values, each under its own title."""
    project = create_sample(open_store())
    profile = standard(project)
    for key in library():
        if key not in profile.by_id:
            profile = edit.add_from_library(profile, key)
    open_store().save_profile(project, profile.document(), based_on=number(project))
    at = open_page(project, language=language)
    for key in list(profile.by_id)[nth::3]:
        at.selectbox(key="criterion").set_value(key)
        fine(at.run())
        title = profile.by_id[key].title.text(language)
        assert any(title in each.value.replace("\\", "") for each in at.markdown)
        drawn = at.get("plotly_chart")
        assert len(drawn) == int(profile.by_id[key].is_scored)


@pytest.mark.parametrize("part", ["criteria", "weights", "regions"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_opens_by_its_address_in_every_language(part, language):
    """The codes in the address are not words of a language."""
    at = open_page(create_sample(open_store()), part=part, language=language)
    assert at.segmented_control(key="part").value == part


def test_a_link_opens_its_criterion():
    """The address names the criterion by its id."""
    at = open_page(empty(), criterion="solvency")
    assert at.selectbox(key="criterion").value == "solvency"
    assert "#### Solvency" in [each.value for each in at.markdown]


def test_names_from_outside_are_shown_as_typed():
    """No title, answer or region becomes markup anywhere on the page."""
    project = empty()
    profile = edit.add_own(standard(project), HOSTILE, {"levels": {HOSTILE: 100, "no": 0}, "unit": HOSTILE}, "en")
    document = profile.document() | {"regions": {HOSTILE: {}}, "title": HOSTILE}
    open_store().save_profile(project, document, based_on=1)
    own = profile.criteria[-1].id
    for part in ("criteria", "weights", "regions"):
        at = open_page(project, part=part, criterion=own)
        shown = [each.value for each in [*at.markdown, *at.caption, *at.subheader] if "Bold" in each.value]
        assert shown
        assert not any("**Bold" in text or "[x](" in text or ":red[" in text or "<b>" in text for text in shown)


# --- must-haves and curves --------------------------------------------------------------------------------------------


def test_a_must_have_is_set_and_said_with_its_limit():
    """Growth by rating becomes a must-have without waiver at the qualified rating."""
    project = empty()
    at = open_page(project, criterion="sales_growth")
    assert "A weak value costs points here" in texts(at)
    at.segmented_control(key=f"must_sales_growth_{number(project)}").set_value("hard")
    fine(at.run())
    assert [gate.kind for gate in standard(project).by_id["sales_growth"].gates] == ["hard"]
    assert "Who is below 3 of 5 is out, and nobody can waive it" in texts(at).replace("\\", "")


def test_the_limit_of_a_must_have_and_its_evidence_are_numbers_of_their_own():
    """Five years, seen on site."""
    project = empty()
    at = open_page(project, criterion="operating_years")
    stem = f"limit_operating_years_{number(project)}_0"
    at.number_input(key=stem).set_value(5.0)
    at.selectbox(key=f"{stem}_level").set_value(2)
    at.button(key="limits_save_operating_years").click()
    fine(at.run())
    (gate,) = standard(project).by_id["operating_years"].gates
    assert (gate.limit, gate.min_level) == (5.0, 2)
    assert "Who is below 5 years is out" in texts(at)


def test_new_numbers_move_the_curve():
    """Qualified at four years, ideal at twelve."""
    project = empty()
    at = open_page(project, criterion="operating_years")
    stem = f"knot_operating_years_{number(project)}"
    at.number_input(key=f"{stem}_qualified").set_value(4.0)
    at.number_input(key=f"{stem}_ideal").set_value(12.0)
    at.button(key="numbers_save_operating_years").click()
    fine(at.run())
    curve = standard(project).by_id["operating_years"].curve
    assert (curve.floor, curve.qualified, curve.ideal) == (0, 4, 12)
    assert "just qualified at 4 years, ideal at 12 years" in texts(at)


def test_numbers_that_turn_are_refused_in_place_and_stay_typed():
    """The sentence stands on the page, the fields keep what was typed, and the standard is what it was."""
    project = empty()
    at = open_page(project, criterion="operating_years")
    key = f"knot_operating_years_{number(project)}_ideal"
    at.number_input(key=key).set_value(2.0)
    at.button(key="numbers_save_operating_years").click()
    fine(at.run())
    assert "“Operating history”: the numbers must rise, or fall" in refused(at)
    assert at.number_input(key=key).value == 2.0
    assert standard(project) == load_profile("seven_factors")


def test_a_range_with_a_number_missing_is_refused():
    """Six fields, three of them empty."""
    project = empty()
    at = open_page(project, criterion="operating_years")
    at.segmented_control(key=f"shape_operating_years_{number(project)}").set_value("six").run()
    at.button(key="numbers_save_operating_years").click()
    fine(at.run())
    assert "A number is missing" in refused(at)


def test_a_range_is_typed_as_six_numbers():
    """The shape changes from three to six."""
    project = empty()
    at = open_page(project, criterion="operating_years")
    at.segmented_control(key=f"shape_operating_years_{number(project)}").set_value("six")
    at.run()
    stem = f"knot_operating_years_{number(project)}"
    for key, value in (("high_ideal", 20.0), ("high_qualified", 40.0), ("high_floor", 80.0)):
        at.number_input(key=f"{stem}_{key}").set_value(value)
    at.button(key="numbers_save_operating_years").click()
    fine(at.run())
    assert standard(project).by_id["operating_years"].curve.is_range
    assert "Ideal from 10 years to 20 years" in texts(at)


def test_the_five_lines_of_a_rating_are_rewritten():
    """One changed line is saved, the others keep their translations."""
    project = empty()
    at = open_page(project, criterion="solvency")
    at.text_area(key=f"anchor_solvency_{number(project)}_en_3").set_value("Pays within terms")
    at.button(key="rubric_save_solvency").click()
    fine(at.run())
    rubric = standard(project).by_id["solvency"].rubric
    assert rubric[2].text("zh-Hans") == "Pays within terms"
    assert rubric[4] == load_profile("seven_factors").by_id["solvency"].rubric[4]


# --- weights ----------------------------------------------------------------------------------------------------------


def ways(at: AppTest):
    """Return the control that says how the weights come about."""
    return next(each for each in at.segmented_control if each.key.startswith("way_"))


def test_an_order_gives_the_weights_of_the_order_and_undo_takes_it_back():
    """Rank-order-centroid at one click, the last to the top at another, equal again after two undos."""
    project = empty()
    at = open_page(project, part="weights")
    assert ways(at).value == "equal"
    ways(at).set_value("order")
    fine(at.run())
    assert (100 * standard(project).weights()).round(2).tolist() == [37.04, 22.76, 15.61, 10.85, 7.28, 4.42, 2.04]
    at.button(key="move_balanced_location_quality_⤒").click()
    fine(at.run())
    assert (100 * standard(project).weights()).round(2).tolist() == [22.76, 15.61, 10.85, 7.28, 4.42, 2.04, 37.04]
    assert ways(at).value == "order"
    at.button(key="undo").click().run()
    at.button(key="undo").click()
    fine(at.run())
    assert standard(project) == load_profile("seven_factors")
    assert ways(at).value == "equal"


def test_what_is_typed_into_the_table_goes_to_its_criterion():
    """Rows are criteria; an emptied cell is no points, a row that is not there is nobody's."""
    edits = {"1": {"points": 3}, 0: {"points": None}, 7: {"points": 9}, 2: {}}
    assert standard_weights.typed(edits, ["a", "b", "c"]) == {"a": None, "b": 3}


def test_edited_answers_keep_the_names_they_are_stored_by():
    """A renamed answer is shown anew, a deleted one goes, a new one comes, and none comes twice."""
    levels = library()["sanctions_clear"].levels
    edits = {
        "edited_rows": {0: {"answer": "Not listed"}, "1": {"value": 20}},
        "deleted_rows": [2],
        "added_rows": [{"answer": "Under appeal"}, {}],
    }
    values, titles = standard_levels.edited(levels, edits)
    assert values == {"clear": 100.0, "possible match": 20, "Under appeal": None}
    assert titles == {"clear": "Not listed"}
    with pytest.raises(ProfileError, match="already"):
        standard_levels.edited(levels, {"edited_rows": {}, "deleted_rows": [], "added_rows": [{"answer": "clear"}]})


def test_points_show_their_share():
    """Three points for solvency are a third of nine."""
    project = empty()
    changed = weigh.set_points(standard(project), "balanced", {"solvency": 3})
    open_store().save_profile(project, changed.document(), based_on=1)
    at = open_page(project, part="weights")
    assert ways(at).value == "points"
    table = at.get("arrow_data_frame")[0].value if at.get("arrow_data_frame") else at.data_editor[0].value
    assert dict(zip(table["criterion"], table["share"], strict=True))["Solvency"] == pytest.approx(100 * 3 / 9)


def test_who_counts_is_chosen():
    """Growth no longer counts, so six share the weight."""
    project = empty()
    at = open_page(project, part="weights")
    field = at.multiselect(key=f"counting_balanced_equal_{project}_{number(project)}")
    field.set_value([key for key in standard(project).by_id if key != "sales_growth"])
    fine(at.run())
    assert standard(project).weights().round(4).tolist() == pytest.approx([1 / 6, 0, *[1 / 6] * 5], abs=1e-4)


def test_scenarios_are_copied_renamed_and_deleted():
    """Each button does what it says; a taken name is refused and stays typed."""
    project = empty()
    at = open_page(project, part="weights")
    at.text_input(key="scenario_name").set_value("Finances first").run()
    at.button(key="scenario_copy").click()
    fine(at.run())
    assert standard(project).scenario_names[-1] == "Finances first"
    assert at.selectbox(key="scenario").value == "Finances first"
    at.text_input(key="scenario_name").set_value("balanced").run()
    at.button(key="scenario_rename").click()
    fine(at.run())
    assert "already" in refused(at)
    assert at.text_input(key="scenario_name").value == "balanced"
    at.button(key="scenario_drop").click()
    fine(at.run())
    assert standard(project).scenarios == load_profile("seven_factors").scenarios


# --- which criteria there are -----------------------------------------------------------------------------------------


def test_a_criterion_comes_from_the_library_and_goes_again():
    """It is chosen at once; removed, undo brings it back."""
    project = empty()
    at = open_page(project)
    at.selectbox(key="library_family").set_value("finance").run()
    at.selectbox(key="library_criterion").set_value("payment_record").run()
    at.button(key="library_add").click()
    fine(at.run())
    assert at.selectbox(key="criterion").value == "payment_record"
    at.button(key="remove_payment_record").click()
    fine(at.run())
    assert standard(project) == load_profile("seven_factors")
    at.button(key="undo").click()
    fine(at.run())
    assert "payment_record" in standard(project).by_id


def test_the_last_criterion_is_not_removed():
    """The sentence says why, and it still stands there."""
    profile = parse_profile({"name": "x", "criteria": [{"use": "operating_years"}]})
    project = open_store().create_project("P", profile.document()).id
    at = open_page(project)
    at.button(key="remove_operating_years").click()
    fine(at.run())
    assert "at least one" in refused(at)
    assert standard(project) == profile


@pytest.mark.parametrize("kind", ["fact", "judged", "yes_no"])
def test_an_own_criterion_is_added_and_chosen(kind):
    """A figure with its three marks, a rating, or a yes or no."""
    project = empty()
    at = open_page(project)
    at.segmented_control(key="own_kind").set_value(kind).run()
    at.text_input(key="own_title").set_value("Show rooms")
    if kind == "fact":
        at.text_input(key="own_unit").set_value("rooms")
        for key, value in (("own_floor", 0.0), ("own_qualified", 2.0), ("own_ideal", 6.0)):
            at.number_input(key=key).set_value(value)
    at.button(key="own_add").click()
    fine(at.run())
    mine = standard(project).criteria[-1]
    assert mine.title.text("en") == "Show rooms"
    assert at.selectbox(key="criterion").value == mine.id
    assert (mine.kind, mine.is_category) == ("judged" if kind == "judged" else "fact", kind == "yes_no")


def test_a_figure_without_its_marks_is_refused_and_keeps_its_name():
    """Nothing typed is lost."""
    project = empty()
    at = open_page(project)
    at.text_input(key="own_title").set_value("Show rooms")
    at.button(key="own_add").click()
    fine(at.run())
    assert "all three numbers" in refused(at)
    assert at.text_input(key="own_title").value == "Show rooms"


@pytest.mark.parametrize("template", template_names())
def test_a_template_becomes_the_standard_and_undo_brings_the_former_back(template):
    """The regions stay; one undo per change."""
    project = create_sample(open_store())
    before = standard(project)
    at = open_page(project)
    at.radio(key="template").set_value(template).run()
    at.button(key="template_use").click()
    fine(at.run())
    assert set(standard(project).by_id) == set(load_profile(template).by_id)
    assert list(standard(project).regions) == list(before.regions)
    for _ in range(3):
        at.button(key="undo").click().run()
        if standard(project) == before:
            break
    assert standard(project) == before


def test_a_rating_replaced_by_figures_is_never_read_as_a_figure():
    """Four of five is not four percentage points: the value is unknown, and two undos bring it back."""
    project = create_sample(open_store())
    frame = open_store().candidates_frame(project).frame
    assert frame["sales_growth"].notna().any()
    at = open_page(project, criterion="sales_growth")
    at.button(key="figures_sales_growth").click()
    fine(at.run())
    assert standard(project).by_id["sales_growth"].curve == library()["sales_growth"].curve
    assert not open_store().candidates_frame(project).frame["sales_growth"].notna().any()
    at.button(key="undo").click().run()
    at.button(key="undo").click()
    fine(at.run())
    assert standard(project).by_id["sales_growth"].kind == "judged"
    assert open_store().candidates_frame(project).frame["sales_growth"].equals(frame["sales_growth"])


def test_a_rating_taken_out_and_put_back_as_a_figure_is_not_read_as_one():
    """The values of the removed rating are still stored; the library's fact begins unknown."""
    project = create_sample(open_store())
    at = open_page(project, criterion="sales_growth")
    at.button(key="remove_sales_growth").click()
    fine(at.run())
    at.selectbox(key="library_family").set_value("growth").run()
    at.button(key="library_add").click()
    fine(at.run())
    assert not open_store().candidates_frame(project).frame["sales_growth"].notna().any()


def test_solvency_becomes_its_seven_figures_and_a_rating_again():
    """The composite brings its leaves and takes them away again."""
    project = empty()
    at = open_page(project, criterion="solvency")
    at.button(key="figures_solvency").click()
    fine(at.run())
    assert standard(project).by_id["solvency"].composite == library()["solvency"].composite
    at.button(key="rating_solvency").click()
    fine(at.run())
    assert standard(project) == load_profile("seven_factors")


# --- regions ----------------------------------------------------------------------------------------------------------


def test_a_region_gets_its_own_numbers_and_loses_them_again():
    """Benelux asks for five years; the page says so, and one click takes it away."""
    project = create_sample(open_store())
    at = open_page(project, criterion="operating_years")
    at.selectbox(key="local_region_operating_years").set_value("Benelux").run()
    stem = f"local_operating_years_Benelux_balanced_{number(project)}"
    at.number_input(key=f"{stem}_qualified").set_value(5.0)
    at.selectbox(key=f"{stem}_must").set_value("hard")
    at.number_input(key=f"{stem}_weight").set_value(3.0)
    at.button(key="local_save_operating_years").click()
    fine(at.run())
    found = [each for each in differences(standard(project)) if each.region == "Benelux"]
    assert {each.what for each in found} == {"curve", "gate", "weight"}
    assert standard(project).for_region("Benelux").by_id["operating_years"].curve.qualified == 5
    assert "Benelux: weight 3 points instead of 1" in texts(at).replace("\\", "")
    for n, each in reversed(list(enumerate(differences(standard(project), "operating_years")))):
        if each.region == "Benelux":
            at.button(key=f"local_remove_operating_years_{n}").click().run()
    assert [each for each in differences(standard(project)) if each.region == "Benelux"] == []


def test_a_segment_inherits_from_its_region():
    """Austria asks for two years; its hospitals do too."""
    project = create_sample(open_store())
    at = open_page(project, part="regions")
    at.text_input(key="region_name").set_value("Austria · hospitals")
    at.selectbox(key="region_parent").set_value("Austria and Switzerland")
    at.button(key="region_add").click()
    fine(at.run())
    profile = standard(project)
    assert profile.for_region("Austria · hospitals").by_id["operating_years"].curve.qualified == 2
    assert "Inherits from Austria and Switzerland" in texts(at).replace("\\", "")


def test_a_group_shares_its_rules():
    """Two regions in a group."""
    project = create_sample(open_store())
    at = open_page(project, part="regions")
    at.text_input(key="group_name").set_value("DACH")
    at.multiselect(key="group_members").set_value(["Germany", "Austria and Switzerland"])
    at.button(key="group_add").click()
    fine(at.run())
    assert standard(project).region_groups == {"DACH": ("Germany", "Austria and Switzerland")}


# --- line and files ---------------------------------------------------------------------------------------------------


def test_the_qualified_line_is_moved():
    """From 50 to 60."""
    project = empty()
    at = open_page(project)
    at.number_input(key=f"line_{project}_{number(project)}").set_value(60.0)
    fine(at.run())
    assert standard(project).minimum_total == 60


@pytest.mark.parametrize(("form", "template"), [("yaml", "consumer_exclusive"), ("json", "medical")])
def test_a_standard_comes_in_from_a_file(form, template):
    """What was downloaded elsewhere becomes the standard here."""
    project = empty()
    at = open_page(project)
    content = dump_profile(load_profile(template), form).encode()
    at.file_uploader(key="standard_file").set_value((f"x.{form}", content, "text/plain")).run()
    at.button(key="standard_take").click()
    fine(at.run())
    assert standard(project) == load_profile(template)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.yaml", b""), ("x.yaml", b"\x89PNG\r\n\x1a\n\xff\xfe"), ("x.json", b"{"),
        ("x.yaml", b"name: x\ncriteria: []"),
        ("x.yaml", b"name: x\ncriterias: []"), ("x.json", b"[" * 100_000), ("x.yaml", b"a: &a [*a]"),
        ("x.yaml", b"name: x\ncriteria: [{use: solvancy}]"), ("../../x.yaml", b"- 1"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_standard_is_refused_in_a_sentence(name, content):
    """The standard is what it was."""
    project = empty()
    at = open_page(project)
    at.file_uploader(key="standard_file").set_value((name, content, "text/plain")).run()
    at.button(key="standard_take").click()
    fine(at.run())
    assert refused(at)
    assert standard(project) == load_profile("seven_factors")


def test_a_file_too_large_is_refused_before_it_is_read():
    """Three million bytes are no standard."""
    with pytest.raises(ProfileError, match="too large"):
        read_standard("x.yaml", b" " * 3_000_000)


def test_a_standard_changed_elsewhere_is_not_overwritten():
    """Two windows: the second one is told, and what the first saved stays."""
    project = empty()
    at = open_page(project, criterion="sales_growth")
    key = f"must_sales_growth_{number(project)}"
    changed = edit.set_minimum_total(standard(project), 55)
    open_store().save_profile(project, changed.document(), based_on=1, who="Somebody")
    at.segmented_control(key=key).set_value("hard")
    fine(at.run())
    assert "Somebody" in refused(at)
    assert standard(project) == changed


def test_no_value_goes_when_the_change_is_refused():
    """The rating stays a rating, with all its values, where somebody else saved in between."""
    project = create_sample(open_store())
    at = open_page(project, criterion="sales_growth")
    before = open_store().candidates_frame(project).frame["sales_growth"]
    open_store().save_profile(project, edit.set_minimum_total(standard(project), 55).document(), based_on=1)
    at.button(key="figures_sales_growth").click()
    fine(at.run())
    assert "changed" in refused(at)
    assert open_store().candidates_frame(project).frame["sales_growth"].equals(before)
