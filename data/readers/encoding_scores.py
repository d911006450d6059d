"""How well each old encoding explains a sample of bytes: the weight of the characters that come out of it."""

from __future__ import annotations

import re

from data.readers.common_characters import (
    ALPHABETS,
    COMMON_LETTERS,
    HANGUL,
    HIRAGANA,
    JAPANESE,
    KATAKANA,
    SIMPLIFIED,
    TRADITIONAL,
)

WIDE = ("gb18030", "cp950", "big5hkscs", "cp932", "euc_jp", "cp949")
"""Encodings in which a character may take more than one byte."""


def rank_encodings(sample: bytes) -> list[tuple[float, str]]:
    """Return (score, codec) of every candidate encoding, best first; equal scores keep the order of use."""
    scored = [(_score_wide(sample, codec), codec) for codec in WIDE]
    scored += [(_score_narrow(sample, codec), codec) for codec in ALPHABETS]
    return sorted(scored, key=lambda item: -item[0])


def _score_wide(sample: bytes, codec: str) -> float:
    """Return the mean weight of the characters beyond ASCII that *codec* makes of *sample*."""
    text = sample.decode(codec, "replace")
    beyond = [c for c in text if c > "\x7f" and c not in "\u3000、。，；：（）「」！？·・"]
    if not beyond:
        return 0.0
    weigh = {"gb18030": _chinese, "cp932": _japanese, "euc_jp": _japanese, "cp949": _korean}.get(codec, _taiwanese)
    lost = len([c for c in beyond if c == "\ufffd"])
    return (sum(map(weigh, beyond)) - 3.0 * lost) / len(beyond)


def _level(c: str, codec: str, low: int, high: int) -> bool:
    """Return whether *codec* keeps *c* among its everyday characters (first byte from *low* to *high*)."""
    try:
        code = c.encode(codec)
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and low <= code[0] <= high


def _chinese(c: str) -> float:
    if c in SIMPLIFIED:
        return 1.0
    if _level(c, "gb2312", 0xB0, 0xD7):
        return 0.45
    if c in TRADITIONAL:  # traditional names in a GB18030 sheet
        return 0.6
    if "\uff01" <= c <= "\uff5e":
        return 0.6
    return -0.1 if _level(c, "gb2312", 0xD8, 0xF7) else -0.6


def _taiwanese(c: str) -> float:
    if c in TRADITIONAL:
        return 1.0
    if "\uff01" <= c <= "\uff5e":
        return 0.6
    if _level(c, "cp950", 0xA4, 0xC6):
        return 0.45
    return -0.25 if "\u4e00" <= c <= "\u9fff" else -0.6


def _japanese(c: str) -> float:
    if c in JAPANESE or c in KATAKANA or c in HIRAGANA or c in "ー（）㈱㈲々":
        return 1.0
    if "\uff61" <= c <= "\uff9f":
        return -0.4
    if "\uff01" <= c <= "\uff5e":
        return 0.6
    if _level(c, "cp932", 0x88, 0x98):
        return 0.45
    return -0.25 if "\u4e00" <= c <= "\u9fff" else -0.6


def _korean(c: str) -> float:
    if c in HANGUL:
        return 1.0
    if "\uac00" <= c <= "\ud7a3":
        return 0.45 if _level(c, "euc_kr", 0xB0, 0xC8) else -0.4
    return -0.25 if "\u4e00" <= c <= "\u9fff" else -0.6


def _score_narrow(sample: bytes, codec: str) -> float:
    """Return the share of signs beyond ASCII that one language written in *codec* knows, less signs inside words."""
    text = sample.decode(codec, "replace")
    beyond = [c for c in text if c > "\x7f" and c != "\u00a0"]
    if not beyond:
        return 0.0
    lost = 3 * text.count("\ufffd")
    if codec in COMMON_LETTERS:
        return _score_script(text, beyond, codec) - lost / len(beyond)
    best = max(sum(c in letters for c in beyond) for letters in ALPHABETS[codec])
    inside = len(re.findall(r"[a-z][^\W\d_a-z]*[^\x00-\x7f\w\s’'–—-][a-z]|[a-z][A-ZÀ-Þ][a-z]", text))
    runs = 2 * len(re.findall(r"[^\x00-\x7f]{3,}", text))
    return 0.9 * (best - inside - runs - lost) / len(beyond) + (0.03 if codec == "cp1252" else 0.0)


def _score_script(text: str, beyond: list[str], codec: str) -> float:
    """Return the score of a script of its own: its everyday letters are frequent and no word mixes it with Latin."""
    letters = ALPHABETS[codec][0]
    share = sum(c in letters for c in beyond) / len(beyond)
    everyday = sum(c.lower() in COMMON_LETTERS[codec] for c in beyond) / len(beyond)
    mixed = len(re.findall(r"[a-zA-Z][^\x00-\x7f]|[^\x00-\x7f][a-zA-Z]", text))
    return 0.45 * share + 0.45 * min(1.0, everyday / 0.55) - 2 * mixed / len(beyond)
