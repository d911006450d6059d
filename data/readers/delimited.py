"""Comma, semicolon, tab and bar separated text -> `Table`.

Every record knows the physical line it starts on. A quotation mark that is never closed cannot swallow the rest of
the file, and a row that holds more than the header names is left out and reported: nobody can know where it slipped.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from data.readers.cleaning import clean_column, clean_header
from data.readers.limits import Limits
from data.readers.notes import Notices, Refusal, msg
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

DELIMITERS = (",", ";", "\t", "|")
NONE = "\x1f"
"""Stands for the delimiter of a table of one column, in which commas are part of the text."""
NOTHING = msg("The file holds no text that can be seen; export the sheet again as .xlsx or .csv.")
_SAMPLE_CHARACTERS = 100_000
_SAMPLE_RECORDS = 300

Rows = list[list[str]]


def read_delimited(text: str, notices: Notices, limits: Limits, prefer: str | None = None) -> Table:
    """Read the table in *text*; *prefer* is the delimiter that the file name suggests."""
    csv.field_size_limit(max(limits.file_bytes, 131_072))
    if not text.strip(' \t\r\n\u00a0\u3000\u200b\ufeff,;|"\x00'):
        raise Refusal(NOTHING)
    told, first_line = _told_delimiter(text)
    delimiter = told or sniff_delimiter(text, prefer)
    rows, lines = read_records(text, delimiter, notices)
    if told:
        rows, lines = rows[first_line:], lines[first_line:]
    return _table(rows, lines, "tsv" if delimiter == "\t" else "csv", notices, limits)


def _told_delimiter(text: str) -> tuple[str | None, int]:
    """Return the delimiter that a first line like `sep=;` names, and the number of records it takes."""
    line = text[:12].splitlines()[0].strip('"') if text else ""
    if line.lower().startswith("sep=") and len(line) >= 5 and line[4] in DELIMITERS:
        return line[4], 1
    return None, 0


def sniff_delimiter(text: str, prefer: str | None = None) -> str:
    r"""Return the delimiter that cuts most records of *text* into as many cells as their header has.

    >>> sniff_delimiter("name;x;y\nA;1,5;2,5\nB;2,5;3,5\n")
    ';'
    """
    sample = text[:_SAMPLE_CHARACTERS]
    if len(text) > len(sample):
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    order = [prefer] if prefer else []
    order += [delimiter for delimiter in DELIMITERS if delimiter != prefer]
    scores = {delimiter: _consistency(sample, delimiter) for delimiter in order}
    best = max(order, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0, 0.0, 0) else NONE


def _consistency(sample: str, delimiter: str) -> tuple[int, float, int]:
    """Return (header fits: 2 on line 1, 1 below titles; share of records that fit; cells per record)."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths = [len(row) for row, _ in zip(reader, range(_SAMPLE_RECORDS), strict=False) if filled(row)]
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return (0, 0.0, 0)
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    titles = next(i for i, found in enumerate(widths) if found > 1)
    if titles and (count < max(2, 0.8 * (len(widths) - titles)) or _only_in_phrases(sample, delimiter)):
        return (0, 0.0, 0)  # a header of one cell over texts with commas in them
    header_fits = widths[titles] == width and all(found == 1 for found in widths[:titles])
    return (int(header_fits) + int(header_fits and not titles), round(count / (len(widths) - titles), 1), width)


def _only_in_phrases(sample: str, delimiter: str) -> bool:
    """Return whether a blank follows every *delimiter*, as commas stand in phrases."""
    return sample.count(delimiter) == sample.count(delimiter + " ")


def read_records(text: str, delimiter: str, notices: Notices) -> tuple[Rows, Sequence[int]]:
    """Return every record of *text* and the physical line it starts on, blank lines as empty records."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(reader)
    except csv.Error:
        return _careful_records(text, delimiter, notices)
    if len(rows) == reader.line_num:
        return rows, range(1, len(rows) + 1)
    return _with_lines(text, delimiter)


def _with_lines(text: str, delimiter: str) -> tuple[Rows, list[int]]:
    """Return records and start lines of a text in which some records go over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: Rows = []
    lines: list[int] = []
    start = 1
    for row in reader:
        rows.append(row)
        lines.append(start)
        start = reader.line_num + 1
    return rows, lines


def _careful_records(text: str, delimiter: str, notices: Notices) -> tuple[Rows, list[int]]:
    """Return the records of a text whose quotation marks are damaged somewhere, and report each damaged line."""
    physical = list(io.StringIO(text, newline=""))
    rows: Rows = []
    lines: list[int] = []
    start = 0
    while start < len(physical):
        reader = csv.reader(_from(physical, start), delimiter=delimiter, strict=True)
        begin = start
        try:
            for row in reader:
                rows.append(row)
                lines.append(begin + 1)
                begin = start + reader.line_num
            break
        except csv.Error:
            rows.append(_damaged(physical[begin], delimiter, begin + 1, notices))
            lines.append(begin + 1)
            start = begin + 1
    return rows, lines


