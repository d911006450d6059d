"""Steps 4 and 5: a file of any format -> typed candidates, with every doubt reported by line, column and sentence.

`read_candidates` is the one way in; `interpret` does the same for a table that was read before, so that a page can
change the mapping of columns without reading the file again. Both are pure: the same table, profile, mapping, rates and
day give the same report.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from criteria.errors import CandidateError, CandidateFileError
from criteria.model import Profile
from criteria.text import Message, msg
from data.importing.columns import RAW, ColumnMatch, listed, match_columns
from data.importing.duplicates import report_duplicates
from data.importing.figures import Figures, read_figures
from data.importing.headers import ID, NAME
from data.importing.money import RateTable
from data.importing.notices import Notices
from data.importing.rows import Rows, blank_rows, find_rows
from data.readers import read_table
from data.readers.raw import Problem, RawColumn, RawTable
from selection.model import Candidates


@dataclass(frozen=True, slots=True, eq=False)
class ImportReport:
    """What a file gave: the *candidates*, the whole *table*, and every *problem* by line.

    *table* has every record and every column in file order under the file's own headers (a repeated one gets a number):
    recognised figures typed, everything else as written. *rows* records were read, *loaded* of them became candidates.
    """

    candidates: Candidates
    table: pd.DataFrame
    problems: tuple[Problem, ...]
    rows: int
    loaded: int
    columns: tuple[ColumnMatch, ...]

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """Return the "import" object of the command line's JSON."""
        problems = [problem.to_dict(language) for problem in self.problems]
        return {"rows": self.rows, "loaded": self.loaded, "problems": problems}


def read_candidates(
    path: str | os.PathLike[str],
    profile: Profile,
    upload_name: str | None = None,
    *,
    mapping: Mapping[str, str] | None = None,
    rates: RateTable | None = None,
    as_of: dt.date | None = None,
    market_growth: float | None = None,
) -> ImportReport:
    """Read the file at *path* (csv, tsv, xlsx, parquet or json), which its owner calls *upload_name*.

    *mapping*: header, or "#3" for the third column, -> target, see `data.importing.columns`. *rates* convert money.
    Years count up to *as_of* (default: today). *market_growth*, in percent points a year, is taken off growth that is
    derived from yearly sales.
    Raise CandidateFileError for a file that cannot be used, CandidateError where nobody is left.
    """
    raw = read_table(path, upload_name)
    return interpret(raw, profile, mapping=mapping, rates=rates, as_of=as_of, market_growth=market_growth)


def interpret(
    raw: RawTable,
    profile: Profile,
    *,
    mapping: Mapping[str, str] | None = None,
    rates: RateTable | None = None,
    as_of: dt.date | None = None,
    market_growth: float | None = None,
) -> ImportReport:
    """Return what *raw* says about candidates under *profile*; the parameters are those of `read_candidates`."""
    raw = _without_blank_rows(raw)
    matches, doubts = match_columns(raw, profile, mapping)
    _check_usable(raw, matches, profile)
    notices = Notices(raw.lines, [*raw.problems, *doubts])
    rows = find_rows(raw, matches, profile, notices)
    if not len(rows.source):
        raise CandidateError(msg("The file {name} holds no candidate that could be loaded.", name=raw.file_name))
    loaded = np.zeros(len(raw.lines), np.bool_)
    loaded[rows.source] = True
    notices.mute(np.flatnonzero(~loaded).tolist())
    day = as_of or dt.date.today()
    figures = read_figures(raw, matches, profile, notices, rates=rates, as_of=day, market_growth=market_growth)
    if not figures.values:
        notices.add(_no_criterion(raw, profile))
    _report_twins(raw, matches, rows, notices)
    candidates = _candidates(rows, figures, profile, day)
    table = _table(raw, matches, figures)
    return ImportReport(candidates, table, notices.result(), len(raw.lines), int(loaded.sum()), matches)


