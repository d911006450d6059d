"""Derived criteria: published and hand-worked figures, what is unknown and why, and bands of composites."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from criteria.derived import (
    DERIVABLE,
    RAW_FIELDS,
    Derived,
    composite_band,
    derive,
    founding_value,
    needs,
    raw_field,
    sales_year,
)
from criteria.errors import CandidateError, WeightsError
from criteria.text import LANGUAGES

AS_OF = dt.date(2026, 11, 21)
NAN = np.nan

SHEET = {
    "current_assets": 500.0,
    "inventory": 200.0,
    "prepaid": 20.0,
    "current_liabilities": 250.0,
    "total_liabilities": 400.0,
    "total_assets": 1000.0,
    "equity": 600.0,
    "retained_earnings": 300.0,
    "ebit": 120.0,
    "interest_paid": 24.0,
    "receivables": 180.0,
    "sales": 1460.0,
    "planned_sales": 146.0,
    "peak_exposure": 25.0,
}
"""A balance sheet in round figures, so that every ratio can be worked by hand."""

RATIOS = {
    "current_ratio": 2.0,
    "quick_ratio": 1.12,
    "liabilities_to_equity": 2 / 3,
    "interest_cover": 5.0,
    "dso_days": 45.0,
    "company_size": 10.0,
    "credit_headroom": 2.0,
    # 6.56 x 0.25 + 3.26 x 0.30 + 6.72 x 0.12 + 1.05 x 1.5 = 1.64 + 0.978 + 0.8064 + 1.575
    "altman_z2": 4.9994,
}


def one(columns: dict[str, object], criterion: str, **options: object) -> Derived:
    """Return *criterion* derived from *columns*."""
    return derive(columns, [criterion], as_of=AS_OF, **options)[criterion]  # type: ignore[arg-type]


@pytest.mark.parametrize(("criterion", "expected"), RATIOS.items())
def test_ratio_of_a_balance_sheet_worked_by_hand(criterion: str, expected: float) -> None:
    """Each ratio of the round balance sheet is what pencil and paper give."""
    assert one(dict(SHEET), criterion).values == pytest.approx([expected])


@pytest.mark.parametrize(
    ("criterion", "columns", "published"),
    [
        ("current_ratio", {"current_assets": [56260, 60550], "current_liabilities": [38963, 43235]}, [1.44, 1.40]),
        (
            "quick_ratio",
            {
                "current_assets": [56260, 60550],
                "inventory": [23084, 24650],
                "prepaid": [0, 0],
                "current_liabilities": [38963, 43235],
            },
            [0.85, 0.83],
        ),
        (
            "liabilities_to_equity",
            {"total_liabilities": [38963 + 75000, 43235 + 85000], "equity": [176365, 192840]},
            [0.65, 0.66],
        ),
        ("liabilities_to_equity", {"total_assets": [290328, 321075], "equity": [176365, 192840]}, [0.65, 0.66]),
        ("interest_cover", {"ebit": [68045], "interest_paid": [11930]}, [5.70]),
        ("dso_days", {"receivables": [13850], "sales": [305830]}, [16.53]),
        ("dso_days", {"receivables_turnover": [305830 / 13850]}, [16.53]),
    ],
)
def test_textbook_ratios(criterion: str, columns: dict[str, list[float]], published: list[float]) -> None:
    """Ross, Westerfield & Jordan, Fundamentals of Corporate Finance, chapter 3 exercise (a golf company).

    The answer key gives for 2008 and 2009 current ratio 1.44 and 1.40, quick ratio 0.85 and 0.83, debt/equity 0.65
    and 0.66, times interest earned 5.70 and receivables turnover 22.08 (365 / 22.08 = 16.53 days).
    """
    assert one(columns, criterion).values.round(2).tolist() == published


@pytest.mark.parametrize(
    ("ratios", "score"),
    [((1, 0, 0, 0), 6.56), ((0, 1, 0, 0), 3.26), ((0, 0, 1, 0), 6.72), ((0, 0, 0, 1), 1.05)],
)
def test_altman_coefficients_are_the_published_ones(ratios: tuple[float, ...], score: float) -> None:
    """Altman & Hotchkiss (2006): Z'' = 6.56 X1 + 3.26 X2 + 6.72 X3 + 1.05 X4, without a constant."""
    x1, x2, x3, x4 = ratios
    columns = {
        "current_assets": x1 * 100.0,
        "current_liabilities": 0.0,
        "retained_earnings": x2 * 100.0,
        "ebit": x3 * 100.0,
        "total_assets": 100.0,
        "equity": x4 * 50.0,
        "total_liabilities": 50.0,
    }
    assert one(columns, "altman_z2").values == pytest.approx([score])


@pytest.mark.parametrize("missing", [("equity",), ("total_liabilities",)])
@pytest.mark.parametrize("criterion", ["altman_z2", "liabilities_to_equity"])
def test_the_balance_sheet_identity_fills_one_missing_line(criterion: str, missing: tuple[str, ...]) -> None:
    """Equity or total liabilities may be left out where the other and total assets are there."""
    columns = {key: value for key, value in SHEET.items() if key not in missing}
    derived = one(columns, criterion)
    assert derived.values == pytest.approx([RATIOS[criterion]])
    assert not set(missing) & set(derived.inputs)


def test_each_row_names_the_way_it_came_about() -> None:
    """A row without equity falls back to total assets, and says so."""
    derived = one(
        {"total_liabilities": [40, 40, NAN], "equity": [60, NAN, 60], "total_assets": [NAN, 100, NAN]},
        "liabilities_to_equity",
    )
    assert derived.values[:2] == pytest.approx([2 / 3, 2 / 3])
    assert np.isnan(derived.values[2])
    used = [derived.used(row) for row in range(3)]
    assert [way and way.inputs for way in used] == [
        ("total_liabilities", "equity"),
        ("total_liabilities", "total_assets"),
        None,
    ]
    assert derived.inputs == ("total_liabilities", "equity", "total_assets")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"liabilities_to_assets_percent": [30.0, 50.0, 100.0, 120.0]}, [0.3 / 0.7, 1.0, np.inf, np.inf]),
        ({"equity_to_assets_percent": [70.0, 50.0, 0.0, -20.0]}, [0.3 / 0.7, 1.0, np.inf, np.inf]),
    ],
)
def test_leverage_from_a_ratio_in_percent(columns: dict[str, list[float]], expected: list[float]) -> None:
    """Debt to equity is d / (1 - d); with equity used up it is infinite, which reads as the floor."""
    assert one(columns, "liabilities_to_equity").values == pytest.approx(expected)


def test_negative_equity_is_the_worst_and_no_interest_the_best() -> None:
    """Used-up equity reads as infinite debt, and no interest to pay as infinite cover."""
    columns = {"total_liabilities": [90, 90], "equity": [-5, 0], "ebit": [5, -5], "interest_paid": [0, 0]}
    found = derive(columns, ["liabilities_to_equity", "interest_cover"], as_of=AS_OF)
    assert found["liabilities_to_equity"].values.tolist() == [np.inf, np.inf]
    assert found["interest_cover"].values.tolist() == [np.inf, np.inf]


def test_a_negative_cover_in_percent_is_left_out_and_said() -> None:
    """A negative reported cover may be a loss or interest received; it is not guessed."""
    derived = one({"interest_cover_percent": [350.0, -120.0]}, "interest_cover")
    assert derived.values[0] == 3.5
    assert np.isnan(derived.values[1])
    assert "loss or interest received" in str(derived.reasons(1)[0])
    assert derived.reasons(0) == ()


@pytest.mark.parametrize(
    ("criterion", "change", "sentence"),
    [
        ("current_ratio", {"current_liabilities": 0.0}, "Current liabilities of 0"),
        ("current_ratio", {"current_assets": -1.0}, "Current assets cannot be below 0"),
        ("quick_ratio", {"inventory": 490.0}, "more than all current assets"),
        ("altman_z2", {"total_assets": 450.0}, "more than total assets"),
        ("altman_z2", {"total_assets": 0.0}, "Total assets of 0"),
        ("altman_z2", {"total_liabilities": 100.0}, "more than total liabilities"),
        ("dso_days", {"sales": 0.0}, "Sales of 0"),
        ("credit_headroom", {"peak_exposure": 0.0}, "exposure of 0"),
        ("interest_cover", {"interest_paid": -3.0}, "Interest paid cannot be below 0"),
    ],
)
def test_impossible_figures_are_unknown_and_say_why(criterion: str, change: dict[str, float], sentence: str) -> None:
    """A figure that cannot be right leaves the row unknown, with a sentence."""
    columns = {**SHEET, **change}
    if "total_liabilities" in change or "total_assets" in change:
        columns.pop("equity" if "total_assets" not in change else "nothing", None)
    derived = one(columns, criterion)
    assert np.isnan(derived.values[0])
    assert sentence in " ".join(map(str, derived.reasons(0)))


def test_credit_headroom_takes_the_lower_line_and_never_a_negative_one() -> None:
    """Safe line = the lower of 10 % of net worth and 20 % of working capital, here 10, 4, 0 and 0."""
    columns = {
        "equity": [100, 100, -50, 100],
        "current_assets": [120, 40, 120, 10],
        "current_liabilities": [20, 20, 20, 30],
        "monthly_purchases": [5, 5, 5, 5],
        "credit_months": [2, 2, 2, 2],
    }
    assert one(columns, "credit_headroom").values == pytest.approx([1.0, 0.4, 0.0, 0.0])


def test_paydex_is_read_by_its_published_table() -> None:
    """D&B: 80 = prompt, 70 = 15 days late, 50 = 30, 20 = 120."""
    assert one({"paydex": [90, 80, 70, 50, 20, 130]}, "payment_record").values == pytest.approx(
        [0, 0, 15, 30, 120, NAN], nan_ok=True
    )


# -- years -------------------------------------------------------------------------------------------------------------


def test_years_from_a_year_and_from_a_date() -> None:
    """A year alone gives the difference of the years; a date gives whole anniversaries and the part of the year."""
    founded = [2006, founding_value(dt.date(2016, 11, 21)), founding_value(dt.date(2016, 11, 22)), 2026, NAN]
    values = one({"founded": founded}, "operating_years").values
    assert values[[0, 1, 3]].tolist() == [20.0, 10.0, 0.0]
    assert values[2] == pytest.approx(10 - 1 / 365)
    assert np.isnan(values[4])


def test_years_from_dates_as_numpy_dates() -> None:
    """A column of dates needs no conversion, and a missing date is unknown."""
    founded = np.array(["2016-11-21", "2024-02-29", "NaT"], "datetime64[D]")
    values = one({"founded": founded}, "operating_years").values
    assert values[0] == 10.0
    assert 2.72 < values[1] < 2.73
    assert np.isnan(values[2])


@pytest.mark.parametrize("founded", [2027.0, founding_value(dt.date(2026, 11, 22)), 98.0, 39814.0])
def test_impossible_founding_years_are_flagged(founded: float) -> None:
    """A founding in the future, a year of another calendar and a spreadsheet's serial number are unknown, and said."""
    derived = one({"founded": [founded]}, "operating_years")
    assert np.isnan(derived.values[0])
    assert len(derived.reasons(0)) == 1


