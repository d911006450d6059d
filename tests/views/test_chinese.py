"""In Chinese every page is Chinese: all visible text is collected, and a Latin word outside names fails."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from criteria import library, load_profile
from data.store import open_store

ROOT = Path(__file__).resolve().parent.parent.parent
ALLOWED = {
    *("English", "TOPSIS", "VIKOR", "WASPAS", "YAML", "JSON", "Excel", "xlsx", "csv", "tsv", "html", "json", "yaml"),
    *("parquet", "Ctrl", "V", "Z", "ID", "UTF", "km", "DSR", "KPI", "PAYDEX", "EBIT", "GDP", "ISO", "material", "MB"),
}
"""File formats, keys, units and proper names that are the same in every language."""
NOT_TEXT = re.compile(r":material/\w+:|https?://\S+|`[^`]*`|\{[^}]*\}|\S+@\S+|\b\w+\.(?:csv|xlsx|tsv|json|yaml|html)\b")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
PAGES = {
    "ranking": [{}, {"tab": "scenarios"}],
    "standard": [{}],
    "candidates": [{"tab": "list"}, {"tab": "import"}, {"tab": "interviews"}, {"tab": "one"}],
    "decision": [{}],
}
VIEWS = [(page, query) for page, queries in PAGES.items() for query in queries]


def texts(node: Any) -> Iterator[str]:
    """Yield every text that a page shows, element by element; the value of an input is a code or what a user typed."""
    for child in getattr(node, "children", {}).values():
        yield from texts(child)
    for name in ("label", "help", "placeholder", "body", *(() if hasattr(node, "set_value") else ("value",))):
        yield from _strings(getattr(node, name, None), node)
    yield from _strings(getattr(node, "options", None), node)


def _strings(value: Any, node: Any) -> Iterator[str]:
    if isinstance(value, str):
        if not value.startswith("data:image"):
            yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item, node)
    elif isinstance(value, pd.DataFrame):
        yield from _table(value, json.loads(getattr(node.proto, "columns", "") or "{}"))


def _table(table: pd.DataFrame, settings: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the headings as they are shown and the texts of the cells, leaving out hidden columns."""
    for place, column in enumerate(table.columns):
        setting = settings.get(str(column)) or settings.get(f"_pos:{place}") or {}
        if not setting.get("hidden"):
            yield str(setting.get("label") or column)
            for cell in table[column].tolist():
                yield from _strings(cell, None)


def names_of(project: str) -> list[str]:
    """Return everything in a project that a user typed: names, regions, notes, sources."""
    store = open_store()
    frame = store.candidates_frame(project)
    typed = [*frame.frame["id"], *frame.frame["name"], store.project(project).name]
    typed += [name for row in frame.regions or () for name in row]
    typed += [str(text) for column in (*frame.sources.values(), *frame.who.values()) for text in column if text]
    typed += [waiver.by + " " + waiver.reason for waiver in store.waivers(project)]
    typed += [entry.source or "" for entry in library().values()]  # titles of the works that starter values rest on
    words = {word for text in typed for word in WORD.findall(str(text))}
    return sorted(words, key=len, reverse=True)


def latin_words(found: list[str], names: list[str]) -> dict[str, str]:
    """Return the Latin words that are neither allowed nor part of a name, with the text they stand in."""
    allowed = ALLOWED | set(names)
    return {
        word: text[:90]
        for text in found
        for word in WORD.findall(NOT_TEXT.sub(" ", text.replace("\\", "")))
        if word not in allowed and len(word) > 1
    }


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("state", ["sample", "empty"])
@pytest.mark.parametrize(("page", "query"), VIEWS, ids=[f"{page}{''.join(q.values())}" for page, q in VIEWS])
def test_no_latin_word_is_left_on_a_chinese_page(page: str, query: dict[str, str], state: str, language: str) -> None:
    """On the sample and on an empty project, in both scripts."""
    at = AppTest.from_file(str(ROOT / "views" / "main.py"), default_timeout=60)
    at.session_state["language"] = language
    if state == "empty":
        made = open_store().create_project("空白", load_profile("seven_factors").document())
        at.session_state["project"] = made.id
    at.run()
    for key, value in query.items():
        at.query_params[key] = value
    at.switch_page(f"{page}_page.py").run()
    shown = [text for root in (at.main, at.sidebar) for text in texts(root)]
    project = next(iter(open_store().projects())).id

    assert not at.exception
    assert len(shown) > 5
    assert any("一" <= character <= "鿿" for text in shown for character in text)
    assert latin_words(shown, names_of(project)) == {}
