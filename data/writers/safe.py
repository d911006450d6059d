"""Text on its way out: names, ids, reasons and headers are text, never a formula, a tag or a row of their own."""

from __future__ import annotations

import math
import re
from typing import Any

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_BEFORE = "\\s\u200b-\u200f\u2060\ufeff\"'`\u2018-\u201f\u00ab\u00bb\uff02\uff07"
_FORMULA = re.compile(f"[{_BEFORE}]*[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe63\ufe62\ufe66\ufe6b\u2212]|[\t\r]")
"""A spreadsheet program may read such a text as a formula, also through blanks, quotes and full-width signs."""

CELL_LIMIT = 32_767
"""What one worksheet cell can hold, counted as UTF-16 does."""


def clean(text: str) -> str:
    r"""Return *text* without what no file format can carry: control characters, lone surrogates, odd line ends.

    >>> clean("Nord\x00licht\r\nGmbH")
    'Nordlicht\nGmbH'
    """
    text = _LINE_ENDS.sub("\n", text)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def one_line(text: str) -> str:
    r"""Return *text* cleaned, on one line.

    >>> one_line("Nordlicht\nGmbH")
    'Nordlicht GmbH'
    """
    return clean(text).replace("\n", " ")


def escape_formula(text: str) -> str:
    r"""Return *text* with an apostrophe in front where a spreadsheet program could read it as a formula.

    >>> escape_formula("=1+1"), escape_formula('"-2'), escape_formula("Nord-Licht")
    ("'=1+1", '\'"-2', 'Nord-Licht')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unescape_formula(text: str) -> str:
    """Return *text* without the apostrophe that `escape_formula` put in front of it.

    >>> unescape_formula("'=1+1"), unescape_formula("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def cell_text(text: str) -> str:
    """Return *text* cleaned, and cut with an ellipsis where a worksheet cell cannot hold it."""
    text = clean(text)
    if len(text) * 2 <= CELL_LIMIT or len(text.encode("utf-16-le")) <= 2 * CELL_LIMIT:
        return text
    return text.encode("utf-16-le")[: 2 * (CELL_LIMIT - 1)].decode("utf-16-le", "ignore") + "…"


def plain_number(value: float) -> str:
    """Return *value* so that reading it gives the same number; whole numbers without a decimal point.

    >>> plain_number(1998.0), plain_number(0.1), plain_number(-3)
    ('1998', '0.1', '-3')
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def is_number(value: Any) -> bool:
    """Tell whether *value* is a finite number (True and False are words, not numbers)."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
