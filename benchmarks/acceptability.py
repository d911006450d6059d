"""Acceptability, 1,000 candidates x 12 criteria x 10,000 draws: ours against looping libraries over the same draws.

The libraries rank draw by draw and never finish 10,000 draws in reasonable time, so they loop over LOOPED of them and
their time is scaled up linearly, which is what a loop costs. The plain numpy loop runs over all of them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.harness import Pair, measure, report
from selection.robustness import acceptability

N, M, DRAWS, TOP, LOOPED = 1_000, 12, 10_000, 10, 200


def counted(rank: Callable[[np.ndarray], np.ndarray], weights: np.ndarray, columns: int) -> np.ndarray:
    """Return the counts of the first *columns* ranks over *weights*, draw by draw."""
    counts = np.zeros((N, columns), dtype=np.int64)
    for drawn in weights:
        ranks = rank(drawn)
        rows = np.flatnonzero(ranks <= columns)
        counts[rows, ranks[rows].astype(int) - 1] += 1
    return counts


def rankers(values: np.ndarray) -> dict[str, Callable[[np.ndarray], np.ndarray]]:
    """Return, per peer, what ranks all candidates under one set of weights (1 = best)."""
    import skcriteria as skc
    from pymcdm.methods import WSM
    from skcriteria.agg.simple import WeightedSumModel

    directions = np.ones(M)
    plain = WSM(lambda column, cost=False: column)  # the values are on one scale already

    def scikit(weights: np.ndarray) -> np.ndarray:
        return WeightedSumModel().evaluate(skc.mkdm(values, [max] * M, weights=weights)).rank_

    def pymcdm(weights: np.ndarray) -> np.ndarray:
        return plain.rank(plain(values, weights, directions))

    def loop(weights: np.ndarray) -> np.ndarray:
        ranks = np.empty(N, dtype=np.int64)
        ranks[np.argsort(-(values @ weights))] = np.arange(1, N + 1)
        return ranks

    return {"scikit-criteria": scikit, "pymcdm": pymcdm, "plain numpy loop": loop}


def main() -> None:
    """Check that all count the same, measure, and print."""
    rng = np.random.default_rng(0)
    values, weights = rng.uniform(0, 100, (N, M)), rng.dirichlet(np.ones(M), DRAWS)
    goals = {("scikit-criteria", TOP): ">= 200", ("scikit-criteria", N): ">= 80"}
    rows = []
    for name, rank in rankers(values).items():
        looped = DRAWS if name.startswith("plain") else LOOPED
        for columns in (TOP, N):
            ours = acceptability(values, weights[:looped], top=columns).rank_share * looped
            if not np.array_equal(np.rint(ours), counted(rank, weights[:looped], columns)):
                raise AssertionError(f"{name} counts other ranks")
            found = measure(
                lambda columns=columns: acceptability(values, weights, top=columns),
                lambda rank=rank, columns=columns, looped=looped: counted(rank, weights[:looped], columns),
                runs=3,
            )
            scaled = Pair(found.ours, tuple(seconds * DRAWS / looped for seconds in found.peer))
            title = f"{name}, {'all ranks' if columns == N else f'top {TOP}'}, {looped:,} draws looped"
            rows.append((title, scaled, f"peer/ours {goals.get((name, columns), 'reported')}"))
    report(f"acceptability, {N:,} x {M} x {DRAWS:,} draws (peer seconds scaled to {DRAWS:,} draws)", rows)


if __name__ == "__main__":
    main()
