"""Choices between two candidates become weights, say what is still open, and name what contradicts what."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria import Criterion, library
from criteria.errors import WeightsError
from criteria.text import render
from criteria.weights.tradeoff import BETWEEN, CLOSE, Answer, agree, constraints, tradeoff
from criteria.weights.tradeoff_levels import shown_levels
from criteria.weights.tradeoff_question import LEVELS, Question, next_question


def prefers(first: str, second: str, at: float = 100.0, choice: str = "first") -> Answer:
    """Return the choice between an ideal *first* and a *second* at *at*, of the criteria named a, b, c, d."""
    one, two = [BETWEEN] * 4, [BETWEEN] * 4
    one["abcd".index(first)], two["abcd".index(second)] = 100.0, at
    return Answer(tuple(one), tuple(two), choice)


def truthful(question: Question, weights: np.ndarray) -> Answer:
    """Answer as somebody with *weights* would who calls nearly equal equal."""
    gain, loss = (
        weights[j] * abs(question.first[j] - question.second[j]) for j in question.criteria
    )  # what speaks for the first, and for the second
    if min(gain, loss) >= (1 - CLOSE) * max(gain, loss):
        return question.answered("equal")
    return question.answered("first" if gain > loss else "second")


def interview(weights: np.ndarray, most: int) -> list[Answer]:
    """Ask until nothing is left to ask, or *most* questions."""
    answers: list[Answer] = []
    while len(answers) < most:
        question = next_question(answers, len(weights), draws=200)
        if question is None:
            break
        answers.append(truthful(question, weights))
    return answers


# --- what answers say -------------------------------------------------------------------------------------------------


def test_no_answers_are_equal_weights_and_leave_everything_open():
    """Before the first question every weight may be anything."""
    found = tradeoff([], 4)
    assert found.values.tolist() == [0.25] * 4
    assert found.detail["open"] == 1.0
    assert found.detail["constraints"].shape == (0, 4)


def test_one_answer_halves_two_weights():
    """Whoever takes the ideal first over the ideal second holds w_1 >= w_2: 3/4 and 1/4 in the mean."""
    found = tradeoff([Answer((100, 50), (50, 100), "first")], 2)
    assert found.values == pytest.approx([0.75, 0.25], abs=0.01)
    assert found.detail["intervals"] == pytest.approx(np.array([[0.5, 1], [0, 0.5]]))


def test_a_smaller_jump_says_more():
    """A quarter of the way to the ideal on the first against all of it on the second: w_1 >= 4 w_2."""
    found = tradeoff([Answer((62.5, 50), (50, 100), "first")], 2)
    assert found.detail["intervals"][0].tolist() == pytest.approx([0.8, 1.0])


def test_equal_means_within_a_tenth():
    """What speaks for one is worth at least 90 % of what speaks for the other; with close = 0 exactly as much."""
    about = [Answer((100, 50), (50, 100), "equal")]
    assert tradeoff(about, 2).detail["intervals"][0].tolist() == pytest.approx([0.9 / 1.9, 1 / 1.9])
    assert tradeoff(about, 2, close=0).values.tolist() == pytest.approx([0.5, 0.5])


def test_unsure_says_nothing():
    """Not knowing leaves everything as it was."""
    assert tradeoff([prefers("a", "b", choice="unsure")], 4).values.tolist() == [0.25] * 4


def test_an_order_by_answers_has_the_centroid_of_the_order():
    """Three answers a > b > c > d give the rank order centroid of four (Barron and Barrett 1996)."""
    found = tradeoff([prefers("a", "b"), prefers("b", "c"), prefers("c", "d")], 4)
    assert found.values.round(4).tolist() == [0.5208, 0.2708, 0.1458, 0.0625]


def test_figures_are_read_only():
    """Nobody changes what was answered behind somebody's back."""
    found = tradeoff([prefers("a", "b")], 4)
    for numbers in (found.values, found.detail["constraints"], found.detail["intervals"]):
        with pytest.raises(ValueError, match="read-only"):
            numbers[0] = 1.0


