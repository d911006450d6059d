"""Parquet files."""

import datetime
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from data.readers.limits import Limits
from data.readers.notes import Refusal
from tests.data.readers.build import parsed


def written(table: pa.Table, **options: Any) -> bytes:
    """Return *table* as a Parquet file."""
    file = io.BytesIO()
    parquet.write_table(table, file, **options)
    return file.getvalue()


def test_every_kind_of_column_reads_as_a_person_would_type_it(tmp_path: Path) -> None:
    """Numbers are native, small floats stay short, dates are ISO, null and NaN are empty."""
    table = pa.table(
        {
            "text": ["007", None],
            "int": pa.array([3, None], pa.int16()),
            "float": pa.array([2.5, float("nan")]),
            "small": pa.array([0.1, 3.0], pa.float32()),
            "decimal": [Decimal("1.50"), Decimal("3.00")],
            "date": [datetime.date(2009, 5, 1), None],
            "time": pa.array(
                [datetime.datetime(2020, 1, 2, 3, 4, 5), datetime.datetime(2020, 1, 2)], pa.timestamp("ns")
            ),
            "yes": [True, False],
            "word": pa.array(["a", "b"]).dictionary_encode(),
            "list": [["DE", "FR"], None],
            "none": pa.nulls(2),
        }
    )
    read = parsed(tmp_path, written(table), "list.parquet")
    assert (read.format, read.lines, read.problems) == ("parquet", [2, 3], [])
    assert read.rows == [
        ("007", "3", "2.5", "0.1", "1.5", "2009-05-01", "2020-01-02 03:04:05", "TRUE", "a", "DE; FR", ""),
        ("", "", "", "3", "3", "", "2020-01-02", "FALSE", "b", "", ""),
    ]
    assert read.numbers[3] == [0.1, 3.0]
    assert [n is not None for n in read.numbers] == [False, True, True, True, True] + [False] * 6


def test_columns_of_one_name_are_both_read(tmp_path: Path) -> None:
    """The second is not a copy of the first."""
    read = parsed(tmp_path, written(pa.table([pa.array(["a"]), pa.array(["b"])], names=["x", "x"])), "list.parquet")
    assert (read.rows, [p[0] for p in read.problems]) == ([("a", "b")], ["error"])


def test_nested_and_binary_columns_are_errors(tmp_path: Path) -> None:
    """They are read as empty and named."""
    read = parsed(
        tmp_path, written(pa.table({"s": [{"a": 1}], "b": [b"x"], "l": [[{"a": 1}]], "t": ["y"]})), "list.parquet"
    )
    assert read.rows == [("", "", "", "y")]
    assert [(p[0], p[2]) for p in read.problems] == [("error", "s"), ("error", "b"), ("error", "l")]


def test_the_footer_is_weighed_first(tmp_path: Path) -> None:
    """A small file of very many equal rows is refused by its row count, another by its unpacked size."""
    many = written(pa.table({"a": pa.array([1] * 100_000)}))
    assert len(many) < 2_000
    with pytest.raises(Refusal) as caught:
        parsed(tmp_path, many, "list.parquet", Limits(rows=50_000))
    assert caught.value.note.parameters["rows"] == 100_000
    with pytest.raises(Refusal):
        parsed(tmp_path, written(pa.table({"a": list(range(10_000))})), "list.parquet", Limits(unpacked_bytes=10_000))


def test_repeated_long_texts_are_weighed_as_often_as_they_stand(tmp_path: Path) -> None:
    """A dictionary of one long text costs little in the file and much in memory."""
    data = written(pa.table({"a": ["A" * 1_000] * 5_000}))
    assert len(data) < 10_000
    with pytest.raises(Refusal):
        parsed(tmp_path, data, "list.parquet", Limits(text_bytes=1_000_000))


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    """Cut or changed anywhere, a file gives a table or a refusal."""
    whole = written(pa.table({"a": ["x", "y"], "b": [1, 2]}))
    for cut in range(4, len(whole), 29):
        with pytest.raises(Refusal):
            parsed(tmp_path, whole[:cut], "list.parquet")
