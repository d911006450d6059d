"""What the cell parser does not tell about a worksheet, found by searching its XML: size, formats, broken cells.

The XML is searched, never parsed into a tree: patterns over bytes take time and memory in proportion to the part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from data.readers.limits import Limits
from data.readers.notes import Refusal, msg

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br\s*=\s*["\'](\d{1,9})["\']')
_PLAIN_ROW = re.compile(rb'<row r="(\d{1,9})"')
_COLUMN = re.compile(rb'<c r="([A-Z]{1,4})[0-9]')
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^>]*?)(/?)>")
_PLACE = re.compile(rb'\br\s*=\s*["\']([A-Za-z]{1,4})([0-9]{1,8})["\']')
_HIDDEN = re.compile(rb'<(?:\w+:)?(?:row|col)\b[^>]*?\bhidden="(?:1|true)"')
_TYPED_ERROR = re.compile(rb"<(?:\w+:)?c\b[^>]*?\bt=[\"']e[\"'][^>]*>")
_FORMULA = re.compile(rb"(<(?:\w+:)?c\b[^>]*>)\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(<[^>]*>[^<]?)")
_SHARED = re.compile(rb't="s"[^>]*>\s*<v>(\d{1,9})</v>')
_FORMATS = re.compile(r"<(?:\w+:)?numFmt\b([^>]*)>")
_CELL_FORMATS = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.S)
_FORMAT_ID = re.compile(r'<(?:\w+:)?xf\b[^>]*?\bnumFmtId="(\d+)"')
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Styles:
    """Numbers of the cell styles that change how a figure reads: percent, and codes padded with zeros (-> width)."""

    percent: frozenset[int] = frozenset()
    padded: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Places (row, column, both from 0) of cells that need a second look, and what else stands in a worksheet."""

    cells: int
    percent: frozenset[Place]
    padded: dict[Place, int]
    errors: frozenset[Place]
    uncached: frozenset[Place]
    merged: bool
    hidden: bool


def read_styles(xml: bytes) -> Styles:
    """Return which cell styles of styles.xml are percent or padded with zeros."""
    text = xml.decode("utf-8", "replace")
    codes = {9: "0%", 10: "0.00%"}
    for attributes in _FORMATS.findall(text):
        number = re.search(r'\bnumFmtId="(\d+)"', attributes)
        code = re.search(r'\bformatCode="([^"]*)"', attributes)
        if number and code:
            codes[int(number[1])] = _QUOTED.sub("", unescape(code[1]))
    block = _CELL_FORMATS.search(text)
    kinds = [codes.get(int(found), "") for found in _FORMAT_ID.findall(block[0])] if block else []
    percent = frozenset(i for i, code in enumerate(kinds) if "%" in code)
    padded = {i: len(code) for i, code in enumerate(kinds) if len(code) > 1 and not code.strip("0")}
    return Styles(percent, padded)


def column_number(letters: bytes) -> int:
    """Return the column of *letters*, counted from 0.

    >>> column_number(b"A"), column_number(b"AB")
    (0, 27)
    """
    number = 0
    for byte in letters.upper():
        number = number * 26 + byte - 64
    return number - 1


def place_of(cell: bytes) -> Place | None:
    """Return (row, column) of a cell's opening tag, counted from 0; None where it does not say."""
    found = _PLACE.search(cell)
    return (int(found[2]) - 1, column_number(found[1])) if found else None


def search_sheet(xml: bytes, styles: Styles, limits: Limits) -> SheetFacts:
    """Refuse a worksheet whose cells lie too far apart, else return what is worth knowing about it."""
    cells = check_corners(xml, limits)
    formulas = b"<f" in xml or (_prefixed(xml) and b":f" in xml)
    after = xml.rfind(b"sheetData>")
    percent, padded = _styled(xml, styles)
    errors = {place_of(found) for found in _TYPED_ERROR.findall(xml)} if b't="e"' in xml else set()
    return SheetFacts(
        cells=cells,
        percent=percent,
        padded=padded,
        errors=frozenset(place for place in errors if place),
        uncached=_uncached(xml) if formulas else frozenset(),
        merged=b"mergeCell " in xml[after:],
        hidden=b'hidden="' in xml and _HIDDEN.search(xml) is not None,
    )


