"""Where everything stands in the workbook: the addresses that its formulas use."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from criteria.model import Criterion, Profile
from data.writers.words import SHEETS, sheet_title
from data.writers.workbook.pen import cell, on, span
from selection.model import IntArray
from selection.rank import Ranking
from selection.values import Readings, readings

LIVE_LIMIT = 2_000
"""Above this many candidates the formulas, whose number of comparisons grows with the square, are left out."""

# columns of the calculation sheet
(
    ID, NAME, REGION, VERDICT, NOTE, POSITION, RANK, TIED, SCORE, LOW, HIGH, KNOWN, BEST, WORST, BASE, OPEN, APPLY,
    BLOCK,
) = range(18)  # fmt: skip
SHARE_ROW, CALC_HEADER, CALC_FIRST = 1, 2, 3
# the sheet of criteria and weights
WEIGHTS_HEADER, WEIGHTS_FIRST = 4, 5
WEIGHT, COUNTED, SHARE, EXPORTED = 4, 5, 6, 7


@dataclass(frozen=True)
class Plan:
    """A ranking and the places of its figures; *live* tells whether formulas are written."""

    ranking: Ranking
    language: str
    live: bool
    options: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Return the name of each sheet, no two the same."""
        titles: dict[str, str] = {}
        for key, message in SHEETS.items():
            title = sheet_title(key, self.language)
            taken = {other.casefold() for other in titles.values()}
            titles[key] = message.code if title.casefold() in taken else title
        return titles

    @cached_property
    def ids(self) -> list[str]:
        """Return the ids of all rows."""
        return list(self.ranking.candidates.ids)

    @cached_property
    def names(self) -> list[str]:
        """Return the names of all rows."""
        return list(self.ranking.candidates.names)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Return the criteria in the order of the standard."""
        return self.ranking.profile.criteria

    @cached_property
    def groups(self) -> tuple[IntArray, IntArray, IntArray]:
        """Return the rows of the ranked, the pending and the eliminated, each by id, as the calculation lists them."""
        candidates = self.ranking.candidates
        ids = candidates.ids
        regions = candidates.frame["region"].to_numpy(dtype=object) if candidates.by_region else ids

        def by_id(rows: IntArray) -> IntArray:
            return np.array(sorted(rows.tolist(), key=lambda row: (ids[row], str(regions[row]))), dtype=np.int64)

        return (
            by_id(self.ranking.ranked_rows),
            by_id(self.ranking.pending_rows),
            by_id(self.ranking.eliminated_rows),
        )

    @cached_property
    def rows(self) -> IntArray:
        """Return all rows in the order of the calculation sheet."""
        return np.concatenate(self.groups)

    @cached_property
    def line_of(self) -> dict[int, int]:
        """Return the line of the calculation sheet on which each row of candidates stands."""
        return {row: CALC_FIRST + offset for offset, row in enumerate(self.rows.tolist())}

    @cached_property
    def readings(self) -> Readings:
        """Return values, unknown shares and what applies, in the order of the calculation sheet."""
        return readings(self.ranking.candidates.take(self.rows), self.ranking.profile)

    def calc(self, line: int, column: int) -> str:
        """Return the address of a figure of the calculation, seen from another sheet."""
        return on(self.titles["calculation"], cell(line, column))

    def calc_range(self, column: int, group: int) -> str:
        """Return the address of a column of the calculation for one group, seen from another sheet."""
        first, last = self.lines(group)
        return on(self.titles["calculation"], span(first, column, last, column))

    def lines(self, group: int) -> tuple[int, int]:
        """Return the first and last line of a group (0 ranked, 1 pending, 2 eliminated) on the calculation sheet."""
        start = CALC_FIRST + sum(len(rows) for rows in self.groups[:group])
        return start, start + len(self.groups[group]) - 1

    @property
    def total_line(self) -> int:
        """Return the line of the sum of weights on the sheet of criteria."""
        return WEIGHTS_FIRST + len(self.criteria)

    @property
    def weight_sum(self) -> str:
        """Return the address of the sum of the weights that count, seen from another sheet."""
        return on(self.titles["criteria"], cell(self.total_line, COUNTED))

    @property
    def minimum_total(self) -> str:
        """Return the address of the cut line of the ranking, seen from another sheet."""
        return on(self.titles["criteria"], cell(self.total_line + 2, WEIGHT))

    def weight(self, index: int) -> str:
        """Return the address of the weight cell of one criterion, seen from another sheet."""
        return on(self.titles["criteria"], cell(WEIGHTS_FIRST + index, COUNTED))

    def share(self, index: int) -> str:
        """Return the address of the share of the weight of one criterion, seen from another sheet."""
        return on(self.titles["criteria"], cell(WEIGHTS_FIRST + index, SHARE))


def weight_points(profile: Profile, scenario: str) -> list[float]:
    """Return the weights of a scenario as they are written in the standard, one per criterion."""
    if not profile.scenarios:
        return [1.0 if criterion.is_scored else 0.0 for criterion in profile.criteria]
    points = profile.scenarios[scenario]
    return [points.get(criterion.id, 0.0) for criterion in profile.criteria]


def weight_names(ids: list[str]) -> list[str]:
    """Return the name of each criterion's weight cell: `w_` and its id, with _ for what a name cannot hold.

    >>> weight_names(["operating_years", "on time %", "On-time %"])
    ['w_operating_years', 'w_on_time__', 'w_On_time___2']
    """
    names: list[str] = []
    taken: set[str] = set()
    for identity in ids:
        base = "w_" + re.sub(
            r"[^A-Za-z0-9_.\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]",
            "_",
            identity,
        )
        name, count = base, 1
        while _folded(name) in taken:
            count += 1
            name = f"{base}_{count}"
        taken.add(_folded(name))
        names.append(name)
    return names


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
