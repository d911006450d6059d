"""What the ranking proposes for a region, what a departure from it costs, and what must become true to choose at all.

Differences are those of `selection.explain`; here they are only grouped and rounded so that what is shown adds up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from criteria.model import Criterion
from criteria.text import LocalText, Message, msg, pmsg
from selection.explain import head_to_head, place_if, total_at_limits
from selection.model import FAIL, PENDING, Eliminated, Failure, Figures, Pending
from selection.rank import Ranking
from selection.screen import REGION_UNKNOWN

SHOWN_PARTS = 2
"""How many criteria a price names before the rest is summed up."""
SHORTEST = 60
"""Letters of a name inside a sentence."""

Text = Message | LocalText | str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whom the ranking proposes, as rows of its candidates; None = nobody qualifies for that place yet.

    *tied* are the rows that share the first place when more than one does.
    """

    first: int | None
    reserve: int | None
    tied: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Departure:
    """What choosing *chosen* instead of *leader* costs: criteria with their points, and the rest.

    *gap* is chosen minus leader, as the shown totals have it; *parts* and *rest* add up to it. Negative = a loss.
    """

    leader: Figures
    chosen: Figures
    gap: float
    parts: tuple[tuple[Criterion, float], ...]
    rest: float
    sentence: Message


def propose(ranking: Ranking) -> Proposal:
    """Return the first and the second of those who are qualified: every must-have met and not below the line."""
    line = ranking.profile.minimum_total
    rows = [row for row in ranking.ranked_rows.tolist() if line is None or ranking.score[row] >= line]
    tied = [row for row in rows if ranking.score[row] == ranking.score[rows[0]]]
    first, reserve = (rows[i] if len(rows) > i else None for i in (0, 1))
    return Proposal(first, reserve, tuple(tied) if len(tied) > 1 else ())


def departure(ranking: Ranking, row: int, instead_of: int) -> Departure | None:
    """Return what it costs to choose *row* instead of the row *instead_of*; None where both have the same total."""
    if row == instead_of or (
        ranking.score[row] == ranking.score[instead_of] and ranking.screening.verdicts[row] not in (PENDING, FAIL)
    ):
        return None
    chosen, leader = ranking.figures(row), ranking.figures(instead_of)
    gap = round(round(chosen.score, 1) - round(leader.score, 1), 1)
    found = [(d.criterion, d.points) for d in head_to_head(ranking, chosen, leader) if round(d.points, 1) != 0]
    found.sort(key=lambda pair: abs(pair[1]), reverse=True)
    shown = adding_up([*(points for _, points in found[:SHOWN_PARTS]), sum(p for _, p in found[SHOWN_PARTS:])], gap)
    parts = tuple((c, points) for (c, _), points in zip(found[:SHOWN_PARTS], shown, strict=False))
    rest = round(gap - sum(points for _, points in parts), 1)
    return Departure(leader, chosen, gap, parts, rest, _price(leader, chosen, gap, parts, rest))


def adding_up(parts: Sequence[float], total: float) -> list[float]:
    """Return *parts* with one decimal so that they add up to *total* (one decimal): the largest remainders give way.

    >>> adding_up([6.04, -8.06, -2.13], -4.2)
    [6.0, -8.1, -2.1]
    """
    exact = [part * 10 for part in parts]
    whole = [round(part) for part in exact]
    short = round(total * 10) - sum(whole)
    step = int(math.copysign(1, short))
    order = sorted(range(len(parts)), key=lambda i: step * (exact[i] - whole[i]), reverse=True)
    for i in range(abs(short)):
        whole[order[i % len(order)]] += step
    return [number / 10 for number in whole]


def _price(
    leader: Figures, chosen: Figures, gap: float, parts: tuple[tuple[Criterion, float], ...], rest: float
) -> Message:
    listing: list[Text] = [
        pmsg("difference", "{criterion} {points}", criterion=criterion.title, points=signed(points))
        for criterion, points in parts
    ]
    if rest:
        listing.append(pmsg("difference", "rest {points}", points=signed(rest)))
    facts = {
        "chosen": short(chosen.name),
        "leader": short(leader.name),
        "gap": f"{abs(gap):.1f}",
        "parts": listed(listing),
    }
    if not listing:
        return msg("{chosen} and {leader} have the same total on what is known.", **facts)
    if gap > 0:
        return msg("{chosen} is {gap} points above {leader}: {parts}.", **facts)
    if gap < 0:
        return msg("{chosen} is {gap} points below {leader}: {parts}.", **facts)
    return msg("{chosen} and {leader} have the same total: {parts}.", **facts)


