"""The figures of a table: criteria as typed columns, evidence beside them, and criteria derived from raw figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from criteria.derived import DERIVABLE, RAW_FIELDS, Derived, derive, field_title
from criteria.model import Criterion, Profile
from criteria.text import msg, render
from data.importing.categories import categories, evidence_levels, words
from data.importing.cells import is_not_applicable, is_unknown, shown
from data.importing.columns import RAW, ColumnMatch
from data.importing.headers import BASE_NAMES, read_header
from data.importing.locations import DISTANCE, distances, wants_distance
from data.importing.money import RateTable
from data.importing.notices import Notices
from data.importing.scan import Scan, scan, unique_cells
from data.importing.values import numbers
from data.importing.wanted import Column, wanted_for, wanted_for_raw
from data.importing.years import read_year
from data.readers.raw import RawColumn, RawTable

FOUNDED = "founded"
_SAMPLE = 200
_ROC_WORDS = ("民國", "民国", "roc")


@dataclass(slots=True)
class Figures:
    """Typed columns over all *count* records, keyed by criterion id; *typed* by position in the file, for the table."""

    count: int
    values: dict[str, NDArray[Any]] = field(default_factory=dict)
    not_applicable: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    levels: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    sources: dict[str, NDArray[np.object_]] = field(default_factory=dict)
    dates: dict[str, NDArray[np.object_]] = field(default_factory=dict)
    raw: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    typed: dict[int, NDArray[Any]] = field(default_factory=dict)

    def add_source(self, criterion: str, notes: Mapping[int, str]) -> None:
        """Keep *notes* by row beside what the file says about the source."""
        column = self.sources.setdefault(criterion, np.full(self.count, None, dtype=object))
        for row, note in notes.items():
            column[row] = note if column[row] is None else f"{column[row]}; {note}"


@dataclass(frozen=True, slots=True)
class _Job:
    """One column to read: a criterion's (or raw figure's) own column with the context of its problems."""

    match: ColumnMatch
    column: RawColumn
    context: Column
    target: str


def read_figures(
    raw: RawTable, matches: tuple[ColumnMatch, ...], profile: Profile, notices: Notices, *,
    rates: RateTable | None, as_of: dt.date, market_growth: float | None,
) -> Figures:  # fmt: skip
    """Return every criterion that the file holds or that its raw figures allow to derive."""
    figures = Figures(len(raw.lines))
    jobs = list(_jobs(raw, matches, profile, notices, rates, as_of))
    scans = {job.match.position: scan(job.column) for job in jobs if _is_numeric(job, profile)}
    words = frozenset(match.position for match in matches if match.target in BASE_NAMES)
    _decide_habits(raw, jobs, scans, words)
    for job in jobs:
        _read_job(job, scans.get(job.match.position), profile, figures)
    _read_evidence(raw, matches, profile, notices, figures)
    _derive(figures, matches, profile, notices, as_of, market_growth)
    targets = {match.target: raw.columns[match.position - 1] for match in matches if match.target}
    if wants_distance(profile, targets):
        figures.values[DISTANCE], figures.sources[DISTANCE] = distances(targets, notices)
    return figures


def _jobs(
    raw: RawTable, matches: tuple[ColumnMatch, ...], profile: Profile, notices: Notices, rates: RateTable | None,
    as_of: dt.date,
) -> Iterator[_Job]:  # fmt: skip
    """Yield the columns that hold figures: the profile's criteria, and raw figures that a missing criterion needs."""
    present = {match.target for match in matches}
    needed = [c.id for c in profile.criteria if c.id in DERIVABLE and c.id not in present and _takes_derived(c)]
    for match in matches:
        if match.target is None:
            continue
        column = raw.columns[match.position - 1]
        context = Column(match.header, read_header(match.header).unit, notices, rates=rates)
        if match.target in profile.by_id:
            target = match.target
            criterion = profile.by_id[target]
            if target == "operating_years" and _takes_derived(criterion) and _holds_years(column, as_of):
                context.say(
                    msg("The column holds founding years or dates; years are counted from them."), severity="warning"
                )
                target = RAW + FOUNDED
            yield _Job(match, column, context, target)
        elif match.target.startswith(RAW) and needed:
            yield _Job(match, column, context, match.target)


