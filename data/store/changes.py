"""The log: one line per action, written first in its transaction; its number puts everything else in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from criteria.errors import StoreError
from criteria.text import msg
from data.store.records import Change
from data.store.schema import ChangeRow, ProjectRow
from data.store.values import clean


@dataclass(frozen=True, slots=True)
class Action:
    """The running action: the number of its log line, its moment and its person."""

    id: int
    at: datetime
    who: str


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def log(
    session: Session,
    project_id: str | None,
    action: str,
    who: str,
    target: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    undoes: int | None = None,
) -> Action:
    """Write one line of the log and return the action that everything else in the transaction belongs to."""
    row = ChangeRow(
        project_id=project_id,
        at=now(),
        who=clean(who).strip(),
        action=action,
        target=target,
        before=before or {},
        after=after or {},
        undoes=undoes,
    )
    session.add(row)
    session.flush()
    return Action(row.id, row.at, row.who)


def project_row(session: Session, project_id: str, deleted: bool = False) -> ProjectRow:
    """Return the project; raise StoreError where there is none, or only a deleted one (*deleted* False)."""
    row = session.get(ProjectRow, str(project_id))
    if row is None or (row.deleted is not None and not deleted):
        raise StoreError(msg("This project does not exist any more. Choose another one."))
    return row


def undone(rows: Iterable[tuple[int, int | None]]) -> set[int]:
    """Return which log lines are taken back, from (number, undoes) pairs: an undo that was itself undone counts not.

    >>> undone([(1, None), (2, 1)]), undone([(1, None), (2, 1), (3, 2)])
    ({1}, {2})
    """
    taken: set[int] = set()
    for number, undoes in sorted(rows, reverse=True):
        if undoes is not None and number not in taken:
            taken.add(undoes)
    return taken


def undone_in(session: Session, project_id: str) -> set[int]:
    """Return the numbers of the project's log lines that are taken back."""
    found = session.execute(
        select(ChangeRow.id, ChangeRow.undoes).where(ChangeRow.project_id == project_id, ChangeRow.undoes.is_not(None))
    )
    return undone((number, undoes) for number, undoes in found)


def last_saved(session: Session, project_id: str) -> datetime:
    """Return when the project was last changed."""
    latest = select(func.max(ChangeRow.id)).where(ChangeRow.project_id == project_id).scalar_subquery()
    return session.scalars(select(ChangeRow.at).where(ChangeRow.id == latest)).one()


def last_change(session: Session, project_id: str) -> int:
    """Return the number of the project's latest change: as long as it is the same, nothing was changed."""
    return session.scalar(select(func.max(ChangeRow.id)).where(ChangeRow.project_id == project_id)) or 0


def audit(session: Session, project_id: str | None, limit: int) -> tuple[Change, ...]:
    """Return the latest *limit* lines of the log, newest first; None = what belongs to no project any more."""
    rows = session.scalars(
        select(ChangeRow).where(ChangeRow.project_id == project_id).order_by(ChangeRow.id.desc()).limit(limit)
    )
    taken = undone_in(session, project_id) if project_id else set()
    return tuple(
        Change(row.id, row.at, row.who, row.action, row.target, row.id in taken, row.undoes, row.before, row.after)
        for row in rows
    )
