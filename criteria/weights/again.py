"""What a recorded weighting holds for each way, and the weights computed from it once more.

====================  ================================================================================================
way                   answers (plain JSON; what else a screen keeps there is left alone)
====================  ================================================================================================
equal                 ``{"criteria": [id, ...]}``
order                 ``{"order": [id, ...]}``, the most important first
points, swing         ``{"points": {id: number}}``
ahp                   ``{"criteria": [id, ...], "judgements": [[first, second, value], ...]}``, each pair once or not
best_worst            ``{"best": id, "worst": id, "best_to_others": {id: number}, "others_to_worst": {id: number},
                      "model": "linear" | "nonlinear"}``; the best's and the worst's own 1 may be left out
tradeoff              ``{"criteria": [id, ...], "answers": [{"first": [value, ...], "second": [...], "choice": ...}]}``
entropy, critic       ``{"criteria": [id, ...], "values": [[value, ...], ...]}``, a row per candidate, more is better;
                      without values only ``{"candidates": number}``, and the weights cannot be computed again
people                ``{"people": {name: {id: weight}}}``
====================  ================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from criteria.curves import FloatArray
from criteria.editing import MOST_CRITERIA
from criteria.errors import WeightsError
from criteria.model import Identifier, Number, Way, Weighting
from criteria.text import msg
from criteria.weights.ahp import ahp
from criteria.weights.base import Label, Weights, frozen
from criteria.weights.best_worst import best_worst
from criteria.weights.data_weights import critic, entropy
from criteria.weights.group import combine
from criteria.weights.simple import direct, equal, rank_order_centroid, swing
from criteria.weights.tradeoff import Answer, Choice, tradeoff

Labels = Mapping[str, Label]


def _once(ids: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(ids)) < len(ids):
        raise ValueError("a criterion stands twice")
    return ids


Ids = Annotated[tuple[Identifier, ...], Field(max_length=MOST_CRITERIA), AfterValidator(_once)]
"""Each criterion once, and no more than a standard may have: a table of pairs grows with the square."""


class _Answers(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class EqualAnswers(_Answers):
    """Who counts."""

    criteria: Ids


class OrderAnswers(_Answers):
    """Who counts, the most important first."""

    order: Ids


class PointsAnswers(_Answers):
    """Points, or what each jump from qualified to ideal is worth."""

    points: dict[Identifier, Number]


class PairAnswers(_Answers):
    """Judgements of pairs: how many times *first* is as important as *second*."""

    criteria: Ids
    judgements: tuple[tuple[Identifier, Identifier, Number], ...] = ()

    def matrix(self) -> FloatArray:
        """Return the judgements as a table, NaN where missing; raise WeightsError for a pair of strangers."""
        place = {key: n for n, key in enumerate(self.criteria)}
        table = np.full((len(place), len(place)), np.nan)
        for first, second, value in self.judgements:
            if first not in place or second not in place:
                raise _unreadable()
            table[place[first], place[second]] = value
        return table


class BestWorstAnswers(_Answers):
    """Comparisons with the best and with the worst."""

    best: Identifier
    worst: Identifier
    best_to_others: dict[Identifier, Number]
    others_to_worst: dict[Identifier, Number]
    model: Literal["linear", "nonlinear"] = "linear"

    def lists(self) -> tuple[dict[str, float], dict[str, float]]:
        """Return both lists in one order, with the best's and the worst's comparison with itself."""
        forth = self.best_to_others | {self.best: 1.0}
        back = self.others_to_worst | {self.worst: 1.0}
        # The best against the worst is one judgement, and may be written in one of the lists only.
        if self.worst not in forth and self.best in back:
            forth[self.worst] = back[self.best]
        if self.best not in back and self.worst in forth:
            back[self.best] = forth[self.worst]
        return forth, back


class Taken(_Answers):
    """One choice between two invented candidates."""

    first: tuple[Number, ...]
    second: tuple[Number, ...]
    choice: Choice


class TradeoffAnswers(_Answers):
    """Choices between invented candidates that are described on *criteria*."""

    criteria: Ids
    answers: tuple[Taken, ...] = ()

    def given(self) -> tuple[Answer, ...]:
        """Return the answers as `tradeoff` takes them."""
        return tuple(Answer(each.first, each.second, each.choice) for each in self.answers)


class DataAnswers(_Answers):
    """The values of the candidates that the weights were read off, where they were kept."""

    criteria: Ids = ()
    values: tuple[tuple[Number, ...], ...] = ()
    candidates: int | None = None


class PeopleAnswers(_Answers):
    """Everybody's weights by name."""

    people: dict[str, dict[Identifier, Number]]