def _takes_derived(criterion: Criterion) -> bool:
    """Tell whether a derived figure can stand for *criterion*: not where it is judged or a category."""
    return criterion.kind != "judged" and criterion.levels is None and criterion.composite is None


def _holds_years(column: RawColumn, as_of: dt.date) -> bool:
    """Tell whether a column for a number of years rather holds founding years or dates."""
    cells = [str(cell).strip() for cell in column.text.drop_null()[:_SAMPLE].to_pylist()]
    cells = [cell for cell in cells if cell and not is_unknown(cell) and not is_not_applicable(cell)]
    years = [read_year(cell).value for cell in cells]
    return (
        bool(cells) and sum(value is not None and 1500 <= value <= as_of.year + 1 for value in years) > len(cells) / 2
    )


def _is_numeric(job: _Job, profile: Profile) -> bool:
    if job.target.startswith(RAW):
        return job.target != RAW + FOUNDED
    criterion = profile.by_id[job.target]
    return criterion.levels is None


def _decide_habits(raw: RawTable, jobs: list[_Job], scans: dict[int, Scan], words: frozenset[int]) -> None:
    """Give each column the decimal mark that it proves itself, else the one that the rest of the file proves."""
    in_file: set[str] | None = None
    for job in jobs:
        found = scans.get(job.match.position)
        if found is None or not found.has_two_ways:
            continue
        habits = set(found.habits)
        if not habits:
            if in_file is None:
                in_file = _file_habits(raw, scans, words)
            habits = in_file
        job.context.habit = next(iter(habits)) if len(habits) == 1 else None


def _file_habits(raw: RawTable, scans: dict[int, Scan], words: frozenset[int]) -> set[str]:
    """Return the decimal marks that any column of figures proves; names and ids (*words*, by position) prove none."""
    habits = {habit for found in scans.values() for habit in found.habits}
    for position, column in enumerate(raw.columns, 1):
        if position not in scans and position not in words and _looks_numeric(column):
            habits |= scan(column).habits
    return habits


def _looks_numeric(column: RawColumn) -> bool:
    """Tell whether nearly all cells of a column that nobody asked for are plain figures."""
    cells = pc.utf8_trim_whitespace(column.text.drop_null().combine_chunks())
    if not len(cells):
        return False
    plain = pc.match_substring_regex(cells, r"^[+-]?[$€£¥]?\s?\d[\d.,'  ]*\s?%?$")
    return float(pc.mean(pc.cast(plain, "float64")).as_py() or 0.0) >= 0.9


def _read_job(job: _Job, found: Scan | None, profile: Profile, figures: Figures) -> None:
    """Read one column into *figures*."""
    if job.target.startswith(RAW):
        values = _founded(job.column, job.context) if found is None else _raw_numbers(job, found)
        figures.raw[job.target.removeprefix(RAW)] = values
        if found is not None:  # founding dates stay in the table as they were written
            figures.typed[job.match.position] = values
        return
    criterion = profile.by_id[job.target]
    if found is None:
        levels, not_applicable = categories(job.column, criterion, job.context)
        figures.values[job.target], figures.typed[job.match.position] = levels, levels
    elif not criterion.is_scored and criterion.unit is None and _is_prose(found):
        levels, not_applicable = words(job.column), found.not_applicable  # a fact that is only listed may be any text
        figures.values[job.target] = levels
    else:
        values = numbers(found, wanted_for(criterion), job.context)
        not_applicable = found.not_applicable
        figures.values[job.target], figures.typed[job.match.position] = values, values
    if not_applicable.any():
        figures.not_applicable[job.target] = not_applicable
    if job.context.notes:
        figures.add_source(job.target, job.context.notes)


