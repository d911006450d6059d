"""What speaks against a choice: what is weak, unknown or only claimed, and the one value whose fall would change it."""

from __future__ import annotations

import math

import numpy as np

from criteria.curves import IDEAL, QUALIFIED
from criteria.text import Message, msg
from selection.departure import listed, short, titles
from selection.explain import Part, gaps, parts
from selection.model import Figures
from selection.rank import Ranking
from selection.screen import number, quantity

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
    """Return the one value of the first choice whose fall would let the next one lead, with the value it falls below.

    The next one is the best ranked below it; of the criteria whose fall is enough, the one that must fall least, and
    of several the one with the weakest evidence.
    """
    below = [row for row in ranking.ranked_rows.tolist() if row != first and ranking.score[row] <= ranking.score[first]]
    if not below:
        return (msg("Nobody who is qualified stands behind it."),)
    second = ranking.figures(below[0])
    chosen = ranking.figures(first)
    lead = chosen.score - second.score
    facts = {"second": short(second.name), "lead": round(chosen.score, 1) - round(second.score, 1)}
    if lead < 1e-8:
        return (msg("{second} has the same total, so any new fact may decide between them.", **facts),)
    falls = [(lead / part.possible * IDEAL, part) for part in parts(ranking, chosen) if part.value is not None]
    falls = [(fall, part) for fall, part in falls if fall <= (part.value or 0.0)]
    if not falls:
        return (
            msg(
                "{second} is {lead:.1f} points behind; no single value of the first choice makes up for that.", **facts
            ),
        )
    levels = ranking.candidates.levels
    known = {key: np.nan_to_num(column[first], nan=0.0) for key, column in levels.items()}
    fall, part = min(falls, key=lambda pair: (round(pair[0], 8), known.get(pair[1].criterion.id, 0.0)))
    return (_falls(part, fall, facts, short(chosen.name)),)


def _falls(part: Part, fall: float, facts: dict[str, object], name: str) -> Message:
    scale = part.criterion.scale
    level = (part.value or 0.0) - fall
    if part.raw is None or scale is None or scale.is_range or isinstance(part.raw, str):
        return msg(
            "{second} is {lead:.1f} points behind and would overtake it if {name} lost more than {fall:.1f} points "
            "on the scale of {criterion}.",
            name=name,
            fall=fall,
            criterion=part.criterion.title,
            **facts,
        )
    limit = scale.raw_at(level)[0]
    step = (math.ceil(round(2 * limit, 8)) - 1) / 2  # the next half point below
    if part.criterion.kind == "judged" and step >= 1:
        return msg(
            "{second} is {lead:.1f} points behind and would overtake it if {criterion} of {name}, now {raw}, "
            "were only {limit}.",
            name=name,
            criterion=part.criterion.title,
            raw=quantity(part.raw, part.criterion),
            limit=quantity(step, part.criterion),
            **facts,
        )
    return msg(
        "{second} is {lead:.1f} points behind and would overtake it if {criterion} of {name}, now {raw}, "
        "were worse than {limit}.",
        name=name,
        criterion=part.criterion.title,
        raw=quantity(part.raw, part.criterion),
        limit=quantity(float(number(limit, 3)), part.criterion),
        **facts,
    )


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
