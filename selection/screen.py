"""Who qualifies: every must-have gives every candidate a verdict, with the value, the limit and a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from criteria.checks import nearest
from criteria.curves import FloatArray
from criteria.errors import RunError
from criteria.model import Criterion, Gate, Profile
from criteria.regions import fold_region, region_names, serves
from criteria.text import LocalText, Message, msg, pmsg
from selection.model import FAIL, PASS, PENDING, WAIVED, Candidates, Failure, IntArray, Waiver, as_waivers
from selection.values import reading

NEAR_MISS_VALUE = 40.0
"""A candidate that fails one gate only is a near miss from this value (0..100) on that criterion."""

Codes = NDArray[np.int8]
REGION_UNKNOWN = "region"
"""How an unknown region is named among what is to be verified."""


@dataclass(frozen=True, slots=True, eq=False)
class GateColumn:
    """One must-have and what it says of each row: PASS, WAIVED, PENDING or FAIL.

    *worst* and *best* are the figures that were compared: raw, or 0..100 for categories and composites.
    """

    criterion: Criterion
    gate: Gate
    codes: Codes
    worst: FloatArray
    best: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Screening:
    """The verdict on each candidate of a region, and every gate's own answer."""

    candidates: Candidates
    profile: Profile
    region: str | None
    verdicts: Codes
    gates: tuple[GateColumn, ...]
    region_unknown: NDArray[np.bool_]

    def rows(self, *verdicts: int) -> IntArray:
        """Return the rows that have one of *verdicts*."""
        wanted = np.zeros(FAIL + 1, dtype=bool)
        wanted[list(verdicts)] = True
        return np.flatnonzero(wanted[self.verdicts])

    def unknown(self, row: int) -> tuple[str, ...]:
        """Return what must be verified before *row* can pass: criterion ids, and "region" where that is unknown."""
        names = [REGION_UNKNOWN] if self.region_unknown[row] else []
        names += [column.criterion.id for column in self.gates if column.codes[row] == PENDING]
        return tuple(dict.fromkeys(names))

    def waived(self, row: int) -> tuple[str, ...]:
        """Return the criteria whose must-have was waived for *row*."""
        return tuple(dict.fromkeys(c.criterion.id for c in self.gates if c.codes[row] == WAIVED))

    def failures(self, row: int) -> tuple[Failure, ...]:
        """Return every must-have that *row* does not meet."""
        return tuple(failure(self.candidates, column, row) for column in self.gates if column.codes[row] == FAIL)

    def near_miss(self, row: int) -> bool:
        """Tell whether *row* fails exactly one gate, with a value of at least 40 on that criterion."""
        failing = [column for column in self.gates if column.codes[row] == FAIL]
        if len(failing) != 1:
            return False
        column = failing[0]
        figures = [column.worst[row], column.best[row]]
        values = figures if column.criterion.is_category else column.criterion.value(figures)
        return bool(np.round(min(values), 8) >= NEAR_MISS_VALUE)

    def to_dict(self, language: str = "en") -> dict[str, list[dict[str, Any]]]:
        """Return `{passed, eliminated, pending}` in plain values."""
        return {
            "passed": [{**self._head(r), "waived": list(self.waived(r))} for r in self.rows(PASS, WAIVED).tolist()],
            "eliminated": [
                {
                    **self._head(r),
                    "near_miss": self.near_miss(r),
                    "failed": [item.to_dict(language) for item in self.failures(r)],
                }
                for r in self.rows(FAIL).tolist()
            ],
            "pending": [{**self._head(r), "unknown": list(self.unknown(r))} for r in self.rows(PENDING).tolist()],
        }

    def _head(self, row: int) -> dict[str, Any]:
        head = {"id": self.candidates.ids[row], "name": self.candidates.names[row]}
        return head | ({"region": self.candidates.frame["region"].iat[row]} if self.candidates.by_region else {})


def screen(
    candidates: Candidates,
    profile: Profile,
    region: str | None = None,
    stage: str | None = None,
    waivers: Sequence[Waiver | Mapping[str, Any]] = (),
) -> Screening:
    """Return the verdict of every must-have on every candidate that serves *region* (None: on every row).

    Raise RunError for an unknown region or stage, a region that nobody serves, or a waiver that is not possible.
    """
    given = as_waivers(waivers)
    region = known_region(candidates, profile, region)
    check_waivers(given, candidates, profile, region)
    rows, unknown = _in_region(candidates, profile, region)
    chosen = candidates if rows is None else candidates.take(rows)
    local = profile.for_region(region).for_stage(stage)
    verdicts = np.where(unknown, PENDING, PASS).astype(np.int8)
    columns = []
    for criterion in local.criteria:
        for gate in criterion.gates:
            column = _gate_column(chosen, local, criterion, gate)
            _waive(column, chosen, given, region)
            np.maximum(verdicts, column.codes, out=verdicts)
            columns.append(column)
    return Screening(chosen, local, region, verdicts, tuple(columns), unknown)