@given(st.dates(dt.date(1600, 1, 1), AS_OF))
def test_an_anniversary_is_a_whole_number(day: dt.date) -> None:
    """Years count whole on every anniversary and grow by less than one until the next."""
    value = one({"founded": founding_value(day)}, "operating_years").values[0]
    whole = AS_OF.year - day.year - ((AS_OF.month, AS_OF.day) < (day.month, day.day))
    assert whole <= value < whole + 1
    assert ((AS_OF.month, AS_OF.day) == (day.month, day.day)) == (value == whole)


# -- growth ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "year"),
    [
        ("2009 Revenue", 2009),
        ("Revenue 2009", 2009),
        ("revenue_2009", 2009),
        ("sales_2021", 2021),
        ("Sales (2021)", 2021),
        ("FY21 sales", 2021),
        ("Sales FY'98", 1998),
        ("FY2020/21 Turnover, EUR m", 2021),
        ("Net sales 2021 (USD million)", 2021),
        ("Umsatz 2023 in T€", None),
        ("Umsatz 2023", 2023),
        ("2021年销售额", 2021),
        ("2021年度营业收入(万元)", 2021),
        ("營收 2021", 2021),
        ("２０２１年銷售額", 2021),
        ("民國110年營收", 2021),
        ("110年度營業收入", 2021),
        ("2009 sales growth", None),
        ("Sales growth 2009", None),
        ("cost of sales 2021", None),
        ("sales staff 2021", None),
        ("planned sales 2027", None),
        ("Sales Q1 2021", None),
        ("Sales 2019-2021", None),
        ("2019 vs 2020 sales", None),
        ("Revenue per employee 2021", None),
        ("2021年销售额增长率", None),
        ("Revenue", None),
        ("2009", None),
        ("", None),
        ("Sales 3021", None),
    ],
)
def test_headers_of_yearly_sales(header: str, year: int | None) -> None:
    """A header is a year's sales when it says that and no more."""
    assert sales_year(header) == year


