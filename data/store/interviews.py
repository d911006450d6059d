"""Interview panels: each assessor's ratings, who has finished the blind round, and the values that were agreed on.

Ratings and agreed values are observations with an origin of their own; `held` says how they hold together. That
somebody has finished is a line of the log, so it has a moment, can be undone, and needs no table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from criteria.errors import StoreError
from criteria.text import msg
from data.store.bulk import people
from data.store.changes import log, project_row, undone_in
from data.store.held import AGREED, PANEL, RATING, Said, agreed_of, rows_of, standing, statement_of, voices_of
from data.store.pool import append, candidate_row, check_rating, observation
from data.store.schema import CandidateRow, ChangeRow, ObservationRow
from data.store.values import clean, encode, optional, required

FINISHED, REOPENED = "interviews_finished", "interviews_reopened"
RATINGS = ("candidate", "region", "criterion", "who", "rating", "reason", "at", "change")
AGREEMENTS = ("candidate", "region", "criterion", "who", "rating", "reason", "at", "rated_since")


@dataclass(frozen=True, slots=True)
class Rating:
    """One answer of an assessor: 1 to 5 in half points, None = don't know; *region* None = the same everywhere."""

    candidate: str
    criterion: str
    rating: float | None
    reason: str | None = None
    region: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """An assessor has finished the blind round (of one *region*, None = of all); later changes have a higher number."""

    assessor: str
    region: str | None
    at: datetime
    change: int


def rate(session: Session, project_id: str, ratings: Sequence[Rating], assessor: str, by: str, restate: bool) -> int:
    """Save what *assessor* answered as one action of *by*; return how many answers are new.

    An answer that the assessor gave already is nothing new, unless *restate* and a list or an edit came in between.
    """
    stands, who = standing(session, project_id), clean(assessor).strip()
    wanted = dict.fromkeys(each.candidate for each in ratings)
    rows = {candidate: candidate_row(session, project_id, candidate) for candidate in wanted}
    said = rows_of(session, [row.id for row in rows.values()], [each.criterion for each in ratings], stands)
    fresh: dict[tuple[int, str, str | None], dict[str, Any]] = {}
    for each in ratings:
        row = _row(rows[each.candidate].id, each, who, RATING)
        key = row["candidate_id"], row["criterion"], row["region"]
        if _is_new(row, said.get(key, []), restate):
            fresh[key] = row
    if fresh:
        target = f"{ratings[0].candidate}: {ratings[0].criterion}" if len(ratings) == 1 else who
        after = {"values": [_shown(row) for row in fresh.values()]}
        append(session, list(fresh.values()), log(session, project_id, "rated", by, target, after=after))
    return len(fresh)


def _row(candidate_id: int, each: Rating, who: str, origin: str) -> dict[str, Any]:
    value = encode(check_rating(each.rating))
    place = optional(each.region)
    return observation(candidate_id, place, each.criterion, value, who, origin, source=each.reason, date=each.date)


def _is_new(row: dict[str, Any], said: Sequence[Said], restate: bool) -> bool:
    own = next((each for each in reversed(said) if each.origin == RATING and each.who == row["who"]), None)
    if own is None or any(getattr(own, name) != row[name] for name in ("kind", "number", "source", "date")):
        return True
    statement = statement_of(said)
    return restate and statement is not None and statement.id > own.id


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """Return an observation for the log: what it says, without empty fields."""
    return {key: value for key, value in row.items() if value is not None}


def moderate(session: Session, project_id: str, each: Rating, who: str) -> None:
    """Keep the value that the assessors agreed on, as a row of its own; raise StoreError without value or reason."""
    if each.rating is None:
        raise StoreError(msg("Choose the value that was agreed on, from 1 to 5."))
    required(each.reason or "", "reason")
    row = _row(candidate_row(session, project_id, each.candidate).id, each, clean(who).strip(), AGREED)
    old = agreed_of(_said(session, project_id, row))
    if old is None or any(getattr(old, name) != row[name] for name in ("number", "source", "who")):
        _save_one(session, project_id, row, "moderated", f"{each.candidate}: {each.criterion}")


def withdraw(session: Session, project_id: str, candidate: str, criterion: str, region: str | None, who: str) -> None:
    """Withdraw an agreed value: the ratings hold again; do nothing where none holds."""
    row = _row(
        candidate_row(session, project_id, candidate).id, Rating(candidate, criterion, None, None, region), who, AGREED
    )
    if agreed_of(_said(session, project_id, row)) is not None:
        row["kind"] = "none"
        _save_one(session, project_id, row, "moderation_withdrawn", f"{candidate}: {criterion}")


