"""Changes of a standard, each a pure function Profile -> Profile: criteria, their texts, curves and must-haves.

Every function goes through the document and `parse_profile`, so a changed standard is checked exactly as a file would
be: what comes back is valid, or a DecisionError says what is wrong and the old profile is untouched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from criteria.curves import Curve
from criteria.errors import ProfileError
from criteria.loading import library, parse_profile
from criteria.model import Criterion, Profile
from criteria.regions import parse_criterion, without_other_scales
from criteria.text import LocalText, Message, msg

TEXTS = ("title", "unit", "definition", "why", "evidence")
"""The texts of a criterion that its owner may write."""
MOST_CRITERIA = 200
"""More criteria than this are a mistake, not a standard."""
MOST_TEXT = 2000
"""Characters that a text of the standard may have."""


def revised(profile: Profile, **parts: Any) -> Profile:
    """Return *profile* with *parts* of its document replaced and checked; None removes a part.

    A scenario whose points change loses the record of how they came about, unless *parts* brings a new one.
    """
    if "scenarios" in parts and "weighting" not in parts:
        parts["weighting"] = _still_true(profile, parts["scenarios"] or {}, parts.get("criteria"))
    document = profile.document() | parts
    return parse_profile({key: value for key, value in document.items() if value is not None}, profile.name)


def _still_true(profile: Profile, scenarios: Mapping[str, Any], criteria: Sequence[Mapping[str, Any]] | None) -> Any:
    """Return the weightings of scenarios whose points stay; where they change, only the reasons are kept."""
    known = set(profile.by_id) if criteria is None else {each["id"] for each in criteria}
    kept: dict[str, Any] = {}
    for name, weighting in profile.document().get("weighting", {}).items():
        reasons = {key: text for key, text in weighting.get("reasons", {}).items() if key in known}
        before, after = (_counting(points.get(name, {})) for points in (profile.scenarios, scenarios))
        if before == after:
            kept[name] = weighting | {"reasons": reasons}
        elif reasons and after:
            kept[name] = {"way": "points", "reasons": reasons}
    return kept


def _counting(points: Mapping[str, float]) -> dict[str, float]:
    return {key: weight for key, weight in points.items() if weight > 0}


def entry(criterion: Criterion) -> dict[str, Any]:
    """Return a criterion as it is written in a profile file."""
    return criterion.model_dump(mode="json", exclude_none=True)


def change_criterion(profile: Profile, criterion_id: str, changes: Mapping[str, Any]) -> Profile:
    """Return *profile* with some keys of one criterion replaced; None removes a key. Raise ProfileError if wrong."""
    old = profile.criterion(criterion_id)
    document = without_other_scales(entry(old), changes) | dict(changes)
    document = {key: value for key, value in document.items() if value is not None}
    checked = parse_criterion(document, _where(old))
    kept = [entry(checked) if c.id == criterion_id else entry(c) for c in profile.criteria]
    return revised(profile, criteria=kept)


def _where(criterion: Criterion) -> Message:
    return msg("Criterion “{id}”", id=criterion.title)


def set_text(profile: Profile, criterion_id: str, key: str, text: str, language: str) -> Profile:
    """Return *profile* with one text of a criterion as typed in *language*; the same text changes nothing.

    The other languages of the old text go: they would say something else than what was agreed.
    """
    old = getattr(profile.criterion(criterion_id), key)
    written = written_text(old, text, language)
    if written == old:
        return profile
    if key == "title" and not checked_text(text):
        raise ProfileError(msg("Give the criterion a name."))
    return change_criterion(profile, criterion_id, {key: None if written is None else dict(written.texts)})


def written_text(old: LocalText | None, text: str, language: str) -> LocalText | None:
    """Return *old* if *text* is what it reads in *language*, else the new text; an emptied one stays empty."""
    text = checked_text(text)
    if text == (old.text(language) if old is not None else ""):
        return old
    return LocalText({language: text}) if text or old is not None else None


def checked_text(text: str) -> str:
    """Return *text* without control characters and outer blanks; raise ProfileError where it is too long."""
    clean = "".join(c for c in text if c == "\n" or not unicodedata.category(c).startswith("C")).strip()
    if len(clean) > MOST_TEXT:
        raise ProfileError(msg("A text may have {most} characters; this one has {n}.", most=MOST_TEXT, n=len(clean)))
    return clean


def set_anchors(profile: Profile, criterion_id: str, texts: Sequence[str], language: str) -> Profile:
    """Return *profile* with the five anchors of a rubric, the worst first, as typed in *language*."""
    if len(texts) != 5 or not all(checked_text(text) for text in texts):
        raise ProfileError(msg("A rating scale needs five lines, one for each rating from 1 to 5."))
    old = profile.criterion(criterion_id).rubric or (None,) * 5
    written = [written_text(anchor, text, language) for anchor, text in zip(old, texts, strict=True)]
    if tuple(written) == old:
        return profile
    return change_criterion(profile, criterion_id, {"rubric": [dict(w.texts) for w in written if w is not None]})


def set_curve(profile: Profile, criterion_id: str, knots: Mapping[str, float]) -> Profile:
    """Return *profile* with the curve of one criterion: three knots, or six for a target range."""
    try:
        Curve.model_validate(dict(knots))
    except ValidationError:
        title = profile.criterion(criterion_id).title
        if len(knots) == 6:
            raise ProfileError(
                msg("“{id}”: the six numbers must rise from too little to too much.", id=title)
            ) from None
        raise ProfileError(
            msg("“{id}”: the numbers must rise, or fall, from floor over qualified to ideal.", id=title)
        ) from None
    return change_criterion(profile, criterion_id, {"curve": dict(knots)})


def set_levels(
    profile: Profile,
    criterion_id: str,
    values: Mapping[str, float | None],
    titles: Mapping[str, str] | None = None,
    language: str = "en",
) -> Profile:
    """Return *profile* with the levels of a category and their values 0..100 (None = decides nothing yet).

    Levels that stay keep their names in files, so that stored answers still mean the same; *titles* renames what is
    shown. Raise ProfileError where less than two are left.
    """
    names = [checked_text(name) for name in values]
    if len(set(names)) < 2 or not all(names):
        raise ProfileError(msg("A choice needs at least two different answers, each with a name."))
    old = profile.criterion(criterion_id).levels or {}
    levels: dict[str, Any] = {}
    for name, value in zip(names, values.values(), strict=True):
        known = old[name].model_dump(mode="json", exclude_none=True) if name in old else {}
        title = checked_text((titles or {}).get(name, ""))
        levels[name] = known | {"value": value} | ({"title": {language: title}} if title else {})
    return change_criterion(profile, criterion_id, {"levels": levels})


def set_gates(profile: Profile, criterion_id: str, gates: Sequence[Mapping[str, Any]]) -> Profile:
    """Return *profile* with the must-haves of one criterion: each a kind, and a limit in raw units if not at 50."""
    return change_criterion(profile, criterion_id, {"gate": [dict(gate) for gate in gates]})


def set_parts(profile: Profile, criterion_id: str, weights: Mapping[str, float]) -> Profile:
    """Return *profile* with the weights of the figures that a composite is made of."""
    return change_criterion(profile, criterion_id, {"composite": dict(weights)})


def set_minimum_total(profile: Profile, minimum: float | None) -> Profile:
    """Return *profile* with the total from which a candidate counts as qualified; None = no such line."""
    return revised(profile, minimum_total=minimum)


# --- which criteria there are -----------------------------------------------------------------------------------------


def leaves_of(profile: Profile) -> frozenset[str]:
    """Return the criteria that are figures of a composite."""
    return frozenset(leaf for criterion in profile.criteria for leaf in criterion.composite or ())


def add_from_library(profile: Profile, criterion_id: str) -> Profile:
    """Return *profile* with a criterion of the library, and with the figures it is made of.

    It weighs as much as the average of each scenario; a must-have that nobody may waive, and a figure of a composite,
    weigh nothing. Raise ProfileError where it is there already or there is no such criterion.
    """
    if criterion_id not in library():
        raise ProfileError(msg("There is no criterion “{id}” in the library.", id=criterion_id))
    return _with(profile, library()[criterion_id])


def _with(profile: Profile, criterion: Criterion) -> Profile:
    if criterion.id in profile.by_id:
        raise ProfileError(msg("The criterion “{id}” is in the standard already.", id=criterion.title))
    if len(profile.criteria) >= MOST_CRITERIA:
        raise ProfileError(msg("A standard may have {most} criteria. Remove one first.", most=MOST_CRITERIA))
    entries = [*map(entry, profile.criteria), entry(criterion), *missing_leaves(profile, criterion)]
    hard = any(gate.kind == "hard" for gate in criterion.gates)
    if not criterion.is_scored or hard or criterion.id in leaves_of(profile):
        return revised(profile, criteria=entries, scenarios=_explicit(profile))
    scenarios = {name: {**points, criterion.id: _average(points)} for name, points in profile.scenarios.items()}
    return revised(profile, criteria=entries, scenarios=scenarios)


def missing_leaves(profile: Profile, criterion: Criterion) -> list[dict[str, Any]]:
    """Return the figures of a composite that the standard lacks, as they are written in a profile file."""
    return [
        entry(library()[leaf]) | {"gate": "none"} for leaf in criterion.composite or () if leaf not in profile.by_id
    ]


def _average(points: Mapping[str, float]) -> float:
    counted = [weight for weight in points.values() if weight > 0]
    return round(sum(counted) / len(counted), 4) or counted[0]


def _explicit(profile: Profile) -> dict[str, dict[str, float]]:
    """Return the scenarios; where there are none, the equal weights that hold now, so that a new criterion adds 0."""
    if profile.scenarios:
        return {name: dict(points) for name, points in profile.scenarios.items()}
    weights = zip(profile.criteria, profile.weights().tolist(), strict=True)
    return {"equal": {criterion.id: 1.0 for criterion, weight in weights if weight > 0}}


def add_own(profile: Profile, title: str, scale: Mapping[str, Any], language: str) -> Profile:
    """Return *profile* with a criterion of one's own; *scale* holds its kind, unit, curve or levels as in a file."""
    name = checked_text(title)
    if not name:
        raise ProfileError(msg("Give the criterion a name."))
    if any(name.casefold() == text.casefold() for c in profile.criteria for text in c.title.every()):
        raise ProfileError(msg("The criterion “{id}” is in the standard already.", id=name))
    document = {"id": own_id(profile, name), "title": {language: name}, **scale}
    return _with(profile, parse_criterion(document, _where_named(name)))


