"""Every way to ask every method, for tests that hold for all of them.

electre_tri is not among them: it sorts into classes by limits that belong to one problem.
"""

from __future__ import annotations

from typing import Any

import pytest

from selection.methods import METHODS

Way = tuple[str, dict[str, Any]]

RATIOS = ("moora_ratio", "copras", "aras", "marcos")
DISTANCES = ("edas", "codas", "mabac", "cocoso", "spotis", "rim")
FLOWS = ("promethee_1", "promethee_2")
ALL: list[Way] = [
    *(("weighted_sum", {"normalization": name}) for name in ("none", "sum", "max", "minmax", "vector")),
    *(("weighted_product", {"normalization": name}) for name in ("none", "sum", "max", "vector")),
    *(("waspas", {"normalization": name}) for name in ("none", "sum", "max", "vector")),
    *(("topsis", {"normalization": name}) for name in ("none", "sum", "max", "minmax", "vector")),
    *((name, {}) for name in ("vikor", *RATIOS, *DISTANCES, *FLOWS)),
]
DEFAULTS: list[Way] = [
    (name, {})
    for name in ("weighted_sum", "weighted_product", "waspas", "topsis", "vikor", *RATIOS, *DISTANCES, *FLOWS)
]
TWICE: list[Way] = [way for way in ALL if METHODS[way[0]].second_engine]
"""Ways that scikit-criteria has too."""
SERVING = [name for name in METHODS if METHODS[name].on_scale is not None]
"""Methods that serve as a cross-check on the one scale."""


def fixed(lower: float, upper: float) -> list[Way]:
    """Return the ways in which fixed ends make everybody's score independent of who else is listed."""
    ends = (lower, upper)
    return [
        ("topsis", {"normalization": "none", "bounds": ends}),
        ("topsis", {"normalization": "minmax", "bounds": ends}),
        ("vikor", {"bounds": ends}),
        ("spotis", {"bounds": ends}),
        ("rim", {"ranges": ends}),
    ]


def _name(value: Any) -> str:
    return "-".join(map(str, value.values())) or "default" if isinstance(value, dict) else str(value)


EVERY_WAY = pytest.mark.parametrize(("method", "settings"), ALL, ids=_name)
EVERY_SHARED_WAY = pytest.mark.parametrize(("method", "settings"), TWICE, ids=_name)
EVERY_DEFAULT = pytest.mark.parametrize(("method", "settings"), DEFAULTS, ids=_name)
EVERY_ENGINE = pytest.mark.parametrize(
    ("method", "settings", "engine"),
    [*((*way, "own") for way in ALL), *((*way, "scikit-criteria") for way in TWICE)],
    ids=_name,
)
BOTH_ENGINES = pytest.mark.parametrize("engine", ["own", "scikit-criteria"])
