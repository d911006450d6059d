"""Who stands where: gates, then the additive total, with a band for what is unknown; ties are shown as ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from criteria.curves import FloatArray
from criteria.model import Profile
from selection.model import (
    FAIL,
    PASS,
    PENDING,
    WAIVED,
    Candidates,
    Eliminated,
    Entries,
    Figures,
    IntArray,
    Pending,
    Ranked,
    Waiver,
    as_waivers,
)
from selection.screen import Screening, screen
from selection.values import readings, totals


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The ranked, eliminated and pending candidates of one region under one scenario.

    Figures are arrays over the candidates of the region; entries are built when they are asked for.
    """

    screening: Screening
    scenario: str
    stage: str | None
    method: str
    weights: FloatArray
    score: FloatArray
    low: FloatArray
    high: FloatArray
    unknown_share: FloatArray
    ranked_rows: IntArray
    ranks: IntArray
    tied: NDArray[np.bool_]
    pending_rows: IntArray
    best_ranks: IntArray
    worst_ranks: IntArray
    eliminated_rows: IntArray
    waivers: tuple[Waiver, ...]
    original: tuple[Candidates, Profile]
    parameters: Mapping[str, Any]

    @property
    def profile(self) -> Profile:
        """Return the standard as it holds in this region and stage."""
        return self.screening.profile

    @property
    def region(self) -> str | None:
        """Return the region, None for all rows."""
        return self.screening.region

    @property
    def candidates(self) -> Candidates:
        """Return the candidates of this region."""
        return self.screening.candidates

    @property
    def ranked(self) -> Entries[Ranked]:
        """Return the ranked candidates, the best first; equal totals are ordered by id."""
        return Entries(self.ranked_rows, partial(_ranked, self))

    @property
    def eliminated(self) -> Entries[Eliminated]:
        """Return the eliminated candidates, the highest total first."""
        return Entries(self.eliminated_rows, partial(_eliminated, self))

    @property
    def pending(self) -> Entries[Pending]:
        """Return the candidates to be verified, the highest middle total first."""
        return Entries(self.pending_rows, partial(_pending, self))

    def figures(self, row: int) -> Figures:
        """Return all figures of one row of `candidates`."""
        return figures_of(self, np.array([row]))[0]

    @property
    def fingerprint(self) -> str:
        """Return the sha256 over everything that decides this ranking; no clock and no program version is in it."""
        from selection.fingerprint import fingerprint  # it needs the finished class of this module

        return fingerprint(self)

    def to_dict(self, language: str = "en", top: int | None = None) -> dict[str, Any]:
        """Return the ranking as the JSON of the command line, without `import`; *top* cuts the ranked entries."""
        with_region = self.candidates.by_region
        ranked = self.ranked[:top] if top is not None else self.ranked
        return {
            "profile": self.original[1].name,
            "region": self.region,
            "scenario": self.scenario,
            "stage": self.stage,
            "method": self.method,
            "fingerprint": self.fingerprint,
            "ranked": [
                {
                    **_head(e.figures, with_region),
                    "rank": e.rank,
                    "tied": e.tied,
                    "below_line": e.below_line,
                    "waived": list(e.waived),
                }
                for e in ranked
            ],
            "eliminated": [
                {
                    **_head(e.figures, with_region),
                    "near_miss": e.near_miss,
                    "failed": [item.to_dict(language) for item in e.failed],
                }
                for e in self.eliminated
            ],
            "pending": [
                {
                    **_head(e.figures, with_region),
                    "unknown": list(e.unknown),
                    "rank_best": e.rank_best,
                    "rank_worst": e.rank_worst,
                }
                for e in self.pending
            ],
        }


def _head(figures: Figures, with_region: bool) -> dict[str, Any]:
    return figures.to_dict(with_region=with_region)