def check_corners(xml: bytes, limits: Limits) -> int:
    """Return the number of cells; refuse where the rectangle around them is far larger than they are many.

    A parser lays out that rectangle in memory: two cells in opposite corners would ask for 17,000,000,000.
    """
    rows = [int(number) for number in _PLAIN_ROW.findall(xml)] or [1]
    if _prefixed(xml) or len(rows) < xml.count(b"<row "):
        return _check_unusual_corners(xml, limits)
    height = max(rows) - min(rows) + 1
    digits = len(str(max(rows)))
    beyond_z = rb'<c(?! r="[A-Z][0-9]{1,%d}")[ >/\t\r\n]' % digits
    if height * 26 <= limits.cells and re.search(beyond_z, xml) is None:
        return xml.count(b"<c ")
    unusual = rb'<c(?! r="[A-Z]{1,3}[0-9]{1,%d}")[ >/\t\r\n]' % digits
    if re.search(unusual, xml) is not None:
        return _check_unusual_corners(xml, limits)
    cells = xml.count(b"<c ")
    columns = {column_number(letters) for letters in set(_COLUMN.findall(xml))} or {0}
    _refuse_corners(cells, height, max(columns) - min(columns) + 1, limits)
    return cells


def _prefixed(xml: bytes) -> bool:
    """Return whether the elements of *xml* carry a namespace prefix, as some programs write them."""
    return re.search(rb"<\w+:worksheet\b", xml[:4096]) is not None


def _check_unusual_corners(xml: bytes, limits: Limits) -> int:
    """Do what `check_corners` does for XML that no usual program writes: slower, cell by cell."""
    cells = 0
    rows = {int(number) - 1 for number in _ROW.findall(xml)}
    columns = set()
    for found in _CELL.finditer(xml):
        cells += 1
        place = place_of(found[1])
        if place:
            rows.add(place[0])
            columns.add(place[1])
    if rows and columns:
        _refuse_corners(cells, max(rows) - min(rows) + 1, max(columns) - min(columns) + 1, limits)
    return cells


def _refuse_corners(cells: int, height: int, width: int, limits: Limits) -> None:
    """Refuse a rectangle of *height* × *width* around *cells* cells that is too large or nearly all empty."""
    if height * width > limits.cells and (height * width > 4 * limits.cells or height * width > 20 * cells):
        raise Refusal(
            msg(
                "The cells of a worksheet lie too far apart: {cells:,} cells stand in a rectangle of {height:,} rows "
                "and {width:,} columns. Delete the stray cells far below or right of the table and save it again.",
                cells=cells,
                height=height,
                width=width,
            )
        )


def _styled(xml: bytes, styles: Styles) -> tuple[frozenset[Place], dict[Place, int]]:
    """Return the places of percent cells and of codes padded with zeros (-> width)."""
    percent: set[Place] = set()
    padded: dict[Place, int] = {}
    wanted = styles.percent | set(styles.padded)
    if not wanted:
        return frozenset(), {}
    choice = b"|".join(str(number).encode() for number in sorted(wanted))
    pattern = re.compile(rb"<(?:\w+:)?c\b[^>]*?\bs=[\"'](" + choice + rb")[\"'][^>]*>")
    for found in pattern.finditer(xml):
        place = place_of(found[0])
        style = int(found[1])
        if place and style in styles.percent:
            percent.add(place)
        elif place:
            padded[place] = styles.padded[style]
    return frozenset(percent), padded


def _uncached(xml: bytes) -> frozenset[Place]:
    """Return the places of formulas without a saved value."""
    places = set()
    for cell, following in _FORMULA.findall(xml):
        if not re.match(rb"<(?:\w+:)?v(?:\s[^>/]*)?>[^<]", following) and b't="str"' not in cell:
            place = place_of(cell)
            if place:
                places.add(place)
    return frozenset(places)


def check_shared_text(sheet: bytes, strings: bytes, limits: Limits) -> None:
    """Refuse a worksheet whose repeated strings, written out cell by cell, pass the limit for text."""
    uses = sheet.count(b't="s"') + sheet.count(b"t='s'")
    if not uses or not strings:
        return
    lengths = [len(item) for item in re.split(rb"<(?:\w+:)?si[\s>/]", strings)[1:]] or [0]
    if uses * max(lengths) <= limits.text_bytes:
        return
    known = len(lengths)
    total = sum(lengths[i] if (i := int(number)) < known else 0 for number in _SHARED.findall(sheet))
    if b"t='s'" in sheet or b"<v>" not in sheet:
        total = uses * max(lengths)
    if total > limits.text_bytes:
        raise Refusal(
            msg(
                "The texts of a worksheet come to {size:,} MB when every repeated one is written out; "
                "at most {limit:,} MB are read. Shorten the long cells and save it again.",
                size=total // 1_000_000,
                limit=limits.text_bytes // 1_000_000,
            )
        )
