"""The living workbook: what it shows, and that it ranks itself again exactly as `rank` does."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from criteria import Profile
from data.writers import export_ranking
from data.writers.workbook import plan as plan_module
from data.writers.workbook.plan import weight_names
from selection import Candidates, Ranking, rank
from tests.data.writers.cases import SCENARIOS, frame, full_ranking, profile
from tests.data.writers.recalculated import Cells, by_formulas, by_libreoffice, cached, edited, has_libreoffice

CHANGES = {"w_years": 7.0, "w_attitude": 1.5}
FORBIDDEN = re.compile(
    r"\b(XLOOKUP|XMATCH|SORT|SORTBY|FILTER|UNIQUE|SEQUENCE|LET|LAMBDA|TEXTJOIN|CONCAT|IFS|SWITCH|MAXIFS|MINIFS|INDIRECT"
    r"|OFFSET|HYPERLINK|WEBSERVICE|DDE)\("
)


def changed(weights: dict[str, float]) -> Profile:
    """Return the standard with some weights of its first scenario changed."""
    return profile(scenarios={**SCENARIOS, "balanced": {**SCENARIOS["balanced"], **weights}})


def listed(cells: Cells, sheet: str = "Ranking") -> list[dict[str, Any]]:
    """Return the lines of a sheet below its header, by their column titles."""
    rows = sorted({int(re.sub(r"\D", "", address)) for name, address in cells if name == sheet})
    head_row = next(row for row in rows if cells.get((sheet, f"A{row}")) in ("Rank", "ID"))
    columns = [chr(65 + i) for i in range(26)]
    heads = {column: cells.get((sheet, f"{column}{head_row}")) for column in columns}
    return [
        {title: cells.get((sheet, f"{column}{row}")) for column, title in heads.items() if title}
        for row in rows
        if row > head_row and cells.get((sheet, f"{'C' if sheet == 'Ranking' else 'A'}{row}"))
    ]


def assert_same(cells: Cells, ranking: Ranking) -> None:
    """Assert that the first sheet shows exactly *ranking*: order, ranks, ties, scores, bands, lines."""
    shown = listed(cells)
    entries = [*ranking.ranked, *ranking.pending]
    assert [line["ID"] for line in shown] == [entry.figures.id for entry in entries]
    assert [line["Name"] for line in shown] == [entry.figures.name for entry in entries]
    for line, entry in zip(shown, entries, strict=True):
        figures = entry.figures
        bands = (line["Score"], line["Low"], line["High"], line["Known share"])
        assert bands == pytest.approx((figures.score, figures.low, figures.high, figures.known), abs=1.5e-8)
    for line, entry in zip(shown, ranking.ranked, strict=False):
        assert (line["Rank"], line["Tied"] or "") == (entry.rank, "=" if entry.tied else "")
        assert ("below the qualified line" in (line["Note"] or "")) == entry.below_line
    for line, pending in zip(shown[len(ranking.ranked) :], ranking.pending, strict=True):
        assert (line["Rank"], line["Best rank"], line["Worst rank"]) == ("?", pending.rank_best, pending.rank_worst)


RECALCULATE = [
    pytest.param(by_formulas, id="formulas"),
    pytest.param(
        by_libreoffice, id="libreoffice", marks=pytest.mark.skipif(not has_libreoffice(), reason="no LibreOffice here")
    ),
]


def test_cached_values_are_those_of_the_ranking() -> None:
    """A viewer that cannot calculate shows the exported ranking."""
    ranking = full_ranking()
    assert_same(cached(export_ranking(ranking, "xlsx")), ranking)


@pytest.mark.parametrize("recalculate", RECALCULATE)
def test_changed_weights_give_the_ranking_of_rank(recalculate: Callable[[bytes], Cells]) -> None:
    """With two weights changed and no cached value left, every place, score, tie and band is that of `rank`."""
    workbook = edited(export_ranking(full_ranking(), "xlsx"), CHANGES)
    cells = recalculate(workbook)
    expected = full_ranking(changed({"years": 7, "attitude": 1.5}))
    assert any(entry.tied for entry in expected.ranked)
    assert [e.figures.id for e in expected.ranked] != [e.figures.id for e in full_ranking().ranked]
    assert_same(cells, expected)
    for line, entry in zip(listed(cells, "To be verified"), full_ranking().pending, strict=True):
        now = next(other for other in expected.pending if other.figures.id == entry.figures.id)
        assert (line["Best rank"], line["Worst rank"]) == (now.rank_best, now.rank_worst)
    totals = {line["ID"]: line["Total, had it qualified"] for line in listed(cells, "Eliminated")}
    assert totals == pytest.approx({e.figures.id: e.figures.score for e in expected.eliminated}, abs=1e-8)
    assert_points(cells, expected)


def assert_points(cells: Cells, ranking: Ranking) -> None:
    """Assert that the sheet Why shows the points of *ranking*."""
    points = {line["ID"]: line for line in listed(cells, "Why") if line["ID"]}
    for entry in ranking.ranked:
        shown, expected = points[entry.figures.id], entry.figures.points["years"]
        assert shown["Years: points"] == pytest.approx(expected, abs=1e-8)


@pytest.mark.skipif(not has_libreoffice(), reason="no LibreOffice here")
@pytest.mark.parametrize("weights", [{"w_years": 0, "w_money": 0}, {"w_licence": 1000}, {"w_attitude": -4}])
def test_extreme_weights_recalculate(weights: dict[str, float]) -> None:
    """Weights of zero, huge ones, and negative ones (which count as zero) give what `rank` gives."""
    cells = by_libreoffice(edited(export_ranking(full_ranking(), "xlsx"), weights))
    assert_same(cells, full_ranking(changed({key[2:]: max(0, value) for key, value in weights.items()})))


@pytest.mark.parametrize("recalculate", RECALCULATE)
def test_all_weights_zero_shows_words_not_errors(recalculate: Callable[[bytes], Cells]) -> None:
    """Where nothing has a weight the list says so; no cell of the workbook holds an error."""
    names = ["w_years", "w_delivery_time", "w_attitude", "w_money", "w_licence", "w_ratio_a", "w_ratio_b"]
    cells = recalculate(edited(export_ranking(full_ranking(), "xlsx"), dict.fromkeys(names, 0)))
    assert {line["Score"] for line in listed(cells)} == {"no weight"}
    assert cells["Ranking", "A4"] == "Every weight is zero. Give at least one criterion a weight above zero."
    assert not [value for value in cells.values() if isinstance(value, str) and value.startswith("#")]


@pytest.mark.skipif(not has_libreoffice(), reason="no LibreOffice here")
@pytest.mark.parametrize("seed", range(3))
def test_random_rankings_recalculate(seed: int) -> None:
    """Random candidates with many ties and unknowns are ranked by the workbook as by `rank`."""
    generator = np.random.default_rng(seed)
    n = 40
    table = pd.DataFrame({"id": [f"k{i}" for i in generator.permutation(n)], "name": [f"N{i}" for i in range(n)]})
    for name in ("years", "ratio_a", "ratio_b"):
        table[name] = generator.choice([0.5, 1.0, 2.0, 4.0, np.nan], n)
    table["attitude"] = generator.choice([1.0, 2.5, 3.0, 5.0], n)
    table["licence"] = generator.choice(["yes", "yes", "yes", "no", None], n)
    delivery = generator.choice([3.0, 9.0, 20.0], n).astype(object)
    delivery[generator.random(n) < 0.2] = "not applicable"
    table["delivery time"] = delivery
    new = {"years": float(seed), "money": 3.0, "delivery time": 2.5}
    before, after = profile(), changed(new)
    workbook = export_ranking(rank(Candidates.from_frame(table, before), before), "xlsx")
    names = {"years": "w_years", "money": "w_money", "delivery time": "w_delivery_time"}
    cells = by_libreoffice(edited(workbook, {names[key]: value for key, value in new.items()}))
    assert_same(cells, rank(Candidates.from_frame(table, after), after))


def test_every_weight_cell_has_its_name() -> None:
    """`w_<criterion>` is the cell that holds the weight of that criterion in this scenario."""
    book = openpyxl.load_workbook(io.BytesIO(export_ranking(full_ranking(), "xlsx")))
    for name, weight in {"w_years": 2, "w_delivery_time": 1, "w_attitude": 3, "w_ratio_a": 0}.items():
        ((sheet, address),) = book.defined_names[name].destinations
        assert book[sheet][address.replace("$", "")].value == weight
        assert any(address.replace("$", "") in str(rule.sqref) for rule in book[sheet].data_validations.dataValidation)
    assert "w_remark" not in book.defined_names


def test_names_of_weight_cells_are_possible_and_unique() -> None:
    """Ids that no name can hold are written with _, and two of them never share a cell's name."""
    ids = ["on time %", "on time ?", "ON_TIME__", "成立年限", "A1", "r1c1", "x" * 80, "a-b", "😀"]
    names = weight_names(ids)
    assert names[3:6] == ["w_成立年限", "w_A1", "w_r1c1"]
    assert len({name.casefold() for name in names}) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z_\\][\w.]*", name) for name in names)


