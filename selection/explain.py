"""Why a candidate stands where it stands, what separates two, what is missing to the ideal: differences and messages.

The arithmetic is that of `selection.rank`; here figures are only subtracted and put into sentences. An unknown value
counts at the middle of its band, as it does in the score, so that every difference adds up to the difference of totals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from criteria.curves import IDEAL, QUALIFIED
from criteria.model import Criterion
from criteria.text import LocalText, Message, msg, plural
from selection.model import FAIL, PENDING, Failure, Figures
from selection.rank import Ranking
from selection.screen import quantity


@dataclass(frozen=True, slots=True)
class Part:
    """What one criterion adds to a total: its points, the points of the ideal, and the sentence that says so."""

    criterion: Criterion
    raw: float | str | None
    value: float | None
    points: float
    possible: float
    sentence: Message

    @property
    def gap(self) -> float:
        """Return the points that are missing to the ideal."""
        return self.possible - self.points


@dataclass(frozen=True, slots=True)
class Difference:
    """What one criterion adds to the lead of the first candidate over the second, in points."""

    criterion: Criterion
    first: float | None
    second: float | None
    points: float


def parts(ranking: Ranking, figures: Figures) -> tuple[Part, ...]:
    """Return the parts of a total in the order of the standard; they sum to the score."""
    used = [
        (criterion, weight)
        for criterion, weight in zip(ranking.profile.criteria, ranking.weights.tolist(), strict=True)
        if weight > 0 and criterion.id not in figures.exempt
    ]
    share = sum(weight for _, weight in used) or 1.0
    return tuple(_part(criterion, weight / share, figures) for criterion, weight in used)


def _part(criterion: Criterion, weight: float, figures: Figures) -> Part:
    low, high = figures.bands.get(criterion.id, (0.0, IDEAL))
    value = figures.values[criterion.id]
    middle = (low + high) / 2 if value is None else value
    raw, points, possible = figures.raw[criterion.id], weight * middle, weight * IDEAL
    return Part(criterion, raw, value, points, possible, _part_sentence(criterion, raw, value, points, possible))


def _part_sentence(
    criterion: Criterion, raw: float | str | None, value: float | None, points: float, possible: float
) -> Message:
    facts = {"criterion": criterion.title, "points": points, "possible": possible}
    if value is None:
        return msg("{criterion}: unknown, counted at the middle: {points:.1f} of {possible:.1f} points.", **facts)
    if raw is None:
        return msg(
            "{criterion}: {value:.1f} on the scale, {points:.1f} of {possible:.1f} points.", value=value, **facts
        )
    return msg("{criterion}: {raw}, {points:.1f} of {possible:.1f} points.", raw=quantity(raw, criterion), **facts)


def strengths(ranking: Ranking, figures: Figures, n: int = 3) -> tuple[Part, ...]:
    """Return the known parts that earn most above the qualified line, the largest first."""
    found = [part for part in parts(ranking, figures) if part.value is not None and part.value > QUALIFIED]
    return tuple(sorted(found, key=lambda part: part.points - part.possible / 2, reverse=True)[:n])


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing to the ideal on one criterion: a point of the negotiation agenda."""

    part: Part
    sentence: Message


def gaps(ranking: Ranking, figures: Figures, n: int | None = 3) -> tuple[Gap, ...]:
    """Return what is missing to the ideal, the most points first (None: all of it)."""
    found = sorted(
        (part for part in parts(ranking, figures) if part.gap > 1e-9), key=lambda part: part.gap, reverse=True
    )
    return tuple(Gap(part, _gap_sentence(part)) for part in found[:n])


def _gap_sentence(part: Part) -> Message:
    facts = {"criterion": part.criterion.title, "points": part.gap}
    target = ideal_text(part.criterion)
    if part.value is None:
        return msg(
            "{criterion}: still unknown; worth up to {points:.1f} points.",
            criterion=part.criterion.title,
            points=part.possible,
        )
    if part.raw is None or target is None:
        return msg("{criterion}: reaching the ideal would add {points:.1f} points.", **facts)
    return msg(
        "{criterion}: now {raw}; the ideal, {ideal}, would add {points:.1f} points.",
        raw=quantity(part.raw, part.criterion),
        ideal=target,
        **facts,
    )


