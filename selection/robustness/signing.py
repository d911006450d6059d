"""Before you sign: how firm the lead is, what to find out next, and what rests only on the candidate's word.

Nothing is computed here that another module does not compute; this puts it into the order in which it is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from criteria.text import Message, msg
from selection.departure import label
from selection.explain import answer
from selection.rank import Ranking
from selection.robustness.firmness import ALONE, CLEAR, CLOSE, NOBODY, Firmness
from selection.robustness.firmness_words import of_100
from selection.robustness.next_facts import OpenFact, next_facts
from selection.robustness.settled import TOP, first_k, settled
from selection.robustness.tipping import one_value
from selection.robustness.tipping_words import sentence
from selection.worries import ON_THEIR_WORD, on_their_word


@dataclass(frozen=True, slots=True)
class Signing:
    """What to know before signing: *headline*, how *firm* the lead is, what is *settled*, the open *facts*, the *word*.

    *chosen* is the row that is to be signed, None where nobody qualifies; *facts* are about the first three as long as
    these are open, then about the first place.
    """

    chosen: int | None
    headline: Message
    firm: tuple[Message, ...]
    settled: tuple[Message, ...]
    facts: tuple[OpenFact, ...]
    word: tuple[Message, ...]


def before_signing(
    ranking: Ranking,
    firm: Firmness | None = None,
    chosen: int | None = None,
    early: Sequence[Message] = (),
    seed: int = 0,
    doubted: Firmness | None = None,
) -> Signing:
    """Return what to know before *chosen* (a row; None = who leads) is signed.

    *firm* is the verdict on this ranking, None where trials would mean nothing; *early* says why it is too early;
    *doubted* is the verdict with every claimed value drawn around the claim.
    """
    three, one = settled(ranking, TOP), settled(ranking, 1)
    k = 1 if three.done else TOP
    facts = next_facts(ranking, k, seed=seed)
    states = (three.sentence, one.sentence) if three.done else (three.sentence,)
    row = _leader(ranking) if chosen is None else chosen
    return Signing(
        row, _headline(firm, facts, k, early), (answer(ranking),) if firm is None else firm.sentences, _no_echo(states),
        facts,
        () if row is None else (*_word(ranking, row), *_doubts(ranking, firm, doubted)),
    )  # fmt: skip


def _no_echo(states: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return what is settled; a sentence that holds for both the first three and the first place once."""
    return tuple({str(state): state for state in states}.values())


def _leader(ranking: Ranking) -> int | None:
    return int(ranking.ranked_rows[0]) if len(ranking.ranked_rows) else None


def _headline(firm: Firmness | None, facts: tuple[OpenFact, ...], k: int, early: Sequence[Message]) -> Message:
    """Return the one sentence to act on."""
    if early:
        return early[0]
    verdict = NOBODY if firm is None else firm.verdict
    if facts:
        return _check_first(verdict, facts[0], k)
    return {
        NOBODY: msg("Nobody qualifies, and no open fact can change that: keep searching."),
        ALONE: msg("Only one candidate qualifies, and no open fact can change that."),
        CLEAR: msg("Clear and settled: no open fact can change who is first."),
        CLOSE: msg("Close, and no open fact can change it: the weights decide, so be sure of them."),
    }.get(verdict, msg("A tie that no open fact can resolve: decide by what matters most to you."))


def _check_first(verdict: str, fact: OpenFact, k: int) -> Message:
    facts = {"fact": fact.what}
    if verdict == NOBODY:
        return msg("Nobody qualifies yet. Find out one thing first. {fact}.", **facts)
    if verdict == ALONE:
        return msg("Only one candidate qualifies so far. Check one thing first. {fact}.", **facts)
    if verdict == CLEAR:
        return msg("The lead is clear, but {first} could still change. {fact}.", first=first_k(k), **facts)
    if verdict == CLOSE:
        return msg("Close. Check one thing first. {fact}.", **facts)
    return msg("A tie. Check one thing first. {fact}.", **facts)


def _doubts(ranking: Ranking, firm: Firmness | None, doubted: Firmness | None) -> tuple[Message, ...]:
    """Return what becomes of the lead where claims are a little off; nothing where nothing weighed is only claimed."""
    if firm is None or doubted is None or firm.share is None or doubted.share is None or firm.second is None:
        return ()
    if not claims_weigh(ranking) or of_100(doubted.share) == of_100(firm.share):
        return ()
    return (
        msg(
            "If every claimed value in the list may be half a rating point off, {name} stays first in {won} of 100 "
            "trials instead of {before}.",
            name=label(ranking, int(ranking.ranked_rows[0])),
            won=of_100(doubted.share),
            before=of_100(firm.share),
        ),
    )


def claims_weigh(ranking: Ranking) -> bool:
    """Tell whether any weighted value of the ranked is only claimed."""
    weighed = {c.id for c, weight in zip(ranking.profile.criteria, ranking.weights.tolist(), strict=True) if weight > 0}
    return any(
        bool((column[ranking.ranked_rows] == ON_THEIR_WORD).any())
        for key, column in ranking.candidates.levels.items()
        if key in weighed
    )


def _word(ranking: Ranking, row: int) -> tuple[Message, ...]:
    """Return what only the candidate says of itself, and which of these values alone would cost it the lead."""
    sentences = [on_their_word(ranking, ranking.figures(row))]
    place = np.flatnonzero(ranking.ranked_rows == row)
    behind = ranking.ranked_rows[int(place[0]) + 1 :] if place.size else ranking.ranked_rows[:0]
    levels = ranking.candidates.levels
    if len(behind):
        sentences += [
            sentence(ranking, change)
            for change in one_value(ranking, row, int(behind[0]))
            if change.is_fall and change.criterion in levels and levels[change.criterion][row] == ON_THEIR_WORD
        ][:1]
    return tuple(sentences)
