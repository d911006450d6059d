"""From raw figures to criteria: years, growth, liquidity, leverage, cover, collection, Z'', and bands of composites.

A derived value names its inputs and its formula; a missing input gives unknown (NaN), never a guess; a figure that
cannot be right leaves its row unknown and says why. Some results are `inf`: interest cover where there is no interest
to pay and Z'' where there are no liabilities (both read as ideal), debt to equity where equity is used up (reads as
the floor).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from criteria import derived_formulas as formulas
from criteria.derived_choice import DERIVABLE, needs, ways
from criteria.derived_fields import RAW_FIELDS, RawField
from criteria.derived_formulas import Floats, founding_value
from criteria.derived_headers import field_title, raw_field, sales_columns, sales_id, sales_year
from criteria.derived_ways import Way
from criteria.errors import CandidateError, WeightsError
from criteria.text import Message, msg

__all__ = [
    "DERIVABLE",
    "RAW_FIELDS",
    "Band",
    "Derived",
    "Flag",
    "RawField",
    "Way",
    "composite_band",
    "derive",
    "field_title",
    "founding_value",
    "needs",
    "raw_field",
    "sales_id",
    "sales_year",
]

EARLIEST_FOUNDING = 500.0
"""Smaller numbers are not founding years of the common calendar (years of the Republic of China are far below)."""

DOWN_YEARS = 5
"""Down years are counted in the last five changes from year to year (shown, not scored)."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Why the rows in *rows* are unknown although their figures are there."""

    message: Message
    rows: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived column: *values* (NaN = unknown), and for each row the way it came about.

    *way* is an index into *ways*, -1 where the value is unknown. *detail* holds further columns to show, not to score.
    """

    criterion: str
    values: Floats
    way: NDArray[np.int8]
    ways: tuple[Way, ...]
    flags: tuple[Flag, ...] = ()
    detail: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The raw columns that any row's value came from, or could have come from where none has a value."""
        used = [self.ways[i] for i in np.unique(self.way[self.way >= 0])] or list(self.ways)
        return tuple(dict.fromkeys(name for way in used for name in way.inputs))

    @property
    def formula(self) -> Message:
        """The formula of the first way."""
        return self.ways[0].formula

    def used(self, row: int) -> Way | None:
        """Return the way by which *row* got its value, or None where it is unknown."""
        index = int(self.way[row])
        return None if index < 0 else self.ways[index]

    def reasons(self, row: int) -> tuple[Message, ...]:
        """Return what is wrong with the figures of *row*."""
        return tuple(flag.message for flag in self.flags if flag.rows[row])


def derive(
    columns: Mapping[str, ArrayLike],
    wanted: Collection[str],
    *,
    as_of: dt.date,
    market_growth: float | None = None,
) -> dict[str, Derived]:
    """Return a `Derived` for each *wanted* criterion for which *columns* has the figures.

    *columns* maps raw ids (`RAW_FIELDS`, and `sales_2009` ... for yearly sales) to arrays of one length, or to one
    number for all rows. NaN, None and infinities are unknown. *market_growth* is in percent points a year.
    Raises CandidateError where the lengths differ.
    """
    n, given = _aligned(columns)
    clean, impossible = _within_bounds(given)
    found: dict[str, Derived] = {}
    for criterion in wanted:
        offered = ways(criterion, _with_figures(clean), as_of, market_growth)
        if offered:
            found[criterion] = _apply(criterion, offered, clean, impossible, n)
    if "sales_growth" in found:
        found["sales_growth"] = _with_down_years(found["sales_growth"], clean, as_of)
    return found


def _with_figures(columns: Mapping[str, Floats]) -> tuple[str, ...]:
    """Return the ids of *columns*, without years of sales for which not one figure is there."""
    yearly = set(sales_columns(columns).values())
    return tuple(id for id, column in columns.items() if id not in yearly or not np.isnan(column).all())


def _aligned(columns: Mapping[str, ArrayLike]) -> tuple[int, dict[str, Floats]]:
    """Return the number of rows and *columns* as float arrays of that length."""
    arrays = {id: np.atleast_1d(_numbers(id, values)) for id, values in columns.items()}
    lengths = {len(array) for array in arrays.values()} - {1} or {min((len(a) for a in arrays.values()), default=0)}
    if len(lengths) > 1:
        raise CandidateError(msg("The raw columns have different numbers of rows: {lengths}.", lengths=sorted(lengths)))
    n = lengths.pop()
    return n, {id: np.broadcast_to(array, n) for id, array in arrays.items()}


def _numbers(id: str, values: ArrayLike) -> Floats:
    column = formulas.founding_values(values) if id == "founded" else np.asarray(values, dtype=np.float64)
    result: Floats = np.where(np.isfinite(column), column, np.nan)
    return result


