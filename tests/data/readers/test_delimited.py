"""Comma, semicolon, tab and bar separated text."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.readers.delimited import read_records, sniff_delimiter
from data.readers.limits import Limits
from data.readers.notes import Notices, Refusal
from tests.data.readers.build import parsed


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_and_line_end_gives_the_same_table(tmp_path: Path, delimiter: str, end: str) -> None:
    """A table reads the same however its cells and lines are parted."""
    rows = [["id", "name", "years"], ["1", "Acme", "3"], ["2", "Bolt", "5"]]
    table = parsed(tmp_path, end.join(delimiter.join(row) for row in rows) + end)
    assert (table.headers, table.rows, table.lines) == (rows[0], [("1", "Acme", "3"), ("2", "Bolt", "5")], [2, 3])
    assert table.format == ("tsv" if delimiter == "\t" else "csv")
    assert table.problems == []


def test_decimal_commas_do_not_make_the_comma_a_delimiter() -> None:
    """The header decides: it has semicolons only."""
    assert sniff_delimiter("id;name;x;y\n1;A;1,5;2,5\n2;B;2,5;3,5\n3;C;1,0;1,0\n") == ";"


def test_commas_inside_quotes_do_not_count() -> None:
    """A semicolon sheet with quoted commas stays a semicolon sheet."""
    assert sniff_delimiter('a;b\n"x, y, z";1\n"p, q, r";2\n') == ";"


def test_first_line_may_name_the_delimiter(tmp_path: Path) -> None:
    """Excel's `sep=` line is obeyed and is no title."""
    table = parsed(tmp_path, "sep=;\r\nid;name\r\n1;A, B\r\n")
    assert (table.headers, table.rows, table.lines, table.problems) == (["id", "name"], [("1", "A, B")], [3], [])


def test_a_single_column_of_phrases_stays_whole(tmp_path: Path) -> None:
    """Commas in a list of names under a one-word header part nothing."""
    assert parsed(tmp_path, "name\nAcme, Inc\nBolt, Inc\nCrux\n").rows == [("Acme, Inc",), ("Bolt, Inc",), ("Crux",)]


def test_records_over_several_lines_know_where_they_start(tmp_path: Path) -> None:
    """`line` is the physical line of the first cell."""
    table = parsed(tmp_path, 'id,name\n1,"A\nB"\n\n2,"say ""x"""\n3,C\n')
    assert table.rows == [("1", "A\nB"), ("2", 'say "x"'), ("3", "C")]
    assert table.lines == [2, 5, 6]


def test_an_unclosed_quotation_mark_swallows_nothing(tmp_path: Path) -> None:
    """The damaged line is named; every other row is read."""
    table = parsed(tmp_path, 'id,name,x\n1,A,3\n2,"B,4\n3,C,5\n4,D,6\n')
    assert [row[0] for row in table.rows] == ["1", "2", "3", "4"]
    assert [(p[0], p[1]) for p in table.problems] == [("error", 3)]


def test_an_unclosed_mark_does_not_hide_behind_the_next_quoted_cell(tmp_path: Path) -> None:
    """Two marks of two rows are not taken for one pair."""
    table = parsed(tmp_path, 'id,name,x\n1,"A,3\n2,"B",4\n3,C,5\n')
    assert table.rows[1:] == [("2", "B", "4"), ("3", "C", "5")]
    assert [(p[0], p[1]) for p in table.problems] == [("error", 2)]


def test_a_mark_inside_a_cell_is_a_letter(tmp_path: Path) -> None:
    """Inches are no quotation."""
    assert parsed(tmp_path, 'id,name\n1,5" pipe\n2,B\n').rows == [("1", '5" pipe'), ("2", "B")]


def test_short_rows_are_filled_and_named(tmp_path: Path) -> None:
    """Missing cells at the end are empty, one warning per row."""
    table = parsed(tmp_path, "a,b,c\n1,2\n3,4,5\n6\n")
    assert table.rows == [("1", "2", ""), ("3", "4", "5"), ("6", "", "")]
    assert [(p[0], p[1]) for p in table.problems] == [("warning", 2), ("warning", 4)]


def test_long_rows_never_put_a_value_under_a_wrong_header(tmp_path: Path) -> None:
    """A row with more cells than the header is left out with an error; empty extra cells do no harm."""
    table = parsed(tmp_path, "id,city,years\n1,Ulm,3\n2,Paris, France,9\n3,Rome,4,,\n")
    assert table.rows == [("1", "Ulm", "3"), ("3", "Rome", "4")]
    assert [(p[0], p[1]) for p in table.problems] == [("error", 3)]


