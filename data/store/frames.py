"""Everything that holds now, columnar: the shape the ranking works on, with where each value comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy.orm import Session

from data.store.bulk import Person, people
from data.store.changes import project_row
from data.store.held import COLUMNS, held
from data.store.records import StoredCandidates
from data.store.schema import CandidateRow

_SEPARATORS = re.compile("[;|,、；，]")
Objects = npt.NDArray[np.object_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of the frame: one per candidate, or one per candidate x region (*regional*)."""

    candidates: Sequence[Person]
    region: Sequence[str | None]
    first: Mapping[int, int]
    count: Mapping[int, int]
    regional: bool


def split_regions(cell: str | None) -> tuple[str, ...]:
    """Return the region names in a cell.

    >>> split_regions("DE; FR、 JP"), split_regions(""), split_regions(None)
    (('DE', 'FR', 'JP'), (), ())
    """
    return tuple(dict.fromkeys(part.strip() for part in _SEPARATORS.split(cell or "") if part.strip()))


def read(session: Session, project_id: str) -> StoredCandidates:
    """Return what holds for every (candidate, region, criterion) of the candidates that were not put away."""
    living = people(session, project_row(session, project_id).id, living=True)
    found = held(session, project_id, CandidateRow.archived.is_(False))
    fields = {c.key: np.fromiter(f, dtype=object, count=len(f)) for c, f in zip(COLUMNS, found, strict=True)}
    rows = _layout(living, fields["candidate_id"], fields["region"])
    return _assemble(rows, _by_criterion(fields, rows))


def _layout(living: list[Person], candidate_ids: Objects, regions: Objects) -> _Rows:
    """Return one row per candidate, or one per candidate and region where any value was given for one region."""
    special = {(c, r): None for c, r in zip(candidate_ids, regions, strict=True) if r is not None}
    if not special:
        places = {row.number: i for i, row in enumerate(living)}
        return _Rows(living, [None] * len(living), places, dict.fromkeys(places, 1), False)
    own: dict[int, list[str]] = {}
    for candidate, region in special:
        own.setdefault(candidate, []).append(region)
    everywhere = _known_regions(living, (region for _, region in special))
    candidates: list[Person] = []
    names: list[str | None] = []
    first, count = {}, {}
    for row in living:
        served: Iterable[str | None] = everywhere if row.regions is None else split_regions(row.regions)
        mine = list(dict.fromkeys((*served, *own.get(row.number, ())))) or [None]
        first[row.number], count[row.number] = len(candidates), len(mine)
        candidates += [row] * len(mine)
        names += mine
    return _Rows(candidates, names, first, count, True)


def _known_regions(living: Iterable[Person], more: Iterable[str] = ()) -> tuple[str, ...]:
    """Return every region that a candidate or a value names, in order of appearance."""
    return tuple(dict.fromkeys([*(r for row in living for r in split_regions(row.regions)), *more]))


def _by_criterion(fields: dict[str, Objects], rows: _Rows) -> dict[str, tuple[Ints, dict[str, Objects]]]:
    """Return, per criterion in order of first appearance, the frame rows and the fields of its observations."""
    codes, names = pd.factorize(fields["criterion"])
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(names) + 1))
    result = {}
    for i, name in enumerate(names):
        part = order[bounds[i] : bounds[i + 1]]
        taken, places = _places(fields["candidate_id"][part], fields["region"][part], rows)
        result[str(name)] = (places, {key: column[part][taken] for key, column in fields.items()})
    return result


