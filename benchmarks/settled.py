"""Collect facts in the order proposed until it is settled, on generated pools with a hidden truth.

The settled first three must be the true first three every time. Beside the share of facts that had to be collected
stands the least that anybody could do who knew the truth beforehand.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np

from selection import rank
from selection.robustness.open_facts import standing
from tests.pools import Collected, Pool, collect, pool

SHAPES = (
    (30, 12, 0.2, 3),
    (30, 12, 0.2, 0),
    (10, 7, 0.2, 3),
    (30, 12, 0.4, 3),
    (100, 12, 0.2, 3),
)
"""Candidates, criteria, share unknown, must-haves."""
K = 3


@dataclass(frozen=True, slots=True)
class Row:
    """What one candidate still in needs: is it in, its present band, and what each of its facts would do."""

    inside: bool
    low: float
    high: float
    gains: list[float]
    losses: list[float]
    gates: list[bool]
    fails: bool


def least(made: Pool, result: Collected) -> int:
    """Return the fewest facts that prove the true first k, for somebody who knows every value beforehand.

    For any bar between in and out: those inside need all their must-haves and enough of their surest points to reach
    it, those outside one failed must-have or enough lost points to stay below.
    """
    rows = _rows(made, result)
    bars = sorted({row.low + sum(row.gains) for row in rows})
    return int(min((_cost(rows, bar + step) for bar in bars for step in (-1e-6, 0.0, 1e-6)), default=0.0))


def _cost(rows: list[Row], bar: float) -> float:
    total = 0.0
    for row in rows:
        total += _inside(row, bar) if row.inside else _outside(row, bar)
    return total


def _inside(row: Row, bar: float) -> float:
    facts = list(zip(row.gains, row.gates, strict=True))
    low = row.low + sum(gain for gain, gate in facts if gate)
    count = sum(row.gates)
    for gain in sorted((gain for gain, gate in facts if not gate), reverse=True):
        if low >= bar:
            break
        low, count = low + gain, count + 1
    return count if low >= bar - 1e-7 else np.inf


def _outside(row: Row, bar: float) -> float:
    if row.high < bar:
        return 0
    if row.fails:
        return 1
    high, count = row.high, 0
    for loss in sorted(row.losses, reverse=True):
        high, count = high - loss, count + 1
        if high < bar:
            return count
    return np.inf


def _rows(made: Pool, result: Collected) -> list[Row]:
    before, after = rank(made.shown, made.profile), rank(made.truth, made.profile)
    found = standing(before)
    low, high = found.band()
    failed = set(after.eliminated_rows.tolist())
    rows = []
    for place, row in enumerate(found.rows.tolist()):
        gains, losses, gates = [], [], []
        for facts in found.facts:
            for i in np.flatnonzero(facts.at == place).tolist():
                raw = made.truth.frame[facts.criterion].to_numpy()[row : row + 1]
                value = 50.0 if facts.kind == "evidence" else float(made.profile.by_id[facts.criterion].value(raw)[0])
                down, up = facts.reach()
                moved = facts.weight[i] * (value - 50.0)
                gains.append(float(moved - down[i]))
                losses.append(float(up[i] - moved))
                gates.append(bool(facts.gates[i]))
        inside = str(made.truth.ids[row]) in result.true_first
        rows.append(Row(inside, float(low[place]), float(high[place]), gains, losses, gates, row in failed))
    return rows


def main() -> None:
    """Run the shapes (the first 1,000 times, or as often as the argument says) and print a line for each."""
    often = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    print(f"{'shape':<36}{'pools':>6}{'right':>8}{'median':>9}{'90 %':>7}{'least':>8}{'of all unknown':>16}")
    for number, (n, m, unknown, gates) in enumerate(SHAPES):
        count = often if number == 0 else max(often // 5, 1)
        made = [pool(seed, n, m, unknown, gates) for seed in range(count)]
        results = [collect(each, K, draws=200) for each in made]
        share = [each.facts / each.open_facts for each in results if each.open_facts]
        best = [least(p, each) / each.open_facts for p, each in zip(made, results, strict=True) if each.open_facts]
        right = sum(each.first == each.true_first for each in results)
        known = np.median([each.facts / each.unknown for each in results if each.unknown])
        name = f"{n} x {m}, {unknown:.0%} unknown, {gates} must-haves"
        print(
            f"{name:<36}{count:>6}{right:>8}{np.median(share):>9.1%}{np.quantile(share, 0.9):>7.0%}"
            f"{np.median(best):>8.1%}{known:>16.1%}",
            flush=True,
        )


if __name__ == "__main__":
    main()
