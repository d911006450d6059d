"""Interview panels: who rated what, where people disagree, and what the ranking rests on.

Ratings run from 1 to 5 in half points. A panel keeps every single one: differences are shown before anything is
averaged, and a value that was agreed on in a talk stands beside the ratings, never in their place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from criteria.curves import FloatArray
from criteria.errors import CandidateError
from criteria.model import Profile
from criteria.text import msg
from selection.model import BoolArray, Candidates, IntArray, Waiver

LIMIT = 2.0
"""A range of two points between the lowest and the highest rating is worth a talk."""
LOWEST, HIGHEST = 1.0, 5.0


class Cell(NamedTuple):
    """What is rated: one criterion of one candidate, in one region (None = the same everywhere)."""

    candidate: str
    criterion: str
    region: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """All ratings as a table of cells x assessors.

    *ratings* holds NaN where an assessor doesn't know or was not asked, *answered* tells the two apart, *reasons*
    holds a line of text or "".
    """

    cells: tuple[Cell, ...]
    assessors: tuple[str, ...]
    ratings: FloatArray
    answered: BoolArray
    reasons: np.ndarray[Any, np.dtype[np.object_]]

    @classmethod
    def from_table(cls, table: pd.DataFrame) -> Panel:
        """Return the panel of a table with columns candidate, region, criterion, who, rating and, if any, reason.

        NaN = don't know; of two lines for one cell and assessor the last holds. Raise CandidateError for a rating
        that is not on the scale.
        """
        cells = [
            Cell(str(candidate), str(criterion), None if region is None or region != region else str(region))
            for candidate, criterion, region in zip(
                table["candidate"], table["criterion"], table["region"], strict=True
            )
        ]
        rows = {cell: i for i, cell in enumerate(dict.fromkeys(cells))}
        people = {who: j for j, who in enumerate(sorted({str(who) for who in table["who"]}))}
        values = pd.to_numeric(table["rating"]).to_numpy(dtype=np.float64, na_value=np.nan)
        _check(cells, values)
        shape = (len(rows), len(people))
        ratings, answered = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
        reasons = np.full(shape, "", dtype=object)
        texts = table["reason"] if "reason" in table else [None] * len(table)
        for cell, who, value, reason in zip(cells, table["who"], values, texts, strict=True):
            place = rows[cell], people[str(who)]
            ratings[place], answered[place] = value, True
            reasons[place] = reason if isinstance(reason, str) else ""
        return cls(tuple(rows), tuple(people), ratings, answered, reasons)

    @property
    def means(self) -> FloatArray:
        """Return the mean of each cell's known ratings, NaN where nobody knows."""
        known = ~np.isnan(self.ratings)
        count = known.sum(axis=1)
        total = np.where(known, self.ratings, 0.0).sum(axis=1)
        means: FloatArray = np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0)
        return means

    def of_criterion(self, criterion: str) -> Panel:
        """Return the part of the panel that is about one criterion."""
        return self._take(np.array([cell.criterion == criterion for cell in self.cells], dtype=bool))

    def without(self, assessor: str) -> Panel:
        """Return the panel without one assessor; a cell that only that one rated stays, unknown."""
        keep = [j for j, who in enumerate(self.assessors) if who != assessor]
        people = tuple(self.assessors[j] for j in keep)
        return Panel(self.cells, people, self.ratings[:, keep], self.answered[:, keep], self.reasons[:, keep])

    def _take(self, mask: BoolArray) -> Panel:
        """Return some cells, and the assessors who answered any of them."""
        rows = np.flatnonzero(mask)
        people = np.flatnonzero(self.answered[rows].any(axis=0))
        block = np.ix_(rows, people)
        return Panel(
            tuple(self.cells[row] for row in rows), tuple(self.assessors[j] for j in people),
            self.ratings[block], self.answered[block], self.reasons[block],
        )  # fmt: skip


def _check(cells: Sequence[Cell], values: FloatArray) -> None:
    known = ~np.isnan(values)
    wrong = np.flatnonzero(known & ~((values >= LOWEST) & (values <= HIGHEST) & (values * 2 == np.round(values * 2))))
    if wrong.size:
        cell = cells[wrong[0]]
        raise CandidateError(
            msg(
                "{candidate}, {criterion}: a rating runs from 1 to 5 in half points; {rating:g} is none.",
                candidate=cell.candidate,
                criterion=cell.criterion,
                rating=float(values[wrong[0]]),
            )
        )