MODELS: Mapping[Way, type[_Answers]] = {
    "equal": EqualAnswers, "order": OrderAnswers, "points": PointsAnswers, "swing": PointsAnswers,
    "ahp": PairAnswers, "best_worst": BestWorstAnswers, "tradeoff": TradeoffAnswers, "entropy": DataAnswers,
    "critic": DataAnswers, "people": PeopleAnswers,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """Weights in the order of *criteria*; row numbers in their detail count in that order."""

    criteria: tuple[str, ...]
    weights: Weights[FloatArray]


def read(way: Way, answers: Mapping[str, Any]) -> Any:
    """Return *answers* as the model of their *way*; raise WeightsError where they are not what that way asks."""
    try:
        return MODELS[way].model_validate(dict(answers))
    except ValidationError:
        raise _unreadable() from None


def compute(way: Way, answers: Mapping[str, Any], labels: Labels | None = None) -> Computed:
    """Return the weights that *answers* give by *way*; *labels* name the criteria in a refusal.

    Raise WeightsError where the answers are incomplete, cannot be read, or contradict what the way asks.

    >>> found = compute("ahp", {"criteria": ["a", "b"], "judgements": [["a", "b", 3]]})
    >>> found.criteria, found.weights.values.round(9).tolist()
    (('a', 'b'), [0.75, 0.25])
    """
    return _WAYS[way](read(way, answers), labels)


def again(weighting: Weighting, labels: Labels | None = None) -> Computed | None:
    """Return the weights of a recorded weighting, computed once more; None where its answers do not give any."""
    try:
        return compute(weighting.way, weighting.answers, labels)
    except WeightsError:
        return None


def _unreadable() -> WeightsError:
    return WeightsError(msg("What was answered for these weights cannot be read. Answer again."))


def _names(ids: tuple[str, ...], labels: Labels | None) -> tuple[Label, ...]:
    return tuple(labels.get(key, key) if labels else key for key in ids)


def _by_name(found: Weights[Any]) -> Computed:
    """Return weights with names as weights in the order of these names."""
    values = frozen(np.array(list(found.values.values()), dtype=np.float64))
    return Computed(tuple(found.values), Weights(values, found.consistency, found.detail))


def _equal(given: EqualAnswers, labels: Labels | None) -> Computed:
    return Computed(given.criteria, equal(len(given.criteria)))


def _order(given: OrderAnswers, labels: Labels | None) -> Computed:
    return Computed(given.order, rank_order_centroid(range(1, len(given.order) + 1)))


def _pairs(given: PairAnswers, labels: Labels | None) -> Computed:
    if not given.criteria:
        raise _unreadable()
    return Computed(given.criteria, ahp(given.matrix(), _names(given.criteria, labels)))


def _best_worst(given: BestWorstAnswers, labels: Labels | None) -> Computed:
    forth, back = given.lists()
    return _by_name(best_worst(forth, back, given.model, _names(tuple(forth), labels), given.best, given.worst))


def _tradeoff(given: TradeoffAnswers, labels: Labels | None) -> Computed:
    return Computed(given.criteria, tradeoff(given.given(), len(given.criteria)))


def _data(way: Callable[..., Weights[FloatArray]]) -> Callable[[DataAnswers, Labels | None], Computed]:
    def found(given: DataAnswers, labels: Labels | None) -> Computed:
        if not given.values or {len(row) for row in given.values} != {len(given.criteria)}:
            raise _unreadable()
        return Computed(given.criteria, way(given.values, labels=_names(given.criteria, labels)))

    return found


def _people(given: PeopleAnswers, labels: Labels | None) -> Computed:
    return _by_name(combine(given.people))


_WAYS: Mapping[Way, Callable[[Any, Labels | None], Computed]] = {
    "equal": _equal,
    "order": _order,
    "points": lambda given, labels: _by_name(direct(given.points)),
    "swing": lambda given, labels: _by_name(swing(given.points)),
    "ahp": _pairs,
    "best_worst": _best_worst,
    "tradeoff": _tradeoff,
    "entropy": _data(entropy),
    "critic": _data(critic),
    "people": _people,
}