# --- contradictions ---------------------------------------------------------------------------------------------------


def test_a_circle_is_named_by_its_shortest_way():
    """After a > b, b > c and a > c comes c > a: it contradicts a > c alone, wherever that stands."""
    chain, across, back = [prefers("a", "b"), prefers("b", "c")], prefers("a", "c"), prefers("c", "a")
    for place, given_ in ((2, [*chain, across, back]), (0, [across, *chain, back])):
        (found,) = tradeoff(given_, 4).detail["contradictions"]
        assert (found.answer, found.others) == (3, (place,))
    assert render(found.sentence).startswith("Answer 4 contradicts answer 1: no weights agree with both.")


def test_a_long_circle_is_named_whole():
    """The circle a > b > c > d > a needs all four."""
    given_ = [prefers("a", "b"), prefers("b", "c"), prefers("c", "d"), prefers("d", "a")]
    (found,) = tradeoff(given_, 4).detail["contradictions"]
    assert (found.answer, found.others) == (3, (0, 1, 2))
    assert "answers 1, 2, 3" in render(found.sentence)


def test_a_circle_of_ratios_is_found():
    """w_a > 4 w_b and w_b > 4 w_c, but a only about equal to c."""
    given_ = [
        Answer((62.5, 50, 50), (50, 100, 50), "first"),
        Answer((50, 62.5, 50), (50, 50, 100), "first"),
        Answer((100, 50, 50), (50, 50, 100), "equal"),
    ]
    (found,) = tradeoff(given_, 3).detail["contradictions"]
    assert (found.answer, found.others) == (2, (0, 1))


def test_the_same_question_answered_both_ways_is_a_contradiction():
    """First and then second is no "equal"."""
    (found,) = tradeoff([prefers("a", "b"), prefers("b", "a")], 4).detail["contradictions"]
    assert found.others == (0,)


def test_the_contradicting_answer_is_left_aside_and_later_ones_count():
    """The weights are those of the other answers; taking one back leaves no contradiction."""
    given_ = [prefers("a", "b"), prefers("b", "a"), prefers("b", "c")]
    found = tradeoff(given_, 4)
    assert found.values.tolist() == tradeoff([given_[0], given_[2]], 4).values.tolist()
    assert constraints(given_, 4).tolist() == constraints([given_[0], given_[2]], 4).tolist()
    assert tradeoff(given_[1:], 4).detail["contradictions"] == ()


def test_taking_the_worse_in_everything_contradicts_nobody_else():
    """Nothing speaks for the one that was taken."""
    given_ = [Answer((50, 50), (100, 50), "first"), Answer((60, 60), (60, 60), "second")]
    found = tradeoff(given_, 2).detail["contradictions"]
    assert [each.others for each in found] == [(), ()]
    assert "better in nothing" in render(found[0].sentence)


@st.composite
def muddled(draw: st.DrawFn) -> list[Answer]:
    """Draw answers that nobody thought about."""
    value = st.sampled_from(LEVELS)
    three = st.tuples(value, value, value)
    choices = st.sampled_from(["first", "second", "equal", "unsure"])
    return draw(st.lists(st.builds(Answer, three, three, choices), max_size=7))


@given(muddled())
@settings(max_examples=25)
def test_a_contradiction_is_one_and_none_of_its_answers_can_be_spared(answers):
    """The named answers cannot all hold; without any one of them the rest can; what is kept agrees."""
    found = tradeoff(answers, 3)
    bad = {each.answer for each in found.detail["contradictions"]}
    assert agree([a for i, a in enumerate(answers) if i not in bad and a.choice != "unsure"], 3)
    for each in found.detail["contradictions"]:
        conflict = [answers[i] for i in each.others]
        assert not agree([*conflict, answers[each.answer]], 3)
        for spared in range(len(conflict)):
            assert agree([*conflict[:spared], *conflict[spared + 1 :], answers[each.answer]], 3)


