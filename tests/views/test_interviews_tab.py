"""Interviews: alone as simple as before; with colleagues blind first, then compared and agreed on."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from criteria import load_profile
from data.rating_sheets import read_rating_sheet
from data.store import Rating, open_store
from data.writers.rating_sheet import SheetOf, rating_sheet
from tests.views.test_candidates_page import HOSTILE, keys, open_page, project, texts, value
from views.words import md

FACTOR = "cooperation_attitude"


def panel(names: tuple[str, ...] = ("Nordlicht", "Rhein", "Elbe"), done: tuple[str, ...] = ("Li", "Wu")) -> str:
    """Make a project that Li and Wu rated on one factor: far apart on the first candidate."""
    listed = {c.id: [3.5] * len(names) for c in load_profile("seven_factors").criteria if c.kind == "judged"}
    listed |= {"operating_years": [9.0, 7.0, 5.0][: len(names)]}
    listed.pop(FACTOR)
    made = project(names, **listed)
    store = open_store()
    for who, ratings in (("Li", (5.0, 3.0, 2.0)), ("Wu", (2.0, 3.5, 1.0))):
        for i, rating in enumerate(ratings[: len(names)]):
            store.rate(made, f"c{i}", FACTOR, rating, who=who, reason=f"because {who}" if i == 0 else None)
    for who in done:
        store.finish(made, who)
    return made


def open_tab(made: str, who: str = "Li", **address: str) -> AppTest:
    """Open the tab as the person whose name stands in the sidebar."""
    open_store().set_setting("who", who)
    return open_page(made, tab="interviews", **address)


def test_alone_the_page_is_as_simple_as_a_grid() -> None:
    """No choice of assessor, no state, no comparison: one factor, one candidate, the anchors."""
    made = project(("Nordlicht", "Rhein"), operating_years=[5.0, 9.0])

    at = open_tab(made, "Li")
    at.button(key="rate_4").click().run()

    assert open_store().ratings(made)["who"].tolist() == ["Li"]
    assert "interview_finish" not in keys(at)
    assert not [each for each in at.selectbox if each.key == "assessor"]
    assert "have finished" not in texts(at)


def test_a_link_of_an_earlier_version_opens_the_interviews() -> None:
    """The tab was called rate once."""
    at = open_page(project(("Nordlicht",), operating_years=[5.0]), tab="rate")
    assert "rate_4" in keys(at)


def test_until_finished_only_ones_own_ratings_are_seen() -> None:
    """Wu has not finished: nothing of Li's is on the page, neither rating, mean nor reason, and all is open to Wu."""
    made = project(("Nordlicht", "Rhein"), operating_years=[9.0, 7.0])
    store = open_store()
    for candidate in ("c0", "c1"):
        store.rate(made, candidate, FACTOR, 4, who="Li", reason="secret reason")
    store.set_setting("assessors", ["Li", "Wu"], project=made)

    at = open_tab(made, "Wu", factor=FACTOR)

    assert at.subheader[0].value == "Nordlicht"  # Li's answer is not Wu's
    assert "secret reason" not in texts(at)
    assert not any("4 of 5" in str(table.value.to_dict()) for table in at.dataframe)
    assert "All ratings, lowest to highest" not in texts(at)
    assert all(at.button(key=f"rate_{n}").proto.type == "secondary" for n in range(1, 6))
    assert "you see only your own ratings" in texts(at)
    assert "0 of 2 assessors have finished; still to come: Li · Wu." in texts(at)
    at.button(key="rate_2").click().run()
    assert value(made, "c0", FACTOR) == 3
    assert at.button(key="rate_4").proto.type == "secondary"
    assert "The ranking already uses the mean of the ratings that are there." in texts(at)
    at.button(key="interview_finish").click().run()
    assert "1 of 2 assessors has finished; still to come: Li." in texts(at)
    assert "secret reason" in texts(at)


def test_nobody_drops_out_of_the_round_by_anothers_rating() -> None:
    """Li's 1 eliminates on a must-have; Wu still gets the candidate to rate."""
    made = project(("Nordlicht", "Rhein"), operating_years=[9.0, 7.0])
    store = open_store()
    profile = load_profile("seven_factors")
    gated = next(c.id for c in profile.criteria if c.kind == "judged" and c.gates)
    store.rate(made, "c0", gated, 1, who="Li")
    store.set_setting("assessors", ["Li", "Wu"], project=made)

    at = open_tab(made, "Wu", factor=gated)

    assert at.subheader[0].value == "Nordlicht"


