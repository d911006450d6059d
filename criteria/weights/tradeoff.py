"""Weights from choices: "which of these two candidates would you take?", asked where the answer tells most.

An answer says which of two candidates is better, and so on which side of a plane through the weights the truth lies.
What all answers leave open is a polytope (`polytope`); its centroid stands for the weights, and the polytope itself
goes on to the robustness of the ranking, so that one may stop at any time.

>>> answers = [Answer((100, 50), (50, 100), "first")]
>>> found = tradeoff(answers, 2)
>>> found.values.round(2).tolist(), found.detail["intervals"].round(2).tolist()
([0.75, 0.25], [[0.5, 1.0], [0.0, 0.5]])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args

import numpy as np

from criteria.curves import FloatArray
from criteria.errors import WeightsError
from criteria.text import Message, msg, plural
from criteria.weights import polytope
from criteria.weights.base import Weights

Choice = Literal["first", "second", "equal", "unsure"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
CLOSE = 0.1
"""Two candidates count as about equal where what speaks for one is worth at least 90 % of what speaks for the other."""
BETWEEN = 50.0
"""The value of both candidates wherever they do not differ: just qualified."""
_LARGEST = 1e3  # factor of a row in a sum that shows a contradiction; larger ones would be rounding


@dataclass(frozen=True, slots=True)
class Answer:
    """Two invented candidates, each a value of 0..100 per criterion, and which one was taken."""

    first: tuple[float, ...]
    second: tuple[float, ...]
    choice: Choice


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An answer that no weights agree with beside *others*, the fewest earlier answers it contradicts (from 0)."""

    answer: int
    others: tuple[int, ...]

    @property
    def sentence(self) -> Message:
        """Return what contradicts what, counting answers from 1."""
        if not self.others:
            return msg(
                "Answer {answer} takes a candidate that is better in nothing. It is left aside; take it back, "
                "or answer again.",
                answer=self.answer + 1,
            )
        return plural(
            "Answer {answer} contradicts answer {others}: no weights agree with both. It is left aside; "
            "take one of them back.",
            "Answer {answer} contradicts answers {others}: no weights agree with all of them. It is left aside; "
            "take one of them back.",
            len(self.others),
            answer=self.answer + 1,
            others=", ".join(str(other + 1) for other in self.others),
        )


def tradeoff(answers: Iterable[Answer], n: int, close: float = CLOSE, seed: int = 0) -> Weights[FloatArray]:
    """Return the centroid of the weights of *n* criteria that agree with *answers*; no answers give equal weights.

    An answer that contradicts earlier ones is left aside. `detail`: "constraints" (G: what stays open is {w >= 0,
    sum w = 1, G w >= 0}), "intervals" (n x 2), "open" (the widest of them), "contradictions". *close*: see
    `CLOSE`; 0 reads "equal" as exactly equal. Raise WeightsError for what is no answer.
    """
    given = _checked(answers, n)
    kept, contradictions = _agreeing(given, n, close)
    constraints = rows_of([given[i] for i in kept], n, close)
    intervals = polytope.intervals(constraints)
    values = polytope.centre(constraints, seed)
    for numbers in (values, intervals, constraints):
        numbers.setflags(write=False)
    detail = {
        "constraints": constraints,
        "intervals": intervals,
        "open": float((intervals[:, 1] - intervals[:, 0]).max()),
        "contradictions": contradictions,
    }
    return Weights(values, detail=MappingProxyType(detail))


def constraints(answers: Iterable[Answer], n: int, close: float = CLOSE) -> FloatArray:
    """Return what *answers* leave open as rows G with G w >= 0; contradicting answers are left aside."""
    given = _checked(answers, n)
    kept, _ = _agreeing(given, n, close)
    return rows_of([given[i] for i in kept], n, close)


def rows_of(answers: Sequence[Answer], n: int, close: float = CLOSE) -> FloatArray:
    """Return the rows of *answers* one below the other: one for a choice, two for "equal", none for "unsure"."""
    rows = [row for answer in answers for row in _rows(answer, close)]
    return np.array(rows, dtype=np.float64).reshape(len(rows), n)


def _rows(answer: Answer, close: float) -> list[FloatArray]:
    lead = np.subtract(answer.first, answer.second) / 100.0
    gain, loss = np.maximum(lead, 0.0), np.maximum(-lead, 0.0)
    if answer.choice == "equal":
        return [gain - (1.0 - close) * loss, loss - (1.0 - close) * gain]
    return {"first": [lead], "second": [-lead]}.get(answer.choice, [])


