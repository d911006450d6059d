"""Place names -> coordinates, distances and the largest cities of a region; offline, from the committed gazetteer.

>>> locate("München", "Germany").region
'DE-BY'
>>> locate("深圳市南山区", "中国").name
'Shenzhen'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from criteria.text import Message, msg
from data.geo.distance import Floats, apart, distance_km
from data.geo.gazetteer import CLEARLY, KIN, Region, cities, country_of, region_of, rows_named
from data.geo.names import fold, spellings

__all__ = [
    "Located",
    "Place",
    "Region",
    "country_of",
    "distance_km",
    "distance_to_largest",
    "distance_to_largest_formula",
    "largest_cities",
    "locate",
    "locate_many",
    "region_of",
]

METROPOLIS = 1_000_000
"""From this population on "East ..." may be read as a side of the city."""

CITY_STATES = frozenset({"HK", "MO", "SG", "MC", "GI", "VA"})
"""Where any place name unknown to the gazetteer is a part of the one city."""

DISTRICT = frozenset({"区", "區"})

_SIDE = re.compile(
    r"\b(?:north|south|east|west|central|utara|selatan|timur|barat|pusat|nord|sud|süd|ost|est|norte|sur|sul|oeste)\b",
    re.IGNORECASE,
)
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place found: where it is, and how sure its name was.

    *how*: "exact", "alternate" (another name of it), "repaired" (the text was mis-decoded), "approximate" (it is a part
    of this place). *others*: how many more places of the country bear the name; the most populous one was taken.
    """

    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    how: str = "exact"
    others: int = 0

    @property
    def note(self) -> Message | None:
        """What the reader should know about this match, or None where it is plain."""
        if self.others:
            return msg(
                "{n} places in {country} are called {name}; the most populous one is taken.",
                n=self.others + 1,
                country=region.title if (region := country_of(self.country)) else self.country,
                name=self.name,
            )
        if self.how == "approximate":
            return msg("Not in the gazetteer itself; the position of {name} is taken.", name=self.name)
        if self.how == "repaired":
            return msg("The name was written in a wrong encoding and is read as {name}.", name=self.name)
        return None


