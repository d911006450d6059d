"""One cell of text -> the number it says, read under both habits of decimal marks; nothing is guessed here.

A `NumberCell` keeps the reading with a decimal point and the one with a decimal comma. Where only one is possible the
cell shows the habit of its column; where both are possible and differ, `values` decides by the rest of the column.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from data.importing.numerals import HAN, han_value
from data.importing.vocabulary import AMBIGUOUS_SYMBOLS, CODES, CURRENCIES, MAGNITUDES, NOT_APPLICABLE, UNITS, UNKNOWN

_TOKENS: dict[str, tuple[str, object]] = {
    **{code.lower(): ("currency", code) for code in CODES},
    **{word: ("currency", code) for word, code in CURRENCIES.items()},
    **{word: ("magnitude", value) for word, value in MAGNITUDES.items()},
    **{word: ("unit", unit) for word, unit in UNITS.items()},
}
_TOKEN = re.compile("|".join(re.escape(word) for word in sorted(_TOKENS, key=len, reverse=True)))
_LONGEST = 120
"""No figure takes more characters than this."""
_ASCII_WORD = re.compile(r"[a-z]")

_POINT = re.compile(
    r"(?:\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+|[1-9]\d{0,2}(?:'\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})?"
    r"(?:\.\d+)?"
)
_COMMA = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+|[1-9]\d{0,2}(?:'\d{3})+)?(?:,\d+)?")
_DIGITS = re.compile(r"(?<![a-z])[.,]?\d(?:[\d.,' ]*\d)?|\d(?:[\d.,' ]*\d)?")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e[+-]?\d{1,3}")
_NOT_FINITE = frozenset({"nan", "inf", "infinity", "∞", "infinite", "无穷", "無窮"})
_ERROR_VALUE = re.compile(r"#(?:n/a|div/0!?|ref!?|value!?|name\??|num!?|null!?|spill!?|calc!?|getting_data)")
_APPROXIMATE = re.compile(
    r"(?:[~≈<>≤≥±∼]|about |approx|around |circa |ca\.? |c\. |over |under |more than |less "
    r"than |at least |up to |nearly |almost |"
    r"roughly |min\.? |max\.? |约|約|大约|大約|近|超过|超過|逾|至少|不到|不足|将近)"
)
_APPROXIMATE_END = re.compile(r"(?:\+|plus|左右|以上|以下|以内|以內|上下|多)$")
_RANGE = re.compile(r"\d\s*(?:-|~|∼|–|to|bis|至|到|or|或|/|\.\.+)\s*[^\w\s]?\s*\d")
_PAIR = re.compile(r"\d{1,4}[/.:]\d{1,2}|\d{1,4}[-/.:]\d{1,2}[-/.:]\d{1,4}")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\ufeff\u2060\u00ad"))
_MARKS = str.maketrans(
    {"−": "-", "–": "-", "‐": "-", "‑": "-", "﹣": "-", "’": "'", "‘": "'", "`": "'", "´": "'", "٫": ".", "٬": "'"}
)
_MIXED = re.compile(r"(\d+(?:\.\d+)?)(亿|億)(\d+(?:\.\d+)?)(万|萬)")


@dataclass(frozen=True, slots=True)
class NumberCell:
    """What a cell says: *point* and *comma* are its value with "." or "," as decimal mark (None: impossible so).

    *fault* is why the cell is no single number: "range", "approximate", "error", "infinite", "date" or "text".
    *unit* is one of `UNIT_SCALE`, or the folded word as typed. *scaled*: a magnitude (million, 万) stands in the cell.
    """

    point: float | None = None
    comma: float | None = None
    currency: str | None = None
    unit: str | None = None
    scaled: bool = False
    scientific: bool = False
    fault: str | None = None

    @property
    def ambiguous(self) -> bool:
        """Tell whether the two habits of decimal marks give two numbers."""
        return self.point is not None and self.comma is not None and self.point != self.comma

    @property
    def habit(self) -> str | None:
        """Return "." or "," where only one reading is possible, else None."""
        if self.point is not None and self.comma is None:
            return "."
        return "," if self.comma is not None and self.point is None else None


def shown(text: str, length: int = 60) -> str:
    """Return *text* fit for a sentence: control and direction characters as a space, shortened with an ellipsis."""
    clean = "".join(
        " " if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") else char for char in text[: length * 4]
    )
    return clean if len(clean) <= length and len(text) <= length * 4 else clean[: length - 1] + "…"


def tidy(text: str) -> str:
    """Return *text* folded for reading: width, case, kinds of blanks, minus and apostrophe; digits as 0-9.

    >>> tidy("１２,５ ％"), tidy("1 234"), tidy("−5")
    ('12,5 %', '1 234', '-5')
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    text = text.translate(_INVISIBLE).replace("m²", "sqm").replace("㎡", "sqm").replace("…", "...")
    text = unicodedata.normalize("NFKC", text).casefold().translate(_MARKS)
    text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() and not char.isascii() else char for char in text)
    return " ".join(text.split())


