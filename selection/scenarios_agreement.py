"""How far the weighting scenarios agree on the first three, and which criterion makes them differ."""

from __future__ import annotations

from typing import Any

import numpy as np

from criteria.curves import IDEAL, QUALIFIED
from criteria.model import SCENARIO_TITLES
from criteria.text import Message, msg
from selection.model import IntArray
from selection.scenarios import TOP, Comparison
from selection.values import readings


def agreement_sentence(comparison: Comparison) -> Message | None:
    """Return how far the scenarios agree on the first three, on whom they differ and because of which criterion.

    None where there is nothing to compare: fewer than two scenarios, or fewer than two qualified candidates.
    """
    scenarios, count = len(comparison.names), min(TOP, len(comparison.rows))
    if scenarios < 2 or len(comparison.rows) < 2:
        return None
    inside = comparison.ranks <= count
    always, sometimes = inside.all(axis=1), inside.any(axis=1) & ~inside.all(axis=1)
    facts: dict[str, Any] = {"scenarios": scenarios, "agreed": int(always.sum()), "places": count}
    if not sometimes.any():
        if (comparison.ranks[always] == comparison.ranks[always][:, :1]).all():
            return msg("All {scenarios} scenarios agree on the first {places}, and on their order.", **facts)
        return msg("All {scenarios} scenarios agree on the first {places}; only their order differs.", **facts)
    position = _most_moved(comparison, np.flatnonzero(sometimes))
    name = str(comparison.screening.candidates.names[comparison.rows[position]])
    cause, best, worst = _cause(comparison, position)
    facts |= {
        "name": name,
        "criterion": comparison.screening.profile.criteria[cause].title,
        "best": int(comparison.ranks[position, best]),
        "worst": int(comparison.ranks[position, worst]),
        "best_scenario": _title(comparison.names[best]),
        "worst_scenario": _title(comparison.names[worst]),
    }
    if not facts["agreed"]:
        return msg(
            "No candidate is among the first {places} in all {scenarios} scenarios. They differ most on {name} "
            "(number {best} under {best_scenario}, {worst} under {worst_scenario}), because of {criterion}.",
            **facts,
        )
    return msg(
        "All {scenarios} scenarios agree on {agreed} of the first {places}. They differ on {name} "
        "(number {best} under {best_scenario}, {worst} under {worst_scenario}), because of {criterion}.",
        **facts,
    )


def _title(name: str) -> Message | str:
    return SCENARIO_TITLES.get(name, name)


def _most_moved(comparison: Comparison, positions: IntArray) -> int:
    """Return the candidate whose rank differs most between scenarios; of equals the better one."""
    ranks = comparison.ranks[positions]
    order = sorted(range(len(positions)), key=lambda i: (-int(np.ptp(ranks[i])), int(ranks[i].min()), i))
    return int(positions[order[0]])


def _cause(comparison: Comparison, position: int) -> tuple[int, int, int]:
    """Return the criterion that moves a candidate most, and the scenarios in which it stands best and worst.

    Compared with who takes its place in the worse scenario: change of weight x difference of values, which sums over
    the criteria to the change of the lead (where every criterion applies to both).
    """
    ranks = comparison.ranks[position]
    best, worst = int(np.argmin(ranks)), int(np.argmax(ranks))
    behind, ahead = comparison.ranks[:, best] > ranks[best], comparison.ranks[:, worst] < ranks[worst]
    rivals = np.flatnonzero(behind & ahead)
    rival = int(min(rivals, key=lambda i: comparison.ranks[i, worst])) if rivals.size else position
    pair = comparison.screening.candidates.take(comparison.rows[[position, rival]])
    found = readings(pair, comparison.screening.profile)
    values = found.low + IDEAL / 2 * found.unknown
    shift = comparison.weights[:, best] - comparison.weights[:, worst]
    gain = shift * (values[0] - values[1] if rivals.size else values[0] - QUALIFIED)
    return int(np.argmax(gain)), best, worst
