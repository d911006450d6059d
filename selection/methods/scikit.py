"""scikit-criteria as the independent second engine; the only file that imports it.

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from criteria.errors import MethodError
from criteria.text import msg
from selection.methods import vikor as own_vikor
from selection.methods.base import Floats, Method, Normalization, Outcome, Problem
from selection.methods.normalize import fit, power_of_two
from selection.methods.ranks import snap
from selection.methods.weighted_product import products, saturated
from selection.methods.weighted_sum import in_range

_LOCK = threading.Lock()
"""Standard output and the warnings filter belong to the whole process, so one computation at a time."""
NARROW = 1e-6
"""TOPSIS subtracts normalised values here: where every column varies by less than this share, rounding decides."""


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """A matrix as scikit-criteria normalised it; `ends` are the two bounds (2 × k), `directions` as they still are.

    With the normalisation "none" the `values` are the `published` ones times 2 ** -exponent.
    """

    values: Floats
    published: Floats
    ends: Floats | None
    directions: Floats
    weights: Floats
    exponent: int


def second_kernel(row: Method) -> Callable[..., Outcome]:
    """Return the kernel of *row* on scikit-criteria; one candidate, or only equal ones, follow our own rule."""
    compute = _KERNELS[row.name]

    def kernel(problem: Problem, **settings: Any) -> Outcome:
        if problem.size < 2 or (problem.values == problem.values[0]).all():
            return row.kernel(problem, **settings)
        outcome = compute(problem, **settings)
        if not np.isfinite(outcome.scores).all():
            raise _too_far_apart()
        return outcome

    return kernel


def _weighted_sum(problem: Problem, normalization: Normalization) -> Outcome:
    table = _normalize(problem, normalization)
    sums = _sums(table)
    detail = {"normalized": table.published}
    return Outcome(in_range(sums, table.exponent), detail, order=sums)


def _weighted_product(problem: Problem, normalization: Normalization) -> Outcome:
    logs = _log_products(_normalize(problem, normalization))
    return Outcome(products(logs), order=np.exp(logs - logs.max()), notes=saturated(logs))


def _waspas(problem: Problem, lambda_: float, normalization: Normalization) -> Outcome:
    table = _normalize(problem, normalization)
    if (table.directions < 0).any():  # its WASPAS takes benefits only, its two halves take costs
        sums, logs = in_range(_sums(table), table.exponent), _log_products(table)
        scores = lambda_ * sums + (1.0 - lambda_) * products(logs)
        return Outcome(scores, {"weighted_sum": sums, "weighted_product": products(logs)}, notes=saturated(logs))
    extra = _run("waspas.WASPAS", table.values, table.directions, table.weights, lambda_value=lambda_)
    parts = {"weighted_sum": extra["wsm_scores"], "weighted_product": 10.0 ** extra["log10_wpm_scores"]}
    published = {name: in_range(figures, table.exponent) for name, figures in parts.items()}
    return Outcome(in_range(extra["score"], table.exponent), published, order=extra["score"])


def _topsis(problem: Problem, normalization: Normalization, bounds: Floats | None) -> Outcome:
    table = _normalize(problem, normalization, bounds)
    values = _stack(table.values, table.ends)
    # Distances are squared: with the heaviest telling criterion near 1 no square underflows.
    telling = np.ptp(values, axis=0) > 0
    shift = int(power_of_two(problem.weights[telling]))
    weights = np.ldexp(problem.weights, -shift)
    _refuse_narrow(values[:, telling] * weights[telling])
    extra = _run("topsis.TOPSIS", values, table.directions, weights)
    gaps = {"d_plus": "ideal", "d_minus": "anti_ideal"}
    exponent = shift + table.exponent
    detail = {end: in_range(extra[end], exponent) for end in gaps.values()}
    for name, end in gaps.items():
        lengths = np.linalg.norm(table.values * weights - extra[end], axis=1)
        detail[name] = in_range(lengths, exponent)
    return Outcome(extra["similarity"][: problem.size], detail)


def _vikor(problem: Problem, v: float, bounds: Floats | None) -> Outcome:
    shifts = _shifts(problem, bounds)
    values = np.ldexp(_stack(problem.values, _extremes(bounds, problem.directions)), -shifts)
    extra = _run("vikor.VIKOR", values, problem.directions, problem.weights, v=v, use_compromise_set=False)
    utility, regret, index = (extra[name][: problem.size] for name in ("s_k", "r_k", "q_k"))
    steady = all(np.array_equal(snap(figures, own_vikor.NOISE), figures) for figures in (utility, regret))
    if not steady:  # it divides by the range of S and of R, and would make a rounding error large
        index = own_vikor.compromise_index(problem, utility, regret, v, fixed=bounds is not None)
    return own_vikor.outcome(utility, regret, index)


_KERNELS: Mapping[str, Callable[..., Outcome]] = {
    "weighted_sum": _weighted_sum,
    "weighted_product": _weighted_product,
    "waspas": _waspas,
    "topsis": _topsis,
    "vikor": _vikor,
}


def _sums(table: _Table) -> Floats:
    """Return the weighted sums; its ratio system subtracts costs and takes negatives, its weighted sum does neither."""
    plain = (table.directions > 0).all() and (table.values >= 0).all()
    name = "simple.WeightedSumModel" if plain else "moora.RatioMOORA"
    return np.atleast_1d(_run(name, table.values, table.directions, table.weights)["score"])


def _log_products(table: _Table) -> Floats:
    """Return the natural logarithms of the weighted products, as published."""
    upward = np.ones_like(table.directions)
    turned = _transform(["invert_objectives.InvertMinimize"], table.published, table.directions, table.weights)
    logs = _run("simple.WeightedProductModel", turned, upward, table.weights)["score"]
    if not np.isfinite(logs).all():
        raise _too_far_apart()
    return np.asarray(logs * np.log(10.0), dtype=np.float64)


_STEPS: Mapping[Normalization, Sequence[str]] = {
    "none": (),
    "sum": ("invert_objectives.InvertMinimize", "scalers.SumScaler"),
    "max": ("invert_objectives.InvertMinimize", "scalers.MaxAbsScaler"),
    "minmax": ("invert_objectives.NegateMinimize", "scalers.MinMaxScaler"),
    "vector": ("scalers.VectorScaler",),
}


def _normalize(problem: Problem, normalization: Normalization, bounds: Floats | None = None) -> _Table:
    """Return *problem* normalised; with bounds the two ends are normalised alike."""
    scale = fit(problem, normalization, bounds)
    shifts = _shifts(problem, bounds, common=normalization == "none")
    values, ends = np.ldexp(problem.values, -shifts), None
    empty = (problem.values == 0).all(axis=0) & (normalization not in ("none", "minmax"))
    values[:, empty] = 1.0  # it would divide 0 by 0; the column is set to 0 afterwards
    if bounds is not None and normalization == "minmax":  # the ends are the range
        values = np.ldexp(_stack(problem.values, _extremes(bounds, problem.directions)), -shifts)
    values = _transform(_STEPS[normalization], values, problem.directions, problem.weights)
    values[:, empty] = 0.0
    if bounds is not None:
        best, worst = scale.extremes(problem.directions)
        ends = values[problem.size :] if normalization == "minmax" else scale.apply(np.vstack([best, worst]))
    values = values[: problem.size]
    published = problem.values if normalization == "none" else values
    return _Table(values, published, ends, scale.directions, problem.weights, scale.exponent)


def _shifts(problem: Problem, bounds: Floats | None = None, *, common: bool = False) -> NDArray[np.int64]:
    shifts = power_of_two(problem.values if bounds is None else np.vstack([problem.values, bounds.T]))
    return np.full_like(shifts, shifts.max()) if common else shifts


def _extremes(bounds: Floats | None, directions: Floats) -> Floats | None:
    """Return the candidate with every best bound and the one with every worst (2 × k)."""
    if bounds is None:
        return None
    low, high = bounds.T
    return np.vstack([np.where(directions > 0, high, low), np.where(directions > 0, low, high)])


def _stack(values: Floats, ends: Floats | None) -> Floats:
    return values if ends is None else np.vstack([values, ends])


def _transform(steps: Sequence[str], values: Floats, directions: Floats, weights: Floats) -> Floats:
    """Return *values* after the preprocessing *steps* of scikit-criteria."""
    import skcriteria

    with _quiet():
        decision = skcriteria.mkdm(values, directions.astype(int), weights=weights)
        for step in steps:
            transformer = _find("preprocessing", step)
            decision = (transformer("matrix") if step.startswith("scalers") else transformer()).transform(decision)
    return np.array(decision.matrix, dtype=np.float64)


def _run(name: str, values: Floats, directions: Floats, weights: Floats, **settings: Any) -> Mapping[str, Any]:
    """Return the figures of the aggregator *name*."""
    import skcriteria

    aggregator = _find("agg", name)(**settings)
    with _quiet():
        result = aggregator.evaluate(skcriteria.mkdm(values, directions.astype(int), weights=weights))
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
            raise _too_far_apart() from error


def _refuse_narrow(weighted: Floats) -> None:
    if np.ptp(weighted, axis=0).max() < NARROW * np.abs(weighted).max():
        raise MethodError(
            msg(
                "The engine scikit-criteria cannot tell these candidates apart: they differ by less than one part in a "
                "million. Choose the engine own, or the normalisation minmax."
            )
        )


def _too_far_apart() -> MethodError:
    return MethodError(
        msg(
            "The engine scikit-criteria cannot compute with values as large, as small or as far apart as these. "
            "Choose the engine own."
        )
    )
