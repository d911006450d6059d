"""Companies entered twice: found through case, width, punctuation, legal form and script; never merged."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importing.duplicates import fold_name, fold_names
from tests.data.tables import load


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ACME Trading Co., Ltd.", "Acme  trading"),
        ("ＡＣＭＥ Trading", "acme trading inc"),
        ("Müller GmbH & Co. KG", "MÜLLER gmbh"),
        ("華東貿易股份有限公司", "华东贸易有限公司"),
        ("华东集团有限公司", "華東集團"),
        ("Foo Sp. z o.o.", "Foo"),
        ("PT. Indo Tbk", "Indo"),
        ("E-Solutions", "eSolutions"),
        ("A & B Ltd", "A and B"),
        ("Foo S.A.", "FOO SA"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same(first: str, second: str) -> None:
    """What differs only in form is the same name."""
    assert fold_name(first) == fold_name(second)


@pytest.mark.parametrize(
    ("first", "second"), [("Alpha Ltd", "Beta Ltd"), ("华东贸易", "华南贸易"), ("Co.", "Ltd."), ("AS Roma", "Roma")]
)
def test_different_names_stay_different(first: str, second: str) -> None:
    """A legal form alone never makes two companies one."""
    assert fold_name(first) != fold_name(second)


@given(st.lists(st.text(alphabet="abzG.,&()- coltdKGmbhSA", max_size=40), max_size=20))
def test_the_fast_way_folds_as_the_plain_way(names: list[str]) -> None:
    """Folding a whole column gives what folding name by name gives."""
    assert fold_names(pa.array(names, pa.string())) == [fold_name(name) for name in names]


def test_a_hostile_name_costs_no_time() -> None:
    """Only the beginning of an endless name is compared."""
    assert len(fold_name("ä" + "co co . " * 100_000)) < 300


def test_a_twin_is_reported_with_both_lines_and_kept() -> None:
    """The second row warns and names the line of the first; both are loaded."""
    report = load({"name": ["Acme Ltd", "Beta", "ACME GmbH"], "score": ["1", "2", "3"]})
    assert report.loaded == 3
    [problem] = report.problems
    assert (problem.severity, problem.line, problem.column) == ("warning", 4, "name")
    assert "line 2" in str(problem.message)


def test_one_company_in_different_regions_is_no_twin() -> None:
    """Rows for different regions are one candidate's; an unknown or shared region is doubtful."""
    rows = {"name": ["Acme", "Acme", "Acme"], "score": ["1", "2", "3"]}
    assert not load(rows | {"region": ["DE", "FR", "IT"]}).problems
    assert [p.line for p in load(rows | {"region": ["DE", "FR", "DE"]}).problems] == [4]
