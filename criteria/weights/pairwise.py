"""Pairwise judgements as a reciprocal matrix: read, checked, completed where some are missing, and what it weighs.

A matrix is worked on as logarithms minus the differences of its least-squares potentials: the entries of a nearly
consistent matrix are then near 1 whatever the scale, and the principal eigenvalue stays the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from criteria.curves import FloatArray
from criteria.errors import WeightsError
from criteria.text import msg
from criteria.weights.base import Label, label, table_of

ROUNDED = 0.05
"""How far the product of two reciprocal judgements may be from 1: a printed 0.14 stands for 1/7, a 0.13 for 1/8."""
MOST_MISSING = 500
"""More missing judgements than this are not completed."""
_STEPS = 60
_FLAT = 1e-12
_CLOSE = 1e-8


@dataclass(frozen=True, slots=True, eq=False)
class Principal:
    """The principal eigenvalue, and its right and left eigenvectors with right @ left = 1."""

    value: float
    right: FloatArray
    left: FloatArray


def read_judgements(matrix: ArrayLike, labels: Sequence[Label] | None) -> FloatArray:
    """Return the n × n judgements, NaN where missing, the diagonal 1 and each pair exactly reciprocal.

    A pair may be given on one side only. Raise WeightsError that names the pair that cannot be.
    """
    given = table_of(matrix, msg("Comparison of pairs"))
    rows, columns = given.shape
    if rows != columns:
        raise WeightsError(
            msg("The comparison of pairs has {rows} rows and {columns} columns. It needs a row and a column for each "
                "criterion.", rows=rows, columns=columns)
        )  # fmt: skip
    _refuse_impossible(given, labels)
    mirrored = np.where(np.isnan(given), 1.0 / given.T, given)
    with np.errstate(over="ignore", under="ignore"):
        product = mirrored * mirrored.T
    wrong = np.argwhere(np.triu(np.abs(product - 1.0) > ROUNDED, 1))
    if len(wrong):
        raise _not_reciprocal(mirrored, labels, int(wrong[0, 0]), int(wrong[0, 1]))
    # Of 3 and 0.33 the 3 is what was meant: whole numbers and halves lose nothing in print.
    upper = np.triu(np.where(mirrored >= 1.0, mirrored, 1.0 / mirrored.T), 1)
    lower = np.where(upper != 0, upper, 1.0).T
    exact: FloatArray = np.where(np.tri(rows, k=-1) > 0, 1.0 / lower, upper)
    np.fill_diagonal(exact, 1.0)
    return exact


def _refuse_impossible(given: FloatArray, labels: Sequence[Label] | None) -> None:
    with np.errstate(divide="ignore", over="ignore"):
        wrong = np.argwhere(~(np.isnan(given) | ((given > 0) & np.isfinite(given) & np.isfinite(1.0 / given))))
    if len(wrong):
        i, j = map(int, wrong[0])
        raise WeightsError(
            msg("The judgement of {first} against {second} is {value:g}. It must be a number above zero, such as 3 or "
                "1/3.", first=quoted(labels, i), second=quoted(labels, j), value=float(given[i, j]))
        )  # fmt: skip
    diagonal = np.diagonal(given)
    off = np.flatnonzero(~np.isnan(diagonal) & (np.abs(diagonal - 1.0) > 1e-9))
    if len(off):
        raise WeightsError(
            msg("{first} compared with itself is {value:g}; that must be 1.",
                first=quoted(labels, int(off[0])), value=float(diagonal[off[0]]))
        )  # fmt: skip


def _not_reciprocal(given: FloatArray, labels: Sequence[Label] | None, i: int, j: int) -> WeightsError:
    if given[i, j] < 1 <= given[j, i]:
        i, j = j, i
    value, back = float(given[i, j]), float(given[j, i])
    if labels is None:
        return WeightsError(
            msg("The comparison of pairs is not reciprocal: row {row}, column {column} is {value:g}, so row {column}, "
                "column {row} must be {needed:.4g} (1 divided by it), not {back:g}.",
                row=i + 1, column=j + 1, value=value, needed=1 / value, back=back)
        )  # fmt: skip
    return WeightsError(
        msg("The comparison of pairs is not reciprocal: “{first}” against “{second}” is {value:g}, so “{second}” "
            "against “{first}” must be {needed:.4g} (1 divided by it), not {back:g}.",
            first=labels[i], second=labels[j], value=value, needed=1 / value, back=back)
    )  # fmt: skip


def quoted(labels: Sequence[Label] | None, index: int) -> Label:
    """Return a name in quotation marks, or "criterion 2" without them."""
    return label(None, index) if labels is None else msg("“{name}”", name=labels[index])


def missing_pairs(judgements: FloatArray) -> NDArray[np.intp]:
    """Return the pairs (i < j) without a judgement, k × 2."""
    return np.argwhere(np.triu(np.isnan(judgements), 1))


def known_pairs(judgements: FloatArray) -> NDArray[np.intp]:
    """Return the pairs (i < j) with a judgement, k × 2."""
    return np.argwhere(np.triu(~np.isnan(judgements), 1))


def refuse_islands(judgements: FloatArray, labels: Sequence[Label] | None) -> None:
    """Raise WeightsError where two criteria are compared with each other not even over others."""
    n = len(judgements)
    known = ~np.isnan(judgements)
    reached: NDArray[np.bool_] = np.arange(n) == 0
    for _ in range(n):
        reached = np.asarray(known[reached].any(axis=0))
    if reached.all():
        return
    alone = ~reached if (~reached).sum() <= reached.sum() else reached
    raise WeightsError(
        msg("{first} is compared with {second} neither directly nor through other criteria. Judge one more pair that "
            "joins them.", first=quoted(labels, int(np.flatnonzero(alone)[0])),
            second=quoted(labels, int(np.flatnonzero(~alone)[0])))
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class LeastSquares:
    """What the judgements say on average: potentials (n, mean 0) whose differences are nearest to their logarithms.

    *leverage* (n × n) is 1 where a pair hangs on its own judgement only. Source: Bozoki, Fulop and Ronyai (2010).
    """

    potentials: FloatArray
    leverage: FloatArray


def least_squares(judgements: FloatArray) -> LeastSquares:
    """Return the logarithmic least-squares fit of judgements that leave nobody apart."""
    known = ~np.isnan(judgements)
    np.fill_diagonal(known, False)
    logs = np.where(known, np.log(np.where(known, judgements, 1.0)), 0.0)
    laplacian = np.diag(known.sum(axis=1)) - known.astype(np.float64)
    inverse = np.linalg.pinv(laplacian, hermitian=True)
    diagonal = np.diagonal(inverse)
    return LeastSquares(inverse @ logs.sum(axis=1), diagonal[:, None] + diagonal[None, :] - 2 * inverse)


def principal(matrix: FloatArray) -> Principal:
    """Return the principal eigenvalue and vectors of a positive matrix."""
    value, right = _eigen(matrix)
    _, left = _eigen(matrix.T)
    return Principal(value, right, left / (left @ right))


def eigenvalue(matrix: FloatArray) -> float:
    """Return the principal eigenvalue of a positive matrix."""
    return float(np.linalg.eigvals(matrix).real.max())


def _eigen(matrix: FloatArray) -> tuple[float, FloatArray]:
    values, vectors = np.linalg.eig(matrix)
    largest = int(np.argmax(values.real))
    vector = np.abs(vectors[:, largest].real)
    return float(values[largest].real), vector / vector.sum()


def scaled(judgements: FloatArray, potentials: FloatArray) -> FloatArray:
    """Return the judgements divided by what the *potentials* expect: a similar matrix with entries near 1.

    Raise WeightsError where they contradict each other beyond all numbers.
    """
    with np.errstate(over="ignore", under="ignore"):
        matrix: FloatArray = np.exp(np.log(judgements) - potentials[:, None] + potentials[None, :])
    off = matrix[~np.isnan(matrix)]
    if not (np.isfinite(off).all() and (off > 0).all() and off.max() < 1e100):
        raise WeightsError(
            msg("The judgements contradict each other too much to be weighed. Check their order of size.")
        )
    return matrix


def completed(judgements: FloatArray, potentials: FloatArray) -> FloatArray:
    """Return *judgements* with those missing set so that the principal eigenvalue is smallest; unique.

    The eigenvalue is convex in the logarithms of what is missing (Bozoki, Fulop and Ronyai 2010, Mathematical and
    Computer Modelling 52): Newton's method, started at the least-squares fit, stops at rounding.
    """
    pairs = missing_pairs(judgements)
    if not len(pairs):
        return judgements
    matrix = scaled(judgements, potentials)
    matrix[np.isnan(matrix)] = 1.0
    logs = _smallest(matrix, pairs[:, 0], pairs[:, 1])
    filled = judgements.copy()
    with np.errstate(over="ignore", under="ignore"):
        values = np.exp(logs + potentials[pairs[:, 0]] - potentials[pairs[:, 1]])
    filled[pairs[:, 0], pairs[:, 1]] = values
    filled[pairs[:, 1], pairs[:, 0]] = 1.0 / values
    return filled


def _smallest(matrix: FloatArray, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> FloatArray:
    """Return the logarithms (k) of the open entries at which the principal eigenvalue is smallest."""

    def at(logs: FloatArray) -> FloatArray:
        found = matrix.copy()
        found[rows, columns], found[columns, rows] = np.exp(logs), np.exp(-logs)
        return found

    logs = np.zeros(len(rows))
    for _ in range(_STEPS):
        present = at(logs)
        root = principal(present)
        slope = _slope(present, root, rows, columns)
        if np.abs(slope).max() < _FLAT:
            return logs
        if len(rows) > MOST_MISSING:
            raise WeightsError(
                msg("{n} judgements are missing, too many to be completed. Judge more pairs.", n=len(rows))
            )
        step = -np.linalg.solve(_curvature(present, root, rows, columns), slope)
        length = float(np.abs(step).max())
        if length < _CLOSE:  # the error after such a step is its square: below rounding
            return logs + step
        step *= min(1.0, 2.0 / length)
        while eigenvalue(at(logs + step)) > root.value and np.abs(step).max() > _CLOSE:
            step = step / 2
        logs = logs + step
    return logs


def _slope(matrix: FloatArray, root: Principal, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> FloatArray:
    """Return the first derivatives (k) of the eigenvalue by the logarithms of the open entries."""
    upper = root.left[rows] * matrix[rows, columns] * root.right[columns]
    lower = root.left[columns] * matrix[columns, rows] * root.right[rows]
    slope: FloatArray = upper - lower
    return slope


def _curvature(matrix: FloatArray, root: Principal, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> FloatArray:
    """Return the second derivatives (k × k): perturbation of a simple eigenvalue to the second order."""
    n, k = len(matrix), np.arange(len(rows))
    projector = np.outer(root.right, root.left)
    group = np.linalg.inv(root.value * np.eye(n) - matrix + projector) - projector
    moved, pulled = np.zeros((n, len(rows))), np.zeros((len(rows), n))
    moved[rows, k] = matrix[rows, columns] * root.right[columns]
    moved[columns, k] = -matrix[columns, rows] * root.right[rows]
    pulled[k, columns] = root.left[rows] * matrix[rows, columns]
    pulled[k, rows] = -root.left[columns] * matrix[columns, rows]
    mixed = pulled @ group @ moved
    second = (root.left[rows] * moved[rows, k]) - (root.left[columns] * moved[columns, k])
    curvature: FloatArray = np.diag(second) + mixed + mixed.T
    return curvature
