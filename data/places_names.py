"""Folding of place names to keys: two spellings of one place give one key.

Case, accents, width, punctuation and blanks do not count; letters that Unicode does not take apart (ß, ø, ł ...) are
written in plain ones.
"""

from __future__ import annotations

import re
import unicodedata

_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)
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
