"""A file -> typed candidates: rows, ids, regions, evidence, derived criteria, the table as written, and refusals."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import load_profile, parse_profile
from criteria.errors import CandidateError, CandidateFileError
from data.candidates import interpret, read_candidates
from data.importing.rows import OWN_EXPORT
from data.writers import export_ranking
from data.writers.delimited import HEAD
from selection import rank
from selection.model import Candidates
from tests.data.tables import DAY, PROFILE, load, raw_table, sentences

REAL = os.environ.get("SHORTLIST_REAL_DATA")
HOSTILE = [
    "=cmd|'/c calc'!A1",
    "<script>x</script>",
    "\u202egnp.exe",
    "+1",
    "a\x00b",
    "[x](javascript:1)",
    "{name}",
    "'; DROP TABLE",
]


def _write(path: Path, rows: list[list[Any]], encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_messy_chinese_sheet_comes_in_whole(tmp_path: Path) -> None:
    """GB18030, Chinese headers, units, units of headers, unknowns: every value right, every doubt with its line."""
    rows = [
        ["编号", "客户名称", "成立年份", "流动比率(%)", "速动比率", "省份", "备注"],
        ["001", "华东贸易有限公司", "民國98年", "150", "0.9", "上海;江苏", "=1+1"],
        ["002", "华南电器", "2016", "--", "０．８", "", "好"],
        ["003", "华北商行", "98年", "2,100", "不适用", "北京、天津", ""],
    ]
    path = _write(tmp_path / "list.csv", rows, "gb18030")
    report = read_candidates(path, load_profile("industrial"), as_of=DAY)
    frame = report.candidates.frame
    assert frame["id"].tolist() == ["001", "002", "003"]
    assert frame["name"][0] == "华东贸易有限公司"
    np.testing.assert_array_equal(frame["current_ratio"], [1.5, np.nan, 21.0])
    np.testing.assert_array_equal(frame["quick_ratio"], [0.9, 0.8, np.nan])
    assert report.candidates.not_applicable["quick_ratio"].tolist() == [False, False, True]
    assert report.candidates.regions == (("上海", "江苏"), (), ("北京", "天津"))
    assert list(report.table.columns) == rows[0]
    assert report.table["备注"].iloc[0] == "=1+1"
    assert (report.rows, report.loaded) == (3, 3)


def test_the_table_keeps_every_column_in_order_typed_where_known() -> None:
    """Mapped figures are typed, everything else is text as written, repeated and missing headers included."""
    report = load([("name", ["A"]), ("score", ["7.50"]), ("zip", ["01234"]), ("", ["x"]), ("zip", ["9"])])
    assert list(report.table.columns) == ["name", "score", "zip", "#4", "zip (2)"]
    assert report.table.iloc[0].tolist() == ["A", 7.5, "01234", "x", "9"]


def test_ids_are_the_files_or_the_line() -> None:
    """Leading zeros stay; without an id column ids are r and the line; an empty id gets one too."""
    assert load({"id": ["007", " 8 ", None], "name": ["a", "b", "c"]}).candidates.ids.tolist() == ["007", "8", "r4"]
    assert load({"name": ["a", "b"], "score": ["1", "2"]}).candidates.ids.tolist() == ["r2", "r3"]


def test_an_id_that_a_spreadsheet_cut_short_is_pointed_out() -> None:
    """1.23E+11 may have been two different numbers."""
    report = load({"id": ["1.23E+11", "b"], "name": ["x", "y"], "score": ["1", "2"]})
    assert report.candidates.ids.tolist() == ["1.23E+11", "b"]
    assert [(p.severity, p.line, p.column) for p in report.problems] == [("warning", 2, "id")]


def test_a_repeated_id_loses_only_its_second_row() -> None:
    """The error names both lines; all others are loaded."""
    report = load({"id": ["a", "a", "b"], "score": ["1", "bad", "3"], "name": ["x", "y", "z"]})
    assert report.candidates.ids.tolist() == ["a", "b"]
    assert (report.rows, report.loaded) == (3, 2)
    [problem] = report.problems
    assert (problem.severity, problem.line, problem.column) == ("error", 3, "id")
    assert "line 2" in str(problem.message)


def test_one_row_per_candidate_and_region() -> None:
    """One id in rows of different regions is one candidate in several; a row of several regions is taken apart."""
    rows = {"id": ["a", "a", "b"], "name": ["x", "x", "y"], "score": ["1", "2", "3"]}
    report = load(rows | {"regions": ["DE", "FR;IT", "DE、AT"]})
    frame = report.candidates.frame
    assert list(zip(frame["id"], frame["region"], frame["score"], strict=True)) == [
        ("a", "DE", 1.0),
        ("a", "FR", 2.0),
        ("a", "IT", 2.0),
        ("b", "DE", 3.0),
        ("b", "AT", 3.0),
    ]
    assert report.loaded == 3
    assert [p.line for p in load(rows | {"regions": ["DE", "DE", "DE"]}).problems if p.severity == "error"] == [3]


def test_region_cells() -> None:
    """Split at ; | , 、 — an empty cell is an unknown region, no column means every region."""
    report = load({"region": ["DE; FR|IT,AT、CH", "", "n/a", "华东"], "score": ["1", "2", "3", "4"]})
    assert report.candidates.regions == (("DE", "FR", "IT", "AT", "CH"), (), (), ("华东",))
    assert load({"score": ["1"]}).candidates.regions is None


def test_totals_headings_and_blank_rows_are_no_candidates() -> None:
    """Each is left out with a sentence; a blank row is skipped without one, and no line number shifts."""
    report = load({"Name": ["x", None, "合计", "Name", "y"], "score": ["1", None, "9", "score", "bad"]})
    assert report.candidates.frame["name"].tolist() == ["x", "y"]
    assert [(p.severity, p.line) for p in report.problems] == [("warning", 4), ("warning", 5), ("error", 6)]
    assert report.rows == 4


def test_a_row_without_a_name_is_shown_by_its_id() -> None:
    """It is loaded, with a warning."""
    report = load({"name": ["x", None], "score": ["1", "2"]})
    assert report.candidates.names.tolist() == ["x", "r3"]
    assert [(p.severity, p.line) for p in report.problems] == [("warning", 3)]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(name: str) -> None:
    """Formulas, markup, control and direction characters arrive exactly as typed, and no sentence carries them."""
    report = load({"name": [name, name], "score": ["1", "x"]})
    assert report.candidates.names.tolist() == [name, name]
    assert report.table["name"].tolist() == [name, name]
    assert not any("\x00" in text or "\u202e" in text for text in sentences(report))


def test_evidence_columns() -> None:
    """Level, source and date stand beside their criterion."""
    report = load(
        {
            "score": ["1", "2"],
            "score.level": ["2", "documented"],
            "score.source": ["web", "-"],
            "评分.日期": ["2026-01-02", ""],
        }
    )
    candidates = report.candidates
    assert candidates.levels["score"].tolist() == [2.0, 1.0]
    assert candidates.sources["score"].tolist() == ["web", None]
    assert candidates.dates["score"].tolist() == ["2026-01-02", None]


def test_missing_criteria_are_derived_and_say_from_what() -> None:
    """Years from a founding year, a ratio from balance-sheet lines; an own column goes before both."""
    report = load({"Founded": ["2016", "2030"], "流动资产": ["300", "1"], "Current liabilities": ["200", "0"]})
    frame, sources = report.candidates.frame, report.candidates.sources
    np.testing.assert_array_equal(frame["operating_years"], [10.0, np.nan])
    np.testing.assert_array_equal(frame["current_ratio"], [1.5, np.nan])
    assert "流动资产, Current liabilities" in sources["current_ratio"][0]
    assert sources["current_ratio"][1] is None
    assert {p.line for p in report.problems} == {3}
    own = load({"Founded": ["2016"], "operating_years": ["7"]})
    assert own.candidates.frame["operating_years"].tolist() == [7.0]


def test_founding_years_in_the_column_for_years_are_understood() -> None:
    """2009 years of trading cannot be: a column of years or dates is counted from, with a warning."""
    report = load({"operating_years": ["2016", "2009-11-21", "n/a"]})
    np.testing.assert_array_equal(report.candidates.frame["operating_years"], [10.0, 17.0, np.nan])
    assert [p.severity for p in report.problems] == ["warning"]


def test_distance_is_derived_from_places_where_a_profile_asks() -> None:
    """Berlin is one of Germany's largest cities; a place nobody knows is unknown and named."""
    curve = {"floor": 500, "qualified": 100, "ideal": 10}
    profile = parse_profile({"name": "d", "criteria": [{"id": "distance_to_cities", "unit": "km", "curve": curve}]})
    report = load({"name": ["a", "b"], "City": ["Berlin", "Nowherestadt"], "Region": ["DE", "DE"]}, profile)
    np.testing.assert_array_equal(report.candidates.frame["distance_to_cities"], [0.0, np.nan])
    assert "largest cities of" in report.candidates.sources["distance_to_cities"][0]
    assert [p.line for p in report.problems if p.column == "City"] == [3]


