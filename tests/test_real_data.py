"""The product on real tables of the trade, none of which is part of it; SHORTLIST_REAL_DATA says where they lie."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from criteria import Profile, load_profile, parse_profile
from data import read_candidates
from selection import rank
from selection.explain import answer

FOLDER = os.environ.get("SHORTLIST_REAL_DATA")
pytestmark = pytest.mark.skipif(not FOLDER, reason="set SHORTLIST_REAL_DATA to the folder with the real tables")
DATA = Path(FOLDER or ".")


def world_standard() -> Profile:
    """Return a standard for listed distributors: years, size band, trade and distance to the largest cities."""
    return parse_profile(
        {
            "name": "world",
            "minimum_total": 50,
            "criteria": [
                {"use": "operating_years", "curve": {"floor": 0, "qualified": 3, "ideal": 40}, "gate": "conditional"},
                {
                    "id": "market_cap_band",
                    "title": "Size band",
                    "levels": {"Nano Cap": 20, "Micro Cap": 50, "Small Cap": 80, "Mid Cap": 100, "Large Cap": 60},
                },
                {
                    "id": "industry",
                    "title": "Industry fit",
                    "levels": {
                        "Industrial Distribution": 100,
                        "Electronics & Computer Distribution": 60,
                        "Medical Distribution": 40,
                        "Food Distribution": 20,
                    },
                },
                {
                    "id": "distance_to_cities",
                    "title": "Distance to the largest cities",
                    "unit": "km",
                    "curve": {"floor": 300, "qualified": 60, "ideal": 10},
                },
            ],
            "scenarios": {
                "balanced": {"operating_years": 2, "market_cap_band": 1, "industry": 2, "distance_to_cities": 1},
                "size": {"market_cap_band": 3, "industry": 1},
            },
        }
    )


@pytest.mark.parametrize("country", ["Germany", "Japan", "China", "United States"])
def test_listed_distributors_are_ranked_per_country(country: str) -> None:
    """The distributors of a country are ranked on history, size, trade and location, and each one has a verdict."""
    path = DATA / "distributors_listed_world.csv"
    profile = world_standard()
    report = read_candidates(path, profile, mapping={"country": "region"})
    ranking = rank(report.candidates, profile, country)
    expected = int((pd.read_csv(path, keep_default_na=False)["country"] == country).sum())

    assert (report.rows, report.loaded) == (619, 619)
    assert len(ranking.ranked) + len(ranking.pending) + len(ranking.eliminated) == expected
    best = ranking.ranked[0].figures
    assert str(answer(ranking))
    assert all(value is not None for value in best.values.values())
    assert best.score == pytest.approx(sum(point or 0 for point in best.points.values()), abs=1e-6)


def chinese_sheet(folder: Path) -> Path:
    """Write the 63 trade companies with their ratios of 2015 as a sheet with Chinese headers in GB18030."""
    basics = pd.read_csv(DATA / "cn_listed_basics_2016.csv", dtype=str)
    ratios = pd.read_csv(DATA / "cn_listed_ratios_2014_2015.csv", dtype=str)
    trade = basics[basics["industry"].isin(["批发业", "商贸代理", "医药商业", "其他商业", "石油贸易"])]
    joined = trade.merge(ratios[ratios["fiscal_year"] == "2015"], on="code", suffixes=("", "_r"))
    names = {
        "code": "编号", "name": "公司名称", "area": "区域", "currentratio": "流动比率", "quickratio": "速动比率",
        "adratio": "资产负债率(%)", "mbrg": "营业收入增长率(%)", "net_profit_ratio": "销售净利率(%)",
    }  # fmt: skip
    path = folder / "trade.csv"
    joined[list(names)].rename(columns=names).to_csv(path, index=False, encoding="gb18030")
    return path


def test_chinese_trade_companies_are_ranked_by_province(tmp_path: Path) -> None:
    """Chinese headers in GB18030 are recognised, debt to equity is derived, provinces are the regions."""
    profile = parse_profile(
        {
            "name": "trade",
            "criteria": [
                {"use": "current_ratio", "gate": "conditional"},
                {"use": "quick_ratio"},
                {"use": "liabilities_to_equity"},
                {
                    "id": "revenue_growth",
                    "title": {"en": "Revenue growth", "zh-Hans": "营业收入增长率"},
                    "unit": "%",
                    "curve": {"floor": -20, "qualified": 0, "ideal": 20},
                },
                {
                    "id": "net_margin",
                    "title": {"en": "Net margin", "zh-Hans": "销售净利率"},
                    "unit": "%",
                    "curve": {"floor": 0, "qualified": 2, "ideal": 8},
                },
            ],
        }
    )
    report = read_candidates(chinese_sheet(tmp_path), profile)
    ranking = rank(report.candidates, profile)
    frame = report.candidates.frame

    assert report.loaded == 63
    assert frame["id"].str.fullmatch(r"\d{6}").all()
    assert frame["liabilities_to_equity"].notna().sum() >= 60
    assert len(ranking.ranked) > 10
    province = report.candidates.known_regions()[0]
    assert 0 < len(rank(report.candidates, profile, province).candidates) < 63


def test_growth_alone_reproduces_the_published_order() -> None:
    """Ranked on growth alone, no pair with different growth stands other than in `Rank`, save the file's own slips."""
    profile = parse_profile(
        {
            "name": "inc",
            "criteria": [
                {
                    "id": "growth",
                    "title": "3-year Growth",
                    "unit": "%",
                    "curve": {"floor": 0, "qualified": 100, "ideal": 20369},
                }
            ],
        }
    )
    path = DATA / "us_inc5000_2010.csv"
    report = read_candidates(path, profile)
    ranking = rank(report.candidates, profile)
    published = pd.read_csv(path, dtype=str)["Rank"].astype(int).to_numpy()
    growth = report.candidates.frame["growth"].to_numpy()
    rows = ranking.ranked_rows
    in_published_order = growth[np.argsort(published, kind="stable")]

    assert (report.loaded, len(rows)) == (4994, 4994)
    assert (np.diff(growth[rows]) <= 0).all()
    assert int((np.diff(in_published_order) > 0).sum()) == 5  # where the file contradicts itself


def test_the_default_template_takes_a_list_without_ratings() -> None:
    """A longlist without interviews gives a desk ranking: nobody is dropped because a rating is missing."""
    profile = load_profile("seven_factors")
    report = read_candidates(DATA / "distributors_listed_world.csv", profile)
    full, desk = rank(report.candidates, profile), rank(report.candidates, profile, stage="desk")

    assert len(full.ranked) == 0
    assert len(full.pending) + len(full.eliminated) == 619
    assert len(desk.pending) + len(desk.eliminated) + len(desk.ranked) == 619
