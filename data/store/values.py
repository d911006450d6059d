"""One value as the store keeps it: a number, a text, unknown or not applicable; and texts made fit for every database.

>>> encode(7), encode(" gold "), encode(None).kind, encode(float("nan")).kind, encode(NOT_APPLICABLE).kind
(Encoded(kind='number', number=7.0, text=None), Encoded(kind='text', number=None, text='gold'), 'unknown', 'unknown', \
'not_applicable')
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from criteria.errors import StoreError
from criteria.text import msg


class Special(Enum):
    """Values that are neither a number nor a text."""

    NOT_APPLICABLE = "not_applicable"


NOT_APPLICABLE: Final = Special.NOT_APPLICABLE
"""The criterion makes no sense for this candidate: it passes its gate and its weight is left out."""

Value = float | str | Special | None
"""What a caller gets and gives; None = unknown."""

LONGEST_TEXT = 100_000
"""The longest text that is kept; longer ones are refused, not cut."""

_BROKEN = re.compile("[\x00\ud800-\udfff]")


class Encoded(NamedTuple):
    """A value as its three columns."""

    kind: str
    number: float | None
    text: str | None


UNKNOWN: Final = Encoded("unknown", None, None)


def encode(value: Any) -> Encoded:
    """Return *value* as its three columns; raise StoreError for what cannot be kept (a list)."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return UNKNOWN
    if value is NOT_APPLICABLE:
        return Encoded("not_applicable", None, None)
    if isinstance(value, bool):
        return Encoded("text", None, "yes" if value else "no")
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, datetime | date):
        return Encoded("text", None, value.isoformat())
    if isinstance(value, str):
        text = clean(value).strip()
        return Encoded("text", None, text) if text else UNKNOWN
    raise StoreError(msg("A value must be a number or a text, not a list or a table."))


def _number(value: float | Decimal) -> Encoded:
    try:
        number = float(value)
    except OverflowError:
        raise StoreError(
            msg("A value is too large to be a number; correct it, or leave it empty for unknown.")
        ) from None
    if math.isnan(number):
        return UNKNOWN
    if math.isinf(number):  # a figure without bound, such as the cover of no interest; not every database keeps it
        return Encoded("text", None, "inf" if number > 0 else "-inf")
    return Encoded("number", number + 0.0, None)  # + 0.0: no negative zero, which not every database keeps


def decode(kind: str, number: float | None, text: str | None) -> Value:
    """Return the value of three stored columns; a value that was taken back reads as unknown."""
    if kind == "number":
        return number
    if kind == "text":
        return text
    return NOT_APPLICABLE if kind == "not_applicable" else None


def clean(text: str) -> str:
    """Return *text* without what a database cannot keep (NUL, halves of characters); raise StoreError when too long."""
    if len(text) > LONGEST_TEXT:
        raise StoreError(
            msg(
                "A text of {n:,} characters is too long to be saved; {most:,} are possible.",
                n=len(text),
                most=LONGEST_TEXT,
            )
        )
    return _BROKEN.sub("\ufffd", text) if _BROKEN.search(text) else text


def optional(text: Any) -> str | None:
    """Return *text* cleaned, None where it is missing or blank."""
    if text is None or text is pd.NA or (isinstance(text, float) and math.isnan(text)):
        return None
    return clean(str(text)).strip() or None


def required(text: str, what: str) -> str:
    """Return *text* cleaned; raise StoreError where it is blank. *what* names the field: "name" or "reason"."""
    value = clean(text).strip()
    if value:
        return value
    if what == "reason":
        raise StoreError(msg("Say why in a few words; the reason is kept with the decision."))
    raise StoreError(msg("The name is empty. Type a name."))


def level_of(level: Any) -> float | None:
    """Return an evidence level as a number, None where none is stated."""
    encoded = encode(level)
    if encoded.kind == "text":
        raise StoreError(msg("The evidence level {level} is not a number.", level=str(level)[:40]))
    return encoded.number
