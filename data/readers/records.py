"""JSON -> `Table`: a list of records, the same under a key, a record per line, or a table of columns."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from math import isfinite, nan
from typing import Any

from data.readers.cleaning import clean_column, clean_header
from data.readers.limits import Limits
from data.readers.notes import Notices, Refusal, msg
from data.readers.sheet import Column, Table, check_headers, check_size

TABLE_KEYS = ("candidates", "data", "rows", "records", "items", "distributors", "results")
_DIGITS = 15

Record = dict[str, Any]


class _Exact(str):
    """A number with more digits than a float keeps, as it was written."""

    __slots__ = ()


def read_records(text: str, notices: Notices, limits: Limits) -> Table:
    """Read the records in *text*; `line` is the number of the record + 1."""
    repeated: set[str] = set()
    records = _records(_load(text, repeated), notices)
    for key in sorted(repeated)[:20]:
        notices.error(msg("A record has the field '{key}' twice; the last value was read.", key=key[:80]))
    headers = _headers(records, limits)
    check_size(len(records), len(headers), limits)
    kept = [i for i, record in enumerate(records) if any(v not in (None, "") for v in record.values())]
    lines = [i + 2 for i in kept]
    columns = []
    for key in headers:
        name = clean_header(key, notices, limits, 1)
        columns.append(_column(name, [records[i].get(key) for i in kept], lines, notices, limits))
    check_headers([column.header for column in columns], notices, 1)
    return Table(columns, lines, "json")


def _load(text: str, repeated: set[str]) -> Any:
    """Return the document, or the list of documents where there is one per line."""
    try:
        return _parse(text, repeated)
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if error.msg == "Extra data" and len(lines) > 1 and error.lineno > 1:
            return [_parse_line(line, number, repeated) for number, line in enumerate(lines, start=1)]
        raise Refusal(
            msg(
                "The JSON is broken in line {line}, column {column}; export it again.",
                line=error.lineno,
                column=error.colno,
            )
        ) from error
    except RecursionError as error:
        raise Refusal(msg("The JSON is nested too deeply to be a table; export a list of flat records.")) from error


def _parse_line(line: str, number: int, repeated: set[str]) -> Any:
    """Return the document on one line."""
    try:
        return _parse(line, repeated)
    except json.JSONDecodeError as error:
        note = msg(
            "The JSON is broken in line {line}, column {column}; export it again.", line=number, column=error.colno
        )
        raise Refusal(note) from error


def _parse(text: str, repeated: set[str]) -> Any:
    """Return the document in *text*; names that an object has twice are added to *repeated*."""

    def record(pairs: list[tuple[str, Any]]) -> Record:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            repeated.update(name for name in found if names.count(name) > 1)
        return found

    return json.loads(text, object_pairs_hook=record, parse_int=_whole, parse_float=_fraction)


def _whole(digits: str) -> int | _Exact:
    return int(digits) if len(digits) <= _DIGITS else _Exact(digits)


def _fraction(digits: str) -> float | _Exact:
    return float(digits) if len(digits) <= 400 else _Exact(digits[:400])


def _records(document: Any, notices: Notices) -> list[Record]:
    """Return the records in *document*, whatever usual form it has."""
    if isinstance(document, dict):
        document = _inside(document)
    if not isinstance(document, list):
        raise Refusal(msg("The JSON holds a single value, not a list of candidates; export a list of records."))
    if document and all(isinstance(row, list) for row in document):
        document = _under_header(document)
    good: list[Record] = []
    for number, record in enumerate(document, start=1):
        if isinstance(record, dict):
            good.append(record)
        else:
            good.append({})
            notices.error(
                msg("Record {number} is not an object with named fields; it was left out.", number=number), number + 1
            )
    if document and not any(good):
        raise Refusal(msg("The JSON holds no records with named fields; export a list of objects, one per candidate."))
    return good


def _inside(document: Record) -> Any:
    """Return the list of records that *document* wraps, its columns as records, or the one record it is."""
    for key in TABLE_KEYS:
        if isinstance(document.get(key), list):
            return document[key]
    lists = [value for value in document.values() if isinstance(value, list)]
    tables = [value for value in lists if value and all(isinstance(row, dict) for row in value)]
    if len(tables) == 1:
        return tables[0]
    values = list(document.values())
    if values and len(lists) == len(values) and len({len(column) for column in lists}) == 1:
        return [dict(zip(document, row, strict=True)) for row in zip(*lists, strict=True)]
    if values and all(isinstance(value, dict) for value in values):
        return _by_column(document)
    if values and not any(isinstance(value, list | dict) for value in values):
        return [document]
    raise Refusal(
        msg('No table was found in the JSON; put the candidates in a list of records, alone or under "candidates".')
    )


def _by_column(document: Record) -> list[Record]:
    """Return the records of a table written column by column, each a map of row label to value."""
    labels: dict[str, None] = {}
    for column in document.values():
        labels.update(dict.fromkeys(column))
    if any(isinstance(value, list | dict) for column in document.values() for value in column.values()):
        raise Refusal(
            msg('No table was found in the JSON; put the candidates in a list of records, alone or under "candidates".')
        )
    return [{name: column.get(label) for name, column in document.items()} for label in labels]


def _under_header(rows: Sequence[Sequence[Any]]) -> list[Record]:
    """Return records from a list of rows whose first one is the header."""
    header = [_text(name) for name in rows[0]]
    if any(len(row) > len(header) for row in rows):
        raise Refusal(msg("A row of the JSON table is longer than its header; export a list of records with names."))
    return [dict(zip(header, row, strict=False)) for row in rows[1:]]


def _headers(records: Iterable[Record], limits: Limits) -> list[str]:
    """Return the names of all fields, in the order of their first appearance."""
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(record))
        if len(names) > 4 * limits.columns:
            break
    return list(names)


def _column(name: str, values: list[Any], lines: Sequence[int], notices: Notices, limits: Limits) -> Column:
    """Return one field of all records."""
    number = array("d", map(_number, values))
    text = []
    for value, line in zip(values, lines, strict=True):
        if isinstance(value, list | dict):
            value = _flat(value, name, line, notices)
        elif isinstance(value, float) and not isfinite(value):
            notices.error(msg("Record {number}: the value is not a finite number.", number=line - 1), line, name)
            value = None
        text.append(_text(value))
    numeric = any(value == value for value in number)
    return Column(name, clean_column(name, text, lines, notices, limits)[1], number if numeric else None)


def _flat(value: Any, name: str, line: int, notices: Notices) -> str | None:
    """Return a list of plain values as "a; b"; report anything nested deeper and return None."""
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return "; ".join(_text(item) for item in value if item is not None)
    notices.error(
        msg(
            "Record {number}: the field holds a nested structure instead of one value; it was read as empty.",
            number=line - 1,
        ),
        line,
        name,
    )
    return None


def _number(value: Any) -> float:
    """Return the value of a native number, else NaN."""
    if isinstance(value, bool) or not isinstance(value, int | float | _Exact):
        return nan
    number = float(value)
    return number if isfinite(number) else nan


def _text(value: Any) -> str:
    """Return a value as a person would type it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return str(value)
