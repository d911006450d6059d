"""PROMETHEE II against pymcdm and pyrepo-mcda on the same problem, and alone against sorting its columns."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import numpy as np

from benchmarks.harness import Pair, measure, report
from selection.methods import evaluate

CRITERIA, LARGE, Q, P = 8, 100_000, 5.0, 20.0
SHAPES = {"usual": "usual", "linear": "vshape_2"}
"""Our names of the shapes, and pymcdm's."""


def _problem(size: int, criteria: int = CRITERIA) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    weights = rng.dirichlet(np.ones(criteria))
    return rng.uniform(0, 100, (size, criteria)), weights, np.resize([1, -1], criteria)


def _ours(shape: str, *problem: np.ndarray) -> np.ndarray:
    return np.asarray(evaluate("promethee_2", *problem, preference=shape, q=Q, p=P).scores)


def _peers(shape: str, *problem: np.ndarray) -> dict[str, Callable[[], np.ndarray]]:
    """Return a call of each peer that gives the net flows of *problem*."""
    from pymcdm.methods import PROMETHEE_II
    from pyrepo_mcda.mcda_methods import PROMETHEE_II as Other

    criteria = problem[0].shape[1]
    thresholds = {"q": np.full(criteria, Q), "p": np.full(criteria, P)}
    other = Other()
    functions = [getattr(other, f"_{shape}_function")] * criteria
    return {
        "pymcdm": lambda: PROMETHEE_II(SHAPES[shape], **thresholds)(*problem),
        "pyrepo-mcda": lambda: other(*problem, preference_functions=functions, **thresholds),
    }


def against(peer: str, size: int, shape: str, goal: str, criteria: int = CRITERIA) -> None:
    """Check that *peer* gives equal flows and measure in turn; pyrepo-mcda loops over pairs and gets one long turn."""
    problem = _problem(size, criteria)
    flows, call = _ours(shape, *problem), _peers(shape, *problem)[peer]
    found: list[np.ndarray] = []
    runs = {"runs": 1, "warm": False} if peer == "pyrepo-mcda" else {"runs": 3}
    pair = measure(lambda: _ours(shape, *problem), lambda: found.append(call()), **runs)
    if np.abs(found[0] - flows).max() > 1e-9:
        raise AssertionError(f"{peer} has other flows than ours for {shape}")
    report(f"PROMETHEE II, {shape}, {size:,} x {criteria}", [(peer, pair, goal)])


def against_sorting() -> list[tuple[str, Pair, str]]:
    """Measure each shape on many candidates against sorting the columns of the same matrix."""
    problem = _problem(LARGE)
    rows = []
    for shape in ("usual", "u_shape", "v_shape", "level", "linear"):
        pair = measure(lambda s=shape: _ours(s, *problem), lambda: np.sort(problem[0], axis=0), runs=7)
        rows.append((f"sorting the columns, {shape}, n = {LARGE:,}", pair, "ours/peer <= 12"))
    return rows


def memory() -> None:
    """Print the peak memory beside the table's size, for each shape and two numbers of candidates."""
    print(f"\npeak memory as a multiple of the table (n x {CRITERIA} floats)")
    for shape in ("usual", "linear"):
        for size in (10_000, LARGE):
            problem = _problem(size)
            tracemalloc.start()
            _ours(shape, *problem)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            print(f"  {shape:<10} n = {size:>7,}: {peak / 1e6:8.1f} MB = {peak / problem[0].nbytes:.1f} tables")


def main() -> None:
    """Print all three parts."""
    for shape in SHAPES:
        against("pymcdm", 1_000, shape, "")
        against("pymcdm", 3_000, shape, "peer/ours >= 100")
    against("pyrepo-mcda", 1_000, "linear", "")
    against("pyrepo-mcda", 3_000, "linear", "peer/ours >= 100", criteria=1)  # with 8 it takes a quarter of an hour
    report(f"PROMETHEE II, {LARGE:,} x {CRITERIA}, alone", against_sorting())
    memory()


if __name__ == "__main__":
    main()
