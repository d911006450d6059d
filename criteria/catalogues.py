"""The catalogues of the product: `python -m criteria.catalogues` extracts every text, updates both and compiles them.

A text is whatever stands as the literal first argument of `msg`, `plural`, `pmsg`, and of the pages' `t` and `tn`. The
English text is the message id. A new text has an empty translation until somebody writes it into the .po file; a test
fails on empty, fuzzy or surplus ones.
"""

from __future__ import annotations

import ast
import datetime
import io
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from criteria.text import LOCALE_DIR

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("criteria", "selection", "data", "views", "shortlist.py")
KEYWORDS = {"msg": "text", "t": "text", "plural": "plural", "tn": "plural", "pmsg": "context"}
LOCALES = ("zh_Hans", "zh_Hant")
FIXED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
"""The same date in every catalogue, so that an update without new texts leaves no difference."""


def source_files() -> Iterator[Path]:
    """Yield every file that may hold a text for users."""
    for name in SOURCES:
        path = ROOT / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def extract() -> Catalog:
    """Return the texts of the whole product, without translations."""
    found = Catalog(charset="utf-8")
    for path in source_files():
        for kind, texts in _calls(path):
            if kind == "plural" and len(texts) > 1:
                found.add((texts[0], texts[1]))
            elif kind == "context" and len(texts) > 1:
                found.add(texts[1], context=texts[0])
            elif kind == "text" and texts:
                found.add(texts[0])
    return found


def _calls(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the kind and the literal leading arguments of every call that makes a text, also inside f-strings."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in KEYWORDS:
                literal = takewhile(
                    lambda item: isinstance(item, ast.Constant) and isinstance(item.value, str), node.args
                )
                yield KEYWORDS[name], [item.value for item in literal]  # type: ignore[attr-defined]


def po_path(locale: str) -> Path:
    """Return where the catalogue of *locale* lies."""
    return LOCALE_DIR / locale / "LC_MESSAGES" / "messages.po"


def read(locale: str) -> Catalog:
    """Return the catalogue of *locale* as it is written, or an empty one."""
    path = po_path(locale)
    if not path.is_file():
        return Catalog(locale=locale, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def updated(locale: str) -> Catalog:
    """Return the catalogue of *locale* for today's texts: translations kept, new texts empty, surplus ones gone."""
    old, new = read(locale), extract()
    merged = Catalog(
        locale=locale,
        charset="utf-8",
        fuzzy=False,
        project="Distributor Shortlist",
        creation_date=FIXED,
        revision_date=FIXED,
        header_comment="# The texts of Distributor Shortlist; see criteria/catalogues.py.",
        last_translator="",
        language_team="",
    )
    for message in new:
        if message.id:
            known = old.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
            merged.add(message.id, known.string if known else None, context=message.context)
    return merged


def compiled(catalogue: Catalog) -> bytes:
    """Return *catalogue* as the bytes of a .mo file."""
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def main() -> int:
    """Update and compile every catalogue; say how many texts still wait for a translation."""
    for locale in LOCALES:
        catalogue = updated(locale)
        path = po_path(locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, sort_output=True, omit_header=False, width=120, include_lineno=False)
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        empty = sum(1 for message in catalogue if message.id and not _is_complete(message.string))
        sys.stdout.write(f"{locale}: {len(catalogue)} texts, {empty} without translation\n")
    return 0


def _is_complete(translation: object) -> bool:
    return all(translation) if isinstance(translation, tuple | list) else bool(translation)


if __name__ == "__main__":
    sys.exit(main())
