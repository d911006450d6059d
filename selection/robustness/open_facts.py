"""What is not known yet of the candidates that are still in, as columns: how each open fact bears on total and verdict.

A total is linear in the unknown values: it is its middle plus weight x (value - 50) for each of them, a leaf of a
composite weighing its share of it. So everything about open facts is a sum, and no ranking is made again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from criteria.curves import IDEAL, QUALIFIED, FloatArray
from criteria.model import Criterion
from selection.model import PENDING, BoolArray, Candidates, IntArray
from selection.rank import Ranking
from selection.robustness.changes import require_totals
from selection.robustness.outcomes import Outcome, outcome, yes_or_no
from selection.screen import REGION_UNKNOWN, GateColumn
from selection.values import DECIMALS, totals

VALUE, EVIDENCE, REGION = "value", "evidence", "region"
"""Kinds of open facts: a value, the confirmation of a value that is known, whether the region is served."""
LAST = 10.0**-DECIMALS


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """The open facts of one criterion that may turn out alike, one per row; *at* counts places in `Standing.rows`.

    *weight* is the points of the total per point of the value; *decides* = a must-have waits for this fact itself;
    *parts* holds (number of the composite's must-have, share of the composite) for must-haves it only bears on.
    """

    criterion: str
    kind: str
    at: IntArray
    weight: FloatArray
    outcome: Outcome
    decides: bool
    parts: tuple[tuple[int, FloatArray], ...]

    def __len__(self) -> int:
        """Return the number of facts."""
        return len(self.at)

    def take(self, kept: BoolArray, places: IntArray) -> Facts:
        """Return the facts that are *kept*, where each row has its new place."""
        parts = tuple((gate, share[kept]) for gate, share in self.parts)
        return Facts(
            self.criterion, self.kind, places[self.at[kept]], self.weight[kept], self.outcome, self.decides, parts
        )

    @property
    def gates(self) -> BoolArray:
        """Tell for each fact whether a must-have waits for it."""
        gating = np.full(len(self), self.decides)
        for _, share in self.parts:
            gating |= share > 0
        return gating

    def reach(self) -> tuple[FloatArray, FloatArray]:
        """Return by how much each fact can lower and raise its row's total from the middle, if the row is to pass.

        A value that decides a must-have passes it; any other may also stay unknown, which counts as the middle.
        """
        least, most = self.outcome.least, self.outcome.most
        if not self.outcome.can_pass:
            return np.zeros(len(self)), np.zeros(len(self))
        if not self.decides:
            least, most = min(least, QUALIFIED), max(most, QUALIFIED)
        return self.weight * (least - QUALIFIED), self.weight * (most - QUALIFIED)


@dataclass(frozen=True, slots=True, eq=False)
class WholeGate:
    """A must-have on a composite that unknown leaves leave open: who waits for it, the worst figures, the limit."""

    waits: BoolArray
    worst: FloatArray
    limit: float


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Everybody who is ranked or may still be: *rows* of the candidates, their totals, and what is open of them.

    *score* is the middle total as it is ranked, *middle* the same before it is rounded; *waiting* counts the must-haves
    that are open per row (0 = ranked); *lost* marks rows that can never pass.
    """

    rows: IntArray
    score: FloatArray
    middle: FloatArray
    waiting: IntArray
    lost: BoolArray
    facts: tuple[Facts, ...]
    wholes: tuple[WholeGate, ...]

    def band(self) -> tuple[FloatArray, FloatArray]:
        """Return the smallest and the largest total that each row can have once it is ranked.

        Where anything is open the band is wider by one unit of the last decimal: summed in another order, a total may
        be rounded to the next one, and nothing may be called certain that such a tie would change.
        """
        down, up = np.zeros(len(self.rows)), np.zeros(len(self.rows))
        for facts in self.facts:
            lowered, raised = facts.reach()
            down[facts.at] += lowered
            up[facts.at] += raised
        low = np.where(down == 0, self.score, np.round(self.middle + down, DECIMALS) - LAST)
        high = np.where(up == 0, self.score, np.round(self.middle + up, DECIMALS) + LAST)
        return low, high

    def take(self, kept: BoolArray) -> Standing:
        """Return the rows that are *kept*, with their facts."""
        places = np.cumsum(kept) - 1
        return Standing(
            self.rows[kept], self.score[kept], self.middle[kept], self.waiting[kept], self.lost[kept],
            tuple(facts.take(kept[facts.at], places) for facts in self.facts if kept[facts.at].any()),
            tuple(WholeGate(gate.waits[kept], gate.worst[kept], gate.limit) for gate in self.wholes),
        )  # fmt: skip


def standing(ranking: Ranking) -> Standing:
    """Return who is ranked or to be verified, with every open fact that weighs or that a must-have waits for.

    Raise MethodError for a ranking by another method than the weighted total.
    """
    require_totals(ranking)
    rows = np.concatenate([ranking.ranked_rows, ranking.pending_rows])
    return _Collector(ranking, rows).collect()


class _Collector:
    """Gathers the open facts of some rows, criterion by criterion."""

    def __init__(self, ranking: Ranking, rows: IntArray) -> None:
        self.ranking, self.rows = ranking, rows
        self.part: Candidates = ranking.candidates.take(rows)
        self.profile = ranking.profile
        self.waiting = np.zeros(len(rows), dtype=np.int64)
        self.lost = np.zeros(len(rows), dtype=bool)
        self.facts: list[Facts] = []
        self.wholes: list[WholeGate] = []
        self.weights = self._weights()
        self.leaves: dict[str, list[tuple[str, FloatArray]]] = {}
        self.parts: dict[str, list[tuple[int, FloatArray]]] = {}

    def collect(self) -> Standing:
        """Return everything; composites come first, since their leaves weigh by them."""
        self._region()
        for criterion in self.profile.criteria:
            if criterion.composite is not None:
                self._whole(criterion)
        for criterion in self.profile.criteria:
            if criterion.is_scored and criterion.composite is None:
                unknown = np.isnan(criterion.value(self.part.column(criterion))) & self._applies(criterion)
                self._values(criterion, unknown)
                self._evidence(criterion, ~unknown)
        self._unsolvable()
        total = totals(self.ranking.candidates, self.profile, self.ranking.weights)
        middle = (total.low + total.unknown * IDEAL / 2)[self.rows]
        score = self.ranking.score[self.rows]
        return Standing(self.rows, score, middle, self.waiting, self.lost, tuple(self.facts), tuple(self.wholes))

    def _applies(self, criterion: Criterion) -> BoolArray:
        found = self.part.is_applicable(criterion.id)
        return np.ones(len(self.rows), dtype=bool) if found is None else found

    def _weights(self) -> dict[str, FloatArray]:
        """Return per criterion the points of a total per point of its value; what applies shares the weight."""
        applies = np.column_stack([self._applies(c) for c in self.profile.criteria])
        counted = applies * self.ranking.weights
        share = counted.sum(axis=1, keepdims=True)
        effective = counted / np.where(share > 0, share, 1.0)
        return {c.id: effective[:, j] for j, c in enumerate(self.profile.criteria)}

    def _region(self) -> None:
        at = np.flatnonzero(self.ranking.screening.region_unknown[self.rows])
        self._add(REGION_UNKNOWN, REGION, at, np.zeros(len(at)), yes_or_no(), decides=True)

    def _add(
        self, criterion: str, kind: str, at: IntArray, weight: FloatArray, found: Outcome, *, decides: bool
    ) -> None:
        """Keep the facts of the rows *at*; where they decide a must-have, one more is open there."""
        if not len(at):
            return
        parts = tuple((gate, share[at]) for gate, share in self.parts.get(criterion, ()) if kind == VALUE)
        self.facts.append(Facts(criterion, kind, at, weight, found, decides, parts))
        if decides:
            self.waiting[at] += 1
            self.lost[at] |= not found.can_pass

    # --- composites ---

    def _whole(self, criterion: Criterion) -> None:
        """Share a composite among its leaves, and keep its open must-haves; without any leaf it is a value itself."""
        parts = {
            leaf: weight * self._applies(self.profile.by_id[leaf])
            for leaf, weight in (criterion.composite or {}).items()
        }
        total = np.sum(list(parts.values()), axis=0)
        open_here = np.isnan(self.part.column(criterion)) & self._applies(criterion)
        for leaf, part in parts.items():
            share = np.where(open_here & (total > 0), part / np.where(total > 0, total, 1.0), 0.0)
            self.leaves.setdefault(leaf, []).append((criterion.id, share))
        alone = open_here & (total <= 0)
        self._values(criterion, alone)
        for column in self._columns(criterion):
            self._whole_gate(column, open_here & ~alone, [(leaf, self.leaves[leaf][-1][1]) for leaf in parts])
        self._evidence(criterion, ~alone)

    def _whole_gate(self, column: GateColumn, rows: BoolArray, leaves: list[tuple[str, FloatArray]]) -> None:
        limit, _ = column.criterion.bounds(column.gate)
        worst = column.worst[self.rows]
        waits = rows & (column.codes[self.rows] == PENDING) & (worst < limit)
        if not waits.any():
            return
        for leaf, share in leaves:
            self.parts.setdefault(leaf, []).append((len(self.wholes), np.where(waits, share, 0.0)))
        self.wholes.append(WholeGate(waits, worst, limit))
        self.waiting += waits

    def _unsolvable(self) -> None:
        """Mark the rows whose composite waits for leaves that nothing can be learnt of."""
        for number, gate in enumerate(self.wholes):
            reach = gate.worst.copy()
            for facts in self.facts:
                for which, share in facts.parts:
                    if which == number and facts.outcome.can_pass:
                        reach[facts.at] += share * facts.outcome.most
            self.lost |= gate.waits & (np.round(reach, 8) < gate.limit)

    # --- single criteria ---

    def _columns(self, criterion: Criterion) -> Iterator[GateColumn]:
        return (column for column in self.ranking.screening.gates if column.criterion.id == criterion.id)

    def _values(self, criterion: Criterion, unknown: BoolArray) -> None:
        """Add the unknown values, grouped by the must-haves that wait for them (a waiver may have met some)."""
        weight = self.weights[criterion.id].copy()
        bearing = np.zeros(len(self.rows), dtype=bool)
        for whole, share in self.leaves.get(criterion.id, ()):
            weight += self.weights[whole] * share
        for _, share in self.parts.get(criterion.id, ()):
            bearing |= share > 0
        pending = [(c, c.codes[self.rows] == PENDING) for c in self._columns(criterion)]
        pattern = sum((waits.astype(np.int64) << k for k, (_, waits) in enumerate(pending)), np.zeros(len(weight), int))
        for code in np.unique(pattern[unknown]).tolist():
            gates = [column for k, (column, _) in enumerate(pending) if code >> k & 1]
            at = np.flatnonzero(unknown & (pattern == code) & ((weight > 0) | bearing | bool(gates)))
            found = outcome(criterion, *_bounds(gates))
            if found is None:
                self.lost[at] |= bool(gates)
                self.waiting[at] += bool(gates)
            else:
                self._add(criterion.id, VALUE, at, weight[at], found, decides=bool(gates))

    def _evidence(self, criterion: Criterion, known: BoolArray) -> None:
        """Add the confirmations that a must-have asks for: the value is there, its stated level is too low."""
        levels = self.part.levels.get(criterion.id)
        if levels is None:
            return
        short = np.zeros(len(self.rows), dtype=bool)
        for column in self._columns(criterion):
            if column.gate.min_level is not None:
                short |= (column.codes[self.rows] == PENDING) & (levels < column.gate.min_level)
        at = np.flatnonzero(known & short)
        self._add(criterion.id, EVIDENCE, at, np.zeros(len(at)), yes_or_no(), decides=True)


def _bounds(gates: list[GateColumn]) -> tuple[float, float]:
    """Return the raw bounds that all *gates* leave together."""
    bounds = [column.criterion.bounds(column.gate) for column in gates]
    return max((low for low, _ in bounds), default=-math.inf), min((high for _, high in bounds), default=math.inf)
