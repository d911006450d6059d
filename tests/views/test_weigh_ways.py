"""Every way to weigh has a screen that saves what was answered, says what came out, and loses nothing."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from criteria import editing as edit
from criteria import editing_weights as weigh
from criteria import load_profile, parse_profile
from criteria.text import LANGUAGES
from criteria.weights import critic, entropy, swing
from criteria.weights.tradeoff import Answer
from data.samples import create_sample
from data.store import open_store
from views import weigh_best_worst, weigh_choice, weigh_pairs, weigh_people, weigh_tradeoff

SEVEN = tuple(load_profile("seven_factors").by_id)
WRONG: tuple[dict[str, Any], ...] = (
    {"criteria": ["nobody", ["x"], "solvency", "solvency"], "answers": [1], "people": [], "judgements": "x"},
    {
        "criteria": 7, "points": {"solvency": 1}, "asked": {"solvency": "x"}, "top": ["x"], "people": {"A": {}},
        "judgements": [["solvency", "solvency", -1], ["solvency", "sales_growth", 0]], "best": "x", "worst": "y",
        "best_to_others": {"solvency": -3}, "others_to_worst": {}, "values": [[1], [2, 3]],
        "answers": [{"first": [1], "second": [200], "choice": "first"}],
    },
)  # fmt: skip
"""Records of answers that no screen wrote."""
HOSTILE = "**Bold** [x](http://y) <b> $a$"


def empty() -> str:
    """Make a project without candidates and return its id."""
    return open_store().create_project("P", load_profile("seven_factors").document()).id


def standard(project: str) -> Any:
    """Return the saved standard."""
    return parse_profile(open_store().project(project).profile)


def save(project: str, profile: Any) -> None:
    """Save a changed standard."""
    open_store().save_profile(project, profile.document(), based_on=open_store().project(project).version)


def open_way(project: str, way: str, language: str = "en") -> AppTest:
    """Open the weights of the default scenario with one way chosen."""
    at = AppTest.from_file("../../views/main.py", default_timeout=60)
    at.query_params = {"project": project, "language": language, "part": "weights"}
    at.run()
    found = weigh_choice.screen_of(_Context(standard(project)), "balanced")  # type: ignore[arg-type]
    at.session_state[f"way_balanced_{found}_{project}"] = way
    return fine(at.switch_page("standard_page.py").run())


class _Context:
    """As much of a context as the choice of a screen needs."""

    def __init__(self, profile: Any) -> None:
        self.profile = profile


def fine(at: AppTest) -> AppTest:
    """Return the page after checking that it stands, with the ways and the weights on it."""
    assert not at.exception
    assert any(each.key.startswith("way_") for each in at.segmented_control)
    assert at.text_input(key="scenario_name")
    return at


def press(at: AppTest, key: str) -> AppTest:
    """Press a button."""
    at.button(key=key).click()
    return fine(at.run())


def texts(at: AppTest) -> str:
    """Return all plain texts of the page, without the signs that keep names from being markup."""
    shown = [*at.markdown, *at.caption, *at.error, *at.info, *at.warning, *at.success]
    return "\n".join(each.value for each in shown).replace("\\", "")


def shares(project: str) -> list[float]:
    """Return the saved weights in %."""
    return (100 * standard(project).weights()).round(2).tolist()


@pytest.mark.parametrize(("way", "language"), list(zip(weigh_choice.TITLES, itertools.cycle(LANGUAGES), strict=False)))
def test_every_way_opens_and_saves_nothing_by_being_looked_at(way, language):
    """Whoever only looks changes nothing, in any language."""
    project = empty()
    before = open_store().project(project).version
    at = open_way(project, way, language)
    assert len(at.expander) >= int(way not in ("points", "data"))
    assert open_store().project(project).version == before


# --- which jump matters most ------------------------------------------------------------------------------------------


def test_the_jump_worth_most_is_a_hundred_and_the_others_follow():
    """Years first, growth half of it, location nothing."""
    project = empty()
    at = open_way(project, "swing")
    stem = f"swing_balanced_{project}"
    at.selectbox(key=f"{stem}_top").set_value("operating_years")
    fine(at.run())
    assert len(at.slider) == 6
    assert "3 of 5 → 5 of 5" in at.slider[0].label
    at.slider(key=f"{stem}_sales_growth").set_value(50)
    fine(at.run())
    at.slider(key=f"{stem}_location_quality").set_value(0)
    fine(at.run())
    points = dict.fromkeys(SEVEN, 100.0) | {"sales_growth": 50.0, "location_quality": 0.0}
    assert shares(project) == pytest.approx([100 * w for w in swing(points).values.values()], abs=0.01)
    assert weigh.way_of(standard(project), "balanced") == "swing"
    assert "Of all jumps from qualified to ideal, 5 share the first place." in texts(at)


def test_an_undone_answer_moves_the_slider_back():
    """The slider shows what is saved, not what was last dragged."""
    project = empty()
    at = open_way(project, "swing")
    key = f"swing_balanced_{project}_sales_growth"
    at.selectbox(key=f"swing_balanced_{project}_top").set_value("operating_years").run()
    at.slider(key=key).set_value(40).run()
    press(at, "undo")
    assert at.slider(key=key).value == 100


def test_a_longer_jump_weighs_less_per_point():
    """A yes or no is shown from no to yes, twice the way of the others: the same points are half the weight."""
    project = empty()
    levels = {"levels": {"no": 0, "yes": 100}}
    profile = edit.add_own(standard(project), "Showroom", levels, "en")
    own = profile.criteria[-1].id
    save(project, weigh.set_equal(profile, "balanced", ("operating_years", own)))
    at = open_way(project, "swing")
    at.selectbox(key=f"swing_balanced_{project}_top").set_value("operating_years").run()
    at.slider(key=f"swing_balanced_{project}_{own}").set_value(100)
    fine(at.run())
    assert shares(project)[0] == pytest.approx(66.67, abs=0.01)


# --- pairs ------------------------------------------------------------------------------------------------------------


def test_pairs_are_asked_one_at_a_time_until_they_link_everything():
    """Six answers about neighbours give weights; five do not, and are kept."""
    project = empty()
    at = open_way(project, "ahp")
    for n in range(5):
        at = press(at, f"pair_first_3_{n}")
    assert shares(project) == pytest.approx([14.29] * 7)
    assert len(standard(project).weighting["balanced"].answers["judgements"]) == 5
    at = press(at, "pair_equal_5")
    expected = np.array([3.0**k for k in (5, 4, 3, 2, 1, 0, 0)])
    assert shares(project) == pytest.approx(100 * expected / expected.sum(), abs=0.02)
    assert "enough to weigh" in " ".join(each.proto.text for each in at.get("progress")).replace("\\", "")


def test_the_answer_that_does_not_fit_is_named_and_can_be_changed():
    """Years 3 x growth 3 x solvency, but solvency above years: turned round, the rest fits."""
    project = empty()
    three = ("operating_years", "sales_growth", "solvency")
    judgements = [[three[0], three[1], 3.0], [three[1], three[2], 3.0], [three[0], three[2], 1 / 5]]
    answers = {"criteria": list(three), "judgements": judgements}
    weights = dict.fromkeys(three, 1 / 3)
    save(project, weigh.set_weighting(standard(project), "balanced", "ahp", answers, weights))
    at = open_way(project, "ahp")
    assert "They contradict each other" in texts(at)
    at = press(at, "pair_take")
    assert "They fit each other" in texts(at)
    assert shares(project)[0] > shares(project)[1] > shares(project)[2]


def test_the_last_pair_is_taken_back_and_a_skipped_one_waits():
    """Taking back asks the same pair again; skipping asks another."""
    project = empty()
    at = press(open_way(project, "ahp"), "pair_second_9_0")
    at = press(at, "pair_back_1")
    assert standard(project).weighting["balanced"].answers["judgements"] == []
    press(at, "pair_skip_('operating_years', 'sales_growth')")
    assert at.button(key="pair_skip_('sales_growth', 'solvency')")


def test_an_answer_in_the_table_is_changed_or_emptied():
    """A row gets another judgement, an emptied one goes."""
    given = [("a", "b", 3.0), ("b", "c", 5.0), ("c", "d", 1.0)]
    edits = {"0": {"judgement": "nine"}, 1: {"judgement": None}, 2: {}}
    assert weigh_pairs.changed(given, edits, {"nine": 9.0}) == [("a", "b", 9.0), ("c", "d", 1.0)]


# --- against the most and the least important -------------------------------------------------------------------------


def test_complete_comparisons_give_weights():
    """Three criteria, consistent: 8, 2 and 1 of 11."""
    project = empty()
    three = ("operating_years", "sales_growth", "solvency")
    save(project, weigh.set_order(standard(project), "balanced", three))
    at = open_way(project, "best_worst")
    stem = f"best_worst_balanced_{project}"
    assert at.selectbox(key=f"{stem}_best").value == three[0]
    assert at.selectbox(key=f"{stem}_worst").value == three[2]
    at.selectbox(key=f"{stem}_span").set_value(8)
    fine(at.run())
    lists = weigh_best_worst.typed(
        {"best_to_others": {three[2]: 8.0}, "others_to_worst": {three[0]: 8.0}},
        {0: {"best_to_others": 4, "others_to_worst": 2}}, [three[1]],
    )  # fmt: skip
    answers = {"criteria": list(three), "best": three[0], "worst": three[2], "model": "linear", **lists}
    save(project, weigh.set_weighting(standard(project), "balanced", "best_worst", answers, {three[0]: 1.0}))
    at = open_way(project, "best_worst")
    at.toggle(key=f"{stem}_model").set_value(True)
    fine(at.run())
    assert shares(project)[:3] == pytest.approx([72.73, 18.18, 9.09], abs=0.02)
    assert standard(project).weighting["balanced"].answers["model"] == "nonlinear"


def test_another_best_criterion_forgets_what_was_compared_with_the_former():
    """Comparisons with the least important one stay."""
    project = empty()
    three = ("operating_years", "sales_growth", "solvency")
    answers = {"criteria": list(three), "best": three[0], "worst": three[2], "best_to_others": {three[1]: 4.0},
               "others_to_worst": {three[1]: 2.0}}  # fmt: skip
    save(project, weigh.set_weighting(standard(project), "balanced", "best_worst", answers, {three[0]: 1.0}))
    at = open_way(project, "best_worst")
    at.selectbox(key=f"best_worst_balanced_{project}_best").set_value("sales_growth")
    fine(at.run())
    kept = standard(project).weighting["balanced"].answers
    assert (kept["best"], kept["best_to_others"], kept["others_to_worst"]) == ("sales_growth", {}, {three[1]: 2.0})


def test_an_emptied_comparison_is_none():
    """Cells are numbers, nothing, or rows that are not there."""
    lists = {"best_to_others": {"b": 3.0}, "others_to_worst": {}}
    edits = {0: {"best_to_others": None, "others_to_worst": 5}, 4: {"best_to_others": 2}}
    assert weigh_best_worst.typed(lists, edits, ["b"]) == {"best_to_others": {}, "others_to_worst": {"b": 5.0}}


# --- choose between two candidates ------------------------------------------------------------------------------------


def test_choices_move_the_weights_and_are_kept():
    """After three choices a fresh page knows them; the fourth question is another one."""
    project = empty()
    at = open_way(project, "tradeoff")
    for n in range(3):
        at = press(at, f"tradeoff_first_{n}")
    record = standard(project).weighting["balanced"].answers
    assert [each["choice"] for each in record["answers"]] == ["first"] * 3
    assert shares(project) != pytest.approx([14.29] * 7)
    again = open_way(project, "tradeoff")
    assert again.button(key="tradeoff_first_3")
    assert "3 choices between two invented candidates" in texts(again)


def test_both_candidates_are_described_in_the_users_units():
    """Two titles on either side, with years and ratings, and what is better in bold."""
    at = open_way(empty(), "tradeoff")
    sides = [column for column in at.columns if sum("Candidate" in each.value for each in column.markdown) == 1]
    assert len(sides) == 2
    for side in sides:
        traits = [each.value for each in side.markdown if ": " in each.value]
        assert len(traits) == 2
        assert sum("**" in trait for trait in traits) == 1
        assert all("of 5" in trait or "years" in trait for trait in traits)


def test_a_question_pressed_twice_is_answered_once():
    """The last press counts; other questions stay."""
    one, two = ((100.0, 50.0), (50.0, 100.0)), ((75.0, 50.0), (50.0, 100.0))
    given = [Answer(*one, "first"), Answer(*two, "first")]
    assert weigh_tradeoff.answered(given, Answer(*one, "second")) == [given[1], Answer(*one, "second")]


def test_a_contradiction_is_said_and_can_be_taken_back():
    """The same question answered both ways names both answers; without one of them all is well."""
    project = empty()
    at = press(open_way(project, "tradeoff"), "tradeoff_first_0")
    profile = standard(project)
    record = dict(profile.weighting["balanced"].answers)
    first = record["answers"][0]
    turned = {"first": first["second"], "second": first["first"], "choice": "first"}
    record["answers"] = [first, turned]
    weights = weigh.points_of(profile, "balanced")
    save(project, weigh.set_weighting(profile, "balanced", "tradeoff", record, weights))
    at = open_way(project, "tradeoff")
    assert "Answer 2 contradicts answer 1" in texts(at)
    at = press(at, "tradeoff_undo_1_0")
    assert standard(project).weighting["balanced"].answers["answers"] == [turned]
    assert "contradicts" not in texts(at)


def test_a_choice_is_taken_back_one_by_one():
    """The last by its button, any by the mark beside it."""
    project = empty()
    at = open_way(project, "tradeoff")
    for n, choice in enumerate(("first", "equal", "unsure")):
        at = press(at, f"tradeoff_{choice}_{n}")
    at = press(at, "tradeoff_back_3")
    at = press(at, "tradeoff_drop_0")
    kept = standard(project).weighting["balanced"].answers["answers"]
    assert [each["choice"] for each in kept] == ["equal"]


# --- what the data say ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("way", "figure"), [("critic", critic), ("entropy", entropy)])
def test_weights_read_off_the_candidates_are_those_of_the_complete_rows(way, figure):
    """The sample's complete rows, on the one scale, as the engine weighs them; labelled as a description."""
    project = create_sample(open_store())
    at = open_way(project, "data")
    control = next(each for each in at.segmented_control if each.key.startswith("data_way"))
    control.set_value(way)
    fine(at.run())
    assert "not what matters" in texts(at)
    press(at, "data_take")
    record = standard(project).weighting["balanced"].answers
    values = np.array(record["values"])
    assert len(values) == record["candidates"] > 10
    found = dict(zip(record["criteria"], figure(values).values.tolist(), strict=True))
    profile = standard(project)
    expected = [100 * found.get(criterion.id, 0.0) for criterion in profile.criteria]
    assert shares(project) == pytest.approx(expected, abs=0.02)
    assert weigh.way_of(profile, "balanced") == way


