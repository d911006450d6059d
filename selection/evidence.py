"""How well a value is proven: claimed, stale, or seen by us; and what must be seen before somebody is appointed."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from enum import Enum

import numpy as np

from criteria.errors import RunError
from criteria.text import Message, msg
from selection.departure import listed, short
from selection.explain import parts
from selection.model import Candidates, Figures
from selection.rank import Ranking

SELF_DECLARED = 0
SIGNING_LEVEL = 2
"""Evidence levels (domain: 0 claimed, 1 documented, 2 seen by us, 3 confirmed): what an appointment asks for."""
STALE_MONTHS = 18
"""A value older than this is stale: by then a newer annual account exists."""
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?")


class Mark(Enum):
    """What speaks against relying on a value."""

    SELF_DECLARED = msg("self-declared")
    STALE = msg("stale")


def day_of(text: str | None) -> datetime.date | None:
    """Return the last day that *text* can mean (2024, 2024-06, 2024-06-30), None where it is no such date.

    >>> day_of("2024-06"), day_of("30 June")
    (datetime.date(2024, 6, 30), None)
    """
    found = _DATE.match(text.strip()) if text else None
    if found is None:
        return None
    year, month, day = (None if part is None else int(part) for part in found.groups())
    year, month = year or 0, 12 if month is None else month
    try:
        return datetime.date(year, month, day if day is not None else calendar.monthrange(year, month)[1])
    except (ValueError, OverflowError):  # no such day, or outside the calendar
        return None


def is_stale(text: str | None, as_of: datetime.date | None) -> bool:
    """Tell whether a value dated *text* is older than STALE_MONTHS on the day *as_of*; undated values are not.

    >>> is_stale("2023", datetime.date(2026, 1, 1)), is_stale(None, datetime.date(2026, 1, 1))
    (True, False)
    """
    day = day_of(text)
    if day is None or as_of is None:
        return False
    return (as_of.year - day.year) * 12 + as_of.month - day.month - (as_of.day < day.day) >= STALE_MONTHS


def marks(candidates: Candidates, row: int, criterion_id: str) -> tuple[Mark, ...]:
    """Return what speaks against relying on one value: self-declared, stale."""
    found = []
    levels, dates = candidates.levels.get(criterion_id), candidates.dates.get(criterion_id)
    if levels is not None and levels[row] == SELF_DECLARED:
        found.append(Mark.SELF_DECLARED)
    if dates is not None and is_stale(dates[row], candidates.as_of):
        found.append(Mark.STALE)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proven of a candidate's must-haves: *short_of* are below the level that an appointment asks for."""

    short_of: tuple[str, ...]
    unstated: tuple[str, ...]
    sentence: Message | None


def proof_for_signing(ranking: Ranking, row: int) -> Proof:
    """Return which must-haves of *row* are not proven well enough to appoint it.

    A stated level below 2 (seen by us) falls short; a level nobody stated is told, and passes. Ratings are ours: they
    are seen by us unless somebody states another level.
    """
    candidates, by_id = ranking.candidates, ranking.profile.by_id
    short_of, unstated = [], []
    for key in dict.fromkeys(column.criterion.id for column in ranking.screening.gates):
        levels = candidates.levels.get(key)
        level = np.nan if levels is None else float(levels[row])
        applies = candidates.is_applicable(key)
        if applies is not None and not applies[row]:
            continue
        if level < SIGNING_LEVEL:
            short_of.append(key)
        elif np.isnan(level) and by_id[key].kind != "judged":
            unstated.append(key)
    return Proof(tuple(short_of), tuple(unstated), _sentence(ranking, row, short_of, unstated))


def _sentence(ranking: Ranking, row: int, short_of: list[str], unstated: list[str]) -> Message | None:
    name, by_id = short(str(ranking.candidates.names[row])), ranking.profile.by_id
    if short_of:
        return msg(
            "Not yet seen by us at {name}: {criteria}. See it, or say why you sign without.",
            name=name,
            criteria=listed([by_id[key].title for key in short_of]),
        )
    if unstated:
        return msg(
            "How well it is proven is not stated at {name}: {criteria}.",
            name=name,
            criteria=listed([by_id[key].title for key in unstated]),
        )
    return None


def require_proof(ranking: Ranking, row: int, reason: str) -> None:
    """Raise RunError where a must-have of *row* is not proven well enough and no reason is given."""
    found = proof_for_signing(ranking, row)
    if found.short_of and found.sentence is not None and not reason.strip():
        raise RunError(found.sentence)


def stale_values(ranking: Ranking, figures: Figures) -> Message | None:
    """Return which weighted values of a candidate are stale, None where none is."""
    stale = [
        part.criterion.title
        for part in parts(ranking, figures)
        if Mark.STALE in marks(ranking.candidates, figures.row, part.criterion.id)
    ]
    if not stale:
        return None
    return msg("Older than {months} months, so ask again: {criteria}.", months=STALE_MONTHS, criteria=listed(stale))
