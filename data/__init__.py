"""Steps 4-5: where candidates come from, where decisions are kept, how lists leave.

The names are resolved when they are first used: the child process that parses files is `data.readers.child`, and must
not pay for pandas because this package was imported on the way.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.candidates import ImportReport, read_candidates
    from data.waivers import read_waivers
    from data.writers import export_formats, export_ranking, export_table

_HOMES = {
    "ImportReport": "data.candidates",
    "read_candidates": "data.candidates",
    "read_waivers": "data.waivers",
    "export_formats": "data.writers",
    "export_ranking": "data.writers",
    "export_table": "data.writers",
}

__all__ = ["ImportReport", "export_formats", "export_ranking", "export_table", "read_candidates", "read_waivers"]


def __getattr__(name: str) -> Any:
    """Import the module that holds *name* and return it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'data' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