def signed(value: float) -> str:
    """Return a difference with its sign and one decimal.

    >>> signed(6.0), signed(-8.1), signed(0.0)
    ('+6.0', '−8.1', '0.0')
    """
    if round(value, 1) == 0:
        return "0.0"
    return f"+{value:.1f}" if value > 0 else f"−{-value:.1f}"


def short(name: str, most: int = SHORTEST) -> str:
    """Return a name that fits into a sentence.

    >>> short("Nordlicht"), short("x" * 100, 5)
    ('Nordlicht', 'xxxx…')
    """
    return name if len(name) <= most else f"{name[: most - 1]}…"


def label(ranking: Ranking, row: int) -> str:
    """Return how a row is called in a sentence: with its region or id where the name alone is not enough."""
    here = ranking.candidates
    name = str(here.names[row])
    if here.by_region and ranking.region is None:
        return f"{short(name)} · {here.frame['region'].iat[row]}"
    return short(name) if (here.names == name).sum() == 1 else f"{short(name)} ({here.ids[row]})"


def listed(parts: Sequence[Text]) -> Text:
    """Return *parts* as one text, in the punctuation of the reader's language."""
    return reduce(lambda first, rest: pmsg("list", "{first}, {rest}", first=first, rest=rest), parts) if parts else ""


def titles(ranking: Ranking, names: Sequence[str]) -> Text:
    """Return the titles of some criteria (or of the region) as one text."""
    known = ranking.profile.by_id
    return listed([msg("region") if name == REGION_UNKNOWN else known[name].title for name in names])


# --- nobody yet -------------------------------------------------------------------------------------------------------


def conditions(ranking: Ranking, most: int = 3) -> tuple[Message, ...]:
    """Return what must become true before somebody can be chosen, the nearest way first; at least one sentence."""
    found = [*_to_verify(ranking, most), *_to_lift(ranking), *_to_meet(ranking, most)]
    if not found:
        return (msg("Nobody in this list comes near: more candidates are needed."),)
    return tuple(found[:most])


def _to_verify(ranking: Ranking, most: int) -> list[Message]:
    """Return, for those who could come furthest, what must be verified."""
    line = ranking.profile.minimum_total or 0.0
    found = [entry for entry in ranking.pending[: 20 * most] if entry.figures.high >= line]
    found.sort(key=lambda entry: entry.rank_best)
    return [_if_verified(ranking, entry) for entry in found[:most]]


def _if_verified(ranking: Ranking, entry: Pending) -> Message:
    name, best = short(entry.figures.name), entry.rank_best
    if entry.unknown == (REGION_UNKNOWN,) and ranking.region is not None:
        return msg(
            "{name} confirms that it serves {region}. It could then be number {best}.",
            name=name,
            region=ranking.region,
            best=best,
        )
    return msg(
        "{name} shows that this is in order: {what}. It could then be number {best}.",
        name=name,
        what=titles(ranking, entry.unknown),
        best=best,
    )


def _to_lift(ranking: Ranking) -> list[Message]:
    """Return by how much the best of those below the line would have to rise."""
    line = ranking.profile.minimum_total
    if line is None or not len(ranking.ranked) or propose(ranking).first is not None:
        return []
    best = ranking.ranked[0].figures
    return [
        msg(
            "{name} rises from {score:.1f} to the qualified line of {line:g}.",
            name=short(best.name),
            score=best.score,
            line=line,
        )
    ]


def _to_meet(ranking: Ranking, most: int) -> list[Message]:
    """Return which eliminated candidates would lead, or come second, if they met what they miss."""
    found = [entry for entry in ranking.eliminated[: 20 * most] if len(entry.failed) == 1]
    found.sort(key=lambda entry: not entry.near_miss)
    return [_if_met(ranking, entry, entry.failed[0]) for entry in found[:most]]


def _if_met(ranking: Ranking, entry: Eliminated, failure: Failure) -> Message:
    total = total_at_limits(ranking, entry.figures, entry.failed)
    return msg(
        "{name} meets what it misses now ({failure}) It would then be number {rank} with {score:.1f}.",
        name=short(entry.figures.name),
        failure=failure.sentence,
        rank=place_if(ranking, total),
        score=total,
    )