def _where_named(name: str) -> Message:
    return msg("Criterion “{id}”", id=name)


def own_id(profile: Profile, title: str) -> str:
    """Return a short id for a criterion called *title* that neither the standard nor the library has."""
    words = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", title).casefold()).strip("_")[:40] or "criterion"
    taken = {*profile.by_id, *library(), "id", "name", "region", "regions"}
    tries = (words if n == 1 else f"{words}_{n}" for n in range(1, len(taken) + 2))
    return next(each for each in tries if each not in taken)


def remove_criterion(profile: Profile, criterion_id: str) -> Profile:
    """Return *profile* without a criterion, its weights and regional changes, and figures only it was made of.

    Raise ProfileError where another criterion is made of it.
    """
    gone = profile.criterion(criterion_id)
    for other in profile.criteria:
        if criterion_id in (other.composite or ()):
            raise ProfileError(
                msg("“{leaf}” is a part of “{whole}”. Take it out there, or remove “{whole}” first.",
                    leaf=gone.title, whole=other.title)
            )  # fmt: skip
    return without(profile, {criterion_id, *idle_leaves(profile, gone)})


def idle_leaves(profile: Profile, gone: Criterion) -> set[str]:
    """Return the figures of a composite that weigh nothing, are no must-have and serve no other composite."""
    others = {leaf for c in profile.criteria if c.id != gone.id for leaf in c.composite or ()}
    weighed = {key for points in profile.scenarios.values() for key, weight in points.items() if weight > 0}
    return {leaf for leaf in gone.composite or () if not profile.by_id[leaf].gates} - others - weighed


def without(profile: Profile, gone: Iterable[str]) -> Profile:
    """Return *profile* without some criteria, wherever they are named."""
    names = set(gone)

    def kept(mapping: Mapping[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in mapping.items() if key not in names}

    document = profile.document()
    regions = document.get("regions", {})
    for change in regions.values():
        change["criteria"] = kept(change.get("criteria", {}))
        change["scenarios"] = {name: kept(points) for name, points in change.get("scenarios", {}).items()}
    return revised(
        profile,
        criteria=[entry(c) for c in profile.criteria if c.id not in names],
        scenarios={name: kept(points) for name, points in profile.scenarios.items()},
        regions=regions,
    )
