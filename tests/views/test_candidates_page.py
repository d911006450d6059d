"""The Candidates page takes lists in, lets people correct and rate, and says what it refuses; nothing is lost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from criteria import load_profile, parse_profile
from data.store import NOT_APPLICABLE, ValueEdit, open_store
from selection import Candidates
from views.candidates_cells import evidence_title, read, shown
from views.candidates_twins import pairs
from views.import_source import from_text
from views.words import md

HOSTILE = "**Bold** [x](http://y) :red[b] <b> $x$"
SHEET = (
    "Company\tYears in business\tTerritory\tZip\nNordlicht\t12\tDE; AT\t10115\n"
    "Rhein\tabout 5\tDE\t50667\nElbe\t3\tAT\t20095"
)


def project(names: tuple[str, ...] = (), *, is_sample: bool = False, **columns: Any) -> str:
    """Make a project on the seven factors with candidates c0, c1 ... and return its id."""
    store = open_store()
    profile = load_profile("seven_factors")
    made = store.create_project("P", profile.document(), is_sample=is_sample)
    if names:
        table = {"id": [f"c{i}" for i in range(len(names))], "name": list(names), **columns}
        candidates = Candidates.from_frame(pd.DataFrame(table), profile)
        store.apply_import(made.id, store.preview_import(made.id, candidates, file_name="list.csv"))
    return made.id


def open_page(project_id: str, **address: str) -> AppTest:
    """Run the dashboard at the Candidates page of a project."""
    at = AppTest.from_file("../../views/main.py", default_timeout=60)
    at.query_params = {"project": project_id, "language": "en", **address}
    at.run()
    at.switch_page("candidates_page.py").run()
    assert [header.value for header in at.header] == ["Candidates"]
    return at


def texts(at: AppTest) -> str:
    """Return every sentence on the page, without the escapes of Markdown."""
    parts = [*at.subheader, *at.markdown, *at.caption, *at.info, *at.warning, *at.error, *at.success]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def keys(at: AppTest) -> set[str]:
    """Return the keys of the buttons."""
    return {str(button.key) for button in at.button}


def value(project_id: str, candidate: str, criterion: str) -> Any:
    """Return what the store holds for one value."""
    stored = open_store().candidates_frame(project_id)
    row = stored.frame["id"].tolist().index(candidate)
    if criterion in stored.not_applicable and stored.not_applicable[criterion][row]:
        return NOT_APPLICABLE
    return None if criterion not in stored.frame else stored.frame[criterion].iat[row]


def paste(at: AppTest, text: str) -> AppTest:
    """Paste cells and run."""
    at.text_area(key="import_paste").set_value(text)
    return at.run()


# --- import -----------------------------------------------------------------------------------------------------------


def test_an_empty_project_teaches_and_offers_the_import() -> None:
    """Without candidates there are no tabs: the page says what belongs here and takes a list at once."""
    at = open_page(project())
    assert "Who could sell for you?" in texts(at)
    assert at.text_area(key="import_paste").value == ""
    assert at.get("file_uploader")
    assert "add_candidate" in keys(at)
    assert not [group for group in at.get("button_group") if getattr(group, "key", None) == "tab"]


def test_pasted_cells_become_candidates_and_undo_takes_them_back() -> None:
    """A pasted sheet is recognised, its problem is shown with its line, one button adds it, and undo removes it."""
    made = project()
    at = paste(open_page(made), SHEET)
    assert "3 of 4 columns recognised." in texts(at)
    assert "It fills 1 of the 7 criteria of your standard: Operating history." in texts(at)
    assert "Line 3, “Years in business”:" in texts(at)
    assert at.button(key="import_apply").label == "Add 3 candidates"
    at.button(key="import_apply").click().run()
    assert "3 candidates were added." in texts(at)
    assert {record.name: record.regions for record in open_store().candidates(made)} == {
        "Nordlicht": "DE; AT",
        "Rhein": "DE",
        "Elbe": "AT",
    }
    first, second, _ = (record.id for record in open_store().candidates(made))
    assert value(made, first, "operating_years") == 12
    assert np.isnan(value(made, second, "operating_years"))
    at.button(key="undo").click().run()
    assert not open_store().candidates(made)


def test_the_same_list_again_changes_nothing() -> None:
    """A list that says what is known already has no button; a changed cell is shown with before and after."""
    made = project()
    paste(open_page(made), SHEET).button(key="import_apply").click().run()
    at = paste(open_page(made, tab="import"), SHEET)
    assert "nothing to add" in texts(at)
    assert "import_apply" not in keys(at)
    paste(at, SHEET.replace("\t12\t", "\t13\t"))
    assert at.button(key="import_apply").label == "Update 1 candidate"
    changes = next(frame.value for frame in at.dataframe if "In the list" in frame.value)
    assert changes.to_dict("records") == [
        {
            "Candidate": "Nordlicht",
            "What changes": "Operating history (years)",
            "Now": "12 years",
            "In the list": "13 years",
        }
    ]


def test_a_column_can_be_given_another_meaning() -> None:
    """A column that was left out is imported once it is said what it is; two columns never share one meaning."""
    made = project()
    at = paste(open_page(made), "Company\tOur score\tYears in business\nNordlicht\t4\t12")
    boxes = {box.label.replace("\\", ""): box for box in at.selectbox if str(box.key).startswith("import_column")}
    boxes["Read “Our score” as"].set_value("cooperation_attitude").run()
    boxes = {box.label.replace("\\", ""): box for box in at.selectbox if str(box.key).startswith("import_column")}
    assert boxes["Read “Years in business” as"].value == "operating_years" or "raw:" in str(
        boxes["Read “Years in business” as"].value
    )
    boxes["Read “Years in business” as"].set_value("cooperation_attitude").run()
    boxes = {box.label.replace("\\", ""): box for box in at.selectbox if str(box.key).startswith("import_column")}
    assert boxes["Read “Our score” as"].value == ""
    boxes["Read “Years in business” as"].set_value("operating_years").run()
    boxes = {box.label.replace("\\", ""): box for box in at.selectbox if str(box.key).startswith("import_column")}
    boxes["Read “Our score” as"].set_value("cooperation_attitude").run()
    at.button(key="import_apply").click().run()
    candidate = open_store().candidates(made)[0].id
    assert value(made, candidate, "cooperation_attitude") == 4
    assert value(made, candidate, "operating_years") == 12


def test_a_country_column_counts_as_the_region_and_the_page_says_so() -> None:
    """Without a region column the country is taken, visibly; without both, everybody counts in every region."""
    at = paste(open_page(project()), "Company\tCountry\nNordlicht\tGermany")
    assert "“Country” is taken as the region each candidate serves" in texts(at)
    at = paste(open_page(project()), "Company\tColour\nNordlicht\tred")
    assert "No column says which region a candidate serves" in texts(at)


def test_a_file_that_cannot_be_read_gets_one_sentence() -> None:
    """A picture named .csv is refused in a sentence with its name, and nothing is written."""
    made = project()
    at = open_page(made)
    at.get("file_uploader")[0].set_value(("photo.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "text/csv")).run()
    assert len(at.error) == 1
    assert "photo.csv" in texts(at)
    assert "import_apply" not in keys(at)
    assert not open_store().candidates(made)


def test_a_real_list_never_mixes_with_the_invented_sample() -> None:
    """Importing while the sample is open makes a project of its own, with the template that the two questions pick."""
    sample = project(("Nordlicht",), is_sample=True)
    at = paste(open_page(sample, tab="import"), SHEET)
    at.get("button_group")
    next(group for group in at.segmented_control if group.key == "import_goods").set_value("medical").run()
    assert "Make the project with 3 candidates" in at.button(key="import_apply").label
    at.button(key="import_apply").click().run()
    made = next(each for each in open_store().projects() if each.id != sample and not each.is_sample)
    assert made.candidates == 3
    assert open_store().project(made.id).profile["name"] == "medical"
    assert [record.name for record in open_store().candidates(sample)] == ["Nordlicht"]


def test_a_plain_list_of_names_is_enough() -> None:
    """Pasted names, with commas in them and without a heading, are candidates."""
    made = project()
    at = paste(open_page(made), "Acme Co., Ltd.\nBeta GmbH\n=1+1")
    at.button(key="import_apply").click().run()
    assert [record.name for record in open_store().candidates(made)] == ["Acme Co., Ltd.", "Beta GmbH", "=1+1"]


def test_pasted_text_is_cut_by_what_stands_between_its_cells() -> None:
    """Tabs make a tsv, equal commas a csv, anything else a column of names; a heading is kept."""
    assert from_text("a\tb\n1\t2", "p").suffix == ".tsv"
    assert from_text("name,years\nA,1\nB,2", "p").content == b"name,years\nA,1\nB,2"
    assert from_text("Company\nAcme, Inc.\n", "p").content == b'"Company"\n"Acme, Inc."\n'
    assert from_text("Acme, Inc.\nBeta", "p").content == b'"name"\n"Acme, Inc."\n"Beta"\n'


def test_candidates_that_a_list_no_longer_has_stay_unless_asked() -> None:
    """The page says how many are missing from the list; the tick puts them away."""
    made = project(("Nordlicht", "Rhein"))
    at = paste(open_page(made, tab="import"), "id\tname\nc0\tNordlicht")
    away = next(box for box in at.checkbox if str(box.key).startswith("import_away"))
    assert "1 candidate of this project is not in the list" in away.label.replace("\\", "")
    away.check().run()
    at.button(key="import_apply").click().run()
    assert [record.name for record in open_store().candidates(made)] == ["Nordlicht"]


def test_money_is_converted_only_by_a_typed_rate() -> None:
    """Amounts in several currencies ask for a target and a rate; the rate is kept with the value."""
    store = open_store()
    document = load_profile("seven_factors").document()
    document["criteria"].append({"use": "paid_in_capital"})
    made = store.create_project("P", parse_profile(document).document()).id
    at = paste(open_page(made), "Company\tPaid-in capital\nNordlicht\tEUR 5 m\nSiam\tTHB 77 m")
    box = next(each for each in at.selectbox if str(each.key).startswith("import_into"))
    box.set_value("EUR").run()
    rate = next(each for each in at.number_input if str(each.key).startswith("import_rate"))
    assert rate.label.replace("\\", "") == "How many THB are 1 EUR?"
    rate.set_value(38.5).run()
    at.button(key="import_apply").click().run()
    ids = [record.id for record in store.candidates(made)]
    scale = 5e6 / value(made, ids[0], "paid_in_capital")
    assert value(made, ids[1], "paid_in_capital") * scale == pytest.approx(2e6)
    assert "38.5" in store.history(made, ids[1])[0].source


def test_every_choice_of_a_hostile_list_is_shown_as_typed() -> None:
    """Headings and cells full of markup are escaped where Markdown is read, and stay as they are in the store."""
    made = project()
    at = paste(open_page(made), f"name\t{HOSTILE}\n{HOSTILE}\t**x**")
    rows = [each.value for each in at.markdown if "Bold" in each.value]
    assert rows
    assert all("[x](http" not in row and "<b>" not in row and ":red[" not in row for row in rows)
    at.button(key="import_apply").click().run()
    assert [record.name for record in open_store().candidates(made)] == [HOSTILE]


# --- the list ---------------------------------------------------------------------------------------------------------


def typing(project_id: str, typed: list[tuple[int, str, Any]], seen: dict[str, list[int]] | None = None) -> AppTest:
    """Do what the table does when cells (row, column, what was typed) come from the browser."""

    def script(typed, seen):
        import streamlit as st

        from views import candidates_conflict, context, frame
        from views.candidates_rows import rows_of
        from views.candidates_table import save_cells

        ctx = context.current()
        rows = rows_of(ctx)
        found = list(range(len(rows)))
        based = {c.id: [rows.sequence(row, c.id) for row in found] for c in ctx.profile.criteria}
        if typed and "done" not in st.session_state:
            st.session_state["done"] = True
            save_cells(ctx, rows, found, based | (seen or {}), [tuple(each) for each in typed])
        frame.show_notices()
        candidates_conflict.show(context.current())

    at = AppTest.from_function(script, default_timeout=60, kwargs={"typed": typed, "seen": seen})
    at.query_params = {"project": project_id, "language": "en"}
    return at.run()


def shown_table(at: AppTest) -> pd.DataFrame:
    """Return the list as shown."""
    return next(frame.value for frame in at.dataframe if "name" in frame.value)


def test_the_list_shows_what_is_known() -> None:
    """Names as typed, regions, values as numbers; what is unknown is empty with the word unknown in its place."""
    made = project((HOSTILE, "Rhein"), operating_years=[12.0, np.nan], regions=["DE", ""])
    table = shown_table(open_page(made))
    assert table["name"].tolist() == [HOSTILE, "Rhein"]
    assert table["operating_years"].tolist()[0] == 12
    assert np.isnan(table["operating_years"].tolist()[1])
    assert table["regions"].tolist()[0] == "DE"


def test_one_can_be_added_by_hand() -> None:
    """A typed name becomes a candidate; an empty one is refused with a sentence."""
    made = project(("Nordlicht",))
    at = open_page(made)
    at.text_input(key="add_name").set_value("Rhein").run()
    at.button(key="add_candidate").click().run()
    assert [record.name for record in open_store().candidates(made)] == ["Nordlicht", "Rhein"]
    at.button(key="add_candidate").click().run()
    assert len(at.error) == 1
    assert len(open_store().candidates(made)) == 2


def test_search_finds_every_word_without_case() -> None:
    """Only rows with all words are shown; nobody found is said in words."""
    at = open_page(project(("Nordlicht GmbH", "Rhein AG"), regions=["DE", "AT"]))
    at.text_input(key="list_search").set_value("nordLICHT gmbh").run()
    assert shown_table(at)["name"].tolist() == ["Nordlicht GmbH"]
    at.text_input(key="list_search").set_value("nobody").run()
    assert "Nobody fits these words" in texts(at)


def test_long_lists_are_paged() -> None:
    """Fifty rows are shown at a time."""
    at = open_page(project(tuple(f"Firm {i}" for i in range(120))))
    assert len(shown_table(at)) == 50
    assert at.get("pagination")


def test_twins_are_suggested_never_merged() -> None:
    """Names that differ in legal form or case are shown as a pair; “two companies” settles it."""
    made = project(("ACME Trading Ltd", "Acme trading, Inc.", "Rhein"))
    assert [(a.id, b.id) for a, b in pairs(open_store().candidates(made))] == [("c0", "c1")]
    at = open_page(made)
    at.button(key="twin_keep_c0_c1").click().run()
    assert "twin_keep_c0_c1" not in keys(at)
    assert len(open_store().candidates(made)) == 3


def test_what_is_typed_into_the_table_is_saved_at_once() -> None:
    """Figures, texts with units, names, regions and notes are saved; an emptied cell is unknown."""
    made = project(("Nordlicht", "Rhein"), operating_years=[5.0, 9.0], regions=["DE", "AT"])
    typed = [
        (0, "operating_years", 7.25), (1, "operating_years", None), (0, "solvency", 3.5), (1, "name", "Rhein AG"),
        (1, "regions", "DE; AT"), (0, "note", "call"),
    ]  # fmt: skip
    assert not typing(made, typed).error
    assert value(made, "c0", "operating_years") == 7.25
    assert np.isnan(value(made, "c1", "operating_years"))
    assert value(made, "c0", "solvency") == 3.5
    first, second = open_store().candidates(made)
    assert (first.note, second.name, second.regions) == ("call", "Rhein AG", "DE; AT")


def test_a_wrong_value_is_refused_with_a_sentence_and_the_others_are_saved() -> None:
    """Limits are checked in Python: a rating of 9 is refused, the good cell beside it is saved."""
    made = project(("Nordlicht",), operating_years=[5.0])
    at = typing(made, [(0, "solvency", 9.0), (0, "operating_years", 6.0)])
    assert "A rating of 9 is not on the scale from 1 to 5" in texts(at)
    assert value(made, "c0", "solvency") is None
    assert value(made, "c0", "operating_years") == 6


def test_of_two_windows_the_second_is_asked() -> None:
    """A value that somebody else changed since is not overwritten; “save mine” does it knowingly."""
    made = project(("Nordlicht",), operating_years=[5.0])
    store = open_store()
    seen = [int(store.candidates_frame(made).sequences["operating_years"][0])]
    store.set_value(made, "c0", "operating_years", 8.0, who="Li")
    at = typing(made, [(0, "operating_years", 6.0)], {"operating_years": seen})
    assert "was changed by Li in the meantime and is now 8" in texts(at)
    assert value(made, "c0", "operating_years") == 8
    at.button(key="conflict_mine").click().run()
    assert value(made, "c0", "operating_years") == 6
    assert not at.warning


def test_a_value_of_one_region_is_corrected_there() -> None:
    """Where a value holds in one region, its correction does too; a value for all regions stays one for all."""
    made = project(("Nordlicht",), operating_years=[5.0], regions=["DE; AT"])
    open_store().set_values(made, [ValueEdit("c0", "solvency", 2.0, region="DE")])
    assert not typing(made, [(0, "solvency", 3.0), (1, "operating_years", 6.0)]).error
    latest = {(each.criterion, each.region): each.value for each in reversed(open_store().history(made, "c0"))}
    assert latest == {("operating_years", None): 6.0, ("solvency", "DE"): 3.0}


# --- ratings ----------------------------------------------------------------------------------------------------------


def test_one_click_saves_a_rating_and_turns_to_the_next() -> None:
    """The best on desk facts comes first; a click on an anchor saves it under the rater's name and moves on."""
    made = project(("Nordlicht", "Rhein"), operating_years=[5.0, 9.0])
    at = open_page(made, tab="rate", factor="solvency")
    assert [each.value for each in at.subheader] == ["Rhein"]
    at.button(key="rate_4").click().run()
    assert value(made, "c1", "solvency") == 4
    assert open_store().ratings(made)["who"].tolist() == ["me"]
    assert [each.value for each in at.subheader] == ["Nordlicht"]
    assert at.query_params["factor"] in ("solvency", ["solvency"])


