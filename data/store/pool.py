"""The candidates of a project and single values: added, renamed, put away; edited, rated, and their history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import Session

from criteria.errors import StoreError
from criteria.text import msg
from data.store.changes import Action, log, project_row, undone_in
from data.store.held import Said, one, standing
from data.store.records import CandidateRecord, ConflictError, Observation
from data.store.schema import CandidateRow, ObservationRow, PinRow
from data.store.values import Encoded, Value, clean, decode, encode, level_of, optional, required


@dataclass(frozen=True, slots=True)
class ValueEdit:
    """One value to save; *region* None = the same everywhere, *based_on* = what the editor saw (0 = none)."""

    candidate: str
    criterion: str
    value: Any
    region: str | None = None
    unit: str | None = None
    source: str | None = None
    date: str | None = None
    level: float | None = None
    based_on: int | None = None


def candidate_row(session: Session, project_id: str, candidate: str) -> CandidateRow:
    """Return the candidate with the id *candidate*; raise StoreError where the project has none."""
    row = session.scalars(
        select(CandidateRow).where(
            CandidateRow.project_id == project_row(session, project_id).id, CandidateRow.external_id == str(candidate)
        )
    ).one_or_none()
    if row is None:
        raise StoreError(
            msg("There is no candidate {candidate} in this project.", candidate=clean(str(candidate))[:80])
        )
    return row


def candidates(session: Session, project_id: str, archived: bool) -> tuple[CandidateRecord, ...]:
    """Return who is in the project, in the order of the list; *archived* True adds those that were put away."""
    query = (
        select(CandidateRow, PinRow.candidate_id)
        .outerjoin(PinRow, PinRow.candidate_id == CandidateRow.id)
        .where(CandidateRow.project_id == project_row(session, project_id).id)
        .order_by(CandidateRow.position, CandidateRow.id)
    )
    if not archived:
        query = query.where(CandidateRow.archived.is_(False))
    return tuple(
        CandidateRecord(row.external_id, row.name, row.regions, row.note, row.archived, pin is not None)
        for row, pin in session.execute(query)
    )


def state(row: CandidateRow) -> dict[str, Any]:
    """Return what may change about a candidate, as the log keeps it."""
    return {"name": row.name, "regions": row.regions, "note": row.note, "archived": row.archived}


def add(session: Session, project_id: str, name: str, id_: str | None, regions: str | None, who: str) -> str:
    """Add one candidate by hand; return its id (the one given, or the next free c1, c2 ...)."""
    project_row(session, project_id)
    taken = set(session.scalars(select(CandidateRow.external_id).where(CandidateRow.project_id == project_id)))
    id_ = required(id_, "name") if id_ else next_id(taken, "c")
    if id_ in taken:
        raise StoreError(msg("There is a candidate with the id {id} already. Choose another id.", id=id_))
    row = CandidateRow(
        project_id=project_id,
        external_id=id_,
        name=required(name, "name"),
        regions=None if regions is None else clean(regions).strip(),
        note="",
        position=next_position(session, project_id),
        archived=False,
    )
    session.add(row)
    log(session, project_id, "candidate_added", who, row.name, after={"added": [id_]})
    return id_


def next_id(taken: Iterable[str], prefix: str) -> str:
    """Return the first free id of the form c7.

    >>> next_id({"c1", "c2", "x"}, "c")
    'c3'
    """
    numbers = [int(id_[len(prefix) :]) for id_ in taken if id_.startswith(prefix) and id_[len(prefix) :].isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1}"


def next_position(session: Session, project_id: str) -> int:
    """Return the place behind the last candidate."""
    last = session.scalar(select(func.max(CandidateRow.position)).where(CandidateRow.project_id == project_id))
    return 0 if last is None else last + 1


def edit(session: Session, project_id: str, candidate: str, action: str, who: str, **fields: Any) -> None:
    """Set *fields* (name, regions, note, archived) of a candidate; log it where anything changes."""
    row = candidate_row(session, project_id, candidate)
    before = state(row)
    for field, value in fields.items():
        setattr(row, field, value)
    after = state(row)
    if after != before:
        old, new = ({"candidates": {row.external_id: side}} for side in (before, after))
        log(session, project_id, action, who, row.name, old, new)


# --- values -----------------------------------------------------------------------------------------------------------


def set_values(
    session: Session, project_id: str, edits: Sequence[ValueEdit], who: str, origin: str, action: str
) -> tuple[int, ...]:
    """Save *edits* as one action; return the observation of each value (the present one if nothing is new)."""
    stands = standing(session, project_id)
    planned = [_plan(session, project_id, stands, each, who, origin) for each in edits]
    fresh = [(row, old) for row, old in planned if row is not None]
    if fresh:
        target = f"{edits[0].candidate}: {edits[0].criterion}" if len(edits) == 1 else ""
        before, after = ({"values": [_shown(pair[side]) for pair in fresh]} for side in (1, 0))
        running = log(session, project_id, action, who, target, before, after)
        append(session, [row for row, _ in fresh if row is not None], running)
    numbers = []
    for each in edits:
        row = candidate_row(session, project_id, each.candidate)
        holds = one(session, stands, row.id, each.criterion, optional(each.region))
        numbers.append(holds.id if holds else 0)
    return tuple(numbers)


def _plan(
    session: Session, project_id: str, stands: ColumnElement[bool], each: ValueEdit, who: str, origin: str
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return the row to append (None where it says nothing new) and the one that holds now."""
    candidate = candidate_row(session, project_id, each.candidate)
    encoded, region = encode(each.value), optional(each.region)
    old = one(session, stands, candidate.id, each.criterion, region)
    row = observation(
        candidate.id, region, each.criterion, encoded, who, origin,
        unit=each.unit, source=each.source, date=each.date, level=each.level,
    )  # fmt: skip
    before = None if old is None else {key: getattr(old, key) for key in row}
    if before == row:
        return None, before
    if each.based_on is not None and each.based_on != (old.id if old else 0):
        raise _conflict(each, old)
    return row, before


