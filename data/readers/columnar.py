"""Parquet -> `Table`: the footer is weighed first, then one column after the other is read and written as text."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data.readers.cleaning import END, clean_column, clean_header
from data.readers.limits import Limits
from data.readers.notes import Notices, Refusal, msg
from data.readers.sheet import Column, Table, check_headers, check_size

_THRIFT_BYTES = 50_000_000
_BROKEN = msg("The Parquet file is damaged or incomplete; export it again.")


def read_parquet(path: Path, notices: Notices, limits: Limits) -> Table:
    """Read the table at *path*; `line` is the number of the record + 1."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(
            path, thrift_string_size_limit=_THRIFT_BYTES, thrift_container_size_limit=_THRIFT_BYTES // 50
        ) as file:
            rows = file.metadata.num_rows
            _weigh(file.metadata, limits)
            columns = _columns(file, notices, limits)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Refusal(_BROKEN) from error
    check_headers([column.header for column in columns], notices, 1)
    return Table(columns, range(2, rows + 2), "parquet")


def _weigh(footer: Any, limits: Limits) -> None:
    """Refuse what the *footer* says is too large, before any value is read."""
    check_size(footer.num_rows, footer.num_columns, limits)
    size = sum(footer.row_group(i).total_byte_size for i in range(footer.num_row_groups))
    if size > limits.unpacked_bytes:
        raise Refusal(
            msg(
                "The Parquet file unpacks to {size:,} MB; at most {limit:,} MB are read. "
                "Keep the columns you need, or screen it where it lies with the scan command.",
                size=size // 1_000_000,
                limit=limits.unpacked_bytes // 1_000_000,
            )
        )


def _columns(file: Any, notices: Notices, limits: Limits) -> list[Column]:
    """Return every column that holds one value per row; others are reported."""
    left = limits.text_bytes
    columns = []
    seen: Counter[str] = Counter()
    for field in file.schema_arrow:
        column = _one(file, field, seen[field.name], left, notices, limits)
        seen[field.name] += 1
        left -= len(column.text or "")
        columns.append(column)
    return columns


def _one(file: Any, field: Any, twin: int, left: int, notices: Notices, limits: Limits) -> Column:
    """Return the column of *field* as text, and as numbers; *twin* counts the columns of its name before it."""
    import pyarrow as pa

    rows = file.metadata.num_rows
    name = clean_header(field.name, notices, limits, 1)
    if _is_no_value(field.type):
        note = msg("The column '{name}' holds nested or binary data; it was read as empty.", name=name)
        notices.error(note, None, name)
        return Column(name, END * rows)
    numeric = pa.types.is_floating(field.type) or pa.types.is_integer(field.type) or pa.types.is_decimal(field.type)
    text: list[str] = []
    number = array("d")
    for values in _batches(file, field.name, twin, left):
        texts, figures = _written(values, numeric)
        text.extend(texts)
        number.frombytes(figures)
    if len(text) != rows:
        raise Refusal(_BROKEN)
    if numeric:
        return Column(name, "".join(one + END for one in text), number)
    return Column(name, clean_column(name, text, range(2, rows + 2), notices, limits)[1])


def _batches(file: Any, name: str, twin: int, left: int) -> Iterator[Any]:
    """Yield the validated values of a column piece by piece; refuse it once it passes the *left* bytes of text."""
    for batch in file.iter_batches(batch_size=65_536, columns=[name]):
        values = batch.column(twin)
        values.validate(full=True)
        left -= _weight(values)
        if left < 0:
            raise Refusal(
                msg("The texts of the Parquet file take more memory than is allowed; keep the columns you need.")
            )
        yield values


def _is_no_value(kind: Any) -> bool:
    """Return whether a cell of *kind* is no single value and no list of single values."""
    import pyarrow as pa

    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return bool(pa.types.is_nested(kind.value_type) or _is_binary(kind.value_type))
    return bool(pa.types.is_nested(kind) or _is_binary(kind))


def _is_binary(kind: Any) -> bool:
    """Return whether *kind* is bytes without an encoding."""
    import pyarrow as pa

    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind))


def _weight(values: Any) -> int:
    """Return the bytes that *values* take when every repeated string is written out."""
    import pyarrow as pa
    from pyarrow import compute

    if pa.types.is_dictionary(values.type):
        lengths = compute.binary_length(values.dictionary.cast(pa.string()))
        return int(compute.sum(compute.take(lengths, values.indices)).as_py() or 0)
    return int(values.nbytes)


def _written(values: Any, numeric: bool) -> tuple[list[str], bytes]:
    """Return *values* as texts ("" = null) and, where *numeric*, as the bytes of float64 (NaN = null)."""
    import pyarrow as pa
    from pyarrow import compute

    if not numeric:
        return _texts(values), b""
    if pa.types.is_float16(values.type):
        values = values.cast(pa.float32())
    if pa.types.is_floating(values.type):
        finite = compute.fill_null(compute.is_finite(values), False)
        values = compute.if_else(finite, values, pa.scalar(None, values.type))
    texts = [_tidy(text) for text in compute.fill_null(values.cast(pa.string()), "").to_pylist()]
    figures = array("d", [float(text) if text else float("nan") for text in texts])
    return texts, figures.tobytes()


def _tidy(text: str) -> str:
    """Return a number without a useless ".0"; an exponent stays."""
    if text.endswith(".0"):
        return text[:-2]
    if "." in text and "e" not in text.lower():
        return text.rstrip("0").rstrip(".")
    return text


def _texts(values: Any) -> list[str]:
    """Return *values* that are not numbers as a person would type them."""
    import pyarrow as pa
    from pyarrow import compute

    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    kind = values.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind):
        return list(compute.fill_null(values.cast(pa.string()), "").to_pylist())
    if pa.types.is_boolean(kind):
        return [{True: "TRUE", False: "FALSE"}.get(value, "") for value in values.to_pylist()]
    if pa.types.is_timestamp(kind):  # nanoseconds would need pandas
        values = values.cast(pa.timestamp("us", kind.tz), safe=False).cast(pa.timestamp("us"))
    return [_plain(value) for value in values.to_pylist()]


def _plain(value: Any) -> str:
    """Return a date, a time or a list of plain values as text."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_plain(item) for item in value if not isinstance(item, list | dict))
    text = value.isoformat(sep=" ") if hasattr(value, "hour") and hasattr(value, "year") else str(value)
    return text.removesuffix(" 00:00:00")
