"""Many weightings at once: who stands where under each, how far the scenarios agree, who is in every top three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from criteria.curves import FloatArray
from criteria.errors import WeightsError
from criteria.model import Profile
from criteria.text import msg
from selection.model import PASS, WAIVED, Candidates, IntArray, Waiver
from selection.screen import Screening, screen
from selection.values import readings

TOP = 3


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Ranks and scores of the qualified candidates (rows) under each scenario and each method (columns)."""

    screening: Screening
    rows: IntArray
    names: tuple[str, ...]
    weights: FloatArray
    scores: FloatArray
    ranks: IntArray
    method_ranks: Mapping[str, Mapping[str, int]]

    @property
    def ids(self) -> list[str]:
        """Return the keys of the rows: the id, with the region where each row is one candidate in one region."""
        return [row_key(self.screening.candidates, row) for row in self.rows.tolist()]

    @property
    def scenarios(self) -> dict[str, dict[str, int]]:
        """Return scenario -> id -> rank."""
        ids = self.ids
        return {name: dict(zip(ids, self.ranks[:, k].tolist(), strict=True)) for k, name in enumerate(self.names)}

    @property
    def tau_b(self) -> FloatArray:
        """Return Kendall's tau-b between every two scenarios; NaN where one of them ties everybody."""
        return kendall_tau_b(self.scores)

    @property
    def top3_in_all(self) -> tuple[str, ...]:
        """Return the ids that are among the first three under every scenario, the best on average first."""
        inside = np.flatnonzero((self.ranks <= TOP).all(axis=1))
        ids = self.ids
        means = self.ranks.mean(axis=1)
        return tuple(ids[i] for i in sorted(inside.tolist(), key=lambda i: (means[i], ids[i])))

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as the JSON of the command line."""
        tau = [[None if np.isnan(t) else round(float(t), 12) for t in row] for row in self.tau_b]
        return {
            "scenarios": self.scenarios,
            "methods": {name: dict(ranks) for name, ranks in self.method_ranks.items()},
            "tau_b": tau,
            "top3_in_all": list(self.top3_in_all),
        }


def row_key(candidates: Candidates, row: int) -> str:
    """Return the id of a row; with its region where one candidate has a row per region."""
    identity = str(candidates.ids[row])
    return f"{identity} · {candidates.frame['region'].iat[row]}" if candidates.by_region else identity


def compare(
    candidates: Candidates,
    profile: Profile,
    region: str | None = None,
    scenarios: Sequence[str] | Mapping[str, Mapping[str, float]] | None = None,
    methods: Sequence[str] = (),
    stage: str | None = None,
    waivers: Sequence[Waiver | Mapping[str, Any]] = (),
) -> Comparison:
    """Return the ranks of the qualified candidates under several scenarios, computed in one matrix product.

    *scenarios* are names of the profile (None: all of them), or a mapping of new names to weights. *methods* are
    cross-checked under the first scenario. Must-haves do not depend on weights, so the rows are the same throughout.
    """
    screening = screen(candidates, profile, region, stage, waivers)
    local = screening.profile
    names, weights = scenario_weights(local, scenarios)
    rows = screening.rows(PASS, WAIVED)
    ids = screening.candidates.ids
    regions = screening.candidates.frame["region"].to_numpy(dtype=object) if screening.candidates.by_region else ids
    rows = np.array(sorted(rows.tolist(), key=lambda row: (ids[row], str(regions[row]))), dtype=np.int64)
    chosen = screening.candidates.take(rows)
    scores = readings(chosen, local).totals(weights).score
    ranks = column_ranks(scores)
    method_ranks: dict[str, dict[str, int]] = {}
    if methods:
        from selection.crosscheck import method_comparison

        method_ranks = method_comparison(screening, weights[:, 0], methods)
    return Comparison(screening, rows, names, weights, scores, ranks, method_ranks)


def scenario_weights(
    profile: Profile, scenarios: Sequence[str] | Mapping[str, Mapping[str, float]] | None
) -> tuple[tuple[str, ...], FloatArray]:
    """Return scenario names and their weights (m x s, each column sums to 1)."""
    if isinstance(scenarios, Mapping):
        local = profile.changed(scenarios={name: dict(points) for name, points in scenarios.items()})
        for name, points in scenarios.items():
            for criterion_id, weight in points.items():
                scored = profile.criterion(criterion_id).is_scored
                plain = isinstance(weight, Real) and not isinstance(weight, bool)
                if not (plain and np.isfinite(weight) and weight >= 0 and (scored or weight == 0)):
                    raise WeightsError(
                        msg(
                            "Scenario “{name}”: the weight of “{criterion}” must be a number, zero or above, "
                            "on a criterion that has a scale.",
                            name=name,
                            criterion=criterion_id,
                        )
                    )
        profile, scenarios = local, tuple(scenarios)
    names = tuple(profile.scenario(name) for name in (scenarios or profile.scenario_names))
    return names, np.column_stack([profile.weights(name) for name in names])


def column_ranks(scores: FloatArray) -> IntArray:
    """Return the competition rank (1, 1, 3) of every row in every column; the highest score is first."""
    n = len(scores)
    places = np.arange(1, n + 1)
    ranks = np.empty(scores.shape[::-1], dtype=np.int64)
    for k, column in enumerate(scores.T):
        falling = -column
        order = np.argsort(falling)
        ordered = falling[order]
        starts = ordered[1:] != ordered[:-1]
        tied = not starts.all()
        ranks[k, order] = np.maximum.accumulate(np.where(np.append(True, starts), places, 0)) if tied else places
    return ranks.T


def kendall_tau_b(scores: FloatArray) -> FloatArray:
    """Return Kendall's tau-b between every two columns (Kendall 1945: ties taken out of both totals)."""
    from scipy.stats import kendalltau  # costs a quarter of a second, and only a comparison needs it

    columns = scores.shape[1]
    tau = np.full((columns, columns), np.nan)
    if len(scores) < 2:
        return tau
    for i in range(columns):
        for j in range(i, columns):
            if np.ptp(scores[:, i]) > 0 and np.ptp(scores[:, j]) > 0:
                tau[i, j] = tau[j, i] = kendalltau(scores[:, i], scores[:, j]).statistic
    return tau
