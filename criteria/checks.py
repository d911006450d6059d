"""What a profile must be beyond its parts: every name it uses exists, every weight is possible, every region works."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from criteria.errors import ProfileError, WeightsError
from criteria.text import Message, msg

if TYPE_CHECKING:
    from criteria.model import Profile


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that *word* most likely meant, or None.

    >>> nearest("qualifed", ["floor", "qualified", "ideal"])
    'qualified'
    """
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def unknown_name(what: Message, word: str, known: Collection[str]) -> Message:
    """Return the sentence for a name that does not exist, with the nearest right one where there is one."""
    close = nearest(word, known)
    if close is not None:
        return msg("{what}: there is no “{word}”. Did you mean “{close}”?", what=what, word=word, close=close)
    return msg("{what}: there is no “{word}”. Known are: {known}.", what=what, word=word, known=", ".join(known))


def check_profile(profile: Profile) -> None:
    """Raise ProfileError or WeightsError for the first thing in *profile* that cannot work."""
    _check_ids(profile)
    _check_composites(profile)
    for name, points in profile.scenarios.items():
        _check_weights(profile, msg("Scenario “{name}”", name=name), points)
        if not any(weight > 0 for weight in points.values()):
            raise WeightsError(
                msg(
                    "Scenario “{name}”: all weights are zero. Give at least one criterion a weight above zero.",
                    name=name,
                )
            )
    _check_weighting(profile)
    _check_regions(profile)


def _check_ids(profile: Profile) -> None:
    if not profile.criteria:
        raise ProfileError(msg("The standard has no criteria. Add at least one."))
    if len(profile.by_id) < len(profile.criteria):
        counts = Counter(criterion.id for criterion in profile.criteria)
        twice = next(key for key, count in counts.items() if count > 1)
        raise ProfileError(msg("The criterion “{id}” stands twice. Remove one of the two.", id=twice))


def _check_composites(profile: Profile) -> None:
    for criterion in profile.criteria:
        for leaf in criterion.composite or ():
            where = msg("Criterion “{id}”, composite", id=criterion.id)
            if leaf not in profile.by_id:
                raise ProfileError(unknown_name(where, leaf, list(profile.by_id)))
            if not profile.by_id[leaf].is_scored or profile.by_id[leaf].composite is not None:
                raise ProfileError(
                    msg("{where}: “{leaf}” needs a curve, levels or a rubric of its own.", where=where, leaf=leaf)
                )


def _check_weights(profile: Profile, where: Message, points: Mapping[str, float]) -> None:
    _check_names(profile, where, points)
    for key, weight in points.items():
        if weight < 0:
            raise WeightsError(
                msg(
                    "{where}: the weight of “{criterion}” is {weight:g}. "
                    "Weights cannot be negative; use 0 to leave it out.",
                    where=where,
                    criterion=key,
                    weight=weight,
                )
            )
        if weight > 0 and not profile.by_id[key].is_scored:
            raise ProfileError(
                msg(
                    "{where}: “{criterion}” has a weight but no curve and no levels. Give it a curve "
                    "(floor, qualified, ideal), or write “use: {criterion}” to take it from the library.",
                    where=where,
                    criterion=key,
                )
            )


def _check_names(profile: Profile, where: Message, names: Iterable[str]) -> None:
    for name in names:
        if name not in profile.by_id:
            raise ProfileError(unknown_name(where, name, list(profile.by_id)))


DEEPEST_ANSWER = 6
"""Lists within lists of what was answered: a matrix for each person stands at 4."""


def _check_weighting(profile: Profile) -> None:
    for scenario, weighting in profile.weighting.items():
        if scenario not in profile.scenario_names:
            raise ProfileError(unknown_name(msg("Weighting"), scenario, profile.scenario_names))
        where = msg("Weighting of “{scenario}”", scenario=scenario)
        _check_names(profile, where, weighting.reasons)
        if not _is_plain(weighting.answers, DEEPEST_ANSWER):
            raise ProfileError(
                msg(
                    "{where}: the answers may hold texts, finite numbers, and lists or named groups of them.",
                    where=where,
                )
            )
        if weighting.date is not None and not _is_date(weighting.date):
            raise ProfileError(msg("{where}: the date must be written as 2026-05-31.", where=where))


def _is_plain(value: Any, deepest: int) -> bool:
    """Tell whether *value* can be written as JSON or YAML and read again as the same; yes and no are texts there."""
    if isinstance(value, dict):
        return deepest > 0 and all(isinstance(k, str) and _is_plain(v, deepest - 1) for k, v in value.items())
    if isinstance(value, list):
        return deepest > 0 and all(_is_plain(each, deepest - 1) for each in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return abs(value) <= sys.float_info.max
    return value is None or isinstance(value, str)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_regions(profile: Profile) -> None:
    from criteria.regions import profile_for_region, region_names

    for group, members in profile.region_groups.items():
        if not members or group in members:
            raise ProfileError(msg("Region group “{group}” must name at least one other region.", group=group))
    for name, change in profile.regions.items():
        where = msg("Region “{region}”", region=name)
        if change.inherits is not None and change.inherits not in region_names(profile):
            raise ProfileError(unknown_name(where, change.inherits, region_names(profile)))
        _check_names(profile, where, change.criteria)
        for scenario, points in change.scenarios.items():
            if scenario not in profile.scenario_names:
                raise ProfileError(unknown_name(where, scenario, profile.scenario_names))
            _check_names(profile, where, points)
        local = profile_for_region(profile, name)
        _check_composites(local)
        for points in local.scenarios.values():
            _check_weights(local, where, points)
