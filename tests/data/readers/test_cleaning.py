"""Cells as a person sees them."""

from pathlib import Path

import pytest

from data.readers.limits import Limits
from tests.data.readers.build import parsed


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  A ", "A"),
        ("\u00a0A\u3000", "A"),
        ("\u200bA\ufeff", "A"),
        ("007", "007"),
        ("e\u0301", "e\u0301"),
        ("A\u200dB", "A\u200dB"),
        ("－５", "－５"),
        ("'=1+1", "=1+1"),
        ("'@x", "@x"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
    ],
)
def test_a_cell_is_the_text_without_what_cannot_be_seen_around_it(tmp_path: Path, written: str, read: str) -> None:
    """Outer blanks of every kind go, and our own export's apostrophe; everything else stays as written."""
    table = parsed(tmp_path, f"id,name\n1,{written}\n2,plain\n")
    assert table.rows[0][1] == read
    assert table.problems == []


def test_control_characters_are_taken_out_and_reported(tmp_path: Path) -> None:
    """A bell or a zero byte inside a name is no part of it."""
    table = parsed(tmp_path, b"id,name\n1,A\x07B\x00C\n2,D\n")
    assert table.rows == [("1", "ABC"), ("2", "D")]
    assert [(p[0], p[1], p[2]) for p in table.problems] == [("warning", 2, "name")]


def test_characters_that_turn_the_direction_are_kept_and_reported(tmp_path: Path) -> None:
    """A name may not look like what it is without a word about it."""
    table = parsed(tmp_path, "id,name\n1,\u202egnp.exe\n")
    assert table.rows == [("1", "\u202egnp.exe")]
    assert [(p[0], p[1], p[2]) for p in table.problems] == [("warning", 2, "name")]


@pytest.mark.parametrize("cell", ["A" * 101, '"' + "A\n" * 60 + 'A"'])
def test_cells_that_are_too_long_are_shortened_and_reported(tmp_path: Path, cell: str) -> None:
    """The bound holds for texts over several lines too."""
    table = parsed(tmp_path, f"id,name\n1,{cell}\n2,B\n", limits=Limits(cell_characters=100))
    assert len(table.rows[0][1]) == 100
    assert table.rows[0][1].endswith("…")
    assert [(p[0], p[1], p[2]) for p in table.problems] == [("error", 2, "name")]


def test_problems_of_one_kind_are_listed_and_then_counted(tmp_path: Path) -> None:
    """A thousand damaged rows do not make a thousand sentences."""
    table = parsed(tmp_path, "a,b\n" + "1,\x07a name of a usual length\n" * 200)
    assert len(table.problems) == 50