def _places(candidate_ids: Objects, regions: Objects, rows: _Rows) -> tuple[Ints, Ints]:
    """Return which observations go to which frame rows; what holds everywhere first, so that a region's own wins."""
    start = np.fromiter((rows.first[c] for c in candidate_ids), dtype=np.int64, count=len(candidate_ids))
    if not rows.regional:
        return np.arange(len(start), dtype=np.int64), start
    general = np.flatnonzero([region is None for region in regions])
    repeats = np.fromiter((rows.count[candidate_ids[i]] for i in general), dtype=np.int64, count=len(general))
    taken = [i for i, n in zip(general, repeats, strict=True) for _ in range(n)]
    places = [start[i] + k for i, n in zip(general, repeats, strict=True) for k in range(n)]
    for i in np.flatnonzero([region is not None for region in regions]):
        own = rows.region[start[i] : start[i] + rows.count[candidate_ids[i]]]
        taken.append(i)
        places.append(start[i] + list(own).index(regions[i]))
    return np.array(taken, dtype=np.int64), np.array(places, dtype=np.int64)


def _assemble(rows: _Rows, parts: dict[str, tuple[Ints, dict[str, Objects]]]) -> StoredCandidates:
    n = len(rows.candidates)
    data: dict[str, Any] = {
        "id": pd.Series([row.id for row in rows.candidates], dtype=object),
        "name": pd.Series([row.name for row in rows.candidates], dtype=object),
    }
    if rows.regional:
        data["region"] = pd.Series(rows.region, dtype=object)
    for criterion, (places, fields) in parts.items():
        data[criterion] = _values(n, places, fields)
    spread = {key: {c: _spread(n, p, f[key]) for c, (p, f) in parts.items()} for key in _TEXTS}
    return StoredCandidates(
        frame=pd.DataFrame(data),
        regions=_regions(rows),
        not_applicable=_not_applicable(n, parts),
        levels={c: _levels(n, p, f["level"]) for c, (p, f) in parts.items()},
        sources=spread["source"],
        dates=spread["date"],
        who=spread["who"],
        origins=spread["origin"],
        units=spread["unit"],
        sequences={c: _numbers(n, p, f["id"]) for c, (p, f) in parts.items()},
    )


_TEXTS = ("source", "date", "who", "origin", "unit")


def _not_applicable(n: int, parts: dict[str, tuple[Ints, dict[str, Objects]]]) -> dict[str, npt.NDArray[np.bool_]]:
    """Return where a criterion does not apply, for the criteria where that happens."""
    masks = {c: _mask(n, places, fields["kind"] == "not_applicable") for c, (places, fields) in parts.items()}
    return {criterion: mask for criterion, mask in masks.items() if mask.any()}


def _regions(rows: _Rows) -> tuple[tuple[str, ...], ...] | None:
    """Return the regions that each row serves, None where no list ever had such a column."""
    if rows.regional:
        return tuple(() if region is None else (region,) for region in rows.region)
    if all(row.regions is None for row in rows.candidates):
        return None
    everywhere = _known_regions(rows.candidates)
    return tuple(everywhere if row.regions is None else split_regions(row.regions) for row in rows.candidates)


def _values(n: int, places: Ints, fields: dict[str, Objects]) -> pd.Series[Any]:
    """Return one column: floats with NaN for unknown, or objects with None where any value is a text."""
    kinds = fields["kind"]
    numbers = np.full(n, np.nan)
    numbers[places] = np.where(kinds == "number", fields["number"], np.nan).astype(np.float64)
    if not (kinds == "text").any():
        return pd.Series(numbers)
    values = np.full(n, None, dtype=object)
    values[places] = fields["text"]
    is_number = kinds == "number"
    values[places[is_number]] = fields["number"][is_number]
    return pd.Series(values, dtype=object)


def _spread(n: int, places: Ints, values: Objects) -> Objects:
    result = np.full(n, None, dtype=object)
    result[places] = values
    return result


def _mask(n: int, places: Ints, values: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    result = np.zeros(n, dtype=bool)
    result[places] = values
    return result


def _levels(n: int, places: Ints, values: Objects) -> npt.NDArray[np.float64]:
    result = np.full(n, np.nan)
    result[places] = values.astype(np.float64)  # None becomes NaN: unstated
    return result


def _numbers(n: int, places: Ints, values: Objects) -> Ints:
    result = np.zeros(n, dtype=np.int64)
    result[places] = values.astype(np.int64)
    return result
