"""Waivers outlive what they were given for: which of the saved ones still mean something today."""

from __future__ import annotations

from collections.abc import Iterable

from criteria.model import Profile
from criteria.regions import region_names
from selection.model import Candidates, Waiver


def holding(waivers: Iterable[Waiver], candidates: Candidates, profile: Profile) -> tuple[Waiver, ...]:
    """Return the waivers whose candidate is still in the pool and whose must-have can still be waived somewhere.

    A file that names anything else is refused, for it is a mistake; saved work is not, for the candidate may have been
    put away or the must-have taken out of the standard since.
    """
    saved = tuple(waivers)
    if not saved:
        return ()
    known = set(candidates.ids.tolist())
    places = [profile, *(profile.for_region(name) for name in region_names(profile))]
    waivable = {
        criterion.id
        for place in places
        for criterion in place.criteria
        if any(gate.kind == "conditional" for gate in criterion.gates)
    }
    return tuple(waiver for waiver in saved if waiver.id in known and waiver.criterion in waivable)
