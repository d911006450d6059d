"""Who rates: one assessor at a time, who sees only what is his or her own until the blind round is finished."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from data.store import Value
from data.store.held import PANEL
from data.store.matching import plain
from views.candidates_rows import Rows
from views.context import Context
from views.words import md, t

ASSESSOR_KEY, LIST_KEY = "assessor", "assessors"
NAMELESS = "me"
"""Whoever rates without having typed a name."""


@dataclass(frozen=True, slots=True)
class Rater:
    """The assessor who rates now: the answers given so far by (factor, candidate), and whether others rate too."""

    name: str
    own: Mapping[tuple[str, str], float | None]
    panel: bool

    def value(self, rows: Rows, factor: str, person: str) -> float | None:
        """Return the own rating, else what a list or an edit says; nobody else's rating."""
        if (factor, person) in self.own:
            return self.own[factor, person]
        mine = rows.rows_of(person)
        if not mine or rows.origin(mine[0], factor) in PANEL:
            return None
        value: Value = rows.value(mine[0], factor)
        return value if isinstance(value, float) else None

    def has_answered(self, rows: Rows, factor: str, person: str, mine: list[int]) -> bool:
        """Tell whether there is nothing left to rate: an own answer, or a value that is no rating."""
        if (factor, person) in self.own:
            return True
        return all(rows.value(row, factor) is not None and rows.origin(row, factor) not in PANEL for row in mine)


def names(ctx: Context, table: pd.DataFrame) -> tuple[str, ...]:
    """Return every assessor of the project: those on its list, and whoever has rated."""
    listed = [str(name) for name in ctx.store.setting(LIST_KEY, [], project=ctx.project.id) or ()]
    return tuple(dict.fromkeys([*listed, *(str(who) for who in table["who"])]))


def same_name(name: str, known: tuple[str, ...]) -> str:
    """Return *name* as it is known already: capitals, width and blanks make no other person."""
    return next((each for each in known if plain(each) == plain(name)), name.strip())


def choose(ctx: Context, known: tuple[str, ...]) -> str | None:
    """Return who rates, None while that is to be said; nothing is shown where only one can be meant."""
    me = same_name(ctx.who, known)
    if len(known) < 2 and (not known or not me or me in known):
        return known[0] if known else me or NAMELESS
    options = list(dict.fromkeys([*known, me] if me else known))
    if st.session_state.get(ASSESSOR_KEY) not in options:
        st.session_state[ASSESSOR_KEY] = me if me in known else None
    chosen = st.selectbox(
        md(t("Who rates?")), options, key=ASSESSOR_KEY, placeholder=t("Choose a name"), persist_state="session",
        help=md(t("Everybody rates alone first. A name that is missing is added below.")),
    )  # fmt: skip
    return str(chosen) if chosen is not None else None


def rater(name: str, known: tuple[str, ...], table: pd.DataFrame) -> Rater:
    """Return the assessor *name* with the own answers out of all ratings in *table*."""
    mine = table[table["who"] == name]
    own = {
        (str(factor), str(person)): None if math.isnan(rating) else float(rating)
        for factor, person, rating in zip(mine["criterion"], mine["candidate"], mine["rating"], strict=True)
    }
    return Rater(name, own, len({*known, name}) > 1)


def add(ctx: Context, name: str, known: tuple[str, ...], rates_now: str | None) -> str:
    """Put a colleague on the project's list, and with the first one whoever rates already; return the name."""
    wanted = same_name(name, known)
    listed = [rates_now] if rates_now and rates_now != NAMELESS else []
    ctx.store.set_setting(LIST_KEY, list(dict.fromkeys([*listed, *known, wanted])), project=ctx.project.id)
    return wanted
