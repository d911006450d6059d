"""The weights together: the least change (sum of all moves) at which a candidate reaches another, or a place.

Where every criterion applies to both, moving weight from criterion i to j closes the gap by d_j - d_i per unit
(d = value of the second less that of the first): the least change moves weight from the lowest d to the highest, the
exact solution of the linear programme. Where a criterion applies to one of the two only, totals are ratios; for a fixed
level t "the first is at most t, the second at least t" is linear again, and t is searched. For a place among the first
k it is chosen, too, who may stay above: branch and bound over linear programmes that hold only the rivals who matter.
(A general integer solver needs a large constant per rival, loses digits by it, and HiGHS prints to standard output.)
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

import numpy as np

from criteria.curves import IDEAL, FloatArray
from selection.rank import Ranking
from selection.robustness.changes import WeightsChange, contest, counting, is_behind, require_totals
from selection.scenarios_tryout import Middles
from selection.values import DECIMALS

MARGIN = 1e-6
"""Points by which a solver's answer must reach its aim, so that it still does after the solver's own tolerance."""
LEAST_SHARE = 0.01
"""Weight that must go on applying to each of the two: with less, a total says nothing any more."""
NODES = 300
"""Programmes of the exact search for a place; what it has to leave open is an upper bound and says so."""
LEVELS, NARROWED = 17, 20
"""Levels of the total that are tried where totals are ratios: a grid, then closer and closer to the best."""


def weights_together(ranking: Ranking, first: int, second: int) -> WeightsChange | None:
    """Return the weights nearest to the present ones at which *second* reaches *first*; None where none do.

    None too where *second* is not behind. *exact* is False where a criterion applies to one of the two only.
    """
    require_totals(ranking)
    pair = contest(ranking, np.array([first, second]))
    if not is_behind(pair, ranking):
        return None
    used = counting(ranking)
    now, values, applies = ranking.weights[used], pair.values[:, used], pair.applies[:, used]
    complete = bool((applies == 1).all())
    if complete:
        found = transfer(now, values[1] - values[0])
    else:
        found = _by_level(now, values[[1]], applies[[1]], values[[0]], applies[[0]])
    return _change(ranking, found, first, second, complete)


def _change(ranking: Ranking, found: FloatArray | None, first: int, second: int, exact: bool) -> WeightsChange | None:
    if found is None:
        return None
    used = counting(ranking)
    now = ranking.weights[used]
    ids = [c.id for c, counts in zip(ranking.profile.criteria, used.tolist(), strict=True) if counts]
    weights = np.maximum(found, 0.0) / np.maximum(found, 0.0).sum()
    return WeightsChange(
        dict(zip(ids, weights.tolist(), strict=True)), dict(zip(ids, now.tolist(), strict=True)),
        float(np.abs(weights - now).sum()), first, second, exact,
    )  # fmt: skip


def transfer(now: FloatArray, gain: FloatArray) -> FloatArray | None:
    """Return the weights nearest to *now* (m, summing to 1) at which weights @ gain is 0; None if it is never above 0.

    >>> transfer(np.array([0.5, 0.5]), np.array([-10.0, 6.0]))
    array([0.375, 0.625])
    """
    best = int(np.argmax(gain))
    if not gain[best] > 0:
        return None
    weights = np.array(now, dtype=np.float64)
    for donor in np.argsort(gain, kind="stable").tolist():
        missing = -float(weights @ gain)
        if missing <= 0 or donor == best:
            break
        moved = min(float(weights[donor]), missing / float(gain[best] - gain[donor]))
        weights[donor] -= moved
        weights[best] += moved
    return weights


# --- with a solver ----------------------------------------------------------------------------------------------------


def nearest_weights(now: FloatArray, above: FloatArray, least: FloatArray) -> FloatArray | None:
    """Return the weights nearest to *now* (least sum of moves) with above @ weights >= least; None where none do."""
    from scipy.optimize import linprog  # half a second that no first paint should pay

    m = len(now)
    moves = np.hstack([np.eye(m), -np.eye(m)])  # what a weight gains, and what it gives away
    found = linprog(
        np.ones(2 * m), A_ub=-above @ moves, b_ub=above @ now - least, A_eq=np.ones((1, m)) @ moves, b_eq=[0.0],
        bounds=[*((0.0, 1.0) for _ in now), *((0.0, weight) for weight in now)], method="highs",
    )  # fmt: skip
    return None if found.x is None else now + moves @ np.asarray(found.x, dtype=np.float64)


def _by_level(
    now: FloatArray, mine: FloatArray, apply: FloatArray, theirs: FloatArray, apply_theirs: FloatArray
) -> FloatArray | None:
    """Return the nearest weights at which the total of *mine* (1 x m) is at least every total of *theirs* (n x m)."""
    shares = np.vstack([apply, apply_theirs])

    def at(level: float) -> FloatArray | None:
        above = np.vstack([apply * (mine - level), apply_theirs * (level - theirs), shares])
        least = np.r_[np.full(1 + len(theirs), MARGIN), np.full(len(shares), LEAST_SHARE)]
        return nearest_weights(now, above, least)

    def cost(level: float) -> float:
        found = at(level)
        return np.inf if found is None else float(np.abs(found - now).sum())

    lowest = np.where(apply_theirs == 1, theirs, IDEAL).min(axis=1, initial=IDEAL).max(initial=0.0)
    highest = float(np.where(apply == 1, mine, 0.0).max(initial=0.0))
    level = _lowest(cost, np.linspace(lowest, highest, LEVELS)) if lowest < highest else None
    return None if level is None else at(level)


def _lowest(cost: Callable[[float], float], grid: FloatArray) -> float | None:
    """Return where *cost* is lowest: the best of *grid*, narrowed between its neighbours; None where none is finite."""
    costs = [cost(float(level)) for level in grid]
    best = int(np.argmin(costs))
    if not np.isfinite(costs[best]):
        return None
    low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)])
    found, least = float(grid[best]), costs[best]
    for _ in range(NARROWED):
        # The better half beside the best so far is looked at; three points always bracket it.
        tried = (found + high) / 2 if high - found > found - low else (found + low) / 2
        value = cost(tried)
        if value < least:
            low, high = (found, high) if tried > found else (low, found)
            found, least = tried, value
        else:
            low, high = (low, tried) if tried > found else (tried, high)
    return found


# --- a place among the first k ----------------------------------------------------------------------------------------


def weights_into(
    ranking: Ranking, everybody: Middles, position: int, k: int, kth: int
) -> tuple[WeightsChange | None, bool]:
    """Return the weights nearest to the present ones at which at most k - 1 others stand above *position*; is it sure?

    Not sure (an upper bound, or nothing found) where a criterion does not apply to everybody, and after NODES
    programmes.
    """
    used = counting(ranking)
    values, applies = everybody.values[:, used], everybody.applies[:, used]
    now, row = ranking.weights[used], int(everybody.rows[position])
    totals = everybody.totals(ranking.weights)
    others = np.delete(np.arange(len(totals)), position)
    others = others[np.argsort(-totals[others], kind="stable")]
    if (applies == 1).all():
        found, exact = _place(now, values[position] - values[others], k - 1)
    else:
        rivals = [one for one in others[k - 1 :] if _can_lead(values[one], applies[one], values[position])]
        found, exact = _by_level(now, values[[position]], applies[[position]], values[rivals], applies[rivals]), False
    return _change(ranking, found, kth, row, exact), exact


def _can_lead(one: FloatArray, apply: FloatArray, other: FloatArray) -> bool:
    """Tell whether some weights may put *one* above *other*; where not everything applies, its best is compared."""
    if (apply == 1).all():
        return bool((one > other).any())
    return bool(one[apply == 1].max(initial=0.0) > other.min(initial=IDEAL))


def _place(now: FloatArray, lead: FloatArray, allowed: int) -> tuple[FloatArray | None, bool]:
    """Return the nearest weights at which at most *allowed* rows of *lead* @ weights are negative, and whether exact.

    *lead* (rivals x m) is the candidate's values less the rival's, the strongest rival first. Best first: the nearest
    weights under the demands so far; of the rivals still above, the furthest either must come down, or stays.
    """
    if int(((lead <= 0).all(axis=1) & (lead < 0).any(axis=1)).sum()) > allowed:
        return None, True  # so many are at least as good on everything
    order = count()
    nodes: list[tuple[float, int, FloatArray, tuple[int, ...], frozenset[int]]]
    nodes = [(0.0, next(order), now, (), frozenset())]
    for _ in range(NODES):
        if not nodes:
            return None, True
        distance, _, weights, down, stays = heappop(nodes)
        margins = np.round(lead @ weights, DECIMALS)
        if int((margins < 0).sum()) <= allowed:
            return weights, True
        margins[list(stays)] = 0.0
        rival = int(np.argmin(margins))
        if len(stays) < allowed:
            heappush(nodes, (distance, next(order), weights, down, stays | {rival}))
        demand = (*down, rival)
        found = nearest_weights(now, lead[list(demand)], np.full(len(demand), MARGIN))
        if found is not None:
            heappush(nodes, (float(np.abs(found - now).sum()), next(order), found, demand, stays))
    beaten = lead[allowed:][(lead[allowed:] < 0).any(axis=1)]
    return nearest_weights(now, beaten, np.full(len(beaten), MARGIN)), False