def _said(session: Session, project_id: str, row: dict[str, Any]) -> list[Said]:
    stands = standing(session, project_id)
    found = rows_of(session, [row["candidate_id"]], [row["criterion"]], stands)
    return found.get((row["candidate_id"], row["criterion"], row["region"]), [])


def _save_one(session: Session, project_id: str, row: dict[str, Any], action: str, target: str) -> None:
    append(session, [row], log(session, project_id, action, row["who"], target, after={"values": [_shown(row)]}))


# --- reading ----------------------------------------------------------------------------------------------------------


def ratings(session: Session, project_id: str) -> pd.DataFrame:
    """Return each assessor's latest rating with the columns RATINGS (rating NaN: don't know; change: its action)."""
    found = sorted(
        (said for rows in _panels(session, project_id) for said in voices_of(rows)), key=lambda said: said.id
    )
    return _frame(session, project_id, [(said, said.change_id) for said in found], RATINGS)


def agreed(session: Session, project_id: str) -> pd.DataFrame:
    """Return the agreed values that hold with the columns AGREEMENTS (rated_since: somebody rated again after it)."""
    spoken = [(agreed_of(rows), rows[-1].id) for rows in _panels(session, project_id)]
    found = [(said, last > said.id) for said, last in spoken if said is not None]
    return _frame(session, project_id, found, AGREEMENTS)


def _panels(session: Session, project_id: str) -> list[list[Said]]:
    """Return all that was said about each value that anybody rated, of the candidates that were not put away."""
    query = (
        select(ObservationRow.candidate_id, ObservationRow.criterion)
        .join(CandidateRow, CandidateRow.id == ObservationRow.candidate_id)
        .where(CandidateRow.project_id == project_row(session, project_id).id, CandidateRow.archived.is_(False))
        .where(ObservationRow.origin.in_(PANEL))
        .distinct()
    )
    pairs = session.execute(query).all()
    found = rows_of(session, {pair[0] for pair in pairs}, {pair[1] for pair in pairs}, standing(session, project_id))
    return [rows for rows in found.values() if any(row.origin in PANEL for row in rows)]


def _frame(
    session: Session, project_id: str, found: Sequence[tuple[Said, Any]], names: tuple[str, ...]
) -> pd.DataFrame:
    """Return one line per row with its moment; the last column is what stands beside each row in *found*."""
    ids = {person.number: person.id for person in people(session, project_id)}
    moments = _moments(session, project_id)
    lines = [
        (
            ids[said.candidate_id],
            said.region,
            said.criterion,
            said.who,
            said.number,
            said.source,
            moments[said.id],
            last,
        )
        for said, last in found
    ]
    frame = pd.DataFrame(lines, columns=list(names), dtype=object)
    return frame.assign(rating=frame["rating"].astype(float))


def _moments(session: Session, project_id: str) -> dict[int, datetime]:
    query = (
        select(ObservationRow.id, ObservationRow.at)
        .join(CandidateRow, CandidateRow.id == ObservationRow.candidate_id)
        .where(CandidateRow.project_id == project_id, ObservationRow.origin.in_(PANEL))
    )
    return {number: at for number, at in session.execute(query)}  # noqa: C416 (rows are no pairs to a type checker)


# --- the blind round --------------------------------------------------------------------------------------------------


def finish(session: Session, project_id: str, assessor: str, region: str | None, by: str, done: bool) -> None:
    """Note that *assessor* has finished the blind round of *region* (None = all), or goes on with it (*done* False)."""
    who, place = required(assessor, "name"), optional(region)
    standing_now = {(each.assessor, each.region) for each in finished(session, project_id)}
    if ((who, place) in standing_now) != done:
        after = {"assessor": who, "region": place}
        log(session, project_id, FINISHED if done else REOPENED, by, who, after=after)


def finished(session: Session, project_id: str) -> tuple[Finished, ...]:
    """Return who has finished the blind round, in the order of it."""
    query = (
        select(ChangeRow)
        .where(ChangeRow.project_id == project_row(session, project_id).id, ChangeRow.action.in_((FINISHED, REOPENED)))
        .order_by(ChangeRow.id)
    )
    taken, found = undone_in(session, project_id), dict[tuple[str, str | None], Finished]()
    for row in session.scalars(query):
        key = row.after["assessor"], row.after["region"]
        if row.id not in taken:
            found.pop(key, None)
            if row.action == FINISHED:
                found[key] = Finished(*key, row.at, row.id)
    return tuple(found.values())


def copy_finished(session: Session, source: str, target: str) -> None:
    """Note in the copy of a project who has finished."""
    for each in finished(session, source):
        finish(session, target, each.assessor, each.region, "", done=True)
