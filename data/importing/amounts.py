"""Money in a column: one currency by the typed rates, or unknown; which amounts were converted is noted."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from criteria.text import msg, plural
from data.importing.money import common_currency, may_mean
from data.importing.scan import Scan
from data.importing.vocabulary import AMBIGUOUS_SYMBOLS
from data.importing.wanted import Column, Wanted


def currencies(
    values: NDArray[np.float64],
    known: NDArray[np.bool_],
    odd: dict[str, float],
    wanted: Wanted,
    column: Column,
    scan: Scan,
) -> None:
    """Bring amounts into one currency by the typed rates; without a rate a foreign amount is unknown."""
    named = {text: str(scan.odd[text][0].currency) for text in odd if scan.odd[text][0].currency is not None}
    bare = column.unit.currency
    if not wanted.takes_money or not (named or bare):
        return
    target = column.rates.target if column.rates is not None else wanted.currency
    if target is None:
        common, agree = common_currency({*named.values(), *([bare] if bare else [])}, None)
        if agree:
            _say_readings(known, named, common, column, bare=bare is None)
            return
    else:
        _say_readings(known, named, target, column, bare=bare is None)
    for text, currency in named.items():
        odd[text] = _one_amount(odd[text], currency, target, column, scan.odd[text][1])
    if bare is not None or target is None:
        for row in np.flatnonzero(known):
            values[row] = _one_amount(float(values[row]), bare, target, column, np.array([row]))


def _say_readings(
    known: NDArray[np.bool_], named: dict[str, str], target: str | None, column: Column, *, bare: bool
) -> None:
    """Say what bare figures, and symbols that several currencies share, are read as."""
    if bare and named and known.any():
        text = plural(
            "{n} figure without a currency is read as {currency}.",
            "{n} figures without a currency are read as {currency}.",
            int(known.sum()),
            currency=target,
        )
        column.say(text, severity="warning")
    for symbol in sorted(set(named.values()) & set(AMBIGUOUS_SYMBOLS)):
        if target is not None and may_mean(symbol, target) and target not in (symbol, AMBIGUOUS_SYMBOLS[symbol][0]):
            text = msg("“{symbol}” is read as {currency}.", symbol=symbol, currency=target)
            column.say(text, severity="warning")


def _one_amount(
    amount: float, currency: str | None, target: str | None, column: Column, rows: NDArray[np.int64]
) -> float:
    """Return an amount in the target currency with its provenance noted; NaN with a problem where there is no rate."""
    if currency is not None and target is not None and may_mean(currency, target):
        return amount
    converted = column.rates.convert(amount, currency) if column.rates is not None and currency is not None else None
    for row in rows:
        if converted is not None and column.rates is not None and currency is not None:
            column.notes[int(row)] = column.rates.provenance(amount, currency)
        elif currency is None:
            column.say(msg("The column mixes currencies and this figure has none. It counts as unknown."), int(row))
        else:
            text = msg("There is no rate for {currency}, so the amount counts as unknown. Type a rate with its date.",
                       currency=currency)  # fmt: skip
            column.say(text, int(row))
    return math.nan if converted is None else converted
