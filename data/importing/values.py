"""Cells -> typed values of one column: numbers in the criterion's unit, levels of a category; every doubt is reported.

`Wanted` says what a column shall hold. `numbers` decides cells that can be read two ways by the habit of the column,
then of the file; what stays open, is no single number or has a wrong unit is unknown with a problem, never a guess.
"""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from criteria.text import Message, msg
from data.importing.amounts import currencies
from data.importing.cells import NumberCell, shown
from data.importing.headers import fold
from data.importing.scan import Scan
from data.importing.vocabulary import UNIT_SCALE
from data.importing.wanted import Column, Wanted, convert

_YEARS_THAT_ARE_DATES = (1500, 2200)

_FAULTS: dict[str, Message] = {
    "range": msg("“{text}” is a range, not one number. It counts as unknown; write one figure."),
    "approximate": msg("“{text}” is no exact number. It counts as unknown; write one figure."),
    "error": msg("“{text}” is an error of the spreadsheet. It counts as unknown; correct the formula."),
    "infinite": msg("“{text}” is no finite number. It counts as unknown."),
    "date": msg("“{text}” is a date where a number is wanted. It counts as unknown."),
    "text": msg("“{text}” cannot be read as one number. It counts as unknown."),
}


def numbers(scan: Scan, wanted: Wanted, column: Column) -> NDArray[np.float64]:
    """Return the values of a scanned column in the unit of *wanted*; NaN where unknown, the reason noted."""
    values = np.where(scan.two_ways & (column.habit == ","), scan.other, scan.values)
    _undecided(scan, values, column)
    known = ~np.isnan(values)
    odd = _odd_values(scan, wanted, column)
    percent = {text for text, (cell, _) in scan.odd.items() if cell.unit == "percent"}
    _fractions_beside_percents(values, known, wanted, column, odd, scan, percent)
    _plain_units(values, known, wanted, column, scan)
    currencies(values, known, odd, wanted, column, scan)
    for text, value in odd.items():
        values[scan.odd[text][1]] = value
    _bounds(values, wanted, column)
    return values


def _undecided(scan: Scan, values: NDArray[np.float64], column: Column) -> None:
    """Make plain cells with two readings unknown where neither the column nor the file decides."""
    if column.habit is None:
        for row in np.flatnonzero(scan.two_ways):
            column.say(_two_ways(scan.values[row], scan.other[row]), int(row))
        values[scan.two_ways] = np.nan


def _two_ways(first: float, second: float) -> Message:
    return msg(
        "The figure can be read as {first} or as {second}, and nothing else here shows which. It counts as unknown; "
        "write it without a mark of thousands.",
        first=f"{first:.15g}", second=f"{second:.15g}",
    )  # fmt: skip


def _odd_values(scan: Scan, wanted: Wanted, column: Column) -> dict[str, float]:
    """Return text -> value for the unusual cells that can be read; note why the others cannot."""
    found: dict[str, float] = {}
    usual = _usual_unit(scan, wanted)
    for text, (cell, rows) in scan.odd.items():
        value, fault = _read(cell, wanted, usual, column)
        if fault is not None:
            message = Message(fault.code, {"text": shown(text), **fault.parameters})
            for row in rows:
                column.say(message, int(row))
        else:
            found[text] = value
            if cell.scientific:
                message = msg(
                    "“{text}” is read as {value:g}; digits may have been lost.", text=shown(text), value=value
                )
                for row in rows:
                    column.say(message, int(row), "warning")
    return found


def _usual_unit(scan: Scan, wanted: Wanted) -> str | None:
    """Return the unit that cells are converted to: the criterion's, else the most frequent one in the column."""
    if wanted.unit is not None or wanted.is_money:
        return wanted.unit
    counts: Counter[str] = Counter()
    for cell, rows in scan.odd.values():
        if cell.unit is not None and cell.unit in UNIT_SCALE and cell.fault is None:
            counts[cell.unit] += len(rows)
    return counts.most_common(1)[0][0] if counts else None


def _read(cell: NumberCell, wanted: Wanted, usual: str | None, column: Column) -> tuple[float, Message | None]:
    """Return the value of one unusual cell in the wanted unit, or the sentence why it has none."""
    if cell.fault is not None:
        return math.nan, _FAULTS[cell.fault]
    if cell.ambiguous and column.habit is None:
        return math.nan, _two_ways(cell.point or 0.0, cell.comma or 0.0)
    reading = cell.comma if (column.habit == "," and cell.comma is not None) or cell.point is None else cell.point
    value = math.nan if reading is None else reading
    if cell.currency is not None and not wanted.takes_money:
        return math.nan, msg("“{text}” is an amount of money, which is not wanted here. It counts as unknown.")
    if cell.scaled and (wanted.is_rating or wanted.kind in ("time", "point")):
        return math.nan, _FAULTS["text"]
    if cell.unit is not None:
        return _in_unit(value, cell.unit, wanted, usual)
    if cell.scaled:
        return value / wanted.scale, None
    if cell.currency is None:  # the unit of the header is the unit of a bare figure
        return _header_units(value, wanted, column), None
    return value * _header_scale(wanted, column), None


def _in_unit(value: float, unit: str, wanted: Wanted, usual: str | None) -> tuple[float, Message | None]:
    if unit not in UNIT_SCALE:
        return (value, None) if fold(unit) in wanted.words else (math.nan, _FAULTS["text"])
    if unit == "percent" and wanted.unit is None and not wanted.is_money:
        return (value / 100 if wanted.small else value), None
    if usual is None or UNIT_SCALE[unit][0] != UNIT_SCALE[usual][0] or wanted.is_money:
        return math.nan, msg("“{text}” is in another unit than the criterion. It counts as unknown.")
    return convert(value, unit, usual), None


