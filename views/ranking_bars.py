"""A score as a small picture for a table cell: the bar from 0 to 100, the band of the unknown, and the two marks."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from criteria.curves import QUALIFIED
from data.writers.colours import tone

WIDTH, HEIGHT = 90, 28
INK, EMPTY, MUTED = "#1c2530", "#e9edf2", "#b9c0c9"


@lru_cache(maxsize=4096)
def bar(low: float, high: float, muted: bool = False) -> str:
    """Return the bar of a total between *low* and *high* (0..100) as an image address; equal ends = all is known.

    >>> bar(40.0, 40.0).startswith("data:image/svg+xml")
    True
    """
    unit, top, thick = WIDTH / 100, 7, HEIGHT - 14
    colour = MUTED if muted else tone((low + high) / 2).dark
    parts = [
        _box(0, top, WIDTH, thick, EMPTY),
        _box(0, top, low * unit, thick, colour),
        _box(low * unit, top, (high - low) * unit, thick, colour, 0.35),
        _box(QUALIFIED * unit - 0.75, 0, 1.5, HEIGHT, INK),
        _box(WIDTH - 1.5, 0, 1.5, HEIGHT, INK),
    ]
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">{"".join(parts)}</svg>'
    return f"data:image/svg+xml;utf8,{quote(svg)}"


def _box(x: float, y: float, width: float, height: float, fill: str, opacity: float = 1.0) -> str:
    return (
        f'<rect x="{x:.2f}" y="{y}" width="{max(width, 0):.2f}" height="{height}" fill="{fill}" opacity="{opacity}"/>'
    )