def test_after_a_factor_comes_the_next_one_and_dont_know_counts_as_answered() -> None:
    """Two candidates, six factors: twelve answers complete the round, “don't know” among them."""
    made = project(("Nordlicht", "Rhein"), operating_years=[5.0, 9.0])
    at = open_page(made, tab="rate")
    for step in range(12):
        assert "This round is complete." not in texts(at)
        at.button(key="rate_unknown" if step % 3 == 0 else "rate_5").click().run()
    assert "This round is complete." in texts(at)
    assert len(open_store().ratings(made)) == 12
    assert open_store().ratings(made)["rating"].isna().sum() == 4


def test_the_anchors_stand_on_the_buttons_and_keys_press_them() -> None:
    """Each button carries its number and its anchor; half points come on demand."""
    made = project(("Nordlicht",), operating_years=[5.0])
    at = open_page(made, tab="rate", factor="cooperation_attitude")
    rubric = load_profile("seven_factors").by_id["cooperation_attitude"].rubric
    assert rubric is not None
    label = at.button(key="rate_3").label.replace("\\", "")
    assert label == f"3 · {rubric[2].text('en')}"
    assert [at.button(key=f"rate_{n}").proto.shortcut for n in (1, 5)] == ["1", "5"]
    assert "rate_2.5" not in keys(at)
    at.toggle(key="rate_halves").set_value(True).run()
    at.button(key="rate_2.5").click().run()
    assert value(made, "c0", "cooperation_attitude") == 2.5


