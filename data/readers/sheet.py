"""From rows of cells to columns under headers: what csv files and worksheets have in common."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data.readers.cleaning import END
from data.readers.limits import Limits
from data.readers.notes import Notices, Refusal, msg, plural

LOOK_AHEAD = 60
"""Rows looked at to tell a title from a header."""


@dataclass(slots=True)
class Column:
    """One column on its way to the parent: *text*, every cell ended by `cleaning.END`, and *number* (NaN = none).

    With *text* None every cell is a number, and the parent writes the texts.
    """

    header: str
    text: str | None
    number: array[float] | None = None

    def holds_something(self) -> bool:
        """Return whether any cell is filled."""
        return self.text is None or bool(self.text.strip(END))


@dataclass(slots=True)
class Table:
    """A table on its way to the parent; *lines* are worksheet rows or physical lines."""

    columns: list[Column]
    lines: Sequence[int]
    format: str
    encoding: str | None = None


def blank(cell: Any) -> bool:
    """Return whether a cell holds nothing a person could see."""
    return cell is None or (isinstance(cell, str) and not cell.strip(" \t\r\n\u00a0\u3000\u200b\ufeff\x00"))


def filled(row: Sequence[Any]) -> int:
    """Return the number of cells in *row* that are not blank."""
    return sum(not blank(cell) for cell in row)


def find_header(rows: Sequence[Sequence[Any]]) -> int | None:
    """Return the index of the header among *rows*, after blank lines and titles; None where all are blank.

    A title is a row with one or two filled cells above a row that is filled like most of the rows below it.
    """
    counts = [filled(row) for row in rows[:LOOK_AHEAD]]
    used = [count for count in counts if count]
    if not used:
        return next((i for i, row in enumerate(rows) if filled(row)), None)
    first = next(i for i, count in enumerate(counts) if count)
    for i in range(first, min(len(counts), first + 20)):
        rest = [count for count in counts[i + 1 :] if count]
        if not counts[i] or (i > first and not rest):
            continue
        if not _is_title(counts[i], rest) and not (rest and _is_comment(rows[i])):
            return i
    return first


def _is_comment(row: Sequence[Any]) -> bool:
    """Return whether *row* is a remark such as programs write above their exports; a lone "#" is a header."""
    first = str(row[0]).lstrip() if row else ""
    return first.startswith(("# ", "## ", "//"))


def _is_title(count: int, rest: list[int]) -> bool:
    """Return whether a row with *count* filled cells stands above a table that *rest* counts."""
    if not rest:
        return False
    common = Counter(rest).most_common(1)[0][0]
    widest = max(rest)
    return (count == 1 and common >= 2 and widest >= 2) or (count == 2 and common >= 5 and widest >= 5)


def check_size(rows: int, columns: int, limits: Limits) -> None:
    """Refuse a table of more rows, columns or cells than *limits* allows."""
    if columns > limits.columns:
        note = msg(
            "The table has {columns:,} columns; at most {limit:,} are read. Keep the columns you need and try again.",
            columns=columns,
            limit=limits.columns,
        )
    elif rows > limits.rows:
        note = msg(
            "The table has {rows:,} rows; at most {limit:,} are read. "
            "Split it, or screen it where it lies with the scan command.",
            rows=rows,
            limit=limits.rows,
        )
    elif rows * columns > limits.cells:
        note = msg(
            "The table has {cells:,} cells; at most {limit:,} are read. Keep the columns you need and try again.",
            cells=rows * columns,
            limit=limits.cells,
        )
    else:
        return
    raise Refusal(note)


def check_headers(headers: Sequence[str], notices: Notices, line: int | None) -> None:
    """Report headers that stand more than once; letter case does not tell two headers apart."""
    places: dict[str, list[int]] = {}
    for position, header in enumerate(headers, start=1):
        if header:
            places.setdefault(header.casefold(), []).append(position)
    for found in places.values():
        if len(found) > 1:
            name = headers[found[0] - 1]
            notices.error(
                msg(
                    "The header '{header}' stands {count} times (columns {places}); "
                    "keep one of these columns or give each its own name.",
                    header=name,
                    count=len(found),
                    places=", ".join(str(place) for place in found),
                ),
                line,
                name,
            )


def note_titles(skipped: int, line: int, notices: Notices) -> None:
    """Say which line was taken for the header when *skipped* filled rows stand above it."""
    if skipped:
        notices.warn(
            plural(
                "{n} title line above the table was passed over; line {line} was taken for the header.",
                "{n} title lines above the table were passed over; line {line} was taken for the header.",
                skipped,
                line=line,
            ),
            line,
        )


def note_repeated_header(line: int, notices: Notices) -> None:
    """Say that the header stands again at *line*, as in lists that were printed page by page."""
    notices.warn(msg("Line {line} repeats the header and was passed over.", line=line), line)


def note_unnamed(position: int, line: int | None, notices: Notices) -> None:
    """Say that the column at *position* holds values but has no header."""
    notices.warn(
        msg("Column {position} holds values but has no header; give it one if it should be used.", position=position),
        line,
    )