# --- the next question ------------------------------------------------------------------------------------------------


hidden = st.lists(st.integers(1, 20), min_size=3, max_size=4).map(lambda points: np.array(points) / sum(points))


@given(hidden)
@settings(max_examples=6)
def test_truthful_answers_never_contradict_and_keep_the_truth_inside(weights):
    """What somebody with hidden weights answers leaves these weights open, and ever less beside them."""
    answers = interview(weights, most=7)
    widths = []
    for count in range(len(answers) + 1):
        found = tradeoff(answers[:count], len(weights))
        assert found.detail["contradictions"] == ()
        assert (found.detail["constraints"] @ weights >= -1e-9).all()
        widths.append((found.detail["intervals"] @ [-1, 1]).sum())
    assert all(after <= before + 1e-6 for before, after in pairwise(widths))


def test_the_error_shrinks_with_the_answers():
    """Over hidden weights of five criteria, ten answers leave a third of the error of none, and fifteen less still."""
    rng = np.random.default_rng(7)
    errors = []
    for _ in range(4):
        weights = rng.dirichlet(np.ones(5))
        answers = interview(weights, most=15)
        errors.append([np.abs(tradeoff(answers[:k], 5).values - weights).sum() for k in (0, 10, 15)])
    none, some, more = np.mean(errors, axis=0)
    assert some < none / 3
    assert more < some


def test_the_first_question_cuts_in_the_middle():
    """Without any answer both candidates are equally likely, with the whole jump on either side."""
    question = next_question([], 5)
    assert question.share == pytest.approx(0.5, abs=0.06)
    assert sorted(question.first)[-1] == 100.0
    assert sorted(question.second)[-1] == 100.0


def test_a_question_differs_in_two_criteria_only():
    """Everything else is the same on both sides, just qualified."""
    answers: list[Answer] = []
    for _ in range(5):
        question = next_question(answers, 4, draws=200)
        a, b = question.criteria
        assert question.first[a] > question.second[a]
        assert question.first[b] < question.second[b]
        rest = [j for j in range(4) if j not in (a, b)]
        assert [question.first[j] for j in rest] == [question.second[j] for j in rest] == [BETWEEN] * 2
        answers.append(question.answered("first"))


def test_no_question_comes_twice_and_unsure_asks_about_something_else():
    """Whoever cannot tell is asked something else until nothing is left to ask."""
    answers: list[Answer] = []
    while (question := next_question(answers, 3, draws=200)) is not None:
        assert (question.first, question.second) not in [(a.first, a.second) for a in answers]
        answers.append(question.answered("unsure"))
    assert 3 <= len(answers) <= 15


def test_questions_end():
    """With levels as coarse as half points there comes an end to what answers can tell."""
    answers = interview(np.array([0.5, 0.3, 0.2]), most=40)
    assert 4 <= len(answers) < 40
    assert next_question([], 1) is None


def test_a_criterion_that_cannot_be_pictured_is_never_asked_about():
    """A text without levels takes no part; a yes or no is shown at its two ends."""
    levels = [LEVELS, (), (0.0, 100.0)]
    question = next_question([], 3, levels)
    assert question.criteria == (0, 2)
    assert {question.first[2], question.second[2]} == {0.0, 100.0}
    assert next_question([], 3, [LEVELS, (), (100.0,)]) is None


def test_questions_are_the_same_every_time():
    """The same answers lead to the same question."""
    answers = [prefers("a", "b"), prefers("c", "b")]
    assert next_question(answers, 4) == next_question(answers, 4)


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        Answer((100,), (50, 100), "first"),
        Answer((100, 50), (50, 101), "first"),
        Answer((100, 50), (50, float("nan")), "first"),
        Answer((100, 50), (50, "a"), "first"),  # type: ignore[arg-type]
        Answer((100, 50), (50, True), "first"),
        Answer((100, 50), (50, 100), "both"),  # type: ignore[arg-type]
        "first",
    ],
)
def test_what_is_no_answer_is_refused(answer):
    """Its place is named."""
    for ask in (tradeoff, constraints):
        with pytest.raises(WeightsError, match="Answer 2 is none"):
            ask([Answer((100, 50), (50, 100), "first"), answer], 2)