def test_our_own_export_comes_back_without_its_apostrophes() -> None:
    """Names that the csv writer made harmless are themselves again; other files keep their apostrophes."""
    assert OWN_EXPORT == HEAD
    cells: dict[str, list[str | None]] = {header: [None] for header in OWN_EXPORT}
    own = cells | {"id": ["'=x"], "name": ["'=1+1"], "years": ["5"]}
    assert load(own).candidates.names.tolist() == ["=1+1"]
    assert load({"name": ["'=1+1"], "years": ["5"]}).candidates.names.tolist() == ["'=1+1"]


def test_the_same_values_as_from_a_frame() -> None:
    """A clean file and the same table in memory give the same candidates."""
    report = load(
        {"id": ["a", "b"], "name": ["x", "y"], "score": ["1.5", ""], "licence": ["yes", "no"], "region": ["DE", "FR"]}
    )
    frame = report.candidates.frame
    again = Candidates.from_frame(frame, PROFILE)
    assert again.frame.astype(object).equals(frame.astype(object))
    assert again.by_region == report.candidates.by_region


@pytest.mark.parametrize("columns", [{"name": [None, "  "], "score": [None, ""]}, {"name": ["合计"], "score": ["5"]}])
def test_no_candidate_left_is_refused(columns: dict[str, list[str | None]]) -> None:
    """Headings alone, or nothing but a total."""
    with pytest.raises(CandidateError, match=r"list\.csv"):
        interpret(raw_table(columns), PROFILE)


