"""Changes of what differs by region, each a pure function Profile -> Profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from criteria.editing import entry, revised
from criteria.editing_weights import scenarios_of
from criteria.errors import ProfileError
from criteria.model import Criterion, Profile, RegionChange
from criteria.regions import fold_region, profile_for_region, region_names
from criteria.text import msg

MOST_REGIONS = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """What one region changes of one criterion: *what* is a key of the criterion, or `weight` under a scenario."""

    region: str
    criterion: str
    what: str
    scenario: str | None = None


def differences(profile: Profile, criterion_id: str | None = None) -> tuple[Difference, ...]:
    """Return all that regions change, of one criterion or of every one, in the order of the regions."""
    found = []
    for region, change in profile.regions.items():
        for key, parts in change.criteria.items():
            found += [Difference(region, key, what) for what in parts]
        for scenario, points in change.scenarios.items():
            found += [Difference(region, key, "weight", scenario) for key in points]
    return tuple(each for each in found if criterion_id in (None, each.criterion))


def local(profile: Profile, region: str, criterion_id: str) -> Criterion:
    """Return a criterion as it holds in *region*."""
    return profile_for_region(profile, region).criterion(criterion_id)


def local_points(profile: Profile, region: str, scenario: str) -> dict[str, float]:
    """Return the points of a scenario as they hold in *region*."""
    return scenarios_of(profile_for_region(profile, region)).get(scenario, {})


def inherited(profile: Profile, region: str) -> Profile:
    """Return the profile that would hold in *region* without what it changes by itself."""
    change = profile.regions.get(region)
    if change is None:
        return profile_for_region(profile, region)
    bare = RegionChange(inherits=change.inherits)
    return profile_for_region(profile.changed(regions={**profile.regions, region: bare}), region)


def set_difference(
    profile: Profile, region: str, criterion_id: str, changes: Mapping[str, Any], weights: Mapping[str, float]
) -> Profile:
    """Return *profile* with what *region* changes of a criterion: *changes* by key, *weights* by scenario.

    What is the same as it would be inherited is not written, and an older change of it goes.
    """
    above = inherited(profile, region)
    document = _with_region(profile, region)
    change = document["regions"][region]
    own = dict(change.get("criteria", {}).get(criterion_id, {})) | dict(changes)
    plain = entry(above.criterion(criterion_id))
    own = {key: value for key, value in own.items() if not _same(above.criterion(criterion_id), plain, key, value)}
    change["criteria"] = {**change.get("criteria", {}), criterion_id: own}
    scenarios = {name: dict(points) for name, points in change.get("scenarios", {}).items()}
    for scenario, weight in weights.items():
        points = scenarios.setdefault(scenario, {})
        points[criterion_id] = float(weight)
        if weight == scenarios_of(above).get(scenario, {}).get(criterion_id, 0.0):
            del points[criterion_id]
    change["scenarios"] = scenarios
    return revised(profile, regions=_tidy(document["regions"]))


def _same(criterion: Criterion, plain: Mapping[str, Any], key: str, value: Any) -> bool:
    """Tell whether a changed key reads as what is inherited already."""
    read = Criterion.model_validate({**plain, key: value}) if key == "gate" else None
    return read.gates == criterion.gates if read is not None else plain.get(key) == value


def remove_difference(profile: Profile, difference: Difference) -> Profile:
    """Return *profile* without one regional change."""
    document = _with_region(profile, difference.region)
    change = document["regions"][difference.region]
    if difference.scenario is None:
        change.get("criteria", {}).get(difference.criterion, {}).pop(difference.what, None)
    else:
        change.get("scenarios", {}).get(difference.scenario, {}).pop(difference.criterion, None)
    return revised(profile, regions=_tidy(document["regions"]))


def _with_region(profile: Profile, region: str) -> dict[str, Any]:
    document = profile.document()
    document.setdefault("regions", {}).setdefault(region, {})
    return document


def _tidy(regions: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the regions without empty blocks; a region itself stays, since its name is worth something."""
    tidied = {}
    for name, change in regions.items():
        kept = dict(change)
        for part in ("criteria", "scenarios"):
            kept[part] = {key: value for key, value in change.get(part, {}).items() if value}
        tidied[name] = {key: value for key, value in kept.items() if value not in ({}, None)}
    return tidied


# --- names ------------------------------------------------------------------------------------------------------------


def add_region(profile: Profile, name: str, inherits: str | None = None) -> Profile:
    """Return *profile* with a region, or a segment that inherits from a region ("DE · hospitals")."""
    new = _free_name(profile, name)
    change = {} if inherits is None else {"inherits": inherits}
    return revised(profile, regions=_document(profile) | {new: change})


def set_group(profile: Profile, name: str, members: Sequence[str]) -> Profile:
    """Return *profile* with a group of regions, whose changes hold in every one of them; no members = no group."""
    groups = {key: list(value) for key, value in profile.region_groups.items()}
    if not members:
        groups.pop(name, None)
    else:
        groups[name if name in groups else _free_name(profile, name)] = list(dict.fromkeys(members))
    return revised(profile, region_groups=groups)


def remove_region(profile: Profile, name: str) -> Profile:
    """Return *profile* without a region or group and what it changes; raise ProfileError where others build on it."""
    for other, change in profile.regions.items():
        if change.inherits == name:
            raise ProfileError(msg("“{other}” inherits from “{region}”. Remove it first.", other=other, region=name))
    groups = {key: [m for m in value if m != name] for key, value in profile.region_groups.items() if key != name}
    regions = {key: value for key, value in _document(profile).items() if key != name}
    return revised(profile, regions=regions, region_groups={key: value for key, value in groups.items() if value})


def _document(profile: Profile) -> dict[str, Any]:
    regions: dict[str, Any] = profile.document().get("regions", {})
    return regions


def _free_name(profile: Profile, name: str) -> str:
    new = name.strip()
    if not new:
        raise ProfileError(msg("Give the region a name."))
    if fold_region(new) in {fold_region(known) for known in region_names(profile)}:
        raise ProfileError(msg("There is a region “{name}” already.", name=new))
    if len(region_names(profile)) >= MOST_REGIONS:
        raise ProfileError(msg("A standard may have {most} regions. Remove one first.", most=MOST_REGIONS))
    return new
