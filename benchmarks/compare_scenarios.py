"""`compare` of 100 weighting scenarios x 10,000 candidates against 100 runs of scikit-criteria."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.harness import measure, report
from criteria import parse_profile
from selection import Candidates, compare

N, M, SCENARIOS = 10_000, 12, 100


def main() -> None:
    """Measure, check that both sides give the same order, and print."""
    import skcriteria as skc
    from skcriteria.agg.simple import WeightedSumModel

    rng = np.random.default_rng(0)
    values = rng.uniform(0, 100, (N, M))
    weights = rng.dirichlet(np.ones(M), SCENARIOS)
    names = [f"c{j}" for j in range(M)]
    profile = parse_profile(
        {"name": "bench", "criteria": [{"id": n, "curve": {"floor": 0, "qualified": 50, "ideal": 100}} for n in names]}
    )
    frame = pd.DataFrame(values, columns=names)
    frame.insert(0, "id", [f"r{i:05}" for i in range(N)])
    frame.insert(1, "name", frame["id"])
    pool = Candidates.from_frame(frame, profile)
    scenarios = {f"s{k}": dict(zip(names, row.tolist(), strict=True)) for k, row in enumerate(weights)}

    def peer() -> list[np.ndarray]:
        return [WeightedSumModel().evaluate(skc.mkdm(values, [max] * M, weights=w)).rank_ for w in weights]

    scores = compare(pool, profile, scenarios=scenarios).scores
    for k, ranks in enumerate(peer()):
        # Ours ties what is equal to 8 decimals, so along the peer's order our scores never rise.
        if (np.diff(scores[np.argsort(ranks, kind="stable"), k]) > 0).any():
            raise AssertionError("the two engines rank differently")
    pair = measure(lambda: compare(pool, profile, scenarios=scenarios), peer)
    report(
        f"compare, {SCENARIOS} scenarios x {N:,} x {M}",
        [("100 x scikit-criteria WeightedSumModel", pair, "peer/ours >= 20")],
    )


if __name__ == "__main__":
    main()
