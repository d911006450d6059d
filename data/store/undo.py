"""Take the last action back; what somebody else changed since stays as it is.

Nothing is removed: an undo is an action of its own, and undoing the undo is a redo. Values need no opposite: what a
taken-back action said about them does not count any more (`held.standing`), so what held before holds again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from criteria.errors import StoreError
from criteria.text import msg
from data.store.changes import Action, log, project_row, undone_in
from data.store.choices import set_pin
from data.store.pool import state
from data.store.projects import bring_back, free_name, version
from data.store.records import Change
from data.store.schema import CandidateRow, ChangeRow, DecisionRow, ProjectRow, WaiverRow

_FIXED = ("project_created", "project_copied", "project_deleted", "project_restored", "undone")
"""Actions not taken back here: an undo is by redo, a made project by deleting it, a deleted one by restoring."""


def undo_last(session: Session, project_id: str, who: str, only_own: bool) -> Change | None:
    """Take back the last action that still stands (*only_own*: of *who*); return it, None where there is none."""
    project = project_row(session, project_id)
    taken = undone_in(session, project.id)
    query = select(ChangeRow).where(ChangeRow.project_id == project.id, ChangeRow.action.not_in(_FIXED))
    if only_own:
        query = query.where(ChangeRow.who == who)
    for change in session.scalars(query.order_by(ChangeRow.id.desc())):
        if change.id not in taken:
            return _reverse(session, project, change, who, "undone")
    return None


def redo_last(session: Session, project_id: str, who: str) -> Change | None:
    """Bring back what the last undo took, if nothing was done since; return that undo, None where there is none."""
    project = project_row(session, project_id)
    taken = undone_in(session, project.id)
    for change in session.scalars(
        select(ChangeRow).where(ChangeRow.project_id == project.id).order_by(ChangeRow.id.desc())
    ):
        if change.action == "undone" and change.id not in taken:
            return _reverse(session, project, change, who, "redone")
        if change.action not in ("undone", "redone"):
            return None
    return None


def _reverse(session: Session, project: ProjectRow, change: ChangeRow, who: str, name: str) -> Change:
    swapped = (change.after, change.before)
    action = log(session, project.id, name, who, change.target, *swapped, undoes=change.id)
    _reverse_project(session, project, change, action)
    _reverse_candidates(session, project.id, change)
    _reverse_waivers(session, change.id, action)
    _reverse_decisions(session, change.id, action)
    return Change(
        change.id, change.at, change.who, change.action, change.target, True, change.undoes, change.before, change.after
    )


def _reverse_project(session: Session, project: ProjectRow, change: ChangeRow, action: Action) -> None:
    """Give back the former name and the former standard."""
    if "name" in change.before and project.name == change.after["name"]:
        project.name = free_name(session, change.before["name"], but=project.id)
    if "profile" in change.before:
        done = version(session, project.id, change.after["profile"])
        if version(session, project.id, project.profile_number).document != done.document:
            raise StoreError(msg("The standard was changed again since; open its versions to go back to an older one."))
        bring_back(session, project, change.before["profile"], action)


def _reverse_candidates(session: Session, project_id: str, change: ChangeRow) -> None:
    """Give candidates back what they were; those that the action added are put away, those it took are brought back."""
    before, after = change.before.get("candidates", {}), change.after.get("candidates", {})
    added, gone = set(change.after.get("added", ())), set(change.before.get("added", ()))
    pins = change.before.get("pins", {})
    flipped = added | gone
    if not (before or flipped or pins):
        return
    for row in session.scalars(select(CandidateRow).where(CandidateRow.project_id == project_id)):
        if row.external_id in flipped:
            row.archived = row.external_id in added
        if row.external_id in before:
            _give_back(row, before[row.external_id], after[row.external_id])
        if row.external_id in pins:
            set_pin(session, row.id, pins[row.external_id])


def _give_back(row: CandidateRow, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Set every field that the action changed and nobody since."""
    now = state(row)
    for field, value in before.items():
        if now[field] == after[field]:
            setattr(row, field, value)


def _reverse_waivers(session: Session, change_id: int, action: Action) -> None:
    for row in session.scalars(select(WaiverRow).where(WaiverRow.change_id == change_id)).all():
        before = session.scalars(
            select(WaiverRow)
            .where(WaiverRow.candidate_id == row.candidate_id, WaiverRow.criterion == row.criterion)
            .where(WaiverRow.region.is_not_distinct_from(row.region), WaiverRow.id < row.id)
            .order_by(WaiverRow.id.desc())
            .limit(1)
        ).one_or_none()
        source = before or row
        session.add(
            WaiverRow(
                candidate_id=row.candidate_id,
                region=row.region,
                criterion=row.criterion,
                granted=bool(before and before.granted),
                by=source.by,
                reason=source.reason,
                at=action.at,
                change_id=action.id,
            )
        )


def _reverse_decisions(session: Session, change_id: int, action: Action) -> None:
    for row in session.scalars(select(DecisionRow).where(DecisionRow.change_id == change_id)).all():
        before = session.scalars(
            select(DecisionRow)
            .where(DecisionRow.project_id == row.project_id, DecisionRow.region.is_not_distinct_from(row.region))
            .where(DecisionRow.id < row.id)
            .order_by(DecisionRow.id.desc())
            .limit(1)
        ).one_or_none()
        session.add(_former_decision(row, before, action))


def _former_decision(row: DecisionRow, before: DecisionRow | None, action: Action) -> DecisionRow:
    source = before or row
    return DecisionRow(
        project_id=row.project_id,
        region=row.region,
        status=before.status if before else "open",
        first_id=before and before.first_id,
        reserve_id=before and before.reserve_id,
        reason=source.reason,
        price=source.price,
        details=source.details,
        who=source.who,
        at=action.at,
        change_id=action.id,
    )
