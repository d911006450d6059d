"""Cells as a person sees them: no blanks around them, no invisible characters in them.

A whole column is searched at once; only a column that holds something odd is gone through cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.readers.limits import Limits
from data.readers.notes import Notices, msg

_CONTROL = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f"  # those of C1 are kept: they are what garbled letters are made of
_UNPAIRED = "\ud800-\udfff"
_DIRECTION = "\u202a-\u202e\u2066-\u2069"
_INVISIBLE_EDGE = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
_ODD = re.compile(f"[{_CONTROL}{_UNPAIRED}{_DIRECTION}\u200b-\u200d\u2060\ufeff\ufffd]")
_CONTROLS = re.compile(f"[\x00{_CONTROL}]")
_UNPAIREDS = re.compile(f"[{_UNPAIRED}]")
_DIRECTIONS = re.compile(f"[{_DIRECTION}]")
_ESCAPED = re.compile("\0'[=+\\-@\t]")
_PLAIN_ASCII = bytes(code for code in range(128) if (code >= 32 and code != 127) or code in b"\0\t\n\r")
END = "\0"
"""What ends each cell of a column that is written as one text; no cell holds it once it is clean."""


def clean_column(
    header: str, cells: Sequence[str], lines: Sequence[int], notices: Notices, limits: Limits
) -> tuple[Sequence[str], str]:
    """Return *cells* without outer blanks and invisible characters, and the same as one text, each ended by `END`.

    Everything taken away is reported.
    """
    cleaned: Sequence[str] = list(map(str.strip, cells))
    whole = END.join(cleaned) + END if cleaned else ""
    if whole.count(END) == len(cleaned) and not _suspicious(whole, limits):
        return cleaned, whole
    cleaned = [
        clean_cell(cell, line, header, notices, limits) if cell else cell
        for cell, line in zip(cleaned, lines, strict=True)
    ]
    return cleaned, END.join(cleaned) + END


def _suspicious(whole: str, limits: Limits) -> bool:
    """Return whether any cell in *whole* may need a second look; searched as one text, which is far faster."""
    if whole.isascii():
        odd = bool(whole.encode("ascii").translate(None, _PLAIN_ASCII))
    else:
        odd = _ODD.search(whole) is not None
    if odd or ("'" in whole and _ESCAPED.search(END + whole)):
        return True
    step = limits.cell_characters // 2  # a cell that is too long has such a stretch without an end in it
    return any(whole.find(END, at, at + step) < 0 for at in range(0, len(whole) - step, step))


def clean_header(header: str, notices: Notices, limits: Limits, line: int | None) -> str:
    """Return *header* on one line, without outer blanks and invisible characters, shortened where it is a novel."""
    text = " ".join(clean_cell(header, line, None, notices, limits).split())
    if len(text) <= limits.header_characters:
        return text
    short = text[: limits.header_characters - 1] + "…"
    notices.warn(
        msg("A header of {length:,} characters was shortened to {limit}.", length=len(text), limit=len(short)), line
    )
    return short


def clean_cell(cell: str, line: int | None, column: str | None, notices: Notices, limits: Limits) -> str:
    """Return one *cell* cleaned; say what was found in it."""
    text = cell
    if _UNPAIREDS.search(text):
        text = _UNPAIREDS.sub("\ufffd", text)
    if _CONTROLS.search(text):
        text = _CONTROLS.sub("", text)
        notices.warn(msg("Line {line}: control characters were taken out of a cell.", line=line), line, column)
    text = undo_escape(text.strip(_INVISIBLE_EDGE)).strip()
    if _DIRECTIONS.search(text):
        note = msg(
            "Line {line}: a cell holds characters that turn the reading direction; "
            "its text may not be what it looks like.",
            line=line,
        )
        notices.warn(note, line, column)
    if "\ufffd" in text:
        note = msg(
            "Line {line}: some bytes of a cell could not be read and are shown as \ufffd; "
            "save the sheet as UTF-8 and import it again.",
            line=line,
        )
        notices.error(note, line, column)
    return _shorten(text, line, column, notices, limits)


def undo_escape(text: str) -> str:
    """Return *text* without the apostrophe that our own csv export puts before a possible formula.

    >>> undo_escape("'=1+1"), undo_escape("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@\t" else text


def _shorten(text: str, line: int | None, column: str | None, notices: Notices, limits: Limits) -> str:
    """Return *text* cut to what a spreadsheet cell can hold, and report the cut."""
    if len(text) <= limits.cell_characters:
        return text
    note = msg(
        "Line {line}: a cell of {length:,} characters was shortened to {limit:,}.",
        line=line,
        length=len(text),
        limit=limits.cell_characters,
    )
    notices.error(note, line, column)
    return text[: limits.cell_characters - 1] + "…"