def test_a_file_of_long_rows_is_refused(tmp_path: Path) -> None:
    """Where most rows do not fit the header, the header is not theirs."""
    with pytest.raises(Refusal):
        parsed(tmp_path, "a,b\n1,2,3\n4,5,6\n7,8,9\n")


@pytest.mark.parametrize("title", ["Candidates 2026\n", "Candidates 2026,,\n", "\n\nCandidates 2026\n\n"])
def test_titles_above_the_header_are_passed_over_and_reported(tmp_path: Path, title: str) -> None:
    """The header is the first row filled like the rows below it; the warning names its line."""
    table = parsed(tmp_path, title + "id,name,years\n1,A,3\n2,B,5\n")
    header_line = title.count("\n") + 1
    assert (table.headers, table.lines) == (["id", "name", "years"], [header_line + 1, header_line + 2])
    assert [(p[0], p[1]) for p in table.problems] == [("warning", header_line)]


def test_a_header_that_stands_again_is_no_candidate(tmp_path: Path) -> None:
    """Lists printed page by page repeat it."""
    table = parsed(tmp_path, "id,name\n1,A\nid,name\n2,B\n")
    assert (table.rows, table.lines) == ([("1", "A"), ("2", "B")], [2, 4])
    assert [(p[0], p[1]) for p in table.problems] == [("warning", 3)]


def test_remarks_above_the_header_are_passed_over(tmp_path: Path) -> None:
    """A line that begins with "# " is a remark; a column may be called "#"."""
    assert parsed(tmp_path, "# exported, by a program\nid,name\n1,A\n").headers == ["id", "name"]
    assert parsed(tmp_path, "#,name\n1,A\n").headers == ["#", "name"]


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    """The caller says that there are no candidates."""
    table = parsed(tmp_path, "id,name\n")
    assert (table.headers, table.rows, table.lines) == (["id", "name"], [], [])


@pytest.mark.parametrize("data", ["", " \n\t\n", "\ufeff", ",,\n,,\n", "\u200b\n"])
def test_nothing_is_refused(tmp_path: Path, data: str) -> None:
    """A file without a visible character holds no table."""
    with pytest.raises(Refusal):
        parsed(tmp_path, data)


def test_blank_records_are_skipped_and_do_not_shift_lines(tmp_path: Path) -> None:
    """Rows of blanks only are no candidates."""
    table = parsed(tmp_path, "a,b\n\n1,2\n , \n,\n3,4\n\n")
    assert (table.rows, table.lines, table.problems) == ([("1", "2"), ("3", "4")], [3, 6], [])


def test_repeated_headers_are_an_error_with_their_places(tmp_path: Path) -> None:
    """Both columns are kept; whoever maps them decides."""
    table = parsed(tmp_path, "id,Years,x,years\n1,2,3,4\n")
    assert table.headers == ["id", "Years", "x", "years"]
    assert [(p[0], p[1], p[2]) for p in table.problems] == [("error", 1, "Years")]
    assert table.notes[0].parameters["places"] == "2, 4"


def test_columns_without_header_are_reported_only_where_they_hold_something(tmp_path: Path) -> None:
    """The empty column at the end that Excel likes to write says nothing."""
    assert parsed(tmp_path, "a,,\n1,,\n2,,\n").headers == ["a"]
    table = parsed(tmp_path, "a,,c\n1,x,3\n")
    assert (table.headers, len(table.said("has no header"))) == (["a", "", "c"], 1)


def test_too_many_columns_and_rows_are_refused_with_the_numbers(tmp_path: Path) -> None:
    """The refusal carries the figure and the bound."""
    with pytest.raises(Refusal) as columns:
        parsed(tmp_path, ",".join(f"c{i}" for i in range(10_000)) + "\n" + "1," * 9_999 + "1\n")
    assert columns.value.note.parameters == {"columns": 10_000, "limit": 2_000}
    with pytest.raises(Refusal) as rows:
        parsed(tmp_path, "a,b\n" + "1,2\n" * 11, limits=Limits(rows=10))
    assert rows.value.note.parameters == {"rows": 11, "limit": 10}


TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_what_csv_writes_is_read_back_with_its_lines(rows: list[list[str]], delimiter: str) -> None:
    """Any cells, quoted by the csv module, come back as they were, each record at its physical line."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    text = out.getvalue()
    read, lines = read_records(text, delimiter, Notices(5))
    assert read == rows
    physical = list(io.StringIO(text, newline=""))
    assert [physical[line - 1].startswith('"') for line in lines] == [True] * len(rows)
    assert list(lines) == sorted(set(lines))
