"""The methods on scikit-criteria: what each of its aggregators has to be given, and what it hands back.

Tables that it does not hand back are our own kernel's; whether a score agrees is then still decided by its own figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from criteria.errors import MethodError
from criteria.text import msg
from selection.methods import aras, copras, rim, scikit, vikor
from selection.methods.base import Floats, Method, Normalization, Outcome, Problem
from selection.methods.normalize import power_of_two, scaled
from selection.methods.ranks import snap
from selection.methods.registry import METHODS
from selection.methods.rounding import settle
from selection.methods.weighted_product import products, saturated
from selection.methods.weighted_sum import in_range

MOST_PAIRS = 2_000
"""Its CODAS builds tables of every pair of candidates: with this many they take a few hundred megabytes."""


def second_kernel(row: Method) -> Callable[..., Outcome]:
    """Return the kernel of *row* on scikit-criteria; one candidate, or only equal ones, follow our own rule."""
    compute = _KERNELS[row.name]

    def kernel(problem: Problem, **settings: Any) -> Outcome:
        if problem.size < 2 or (problem.values == problem.values[0]).all():
            return row.kernel(problem, **settings)
        outcome = compute(problem, **settings)
        if not np.isfinite(outcome.scores).all():
            raise scikit.too_far_apart()
        return outcome

    return kernel


def _weighted_sum(problem: Problem, normalization: Normalization) -> Outcome:
    table = scikit.normalize(problem, normalization)
    sums = scikit.weighted_sums(table)
    detail = {"normalized": table.published}
    return Outcome(in_range(sums, table.exponent), detail, order=sums)


def _weighted_product(problem: Problem, normalization: Normalization) -> Outcome:
    logs = scikit.log_products(scikit.normalize(problem, normalization))
    return Outcome(products(logs), order=np.exp(logs - logs.max()), notes=saturated(logs))


def _waspas(problem: Problem, lambda_: float, normalization: Normalization) -> Outcome:
    table = scikit.normalize(problem, normalization)
    if (table.directions < 0).any():  # its WASPAS takes benefits only, its two halves take costs
        sums, logs = in_range(scikit.weighted_sums(table), table.exponent), scikit.log_products(table)
        scores = lambda_ * sums + (1.0 - lambda_) * products(logs)
        return Outcome(scores, {"weighted_sum": sums, "weighted_product": products(logs)}, notes=saturated(logs))
    extra = scikit.run("waspas.WASPAS", table.values, table.directions, table.weights, lambda_value=lambda_)
    parts = {"weighted_sum": extra["wsm_scores"], "weighted_product": 10.0 ** extra["log10_wpm_scores"]}
    published = {name: in_range(figures, table.exponent) for name, figures in parts.items()}
    return Outcome(in_range(extra["score"], table.exponent), published, order=extra["score"])


def _topsis(problem: Problem, normalization: Normalization, bounds: Floats | None) -> Outcome:
    table = scikit.normalize(problem, normalization, bounds)
    values = scikit.stack(table.values, table.ends)
    # Distances are squared: with the heaviest telling criterion near 1 no square underflows.
    telling = np.ptp(values, axis=0) > 0
    shift = int(power_of_two(problem.weights[telling]))
    weights = np.ldexp(problem.weights, -shift)
    scikit.refuse_narrow(values[:, telling] * weights[telling])
    extra = scikit.run("topsis.TOPSIS", values, table.directions, weights)
    gaps = {"d_plus": "ideal", "d_minus": "anti_ideal"}
    exponent = shift + table.exponent
    detail = {end: in_range(extra[end], exponent) for end in gaps.values()}
    for name, end in gaps.items():
        lengths = np.linalg.norm(table.values * weights - extra[end], axis=1)
        detail[name] = in_range(lengths, exponent)
    return Outcome(extra["similarity"][: problem.size], detail)


def _vikor(problem: Problem, v: float, bounds: Floats | None) -> Outcome:
    shifts = scikit.column_shifts(problem, bounds)
    values = np.ldexp(scikit.stack(problem.values, scikit.extremes(bounds, problem.directions)), -shifts)
    extra = scikit.run("vikor.VIKOR", values, problem.directions, problem.weights, v=v, use_compromise_set=False)
    utility, regret, index = (extra[name][: problem.size] for name in ("s_k", "r_k", "q_k"))
    steady = all(np.array_equal(snap(figures, vikor.NOISE), figures) for figures in (utility, regret))
    if not steady:  # it divides by the range of S and of R, and would make a rounding error large
        index = vikor.compromise_index(problem, utility, regret, v, fixed=bounds is not None)
    return vikor.outcome(utility, regret, index)


def _moora_ratio(problem: Problem) -> Outcome:
    table = scikit.normalize(problem, "vector")
    scores = np.atleast_1d(scikit.run("moora.RatioMOORA", table.values, table.directions, table.weights)["score"])
    return Outcome(scores, order=settle(scores, 1.0))


def _copras(problem: Problem) -> Outcome:
    """Its COPRAS refuses problems without costs, whose scores are the sums of the shares."""
    told = np.asarray(problem.values.any(axis=0))
    values = scikit.transform(["scalers.SumScaler"], scaled(problem.values[:, told]), *_of(problem, told))
    if (problem.directions[told] > 0).all():
        scores = scikit.run("simple.WeightedSumModel", values, *_of(problem, told))["score"]
        zeros = np.zeros_like(scores)
        return Outcome(scores, {"S_plus": scores, "S_minus": zeros, "utility": copras.utility(scores)})
    extra = scikit.run("copras.COPRAS", values, *_of(problem, told))
    names = {"S_plus": "S_max", "S_minus": "S_min", "utility": "score"}
    return Outcome(extra["significances"], {name: extra[theirs] for name, theirs in names.items()})


def _aras(problem: Problem, optimum: Floats | None) -> Outcome:
    optimal = aras.best(problem) if optimum is None else optimum
    shares = scikit.normalize(replace(problem, values=np.vstack([problem.values, optimal])), "sum")
    extra = scikit.run(
        "aras.ARAS", shares.values[:-1], shares.directions, shares.weights, asked={"ideal": shares.values[-1]}
    )
    return Outcome(extra["utility"], {"S": extra["score"], "S0": float(extra["ideal_score"])})


def _edas(problem: Problem) -> Outcome:
    """Its EDAS adds 0.00001 to every average where one is 0: a column of zeros, which tells nobody apart."""
    varied = np.ptp(problem.values, axis=0) > 0
    values = scaled(problem.values[:, varied])
    scikit.refuse_narrow(values)
    scores = scikit.run("edas.EDAS", values, *_of(problem, varied))["score"]
    return Outcome(scores, METHODS["edas"].kernel(problem).detail)


def _codas(problem: Problem, tau: float) -> Outcome:
    if problem.size > MOST_PAIRS:
        raise MethodError(
            msg(
                "The engine scikit-criteria compares every pair of candidates in {method}, and takes no more than "
                "{n} of them. Choose the engine own.",
                method="codas",
                n=MOST_PAIRS,
            )
        )
    table = scikit.normalize(problem, "max")
    scikit.refuse_narrow(table.values * table.weights)
    scores = scikit.run("codas.CODAS", table.values, table.directions, table.weights, tau=tau)["score"]
    own = METHODS["codas"].kernel(problem, tau=tau)
    order = settle(scores, problem.size * float(own.detail["taxicab"].max()))
    return Outcome(scores, own.detail, order=order, notes=own.notes)


def _mabac(problem: Problem, bounds: Floats | None) -> Outcome:
    """Its MABAC multiplies a whole column, which underflows to a border of 0 for many candidates."""
    table = scikit.normalize(problem, "minmax", bounds)
    extra = scikit.run("mabac.MABAC", table.values, table.directions, table.weights)
    border = extra["border_approximation_area"]
    if not (border > 0).all():
        raise scikit.too_far_apart()
    return Outcome(extra["score"], {"border": border}, order=extra["score"] + border.sum())


def _marcos(problem: Problem) -> Outcome:
    told = np.asarray(problem.values.any(axis=0))
    extra = scikit.run("marcos.MARCOS", scaled(problem.values[:, told]), *_of(problem, told))
    own = METHODS["marcos"].kernel(problem)
    return Outcome(extra["utility_scores"], own.detail)


def _cocoso(problem: Problem, lambda_: float) -> Outcome:
    own = METHODS["cocoso"].kernel(problem, lambda_=lambda_)  # refuses a lowest total of 0 in plain words
    table = scikit.normalize(problem, "minmax")
    varied = np.ptp(table.values, axis=0) > 0
    extra = scikit.run("cocoso.CoCoSo", table.values[:, varied], *_of(table, varied), lambda_value=lambda_)
    figures = {name: extra[name] for name in ("k_a", "k_b", "k_c")}
    return Outcome(extra["score"], {**own.detail, **figures})


def _spotis(problem: Problem, bounds: Floats | None, ideal: Floats | None) -> Outcome:
    if bounds is None:
        bounds = np.column_stack([problem.values.min(axis=0), problem.values.max(axis=0)])
    wide = bounds[:, 0] < bounds[:, 1]
    best = np.where(problem.directions > 0, bounds[:, 1], bounds[:, 0]) if ideal is None else ideal
    shifts = scikit.column_shifts(problem, bounds)
    ends = np.ldexp(bounds.T, -shifts)[:, wide]
    values = np.clip(np.ldexp(problem.values, -shifts)[:, wide], *ends)
    asked = {"bounds": ends.T, "isp": np.ldexp(best, -shifts)[wide]}
    scores = scikit.run("spotis.SPOTIS", values, *_of(problem, wide), asked=asked)["score"]
    return Outcome(scores, directed=ideal is None)


def _rim(problem: Problem, ranges: Floats | None, ideals: Floats | None) -> Outcome:
    values, span, target = rim.same_scale(problem, *rim.ends(problem, ranges, ideals))
    wide = span[:, 0] < span[:, 1]
    pairs = {"ref_ideals": target[wide], "ranges": span[wide]}
    asked = {name: [tuple(pair) for pair in table.tolist()] for name, table in pairs.items()}
    extra = scikit.run("rim.RIM", values[:, wide], *_of(problem, wide), asked=asked)
    normalized = np.ones_like(values)
    normalized[:, wide] = extra["norm_matrix"]
    detail = {"normalized": normalized, "I_plus": extra["i_plus"], "I_minus": extra["i_minus"]}
    return Outcome(extra["score"], detail, directed=ideals is None)


def _of(problem: Problem | scikit.ScaledTable, columns: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return the directions and the weights of *columns*."""
    return problem.directions[columns], problem.weights[columns]


_KERNELS: Mapping[str, Callable[..., Outcome]] = {
    "weighted_sum": _weighted_sum,
    "weighted_product": _weighted_product,
    "waspas": _waspas,
    "topsis": _topsis,
    "vikor": _vikor,
    "moora_ratio": _moora_ratio,
    "copras": _copras,
    "aras": _aras,
    "edas": _edas,
    "codas": _codas,
    "mabac": _mabac,
    "marcos": _marcos,
    "cocoso": _cocoso,
    "spotis": _spotis,
    "rim": _rim,
}
