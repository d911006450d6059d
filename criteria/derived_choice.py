"""Which ways to a criterion a file allows: those of `derived_ways`, and years and growth, which depend on dates.

Ways that would mix different measures in one column (growth over three years and over one) are never offered together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from criteria import derived_formulas as formulas
from criteria.derived_formulas import Floats
from criteria.derived_headers import sales_columns
from criteria.derived_ways import FIXED_WAYS, Check, Way
from criteria.text import msg

GROWTH_YEARS = 3
"""Growth is measured over three years where the file has them, else over the span nearest to three."""

DERIVABLE: frozenset[str] = frozenset({*FIXED_WAYS, "operating_years", "sales_growth"})
"""The criteria that can be derived from raw columns."""


def ways(
    criterion: str, available: Collection[str], as_of: dt.date, market_growth: float | None = None
) -> tuple[Way, ...]:
    """Return the ways to *criterion* that the *available* raw columns allow, best first; () where there is none."""
    if criterion == "operating_years":
        offered: tuple[Way, ...] = (_years_way(as_of),)
    elif criterion == "sales_growth":
        offered = _growth_ways(available, as_of, market_growth)
    else:
        offered = tuple(_with_latest_sales(way, available, as_of) for way in FIXED_WAYS.get(criterion, ()))
    return tuple(way for way in offered if set(way.inputs) <= set(available))


def needs(criterion: str) -> tuple[tuple[str, ...], ...]:
    """Return the sets of raw columns of which any one is enough for *criterion*.

    >>> needs("current_ratio")
    (('current_assets', 'current_liabilities'),)
    """
    if criterion == "operating_years":
        return (("founded",),)
    if criterion == "sales_growth":
        return (("sales_growth_percent",),)
    return tuple(way.inputs for way in FIXED_WAYS.get(criterion, ()))


def _years_way(as_of: dt.date) -> Way:
    future = Check(
        lambda founded: formulas.founding_values(founded) > formulas.founding_value(as_of),
        msg("Founded after {date}, the day for which the list is made.", date=as_of.isoformat()),
    )
    return Way(
        ("founded",),
        msg(
            "years from the founding date to {date}; from a year alone, the difference of the years",
            date=as_of.isoformat(),
        ),
        lambda founded: formulas.operating_years(founded, as_of),
        (future,),
    )


def growth_span(available: Collection[str], as_of: dt.date) -> tuple[int, int] | None:
    """Return the first and last year between which growth is measured, or None where there are no two years of sales.

    The running year is left out where two other years are there: its sales are not complete. Later years are plans.
    """
    years = [year for year in sales_columns(available) if year <= as_of.year]
    if len(years) > 2 and years[-1] == as_of.year:
        years.pop()
    if len(years) < 2:
        return None
    last = years[-1]
    first = min(years[:-1], key=lambda year: (abs(last - year - GROWTH_YEARS), year))
    return first, last


def _growth_ways(available: Collection[str], as_of: dt.date, market_growth: float | None) -> tuple[Way, ...]:
    """Return the one way to growth: from yearly sales where they are given, else from last year's stated growth."""
    span, columns = growth_span(available, as_of), sales_columns(available)
    if span is not None:
        first, last = span
        inputs: tuple[str, ...] = (columns[first], columns[last])
        nothing_first = msg("No sales in {year}: growth from nothing has no rate.", year=str(first))
        checks: tuple[Check, ...] = (Check(lambda start, *rest: start == 0, nothing_first),)
        base = msg("compound sales growth {first}–{last} in % a year", first=str(first), last=str(last))

        def own(*sales: Floats) -> Floats:
            return formulas.compound_growth(sales[0], sales[1], last - first)

    else:
        inputs, checks = ("sales_growth_percent",), ()
        base = msg("sales growth of the last year in %")

        def own(*sales: Floats) -> Floats:
            return sales[0]

    return (_against_market(Way(inputs, base, own, checks), available, market_growth),)


def _against_market(way: Way, available: Collection[str], market_growth: float | None) -> Way:
    """Return *way* less the growth of the market: a column of its own, else one rate for all, else none."""
    if "market_growth_percent" in available:
        return Way(
            (*way.inputs, "market_growth_percent"),
            msg("{growth}, less the growth of its market", growth=way.formula),
            lambda *inputs: way.compute(*inputs[:-1]) - inputs[-1],
            way.checks,
        )
    if market_growth is None:
        return Way(way.inputs, msg("{growth} (no market growth given)", growth=way.formula), way.compute, way.checks)
    formula = msg("{growth}, less market growth of {market:g}", growth=way.formula, market=market_growth)
    return Way(way.inputs, formula, lambda *inputs: way.compute(*inputs) - market_growth, way.checks)


def _with_latest_sales(way: Way, available: Collection[str], as_of: dt.date) -> Way:
    """Return *way* with the latest complete year's sales in place of "sales", where no such column is given."""
    if "sales" in available or "sales" not in way.inputs:
        return way
    columns = {year: id for year, id in sales_columns(available).items() if year <= as_of.year}
    if not columns:
        return way
    complete = [year for year in columns if year < as_of.year] or list(columns)
    inputs = tuple(columns[complete[-1]] if id == "sales" else id for id in way.inputs)
    return Way(inputs, way.formula, way.compute, way.checks)