# --- disagreement -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Voice:
    """What one assessor said about a cell."""

    who: str
    rating: float
    reason: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A cell on which people differ: its lowest and highest rating, and who said what, the highest first."""

    cell: Cell
    low: float
    high: float
    voices: tuple[Voice, ...]

    @property
    def range(self) -> float:
        """Return how far the two ends lie apart, in points."""
        return self.high - self.low


def disagreements(panel: Panel, limit: float = LIMIT) -> tuple[Disagreement, ...]:
    """Return the cells whose ratings lie *limit* points or more apart, the widest first; told before any mean."""
    found = []
    for i, cell in enumerate(panel.cells):
        voices = [
            Voice(who, float(panel.ratings[i, j]), str(panel.reasons[i, j]))
            for j, who in enumerate(panel.assessors)
            if not np.isnan(panel.ratings[i, j])
        ]
        voices.sort(key=lambda voice: -voice.rating)
        if len(voices) > 1 and voices[0].rating - voices[-1].rating >= max(limit, 0.5):
            found.append(Disagreement(cell, voices[-1].rating, voices[0].rating, tuple(voices)))
    return tuple(sorted(found, key=lambda each: -each.range))


# --- what the ranking takes from it -----------------------------------------------------------------------------------


def settled_values(
    panel: Panel, agreed: Mapping[Cell, float] | None = None, effects: Mapping[str, float] | None = None
) -> FloatArray:
    """Return the value of each cell: what was agreed on, else the mean of the ratings; NaN where neither is.

    *effects* (see `panel_agreement.leniency`) takes each assessor's leniency off first and keeps the result within 1
    to 5: a view that is shown beside the plain mean, never in its place.
    """
    used = panel
    if effects:
        shift = np.array([effects.get(who, 0.0) for who in panel.assessors])
        ratings = np.clip(panel.ratings - shift, LOWEST, HIGHEST)
        used = Panel(panel.cells, panel.assessors, ratings, panel.answered, panel.reasons)
    values = used.means
    for i, cell in enumerate(panel.cells):
        values[i] = (agreed or {}).get(cell, values[i])
    return values


def spreads(
    panel: Panel,
    candidates: Candidates,
    agreed: Collection[Cell] = (),
    held: Mapping[str, BoolArray] | None = None,
) -> dict[str, tuple[FloatArray, FloatArray]]:
    """Return per criterion the lowest and the highest rating of every row of *candidates*, NaN where nobody rated.

    A cell that was *agreed* on has no spread any more, nor has one that a list or an edit decided: *held* marks, per
    criterion and row, the values that come from the panel (None = every rated one).
    """
    known = ~np.isnan(panel.ratings).all(axis=1) if panel.ratings.size else np.zeros(len(panel.cells), dtype=bool)
    usable = known & np.array([cell not in agreed for cell in panel.cells], dtype=bool)
    found: dict[str, tuple[FloatArray, FloatArray]] = {}
    for i, rows in _rows(panel, candidates):
        rows = _marked(rows, panel.cells[i].criterion, held)
        if usable[i] and rows.size:
            low, high = found.setdefault(panel.cells[i].criterion, _unknown(len(candidates)))
            low[rows], high[rows] = np.nanmin(panel.ratings[i]), np.nanmax(panel.ratings[i])
    return found


def _unknown(n: int) -> tuple[FloatArray, FloatArray]:
    return np.full(n, np.nan), np.full(n, np.nan)


def _rows(panel: Panel, candidates: Candidates) -> list[tuple[int, IntArray]]:
    """Return (cell, rows of *candidates*) pairs: cells for everywhere first, so that a region's own goes over them."""
    places: dict[str, list[int]] = {}
    for row, id_ in enumerate(candidates.ids):
        places.setdefault(str(id_), []).append(row)
    regions = candidates.frame["region"].tolist() if candidates.by_region else [None] * len(candidates)
    found = []
    for i in sorted(range(len(panel.cells)), key=lambda i: panel.cells[i].region is not None):
        cell = panel.cells[i]
        rows = [row for row in places.get(cell.candidate, ()) if cell.region in (None, regions[row])]
        if rows:
            found.append((i, np.array(rows, dtype=np.int64)))
    return found


def _marked(rows: IntArray, criterion: str, held: Mapping[str, BoolArray] | None) -> IntArray:
    """Return those of *rows* whose value comes from the panel."""
    if held is None:
        return rows
    return rows[held[criterion][rows]] if criterion in held else rows[:0]


@dataclass(frozen=True, slots=True)
class WithoutOne:
    """The ranking without one assessor: ids in order; *leads* is None where nobody is ranked."""

    assessor: str
    leads: str | None
    top: tuple[str, ...]
    same_lead: bool
    same_top: bool


def without_each(
    candidates: Candidates,
    profile: Profile,
    panel: Panel,
    region: str | None = None,
    scenario: str | None = None,
    *,
    waivers: Sequence[Waiver] = (),
    held: Mapping[str, BoolArray] | None = None,
    top: int = 3,
) -> tuple[WithoutOne, ...]:
    """Return who leads and who is in the first *top* when one assessor after the other is left out.

    *candidates* are those of the ranking with everybody. *held* marks, per criterion and row, which values come from
    the panel (None = every rated one): what a list, an edit or an agreement says stays as it is.
    """
    from selection.rank import rank

    def first(source: Candidates) -> tuple[tuple[str, ...], frozenset[str]]:
        ranking = rank(source, profile, region, scenario, waivers=waivers)
        ids = [str(ranking.candidates.ids[row]) for row in ranking.ranked_rows.tolist()]
        leading = [id_ for id_, place in zip(ids, ranking.ranks.tolist(), strict=True) if place == 1]
        return tuple(ids[:top]), frozenset(leading)

    all_top, all_lead = first(candidates)
    found = []
    for who in panel.assessors:
        names, lead = first(with_means(candidates, panel.without(who), held))
        same = (lead == all_lead, set(names) == set(all_top))
        found.append(WithoutOne(who, names[0] if names else None, names, *same))
    return tuple(found)


def with_means(candidates: Candidates, panel: Panel, held: Mapping[str, BoolArray] | None = None) -> Candidates:
    """Return *candidates* with the means of *panel* in every rated cell (that *held* marks)."""
    frame, means = candidates.frame.copy(deep=False), panel.means
    columns: dict[str, FloatArray] = {}
    for i, rows in _rows(panel, candidates):
        criterion = panel.cells[i].criterion
        if criterion not in frame.columns:
            continue
        rows = _marked(rows, criterion, held)
        column = columns.setdefault(criterion, frame[criterion].to_numpy(dtype=np.float64, copy=True))
        column[rows] = means[i]
    for criterion, column in columns.items():
        frame[criterion] = column
    return Candidates(
        frame, candidates.regions, candidates.not_applicable, candidates.levels, candidates.sources, candidates.dates,
        candidates.as_of,
    )  # fmt: skip
