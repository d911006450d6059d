"""Values drawn at random: exact ones, ranges drawn uniformly and independently, or samples from elsewhere.

Each source turns weights into totals, draw by draw. The draws of a row come from a generator of its own, so that they
depend on neither the size of the blocks nor on which other rows are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from criteria.curves import FloatArray
from selection.model import BoolArray, IntArray
from selection.robustness.tally import BLOCK

_HALF = 0.5
"""Half a step of the grid: totals that differ by less are equal."""
ONE_CORE = 200_000
"""Multiplications that a product does on one core; OpenBLAS begins to share the work above 4 x 65,536."""
CONFIDENCE_WORK = 500_000_000
"""Comparisons (draws x candidates x those who can be first) that the confidence may take; a second or two."""
CONFIDENCE_DRAWS = 500
"""Value draws that the confidence takes at least, however many candidates there are."""


class Values(Protocol):
    """Values of n candidates on m criteria, on the grid of `tally.grid`."""

    @property
    def shape(self) -> tuple[int, int]:
        """Return (n, m)."""

    def totals(self, weights: FloatArray, draws: int) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Yield blocks of (totals b x n, weights b x m) that make up *draws*; one row of weights serves all draws."""

    def first_share(self, rows: IntArray, weights: FloatArray, draws: int) -> FloatArray:
        """Return the share of value draws in which each of *rows* is first under its own *weights* (c x m)."""


