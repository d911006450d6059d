"""A rating sheet goes out without anybody's ratings and comes back whole, whatever a spreadsheet did to it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import Profile, load_profile
from criteria.errors import CandidateError, CandidateFileError, RunError
from criteria.text import render
from data.rating_sheets import RatingSheet, SheetChanges, changes, read_answer, read_rating_sheet
from data.store.interviews import Rating
from data.writers.rating_sheet import ANSWER, FIRST, NAME, REASON, SHEET, SheetOf, rating_sheet
from selection.panel_words import anchors, option
from tests.data.writers.hostile import HOSTILE_NAMES

PROFILE = load_profile("seven_factors")
JUDGED = [criterion for criterion in PROFILE.criteria if criterion.kind == "judged"]
PEOPLE = {"007": "Nordlicht", "c2": "Rhein"}
WU = SheetOf("Wu", "project-1", "Mowers")


def made(about: SheetOf = WU, people: dict[str, str] | None = None) -> openpyxl.Workbook:
    """Return a fresh sheet, opened as a spreadsheet program opens it."""
    content = rating_sheet(about, JUDGED[:2], list((people or PEOPLE).items()))
    return openpyxl.load_workbook(io.BytesIO(content))


def returned(book: openpyxl.Workbook, folder: Path, profile: Profile = PROFILE, **named: Any) -> RatingSheet:
    """Save *book* and read it back."""
    path = folder / "sheet.xlsx"
    book.save(path)
    people = named.pop("people", PEOPLE)
    return read_rating_sheet(path, profile, people, named.pop("project", "project-1"), "sheet.xlsx")


def answer(book: openpyxl.Workbook, line: int, value: Any, reason: str | None = None) -> None:
    """Fill in the *line*-th line of the ratings."""
    sheet = book.worksheets[0]
    sheet.cell(FIRST + line + 1, ANSWER + 1).value = value
    sheet.cell(FIRST + line + 1, REASON + 1).value = reason


def test_the_sheet_has_lines_criterion_by_criterion_with_drop_downs_and_no_ratings() -> None:
    """Every judged criterion with every candidate; the lists point to the scales; ratings and reasons are open."""
    book = made()
    sheet, scales = book.worksheets

    assert [sheet.cell(row, NAME + 1).value for row in range(5, 9)] == ["Nordlicht", "Rhein"] * 2
    assert {sheet.cell(row, ANSWER + 1).value for row in range(5, 9)} == {None}
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["C5:C6", "C7:C8"]
    first = sheet.data_validations.dataValidation[0].formula1
    assert first == "'Scales'!$A$4:$A$13"
    offered = [cell[0].value for cell in scales["A4:A13"]]
    assert offered[0] == render(option(JUDGED[0], 5))
    assert (offered[1], offered[-1]) == ("4.5 - between 4 and 5", "Don't know")
    assert sheet.protection.sheet
    assert not sheet["C5"].protection.locked
    assert sheet["E5"].protection.locked
    assert sheet.column_dimensions["E"].hidden


def test_an_empty_sheet_has_no_ratings(tmp_path: Path) -> None:
    """What nobody filled in is open, not unknown."""
    assert returned(made(), tmp_path) == RatingSheet("Wu", (), 4, (), "sheet.xlsx")


def test_answers_come_back_in_every_way_people_write_them(tmp_path: Path) -> None:
    """Figures, commas, the option of the list, its meaning alone, don't know; a reason stays with its line."""
    book = made()
    answer(book, 0, 4, "keen, ready")
    answer(book, 1, "3,5")
    answer(book, 2, render(option(JUDGED[1], 2)))
    answer(book, 3, "Don't know", "not asked")

    found = returned(book, tmp_path)

    assert found.ratings == (
        Rating("007", JUDGED[0].id, 4.0, "keen, ready"),
        Rating("c2", JUDGED[0].id, 3.5),
        Rating("007", JUDGED[1].id, 2.0),
        Rating("c2", JUDGED[1].id, None, "not asked"),
    )
    assert (found.problems, found.left_open) == ((), 0)


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        *((text, 4.0) for text in ("4", "4.0", " 4 ", "４", "4 - good", "4 – gut", "4: ok", "4/5", "4.")),
        *((text, 4.5) for text in ("4.5", "4,5", "4½", "4.50", "4.5 - between 4 and 5")),
        *((text, None) for text in ("?", "-", "n/a", "unknown", "don't know", "不明")),
        *((render(anchors(JUDGED[0])[0], language), 1.0) for language in ("en", "zh-Hans", "zh-Hant")),
        *((render(option(JUDGED[0], 3), language), 3.0) for language in ("en", "zh-Hans", "zh-Hant")),
    ],
)  # fmt: skip
def test_an_answer_is_read_as_it_was_meant(text: str, rating: float | None) -> None:
    """Typed figures, what the list offers in any language, words for don't know."""
    assert read_answer(text, JUDGED[0]) == rating


@pytest.mark.parametrize(
    "text", ["0", "6", "4.2", "-1", "3-4", "3--4", "45", "4e0", "2026-04-05", "good", "=1+1", "TRUE", "5 5", "9" * 9000]
)
def test_what_is_no_rating_is_told_and_not_taken(text: str, tmp_path: Path) -> None:
    """The line is named, with what was written and what to do; the other lines are taken."""
    book = made()
    answer(book, 0, text if not text.startswith("=") else "'" + text)
    answer(book, 1, "5")

    found = returned(book, tmp_path)

    assert [rating.candidate for rating in found.ratings] == ["c2"]
    (problem,) = found.problems
    assert (problem.severity, problem.line, problem.column) == ("error", 5, "Rating")
    assert "is no rating. Choose from the list, or type 1 to 5" in str(problem.message)


