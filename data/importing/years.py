"""One cell of text -> the year or day in which a company was founded, in every calendar that lists are written in.

The result is the number that `criteria.derived_formulas.founding_value` makes of it: a whole number is a year without
a day, a fraction keeps the day. Where day and month cannot be told apart (01/05/2009) only the year is kept.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from criteria.derived_formulas import founding_value
from data.importing.cells import tidy
from data.importing.vocabulary import spaced

ROC_OFFSET, BUDDHIST_OFFSET = 1911, -543
EARLIEST = 1000
_LONGEST = 60
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_LETTERS = {"m": 1867, "t": 1911, "s": 1925, "h": 1988, "r": 2018}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar",
            "feb february februar",
            "mar march märz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        1,
    )
    for name in spaced(names)
}
_LEAD = re.compile(
    r"^(?:since|established(?: in)?|est\.?|founded(?: in)?|incorporated(?: in)?|in|fy|year|"
    r"成立于|成立於|创立于|始于|西元|公元)"
    r"\s*:?\s*"
)
_TAIL = re.compile(r"\s*(?:成立|创立|創立|设立|設立|注册|註冊)$")
_TIME = re.compile(r"[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z|[+-]\d{2}:?\d{2})?$")
_ERA = re.compile(r"(民國|民国|民|roc\s*|中華民國|中华民国|明治|大正|昭和|平成|令和)(元|\d{1,3})(?:年|[./-]|$)(.*)")
_ERA_LETTER = re.compile(r"([mtshr])(\d{1,2})(?:[./](\d{1,2})[./](\d{1,2}))?")
_BUDDHIST = re.compile(r"(?:พ\.?ศ\.?|b\.?e\.?)\s*(\d{4})|(\d{4})\s*(?:b\.?e\.?)")
_YEAR = re.compile(r"(\d{4})年?(?:度)?(?:\.0+)?")
_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})?\s*日?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+)?")
_DMY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_MY = re.compile(r"(\d{1,2})[-/.](\d{4})")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?[ -]*)?([^\W\d_]{3,9})\.?[ ,-]*(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
)
_ROC_DATE = re.compile(r"(0?\d{2,3})[-/.](\d{1,2})[-/.](\d{1,2})")


@dataclass(frozen=True, slots=True)
class YearCell:
    """A founding *value* (see the module), or the *fault* why there is none: "two-ways", "impossible" or "text"."""

    value: float | None = None
    fault: str | None = None


def read_year(text: str, roc: bool = False) -> YearCell:
    """Return the founding year or day that *text* says; with *roc* bare years count from 1912 (the header says 民國).

    >>> [read_year(text).value for text in ("2009", "民國98年", "昭和55年", "01/05/2009", "2009年5月", "พ.ศ. 2552")]
    [2009.0, 2009.0, 1980.0, 2009.0, 2009.0, 2009.0]
    >>> read_year("98年").fault, read_year("98").fault, read_year("2009-13-01").fault
    ('two-ways', 'two-ways', 'impossible')
    """
    if len(text) > _LONGEST:
        return YearCell(fault="text")
    return _read_year(text, roc)


@lru_cache(maxsize=65_536)
def _read_year(text: str, roc: bool) -> YearCell:
    body = tidy(text)
    body = _TAIL.sub("", _LEAD.sub("", _TIME.sub("", body), count=1)).strip()
    if (cell := _other_calendar(body)) is not None:
        return cell
    if roc and (found := re.fullmatch(r"(\d{1,3})(?:年|(?:[-/.年](\d{1,2})[-/.月]?(?:(\d{1,2})日?)?))?", body)):
        return _cell(int(found[1]) + ROC_OFFSET, found[2], found[3])
    if found := _YEAR.fullmatch(body):
        return _cell(int(found[1]))
    if found := _YMD.fullmatch(body) or _COMPACT.fullmatch(body):
        return _cell(int(found[1]), found[2], found[3])
    return _western(body)


def _other_calendar(body: str) -> YearCell | None:
    """Read the calendars that name themselves: Republic of China, Japanese eras, the Buddhist era."""
    if found := _ERA.fullmatch(body):
        offset = _ERAS.get(found[1], ROC_OFFSET)
        year = offset + (1 if found[2] == "元" else int(found[2]))
        rest = re.fullmatch(r"\s*(?:(\d{1,2})[月./-]?(?:(\d{1,2})日?)?)?", found[3])
        return _cell(year, rest[1], rest[2]) if rest else YearCell(fault="text")
    if found := _ERA_LETTER.fullmatch(body):
        return _cell(_LETTERS[found[1]] + int(found[2]), found[3], found[4])
    if found := _BUDDHIST.fullmatch(body):
        return _cell(int(found[1] or found[2]) + BUDDHIST_OFFSET)
    return None


def _western(body: str) -> YearCell:
    """Read days and months in words, day-month-year in either order, and refuse what has two readings."""
    if found := _NAMED.fullmatch(body):
        month = _MONTHS.get(found[2])
        return _cell(int(found[4]), str(month), found[1] or found[3]) if month else YearCell(fault="text")
    if found := _DMY.fullmatch(body):
        return _day_and_month(int(found[1]), int(found[2]), int(found[3]))
    if found := _MY.fullmatch(body):
        return _cell(int(found[2]), found[1])
    if (
        re.fullmatch(r"'?\d{2,3}年?", body)
        or _ROC_DATE.fullmatch(body)
        or re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}", body)
    ):
        return YearCell(fault="two-ways")
    return YearCell(fault="text")


def _day_and_month(first: int, second: int, year: int) -> YearCell:
    if first > 12 or second > 12 or first == second:
        day, month = (first, second) if first > 12 or first == second else (second, first)
        return _cell(year, str(month), str(day))
    return _cell(year) if first and second else YearCell(fault="impossible")


def _cell(year: int, month: str | None = None, day: str | None = None) -> YearCell:
    """Return the founding number of a year, month or day; a month alone keeps only its year."""
    if year < EARLIEST or (month and not 1 <= int(month) <= 12):
        return YearCell(fault="impossible")
    if not month or not day:
        return YearCell(float(year))
    try:
        return YearCell(founding_value(dt.date(year, int(month), int(day))))
    except ValueError:
        return YearCell(fault="impossible")