def product(weights: FloatArray, values: FloatArray) -> FloatArray:
    """Return the totals (b x n) of *values* (n x m) under *weights* (b x m).

    In slices so small that the library works on one core: with so few criteria more cores bring nothing, and on a
    machine with other work they wait for each other many times longer than the product takes.
    """
    step = max(1, ONE_CORE // max(1, values.size))
    if step >= len(weights):
        return weights @ values.T
    found = np.empty((len(weights), len(values)))
    for start in range(0, len(weights), step):
        np.matmul(weights[start : start + step], values.T, out=found[start : start + step])
    return found


def _blocks(draws: int, width: int) -> Iterator[slice]:
    step = max(1, BLOCK // max(1, width))
    return (slice(start, min(start + step, draws)) for start in range(0, draws, step))


def _part(weights: FloatArray, block: slice) -> FloatArray:
    if len(weights) > 1:
        return weights[block]
    return np.repeat(weights, block.stop - block.start, axis=0)


@dataclass(frozen=True, slots=True, eq=False)
class Uniform:
    """Values between *low* and *high* (n x m each); *applies* (n x m, None = all) leaves criteria out of a row."""

    low: FloatArray
    high: FloatArray
    applies: BoolArray | None
    seed: int
    numbers: IntArray
    cells: IntArray = field(init=False)
    starts: IntArray = field(init=False)

    def __post_init__(self) -> None:
        """Find the cells that are open, row by row, and where each row begins among them."""
        open_cells = np.flatnonzero(self.high.ravel() > self.low.ravel())
        rows = open_cells // self.low.shape[1]
        object.__setattr__(self, "cells", open_cells)
        object.__setattr__(self, "starts", np.flatnonzero(np.diff(rows, prepend=-1)))

    @property
    def shape(self) -> tuple[int, int]:
        """Return (n, m)."""
        return self.low.shape[0], self.low.shape[1]

    @property
    def is_exact(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not len(self.cells)

    def take(self, rows: IntArray) -> Uniform:
        """Return the values of some rows; each keeps its own draws."""
        applies = None if self.applies is None else self.applies[rows]
        return Uniform(self.low[rows], self.high[rows], applies, self.seed, self.numbers[rows])

    def contenders(self, weights: FloatArray, k: int) -> IntArray:
        """Return the rows whose best total reaches the k-th best of the worst totals under some of *weights*."""
        reaches = np.zeros(self.shape[0], dtype=bool)
        for block in _blocks(len(weights), self.shape[0]):
            worst, best = self._totals(self.low, weights[block]), self._totals(self.high, weights[block])
            bar = -np.partition(-worst, k - 1, axis=1)[:, k - 1 : k]
            reaches |= (best > bar - 2 * _HALF).any(axis=0)
        return np.flatnonzero(reaches)

    def totals(self, weights: FloatArray, draws: int) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Yield blocks of totals; without anything to draw one row of weights gives a single draw."""
        if self.is_exact and len(weights) == 1:
            draws = 1
        generators = self._generators()
        for block in _blocks(draws, max(self.shape[0], len(self.cells))):
            part = _part(weights, block)
            found = product(part, self.low)
            if len(self.cells):
                drawn = self._drawn(generators, len(part))
                drawn *= part[:, self.cells % self.shape[1]]
                found[:, self.moving] += np.add.reduceat(drawn, self.starts, axis=1)
            yield self._per_share(found, part), part

    def first_share(self, rows: IntArray, weights: FloatArray, draws: int) -> FloatArray:
        """Return how often each of *rows* stays first under its own weights while the values are drawn.

        Of very many candidates fewer draws are compared; see CONFIDENCE_WORK.
        """
        draws = min(draws, max(CONFIDENCE_DRAWS, CONFIDENCE_WORK // (self.shape[0] * max(1, len(rows)))))
        step, share = max(1, 8 * BLOCK // draws), np.zeros(len(rows))
        for start in range(0, len(rows), step):
            some = slice(start, start + step)
            share[some] = self._first_share(rows[some], weights[some], draws)
        return share

    def _first_share(self, rows: IntArray, weights: FloatArray, draws: int) -> FloatArray:
        """Do the work of `first_share` for as many rows as fit the memory."""
        # Whenever somebody who cannot be first beats one of the rows, somebody who can be first beats both.
        keep = np.union1d(self.contenders(weights, 1), rows)
        part, rows = self.take(keep), np.searchsorted(keep, rows)
        fixed, each = part._totals(part.low, weights), np.arange(len(rows))
        share = np.ones(fixed.shape) if part.applies is None else weights @ part.applies.T
        best = np.delete(fixed, part.moving, axis=1).max(axis=1, initial=-np.inf)
        won, mine = np.tile(best, (draws, 1)), np.tile(fixed[each, rows], (draws, 1))
        for row, (rng, _), cells in zip(part.moving.tolist(), part._generators(), part._by_row(), strict=True):
            at = weights[:, cells % part.shape[1]] * part._widths(cells) / share[:, row, None]
            total = rng.random((draws, len(cells))) @ at.T
            total += fixed[:, row]
            mine[:, rows == row] = total[:, rows == row]
            np.maximum(won, total, out=won)
        stays: FloatArray = (won <= mine + _HALF).mean(axis=0)
        return stays

    @property
    def moving(self) -> IntArray:
        """Return the rows that have an open value."""
        rows: IntArray = self.cells[self.starts] // self.shape[1]
        return rows

    def _by_row(self) -> list[IntArray]:
        return np.split(self.cells, self.starts[1:]) if len(self.cells) else []

    def _widths(self, cells: IntArray) -> FloatArray:
        widths: FloatArray = self.high.ravel()[cells] - self.low.ravel()[cells]
        return widths

    def _generators(self) -> list[tuple[np.random.Generator, int]]:
        numbers = self.numbers[self.moving].tolist()
        return [
            (np.random.default_rng((self.seed, 1, n)), len(k)) for n, k in zip(numbers, self._by_row(), strict=True)
        ]

    def _drawn(self, generators: list[tuple[np.random.Generator, int]], draws: int) -> FloatArray:
        """Return draws x cells: how far each open value lies above its lowest."""
        found: FloatArray = np.concatenate([rng.random((draws, count)) for rng, count in generators], axis=1)
        found *= self._widths(self.cells)
        return found

    def _totals(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        return self._per_share(product(weights, values), weights)

    def _per_share(self, totals: FloatArray, weights: FloatArray) -> FloatArray:
        """Return totals per applicable weight; a row to which nothing applies stays at zero."""
        if self.applies is None:
            return totals
        share = product(weights, self.applies.astype(np.float64))
        return totals / np.where(share > 0, share, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Values sampled elsewhere: draws x n x m."""

    values: FloatArray

    @property
    def shape(self) -> tuple[int, int]:
        """Return (n, m)."""
        return self.values.shape[1], self.values.shape[2]

    def totals(self, weights: FloatArray, draws: int) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Yield blocks of totals: the d-th weights meet the d-th values."""
        for block in _blocks(draws, self.shape[0] * self.shape[1]):
            part = _part(weights, block)
            yield np.matmul(self.values[block], part[:, :, None])[:, :, 0], part

    def first_share(self, rows: IntArray, weights: FloatArray, draws: int) -> FloatArray:
        """Return how often each of *rows* is first under its own weights over all samples."""
        won = np.zeros(len(rows))
        for block in _blocks(draws, self.shape[0] * len(rows)):
            found = self.values[block] @ weights.T
            mine = np.take_along_axis(found, rows[None, None, :], axis=1)[:, 0, :]
            won += (mine > found.max(axis=1) - _HALF).sum(axis=0)
        return won / draws
