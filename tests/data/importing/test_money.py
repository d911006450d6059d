"""Money: kept in its currency, converted only by typed rates, shown with rate and date."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from data.importing.money import Rate, RateTable, common_currency, short_amount
from tests.data.tables import load, sentences

RATES = RateTable(target="EUR", rates=(Rate(currency="THB", rate=38.5, on="2026-10-31"),))


def test_an_amount_is_converted_by_the_typed_rate_and_says_so() -> None:
    """THB 320 m at 38.5 is EUR 8.3 m; the value's source tells rate and day."""
    report = load({"capital": ["THB 320 m", "EUR 5", "฿77"]}, rates=RATES)
    assert report.candidates.frame["capital"].tolist() == [320e6 / 38.5, 5.0, 2.0]
    assert report.candidates.sources["capital"][0] == "THB 320 m = EUR 8.3 m at 38.5, 2026-10-31"


def test_an_amount_without_a_rate_is_unknown() -> None:
    """No rate, no value: the problem names the currency."""
    report = load({"capital": ["USD 5", "EUR 7"]}, rates=RATES)
    assert report.candidates.frame["capital"].isna().tolist() == [True, False]
    assert "no rate for USD" in sentences(report, "error")[0]


def test_mixed_currencies_without_rates_are_unknown() -> None:
    """Dollars and euros in one column cannot be compared; a bare figure among them has no currency."""
    report = load({"revenue": ["$5", "€5", "7"]})
    assert report.candidates.frame["revenue"].isna().all()
    assert [p.line for p in report.problems] == [2, 3, 4]


def test_one_currency_throughout_needs_no_rate() -> None:
    """$ beside USD is USD; bare figures among them are read so, with a warning."""
    report = load({"revenue": ["$1.2 billion", "USD 325 million", "$90,169.00"]})
    assert report.candidates.frame["revenue"].tolist() == [1.2e9, 325e6, 90169.0]
    assert not report.problems
    assert "1 figure without a currency" in " ".join(sentences(load({"revenue": ["$5", "7"]}), "warning"))


def test_the_currency_of_a_header_is_converted_too() -> None:
    """A column "capital (THB m)" holds Thai millions."""
    report = load({"capital (THB m)": ["77"]}, rates=RATES)
    assert report.candidates.frame["capital"].tolist() == [2e6]


@pytest.mark.parametrize(
    ("found", "wanted", "result"),
    [
        ({"$", "USD"}, None, ("USD", True)),
        ({"$", "HKD"}, None, (None, False)),
        ({"$"}, None, ("$", True)),
        ({"EUR", "USD"}, None, (None, False)),
        ({"$", "¥"}, None, (None, False)),
        ({"$"}, "CAD", ("CAD", True)),
        (set(), None, (None, True)),
    ],
)
def test_shared_symbols(found: set[str], wanted: str | None, result: tuple[str | None, bool]) -> None:
    """A symbol that several currencies share means the one that stands beside it."""
    assert common_currency(found, wanted) == result


@pytest.mark.parametrize(
    "rates",
    [
        {"target": "XXX"},
        {"target": "$"},
        {"target": "EUR", "rates": [{"currency": "USD", "rate": 0}]},
        {"target": "EUR", "rates": [{"currency": "USD", "rate": 1}, {"currency": "usd", "rate": 2}]},
    ],
)
def test_a_wrong_rate_table_is_refused(rates: dict[str, object]) -> None:
    """Unknown or shared currencies, a rate of nothing and two rates for one currency are errors."""
    with pytest.raises(ValidationError):
        RateTable.model_validate(rates)


def test_amounts_are_short() -> None:
    """Provenance shows millions and billions."""
    assert [short_amount(v) for v in (8_311_688.3, 2.0e9, 950.0, 999_999.0)] == ["8.3 m", "2 bn", "950", "999,999"]
