"""One worksheet to write on: text is text, numbers are numbers, formulas carry the value that the screen shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from criteria.text import LocalText, Message, render
from data.writers.safe import cell_text, is_number

Text = str | Message | LocalText
A4 = 9
COLUMNS_PER_PAGE = 16
ROWS_IN_MEMORY = 20_000
"""Longer sheets are written row by row, without ever being in memory as a whole."""

_BASE: Mapping[str, Any] = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "note": {"font_color": "#555555"},
    "warning": {"bold": True, "font_color": "#8A3B00"},
    "header": {"bold": True, "text_wrap": True, "bottom": 2, "bg_color": "#E8EDF3", "valign": "bottom"},
    "text": {"indent": 1},
    "wrap": {"text_wrap": True, "indent": 1},
    "one": {"num_format": "0.0"},
    "whole": {"num_format": "0", "align": "right"},
    "count": {"num_format": "#,##0", "align": "left", "indent": 1},
    "mark": {"align": "center"},
    "share": {"num_format": "0%"},
    "fine": {"num_format": "0.0%"},
    "raw": {"num_format": "General"},
    "input": {"num_format": "General", "bg_color": "#FFF6D6", "border": 1, "border_color": "#B58900"},
    "ideal": {"italic": True, "num_format": "0.0", "bg_color": "#F2F2F2"},
    "ideal_text": {"italic": True, "bg_color": "#F2F2F2"},
}


class PlainWorksheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet whose formulas are taken as they are: ours use no function that would have to be renamed."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


def make_styles(book: Workbook) -> dict[str, Format]:
    """Return the cell formats of *book* by their name."""
    return {name: book.add_format({**_BASE, **style}) for name, style in _STYLES.items()}


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes one worksheet; with *live* False formulas leave only their value."""

    sheet: Worksheet
    styles: Mapping[str, Format]
    language: str
    live: bool

    def text(self, row: int, column: int, text: Text, style: str = "text") -> None:
        """Write *text* as a text, whatever it looks like."""
        self.sheet.write_string(row, column, cell_text(render(text, self.language)), self.styles[style])

    def put(self, row: int, column: int, value: Text | float | None, style: str = "text") -> None:
        """Write a finite number as a number, anything else as text, nothing as an empty cell."""
        if value is None:
            self.sheet.write_blank(row, column, None, self.styles[style])
        elif is_number(value):
            self.sheet.write_number(row, column, value, self.styles[style])
        else:
            self.text(row, column, str(value) if isinstance(value, float) else value, style)

    def formula(self, row: int, column: int, formula: str, value: Text | float, style: str = "text") -> None:
        """Write *formula* (without its =) with the *value* it has now; only the value where nothing is live."""
        if not self.live:
            self.put(row, column, value, style)
            return
        cached = value if is_number(value) else cell_text(render(value, self.language))  # type: ignore[arg-type]
        self.sheet.write_formula(row, column, f"={formula}", self.styles[style], cached)

    def header(self, row: int, titles: Sequence[Text], widths: Sequence[float], column: int = 0) -> None:
        """Write a row of column titles, keep it in sight and repeat it on every printed page."""
        for offset, (title, width) in enumerate(zip(titles, widths, strict=True)):
            self.text(row, column + offset, title, "header")
            self.sheet.set_column(column + offset, column + offset, width)

    def page(self, header_row: int, frozen_columns: int, columns: int = 1) -> None:
        """Set the sheet up for reading and for printing; a wide sheet goes over several pages side by side."""
        self.sheet.freeze_panes(header_row + 1, frozen_columns)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1 + columns // COLUMNS_PER_PAGE, 0)
        self.sheet.repeat_rows(header_row)
        if frozen_columns:
            self.sheet.repeat_columns(0, frozen_columns - 1)
        self.sheet.set_footer("&L&A&R&P / &N")
        self.sheet.hide_gridlines(2)

    def literal(self, text: Text) -> str:
        """Return *text* as a text inside a formula."""
        return '"' + render(text, self.language)[:120].replace('"', '""') + '"'


def cell(row: int, column: int) -> str:
    """Return the address of a cell that stays where it is.

    >>> cell(0, 27)
    '$AB$1'
    """
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def span(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Return the address of a block of cells.

    >>> span(2, 0, 4, 1)
    '$A$3:$B$5'
    """
    return f"{cell(first_row, first_column)}:{cell(last_row, last_column)}"


def on(sheet: str, address: str) -> str:
    """Return *address* on another sheet, whatever its name is.

    >>> on("To be verified", "$A$1")
    "'To be verified'!$A$1"
    """
    return "'" + sheet.replace("'", "''") + f"'!{address}"
