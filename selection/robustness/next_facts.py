"""Which fact to get next: open facts ordered by how likely knowing each is to change the first k.

Two figures per fact. *probability*: the chance that this fact alone, everything else as it stands, changes who is among
the first k; a closed form, since a total is linear in the value. *decisive*: the share of joint draws of all open facts
in which the first k would be others if this one had stayed unknown; it also sees facts that decide only together.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from criteria.curves import QUALIFIED, FloatArray
from criteria.text import Message, msg
from selection.model import BoolArray, IntArray
from selection.rank import Ranking
from selection.robustness.next_facts_words import effect, what_to_do
from selection.robustness.open_facts import Facts, Standing, standing
from selection.robustness.settled import TOP, Contest, contest

LARGEST_DRAWS = 20_000_000
"""Joint draws hold at most this many totals or values at once; for larger pools there are fewer draws."""
FEWEST_DRAWS = 50

OUT, LEVEL, ABOVE = 0, 1, 2
"""Where a row stands to the k-th of the others: out; in beside those it is level with; in and pushing them out."""


@dataclass(frozen=True, slots=True)
class OpenFact:
    """One open fact: *row* of the candidates, *criterion* id (or "region"), *kind* (value, evidence, region).

    *probability* (0..1): that this fact alone changes the first *k*; *decisive* (0..1): the share of joint draws of all
    open facts in which it does; *width*: the points of the total between the worst and the best it may turn out.
    """

    row: int
    criterion: str
    kind: str
    probability: float
    decisive: float
    width: float
    k: int
    ranking: Ranking = field(repr=False, compare=False)

    @property
    def what(self) -> Message:
        """Return whom to ask, to rate or to verify, and on what."""
        return what_to_do(self.ranking, self.row, self.criterion, self.kind)

    @property
    def sentence(self) -> Message:
        """Return whom to ask for what, and how likely knowing it changes the first k."""
        return msg("{what}: {effect}", what=self.what, effect=effect(self.k, self.probability, self.decisive))


def next_facts(ranking: Ranking, k: int = TOP, draws: int = 1_000, seed: int = 0) -> tuple[OpenFact, ...]:
    """Return the open facts that could still change the first *k* of *ranking*, the most likely first.

    Ordered by `probability`, then `decisive`, then `width`; equal ones by the order of ranking and standard. *draws*
    joint draws start from *seed*; none leave `decisive` at 0. Empty = settled.
    """
    found = standing(ranking)
    race = contest(found, k)
    if race.done:
        return ()
    alone = _alone(found, k)
    together = _together(found, race, k, draws, seed)
    facts = [
        OpenFact(row, group.criterion, group.kind, p, d, w, k, ranking)
        for group, first, second in zip(found.facts, alone, together, strict=True)
        for row, p, d, w, matters in zip(
            found.rows[group.at].tolist(), first.tolist(), second.tolist(), _width(group).tolist(),
            race.matters(group).tolist(), strict=True,
        )
        if matters
    ]  # fmt: skip
    place = {row: position for position, row in enumerate(found.rows.tolist())}
    order = {criterion.id: position for position, criterion in enumerate(ranking.profile.criteria)}
    return tuple(
        sorted(facts, key=lambda f: (-f.probability, -f.decisive, -f.width, place[f.row], order.get(f.criterion, -1)))
    )


def _width(facts: Facts) -> FloatArray:
    down, up = facts.reach()
    return np.round(up - down, 9)


# --- alone: in closed form ---


def _alone(found: Standing, k: int) -> list[FloatArray]:
    """Return per group the chance that one fact, everything else as it stands, changes the first *k*."""
    sure = found.waiting == 0
    top = _top(np.where(sure, found.score, -np.inf)[:, None], k)
    solved = _solved_by_one(found)
    return [_chance(facts, found, sure, solved[number], top, k) for number, facts in enumerate(found.facts)]


def _solved_by_one(found: Standing) -> list[BoolArray]:
    """Return per group which facts meet every open must-have of their row, if they turn out well."""
    covered = []
    for facts in found.facts:
        count = np.full(len(facts), int(facts.decides))
        for _, share in facts.parts:
            count += share > 0
        covered.append((count == found.waiting[facts.at]) & (found.waiting[facts.at] > 0) & ~found.lost[facts.at])
    return covered


def _chance(facts: Facts, found: Standing, sure: BoolArray, solves: BoolArray, top: FloatArray, k: int) -> FloatArray:
    """Return the chance of every fact of a group, summed over the stretches that its value may lie in."""
    middle, counted = found.middle[facts.at], sure[facts.at]
    now = np.where(counted, found.score[facts.at], -np.inf)
    entries, pushes = _others(top, now[:, None], k)
    entry, strict = entries[:, 0], pushes[:, 0]
    before = _side(now, entry, strict)
    least = _needed(facts, found)
    piece = facts.outcome
    chance = np.zeros(len(facts))
    for start, end, share, passes in zip(piece.start, piece.end, piece.share, piece.passes, strict=True):
        enough, above = _fractions(facts.weight, middle, entry, least, (float(start), float(end)))
        moves = (facts.weight > 0) & (start < end)
        fixed = _side(np.round(middle + facts.weight * (start - QUALIFIED), 8), entry, strict)
        state = np.where(moves, np.where(strict, ABOVE, LEVEL), fixed)
        chosen = np.where(moves, above, enough)
        change = chosen * (state != before) + (1.0 - chosen) * (before != OUT)
        chance += share * np.where(counted | (solves & bool(passes)), change, 0.0)
    return np.round(chance, 6)


def _fractions(
    weight: FloatArray, middle: FloatArray, entry: FloatArray, least: FloatArray, ends: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """Return the fractions of a stretch of values that reach *least*, and that also lift the total to *entry*."""
    start, end = ends
    if start == end:
        enough = np.where(start >= least, 1.0, 0.0)
        return enough, enough
    safe = np.where(weight > 0, weight, 1.0)
    reached = QUALIFIED + (entry - middle) / safe
    enough, above = (np.clip((end - bound) / (end - start), 0.0, 1.0) for bound in (least, np.maximum(least, reached)))
    return enough, above


def _needed(facts: Facts, found: Standing) -> FloatArray:
    """Return the value from which each fact alone meets the composites' must-haves that wait for it."""
    least = np.full(len(facts), -np.inf)
    for number, share in facts.parts:
        gate = found.wholes[number]
        needed = (gate.limit - gate.worst[facts.at]) / np.where(share > 0, share, 1.0)
        least = np.where(share > 0, np.maximum(least, needed), least)
    return least