def ideal_text(criterion: Criterion) -> Message | str | LocalText | None:
    """Return the ideal raw value of a criterion as people read it, or None where there is none."""
    return _raw_text(criterion, IDEAL)


def qualified_text(criterion: Criterion) -> Message | str | LocalText | None:
    """Return the just qualified raw value of a criterion as people read it, or None where there is none."""
    return _raw_text(criterion, QUALIFIED)


def _raw_text(criterion: Criterion, value: float) -> Message | str | LocalText | None:
    if criterion.levels is not None:
        enough = [key for key, level in criterion.levels.items() if level.value is not None and level.value >= value]
        worst = min(enough, key=lambda key: (criterion.levels or {})[key].value or 0.0, default=None)
        return None if worst is None else quantity(worst, criterion)
    if criterion.scale is None or criterion.composite is not None:
        return None
    found = criterion.scale.raw_at(value)
    if len(found) == 1 or found[0] == found[1]:
        return quantity(found[0], criterion)
    return msg("{low} to {high}", low=quantity(found[0], criterion), high=quantity(found[1], criterion))


def headline(ranking: Ranking, figures: Figures) -> Message:
    """Return why a candidate stands here, in a few words: its best and its weakest criterion."""
    known = [part for part in parts(ranking, figures) if part.value is not None]
    if not known:
        return msg("nothing is known yet")
    best = max(known, key=lambda part: (part.points - part.possible / 2, part.possible))
    weakest = max(known, key=lambda part: (part.gap, part.possible))
    if best.points <= best.possible / 2:
        return msg("nothing above the qualified line; weakest: {weakest}", weakest=weakest.criterion.title)
    if weakest.gap < 1e-9:
        return msg("ideal on all that is known")
    if weakest.criterion.id == best.criterion.id:
        return msg("strongest: {best}", best=best.criterion.title)
    return msg("strongest: {best}; weakest: {weakest}", best=best.criterion.title, weakest=weakest.criterion.title)


def head_to_head(ranking: Ranking, first: Figures, second: Figures) -> tuple[Difference, ...]:
    """Return, per weighted criterion, what it adds to the lead of *first*; they sum to the difference of the scores."""
    mine = {part.criterion.id: part for part in parts(ranking, first)}
    theirs = {part.criterion.id: part for part in parts(ranking, second)}
    return tuple(
        Difference(
            criterion,
            first.values[criterion.id],
            second.values[criterion.id],
            (mine[criterion.id].points if criterion.id in mine else 0.0)
            - (theirs[criterion.id].points if criterion.id in theirs else 0.0),
        )
        for criterion in ranking.profile.criteria
        if criterion.id in mine or criterion.id in theirs
    )


def head_to_head_sentence(first: Figures, second: Figures, differences: tuple[Difference, ...]) -> Message:
    """Return who leads and what decides it."""
    if abs(first.score - second.score) < 1e-8:
        return msg(
            "{first} and {second} have the same total, {score:.1f}.",
            first=first.name,
            second=second.name,
            score=first.score,
        )
    lead = round(first.score, 1) - round(second.score, 1)  # what the two shown totals differ by
    ahead, behind = (first, second) if first.score > second.score else (second, first)
    decisive = max(differences, key=lambda d: d.points if ahead is first else -d.points)
    return msg(
        "{ahead} is {lead:.1f} points above {behind} ({high:.1f} to {low:.1f}); {criterion} decides most.",
        ahead=ahead.name,
        behind=behind.name,
        lead=abs(lead),
        high=ahead.score,
        low=behind.score,
        criterion=decisive.criterion.title,
    )