def test_without_candidates_the_data_say_nothing():
    """A sentence instead of weights, and nothing to press."""
    at = open_way(empty(), "data")
    assert "at least three are needed" in texts(at)
    assert not [each for each in at.button if each.key == "data_take"]


# --- several people ---------------------------------------------------------------------------------------------------


def join(at: AppTest, project: str, name: str) -> AppTest:
    """Add a person under a name."""
    at.text_input(key=f"people_balanced_{project}_who").set_value(name).run()
    return press(at, "people_add")


def test_people_are_averaged_and_their_disagreement_is_named():
    """Ann as the scenario, Bo all on solvency: the mean, and what they differ on most."""
    project = empty()
    at = join(join(open_way(project, "people"), project, "Ann"), project, "Bo")
    people = standard(project).weighting["balanced"].answers["people"]
    assert list(people) == ["Ann", "Bo"]
    edits = {row: {"person_1": 0.0 if key != "solvency" else 5} for row, key in enumerate(SEVEN)}
    typed = weigh_people.typed(people, edits, SEVEN)
    assert typed["Bo"] == dict.fromkeys(SEVEN, 0.0) | {"solvency": 5.0}
    profile = standard(project)
    save(project, weigh.set_weighting(profile, "balanced", "people", {"criteria": list(SEVEN), "people": typed},
                                      dict.fromkeys(SEVEN, 1.0)))  # fmt: skip
    at = join(open_way(project, "people"), project, "Cy")
    assert shares(project)[2] == pytest.approx((14.29 + 100 + 14.29) / 3, abs=15)
    assert "differ most on “Solvency”" in texts(at)
    at = press(at, "people_drop_1")
    assert list(standard(project).weighting["balanced"].answers["people"]) == ["Ann", "Cy"]
    assert shares(project)[0] > 10