# --- together: in joint draws ---


def _together(found: Standing, race: Contest, k: int, draws: int, seed: int) -> list[FloatArray]:
    """Return per group the share of joint draws in which the first *k* would be others without each fact."""
    shares = [np.zeros(len(facts)) for facts in found.facts]
    near = found.take(~race.outside)  # those who are out for sure change nothing for anybody
    size = len(near.rows) + sum(len(facts) for facts in near.facts)
    draws = min(draws, max(FEWEST_DRAWS, LARGEST_DRAWS // max(size, 1)))
    if draws <= 0 or not near.facts:
        return shares
    drawn = iter(_decisive(near, k, draws, np.random.default_rng(seed)))
    for number, facts in enumerate(found.facts):
        kept = ~race.outside[facts.at]
        if kept.any():
            shares[number][kept] = next(drawn)
    return shares


def _decisive(found: Standing, k: int, draws: int, random: np.random.Generator) -> list[FloatArray]:
    values = [facts.outcome.at(random.random((len(facts), draws))) for facts in found.facts]
    total = np.repeat(found.middle[:, None], draws, axis=1)
    alive = np.repeat(~found.lost[:, None], draws, axis=1)
    wholes = [np.repeat(gate.worst[:, None], draws, axis=1) for gate in found.wholes]
    for facts, (value, passes) in zip(found.facts, values, strict=True):
        total[facts.at] += facts.weight[:, None] * (value - QUALIFIED)
        if facts.decides:
            alive[facts.at] &= passes
        for number, share in facts.parts:
            wholes[number][facts.at] += share[:, None] * value
    for gate, figure in zip(found.wholes, wholes, strict=True):
        alive &= (np.round(figure, 8) >= gate.limit) | ~gate.waits[:, None]
    total = np.where(alive, np.round(total, 8), -np.inf)
    top = _top(total, k)
    return [
        _decides(facts, found, value, total[facts.at], wholes, top, k)
        for facts, (value, _) in zip(found.facts, values, strict=True)
    ]


def _decides(
    facts: Facts,
    found: Standing,
    value: FloatArray,
    total: FloatArray,
    wholes: list[FloatArray],
    top: FloatArray,
    k: int,
) -> FloatArray:
    """Return the share of draws in which the first k are others when these facts stay unknown."""
    entry, strict = _others(top, total, k)
    without = np.round(total - facts.weight[:, None] * (value - QUALIFIED), 8)
    if facts.decides:
        without[:] = -np.inf
    for number, share in facts.parts:
        gate = found.wholes[number]
        left = np.round(wholes[number][facts.at] - share[:, None] * value, 8)
        without[(share > 0)[:, None] & (left < gate.limit)] = -np.inf
    changed: FloatArray = (_side(total, entry, strict) != _side(without, entry, strict)).mean(axis=1)
    return changed


# --- who stands where ---


def _top(totals: FloatArray, k: int) -> FloatArray:
    """Return the k + 1 largest totals of each draw, falling; minus infinity where there are fewer."""
    n, draws = totals.shape
    padded = np.concatenate([totals, np.full((max(k + 1 - n, 0), draws), -np.inf)])
    top: FloatArray = -np.sort(-np.partition(padded, len(padded) - k - 1, axis=0)[-k - 1 :], axis=0)
    return top


def _others(top: FloatArray, own: FloatArray, k: int) -> tuple[FloatArray, BoolArray]:
    """Return, per row and draw, the k-th largest total of the others, and whether exactly k - 1 of them are above it.

    If so, a row that comes above that total pushes out those who have it; else they share a place that stays inside.
    """
    inside = own >= top[k - 1]
    entry = np.where(inside, top[k], top[k - 1])
    if k == 1:
        return entry, np.isfinite(entry)
    before = np.where(own >= top[k - 2], top[k - 1], top[k - 2])
    return entry, (before > entry) & np.isfinite(entry)


def _side(total: FloatArray, entry: FloatArray, strict: BoolArray) -> IntArray:
    """Return OUT, LEVEL or ABOVE; who is above others that stay in anyway is as good as level with them."""
    inside = np.isfinite(total) & (total >= entry)
    side: IntArray = np.where(inside, np.where(strict & (total > entry), ABOVE, LEVEL), OUT)
    return side
