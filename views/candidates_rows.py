"""The rows that the tables of this page show: who each is, what holds, and the number of what an edit is based on."""

from __future__ import annotations

import math
from dataclasses import dataclass

from criteria import Profile
from data.store import NOT_APPLICABLE, CandidateRecord, StoredCandidates, Value
from views.context import Context


@dataclass(frozen=True, slots=True)
class Rows:
    """One row per candidate, or per candidate and region where a value was given for one region."""

    stored: StoredCandidates
    records: tuple[CandidateRecord, ...]
    regions: tuple[str | None, ...]
    people: tuple[CandidateRecord, ...]

    def __len__(self) -> int:
        return len(self.records)

    @property
    def by_region(self) -> bool:
        """Tell whether each row is one candidate in one region."""
        return "region" in self.stored.frame.columns

    def value(self, row: int, criterion: str) -> Value:
        """Return what holds, None where it is unknown."""
        if criterion in self.stored.not_applicable and self.stored.not_applicable[criterion][row]:
            return NOT_APPLICABLE
        if criterion not in self.stored.frame.columns:
            return None
        value = self.stored.frame[criterion].iat[row]
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return None
        return value if isinstance(value, str) else float(value)

    def sequence(self, row: int, criterion: str) -> int:
        """Return the number of the observation that holds, 0 where there is none."""
        found = self.stored.sequences.get(criterion)
        return 0 if found is None else int(found[row])

    def origin(self, row: int, criterion: str) -> str | None:
        """Return where the value that holds comes from: import, edit, rating or agreed; None where there is none."""
        found = self.stored.origins.get(criterion)
        return None if found is None else found[row]

    def known_share(self, profile: Profile) -> float:
        """Return which share of the values of *profile* is known, 0 to 1."""
        names = [criterion.id for criterion in profile.criteria if criterion.is_scored]
        if not names or not len(self):
            return 0.0
        known = sum(int(self.stored.frame[name].notna().sum()) for name in names if name in self.stored.frame)
        known += sum(
            int(self.stored.not_applicable[name].sum()) for name in names if name in self.stored.not_applicable
        )
        return known / (len(names) * len(self))

    def rows_of(self, candidate: str) -> list[int]:
        """Return the rows of one candidate."""
        return [row for row, record in enumerate(self.records) if record.id == candidate]


def rows_of(ctx: Context) -> Rows:
    """Return the rows of the open project as they hold now."""
    stored = ctx.store.candidates_frame(ctx.project.id)
    people = ctx.store.candidates(ctx.project.id)
    by_id = {record.id: record for record in people}
    records = tuple(
        by_id.get(key) or CandidateRecord(key, name, None, "", False, False)  # put away between the two readings
        for key, name in zip(stored.frame["id"], stored.frame["name"], strict=True)
    )
    if "region" in stored.frame.columns:
        regions: tuple[str | None, ...] = tuple(stored.frame["region"])
    else:
        regions = tuple(record.regions for record in records)
    return Rows(stored, records, regions, people)


def edited_region(ctx: Context, rows: Rows, row: int, criterion: str) -> str | None:
    """Return the region that an edit of one value belongs to: that of the value it replaces, else everywhere."""
    sequence = rows.sequence(row, criterion)
    if not sequence or not rows.by_region:
        return None
    history = ctx.store.history(ctx.project.id, rows.records[row].id, criterion)
    return next((each.region for each in history if each.sequence == sequence), None)
