"""What the store gives back: frozen records, free of the database."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from criteria.errors import StoreError
from criteria.model import Profile
from criteria.text import Message
from data.store.values import Value
from selection.model import Candidates

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Objects = npt.NDArray[np.object_]


class ConflictError(StoreError):
    """Somebody else saved in between; *mine* and *theirs* are both here, so that the user can choose."""

    def __init__(self, message: Message, mine: Any, theirs: Any, latest: int) -> None:
        """Keep both values; *latest* is what a save on top of theirs is based on."""
        super().__init__(message)
        self.mine, self.theirs, self.latest = mine, theirs, latest


@dataclass(frozen=True, slots=True)
class Project:
    """One project; *profile* is its standard as a JSON document, *version* the number a save must be based on."""

    id: str
    name: str
    is_sample: bool
    created: datetime.datetime
    saved: datetime.datetime
    deleted: datetime.datetime | None
    version: int
    profile: dict[str, Any] = field(repr=False)
    settings: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """One line of the project switcher."""

    id: str
    name: str
    is_sample: bool
    created: datetime.datetime
    saved: datetime.datetime
    deleted: datetime.datetime | None
    candidates: int


@dataclass(frozen=True, slots=True)
class ProfileVersion:
    """One saved standard; *document* is the profile as JSON."""

    number: int
    who: str
    reason: str | None
    at: datetime.datetime
    document: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CandidateRecord:
    """Who a candidate is; *regions* is the cell as written (None = every region, '' = not known)."""

    id: str
    name: str
    regions: str | None
    note: str
    archived: bool
    pinned: bool


@dataclass(frozen=True, slots=True)
class Observation:
    """One value with where it comes from; a higher *sequence* was saved later.

    *origin* is import, edit, rating or agreed (None there = withdrawn); *undone* where an undo took it back.
    """

    sequence: int
    candidate: str
    region: str | None
    criterion: str
    value: Value
    unit: str | None
    source: str | None
    date: str | None
    level: float | None
    who: str
    origin: str
    at: datetime.datetime
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Waiver:
    """A must-have waived for one candidate by a named person; *active* is False once it was withdrawn."""

    candidate: str
    region: str | None
    criterion: str
    by: str
    reason: str
    at: datetime.datetime
    active: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided for a region: *status* chosen, nobody_yet or open; candidates by id, *price* as shown then."""

    sequence: int
    region: str | None
    status: str
    first: str | None
    reserve: str | None
    reason: str
    price: str
    details: dict[str, Any] = field(repr=False)
    who: str = ""
    at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log: who did what when, before and after; *undone* where a later line took it back."""

    sequence: int
    at: datetime.datetime
    who: str
    action: str
    target: str
    undone: bool
    undoes: int | None
    before: dict[str, Any] = field(repr=False)
    after: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One list that was taken in."""

    sequence: int
    file_name: str
    at: datetime.datetime
    counts: dict[str, int]
    mapping: dict[str, Any]


class CandidateTable(Protocol):
    """What can be imported: columnar candidates, as `selection.Candidates` has them.

    *frame* has id, name, optionally region, and a column per criterion. *regions* is None or a tuple of names per row.
    The mappings go from a criterion to an array with one entry per row.
    """

    @property
    def frame(self) -> pd.DataFrame:
        """The rows."""

    @property
    def regions(self) -> Any:
        """Region names per row, or None."""

    @property
    def not_applicable(self) -> Mapping[str, Bools]:
        """Where a criterion does not apply."""

    @property
    def levels(self) -> Mapping[str, Floats]:
        """Evidence levels."""

    @property
    def sources(self) -> Mapping[str, Objects]:
        """Where values come from."""

    @property
    def dates(self) -> Mapping[str, Objects]:
        """When values were true."""


@dataclass(frozen=True, slots=True)
class StoredCandidates:
    """The latest value of everything, columnar: the fields of `selection.Candidates`, and who said it.

    Rows are candidates, or candidate x region where any value was given for one region. *sequences* holds the number
    of each value's observation (0 = none): what an edit is based on.
    """

    frame: pd.DataFrame
    regions: tuple[tuple[str, ...], ...] | None
    not_applicable: Mapping[str, Bools]
    levels: Mapping[str, Floats]
    sources: Mapping[str, Objects]
    dates: Mapping[str, Objects]
    who: Mapping[str, Objects]
    origins: Mapping[str, Objects]
    units: Mapping[str, Objects]
    sequences: Mapping[str, npt.NDArray[np.int64]]

    @property
    def rated(self) -> dict[str, Bools]:
        """Return, per criterion, which rows hold a rating rather than a value of a list or an edit."""
        return {key: np.equal(origins, "rating").astype(np.bool_) for key, origins in self.origins.items()}

    def candidates(self, profile: Profile, as_of: datetime.date | None = None) -> Candidates:
        """Return them as the ranking takes them: texts for the categories of *profile*, numbers for the other criteria.

        What does not fit (a text where the standard wants a number) is unknown there and stays in `frame`.
        """
        frame = self.frame.copy(deep=False)
        for criterion in profile.criteria:
            if criterion.id in frame.columns:
                frame[criterion.id] = _typed(frame[criterion.id], criterion.is_category)
        evidence = (self.not_applicable, self.levels, self.sources, self.dates)
        return Candidates(frame, self.regions, *evidence, as_of)


def _typed(column: pd.Series[Any], is_category: bool) -> pd.Series[Any]:
    """Return a column as texts with None for unknown (*is_category*), or as floats with NaN."""
    if not is_category:
        return pd.to_numeric(column, errors="coerce").astype(np.float64)
    texts = [_text(value) for value in column.tolist()]
    return pd.Series(texts, index=column.index, dtype=object)


def _text(value: Any) -> str | None:
    if isinstance(value, float):
        return None if math.isnan(value) else f"{value:.15g}"  # a level may be called "3"
    return None if value is None else str(value)


class CellChange(NamedTuple):
    """One value that an import would change; *edited* where it was corrected or rated by hand since the last list."""

    criterion: str
    before: Value
    after: Value
    edited: bool


@dataclass(frozen=True, slots=True)
class RowChange:
    """What an import would do to one candidate: *status* added, updated or untouched."""

    id: str
    region: str | None
    name: str
    old_name: str | None
    status: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would change; nothing has been written yet.

    Counts are of candidates. *kept* is the number of values that were edited or rated by hand and stay, because the
    list says what it said before; *missing* names the candidates that the list no longer has (they stay, unless asked).
    """

    added: int
    updated: int
    untouched: int
    missing: tuple[str, ...]
    kept: int
    rows: tuple[RowChange, ...] = field(repr=False)
    table: CandidateTable = field(repr=False)
    file_name: str = ""
    mapping: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def counts(self) -> dict[str, int]:
        """Return the figures that are kept with the batch."""
        figures = {"added": self.added, "updated": self.updated, "untouched": self.untouched, "kept": self.kept}
        return {**figures, "missing": len(self.missing), "values": sum(len(row.cells) for row in self.rows)}
