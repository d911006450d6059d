"""The Ranking page shows what the engine computes, says what is missing, and saves what is decided on it."""

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from criteria import load_profile, parse_profile
from criteria.errors import WeightsError
from data.store import open_store
from selection import Candidates, rank
from views import scenario_table

NAMES = ["Nordlicht", "Rhein", "Elbe", "Havel", "**Bold** [x](http://y) :red[b] <b>", "Donau", "大连贸易", "=1+1"]


def project(n: int = 8, *, rated: bool = True, is_sample: bool = False, **columns: object) -> str:
    """Make a project of *n* candidates on the seven factors and return its id."""
    store = open_store()
    profile = load_profile("seven_factors")
    made = store.create_project("P", profile.document(), is_sample=is_sample)
    random = np.random.default_rng(7)
    table = {
        "id": [f"c{i}" for i in range(n)],
        "name": [NAMES[i % 8] if i < 8 else f"{NAMES[i % 8]} {i}" for i in range(n)],
        "operating_years": random.integers(4, 12, n).astype(float),
    }
    for criterion in profile.criteria:
        if criterion.kind == "judged":
            table[criterion.id] = random.integers(6, 11, n) / 2 if rated else np.full(n, np.nan)
    if n:
        candidates = Candidates.from_frame(pd.DataFrame(table | columns), profile)
        store.apply_import(made.id, store.preview_import(made.id, candidates, file_name="list.csv"))
    return made.id


def open_page(project_id: str, **address: str) -> AppTest:
    """Run the dashboard at the Ranking page of a project."""
    at = AppTest.from_file("../../views/main.py", default_timeout=60)
    at.query_params = {"project": project_id, "language": "en", **address}
    return at.run()


def ranking(project_id: str, region: str | None = None, stage: str | None = None):
    """Compute the ranking of a project without the page."""
    store = open_store()
    profile = parse_profile(store.project(project_id).profile)
    return rank(store.candidates_frame(project_id).candidates(profile), profile, region, stage=stage)


def plain(text: str) -> str:
    """Return a Markdown text without the escapes."""
    return text.replace("\\", "").replace("`", "")


def texts(at: AppTest) -> str:
    """Return every sentence on the page."""
    parts = [*at.subheader, *at.markdown, *at.caption, *at.info, *at.warning, *at.error]
    return plain("\n".join(str(part.value) for part in parts))


def the_list(at: AppTest) -> pd.DataFrame:
    """Return the ranked list as shown."""
    return at.dataframe[0].value


def test_the_list_is_the_ranking_below_the_ideal() -> None:
    """Places, names and scores equal the JSON of the same project; the ideal stands first with 100."""
    made = project(8)
    at = open_page(made)
    expected = ranking(made).to_dict()["ranked"]
    shown = the_list(at)
    assert shown["name"].tolist() == ["The ideal", *(entry["name"] for entry in expected)]
    assert shown["score"].tolist() == [100.0, *(round(entry["score"], 1) for entry in expected)]
    marks = [f"{entry['rank']}=" if entry["tied"] else str(entry["rank"]) for entry in expected]
    assert shown["place"].tolist() == ["–", *marks]
    assert f"{expected[0]['name']} leads" in plain(at.subheader[0].value)


def test_ties_share_a_place() -> None:
    """Two equal candidates are both 1=."""
    same = {"name": list("ABC"), "operating_years": [9.0, 9.0, 4.0]}
    levels = {c.id: [4.0, 4.0, 3.0] for c in load_profile("seven_factors").criteria if c.kind == "judged"}
    assert the_list(open_page(project(3, **same, **levels)))["place"].tolist() == ["–", "1=", "1=", "3"]


def test_names_are_shown_as_typed() -> None:
    """A name that looks like markup is escaped wherever Markdown is read."""
    made = project(5, operating_years=[4.0, 4, 4, 4, 12], solvency=[3.0, 3, 3, 3, 5])
    at = open_page(made, candidate="c4")
    assert "c4" in at.session_state["candidate"]
    every = [str(part.value) for part in [*at.subheader, *at.markdown, *at.caption]]
    assert any("Bold" in text for text in every)
    assert not any("[x](" in text or "**Bold**" in text or ":red[" in text for text in every)


def test_without_ratings_it_is_a_desk_ranking_and_says_what_to_rate() -> None:
    """The page turns to the desk by itself; the full ranking is one click away and warns."""
    made = project(12, rated=False)
    at = open_page(made)
    assert "Too early to choose: 6 of 7 factors are unknown for 12 of 12 candidates." in texts(at)
    assert "these 8 lead" in texts(at)
    assert "Rate them next: 48 ratings, about 5 min." in texts(at)
    button = at.button("rate_next")
    assert "for 8 candidates" in plain(button.label)
    desk = ranking(made, stage="desk")
    assert the_list(at)["score"].tolist()[1:] == [round(entry.figures.score, 1) for entry in desk.pending[:10]]
    at.segmented_control("stage_early").set_value("full").run()
    assert "Too early to choose" in at.warning[0].value
    full = ranking(made)
    assert the_list(at)["score"].tolist()[1:] == [round(entry.figures.score, 1) for entry in full.pending[:10]]


