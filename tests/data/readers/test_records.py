"""JSON of every usual form."""

import json
from pathlib import Path

import pytest

from data.readers.notes import Refusal
from tests.data.readers.build import parsed

RECORDS = [{"id": "a", "years": 3}, {"id": "b", "years": 2.5}]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS),
        json.dumps({"note": "x", "candidates": RECORDS}),
        json.dumps({"data": RECORDS}),
        json.dumps({"anything": RECORDS}),
        "\n".join(map(json.dumps, RECORDS)) + "\n",
        json.dumps({"id": ["a", "b"], "years": [3, 2.5]}),
        json.dumps({"id": {"0": "a", "1": "b"}, "years": {"0": 3, "1": 2.5}}),
        json.dumps([["id", "years"], ["a", 3], ["b", 2.5]]),
        "\ufeff" + json.dumps(RECORDS),
    ],
)
def test_every_usual_form_gives_the_same_table(tmp_path: Path, text: str) -> None:
    """A list, a list under a key, a record per line, columns, rows under a header."""
    table = parsed(tmp_path, text, "list.json")
    assert (table.format, table.headers, table.lines) == ("json", ["id", "years"], [2, 3])
    assert (table.rows, table.numbers) == ([("a", "3"), ("b", "2.5")], [None, [3.0, 2.5]])
    assert table.problems == []


def test_values_read_as_a_person_would_type_them(tmp_path: Path) -> None:
    """Truth values, lists, null, missing fields, long numbers."""
    records = [{"a": True, "b": ["DE", "FR"], "c": None, "d": 12345678901234567890}, {"a": False, "e": 3.0}]
    table = parsed(tmp_path, json.dumps(records), "list.json")
    assert table.rows == [("TRUE", "DE; FR", "", "12345678901234567890", ""), ("FALSE", "", "", "", "3")]
    assert table.numbers[0] is None


def test_nested_and_endless_values_are_errors_with_their_place(tmp_path: Path) -> None:
    """They are read as empty, never as text."""
    table = parsed(tmp_path, '[{"a": {"b": 1}, "c": 1}, {"a": 1, "c": NaN}, {"a": 2, "c": 1e999}]', "list.json")
    assert table.rows == [("", "1"), ("1", ""), ("2", "")]
    assert [(p[0], p[1], p[2]) for p in table.problems] == [("error", 2, "a"), ("error", 3, "c"), ("error", 4, "c")]


def test_fields_that_stand_twice_are_an_error(tmp_path: Path) -> None:
    """Which of the two counts is nobody's guess."""
    table = parsed(tmp_path, '[{"id": 1, "id": 2}]', "list.json")
    assert [p[0] for p in table.problems] == ["error"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '[{"a": 1,}]',
        "[1, 2]",
        '"text"',
        "{}",
        '{"a": [1], "b": [1, 2]}',
        '{"a":1}\n{"b":',
        "[[1],[2,3]]",
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    """Deep nesting, broken text, bare values, columns of different length."""
    with pytest.raises(Refusal):
        parsed(tmp_path, text, "list.json")


def test_a_csv_may_begin_with_a_bracket(tmp_path: Path) -> None:
    """The first character is no proof."""
    table = parsed(tmp_path, "[id],name\n1,A\n", "list.csv")
    assert (table.format, table.rows) == ("csv", [("1", "A")])


def test_unpaired_surrogates_and_zero_characters_cannot_break_the_hand_over(tmp_path: Path) -> None:
    """JSON can spell characters that no text may hold."""
    assert parsed(tmp_path, '[{"id": "\\ud800x\\u0000y"}]', "list.json").rows == [("\ufffdxy",)]
