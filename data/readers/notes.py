"""Messages as the child process makes them: plain tuples, because the message class would import half the product.

`msg` and `plural` have the signature of those in criteria.text, so that the catalogue extraction finds their literals;
the parent process turns every `Note` into a `Message`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Note(NamedTuple):
    """A sentence that waits to become a `Message`."""

    code: str
    parameters: dict[str, Any]
    plural_code: str | None = None

    def plain(self) -> list[Any]:
        """Return the note as JSON can hold it; a note among the parameters becomes {"note": [...]}."""
        values = {key: {"note": v.plain()} if isinstance(v, Note) else v for key, v in self.parameters.items()}
        return [self.code, values, self.plural_code]


def msg(code: str, /, **parameters: Any) -> Note:
    """Return a `Note`."""
    return Note(code, parameters)


def plural(one: str, many: str, n: int, /, **parameters: Any) -> Note:
    """Return a `Note` whose English form depends on *n*; `{n}` is filled in by itself."""
    return Note(one, {"n": n, **parameters}, many)


class Refusal(Exception):
    """The file cannot be read; *note* says what is wrong and what to do."""

    def __init__(self, note: Note) -> None:
        """Keep *note*."""
        super().__init__(note.code)
        self.note = note


@dataclass(slots=True)
class Notices:
    """What a reader noticed on its way, every kind listed up to *listed* times and only counted from there on."""

    listed: int
    found: list[tuple[str, int | None, str | None, Note]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    last: dict[str, tuple[str, Note]] = field(default_factory=dict)

    def warn(self, note: Note, line: int | None = None, column: str | None = None) -> None:
        """Add something worth knowing that changes no value behind anybody's back."""
        self._add("warning", note, line, column)

    def error(self, note: Note, line: int | None = None, column: str | None = None) -> None:
        """Add something that lost a value or a row."""
        self._add("error", note, line, column)

    def _add(self, severity: str, note: Note, line: int | None, column: str | None) -> None:
        self.counts[note.code] += 1
        if self.counts[note.code] <= self.listed:
            self.found.append((severity, line, column, note))
        else:
            self.last[note.code] = (severity, note)

    def plain(self) -> list[Any]:
        """Return every notice as JSON can hold it, and one line per kind that had more of them."""
        rows: list[Any] = [[severity, line, column, note.plain()] for severity, line, column, note in self.found]
        for code, (severity, note) in self.last.items():
            more = plural(
                "{n} more place like the ones listed, for example: {sentence}",
                "{n} more places like the ones listed, for example: {sentence}",
                self.counts[code] - self.listed,
                sentence=note,
            )
            rows.append([severity, None, None, more.plain()])
        return rows