@pytest.mark.parametrize("n", [0, -1, 1.5, True])
def test_without_criteria_there_is_nothing_to_weigh(n):
    """At least one criterion is needed."""
    with pytest.raises(WeightsError, match="at least one criterion"):
        tradeoff([], n)


@pytest.mark.parametrize("levels", [[LEVELS], [LEVELS, (100.0, 50.0)], [LEVELS, (50.0, 120.0)]])
def test_values_that_cannot_be_shown_are_refused(levels):
    """One rising list for each criterion."""
    with pytest.raises(WeightsError, match="values it may be shown at"):
        next_question([], 2, levels)


# --- what a question shows --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", list(library()))
def test_every_criterion_of_the_library_is_shown_at_values_it_can_have(key):
    """Rising values that the criterion's own scale reads from the raw values shown."""
    criterion = library()[key]
    shown = shown_levels(criterion)
    assert bool(shown) == criterion.is_scored
    assert [each.value for each in shown] == sorted({each.value for each in shown})
    for each in shown:
        assert criterion.value([each.raw])[0] == pytest.approx(each.value, abs=1e-5)
    if shown:
        assert shown[-1].value == 100.0
        assert len(shown) >= 2


def measured(**knots: float) -> list[tuple[float, float]]:
    """Return the raw values, with what they read, at which a question shows a measured criterion."""
    criterion = Criterion.model_validate({"id": "c", "curve": knots})
    return [(shown.raw, shown.value) for shown in shown_levels(criterion)]


def test_measured_criteria_are_shown_in_round_steps():
    """Years in whole years, days falling to the ideal, a ratio in twentieths, a range from its lower side."""
    assert [raw for raw, _ in measured(floor=0, qualified=3, ideal=10)] == [3, 4, 5, 7, 8, 10]
    assert [raw for raw, _ in measured(floor=90, qualified=60, ideal=40)] == [60, 58, 56, 54, 50, 44, 40]
    assert [raw for raw, _ in measured(floor=1, qualified=1.5, ideal=2.2)] == [1.5, 1.55, 1.65, 1.7, 1.85, 2.05, 2.2]
    six = {
        "low_floor": 0,
        "low_qualified": 10,
        "low_ideal": 30,
        "high_ideal": 50,
        "high_qualified": 70,
        "high_floor": 90,
    }
    assert [raw for raw, _ in measured(**six)] == [10, 12, 14, 16, 20, 26, 30]


def test_where_qualified_is_ideal_the_floor_is_shown():
    """Meeting it is everything, so the other end is the floor; a range uses the side that has steps."""
    assert measured(floor=2, qualified=1, ideal=1) == [(2, 0), (1, 100)]
    six = {"low_floor": 0, "low_qualified": 3, "low_ideal": 3, "high_ideal": 3, "high_qualified": 5, "high_floor": 9}
    assert measured(**six) == [(5, 50), (4, 75), (3, 100)]


@given(st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), min_size=3, max_size=3, unique=True).map(sorted))
def test_any_curve_is_shown_at_values_it_reads(knots):
    """Whatever the knots, the values rise to 100 and the raw value reads each of them."""
    floor, qualified, ideal = knots
    shown = measured(floor=floor, qualified=qualified, ideal=ideal)
    criterion = Criterion.model_validate({"id": "c", "curve": {"floor": floor, "qualified": qualified, "ideal": ideal}})
    values = [value for _, value in shown]
    assert values[0] == 50
    assert values[-1] == 100
    assert all(before < after for before, after in pairwise(values))
    assert criterion.value([raw for raw, _ in shown]).tolist() == pytest.approx(values, abs=1e-4)
