"""Projects and their standards: made, opened, renamed, copied, deleted, restored, purged; every standard kept."""

from __future__ import annotations

import json
import uuid
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from criteria.errors import StoreError
from criteria.text import Message, msg
from data.store.changes import Action, last_saved, log, now, project_row
from data.store.records import ConflictError, ProfileVersion, Project, ProjectSummary
from data.store.schema import (
    CandidateRow,
    ChangeRow,
    DecisionRow,
    ImportRow,
    ObservationRow,
    PinRow,
    ProfileVersionRow,
    ProjectRow,
    WaiverRow,
)
from data.store.values import required


def summaries(session: Session, deleted: bool) -> tuple[ProjectSummary, ...]:
    """Return the open (or the deleted) projects, oldest first."""
    living = select(func.count()).where(CandidateRow.project_id == ProjectRow.id, CandidateRow.archived.is_(False))
    condition = ProjectRow.deleted.is_not(None) if deleted else ProjectRow.deleted.is_(None)
    first = select(func.min(ChangeRow.id)).where(ChangeRow.project_id == ProjectRow.id).scalar_subquery()
    rows = session.execute(select(ProjectRow, living.scalar_subquery()).where(condition).order_by(first))
    return tuple(
        ProjectSummary(p.id, p.name, p.is_sample, p.created, last_saved(session, p.id), p.deleted, count)
        for p, count in rows
    )


def project(session: Session, project_id: str) -> Project:
    """Return one open project with its standard."""
    row = project_row(session, project_id)
    document = version(session, row.id, row.profile_number).document
    saved = last_saved(session, row.id)
    return Project(
        row.id, row.name, row.is_sample, row.created, saved, row.deleted, row.profile_number, document, row.settings
    )


def create(session: Session, name: str, profile: dict[str, Any], is_sample: bool, who: str) -> str:
    """Make a project with *profile* as the first version of its standard; return its id."""
    row = new_project(session, name, is_sample, {})
    action = log(session, row.id, "project_created", who, row.name)
    _add_version(session, row, checked(profile), action, None)
    return row.id


def new_project(session: Session, name: str, is_sample: bool, settings: dict[str, Any]) -> ProjectRow:
    """Make the row of a project that has no standard yet, under the next free name."""
    row = ProjectRow(
        id=uuid.uuid4().hex,
        name=free_name(session, required(name, "name")),
        is_sample=is_sample,
        created=now(),
        deleted=None,
        profile_number=0,
        settings=settings,
    )
    session.add(row)
    session.flush()
    return row


def free_name(session: Session, name: str, but: str | None = None) -> str:
    """Return *name*, with a number behind it where another open project has it already."""
    taken = {
        other.casefold()
        for id_, other in session.execute(select(ProjectRow.id, ProjectRow.name).where(ProjectRow.deleted.is_(None)))
        if id_ != but
    }
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate, number = f"{name} ({number})", number + 1
    return candidate


def rename(session: Session, project_id: str, name: str, who: str) -> None:
    """Give a project another name; raise StoreError where another open project has it."""
    row, name = project_row(session, project_id), required(name, "name")
    if name == row.name:
        return
    if free_name(session, name, but=row.id) != name:
        raise StoreError(msg("Another project is called {name} already. Choose another name.", name=name))
    log(session, row.id, "project_renamed", who, name, {"name": row.name}, {"name": name})
    row.name = name


def delete_project(session: Session, project_id: str, who: str) -> None:
    """Put a project away; everything stays until it is purged."""
    row = project_row(session, project_id)
    log(session, row.id, "project_deleted", who, row.name, {"deleted": False}, {"deleted": True})
    row.deleted = now()


def restore(session: Session, project_id: str, who: str) -> None:
    """Bring a deleted project back, under its name or the next free one."""
    row = project_row(session, project_id, deleted=True)
    if row.deleted is None:
        return
    row.name = free_name(session, row.name, but=row.id)
    row.deleted = None
    log(session, row.id, "project_restored", who, row.name, {"deleted": True}, {"deleted": False})


