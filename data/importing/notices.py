"""Problems collected column by column: each with line, column and sentence, long runs of one kind shortened."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from criteria.text import Message, plural
from data.readers.raw import Problem

LISTED = 20
"""So many problems of one kind are listed per column; the rest is counted in one more sentence."""


class Notices:
    """A growing list of problems that knows the line of each row."""

    def __init__(self, lines: NDArray[np.int64], problems: Iterable[Problem] = ()) -> None:
        """Start with the *problems* of the reader; *lines* holds the line of each row."""
        self._lines = lines
        self._found: list[Problem] = list(problems)
        self._counts: dict[tuple[str, str | None, str], int] = {}
        self._muted: frozenset[int] = frozenset()

    def add(
        self, message: Message, *, row: int | None = None, column: str | None = None, severity: str = "error"
    ) -> None:
        """Note one problem in *row* (None: the whole column or file)."""
        if row in self._muted:
            return
        kind = (severity, column, message.code)
        self._counts[kind] = count = self._counts.get(kind, 0) + 1
        if count <= LISTED:
            self._found.append(Problem(severity, None if row is None else int(self._lines[row]), column, message))

    def mute(self, rows: Iterable[int]) -> None:
        """Note nothing more about *rows*: they are left out, and that was said."""
        self._muted = frozenset(rows)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note *problems* that are complete already."""
        self._found.extend(problems)

    def result(self) -> tuple[Problem, ...]:
        """Return the problems by line, those of the whole file first; long runs end in a sentence with their number."""
        more = [
            Problem(
                severity, None, column, plural("And {n} more like this.", "And {n} more like this.", count - LISTED)
            )
            if column is None
            else Problem(
                severity,
                None,
                column,
                plural(
                    "And {n} more problem like this in column “{column}”.",
                    "And {n} more problems like this in column “{column}”.",
                    count - LISTED,
                    column=column,
                ),
            )
            for (severity, column, _), count in self._counts.items()
            if count > LISTED
        ]
        ordered = sorted(self._found, key=lambda problem: problem.line if problem.line is not None else -1)
        return (*ordered, *more)