def is_unknown(text: str) -> bool:
    """Tell whether *text* is one of the habits of writing "unknown"."""
    return text.strip().casefold() in UNKNOWN or tidy(text) in UNKNOWN


def is_not_applicable(text: str) -> bool:
    """Tell whether *text* says that a criterion does not apply."""
    return tidy(text) in NOT_APPLICABLE


def read_number(text: str) -> NumberCell:
    """Return what *text* says as a number; its `fault` is set where it says no single number.

    >>> cell = read_number("$1.2 billion")
    >>> cell.point, cell.currency, read_number("1,234").ambiguous, read_number("3-5").fault
    (1200000000.0, '$', True, 'range')
    """
    return NumberCell(fault="text") if len(text) > _LONGEST else _read_number(text)


@lru_cache(maxsize=65_536)
def _read_number(text: str) -> NumberCell:
    if not text.isascii() and any(
        unicodedata.category(c) in ("No", "Nl") for c in text.replace("m²", "").replace("〇", "")
    ):
        return NumberCell(fault="text")
    body = tidy(text).strip()
    fault = _obvious_fault(body)
    if fault:
        return NumberCell(fault=fault)
    body, sign = _take_sign(body)
    if _SCIENTIFIC.fullmatch(body):
        return _scientific(body, sign)
    if found := _MIXED.match(body):
        amount = float(found[1]) * 1e8 + float(found[3]) * 1e4
        return _finish(
            str(int(amount)) if amount.is_integer() else repr(amount), "", body[found.end() :], sign, body, scaled=True
        )
    start = _DIGITS.search(body)
    if start is None:
        return _han_number(body, sign)
    first = start.start()
    return _finish(start.group().strip(), body[:first], body[start.end() :], sign, body)


def _obvious_fault(body: str) -> str | None:
    if body.lstrip("+-") in _NOT_FINITE:
        return "infinite"
    if body.startswith("#") and _ERROR_VALUE.match(body):
        return "error"
    if len(body) > 80:
        return "text"
    if _APPROXIMATE.match(body) or (_APPROXIMATE_END.search(body) and any(map(str.isdigit, body))):
        return "approximate"
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}.*", body):
        return "date"
    return None


def _take_sign(body: str) -> tuple[str, float]:
    """Strip one sign: leading, trailing, or accountant's brackets."""
    if body.startswith("(") and body.endswith(")") and body.count("(") == 1 and any(map(str.isdigit, body)):
        inner = body[1:-1].strip()
        return (inner, -1.0) if not inner.startswith(("-", "+")) else (body, 1.0)
    if body.startswith("-"):
        return body[1:].strip(), -1.0
    if body.startswith("+"):
        return body[1:].strip(), 1.0
    if re.search(r"\d\s?-$", body):
        return body[:-1].strip(), -1.0
    return body, 1.0


def _scientific(body: str, sign: float) -> NumberCell:
    value = sign * float(body.replace(",", "."))
    if not math.isfinite(value):
        return NumberCell(fault="infinite")
    return NumberCell(value, value, scientific=True)


def _han_number(body: str, sign: float) -> NumberCell:
    found = HAN.match(body)
    value = han_value(found.group()) if found else None
    if found is None or value is None:
        return NumberCell(fault="text")
    return _finish(str(value), "", body[found.end() :], sign, body)