def answer(ranking: Ranking) -> Message:
    """Return the sentence that opens the ranking: who leads and by how much, or why nobody does."""
    n = len(ranking.ranked)
    if n == 0:
        if len(ranking.pending):
            return plural(
                "Nobody is qualified yet: {n} candidate is still to be verified.",
                "Nobody is qualified yet: {n} candidates are still to be verified.",
                len(ranking.pending),
            )
        return msg("No candidate meets every must-have. See who came nearest under “Eliminated”, or keep searching.")
    first = ranking.ranked[0]
    if n == 1:
        return msg(
            "{name} is the only qualified candidate ({score:.1f}).", name=first.figures.name, score=first.figures.score
        )
    leaders = int((ranking.ranks == 1).sum())
    if leaders > 1:
        return plural(
            "{n} candidate leads with {score:.1f}.",
            "{n} candidates share the first place with {score:.1f}.",
            leaders,
            score=first.figures.score,
        )
    second = ranking.ranked[1]
    facts = {
        "name": first.figures.name,
        "score": first.figures.score,
        "second": second.figures.name,
        "runner_up": second.figures.score,
    }
    if second.figures.high > first.figures.low:
        return msg(
            "{name} leads so far ({score:.1f} to {runner_up:.1f} for {second}); "
            "unknown values could still change that.",
            **facts,
        )
    return msg("{name} leads ({score:.1f} to {runner_up:.1f} for {second}).", **facts)


def place_if(ranking: Ranking, total: float, besides: int | None = None) -> int:
    """Return the rank that a candidate with *total* would have among those ranked now (*besides*: a row left out)."""
    rows = ranking.ranked_rows if besides is None else ranking.ranked_rows[ranking.ranked_rows != besides]
    return 1 + int((ranking.score[rows] > round(total, 8)).sum())


def total_at_limits(ranking: Ranking, figures: Figures, failures: tuple[Failure, ...]) -> float:
    """Return the total a candidate would have with every failed criterion lifted to its limit."""
    total = figures.score
    limits = {failure.criterion: failure.limit for failure in failures}
    for part in parts(ranking, figures):
        limit = limits.get(part.criterion.id)
        if limit is not None and part.value is not None:
            lifted = QUALIFIED if isinstance(limit, str) else float(part.criterion.value([limit])[0])
            total += part.possible / IDEAL * max(0.0, lifted - part.value)
    return total


def ask(ranking: Ranking, row: int) -> tuple[Message, ...]:
    """Return the answer to "and what about ...?" for one row: where it stands and what would change that."""
    figures = ranking.figures(row)
    verdict = int(ranking.screening.verdicts[row])
    if verdict == FAIL:
        return _ask_eliminated(ranking, figures)
    if verdict == PENDING:
        return _ask_pending(ranking, figures)
    position = int(np.flatnonzero(ranking.ranked_rows == row)[0])
    entry = ranking.ranked[position]
    facts = {"name": figures.name, "rank": entry.rank, "n": len(ranking.ranked), "score": figures.score}
    sentences = [msg("{name} is number {rank} of {n} with {score:.1f} (qualified line 50, ideal 100).", **facts)]
    if entry.below_line:
        sentences.append(msg("It passed every must-have, but its total is below the qualified line."))
    if position > 0:
        sentences.append(
            head_to_head_sentence(
                ranking.ranked[0].figures, figures, head_to_head(ranking, ranking.ranked[0].figures, figures)
            )
        )
    return tuple(sentences)


def _ask_eliminated(ranking: Ranking, figures: Figures) -> tuple[Message, ...]:
    failures = ranking.screening.failures(figures.row)
    total = total_at_limits(ranking, figures, failures)
    sentences = [
        msg("{name} is out.", name=figures.name),
        *(failure.sentence for failure in failures),
        msg(
            "With that met it would be number {rank} ({score:.1f}).",
            rank=place_if(ranking, total),
            score=total,
        ),
    ]
    if all(failure.gate == "conditional" for failure in failures):
        sentences.append(msg("A named person may waive it, with a reason."))
    return tuple(sentences)


def _ask_pending(ranking: Ranking, figures: Figures) -> tuple[Message, ...]:
    position = int(np.flatnonzero(ranking.pending_rows == figures.row)[0])
    entry = ranking.pending[position]
    titles = [
        ranking.profile.by_id[key].title if key in ranking.profile.by_id else msg("region") for key in entry.unknown
    ]
    return (
        msg(
            "{name} is still to be verified: it could be number {best} to {worst} ({low:.1f} to {high:.1f}).",
            name=figures.name,
            best=entry.rank_best,
            worst=entry.rank_worst,
            low=figures.low,
            high=figures.high,
        ),
        *(msg("Not known yet: {criterion}.", criterion=title) for title in titles),
    )
