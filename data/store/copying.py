"""Copy a whole project: its standard with every version, its candidates, all that was ever said, waivers, decisions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session, aliased

from data.store import interviews
from data.store.changes import Action, log, project_row
from data.store.held import standing
from data.store.projects import new_project
from data.store.schema import (
    Base,
    CandidateRow,
    DecisionRow,
    ObservationRow,
    PinRow,
    ProfileVersionRow,
    WaiverRow,
)


def copy(session: Session, project_id: str, name: str, who: str) -> str:
    """Copy the project under a new name; return the copy's id. The copy of a sample is somebody's work, no sample."""
    source = project_row(session, project_id)
    target = new_project(session, name, False, dict(source.settings))
    target.profile_number = source.profile_number
    action = log(session, target.id, "project_copied", who, target.name, {"from": source.name}, {"name": target.name})
    _copy_rows(session, ProfileVersionRow, source.id, {"project_id": target.id, "change_id": action.id})
    _copy_rows(session, CandidateRow, source.id, {"project_id": target.id})
    stamp = {"change_id": action.id}
    _copy_of_candidates(session, ObservationRow, source.id, target.id, stamp, standing(session, source.id))
    _copy_of_candidates(session, WaiverRow, source.id, target.id, stamp)
    _copy_of_candidates(session, PinRow, source.id, target.id, {})
    interviews.copy_finished(session, source.id, target.id)
    _copy_decisions(session, source.id, target.id, action)
    return target.id


def _plain(table: type[Base]) -> list[str]:
    """Return the columns that are copied as they are, or replaced by name; the table's own number is given anew."""
    return [column.key for column in table.__table__.columns if column.key != "id"]


def _copy_rows(session: Session, table: type[Base], source: str, replaced: dict[str, Any]) -> None:
    """Copy the rows of *source*, in their order, with *replaced* columns."""
    names = _plain(table)
    columns = table.__table__.c
    picked = [literal(replaced[name]) if name in replaced else columns[name] for name in names]
    query = select(*picked).where(columns.project_id == source).order_by(columns.id)
    session.execute(insert(table).from_select(names, query))


def _copy_of_candidates(
    session: Session, table: type[Base], source: str, target: str, replaced: dict[str, Any], *conditions: Any
) -> None:
    """Copy what hangs on the candidates of *source* to their namesakes (same id in the lists) in *target*.

    *conditions* leave out what was taken back: the log of the copy does not know of it.
    """
    old, new = aliased(CandidateRow), aliased(CandidateRow)
    names, columns = _plain(table), table.__table__.c
    given = {"candidate_id": new.id, **{key: literal(value) for key, value in replaced.items()}}
    query = (
        select(*(given.get(name, columns[name]) for name in names))
        .join(old, old.id == columns.candidate_id)
        .join(new, new.external_id == old.external_id)
        .where(old.project_id == source, new.project_id == target, *conditions)
        .order_by(columns.get("id", columns.candidate_id))
    )
    session.execute(insert(table).from_select(names, query))


def _copy_decisions(session: Session, source: str, target: str, action: Action) -> None:
    ids = _namesakes(session, source, target)
    for row in session.scalars(select(DecisionRow).where(DecisionRow.project_id == source).order_by(DecisionRow.id)):
        kept = {name: getattr(row, name) for name in _plain(DecisionRow)}
        given = {"project_id": target, "change_id": action.id}
        candidates = {"first_id": ids.get(row.first_id), "reserve_id": ids.get(row.reserve_id)}
        session.add(DecisionRow(**{**kept, **given, **candidates}))
    session.flush()


def _namesakes(session: Session, source: str, target: str) -> dict[int | None, int]:
    old, new = aliased(CandidateRow), aliased(CandidateRow)
    query = (
        select(old.id, new.id)
        .join(new, new.external_id == old.external_id)
        .where(old.project_id == source, new.project_id == target)
    )
    return {before: after for before, after in session.execute(query)}  # noqa: C416 (rows are no pairs to a type checker)
