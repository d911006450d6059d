"""How the order holds when one thing is taken away or moved: a criterion, the scenario, or a must-have's limit.

Must-haves do not depend on weights, so the ranked rows stay the same and only their totals move.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from criteria.curves import FloatArray
from criteria.text import Message, msg, plural
from selection.departure import label, listed
from selection.model import IntArray
from selection.rank import Ranking
from selection.robustness.changes import require_totals
from selection.robustness.sweep import SweepStep, sweep
from selection.scenarios import TOP, column_ranks, scenario_weights
from selection.values import readings


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """The order without one criterion: *first* leads then, *ranks* belong to the ranking's `ranked_rows`.

    *lead_changes* = others than now share the first rank; *came_in* and *fell_out* are rows of the first k.
    """

    criterion: str
    first: int
    ranks: IntArray
    lead_changes: bool
    came_in: tuple[int, ...]
    fell_out: tuple[int, ...]

    @property
    def top_changes(self) -> bool:
        """Tell whether other candidates are among the first k."""
        return bool(self.came_in or self.fell_out)


def leave_one_out(ranking: Ranking, k: int = TOP) -> tuple[LeftOut, ...]:
    """Return the order without each criterion that counts, the others in proportion; in the standard's order.

    Empty where fewer than two criteria count or nobody is ranked.
    """
    require_totals(ranking)
    used = np.flatnonzero(ranking.weights > 0)
    if len(used) < 2 or not len(ranking.ranked_rows):
        return ()
    without = np.tile(ranking.weights[:, None], len(used))
    without[used, np.arange(len(used))] = 0.0
    ranks = _ranks(ranking, without / without.sum(axis=0))
    return tuple(
        _left_out(ranking, ranking.profile.criteria[j].id, ranks[:, i], k) for i, j in enumerate(used.tolist())
    )


def _ranks(ranking: Ranking, weights: FloatArray) -> IntArray:
    """Return the rank of every ranked row (n x s) under weights of shape m x s."""
    found = readings(ranking.candidates.take(ranking.ranked_rows), ranking.profile)
    return column_ranks(found.totals(weights).score)


def _left_out(ranking: Ranking, criterion: str, ranks: IntArray, k: int) -> LeftOut:
    rows = ranking.ranked_rows
    inside, before = ranks <= k, ranking.ranks <= k
    # Of equals the one that leads now comes first, as `ranked_rows` has it.
    return LeftOut(
        criterion, int(rows[np.argmin(ranks)]), ranks, bool(((ranks == 1) != (ranking.ranks == 1)).any()),
        tuple(rows[inside & ~before].tolist()), tuple(rows[before & ~inside].tolist()),
    )  # fmt: skip


def leave_out_sentence(ranking: Ranking, found: tuple[LeftOut, ...], k: int = TOP) -> Message | None:
    """Return whether leaving out any one criterion changes the lead or the first k; None where there is nothing to say.

    Criteria that change the lead are named first, else those that change who is among the first k.
    """
    if not found or len(ranking.ranked_rows) < 2:
        return None
    leads, tops = [one for one in found if one.lead_changes], [one for one in found if one.top_changes]
    if not leads and not tops:
        return msg("Leaving out any one criterion never changes the lead, nor who is among the first {k}.", k=k)
    if len(leads) == 1:
        (one,) = leads
        return msg(
            "Leaving out {criterion} changes the lead: {name} would lead. No other single criterion does.",
            criterion=ranking.profile.by_id[one.criterion].title,
            name=label(ranking, one.first),
        )
    titles = listed([ranking.profile.by_id[one.criterion].title for one in leads or tops])
    if leads:
        return plural(
            "Leaving out {n} single criterion changes the lead: {criteria}.",
            "Leaving out any one of {n} criteria changes the lead: {criteria}.",
            len(leads), criteria=titles,
        )  # fmt: skip
    return plural(
        "Leaving out any one criterion never changes the lead; {n} of them changes who is among the first {k}: "
        "{criteria}.",
        "Leaving out any one criterion never changes the lead; {n} of them change who is among the first {k}: "
        "{criteria}.",
        len(tops), k=k, criteria=titles,
    )  # fmt: skip


# --- scenarios --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class ScenarioStability:
    """Ranks of the ranked rows (n x scenarios): where the present leader leads, and how often the first k stay there.

    *leads_in* are names of scenarios; *stays* holds (row, scenarios in which it is among the first k) of the present
    first k.
    """

    names: tuple[str, ...]
    ranks: IntArray
    leads_in: tuple[str, ...]
    stays: tuple[tuple[int, int], ...]
    sentence: Message | None


def scenario_stability(ranking: Ranking, k: int = TOP) -> ScenarioStability:
    """Return in how many weighting scenarios of the standard the first stays first, and each of the first k inside."""
    require_totals(ranking)
    profile = ranking.profile
    weighing = [name for name, points in profile.scenarios.items() if sum(points.values()) > 0]  # on facts alone ...
    names, weights = scenario_weights(profile, weighing or None)
    ranks = _ranks(ranking, weights)
    top = np.flatnonzero(ranking.ranks <= k)
    leads = tuple(name for j, name in enumerate(names) if len(ranks) and ranks[0, j] == 1)
    stays = tuple((int(ranking.ranked_rows[i]), int((ranks[i] <= k).sum())) for i in top.tolist())
    return ScenarioStability(names, ranks, leads, stays, _stability_sentence(ranking, len(names), leads, stays, k))


def _stability_sentence(
    ranking: Ranking, scenarios: int, leads: tuple[str, ...], stays: tuple[tuple[int, int], ...], k: int
) -> Message | None:
    if scenarios < 2 or len(ranking.ranked_rows) < 2:
        return None
    facts = {"name": label(ranking, int(ranking.ranked_rows[0])), "leads": len(leads), "n": scenarios, "k": k}
    leaving = [(row, times) for row, times in stays if times < scenarios]
    if not leaving:
        return msg("{name} leads in {leads} of {n} scenarios; the first {k} stay among them in every one.", **facts)
    row, times = min(leaving, key=lambda pair: pair[1])
    return msg(
        "{name} leads in {leads} of {n} scenarios; {other} is among the first {k} in {times} of them.",
        other=label(ranking, row), times=times, **facts,
    )  # fmt: skip


__all__ = [
    "LeftOut", "ScenarioStability", "SweepStep", "leave_one_out", "leave_out_sentence", "scenario_stability", "sweep",
]  # fmt: skip
