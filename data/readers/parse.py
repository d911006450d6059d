"""One file -> `Table`, by whatever its first bytes say it is; runs in the child process only."""

from __future__ import annotations

from pathlib import Path, PurePath

from data.readers.encoding import decode
from data.readers.kinds import compare_with_name, recognise
from data.readers.limits import Limits
from data.readers.notes import Notices, Refusal, msg
from data.readers.sheet import Table

_HEAD_BYTES = 65_536


def parse(path: Path, name: str, notices: Notices, limits: Limits) -> Table:
    """Read the table at *path*, which its owner calls *name*; raise Refusal where there is none."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise Refusal(msg("The file is empty; export the sheet again and import that."))
    kind = recognise(head, name)
    if kind == "zip":
        from data.readers.workbook import read_workbook

        compare_with_name(kind, name, notices)
        return read_workbook(path, notices, limits)
    if kind == "parquet":
        from data.readers.columnar import read_parquet

        compare_with_name(kind, name, notices)
        return read_parquet(path, notices, limits)
    return _parse_text(path.read_bytes(), kind, name, notices, limits)


def _parse_text(data: bytes, kind: str, name: str, notices: Notices, limits: Limits) -> Table:
    """Read JSON, or a table of delimited text; a table may begin with a bracket too."""
    decoded = decode(data, notices)
    if not decoded.text.strip().strip("\x00\ufeff\u200b"):
        raise Refusal(msg("The file holds nothing but blanks; export the sheet again and import that."))
    ending = PurePath(name).suffix.lower()
    if kind == "json" or ending in (".json", ".jsonl", ".ndjson"):
        from data.readers.records import read_records

        try:
            table = read_records(decoded.text, notices, limits)
            compare_with_name("json", name, notices)
        except Refusal:
            if ending not in (".csv", ".tsv", ".tab"):
                raise
        else:
            table.encoding = decoded.encoding
            return table
    from data.readers.delimited import read_delimited

    compare_with_name("text", name, notices)
    table = read_delimited(decoded.text, notices, limits, "\t" if ending in (".tsv", ".tab") else None)
    table.encoding = decoded.encoding
    return table
