"""What the panel's figures mean, in sentences."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from criteria.model import Criterion
from criteria.text import LocalText, Message, msg, plural
from selection.panel import Disagreement, Voice, WithoutOne
from selection.panel_agreement import FEWEST_CANDIDATES, MODERATE, STRICT, STRONG, WEAK, Concordance, Habit, Leniency

Name = Callable[[str], str]

PLAIN_ANCHORS = (msg("Not acceptable"), msg("Weak"), msg("Just qualified"), msg("Good"), msg("Ideal"))
"""What the ratings mean where a criterion has no scale of its own."""
DONT_KNOW = msg("Don't know")


def anchors(criterion: Criterion) -> tuple[LocalText | Message, ...]:
    """Return what the ratings 1 to 5 of *criterion* mean."""
    return tuple(criterion.rubric or PLAIN_ANCHORS)


def option(criterion: Criterion, rating: float) -> Message:
    """Return a rating with what it means; a half point lies between the two beside it."""
    if not float(rating).is_integer():
        return msg(
            "{rating} - between {lower} and {upper}", rating=points(rating), lower=int(rating), upper=int(rating) + 1
        )
    return msg("{rating} - {anchor}", rating=points(rating), anchor=anchors(criterion)[int(rating) - 1])


def points(value: float) -> str:
    """Return a rating or a difference as it is read: half points as they are, means with one decimal.

    >>> points(4.0), points(3.5), points(3.6667)
    ('4', '3.5', '3.7')
    """
    return f"{value:g}" if float(value * 2).is_integer() else f"{value:.1f}"


def disagreement_sentence(found: Disagreement, name: str, criterion: LocalText | str) -> Message:
    """Return who lies how far apart on what: "Nordlicht, service: from 2 to 5 (Wu 5, Li 2)."."""
    return msg(
        "{candidate}, {criterion}: ratings run from {low} to {high}.",
        candidate=name, criterion=criterion, low=points(found.low), high=points(found.high),
    )  # fmt: skip


def voice_sentence(voice: Voice) -> Message:
    """Return what one assessor gave and why."""
    if voice.reason:
        return msg("{who} gave {rating}: {reason}", who=voice.who, rating=points(voice.rating), reason=voice.reason)
    return msg("{who} gave {rating}, without a reason.", who=voice.who, rating=points(voice.rating))


def concordance_sentence(found: Concordance) -> Message:
    """Return Kendall's W in words, or why there is none."""
    if len(found.assessors) < 2 or found.candidates < FEWEST_CANDIDATES:
        return msg(
            "Whether the assessors agree on the order can be said once all of them have rated {least} candidates; so "
            "far they share {n}.",
            least=FEWEST_CANDIDATES,
            n=found.candidates,
        )
    if math.isnan(found.w):
        return msg("Every assessor rates these candidates all alike, so there is no order to agree on.")
    facts = {"w": found.w, "n": found.candidates}
    if found.w >= STRONG:
        return msg("The assessors agree strongly on the order of {n} candidates (Kendall's W {w:.2f} of 1).", **facts)
    if found.w >= MODERATE:
        return msg("The assessors agree moderately on the order of {n} candidates (Kendall's W {w:.2f} of 1).", **facts)
    if found.w >= WEAK:
        return msg("The assessors agree little on the order of {n} candidates (Kendall's W {w:.2f} of 1).", **facts)
    return msg(
        "The assessors hardly agree on the order of {n} candidates (Kendall's W {w:.2f} of 1). Talk about what each "
        "line of the scale means before you use the mean.",
        **facts,
    )


def leniency_sentences(found: Leniency) -> tuple[Message, ...]:
    """Return one sentence per assessor who can be compared, and who cannot be compared with whom."""
    said = [
        _strictness(who, found.effects[who], found.shared[who])
        for group in found.groups
        if len(group) > 1
        for who in group
    ]
    if len(found.groups) > 1:
        said += [_apart(group) for group in found.groups[1:]]
    return tuple(said)


def _strictness(who: str, effect: float, shared: int) -> Message:
    facts = {"who": who, "points": f"{abs(effect):.1f}", "n": shared}
    if effect >= STRICT:
        return msg("{who} is mild: {points} points above the others on the same candidates.", **facts)
    if effect <= -STRICT:
        return msg("{who} is strict: {points} points below the others on the same candidates.", **facts)
    return msg("{who} rates as the others do.", **facts)


def _apart(group: Sequence[str]) -> Message:
    return plural(
        "{names} shares no rated candidate with the others, so nobody can say whether this assessor is strict or mild.",
        "{names} share no rated candidate with the others, so they can be compared only with each other.",
        len(group),
        names=" · ".join(group),
    )


def habit_sentence(found: Habit) -> Message:
    """Return the hint that an assessor's ratings tell little apart."""
    if found.kind == "same":
        return msg(
            "{who} gave {rating} to everybody and everything ({n} ratings): this tells nobody apart.",
            who=found.assessor, rating=points(found.rating or 0.0), n=found.count,
        )  # fmt: skip
    return msg(
        "{who} rated each of {n} candidates alike on every criterion: one impression may have coloured all of it.",
        who=found.assessor, n=found.count,
    )  # fmt: skip


def without_sentence(found: WithoutOne, name: Name) -> Message:
    """Return what the ranking would be without one assessor; *name* gives a candidate's name."""
    if found.leads is None:
        return msg("Without {who} nobody would be qualified: too much would be unknown.", who=found.assessor)
    facts = {"who": found.assessor, "first": name(found.leads), "top": " · ".join(name(id_) for id_ in found.top)}
    if found.same_lead and found.same_top:
        return msg("Without {who}: the same lead and the same first {n}.", n=len(found.top), **facts)
    if found.same_lead:
        return msg("Without {who}: the same lead; the first {n} would be {top}.", n=len(found.top), **facts)
    if found.same_top:
        return msg("Without {who}: {first} would lead, among the same first {n}.", n=len(found.top), **facts)
    return msg("Without {who}: {first} would lead, and the first {n} would be {top}.", n=len(found.top), **facts)
