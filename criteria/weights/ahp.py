"""The analytic hierarchy process: weights from judgements of pairs, how consistent they are, which to revisit."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from criteria.curves import FloatArray
from criteria.weights.base import Label, Revisit, Weights, checked_labels, frozen
from criteria.weights.pairwise import (
    LeastSquares,
    completed,
    eigenvalue,
    known_pairs,
    least_squares,
    principal,
    read_judgements,
    refuse_islands,
    scaled,
)

GOOD_RATIO = 0.10
"""Judgements with a consistency ratio up to this are good enough (Saaty 1980)."""
RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""The mean consistency index of random judgements, by the number of criteria (Saaty 1980)."""
SCALE = tuple([1.0 / n for n in range(9, 1, -1)] + [float(n) for n in range(1, 10)])
"""The judgements of Saaty's scale: 1 = equally important, 9 = extremely more important."""
_SUSPECTS = 5
_LOOKED_AT = 100
_BETTER = 1e-6


def ahp(matrix: ArrayLike, labels: Sequence[Label] | None = None) -> Weights[FloatArray]:
    """Return weights from a reciprocal *matrix* of judgements (n × n, row against column), NaN or None where missing.

    Values are the principal eigenvector; what is missing is completed so that the principal eigenvalue is smallest.
    `consistency` has lambda_max, ci and cr; the random index counts all criteria, also where judgements are missing.
    `detail` has "completed" (n × n) and "revisit", a `Revisit` or None where no other judgement of the scale is better.
    *labels* name the criteria in a refusal. Raise WeightsError for what is not reciprocal or leaves criteria apart.
    Source: Saaty (1980), The analytic hierarchy process.

    >>> found = ahp([[1, 2, 6], [None, 1, 3], [None, None, 1]])
    >>> found.values.round(3).tolist(), round(found.consistency["cr"], 6)
    ([0.6, 0.3, 0.1], 0.0)
    """
    judgements = read_judgements(matrix, labels)
    names = checked_labels(labels, len(judgements))
    refuse_islands(judgements, names)
    fit = least_squares(judgements)
    full = completed(judgements, fit.potentials)
    root = principal(scaled(full, fit.potentials))
    weights = root.right * np.exp(fit.potentials - fit.potentials.max())
    consistency = _consistency(root.value, len(full))
    detail = {"completed": frozen(full.copy()), "revisit": _revisit(judgements, full, fit, consistency["cr"])}
    return Weights(frozen(weights / weights.sum()), MappingProxyType(consistency), MappingProxyType(detail))


def random_index(n: int) -> float:
    """Return the consistency index of random judgements on *n* criteria.

    The table up to 10; beyond it the line (2.7699 n − 4.3513 − n) / (n − 1) of Alonso and Lamata (2006), which meets
    the table at 10 within 0.01.

    >>> random_index(4), round(random_index(15), 2)
    (0.9, 1.59)
    """
    return RANDOM_INDEX[n] if n < len(RANDOM_INDEX) else (1.7699 * n - 4.3513) / (n - 1)


def _consistency(lambda_max: float, n: int) -> dict[str, float]:
    """Return lambda_max, ci and cr; rounding never makes them better than consistent, and two cannot contradict."""
    largest = max(lambda_max, float(n)) if n > 2 else float(n)
    index = (largest - n) / (n - 1) if n > 2 else 0.0
    return {"lambda_max": largest, "ci": index, "cr": index / random_index(n) if n > 2 else 0.0}


def _ratio(judgements: FloatArray, fit: LeastSquares) -> float:
    full = completed(judgements, fit.potentials)
    return _consistency(eigenvalue(scaled(full, fit.potentials)), len(full))["cr"]


def nearest_on_scale(value: float) -> float:
    """Return the judgement of the scale 1/9 .. 9 nearest to *value*, as a ratio.

    >>> nearest_on_scale(2.6), nearest_on_scale(40)
    (3.0, 9.0)
    """
    return min(SCALE, key=lambda each: abs(np.log(each / value)))


def _revisit(judgements: FloatArray, full: FloatArray, fit: LeastSquares, ratio: float) -> Revisit | None:
    """Return the one judgement whose replacement by the nearest of the scale that fits improves the ratio most."""
    if len(judgements) < 3 or ratio < _BETTER:
        return None
    tried = [_replaced(judgements, i, j) for i, j in _suspects(judgements, full, fit)]
    best = min(tried, key=lambda each: each.ratio, default=None)
    return best if best is not None and best.ratio < ratio - _BETTER else None


def _suspects(judgements: FloatArray, full: FloatArray, fit: LeastSquares) -> list[tuple[int, int]]:
    """Return the pairs that may disturb most: by the eigenvalue with what least squares over the others expects."""
    i, j = known_pairs(judgements).T
    supported = fit.leverage[i, j] < 1 - 1e-9  # where a pair hangs on its own judgement, no other says anything of it
    i, j = i[supported], j[supported]
    off = np.log(judgements[i, j]) - (fit.potentials[i] - fit.potentials[j])
    off = off / (1 - fit.leverage[i, j])
    furthest = np.argsort(-np.abs(off), kind="stable")[:_LOOKED_AT]
    i, j, off = i[furthest], j[furthest], off[furthest]
    matrix = scaled(full, fit.potentials)
    values = []
    for row, column, excess in zip(i, j, off, strict=True):
        tried = matrix.copy()
        tried[row, column] *= nearest_on_scale(full[row, column] / np.exp(excess)) / full[row, column]
        tried[column, row] = 1.0 / tried[row, column]
        values.append(eigenvalue(tried))
    return [(int(i[k]), int(j[k])) for k in np.argsort(values, kind="stable")[:_SUSPECTS]]


def _replaced(judgements: FloatArray, i: int, j: int) -> Revisit:
    """Return what the other judgements expect of the pair (i, j), and the ratio with the nearest of the scale."""
    open_pair = judgements.copy()
    open_pair[i, j] = open_pair[j, i] = np.nan
    fit = least_squares(open_pair)
    fits = float(completed(open_pair, fit.potentials)[i, j])
    nearest = nearest_on_scale(fits)
    open_pair[i, j], open_pair[j, i] = nearest, 1.0 / nearest
    ratio = _ratio(open_pair, least_squares(open_pair))
    value = float(judgements[i, j])
    # Read from the side that is more important today: "7 times", not "0.14 times".
    if value >= 1:
        return Revisit(i, j, value, fits, nearest, ratio)
    return Revisit(j, i, 1 / value, 1 / fits, nearest_on_scale(1 / fits), ratio)