def _from(lines: list[str], start: int) -> Iterator[str]:
    """Yield *lines* from *start* on without copying them."""
    return (lines[i] for i in range(start, len(lines)))


def _damaged(line: str, delimiter: str, number: int, notices: Notices) -> list[str]:
    """Return the cells of one line whose quotation marks do not pair up as they should."""
    body = line.rstrip("\r\n")
    if body.count('"') % 2 == 0:
        notices.warn(
            msg("Line {line}: text stands next to a quoted cell; check how the line was cut into cells.", line=number),
            number,
        )
        return next(csv.reader([body], delimiter=delimiter), [])
    notices.error(
        msg(
            "Line {line}: a quotation mark is opened and never closed; the line was read as if the mark were a letter. "
            "Close it or take it out.",
            line=number,
        ),
        number,
    )
    return body.split(delimiter)


def _table(rows: Rows, lines: Sequence[int], kind: str, notices: Notices, limits: Limits) -> Table:
    """Find the header in *rows* and return the columns under it."""
    top = find_header(rows)
    if top is None:
        raise Refusal(NOTHING)
    note_titles(sum(1 for row in rows[:top] if filled(row)), lines[top], notices)
    headers = [clean_header(cell, notices, limits, lines[top]) for cell in rows[top]]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise Refusal(msg("Line {line} should hold the headers but shows nothing; name the columns.", line=lines[top]))
    check_size(len(rows) - top - 1, len(headers), limits)
    width = len(rows[top])
    body, numbers = _without_repeated_header(rows[top + 1 :], lines[top + 1 :], rows[top], notices)
    kept, starts = _fitting(body, numbers, width, notices)
    check_headers(headers, notices, lines[top])
    return Table(_columns(kept, starts, headers, width, lines[top], notices, limits), starts, kind)


def _without_repeated_header(
    rows: Rows, lines: Sequence[int], header: list[str], notices: Notices
) -> tuple[Rows, Sequence[int]]:
    """Return the records that do not repeat the *header*, and report those that do."""
    if header not in rows:
        return rows, lines
    for row, line in zip(rows, lines, strict=True):
        if row == header:
            note_repeated_header(line, notices)
    kept = [i for i, row in enumerate(rows) if row != header]
    return [rows[i] for i in kept], [lines[i] for i in kept]


def _columns(
    rows: Rows, lines: Sequence[int], headers: list[str], width: int, top: int, notices: Notices, limits: Limits
) -> list[Column]:
    """Return cleaned columns; a column without header is kept, and reported, only where it holds something."""
    columns = []
    cells = zip(*rows, strict=True) if rows else ((),) * width
    for position, column in enumerate(cells):
        header = headers[position] if position < len(headers) else ""
        cleaned = Column(header, clean_column(header, column, lines, notices, limits)[1])
        if header or cleaned.holds_something():
            columns.append(cleaned)
            if not header:
                note_unnamed(position + 1, top, notices)
    return columns


def _fitting(rows: Rows, lines: Sequence[int], width: int, notices: Notices) -> tuple[Rows, Sequence[int]]:
    """Return the records that are not blank, all *width* cells long; report the short and leave out the long."""
    if set(map(len, rows)) <= {width} and all(map(any, rows)) and not any(_seems_blank(row) for row in rows):
        return rows, lines
    kept: Rows = []
    starts: list[int] = []
    too_long = 0
    for row, line in zip(rows, lines, strict=True):
        if not any(row) or not filled(row):
            continue
        extra = filled(row[width:])
        if extra:
            too_long += 1
            _report_long(width, width + extra, line, notices)
            continue
        if len(row) < width:
            _report_short(width, len(row), line, notices)
            row = row + [""] * (width - len(row))
        kept.append(row[:width])
        starts.append(line)
    _refuse_misfit(too_long, len(kept), width)
    return kept, starts


def _refuse_misfit(too_long: int, kept: int, width: int) -> None:
    """Refuse a file in which more rows are *too_long* for the header than fit it."""
    if too_long > 1 and too_long > kept:
        raise Refusal(
            msg(
                "{count} of {rows} lines hold more cells than the header names ({width}), "
                "so nobody can tell which value belongs to which header. Put cells that hold the delimiter in "
                "quotation marks, or export the sheet as .xlsx.",
                count=too_long,
                rows=too_long + kept,
                width=width,
            )
        )


def _seems_blank(row: list[str]) -> bool:
    """Return whether *row* holds blanks only, looked at only where its first cell is blank."""
    return not row[0].strip() and not filled(row)


def _report_long(width: int, cells: int, line: int, notices: Notices) -> None:
    notices.error(
        msg(
            "Line {line} holds {cells} cells, the header only {width}; it was left out because its values may stand "
            "under the wrong headers. Put cells that hold the delimiter in quotation marks.",
            line=line,
            cells=cells,
            width=width,
        ),
        line,
    )


def _report_short(width: int, cells: int, line: int, notices: Notices) -> None:
    notices.warn(
        msg(
            "Line {line} holds {cells} cells, the header {width}; the missing ones at its end were read as empty.",
            line=line,
            cells=cells,
            width=width,
        ),
        line,
    )
