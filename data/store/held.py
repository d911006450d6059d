"""What holds: of everything that was said about one value, the statement that counts now.

Three kinds of rows speak about a value of one candidate (in one region, or everywhere):

* statements: a list or an edit; the latest replaces whatever was known before it.
* ratings: one opinion per assessor, the latest of each. Newer than the statement, they hold together as their mean
  ("don't know" is left out; nobody's rating overwrites another's).
* an agreed value: what the assessors settled on in a talk. It goes before the ratings, also before later ones, until it
  is withdrawn or a newer statement comes.

What an undo took back does not count: its action is named by a later line of the log, and its rows stay as history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session

from data.store.bulk import columns, table_of
from data.store.changes import undone_in
from data.store.schema import CandidateRow, ObservationRow

RATING, AGREED = "rating", "agreed"
PANEL = (RATING, AGREED)
"""The origins of what assessors say; every other origin is a statement."""


class Said(NamedTuple):
    """One observation without its moment, or several ratings as their mean (*id* = the latest of them)."""

    candidate_id: int
    criterion: str
    region: str | None
    id: int
    kind: str
    number: float | None
    text: str | None
    unit: str | None
    source: str | None
    date: str | None
    level: float | None
    who: str
    origin: str
    change_id: int

    @property
    def key(self) -> tuple[int, str, str | None]:
        """Return which value it is about."""
        return self.candidate_id, self.criterion, self.region


_O = table_of(ObservationRow).c
COLUMNS = tuple(_O[name] for name in Said._fields)
_ORIGIN, _ID = Said._fields.index("origin"), Said._fields.index("id")


def standing(session: Session, project_id: str) -> ColumnElement[bool]:
    """Return the condition that an observation was not taken back."""
    taken = sorted(undone_in(session, project_id))
    return ObservationRow.change_id.not_in(taken) if taken else true()


def latest_ids(project_id: str, *conditions: Any) -> Select[int]:
    """Return a query for the number of the latest observation per (candidate, criterion, region)."""
    return (
        select(func.max(ObservationRow.id))
        .join(CandidateRow, CandidateRow.id == ObservationRow.candidate_id)
        .where(CandidateRow.project_id == project_id, *conditions)
        .group_by(ObservationRow.candidate_id, ObservationRow.criterion, ObservationRow.region)
    )


def held(session: Session, project_id: str, *conditions: Any) -> list[tuple[Any, ...]]:
    """Return what holds now for the candidates (or origins) that meet *conditions*, column by column as in `Said`.

    Only values whose latest row is a rating or an agreed one need a second look; all others hold as they are.
    """
    stands = standing(session, project_id)
    found = columns(session, select(*COLUMNS).where(_O.id.in_(latest_ids(project_id, stands, *conditions))))
    places = {(found[0][i], found[1][i], found[2][i]): i for i, o in enumerate(found[_ORIGIN]) if o in PANEL}
    if not places:
        return found
    spoken = rows_of(session, {key[0] for key in places}, {key[1] for key in places}, stands)
    rows: list[tuple[Any, ...] | None] = list(zip(*found, strict=True))
    for key, place in places.items():
        rows[place] = resolve(spoken[key])
    return list(zip(*(row for row in rows if row is not None), strict=True)) or [()] * len(COLUMNS)


def rows_of(
    session: Session, candidates: Iterable[int], criteria: Iterable[str], *conditions: Any
) -> dict[tuple[int, str, str | None], list[Said]]:
    """Return all that was said about some *criteria* of some *candidates*, oldest first, by value."""
    wanted, result = sorted(set(candidates)), dict[tuple[int, str, str | None], list[Said]]()
    query = select(*COLUMNS).where(_O.criterion.in_(sorted(set(criteria))), *conditions).order_by(_O.id)
    for start in range(0, len(wanted), 5_000):  # no database takes parameters without end
        part = query.where(_O.candidate_id.in_(wanted[start : start + 5_000]))
        for row in session.connection().execute(part):
            said = Said._make(row)
            result.setdefault(said.key, []).append(said)
    return result


def resolve(rows: Sequence[Said]) -> Said | None:
    """Return what holds of all *rows* about one value, oldest first; None where nothing is left."""
    statement, agreed = statement_of(rows), agreed_of(rows)
    if agreed is not None:
        return agreed
    voices = voices_of(rows)
    if voices and voices[-1].id > (statement.id if statement else 0):
        return voices[0] if len(voices) == 1 else _mean(voices)
    return statement


def statement_of(rows: Sequence[Said]) -> Said | None:
    """Return the latest statement of a list or an edit."""
    return next((row for row in reversed(rows) if row.origin not in PANEL), None)


def agreed_of(rows: Sequence[Said]) -> Said | None:
    """Return the agreed value that holds: the latest one, neither withdrawn nor older than a statement."""
    found = next((row for row in reversed(rows) if row.origin != RATING), None)
    return found if found is not None and found.origin == AGREED and found.kind != "none" else None


def voices_of(rows: Sequence[Said]) -> list[Said]:
    """Return each assessor's latest rating, the oldest of them first."""
    latest = {row.who: row for row in rows if row.origin == RATING}
    return sorted((row for row in latest.values() if row.kind != "none"), key=lambda row: row.id)


def _mean(voices: Sequence[Said]) -> Said:
    """Return several ratings as one: their mean, every reason, and the evidence that all of them have."""
    known = [row.number for row in voices if row.number is not None]
    levels = [row.level for row in voices if row.level is not None]
    dates = {row.date for row in voices}
    reasons = [f"{row.who}: {row.source}" for row in voices if row.source]
    return voices[-1]._replace(
        kind="number" if known else "unknown",
        number=sum(known) / len(known) if known else None,
        source=" · ".join(reasons) or None,
        date=dates.pop() if len(dates) == 1 else None,
        level=min(levels) if len(levels) == len(voices) else None,
        who=", ".join(row.who for row in voices),
    )


def one(session: Session, stands: ColumnElement[bool], candidate_id: int, criterion: str, region: str | None) -> Any:
    """Return what holds for one value as `Said`, None where nothing was said; *stands* comes from `standing`."""
    same = _O.region.is_not_distinct_from(region)
    return resolve(
        rows_of(session, [candidate_id], [criterion], same, stands).get((candidate_id, criterion, region), ())
    )
