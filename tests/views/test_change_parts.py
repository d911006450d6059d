"""What would change it, on the page: the sentences are the engine's, and they stand where somebody asks for them."""

import numpy as np

from selection.robustness.stability import leave_one_out, leave_out_sentence, sweep
from selection.robustness.tipping import into_top
from selection.robustness.tipping_words import into_top_sentences, what_would_change
from tests.views.test_ranking_page import open_page, project, ranking, texts


def test_head_to_head_says_what_would_change_it() -> None:
    """Below the bars stand the engine's sentences about these two, at most three."""
    made = project(8)
    found = ranking(made)
    first, second = found.ranked_rows[:2].tolist()
    ids = found.candidates.ids
    at = open_page(made, panel="pair", candidate=ids[first], against=ids[second])
    expected = what_would_change(found, first, second)
    assert 1 <= len(expected) <= 3
    assert "What would change it" in texts(at)
    for sentence in expected:
        assert str(sentence) in texts(at)


def test_head_to_head_with_somebody_eliminated_stays_silent_about_changes() -> None:
    """Who is out does not come in by weights, so nothing of the kind is said."""
    at = open_page(project(5, operating_years=[1.0, 5, 6, 7, 8]), panel="pair", candidate="c1", against="c0")
    assert "points above" in texts(at)
    assert "What would change it" not in texts(at)


def test_asking_about_the_fourth_says_what_brings_it_among_the_first_three() -> None:
    """The answer names weights and values; who is among the first three is not told how to get there."""
    made = project(8)
    found = ranking(made)
    ids, rows = found.candidates.ids, found.ranked_rows
    fourth = int(rows[found.ranks > 3][0])
    at = open_page(made, candidate=ids[fourth])
    assert "What would bring it among the first three:" in texts(at)
    for sentence in into_top_sentences(found, into_top(found, fourth, 3)):
        assert str(sentence) in texts(at)
    assert "among the first three:" not in texts(open_page(made, candidate=ids[int(rows[0])]))


def test_the_threshold_shows_its_steps_until_the_slider_is_moved() -> None:
    """The nearest steps stand below the slider; once it moves, who moves with it stands there."""
    made = project(6, operating_years=[2.5, 0.5, 6, 7, 8, 9])
    at = open_page(made, panel="out", dial="operating_years")
    steps = sweep(ranking(made), "operating_years")
    assert len(steps) > 1
    for step in steps[:5]:
        assert str(step.sentence) in texts(at)
    next(s for s in at.slider if s.key.startswith("limit_operating_years")).set_value(2.0).run()
    assert str(steps[0].sentence) not in texts(at)
    assert "would come in as number" in texts(at)


def test_leaving_a_factor_out_is_said_in_one_sentence_with_its_table() -> None:
    """In the scenarios: the sentence, and who leads without each factor."""
    made = project(8)
    at = open_page(made, panel="scenarios")
    found = leave_one_out(ranking(made))
    assert str(leave_out_sentence(ranking(made), found)) in texts(at)
    table = next(frame.value for frame in at.dataframe if "fell_out" in frame.value.columns)
    names = ranking(made).candidates.names
    assert len(table) == len(found) == 7
    for shown, one in zip(table["leads"], found, strict=True):
        assert names[one.first] in shown


def test_changes_hold_where_nothing_is_known() -> None:
    """Everybody equal at the middle: a tie is called a tie, and no part fails."""
    made = project(4, solvency=[4.0] * 4, cooperation_attitude=[4.0] * 4, sales_growth=[np.nan] * 4)
    for panel in ("pair", "out", "scenarios"):
        at = open_page(made, panel=panel)
        assert not at.exception
        assert at.session_state["panel"] == panel