def _conflict(each: ValueEdit, old: Said | None) -> ConflictError:
    theirs = decode(old.kind, old.number, old.text) if old else None
    message = msg(
        "This value was changed by {who} in the meantime and is now {theirs}; yours, {mine}, was not saved. "
        "Save again to replace it.",
        who=(old.who if old else "") or msg("another window"),
        theirs=shown(theirs),
        mine=shown(decode(*encode(each.value))),
    )
    return ConflictError(message, each.value, theirs, old.id if old else 0)


def shown(value: Value) -> Any:
    """Return *value* as it stands in a sentence."""
    if value is None:
        return msg("unknown")
    if isinstance(value, float):
        return f"{value:.12g}"
    return value if isinstance(value, str) else msg("not applicable")


def _shown(row: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return an observation for the log: what it says, without empty fields."""
    return None if row is None else {key: value for key, value in row.items() if value is not None}


def observation(
    candidate_id: int,
    region: str | None,
    criterion: str,
    value: Encoded,
    who: str,
    origin: str,
    *,
    unit: Any = None,
    source: Any = None,
    date: Any = None,
    level: Any = None,
) -> dict[str, Any]:
    """Return the columns of one observation, cleaned, all but its moment and its action."""
    return {
        "candidate_id": candidate_id,
        "region": region,
        "criterion": required(criterion, "name"),
        "kind": value.kind,
        "number": value.number,
        "text": value.text,
        "unit": optional(unit),
        "source": optional(source),
        "date": optional(date),
        "level": level_of(level),
        "who": clean(who).strip(),
        "origin": origin,
    }


def append(session: Session, rows: list[dict[str, Any]], action: Action) -> None:
    """Append observations to the action."""
    if rows:
        stamp = {"at": action.at, "change_id": action.id}
        session.execute(insert(ObservationRow), [{**row, **stamp} for row in rows])


def check_rating(rating: float | None) -> float | None:
    """Return *rating* (1 to 5 in half points, None = don't know); raise StoreError otherwise."""
    if rating is None or (1 <= rating <= 5 and float(rating * 2).is_integer()):
        return rating
    raise StoreError(msg("A rating runs from 1 to 5 in half points; {rating} is none.", rating=f"{rating:g}"))


def history(
    session: Session, project_id: str, candidate: str, criterion: str | None, limit: int
) -> tuple[Observation, ...]:
    """Return what was ever said about a candidate, newest first."""
    row = candidate_row(session, project_id, candidate)
    query = select(ObservationRow).where(ObservationRow.candidate_id == row.id)
    if criterion is not None:
        query = query.where(ObservationRow.criterion == criterion)
    found = session.scalars(query.order_by(ObservationRow.id.desc()).limit(limit))
    taken = undone_in(session, project_id)
    return tuple(
        Observation(
            o.id, row.external_id, o.region, o.criterion, decode(o.kind, o.number, o.text),
            o.unit, o.source, o.date, o.level, o.who, o.origin, o.at, o.change_id in taken,
        )
        for o in found
    )  # fmt: skip
