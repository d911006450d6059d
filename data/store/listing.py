"""What the cells of a list would change: each against what holds now and what the last list said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from data.store.bulk import people
from data.store.held import PANEL, Said, held
from data.store.records import CandidateTable, CellChange
from data.store.schema import ObservationRow
from data.store.values import UNKNOWN, Encoded, decode, encode, level_of, optional, required

_FIXED = ("id", "name", "region", "regions")
_BY_HAND = ("edit", *PANEL)

Key = tuple[str, str | None]
"""Candidate id, region."""
Held = tuple[tuple[Any, ...], tuple[Any, ...], str]
"""Value (kind, number, text), evidence (source, date, level), origin."""


@dataclass(slots=True)
class CellPlan:
    """*rows* to append (candidate id, then the fields of `bulk.OBSERVED`), the changed cells by row, *kept* by hand."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    cells: dict[int, list[CellChange]] = field(default_factory=dict)
    kept: int = 0


def plan_cells(
    session: Session, project_id: str, table: CandidateTable, ids: list[str], regions: list[str | None], file_name: str
) -> CellPlan:
    """Return what the cells of *table* would change; *file_name* is the source where the list states none."""
    holds = _held(session, project_id)
    listed = _last_lists(session, project_id, holds)
    result = CellPlan()
    keys = list(zip(ids, regions, strict=True))
    for name in table.frame.columns:
        if name not in _FIXED:
            criterion = required(str(name), "name")
            mine, said = holds.setdefault(criterion, {}), listed.get(criterion, {})
            _plan_column(result, criterion, keys, _column(table, name), _evidence(table, name), mine, said, file_name)
    return result


def _plan_column(
    result: CellPlan,
    criterion: str,
    keys: list[Key],
    values: Sequence[tuple[Any, ...]],
    evidence: Sequence[tuple[Any, ...]],
    mine: dict[Key, Held],
    said: Mapping[Key, Held],
    file_name: str,
) -> None:
    """Add what one column would change; a blank cell is no statement, and a value corrected by hand stays."""
    for row, (key, value, stated) in enumerate(zip(keys, values, evidence, strict=True)):
        if value[0] == "unknown":
            continue
        old = mine.get(key)
        by_hand = old is not None and old[2] in _BY_HAND
        if old is not None:
            if old[0] == value and all(s is None or s == o for s, o in zip(stated, old[1], strict=True)):
                continue
            if by_hand and key in said and said[key][0] == value:
                result.kept += 1
                continue
        mine[key] = (value, stated, "import")
        source, date, level = stated
        result.rows.append((*key, criterion, *value, source or file_name or None, date, level))
        before = None if old is None else decode(*old[0])
        result.cells.setdefault(row, []).append(CellChange(criterion, before, decode(*value), by_hand))


def _held(session: Session, project_id: str, *conditions: Any) -> dict[str, dict[Key, Held]]:
    """Return what holds now, by criterion and key."""
    ids = {person.number: person.id for person in people(session, project_id)}
    result: dict[str, dict[Key, Held]] = {}
    for said in map(Said._make, zip(*held(session, project_id, *conditions), strict=True)):
        found = ((said.kind, said.number, said.text), (said.source, said.date, said.level), said.origin)
        result.setdefault(said.criterion, {})[ids[said.candidate_id], said.region] = found
    return result


def _last_lists(session: Session, project_id: str, holds: dict[str, dict[Key, Held]]) -> dict[str, dict[Key, Held]]:
    """Return what the last list said, asked only where something was edited or rated by hand since."""
    if not any(each[2] in _BY_HAND for of_criterion in holds.values() for each in of_criterion.values()):
        return {}
    return _held(session, project_id, ObservationRow.origin == "import")


def _column(table: CandidateTable, criterion: str) -> list[tuple[Any, ...]]:
    """Return one column as the store keeps it; numbers take the short way."""
    column = table.frame[criterion]
    values: list[tuple[Any, ...]]
    if column.dtype == np.float64:
        values = [UNKNOWN if n != n else ("number", n + 0.0, None) for n in column.tolist()]
        for place in np.flatnonzero(np.isinf(column.to_numpy())).tolist():
            values[place] = encode(column.iat[place])
    else:
        values = [encode(value) for value in column.tolist()]
    mask = table.not_applicable.get(criterion)
    for row in () if mask is None else np.flatnonzero(mask):
        values[row] = Encoded("not_applicable", None, None)
    return values


_NO_EVIDENCE = (None, None, None)


def _evidence(table: CandidateTable, criterion: str) -> list[tuple[Any, ...]]:
    """Return source, date and level of every cell of one column."""
    mappings = (table.sources, table.dates, table.levels)
    if not any(criterion in mapping for mapping in mappings):
        return [_NO_EVIDENCE] * len(table.frame)
    none = [None] * len(table.frame)
    sources, dates, levels = (list(mapping.get(criterion, none)) for mapping in mappings)
    return [(optional(s), optional(d), level_of(v)) for s, d, v in zip(sources, dates, levels, strict=True)]