def purge(session: Session, project_id: str, who: str) -> None:
    """Remove a deleted project for good; only the line that says so remains."""
    row = project_row(session, project_id, deleted=True)
    if row.deleted is None:
        raise StoreError(msg("Only a deleted project can be removed for good. Delete it first."))
    log(session, None, "project_purged", who, row.name)
    own = select(CandidateRow.id).where(CandidateRow.project_id == row.id)
    for of_candidate in (ObservationRow, WaiverRow, PinRow):
        session.execute(delete(of_candidate).where(of_candidate.candidate_id.in_(own)))
    for of_project in (DecisionRow, ImportRow, ProfileVersionRow, CandidateRow, ChangeRow):
        session.execute(delete(of_project).where(of_project.project_id == row.id))
    session.delete(row)


# --- the standard -----------------------------------------------------------------------------------------------------


def checked(profile: dict[str, Any]) -> dict[str, Any]:
    """Return *profile* as plain JSON; raise StoreError where it is not (a NaN, an object)."""
    try:
        document = json.loads(json.dumps(profile, allow_nan=False))
        json.dumps(document, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise StoreError(
            msg("The standard holds something that cannot be saved: a value is no number or text.")
        ) from error
    if not isinstance(document, dict):
        raise StoreError(msg("The standard must be a document with named parts."))
    return document


def save_profile(
    session: Session, project_id: str, profile: dict[str, Any], based_on: int, who: str, reason: str | None
) -> int:
    """Save the standard as the next version; return its number, or the present one where nothing changed.

    Raise ConflictError where somebody saved another standard since version *based_on*.
    """
    row, document = project_row(session, project_id), checked(profile)
    current = version(session, row.id, row.profile_number)
    if json.dumps(document) == json.dumps(current.document):  # the order counts too: the first scenario is the default
        return current.number
    if based_on != current.number:
        raise ConflictError(_stale(based_on, current), document, current.document, current.number)
    target = reason or ""
    numbers = ({"profile": current.number}, {"profile": current.number + 1})
    action = log(session, row.id, "profile_saved", who, target, *numbers)
    return _add_version(session, row, document, action, reason)


def _stale(based_on: int, current: ProfileVersion) -> Message:
    return msg(
        "The standard was changed by {who} in the meantime: you started from version {mine}, "
        "it is now version {theirs}. Nothing was overwritten; choose which one to keep.",
        who=current.who or msg("another window"),
        mine=based_on,
        theirs=current.number,
    )


def _add_version(
    session: Session, row: ProjectRow, document: dict[str, Any], action: Action, reason: str | None
) -> int:
    row.profile_number += 1
    session.add(
        ProfileVersionRow(
            project_id=row.id,
            number=row.profile_number,
            document=document,
            who=action.who,
            reason=reason,
            at=action.at,
            change_id=action.id,
        )
    )
    session.flush()
    return row.profile_number


def version(session: Session, project_id: str, number: int) -> ProfileVersion:
    """Return version *number* of the project's standard."""
    row = session.scalars(
        select(ProfileVersionRow).where(ProfileVersionRow.project_id == project_id, ProfileVersionRow.number == number)
    ).one_or_none()
    if row is None:
        raise StoreError(msg("The standard has no version {number}.", number=number))
    return ProfileVersion(row.number, row.who, row.reason, row.at, row.document)


def versions(session: Session, project_id: str) -> tuple[ProfileVersion, ...]:
    """Return every saved standard of the project, newest first."""
    rows = session.scalars(
        select(ProfileVersionRow)
        .where(ProfileVersionRow.project_id == project_row(session, project_id).id)
        .order_by(ProfileVersionRow.number.desc())
    )
    return tuple(ProfileVersion(row.number, row.who, row.reason, row.at, row.document) for row in rows)


def bring_back(session: Session, row: ProjectRow, number: int, action: Action) -> None:
    """Save version *number* again as the newest one."""
    _add_version(session, row, version(session, row.id, number).document, action, None)