def test_growth_is_compound_over_three_years() -> None:
    """100 to 133.1 in three years is 10 % a year, also where a fourth year is there."""
    columns = {"sales_2022": [90], "sales_2023": [100], "sales_2025": [125], "sales_2026": [133.1]}
    assert one(columns, "sales_growth").inputs == ("sales_2022", "sales_2025")  # 2026 is not over yet
    derived = derive(columns, ["sales_growth"], as_of=dt.date(2027, 1, 5))["sales_growth"]
    assert derived.inputs == ("sales_2023", "sales_2026")
    assert derived.values == pytest.approx([10.0])


def test_growth_against_the_market() -> None:
    """Market growth is taken off: one rate for all rows, or a column of its own where each row has its market."""
    columns: dict[str, object] = {"sales_2020": [100, 100], "sales_2021": [110, 110]}
    assert one(columns, "sales_growth", market_growth=4.0).values == pytest.approx([6.0, 6.0])
    columns["market_growth_percent"] = [3.0, NAN]
    assert one(columns, "sales_growth", market_growth=4.0).values == pytest.approx([7.0, NAN], nan_ok=True)


def test_growth_from_nothing_is_unknown_and_to_nothing_minus_a_hundred() -> None:
    """Growth needs sales at the start; sales that ended fell by 100 %."""
    derived = one({"sales_2020": [0, 50, NAN], "sales_2023": [10, 0, 10]}, "sales_growth")
    assert derived.values == pytest.approx([NAN, -100.0, NAN], nan_ok=True)
    assert "growth from nothing" in str(derived.reasons(0)[0])


