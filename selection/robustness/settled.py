"""Settled: whether any open fact can still change who is among the first k, and which facts those are.

Who is among the first k is everybody of rank k or better, ties included. The candidates' facts are independent of each
other, so bands decide: a row is in for sure when fewer than k others can come above its worst total, and out for sure
when k others stand above its best total whatever is learnt. Settled = every row is one or the other. An unknown value
may also stay unknown, so the present list is one of the cases that are covered.

A composite's must-have does not narrow the band of its leaves, and an unknown is taken as a value of its scale, not as
"not applicable": both only ever keep a ranking open that could be called settled, or concern another standard.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from criteria.curves import FloatArray
from criteria.errors import RunError
from criteria.text import Message, msg, plural, pmsg
from selection.model import BoolArray
from selection.rank import Ranking
from selection.robustness.open_facts import Facts, Standing, standing

TOP = 3
"""How many places the shortlist has."""
COUNTS = {2: pmsg("count", "two"), 3: pmsg("count", "three"), 4: pmsg("count", "four"), 5: pmsg("count", "five")}


@dataclass(frozen=True, slots=True)
class OpenCell:
    """One open fact that could still change the first k: *row* of the candidates, *criterion* id or "region", kind."""

    row: int
    criterion: str
    kind: str


@dataclass(frozen=True, slots=True)
class Settled:
    """Whether the first k are *done*, the facts that could still change them, and the sentence that says so."""

    done: bool
    open_cells: tuple[OpenCell, ...]
    sentence: Message


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """Who is in and out for sure, and which rows and facts can still change the first k.

    *low* and *high* bound the total of each standing row once it is ranked; *play* marks the rows that can change it,
    *worth* those of them whose total matters, not only their must-haves.
    """

    low: FloatArray
    high: FloatArray
    inside: BoolArray
    outside: BoolArray
    play: BoolArray
    worth: BoolArray

    @property
    def done(self) -> bool:
        """Tell whether every row is in or out for sure."""
        return bool((self.inside | self.outside).all())

    def matters(self, facts: Facts) -> BoolArray:
        """Tell which of *facts* can change the first k."""
        if self.done:
            return np.zeros(len(facts), dtype=bool)
        down, up = facts.reach()
        return (facts.gates & self.play[facts.at]) | ((up > down) & self.worth[facts.at])


def settled(ranking: Ranking, k: int = TOP) -> Settled:
    """Return whether any open fact can still change the first *k* of *ranking*, and which."""
    found = standing(ranking)
    race = contest(found, k)
    cells = tuple(
        OpenCell(row, facts.criterion, facts.kind)
        for facts in found.facts
        for row in found.rows[facts.at[race.matters(facts)]].tolist()
    )
    return Settled(race.done, cells, _sentence(found, race.done, cells, k))


def contest(found: Standing, k: int) -> Contest:
    """Return who is in and out for sure among the first *k*; raise RunError where *k* is no number of places."""
    if k < 1:
        raise RunError(msg("A shortlist has at least one place, not {count}.", count=k))
    low, high = found.band()
    sure, able = found.waiting == 0, ~found.lost
    lows, highs = np.sort(low[sure]), np.sort(high[able])
    above_worst = len(highs) - np.searchsorted(highs, low, side="right") - (able & (high > low))
    above_best = len(lows) - np.searchsorted(lows, high, side="right")
    inside = sure & (above_worst < k)
    outside = found.lost | (above_best >= k)
    entry_low, entry_high = _kth_of_others(lows, low, sure, k), _kth_of_others(highs, high, able, k)
    moves = (low < high) & (entry_high >= low) & (entry_low <= high) & able
    play = able & np.where(sure, moves, entry_low <= high)
    return Contest(low, high, inside, outside, play, moves)


def _kth_of_others(rising: FloatArray, own: FloatArray, counted: BoolArray, k: int) -> FloatArray:
    """Return for each row the k-th largest of *rising* without its own figure; minus infinity where there is none."""
    padded = np.concatenate([np.full(k + 1, -np.inf), rising])
    kth, following = padded[-k], padded[-k - 1]
    entry: FloatArray = np.where(counted & (own >= kth), following, kth)
    return entry


def first_k(k: int) -> Message:
    """Return the first k in words."""
    if k == 1:
        return msg("the first place")
    return msg("the first {count}", count=COUNTS.get(k, str(k)))


def _sentence(found: Standing, done: bool, cells: tuple[OpenCell, ...], k: int) -> Message:
    if not len(found.rows):
        return msg("Settled: nobody is left who could be among {first}.", first=first_k(k))
    if done and not any(len(facts) for facts in found.facts):
        return msg("Settled: every fact that counts is known.")
    if done:
        return msg("Settled: no open fact can change {first} any more.", first=first_k(k))
    return plural(
        "Not settled: {n} open fact could still change {first}.",
        "Not settled: {n} open facts could still change {first}.",
        len(cells),
        first=first_k(k),
    )
