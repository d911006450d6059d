"""Folding of place names to keys, so that two spellings of one place give one key, and freer readings of a cell.

Case, accents, width, punctuation and blanks do not count; letters that Unicode does not take apart (ß, ø, ł ...) are
written in plain ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_GENERIC = re.compile(
    r"^(?:city of|town of|greater|downtown|metropolitan)\s+|[\s-]+(?:city|town|shi|municipality|si|gun|gu|ku)$",
    re.IGNORECASE,
)
_SHORT_SAINT = re.compile(r"\b(?:st|ste)\b\.?", re.IGNORECASE)
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return the key of *text*.

    >>> fold("São Paulo"), fold("ＴＯＫＹＯ"), fold("Saint-Étienne"), fold("Łódź"), fold("ḥ’")
    ('saopaulo', 'tokyo', 'saintetienne', 'lodz', 'h')
    """
    if text.isascii():
        return _NOT_WORD.sub("", text.lower())
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    kept = "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")
    return _NOT_WORD.sub("", unicodedata.normalize("NFC", kept))


def spellings(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (how, spelling, hint of the state) of *text*, from as written to ever freer readings."""
    yield "", text, ""
    if (repaired := _repaired(text)) is not None:
        yield "repaired", repaired, ""
    base, _, rest = re.sub(r"[(（].*?[)）]", " ", text).partition(",")
    plain = re.sub(r"\b\w*\d\w*\b|(?<=\w)\s+[A-Z]$", " ", base)
    for spelling in (base, plain, _GENERIC.sub("", plain.strip()), _SHORT_SAINT.sub("Saint", plain)):
        yield "", spelling.strip(), rest.strip()
    yield "", re.sub("[市县縣镇鎮]$", "", plain.strip()), ""
    yield "", re.sub("([aou])e", r"\1", plain.strip().lower()), ""
    for part in re.split(r"[/;|]| - ", text)[:3]:
        yield "", part.strip(), ""


def _repaired(text: str) -> str | None:
    """Return *text* with UTF-8 that was read as Latin-1 or cp1252 put right, or None where it was not.

    >>> _repaired("SÃ£o Paulo"), _repaired("Köln")
    ('São Paulo', None)
    """
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8") if not text.isascii() else None
        except UnicodeError:
            continue
    return None
