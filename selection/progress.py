"""How far the facts and ratings have come: too early to choose, who leads on what is known, and what to rate next."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from criteria.errors import DecisionError
from criteria.model import DESK_STEP, Criterion, Profile
from criteria.text import Message, msg, plural
from selection.model import Candidates, IntArray
from selection.rank import Ranking, rank
from selection.values import readings

LEADERS = 8
"""How many leading candidates are worth an interview first."""
MOSTLY = 0.5
"""Too early: more than this share of the interviews' weight is unknown."""
SECONDS_PER_RATING = 6
"""About what one rating in the quick grid takes."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """How far the ratings of one region and scenario have come.

    *factors* weigh something; *unknown* of them are missing for *missing* of *standing* candidates (those that are
    not eliminated). *leaders* are rows of the ranking's candidates, the best first on what is known; *to_rate* holds,
    per judged criterion and in the order of what to rate next, how many leaders lack it.
    """

    too_early: bool
    factors: int
    unknown: int
    missing: int
    standing: int
    leaders: IntArray
    to_rate: Mapping[str, int]
    region: str | None

    @property
    def known(self) -> int:
        """Return how many factors are known for most."""
        return self.factors - self.unknown

    @property
    def ratings(self) -> int:
        """Return how many ratings the leaders still lack."""
        return sum(self.to_rate.values())

    @property
    def next_criterion(self) -> str | None:
        """Return the judged criterion to rate next: most weight x most leaders without it; None when all are rated."""
        return next(iter(self.to_rate), None)

    @property
    def sentences(self) -> tuple[Message, ...]:
        """Return why it is too early, who leads on what is known, and what to rate next."""
        parts = (_state(self), _leaders(self), _to_do(self))
        return tuple(part for part in parts if part is not None)


def progress(candidates: Candidates, profile: Profile, ranking: Ranking) -> Progress:
    """Return how far the ratings have come behind *ranking*, a full ranking of *candidates* under *profile*.

    It is too early to choose while most of the weight that only interviews can fill is unknown for those still in.
    """
    standing = np.concatenate([ranking.ranked_rows, ranking.pending_rows])
    missing, weights = _missing(ranking, standing)
    counted = weights > 0
    late = counted & np.array([is_interview(c) for c in ranking.profile.criteria], dtype=bool)
    open_share = (missing[:, late] @ weights[late]).mean() / weights[late].sum() if late.any() and len(standing) else 0
    per_row = missing[:, counted].sum(axis=1)
    unknown = int(np.sort(per_row)[len(per_row) // 2]) if len(standing) else 0
    leaders = _leading(candidates, profile, ranking, standing)
    return Progress(
        bool(open_share > MOSTLY), int(counted.sum()), unknown, int((per_row >= unknown).sum()) if unknown else 0,
        len(standing), leaders, _to_rate(ranking, leaders), ranking.region,
    )  # fmt: skip


def is_interview(criterion: Criterion) -> bool:
    """Tell whether only people who met the candidate can say it: judged, or first known after the desk stage."""
    return criterion.kind == "judged" or criterion.first_step > DESK_STEP


def _missing(ranking: Ranking, rows: IntArray) -> tuple[Bools, NDArray[np.float64]]:
    """Return which values of *rows* are (partly) unknown (n x m; what does not apply is not), and the weights."""
    found = readings(ranking.candidates.take(rows), ranking.profile)
    return found.unknown > 0, ranking.weights


def _leading(candidates: Candidates, profile: Profile, ranking: Ranking, standing: IntArray) -> IntArray:
    """Return the first rows on what a desk can know; where the desk stage weighs nothing, on all that is known."""
    try:
        desk = rank(candidates, profile, ranking.region, ranking.scenario, "desk", waivers=ranking.waivers)
        score = desk.score
    except DecisionError:
        score = ranking.score
    ids = ranking.candidates.ids
    return np.array(sorted(standing.tolist(), key=lambda row: (-score[row], ids[row]))[:LEADERS], dtype=np.int64)


def _to_rate(ranking: Ranking, leaders: IntArray) -> dict[str, int]:
    """Return how many leaders lack each judged criterion that weighs or gates, the most useful first."""
    missing, weights = _missing(ranking, leaders)
    counts = {
        criterion.id: (float(weight) * lacking, lacking)
        for criterion, weight, lacking in zip(
            ranking.profile.criteria, weights, missing.sum(axis=0).tolist(), strict=True
        )
        if criterion.kind == "judged" and (weight > 0 or criterion.gates) and lacking
    }
    order = sorted(counts, key=lambda key: counts[key], reverse=True)
    return {key: counts[key][1] for key in order}


def _state(found: Progress) -> Message:
    facts = {"unknown": found.unknown, "factors": found.factors, "missing": found.missing, "standing": found.standing}
    if found.unknown >= found.factors:
        return msg("Too early to choose: nothing is known yet of {missing} of {standing} candidates.", **facts)
    return msg(
        "Too early to choose: {unknown} of {factors} factors are unknown for {missing} of {standing} candidates.",
        **facts,
    )


def _leaders(found: Progress) -> Message | None:
    if found.known <= 0 or not len(found.leaders):
        return None
    if found.region is None:
        return plural(
            "On what is known ({known} of {factors} factors), this one leads.",
            "On what is known ({known} of {factors} factors), these {n} lead.",
            len(found.leaders),
            known=found.known,
            factors=found.factors,
        )
    return plural(
        "On what is known ({known} of {factors} factors), this one leads in {region}.",
        "On what is known ({known} of {factors} factors), these {n} lead in {region}.",
        len(found.leaders),
        known=found.known,
        factors=found.factors,
        region=found.region,
    )


def _to_do(found: Progress) -> Message:
    if not found.ratings:
        return msg("What they still lack are facts: add them to the list of candidates.")
    return plural(
        "Rate them next: {n} rating, about {minutes} min.",
        "Rate them next: {n} ratings, about {minutes} min.",
        found.ratings,
        minutes=math.ceil(found.ratings * SECONDS_PER_RATING / 60),
    )