def known_region(candidates: Candidates, profile: Profile, region: str | None) -> str | None:
    """Return *region* as the profile or the candidates write it; raise RunError where neither knows it."""
    if region is None:
        return None
    known = tuple(dict.fromkeys([*region_names(profile), *candidates.known_regions()]))
    found = next((name for name in known if fold_region(name) == fold_region(region)), None)
    if found is not None:
        return found
    if not known:
        raise RunError(
            msg(
                "There is no region “{region}”: neither the standard nor the candidates name any region.",
                region=region,
            )
        )
    close = nearest(region, known)
    shown = ", ".join(known[:40])
    if close is not None:
        raise RunError(
            msg(
                "There is no region “{region}”. Did you mean “{close}”? Known are: {known}.",
                region=region,
                close=close,
                known=shown,
            )
        )
    raise RunError(msg("There is no region “{region}”. Known are: {known}.", region=region, known=shown))


def _in_region(
    candidates: Candidates, profile: Profile, region: str | None
) -> tuple[IntArray | None, NDArray[np.bool_]]:
    """Return the rows that serve, or may serve, *region* (None = all rows) and which of them are uncertain."""
    if region is None or candidates.regions is None:
        return None, np.zeros(len(candidates), dtype=bool)
    wanted = serves(profile, region)
    memory: dict[tuple[str, ...], bool] = {}
    for names in candidates.regions:
        if names not in memory:
            memory[names] = not names or any(fold_region(name) in wanted for name in names)
    rows = np.flatnonzero([memory[names] for names in candidates.regions])
    if not rows.size:
        raise RunError(
            msg(
                "No candidate serves “{region}”. Add candidates for it, or correct their regions.",
                region=region,
            )
        )
    return rows, np.array([not candidates.regions[row] for row in rows], dtype=bool)


def _gate_column(candidates: Candidates, profile: Profile, criterion: Criterion, gate: Gate) -> GateColumn:
    """Return what *gate* says of each row before waivers."""
    lower, upper = criterion.bounds(gate)
    worst, best = gate_figures(candidates, profile, criterion)
    codes = np.full(len(candidates), PENDING, dtype=np.int8)
    codes[(worst >= lower) & (best <= upper)] = PASS
    codes[(best < lower) | (worst > upper)] = FAIL
    if gate.min_level is not None and criterion.id in candidates.levels:
        codes[(codes == PASS) & (candidates.levels[criterion.id] < gate.min_level)] = PENDING
    applies = candidates.is_applicable(criterion.id)
    if applies is not None:
        codes[~applies] = PASS
    return GateColumn(criterion, gate, codes, worst, best)


def gate_figures(candidates: Candidates, profile: Profile, criterion: Criterion) -> tuple[FloatArray, FloatArray]:
    """Return the worst and best figure that a gate compares, per row: raw, or 0..100 for categories and composites."""
    if criterion.composite is not None:
        low, unknown = reading(candidates, profile, criterion)
        high = low if unknown is None else low + 100 * unknown
        return np.round(low, 8), np.round(high, 8)
    raw = candidates.column(criterion)
    figures = criterion.value(raw) if criterion.is_category else raw
    return figures, figures


def check_waivers(
    waivers: Sequence[Waiver], candidates: Candidates, profile: Profile, region: str | None = None
) -> None:
    """Raise RunError for a waiver that names nobody, no must-have, a hard one, or has no name or reason.

    A waiver without a region may be for a must-have of the run's *region*, of the global standard or of any region.
    """
    known = set(candidates.ids) if waivers else set()
    for waiver in waivers:
        where = msg("Waiver for “{id}”, criterion “{criterion}”", id=waiver.id, criterion=waiver.criterion)
        if waiver.id not in known:
            raise RunError(msg("{where}: there is no such candidate.", where=where))
        profile.criterion(waiver.criterion)
        if not waiver.by.strip() or not waiver.reason.strip():
            raise RunError(msg("{where}: say who waives it and why.", where=where))
        own = known_region(candidates, profile, waiver.region or None)
        places = [region, None, *region_names(profile)] if own is None else [own]
        found = (profile.for_region(place).criterion(waiver.criterion).gates for place in places)
        gates = next((gates for gates in found if gates), ())
        if not gates:
            raise RunError(msg("{where}: it is not a must-have, so there is nothing to waive.", where=where))
        if all(gate.kind == "hard" for gate in gates):
            raise RunError(msg("{where}: this must-have is hard and cannot be waived.", where=where))


