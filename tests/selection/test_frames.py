"""From a table to candidates: what is read, what is unknown, what is refused."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import parse_profile
from criteria.errors import CandidateError, DecisionError
from selection import Candidates, compare, rank, screen
from selection.frames import split_regions
from tests import strategies

PROFILE = parse_profile(
    {
        "name": "small",
        "criteria": [
            {"id": "years", "curve": {"floor": 0, "qualified": 3, "ideal": 10}},
            {"id": "staff", "kind": "judged"},
            {"id": "licence", "levels": {"yes": 100, "no": 0}},
            {"id": "size", "levels": {"1": 0, "2": 50, "-": 100}},
        ],
    }
)


def read(**columns) -> Candidates:
    """Return candidates from columns; ids are a, b, ... unless given."""
    frame = pd.DataFrame(columns)
    if "id" not in frame:
        frame.insert(0, "id", [chr(97 + i) for i in range(len(frame))])
    return Candidates.from_frame(frame, PROFILE)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("DE; FR|AT,CH、NO", ("DE", "FR", "AT", "CH", "NO")),
        ("华东；华南，华北", ("华东", "华南", "华北")),
        (" DE ;; DE ; ", ("DE",)),
        ("DE · hospitals", ("DE · hospitals",)),
        (["DE", " FR "], ("DE", "FR")),
        (("DE",), ("DE",)),
        *((empty, ()) for empty in ("", "  ", ";", "--", "-", "n/a", "N/A", None, np.nan, pd.NA, pd.NaT, [])),
    ],
)
def test_a_regions_cell_is_split(cell, names):
    """At ; | , 、 and their wide forms; what says nothing is no region."""
    assert split_regions(cell) == names


@pytest.mark.parametrize("unknown", [None, np.nan, pd.NA, "", " ", "-", "--", "n/a", "N/A"])
def test_unknown_is_written_in_many_ways(unknown):
    """In a number, a rating and a category alike."""
    made = read(years=[unknown, 4], staff=[unknown, 3], licence=[unknown, "yes"])
    assert np.isnan(made.frame["years"][0])
    assert np.isnan(made.frame["staff"][0])
    assert made.frame["licence"].tolist() == [None, "yes"]
    assert not made.not_applicable


@pytest.mark.parametrize("word", ["not applicable", " Not Applicable ", "不适用", "不適用"])
def test_not_applicable_is_not_unknown(word):
    """It is kept apart, for numbers and for levels."""
    made = read(years=[word, 4.0], licence=["no", word])
    assert made.not_applicable["years"].tolist() == [True, False]
    assert made.not_applicable["licence"].tolist() == [False, True]


def test_a_level_that_looks_like_an_empty_cell_is_a_level():
    """The standard's own words go before the habit of writing a dash."""
    assert read(size=["-", "1"]).frame["size"].tolist() == ["-", "1"]


def test_levels_survive_what_a_table_makes_of_them():
    """Whole numbers become 2.0 beside a gap, yes and no become truth values."""
    assert read(size=[2.0, np.nan]).frame["size"].tolist() == ["2", None]
    assert read(size=[2, 1]).frame["size"].tolist() == ["2", "1"]
    assert read(licence=[True, False]).frame["licence"].tolist() == ["yes", "no"]
    assert read(licence=pd.Categorical(["yes", None])).frame["licence"].tolist() == ["yes", None]


@pytest.mark.parametrize("dtype", ["int64", "float32", "Int64", "Float64", "uint8", object, "str", "string"])
def test_numbers_arrive_as_float64_from_any_column_type(dtype):
    """So that one kind of number runs through everything behind."""
    made = read(years=pd.Series([4, 7]).astype(dtype))
    assert made.frame["years"].dtype == np.float64
    assert made.frame["years"].tolist() == [4.0, 7.0]


@pytest.mark.parametrize(
    "value",
    ["abc", "1,5", "12 years", np.inf, -np.inf, "inf", 10**400, 2j, pd.Timestamp(2001, 1, 1), pd.Timedelta(3), [1]],
    ids=repr,
)
def test_what_is_no_finite_number_is_refused_with_its_place(value):
    """The sentence names the criterion, the candidate and the value."""
    with pytest.raises(CandidateError, match=r"“years”: b has “"):
        read(years=pd.Series([4, value], dtype=object))


def test_a_column_of_dates_is_no_column_of_numbers():
    """A founding date is not 10^18 years of history."""
    with pytest.raises(CandidateError, match="not a number"):
        read(years=pd.to_datetime(["2001-01-01", "2002-01-01"]))


@pytest.mark.parametrize("rating", [0, 0.99, 5.01, 6, -3, 50])
def test_a_rating_outside_one_to_five_is_refused(rating):
    """The sentence names candidate, rating and scale."""
    with pytest.raises(CandidateError, match=r"“staff”: b has the rating .* 1 to 5"):
        read(staff=[3, rating])


def test_an_unknown_level_is_refused_with_the_known_ones():
    """A word that stands in no table cannot be read."""
    with pytest.raises(CandidateError, match=r"“licence”: a has “maybe”, which is none of yes, no"):
        read(licence=["maybe"])


