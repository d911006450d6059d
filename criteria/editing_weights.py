"""Changes of a standard's weights and weighting scenarios, each a pure function Profile -> Profile."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from criteria.editing import checked_text, leaves_of, revised
from criteria.errors import WeightsError
from criteria.model import SCENARIO_TITLES, Profile, Way, Weighting
from criteria.text import LANGUAGES, msg, render
from criteria.weights import rank_order_centroid

WAYS: tuple[Way, ...] = ("equal", "order", "points")
"""The ways that leave nothing behind but points."""
HEAVY = 0.2
"""A criterion with more than this share of the weight needs a sentence why."""
MOST_POINTS = 1_000_000.0
MOST_SCENARIOS = 30
_SAME = 1e-4


def points_of(profile: Profile, scenario: str) -> dict[str, float]:
    """Return the points of every criterion that can weigh, 0 where it does not."""
    written = scenarios_of(profile)[profile.scenario(scenario)]
    return {c.id: float(written.get(c.id, 0.0)) for c in profile.criteria if c.is_scored}


def scenarios_of(profile: Profile) -> dict[str, dict[str, float]]:
    """Return the scenarios as written; where there are none, the equal weights that hold then."""
    if profile.scenarios:
        return {name: dict(points) for name, points in profile.scenarios.items()}
    weights = zip(profile.criteria, profile.weights().tolist(), strict=True)
    return {"equal": {criterion.id: 1.0 for criterion, weight in weights if weight > 0}}


def weighable(profile: Profile) -> tuple[str, ...]:
    """Return the criteria that are worth a weight: with a scale, and not already inside a composite."""
    inside = leaves_of(profile)
    return tuple(c.id for c in profile.criteria if c.is_scored and c.id not in inside)


def counted(profile: Profile, scenario: str) -> tuple[str, ...]:
    """Return the criteria with a weight above zero, the heaviest first, equals in the order of the standard."""
    points = points_of(profile, scenario)
    return tuple(sorted((key for key, weight in points.items() if weight > 0), key=lambda key: -points[key]))


def way_of(profile: Profile, scenario: str) -> Way:
    """Tell how the weights of a scenario came about: as recorded, else as far as the numbers show it."""
    recorded = profile.weighting.get(profile.scenario(scenario))
    if recorded is None or (recorded.way in WAYS and not recorded.answers):
        return _way_shown(profile, scenario)
    return recorded.way


def _way_shown(profile: Profile, scenario: str) -> Way:
    points = points_of(profile, scenario)
    order = counted(profile, scenario)
    total = sum(points.values())
    shares = [points[key] / total for key in order]
    if shares[0] - shares[-1] < _SAME:
        return "equal"
    by_order = rank_order_centroid(range(1, len(order) + 1)).values.tolist()
    return "order" if all(abs(a - b) < _SAME for a, b in zip(shares, by_order, strict=True)) else "points"


def weighting_of(profile: Profile, scenario: str) -> Weighting:
    """Return how the weights of a scenario came about: as recorded, else what the numbers show."""
    chosen, way = profile.scenario(scenario), way_of(profile, scenario)
    recorded = profile.weighting.get(chosen)
    if recorded is not None and recorded.way == way and recorded.answers:
        return recorded
    order = counted(profile, chosen)
    points = {key: weight for key, weight in points_of(profile, chosen).items() if weight > 0}
    answers = {"equal": {"criteria": list(order)}, "order": {"order": list(order)}, "points": {"points": points}}
    return Weighting(way=way, answers=answers.get(way, {}), reasons=reasons_of(profile, chosen))


def heavy(profile: Profile, scenario: str) -> tuple[str, ...]:
    """Return the criteria whose weight is so large that a sentence why belongs to it, the heaviest first."""
    weights = dict(zip((c.id for c in profile.criteria), profile.weights(scenario).tolist(), strict=True))
    return tuple(key for key in counted(profile, scenario) if weights[key] > HEAVY)


def set_points(profile: Profile, scenario: str, points: Mapping[str, Any]) -> Profile:
    """Return *profile* with the points of a scenario; who is not named keeps theirs, an emptied one is 0.

    How the old points came about is forgotten; why a criterion weighs what it weighs is not.
    Raise WeightsError for what is no number of zero or more, or where all are zero.
    """
    chosen = profile.scenario(scenario)
    merged = points_of(profile, chosen) | {key: _point(profile, key, value) for key, value in points.items()}
    kept = {key: value for key, value in merged.items() if value > 0}
    if not kept:
        raise WeightsError(msg("All weights are zero. Give at least one criterion a weight above zero."))
    weighting = profile.document().get("weighting", {})
    reasons = weighting.pop(chosen, {}).get("reasons")
    if reasons:
        weighting[chosen] = {"way": "points", "reasons": reasons}
    return revised(profile, scenarios=scenarios_of(profile) | {chosen: kept}, weighting=weighting)


def _point(profile: Profile, criterion_id: str, value: Any) -> float:
    criterion = profile.criterion(criterion_id)
    number = 0.0 if value is None else value
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number <= MOST_POINTS:
        raise WeightsError(
            msg("The weight of “{criterion}” must be a number from 0 to {most:,.0f}.",
                criterion=criterion.title, most=MOST_POINTS)
        )  # fmt: skip
    return float(number)


def set_equal(profile: Profile, scenario: str, counting: Sequence[str]) -> Profile:
    """Return *profile* with equal weights for the criteria that count in a scenario; the others weigh nothing."""
    if not counting:
        raise WeightsError(msg("At least one criterion must count."))
    points = {key: 1.0 if key in counting else 0.0 for key in points_of(profile, scenario)}
    return set_points(profile, scenario, points)


def set_order(profile: Profile, scenario: str, order: Sequence[str]) -> Profile:
    """Return *profile* with rank-order-centroid weights for *order*, the most important first; the rest is 0."""
    if not order:
        raise WeightsError(msg("At least one criterion must count."))
    weights = rank_order_centroid(range(1, len(order) + 1)).values
    points = dict.fromkeys(points_of(profile, scenario), 0.0)
    ordered = {key: round(100 * weight, 4) for key, weight in zip(order, weights.tolist(), strict=True)}
    return set_points(profile, scenario, points | ordered)


def set_weighting(
    profile: Profile,
    scenario: str,
    way: Way,
    answers: Mapping[str, Any],
    weights: Mapping[str, float],
    by: str = "",
    date: str | None = None,
) -> Profile:
    """Return *profile* with *weights* (who is not named weighs nothing) and the record of how they came about.

    The points are 100 times the weights, so that they add up to 100. *answers* is plain JSON, in the form that
    `criteria.weights.again` documents for each way. Reasons that were given before stay.
    """
    chosen = profile.scenario(scenario)
    total = sum(weights.values())
    unit = 100 / total if 0 < total < math.inf else 1.0  # what is no weight is refused by name when it is set
    points = {key: round(unit * weight, 4) for key, weight in weights.items()}
    changed = set_points(profile, chosen, dict.fromkeys(points_of(profile, chosen), 0.0) | points)
    record = {"way": way, "answers": dict(answers), "by": checked_text(by) or None, "date": date}
    return _recorded(changed, chosen, record)


def set_reason(profile: Profile, scenario: str, criterion_id: str, text: str) -> Profile:
    """Return *profile* with the sentence why a criterion weighs what it weighs in a scenario; an empty one goes."""
    chosen, criterion = profile.scenario(scenario), profile.criterion(criterion_id)
    old = reasons_of(profile, chosen)
    new = {key: reason for key, reason in old.items() if key != criterion.id}
    if checked_text(text):
        new[criterion.id] = checked_text(text)
    return profile if new == old else _recorded(profile, chosen, {"reasons": new})


def reasons_of(profile: Profile, scenario: str) -> dict[str, str]:
    """Return the sentences why criteria weigh what they weigh in a scenario, by criterion."""
    recorded = profile.weighting.get(profile.scenario(scenario))
    return dict(recorded.reasons) if recorded is not None else {}


def _recorded(profile: Profile, scenario: str, record: Mapping[str, Any]) -> Profile:
    """Return *profile* with *record* merged into how a scenario came about; a record that says nothing goes."""
    weighting = profile.document().get("weighting", {})
    merged = {"way": _way_shown(profile, scenario)} | weighting.get(scenario, {}) | dict(record)
    weighting[scenario] = {key: value for key, value in merged.items() if value not in (None, {})}
    if set(weighting[scenario]) == {"way"} and merged["way"] in WAYS:
        del weighting[scenario]
    return revised(profile, weighting=weighting)


def moved(order: Sequence[str], key: str, place: int) -> tuple[str, ...]:
    """Return *order* with *key* at *place* (0 = first), bounded by its ends.

    >>> moved("abc", "c", 0), moved("abc", "a", 9)
    (('c', 'a', 'b'), ('b', 'c', 'a'))
    """
    rest = [each for each in order if each != key]
    rest.insert(max(0, min(place, len(rest))), key)
    return tuple(rest)


# --- scenarios --------------------------------------------------------------------------------------------------------


def copy_scenario(profile: Profile, scenario: str, name: str) -> Profile:
    """Return *profile* with a copy of a scenario under a new *name*, regional weights included."""
    chosen, new = profile.scenario(scenario), _free_name(profile, name)
    if len(scenarios_of(profile)) >= MOST_SCENARIOS:
        raise WeightsError(msg("There may be {most} scenarios. Delete one first.", most=MOST_SCENARIOS))
    document = profile.document()
    for change in document.get("regions", {}).values():
        if chosen in change.get("scenarios", {}):
            change["scenarios"][new] = dict(change["scenarios"][chosen])
    scenarios, weighting = scenarios_of(profile), document.get("weighting", {})
    if chosen in weighting:
        weighting[new] = weighting[chosen]
    return revised(
        profile,
        scenarios=scenarios | {new: scenarios[chosen]}, weighting=weighting, regions=document.get("regions"),
    )  # fmt: skip


def rename_scenario(profile: Profile, scenario: str, name: str) -> Profile:
    """Return *profile* with another name for a scenario, in the regions too."""
    chosen, new = profile.scenario(scenario), _free_name(profile, name)
    document = profile.document()
    for change in document.get("regions", {}).values():
        change["scenarios"] = _renamed(change.get("scenarios", {}), chosen, new)
    return revised(
        profile,
        scenarios=_renamed(scenarios_of(profile), chosen, new),
        weighting=_renamed(document.get("weighting", {}), chosen, new),
        regions=document.get("regions"),
    )


def _renamed(mapping: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    return {new if key == old else key: value for key, value in mapping.items()}


def delete_scenario(profile: Profile, scenario: str) -> Profile:
    """Return *profile* without a scenario; raise WeightsError where it is the only one."""
    gone, scenarios = profile.scenario(scenario), scenarios_of(profile)
    if len(scenarios) < 2:
        raise WeightsError(msg("This is the only weighting scenario. Add another one before you delete it."))
    document = profile.document()
    for change in document.get("regions", {}).values():
        change.get("scenarios", {}).pop(gone, None)
    kept = {name: points for name, points in scenarios.items() if name != gone}
    return revised(profile, scenarios=kept, regions=document.get("regions"))


def _free_name(profile: Profile, name: str) -> str:
    new = name.strip()
    if not new:
        raise WeightsError(msg("Give the scenario a name."))
    known = scenarios_of(profile)
    titles = [
        render(SCENARIO_TITLES[key], language) for key in known if key in SCENARIO_TITLES for language in LANGUAGES
    ]
    if new.casefold() in {each.casefold() for each in (*known, *titles)}:
        raise WeightsError(msg("There is a scenario “{name}” already. Choose another name.", name=new))
    return new