def _finish(digits: str, before: str, after: str, sign: float, body: str, scaled: bool = False) -> NumberCell:
    """Join the digits with what stands before and after them: sign, currency, magnitude, unit."""
    inner = before.strip()
    if inner.endswith("-") or inner.startswith("-"):
        if sign < 0:
            return NumberCell(fault="text")
        inner, sign = inner.strip("-").strip(), -sign
    if inner.endswith("(") and after.strip().endswith(")"):
        inner, after, sign = inner[:-1].strip(), after.strip()[:-1], -sign
    if re.fullmatch(r"\s*-", after):
        after, sign = "", -sign
    front, back = _tokens(inner), _tokens(after.strip(), tail=True)
    if front is None or back is None or any(kind != "currency" for kind, _ in front):
        return NumberCell(fault="range" if _RANGE.search(body) and not _PAIR.fullmatch(body) else "text")
    named = [*front, *back]
    currencies = {str(value) for kind, value in named if kind == "currency"}
    units = {str(value) for kind, value in named if kind == "unit"}
    factors = [float(str(value)) for kind, value in named if kind == "magnitude"]
    currency = _one_currency(currencies)
    if (currencies and currency is None) or len(units) > 1 or len(factors) > 1:
        return NumberCell(fault="text")
    factor = factors[0] if factors else 1.0
    point, comma = (_value(digits, pattern, sign, factor) for pattern in (_POINT, _COMMA))
    if point is None and comma is None:
        return NumberCell(fault="text")
    return NumberCell(point, comma, currency, next(iter(units), None), scaled or bool(factors))


def _one_currency(found: Iterable[str]) -> str | None:
    """Return the one currency that the words beside a figure mean together ("NT$ 5 元" is TWD), or None."""
    names = set(found)
    codes = names - set(AMBIGUOUS_SYMBOLS)
    if len(codes) == 1:
        code = next(iter(codes))
        return code if all(code in AMBIGUOUS_SYMBOLS[symbol] for symbol in names - codes) else None
    return next(iter(names)) if len(names) == 1 else None


def _tokens(text: str, tail: bool = False) -> list[tuple[str, object]] | None:
    """Return the currency, magnitude and unit words in *text* in order, or None where something else stands there.

    With *tail* one unknown word is kept as a unit as typed; the column decides whether it may stand there.
    """
    found: list[tuple[str, object]] = []
    rest = text.strip(" .()/")
    while rest:
        match = _TOKEN.match(rest)
        glued = match is not None and _glued(match.group(), rest[match.end() :])
        if match is None or glued:
            if tail and not any(map(str.isdigit, rest)) and len(rest) <= 40 and re.match(r"[^\W\d_]", rest):
                return [*found, ("unit", rest)]
            return None
        found.append(_TOKENS[match.group()])
        rest = rest[match.end() :].strip(" .()/")
    return found


def unit_words(text: str) -> list[tuple[str, object]]:
    """Return the words that tidied *text* is made of, as ("currency" | "magnitude" | "unit", value); none where
    anything else stands in it.

    >>> unit_words("万元"), unit_words("usd m"), unit_words("net")
    ([('magnitude', 10000.0), ('currency', '元')], [('currency', 'USD'), ('magnitude', 1000000.0)], [])
    """
    return _tokens(text) or []


def _glued(word: str, following: str) -> bool:
    """Tell whether *word* is only the beginning of a longer ASCII word ("m" in "metres")."""
    return bool(
        _ASCII_WORD.match(word[-1]) and following and _ASCII_WORD.match(following[0])
    ) and not following.startswith(tuple(code.lower() for code in CODES))


def _value(digits: str, pattern: re.Pattern[str], sign: float, factor: float) -> float | None:
    """Return *digits* as a number where they follow *pattern*; the marks of its groups are dropped."""
    if not digits or not pattern.fullmatch(digits):
        return None
    plain = digits.replace(" ", "").replace("'", "")
    plain = plain.replace(",", "") if pattern is _POINT else plain.replace(".", "").replace(",", ".")
    exact = factor != 1.0  # decimal arithmetic, so that 1.1 million is 1,100,000 and not 1,100,000.0000000001
    number = float(Decimal(plain) * Decimal(int(factor))) if exact else float(plain)
    return sign * number + 0.0 if math.isfinite(number) else None