def rank(
    candidates: Candidates,
    profile: Profile,
    region: str | None = None,
    scenario: str | None = None,
    stage: str | None = None,
    method: str = "additive",
    waivers: Sequence[Waiver | Mapping[str, Any]] = (),
    **parameters: Any,
) -> Ranking:
    """Return who is ranked, eliminated and to be verified in *region* under *scenario*.

    *method* is "additive" (the totals on the one scale), or a cross-check method of `selection.methods`, which ranks
    the qualified candidates without unknowns on the same scale with fixed bounds and leaves the others pending.
    Raise RunError, WeightsError or MethodError with the reason.
    """
    given = as_waivers(waivers)
    screening = screen(candidates, profile, region, stage, given)
    local = screening.profile
    chosen = local.scenario(scenario)
    weights = local.weights(chosen)
    total = totals(screening.candidates, local, weights)
    score, low, high, unknown = total.score, total.worst, total.high, total.unknown
    if method != "additive":
        from selection.crosscheck import method_scores

        screening, score, unknown = method_scores(screening, weights, method, unknown, parameters)
        low = high = score
    return _ranking(
        screening,
        chosen,
        stage,
        method,
        weights,
        (score, low, high, unknown),
        given,
        (candidates, profile),
        parameters,
    )


def reweighted(ranking: Ranking, weights: FloatArray, **parameters: Any) -> Ranking:
    """Return *ranking* with other *weights* (one per criterion, summing to 1): the same verdicts, new totals.

    *parameters* say what was done; they keep its fingerprint apart from that of the scenario.
    """
    total = totals(ranking.candidates, ranking.profile, weights)
    return _ranking(
        ranking.screening, ranking.scenario, ranking.stage, "additive", weights,
        (total.score, total.worst, total.high, total.unknown), ranking.waivers, ranking.original, parameters,
    )  # fmt: skip


def _ranking(
    screening: Screening,
    scenario: str,
    stage: str | None,
    method: str,
    weights: FloatArray,
    figures: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    waivers: tuple[Waiver, ...],
    original: tuple[Candidates, Profile],
    parameters: Mapping[str, Any],
) -> Ranking:
    score, low, high, unknown = figures
    ranked = ordered(screening.candidates, screening.rows(PASS, WAIVED), score)
    pending = ordered(screening.candidates, screening.rows(PENDING), score)
    ranks, tied = competition_ranks(score[ranked])
    best, worst = rank_bands(low, high, pending, np.concatenate([ranked, pending]))
    return Ranking(
        screening, scenario, stage, method, weights, score, low, high, unknown, ranked, ranks, tied, pending, best,
        worst, ordered(screening.candidates, screening.rows(FAIL), score), waivers, original, parameters,
    )  # fmt: skip


def ordered(candidates: Candidates, rows: IntArray, score: FloatArray) -> IntArray:
    """Return *rows* by falling score; equal ones by id, then region, so that the order of the file does not matter."""
    rows = rows[np.argsort(-score[rows])]
    values = score[rows]
    same = values[1:] == values[:-1]
    if not same.any():
        return rows
    tied = np.flatnonzero(np.concatenate([same, [False]]) | np.concatenate([[False], same]))
    ids = candidates.ids[rows[tied]]
    regions = candidates.frame["region"].to_numpy(dtype=object)[rows[tied]] if candidates.by_region else ids
    keys = sorted(range(len(tied)), key=lambda i: (-values[tied[i]], ids[i], str(regions[i])))
    rows = rows.copy()
    rows[tied] = rows[tied][keys]
    return rows


def competition_ranks(falling: FloatArray) -> tuple[IntArray, NDArray[np.bool_]]:
    """Return ranks 1, 1, 3 for scores that fall, and which of them are shared.

    >>> [part.tolist() for part in competition_ranks(np.array([9.0, 9.0, 5.0]))]
    [[1, 1, 3], [True, True, False]]
    """
    n = len(falling)
    starts = np.ones(n, dtype=bool)
    starts[1:] = falling[1:] != falling[:-1]
    ranks = np.maximum.accumulate(np.where(starts, np.arange(1, n + 1), 0))
    tied = ~starts
    tied[:-1] |= ~starts[1:]
    return ranks.astype(np.int64), tied


def rank_bands(low: FloatArray, high: FloatArray, pending: IntArray, others: IntArray) -> tuple[IntArray, IntArray]:
    """Return the best and worst rank of each pending row among *others* (ranked and pending).

    Best = 1 + others whose low is above its high; worst = 1 + others whose high is above its low.
    """
    lows, highs = np.sort(low[others]), np.sort(high[others])
    best = 1 + len(others) - _at_most(lows, high[pending])
    worst = 1 + len(others) - _at_most(highs, low[pending])
    worst -= high[pending] > low[pending]  # it does not stand above itself
    return best.astype(np.int64), worst.astype(np.int64)


