"""The verdict on a ranking in sentences; every figure in them was computed in `selection.robustness.firmness`."""

from __future__ import annotations

import math

import numpy as np

from criteria.text import LocalText, Message, msg, plural, pmsg
from selection.departure import label, listed
from selection.explain import answer
from selection.model import IntArray
from selection.rank import Ranking
from selection.robustness.changes import ValueChange, WeightChange
from selection.robustness.firmness import CLEAR, NARROW_MARGIN, SPREAD, TIE, TIE_MARGIN, Firmness
from selection.robustness.tipping import one_value, one_weight

NAMED = 3
"""How many who share the second place a sentence names."""


def sentences(found: Firmness) -> tuple[Message, ...]:
    """Return the verdict, the share of trials, what would swap the first two, and who might still come in between."""
    parts = (_lead(found), _below_line(found), _share(found), _swap(found), _pending(found))
    return tuple(part for part in parts if part is not None)


def smallest_swap(ranking: Ranking, first: int, second: int) -> WeightChange | ValueChange | None:
    """Return the smallest change of one weight that swaps the two, else of one value; None where neither can."""
    weight = one_weight(ranking, first, second)
    return weight if weight is not None else next(iter(one_value(ranking, first, second)), None)


def of_100(share: float) -> int:
    """Return a share as trials of 100; "100 of 100" and "0 of 100" are said of all and of none only.

    >>> of_100(0.612), of_100(0.999), of_100(1.0), of_100(0.001)
    (61, 99, 100, 1)
    """
    if 0.0 < share < 1.0:
        return min(max(math.floor(100 * share + 0.5), 1), 99)
    return round(100 * share)


def _lead(found: Firmness) -> Message:
    ranking = found.ranking
    if found.first is None or found.second is None or found.margin is None:
        return answer(ranking)
    if found.verdict == TIE:
        return _level(found, found.first, found.second)
    facts = {
        "name": label(ranking, found.first),
        "score": ranking.score[found.first],
        "second": _runners_up(found),
        "runner_up": ranking.score[found.second],
    }
    if found.verdict == CLEAR and len(contenders(ranking)):
        return msg("Of the qualified, {name} leads clearly ({score:.1f} to {runner_up:.1f} for {second}).", **facts)
    if found.verdict == CLEAR:
        return msg("{name} leads clearly ({score:.1f} to {runner_up:.1f} for {second}).", **facts)
    if found.margin < NARROW_MARGIN:
        return msg("{name} leads narrowly ({score:.1f} to {runner_up:.1f} for {second}).", **facts)
    return msg("{name} leads, but not firmly ({score:.1f} to {runner_up:.1f} for {second}).", **facts)


def _runners_up(found: Firmness) -> Message | LocalText | str:
    """Return the second, or all who share the second place as long as a sentence can name them."""
    ranks = found.ranking.ranks
    rows = found.rows[ranks == ranks[1]].tolist()
    return listed([label(found.ranking, row) for row in (rows if len(rows) <= NAMED else rows[:1])])


def _level(found: Firmness, first: int, second: int) -> Message:
    ranking = found.ranking
    best = float(ranking.score[first])
    level = int((np.round(best - ranking.score[found.rows], 8) < TIE_MARGIN).sum())
    facts = {"name": label(ranking, first), "second": label(ranking, second), "score": best}
    if level > 2:
        return plural(
            "{name}, {second} and {n} more are level at {score:.1f}.",
            "{name}, {second} and {n} more are level at {score:.1f}.",
            level - 2,
            **facts,
        )
    if found.margin == 0:
        return msg("{name} and {second} are level: both have {score:.1f}.", **facts)
    return msg(
        "{name} and {second} are as good as level ({score:.1f} to {runner_up:.1f}).",
        runner_up=ranking.score[second],
        **facts,
    )


def _below_line(found: Firmness) -> Message | None:
    line = found.ranking.profile.minimum_total
    if found.first is None or line is None or found.ranking.score[found.first] >= line:
        return None
    return msg("No total reaches the qualified line of {line:.1f} yet.", line=line)


def _share(found: Firmness) -> Message | None:
    if not found.open_values and int((found.ranking.weights > 0).sum()) < 2:
        return None  # a single weight cannot move
    if found.share is None or found.first is None or found.second is None or found.acceptability is None:
        return None
    shares = found.acceptability.first_share
    rival = 1 + int(np.argmax(shares[1:]))
    facts = {"how": _trials(found), "name": label(found.ranking, found.first), "won": of_100(found.share)}
    facts |= {"rival": label(found.ranking, int(found.rows[rival])), "lost": of_100(float(shares[rival]))}
    if found.verdict == TIE:
        return msg("{how}, {name} comes first in {won} of 100 trials, {rival} in {lost}.", **facts)
    if found.verdict == CLEAR or shares[rival] == 0:
        return msg("{how}, it stays first in {won} of 100 trials.", **facts)
    return msg("{how}, it stays first in {won} of 100 trials; {rival} comes first in {lost}.", **facts)


def _trials(found: Firmness) -> Message:
    """Return what was moved in the trials."""
    if found.answers and found.open_values:
        return pmsg(
            "trials", "Over all weights that the answers leave open, and with unsure values anywhere in their range"
        )
    if found.answers:
        return pmsg("trials", "Over all weights that the answers leave open")
    percent = 100 * found.spread
    if found.open_values and found.spread == SPREAD:
        return pmsg(
            "trials",
            "With every weight moved up or down by up to a fifth, and unsure values anywhere in their range",
        )
    if found.open_values:
        return pmsg(
            "trials",
            "With every weight moved up or down by up to {percent:.0f} %, and unsure values anywhere in their range",
            percent=percent,
        )
    if found.spread == SPREAD:
        return pmsg("trials", "With every weight moved up or down by up to a fifth")
    return pmsg("trials", "With every weight moved up or down by up to {percent:.0f} %", percent=percent)


def _swap(found: Firmness) -> Message | None:
    from selection.robustness.tipping_words import sentence

    if found.first is None or found.second is None or found.verdict == TIE:
        return None
    if found.swap is not None:
        return sentence(found.ranking, found.swap)
    return msg(
        "No single weight and no single value could put {second} first.", second=label(found.ranking, found.second)
    )


def contenders(ranking: Ranking) -> IntArray:
    """Return the rows still to be verified that could pass the first of the ranked, the highest first."""
    if not len(ranking.ranked_rows):
        return ranking.pending_rows[:0]
    rows = ranking.pending_rows[ranking.best_ranks == 1]
    rows = rows[ranking.high[rows] > ranking.low[ranking.ranked_rows[0]]]
    highest: IntArray = rows[np.argsort(-ranking.high[rows], kind="stable")]
    return highest


def _pending(found: Firmness) -> Message | None:
    ranking, rows = found.ranking, contenders(found.ranking)
    if not len(rows):
        return None
    return plural(
        "{name} is still to be verified and could pass it ({low:.1f} to {high:.1f}).",
        "{n} candidates are still to be verified and could pass it, {name} most of all ({low:.1f} to {high:.1f}).",
        len(rows),
        name=label(ranking, int(rows[0])),
        low=ranking.low[rows[0]],
        high=ranking.high[rows[0]],
    )
