"""Rates for amounts in other currencies: asked only where a list needs them, typed by the user, never guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import streamlit as st

from data.importing.money import Rate, RateTable
from data.importing.vocabulary import AMBIGUOUS_SYMBOLS, CODES
from data.readers import Problem
from views.words import md, t

_NO_RATE = "There is no rate for {currency}"


def wanted(problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return the currencies that amounts are in and for which there is no rate; a shared symbol such as $ is one."""
    missing = (problem.message for problem in problems if problem.message.code.startswith(_NO_RATE))
    return tuple(dict.fromkeys(str(message.parameters["currency"]) for message in missing))


def ask(currencies: tuple[str, ...], digest: str) -> RateTable | None:
    """Ask for one rate per currency; return those that were typed, None where there is none."""
    if not currencies:
        return None
    with st.container(border=True):
        text = t("Some amounts are in other currencies. Type the rates to use; without a rate they count as unknown.")
        st.markdown(md(text))
        target = st.selectbox(md(t("Convert everything into")), sorted(CODES), index=None, key=f"import_into_{digest}")
        if target is None:
            return None
        typed = [_rate(name, target, digest) for name in currencies if name != target]
    unique = {rate.currency: rate for rate in typed if rate is not None}
    return RateTable(target=target, rates=tuple(unique.values()))


def _rate(name: str, target: str, digest: str) -> Rate | None:
    code = _meant(name, target, digest)
    if code is None or code == target:
        return None
    left, right = st.columns(2)
    number = left.number_input(
        md(t("How many {currency} are 1 {target}?", currency=code, target=target)), min_value=0.0, value=None,
        format="%g", key=f"import_rate_{digest}_{code}_{target}",
    )  # fmt: skip
    day = right.date_input(
        md(t("Day of the rate for {currency}", currency=code)), value=dt.date.today(),
        key=f"import_rate_day_{digest}_{code}",
    )  # fmt: skip
    return Rate(currency=code, rate=number, on=day) if number else None


def _meant(name: str, target: str, digest: str) -> str | None:
    """Return the currency that a code or a shared symbol stands for; ask where several share the symbol."""
    if name not in AMBIGUOUS_SYMBOLS:
        return name if name in CODES else None
    return st.selectbox(
        md(t("Which currency does {symbol} mean in this list?", symbol=name)),
        [code for code in AMBIGUOUS_SYMBOLS[name] if code != target], index=None,
        key=f"import_symbol_{digest}_{name}",
    )  # fmt: skip
