"""A column of text -> numbers, in two passes: plain figures in Arrow, the few unusual cells one by one.

A scan keeps every reading open. `Scan.habits` says which decimal marks the column itself proves ("." or ","); only when
all columns are scanned does `data.importing.values` decide the cells that can be read two ways.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.importing.cells import NumberCell, is_not_applicable, is_unknown, read_number
from data.readers.raw import RawColumn

_PLAIN = r"^[+-]?(?:\d+|\d*\.\d{1,2}|\d*\.\d{4,}|0+\d*\.\d{3}|\d{4,}\.\d{3}|\.\d{3})$"
_POINT_OR_GROUP = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"
_COMMA_OR_GROUP = r"^[+-]?[1-9]\d{0,2},\d{3}$"
_COMMA = r"^[+-]?(?:\d+,\d{1,2}|\d+,\d{4,}|0+\d*,\d{3}|\d{4,},\d{3})$"
_GROUPED_POINT = r"^[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$"
_GROUPED_COMMA = r"^[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})$"


@dataclass(frozen=True, slots=True)
class Scan:
    """What a column says, row by row.

    *values*: the reading with a decimal point, or the only one; *other*: the reading with a decimal comma where it
    differs (`two_ways`). *odd* maps an unusual cell's text to its `NumberCell` and the rows it stands in.
    *stated* marks rows that hold anything but blanks or "unknown"; *plain* those read in the first pass.
    """

    values: NDArray[np.float64]
    other: NDArray[np.float64]
    two_ways: NDArray[np.bool_]
    plain: NDArray[np.bool_]
    native: NDArray[np.bool_]
    not_applicable: NDArray[np.bool_]
    odd: dict[str, tuple[NumberCell, NDArray[np.int64]]] = field(default_factory=dict)
    habits: frozenset[str] = frozenset()

    @property
    def has_two_ways(self) -> bool:
        """Tell whether any cell can be read two ways."""
        return bool(self.two_ways.any()) or any(cell.ambiguous for cell, _ in self.odd.values())


class _Pass:
    """The state of one scan; each step takes the rows it can read off `left`."""

    def __init__(self, column: RawColumn) -> None:
        text = column.text.combine_chunks() if isinstance(column.text, pa.ChunkedArray) else column.text
        self.text: pa.Array = pc.utf8_trim_whitespace(text)
        n = len(self.text)
        self.values, self.other = np.full(n, np.nan), np.full(n, np.nan)
        self.two_ways, self.plain, self.native = (np.zeros(n, np.bool_) for _ in range(3))
        self.left: NDArray[np.bool_] = _flags(pc.and_(pc.is_valid(self.text), pc.not_equal(self.text, "")))
        self.habits: set[str] = set()
        if column.number is not None:
            self._native(
                column.number.combine_chunks() if isinstance(column.number, pa.ChunkedArray) else column.number
            )

    def _native(self, number: pa.Array) -> None:
        """Take cells that were numbers in the file; a percent format keeps its text ("35%")."""
        known = _flags(pc.is_valid(number)) & ~_flags(pc.ends_with(self.text, "%"))
        figures = number.to_numpy(zero_copy_only=False)
        known &= np.isfinite(np.where(known, figures, 0.0))
        self.values[known] = figures[known]
        self.native |= known
        self.left &= ~known

    def take(self, pattern: str, *, drop: str = "", comma: bool = False) -> NDArray[np.bool_]:
        """Read the cells of *pattern* without the group mark *drop*, with a decimal comma where *comma*."""
        if not self.left.any():
            return np.zeros(len(self.left), np.bool_)
        hit = _flags(pc.match_substring_regex(self.text, pattern)) & self.left
        if not hit.any():
            return hit
        cells = self.text.filter(pa.array(hit))
        cells = pc.replace_substring(cells, drop, "") if drop else cells
        cells = pc.replace_substring(cells, ",", ".") if comma else cells
        numbers = pc.cast(pc.utf8_ltrim(cells, "+"), pa.float64()).to_numpy(zero_copy_only=False)
        finite = np.isfinite(numbers)
        rows = np.flatnonzero(hit)
        self.values[rows[finite]] = numbers[finite] + 0.0  # "-0" is 0
        hit[rows[~finite]] = False
        self.left &= ~hit
        self.plain |= hit
        return hit

    def take_two_ways(self, pattern: str, mark: str) -> None:
        """Read the cells of *pattern* both with *mark* as decimal mark and as a mark of thousands."""
        hit = self.take(pattern, comma=mark == ",")
        decimal, thousands = self.values[hit], np.round(self.values[hit] * 1000)
        self.values[hit], self.other[hit] = (decimal, thousands) if mark == "." else (thousands, decimal)
        self.two_ways |= hit

    def has_mark(self, rows: NDArray[np.bool_], mark: str) -> bool:
        return bool(rows.any()) and bool(pc.any(pc.match_substring(self.text.filter(pa.array(rows)), mark)).as_py())


def scan(column: RawColumn) -> Scan:
    """Return every reading of *column*; nothing that can be read two ways is decided here."""
    state = _Pass(column)
    if state.has_mark(state.take(_PLAIN), "."):
        state.habits.add(".")
    if state.left.any():
        state.take_two_ways(_POINT_OR_GROUP, ".")
        state.take_two_ways(_COMMA_OR_GROUP, ",")
        for pattern, drop, comma in ((_COMMA, "", True), (_GROUPED_POINT, ",", False), (_GROUPED_COMMA, ".", True)):
            if state.take(pattern, drop=drop, comma=comma).any():
                state.habits.add("," if comma else ".")
    not_applicable = np.zeros(len(state.left), np.bool_)
    odd: dict[str, tuple[NumberCell, NDArray[np.int64]]] = {}
    for text, rows in unique_cells(state.text, state.left):
        if is_not_applicable(text):
            not_applicable[rows] = True
        elif not is_unknown(text):
            cell = read_number(text)
            odd[text] = (cell, rows)
            state.habits |= {cell.habit} if cell.habit else set()
    return Scan(
        state.values,
        state.other,
        state.two_ways,
        state.plain,
        state.native,
        not_applicable,
        odd,
        frozenset(state.habits),
    )


def unique_cells(text: pa.Array, rows: NDArray[np.bool_]) -> list[tuple[str, NDArray[np.int64]]]:
    """Return each different text among *rows* with the rows it stands in, in order of appearance."""
    where = np.flatnonzero(rows)
    if not where.size:
        return []
    codes = pc.dictionary_encode(text.filter(pa.array(rows)))
    indices = codes.indices.to_numpy(zero_copy_only=False)
    order = np.argsort(indices, kind="stable")
    starts = np.searchsorted(indices[order], np.arange(len(codes.dictionary) + 1))
    texts = codes.dictionary.to_pylist()
    return [(texts[i], where[order[starts[i] : starts[i + 1]]]) for i in range(len(texts))]


def _flags(array: pa.Array) -> NDArray[np.bool_]:
    result: NDArray[np.bool_] = pc.fill_null(array, False).to_numpy(zero_copy_only=False)
    return result