def test_down_years_are_shown() -> None:
    """Three of the five changes went down; unknown years are not counted."""
    columns = {f"sales_{2020 + i}": [value, NAN if i == 2 else 1.0] for i, value in enumerate([9, 8, 7, 9, 8, 9])}
    detail = one(columns, "sales_growth").detail
    assert detail["down_years"].tolist() == [3.0, 0.0]
    assert detail["years_compared"].tolist() == [5.0, 3.0]


def test_yearly_sales_stand_in_for_last_years_sales() -> None:
    """Where there is no column "sales", the latest complete year's is taken and named."""
    derived = one({"sales_2024": [300], "sales_2025": [365], "receivables": [40]}, "dso_days")
    assert derived.values == pytest.approx([40.0])
    assert derived.inputs == ("receivables", "sales_2025")


# -- properties and the border -----------------------------------------------------------------------------------------


@given(st.sampled_from(sorted(RATIOS)), st.data())
def test_a_missing_input_gives_unknown(criterion: str, data: st.DataObject) -> None:
    """Taking any one input of every way away leaves nothing to derive, as a column or as a cell."""
    ways = needs(criterion)
    gone = {data.draw(st.sampled_from(way)) for way in ways}
    as_cells = {key: NAN if key in gone else value for key, value in SHEET.items()}
    assert np.isnan(one(as_cells, criterion).values).all()
    as_columns = {key: value for key, value in SHEET.items() if key not in gone}
    assert derive(as_columns, [criterion], as_of=AS_OF) == {}


