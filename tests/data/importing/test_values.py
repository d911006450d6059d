"""Cells -> numbers, years and levels: every habit of writing, and nothing guessed."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importing.cells import is_not_applicable, is_unknown, read_number
from data.importing.years import read_year
from tests.data.tables import load, one, sentences

CERTAIN = {
    "1,234.5": 1234.5,
    "1.234,5": 1234.5,
    "1 234,5": 1234.5,
    "1\u00a0234,5": 1234.5,
    "1\u2009234.5": 1234.5,
    "1'234.5": 1234.5,
    "1’234,5": 1234.5,
    "12,34,567": 1234567,
    "1,234,567": 1234567,
    "1.234.567": 1234567,
    "0.123": 0.123,
    "0,123": 0.123,
    "1234.567": 1234.567,
    "(1,200.50)": -1200.5,
    "5-": -5,
    "-5": -5,
    "−5": -5,
    "–5": -5,
    "+5": 5,
    ".5": 0.5,
    "３．５": 3.5,
    "１２": 12,
    "٣٤": 34,
    "007": 7,
    "$1.2 billion": 1.2e9,
    "$325 million": 325e6,
    "$90,169.00": 90169,
    "3.4m": 3.4e6,
    "5k": 5000,
    "2 Mrd. EUR": 2e9,
    "5 mio €": 5e6,
    "3 lakh": 3e5,
    "2 crore": 2e7,
    "Rs. 3,00,000": 3e5,
    "3.2万": 32000,
    "1.5亿元": 1.5e8,
    "3亿5000万元": 3.5e8,
    "NT$3億": 3e8,
    "人民币1,200.5万元": 12005000,
    "($5)": -5,
    "€-5": -5,
    "1.1 million": 1.1e6,
    "三": 3,
    "十二": 12,
    "一百零五": 105,
    "三百万": 3e6,
    "USD 5": 5,
    "5kEUR": 5000,
}


@pytest.mark.parametrize(("text", "value"), CERTAIN.items(), ids=str)
def test_a_figure_with_one_reading_is_read_exactly(text: str, value: float) -> None:
    """Separators, signs, currencies, magnitudes and numerals of every habit give the exact number."""
    cell = read_number(text)
    assert not cell.ambiguous
    assert (cell.comma if cell.point is None else cell.point) == value


@pytest.mark.parametrize("text", ["1,234", "1.234", "-12,345", "999.999", "$1,200", "1,234万"])
def test_a_figure_with_two_readings_keeps_both(text: str) -> None:
    """One mark before exactly three digits may be decimal or thousands."""
    cell = read_number(text)
    assert cell.point is not None
    assert cell.comma is not None
    assert math.isclose(max(abs(cell.point), abs(cell.comma)), 1000 * min(abs(cell.point), abs(cell.comma)))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("3-5", "range"),
        ("3 to 5", "range"),
        ("~12", "approximate"),
        (">10", "approximate"),
        ("10+", "approximate"),
        ("约12", "approximate"),
        ("10以上", "approximate"),
        ("inf", "infinite"),
        ("NaN", "infinite"),
        ("1e400", "infinite"),
        ("#DIV/0!", "error"),
        ("#N/A", "error"),
        ("2009-05-01", "date"),
        ("1/2", "text"),
        ("½", "text"),
        ("5²", "text"),
        ("①", "text"),
        ("4/5", "text"),
        ("1,2345,6789", "text"),
        ("12 5", "text"),
        ("--5", "text"),
        ("1_000", "text"),
        ("0x1F", "text"),
        ("5\u202e4", "text"),
        ("good", "text"),
        ("1.2.3", "text"),
        ("$", "text"),
        ("1:30", "text"),
        ("TRUE", "text"),
    ],
)
def test_what_is_no_single_number_is_never_read_as_one(text: str, fault: str) -> None:
    """Ranges, guesses, errors, dates, fractions and superscripts are faults with a name."""
    assert read_number(text).fault == fault


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_as_programs_write_it_comes_back(value: float) -> None:
    """repr() of any float reads as that float, or (three decimals) as one of its two readings."""
    cell = read_number(repr(value))
    assert value in (cell.point, cell.comma)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Any text gives finite readings or a fault."""
    cell = read_number(text)
    assert cell.fault is not None or all(v is None or math.isfinite(v) for v in (cell.point, cell.comma))
    read_year(text)


def test_unknown_and_not_applicable_are_kept_apart() -> None:
    """n/a is unknown; only the spelled-out words say that a criterion does not apply."""
    assert all(
        map(
            is_unknown,
            ["", "--", "-", "—", "n/a", "N/A", "null", "无", "未知", "Unknown", "?", "TBD", " n/a ", "ｎ／ａ"],
        )
    )
    assert all(map(is_not_applicable, ["不适用", "不適用", "Not applicable"]))
    assert not is_not_applicable("n/a")
    report = load({"score": ["不適用", "n/a", "5"]})
    assert report.candidates.not_applicable["score"].tolist() == [True, False, False]
    assert not report.problems


@pytest.mark.parametrize(
    ("cells", "values", "errors"),
    [
        (["1.234", "2.345"], [None, None], [2, 3]),
        (["1.234", "7.5"], [1.234, 7.5], []),
        (["1.234", "7,5"], [1234, 7.5], []),
        (["1,234", "7.5"], [1234, 7.5], []),
        (["1.234,5", "1,234.5", "1,234"], [1234.5, 1234.5, None], [4]),
        (["1.234", "0.987"], [1.234, 0.987], []),
        (["$1,200", "$7.50"], [1200, 7.5], []),
        (["$1,200", "$7"], [None, 7], [2]),
    ],
)
def test_two_readings_are_decided_by_the_column(cells: list[str], values: list[float], errors: list[int]) -> None:
    """Unambiguous cells of the column decide; without them the cell is unknown and an error names its line."""
    assert one("score", cells) == (values, errors)


