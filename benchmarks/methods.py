"""Every method of ours at 10,000 x 12 against scikit-criteria's, both from raw figures to ranks.

Its side gets what it needs ready-made where that is kinder to it: the matrix and the weights are arrays already.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.harness import measure, report
from selection.methods import METHODS, evaluate

N, M, PAIRS = 10_000, 12, 2_000
COSTS = (2, 5, 9)


def main() -> None:
    """Measure every method that both have, check the ranks once, and print times and our memory."""
    matrix, weights, directions = problem(N)
    rows, memory = [], []
    for name, row in METHODS.items():
        if not row.second_engine:
            continue
        size = PAIRS if name == "codas" else N  # its tables of pairs would take gigabytes at N
        work = matrix[:size]
        theirs = peer(name, work, weights, directions)
        ours = evaluate(name, work, weights, directions)
        agree = (theirs() == ours.ranks).mean()
        pair = measure(lambda name=name, work=work: evaluate(name, work, weights, directions), theirs)
        rows.append((f"{name}, {size:,} x {M} (ranks equal: {agree:.1%})", pair, "ours <= peer"))
        memory.append((name, peak(name, matrix, weights, directions) / matrix.nbytes))
    report(f"methods against scikit-criteria, {M} criteria", rows)
    print(f"\npeak memory at {N:,} x {M}, in sizes of the matrix ({matrix.nbytes / 1e6:.1f} MB)")
    print(", ".join(f"{name} {size:.0f}" for name, size in memory))


def problem(size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a matrix of figures above 0 of very different units, weights and directions."""
    rng = np.random.default_rng(0)
    directions = np.ones(M, dtype=int)
    directions[list(COSTS)] = -1
    return rng.uniform(1, 9, (size, M)) * 10.0 ** rng.integers(-2, 6, M), rng.dirichlet(np.ones(M)), directions


def peak(name: str, matrix: np.ndarray, weights: np.ndarray, directions: np.ndarray) -> int:
    """Return the bytes that our method takes at most."""
    tracemalloc.start()
    evaluate(name, matrix, weights, directions)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def peer(name: str, matrix: np.ndarray, weights: np.ndarray, directions: np.ndarray) -> Callable[[], Any]:
    """Return a call that takes the figures through scikit-criteria's preparation and aggregator to its ranks."""
    import skcriteria as skc

    steps, aggregator = _PIPELINES[name]()

    def run() -> Any:
        decision = skc.mkdm(matrix, directions, weights=weights)
        for step in steps:
            decision = step.transform(decision)
        return aggregator.evaluate(decision).rank_

    return _quiet(run)


def _quiet(run: Callable[[], Any]) -> Callable[[], Any]:
    """Return *run* without what the library prints and warns of."""
    import contextlib
    import io
    import warnings

    def silent() -> Any:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return run()

    return silent


def _pipeline(aggregator: str, *steps: str, **settings: Any) -> Callable[[], tuple[list[Any], Any]]:
    def build() -> tuple[list[Any], Any]:
        from importlib import import_module

        def find(package: str, name: str) -> Any:
            module, _, attribute = name.partition(".")
            return getattr(import_module(f"skcriteria.{package}.{module}"), attribute)

        made = [find("preprocessing", s)("matrix") if "Scaler" in s else find("preprocessing", s)() for s in steps]
        return made, find("agg", aggregator)(**settings)

    return build


_INVERT, _NEGATE = "invert_objectives.InvertMinimize", "invert_objectives.NegateMinimize"
_SUM, _MAX, _SPAN, _VECTOR = (f"scalers.{name}Scaler" for name in ("Sum", "MaxAbs", "MinMax", "Vector"))
_PIPELINES: dict[str, Callable[[], tuple[list[Any], Any]]] = {
    "weighted_sum": _pipeline("simple.WeightedSumModel", _INVERT, _SUM),
    "weighted_product": _pipeline("simple.WeightedProductModel", _INVERT),
    "waspas": _pipeline("waspas.WASPAS", _INVERT, _MAX),
    "topsis": _pipeline("topsis.TOPSIS", _VECTOR),
    "vikor": _pipeline("vikor.VIKOR", use_compromise_set=False),
    "moora_ratio": _pipeline("moora.RatioMOORA", _VECTOR),
    "copras": _pipeline("copras.COPRAS", _SUM),
    # Its shares leave the optimal candidate out of the sums, which ARAS counts in: other figures, other ranks.
    "aras": _pipeline("aras.ARAS", _INVERT, _SUM),
    "edas": _pipeline("edas.EDAS"),
    "codas": _pipeline("codas.CODAS", _INVERT, _MAX),
    "mabac": _pipeline("mabac.MABAC", _NEGATE, _SPAN),
    "marcos": _pipeline("marcos.MARCOS"),
    "cocoso": _pipeline("cocoso.CoCoSo", _NEGATE, _SPAN),
    "spotis": _pipeline("spotis.SPOTIS"),
    "rim": _pipeline("rim.RIM"),
}


if __name__ == "__main__":
    main()
