"""How alike the assessors rate: agreement on the order, who is strict or mild, and who tells nobody apart.

Sources: M. G. Kendall and B. Babington Smith (1939), "The problem of m rankings", with the correction for ties of
S. Siegel (1956), "Nonparametric Statistics", p. 229-238; the words for W follow R. C. Schmidt (1997), "Managing Delphi
surveys using nonparametric statistical techniques". Leniency is the two-way additive model by least squares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from criteria.curves import FloatArray
from selection.model import IntArray
from selection.panel import Panel

STRICT = 0.25
"""An assessor who lies this many points off the others on average is called strict or mild."""
STRONG, MODERATE, WEAK = 0.7, 0.5, 0.3
"""From here on Kendall's W is called strong, moderate and weak agreement; below, hardly any."""
FEWEST_CANDIDATES = 3
"""An order of fewer candidates says nothing about agreement, and one of fewer ratings nothing about a habit."""


def ranks_of(scores: FloatArray) -> FloatArray:
    """Return the ranks of one assessor's *scores*, the highest = 1; equal ones share the mean of their places.

    >>> ranks_of(np.array([4.0, 5.0, 4.0, 2.0])).tolist()
    [2.5, 1.0, 2.5, 4.0]
    """
    _, place, counts = np.unique(-scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    shared: FloatArray = (last - (counts - 1) / 2)[place]
    return shared


def kendall_w(matrix: FloatArray) -> float:
    """Return Kendall's coefficient of concordance W, 0..1, corrected for ties.

    *matrix* is complete, candidates x assessors, higher = better. NaN for fewer than two of either, and where every
    assessor gives everybody the same.

    >>> kendall_w(np.array([[5.0, 5.0], [3.0, 2.0], [1.0, 1.0]]))
    1.0
    """
    n, m = matrix.shape
    if n < 2 or m < 2:
        return float("nan")
    ranks = np.column_stack([ranks_of(matrix[:, j]) for j in range(m)])
    sums = ranks.sum(axis=1)
    spread = float(((sums - sums.mean()) ** 2).sum())
    ties = sum(float((counts**3 - counts).sum()) for counts in map(_tie_sizes, matrix.T))
    most = m * m * (n**3 - n) - m * ties
    return min(12 * spread / most, 1.0) if most > 0 else float("nan")


def _tie_sizes(scores: FloatArray) -> FloatArray:
    return np.unique(scores, return_counts=True)[1].astype(np.float64)


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's *w* over the candidates that all of *assessors* rated; NaN where these are too few."""

    w: float
    candidates: int
    assessors: tuple[str, ...]


def concordance(panel: Panel) -> Concordance:
    """Return how alike the assessors order the candidates, on the cells that every one of them rated.

    An assessor with fewer than three ratings is left out. Over several criteria a candidate counts with the sum of its
    ratings, on the criteria for which everybody rated it.
    """
    known = ~np.isnan(panel.ratings)
    people = np.flatnonzero(known.sum(axis=0) >= FEWEST_CANDIDATES)
    complete = np.flatnonzero(known[:, people].all(axis=1)) if len(people) > 1 else np.zeros(0, dtype=np.int64)
    names = tuple(panel.assessors[j] for j in people)
    sums = _sums(panel, complete, people)
    w = kendall_w(sums) if len(sums) >= FEWEST_CANDIDATES else float("nan")
    return Concordance(w, len(sums), names)


def _sums(panel: Panel, cells: IntArray, people: IntArray) -> FloatArray:
    """Return candidates x assessors: the sums over those criteria that are complete for most candidates alike."""
    criteria: dict[tuple[str, str | None], dict[str, int]] = {}
    for row in cells.tolist():
        cell = panel.cells[row]
        criteria.setdefault((cell.candidate, cell.region), {})[cell.criterion] = row
    shared = _widest(list(criteria.values()))
    rows = [[mine[name] for name in shared] for mine in criteria.values() if shared <= mine.keys()]
    if not shared:
        return np.zeros((0, len(people)))
    sums: FloatArray = np.array([panel.ratings[mine][:, people].sum(axis=0) for mine in rows])
    return sums


def _widest(candidates: list[dict[str, int]]) -> set[str]:
    """Return the set of criteria, among those some candidate has complete, that covers the most ratings."""
    covered = [
        (len(option) * sum(option <= mine.keys() for mine in candidates), sorted(option))
        for option in {frozenset(mine) for mine in candidates}
    ]
    return set(max(covered)[1]) if covered else set()


# --- strict or mild ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leniency:
    """By how many points each assessor rates above (+, mild) or below (-, strict) the others, for the same cells.

    *groups* are the assessors that can be compared with each other, through cells they share; the effects of a group
    sum to 0. *shared* counts, per assessor, the cells that somebody else rated too.
    """

    effects: Mapping[str, float]
    groups: tuple[tuple[str, ...], ...]
    shared: Mapping[str, int]


ROUNDING = 1e-9
"""Singular values below this share of the largest are zero but for rounding."""


def leniency(panel: Panel) -> Leniency:
    """Return how strict or mild each assessor is, also where not everybody met everybody.

    Least squares of rating = cell + assessor: the cells are eliminated from the normal equations, which leaves one
    equation per assessor (a graph Laplacian), solved group by group. Of its solutions the shortest sums to 0.
    """
    known = (~np.isnan(panel.ratings)).astype(np.float64)
    ratings = np.where(known > 0, panel.ratings, 0.0)
    count = known.sum(axis=1)
    used = count > 1
    share = known[used] / count[used, None]
    system = np.diag(known[used].sum(axis=0)) - known[used].T @ share
    right = ratings[used].sum(axis=0) - share.T @ ratings[used].sum(axis=1)
    effects = np.zeros(len(panel.assessors))
    groups = _groups(known[used])
    for group in groups:
        # The equations leave one constant open; rounding must not decide it, so near-zero directions are cut off.
        found = np.linalg.lstsq(system[np.ix_(group, group)], right[group], rcond=ROUNDING)[0]
        effects[group] = found - found.mean()
    shared = known[used].sum(axis=0).astype(int).tolist()
    return Leniency(
        dict(zip(panel.assessors, effects.round(10).tolist(), strict=True)),
        tuple(tuple(panel.assessors[j] for j in group) for group in groups),
        dict(zip(panel.assessors, shared, strict=True)),
    )


def _groups(known: FloatArray) -> list[list[int]]:
    """Return the assessors in groups that share cells, directly or through others."""
    linked = (known.T @ known) > 0
    open_, groups = list(range(known.shape[1])), []
    while open_:
        group, edge = [open_[0]], [open_.pop(0)]
        while edge:
            near = [j for j in open_ if linked[edge[0], j]]
            open_ = [j for j in open_ if j not in near]
            group += near
            edge = edge[1:] + near
        groups.append(sorted(group))
    return groups


# --- habits -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Habit:
    """An assessor whose ratings tell little apart.

    *kind* "same": gives everybody the same *rating*; "halo": rates one candidate alike on every criterion.
    """

    assessor: str
    kind: str
    count: int
    rating: float | None = None


def habits(panel: Panel) -> tuple[Habit, ...]:
    """Return who gives everybody the same rating, and whose ratings follow one impression per candidate.

    Asked from three ratings on; the second from three candidates with three criteria each.
    """
    found = []
    for j, who in enumerate(panel.assessors):
        values = panel.ratings[:, j]
        known = np.flatnonzero(~np.isnan(values))
        if len(known) < FEWEST_CANDIDATES:
            continue
        if len(set(values[known].tolist())) == 1:
            found.append(Habit(who, "same", len(known), float(values[known[0]])))
        elif (count := _alike(panel, j, known)) >= FEWEST_CANDIDATES:
            found.append(Habit(who, "halo", count))
    return tuple(found)


def _alike(panel: Panel, assessor: int, known: IntArray) -> int:
    """Return how many candidates the assessor rated alike on three criteria or more, 0 where any was told apart."""
    ratings: dict[tuple[str, str | None], list[float]] = {}
    for row in known.tolist():
        cell = panel.cells[row]
        ratings.setdefault((cell.candidate, cell.region), []).append(float(panel.ratings[row, assessor]))
    wide = [values for values in ratings.values() if len(values) >= FEWEST_CANDIDATES]
    return len(wide) if all(len(set(values)) == 1 for values in wide) else 0
