"""The best-worst method: every criterion compared with the most important and with the least important one only.

Both models look for weights whose ratios to the best and the worst come nearest to the judgements: the nonlinear one
bounds the ratios themselves (Rezaei 2015, Omega 53), the linear one differences of weights (Rezaei 2016, Omega 64).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from criteria.curves import FloatArray
from criteria.errors import WeightsError
from criteria.text import msg
from criteria.weights.base import Label, Revisit, Weights, checked_labels, frozen, named, numbers_of
from criteria.weights.best_worst_models import Comparisons, linear, nonlinear, ratio_deviation
from criteria.weights.pairwise import quoted

Model = Literal["linear", "nonlinear"]
MOST = 1_000.0
"""A criterion more than this many times as important as another is a slip."""
_SAME = 1e-9
_BETTER = 1e-6


def best_worst(
    best_to_others: ArrayLike | Mapping[str, float],
    others_to_worst: ArrayLike | Mapping[str, float],
    model: Model = "linear",
    labels: Sequence[Label] | None = None,
    best: int | str | None = None,
    worst: int | str | None = None,
) -> Weights[Any]:
    """Return weights from how many times the best is as important as each criterion, and each as the worst.

    1 = equally important, 9 = extremely more; the best stands at the 1 of *best_to_others*, the worst at the 1 of
    *others_to_worst*; *best* and *worst* (row numbers or names) say which where there are several.
    `consistency`: xi, the smallest deviation of the *model*, and cr, the deviation of the ratios (the nonlinear xi,
    whatever the model) over its `consistency_index`. `detail`: best, worst, "revisit" (a `Revisit` or None) and, where
    more than one set of weights has the smallest deviation (nonlinear only), "intervals" (n × 2); values are then
    their middles divided by their sum.
    Raise WeightsError where the best is not the best, or the worst not the worst.

    >>> best_worst([1, 2, 4], [4, 2, 1]).values.round(4).tolist()
    [0.5714, 0.2857, 0.1429]
    """
    if model not in ("linear", "nonlinear"):
        raise WeightsError(msg("There is no model “{model}”. There are: linear, nonlinear.", model=str(model)))
    found = _read(best_to_others, others_to_worst, labels, best, worst)
    solution = (linear if model == "linear" else nonlinear)(found)
    ratio = consistency_ratio(found)
    detail: dict[str, Any] = {"best": found.best, "worst": found.worst, "revisit": _revisit(found, ratio)}
    if solution.intervals is not None:
        detail["intervals"] = frozen(solution.intervals)
    return Weights(
        named(best_to_others, solution.values),
        MappingProxyType({"xi": solution.xi, "cr": ratio}),
        MappingProxyType(detail),
    )


def _read(
    forth: Any, back: Any, labels: Sequence[Label] | None, best: int | str | None, worst: int | str | None
) -> Comparisons:
    """Return both lists of comparisons in one order, checked."""
    to_others, to_worst = numbers_of(forth), numbers_of(_aligned(forth, back))
    if len(to_others) != len(to_worst):
        raise WeightsError(
            msg("{first} comparisons with the most important criterion and {second} with the least important one: "
                "both need one for each criterion.", first=len(to_others), second=len(to_worst))
        )  # fmt: skip
    names = checked_labels(labels, len(to_others))
    if names is None and isinstance(forth, Mapping):
        names = tuple(forth)
    keys = tuple(forth) if isinstance(forth, Mapping) else tuple(range(len(to_others)))
    return _comparisons(to_others, to_worst, names, _place(keys, best), _place(keys, worst))


def _aligned(first: Any, second: Any) -> Any:
    """Return *second* in the order of the names of *first*, where both are mappings."""
    if isinstance(first, Mapping) != isinstance(second, Mapping):
        raise WeightsError(msg("Give both lists of comparisons with names, or both without."))
    if not isinstance(first, Mapping):
        return second
    if set(first) != set(second):
        raise WeightsError(msg("Both lists of comparisons must name the same criteria."))
    return {name: second[name] for name in first}


def consistency_index(span: float) -> float:
    """Return the largest deviation of ratios that one criterion can cause where the best is *span* times the worst.

    Source: Rezaei (2015), table 1, as the closed form behind it. Two criteria that contradict each other in opposite
    ways can pass it a little where *span* is small.

    >>> [round(consistency_index(n), 2) for n in range(1, 10)]
    [0.0, 0.44, 1.0, 1.63, 2.3, 3.0, 3.73, 4.47, 5.23]
    """
    return (1 + 2 * span - math.sqrt(1 + 8 * span)) / 2


def consistency_ratio(found: Comparisons) -> float:
    """Return the deviation of the ratios over the consistency index; 0 = they fit each other."""
    middle = found.middle[None, :]
    xi = ratio_deviation(found.to_others[middle], found.to_worst[middle], np.array([found.span]))[0]
    return float(xi / consistency_index(found.span)) if found.span > 1 else 0.0


# --- what is asked ----------------------------------------------------------------------------------------------------


def _place(keys: Sequence[int | str], chosen: int | str | None) -> int | None:
    if chosen is not None and chosen not in keys:
        raise WeightsError(msg("There is no criterion “{criterion}” among the comparisons.", criterion=str(chosen)))
    return None if chosen is None else keys.index(chosen)


def _comparisons(
    to_others: FloatArray, to_worst: FloatArray, labels: Sequence[Label] | None, best: int | None, worst: int | None
) -> Comparisons:
    """Return checked comparisons; of several criteria at 1 the best is the one furthest above the worst, and so on."""
    first = _at_one(to_others, to_worst, best, worst)
    if first is None:
        raise WeightsError(
            msg("None of the comparisons of the most important criterion is 1, but compared with itself it must be. "
                "Choose the most important criterion again.")
        )  # fmt: skip
    last = _at_one(to_worst, to_others, worst, first if len(to_others) > 1 else None)
    if last is None:
        raise WeightsError(
            msg("None of the comparisons with the least important criterion is 1, but compared with itself it must be, "
                "and the most important criterion cannot be the least important one as well. Choose it again.")
        )  # fmt: skip
    found = Comparisons(first, last, to_others, to_worst)
    _refuse_outside(found, labels)
    _refuse_beyond(found, labels)
    return found


def _at_one(mine: FloatArray, theirs: FloatArray, chosen: int | None, other: int | None) -> int | None:
    """Return the criterion compared with itself: the *chosen* one, or one at 1 that is not the *other* end."""
    ones = [j for j in map(int, np.flatnonzero(np.abs(mine - 1.0) < _SAME)) if j != other]
    if chosen is not None:
        return chosen if chosen in ones else None
    return max(ones, key=lambda j: float(theirs[j]), default=None)


def _refuse_outside(found: Comparisons, labels: Sequence[Label] | None) -> None:
    """Refuse what is no number from 1 on: below it the other criterion would be the best, or the worst."""
    for j in range(len(found.to_others)):
        for first, second, value in ((found.best, j, found.to_others[j]), (j, found.worst, found.to_worst[j])):
            if 0 < value < 1:
                raise WeightsError(
                    msg("{first} is judged {value:g} against {second}, so {second} is more important. Choose the most "
                        "and the least important criterion again, or give a number from 1 to 9.",
                        first=quoted(labels, first), second=quoted(labels, second), value=float(value))
                )  # fmt: skip
            if not 1 <= value <= MOST:
                raise WeightsError(
                    msg("The judgement of {first} against {second} is {value:g}. It must be a number from 1 (equally "
                        "important) to 9 (extremely more important).",
                        first=quoted(labels, first), second=quoted(labels, second), value=float(value))
                )  # fmt: skip


def _refuse_beyond(found: Comparisons, labels: Sequence[Label] | None) -> None:
    """Refuse two answers to one question, and a criterion above the best or below the worst."""
    best, worst = quoted(labels, found.best), quoted(labels, found.worst)
    back = float(found.to_worst[found.best])
    if abs(back - found.span) > _SAME * found.span:
        raise WeightsError(
            msg("{first} is judged {value:g} against {second} in one list and {back:g} in the other. Give one number.",
                first=best, second=worst, value=found.span, back=back)
        )  # fmt: skip
    for j in found.middle:
        if found.to_others[j] > found.span + _SAME:
            raise WeightsError(
                msg("{first} is {value:g} times as important as {criterion} but only {span:g} times as important as "
                    "{second}. Then {criterion} is the least important criterion.", first=best, second=worst,
                    criterion=quoted(labels, int(j)), value=float(found.to_others[j]), span=found.span)
            )  # fmt: skip
        if found.to_worst[j] > found.span + _SAME:
            raise WeightsError(
                msg("{criterion} is {value:g} times as important as {second} but {first} only {span:g} times. Then "
                    "{criterion} is the most important criterion.", first=best, second=worst,
                    criterion=quoted(labels, int(j)), value=float(found.to_worst[j]), span=found.span)
            )  # fmt: skip


# --- which answer to look at again ------------------------------------------------------------------------------------


def _revisit(found: Comparisons, ratio: float) -> Revisit | None:
    """Return the one judgement whose replacement by another of 1 .. 9 improves the ratio most, by the smallest step."""
    middle = [int(j) for j in found.middle]
    if ratio < _BETTER:
        return None
    said = np.concatenate([found.to_others[middle], found.to_worst[middle], [found.span]])
    which, value, tried = _one_replaced(said)
    span = tried[:, -1]
    xi = ratio_deviation(tried[:, : len(middle)], tried[:, len(middle) : -1], span)
    ratios = xi / np.array([consistency_index(each) or 1.0 for each in span.tolist()])
    order = np.lexsort((np.abs(value - said[which]), np.round(ratios, 9)))
    if not len(order) or ratios[order[0]] > ratio - _BETTER:
        return None
    k, best, worst = order[0], found.best, found.worst
    first, second = [*((best, j) for j in middle), *((j, worst) for j in middle), (best, worst)][which[k]]
    return Revisit(first, second, float(said[which[k]]), float(value[k]), float(value[k]), float(ratios[k]))


def _one_replaced(said: FloatArray) -> tuple[NDArray[np.intp], FloatArray, FloatArray]:
    """Return (which judgement, its new value, all judgements then) for every change of one that stays possible.

    *said*: best to the middle ones, the middle ones to worst, and last best to worst, which none may exceed.
    """
    which = np.repeat(np.arange(len(said)), 9)
    value = np.tile(np.arange(1.0, 10.0), len(said))
    tried = np.tile(said, (len(which), 1))
    tried[np.arange(len(which)), which] = value
    possible = (tried[:, :-1].max(axis=1, initial=1.0) <= tried[:, -1]) & (value != said[which])
    return which[possible], value[possible], tried[possible]