def test_differences_come_with_both_reasons_and_can_be_agreed_on() -> None:
    """The flag names who said what; the agreed value is a row of its own, needs a reason, and can be withdrawn."""
    made = panel()
    at = open_tab(made, "Li")
    shown = texts(at)
    assert "Talk about this one" in shown
    assert "Nordlicht, Cooperation attitude: ratings run from 2 to 5." in shown
    assert "Li gave 5: because Li" in shown
    assert "Wu gave 2: because Wu" in shown

    key = f"{FACTOR}_c0_"
    at.selectbox(key=f"agree_value_{key}").set_value(3.0).run()
    at.button(key=f"agree_save_{key}").click().run()
    assert "Say why in a few words" in texts(at)
    at.text_input(key=f"agree_reason_{key}").set_value("after the visit").run()
    at.button(key=f"agree_save_{key}").click().run()

    assert value(made, "c0", FACTOR) == 3.0
    assert "Agreed on 3, noted by Li: after the visit" in texts(at)
    assert sorted(open_store().ratings(made)["rating"]) == [1, 2, 2, 3, 3.5, 5]
    open_store().rate(made, "c0", FACTOR, 4, who="Wu")
    at.run()
    assert "Rated again since." in texts(at)
    at.button(key=f"withdraw_{key}").click().run()
    assert value(made, "c0", FACTOR) == 4.5


def test_a_narrower_limit_flags_more() -> None:
    """What is worth a talk is adjustable; the widest difference comes first."""
    at = open_tab(panel(), "Li")
    at.selectbox(key="panel_limit").set_value(0.5).run()
    assert "Talk about these 3" in texts(at)
    at.selectbox(key="panel_limit").set_value(3.0).run()
    assert "Talk about this one" in texts(at)


def test_the_table_shows_lowest_to_highest_the_widest_first() -> None:
    """One row per candidate, one column per rated criterion."""
    at = open_tab(panel(), "Wu")
    (table,) = [each.value for each in at.dataframe if "Candidate" in each.value]
    assert table["Candidate"].tolist() == ["Nordlicht", "Elbe", "Rhein"]
    assert table["Cooperation attitude"].tolist() == ["2 to 5", "1 to 2", "3 to 3.5"]


def test_the_assessors_and_the_ranking_without_each_are_told_in_sentences() -> None:
    """Strict and mild, Kendall's W, ratings changed after finishing, who would lead without whom."""
    made = panel()
    open_store().rate(made, "c1", FACTOR, 3.0, who="Wu")
    at = open_tab(made, "Li")
    shown = texts(at)
    assert "Li is mild: 0.7 points above the others on the same candidates." in shown
    assert "Wu is strict: 0.7 points below the others on the same candidates." in shown
    assert "order of 3 candidates (Kendall's W" in shown
    assert "Wu changed 1 rating after finishing." in shown
    assert "Without Li:" in shown
    assert "Without Wu:" in shown


def test_everything_finished_still_can_be_changed_and_undone() -> None:
    """The grid comes back by a switch; undo takes the finishing back, and with it the comparison."""
    made = panel()
    at = open_tab(made, "Li", factor=FACTOR)
    assert "rate_4" not in keys(at)
    at.toggle(key="interview_again").set_value(True).run()
    at.selectbox(key="rate_again_one").set_value("c1").run()
    at.button(key="rate_4").click().run()
    assert value(made, "c1", FACTOR) == 3.75
    assert "Li changed 1 rating after finishing." in texts(at)
    assert "All 2 assessors have finished." in texts(at)
    for _ in range(2):
        at.button(key="undo").click().run()
    assert "still to come: Wu" in texts(at)


def test_a_new_name_in_the_sidebar_has_to_say_who_rates() -> None:
    """Ratings by Li are there and Wu works here now: no grid before it is clear whose ratings these are."""
    made = project(("Nordlicht",), operating_years=[9.0])
    open_store().rate(made, "c0", FACTOR, 4, who="Li")

    at = open_tab(made, "Wu")

    assert "Say who rates." in texts(at)
    assert "rate_4" not in keys(at)
    at.selectbox(key="assessor").set_value("Wu").run()
    assert at.subheader[0].value == "Nordlicht"
    at.button(key="rate_2").click().run()
    assert set(open_store().ratings(made)["who"]) == {"Li", "Wu"}


def test_a_colleague_is_put_on_the_list_once() -> None:
    """Capitals make no other person; the first colleague brings whoever rates here onto the list too."""
    made = project(("Nordlicht",), operating_years=[9.0])
    at = open_tab(made, "Li")
    for name in ("Wu", "  wu ", "WU"):
        at.text_input(key="colleague_name").set_value(name).run()
        at.button(key="colleague_add").click().run()

    assert open_store().setting("assessors", project=made) == ["Li", "Wu"]
    assert at.selectbox(key="sheet_for").options == ["Wu"]
    assert "still to come: Li · Wu" in texts(at)