def test_only_functions_that_excel_2010_knows() -> None:
    """No formula uses a function that is younger, volatile or reaches outside; each has a cached value."""
    workbook = export_ranking(full_ranking(), "xlsx")
    book, values = openpyxl.load_workbook(io.BytesIO(workbook)), cached(workbook)
    formulas = [(sheet.title, c) for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert len(formulas) > 200
    allowed = {"IF", "ISNUMBER", "INDEX", "MATCH", "RANK", "COUNTIF", "SUMPRODUCT", "SUM", "ROUND", "FALSE"}
    for title, cell in formulas:
        assert not FORBIDDEN.search(str(cell.value))
        assert set(re.findall(r"([A-Z]+)\(", str(cell.value))) <= allowed
        assert values[title, cell.coordinate] is not None or '""' in str(cell.value) or "&" in str(cell.value)


def test_the_chart_stands_on_the_cells_of_the_list() -> None:
    """The native bar chart reads names and scores from the list, so it follows its order; 50 and 100 are marked."""
    book = openpyxl.load_workbook(io.BytesIO(export_ranking(full_ranking(), "xlsx")))
    (chart,) = book["Ranking"]._charts
    (series,) = chart.series
    assert series.val.numRef.f == "Ranking!$F$6:$F$15"
    assert series.cat.strRef.f == "Ranking!$D$6:$D$15"
    assert (chart.y_axis.majorUnit, chart.y_axis.scaling.max) == (50, 100)


def test_too_many_candidates_give_values_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit no formula is written, the figures are the same, and the sheet About says why."""
    ranking = full_ranking()
    live = cached(export_ranking(ranking, "xlsx"))
    monkeypatch.setattr("data.writers.workbook.LIVE_LIMIT", 5)
    workbook = export_ranking(ranking, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert_same(cached(workbook), ranking)
    assert listed(cached(workbook), "Eliminated") == listed(live, "Eliminated")
    about = " ".join(str(c.value) for row in book["About"].iter_rows() for c in row)
    assert f"above {plan_module.LIVE_LIMIT:,} candidates" in about


def test_another_method_gives_values_only() -> None:
    """A ranking by TOPSIS cannot follow weights by the additive formulas, so it holds values and says so."""
    ranking = rank(Candidates.from_frame(frame(), profile()), profile(), method="topsis")
    workbook = export_ranking(ranking, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert next(line["Rank"] for line in listed(cached(workbook))) == 1
    assert "Values only" in str(book["Ranking"]["A4"].value)


@pytest.mark.parametrize("keep", [0, 1])
def test_nobody_and_one_candidate(keep: int) -> None:
    """An empty list and a list of one are workbooks too."""
    chosen = profile()
    table = frame().drop(columns="regions").iloc[:keep]
    ranking = rank(Candidates.from_frame(table, chosen), chosen)
    assert len(listed(cached(export_ranking(ranking, "xlsx")))) == keep


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_sheet_names_are_possible_in_every_language(language: str) -> None:
    """The workbook opens in every language, with eight sheets, and its formulas find them."""
    ranking = full_ranking()
    book = openpyxl.load_workbook(io.BytesIO(export_ranking(ranking, "xlsx", language)))
    assert len(book.sheetnames) == 8
    formulas = [str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.data_type == "f"]
    named = {name for formula in formulas for name in re.findall(r"'((?:[^']|'')+)'!", formula)}
    assert named <= set(book.sheetnames)


def test_scenarios_are_the_ranks_of_compare() -> None:
    """The sheet of scenarios has one column of ranks per scenario, equal to that of a run under it."""
    ranking = full_ranking()
    lines = listed(cached(export_ranking(ranking, "xlsx")), "Scenarios")
    other = {e.figures.id: e.rank for e in full_ranking(scenario="cautious").ranked}
    for line, entry in zip(lines, ranking.ranked, strict=False):
        assert line["ID"] == entry.figures.id
        assert line["Balanced"] == line["As weighted now"] == entry.rank
        assert line["Cautious"] == other[entry.figures.id]


def test_about_tells_what_the_workbook_was_made_from() -> None:
    """Fingerprint, profile, region, scenario, date, version and waivers stand on the last sheet for people."""
    book = openpyxl.load_workbook(io.BytesIO(export_ranking(full_ranking(), "xlsx", by="Li Wei")))
    about = {row[0].value: row[1].value for row in book["About"].iter_rows() if row[0].value}
    assert about["Fingerprint"] == full_ranking().fingerprint
    assert (about["Region"], about["Scenario"], about["Exported by"]) == ("DE", "Balanced", "Li Wei")
    assert about["Waiver"] == "c11, Years: bank guarantee (M. Keller)"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", about["Exported on"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", about["Product version"])
