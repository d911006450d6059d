"""The file in which the child process hands its table to the parent: JSON, then the bytes of every column.

    8 bytes        length of the JSON, little endian
    the JSON       what the table is, its headers, its problems; or the refusal
    per column     its texts in UTF-8, each ended by a zero byte; then its numbers as float64, NaN = none

Nothing in it can run: the parent counts zero bytes and copies arrays, and checks every length against the JSON.
"""

from __future__ import annotations

import json
from array import array
from pathlib import Path
from typing import Any

from data.readers.notes import Note, Notices
from data.readers.sheet import Table

RESULT = "result.bin"


def write_table(folder: Path, table: Table, notices: Notices) -> None:
    """Write *table* and what was noticed into *folder*."""
    blocks: list[bytes | array[float]] = []
    columns: list[dict[str, Any]] = []
    for column in table.columns:
        entry: dict[str, Any] = {"header": column.header, "text": None, "number": column.number is not None}
        if column.text is not None:
            block = column.text.encode("utf-8")
            entry["text"] = len(block)
            blocks.append(block)
        if column.number is not None:
            blocks.append(column.number)
        columns.append(entry)
    lines: list[int] | None = None
    first = table.lines[0] if len(table.lines) else 0
    if not isinstance(table.lines, range):
        lines = list(table.lines)
    about = {
        "format": table.format,
        "encoding": table.encoding,
        "rows": len(table.lines),
        "first_line": first,
        "lines": lines,
        "columns": columns,
        "problems": notices.plain(),
    }
    _write(folder, about, blocks)


def write_refusal(folder: Path, note: Note) -> None:
    """Write why the file was refused into *folder*."""
    _write(folder, {"refused": note.plain()}, [])


def write_failure(folder: Path, kind: str, detail: str) -> None:
    """Write that the reader failed: *kind* "memory" or "fault", *detail* for the log."""
    _write(folder, {"failed": kind, "detail": detail[-4_000:]}, [])


def _write(folder: Path, about: dict[str, Any], blocks: list[bytes | array[float]]) -> None:
    """Write the file under another name first, so that half a file is never taken for one."""
    head = json.dumps(about, ensure_ascii=True).encode()
    unfinished = folder / (RESULT + ".part")
    with unfinished.open("wb") as file:
        file.write(len(head).to_bytes(8, "little"))
        file.write(head)
        for block in blocks:
            file.write(memoryview(block).cast("B") if len(block) else b"")
    unfinished.replace(folder / RESULT)