def test_lines_that_fit_nothing_any_more_are_told(tmp_path: Path) -> None:
    """A candidate or criterion that is gone, a reason without a rating, two answers to one question."""
    book = made()
    sheet = book.worksheets[0]
    for line in range(4):
        answer(book, line, 3)
    answer(book, 3, None, "only a reason")
    sheet["F5"].value = "gone"
    sheet["E6"].value = "solvency_x"
    copied = [cell.value for cell in sheet[7]]
    copied[ANSWER] = 5
    sheet.append(copied)

    found = returned(book, tmp_path)

    assert [(each.candidate, each.rating) for each in found.ratings] == [("007", 3.0)]
    assert [problem.line for problem in found.problems] == [5, 6, 8, 9]
    said = " ".join(str(problem.message) for problem in found.problems)
    for words in ("no candidate gone", "solvency_x", "a reason but no rating", "Line 7 has another rating"):
        assert words in said


def test_a_sheet_of_another_project_or_of_several_people_is_refused(tmp_path: Path) -> None:
    """Nothing is mixed up: the refusal says what to do."""
    with pytest.raises(CandidateFileError, match="of another project"):
        returned(made(), tmp_path, project="project-2")
    book = made()
    book.worksheets[0]["G5"].value = SheetOf("Li", "project-1", "").mark
    with pytest.raises(CandidateFileError, match="several assessors: Li · Wu"):
        returned(book, tmp_path)


@pytest.mark.parametrize(
    "mark", ["", "{", "[]", "7", "null", '{"kind": "x"}', '{"kind": "interview ratings", "version": 1, "project": 1}',
             '{"kind": "interview ratings", "version": 9, "project": "project-1", "assessor": "Wu"}',
             '{"kind": "interview ratings", "version": 1, "project": "project-1", "assessor": ["Wu"]}', "[" * 20_000],
)  # fmt: skip
def test_what_is_no_rating_sheet_is_refused(mark: str, tmp_path: Path) -> None:
    """A list, a broken or invented identity: one sentence, no traceback."""
    book = made()
    for row in range(5, 9):
        book.worksheets[0].cell(row, SHEET + 1).value = mark or None
    with pytest.raises(CandidateFileError, match="is no rating sheet"):
        returned(book, tmp_path)
    plain = tmp_path / "list.csv"
    plain.write_text("id,name\n007,Nordlicht\n", "utf-8")
    with pytest.raises(CandidateFileError, match="is no rating sheet"):
        read_rating_sheet(plain, PROFILE, PEOPLE, "project-1")


def test_hostile_names_are_text_and_hostile_ids_come_back(tmp_path: Path) -> None:
    """No name, id or assessor becomes a formula, and every id finds its candidate again."""
    ids = dict.fromkeys(name.replace("\x00", "\ufffd").strip() for name in HOSTILE_NAMES)
    people = {id_: id_ for id_ in ids if id_}
    book = made(SheetOf('=HYPERLINK("x")', "project-1", "=1+1"), people)
    sheet = book.worksheets[0]
    for line in range(len(people)):
        answer(book, line, 3)

    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    found = returned(book, tmp_path, people=people)

    assert found.assessor == '=HYPERLINK("x")'
    assert found.problems == ()
    assert [rating.candidate for rating in found.ratings] == list(people)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_a_chinese_sheet_is_read_the_same(language: str, tmp_path: Path) -> None:
    """Headers and options are in the assessor's language; the answers are the same."""
    book = made(SheetOf("吴", "project-1", "割草机", language))
    answer(book, 0, render(option(JUDGED[0], 4), language), "积极")

    assert returned(book, tmp_path).ratings == (Rating("007", JUDGED[0].id, 4.0, "积极"),)


def test_what_saving_would_do_is_counted() -> None:
    """New, changed and known answers, against what this assessor said before."""
    sheet = RatingSheet("Wu", (Rating("a", "x", 4.0), Rating("b", "x", None), Rating("c", "x", 2.0, "why")), 0, (), "f")
    nan = float("nan")
    before = pd.DataFrame(
        [("b", None, "x", "Wu", nan, None), ("c", None, "x", "Wu", 3.0, None), ("a", None, "x", "Li", 4.0, None)],
        columns=["candidate", "region", "criterion", "who", "rating", "reason"],
    )  # fmt: skip

    assert changes(sheet, before) == SheetChanges(new=1, changed=1, same=1)


def test_a_sheet_nobody_fills_in_is_refused() -> None:
    """More lines than anybody rates: one sentence instead of a file."""
    with pytest.raises(RunError, match="more than anybody fills in"):
        rating_sheet(WU, JUDGED[:2], [(f"c{i}", "N") for i in range(30_000)])


@given(st.text(max_size=40))
def test_any_text_is_a_rating_or_refused(text: str) -> None:
    """Whatever is typed: a half point from 1 to 5, don't know, or one sentence."""
    try:
        found = read_answer(text, JUDGED[0])
    except CandidateError as fault:
        found = None if "is no rating" in str(fault) else 0.0
    assert found is None or (1 <= found <= 5 and float(found * 2).is_integer())
