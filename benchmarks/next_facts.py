"""Which fact to get next, 200 candidates x 12 criteria x 20 % unknown: ours against making the ranking again."""

from __future__ import annotations

import statistics
from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.harness import Pair, measure, report, seconds
from selection import Candidates, Ranking, rank
from selection.robustness.next_facts import OpenFact, next_facts
from tests.pools import first_of, pool

N, M, UNKNOWN, K, POINTS = 200, 12, 0.2, 3, 20


def again(ranking: Ranking, fact: OpenFact) -> float:
    """Return the share of values of one fact that change the first k, by ranking anew for each."""
    candidates, profile = ranking.original
    criterion = profile.by_id[fact.criterion]
    before = first_of(ranking, K)
    if criterion.levels is not None:
        values: list[object] = list(criterion.levels)
    else:
        assert criterion.scale is not None  # noqa: S101
        values = [criterion.scale.raw_at(100 * (i + 0.5) / POINTS)[0] for i in range(POINTS)]
    changed = 0
    for value in values:
        column = candidates.frame[fact.criterion].to_numpy(copy=True)
        column[fact.row] = value
        frame = candidates.frame.copy(deep=False)
        frame[fact.criterion] = pd.Series(column, dtype=column.dtype)
        known: Candidates = replace(candidates, frame=frame)
        changed += first_of(rank(known, profile), K) != before
    return changed / len(values)


def main() -> None:
    """Check that both give the same probabilities, measure, and print."""
    made = pool(0, N, M, UNKNOWN)
    ranking = rank(made.shown, made.profile)
    facts = next_facts(ranking, K)
    asked = [fact for fact in facts if fact.kind == "value"][:40]
    worst = max(abs(again(ranking, fact) - fact.probability) for fact in asked)
    if worst > 1.5 / POINTS:
        raise AssertionError(f"the probabilities differ by {worst:.3f}")
    unknown = int(made.shown.frame.isna().to_numpy().sum())
    print(f"{unknown} unknown values, {len(facts)} of them can still change the first {K}")
    alone = statistics.median(seconds(lambda: next_facts(ranking, K)) for _ in range(9))
    print(f"next_facts with 1,000 joint draws: {alone * 1000:.0f} ms (goal: under a second)")
    few = measure(
        lambda: next_facts(ranking, K, draws=0), lambda: [again(ranking, fact) for fact in facts[:10]], runs=3
    )
    scaled = Pair(few.ours, tuple(time * len(facts) / 10 for time in few.peer))
    report(
        f"first figure of every fact, {N} x {M}, {UNKNOWN:.0%} unknown",
        [(f"rank() again for {POINTS} values of each (10 facts, scaled to all)", scaled, "")],
    )
    large = pool(1, 20_000, M, UNKNOWN)
    big = rank(large.shown, large.profile)
    print(f"20,000 candidates: {seconds(lambda: next_facts(big, K)):.2f} s, {np.isfinite(big.score).sum():,} rows")


if __name__ == "__main__":
    main()
