"""A must-have's limit swept: at which values somebody comes in or falls out, and what the ranking is there.

A limit leaves every total and moves who is ranked. Every step is a ranking with that limit (`selection.threshold`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from criteria.curves import FloatArray
from criteria.text import Message, msg, plural
from selection.departure import label, listed
from selection.model import FAIL, WAIVED
from selection.rank import Ranking
from selection.robustness.changes import ranked_position, require_totals
from selection.screen import quantity
from selection.threshold import Dial, dials, move_limit

MOST_STEPS = 12
"""Steps of a sweep: more of them are read by nobody."""
NAMED = 3


@dataclass(frozen=True, slots=True)
class SweepStep:
    """A must-have at *limit* (raw units): who comes in or falls out, as rows, the highest total first.

    *places* holds the rank of each who comes in qualified; who has something to verify has none. *first* leads then.
    """

    criterion: str
    limit: float
    came_in: tuple[int, ...]
    fell_out: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    first: int | None
    sentence: Message


def sweep(ranking: Ranking, criterion_id: str, limits: Sequence[float] | None = None) -> tuple[SweepStep, ...]:
    """Return what moving one waivable limit does, step by step, the step nearest to the present limit first.

    *limits* None = where somebody comes in or falls out, at most MOST_STEPS, each as a round number. Empty where the
    criterion has no limit that can be moved.
    """
    require_totals(ranking)
    dial = next((dial for dial in dials(ranking) if dial.criterion.id == criterion_id), None)
    if dial is None:
        return ()
    chosen = limits_of_interest(ranking, dial) if limits is None else limits
    steps = [_step(ranking, dial, limit) for limit in chosen]
    return tuple(step for step in steps if limits is not None or step.came_in or step.fell_out)


def _step(ranking: Ranking, dial: Dial, limit: float) -> SweepStep:
    moved = move_limit(ranking, dial.criterion.id, limit)
    after = moved.ranking
    positions = ((row, ranked_position(after.ranked_rows, row)) for row in moved.came_in.tolist())
    places = tuple((row, int(after.ranks[at])) for row, at in positions if at is not None)
    first = int(after.ranked_rows[0]) if len(after.ranked_rows) else None
    came, fell = tuple(moved.came_in.tolist()), tuple(moved.fell_out.tolist())
    return SweepStep(
        dial.criterion.id, float(limit), came, fell, places, first,
        _step_sentence(ranking, dial, limit, (came, fell, places), first),
    )  # fmt: skip


def limits_of_interest(ranking: Ranking, dial: Dial, most: int = MOST_STEPS) -> tuple[float, ...]:
    """Return the limits at which somebody comes in or falls out, as round as they can be, the nearest first."""
    sign = dial.criterion.scale.direction if dial.criterion.scale is not None else 1
    values, limit = _figures(ranking, dial) * sign, dial.limit * sign
    low, high = sorted((dial.lowest * sign, dial.highest * sign))
    values = np.unique(values[(values >= low) & (values <= high)])
    looser, tighter = values[values < limit], values[values >= limit]
    # Loosened to anything above the next value below, the same candidates come in; tightened likewise.
    down = [_round_between(below, value, dial, -1) for below, value in zip([low, *looser[:-1]], looser, strict=False)]
    up = [_round_between(value, above, dial, 1) for value, above in zip(tighter, [*tighter[1:], high], strict=False)]
    found = sorted({*down, *up} - {limit}, key=lambda one: (abs(one - limit), one))
    return tuple(one * sign for one in found[:most])


def _figures(ranking: Ranking, dial: Dial) -> FloatArray:
    """Return the figures that the limit is compared with, of those who do not fail another must-have."""
    screening = ranking.screening
    column = next(c for c in screening.gates if c.criterion.id == dial.criterion.id and c.gate.kind == "conditional")
    elsewhere = np.zeros(len(screening.candidates), dtype=bool)
    for other in screening.gates:
        if not (other.criterion.id == dial.criterion.id and other.gate.kind == column.gate.kind):  # moved together
            elsewhere |= other.codes == FAIL
    here = ~elsewhere & (column.codes != WAIVED)
    figures = column.best[here]  # of a composite with open parts the best case decides who is out
    return np.asarray(figures[np.isfinite(figures)], dtype=np.float64)


def _round_between(above: float, most: float, dial: Dial, towards: int) -> float:
    """Return the roundest number above *above* and at most *most*; half points for a rating."""
    if dial.criterion.kind == "judged":
        half = math.floor(2 * most) / 2 if towards < 0 else (math.floor(2 * above) + 1) / 2
        return half if above < half <= most else most
    return roundest(above, most, towards)


def roundest(above: float, most: float, towards: int) -> float:
    """Return the roundest number greater than *above* and at most *most*: the largest (-1) or smallest (+1) of those.

    >>> roundest(4.2, 5.7, -1), roundest(1_180_000, 1_260_000, -1), roundest(2.5, 2.8, -1), roundest(3, 3, -1)
    (5.0, 1200000.0, 2.8, 3)
    >>> roundest(6.0, 9.0, 1), roundest(-3.0, -1.0, 1), roundest(0.0, 100.0, 1)
    (7.0, -2.0, 100.0)
    """
    if not above < most:
        return most
    exponent = math.ceil(math.log10(max(abs(above), abs(most), most - above)))
    for power in range(exponent, exponent - 17, -1):
        size = 10.0**power
        steps = math.floor(round(most / size, 9)) if towards < 0 else math.floor(round(above / size, 9)) + 1
        found = float(f"{steps * size:.15g}")
        if above < found <= most:
            return found
    return most


def _step_sentence(
    ranking: Ranking,
    dial: Dial,
    limit: float,
    moves: tuple[tuple[int, ...], tuple[int, ...], tuple[tuple[int, int], ...]],
    first: int | None,
) -> Message:
    came, fell, places = moves
    facts: dict[str, Any]
    facts = {"limit": quantity(float(limit), dial.criterion), "present": quantity(dial.limit, dial.criterion)}
    if came and fell:
        return msg(
            "At {limit} instead of {present}, {came} would come in and {fell} would fall out.",
            came=len(came), fell=len(fell), **facts,
        )  # fmt: skip
    if fell:
        return _falling(ranking, fell, first, facts)
    if not came:
        return msg("At {limit} instead of {present} nobody comes in and nobody falls out.", **facts)
    return _coming(ranking, came, places, facts)


def _falling(ranking: Ranking, fell: tuple[int, ...], first: int | None, facts: dict[str, Any]) -> Message:
    """Return who falls out; the leader is named first, with who would lead then."""
    facts = facts | {"names": listed([label(ranking, row) for row in fell[:NAMED]])}
    if first is not None and len(ranking.ranked_rows) and ranking.ranked_rows[0] in fell:
        facts |= {"leader": label(ranking, int(ranking.ranked_rows[0])), "next": label(ranking, first)}
        return plural(
            "At {limit} instead of {present} {leader} falls out, and {next} would lead.",
            "At {limit} instead of {present} {n} fall out, {leader} too, and {next} would lead.",
            len(fell), **facts,
        )  # fmt: skip
    if len(fell) > NAMED:
        return msg("At {limit} instead of {present} {n} fall out, among them {names}.", n=len(fell), **facts)
    return plural(
        "At {limit} instead of {present} {n} falls out: {names}.",
        "At {limit} instead of {present} {n} fall out: {names}.",
        len(fell), **facts,
    )  # fmt: skip


def _coming(
    ranking: Ranking, came: tuple[int, ...], places: tuple[tuple[int, int], ...], facts: dict[str, Any]
) -> Message:
    if not places:
        return plural(
            "At {limit} instead of {present} {n} more comes in, with something still to verify.",
            "At {limit} instead of {present} {n} more come in, all with something still to verify.",
            len(came), **facts,
        )  # fmt: skip
    row, place = min(places, key=lambda pair: pair[1])
    facts = facts | {"name": label(ranking, row), "rank": place}
    if len(places) == 1:
        return msg("At {limit} instead of {present} {name} qualifies and would be number {rank}.", **facts)
    return plural(
        "At {limit} instead of {present} {n} more qualifies; the best of them, {name}, would be number {rank}.",
        "At {limit} instead of {present} {n} more qualify; the best of them, {name}, would be number {rank}.",
        len(places), **facts,
    )  # fmt: skip