def test_two_readings_are_decided_by_the_file_next() -> None:
    """Other columns of figures decide, also those that nobody asked for; words do not."""
    assert load({"score": ["1.234"], "revenue": ["5,5"]}).candidates.frame["score"][0] == 1234
    assert load({"score": ["1.234"], "latitude": ["52.52"]}).candidates.frame["score"][0] == 1.234
    assert one("score", ["1.234"])[0] == [None]
    assert load({"score": ["1.234"], "remark": ["see 5,5"]}).candidates.frame["score"].isna().all()


@pytest.mark.parametrize(
    ("criterion", "header", "cells", "values"),
    [
        ("years", "years", ["12 years", "12年", "18 months", "24个月"], [12, 12, 1.5, 2]),
        ("years", "years (months)", ["18", "24"], [1.5, 2]),
        ("years", "years", ["5 kg", "$5", "-1", "2009"], [None] * 4),
        ("ratio", "ratio", ["150%", "1.2", "1.5倍", "2x"], [1.5, 1.2, 1.5, 2]),
        ("ratio", "ratio(%)", ["150", "35"], [1.5, 0.35]),
        ("share", "share", ["35%", "12 ％", "12 percent", "40"], [35, 12, 12, 40]),
        ("share", "share", ["35%", "0.4"], [35, None]),
        (
            "staff",
            "staff",
            ["4", "3.5", "3,5", "4分", "0", "6", "3.3", "good", "80%"],
            [4, 3.5, 3.5, 4, None, None, 3.3, None, None],
        ),
        ("capital", "capital (万元)", ["320", "1,234.5"], [3_200_000, 12_345_000]),
        ("revenue", "revenue (USD m)", ["320", "$1.2 billion"], [320e6, 1.2e9]),
    ],
)
def test_units_of_cells_and_headers_become_the_criterions(
    criterion: str, header: str, cells: list[str], values: list[float | None]
) -> None:
    """Figures arrive in the unit of the criterion; another kind of unit, or a figure off the scale, is unknown."""
    assert one(criterion, cells, header)[0] == values


def test_fractions_in_a_percent_column_are_pointed_out() -> None:
    """0.35 throughout a percent column is read as it stands, with a warning."""
    report = load({"share": ["0.35", "0.4"]})
    assert report.candidates.frame["share"].tolist() == [0.35, 0.4]
    assert "read as 0.35 %" in sentences(report, "warning")[0]


def test_scientific_notation_is_read_and_pointed_out() -> None:
    """1e5 is 100,000, but a spreadsheet may have cut its digits, so it is said."""
    report = load({"score": ["1e5", "7"]})
    assert report.candidates.frame["score"].tolist() == [1e5, 7.0]
    assert [p.line for p in report.problems] == [2]


YEARS = {
    "2009": 2009,
    "2009.0": 2009,
    "2009年": 2009,
    "民國98年": 2009,
    "民国98": 2009,
    "ROC 98": 2009,
    "昭和55年": 1980,
    "平成元年": 1989,
    "2009年5月": 2009,
    "01/05/2009": 2009,
    "May 2009": 2009,
    "since 2009": 2009,
    "พ.ศ. 2552": 2009,
    "１９９８年": 1998,
    "5/2009": 2009,
    "2009年成立": 2009,
}


@pytest.mark.parametrize(("text", "year"), YEARS.items(), ids=str)
def test_a_year_in_every_calendar(text: str, year: int) -> None:
    """Western, Republic of China, Japanese and Buddhist years; a day that could be two keeps its year."""
    assert read_year(text).value == year


@pytest.mark.parametrize(
    "text",
    ["2009-05-01", "1 May 2009", "May 1, 2009", "20090501", "2009年5月1日", "民國98年5月1日", "2009-05-01T00:00:00"],
)
def test_a_day_is_kept(text: str) -> None:
    """A whole date counts to the day: on 1 May 2019 the firm is ten years old."""
    from criteria.derived_formulas import operating_years

    assert operating_years([read_year(text).value], dt.date(2019, 5, 1)).tolist() == [10.0]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("98年", "two-ways"),
        ("98", "two-ways"),
        ("98/05/01", "two-ways"),
        ("2009-13-01", "impossible"),
        ("c. 2009", "text"),
    ],
)
def test_a_year_of_two_calendars_is_not_guessed(text: str, fault: str) -> None:
    """98 may be 1998 or the 98th year of the Republic; a header that says 民國 decides it."""
    assert read_year(text).fault == fault
    assert read_year("98", roc=True).value == 2009


def test_levels_in_every_language_script_width_and_case() -> None:
    """Yes and no in three languages and the ticks of forms; an unknown level names the known ones."""
    cells = ["Yes", "是", "無", "✓", "0", "TRUE", "ＹＥＳ", "1.0", "未办理", "對", "n/a", "maybe"]
    values, errors = one("licence", cells)
    assert values == ["yes", "yes", "no", "yes", "no", "yes", "yes", "yes", "no", "yes", None, None]
    assert errors == [13]
    report = load({"band": ["Small", "ＬＡＲＧＥ", " medium ", "huge"]})
    assert report.candidates.frame["band"].tolist() == ["small", "large", "medium", None]
    assert "small, medium, large" in sentences(report)[0]


def test_a_hundred_bad_cells_make_twenty_sentences_and_a_count() -> None:
    """Long runs of one problem are shortened, with their number."""
    report = load({"score": ["x"] * 100})
    assert len(report.problems) == 21
    assert "80 more" in str(report.problems[-1].message)
