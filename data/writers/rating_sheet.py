"""A rating sheet: a workbook for one assessor, who needs nothing else to take part in an interview panel.

One line per criterion and candidate, criterion by criterion, so that everybody is compared on one thing at a time. The
ratings are drop-downs with their meaning; a second sheet has every line of the scales in full. No rating of anybody is
in it, so the round is blind by construction. What `data.rating_sheets` needs to read it back stands in locked, hidden
columns of every line.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from criteria.errors import RunError
from criteria.model import Criterion
from criteria.text import Message, msg, pmsg, render
from data.writers import words
from data.writers.workbook import SAFE
from data.writers.workbook.pen import A4, Pen, PlainWorksheet, make_styles, on, span
from selection.panel_words import DONT_KNOW, option

RATING = pmsg("column", "Rating")
CANDIDATE = pmsg("column", "Candidate")
SHEETS: Mapping[str, Message] = {"ratings": pmsg("sheet", "Ratings"), "scales": pmsg("sheet", "Scales")}
CRITERION_ID, CANDIDATE_ID, IDENTITY = "criterion_id", "candidate_id", "rating_sheet"
"""The headers of the columns that are the same in every language."""
KIND, VERSION = "interview ratings", 1
STEPS = tuple(n / 2 for n in range(10, 1, -1))
"""The ratings of a drop-down, the best first."""
MAX_LINES = 50_000

HEADER, FIRST = 3, 4
CRITERION, NAME, ANSWER, REASON, KEY, ID, SHEET = range(7)
WIDTHS = (26, 30, 44, 52, 12, 12, 12)
SCALE_FIRST, SCALE_WIDTH, ROW_HEIGHT = 2, 100, 15


@dataclass(frozen=True, slots=True)
class SheetOf:
    """Whose sheet it is: the *assessor*, the *project* by id and by name, and the *language* of the texts."""

    assessor: str
    project: str
    project_name: str
    language: str = "en"

    @property
    def mark(self) -> str:
        """Return what identifies the sheet when it comes back."""
        facts = {"kind": KIND, "version": VERSION, "project": self.project, "assessor": self.assessor}
        return json.dumps(facts, ensure_ascii=True)


def rating_sheet(about: SheetOf, criteria: Sequence[Criterion], people: Sequence[tuple[str, str]]) -> bytes:
    """Return the workbook of one assessor: *criteria* in the order of rating, *people* as (id, name).

    Raise RunError where it would be longer than anybody fills in.
    """
    if len(criteria) * len(people) > MAX_LINES:
        raise RunError(
            msg("A sheet of {n:,} ratings is more than anybody fills in. Choose fewer candidates.",
                n=len(criteria) * len(people))
        )  # fmt: skip
    out = io.BytesIO()
    with Workbook(out, dict(SAFE)) as book:
        styles = {**make_styles(book), **_own_styles(book)}
        ratings, scales = (
            Pen(book.add_worksheet(render(SHEETS[key], about.language), PlainWorksheet), styles, about.language, False)
            for key in SHEETS
        )
        lists = _write_scales(scales, criteria)
        _write_ratings(ratings, about, criteria, people, lists)
    return out.getvalue()


def id_code(id_: str) -> str:
    """Return an id as no spreadsheet program changes it: plain letters, everything else by its code.

    >>> id_code("c7"), id_code(" =1_x0041_")
    ('c7', '%20%3D1%5Fx0041%5F')
    """
    return quote(id_, safe="").replace("_", "%5F")


def _own_styles(book: Workbook) -> dict[str, Format]:
    base = {"font_name": "Calibri", "font_size": 11, "valign": "top", "text_wrap": True}
    answer = {**base, "locked": False, "bg_color": "#FFF6D6", "border": 1, "border_color": "#B58900", "num_format": "@"}
    return {
        "answer": book.add_format(answer),
        "first": book.add_format({**base, "bold": True, "indent": 1}),
        "key": book.add_format({"font_size": 8, "font_color": "#888888", "hidden": True}),
    }


def _write_scales(pen: Pen, criteria: Sequence[Criterion]) -> dict[str, str]:
    """Write every scale in full; return, per criterion, the block of cells that its drop-down offers."""
    pen.text(0, 0, msg("What each rating means"), "title")
    pen.sheet.set_column(0, 0, SCALE_WIDTH)
    name, line, lists = render(SHEETS["scales"], pen.language), SCALE_FIRST, {}
    for criterion in criteria:
        pen.text(line, 0, criterion.title, "header")
        first = line + 1
        for place, rating in enumerate(STEPS):
            _write_option(pen, first + place, render(option(criterion, rating), pen.language))
        last = first + len(STEPS)
        pen.text(last, 0, DONT_KNOW, "wrap")
        lists[criterion.id] = "=" + on(name, span(first, 0, last, 0))
        if criterion.evidence:
            pen.text(last + 1, 0, msg("Look at: {evidence}", evidence=criterion.evidence), "note")
        line = last + 3
    pen.sheet.protect("", {"format_columns": True, "format_rows": True})
    pen.page(0, 0)
    return lists


def _write_option(pen: Pen, line: int, text: str) -> None:
    """Write one line of a scale, in a row as high as its text needs: programs do not measure what they only open."""
    pen.text(line, 0, text, "wrap")
    width = sum(2 if ord(character) > 0x2E7F else 1 for character in text)  # Chinese characters are twice as wide
    if width > SCALE_WIDTH:
        pen.sheet.set_row(line, ROW_HEIGHT * -(-width // SCALE_WIDTH))


def _write_ratings(
    pen: Pen, about: SheetOf, criteria: Sequence[Criterion], people: Sequence[tuple[str, str]], lists: Mapping[str, str]
) -> None:
    title = msg("Ratings by {who} for {project}", who=about.assessor, project=about.project_name)
    pen.text(0, 0, title, "title")
    pen.text(
        1, 0,
        msg(
            "Rate one criterion after the other, on your own. Choose from the list or type 1 to 5; half points are "
            "allowed, empty means not rated yet. The sheet “{scales}” has the scales in full.",
            scales=SHEETS["scales"],
        ),
        "note",
    )  # fmt: skip
    heads = (words.CRITERION, CANDIDATE, RATING, words.REASON, CRITERION_ID, CANDIDATE_ID, IDENTITY)
    pen.header(HEADER, heads, WIDTHS)
    line = FIRST
    for criterion in criteria:
        for place, (id_, name) in enumerate(people):
            pen.text(line, CRITERION, criterion.title, "first" if place == 0 else "wrap")
            pen.text(line, NAME, name, "wrap")
            pen.put(line, ANSWER, None, "answer")
            pen.put(line, REASON, None, "answer")
            for column, key in ((KEY, criterion.id), (ID, id_code(id_)), (SHEET, about.mark)):
                pen.text(line, column, key, "key")
            line += 1
        if people:
            pen.sheet.data_validation(line - len(people), ANSWER, line - 1, ANSWER, _rule(pen, criterion, lists))
    _finish(pen, line)


def _rule(pen: Pen, criterion: Criterion, lists: Mapping[str, str]) -> dict[str, Any]:
    """Return the drop-down of one criterion; a typed figure is taken too, and checked when the sheet comes back."""
    hint = render(msg("Choose from the list, or type 1 to 5; half points are allowed."), pen.language)
    return {
        "validate": "list", "source": lists[criterion.id], "show_error": False, "input_message": hint[:255],
    }  # fmt: skip


def _finish(pen: Pen, lines: int) -> None:
    """Keep the identity out of sight and out of reach, and make the sheet fit for printing."""
    pen.sheet.set_column(KEY, SHEET, 12, None, {"hidden": True})
    pen.sheet.autofilter(HEADER, CRITERION, max(lines - 1, HEADER), REASON)
    allowed = ("format_cells", "format_columns", "format_rows", "autofilter", "sort")
    pen.sheet.protect("", dict.fromkeys(allowed, True))
    pen.page(HEADER, NAME + 1)
    pen.sheet.set_paper(A4)