def _within_bounds(columns: Mapping[str, Floats]) -> tuple[dict[str, Floats], dict[str, Flag]]:
    """Return *columns* with impossible figures taken out, and a flag for each column that had some."""
    clean, flags = {}, {}
    for id, column in columns.items():
        minimum = _minimum(id)
        bad = np.zeros(len(column), np.bool_) if minimum is None else column < minimum
        if bad.any():
            flags[id] = Flag(_too_low(id, minimum or 0.0), bad)
        clean[id] = np.where(bad, np.nan, column)
    return clean, flags


def _minimum(id: str) -> float | None:
    if id == "founded":
        return EARLIEST_FOUNDING
    return RAW_FIELDS[id].minimum if id in RAW_FIELDS else 0.0


def _too_low(id: str, minimum: float) -> Message:
    if id == "founded":
        return msg("The founding year is not a year of the common calendar.")
    return msg("{field} cannot be below {minimum:g}; the figure is left out.", field=field_title(id), minimum=minimum)


def _apply(
    criterion: str, offered: tuple[Way, ...], columns: Mapping[str, Floats], impossible: Mapping[str, Flag], n: int
) -> Derived:
    """Return the column of *criterion*: for each row the first of the *offered* ways that gives it a value."""
    values, used = np.full(n, np.nan), np.full(n, -1, np.int8)
    flags = [impossible[id] for id in dict.fromkeys(id for way in offered for id in way.inputs) if id in impossible]
    for index, way in enumerate(offered):
        inputs = [columns[id] for id in way.inputs]
        with np.errstate(
            all="ignore"
        ):  # figures near the end of the number range overflow to inf, which is what they mean
            bad = [Flag(check.message, np.asarray(check.bad(*inputs))) for check in way.checks]
            result = np.array(way.compute(*inputs), np.float64)
        for flag in bad:
            result[flag.rows] = np.nan
        fresh = np.isnan(values) & ~np.isnan(result)
        values, used = np.where(fresh, result, values), np.where(fresh, np.int8(index), used)
        flags += bad
    return Derived(criterion, values, used, offered, tuple(_still_open(flags, values)))


def _still_open(flags: list[Flag], values: Floats) -> Iterator[Flag]:
    """Yield *flags* limited to the rows that no way could give a value, without repeats."""
    rows: dict[str, Flag] = {}
    for flag in flags:
        left = flag.rows & np.isnan(values)
        known = rows.get(str(flag.message))
        if left.any():
            rows[str(flag.message)] = Flag(flag.message, left if known is None else left | known.rows)
    yield from rows.values()


def _with_down_years(growth: Derived, columns: Mapping[str, Floats], as_of: dt.date) -> Derived:
    """Return *growth* with the number of down years of the last five and of the changes that could be seen."""
    sales = {year: id for year, id in sales_columns(columns).items() if year < as_of.year}
    if len(sales) < 2:
        return growth
    years = range(max(max(sales) - DOWN_YEARS, min(sales)), max(sales) + 1)
    unknown = np.full(len(growth.values), np.nan)
    table = np.column_stack([columns[sales[year]] if year in sales else unknown for year in years])
    with np.errstate(all="ignore"):
        down, seen = formulas.down_years(table)
    detail = {"down_years": down, "years_compared": seen}
    return Derived(growth.criterion, growth.values, growth.way, growth.ways, growth.flags, detail)


@dataclass(frozen=True, slots=True)
class Band:
    """A composite's values (0-100) when every unknown leaf is worst (*low*) and best (*high*); *known* = share 0-1."""

    low: Floats
    high: Floats
    known: Floats


def composite_band(values: ArrayLike, weights: ArrayLike) -> Band:
    """Return the band of a composite from its leaves' *values* (n x k, 0-100, NaN = unknown) and *weights* (k).

    Raises WeightsError where a weight is negative or not finite, none is above zero, or their number is not k.

    >>> band = composite_band([[100.0, np.nan], [50.0, 0.0]], [3, 1])
    >>> band.low, band.high, band.known
    (array([75. , 37.5]), array([100. ,  37.5]), array([0.75, 1.  ]))
    """
    table, share = np.atleast_2d(np.asarray(values, np.float64)), np.asarray(weights, np.float64)
    if share.ndim != 1 or share.shape[0] != table.shape[1]:
        raise WeightsError(
            msg("A composite of {k} parts needs {k} weights, not {n}.", k=table.shape[1], n=int(share.size))
        )
    if not np.isfinite(share).all() or (share < 0).any() or not share.sum() > 0:
        raise WeightsError(msg("Weights of a composite cannot be negative, and at least one must be above zero."))
    share = share / share.sum()
    known = ~np.isnan(table)
    low: Floats = np.clip(np.where(known, table, 0.0), 0.0, 100.0) @ share
    open_share: Floats = (~known) @ share
    return Band(low, low + 100.0 * open_share, 1.0 - open_share)
