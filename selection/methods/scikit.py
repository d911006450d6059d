"""scikit-criteria as the independent second engine; the only file that imports it (its kernels: scikit_kernels.py).

Its normalisations and aggregators compute; the gate, the preconditions, the tie rule and the degenerate cases are
ours. Not used, each for a fault that was seen: its filters (thresholds go by column order), `untied_rank_` and
`FallbackTieBreaker` (ties broken by row order), `MinMaxInverter` (one bad cell zeroes a column), and VIKOR's
compromise set as rank 1.
"""

from __future__ import annotations

import importlib
import io
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from criteria.errors import MethodError
from criteria.text import msg
from selection.methods.base import Floats, Normalization, Problem
from selection.methods.normalize import fit, power_of_two

_LOCK = threading.Lock()
"""Standard output and the warnings filter belong to the whole process, so one computation at a time."""
NARROW = 1e-6
"""TOPSIS subtracts normalised values here: where every column varies by less than this share, rounding decides."""


@dataclass(frozen=True, slots=True, eq=False)
class ScaledTable:
    """A matrix as scikit-criteria normalised it; `ends` are the two bounds (2 × k), `directions` as they still are.

    With the normalisation "none" the `values` are the `published` ones times 2 ** -exponent.
    """

    values: Floats
    published: Floats
    ends: Floats | None
    directions: Floats
    weights: Floats
    exponent: int


def weighted_sums(table: ScaledTable) -> Floats:
    """Return the weighted sums; its ratio system subtracts costs and takes negatives, its weighted sum does neither."""
    plain = (table.directions > 0).all() and (table.values >= 0).all()
    name = "simple.WeightedSumModel" if plain else "moora.RatioMOORA"
    return np.atleast_1d(run(name, table.values, table.directions, table.weights)["score"])


def log_products(table: ScaledTable) -> Floats:
    """Return the natural logarithms of the weighted products, as published."""
    upward = np.ones_like(table.directions)
    turned = transform(["invert_objectives.InvertMinimize"], table.published, table.directions, table.weights)
    logs = run("simple.WeightedProductModel", turned, upward, table.weights)["score"]
    if not np.isfinite(logs).all():
        raise too_far_apart()
    return np.asarray(logs * np.log(10.0), dtype=np.float64)


_STEPS: Mapping[Normalization, Sequence[str]] = {
    "none": (),
    "sum": ("invert_objectives.InvertMinimize", "scalers.SumScaler"),
    "max": ("invert_objectives.InvertMinimize", "scalers.MaxAbsScaler"),
    "minmax": ("invert_objectives.NegateMinimize", "scalers.MinMaxScaler"),
    "vector": ("scalers.VectorScaler",),
}


def normalize(problem: Problem, normalization: Normalization, bounds: Floats | None = None) -> ScaledTable:
    """Return *problem* normalised; with bounds the two ends are normalised alike."""
    scale = fit(problem, normalization, bounds)
    shifts = column_shifts(problem, bounds, common=normalization == "none")
    values, ends = np.ldexp(problem.values, -shifts), None
    empty = (problem.values == 0).all(axis=0) & (normalization not in ("none", "minmax"))
    values[:, empty] = 1.0  # it would divide 0 by 0; the column is set to 0 afterwards
    if bounds is not None and normalization == "minmax":  # the ends are the range
        values = np.ldexp(stack(problem.values, extremes(bounds, problem.directions)), -shifts)
    values = transform(_STEPS[normalization], values, problem.directions, problem.weights)
    values[:, empty] = 0.0
    if bounds is not None:
        best, worst = scale.extremes(problem.directions)
        ends = values[problem.size :] if normalization == "minmax" else scale.apply(np.vstack([best, worst]))
    values = values[: problem.size]
    published = problem.values if normalization == "none" else values
    return ScaledTable(values, published, ends, scale.directions, problem.weights, scale.exponent)


def column_shifts(problem: Problem, bounds: Floats | None = None, *, common: bool = False) -> NDArray[np.int64]:
    shifts = power_of_two(problem.values if bounds is None else np.vstack([problem.values, bounds.T]))
    return np.full_like(shifts, shifts.max()) if common else shifts


def extremes(bounds: Floats | None, directions: Floats) -> Floats | None:
    """Return the candidate with every best bound and the one with every worst (2 × k)."""
    if bounds is None:
        return None
    low, high = bounds.T
    return np.vstack([np.where(directions > 0, high, low), np.where(directions > 0, low, high)])


def stack(values: Floats, ends: Floats | None) -> Floats:
    return values if ends is None else np.vstack([values, ends])


def transform(steps: Sequence[str], values: Floats, directions: Floats, weights: Floats) -> Floats:
    """Return *values* after the preprocessing *steps* of scikit-criteria."""
    import skcriteria

    with _quiet():
        decision = skcriteria.mkdm(values, directions.astype(int), weights=weights)
        for step in steps:
            transformer = _find("preprocessing", step)
            decision = (transformer("matrix") if step.startswith("scalers") else transformer()).transform(decision)
    return np.array(decision.matrix, dtype=np.float64)


def run(
    name: str,
    values: Floats,
    directions: Floats,
    weights: Floats,
    asked: Mapping[str, Any] = MappingProxyType({}),
    **settings: Any,
) -> Mapping[str, Any]:
    """Return the figures of the aggregator *name* made with *settings*; what it is *asked* goes with the matrix."""
    import skcriteria

    aggregator = _find("agg", name)(**settings)
    with _quiet():
        result = aggregator.evaluate(skcriteria.mkdm(values, directions.astype(int), weights=weights), **asked)
    return {key: result.e_[key] for key in result.e_}


def _find(package: str, name: str) -> Any:
    module, _, attribute = name.partition(".")
    return getattr(importlib.import_module(f"skcriteria.{package}.{module}"), attribute)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library prints and warns of to ourselves, and refuse in plain words what it cannot compute."""
    with _LOCK, redirect_stdout(io.StringIO()), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            yield
        except ValueError as error:  # all that it raises on finite numbers comes of an over- or underflow
            raise too_far_apart() from error


def refuse_narrow(weighted: Floats) -> None:
    if np.ptp(weighted, axis=0).max() < NARROW * np.abs(weighted).max():
        raise MethodError(
            msg(
                "The engine scikit-criteria cannot tell these candidates apart: they differ by less than one part in a "
                "million. Choose the engine own, or the normalisation minmax."
            )
        )


def too_far_apart() -> MethodError:
    return MethodError(
        msg(
            "The engine scikit-criteria cannot compute with values as large, as small or as far apart as these. "
            "Choose the engine own."
        )
    )