def test_a_colleague_needs_an_own_name_first() -> None:
    """Without a name in the sidebar the ratings could not be told apart."""
    at = open_tab(project(("Nordlicht",), operating_years=[9.0]), "")
    at.text_input(key="colleague_name").set_value("Wu").run()
    at.button(key="colleague_add").click().run()
    assert "Type your own name on the left first" in texts(at)


def sheet_of(made: str, who: str, answers: dict[tuple[str, str], Any], people: list[tuple[str, str]]) -> bytes:
    """Return a filled rating sheet."""
    profile = load_profile("seven_factors")
    book = openpyxl.load_workbook(io.BytesIO(rating_sheet(SheetOf(who, made, "P"), [profile.by_id[FACTOR]], people)))
    for row in book.worksheets[0].iter_rows(min_row=5):
        row[2].value = answers.get((row[4].value, row[5].value))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_that_comes_back_is_counted_then_saved_as_one_action() -> None:
    """The preview shows counts and problems but no rating; a sheet with problems is not finished."""
    made = project(("Nordlicht", "Rhein"), operating_years=[9.0, 7.0])
    open_store().rate(made, "c0", FACTOR, 4, who="Li")
    people = [("c0", "Nordlicht"), ("c1", "Rhein")]
    content = sheet_of(made, "wu", {(FACTOR, "c0"): "1,5", (FACTOR, "c1"): 9}, people)
    at = open_tab(made, "Li")

    at.file_uploader[0].upload("wu.xlsx", content, "application/octet-stream").run()

    assert "wu: 1 new ratings, 0 changed, 0 known already; 0 left open." in texts(at)
    assert "Line 6, “Rating”:" in texts(at)
    assert "1.5" not in texts(at)
    at.button(key="sheet_save").click().run()
    assert value(made, "c0", FACTOR) == 2.75
    assert [each.assessor for each in open_store().finished(made)] == []
    assert open_store().setting("assessors", project=made) == ["Li", "wu"]


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_a_file_that_is_no_sheet_gets_one_sentence(content: bytes) -> None:
    """No traceback: what it is not, and what to do."""
    at = open_tab(project(("Nordlicht",), operating_years=[9.0]), "Li")
    at.file_uploader[0].upload("wu.xlsx", content, "application/octet-stream").run()
    assert len(at.error) == 1
    assert "wu.xlsx" in at.error[0].value.replace("\\", "")
    assert not at.exception


def test_the_downloaded_sheet_has_the_round_and_nobodys_ratings(tmp_path: Path) -> None:
    """Factors and candidates of the round, for the chosen colleague; Li's ratings are not in it."""
    from views import interview_sheets

    made = panel(done=())
    store = open_store()
    profile = load_profile("seven_factors")
    judged = tuple(c for c in profile.criteria if c.kind == "judged")
    about = SheetOf("Wu", made, "P")
    path = tmp_path / "sheet.xlsx"

    path.write_bytes(interview_sheets._workbook(about, judged, (("c0", "Nordlicht"),)))
    found = read_rating_sheet(path, profile, {"c0": "Nordlicht"}, made)

    assert (found.ratings, found.left_open) == ((), len(judged))
    text = "".join(str(cell.value) for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row)
    assert not any(reason and reason in text for reason in store.ratings(made)["reason"])
    at = open_tab(made, "Li")
    (download,) = [each for each in at.get("download_button") if "sheet_download" in each.proto.id]
    assert not download.proto.disabled


def test_names_from_outside_are_shown_as_typed() -> None:
    """Candidate, assessor and reason full of markup stay text in every sentence."""
    made = project((HOSTILE, "Rhein"), operating_years=[9.0, 7.0])
    store = open_store()
    for who, rating in ((HOSTILE, 1.0), ("Li", 5.0)):
        store.rate(made, "c0", FACTOR, rating, who=who, reason=HOSTILE)
        store.finish(made, who)
    store.moderate(made, "c0", FACTOR, 3, who=HOSTILE, reason=HOSTILE)

    at = open_tab(made, "Li")
    everything = "\n".join(str(part.value) for part in [*at.markdown, *at.caption])

    assert md(HOSTILE) in everything
    assert HOSTILE not in everything
    assert not at.exception


def test_a_sheets_ratings_can_be_saved_for_a_whole_panel_and_undone() -> None:
    """Three people through the store, one undo: the tab follows."""
    made = panel()
    open_store().rate_many(made, "Chen", [Rating("c0", FACTOR, 4.0), Rating("c1", FACTOR, None)], by="Li")
    at = open_tab(made, "Li")
    assert "still to come: Chen" in texts(at)
    at.button(key="undo").click().run()
    assert "All 2 assessors have finished." in texts(at)
