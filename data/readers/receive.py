"""The parent's side of the hand-over: the bytes that the child left -> `RawTable`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import compute

from criteria.errors import CandidateFileError
from criteria.text import Message, msg
from data.readers.handover import RESULT
from data.readers.limits import Limits
from data.readers.raw import Problem, RawColumn, RawTable

_EXACT = 1e15


class Garbled(ValueError):
    """The hand-over does not add up."""


class ChildFailed(Exception):
    """The reader in the child failed: *kind* is "memory" or "fault", *detail* is for the log."""

    def __init__(self, kind: str, detail: str) -> None:
        """Keep *kind* and *detail*."""
        super().__init__(detail)
        self.kind = kind


def receive(folder: Path, file_name: str, limits: Limits) -> RawTable:
    """Return the table that the child left in *folder*; raise its refusal as CandidateFileError."""
    path = folder / RESULT
    if not path.is_file() or path.stat().st_size > limits.result_bytes:
        raise Garbled("no result")
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    about = json.loads(data[8 : 8 + size])
    if "refused" in about:
        raise CandidateFileError(named(file_name, message(about["refused"])))
    if "failed" in about:
        raise ChildFailed(about["failed"], about["detail"])
    columns = _columns(memoryview(data)[8 + size :], about)
    rows = about["rows"]
    lines = about["lines"] if about["lines"] is not None else range(about["first_line"], about["first_line"] + rows)
    problems = tuple(Problem(one[0], one[1], one[2], message(one[3])) for one in about["problems"])
    return RawTable(columns, np.asarray(lines, dtype=np.int64), problems, about["format"], about["encoding"], file_name)


def named(file_name: str, sentence: Message) -> Message:
    """Return *sentence* with the name of the file before it."""
    return msg("{file}: {sentence}", file=file_name, sentence=sentence)


def message(plain: list[Any]) -> Message:
    """Return the `Message` that a note was written as."""
    code, parameters, plural_code = plain
    values = {key: message(v["note"]) if isinstance(v, dict) else v for key, v in parameters.items()}
    return Message(code, values, plural_code=plural_code)


def _columns(data: memoryview, about: dict[str, Any]) -> tuple[RawColumn, ...]:
    """Cut *data* into columns."""
    rows = about["rows"]
    columns = []
    at = 0
    for entry in about["columns"]:
        text = number = None
        if entry["text"] is not None:
            text = texts(np.frombuffer(data[at : at + entry["text"]], np.uint8), rows)
            at += entry["text"]
        if entry["number"]:
            figures = np.frombuffer(data[at : at + 8 * rows], np.float64)
            if len(figures) != rows:
                raise Garbled("numbers")
            number = pa.array(figures, mask=np.isnan(figures))
            at += 8 * rows
        if text is None:
            text = number_texts(number)
        columns.append(
            RawColumn(entry["header"], pa.chunked_array([text]), None if number is None else pa.chunked_array([number]))
        )
    return tuple(columns)


def texts(data: np.ndarray, rows: int) -> pa.Array:
    """Return the *rows* texts in *data*, each ended by a zero byte, as pa.string(); an empty text is null."""
    ends = np.flatnonzero(data == 0)
    if len(ends) != rows or (len(data) and data[-1] != 0):
        raise Garbled("texts")
    offsets = np.zeros(rows + 1, dtype=np.int32)
    offsets[1:] = ends - np.arange(rows)
    present = np.packbits(np.diff(offsets) > 0, bitorder="little")
    body = data[data != 0]
    array = pa.Array.from_buffers(
        pa.string(), rows, [pa.py_buffer(present.tobytes()), pa.py_buffer(offsets), pa.py_buffer(body)]
    )
    array.validate(full=True)
    return array


def number_texts(number: pa.Array) -> pa.Array:
    """Return numbers as texts: whole ones without a decimal point, others in their shortest form."""
    values = number.to_numpy(zero_copy_only=False)
    whole = (values == np.floor(values)) & (np.abs(values) < _EXACT)
    if whole.all():
        return number.cast(pa.int64()).cast(pa.string())
    figures = pa.array(np.where(whole, values, 0.0)).cast(pa.int64()).cast(pa.string())
    return compute.if_else(pa.array(whole), figures, number.cast(pa.string()))
