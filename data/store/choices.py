"""What people decide about candidates: must-haves waived, first choice and reserve per region, pins."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from criteria.errors import StoreError
from criteria.text import msg
from data.store.changes import log, now, project_row
from data.store.pool import candidate_row
from data.store.projects import checked
from data.store.records import Decision, Waiver
from data.store.schema import CandidateRow, DecisionRow, PinRow, WaiverRow
from data.store.values import clean, optional, required


def waive(
    session: Session,
    project_id: str,
    candidate: str,
    region: str | None,
    criterion: str,
    granted: bool,
    by: str,
    reason: str,
) -> None:
    """Waive a must-have for one candidate (*granted*; asks for a name and a reason), or withdraw that waiver."""
    row = candidate_row(session, project_id, candidate)
    if granted and not clean(by).strip():
        raise StoreError(msg("Say who waives this must-have; a waiver needs a name."))
    place = optional(region)
    old = _latest_waiver(session, row.id, criterion, place)
    if not granted and (old is None or not old.granted):
        return
    before, after = {"waived": bool(old and old.granted)}, {"waived": granted, "region": place, "reason": reason}
    action = "waiver_granted" if granted else "waiver_withdrawn"
    running = log(session, project_id, action, by, f"{row.name}: {criterion}", before, after)
    session.add(
        WaiverRow(
            candidate_id=row.id,
            region=place,
            criterion=required(criterion, "name"),
            granted=granted,
            by=running.who,
            reason=required(reason, "reason") if granted else clean(reason).strip(),
            at=running.at,
            change_id=running.id,
        )
    )


def _latest_waiver(session: Session, candidate_id: int, criterion: str, region: str | None) -> WaiverRow | None:
    return session.scalars(
        select(WaiverRow)
        .where(WaiverRow.candidate_id == candidate_id, WaiverRow.criterion == criterion)
        .where(WaiverRow.region.is_not_distinct_from(region))
        .order_by(WaiverRow.id.desc())
        .limit(1)
    ).one_or_none()


def waivers(session: Session, project_id: str, withdrawn: bool) -> tuple[Waiver, ...]:
    """Return the waivers that hold, in the order they were given; *withdrawn* True adds those that do not any more."""
    last = (
        select(func.max(WaiverRow.id))
        .join(CandidateRow, CandidateRow.id == WaiverRow.candidate_id)
        .where(CandidateRow.project_id == project_row(session, project_id).id)
        .group_by(WaiverRow.candidate_id, WaiverRow.criterion, WaiverRow.region)
    )
    query = (
        select(WaiverRow, CandidateRow.external_id)
        .join(CandidateRow, CandidateRow.id == WaiverRow.candidate_id)
        .where(WaiverRow.id.in_(last))
        .order_by(WaiverRow.id)
    )
    return tuple(
        Waiver(id_, row.region, row.criterion, row.by, row.reason, row.at, row.granted)
        for row, id_ in session.execute(query)
        if row.granted or withdrawn
    )


# --- decisions --------------------------------------------------------------------------------------------------------


def decide(
    session: Session,
    project_id: str,
    region: str | None,
    first: str | None,
    reserve: str | None,
    who: str,
    reason: str,
    price: str,
    details: dict[str, Any],
) -> int:
    """Keep the decision for one region (*first* None = nobody yet, keep searching); return its number."""
    project = project_row(session, project_id)
    chosen = None if first is None else candidate_row(session, project_id, first)
    second = None if reserve is None else candidate_row(session, project_id, reserve)
    if second is not None and second is chosen:
        raise StoreError(msg("First choice and reserve are the same candidate. Choose another reserve, or none."))
    place, status = optional(region), "nobody_yet" if chosen is None else "chosen"
    after = {"decision": {"region": place, "status": status, "first": first, "reserve": reserve, "reason": reason}}
    before = {"decision": _previous(session, project.id, place)}
    running = log(session, project.id, "decided", who, place or "", before, after)
    row = DecisionRow(
        project_id=project.id,
        region=place,
        status=status,
        first_id=chosen and chosen.id,
        reserve_id=second and second.id,
        reason=clean(reason).strip(),
        price=clean(price).strip(),
        details=checked(details),
        who=running.who,
        at=running.at,
        change_id=running.id,
    )
    session.add(row)
    session.flush()
    return row.id


def _previous(session: Session, project_id: str, region: str | None) -> dict[str, Any] | None:
    for decision in decisions(session, project_id, latest_only=True):
        if decision.region == region:
            return {
                "region": region,
                "status": decision.status,
                "first": decision.first,
                "reserve": decision.reserve,
                "reason": decision.reason,
            }
    return None


def decisions(session: Session, project_id: str, latest_only: bool) -> tuple[Decision, ...]:
    """Return the decisions that hold, one per region, or all that were ever made; newest first."""
    first, second = aliased(CandidateRow), aliased(CandidateRow)
    query = (
        select(DecisionRow, first.external_id, second.external_id)
        .outerjoin(first, first.id == DecisionRow.first_id)
        .outerjoin(second, second.id == DecisionRow.reserve_id)
        .where(DecisionRow.project_id == project_row(session, project_id).id)
        .order_by(DecisionRow.id.desc())
    )
    if latest_only:
        last = select(func.max(DecisionRow.id)).where(DecisionRow.project_id == project_id).group_by(DecisionRow.region)
        query = query.where(DecisionRow.id.in_(last), DecisionRow.status != "open")
    return tuple(_decision(row, one, two) for row, one, two in session.execute(query))


def _decision(row: DecisionRow, first: str | None, reserve: str | None) -> Decision:
    return Decision(row.id, row.region, row.status, first, reserve, row.reason, row.price, row.details, row.who, row.at)


# --- pins -------------------------------------------------------------------------------------------------------------


def pin(session: Session, project_id: str, candidate: str, pinned: bool, who: str) -> None:
    """Keep a candidate in sight in every list, or let it go."""
    row = candidate_row(session, project_id, candidate)
    there = session.get(PinRow, row.id) is not None
    if there == pinned:
        return
    before, after = ({"pins": {row.external_id: side}} for side in (there, pinned))
    log(session, project_id, "candidate_pinned" if pinned else "candidate_unpinned", who, row.name, before, after)
    set_pin(session, row.id, pinned)


def set_pin(session: Session, candidate_id: int, pinned: bool) -> None:
    """Write or remove the pin itself."""
    row = session.get(PinRow, candidate_id)
    if pinned and row is None:
        session.add(PinRow(candidate_id=candidate_id, at=now()))
    elif not pinned and row is not None:
        session.delete(row)
