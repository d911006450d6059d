"""The decision memo: the questions a boss asks, each answered in sentences that the figures prove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from criteria.text import Message, msg, plural
from selection.departure import conditions, departure, listed, propose, short, titles
from selection.explain import ask, strengths
from selection.model import FAIL, PENDING, Eliminated, Figures
from selection.rank import Ranking
from selection.worries import MOST, on_their_word, overtaken, worries


@dataclass(frozen=True, slots=True)
class Choice:
    """What is decided for a region, as rows of the ranking's candidates; *first* None = nobody yet."""

    first: int | None
    reserve: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered point of the memo: the question and the sentences that answer it."""

    question: Message
    answers: tuple[Message, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Memo:
    """The memo on one region: the *choice*, its headline and the numbered points."""

    ranking: Ranking
    choice: Choice
    headline: Message
    points: tuple[Point, ...] = field(default=())

    @property
    def messages(self) -> tuple[Message, ...]:
        """Return every sentence in its order."""
        return (self.headline, *(answer for point in self.points for answer in point.answers))


def memo(ranking: Ranking, choice: Choice, favourites: Sequence[str] = (), early: Sequence[Message] = ()) -> Memo:
    """Return the memo on *choice*.

    *favourites* are ids that somebody will ask about (pinned candidates); *early* says why it is too early to choose.
    """
    if choice.first is None:
        return Memo(ranking, choice, _nobody_headline(ranking), _nobody(ranking, choice, early))
    chosen = ranking.figures(choice.first)
    points = (
        Point(msg("Why this one?"), _why(ranking, choice, chosen)),
        Point(msg("Why not the one with the highest total?"), _not_the_biggest(ranking, choice.first)),
        *_not_mine(ranking, choice, favourites),
        Point(msg("What worries us?"), worries(ranking, chosen)),
        Point(msg("What would change it?"), overtaken(ranking, choice.first)),
        Point(msg("What rests only on their word?"), (on_their_word(ranking, chosen),)),
        Point(msg("What if it declines?"), _reserve(ranking, choice)),
    )
    return Memo(ranking, choice, _headline(ranking, choice, chosen), points)


def _headline(ranking: Ranking, choice: Choice, chosen: Figures) -> Message:
    facts = {"name": short(chosen.name), "score": chosen.score, "region": ranking.region or msg("all regions")}
    if choice.reserve is None:
        return msg("{region}: {name} is our first choice ({score:.1f}); there is no reserve.", **facts)
    reserve = ranking.figures(choice.reserve)
    return msg(
        "{region}: {name} is our first choice ({score:.1f}), {reserve} the reserve ({second:.1f}).",
        reserve=short(reserve.name),
        second=reserve.score,
        **facts,
    )


def _why(ranking: Ranking, choice: Choice, chosen: Figures) -> tuple[Message, ...]:
    row = chosen.row
    sentences = [_standing(ranking, chosen)]
    best = strengths(ranking, chosen, 2)
    if best:
        sentences.append(
            msg("It is strongest on {criteria}.", criteria=listed([part.criterion.title for part in best]))
        )
    proposal = propose(ranking)
    if proposal.first is not None and row not in (proposal.first, *proposal.tied):
        cost = departure(ranking, row, proposal.first)
        sentences += [cost.sentence] if cost is not None else []
    elif row in proposal.tied:
        names = listed([short(str(ranking.candidates.names[other])) for other in proposal.tied if other != row][:3])
        sentences.append(msg("It shares the first place with {names}.", names=names))
    if choice.reason.strip():
        sentences.append(msg("The reason given: {reason}", reason=choice.reason.strip()))
    return tuple(sentences)


def _standing(ranking: Ranking, chosen: Figures) -> Message:
    verdict = int(ranking.screening.verdicts[chosen.row])
    facts = {"name": short(chosen.name), "score": chosen.score, "n": len(ranking.ranked_rows)}
    if verdict in (PENDING, FAIL):
        return ask(ranking, chosen.row)[0]
    position = int(np.flatnonzero(ranking.ranked_rows == chosen.row)[0])
    return msg(
        "{name} is number {rank} of {n} with {score:.1f} (qualified line 50, ideal 100).",
        rank=int(ranking.ranks[position]),
        **facts,
    )


def _not_the_biggest(ranking: Ranking, first: int) -> tuple[Message, ...]:
    """Return why those with a higher total are not chosen; the highest of them, and how many more there are."""
    above = [entry for entry in ranking.eliminated[:50] if entry.figures.score > ranking.score[first]]
    if not above:
        return (msg("Nobody who was eliminated has a higher total."),)
    best = above[0]
    sentences = [_out(best)]
    if len(above) > 1:
        sentences.append(
            plural(
                "{n} more eliminated candidate has a higher total; its reason is in the workbook.",
                "{n} more eliminated candidates have a higher total; their reasons are in the workbook.",
                len(above) - 1,
            )
        )
    return tuple(sentences)


def _out(entry: Eliminated) -> Message:
    return msg(
        "{name} has {score:.1f}, but does not meet a must-have. {failure}",
        name=short(entry.figures.name),
        score=entry.figures.score,
        failure=entry.failed[0].sentence,
    )


def _not_mine(ranking: Ranking, choice: Choice, favourites: Sequence[str]) -> tuple[Point, ...]:
    """Return one point per pinned candidate that is neither chosen nor told already."""
    told = {choice.first, choice.reserve}
    above = ranking.eliminated[:1]
    told |= {above[0].figures.row} if above and above[0].figures.score > ranking.score[choice.first or 0] else set()
    rows = [row for row, key in enumerate(ranking.candidates.ids.tolist()) if key in favourites and row not in told]
    return tuple(
        Point(msg("Why not {name}?", name=short(str(ranking.candidates.names[row]))), ask(ranking, row))
        for row in rows[:MOST]
    )


def _reserve(ranking: Ranking, choice: Choice) -> tuple[Message, ...]:
    if choice.reserve is None:
        return (msg("There is no reserve: the search would go on."),)
    reserve = ranking.figures(choice.reserve)
    sentences = [msg("Then we ask {name}.", name=short(reserve.name)), _standing(ranking, reserve)]
    open_gates = ranking.screening.unknown(choice.reserve)
    if open_gates:
        sentences.append(msg("Before signing, verify: {criteria}.", criteria=titles(ranking, open_gates)))
    return tuple(sentences)


# --- nobody yet -------------------------------------------------------------------------------------------------------


def _nobody_headline(ranking: Ranking) -> Message:
    return msg("{region}: nobody yet, we keep searching.", region=ranking.region or msg("all regions"))


def _nobody(ranking: Ranking, choice: Choice, early: Sequence[Message]) -> tuple[Point, ...]:
    why: list[Message] = []
    proposal = propose(ranking)
    if choice.reason.strip():
        why.append(msg("The reason given: {reason}", reason=choice.reason.strip()))
    if early:
        why += early
    elif proposal.first is not None:
        why.append(_standing(ranking, ranking.figures(proposal.first)))
    elif len(ranking.ranked):
        why.append(msg("Nobody who meets every must-have reaches the qualified line."))
    else:
        why.append(msg("Nobody meets every must-have yet."))
    return (
        Point(msg("Why nobody yet?"), tuple(why)),
        Point(msg("What must become true?"), conditions(ranking)),
    )
