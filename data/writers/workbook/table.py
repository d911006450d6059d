"""Any list as a plain worksheet, for the export button that stands on every list."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook

from criteria.errors import RunError
from criteria.text import LocalText, Message, msg
from data.writers.safe import is_number
from data.writers.workbook.pen import ROWS_IN_MEMORY, Pen, make_styles

MAX_LINES = 1_048_575


def table_xlsx(columns: Mapping[str, Sequence[Any]]) -> bytes:
    """Return a table as a workbook of one sheet: numbers as numbers, everything else as text."""
    from data.writers.workbook import SAFE

    length = max((len(values) for values in columns.values()), default=0)
    if length > MAX_LINES or len(columns) > 16_384:
        raise RunError(
            msg("The list is larger than a worksheet can be ({rows:,} rows). Export it as csv.", rows=length)
        )
    out = io.BytesIO()
    with Workbook(out, {**SAFE, "constant_memory": length > ROWS_IN_MEMORY}) as book:
        pen = Pen(book.add_worksheet(), make_styles(book), "en", live=False)
        pen.header(0, [str(name) for name in columns], [18.0] * len(columns))
        for line, row in enumerate(zip(*columns.values(), strict=True), 1):
            for column, value in enumerate(row):
                _put(pen, line, column, value)
        pen.page(0, 0)
    return out.getvalue()


def _put(pen: Pen, line: int, column: int, value: Any) -> None:
    if value is None or value != value:
        return
    if hasattr(value, "item"):
        value = value.item()
    style = "raw" if is_number(value) else "text"
    pen.put(line, column, value if is_number(value) or isinstance(value, Message | LocalText) else str(value), style)
