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
