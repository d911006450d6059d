"""Ways to obtain weights: what people say about importance becomes one weight per criterion, summing to 1.

Every way returns `Weights`. What takes one entry per criterion gives an array for a list, and a mapping of the same
names for a mapping. One file per way: simple (equal, points, orders, swing), ahp, best_worst, tradeoff, data_weights;
`group` combines several people, `again` computes what was recorded once more, `words` tells how weights came about,
`still_open` what the answers leave open.

>>> equal(4).values.tolist()
[0.25, 0.25, 0.25, 0.25]
>>> {name: round(w, 2) for name, w in rank_sum({"growth": 2, "solvency": 1}).values.items()}
{'growth': 0.33, 'solvency': 0.67}
"""

from criteria.weights.ahp import ahp
from criteria.weights.base import Revisit, Weights
from criteria.weights.best_worst import best_worst
from criteria.weights.data_weights import critic, entropy
from criteria.weights.group import combine, combine_judgements
from criteria.weights.simple import direct, equal, rank_order_centroid, rank_sum, swing
from criteria.weights.tradeoff import tradeoff

__all__ = [
    "Revisit",
    "Weights",
    "ahp",
    "best_worst",
    "combine",
    "combine_judgements",
    "critic",
    "direct",
    "entropy",
    "equal",
    "rank_order_centroid",
    "rank_sum",
    "swing",
    "tradeoff",
]