def test_nobody_joins_twice_or_without_a_name():
    """Each is refused in a sentence, and nothing changes."""
    project = empty()
    at = join(open_way(project, "people"), project, "Ann")
    assert "has weights already" in texts(join(at, project, " Ann "))
    assert "Type the name" in texts(join(at, project, "  "))
    assert list(standard(project).weighting["balanced"].answers["people"]) == ["Ann"]


# --- what all of them share -------------------------------------------------------------------------------------------


def test_who_weighs_more_than_a_fifth_needs_a_sentence():
    """The order gives two such criteria; the sentence is kept."""
    project = empty()
    save(project, weigh.set_order(standard(project), "balanced", SEVEN))
    at = open_way(project, "order")
    version = open_store().project(project).version
    at.text_input(key=f"reason_balanced_operating_years_{project}_{version}").set_value("They must last.")
    fine(at.run())
    assert weigh.reasons_of(standard(project), "balanced") == {"operating_years": "They must last."}
    asked = [each for each in at.text_input if each.key.startswith("reason_")]
    assert len(asked) == 2


@pytest.mark.parametrize("way", ["swing", "ahp", "best_worst", "tradeoff", "people"])
def test_a_criterion_that_no_longer_counts_takes_its_answers_along(way):
    """Without growth, answers about the others stay; a page of six criteria stands."""
    project = empty()
    answers: dict[str, Any] = {
        "swing": {"points": dict.fromkeys(SEVEN, 1.0), "asked": dict.fromkeys(SEVEN, 100.0), "top": SEVEN[0]},
        "ahp": {"judgements": [[SEVEN[0], SEVEN[1], 3.0], [SEVEN[0], SEVEN[2], 3.0]]},
        "best_worst": {"best": SEVEN[0], "worst": SEVEN[1], "best_to_others": {SEVEN[2]: 2.0},
                       "others_to_worst": {SEVEN[2]: 2.0}},
        "tradeoff": {"answers": [
            {"first": [100.0, *[50.0] * 6], "second": [50.0, 100.0, *[50.0] * 5], "choice": "first"},
            {"first": [100.0, *[50.0] * 6], "second": [50.0, 50.0, 100.0, *[50.0] * 4], "choice": "first"},
        ]},
        "people": {"people": {"Ann": dict.fromkeys(SEVEN, 1.0)}},
    }[way]  # fmt: skip
    record = {"criteria": list(SEVEN), **answers}
    equal = dict.fromkeys(SEVEN, 1.0)
    save(project, weigh.set_weighting(standard(project), "balanced", way, record, equal))  # type: ignore[arg-type]
    at = open_way(project, way)
    version = open_store().project(project).version
    rest = [key for key in SEVEN if key != SEVEN[1]]
    at.multiselect(key=f"counting_{way}_balanced_{project}_{version}").set_value(rest)
    fine(at.run())
    kept = standard(project).weighting["balanced"].answers
    assert kept["criteria"] == rest
    assert {
        "swing": lambda: set(kept["points"]) == set(rest),
        "ahp": lambda: kept["judgements"] == [[SEVEN[0], SEVEN[2], 3.0]],
        "best_worst": lambda: (kept["worst"] in rest) and kept["best_to_others"] == {SEVEN[2]: 2.0},
        "tradeoff": lambda: [len(each["first"]) for each in kept["answers"]] == [6],
        "people": lambda: set(kept["people"]["Ann"]) == set(rest),
    }[way]()


