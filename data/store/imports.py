"""Take a list in: match its rows with the candidates, see what it would change, then change all of it or nothing.

A list never erases: an empty cell keeps what is known, a candidate that the list no longer has stays (unless asked),
notes and ratings are not touched. A value that was corrected by hand stays as long as the list says what it said before
(compare three ways: the last list, this list, what holds now); where the list itself changed, the list wins and the
preview says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from data.store.bulk import Person, append_observations, people, table_of
from data.store.changes import log, project_row
from data.store.frames import split_regions
from data.store.listing import plan_cells
from data.store.matching import match
from data.store.records import CandidateTable, CellChange, ImportPreview, RowChange
from data.store.schema import CandidateRow, ImportRow
from data.store.values import optional


@dataclass(slots=True)
class Plan:
    """What an import comes to: *people* are the wished states of candidates, *values* the rows to append (id first)."""

    preview: ImportPreview
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    values: list[tuple[Any, ...]] = field(default_factory=list)


def apply(session: Session, project_id: str, preview: ImportPreview, who: str, archive_missing: bool) -> ImportPreview:
    """Carry the import out against what holds now; return what it came to. The same list again changes nothing."""
    made = plan(session, project_id, preview.table, preview.file_name, preview.mapping)
    known = {person.id: person for person in people(session, project_id)}
    if archive_missing:
        for id_ in made.preview.missing:
            made.people[id_] = {**known[id_].state(), "archived": True}
    if not made.people and not made.values:
        return made.preview
    added = [id_ for id_ in made.people if id_ not in known]
    changed = {id_: wish for id_, wish in made.people.items() if id_ in known}
    before = {"candidates": {id_: known[id_].state() for id_ in changed}}
    action = log(
        session, project_id, "imported", who, preview.file_name, before, {"candidates": changed, "added": added}
    )
    _write_people(session, project_id, made.people, known)
    numbers = {person.id: person.number for person in people(session, project_id)}
    rows = [(numbers[row[0]], *row[1:]) for row in made.values]
    append_observations(session, rows, action.who, "import", action)
    session.add(
        ImportRow(
            project_id=project_id,
            change_id=action.id,
            file_name=preview.file_name,
            at=action.at,
            counts=made.preview.counts,
            mapping=dict(preview.mapping),
        )
    )
    return made.preview


def _write_people(
    session: Session, project_id: str, wishes: dict[str, dict[str, Any]], known: dict[str, Person]
) -> None:
    """Add the new candidates behind the last one and give the others their new state."""
    position = max((row.position for row in known.values()), default=-1) + 1
    fresh = [(id_, wish) for id_, wish in wishes.items() if id_ not in known]
    if fresh:
        rows = [
            {"project_id": project_id, "external_id": id_, "position": position + i, **wish}
            for i, (id_, wish) in enumerate(fresh)
        ]
        session.connection().execute(insert(table_of(CandidateRow)), rows)
    changed = [{"id": known[id_].number, **wish} for id_, wish in wishes.items() if id_ in known]
    if changed:
        session.execute(update(CandidateRow), changed)


# --- what it would change ---------------------------------------------------------------------------------------------


def plan(session: Session, project_id: str, table: CandidateTable, file_name: str, mapping: Mapping[str, Any]) -> Plan:
    """Return what taking *table* in would change; write nothing."""
    known = {person.id: person for person in people(session, project_row(session, project_id).id)}
    ids = match(table.frame, {id_: row.name for id_, row in known.items()})
    regions = _row_regions(table)
    planned = plan_cells(session, project_id, table, ids, regions, file_name)
    wishes = _plan_people(table, ids, regions, known)
    rows = _row_changes(table.frame, ids, regions, planned.cells, wishes, known)
    counts = Counter(_status_of(rows).values())
    living = [id_ for id_, row in known.items() if not row.archived]
    there = set(ids)
    preview = ImportPreview(
        added=counts["added"],
        updated=counts["updated"],
        untouched=counts["untouched"],
        missing=tuple(id_ for id_ in living if id_ not in there),
        kept=planned.kept,
        rows=rows,
        table=table,
        file_name=file_name,
        mapping=mapping,
    )
    return Plan(preview, wishes, planned.rows)


def _row_regions(table: CandidateTable) -> list[str | None]:
    """Return the region that each row's values belong to, None = all."""
    if "region" not in table.frame:
        return [None] * len(table.frame)
    return [optional(region) for region in table.frame["region"]]


def _plan_people(
    table: CandidateTable, ids: list[str], regions: list[str | None], known: dict[str, Person]
) -> dict[str, dict[str, Any]]:
    """Return the wished state of every candidate that is new or differs; the last row of a candidate names it."""
    wishes: dict[str, dict[str, Any]] = {}
    served = _served(table, ids, regions, known)
    for id_, name in zip(ids, table.frame["name"], strict=True):
        old = known.get(id_)
        note = old.note if old else ""
        cell = served.get(id_, old.regions if old else None)
        wishes[id_] = {"name": optional(name) or id_, "regions": cell, "note": note, "archived": False}
    return {id_: wish for id_, wish in wishes.items() if id_ not in known or known[id_].state() != wish}


def _served(
    table: CandidateTable, ids: list[str], regions: list[str | None], known: dict[str, Person]
) -> dict[str, str]:
    """Return the region cell of every candidate, where the list says anything about regions."""
    if "region" in table.frame:
        result: dict[str, dict[str, None]] = {}
        for id_, region in zip(ids, regions, strict=True):
            old = known.get(id_)
            mine = result.setdefault(id_, dict.fromkeys(split_regions(old.regions if old else None)))
            if region is not None:
                mine[region] = None
        return {id_: "; ".join(names) for id_, names in result.items()}
    if table.regions is None:
        return {}
    return {id_: "; ".join(names) for id_, names in zip(ids, table.regions, strict=True)}


def _row_changes(
    frame: pd.DataFrame,
    ids: list[str],
    regions: list[str | None],
    cells: dict[int, list[CellChange]],
    wishes: dict[str, dict[str, Any]],
    known: dict[str, Person],
) -> tuple[RowChange, ...]:
    result = []
    for row, (id_, region, name) in enumerate(zip(ids, regions, frame["name"], strict=True)):
        old = known.get(id_)
        changed = tuple(cells.get(row, ()))
        present = "updated" if changed or id_ in wishes else "untouched"
        status = "added" if old is None or old.archived else present
        renamed = old.name if old is not None and id_ in wishes and wishes[id_]["name"] != old.name else None
        result.append(RowChange(id_, region, optional(name) or id_, renamed, status, changed))
    return tuple(result)


def _status_of(rows: tuple[RowChange, ...]) -> dict[str, str]:
    """Return one status per candidate: updated where any of its rows is."""
    result: dict[str, str] = {}
    for row in rows:
        if result.get(row.id) != "updated":
            result[row.id] = row.status
    return result


def batches(session: Session, project_id: str) -> list[ImportRow]:
    """Return the lists that were taken in, newest first."""
    query = select(ImportRow).where(ImportRow.project_id == project_row(session, project_id).id)
    return list(session.scalars(query.order_by(ImportRow.id.desc())))
