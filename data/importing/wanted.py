"""What the numbers of a column shall be, and the context in which the column is read."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from criteria.derived import RawField
from criteria.model import Criterion
from criteria.text import Message
from data.importing.cells import tidy, unit_words
from data.importing.headers import HeaderUnit, fold
from data.importing.money import RateTable
from data.importing.notices import Notices
from data.importing.vocabulary import UNIT_SCALE

_MONEY_WORDS = re.compile(r"currency|money|货币|貨幣|幣別|币种|金额|金額|元$")
_NEVER_NEGATIVE = ("time", "count", "length", "area")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the numbers of a column shall be: their *unit* (of `UNIT_SCALE`), their currency, their bounds.

    *scale*: the unit counts in millions (1e6) or the like. *words*: unit words of the criterion as people type them.
    *small*: the curve lies between -1.5 and 1.5, so that a figure in percent means its hundredth.
    """

    unit: str | None = None
    is_money: bool = False
    currency: str | None = None
    scale: float = 1.0
    words: frozenset[str] = frozenset()
    is_rating: bool = False
    low: float = -math.inf
    high: float = math.inf
    small: bool = False

    @property
    def kind(self) -> str | None:
        """Return what the unit measures: time, share, count, length, area, point; None where it is open."""
        return None if self.unit is None else UNIT_SCALE[self.unit][0]

    @property
    def takes_money(self) -> bool:
        """Tell whether a currency may stand in the column."""
        return self.is_money or (self.unit is None and not self.is_rating)


def wanted_for(criterion: Criterion) -> Wanted:
    """Return what a column of *criterion* shall hold."""
    if criterion.kind == "judged":
        return Wanted(unit="point", is_rating=True, low=1.0, high=5.0)
    if criterion.composite is not None:
        return Wanted(unit="point", low=0.0, high=100.0)
    texts = () if criterion.unit is None else criterion.unit.every()
    found = _unit_of(texts)
    knots = () if criterion.curve is None else [v for v in criterion.curve.model_dump().values() if v is not None]
    small = bool(knots) and max(map(abs, knots)) <= 1.5
    words = frozenset(fold(text) for text in texts)
    is_money = found.currency is not None or any(_MONEY_WORDS.search(tidy(text)) for text in texts)
    unit = None if is_money else found.unit
    low = 0.0 if unit is not None and UNIT_SCALE[unit][0] in _NEVER_NEGATIVE else -math.inf
    return Wanted(unit, is_money, found.currency, found.scale, words, low=low, small=small)


def wanted_for_raw(field: RawField | None) -> Wanted:
    """Return what a column of a raw figure shall hold; None = sales of one year."""
    quantity = "money" if field is None else field.quantity
    if quantity == "money":
        return Wanted(is_money=True)
    return Wanted(unit={"percent": "percent", "count": "count"}.get(quantity))


def _unit_of(texts: tuple[str, ...]) -> HeaderUnit:
    """Return the unit that the words of a criterion state, in whichever language says it."""
    for text in texts:
        body = re.sub(r"[（(].*?[)）]", "", tidy(text)).strip()
        words = unit_words(body) or unit_words(re.split(r" per |/", body)[0].strip())
        if words:
            named = dict(reversed(words))
            currency = named.get("currency")
            unit = None if named.get("unit") is None else str(named["unit"])
            return HeaderUnit(
                None if currency is None else str(currency), float(str(named.get("magnitude", 1.0))), unit
            )
    return HeaderUnit()


@dataclass(slots=True)
class Column:
    """The context of one column while it is read: where problems go, and what the rest of the file says."""

    header: str
    unit: HeaderUnit
    notices: Notices
    habit: str | None = None
    rates: RateTable | None = None
    notes: dict[int, str] = field(default_factory=dict)

    def say(self, message: Message, row: int | None = None, severity: str = "error") -> None:
        """Note a problem of this column."""
        self.notices.add(message, row=row, column=self.header, severity=severity)


def convert(value: float, unit: str, to: str) -> float:
    """Return *value* of *unit* in the unit *to*, which measures the same.

    >>> convert(18, "month", "year"), convert(35, "percent", "times")
    (1.5, 0.35)
    """
    return value if unit == to else value * UNIT_SCALE[unit][1] / UNIT_SCALE[to][1]