def _is_prose(found: Scan) -> bool:
    """Tell whether most cells of a column are no figures."""
    wrong = sum(len(rows) for cell, rows in found.odd.values() if cell.fault is not None)
    return wrong * 2 > int((~np.isnan(found.values)).sum()) + sum(len(rows) for _, rows in found.odd.values())


def _raw_numbers(job: _Job, found: Scan) -> NDArray[np.float64]:
    return numbers(found, wanted_for_raw(RAW_FIELDS.get(job.target.removeprefix(RAW))), job.context)


def _founded(column: RawColumn, context: Column) -> NDArray[np.float64]:
    """Return founding years and days as numbers; every cell that is none is reported."""
    text = pc.utf8_trim_whitespace(column.text.combine_chunks())
    values = np.full(len(text), np.nan)
    roc = any(word in column.header.casefold() for word in _ROC_WORDS)
    filled = pc.fill_null(pc.not_equal(text, ""), False).to_numpy(zero_copy_only=False)
    for cell, rows in unique_cells(text, filled):
        found = read_year(cell, roc)
        if found.value is not None:
            values[rows] = found.value
        elif not is_unknown(cell) and not is_not_applicable(cell):
            message = {
                "two-ways": msg(
                    "“{text}” can be a year of two calendars. It counts as unknown; write four digits.",
                    text=shown(cell),
                ),
                "impossible": msg("“{text}” is no day or year that exists. It counts as unknown.", text=shown(cell)),
            }.get(
                found.fault or "", msg("“{text}” is no founding year or date. It counts as unknown.", text=shown(cell))
            )
            for row in rows:
                context.say(message, int(row))
    return values


def _read_evidence(
    raw: RawTable, matches: tuple[ColumnMatch, ...], profile: Profile, notices: Notices, figures: Figures
) -> None:
    """Read `<id>.level`, `<id>.source` and `<id>.date`."""
    for match in matches:
        base, dot, what = (match.target or "").rpartition(".")
        if not dot or base not in profile.by_id:
            continue
        column = raw.columns[match.position - 1]
        if what == "level":
            context = Column(match.header, read_header(match.header).unit, notices)
            figures.levels[base] = figures.typed[match.position] = evidence_levels(column, context)
        elif what == "source":
            said = words(column)
            figures.add_source(
                base, {row: said[row] for row in np.flatnonzero([cell is not None for cell in said]).tolist()}
            )
        else:
            figures.dates[base] = words(column)


def _derive(
    figures: Figures, matches: tuple[ColumnMatch, ...], profile: Profile, notices: Notices, as_of: dt.date,
    market_growth: float | None,
) -> None:  # fmt: skip
    """Add criteria that have no column of their own but whose raw figures are there, each value with its inputs."""
    missing = [c.id for c in profile.criteria if c.id in DERIVABLE and c.id not in figures.values and _takes_derived(c)]
    if not missing or not figures.raw:
        return
    headers = {(match.target or "").removeprefix(RAW): match.header for match in matches if match.target}
    for criterion, derived in derive(figures.raw, missing, as_of=as_of, market_growth=market_growth).items():
        if np.isnan(derived.values).all() and not derived.flags:
            continue
        figures.values[criterion] = derived.values
        figures.sources[criterion] = _provenance(derived, headers)
        for flag in derived.flags:
            for row in np.flatnonzero(flag.rows):
                notices.add(flag.message, row=int(row), column=headers.get(derived.inputs[0]), severity="warning")


def _provenance(derived: Derived, headers: Mapping[str, str]) -> NDArray[np.object_]:
    """Return for each row by which formula and from which columns of the file its value came."""
    said = []
    for way in derived.ways:
        names = [headers.get(id) or render(field_title(id)) for id in way.inputs]
        said.append(f"{render(way.formula)} ({', '.join(names)})")
    table = np.array([*said, None], dtype=object)
    return table[derived.way]


__all__ = ["Figures", "read_figures"]