def test_a_file_that_is_no_table_is_refused_in_plain_words(tmp_path: Path) -> None:
    """The reader's refusal passes through under the upload's name."""
    path = tmp_path / "x"
    path.write_bytes(b"")
    with pytest.raises(CandidateFileError, match=r"sheet\.csv"):
        read_candidates(path, PROFILE, "sheet.csv")


def test_the_import_object_of_the_command_line() -> None:
    """rows, loaded and problems with severity, line, column and message."""
    found = load({"score": ["x"]}).to_dict("zh-Hans")
    assert (found["rows"], found["loaded"]) == (1, 1)
    assert set(found["problems"][0]) == {"severity", "line", "column", "message"}


CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.sampled_from(["1,234", "1.5", "-", "n/a", "12%", "$5", "2009", "是", "不适用"])
)


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.fixed_dictionaries(
            {
                key: st.lists(CELLS, min_size=n, max_size=n)
                for key in ("name", "score", "years", "licence", "staff", "Founded", "region")
            }
        )
    )
)
def test_any_cells_give_a_report_or_a_refusal(columns: dict[str, list[str | None]]) -> None:
    """No table of texts breaks the import; what is loaded is finite, unique and on its scale."""
    try:
        report = load(columns)
    except CandidateError:
        return
    frame = report.candidates.frame
    assert not frame.duplicated([key for key in ("id", "region") if key in frame]).any()
    assert np.isfinite(frame["score"].dropna()).all()
    assert frame["staff"].dropna().isin([1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]).all()
    assert len(report.table) == report.rows >= report.loaded


@pytest.mark.skipif(REAL is None, reason="SHORTLIST_REAL_DATA is not set")
def test_money_texts_and_growth_of_a_real_list() -> None:
    """Inc. 5000: no pair with different growth stands the other way round than in Rank, save five places."""
    curve = {"floor": 0, "qualified": 100, "ideal": 20369}
    criteria = [
        {"id": "growth", "unit": "%", "aliases": ["3-year Growth"], "curve": curve},
        {"id": "revenue", "unit": "USD", "aliases": ["2009 Revenue"]},
    ]
    report = read_candidates(
        Path(str(REAL)) / "us_inc5000_2010.csv", parse_profile({"name": "g", "criteria": criteria})
    )
    frame = report.candidates.frame
    assert (report.rows, report.loaded) == (4994, 4994)
    assert (
        np.diff(frame["growth"].to_numpy()[np.argsort(report.table["Rank"].astype(int), kind="stable")]) > 0
    ).sum() == 5
    assert frame["revenue"].isna().sum() == 3
    assert frame["revenue"][0] == 325e6


@pytest.mark.skipif(REAL is None, reason="SHORTLIST_REAL_DATA is not set")
def test_a_real_list_of_distributors_in_many_countries() -> None:
    """Every row is loaded, countries are regions, and distances come from the cities."""
    profile = parse_profile(
        {
            "name": "w",
            "criteria": [
                {"id": "operating_years", "unit": "years", "curve": {"floor": 0, "qualified": 3, "ideal": 10}},
                {"id": "distance_to_cities", "unit": "km", "curve": {"floor": 500, "qualified": 100, "ideal": 10}},
            ],
        }
    )
    path = Path(str(REAL)) / "distributors_listed_world.csv"
    report = read_candidates(path, profile, mapping={"country": "regions"}, as_of=DAY)
    frame = report.candidates.frame
    assert report.loaded == 619
    assert frame["operating_years"].notna().sum() == 562
    assert frame["distance_to_cities"].notna().sum() > 500
    assert {"Germany", "Japan", "China", "United States"} <= set(report.candidates.known_regions())


def test_our_own_csv_without_regions_is_read_back_without_regions(tmp_path: Path) -> None:
    """The csv always has a region column; where it is blank throughout, everybody serves every region as before."""
    profile = parse_profile(
        {"name": "p", "criteria": [{"id": "staff", "kind": "judged"}], "regions": {"North": {"note": "new"}}}
    )
    first, second = tmp_path / "list.csv", tmp_path / "again.csv"
    first.write_text("name,staff\nNordlicht,4\n=Elbe,3\n", "utf-8")
    second.write_bytes(export_ranking(rank(read_candidates(first, profile).candidates, profile), "csv"))
    again = rank(read_candidates(second, profile).candidates, profile, "North")

    assert [entry.figures.name for entry in again.ranked] == ["Nordlicht", "=Elbe"]
    assert not again.candidates.by_region
