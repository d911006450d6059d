"""Two orders at once: who is ahead on both, and who cannot be compared, without a table of all pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ranks = NDArray[np.int64]


def better_on_both(first: Ranks, second: Ranks) -> Ranks:
    """Return for each row how many others have no higher rank in *first* and *second*, and a lower one in either.

    O(n log² n): rows are sorted by *first*, and the halves of ever larger blocks are merged by *second*.

    >>> better_on_both(np.array([1, 2, 2, 4]), np.array([2, 1, 1, 4])).tolist()
    [0, 0, 0, 3]
    """
    alike, group, sizes = np.unique(np.stack([first, second], axis=1), axis=0, return_inverse=True, return_counts=True)
    ahead = _ahead(alike[:, 1], sizes)
    return np.asarray(ahead[group.ravel()], dtype=np.int64)


def _ahead(ranks: Ranks, sizes: Ranks) -> Ranks:
    """Return for each position the sum of *sizes* at the earlier positions whose rank is not higher."""
    total = np.zeros(len(ranks), dtype=np.int64)
    by_rank = np.argsort(ranks, kind="stable")
    width = 1
    while width < len(ranks):
        merged = by_rank[np.argsort(by_rank // (2 * width), kind="stable")]
        left = merged // width % 2 == 0
        sums = np.cumsum(np.where(left, sizes[merged], 0))
        # What stands in earlier blocks is subtracted: the sum before the block's first member.
        starts = np.searchsorted(merged // (2 * width), merged // (2 * width), side="left")
        within = sums - np.append(0, sums)[starts]
        total[merged] += np.where(left, 0, within)
        width *= 2
    return total


def incomparable(first: Ranks, second: Ranks) -> tuple[tuple[int, int], ...]:
    """Return the pairs of rows of which each is ahead in one of the two orders, the smaller row number first.

    >>> incomparable(np.array([1, 2, 2, 4]), np.array([2, 1, 1, 4]))
    ((0, 1), (0, 2))
    """
    pairs: list[tuple[int, int]] = []
    for row in range(len(first) - 1):
        ahead = (first[row] < first[row + 1 :]) & (second[row] > second[row + 1 :])
        behind = (first[row] > first[row + 1 :]) & (second[row] < second[row + 1 :])
        pairs += [(row, row + 1 + int(other)) for other in np.flatnonzero(ahead | behind)]
    return tuple(pairs)
