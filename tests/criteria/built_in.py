"""The built-in files as plain documents, and figures that several tests of them share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2] / "criteria"
LANGUAGES = ("en", "zh-Hans", "zh-Hant")


def _documents(folder: str) -> dict[str, dict[str, Any]]:
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((ROOT / folder).glob("*.yaml"))}


FAMILIES = _documents("library")
TEMPLATES = _documents("templates")
CRITERIA: dict[str, dict[str, Any]] = {
    entry["id"]: entry | {"family": family["family"]} for family in FAMILIES.values() for entry in family["criteria"]
}

HEADS = (
    *("operating_years", "sales_growth", "solvency", "cooperation_attitude"),
    *("related_experience", "sales_staff_quality", "location_quality"),
)
SOLVENCY = {
    "payment_record": 30,
    "credit_headroom": 20,
    "current_ratio": 10,
    "quick_ratio": 10,
    "liabilities_to_equity": 10,
    "interest_cover": 10,
    "altman_z2": 10,
}
BRIBERY = [{"kind": "hard", "limit": 2}, {"kind": "conditional", "limit": 3}]


def texts(node: Any, language: str) -> Iterator[str]:
    """Yield every text in *language* below *node*."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == language and isinstance(value, str):
                yield value
            else:
                yield from texts(value, language)
    elif isinstance(node, list):
        for item in node:
            yield from texts(item, language)


def all_texts(language: str) -> list[str]:
    return [text for document in (*FAMILIES.values(), *TEMPLATES.values()) for text in texts(document, language)]


def is_complete(text: Any) -> bool:
    return isinstance(text, dict) and set(text) == set(LANGUAGES) and all(str(value).strip() for value in text.values())
