"""What a change of weights or values is, as plain data: whose place it changes, from where and to where.

Rows are rows of the ranking's candidates. A change *reaches* somebody when the total is then the same or higher. Only
criteria that weigh something take part: a criterion without weight was decided not to count. Values are those that
count, 0..100, an unknown one in the middle of its band.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from criteria.curves import IDEAL
from criteria.errors import MethodError
from criteria.text import msg
from selection.model import BoolArray, IntArray
from selection.rank import Ranking
from selection.scenarios_tryout import Middles, middles


@dataclass(frozen=True, slots=True)
class WeightChange:
    """At weight *needed* (0..1) of a criterion instead of *now*, the others in proportion, *second* reaches *first*."""

    criterion: str
    now: float
    needed: float
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class WeightsChange:
    """The weights (criterion id -> 0..1, summing to 1) nearest to *now* at which *second* reaches *first*.

    *distance* is the sum of all moves up and down; *exact* False = somebody may find a nearer set.
    """

    weights: Mapping[str, float]
    now: Mapping[str, float]
    distance: float
    first: int
    second: int
    exact: bool = True

    @property
    def moves(self) -> tuple[tuple[str, float], ...]:
        """Return (criterion, change of its weight), the largest move first, without those that stay."""
        found = [(key, self.weights[key] - self.now[key]) for key in self.weights]
        return tuple(sorted((move for move in found if abs(move[1]) > 5e-7), key=lambda move: -round(abs(move[1]), 9)))


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value of candidate *row* that lets *second* reach *first*: a fall of the first's or a rise of the second's.

    *now* and *needed* are 0..100. *raw_needed* is in raw units: a bound, the half point or level that suffices, None
    where only the scale can say it; *raw_now* is None where unknown. With *out*, the fall breaks a must-have before
    the totals meet: anything worse than the bound puts the first out, the bound itself does not. *down* = the raw
    value must go down: below the bound in a fall, to at most the bound in a rise.
    """

    criterion: str
    row: int
    now: float
    needed: float
    raw_now: float | str | None
    raw_needed: float | str | None
    first: int
    second: int
    out: bool = False
    down: bool = True

    @property
    def is_fall(self) -> bool:
        """Tell whether it is the first who gets worse."""
        return self.row == self.first

    @property
    def size(self) -> float:
        """Return how far the value moves on the 0..100 scale."""
        return abs(self.needed - self.now)


@dataclass(frozen=True, slots=True)
class TopChange:
    """What brings *row* among the first *k*: one weight, the weights together, or one of its own values.

    *kth* is the last who is inside now. *inside* = it is there already, and nothing is needed. *proven* = where
    *weights* is None, no weights can do it; else none were found.
    """

    row: int
    k: int
    kth: int
    inside: bool
    weight: WeightChange | None = None
    weights: WeightsChange | None = None
    values: tuple[ValueChange, ...] = ()
    proven: bool = True


def require_totals(ranking: Ranking) -> None:
    """Raise MethodError where the ranking is by another method: tipping points are those of the totals."""
    if ranking.method != "additive":
        raise MethodError(
            msg("What would change a ranking is computed for the totals on the scale, not for {method}.",
                method=ranking.method)
        )  # fmt: skip


def counting(ranking: Ranking) -> BoolArray:
    """Return which criteria weigh something."""
    return np.asarray(ranking.weights > 0)


def contest(ranking: Ranking, rows: IntArray) -> Middles:
    """Return the values of *rows* as they count; where nothing that counts applies, the total is 50 at any weights."""
    found = middles(ranking, rows)
    nothing = (found.applies @ ranking.weights <= 0)[:, None]
    return Middles(rows, np.where(nothing, IDEAL / 2, found.values), np.where(nothing, 1.0, found.applies))


def is_behind(pair: Middles, ranking: Ranking) -> bool:
    """Tell whether the second of two rows has the lower total."""
    first, second = np.round(pair.totals(ranking.weights), 8)
    return bool(second < first)


def ranked_position(rows: IntArray, row: int) -> int | None:
    """Return where *row* stands in *rows*, None where it does not."""
    found = np.flatnonzero(rows == row)
    return int(found[0]) if found.size else None
