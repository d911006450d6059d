"""What every reader hands on: the cells of one table as a person would type them, and what the reader noticed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from criteria.text import Message, render


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about the file: a *severity* ("warning" or "error"), a place and a sentence."""

    severity: str
    line: int | None
    column: str | None
    message: Message

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """Return the problem as the command line prints it, its sentence in *language*."""
        text = render(self.message, language)
        return {"severity": self.severity, "line": self.line, "column": self.column, "message": text}


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One column under its own *header* (which may be empty or repeated).

    *text* (pa.string) holds every cell as a person would type it, null where the cell is empty: native numbers in
    canonical form ("3", "71.6"), native truth values "TRUE" and "FALSE", native dates ISO ("2009-05-01").
    *number* (pa.float64) holds the value where the cell was natively a number; None where no cell was.
    """

    header: str
    text: pa.ChunkedArray
    number: pa.ChunkedArray | None


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it stands in a file, before any value is interpreted.

    *lines* (int64) says where each record starts: the physical line of a csv (header = 1), the worksheet row of an
    xlsx, the number of the record + 1 in parquet and json. *format* is csv, tsv, xlsx, parquet or json.
    """

    columns: tuple[RawColumn, ...]
    lines: np.ndarray
    problems: tuple[Problem, ...]
    format: str
    encoding: str | None
    file_name: str