@given(st.floats(1e-6, 1e9))
def test_the_unit_of_money_changes_no_ratio(scale: float) -> None:
    """Thousands, millions or another currency give the same ratios."""
    for criterion, expected in RATIOS.items():
        scaled = {key: value * scale for key, value in SHEET.items()}
        assert one(scaled, criterion).values == pytest.approx([expected])


_CELLS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True), st.sampled_from([0.0, -0.0, 1e308, -1e308, 5e-324, NAN])
)


_FIELDS = [*sorted(RAW_FIELDS), "sales_2019", "sales_2022", "sales_2023"]


@settings(max_examples=60)
@given(hnp.arrays(float, (len(_FIELDS), 3), elements=_CELLS))
def test_no_figure_breaks_it(table: np.ndarray) -> None:
    """Any numbers at all give numbers or unknown, never an error, and each known value has its way."""
    columns = dict(zip(_FIELDS, table, strict=True))
    for derived in derive(columns, sorted(DERIVABLE), as_of=AS_OF).values():
        assert ((derived.way >= 0) == ~np.isnan(derived.values)).all()


def test_every_derivable_criterion_is_derived_from_the_full_set() -> None:
    """With every raw column there, every derivable criterion comes out, each with inputs and a formula."""
    columns = {id: np.ones(2) * 2000 for id in RAW_FIELDS} | {"sales_2020": [1, 1], "sales_2023": [2, 2]}
    found = derive(columns, sorted(DERIVABLE), as_of=AS_OF)
    assert found.keys() == DERIVABLE
    assert all(derived.inputs and str(derived.formula) for derived in found.values())


def test_what_is_not_derivable_is_left_alone() -> None:
    """A judged criterion, or one whose columns are not there, is simply not in the answer."""
    assert derive({"sales": [1.0]}, ["cooperation_attitude", "current_ratio"], as_of=AS_OF) == {}


def test_columns_of_different_lengths_are_refused() -> None:
    """Columns must have one row per candidate."""
    with pytest.raises(CandidateError, match=r"different numbers of rows: \[2, 3\]"):
        derive({"current_assets": [1, 2], "current_liabilities": [1, 2, 3]}, ["current_ratio"], as_of=AS_OF)


def test_no_rows_give_no_rows() -> None:
    """An empty file derives empty columns."""
    derived = one({"current_assets": np.empty(0), "current_liabilities": np.empty(0)}, "current_ratio")
    assert derived.values.shape == (0,)


@pytest.mark.parametrize(
    ("header", "id"),
    [
        ("Founded", "founded"),
        ("founded_year", "founded"),
        ("成立年份", "founded"),
        ("成立日期", "founded"),
        ("Total Current Assets (USD m)", "current_assets"),
        ("流动资产合计(万元)", "current_assets"),
        ("存貨", "inventory"),
        ("预付款项", "prepaid"),
        ("Shareholders’ Equity", "equity"),
        ("所有者权益", "equity"),
        ("資產負債率(%)", "liabilities_to_assets_percent"),
        ("adratio", "liabilities_to_assets_percent"),
        ("sheqratio", "equity_to_assets_percent"),
        ("icratio", "interest_cover_percent"),
        ("2009 Revenue", "sales_2009"),
        ("Revenue", "sales"),
        ("Interest in our line", None),
        ("Company", None),
    ],
)
def test_raw_columns_are_recognised(header: str, id: str | None) -> None:
    """Raw columns are known by title and by the usual names in three languages."""
    assert raw_field(header) == id


