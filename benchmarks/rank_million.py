"""Public screen + rank of 1,000,000 candidates x 12 criteria: 4 gates, 5 % unknown, ranks checked."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.harness import measure, report
from criteria import Profile, parse_profile
from selection import Candidates, rank, screen

N, M, GATES, UNKNOWN = 1_000_000, 12, 4, 0.05
BLOCK = 1 << 14


def standard() -> Profile:
    """Return 12 rising criteria, the first four of them must-haves."""
    gate = {"kind": "conditional", "limit": 5}
    criteria = [
        {
            "id": f"c{j}",
            "curve": {"floor": 0, "qualified": 30 + 2 * j, "ideal": 90},
            "gate": gate if j < GATES else "none",
        }
        for j in range(M)
    ]
    return parse_profile(
        {"name": "bench", "criteria": criteria, "scenarios": {"s": {f"c{j}": j + 1 for j in range(M)}}}
    )


def matrix(seed: int = 0) -> np.ndarray:
    """Return raw values with 5 % unknown."""
    rng = np.random.default_rng(seed)
    values = rng.uniform(0, 100, (N, M))
    values[rng.random((N, M)) < UNKNOWN] = np.nan
    return values


def candidates(values: np.ndarray, profile: Profile) -> Candidates:
    """Return the candidates as the importer would hand them over."""
    frame = pd.DataFrame({criterion.id: values[:, j] for j, criterion in enumerate(profile.criteria)})
    frame.insert(0, "id", np.char.add("r", np.arange(len(values)).astype(str)))
    frame.insert(1, "name", frame["id"])
    return Candidates.from_frame(frame, profile)


def bare(values: np.ndarray, profile: Profile, weights: np.ndarray) -> np.ndarray:
    """Return the order by the bare library calls: curves block by block, clip, product, argsort."""
    knots = [(c.curve.floor, c.curve.qualified, c.curve.ideal) for c in profile.criteria if c.curve]
    total = np.empty(len(values))
    for start in range(0, len(values), BLOCK):
        block = values[start : start + BLOCK]
        scaled = np.column_stack([np.interp(block[:, j], knot, (0, 50, 100)) for j, knot in enumerate(knots)])
        total[start : start + BLOCK] = np.clip(np.nan_to_num(scaled), 0, 100) @ weights
    return np.argsort(-total)


def barest(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the order without any curve: one clip, one product, one argsort."""
    return np.argsort(np.clip(values, 0, 100) @ weights)


def pipeline(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the ranks of a scikit-criteria weighted-sum pipeline on the same numbers, unknowns at 0."""
    import skcriteria as skc
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.scalers import MinMaxScaler

    matrix_ = skc.mkdm(np.nan_to_num(values), [max] * values.shape[1], weights=weights)
    ranks: np.ndarray = mkpipe(MinMaxScaler(target="matrix"), WeightedSumModel()).evaluate(matrix_).rank_
    return ranks


def check(values: np.ndarray, profile: Profile, pool: Candidates) -> None:
    """Raise AssertionError unless the ranks are those of a plain recomputation."""
    ranking = rank(pool, profile)
    weights = profile.weights()
    knots = [(c.curve.floor, c.curve.qualified, c.curve.ideal) for c in profile.criteria if c.curve]
    scaled = np.column_stack([np.interp(values[:, j], knot, (0, 50, 100)) for j, knot in enumerate(knots)])
    low = np.where(np.isnan(values), 0, scaled) @ weights
    high = np.where(np.isnan(values), 100, scaled) @ weights
    score = np.round((low + high) / 2, 8)
    gates = values[:, :GATES]
    passed = np.flatnonzero((gates >= 5).all(axis=1))
    if set(ranking.ranked_rows.tolist()) != set(passed.tolist()):
        raise AssertionError("other candidates are ranked")
    order = np.sort(score[passed])[::-1]
    if not np.allclose(ranking.score[ranking.ranked_rows], order, atol=2e-8):
        raise AssertionError("other scores are ranked")
    if ranking.ranks[0] != 1 or (np.diff(ranking.ranks) < 0).any():
        raise AssertionError("ranks do not rise")


def main() -> None:
    """Measure and print."""
    profile = standard()
    values = matrix()
    pool = candidates(values, profile)
    weights = profile.weights()
    check(values, profile, pool)

    def ours() -> None:
        screen(pool, profile)
        rank(pool, profile)

    filled = np.nan_to_num(values)
    report(
        f"screen + rank, {N:,} x {M}, {GATES} gates, 5 % unknown (ranks checked)",
        [
            (
                "argsort(clip(X) @ w), curves blockwise by np.interp",
                measure(ours, lambda: bare(values, profile, weights)),
                "ours/peer <= 3",
            ),
            ("argsort(clip(X) @ w), no curves", measure(ours, lambda: barest(filled, weights)), "(for information)"),
            (
                "scikit-criteria MinMaxScaler + WeightedSumModel",
                measure(ours, lambda: pipeline(values, weights), runs=3),
                "peer/ours >= 6",
            ),
        ],
    )


if __name__ == "__main__":
    main()
