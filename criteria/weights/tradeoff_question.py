"""The next trade-off question: the two invented candidates whose comparison leaves least open, whatever the answer.

The candidates are equal but for two criteria: one is better on the first, the other on the second. How much better
is chosen from levels that people can picture (a rating, a round number of years), so that the answer says whether the
ratio of two weights is above or below a number.

>>> question = next_question([], 2)
>>> question.first, question.second
((100.0, 50.0), (50.0, 100.0))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from criteria.curves import FloatArray
from criteria.errors import WeightsError
from criteria.text import msg
from criteria.weights import polytope
from criteria.weights.tradeoff import BETWEEN, CLOSE, Answer, Choice, constraints

LEVELS = (50.0, 62.5, 75.0, 87.5, 100.0)
"""Values a criterion may be shown at, from what both have to the best: the half points of a rating."""
DRAWS = 600
DECIDED = 0.03
"""An answer that less than this share of the open weights would give is taken for granted and not asked for."""
_UNSURE_ABOUT = 1.5  # who could not tell at one ratio is not asked within this factor of it again


@dataclass(frozen=True, slots=True)
class Question:
    """Two candidates that differ in *criteria* (two column numbers): the first is better on the first of them.

    *share* is the share of the open weights under which the first is the better one.
    """

    first: tuple[float, ...]
    second: tuple[float, ...]
    criteria: tuple[int, int]
    share: float

    def answered(self, choice: Choice) -> Answer:
        """Return the answer that makes *choice*."""
        return Answer(self.first, self.second, choice)


def next_question(
    answers: Sequence[Answer],
    n: int,
    levels: Sequence[Sequence[float]] | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    close: float = CLOSE,
) -> Question | None:
    """Return the question after *answers* on *n* criteria, None where no more can be learned with these *levels*.

    *levels*: per criterion the values it may be shown at, rising from what both candidates have; a criterion with
    fewer than two is never asked about. The question is the one that is expected to reduce the squared error of the
    centroid most, by a sample of the open weights; of equals the first.
    """
    offered = _offered(levels, n)
    weights = polytope.sample(constraints(answers, n, close), draws, seed)
    around = weights - weights.mean(axis=0)
    best: tuple[float, Question] | None = None
    for pair in combinations(range(n), 2):
        jumps = _jumps(offered, pair, answers)
        if len(jumps):
            found = _best(weights[:, pair], around, jumps)
            if found is not None and (best is None or found[0] > best[0] * (1 + 1e-9)):
                best = found[0], _question(offered, pair, jumps[found[1]], found[2], n)
    return None if best is None else best[1]


def _offered(levels: Sequence[Sequence[float]] | None, n: int) -> list[tuple[float, ...]]:
    given: Sequence[Sequence[float]] = [LEVELS] * n if levels is None else levels
    offered = [tuple(float(v) for v in each) for each in given]
    fits = all(0 <= v <= 100 for each in offered for v in each) and all(list(e) == sorted(set(e)) for e in offered)
    if len(offered) != n or not fits:
        raise WeightsError(msg("Every criterion needs the values it may be shown at: rising, from 0 to 100."))
    return offered


def _jumps(offered: Sequence[tuple[float, ...]], pair: tuple[int, int], answers: Sequence[Answer]) -> FloatArray:
    """Return the pairs of jumps worth asking about, one for each ratio, the largest jumps first."""
    mine, other = (np.subtract(offered[j][1:], offered[j][:1]) for j in pair)
    both = np.array([(a, b) for a in mine[::-1] for b in other[::-1]]).reshape(-1, 2)
    both = both[np.argsort(-both.sum(axis=1), kind="stable")]
    _, first = np.unique((both[:, 1] / both[:, 0]).round(6), return_index=True)
    both = both[np.sort(first)]
    for ratio, margin in _asked(pair, answers):
        both = both[np.abs(np.log(both[:, 1] / both[:, 0] / ratio)) > np.log(margin) + 1e-6]
    return both


def _asked(pair: tuple[int, int], answers: Sequence[Answer]) -> list[tuple[float, float]]:
    """Return the ratios at which a pair was asked about, each with the factor around it that is settled by it."""
    found = []
    for answer in answers:
        lead = np.subtract(answer.first, answer.second)
        if tuple(np.flatnonzero(lead).tolist()) == pair and lead[pair[0]] * lead[pair[1]] < 0:
            ratio = abs(float(lead[pair[1]] / lead[pair[0]]))
            found.append((ratio, _UNSURE_ABOUT if answer.choice == "unsure" else 1.0))
    return found


def _best(two: FloatArray, around: FloatArray, jumps: FloatArray) -> tuple[float, int, float] | None:
    """Return what the best jumps of a pair are worth, which these are, and the share that takes the first."""
    takes_first = (two[:, :1] * jumps[:, 0] > two[:, 1:] * jumps[:, 1]).astype(np.float64)
    share = takes_first.mean(axis=0)
    open_still = (share > DECIDED) & (share < 1 - DECIDED)
    if not open_still.any():
        return None
    moved = takes_first.T @ around / len(around)
    worth = np.where(open_still, (moved**2).sum(axis=1) / np.where(open_still, share * (1 - share), 1.0), -1.0)
    chosen = int(np.argmax(worth.round(12)))
    return float(worth[chosen]), chosen, float(share[chosen])


def _question(
    offered: Sequence[tuple[float, ...]], pair: tuple[int, int], jumps: FloatArray, share: float, n: int
) -> Question:
    first, second = np.full(n, BETWEEN), np.full(n, BETWEEN)
    for j, jump, better in zip(pair, jumps.tolist(), (first, second), strict=True):
        first[j] = second[j] = offered[j][0]
        better[j] = offered[j][0] + jump
    return Question(tuple(first.tolist()), tuple(second.tolist()), pair, share)
