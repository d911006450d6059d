"""How often the order of the others changes when somebody is added or leaves, method by method.

1,000 random problems of 6 candidates x 4 criteria with each method's published defaults; then those methods that serve
as a cross-check, on the one scale with fixed bounds, where it must never happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from criteria.errors import MethodError
from selection.methods import METHODS, cross_check, evaluate

PROBLEMS, N, M = 1_000, 6, 4
Ranks = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Change:
    """What was tried: its name, and how the matrix, the ranks and a random generator give the new matrix and who stays.

    `make(matrix, ranks, directions, rng)` returns the new matrix, whose first rows are the `kept` rows of the old.
    """

    name: str
    make: Callable[[np.ndarray, np.ndarray, np.ndarray, np.random.Generator], tuple[np.ndarray, np.ndarray]]


def dominated(
    matrix: np.ndarray, ranks: np.ndarray, directions: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Add a candidate that is worse than one of them in every criterion, by up to a third."""
    factor = rng.uniform(1.01, 1.5, matrix.shape[1]) ** -directions
    return np.vstack([matrix, matrix[rng.integers(len(matrix))] * factor]), np.arange(len(matrix))


def without_worst(
    matrix: np.ndarray, ranks: np.ndarray, directions: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Take the last candidate away."""
    kept = np.delete(np.arange(len(matrix)), int(ranks.argmax()))
    return matrix[kept], kept


def cloned(
    matrix: np.ndarray, ranks: np.ndarray, directions: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Add somebody a second time."""
    return np.vstack([matrix, matrix[rng.integers(len(matrix))]]), np.arange(len(matrix))


CHANGES = (
    Change("dominated added", dominated),
    Change("worst dropped", without_worst),
    Change("clone added", cloned),
)


def main() -> None:
    """Count and print both tables."""
    print(
        f"the order of the others changes, % of {PROBLEMS:,} problems of {N} x {M} (in brackets: their first changes)"
    )
    _header("published defaults")
    for name in METHODS:
        if name != "electre_tri":  # it compares with limits, never with the others
            _line(name, lambda *problem, name=name: evaluate(name, *problem).ranks, _raw)
    _header("on the one scale, bounds 0 and 100")
    for name, row in METHODS.items():
        if row.on_scale is not None:
            _line(name, lambda values, weights, _, name=name: _on_scale(name, values, weights), _scaled)


def _on_scale(name: str, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.asarray(cross_check(values, weights, (name,), "own")[name].ranks)


def _raw(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return rng.uniform(1, 9, (N, M)), rng.dirichlet(np.ones(M)), rng.choice([-1, 1], M)


def _scaled(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return rng.uniform(0, 100, (N, M)), rng.dirichlet(np.ones(M)), np.ones(M, dtype=int)


def _line(name: str, rank: Ranks, draw: Callable[[np.random.Generator], tuple[np.ndarray, ...]]) -> None:
    """Print one row: for each change the shares of problems, and how many the method refused."""
    cells, refused = [], 0
    for change in CHANGES:
        outcomes = list(_outcomes(change, rank, draw))
        told = [outcome for outcome in outcomes if outcome is not None]
        refused += len(outcomes) - len(told)
        order, first = (100 * np.mean([outcome[place] for outcome in told]) for place in (0, 1))
        cells.append(f"{order:>9.1f} ({first:>4.1f})")
    print(f"{name:<20}" + "".join(f"{cell:>20}" for cell in cells) + f"{refused / len(CHANGES) / PROBLEMS:>10.1%}")


def _outcomes(
    change: Change, rank: Ranks, draw: Callable[[np.random.Generator], tuple[np.ndarray, ...]]
) -> Iterator[tuple[bool, bool] | None]:
    """Yield for each problem whether the order of those who stay changed, and whether their first did."""
    rng = np.random.default_rng(0)
    for _ in range(PROBLEMS):
        matrix, weights, directions = draw(rng)
        try:
            before = rank(matrix, weights, directions)
            changed, kept = change.make(matrix, before, directions, rng)
            after = rank(changed, weights, directions)[: len(kept)]
        except MethodError:
            yield None
            continue
        before = before[kept]
        yield _order(before) != _order(after), (before == before.min()).tolist() != (after == after.min()).tolist()


def _order(ranks: np.ndarray) -> list[int]:
    """Return the ranks among those who stay."""
    return np.searchsorted(np.sort(ranks), ranks).tolist()


def _header(title: str) -> None:
    print(f"\n{title:<20}" + "".join(f"{change.name:>20}" for change in CHANGES) + f"{'refused':>10}")


if __name__ == "__main__":
    main()