def test_raw_fields_have_three_languages_and_no_name_twice() -> None:
    """Every raw column has a title in every language, and no header could mean two of them."""
    names: dict[str, str] = {}
    for field in RAW_FIELDS.values():
        assert set(field.title.texts) == set(LANGUAGES)
        for name in {re.sub(r"\W", "", alias).casefold() for alias in (field.id, *field.title.every(), *field.aliases)}:
            assert names.setdefault(name, field.id) == field.id


# -- composites --------------------------------------------------------------------------------------------------------


@given(
    hnp.arrays(float, (4, 3), elements=st.one_of(st.floats(0, 100), st.just(NAN))),
    hnp.arrays(float, 3, elements=st.floats(0, 50)).filter(lambda w: w.sum() > 1e-6),
    hnp.arrays(float, (4, 3), elements=st.floats(0, 100)),
)
def test_the_band_contains_every_completion(values: np.ndarray, weights: np.ndarray, filling: np.ndarray) -> None:
    """However the unknown leaves turn out, the weighted mean lies in the band; without unknowns the band is a point."""
    band = composite_band(values, weights)
    full = np.where(np.isnan(values), filling, values) @ (weights / weights.sum())
    assert (band.low <= full + 1e-9).all()
    assert (full <= band.high + 1e-9).all()
    assert np.allclose(band.high - band.low, 100 * (1 - band.known))


def test_a_composite_worked_by_hand() -> None:
    """Payment record 30 at 80 and current ratio 10 at 40 known, 20 of 60 unknown: (2400 + 400) / 60 = 46.67 to 80."""
    band = composite_band([[80.0, NAN, 40.0]], [30, 20, 10])
    assert (band.low[0], band.high[0], band.known[0]) == pytest.approx((46.6667, 80.0, 2 / 3), rel=1e-4)


@pytest.mark.parametrize("weights", [[1, -1], [0, 0], [1], [1, NAN]])
def test_composite_weights_are_checked(weights: list[float]) -> None:
    """Weights of a composite fit its leaves, are not negative and not all zero."""
    with pytest.raises(WeightsError, match="composite"):
        composite_band([[1.0, 2.0]], weights)


# -- real files --------------------------------------------------------------------------------------------------------


def test_growth_of_a_real_list_agrees_with_its_own_column() -> None:
    """Growth from 2006 to 2009 revenue, compounded back, is the list's own three-year growth within its rounding."""
    root = os.environ.get("SHORTLIST_REAL_DATA")
    if not root or not (Path(root) / "us_inc5000_2010.csv").exists():
        pytest.skip("SHORTLIST_REAL_DATA does not name a folder with us_inc5000_2010.csv")
    import pandas as pd

    frame = pd.read_csv(Path(root) / "us_inc5000_2010.csv", dtype=str)
    columns = {
        f"sales_{year}": frame[f"{year} Revenue"].fillna("").map(_money).to_numpy(float) for year in (2006, 2009)
    }
    growth = derive(columns, ["sales_growth"], as_of=dt.date(2010, 12, 31))["sales_growth"].values
    total = ((1 + growth / 100) ** 3 - 1) * 100
    stated = frame["3-year Growth"].astype(float).to_numpy()
    known = ~np.isnan(total)
    assert known.sum() > 4900
    close = np.abs(total - stated)[known] <= 0.06 * (stated[known] + 100)
    assert close.mean() > 0.99


def _money(text: object) -> float:
    amount = re.sub(r"[^\d.]", "", str(text))
    factor = 1e9 if "billion" in str(text) else 1e6 if "million" in str(text) else 1.0
    return float(amount) * factor if amount else NAN
