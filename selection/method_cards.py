"""A card for each method: what it assumes, what it cannot take, and how often somebody else turns its order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from criteria.text import Message, msg
from selection.crosscheck import METHOD_TITLES, PRODUCT_METHODS
from selection.methods import METHODS

REVERSALS: Mapping[str, tuple[float, int]] = MappingProxyType(
    {
        "weighted_sum": (286 / 2000, 2000),
        "weighted_product": (0 / 2000, 2000),
        "waspas": (12 / 2000, 2000),
        "topsis": (442 / 2000, 2000),
        "vikor": (545 / 2000, 2000),
        "moora_ratio": (334 / 2000, 2000),
        "copras": (330 / 2000, 2000),
        "aras": (246 / 2000, 2000),
        "edas": (450 / 2000, 2000),
        "codas": (224 / 2000, 2000),
        "mabac": (461 / 2000, 2000),
        "marcos": (26 / 2000, 2000),
        "cocoso": (944 / 1975, 1975),
        "spotis": (461 / 2000, 2000),
        "rim": (360 / 2000, 2000),
        "promethee_1": (769 / 2000, 2000),
        "promethee_2": (769 / 2000, 2000),
    }
)
"""How often the order of the others changes, and in how many tries: benchmarks/rank_reversal.py, seed 0.

1,000 random problems of 6 candidates x 4 criteria with published defaults, once with a candidate added that another
one beats everywhere, once without the last; a method's refusals are left out. ELECTRE TRI compares with its limits,
never with the others.
"""
ANYTHING = msg("It takes any numbers.")
ABOVE_ZERO = msg("It cannot take a 0 or a negative: one 0 would wipe out everything else.")
NO_NEGATIVES = msg("It cannot take negatives, nor a 0 where lower is better: it divides by the values.")
WITHIN_BOUNDS = msg("It takes any numbers; where its bounds are fixed, none outside them.")


@dataclass(frozen=True, slots=True)
class MethodCard:
    """What to know of a method before believing it: all of it in words for people."""

    name: str
    title: Message | str
    assumes: Message
    cannot: Message
    stability: Message


_ASSUMES: Mapping[str, Message] = {
    "weighted_sum": msg("A weakness is made up for by strengths of the same weight, point by point."),
    "weighted_product": msg("It counts how many times better, not by how many points; a near-zero sinks the rest."),
    "waspas": msg("Half weighted sum, half weighted product: a near-zero counts against, but does not sink all."),
    "topsis": msg("The best is near the ideal and far from the worst in a straight line, so extremes count more."),
    "vikor": msg("Half the total, half the single worst weakness: it looks for whom nobody would object to."),
    "promethee_1": msg(
        "Every two candidates are compared, criterion by criterion. It leaves open who is better where two differ too "
        "much."
    ),
    "promethee_2": msg(
        "Every two candidates are compared, criterion by criterion; the score is how often one is preferred, less how "
        "often others are."
    ),
    "electre_tri": msg(
        "It sorts into classes by comparison with limits: enough weight must agree, and no single criterion may object."
    ),
    "moora_ratio": msg("A sum of values, each divided by the length of its column; costs are subtracted."),
    "copras": msg("Benefits are added; costs count by how small they are beside everybody's."),
    "aras": msg("Each total is a share of that of an invented candidate who is best everywhere."),
    "edas": msg("Everybody is measured by the distance from the average, above and below it apart."),
    "codas": msg("Far from the worst is good: in a straight line first, and step by step where two are close."),
    "mabac": msg("Everybody is measured against a border, the middle of all in each criterion."),
    "marcos": msg("Each total stands between those of two invented candidates, best everywhere and worst everywhere."),
    "cocoso": msg("Three ways to mix a weighted sum and a weighted product, combined."),
    "spotis": msg("The distance from the ideal between fixed bounds. On the scale of this product it is the total."),
    "rim": msg("Distances from two ends, where the ideal may be a range. On the scale of this product it is TOPSIS."),
}
_CANNOT: Mapping[str, Message] = {
    "weighted_sum": NO_NEGATIVES,
    "weighted_product": ABOVE_ZERO,
    "waspas": ABOVE_ZERO,
    "topsis": ANYTHING,
    "vikor": WITHIN_BOUNDS,
    "promethee_1": msg("Some preference functions need thresholds, which somebody has to set."),
    "promethee_2": msg("Some preference functions need thresholds, which somebody has to set."),
    "electre_tri": msg("It ranks nobody within a class, and needs limits that are ordered from worst to best."),
    "moora_ratio": ANYTHING,
    "copras": msg("It cannot take negatives, nor a candidate whose costs are all 0."),
    "aras": NO_NEGATIVES,
    "edas": msg("It cannot take a criterion whose average is 0 or below: it divides by it."),
    "codas": NO_NEGATIVES,
    "mabac": WITHIN_BOUNDS,
    "marcos": NO_NEGATIVES,
    "cocoso": msg("It cannot take a candidate who is the worst in every criterion."),
    "spotis": WITHIN_BOUNDS,
    "rim": WITHIN_BOUNDS,
}


def method_cards() -> tuple[MethodCard, ...]:
    """Return a card for every method, those of the cross-check first."""
    names = [*PRODUCT_METHODS, *(name for name in METHOD_TITLES if name not in PRODUCT_METHODS)]
    return tuple(
        MethodCard(name, METHOD_TITLES[name], _ASSUMES[name], _CANNOT[name], _stability(name)) for name in names
    )


def _stability(name: str) -> Message:
    """Return how often the order of the others changes, as measured."""
    if name == "electre_tri":
        return msg("Nobody's class depends on who else is listed: it compares with limits only.")
    share, tries = REVERSALS[name]
    if share == 0:
        return msg(
            "When somebody worse was added or the last one left, the order of the others never changed in {tries:,} "
            "tries.",
            tries=tries,
        )
    if METHODS[name].on_scale is not None:
        return msg(
            "On its own scale the order of the others changed in {count:.1f} of 100 tries when somebody worse was "
            "added or the last one left. On the fixed scale of this product: never.",
            count=100 * share,
        )
    return msg(
        "When somebody worse was added or the last one left, the order of the others changed in {count:.1f} of 100 "
        "tries.",
        count=100 * share,
    )
