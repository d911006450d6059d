"""Testing the standard on distributors you know, in the page."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from criteria import load_profile
from data.samples import create_sample
from data.store import open_store
from views.standard_trial import SETTING


def opened():
    """Open the part of the Standard page."""
    at = AppTest.from_file("../../views/main.py", default_timeout=60)
    at.query_params["part"] = "trial"
    at.run()
    at.switch_page("standard_page.py").run()
    assert not at.exception
    return at


def texts(at):
    """Return every text on the page."""
    kinds = (at.markdown, at.subheader, at.caption, at.info)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


def mark(at, name, *ids):
    """Choose distributors of one kind."""
    box = next(box for box in at.multiselect if box.key.startswith(f"known_{name}"))
    box.set_value(list(ids)).run()
    assert not at.exception


def test_marks_are_kept_and_answered():
    """Three kinds marked: the answer stands on top, the marks are saved with the project."""
    store = open_store()
    project = create_sample(store)
    at = opened()
    mark(at, "good", "zugspitze", "rhein")
    assert "Mark at least 3 distributors" in texts(at)
    mark(at, "bad", "nordlicht")
    assert store.setting(SETTING, {}, project=project) == {"zugspitze": "good", "rhein": "good", "nordlicht": "bad"}
    assert "The standard would have rejected 1 distributor that you know to be good enough." in texts(at)
    assert "Your standard would have rejected Zugspitze, a good one." in texts(at)
    assert "With 3 marks nothing is fitted" in texts(at)
    assert list(at.dataframe[0].value["The standard"]).count("rejects it") == 1


def test_an_empty_project_says_where_they_come_from():
    """Nobody to mark: one sentence and the button."""
    open_store().create_project("Empty", load_profile("seven_factors").document())
    at = opened()
    assert "They must be in the list of candidates." in texts(at)
    assert at.button(key="trial_add").label == "Add candidates"


def test_from_twenty_marks_on_fitting_weights_can_be_looked_at():
    """They are shown beside the present ones and change nothing."""
    store = open_store()
    project = create_sample(store)
    ids = [record.id for record in store.candidates(project)][:21]
    kinds = ["good", "average", "bad"] * 7
    store.set_setting(SETTING, dict(zip(ids, kinds, strict=True)), project=project)
    before = store.project(project).profile
    at = opened()
    at.toggle(key="trial_fit").set_value(True).run()
    assert not at.exception
    shown = at.dataframe[-1].value
    assert abs(shown["Weight that would fit, %"].sum() - 100) < 0.5
    assert store.project(project).profile == before