@pytest.mark.parametrize(
    ("columns", "match"),
    [
        ({"id": ["a", "a"]}, "id “a”"),
        ({"id": ["a", "a"], "region": ["DE", " de "]}, "id “a”"),
        ({"id": ["a", "a"], "region": ["", None]}, "id “a”"),
        ({"id": ["a", None]}, "no id"),
        ({"id": ["a", ""]}, "no id"),
        ({"id": [1, 1.0]}, "id “1"),
    ],
)
def test_ids_must_tell_candidates_apart(columns, match):
    """Missing or repeated ids are refused, in one region as in all."""
    with pytest.raises(CandidateError, match=match):
        Candidates.from_frame(pd.DataFrame(columns), PROFILE)


@pytest.mark.parametrize("name", ["id", "years", "regions", "years.level"])
def test_a_column_that_stands_twice_is_refused(name):
    """Which of the two would count?"""
    frame = pd.DataFrame([["a", "x", "y"]], columns=["id", name, name] if name != "id" else ["id", "id", "name"])
    with pytest.raises(CandidateError, match=f"“{name}” stands twice"):
        Candidates.from_frame(frame, PROFILE)


def test_columns_that_nobody_reads_may_be_anything():
    """Other columns are left alone, twice or not."""
    frame = pd.DataFrame([["a", 4, "x", object()]], columns=["id", "years", "note", "note"])
    assert list(Candidates.from_frame(frame, PROFILE).frame.columns) == ["id", "name", "years"]


def test_a_table_without_ids_is_refused():
    """The column is named."""
    with pytest.raises(CandidateError, match="no column “id”"):
        Candidates.from_frame(pd.DataFrame({"name": ["x"]}), PROFILE)


def test_a_missing_name_is_the_id():
    """Of one row or of all, whatever the type of the column."""
    assert read(name=["x", None]).names.tolist() == ["x", "b"]
    assert read(name=pd.Categorical(["x", None])).names.tolist() == ["x", "b"]
    assert read(years=[1]).names.tolist() == ["a"]


def test_a_region_per_row_and_a_list_of_regions():
    """A `region` column, or ids that repeat, make it one row per candidate and region."""
    rows = read(id=["a", "a", "b"], region=["DE", "FR", None])
    assert rows.by_region
    assert rows.frame["region"].tolist() == ["DE", "FR", None]
    assert read(id=["a", "a"], regions=["DE", "FR"]).by_region
    listed = read(regions=["DE; FR", ""])
    assert not listed.by_region
    assert listed.regions == (("DE", "FR"), ())
    assert listed.known_regions() == ("DE", "FR")
    assert read(years=[1]).regions is None


def test_evidence_comes_beside_the_values():
    """Level, source and date of a value; what is not stated is not stated."""
    made = read(
        years=[4, 5],
        **{"years.level": [2, None], "years.source": ["register", None], "years.date": [None, "2026-01-31"]},
    )
    assert made.levels["years"].tolist()[0] == 2
    assert np.isnan(made.levels["years"][1])
    assert made.sources["years"].tolist() == ["register", None]
    assert made.dates["years"].tolist() == [None, "2026-01-31"]


@pytest.mark.parametrize("level", ["documented", 4, -1, np.inf])
def test_an_evidence_level_is_a_number_from_zero_to_three(level):
    """What is no level is not taken for “unstated”."""
    with pytest.raises(CandidateError, match=r"“years.level”: b "):
        read(years=[4, 5], **{"years.level": pd.Series([1, level], dtype=object)})


@given(strategies.problems(), st.data())
def test_taking_rows_takes_everything_that_belongs_to_them(problem, data):
    """Values, regions, marks and evidence stay together."""
    profile, frame = problem
    made = Candidates.from_frame(frame, profile)
    rows = np.array(data.draw(st.permutations(range(len(frame)))), dtype=np.int64)
    taken = made.take(rows)
    direct = Candidates.from_frame(frame.iloc[rows], profile) if len(rows) else taken
    pd.testing.assert_frame_equal(taken.frame, direct.frame)
    assert taken.regions == direct.regions
    for kind in ("not_applicable", "levels"):
        mine, other = getattr(taken, kind), getattr(direct, kind)
        assert {key: mine[key].tolist().__repr__() for key in mine} == {
            key: other[key].tolist().__repr__() for key in other
        }


@given(strategies.profiles(), st.data())
def test_any_table_either_ranks_or_is_refused(profile, data):
    """Whatever stands in the cells: a ranking in valid JSON, or one sentence; never another error."""
    frame = data.draw(strategies.wild_frames(profile))
    region = data.draw(st.sampled_from([None, "DE", "XX"]))
    refusal = "a sentence"
    try:
        candidates = Candidates.from_frame(frame, profile)
        for result in (
            rank(candidates, profile, region),
            screen(candidates, profile, region),
            compare(candidates, profile, region),
        ):
            json.dumps(result.to_dict(), allow_nan=False)
    except DecisionError as error:
        refusal = str(error)
    assert refusal.strip()
