"""Before you sign: the panel shows what the engine says, leads to where a fact is entered, and is quiet when done."""

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from criteria import load_profile
from criteria.text import render
from data.store import open_store
from selection.robustness.firmness import firmness
from selection.robustness.signing import before_signing
from tests.views.test_ranking_page import NAMES, open_page, plain, project, ranking, texts

JUDGED = [c.id for c in load_profile("seven_factors").criteria if c.kind == "judged"]


def close_race(n: int = 8) -> str:
    """Make a project in which two candidates lack a fact each that decides who is among the first three."""
    levels = {key: [4.0, 4.0, 4.0, 4.0, 4.0, 3.5, 3.0, 3.0][:n] for key in JUDGED}
    levels[JUDGED[-1]] = [4.0, 4.0, 4.0, np.nan, np.nan, 3.5, 3.0, 3.0][:n]
    return project(n, operating_years=np.array([10.0, 9.5, 9.0, 8.9, np.nan, 6.0, 5.0, 4.0][:n]), **levels)


def open_panel(made: str, **address: str) -> AppTest:
    """Run the dashboard at the panel of a project."""
    return open_page(made, panel="sign", **address)


def test_the_panel_says_what_the_engine_says() -> None:
    """Headline, settled or not, the first three facts, how firm and what is claimed: all sentences of the engine."""
    made = close_race()
    at, expected = open_panel(made), ranking(made)
    found = before_signing(expected, firmness(expected))
    assert not at.exception
    assert len(found.facts) >= 3
    shown = texts(at)
    sentences = [found.headline, *found.settled, *found.firm, *found.word, *(f.sentence for f in found.facts[:3])]
    assert [render(each) for each in sentences if render(each) not in shown] == []
    assert found.chosen is not None
    name = expected.candidates.names[found.chosen]
    assert f"What rests only on the word of {name}" in shown
    assert "an unknown figure or rating may lie anywhere between 0 and 100" in shown


def test_a_rating_leads_to_the_grid_and_a_fact_to_the_card() -> None:
    """The button of each fact opens the candidate and the factor that it is about."""
    made = close_race()
    expected = ranking(made)
    facts = before_signing(expected, firmness(expected)).facts[:3]
    kinds = {expected.profile.by_id[fact.criterion].kind for fact in facts}
    assert kinds == {"judged", "fact"}
    for number, fact in enumerate(facts):
        at = open_panel(made)
        at.button(f"sign_go_{number}").click().run()
        name, id_ = expected.candidates.names[fact.row], expected.candidates.ids[fact.row]
        if expected.profile.by_id[fact.criterion].kind == "judged":
            assert at.selectbox("factor").value == fact.criterion
            assert name in [plain(each.value) for each in at.subheader]
        else:
            assert at.selectbox("candidate").value == id_
            assert name in [plain(each.value) for each in at.subheader]


def test_ten_rows_before_a_hundred() -> None:
    """Three facts are shown; the next ten come in a table when they are asked for, and the rest as a number."""
    made = project(30, rated=True, **{key: np.where(np.arange(30) % 2, 3.5, np.nan) for key in JUDGED[1:3]})
    at = open_panel(made)
    assert not [each for each in at.dataframe if "together" in each.value.columns]
    expected = ranking(made)
    facts = before_signing(expected, firmness(expected)).facts
    assert len(facts) > 10
    at.toggle("sign_more").set_value(True).run()
    table = next(each.value for each in at.dataframe if "together" in each.value.columns)
    assert table["what"].tolist() == [render(fact.what) for fact in facts[:10]]
    assert f"{len(facts) - 10} more could still change it." in texts(at)


def test_a_settled_ranking_asks_for_nothing() -> None:
    """Everything known: it says so and shows no button and no assumption."""
    at = open_panel(project(8))
    assert "Settled: every fact that counts is known." in texts(at)
    assert not [each for each in at.button if each.key and each.key.startswith("sign_go")]
    assert "Assumed" not in texts(at)


def test_too_early_is_said_on_the_desk_too() -> None:
    """Before the interviews the panel is about the full ranking: too early, and whom to rate first."""
    at = open_panel(project(12, rated=False))
    assert [plain(each.value) for each in at.subheader][-1].startswith("Too early to choose")
    assert at.button("sign_go_0").label == "Rate"


def test_hostile_names_stay_texts() -> None:
    """A name that looks like markup is shown as typed in sentences and buttons."""
    levels = {key: [4.0, 4.0, 4.0, 4.0, np.nan] for key in JUDGED}
    at = open_panel(project(5, operating_years=np.array([9.0, 9, 9, 9, 12]), **levels))
    assert NAMES[4] in texts(at)
    every = [str(part.value) for part in [*at.subheader, *at.markdown, *at.caption]]
    assert not any("[x](" in text or "**Bold**" in text or ":red[" in text for text in every)


def test_nobody_qualifies() -> None:
    """Everybody eliminated: one sentence, nothing to ask, no traceback."""
    at = open_panel(project(3, solvency=[1.0, 1.0, 1.0]))
    assert not at.exception
    assert "Nobody qualifies, and no open fact can change that: keep searching." in texts(at)


def test_it_follows_what_is_saved() -> None:
    """A fact that is entered leaves the list at the next look: the panel is kept per saved state only."""
    made = close_race()
    at, expected = open_panel(made), ranking(made)
    fact = before_signing(expected, firmness(expected)).facts[0]
    assert render(fact.what) in texts(at)
    store = open_store()
    id_ = str(expected.candidates.ids[fact.row])
    if expected.profile.by_id[fact.criterion].kind == "judged":
        store.rate(made, id_, fact.criterion, 1.0, who="me")
    else:
        profile = expected.original[1]
        frame = pd.DataFrame({"id": [id_], "name": [expected.candidates.names[fact.row]], fact.criterion: [4.0]})
        from selection import Candidates

        store.apply_import(made, store.preview_import(made, Candidates.from_frame(frame, profile), file_name="b.csv"))
    assert render(fact.what) not in texts(at.run())