def test_back_and_skip_move_without_saving() -> None:
    """Skip leaves the candidate open, back returns to it."""
    made = project(("Nordlicht", "Rhein", "Elbe"), operating_years=[5.0, 9.0, 7.0])
    at = open_page(made, tab="rate", factor="solvency")
    order = []
    order += [each.value for each in at.subheader]
    at.button(key="rate_skip").click().run()
    order += [each.value for each in at.subheader]
    assert order == ["Rhein", "Elbe"]
    at.button(key="rate_back").click().run()
    assert [each.value for each in at.subheader] == ["Rhein"]
    assert open_store().ratings(made).empty


def test_a_name_from_outside_is_shown_as_typed_while_rating() -> None:
    """A name full of markup is escaped in every place that reads Markdown."""
    at = open_page(project((HOSTILE,), operating_years=[5.0]), tab="rate")
    shown_name = at.subheader[0].value
    assert shown_name == md(HOSTILE) != HOSTILE


# --- one candidate ----------------------------------------------------------------------------------------------------


def test_the_card_says_where_a_candidate_stands_and_what_is_missing() -> None:
    """Standing, strengths, gaps and facts of the candidate in the address."""
    made = project(("Nordlicht", "Rhein"), operating_years=[12.0, 9.0])
    at = open_page(made, tab="one", candidate="c0")
    assert at.subheader[0].value == "Nordlicht"
    assert "Operating history: 12 years" in texts(at)
    assert "still unknown; worth up to" in texts(at)
    facts = next(frame.value for frame in at.dataframe if "criterion" in frame.value)
    assert facts[["criterion", "value", "unit"]].to_dict("records") == [
        {"criterion": "Operating history", "value": "12", "unit": "years"}
    ]


