"""Excel workbooks (.xlsx) -> `Table`: the package is checked, the sheet chosen, its cells read by python-calamine."""

from __future__ import annotations

import datetime
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan
from pathlib import Path
from posixpath import join, normpath
from typing import Any

from data.readers.cleaning import clean_column, clean_header
from data.readers.limits import Limits
from data.readers.notes import Notices, Refusal, msg
from data.readers.package import BROKEN, Package, note_extras
from data.readers.sheet import (
    Column,
    Table,
    check_headers,
    check_size,
    filled,
    find_header,
    note_repeated_header,
    note_titles,
    note_unnamed,
)
from data.readers.sheet_xml import SheetFacts, check_shared_text, read_styles, search_sheet

_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_EXACT = 1e15  # whole numbers below it are written without a decimal point

Grid = list[list[Any]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A worksheet that holds something."""

    index: int
    name: str
    hidden: bool
    facts: SheetFacts


def read_workbook(path: Path, notices: Notices, limits: Limits) -> Table:
    """Read the first worksheet at *path* that holds a table."""
    with path.open("rb") as file:
        package = Package(file, limits)
        note_extras(package.names(), notices)
        sheets = _search(package, path, limits)
    if not sheets:
        raise Refusal(msg("The workbook holds no filled worksheet; fill one in or choose another file."))
    chosen, grid, first_row, first_column = _choose(sheets, path)
    _note_sheets(chosen, sheets, notices)
    return _table(grid, first_row, first_column, chosen.facts, notices, limits)


def _open(path: Path) -> Any:
    """Return the workbook as python-calamine opens it."""
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except Exception as error:  # its errors share no base class, and each means the same to a reader
        raise Refusal(BROKEN) from error


def _search(package: Package, path: Path, limits: Limits) -> list[_Sheet]:
    """Check every part the parser may read and return the worksheets that hold cells, in workbook order."""
    styles = read_styles(package.part("xl/styles.xml"))
    strings = b"".join(package.part(name) for name in package.names() if "sharedstrings" in name.lower())
    targets = _targets(package)
    found = []
    for name in package.names():
        if name.endswith((".xml", ".rels")) and name not in targets.values():
            package.part(name)
    for index, meta in enumerate(_open(path).sheets_metadata):
        if str(meta.typ).rsplit(".", 1)[-1] != "WorkSheet":
            continue
        if meta.name not in targets:  # the parser would read a part that nobody searched
            raise Refusal(BROKEN)
        xml = package.part(targets[meta.name])
        facts = search_sheet(xml, styles, limits)
        check_shared_text(xml, strings, limits)
        if facts.cells:
            found.append(_Sheet(index, meta.name, not str(meta.visible).endswith(".Visible"), facts))
    return found


def _targets(package: Package) -> dict[str, str]:
    """Return sheet name -> part name, as the workbook and its relations say."""
    relations = {}
    for attributes in _RELATION.findall(package.part("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")):
        target = _attribute(attributes, "Target")
        full = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        relations[_attribute(attributes, "Id")] = full
    sheets = {}
    for attributes in _SHEET.findall(package.part("xl/workbook.xml").decode("utf-8", "replace")):
        sheets[_attribute(attributes, "name")] = relations.get(_attribute(attributes, r"\w+:id"), "")
    return {name: part for name, part in sheets.items() if part}


def _attribute(attributes: str, name: str) -> str:
    """Return the value of the attribute *name*, "" where there is none."""
    from html import unescape

    found = re.search(rf'(?:^|\s){name}\s*=\s*(?:"([^"]*)"|\'([^\']*)\')', attributes)
    return unescape(found[1] if found[1] is not None else found[2]) if found else ""


def _choose(sheets: list[_Sheet], path: Path) -> tuple[_Sheet, Grid, int, int]:
    """Return the sheet to read, its cells, and the worksheet row and column (from 0) where they begin.

    The first visible sheet with two columns and a record under a header; failing that, the first one that holds text.
    """
    workbook = _open(path)
    fallback: tuple[_Sheet, Grid, int, int] | None = None
    for sheet in sorted(sheets, key=lambda one: one.hidden):
        try:
            opened = workbook.get_sheet_by_index(sheet.index)
            grid = opened.to_python()
        except Exception as error:  # as in _open
            raise Refusal(BROKEN) from error
        row, column = opened.start or (0, 0)
        read = (sheet, grid, row, column)
        top = find_header(grid)
        if top is None:
            continue
        if filled(grid[top]) >= 2 and any(map(filled, grid[top + 1 :])):
            return read
        fallback = fallback or read
    if fallback is None:
        raise Refusal(msg("The workbook holds no filled worksheet; fill one in or choose another file."))
    return fallback


def _note_sheets(chosen: _Sheet, sheets: list[_Sheet], notices: Notices) -> None:
    """Say which sheet was read where there are others, and what about it does not meet the eye."""
    others = [sheet.name for sheet in sheets if sheet is not chosen]
    if others:
        note = msg(
            "The sheet '{name}' was read; these were not: {others}. Put the candidates on one sheet.",
            name=chosen.name,
            others=", ".join(others[:10]),
        )
        notices.warn(note)
    if chosen.hidden:
        notices.warn(msg("The sheet '{name}' is hidden in the workbook; it was read.", name=chosen.name))
    if chosen.facts.hidden:
        notices.warn(msg("The sheet has hidden rows or columns; they were read like the others."))
    if chosen.facts.merged:
        notices.warn(
            msg("The sheet has merged cells; their value counts for the first of them only, the others are empty.")
        )


def _table(grid: Grid, row0: int, column0: int, facts: SheetFacts, notices: Notices, limits: Limits) -> Table:
    """Find the header in *grid* and return typed columns."""
    top = find_header(grid)
    if top is None:  # cannot be: the sheet was chosen because it holds something
        raise Refusal(BROKEN)
    line = row0 + top + 1
    note_titles(sum(1 for row in grid[:top] if filled(row)), line, notices)
    headers = [clean_header(_text(cell), notices, limits, line) for cell in grid[top]]
    body, lines = _records(grid, top, line, notices)
    check_size(len(body), len(headers), limits)
    check_headers(headers, notices, line)
    columns = []
    cells = zip(*body, strict=True) if body else ((),) * len(headers)
    special = _Special(facts, column0, notices)
    for position, values in enumerate(cells):
        column = _column(headers[position], position, values, lines, special, limits)
        if column.header or column.holds_something():
            columns.append(column)
            if not column.header:
                note_unnamed(column0 + position + 1, line, notices)
    return Table(columns, lines, "xlsx")


def _records(grid: Grid, top: int, line: int, notices: Notices) -> tuple[Grid, Sequence[int]]:
    """Return the rows under the header at *top* (worksheet row *line*) that hold a record, and their rows."""
    body = grid[top + 1 :]
    lines = range(line + 1, line + 1 + len(body))
    header = grid[top]
    if all(map(any, body)) and header not in body:
        return body, lines
    for row, number in zip(body, lines, strict=True):
        if row == header:
            note_repeated_header(number, notices)
    kept = [i for i, row in enumerate(body) if row != header and (any(row) or filled(row))]
    return [body[i] for i in kept], [lines[i] for i in kept]


@dataclass(frozen=True, slots=True)
class _Special:
    """The cells of a sheet that need a second look."""

    facts: SheetFacts
    column0: int
    notices: Notices

    def columns(self) -> set[int]:
        """Return the worksheet columns (from 0) that hold such cells."""
        facts = self.facts
        return {place[1] for places in (facts.percent, facts.padded, facts.errors, facts.uncached) for place in places}


def _column(
    header: str, position: int, values: Sequence[Any], lines: Sequence[int], special: _Special, limits: Limits
) -> Column:
    """Return one column: texts, and natively numeric values where there are any."""
    kinds = set(map(type, values))
    at = special.column0 + position
    odd = at in special.columns()
    if kinds == {float} and not odd and isfinite(sum(values)):  # one inf or NaN makes the sum one
        return Column(header, None, array("d", values))
    if kinds <= {str} and not odd:
        return Column(header, clean_column(header, values, lines, special.notices, limits)[1])
    number = array("d", [v if type(v) in (float, int) and isfinite(v) else nan for v in values])
    text = [v if type(v) is str else _text(v) for v in values]
    if odd:
        _second_look(header, at, text, number, lines, special)
    whole = clean_column(header, text, lines, special.notices, limits)[1]
    return Column(header, whole, number if float in kinds or int in kinds else None)


def _text(value: Any) -> str:
    """Return a cell as a person would type it.

    >>> _text(3.0), _text(71.6), _text(True), _text(datetime.date(2009, 5, 1))
    ('3', '71.6', 'TRUE', '2009-05-01')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return str(int(value)) if isfinite(value) and value == int(value) and abs(value) < _EXACT else repr(value)
    if isinstance(value, datetime.datetime):
        whole = value.time() == datetime.time()
        return value.date().isoformat() if whole else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return "" if value is None else str(value)


def _second_look(
    header: str, at: int, text: list[str], number: array[float], lines: Sequence[int], special: _Special
) -> None:
    """Rewrite, in place, percent cells, codes padded with zeros, and cells whose formula gave no value."""
    facts = special.facts
    for i, line in enumerate(lines):
        place = (line - 1, at)
        value = number[i]
        if place in facts.percent and value == value:
            text[i] = _percent(value)
            number[i] = nan
        elif place in facts.padded and value == value and value >= 0 and value == int(value):
            text[i] = str(int(value)).zfill(facts.padded[place])
        elif place in facts.errors and not text[i].strip("#/!?ADEFILMNORUV0"):
            text[i] = ""
            special.notices.error(
                msg("Row {line}: the formula gives an error (such as #N/A); the cell was read as empty.", line=line),
                line,
                header,
            )
        elif place in facts.uncached and not text[i]:
            special.notices.error(
                msg(
                    "Row {line}: the formula has no saved value; open the workbook in a spreadsheet, "
                    "save it and import it again.",
                    line=line,
                ),
                line,
                header,
            )


def _percent(value: float) -> str:
    """Return 0.15 as a person reads it in a percent cell.

    >>> _percent(0.15), _percent(0.075)
    ('15%', '7.5%')
    """
    return _text(float(f"{value * 100:.12g}")) + "%"
