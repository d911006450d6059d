"""Regional inheritance: what a region, a group of regions or a segment inside a region changes of the standard."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from criteria.checks import unknown_name
from criteria.errors import ProfileError
from criteria.model import CHANGEABLE, Criterion, Profile, RegionChange
from criteria.text import Message, msg

MAX_LINEAGE = 50
"""A region that inherits over more steps than this is a mistake (or an attack on the call stack)."""


def region_names(profile: Profile) -> tuple[str, ...]:
    """Return every region the profile knows: its regions, its groups and the members of the groups, in that order."""
    members = [member for group in profile.region_groups.values() for member in group]
    return tuple(dict.fromkeys([*profile.regions, *profile.region_groups, *members]))


def fold_region(name: str) -> str:
    """Return *name* as it is compared: width, case and outer blanks do not matter."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def lineage(profile: Profile, region: str) -> tuple[str, ...]:
    """Return the names whose changes hold in *region*, the widest first and *region* itself last.

    A segment inherits from its region, a region from the groups that name it.
    """
    found: list[str] = []

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise ProfileError(msg("Region “{region}” inherits from itself. Remove one “inherits”.", region=name))
        if len(path) > MAX_LINEAGE:
            raise ProfileError(msg("Region “{region}” inherits over too many steps.", region=region))
        if name in found:
            return
        change = profile.regions.get(name)
        parents = [group for group, members in profile.region_groups.items() if name in members]
        parents += [change.inherits] if change and change.inherits else []
        for parent in parents:
            visit(parent, (*path, name))
        found.append(name)

    visit(region, ())
    return tuple(found)


def serves(profile: Profile, region: str) -> frozenset[str]:
    """Return the folded names that a candidate may list to serve *region*.

    Itself, what it belongs to (a segment's region, the groups), and the members when *region* is a group.
    """
    inside = [name for name in region_names(profile) if region in _groups_above(profile, name)]
    return frozenset(fold_region(name) for name in (*lineage(profile, region), *inside))


def _groups_above(profile: Profile, name: str) -> frozenset[str]:
    """Return the groups that name *name*, and the groups that name those."""
    found: set[str] = set()
    open_names = [name]
    while open_names:
        inner = open_names.pop()
        groups = {group for group, members in profile.region_groups.items() if inner in members} - found
        found |= groups
        open_names += groups
    return frozenset(found)


def profile_for_region(profile: Profile, region: str | None) -> Profile:
    """Return the profile that holds in *region* (None, or a region without changes: as it is)."""
    if region is None:
        return profile
    for _, change in region_changes(profile, region):
        profile = _apply(profile, region, change)
    return profile


def _apply(profile: Profile, region: str, change: RegionChange) -> Profile:
    criteria = tuple(
        changed_criterion(criterion, change.criteria[criterion.id], region)
        if criterion.id in change.criteria
        else criterion
        for criterion in profile.criteria
    )
    scenarios = {
        name: {**points, **change.scenarios.get(name, {})}
        for name, points in (profile.scenarios or _equal(profile)).items()
    }
    total = profile.minimum_total if change.minimum_total is None else change.minimum_total
    return profile.changed(criteria=criteria, scenarios=scenarios, minimum_total=total)


def _equal(profile: Profile) -> dict[str, dict[str, float]]:
    return {"equal": {c.id: 1.0 for c in profile.criteria if c.id in profile._alone}}


def changed_criterion(criterion: Criterion, change: Mapping[str, Any], region: str) -> Criterion:
    """Return *criterion* with a regional *change*; raise ProfileError where the change names something else."""
    where = msg("Region “{region}”, criterion “{criterion}”", region=region, criterion=criterion.id)
    for key in change:
        if key not in CHANGEABLE:
            raise ProfileError(unknown_name(where, str(key), CHANGEABLE))
    return parse_criterion(without_other_scales(criterion.model_dump(exclude_none=True), change) | dict(change), where)


def without_other_scales(base: dict[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Return *base* without the scale that *change* replaces by another kind of scale."""
    scales = ("curve", "levels", "composite")
    if change.get("kind") == "judged" or any(change.get(scale) is not None for scale in scales):
        return {key: value for key, value in base.items() if key not in scales}
    return base


def parse_criterion(document: Mapping[str, Any], where: Message) -> Criterion:
    """Return the criterion that *document* describes; raise ProfileError that begins with *where*."""
    from pydantic import ValidationError

    from criteria.loading import explain_validation

    try:
        return Criterion.model_validate(document)
    except ValidationError as error:
        raise explain_validation(error, where) from None


def region_changes(profile: Profile, region: str) -> tuple[tuple[str, RegionChange], ...]:
    """Return (name, change) for all that differs from the global standard in *region*, the widest first."""
    return tuple((name, profile.regions[name]) for name in lineage(profile, region) if name in profile.regions)
