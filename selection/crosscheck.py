"""Other methods on the one scale: as a ranking of their own, and as the line that speaks up when they disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from criteria.curves import FloatArray
from criteria.errors import MethodError
from criteria.text import Message, join, msg
from selection.methods import METHODS, cross_check
from selection.methods.engine import SCIKIT
from selection.methods.registry import find_method
from selection.model import PASS, PENDING, WAIVED, IntArray
from selection.screen import Screening
from selection.values import readings

if TYPE_CHECKING:
    from selection.rank import Ranking

PRODUCT_METHODS = ("topsis", "vikor", "waspas")
TOP = 3
METHOD_TITLES: Mapping[str, str] = {
    "weighted_sum": "Weighted sum", "weighted_product": "Weighted product", "topsis": "TOPSIS", "vikor": "VIKOR",
    "waspas": "WASPAS",
}  # fmt: skip
"""Names of methods are proper names: the same in every language."""


def complete_rows(screening: Screening, weights: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return the qualified rows whose every weighted value is known and applies, and their values (n x m)."""
    rows = screening.rows(PASS, WAIVED)
    found = readings(screening.candidates.take(rows), screening.profile)
    used = weights > 0
    complete = (found.unknown[:, used] == 0).all(axis=1)
    if found.applies is not None:
        complete &= found.applies[:, used].all(axis=1)
    return rows[complete], found.low[complete]


def _evaluate(
    screening: Screening, weights: FloatArray, methods: Sequence[str], engine: str
) -> tuple[IntArray, Mapping[str, Any]]:
    rows, values = complete_rows(screening, weights)
    labels = [criterion.title for criterion in screening.profile.criteria]
    return rows, cross_check(values, weights, methods, engine, criteria=labels)


def method_scores(
    screening: Screening, weights: FloatArray, method: str, unknown: FloatArray, parameters: Mapping[str, Any]
) -> tuple[Screening, FloatArray, FloatArray]:
    """Return (screening, scores, unknown shares) for a ranking by *method* on the one scale, higher is better.

    The method has no rule for unknown values, so candidates that have some become pending. VIKOR's Q, where lower is
    better, is turned into 1 - Q.
    """
    if parameters:
        raise MethodError(msg("A ranking by {method} takes no parameters.", method=method))
    row = find_method(method)
    rows, found = _evaluate(screening, weights, (method,), "own")
    scores = found[method].scores
    score = np.zeros(len(screening.candidates))
    score[rows] = np.round(1.0 - scores if row.lower_is_better else scores, 8)
    verdicts = screening.verdicts.copy()
    verdicts[screening.rows(PASS, WAIVED)] = PENDING
    verdicts[rows] = screening.verdicts[rows]
    return replace(screening, verdicts=verdicts), score, unknown


def method_comparison(screening: Screening, weights: FloatArray, methods: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return method -> id -> rank for the qualified candidates without unknowns."""
    from selection.scenarios import row_key

    rows, found = _evaluate(screening, weights, methods, "own")
    ids = [row_key(screening.candidates, row) for row in rows.tolist()]
    return {name: dict(zip(ids, found[name].ranks.tolist(), strict=True)) for name in methods}


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the other methods say of the first three: the sentence, and the ranks by method for the complete rows."""

    sentence: Message
    agrees: bool
    rows: IntArray
    ranks: Mapping[str, IntArray]


def agreement(ranking: Ranking, methods: Sequence[str] = PRODUCT_METHODS, engine: str = SCIKIT) -> Agreement | None:
    """Return whether *methods* have the same first three as the totals; None where too few candidates are complete."""
    rows, found = _evaluate(ranking.screening, ranking.weights, methods, engine)
    if len(rows) < 2:
        return None
    ranks = {name: evaluation.ranks for name, evaluation in found.items()}
    ours = _ranks(ranking.score[rows])
    disagreeing = [name for name in methods if set(_top(ranks[name])) != set(_top(ours))]
    titles = join([METHOD_TITLES.get(name, name) for name in methods])
    count = min(TOP, len(rows))
    if not disagreeing:
        sentence = msg(
            "Computed twice, by two engines: {methods} agree with this ranking on the first {n}.",
            methods=titles,
            n=count,
        )
        return Agreement(sentence, True, rows, ranks)
    return Agreement(_disagreement(ranking, rows, ours, ranks, disagreeing[0]), False, rows, ranks)


def _ranks(scores: FloatArray) -> IntArray:
    return np.searchsorted(np.sort(-scores), -scores, side="left") + 1


def _top(ranks: IntArray) -> list[int]:
    return np.flatnonzero(ranks <= min(TOP, len(ranks))).tolist()


def _disagreement(
    ranking: Ranking, rows: IntArray, ours: IntArray, ranks: Mapping[str, IntArray], method: str
) -> Message:
    """Return which method differs, who moves furthest across the shortlist's edge, and the criterion that causes it."""
    theirs = ranks[method]
    crossing = [i for i in range(len(rows)) if (ours[i] <= TOP) != (theirs[i] <= TOP)]
    moved = max(crossing, key=lambda i: (abs(int(ours[i]) - int(theirs[i])), -i))
    cause = _cause(ranking, rows, moved)
    return msg(
        "{method} sees it differently: {name} is number {theirs} there and number {ours} here, "
        "mostly because of {criterion}.",
        method=METHOD_TITLES.get(method, method),
        name=str(ranking.candidates.names[rows[moved]]),
        theirs=int(theirs[moved]),
        ours=int(ours[moved]),
        criterion=ranking.profile.criteria[cause].title,
    )


def _cause(ranking: Ranking, rows: IntArray, moved: int) -> int:
    """Return the criterion on which the moved candidate is most unlike its own average: what non-additive rules see."""
    values = readings(ranking.candidates.take(rows[[moved]]), ranking.profile).low[0]
    weights = ranking.weights
    return int(np.argmax(weights * np.abs(values - values @ weights)))


__all__ = ["METHODS", "Agreement", "agreement", "complete_rows", "method_comparison", "method_scores"]
