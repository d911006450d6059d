"""Which header means which raw column, and which year's sales it holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from criteria.derived_fields import RAW_FIELDS
from criteria.text import LocalText

SALES_PREFIX = "sales_"
"""Yearly sales have the ids `sales_2009`, `sales_2010` ...; `sales_year` tells which headers are meant."""

FIRST_YEAR, LAST_YEAR = 1900, 2100

_SALES_WORDS = (
    "total revenues|total revenue|net revenues|net revenue|sales revenue|revenues|revenue|net sales|gross sales|sales|"
    "turnover|umsatzerlöse|umsatz|主营业务收入|主營業務收入|营业总收入|營業總收入|营业收入|營業收入|销售收入|銷售收入|"
    "销售金额|銷售金額|销售额|銷售額|营业额|營業額|营收|營收|売上高"
)
_FILLERS = (
    "fiscal year|financial year|calendar year|year ended|year|fy|cy|total|annual|yearly|actual|in|of|for|the|ended|"
    "usd|eur|gbp|cny|rmb|twd|ntd|nt|hkd|jpy|thb|vnd|us|thousands|thousand|millions|million|billion|mio|mn|bn|m|k|tsd|"
    "年度|财年|財年|年的|年|全年|度|的|百万元|百萬元|千元|万元|萬元|亿元|億元|元|百万|百萬|万|萬|亿|億|"
    "人民币|人民幣|新台币|新台幣|新臺幣|美元|美金|欧元|歐元|港币|港幣"
)
_FILLER = re.compile(rf"(?:(?<![a-z])(?:{_FILLERS})(?![a-z]))")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[/-]\s*(\d\d)(?!\d)")
_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ROC = re.compile(r"(?:民國|民国)\s*(\d{2,3})|(?<!\d)(1\d\d)\s*年")
_SHORT = re.compile(r"(?:fy\s*'?|')(\d\d)(?!\d)")
_ROC_OFFSET = 1911


def sales_year(header: str) -> int | None:
    """Return the year whose sales *header* names, or None when it is not a column of one year's sales.

    A header that says more than that (growth, cost of sales, a quarter, an estimate, two years) is not recognised.

    >>> [sales_year(h) for h in ("2009 Revenue", "sales_2021", "FY21 sales", "2021年销售额(万元)", "民國110年營收")]
    [2009, 2021, 2021, 2021, 2021]
    >>> [sales_year(h) for h in ("2009 sales growth", "Cost of sales 2021", "Sales Q1 2021", "2019-21 sales", "Sales")]
    [None, None, None, None, None]
    """
    text = unicodedata.normalize("NFKC", str(header)).casefold().replace("_", " ").replace("’", "'")
    year, rest = _take_year(text)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    rest, found = re.subn(_SALES_WORDS, " ", rest, count=1)
    if not found:
        return None
    return None if re.search(r"\w", _FILLER.sub(" ", rest)) else year


def _take_year(text: str) -> tuple[int | None, str]:
    """Return the one year in *text* and the rest of it; a business year 2020/21 counts as the year in which it ends."""
    if found := _SPAN.search(text):
        first, last = int(found[1]), int(found[1][:2] + found[2])
        return (last, _SPAN.sub(" ", text, count=1)) if last == first + 1 else (None, text)
    if found := _FULL.search(text):
        return int(found[1]), _FULL.sub(" ", text, count=1)
    if found := _ROC.search(text):
        return int(found[1] or found[2]) + _ROC_OFFSET, _ROC.sub(" ", text, count=1)
    if found := _SHORT.search(text):
        return _century(int(found[1])), _SHORT.sub(" ", text, count=1)
    return None, text


def _century(two_digits: int) -> int:
    """Read a two-digit year as 1970 to 2069."""
    return two_digits + (1900 if two_digits >= 70 else 2000)


def sales_id(year: int) -> str:
    """Return the id of the column with the sales of *year*."""
    return f"{SALES_PREFIX}{year}"


def sales_columns(ids: Iterable[str]) -> dict[int, str]:
    """Return year -> column id of the yearly sales among *ids*, in order of years.

    >>> sales_columns(["sales_2021", "sales", "sales_2019"])
    {2019: 'sales_2019', 2021: 'sales_2021'}
    """
    found = {int(id[len(SALES_PREFIX) :]): id for id in ids if re.fullmatch(SALES_PREFIX + r"\d{4}", id)}
    return dict(sorted(found.items()))


def field_title(id: str) -> LocalText:
    """Return the title of a raw column, yearly sales included."""
    if id in RAW_FIELDS:
        return RAW_FIELDS[id].title
    year = id.removeprefix(SALES_PREFIX)
    return LocalText({"en": f"Sales {year}", "zh-Hans": f"{year} 年销售额", "zh-Hant": f"{year} 年銷售額"})


def raw_field(header: str) -> str | None:
    """Return the id of the raw column that *header* names, or None; a unit in brackets at its end is not looked at.

    >>> raw_field("Total Current Assets (USD m)"), raw_field("成立日期"), raw_field("2009 Revenue"), raw_field("Colour")
    ('current_assets', 'founded', 'sales_2009', None)
    """
    names = _names()
    for text in (header, re.sub(r"[(\[（【][^()\[\]（）【】]*[)\]）】]\s*$", "", header)):
        if (id := names.get(_plain(text))) is not None:
            return id
    year = sales_year(header)
    return None if year is None else sales_id(year)


def _plain(text: str) -> str:
    """Fold width and case and drop all but letters, digits and %."""
    return re.sub(r"[^\w%]|_", "", unicodedata.normalize("NFKC", text).casefold())


@cache
def _names() -> Mapping[str, str]:
    return {
        _plain(name): field.id
        for field in RAW_FIELDS.values()
        for name in (field.id, *field.title.every(), *field.aliases)
    }