@dataclass(frozen=True, slots=True)
class Located:
    """Places of many rows: *latitude* and *longitude* are NaN and *places* None where a place is unknown."""

    places: tuple[Place | None, ...]
    latitude: Floats
    longitude: Floats

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which rows were found."""
        return ~np.isnan(self.latitude)


def locate(city: str | None, country: str | None = None, admin: str | None = None) -> Place | None:
    """Return the place called *city*, or None where it is unknown or could be several.

    *country* is an ISO code or a name in a common language; *admin* a state or province: a place elsewhere is not
    taken. Without a country only a name that is clear by population is taken. An unknown country finds nothing.
    """
    text = (city or "").strip()
    if not text or len(text) > 200:
        return None
    if not (country or "").strip():
        return _anywhere(text, admin)
    found = country_of(str(country))
    return None if found is None else _in_country(text, found.code, (admin or "").strip())


def locate_many(
    cities: Sequence[str | None], countries: Sequence[str | None], admins: Sequence[str | None] | None = None
) -> Located:
    """Return the places of many rows; each different combination is looked up once."""
    known: dict[tuple[str | None, str | None, str | None], Place | None] = {}
    found = []
    for key in zip(
        map(_text, cities),
        map(_text, countries),
        map(_text, admins if admins is not None else [None] * len(cities)),
        strict=True,
    ):
        if key not in known:
            known[key] = locate(*key)
        found.append(known[key])
    latitude = np.array([np.nan if place is None else place.latitude for place in found], np.float64)
    longitude = np.array([np.nan if place is None else place.longitude for place in found], np.float64)
    return Located(tuple(found), latitude, longitude)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _in_country(text: str, country: str, admin: str) -> Place | None:
    codes = (country, *KIN.get(country, ()))
    for how, spelling, hint in spellings(text):
        for code in codes:
            if (place := _look_up(spelling, code, admin or hint, how)) is not None:
                return place
    if _HAN.search(text):
        return next((place for code in codes if (place := _by_prefix(text, code)) is not None), None)
    if country in CITY_STATES and (span := cities().spans.get(country)):
        return _place(span.start, "approximate")
    return _big_city_part(text, country)


def _big_city_part(text: str, country: str) -> Place | None:
    """Return the metropolis of which *text* names a side: Jakarta Utara is a part of Jakarta."""
    rest = _SIDE.sub(" ", text).strip()
    if rest == text:
        return None
    place = _look_up(rest, country, "", "approximate")
    return place if place is not None and place.population >= METROPOLIS else None


def _look_up(spelling: str, country: str, admin: str, how: str) -> Place | None:
    key = fold(spelling)
    matched, rows = rows_named(key, country) if key else ("", ())
    inside = _within(rows, country, admin)
    if not inside:
        return None
    return _place(inside[0], how or matched, len(inside) - 1 if matched == "exact" else 0)


def _within(rows: Sequence[int], country: str, admin: str) -> Sequence[int]:
    """Return those of *rows* that may lie in the subdivision *admin*; all of them where it is not one we know.

    Rows whose own subdivision has no ISO code cannot be ruled out.
    """
    region = region_of(admin, country) if admin and rows else None
    if region is None or region.is_country or "-" not in region.code:
        return rows
    here = {row: cities().text("region", row) for row in rows}
    return [row for row, code in here.items() if code == region.code] or [
        row for row, code in here.items() if "-" not in code
    ]


def _by_prefix(text: str, country: str) -> Place | None:
    """Return the place that a Chinese address begins with: 广东省深圳市南山区 is in Shenzhen."""
    key = fold(text)
    for end in range(len(key), 1, -1):
        region = region_of(key[:end], country)
        if region is None or region.country != country:
            continue
        if (place := _longest_name(key[end:].removeprefix("省"), country, region)) is not None:
            return place
    return _longest_name(key, country, None)


def _longest_name(key: str, country: str, region: Region | None) -> Place | None:
    table = cities()
    for end in range(len(key), 1, -1):
        if key[end:] in DISTRICT:  # 朝阳区 is not 朝阳
            continue
        _, rows = rows_named(key[:end], country)
        inside = [
            row for row in rows if region is None or region.is_country or table.text("region", row) == region.code
        ]
        if inside:
            return _place(inside[0], "exact" if end == len(key) else "approximate")
    return None


def _anywhere(text: str, admin: str | None) -> Place | None:
    """Return the clearly most populous place of that name in the world, or None."""
    for how, spelling, hint in spellings(text):
        for region in _hinted(admin or hint):
            if (place := _look_up(spelling, region.country, admin or hint, how)) is not None:
                return place
        rows = [row for country in cities().spans for row in rows_named(fold(spelling), country)[1]]
        if rows and not admin:
            return _clearest(rows, how)
    if _HAN.search(text):
        return next((place for code in ("CN", *KIN["CN"]) if (place := _by_prefix(text, code)) is not None), None)
    return None


def _hinted(text: str) -> list[Region]:
    """Return what a state behind a comma may be: "CA" is Canada or California, "TX" is Texas."""
    options = [region_of(text), region_of(text, "US") if re.fullmatch("[A-Z]{2}", text) else None] if text else []
    return [region for region in options if region is not None]


def _clearest(rows: Sequence[int], how: str) -> Place | None:
    people = cities().population
    ordered = sorted(set(rows), key=lambda row: -int(people[row]))
    if len(ordered) > 1 and people[ordered[0]] < CLEARLY * people[ordered[1]]:
        return None
    return _place(ordered[0], how or "exact")


def _place(row: int, how: str, others: int = 0) -> Place:
    table = cities()
    name, country, region = (table.text(column, row) for column in ("name", "country", "region"))
    where = float(table.latitude[row]), float(table.longitude[row])
    return Place(name, country, region, *where, int(table.population[row]), how, others)


def largest_cities(region: str | Region, k: int = 5, country: str | None = None) -> tuple[Place, ...]:
    """Return the *k* most populous cities of a country or subdivision, largest first; () where it is unknown.

    A city that is named as a region (深圳 in a list of provinces) is its own largest one. A place nearer than 20 km to
    a larger one is part of it (Brooklyn does not follow New York City).
    """
    home = country_of(country) if country else None
    target = region if isinstance(region, Region) else region_of(region, home.code if home else None)
    if target is None:
        place = locate(region, country) if isinstance(region, str) else None
        return () if place is None else (place,)
    table = cities()
    rows = table.spans.get(target.country, range(0))
    if not target.is_country:
        inside = table.texts("region", rows)
        candidates = [row for row, code in zip(rows, inside, strict=True) if code == target.code]
    else:
        candidates = list(rows)
    return tuple(
        _place(candidates[at], "exact") for at in apart(table.latitude[candidates], table.longitude[candidates], k)
    )


def distance_to_largest(
    located: Located | Sequence[Place | None], region: str | Region | None = None, k: int = 5
) -> Floats:
    """Return each row's distance in km to the nearest of the *k* largest cities of *region*; NaN where unknown.

    Without a region every row is measured in its own country; 0 is in such a city itself.
    """
    places = located.places if isinstance(located, Located) else tuple(located)
    result = np.full(len(places), np.nan)
    groups: dict[str | Region, list[int]] = {}
    for row, place in enumerate(places):
        if place is not None:
            groups.setdefault(place.country if region is None else region, []).append(row)
    for target, rows in groups.items():
        largest = largest_cities(target, k)
        if largest:
            result[rows] = _nearest([place for row in rows if (place := places[row])], largest)
    return result


def _nearest(places: Sequence[Place], targets: Sequence[Place]) -> Floats:
    own = np.array([(place.latitude, place.longitude) for place in places])
    there = np.array([(place.latitude, place.longitude) for place in targets])
    table = distance_km(own[:, :1], own[:, 1:], there[:, 0][None, :], there[:, 1][None, :])
    result: Floats = table.min(axis=1)
    return result


def distance_to_largest_formula(region: str | None = None, k: int = 5) -> Message:
    """Return the sentence that says how `distance_to_largest` came about."""
    if region is None:
        return msg("distance in km to the nearest of the {k} largest cities of its country", k=k)
    return msg("distance in km to the nearest of the {k} largest cities of {region}", k=k, region=region)
