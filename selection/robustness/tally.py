"""Who comes at which rank in how many draws: totals in, counts out, in blocks that fit the memory.

Equal totals share the better rank (1, 1, 3). Equal means: the same after rounding to 8 decimals, as everywhere on the
0..100 scale; on scales of another size, after rounding to ten digits of the largest value.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from criteria.curves import IDEAL, FloatArray
from selection.model import IntArray
from selection.values import DECIMALS

BLOCK = 1 << 18
"""Numbers held at once per array: 2 MB stay in the cache of the processor."""
_SMALLEST = 0.01  # below this the largest value would keep less than six digits of eight decimals


def grid(largest: float) -> tuple[int, float]:
    """Return (e, f): values x 2^e x f, rounded to whole numbers, are equal where totals count as equal.

    >>> grid(100.0), grid(3e300)[1]
    ((0, 100000000.0), 10000000000.0)
    """
    if largest == 0 or _SMALLEST <= largest <= IDEAL:
        return 0, float(10**DECIMALS)
    return -int(np.frexp(largest)[1]), 1e10


class Tally:
    """Counts ranks of n candidates over draws; *columns* ranks are kept, the others only fill the rest up to 1."""

    def __init__(self, n: int, m: int, columns: int) -> None:
        """Begin with no draws."""
        self.n, self.columns, self.draws = n, columns, 0
        self.first_weights: FloatArray = np.zeros((n, m))
        self.counts = np.zeros((n, columns), dtype=np.int32)  # a million draws fit, and half the memory is faster
        self._bits = max(1, (n - 1).bit_length())

    def add(self, totals: FloatArray, weights: FloatArray) -> None:
        """Count a block: *totals* (b x n, overwritten) on the grid, high is good, drawn with *weights* (b x m)."""
        # One whole number holds the total and, below it, the candidate: so a plain sort, which is many times faster
        # than an indirect one, carries both along.
        keys = np.rint(totals, out=totals).astype(np.int64)
        keys <<= self._bits
        np.subtract(np.arange(self.n), keys, out=keys)
        best, tied = self._best(keys)
        if tied.any():
            self._count_tied(keys[tied], weights[tied])
            best, weights = best[~tied], weights[~tied]
        best &= (1 << self._bits) - 1
        self._count_firsts(best[:, 0], weights)
        best *= self.columns
        best += np.arange(self.columns)
        self._count(best.ravel())
        self.draws += len(keys)

    def _best(self, keys: IntArray) -> tuple[IntArray, NDArray[np.bool_]]:
        """Return the first columns of each draw in order, and which draws hold equal totals among them or next."""
        k = self.columns
        if k < self.n:
            keys.partition(k - 1, axis=1)
            best = np.sort(keys[:, :k], axis=1)
            after = keys[:, k:].min(axis=1) >> self._bits
            tied = after == best[:, -1] >> self._bits
        else:
            keys.sort(axis=1)
            best, tied = keys, np.zeros(len(keys), dtype=bool)
        totals = best >> self._bits
        same = totals[:, 1:] == totals[:, :-1]
        if same.any():
            tied |= same.any(axis=1)
        return best, tied

    def _count_tied(self, keys: IntArray, weights: FloatArray) -> None:
        """Count draws with equal totals: those who are equal share the better rank, however many they are."""
        keys.sort(axis=1)
        totals = keys >> self._bits
        starts = np.ones(keys.shape, dtype=bool)
        np.not_equal(totals[:, 1:], totals[:, :-1], out=starts[:, 1:])
        ranks = np.maximum.accumulate(np.where(starts, np.arange(self.n), 0), axis=1)
        draw, place = np.nonzero(ranks < self.columns)
        rows, ranks = keys[draw, place] & ((1 << self._bits) - 1), ranks[draw, place]
        self._count(rows * self.columns + ranks)
        self._count_firsts(rows[ranks == 0], weights[draw[ranks == 0]])

    def _count(self, cells: IntArray) -> None:
        np.add.at(self.counts.reshape(-1), cells, np.int32(1))  # in place: a new count would go over all n x columns

    def _count_firsts(self, rows: IntArray, weights: FloatArray) -> None:
        for j in range(weights.shape[1]):
            self.first_weights[:, j] += np.bincount(rows, weights=weights[:, j], minlength=self.n)

    @property
    def firsts(self) -> NDArray[np.int32]:
        """Return in how many draws each candidate came first."""
        return self.counts[:, 0]

    @property
    def rank_share(self) -> FloatArray:
        """Return the share of draws at each kept rank (n x columns)."""
        return self.counts / self.draws

    @property
    def central_weights(self) -> FloatArray:
        """Return the mean weights of the draws in which each candidate came first (n x m); NaN where never."""
        return self.first_weights / np.where(self.firsts > 0, self.firsts, np.nan)[:, None]
