"""The Decision page: prefilled from the ranking, a departure costs and asks why, saved and told again later."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from criteria import load_profile, parse_profile
from data.samples import create_sample
from data.store import open_store
from selection import Candidates, Waiver, rank

PAGE = "decision_page.py"


def shown(**choices):
    """Open the page and choose its region and scenario; the sample is there where no other project is."""
    at = AppTest.from_file("../../views/main.py", default_timeout=60)
    at.query_params["language"] = "en"
    at.run()
    checked(at.switch_page(PAGE).run())
    for key, value in choices.items():
        checked(at.selectbox(key=key).select(value).run())
    return at


def checked(at):
    """Return the page after making sure that nothing broke."""
    assert not at.exception
    return at


def find(elements, prefix):
    """Return the element whose key begins with *prefix*."""
    return next(element for element in elements if element.key and element.key.startswith(prefix))


def texts(at):
    """Return every text on the page."""
    kinds = (at.markdown, at.subheader, at.caption, at.warning, at.error, at.info)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


def decide(at, first=None, reserve=None, reason="The bank guarantees it."):
    """Choose, give a reason and save; in the sample the leader's solvency rests on its own word."""
    for prefix, value in (("first_choice|", first), ("reserve|", reserve)):
        if value is not None:
            checked(find(at.selectbox, prefix).select(value).run())
    if reason is not None:
        checked(find(at.text_area, "reason|").set_value(reason).run())
    return checked(at.button(key="save_decision").click().run())


def sample():
    """Make the sample and return its store, id and the ranking of a region as the engine has it."""
    store = open_store()
    project = create_sample(store)
    return store, project


def engine(store, project, region="Germany", scenario=None):
    """Return the ranking that the page must show."""
    profile = parse_profile(store.project(project).profile)
    candidates = store.candidates_frame(project).candidates(profile, datetime.date.today())
    waivers = tuple(Waiver(w.candidate, w.criterion, w.by, w.reason, w.region) for w in store.waivers(project))
    return rank(candidates, profile, region, scenario, waivers=waivers)


def test_an_empty_project_says_what_belongs_here():
    """No candidates: the page explains itself and offers the one button."""
    open_store().create_project("Empty", load_profile("seven_factors").document())
    at = shown()
    assert "Nothing to decide yet." in [s.value for s in at.subheader]
    assert at.button(key="empty_add").label == "Add candidates"


def test_first_choice_and_reserve_are_the_first_two_of_the_ranking():
    """What is prefilled and what the overview shows are the engine's own."""
    store, project = sample()
    at = shown(region="Germany")
    ranked = engine(store, project).to_dict()["ranked"]
    assert find(at.selectbox, "first_choice|").value == ranked[0]["id"]
    assert find(at.selectbox, "reserve|").value == ranked[1]["id"]
    table = at.dataframe[0].value.set_index("region")
    for region in ("Germany", "Austria and Switzerland"):
        best = engine(store, project, region).to_dict()["ranked"][0]
        assert table.loc[region, "first"] == best["name"]
        assert table.loc[region, "score"] == pytest.approx(best["score"])
    assert table.loc["Benelux", "state"] == "too early: ratings are missing"
    assert "Nordlicht is number 1 of 13 with 71.9" in texts(at)


def test_following_the_ranking_needs_no_reason():
    """Where its must-haves were seen by us one click saves the proposal; the overview and the memo say so."""
    store, project = sample()
    kept = store.candidates_frame(project).frame.set_index("id").loc["nordlicht"]
    for criterion in parse_profile(store.project(project).profile).criteria:
        if criterion.gates:
            store.set_value(project, "nordlicht", criterion.id, kept[criterion.id], level=2)
    at = decide(shown(region="Germany"), reason="")
    saved = store.decisions(project)
    assert [(d.region, d.first, d.reserve, d.price) for d in saved] == [("Germany", "nordlicht", "elbe", "")]
    assert saved[0].details["fingerprint"] == engine(store, project).fingerprint
    assert at.dataframe[0].value.set_index("region").loc["Germany", "state"] == "decided"
    assert "nothing has changed since" in texts(at)
    assert "A draft" not in texts(at)


def test_a_departure_shows_its_price_and_asks_why():
    """Without a reason nothing is saved; with one the price is kept as it was shown."""
    store, project = sample()
    at = decide(shown(region="Germany"), first="weser", reason="")
    price = "Weser is 8.1 points below Nordlicht: "
    assert price in texts(at)
    assert "or say why you sign without" in texts(at)
    assert store.decisions(project) == ()
    at = decide(at, reason="They know every garden centre.")
    saved = store.decisions(project)[0]
    assert (saved.first, saved.reason) == ("weser", "They know every garden centre.")
    assert saved.price.startswith(price)
    assert "The reason given: They know every garden centre." in texts(at)


