"""Which column is which: ids, titles and aliases in any language, a given mapping, and one target per column."""

from __future__ import annotations

import pytest

from criteria import load_profile
from criteria.errors import CandidateError
from data.candidates import interpret
from data.importing.columns import match_columns
from data.importing.headers import read_header
from tests.data.tables import PROFILE, load, raw_table, sentences

TEMPLATE = load_profile("industrial")


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("current_ratio", "current_ratio"),
        ("Current Ratio", "current_ratio"),
        ("流动比率", "current_ratio"),
        ("流動比率", "current_ratio"),
        ("流动比率(%)", "current_ratio"),
        ("CURRENT-RATIO ", "current_ratio"),
        ("Years in business (years)", "operating_years"),
        ("ｙｅａｒｓ in business", "operating_years"),
        ("经营年限", "operating_years"),
        ("經營年限", "operating_years"),
        ("公司名称", "name"),
        ("經銷商", "name"),
        ("Company Name", "name"),
        ("客戶名稱", "name"),
        ("Code", "id"),
        ("编号", "id"),
        ("Province", "regions"),
        ("省份", "regions"),
        ("current_ratio.level", "current_ratio.level"),
        ("流动比率.来源", "current_ratio.source"),
        ("成立年份", "raw:founded"),
        ("2009 Revenue", "raw:sales_2009"),
        ("流動資產(萬元)", "raw:current_assets"),
        ("shop_class", "shop_class"),
        ("City", "city"),
        ("Colour", None),
        ("", None),
        ("DE", None),
    ],
)
def test_headers_are_recognised(header: str, target: str | None) -> None:
    """By id, title or alias, whatever the case, width, script, punctuation and unit; else by nothing."""
    matches, _ = match_columns(raw_table({header: ["x"]}), TEMPLATE)
    assert matches[0].target == target


@pytest.mark.parametrize(
    ("header", "currency", "scale", "unit"),
    [
        ("Revenue (USD m)", "USD", 1e6, None),
        ("營業額（萬元）", "元", 1e4, None),
        ("Growth %", None, 1.0, "percent"),
        ("Sales ('000)", None, 1e3, None),
        ("DSO [days]", None, 1.0, "day"),
        ("Revenue, million USD", "USD", 1e6, None),
        ("渠道纪律(窜货/乱价)", None, 1.0, None),
        ("Score (0-100)", None, 1.0, None),
    ],
)
def test_the_unit_in_a_header_is_read(header: str, currency: str | None, scale: float, unit: str | None) -> None:
    """Currency, magnitude and unit in brackets, after a comma or at the end."""
    found = read_header(header).unit
    assert (found.currency, found.scale, found.unit) == (currency, scale, unit)


def test_a_given_mapping_goes_first() -> None:
    """By header or by position, to any target; what is mapped to nothing is left out."""
    report = load({"foo": ["Acme"], "bar": ["5"], "score": ["7"]}, mapping={"foo": "name", "#3": "score", "score": ""})
    assert report.candidates.frame["name"].tolist() == ["Acme"]
    assert report.candidates.frame["score"].tolist() == [5.0]
    assert [match.how for match in report.columns if match.target] == ["given", "given"]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [({"bar": "scor"}, "Did you mean “score”"), ({"nope": "score"}, "It has: name, bar"), ({"#9": "score"}, "#9")],
)
def test_a_wrong_mapping_is_refused_with_the_right_names(mapping: dict[str, str], words: str) -> None:
    """A column or target that does not exist is named, and what there is."""
    with pytest.raises(CandidateError, match=words.replace("“", ".").replace("”", ".")):
        load({"bar": ["5"]}, mapping=mapping)


def test_two_columns_for_one_target_are_reported() -> None:
    """The surer one is used; columns that differ are an error, equal ones a warning."""
    report = load([("grade", ["1"]), ("Score", ["2"])])
    assert report.candidates.frame["score"].tolist() == [2.0]
    assert [(p.severity, p.column) for p in report.problems] == [("error", "grade")]
    same = load([("score", ["2"]), ("score", ["2"])])
    assert [p.severity for p in same.problems] == ["warning"]
    assert list(same.table.columns) == ["name", "score", "score (2)"]


def test_without_a_name_column_words_are_chosen_and_it_is_said() -> None:
    """The first column of different words stands in, with a warning; ids do where there are no words."""
    matches = raw_table({"Who": ["Acme", "Beta"], "score": ["1", "2"]})
    report = interpret(matches, PROFILE)
    assert report.candidates.frame["name"].tolist() == ["Acme", "Beta"]
    assert "“Who” is used" in sentences(report, "warning")[0]
    numbers = interpret(raw_table({"score": ["1", "2"]}), PROFILE)
    assert numbers.candidates.frame["name"].tolist() == ["r2", "r3"]


def test_a_table_without_any_known_column_is_refused() -> None:
    """The refusal lists what was found and what is expected."""
    with pytest.raises(CandidateError, match=r"Found: foo, bar.*for example years"):
        interpret(raw_table({"foo": ["1"], "bar": ["2"]}), PROFILE)


def test_names_without_any_criterion_are_loaded_and_it_is_said() -> None:
    """A list of names alone is loaded with an error that names the criteria."""
    report = load({"name": ["Acme"], "Colour": ["red"]})
    assert report.loaded == 1
    assert "No column holds a criterion" in sentences(report, "error")[0]
