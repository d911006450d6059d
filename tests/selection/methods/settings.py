"""Every way to ask every method, for tests that hold for all of them."""

from __future__ import annotations

from typing import Any

import pytest

ALL: list[tuple[str, dict[str, Any]]] = [
    *(("weighted_sum", {"normalization": name}) for name in ("none", "sum", "max", "minmax", "vector")),
    *(("weighted_product", {"normalization": name}) for name in ("none", "sum", "max", "vector")),
    *(("waspas", {"normalization": name}) for name in ("none", "sum", "max", "vector")),
    *(("topsis", {"normalization": name}) for name in ("none", "sum", "max", "minmax", "vector")),
    ("vikor", {}),
]
DEFAULTS = [("weighted_sum", {}), ("weighted_product", {}), ("waspas", {}), ("topsis", {}), ("vikor", {})]


def _name(value: Any) -> str:
    return "-".join(map(str, value.values())) or "default" if isinstance(value, dict) else str(value)


EVERY_WAY = pytest.mark.parametrize(("method", "settings"), ALL, ids=_name)
EVERY_DEFAULT = pytest.mark.parametrize(("method", "settings"), DEFAULTS, ids=_name)
BOTH_ENGINES = pytest.mark.parametrize("engine", ["own", "scikit-criteria"])
