"""What if a must-have stood elsewhere: who comes in, who falls out, and at which rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from criteria.model import Criterion, Profile
from criteria.regions import fold_region
from selection.model import FAIL, IntArray, Waiver
from selection.rank import Ranking, rank, reweighted
from selection.screen import with_limit


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """The ranking with one limit moved; *came_in* and *fell_out* are rows of its candidates, the best total first."""

    ranking: Ranking
    came_in: IntArray
    fell_out: IntArray


@dataclass(frozen=True, slots=True)
class Dial:
    """A must-have whose limit can be moved: its present limit and the range that makes sense, in raw units."""

    criterion: Criterion
    limit: float
    lowest: float
    highest: float


def dials(ranking: Ranking) -> tuple[Dial, ...]:
    """Return the must-haves that can be moved: numeric, waivable and with one limit; who stops most comes first."""
    found = []
    for column in ranking.screening.gates:
        criterion, gate = column.criterion, column.gate
        scale = criterion.scale
        if criterion.is_category or scale is None or scale.is_range or gate.kind != "conditional":
            continue
        limit = next(bound for bound in criterion.bounds(gate) if np.isfinite(bound))
        ends = (scale.raw_at(0.0)[0], scale.raw_at(100.0)[0], limit)
        dial = Dial(criterion, float(limit), float(min(ends)), float(max(ends)))
        found.append((int((column.codes == FAIL).sum()), dial))
    unique: dict[str, tuple[int, Dial]] = {}
    for stopped, dial in sorted(found, key=lambda pair: -pair[0]):  # of two limits on one criterion the stricter
        unique.setdefault(dial.criterion.id, (stopped, dial))
    return tuple(dial for _, dial in sorted(unique.values(), key=lambda pair: -pair[0]))


def move_limit(ranking: Ranking, criterion_id: str, limit: float) -> Moved:
    """Return who stands where with the waivable limit of *criterion_id* at *limit* (raw units), in the same region."""
    candidates, profile = ranking.original
    local = settled(profile, ranking.region)
    waivers = tuple(waiver for waiver in ranking.waivers if _still_holds(waiver, ranking, local))
    moved = rank(
        candidates, with_limit(local, criterion_id, limit), ranking.region, ranking.scenario, ranking.stage,
        waivers=waivers,
    )  # fmt: skip
    if not np.array_equal(moved.weights, ranking.weights):  # on facts or on ratings alone
        moved = reweighted(moved, ranking.weights, **ranking.parameters)
    before, after = set(ranking.eliminated_rows.tolist()), set(moved.eliminated_rows.tolist())
    return Moved(moved, _by_score(moved, before - after), _by_score(moved, after - before))


def settled(profile: Profile, region: str | None) -> Profile:
    """Return the standard of *region* with its changes worked in, so that applying the region again changes nothing."""
    if region is None:
        return profile
    nothing: dict[str, Any] = {"criteria": {}, "scenarios": {}, "minimum_total": None}
    regions = {name: change.model_copy(update=nothing) for name, change in profile.regions.items()}
    return profile.for_region(region).changed(regions=regions)


def _still_holds(waiver: Waiver, ranking: Ranking, local: Profile) -> bool:
    """Tell whether a waiver concerns this region and a must-have of its standard."""
    gates = local.by_id[waiver.criterion].gates if waiver.criterion in local.by_id else ()
    if not any(gate.kind == "conditional" for gate in gates):
        return False
    elsewhere = waiver.region and ranking.region and fold_region(waiver.region) != fold_region(ranking.region)
    return not elsewhere


def _by_score(ranking: Ranking, rows: set[int]) -> IntArray:
    ids = ranking.candidates.ids
    return np.array(sorted(rows, key=lambda row: (-ranking.score[row], ids[row])), dtype=np.int64)