def test_pin_and_put_away_from_the_card() -> None:
    """A pin holds; a candidate that is put away leaves the list and is in the archive."""
    made = project(("Nordlicht", "Rhein"))
    at = open_page(made, tab="one", candidate="c0")
    at.button(key="card_pin").click().run()
    assert open_store().pins(made) == ("c0",)
    at.button(key="card_away").click().run()
    assert [record.id for record in open_store().candidates(made)] == ["c1"]
    at = open_page(made, tab="list")
    at.selectbox(key="list_gone_one").set_value("c0").run()
    at.button(key="list_bring_back").click().run()
    assert len(open_store().candidates(made)) == 2


def test_a_note_is_saved_when_the_field_is_left() -> None:
    """Note and regions of the card are saved and survive a new session."""
    made = project(("Nordlicht",), regions=["DE"])
    at = open_page(made, tab="one", candidate="c0")
    next(area for area in at.text_area if str(area.key).startswith("card_note")).set_value("call on Monday").run()
    next(field for field in at.text_input if str(field.key).startswith("card_regions")).set_value("DE; FR").run()
    record = open_store().candidates(made)[0]
    assert (record.note, record.regions) == ("call on Monday", "DE; FR")


# --- single values ----------------------------------------------------------------------------------------------------


def test_a_typed_value_is_read_as_in_a_file() -> None:
    """Units, unknown, not applicable and ratings are read by the importer's rules; what is no value is refused."""
    profile = load_profile("seven_factors")
    years, attitude = profile.by_id["operating_years"], profile.by_id["cooperation_attitude"]
    assert read("12 years", years, profile) == 12
    assert read(7.25, years, profile) == 7.25
    assert read("unknown", years, profile) is None
    assert read(None, years, profile) is None
    assert read("not applicable", years, profile) is NOT_APPLICABLE
    assert read("3.5", attitude, profile) == 3.5
    for wrong in ("9", "3.3", "many", 0.0):
        with pytest.raises(ValueError, match=r"Cooperation attitude|half points"):
            read(wrong, attitude, profile)


def test_values_are_shown_in_words() -> None:
    """Unknown and not applicable are words, figures carry their unit, evidence levels are no numbers."""
    years = load_profile("seven_factors").by_id["operating_years"]
    assert [shown(each, years) for each in (12.0, None, NOT_APPLICABLE)] == ["12 years", "unknown", "not applicable"]
    assert evidence_title(1) == "documented"
    assert evidence_title(float("nan")) == "not stated"
