"""Tipping points: the smallest change that swaps two candidates, or brings one among the first.

Three kinds, all exact: the weight of one criterion with the others in proportion, the weights together (the least sum
of moves), and one fact or rating of one of the two. "Reaches" = the totals are equal; beyond that the order is swapped.
"""

from __future__ import annotations

from criteria.errors import RunError
from criteria.text import msg
from selection.rank import Ranking
from selection.robustness.changes import (
    TopChange,
    ValueChange,
    WeightChange,
    WeightsChange,
    contest,
    ranked_position,
    require_totals,
)
from selection.robustness.tipping_value import one_value, rises
from selection.robustness.tipping_weight import each_weight, each_weight_into
from selection.robustness.tipping_weights import weights_into, weights_together


def one_weight(ranking: Ranking, first: int, second: int) -> WeightChange | None:
    """Return the smallest change of one weight, the others in proportion, at which *second* reaches *first*.

    None where no weight alone can do it, and where *second* is not behind.
    """
    return next(iter(each_weight(ranking, first, second)), None)


def into_top(ranking: Ranking, row: int, k: int = 3) -> TopChange:
    """Return what brings the ranked *row* among the first *k*: at most k - 1 others have a higher total then.

    The weights are exact over all who are ranked; of the values only its own rise is looked at. Raise RunError where
    *row* is not ranked or *k* is below 1.
    """
    require_totals(ranking)
    position = ranked_position(ranking.ranked_rows, row)
    if position is None or k < 1:
        raise RunError(msg("Only a ranked candidate can come among the first ones; this one is not ranked here."))
    kth = int(ranking.ranked_rows[min(k, len(ranking.ranked_rows)) - 1])
    if ranking.ranks[position] <= k:
        return TopChange(row, k, kth, True)
    everybody = contest(ranking, ranking.ranked_rows)
    weight = next(iter(each_weight_into(ranking, everybody, position, k, kth)), None)
    together, proven = weights_into(ranking, everybody, position, k, kth)
    return TopChange(row, k, kth, False, weight, together, rises(ranking, row, kth), proven)


__all__ = [
    "TopChange", "ValueChange", "WeightChange", "WeightsChange", "each_weight", "into_top", "one_value", "one_weight",
    "weights_together",
]  # fmt: skip