def _without_blank_rows(raw: RawTable) -> RawTable:
    """Return *raw* without rows that have nothing in any column; refuse it when none is left."""
    blank = blank_rows(raw)
    if blank.all():
        text = msg("The file {name} has headings but no row under them. Add one row per candidate.", name=raw.file_name)
        raise CandidateFileError(text)
    if not blank.any():
        return raw
    keep = pa.array(~blank)
    columns = tuple(
        RawColumn(
            column.header, column.text.filter(keep), None if column.number is None else column.number.filter(keep)
        )
        for column in raw.columns
    )
    return RawTable(columns, raw.lines[~blank], raw.problems, raw.format, raw.encoding, raw.file_name)


def _check_usable(raw: RawTable, matches: tuple[ColumnMatch, ...], profile: Profile) -> None:
    """Refuse a table without any column that says who the candidates are or how they stand."""
    usable = {ID, NAME, *profile.by_id}
    if any(match.target in usable or (match.target or "").startswith(RAW) or match.how == "given" for match in matches):
        return
    raise CandidateFileError(
        msg(
            "No column of {name} was recognised. Found: {found}. Expected: a column with names, and "
            "columns called like "
            "the criteria, for example {expected}. Check that the first row holds the headings, or choose the columns "
            "by hand.",
            name=raw.file_name,
            found=listed(column.header for column in raw.columns),
            expected=listed((criterion.id for criterion in profile.criteria), 5),
        )
    )


def _no_criterion(raw: RawTable, profile: Profile) -> Message:
    return msg(
        "No column holds a criterion of this standard, so every value is unknown. Found: {found}. "
        "The standard has: {expected}.",
        found=listed(column.header for column in raw.columns),
        expected=listed(criterion.id for criterion in profile.criteria),
    )


def _report_twins(raw: RawTable, matches: tuple[ColumnMatch, ...], rows: Rows, notices: Notices) -> None:
    header = next((match.header for match in matches if match.target == NAME), None)
    if header is None:
        header = next((match.header for match in matches if match.target == ID), None)
    report_duplicates(rows.names, raw.lines[rows.source], rows.source, rows.regions, rows.ids, header, notices)


def _candidates(rows: Rows, figures: Figures, profile: Profile, day: dt.date) -> Candidates:
    """Return the candidates in columns: ids, names, one typed column per criterion that the file has."""
    columns: dict[str, Any] = {"id": rows.ids, "name": rows.names}
    if rows.by_region and rows.regions is not None:
        columns["region"] = np.array([place[0] if place else None for place in rows.regions], dtype=object)
    whole = len(rows.source) == figures.count and bool((np.diff(rows.source) == 1).all())

    def pick(values: NDArray[Any]) -> NDArray[Any]:
        return values if whole else values[rows.source]

    for criterion in profile.criteria:
        if criterion.id in figures.values:
            columns[criterion.id] = pick(figures.values[criterion.id])
    marked = {key: pick(values) for key, values in figures.not_applicable.items()}
    return Candidates(
        _frame(columns),
        rows.regions,
        {key: values for key, values in marked.items() if values.any()},
        {key: pick(values) for key, values in figures.levels.items()},
        {key: pick(values) for key, values in figures.sources.items()},
        {key: pick(values) for key, values in figures.dates.items()},
        day,
    )


def _frame(columns: dict[str, NDArray[Any]]) -> pd.DataFrame:
    """Return *columns* as a table in which texts stay objects, so that unknown is None."""
    return pd.DataFrame(
        {key: pd.Series(values, dtype=values.dtype, copy=False) for key, values in columns.items()}, copy=False
    )


def _table(raw: RawTable, matches: tuple[ColumnMatch, ...], figures: Figures) -> pd.DataFrame:
    """Return every record under the file's headers: recognised columns typed, the others as written."""
    columns: dict[str, Any] = {}
    for column, match in zip(raw.columns, matches, strict=True):
        label, n = column.header or f"#{match.position}", 2
        while label in columns:
            label, n = f"{column.header or f'#{match.position}'} ({n})", n + 1
        typed = figures.typed.get(match.position)
        columns[label] = column.text.to_pandas() if typed is None else typed
    return pd.DataFrame(columns, copy=False)


__all__ = ["ColumnMatch", "ImportReport", "Problem", "RateTable", "interpret", "read_candidates"]
