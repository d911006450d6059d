"""Generated pools with a hidden truth: what is shown of it, and how it is revealed fact by fact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from criteria import Profile, parse_profile
from selection import Candidates, Ranking, rank
from selection.robustness.next_facts import OpenFact, next_facts
from selection.robustness.open_facts import EVIDENCE, standing

GATES: tuple[dict[str, Any], ...] = (
    {"kind": "hard", "limit": 2},
    {"kind": "conditional", "limit": 2},
    {"kind": "hard", "limit": 17, "min_level": 2},
    {"kind": "conditional", "limit": 50},
)
"""Must-haves for the four kinds of criteria, met by most."""


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """A standard, candidates as they really are, and as they are known so far."""

    profile: Profile
    truth: Candidates
    shown: Candidates


@dataclass(frozen=True, slots=True)
class Collected:
    """How many facts were collected, how many were open, and the first k in the end and in truth."""

    facts: int
    open_facts: int
    unknown: int
    first: frozenset[str]
    true_first: frozenset[str]


def standard(random: np.random.Generator, m: int, gates: int) -> Profile:
    """Return a standard of rising, judged, falling and category criteria with weights 1 to 5 and some must-haves."""
    kinds: tuple[dict[str, Any], ...] = (
        {"curve": {"floor": 0, "qualified": 8, "ideal": 20}},
        {"kind": "judged"},
        {"curve": {"floor": 20, "qualified": 10, "ideal": 2}},
        {"levels": {"none": 0, "some": 50, "much": 75, "all": 100}},
    )
    criteria = [{"id": f"c{j}", **kinds[j % 4]} | ({"gate": [GATES[j % 4]]} if j < gates else {}) for j in range(m)]
    weights = {f"c{j}": int(weight) for j, weight in enumerate(random.integers(1, 6, m))}
    return parse_profile({"name": "pool", "criteria": criteria, "scenarios": {"balanced": weights}})


def pool(seed: int, n: int = 30, m: int = 12, unknown: float = 0.2, gates: int = 3) -> Pool:
    """Return a seeded pool; values are coarse, so totals tie now and then."""
    random = np.random.default_rng(seed)
    profile = standard(random, m, gates)
    draws = {0: lambda: random.integers(0, 21, n).astype(float), 1: lambda: random.integers(2, 11, n) / 2}
    draws[2], draws[3] = draws[0], lambda: random.choice(["none", "some", "much", "all"], n).astype(object)
    columns = {f"c{j}": draws[j % 4]() for j in range(m)}
    truth, shown = dict(columns), {}
    for key, values in columns.items():
        shown[key] = values.copy()
        shown[key][random.random(n) < unknown] = None if values.dtype == object else np.nan
    if gates > 2:  # some only say that they meet the third must-have
        claimed = (random.random(n) < 0.2) & (columns["c2"] <= 17)
        shown["c2"] = np.where(claimed, columns["c2"], shown["c2"])
        truth["c2"] = np.where(claimed & (random.random(n) < 0.3), 20.0, columns["c2"])
        shown["c2.level"] = np.where(claimed, 0.0, np.nan)
    return Pool(profile, *(Candidates.from_frame(_frame(each, n), profile) for each in (truth, shown)))


def _frame(columns: dict[str, Any], n: int) -> pd.DataFrame:
    return pd.DataFrame({"id": [f"k{i:03d}" for i in range(n)]} | columns)


def reveal(known: Candidates, truth: Candidates, fact: OpenFact) -> Candidates:
    """Return the candidates with one fact known: the true value, with evidence where that was asked for."""
    frame = known.frame.copy(deep=False)
    column = frame[fact.criterion].to_numpy(copy=True)
    column[fact.row] = truth.frame[fact.criterion].to_numpy()[fact.row]
    frame[fact.criterion] = pd.Series(column, dtype=column.dtype)
    levels = dict(known.levels)
    if fact.kind == EVIDENCE:
        levels[fact.criterion] = levels[fact.criterion].copy()
        levels[fact.criterion][fact.row] = 2.0
    return replace(known, frame=frame, levels=levels)


def first_of(ranking: Ranking, k: int) -> frozenset[str]:
    """Return everybody of rank *k* or better, by id and region."""
    frame = ranking.candidates.frame
    regions = frame["region"].tolist() if "region" in frame.columns else [""] * len(frame)
    rows = ranking.ranked_rows[ranking.ranks <= k].tolist()
    return frozenset(f"{frame['id'].iat[row]} {regions[row] or ''}".strip() for row in rows)


def collect(made: Pool, k: int = 3, draws: int = 1_000) -> Collected:
    """Collect facts in the order proposed until nothing can change the first *k* any more."""
    known, ranking = made.shown, rank(made.shown, made.profile)
    start = sum(len(facts) for facts in standing(ranking).facts)
    count = 0
    while found := next_facts(ranking, k, draws):
        known = reveal(known, made.truth, found[0])
        ranking, count = rank(known, made.profile), count + 1
    unknown = int(made.shown.frame.isna().to_numpy().sum())
    return Collected(count, start, unknown, first_of(ranking, k), first_of(rank(made.truth, made.profile), k))
