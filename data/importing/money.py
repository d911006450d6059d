"""Money in several currencies: converted only by rates that the user typed, and shown with rate and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from data.importing.cells import read_number
from data.importing.vocabulary import AMBIGUOUS_SYMBOLS, CODES


def _code(value: Any) -> str:
    """Return *value* (a code, a symbol or a name of a currency) as a code; raise ValueError for anything else."""
    text = str(value).strip()
    if text.upper() in CODES:
        return text.upper()
    named = read_number(f"{text} 1").currency
    if named is None or named in AMBIGUOUS_SYMBOLS:
        raise ValueError(f"{text!r} is no currency code of three letters")
    return named


Currency = Annotated[str, BeforeValidator(_code)]


class Rate(BaseModel):
    """So many units of *currency* are one unit of the target currency, on a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    currency: Currency
    rate: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    on: dt.date | None = None


class RateTable(BaseModel):
    """Rates typed by the user, all into one *target* currency.

    >>> table = RateTable(target="EUR", rates=[Rate(currency="THB", rate=38.5, on="2026-10-31")])
    >>> round(table.convert(320e6, "THB")), table.provenance(320e6, "THB")
    (8311688, 'THB 320 m = EUR 8.3 m at 38.5, 2026-10-31')
    >>> table.convert(1.0, "USD") is None
    True
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: Currency
    rates: tuple[Rate, ...] = ()

    @field_validator("rates")
    @classmethod
    def _one_each(cls, rates: tuple[Rate, ...]) -> tuple[Rate, ...]:
        names = [rate.currency for rate in rates]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"{twice} has two rates; keep one")
        return rates

    def rate(self, currency: str) -> Rate | None:
        """Return the rate of *currency*, or None; a shared symbol ($) is known where only one of its currencies is."""
        if currency == self.target:
            return Rate(currency=currency, rate=1.0)
        known: Mapping[str, Rate] = {rate.currency: rate for rate in self.rates}
        if currency in AMBIGUOUS_SYMBOLS:
            meant = [code for code in AMBIGUOUS_SYMBOLS[currency] if code == self.target or code in known]
            return self.rate(meant[0]) if len(meant) == 1 else None
        return known.get(currency)

    def convert(self, amount: float, currency: str) -> float | None:
        """Return *amount* of *currency* in the target currency, or None where no rate was typed."""
        rate = self.rate(currency)
        return None if rate is None else amount / rate.rate

    def provenance(self, amount: float, currency: str) -> str:
        """Return how *amount* was converted, in figures that read the same in every language."""
        rate = self.rate(currency)
        if rate is None or rate.currency == self.target:
            return f"{self.target} {short_amount(amount)}"
        day = "" if rate.on is None else f", {rate.on.isoformat()}"
        converted = short_amount(amount / rate.rate)
        return f"{rate.currency} {short_amount(amount)} = {self.target} {converted} at {rate.rate:g}{day}"


def short_amount(amount: float) -> str:
    """Return *amount* with two significant digits or more and a magnitude.

    >>> [short_amount(v) for v in (320e6, 8_311_688.3, 1234.0, 12.5, -2.5e9)]
    ['320 m', '8.3 m', '1,234', '12.5', '-2.5 bn']
    """
    for factor, name in ((1e9, " bn"), (1e6, " m")):
        if abs(amount) >= factor:
            return (
                f"{amount / factor:,.3g}{name}"
                if abs(amount) >= 100 * factor
                else f"{amount / factor:,.1f}{name}".replace(".0 ", " ")
            )
    return f"{amount:,.0f}" if abs(amount) >= 1000 else f"{amount:.6g}"


def common_currency(found: Iterable[str], wanted: str | None) -> tuple[str | None, bool]:
    """Return the one currency that *found* (codes and shared symbols) can mean together, and whether there is one.

    "$" beside "USD" is USD; "$" alone stays "$"; "$" where *wanted* is "CAD" is CAD; "$" beside "HKD" may be either.

    >>> common_currency({"$", "USD"}, None), common_currency({"$"}, None), common_currency({"EUR", "USD"}, None)
    (('USD', True), ('$', True), (None, False))
    """
    names = set(found)
    if wanted is not None:
        names = {wanted if may_mean(name, wanted) else name for name in names}
    codes = {name for name in names if name not in AMBIGUOUS_SYMBOLS}
    symbols = names - codes
    if not codes and len(symbols) <= 1:
        return next(iter(symbols), None), True
    if len(codes) == 1 and all(AMBIGUOUS_SYMBOLS[symbol][0] in codes for symbol in symbols):
        return next(iter(codes)), True
    return None, False


def may_mean(name: str, code: str) -> bool:
    """Tell whether *name*, a code or a shared symbol, can stand for the currency *code*."""
    return name == code or code in AMBIGUOUS_SYMBOLS.get(name, ())
