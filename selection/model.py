"""Candidates and results, as frozen columns; single rows and sentences are made on demand.

Candidates are columnar: one typed DataFrame plus evidence. Results keep arrays over all candidates, and hand out
entries only for the rows somebody looks at.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from criteria.curves import FloatArray
from criteria.errors import CandidateError, RunError
from criteria.model import Criterion, Profile
from criteria.text import Message, msg

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
Entry = TypeVar("Entry")
NOTHING: Mapping[str, Any] = MappingProxyType({})

MAX_NAME = 500
"""A name longer than this is shortened with an ellipsis wherever it is shown or written."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Candidates as columns.

    *frame* has the text columns `id` and `name`, `region` where each row is one candidate in one region, and one
    column per criterion that is present: float64 with NaN for unknown, or texts with None for a category.
    *regions* holds, per row, the regions a candidate serves: None for the whole = everybody serves every region; an
    empty tuple = region unknown. The mappings are keyed by criterion id and hold one entry per row.
    """

    frame: pd.DataFrame
    regions: tuple[tuple[str, ...], ...] | None = None
    not_applicable: Mapping[str, BoolArray] = field(default_factory=dict)
    levels: Mapping[str, FloatArray] = field(default_factory=dict)
    sources: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    dates: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    as_of: datetime.date | None = None

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.frame)

    @property
    def by_region(self) -> bool:
        """Tell whether each row is one candidate in one region."""
        return "region" in self.frame.columns

    @property
    def ids(self) -> NDArray[np.object_]:
        """Return the ids, one per row."""
        return self.frame["id"].to_numpy(dtype=object)

    @property
    def names(self) -> NDArray[np.object_]:
        """Return the names, one per row."""
        return self.frame["name"].to_numpy(dtype=object)

    def column(self, criterion: Criterion) -> NDArray[Any]:
        """Return the raw values of *criterion*, one per row; all unknown where there is no such column."""
        if criterion.id in self.frame.columns:
            return self.frame[criterion.id].to_numpy()
        if criterion.is_category:
            return np.full(len(self), None, dtype=object)
        return np.full(len(self), np.nan)

    def is_applicable(self, criterion_id: str) -> BoolArray | None:
        """Return, per row, whether the criterion applies; None where it applies to everybody."""
        marked = self.not_applicable.get(criterion_id)
        return None if marked is None else ~marked

    def known_regions(self) -> tuple[str, ...]:
        """Return every region that some candidate lists, in order of appearance."""
        if self.regions is None:
            return ()
        return tuple(dict.fromkeys(name for row in self.regions for name in row))

    def take(self, rows: IntArray) -> Candidates:
        """Return the candidates at *rows*, in that order."""

        def pick(columns: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
            return {key: values[rows] for key, values in columns.items()}

        return Candidates(
            self.frame.iloc[rows].reset_index(drop=True),
            None if self.regions is None else tuple(self.regions[row] for row in rows),
            pick(self.not_applicable),
            pick(self.levels),
            pick(self.sources),
            pick(self.dates),
            self.as_of,
        )

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, profile: Profile) -> Candidates:
        """Return candidates from a table with columns `id`, `name`, optionally `region` or `regions`, and criteria.

        A `regions` cell is a text (split at ; | , 、) or a list of names; a `region` column, or an id that stands in
        several rows, makes it one row per candidate and region. Evidence comes in `<criterion>.level`, `.source` and
        `.date`. Raise CandidateError for a missing or repeated id or a value that its criterion cannot take.
        """
        from selection.frames import candidates_from_frame

        return candidates_from_frame(frame, profile)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A conditional must-have waived for one candidate by a named person, with a reason."""

    id: str
    criterion: str
    by: str
    reason: str
    region: str | None = None

    def to_dict(self) -> dict[str, str | None]:
        """Return the waiver as it stands in a file."""
        return {"id": self.id, "region": self.region, "criterion": self.criterion, "by": self.by, "reason": self.reason}