def test_a_candidate_to_be_verified_has_a_band_and_its_possible_ranks() -> None:
    """An unknown must-have gives a row with “?”, its range, and between which ranks it may end."""
    made = project(4, solvency=[4.0, 4.0, 4.0, np.nan])
    row = the_list(open_page(made)).iloc[-1]
    pending = ranking(made).pending[0]
    assert row["place"] == "?"
    assert row["band"] == f"{pending.figures.low:.0f}–{pending.figures.high:.0f}"
    assert (
        f"could be number {pending.rank_best} to {pending.rank_worst}" in row["why"] or "would be number" in row["why"]
    )


def test_the_funnel_opens_its_lists() -> None:
    """Each count of the funnel shows who is behind it."""
    made = project(6, operating_years=[1.0, 2.0, 5, 6, 7, 8])
    at = open_page(made, show="eliminated")
    assert set(the_list(at)["name"]) == {"Nordlicht", "Rhein"}
    assert the_list(at)["place"].tolist() == ["out", "out"]
    at.segmented_control("show").set_value("qualified").run()
    assert len(the_list(at)) == 5


def test_the_first_ten_come_first_and_the_rest_on_demand() -> None:
    """Thirty candidates show ten and the ideal, until all are asked for."""
    at = open_page(project(30, solvency=[4.0] * 30, cooperation_attitude=[4.0] * 30))
    assert len(the_list(at)) == 11
    at.toggle("show_all").set_value(True).run()
    assert len(the_list(at)) == 31


def test_a_pinned_candidate_stays_in_sight() -> None:
    """The last of thirty follows the first ten once it is pinned."""
    made = project(30, solvency=[4.0] * 30, cooperation_attitude=[4.0] * 30)
    last = ranking(made).ranked[-1].figures
    at = open_page(made, candidate=last.id)
    at.button("pin").click().run()
    assert open_store().pins(made) == (last.id,)
    assert the_list(at).iloc[-1]["name"] == last.name
    assert the_list(at).iloc[-1]["marks"].startswith("pinned")


def test_asking_about_an_eliminated_candidate_says_what_it_would_take() -> None:
    """The boss's “and what about ...?” is answered for anyone."""
    at = open_page(project(4, operating_years=[2.0, 5, 6, 7]), candidate="c0")
    assert "Nordlicht is out." in texts(at)
    assert "must be at least 3 years" in texts(at)
    assert "With that met it would be number" in texts(at)


def test_somebody_from_elsewhere_can_be_asked_about() -> None:
    """Who does not serve the region is in the pool, and the answer says so."""
    made = project(3, regions=["DE", "DE", "FR"])
    at = open_page(made, region="DE", candidate="c2")
    assert "Elbe does not serve DE." in texts(at)


def test_why_adds_up_to_the_score() -> None:
    """The points shown in the table of values sum to the score shown."""
    made = project(5)
    at = open_page(made)
    leader = ranking(made).ranked[0].figures
    points = next(frame.value for frame in at.dataframe if "Points" in frame.value.columns)["Points"]
    assert sum(float(text.split(" ")[0]) for text in points) == pytest.approx(round(leader.score, 1), abs=1e-9)
    assert f"{leader.name}: {leader.score:.1f} (qualified line 50, ideal 100)" in texts(at)


def test_head_to_head_adds_up_on_screen() -> None:
    """The differences shown sum to the difference of the totals as shown."""
    made = project(6)
    first, second = (ranking(made).ranked[place].figures for place in (0, -1))
    at = open_page(made, panel="pair", candidate=first.id, against=second.id)
    table = next(frame.value for frame in at.dataframe if "factor" in frame.value.columns)
    shown = [float(text.replace("−", "-")) for text in table["points"]]
    lead = round(round(first.score, 1) - round(second.score, 1), 1)
    assert shown[-1] == pytest.approx(lead, abs=1e-9)
    assert sum(shown[:-1]) == pytest.approx(lead, abs=1e-9)
    assert f"points above {second.name}" in texts(at)


def test_eliminated_lists_near_misses_first_and_the_threshold_lets_them_in() -> None:
    """A limit moved to two years lets Nordlicht in, at the rank a fresh ranking gives it."""
    made = project(4, operating_years=[2.5, 0.5, 6, 7])
    at = open_page(made, panel="out", dial="operating_years")
    table = next(frame.value for frame in at.dataframe if "gate" in frame.value.columns)
    assert table["name"].tolist() == ["Nordlicht", "Rhein"]
    assert table["near"].tolist() == ["near miss", ""]
    assert (table["value"][0], table["limit"][0], table["short"][0]) == ("2.5 years", "3 years", "0.5")
    slider = next(s for s in at.slider if s.key.startswith("limit_operating_years"))
    slider.set_value(2.0).run()
    assert "Nordlicht would come in as number" in texts(at)
    assert "Rhein would" not in texts(at)


