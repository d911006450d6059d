"""City (and country) columns -> the distance to the largest cities of the target region, for profiles that ask."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from criteria.model import Profile
from criteria.text import msg, render
from data.importing.cells import is_unknown, shown
from data.importing.headers import CITY, COUNTRY, REGIONS
from data.importing.notices import Notices
from data.readers.raw import RawColumn
from selection.frames import split_regions

DISTANCE = "distance_to_cities"
"""The criterion that is derived from places: km to the nearest of the largest cities of the region."""


def wants_distance(profile: Profile, targets: Mapping[str, RawColumn]) -> bool:
    """Tell whether *profile* asks for a distance that the file does not state but allows to work out."""
    criterion = profile.by_id.get(DISTANCE)
    return criterion is not None and criterion.levels is None and DISTANCE not in targets and CITY in targets


def distances(targets: Mapping[str, RawColumn], notices: Notices) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Return km to the nearest large city of the row's one region, else of its country, and how each came about.

    A row whose regions are several, unknown, or no place (a segment of the trade) is measured in its own country.
    A city that is not found is unknown and reported.
    """
    from data import places  # the gazetteer is only loaded for profiles that ask for distances

    towns = targets[CITY].text.to_pylist()
    regions = (
        [_only_region(cell) for cell in targets[REGIONS].text.to_pylist()]
        if REGIONS in targets
        else [None] * len(towns)
    )
    countries = targets[COUNTRY].text.to_pylist() if COUNTRY in targets else [_country(name) for name in regions]
    located = places.locate_many(towns, countries)
    values, notes = np.full(len(towns), np.nan), np.full(len(towns), None, dtype=object)
    for name in dict.fromkeys(regions):
        region = None if name is None else places.region_of(name)
        rows = np.flatnonzero([other == name for other in regions])
        code = None if region is None else region.code
        values[rows] = places.distance_to_largest([located.places[row] for row in rows], code)
        title = None if region is None else render(region.title)
        notes[rows] = render(places.distance_to_largest_formula(title))
    notes[np.isnan(values)] = None
    _report(towns, located.known, targets[CITY].header, notices)
    return values, notes


def _only_region(cell: str | None) -> str | None:
    names = split_regions(cell)
    return names[0] if len(names) == 1 and not is_unknown(names[0]) else None


def _country(name: str | None) -> str | None:
    from data import places

    region = None if name is None else places.region_of(name)
    return None if region is None else region.country


def _report(towns: list[str | None], known: NDArray[np.bool_], header: str, notices: Notices) -> None:
    for row, town in enumerate(towns):
        if town and not known[row] and not is_unknown(town):
            text = msg(
                "The place “{place}” was not found, or several have the name; its distance is unknown.",
                place=shown(town),
            )
            notices.add(text, row=row, column=header, severity="warning")