def _at_most(rising: FloatArray, values: FloatArray) -> IntArray:
    """Return how many of *rising* are at most each of *values*; sorted questions stay in the processor's cache."""
    order = np.argsort(values)
    counts = np.empty(len(values), dtype=np.int64)
    counts[order] = np.searchsorted(rising, values[order], side="right")
    return counts


def _ranked(ranking: Ranking, positions: IntArray) -> list[Ranked]:
    line = ranking.profile.minimum_total if ranking.method == "additive" else None  # other methods have other scales
    return [
        Ranked(
            figures,
            int(ranking.ranks[position]),
            bool(ranking.tied[position]),
            line is not None and figures.score < line,
            ranking.screening.waived(figures.row),
        )
        for position, figures in zip(positions, figures_of(ranking, ranking.ranked_rows[positions]), strict=True)
    ]


def _eliminated(ranking: Ranking, positions: IntArray) -> list[Eliminated]:
    screening = ranking.screening
    return [
        Eliminated(figures, screening.near_miss(figures.row), screening.failures(figures.row))
        for figures in figures_of(ranking, ranking.eliminated_rows[positions])
    ]


def _pending(ranking: Ranking, positions: IntArray) -> list[Pending]:
    return [
        Pending(
            figures,
            ranking.screening.unknown(figures.row) or unknown_criteria(ranking, figures),
            int(ranking.best_ranks[position]),
            int(ranking.worst_ranks[position]),
        )
        for position, figures in zip(positions, figures_of(ranking, ranking.pending_rows[positions]), strict=True)
    ]


def unknown_criteria(ranking: Ranking, figures: Figures) -> tuple[str, ...]:
    """Return the weighted criteria whose value is not (fully) known, leaving out those that do not apply."""
    weighted = zip(ranking.profile.criteria, ranking.weights.tolist(), strict=True)
    return tuple(
        c.id for c, weight in weighted if weight > 0 and figures.values[c.id] is None and c.id not in figures.exempt
    )


def figures_of(ranking: Ranking, rows: IntArray) -> list[Figures]:
    """Return the figures of some rows: totals, and value, points and raw value per criterion (None = unknown).

    Points are weight x value; a composite with missing leaves has the points of its known leaves, a band, no value.
    """
    part = ranking.candidates.take(rows)
    found = readings(part, ranking.profile)
    applies = np.ones(found.low.shape, dtype=bool) if found.applies is None else found.applies
    share = applies @ ranking.weights
    points = found.low * ranking.weights / np.where(share > 0, share, 1.0)[:, None]
    regions = part.frame["region"].tolist() if part.by_region else [None] * len(rows)
    raw = raw_values(part, ranking.profile)
    known = np.round(1.0 - ranking.unknown_share[rows], 12)
    scored = [(j, c) for j, c in enumerate(ranking.profile.criteria) if c.is_scored]
    ids, names = part.ids, part.names
    out = []
    for i, row in enumerate(rows.tolist()):
        low, unknown, used, earned = (a[i].tolist() for a in (found.low, found.unknown, applies, points))
        out.append(
            Figures(
                row,
                ids[i],
                names[i],
                regions[i],
                float(ranking.score[row]),
                float(ranking.low[row]),
                float(ranking.high[row]),
                float(known[i]),
                {c.id: low[j] if used[j] and unknown[j] == 0 else None for j, c in scored},
                {c.id: earned[j] if used[j] and unknown[j] < 1 else None for j, c in scored},
                raw[i],
                {c.id: (low[j], low[j] + 100 * unknown[j]) for j, c in scored if c.composite and 0 < unknown[j] < 1},
                frozenset(c.id for j, c in scored if not used[j]),
            )
        )
    return out


def raw_values(part: Candidates, profile: Profile) -> list[dict[str, float | str | None]]:
    """Return the raw value per criterion of every row; None where unknown."""
    names = [criterion.id for criterion in profile.criteria]
    columns = [part.column(criterion).tolist() for criterion in profile.criteria]
    return [
        {name: None if value is None or value != value else value for name, value in zip(names, row, strict=True)}
        for row in zip(*columns, strict=True)
    ]