def test_what_rests_on_their_word_asks_why():
    """The leader's solvency is self-declared: the page says so, and nothing is saved without a reason."""
    store, project = sample()
    at = shown(region="Germany")
    assert "Not yet seen by us at Nordlicht: " in texts(at)
    assert find(at.text_area, "reason|").label == "Why? (this decision needs a reason)"
    decide(at, reason="")
    assert store.decisions(project) == ()
    assert decide(at, reason="The bank guarantees it.")
    assert store.decisions(project)[0].reason == "The bank guarantees it."


def test_another_reserve_has_a_price_of_its_own():
    """A reserve beyond the next best departs too; one that shares its total does not."""
    sample()
    at = shown(region="Germany")
    checked(find(at.selectbox, "reserve|").select("rhein").run())
    assert "points below" not in texts(at)
    checked(find(at.selectbox, "reserve|").select("mosel").run())
    assert "Mosel is 34.0 points below Elbe" in texts(at)


def test_too_early_means_nobody_yet_with_what_must_become_true():
    """Where interviews are missing nobody is proposed, and keeping on searching needs no reason."""
    store, project = sample()
    at = shown(region="Benelux")
    assert find(at.selectbox, "first_choice|").value == "-"
    assert "What must become true" in texts(at)
    assert "Too early to choose" in texts(at)
    decide(at)
    assert [(d.region, d.status, d.first) for d in store.decisions(project)] == [("Benelux", "nobody_yet", None)]


def test_nobody_in_spite_of_a_qualified_leader_asks_why():
    """To keep searching where somebody qualifies departs from the ranking."""
    store, project = sample()
    at = decide(shown(region="Germany"), first="-", reason="")
    assert "Say why" in texts(at)
    assert store.decisions(project) == ()


def test_the_eliminated_cannot_be_chosen():
    """They are no options; one that was chosen before and is out now cannot be saved again."""
    store, project = sample()
    at = decide(shown(region="Germany"))
    assert "zugspitze" not in find(at.selectbox, "first_choice|").options
    store.set_value(project, "nordlicht", "licences_valid", "no")
    at = shown(region="Germany")
    assert "Nordlicht is now eliminated." in texts(at)
    at = decide(at, reason="still")
    assert "cannot be chosen" in texts(at)
    assert len(store.decisions(project, history=True)) == 1


def test_what_changed_since_the_decision_comes_first():
    """A new fact after the decision is told with both ranks; the history keeps every decision."""
    store, project = sample()
    decide(shown(region="Germany"))
    store.set_value(project, "rhein", "sales_staff_quality", 5.0)
    at = shown(region="Germany")
    assert "Rhein: number 2 → 1 (70.2 → 79.1)." in texts(at)
    at = decide(at, first="rhein", reserve="nordlicht")
    history = at.dataframe[1].value
    assert list(history["first"]) == ["Rhein", "Nordlicht"]


def test_an_undo_takes_the_decision_back():
    """Nothing is destroyed by a click."""
    store, project = sample()
    at = decide(shown(region="Germany"))
    checked(at.button(key="undo").click().run())
    assert store.decisions(project) == ()
    assert "nothing is saved yet" in texts(at)


def test_the_choices_follow_the_scenario():
    """Another scenario in the address proposes its own first choice."""
    store, project = sample()
    at = shown(region="Austria and Switzerland", scenario="cautious")
    best = engine(store, project, "Austria and Switzerland", "cautious").to_dict()["ranked"][0]["id"]
    assert find(at.selectbox, "first_choice|").value == best


def test_a_project_without_regions_decides_for_everybody():
    """One decision for all where no list names a region; names from outside are shown as typed."""
    store = open_store()
    profile = load_profile("seven_factors")
    project = store.create_project("Plain", profile.document()).id
    frame = pd.DataFrame(
        {"id": ["a", "b"], "name": ["**Bold** <b>x</b>", "{n} [l](http://x.y)"], "operating_years": [12, 5]}
    )
    for criterion in profile.criteria[1:]:
        frame[criterion.id] = [4.0, 3.0]
    store.apply_import(project, store.preview_import(project, Candidates.from_frame(frame, profile), file_name="x"))
    at = decide(shown())
    assert [(d.region, d.first, d.reserve) for d in store.decisions(project)] == [(None, "a", "b")]
    raw = "\n".join(element.value for element in [*at.markdown, *at.subheader])
    assert "\\*\\*Bold\\*\\* \\<b\\>x\\<\\/b\\>" in raw
    assert "[l](" not in raw


def test_every_download_is_there():
    """The memo and the ranking in four formats."""
    sample()
    at = shown(region="Germany")
    assert {d.key for d in at.get("download_button")} >= {
        "download_memo", "download_xlsx", "download_csv", "download_html", "download_json",
    }  # fmt: skip


def test_all_regions_at_once_is_no_decision():
    """With regions, the global list asks to choose one."""
    sample()
    at = shown(region="*")
    assert "A decision is made per region" in texts(at)
