"""Places: names in many spellings, distances against known ones, largest cities of regions, and what stays unknown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.text import render
from data.geo.names import fold
from data.places import (
    Place,
    country_of,
    distance_km,
    distance_to_largest,
    distance_to_largest_formula,
    largest_cities,
    locate,
    locate_many,
    region_of,
)

GEO = Path(__file__).parents[2] / "data" / "geo"


@pytest.mark.parametrize(
    ("city", "country", "name"),
    [
        ("Munich", "Germany", "Munich"),
        ("MÜNCHEN", "DE", "Munich"),
        ("Muenchen", "DEU", "Munich"),
        ("Köln", "Deutschland", "Köln"),
        ("Cologne", "德国", "Köln"),
        ("Dusseldorf", "Germany", "Düsseldorf"),
        ("慕尼黑", "德國", "Munich"),
        ("Sao Paulo", "Brasil", "São Paulo"),
        ("SÃ£o Paulo", "Brazil", "São Paulo"),
        ("ＴＯＫＹＯ", "日本", "Tokyo"),
        ("大阪", "Japan", "Osaka"),
        ("St. Louis", "USA", "St. Louis"),
        ("Saint Louis", "United States of America", "St. Louis"),
        ("Houston, TX", "US", "Houston"),
        ("City of London", "UK", "London"),
        ("London EC2V", "United Kingdom", "London"),
        ("Jakarta Utara", "Indonesia", "Jakarta"),
        ("深圳", "中国", "Shenzhen"),
        ("深圳市", "中國", "Shenzhen"),
        ("廣州", "China", "Guangzhou"),
        ("昆山市", "CN", "Kunshan"),
        ("广东省深圳市南山区", "中国", "Shenzhen"),
        ("臺北市", "台灣", "Taipei"),
        ("台北", "Taiwan", "Taipei"),
        ("Kaohsiung City", "TW", "Kaohsiung"),
        ("香港", "香港", "Hong Kong"),
        ("Hong Kong", "China", "Hong Kong"),
        ("Kowloon Bay", "Hong Kong", "Hong Kong"),
        ("Seoul", "Korea, Republic of", "Seoul"),
        ("Windhoek", "NA", "Windhoek"),
        ("Ho Chi Minh City", "Viet Nam", "Ho Chi Minh City"),
    ],
)
def test_a_place_is_found_however_it_is_written(city: str, country: str, name: str) -> None:
    """Case, accents, width, script, district, state and mis-decoding do not hide a place."""
    place = locate(city, country)
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize(
    ("city", "country"),
    [
        ("Nowhereville", "Germany"),
        ("London", "Narnia"),
        ("", "DE"),
        (None, "DE"),
        ("   ", None),
        ("?" * 500, "DE"),
        ("朝阳区", "中国"),
        ("Springfield", None),
        ("Springfield", "  "),
    ],
)
def test_what_cannot_be_told_stays_unknown(city: str | None, country: str | None) -> None:
    """An unknown place or country, or a name that several places bear, gives nothing rather than a guess."""
    assert locate(city, country) is None


@pytest.mark.parametrize(
    ("city", "region"),
    [("Paris", "FR-IDF"), ("Paris, TX", "US-TX"), ("San Diego, CA", "US-CA"), ("浙江省杭州市余杭区", "CN-ZJ")],
)
def test_without_a_country_the_name_must_be_clear(city: str, region: str) -> None:
    """Paris is in France unless a state says otherwise."""
    place = locate(city)
    assert place is not None
    assert place.region == region


def test_several_places_of_one_name_are_told() -> None:
    """The most populous Springfield is taken and the note says so; a state decides."""
    place = locate("Springfield", "US")
    assert place is not None
    assert place.region == "US-MO"
    assert place.others >= 5
    assert "places in United States are called Springfield" in str(place.note)
    assert "美国" in render(place.note, "zh-Hans") if place.note else False
    inside = locate("Springfield", "US", "Massachusetts")
    assert inside is not None
    assert (inside.region, inside.note) == ("US-MA", None)


def test_a_state_that_has_no_such_place_rules_the_others_out() -> None:
    """A Dallas said to be in Oregon is not the one in Texas."""
    assert locate("Dallas", "US", "TX") is not None
    assert locate("Houston", "US", "Oregon") is None


def test_what_was_done_to_a_name_is_said() -> None:
    """A repaired and an approximate match carry a note, a plain one does not."""
    repaired, part, plain = locate("MalmÃ¶", "Sweden"), locate("Kowloon Bay", "HK"), locate("Berlin", "DE")
    assert repaired is not None
    assert repaired.how == "repaired"
    assert "wrong encoding" in str(repaired.note)
    assert part is not None
    assert "position of Hong Kong" in str(part.note)
    assert plain is not None
    assert plain.note is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NA", "NA"),
        ("Namibia", "NA"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("South Korea", "KR"),
        ("韩国", "KR"),
        ("韓國", "KR"),
        ("臺灣", "TW"),
        ("Frankreich", "FR"),
        ("España", "ES"),
        ("Viet Nam", "VN"),
        ("Czech Republic", "CZ"),
        ("Türkiye", "TR"),
        ("Hong Kong SAR China", "HK"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_countries_by_code_and_by_name(text: str, code: str | None) -> None:
    """A country is known by ISO codes and by its names in English, Chinese and the neighbours' languages."""
    region = country_of(text)
    assert (region.code if region else None) == code


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("广东", None, "CN-GD"),
        ("廣東省", None, "CN-GD"),
        ("内蒙古自治区", None, "CN-NM"),
        ("Guangdong", "CN", "CN-GD"),
        ("California", None, "US-CA"),
        ("CA", None, "CA"),
        ("CA", "US", "US-CA"),
        ("US-TX", None, "US-TX"),
        ("Bavaria", None, "DE-BY"),
        ("Baden-Württemberg", None, "DE-BW"),
        ("東京都", "JP", "JP-13"),
        ("New South Wales", None, "AU-NSW"),
        ("Germany · hospitals", None, "DE"),
        ("Middle-earth", None, None),
    ],
)
def test_regions_by_code_and_by_name(text: str, country: str | None, code: str | None) -> None:
    """A subdivision is known by its ISO code and its names; a country goes first where the text may be either."""
    region = region_of(text, country)
    assert (region.code if region else None) == code