def _header_scale(wanted: Wanted, column: Column) -> float:
    """Return by what a bare figure is multiplied because its header says "in millions"."""
    counts = wanted.is_money or (wanted.unit in (None, "count") and not wanted.is_rating)
    return column.unit.scale / wanted.scale if counts and column.unit.scale != 1.0 else 1.0


def _header_units(value: float, wanted: Wanted, column: Column) -> float:
    """Return a bare figure in the wanted unit, as its header says what it is in."""
    unit = column.unit.unit
    if unit is not None and wanted.unit is not None and UNIT_SCALE[unit][0] == wanted.kind and not wanted.is_rating:
        return convert(value, unit, wanted.unit)
    return value * _header_scale(wanted, column)


def _plain_units(
    values: NDArray[np.float64], known: NDArray[np.bool_], wanted: Wanted, column: Column, scan: Scan
) -> None:
    """Convert bare figures from the unit of the header, and say so; warn where figures do not fit the unit."""
    unit, scale = column.unit.unit, _header_scale(wanted, column)
    if unit is not None and wanted.kind is not None and UNIT_SCALE[unit][0] == wanted.kind and not wanted.is_rating:
        if unit != wanted.unit and known.any():
            values[known] = values[known] * UNIT_SCALE[unit][1] / UNIT_SCALE[wanted.unit or unit][1]
            text = msg("The header gives another unit than the criterion; the figures are converted to it.")
            column.say(text, severity="warning")
    elif scale != 1.0 and known.any():
        values[known] *= scale
        text = msg("The figures are multiplied by {factor:g}, as the header says.", factor=column.unit.scale)
        column.say(text, severity="warning")
    elif scale == 1.0 and wanted.scale == 1.0 and any(cell.scaled for cell, _ in scan.odd.values()):
        small = np.flatnonzero(known & (np.abs(values) < 1000) & (values != 0))
        for row in small:
            column.say(
                msg("A bare figure beside amounts in thousands or millions; it is read as it stands."),
                int(row),
                "warning",
            )


def _fractions_beside_percents(
    values: NDArray[np.float64], known: NDArray[np.bool_], wanted: Wanted, column: Column, odd: dict[str, float],
    scan: Scan, percent: set[str],
) -> None:  # fmt: skip
    """Find figures of a percent column that may be fractions (0.35 beside 35 %, or all between 0 and 1)."""
    if wanted.is_rating or (wanted.unit is not None and wanted.kind != "share") or wanted.is_money:
        return
    small = known & (np.abs(values) <= 1) & (values != 0)
    if (
        percent
        and any(abs(scan.odd[text][0].point or 0) > 1 for text in percent if text in odd)
        and wanted.unit != "times"
    ):
        if small.any() and bool(small[known & (values != 0)].all()):
            for row in np.flatnonzero(small):
                column.say(_percent_or_fraction(values[row]), int(row))
            values[small] = np.nan
            known &= ~small
    elif (
        wanted.unit == "percent"
        and column.unit.unit is None
        and small.sum() > 1
        and bool(small[known & (values != 0)].all())
    ):
        text = msg(
            "All figures lie between -1 and 1, and the criterion is in percent: 0.35 is read as 0.35 %. "
            "If 35 % is meant, write the percent sign or multiply by 100."
        )
        column.say(text, severity="warning")


def _percent_or_fraction(value: float) -> Message:
    return msg(
        "The figure can be read as {first} % or as {second} %, since others here have a percent "
        "sign. It counts as unknown.",
        first=f"{value:.15g}", second=f"{value * 100:.15g}",
    )  # fmt: skip


def _bounds(values: NDArray[np.float64], wanted: Wanted, column: Column) -> None:
    """Make values unknown that their scale does not have."""
    bad = (values < wanted.low) | (values > wanted.high) | np.isinf(values)
    if wanted.is_rating:
        halves = np.round(values * 2) == values * 2
        for row in np.flatnonzero(~bad & ~np.isnan(values) & ~halves):
            # The mean of several assessors looks like this; a slip does too, so it is said.
            column.say(msg("A rating of {value} is not on the scale of half points. It is kept as it is.",
                           value=f"{values[row]:.15g}"), int(row), severity="warning")  # fmt: skip
        for row in np.flatnonzero(bad):
            column.say(msg("A rating of {value} is not on the scale from 1 to 5. It counts as unknown.",
                           value=f"{values[row]:.15g}"), int(row))  # fmt: skip
        values[bad] = np.nan
        return
    if wanted.unit == "year":
        first, last = _YEARS_THAT_ARE_DATES
        dates = (values >= first) & (values <= last)
        for row in np.flatnonzero(dates):
            column.say(msg("{value} looks like a calendar year, and a number of years is wanted. It counts as unknown.",
                           value=f"{values[row]:.15g}"), int(row))  # fmt: skip
        values[dates] = np.nan
    for row in np.flatnonzero(bad):
        column.say(_out_of_bounds(float(values[row]), wanted), int(row))
    values[bad] = np.nan


def _out_of_bounds(value: float, wanted: Wanted) -> Message:
    if value < wanted.low:
        return msg(
            "{value} is below {low:g}, which cannot be. It counts as unknown.", value=f"{value:.15g}", low=wanted.low
        )
    return msg(
        "{value} is above {high:g}, which cannot be. It counts as unknown.", value=f"{value:.15g}", high=wanted.high
    )
