"""The arithmetic of derived criteria: pure functions of arrays in which NaN is "unknown".

Every function is elementwise and broadcasts; an unknown input gives an unknown result. `inf` is a result with a
meaning: it stands where a ratio has no upper end (no interest to pay, no equity left) and reads on every curve as its
outer end.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

PAYDEX_DAYS = ((20.0, 120.0), (30.0, 90.0), (40.0, 60.0), (50.0, 30.0), (60.0, 22.0), (70.0, 15.0), (80.0, 0.0))
"""PAYDEX score -> days beyond terms; above 80 is early payment and counts as 0, below 20 as 120 (Dun & Bradstreet)."""

ALTMAN_Z2 = (6.56, 3.26, 6.72, 1.05)
"""Coefficients of Z'' for private non-manufacturers, without the constant 3.25 of the emerging-market score."""


def ratio(above: ArrayLike, below: ArrayLike) -> Floats:
    """Return *above* / *below*; unknown where *below* is not positive.

    >>> ratio([3.0, 1.0, np.nan], [2.0, 0.0, 1.0])
    array([1.5, nan, nan])
    """
    top, bottom = np.asarray(above, np.float64), np.asarray(below, np.float64)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        result: Floats = np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), np.nan)
    return result


def quick_ratio(current_assets: Floats, inventory: Floats, prepaid: Floats, current_liabilities: Floats) -> Floats:
    """Return (current assets - stock - prepaid) / current liabilities; unknown where the parts exceed the whole."""
    quick = current_assets - inventory - prepaid
    return ratio(np.where(quick < 0, np.nan, quick), current_liabilities)


def liabilities_to_equity(liabilities: ArrayLike, equity: ArrayLike) -> Floats:
    """Return *liabilities* / *equity*; inf where equity is used up (zero or negative), which no standard can accept.

    >>> liabilities_to_equity([2.0, 2.0, 0.0, np.nan], [4.0, -1.0, 5.0, -1.0])
    array([0.5, inf, 0. , nan])
    """
    owed, own = np.asarray(liabilities, np.float64), np.asarray(equity, np.float64)
    gone = np.where((own <= 0) & (owed >= 0) & ~((own == 0) & (owed == 0)), np.inf, np.nan)
    result: Floats = np.where(own > 0, ratio(owed, own), gone)
    return result


def interest_cover(ebit: ArrayLike, interest: ArrayLike) -> Floats:
    """Return EBIT / interest paid; inf where there is no interest to pay.

    >>> interest_cover([6.0, -2.0, 5.0, np.nan], [2.0, 1.0, 0.0, 0.0])
    array([ 3., -2., inf, nan])
    """
    profit, cost = np.asarray(ebit, np.float64), np.asarray(interest, np.float64)
    free = np.where((cost == 0) & ~np.isnan(profit), np.inf, np.nan)
    result: Floats = np.where(cost > 0, ratio(profit, cost), free)
    return result


def altman_z2(
    working_capital: Floats, retained: Floats, ebit: Floats, equity: Floats, assets: Floats, liabilities: Floats
) -> Floats:
    """Return Altman's Z'' = 6.56 X1 + 3.26 X2 + 6.72 X3 + 1.05 X4, with X4 = book equity / total liabilities.

    A firm without liabilities has no X4 and nobody to fail: inf where its equity is positive, else unknown.
    Altman, E. I. and Hotchkiss, E. (2006), Corporate Financial Distress and Bankruptcy, 3rd ed., chapter 11.
    """
    x1, x2, x3 = (ratio(part, assets) for part in (working_capital, retained, ebit))
    x4 = np.where(liabilities == 0, np.where(equity > 0, np.inf, np.nan), ratio(equity, liabilities))
    a, b, c, d = ALTMAN_Z2
    result: Floats = a * x1 + b * x2 + c * x3 + d * x4
    return result


def safe_line(equity: Floats, working_capital: Floats) -> Floats:
    """Return the safe credit line: the lower of 10 % of net worth and 20 % of working capital, never below 0."""
    result: Floats = np.maximum(np.minimum(0.10 * equity, 0.20 * working_capital), 0.0)
    return result


def credit_headroom(equity: Floats, working_capital: Floats, exposure: Floats) -> Floats:
    """Return the safe credit line / the peak exposure our plan implies."""
    return ratio(safe_line(equity, working_capital), exposure)


def compound_growth(first: ArrayLike, last: ArrayLike, years: int) -> Floats:
    """Return the compound growth from *first* to *last* over *years* in percent points a year.

    Unknown where *first* is not positive or *last* negative: growth from nothing has no rate.

    >>> compound_growth([100.0, 0.0, 50.0], [121.0, 5.0, 0.0], 2).round(9)
    array([  10.,   nan, -100.])
    """
    end = np.asarray(last, np.float64)
    result: Floats = (np.power(ratio(np.where(end < 0, np.nan, end), first), 1.0 / years) - 1.0) * 100.0
    return result


def paydex_days(score: ArrayLike) -> Floats:
    """Return the days beyond terms that a PAYDEX *score* (0-100) stands for.

    >>> paydex_days([80.0, 55.0, 101.0])
    array([ 0., 26., nan])
    """
    values = np.asarray(score, np.float64)
    scores, days = zip(*PAYDEX_DAYS, strict=True)
    result: Floats = np.where((values >= 0) & (values <= 100), np.interp(values, scores, days), np.nan)
    return result


def founding_value(day: dt.date) -> float:
    """Return *day* as a number that keeps it: its year plus a fraction that is never 0.

    A whole number is thereby a year without a day, so that both fit in one column of numbers.

    >>> founding_value(dt.date(2009, 1, 1)) > 2009, founding_value(dt.date(2009, 12, 31)) < 2010
    (True, True)
    """
    day_of_year, length = day.timetuple().tm_yday, 366 if _is_leap(day.year) else 365
    return day.year + (day_of_year - 0.5) / length


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def founding_values(values: ArrayLike) -> Floats:
    """Return founding dates (datetime64) or numbers as the numbers that `operating_years` takes; NaT gives NaN."""
    column = np.asarray(values)
    if column.dtype.kind != "M":
        return column.astype(np.float64)
    days = column.astype("datetime64[D]")
    starts = days.astype("datetime64[Y]")
    lengths = ((starts + 1).astype("datetime64[D]") - starts.astype("datetime64[D]")).astype(np.float64)
    passed = (days - starts.astype("datetime64[D]")).astype(np.float64)
    result: Floats = np.where(np.isnat(days), np.nan, starts.astype(np.float64) + 1970.0 + (passed + 0.5) / lengths)
    return result


def operating_years(founded: ArrayLike, as_of: dt.date) -> Floats:
    """Return the years from *founded* (see `founding_values`) to *as_of*; unknown where it lies in the future.

    From a date: whole anniversaries plus the part of the year since the last one, so that an anniversary is a whole
    number. From a year alone: the difference of the years.

    >>> operating_years([2006.0, founding_value(dt.date(2016, 11, 21)), 2050.0], dt.date(2026, 11, 21))
    array([20., 10., nan])
    """
    column = founding_values(founded)
    known = np.isfinite(column) & (column < 10_000) & (column >= 1)
    safe = np.where(known, column, 2000.0)
    years = np.floor(safe)
    from_year = as_of.year - years
    result = np.where(safe == years, from_year, _years_between(_days(safe), as_of))
    kept: Floats = np.where(known & (result >= 0), result, np.nan)
    return kept


def _days(column: Floats) -> NDArray[np.datetime64]:
    """Return the dates that `founding_value` numbers stand for."""
    years = np.floor(column)
    starts = (years - 1970).astype("int64").astype("datetime64[Y]")
    lengths = ((starts + 1).astype("datetime64[D]") - starts.astype("datetime64[D]")).astype(np.float64)
    result: NDArray[np.datetime64] = starts.astype("datetime64[D]") + np.floor((column - years) * lengths).astype(
        "int64"
    )
    return result


def _years_between(days: NDArray[np.datetime64], as_of: dt.date) -> Floats:
    """Return whole anniversaries of *days* up to *as_of* plus the part of the running year."""
    today = np.datetime64(as_of)
    whole = as_of.year - (days.astype("datetime64[Y]").astype("int64") + 1970)
    whole = whole - (_anniversary(days, whole) > today)
    last, following = _anniversary(days, whole), _anniversary(days, whole + 1)
    part = (today - last).astype(np.float64) / (following - last).astype(np.float64)
    result: Floats = whole + part
    return result


def _anniversary(days: NDArray[np.datetime64], years: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Return *days* moved on by *years*; 29 February becomes 1 March where the year has none."""
    months = days.astype("datetime64[M]")
    offset = days - months.astype("datetime64[D]")
    result: NDArray[np.datetime64] = (months + 12 * years).astype("datetime64[D]") + offset
    return result


def down_years(sales: Floats) -> tuple[Floats, Floats]:
    """Return per row how often *sales* (n x consecutive years) fell, and how many pairs of years could be compared."""
    changes = np.diff(sales, axis=1)
    return (changes < 0).sum(axis=1).astype(np.float64), (~np.isnan(changes)).sum(axis=1).astype(np.float64)