@pytest.mark.parametrize("way", ["swing", "ahp", "best_worst", "tradeoff", "people", "critic"])
def test_a_record_that_a_file_brought_breaks_no_page(way):
    """Whatever stands in an imported standard, the screen stands and can be used afresh."""
    project = empty()
    document = standard(project).document()
    for answers in WRONG if way in ("tradeoff", "ahp") else WRONG[1:]:
        document["weighting"] = {"balanced": {"way": way, "answers": answers}}
        save(project, parse_profile(document))
        open_way(project, "data" if way == "critic" else way)


def test_names_from_outside_stay_text_in_every_way():
    """A criterion and a person with markup in the name are shown as typed."""
    project = empty()
    profile = edit.add_own(standard(project), HOSTILE, {"levels": {HOSTILE: 100, "no": 0}, "unit": HOSTILE}, "en")
    own = profile.criteria[-1].id
    profile = weigh.set_equal(profile, "balanced", (own, "solvency"))
    people = {"criteria": [own, "solvency"], "people": {HOSTILE: {own: 1.0, "solvency": 1.0}}}
    save(project, weigh.set_weighting(profile, "balanced", "people", people, {own: 1.0, "solvency": 1.0}))
    for way in ("swing", "ahp", "best_worst", "tradeoff", "people"):
        at = open_way(project, way)
        shown = [each.value for each in [*at.markdown, *at.caption, *at.info]]
        shown += [each.label for each in [*at.button, *at.slider, *at.text_input]]
        assert not any("**Bold" in text or "[x](" in text or "<b>" in text for text in shown)
