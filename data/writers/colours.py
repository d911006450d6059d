"""The colours of the product: one per family of criteria, and three tones for scores.

The family colours keep a distance from each other for normal, red-blind and green-blind eyes alike; the tones differ in
lightness too, so that they survive a grey print. Names stand beside colours everywhere: no figure needs them alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from criteria.curves import QUALIFIED

STRONG = 85.0
"""From here on a score has the strongest tone."""


class Tone(NamedTuple):
    """A tone for scores: *dark* for bars, *light* behind text."""

    dark: str
    light: str


TONES = (Tone("#D98E2B", "#FBE7CC"), Tone("#3E7CB1", "#DCE9F5"), Tone("#0E2F50", "#B7CCE4"))
"""Below the qualified line, from 50 to 85, from 85."""

NO_FAMILY = "#9AA3AD"
BAND = "#333333"
FAMILY_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "history": "#1F5FA8",
        "growth": "#E08A1E",
        "finance": "#2E8B57",
        "cooperation": "#70B5CC",
        "related_products": "#802506",
        "staff": "#466FEB",
        "coverage": "#593131",
        "logistics": "#068080",
        "reputation": "#819BEB",
        "compliance": "#1B3A59",
        "online": "#3008A6",
        "terms": "#0C0CEB",
    }
)
"""Family of criteria -> its colour on every page and in every export."""


def family_colour(family: str | None) -> str:
    """Return the colour of a family of criteria; grey for one of the user's own."""
    return FAMILY_COLOURS.get(family or "", NO_FAMILY)


def tone(score: float) -> Tone:
    """Return the tone of a score between 0 and 100.

    >>> tone(49.9) == TONES[0], tone(50) == TONES[1], tone(85) == TONES[2]
    (True, True, True)
    """
    return TONES[(score >= QUALIFIED) + (score >= STRONG)]
