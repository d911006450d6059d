"""Changes of a standard that exchange a scale or the whole: a rating for figures and back, a template for the rest.

Stored values do not know on which scale they were given; `reread` names the criteria whose values mean something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from criteria.editing import entry, idle_leaves, missing_leaves, revised, without
from criteria.errors import ProfileError
from criteria.loading import library, load_profile
from criteria.model import Criterion, Profile
from criteria.text import msg


def figures_for(criterion: Criterion) -> Criterion | None:
    """Return the measured criterion of the library that can stand for a judged one; None where there is none."""
    known = library().get(criterion.id)
    return known if criterion.kind == "judged" and known is not None and known.kind != "judged" else None


def replace_by_figures(profile: Profile, criterion_id: str) -> Profile:
    """Return *profile* with the library's figures in place of a rating; weight and kind of must-have stay."""
    old = profile.criterion(criterion_id)
    known = figures_for(old)
    if known is None:
        raise ProfileError(msg("The library has no figures for “{criterion}”.", criterion=old.title))
    return _swapped(profile, old, entry(known), missing_leaves(profile, known))


def replace_by_rating(profile: Profile, criterion_id: str) -> Profile:
    """Return *profile* with a rating on the five anchors in place of a figure; weight and kind of must-have stay."""
    old = profile.criterion(criterion_id)
    if old.kind == "judged" or old.rubric is None:
        raise ProfileError(msg("“{criterion}” has no rating scale to go back to.", criterion=old.title))
    document = {k: v for k, v in entry(old).items() if k not in ("curve", "levels", "composite")} | {"kind": "judged"}
    changed = _swapped(profile, old, document, [])
    return without(changed, idle_leaves(profile, old))


def _swapped(profile: Profile, old: Criterion, new: dict[str, Any], more: list[dict[str, Any]]) -> Profile:
    # Limits and curves are in the units of what was replaced, so they go; that it is a must-have stays.
    kinds = {gate.kind for gate in old.gates}
    new = new | {"gate": [{"kind": kind} for kind in ("conditional", "hard") if kind in kinds][:1]}
    document = profile.document()
    for change in document.get("regions", {}).values():
        change.get("criteria", {}).pop(old.id, None)
    entries = [new if c.id == old.id else entry(c) for c in profile.criteria]
    return revised(profile, criteria=[*entries, *more], regions=document.get("regions"))


def reread(old: Profile, new: Profile) -> tuple[str, ...]:
    """Return the criteria whose raw values mean something else in *new*: a rating is no figure and no answer."""
    return tuple(c.id for c in new.criteria if c.id in old.by_id and _reading(old.by_id[c.id]) != _reading(c))


def _reading(criterion: Criterion) -> str:
    return "judged" if criterion.kind == "judged" else "category" if criterion.is_category else "number"


def from_template(profile: Profile, template: str) -> Profile:
    """Return the built-in *template* as the new standard; the regions keep their names and groups, not their rules."""
    start = load_profile(template)
    regions = {name: _name_only(change.model_dump(mode="json")) for name, change in profile.regions.items()}
    groups = {name: list(members) for name, members in profile.region_groups.items()}
    return revised(start, regions=regions, region_groups=groups)


def _name_only(change: Mapping[str, Any]) -> dict[str, Any]:
    return {key: change[key] for key in ("inherits", "title") if change.get(key) is not None}
