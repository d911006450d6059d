"""Which rows of a table are candidates: ids, names, regions; totals, repeated headings and ids are left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from criteria.model import Profile
from criteria.text import msg
from data.importing.cells import is_unknown, shown
from data.importing.columns import ColumnMatch, name_column
from data.importing.headers import ID, NAME, REGIONS, fold
from data.importing.notices import Notices
from data.importing.scan import unique_cells
from data.importing.vocabulary import TOTALS
from data.readers.raw import RawColumn, RawTable
from data.writers.safe import unescape_formula
from selection.frames import split_regions

_TOTALS = frozenset(fold(word) for word in TOTALS)

OWN_EXPORT = ("rank", "tied", "id", "name", "region", "verdict", "score", "low", "high")
"""The first columns of an exported ranking; a test compares them with the writer's."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The candidates of a table: *source* is the row of the table that each came from, in order.

    *regions* is None where the table has no such column. *by_region*: each row is one candidate in one region.
    """

    source: NDArray[np.int64]
    ids: NDArray[np.object_]
    names: NDArray[np.object_]
    regions: tuple[tuple[str, ...], ...] | None
    by_region: bool


def texts(column: RawColumn) -> pa.Array:
    """Return the cells of *column* without outer blanks; null where nothing is left."""
    trimmed = pc.utf8_trim_whitespace(column.text.combine_chunks())
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def blank_rows(raw: RawTable) -> NDArray[np.bool_]:
    """Return which rows have nothing in any column."""
    blank = np.ones(len(raw.lines), np.bool_)
    for column in raw.columns:
        rows = np.flatnonzero(blank)
        if not rows.size:
            break
        cells = pc.utf8_trim_whitespace(column.text.combine_chunks().take(pa.array(rows)))
        blank[rows] = ~pc.fill_null(pc.not_equal(cells, ""), False).to_numpy(zero_copy_only=False)
    return blank


def find_rows(raw: RawTable, matches: tuple[ColumnMatch, ...], profile: Profile, notices: Notices) -> Rows:
    """Return the candidates among the rows of *raw*; what is left out or filled in is noted."""
    by_target = {match.target: raw.columns[match.position - 1] for match in matches if match.target}
    source = _wanted_rows(raw, by_target, notices)
    ids = _ids(raw, by_target.get(ID), source, notices)
    names = _names(raw, matches, ids, source, notices)
    own = _is_own_export(raw)
    if own:
        ids, names = (np.array([unescape_formula(text) for text in column], dtype=object) for column in (ids, names))
    regions = _regions(by_target.get(REGIONS), source)
    if own and not any(regions or ()):  # our csv always has the column; all blank means that there are no regions
        regions = None
    return _distinct(raw, Rows(source, ids, names, regions, False), by_target, notices)


def _is_own_export(raw: RawTable) -> bool:
    """Tell whether the table is our own csv: there an apostrophe before = + - @ is ours and is taken off again."""
    return tuple(column.header for column in raw.columns[: len(OWN_EXPORT)]) == OWN_EXPORT


def _wanted_rows(raw: RawTable, by_target: dict[str, RawColumn], notices: Notices) -> NDArray[np.int64]:
    """Return the rows that are neither a total nor the heading once more."""
    keep = np.ones(len(raw.lines), np.bool_)
    name = by_target.get(NAME)
    if name is None:
        return np.flatnonzero(keep)
    folded = fold(name.header)
    for cell, rows in _suspects(name, folded):
        for row in rows:
            if cell == folded and _repeats_heading(raw, int(row)):
                notices.add(msg("The row repeats the headings and is left out."), row=int(row), severity="warning")
                keep[row] = False
            elif cell in _TOTALS and (ID not in by_target or by_target[ID].text[int(row)].as_py() is None):
                text = msg(
                    "“{name}” is a line of totals, not a candidate, and is left out.",
                    name=shown(str(name.text[int(row)])),
                )
                notices.add(text, row=int(row), column=name.header, severity="warning")
                keep[row] = False
    return np.flatnonzero(keep)


def _suspects(name: RawColumn, heading: str) -> list[tuple[str, NDArray[np.int64]]]:
    """Return folded names that may be a total or the heading, with their rows."""
    cells = texts(name)
    short = pc.fill_null(pc.less_equal(pc.utf8_length(cells), max(len(name.header), 14)), False)
    return [
        (folded, rows)
        for cell, rows in unique_cells(cells, short.to_numpy(zero_copy_only=False))
        if (folded := fold(cell)) in _TOTALS or folded == heading
    ]


def _repeats_heading(raw: RawTable, row: int) -> bool:
    cells = [(column.header.strip(), str(column.text[row].as_py() or "").strip()) for column in raw.columns]
    filled = [header == cell for header, cell in cells if cell]
    return len(filled) > 1 and all(filled)


def _ids(raw: RawTable, column: RawColumn | None, source: NDArray[np.int64], notices: Notices) -> NDArray[np.object_]:
    """Return an id per row: the one in the file, else r and the line."""
    lines = raw.lines[source]
    made = np.array([f"r{line}" for line in lines.tolist()], dtype=object)
    if column is None:
        return made
    ids = np.array(texts(column).take(pa.array(source)).to_pylist(), dtype=object)
    given = np.array([value is not None for value in ids], np.bool_)
    for i in np.flatnonzero(_cut_short(texts(column).take(pa.array(source)))):
        text = msg("The id “{id}” looks like a long number that a spreadsheet has cut short; check it.", id=ids[i])
        notices.add(text, row=int(source[i]), column=column.header, severity="warning")
    taken = set(ids[given])
    for i in np.flatnonzero(~given):
        while made[i] in taken:
            made[i] += "'"
        notices.add(
            msg("The row has no id; it is called {id}.", id=made[i]),
            row=int(source[i]),
            column=column.header,
            severity="warning",
        )
    return np.where(given, ids, made)


def _cut_short(ids: pa.Array) -> NDArray[np.bool_]:
    """Return which ids are figures like 1.23E+11, in which different ids may have become one."""
    found = pc.match_substring_regex(ids, r"^\d(?:[.,]\d+)?E\+\d+$")
    result: NDArray[np.bool_] = pc.fill_null(found, False).to_numpy(zero_copy_only=False)
    return result


def _names(
    raw: RawTable,
    matches: tuple[ColumnMatch, ...],
    ids: NDArray[np.object_],
    source: NDArray[np.int64],
    notices: Notices,
) -> NDArray[np.object_]:
    """Return a name per row; a row without one is shown by its id."""
    position, chosen = name_column(raw, matches)
    if position is None:
        notices.add(msg("No column holds names; candidates are shown by their id."), severity="warning")
        return ids.copy()
    column = raw.columns[position]
    if chosen:
        text = msg("No column is called name; “{column}” is used.", column=column.header or f"#{position + 1}")
        notices.add(text, column=column.header, severity="warning")
    names = np.array(texts(column).take(pa.array(source)).to_pylist(), dtype=object)
    for i in np.flatnonzero([value is None for value in names]):
        text = msg("The row has no name; it is shown by its id, {id}.", id=ids[i])
        notices.add(text, row=int(source[i]), column=column.header, severity="warning")
        names[i] = ids[i]
    return names


def _regions(column: RawColumn | None, source: NDArray[np.int64]) -> tuple[tuple[str, ...], ...] | None:
    """Return the regions of each row, () where unknown; None without such a column."""
    if column is None:
        return None
    codes = pc.dictionary_encode(texts(column).take(pa.array(source)))
    split = [() if is_unknown(cell) else split_regions(cell) for cell in codes.dictionary.to_pylist()]
    indices = pc.fill_null(codes.indices, len(split)).to_numpy(zero_copy_only=False)
    table = [*split, ()]
    return tuple(table[i] for i in indices.tolist())


def _distinct(raw: RawTable, rows: Rows, by_target: dict[str, RawColumn], notices: Notices) -> Rows:
    """Return rows with unique ids, or unique (id, region): a second row with one key is reported and left out."""
    ids, regions = rows.ids, rows.regions
    singular = REGIONS in by_target and fold(by_target[REGIONS].header) == "region"
    by_region = singular and regions is not None and all(len(row) <= 1 for row in regions)
    repeated = np.flatnonzero(pd.Index(ids).duplicated(keep=False)).tolist()
    if not repeated:
        return replace(rows, by_region=by_region)
    keep = np.ones(len(ids), np.bool_)
    seen: dict[str, dict[str | None, int]] = {}
    for i in repeated:
        places: tuple[str | None, ...] = (regions[i] if regions is not None else ()) or (None,)
        mine = seen.setdefault(ids[i], {})
        first = _clash(mine, places)
        if first is None:
            mine.update(dict.fromkeys(places, i))
            continue
        keep[i] = False
        _note_repeated(raw, rows, first, i, by_target.get(ID), notices)
    if all(len(set(mine.values())) == 1 for mine in seen.values()):
        kept = None if regions is None else tuple(regions[row] for row in np.flatnonzero(keep).tolist())
        return Rows(rows.source[keep], ids[keep], rows.names[keep], kept, by_region)
    return _one_row_per_region(rows, keep)


def _clash(mine: dict[str | None, int], places: tuple[str | None, ...]) -> int | None:
    """Return the earlier row of the same id that stands for one of *places*; an unknown region clashes with all."""
    if not mine:
        return None
    if None in mine or None in places:
        return next(iter(mine.values()))
    return next((mine[place] for place in places if place in mine), None)


def _note_repeated(
    raw: RawTable, rows: Rows, first: int, second: int, column: RawColumn | None, notices: Notices
) -> None:
    text = msg(
        "The id “{id}” stands in line {first} already, for the same region; this row (line {second}) is not loaded. "
        "Give it an id of its own, or a region of its own.",
        id=shown(rows.ids[second]),
        first=int(raw.lines[rows.source[first]]),
        second=int(raw.lines[rows.source[second]]),
    )
    notices.add(text, row=int(rows.source[second]), column=None if column is None else column.header)


def _one_row_per_region(rows: Rows, keep: NDArray[np.bool_]) -> Rows:
    """Return one row per candidate and region; a row that lists several regions is repeated for each."""
    regions = rows.regions or ()
    picked = [(row, place) for row in np.flatnonzero(keep).tolist() for place in (regions[row] or (None,))]
    index = np.array([row for row, _ in picked], np.int64)
    places = tuple((place,) if place is not None else () for _, place in picked)
    return Rows(rows.source[index], rows.ids[index], rows.names[index], places, True)