def _waive(column: GateColumn, candidates: Candidates, waivers: Sequence[Waiver], region: str | None) -> None:
    """Mark the rows whose conditional gate is waived in this region."""
    codes = column.codes
    for waiver in waivers:
        if waiver.criterion != column.criterion.id or column.gate.kind == "hard":
            continue
        if (
            waiver.region
            and not candidates.by_region
            and (region is None or fold_region(waiver.region) != fold_region(region))
        ):
            continue
        here = candidates.ids == waiver.id
        if waiver.region and candidates.by_region:
            wanted = fold_region(waiver.region)
            here &= np.array([bool(name) and fold_region(name) == wanted for name in candidates.frame["region"]])
        codes[here & np.isin(codes, (FAIL, PENDING))] = WAIVED


def number(value: float, digits: int = 6) -> str:
    """Return *value* as people write it: no needless zeros, *digits* significant digits below a million.

    >>> number(3.0), number(2.333333333), number(20369.0), number(-0.5), number(1e-7)
    ('3', '2.33333', '20369', '-0.5', '0.0000001')
    """
    if not np.isfinite(value):
        return "∞" if value > 0 else "-∞" if value < 0 else "?"
    if abs(value) >= 1e15:
        return f"{value:.6g}"
    text = f"{value:.{digits if abs(value) < 1e6 else max(digits, 15)}g}"
    return f"{Decimal(text):f}" if "e" in text and abs(value) > 1e-12 else text


def _digits(value: float, limit: float) -> int:
    """Return how many digits tell *value* from *limit*, so that no sentence says "3; it must be at least 3"."""
    return next((digits for digits in range(6, 17) if number(value, digits) != number(limit, digits)), 17)


def quantity(value: float | str, criterion: Criterion, digits: int = 6) -> Message | str | LocalText:
    """Return a raw value with its unit; a rating reads "3 of 5", a level by its title."""
    if isinstance(value, str):
        level = (criterion.levels or {}).get(value)
        return level.title if level is not None and level.title is not None else value
    if criterion.kind == "judged":
        # The mean of a panel reads 3.67; more digits only where a limit would look the same.
        return msg("{value} of 5", value=number(value, digits if digits > 6 else 3))
    if criterion.unit is None or not any(criterion.unit.texts.values()):
        return number(value, digits)
    return pmsg("value with unit", "{value} {unit}", value=number(value, digits), unit=criterion.unit)


def failure(candidates: Candidates, column: GateColumn, row: int) -> Failure:
    """Return by how much *row* misses a must-have; for a category the shortfall is in points of the 0..100 scale."""
    criterion, gate = column.criterion, column.gate
    lower, upper = criterion.bounds(gate)
    too_low = bool(column.best[row] < lower)
    value, limit = (float(column.best[row]), lower) if too_low else (float(column.worst[row]), upper)
    shortfall = abs(limit - value)
    if criterion.is_category:
        return _level_failure(str(candidates.column(criterion)[row]), criterion, gate, shortfall, limit)
    digits = _digits(value, limit)
    facts = {
        "criterion": criterion.title,
        "value": quantity(value, criterion, digits),
        "limit": quantity(limit, criterion, digits),
        "shortfall": quantity(shortfall, criterion) if criterion.kind != "judged" else number(shortfall),
    }
    if too_low:
        sentence = msg("{criterion}: {value}; it must be at least {limit}, short by {shortfall}.", **facts)
    else:
        sentence = msg("{criterion}: {value}; it must be at most {limit}, over by {shortfall}.", **facts)
    return Failure(criterion.id, gate.kind, value, limit, shortfall, sentence)


def _level_failure(level: str, criterion: Criterion, gate: Gate, shortfall: float, limit: float) -> Failure:
    enough = [key for key, item in (criterion.levels or {}).items() if item.value is not None and item.value >= limit]
    sentence = msg(
        "{criterion}: “{value}”; it must be “{limit}”.",
        criterion=criterion.title,
        value=quantity(level, criterion),
        limit=quantity(enough[0], criterion) if len(enough) == 1 else ", ".join(enough),
    )
    return Failure(criterion.id, gate.kind, level, ", ".join(enough), shortfall, sentence)


def with_limit(profile: Profile, criterion_id: str, limit: float) -> Profile:
    """Return the profile with the conditional limit of one must-have moved, for "what if it were ...?"."""
    changed = []
    for criterion in profile.criteria:
        if criterion.id == criterion_id:
            gates = tuple(
                g.model_copy(update={"limit": limit}) if _movable(criterion, g) else g for g in criterion.gate
            )
            criterion = criterion.model_copy(update={"gate": gates})
        changed.append(criterion)
    return profile.changed(criteria=tuple(changed))


def _movable(criterion: Criterion, gate: Gate) -> bool:
    return gate.kind == "conditional" or all(other.kind == "hard" for other in criterion.gate)


def funnel(screening: Screening, all_rows: int) -> Mapping[str, int]:
    """Return the counts of the funnel: everybody, those who serve the region, and the three verdicts."""
    return {
        "candidates": all_rows,
        "in_region": len(screening.candidates),
        "qualified": int(screening.rows(PASS, WAIVED).size),
        "pending": int(screening.rows(PENDING).size),
        "eliminated": int(screening.rows(FAIL).size),
    }