def test_every_chinese_province_has_cities() -> None:
    """Each of the 31 provinces that Chinese files name as regions is known and has a largest city."""
    provinces = re.findall(
        "内蒙古|黑龙江|..",
        "北京天津河北山西内蒙古辽宁吉林黑龙江上海江苏浙江安徽福建江西山东河南"
        "湖北湖南广东广西海南重庆四川贵州云南西藏陕西甘肃青海宁夏新疆",
    )
    assert len(provinces) == 31
    found = {name: largest_cities(name, 3) for name in provinces}
    assert all(found.values())
    assert [found[name][0].name for name in ("浙江", "湖北", "陕西")] == ["Hangzhou", "Wuhan", "Xi’an"]


@pytest.mark.parametrize(
    ("region", "names"),
    [
        ("Germany", ["Berlin", "Hamburg", "Munich"]),
        ("Japan", ["Tokyo", "Yokohama", "Osaka"]),
        ("US", ["New York City", "Los Angeles", "Chicago"]),
        ("中国", ["Shanghai", "Beijing", "Shenzhen"]),
        ("US-TX", ["Houston", "San Antonio", "Dallas"]),
    ],
)
def test_largest_cities_without_their_own_parts(region: str, names: list[str]) -> None:
    """The largest cities come by population, and Brooklyn is not one of them."""
    assert [place.name for place in largest_cities(region, 3)] == names


def test_an_unknown_region_has_no_cities() -> None:
    """There is nothing to measure to in a region nobody knows."""
    assert largest_cities("Middle-earth") == ()
    assert np.isnan(distance_to_largest([locate("Berlin", "DE")], "Middle-earth")).all()


