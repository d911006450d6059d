"""What speaks against a choice: what is weak, unknown or only claimed, and the one value whose fall would change it."""

from __future__ import annotations

import numpy as np

from criteria.curves import QUALIFIED
from criteria.text import Message, msg
from selection.departure import listed, short, titles
from selection.explain import Part, gaps, parts
from selection.model import Figures
from selection.rank import Ranking
from selection.robustness.tipping import one_value
from selection.robustness.tipping_words import sentence
from selection.screen import quantity

ON_THEIR_WORD = 0
"""The evidence level of a value that rests on what the candidate says of itself."""
MOST = 3
"""How many weak points are named."""


def worries(ranking: Ranking, chosen: Figures) -> tuple[Message, ...]:
    """Return what is waived, unknown or below the qualified line, and else the largest gaps to the ideal."""
    waived = ranking.screening.waived(chosen.row)
    sentences = [
        msg(
            "{criterion} is waived by {by}: {reason}",
            criterion=titles(ranking, [w.criterion]),
            by=w.by,
            reason=w.reason,
        )
        for w in ranking.waivers
        if w.id == chosen.id and w.criterion in waived
    ]
    open_parts = [part for part in parts(ranking, chosen) if part.value is None]
    if open_parts:
        sentences.append(
            msg(
                "Not known yet: {criteria}; the total may lie between {low:.1f} and {high:.1f}.",
                criteria=listed([part.criterion.title for part in open_parts]),
                low=chosen.low,
                high=chosen.high,
            )
        )
    open_gates = ranking.screening.unknown(chosen.row)
    if open_gates:
        sentences.append(msg("Before signing, verify: {criteria}.", criteria=titles(ranking, open_gates)))
    weak = [part for part in parts(ranking, chosen) if part.value is not None and part.value < QUALIFIED]
    sentences += [_below(part) for part in sorted(weak, key=lambda part: part.gap, reverse=True)[:MOST]]
    if not sentences:
        sentences = [gap.sentence for gap in gaps(ranking, chosen, MOST)]
    return tuple(sentences) or (msg("Nothing: every criterion is known and ideal."),)


def _below(part: Part) -> Message:
    facts = {"criterion": part.criterion.title, "points": part.gap}
    if part.raw is None:
        return msg(
            "{criterion} is below the qualified line; reaching the ideal would add {points:.1f} points.", **facts
        )
    return msg(
        "{criterion} is below the qualified line: {raw}; reaching the ideal would add {points:.1f} points.",
        raw=quantity(part.raw, part.criterion),
        **facts,
    )


def overtaken(ranking: Ranking, first: int) -> tuple[Message, ...]:
    """Return the one value of the first choice whose fall would let the next one catch up, or would put it out.

    The next one is the best ranked below it; of the values whose fall is enough, the one that must fall least, and of
    several the one with the weakest evidence.
    """
    below = [row for row in ranking.ranked_rows.tolist() if row != first and ranking.score[row] <= ranking.score[first]]
    if not below:
        return (msg("Nobody who is qualified stands behind it."),)
    second = below[0]
    lead = round(float(ranking.score[first]), 1) - round(float(ranking.score[second]), 1)
    facts = {"second": short(str(ranking.candidates.names[second])), "lead": lead}
    if ranking.score[first] == ranking.score[second]:
        return (msg("{second} has the same total, so any new fact may decide between them.", **facts),)
    falls = [change for change in one_value(ranking, first, second) if change.is_fall]
    if not falls:
        return (
            msg(
                "{second} is {lead:.1f} points behind; no single value of the first choice makes up for that.", **facts
            ),
        )
    least = min(falls, key=lambda change: (round(change.size, 8), _evidence(ranking, first, change.criterion)))
    return (msg("{second} is {lead:.1f} points behind.", **facts), sentence(ranking, least))


def _evidence(ranking: Ranking, row: int, criterion_id: str) -> float:
    """Return the level of evidence of a value; one that is not stated counts as claimed."""
    levels = ranking.candidates.levels.get(criterion_id)
    return ON_THEIR_WORD if levels is None else float(np.nan_to_num(levels[row], nan=ON_THEIR_WORD))


def on_their_word(ranking: Ranking, chosen: Figures) -> Message:
    """Return which values of a candidate are only claimed by itself, and how many points rest on them."""
    levels = ranking.candidates.levels
    claimed = [
        part
        for part in parts(ranking, chosen)
        if part.value is not None
        and part.criterion.id in levels
        and levels[part.criterion.id][chosen.row] == ON_THEIR_WORD
    ]
    if claimed:
        return msg(
            "{points:.1f} of its {score:.1f} points rest on what it says of itself: {criteria}.",
            points=sum(part.points for part in claimed),
            score=chosen.score,
            criteria=listed([part.criterion.title for part in claimed]),
        )
    stated = [key for key, column in levels.items() if not np.isnan(column[chosen.row])]
    if not stated:
        return msg("No level of evidence is stated for any value, so nobody can say.")
    return msg("Nothing that counts: no value is stated as merely claimed.")