def test_a_must_have_is_waived_with_name_and_reason_only() -> None:
    """Without a reason it is refused in a sentence; with one the candidate is ranked and the waiver is shown."""
    made = project(4, operating_years=[2.5, 5, 6, 7])
    at = open_page(made, panel="out")
    at.text_input("waive_by").set_value("Ann")
    at.button("waive_go").click().run()
    assert len(at.error) == 1
    assert open_store().waivers(made) == ()
    at.text_input("waive_by").set_value("Ann")
    at.text_input("waive_reason").set_value("bought an old firm")
    at.button("waive_go").click().run()
    (waiver,) = open_store().waivers(made)
    assert (waiver.by, waiver.reason, waiver.candidate) == ("Ann", "bought an old firm", "c0")
    assert "waived by Ann: bought an old firm" in texts(at)
    assert len(the_list(at)) == 5
    next(b for b in at.button if str(b.key).startswith("withdraw_")).click().run()
    assert open_store().waivers(made) == ()


def test_a_weight_typed_in_the_table_is_saved_and_a_wrong_one_refused() -> None:
    """The editor's own limits are the browser's; Python checks again."""
    made = project(4)
    profile = parse_profile(open_store().project(made).profile)
    edited = scenario_table.edited(profile, {0: {"points balanced": 3.0, "share balanced": "x"}})
    assert edited["balanced"]["operating_years"] == 3.0
    for wrong in (-1, float("nan"), float("inf"), "x", True, 1e300):
        with pytest.raises(WeightsError, match="Solvency"):
            scenario_table.checked_weight(profile, "solvency", wrong)
    with pytest.raises(WeightsError, match="every weight is zero"):
        scenario_table.edited(profile, {row: {"points balanced": None} for row in range(7)})


def test_a_tried_weight_moves_the_list_and_is_saved_as_a_scenario() -> None:
    """The list under the slider equals the ranking of the saved scenario."""
    made = project(8)
    at = open_page(made, panel="scenarios")
    at.selectbox("try_factor").set_value("operating_years").run()
    next(s for s in at.slider if s.key.startswith("try_operating_years")).set_value(60.0).run()
    tried = next(frame.value for frame in at.dataframe if "moved" in frame.value.columns)
    at.text_input("try_name").set_value("history first")
    at.button("try_save").click().run()
    profile = parse_profile(open_store().project(made).profile)
    assert "history first" in profile.scenario_names
    assert profile.weights("history first")[0] == pytest.approx(0.6, abs=1e-6)
    fresh = rank(open_store().candidates_frame(made).candidates(profile), profile, scenario="history first")
    assert tried["name"].tolist() == [entry.figures.name for entry in fresh.ranked]
    assert tried["score"].tolist() == [round(entry.figures.score, 1) for entry in fresh.ranked]
    at.text_input("try_name").set_value("history first")
    at.button("try_save").click().run()
    assert any("already" in plain(error.value) for error in at.error)


def test_scenarios_say_how_far_they_agree_and_cross_check() -> None:
    """One sentence of agreement, one line of cross-check."""
    at = open_page(project(8), panel="scenarios")
    assert "scenarios" in texts(at)
    assert any(word in texts(at) for word in ("TOPSIS", "VIKOR", "WASPAS"))


def test_an_empty_project_teaches_and_offers_the_one_button() -> None:
    """No list, no charts: what belongs here and the button to the candidates."""
    at = open_page(project(0))
    assert "No candidates yet" in at.subheader[0].value
    assert at.button("empty_add").label == "Add candidates"
    assert not at.dataframe
    assert not at.exception


@pytest.mark.parametrize("panel", ["why", "pair", "out", "scenarios"])
@pytest.mark.parametrize("case", ["one", "unknown", "nobody"])
def test_every_panel_holds_in_every_poor_case(case: str, panel: str) -> None:
    """One candidate, nothing known, nobody qualified: a sentence each, never an exception."""
    nothing = {c.id: [np.nan] * 3 for c in load_profile("seven_factors").criteria}
    made = {
        "one": lambda: project(1),
        "unknown": lambda: project(3, **nothing),
        "nobody": lambda: project(3, operating_years=[1.0, 1.0, 1.0]),
    }[case]()
    at = open_page(made, panel=panel)
    assert at.session_state["panel"] == panel
    assert not at.exception
    expected = {
        "one": "only qualified",
        "unknown": "nothing is known yet",
        "nobody": "No candidate meets every must-have",
    }
    assert expected[case] in texts(at)


def test_a_region_nobody_serves_says_so() -> None:
    """The sentence and a way on, no traceback."""
    store = open_store()
    made = project(3, regions=["DE", "DE", "DE"])
    document = store.project(made).profile | {"regions": {"FR": {"note": "later"}}}
    store.save_profile(made, document, based_on=store.project(made).version)
    at = open_page(made, region="FR")
    assert "No candidate serves “FR”" in texts(at)
    assert at.button("nobody_go")


def test_a_sample_is_marked_as_invented_and_left_with_one_click() -> None:
    """The banner leads to the import, which makes a project of one's own."""
    made = project(4, is_sample=True)
    at = open_page(made)
    assert "Invented example" in texts(at)
    at.button("start_own").click().run()
    assert [header.value for header in at.header] == ["Candidates"]
    assert at.query_params["tab"] in ("import", ["import"])
    assert not at.exception