def as_waivers(waivers: Sequence[Waiver | Mapping[str, Any]]) -> tuple[Waiver, ...]:
    """Return waivers given as objects or as they stand in a file; raise RunError for any other key."""
    found = []
    for item in waivers:
        try:
            found.append(item if isinstance(item, Waiver) else Waiver(**item))
        except TypeError:
            raise RunError(msg("A waiver has id, region, criterion, by and reason, and nothing else.")) from None
    return tuple(found)


PASS, WAIVED, PENDING, FAIL = 0, 1, 2, 3
"""Verdicts; of several gates the largest holds: fail, pending, waived, pass."""
VERDICTS: tuple[Message, ...] = (msg("qualified"), msg("waived"), msg("to be verified"), msg("eliminated"))
VERDICT_CODES = ("pass", "waived", "pending", "fail")


@dataclass(frozen=True, slots=True)
class Failure:
    """One must-have that a candidate does not meet: the bound that was broken and by how much, in raw units."""

    criterion: str
    gate: str
    value: float | str
    limit: float | str
    shortfall: float
    sentence: Message

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """Return the failure as it stands in JSON."""
        from criteria.text import render

        return {
            "criterion": self.criterion,
            "gate": self.gate,
            "value": _plain(self.value),
            "limit": _plain(self.limit),
            "shortfall": _plain(self.shortfall),
            "sentence": render(self.sentence, language),
        }


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures that every candidate has: total with its band, known share of weight, values and points.

    *exempt* names the criteria that do not apply to it; *bands* the partly known composites (worst, best value).
    """

    row: int
    id: str
    name: str
    region: str | None
    score: float
    low: float
    high: float
    known: float
    values: Mapping[str, float | None]
    points: Mapping[str, float | None]
    raw: Mapping[str, float | str | None]
    bands: Mapping[str, tuple[float, float]]
    exempt: frozenset[str]

    def to_dict(self, *, with_region: bool) -> dict[str, Any]:
        """Return the figures as they stand in JSON."""
        head = {"id": self.id, "name": self.name} | ({"region": self.region} if with_region else {})
        figures = {key: _plain(getattr(self, key)) for key in ("score", "low", "high", "known")}
        return {**head, **figures, "values": dict(self.values), "points": dict(self.points)}


def _plain(value: float | str) -> float | str | None:
    """Return *value* as JSON can hold it; a figure without bound (debt to no equity) is null there."""
    return value if isinstance(value, str) or math.isfinite(value) else None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate that passed every must-have, with its place in the ranking."""

    figures: Figures
    rank: int
    tied: bool
    below_line: bool
    waived: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Eliminated:
    """A candidate that fails a must-have, with every failure; *near_miss* = by one gate, at a value of 40 or more."""

    figures: Figures
    near_miss: bool
    failed: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """A candidate whose qualification hangs on unknown values, with the best and worst rank it may get."""

    figures: Figures
    unknown: tuple[str, ...]
    rank_best: int
    rank_worst: int


class Entries(Sequence[Entry], Generic[Entry]):
    """A sequence whose entries are built, many at a time, when they are asked for."""

    __slots__ = ("_build", "rows")
    CHUNK = 1024

    def __init__(self, rows: IntArray, build: Callable[[IntArray], list[Entry]]) -> None:
        """Keep the candidates' *rows* in order and *build*, which makes the entries at some positions."""
        self.rows = rows
        self._build = build

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        """Return the entry at *index*, or several for a slice."""
        positions = range(len(self))[index]
        if isinstance(positions, range):
            return self._build(np.array(positions, dtype=np.int64)) if positions else []
        return self._build(np.array([positions]))[0]

    def __iter__(self) -> Iterator[Entry]:
        for start in range(0, len(self), self.CHUNK):
            yield from self[start : start + self.CHUNK]


def check_unique(keys: Sequence[tuple[Any, ...]]) -> None:
    """Raise CandidateError where two rows have the same (id, region)."""
    seen: set[tuple[Any, ...]] = set()
    for key in keys:
        if key in seen:
            raise CandidateError(
                msg("Two rows have the id “{id}” in one region. Give each row an id of its own.", id=key[0])
            )
        seen.add(key)