def _checked(answers: Iterable[Answer], n: int) -> tuple[Answer, ...]:
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 1:
        raise WeightsError(msg("Trade-off questions need at least one criterion."))
    given = tuple(answers)
    for place, answer in enumerate(given):
        if not _is_answer(answer, int(n)):
            raise WeightsError(
                msg("Answer {place} is none: it needs two candidates with {n} values from 0 to 100 each, and one of "
                    "the choices first, second, equal or unsure.", place=place + 1, n=n)
            )  # fmt: skip
    return given


def _is_answer(answer: Any, n: int) -> bool:
    if not isinstance(answer, Answer) or answer.choice not in CHOICES:
        return False
    values = [*answer.first, *answer.second]
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) and 0 <= v <= 100 for v in values)
    return numbers and len(answer.first) == len(answer.second) == n


# --- what contradicts what --------------------------------------------------------------------------------------------


def _agreeing(answers: Sequence[Answer], n: int, close: float) -> tuple[list[int], tuple[Contradiction, ...]]:
    """Return the answers that agree with all kept before them, and what the others contradict."""
    kept = [i for i, answer in enumerate(answers) if answer.choice != "unsure"]
    if agree([answers[i] for i in kept], n, close):
        return kept, ()
    held: list[int] = []
    found = []
    for i in kept:
        if agree([answers[j] for j in [*held, i]], n, close):
            held.append(i)
        else:
            others = _fewest([answers[j] for j in held], answers[i], n, close)
            found.append(Contradiction(i, tuple(held[j] for j in others)))
    return held, tuple(found)


def agree(answers: Sequence[Answer], n: int, close: float = CLOSE) -> bool:
    """Tell whether some weights agree with all *answers*, each choice of one candidate taken strictly."""
    strict, weak = _strict_and_weak(answers, n, close)
    inside = polytope.interior(np.vstack([weak, strict]))
    return inside is not None and not inside.tight[n + len(weak) :].any()


def _strict_and_weak(answers: Sequence[Answer], n: int, close: float) -> tuple[FloatArray, FloatArray]:
    return (
        rows_of([a for a in answers if a.choice != "equal"], n, close),
        rows_of([a for a in answers if a.choice == "equal"], n, close),
    )


def _fewest(held: Sequence[Answer], last: Answer, n: int, close: float) -> tuple[int, ...]:
    """Return the fewest answers of *held* that *last* contradicts; none can be spared."""
    chosen = _sparsest(held, last, n, close)
    if agree([*(held[i] for i in chosen), last], n, close):
        chosen = list(range(len(held)))
    for i in list(chosen):
        rest = [j for j in chosen if j != i]
        if not agree([*(held[j] for j in rest), last], n, close):
            chosen = rest
    return tuple(chosen)


def _sparsest(held: Sequence[Answer], last: Answer, n: int, close: float) -> list[int]:
    """Return the fewest answers whose rows, weighted and added to those of *last*, are nowhere positive.

    Where there is such a sum no weights can agree with all (Motzkin's theorem of the alternative); an integer
    programme finds the one of the fewest answers. The rows of *last* and of sum w > 0 cost nothing.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    blocks = [np.ones((1, n)), *(rows_of([answer], n, close) for answer in (last, *held))]
    strict = [np.full(len(block), i == 0 or answer.choice != "equal") for i, (block, answer) in
              enumerate(zip(blocks, (last, last, *held), strict=True))]  # fmt: skip
    rows = np.vstack(blocks)
    k, owner = len(rows), np.repeat(np.arange(-2, len(held)), [len(block) for block in blocks])
    uses = (owner[:, None] == np.arange(len(held))).astype(np.float64)[owner >= 0]
    limits = [
        LinearConstraint(np.hstack([rows.T, np.zeros((n, len(held)))]), -np.inf, 0.0),
        LinearConstraint(np.concatenate([*strict, np.zeros(len(held))])[None, :], 1.0, np.inf),
        LinearConstraint(np.hstack([np.eye(k)[owner >= 0], -_LARGEST * uses]), -np.inf, 0.0),
    ]
    found = milp(
        np.append(np.zeros(k), np.ones(len(held))), constraints=limits,
        integrality=np.append(np.zeros(k), np.ones(len(held))),
        bounds=Bounds(0.0, np.append(np.full(k, _LARGEST), np.ones(len(held)))),
    )  # fmt: skip
    return list(range(len(held))) if found.x is None else np.flatnonzero(found.x[k:] > 0.5).tolist()