def test_distance_agrees_with_the_published_example() -> None:
    """Nashville (BNA) to Los Angeles (LAX), the usual haversine example: 2887.26 km on a sphere of 6372.8 km."""
    km = float(distance_km(36.12, -86.67, 33.94, -118.40)) * 6372.8 / 6371.0088
    assert km == pytest.approx(2887.26, abs=0.01)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_distance_is_symmetric_and_bounded(lat: float, lon: float, to_lat: float, to_lon: float) -> None:
    """There and back are equally far, nothing is farther than half way round, and a place is 0 from itself."""
    there, back = float(distance_km(lat, lon, to_lat, to_lon)), float(distance_km(to_lat, to_lon, lat, lon))
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20015.2
    assert float(distance_km(lat, lon, lat, lon)) == 0


def test_distance_to_the_largest_cities_per_row() -> None:
    """Potsdam is some 27 km from Berlin, Berlin is 0 from itself, an unknown place unknown; each in its own country."""
    located = locate_many(["Potsdam", "Berlin", "Nowhere", "Yokohama", None], ["DE", "DE", "DE", "JP", "DE"])
    own = distance_to_largest(located)
    assert 20 < own[0] < 35
    assert own[[1, 3]].tolist() == [0.0, 0.0]
    assert np.isnan(own[[2, 4]]).all()
    to_japan = distance_to_largest(located, "Japan")
    assert to_japan[3] == 0.0
    assert to_japan[1] > 8000
    assert "5 largest cities of Japan" in str(distance_to_largest_formula("Japan"))


def test_many_rows_are_looked_up_once_each() -> None:
    """A hundred thousand rows of two places give the same two places over and over."""
    located = locate_many(["Berlin", "Osaka"] * 50_000, ["DE", "JP"] * 50_000)
    assert located.known.all()
    assert located.places[0] is located.places[99_998]
    assert {place.name for place in located.places if isinstance(place, Place)} == {"Berlin", "Osaka"}


def test_cells_that_are_no_text_are_unknown() -> None:
    """Numbers and NaN in a city column are not places."""
    located = locate_many([float("nan"), 7, None], ["DE", "DE", "DE"])  # type: ignore[list-item]
    assert not located.known.any()


@given(st.text(max_size=40), st.sampled_from(["DE", "CN", "US", "HK", None]))
def test_no_text_breaks_it(text: str, country: str | None) -> None:
    """Any text is a place or it is not."""
    place = locate(text, country)
    assert place is None or -90 <= place.latitude <= 90


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    """A key is its own key, so that the committed keys can be compared with fresh ones."""
    assert fold(fold(text)) == fold(text)


def test_committed_keys_are_folded_as_we_fold() -> None:
    """The gazetteer's own names give the keys it was built with, so a change of `fold` cannot go unnoticed."""
    from data.geo.gazetteer import cities

    table = cities().table
    names, keys = table.column("name").to_pylist(), table.column("keys").to_pylist()
    assert all(fold(name) == key.split("|")[0] for name, key in zip(names, keys, strict=True))
    assert len(names) == 34_006


def test_the_data_is_credited_and_small() -> None:
    """The licence asks for credit, and the checkout stays small."""
    text = (GEO / "README.md").read_text(encoding="utf-8")
    assert all(source in text for source in ("GeoNames", "CC BY 4.0", "AreaCity", "MIT"))
    assert sum(file.stat().st_size for file in GEO.iterdir()) < 2_000_000


def test_nothing_is_read_before_the_first_look_up() -> None:
    """Importing the module opens no file of the gazetteer."""
    code = "from data import places; from data.geo import gazetteer as g; print(g.cities.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=GEO.parents[1])
    assert done.stdout.strip() == "0"


def test_most_places_of_a_real_list_are_found() -> None:
    """At least 79 % of the city and country pairs of the listed distributors match."""
    root = os.environ.get("SHORTLIST_REAL_DATA")
    if not root or not (Path(root) / "distributors_listed_world.csv").exists():
        pytest.skip("SHORTLIST_REAL_DATA does not name a folder with distributors_listed_world.csv")
    import pandas as pd

    frame = pd.read_csv(Path(root) / "distributors_listed_world.csv", dtype=str, keep_default_na=False)
    pairs = frame.loc[frame["city"] != "", ["city", "country"]].drop_duplicates()
    assert locate_many(list(pairs["city"]), list(pairs["country"])).known.mean() >= 0.79
