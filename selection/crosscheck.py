"""Other methods on the one scale: as a ranking of their own, and as the line that speaks up when they disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from criteria.curves import FloatArray
from criteria.errors import MethodError
from criteria.text import Message, msg
from selection.crosscheck_cause import find_cause
from selection.methods import METHODS, cross_check
from selection.methods.engine import SCIKIT
from selection.methods.registry import find_method
from selection.model import PASS, PENDING, WAIVED, IntArray
from selection.screen import Screening
from selection.values import readings

if TYPE_CHECKING:
    from selection.rank import Ranking

PRODUCT_METHODS = ("topsis", "vikor", "waspas", "weighted_product")
"""The witnesses: on fixed bounds nobody's figures in them depend on who else is listed, and none of them is a total.

SPOTIS and the weighted sum between fixed bounds are the total in other words, and RIM is TOPSIS: they cannot disagree.
"""
TOP = 3
METHOD_TITLES: Mapping[str, Message | str] = {
    "weighted_sum": msg("Weighted sum"), "weighted_product": msg("Weighted product"), "waspas": "WASPAS",
    "topsis": "TOPSIS", "vikor": "VIKOR", "promethee_1": "PROMETHEE I", "promethee_2": "PROMETHEE II",
    "electre_tri": "ELECTRE TRI", "moora_ratio": "MOORA", "copras": "COPRAS", "aras": "ARAS", "edas": "EDAS",
    "codas": "CODAS", "mabac": "MABAC", "marcos": "MARCOS", "cocoso": "CoCoSo", "spotis": "SPOTIS", "rim": "RIM",
}  # fmt: skip
"""Names that are nothing but names are the same in every language."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """What the other methods say of the first three: the sentence, and the ranks by method for the complete rows.

    Where they disagree: the method, the row of the candidate that moves, and the criterion that causes it (None where
    no single one does).
    """

    sentence: Message
    agrees: bool
    rows: IntArray
    ranks: Mapping[str, IntArray]
    method: str | None = None
    moved: int | None = None
    criterion: str | None = None


def agreement(ranking: Ranking, methods: Sequence[str] = PRODUCT_METHODS, engine: str = SCIKIT) -> Agreement | None:
    """Return whether *methods* have the same first three as the totals; None where too few candidates are complete.

    Only candidates whose every weighted value is known are compared, and the sentence says so where some are not.
    """
    rows, found = _evaluate(ranking.screening, ranking.weights, methods, engine)
    if len(rows) < 2:
        return None
    ranks = {name: evaluation.ranks for name, evaluation in found.items()}
    ours = _ranks(ranking.score[rows])
    for name in methods:
        if set(_top(ranks[name])) != set(_top(ours)):
            return _disagreement(ranking, rows, ours, ranks, name)
    return Agreement(_agreed(ranking, rows, methods), True, rows, ranks)


def _agreed(ranking: Ranking, rows: IntArray, methods: Sequence[str]) -> Message:
    titles = _listed([METHOD_TITLES.get(name, name) for name in methods])
    count, known, everybody = min(TOP, len(rows)), len(rows), len(ranking.ranked_rows)
    if known < everybody:
        return msg(
            "Computed twice, by two engines: among the {known} of {all} candidates that are fully known, {methods} "
            "agree with this ranking on the first {n}.",
            methods=titles, n=count, known=known, all=everybody,
        )  # fmt: skip
    return msg(
        "Computed twice, by two engines: {methods} agree with this ranking on the first {n}.", methods=titles, n=count
    )


def _listed(titles: Sequence[Message | str]) -> Message | str:
    """Return *titles* as one list in the punctuation of whichever language it is rendered in."""
    return reduce(lambda before, title: msg("{before}, {title}", before=before, title=title), titles)


def _ranks(scores: FloatArray) -> IntArray:
    return np.searchsorted(np.sort(-scores), -scores, side="left") + 1


def _top(ranks: IntArray) -> list[int]:
    return np.flatnonzero(ranks <= min(TOP, len(ranks))).tolist()


def _disagreement(
    ranking: Ranking, rows: IntArray, ours: IntArray, ranks: Mapping[str, IntArray], method: str
) -> Agreement:
    """Return which method differs, who moves furthest across the shortlist's edge, and the criterion that causes it."""
    theirs = ranks[method]
    crossing = [i for i in range(len(rows)) if (ours[i] <= TOP) != (theirs[i] <= TOP)]
    moved = max(crossing, key=lambda i: (abs(int(ours[i]) - int(theirs[i])), -i))
    swapped = [i for i in crossing if (ours[i] <= TOP) != (ours[moved] <= TOP)]
    partner = min(swapped, key=lambda i: (abs(int(theirs[i]) - int(theirs[moved])), i)) if swapped else None
    cause = find_cause(ranking, rows, method, moved, partner)
    criterion = None if cause is None else ranking.profile.criteria[cause]
    facts = {
        "method": METHOD_TITLES.get(method, method),
        "name": str(ranking.candidates.names[rows[moved]]),
        "theirs": int(theirs[moved]),
        "ours": int(ours[moved]),
        "known": len(rows),
        "all": len(ranking.ranked_rows),
        "criterion": "" if criterion is None else criterion.title,
    }
    sentence = _sentence(facts, partly=len(rows) < len(ranking.ranked_rows), cause=criterion is not None)
    named = None if criterion is None else criterion.id
    return Agreement(sentence, False, rows, ranks, method, int(rows[moved]), named)


def _sentence(facts: dict[str, Any], *, partly: bool, cause: bool) -> Message:
    if partly and cause:
        return msg(
            "{method} sees it differently: among the {known} of {all} candidates that are fully known, {name} is "
            "number {theirs} there and number {ours} here, because of {criterion}.",
            **facts,
        )
    if partly:
        return msg(
            "{method} sees it differently: among the {known} of {all} candidates that are fully known, {name} is "
            "number {theirs} there and number {ours} here. No single criterion explains it.",
            **facts,
        )
    if cause:
        return msg(
            "{method} sees it differently: {name} is number {theirs} there and number {ours} here, "
            "because of {criterion}.",
            **facts,
        )
    return msg(
        "{method} sees it differently: {name} is number {theirs} there and number {ours} here. "
        "No single criterion explains it.",
        **facts,
    )


__all__ = ["METHODS", "Agreement", "agreement", "complete_rows", "method_comparison", "method_scores"]
