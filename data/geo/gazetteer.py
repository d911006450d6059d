"""The committed gazetteer (data/geo): loaded on first use, one country's names at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from criteria.text import LocalText
from data.geo.names import fold

GEO = Path(__file__).parent

KIN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"CN": ("HK", "MO", "TW"), "US": ("PR", "GU", "VI"), "GB": ("JE", "GG", "IM", "GI"), "FR": ("RE", "GP", "MQ", "GF")}
)
"""Where a place is looked for next, as files differ on what they write in the country column."""

CLEARLY = 4.0
"""Without a country a name means its largest bearer only where that one has this many times the people of the next."""


@dataclass(frozen=True, slots=True)
class Region:
    """A country (code "DE") or one of its first-level subdivisions (ISO 3166-2 code "DE-BY" where it has one)."""

    code: str
    country: str
    title: LocalText
    population: int

    @property
    def is_country(self) -> bool:
        """Whether this is a whole country."""
        return self.code == self.country


@dataclass(frozen=True, slots=True)
class Cities:
    """Every city of the gazetteer, by country and then by falling population; *spans* maps a country to its rows."""

    table: pa.Table
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    population: NDArray[np.int64]
    spans: Mapping[str, range]

    def text(self, column: str, row: int) -> str:
        """Return one cell of a text column."""
        return str(self.table.column(column)[row].as_py())

    def texts(self, column: str, rows: range) -> list[str]:
        """Return a text column's cells of *rows*."""
        found: list[str] = self.table.column(column).slice(rows.start, len(rows)).to_pylist()
        return found


@cache
def cities() -> Cities:
    """Return the cities, read from the committed file."""
    with pq.ParquetFile(GEO / "cities.parquet") as file:  # read_table would import the data set machinery first
        table = file.read().combine_chunks()
    countries = table.column("country").to_pylist()
    spans, start = {}, 0
    for country, group in groupby(countries):
        length = sum(1 for _ in group)
        spans[country] = range(start, start + length)
        start += length
    columns = {name: table.column(name).to_numpy() for name in ("latitude", "longitude", "population")}
    return Cities(
        table,
        columns["latitude"],
        columns["longitude"],
        columns["population"].astype(np.int64),
        MappingProxyType(spans),
    )


def rows_named(key: str, country: str) -> tuple[str, Sequence[int]]:
    """Return how *key* names places of *country*, and their rows, most populous first.

    "exact": by own name; "alternate": by another name; "approximate": a part of the place; "": nothing is called so.
    """
    for how, column in (("exact", "keys"), ("alternate", "alternates"), ("approximate", "covers")):
        if rows := _index(country, column).get(key):
            return how, rows
    return "", ()


@cache
def _index(country: str, column: str) -> Mapping[str, Sequence[int]]:
    """Return the rows of each key in one column of one country, so that no more is unpacked than is asked for."""
    gazetteer = cities()
    rows = gazetteer.spans.get(country, range(0))
    index: dict[str, list[int]] = {}
    for row, cell in zip(rows, gazetteer.texts(column, rows), strict=True):
        for key in cell.split("|") if cell else ():
            index.setdefault(key, []).append(row)
    return index


@cache
def _country_table() -> tuple[dict[str, Region], dict[str, str]]:
    """Return the countries by code, and the code of each key."""
    countries, keys = {}, {}
    for row in _read("countries.csv"):
        code = row["country"]
        countries[code] = Region(code, code, _title(row), int(row["population"] or 0))
        keys.update(dict.fromkeys(row["keys"].split("|"), code))
    return countries, keys


@cache
def _region_table() -> tuple[dict[str, Region], dict[tuple[str, str], str], dict[str, list[str]]]:
    """Return the subdivisions by code, the code of each (country, key), and the codes of each key anywhere."""
    people = _population_by_region()
    regions: dict[str, Region] = {}
    keys: dict[tuple[str, str], str] = {}
    anywhere: dict[str, list[str]] = {}
    for row in _read("regions.csv"):
        code, country = row["region"], row["country"]
        regions[code] = Region(code, country, _title(row), people.get(code, 0))
        for key in row["keys"].split("|"):
            keys[(country, key)] = code
            anywhere.setdefault(key, []).append(code)
    return regions, keys, anywhere


def _title(row: Mapping[str, str]) -> LocalText:
    names = {"en": row["name_en"], "zh-Hans": row["name_zh_hans"], "zh-Hant": row["name_zh_hant"]}
    return LocalText({language: name for language, name in names.items() if name})


def _population_by_region() -> dict[str, int]:
    gazetteer = cities()
    encoded = gazetteer.table.column("region").combine_chunks().dictionary_encode()
    totals = np.bincount(encoded.indices.to_numpy(), weights=gazetteer.population.astype(np.float64))
    return {code: int(total) for code, total in zip(encoded.dictionary.to_pylist(), totals, strict=True)}


def _read(name: str) -> Iterator[dict[str, str]]:
    with (GEO / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def country_of(text: str) -> Region | None:
    """Return the country that *text* names: ISO code of two or three letters, or a name in a common language.

    >>> [country_of(t).code for t in ("NA", "USA", "Deutschland", "台灣", "South Korea")]
    ['NA', 'US', 'DE', 'TW', 'KR']
    """
    countries, keys = _country_table()
    code = keys.get(fold(text)) or keys.get(fold(text.split("(")[0]))
    return None if code is None else countries[code]


def region_of(text: str, country: str | None = None) -> Region | None:
    """Return the country or subdivision that *text* names; with *country* (a code) a subdivision of it first.

    Without a country, short forms of subdivisions are not read ("CA" is Canada), and a name that several countries
    share means the one with clearly more people, else nothing. What follows a middle dot is a segment, not looked at.

    >>> [region_of(t).code for t in ("CA", "California", "CN-GD", "广东省", "DE · hospitals")]
    ['CA', 'US-CA', 'CN-GD', 'CN-GD', 'DE']
    >>> region_of("CA", "US").code
    'US-CA'
    """
    name = text.split("·")[0].strip()
    key = fold(name)
    regions, keys, anywhere = _region_table()
    if country is not None and (code := keys.get((country, key))):
        return regions[code]
    if (found := country_of(name)) is not None:
        return found
    if country is not None or (len(key) < 4 and key.isascii()):
        return None
    options = sorted((regions[code] for code in anywhere.get(key, ())), key=lambda region: -region.population)
    clear = len(options) == 1 or (options and options[0].population >= CLEARLY * options[1].population)
    return options[0] if clear else None
