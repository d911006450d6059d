"""Bytes -> text: byte order marks, strict UTF-8, and for everything older a judgement that is always announced.

An old sheet does not say how it was encoded. Every candidate encoding decodes the lines with bytes beyond ASCII and is
scored by what comes out: characters that company lists are full of speak for it, rare ones and symbols against it.
Where two come close, charset-normalizer has the casting vote and the warning names both.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from data.readers.encoding_scores import WIDE, rank_encodings
from data.readers.notes import Notices, Refusal, msg, plural

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    (b"\x84\x31\x95\x33", "gb18030", "GB18030"),
)
NAMES = {
    "gb18030": "GB18030",
    "cp950": "Big5",
    "big5hkscs": "Big5-HKSCS",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
}
BINARY = msg("The file holds binary data, not a table of text; export the sheet as .xlsx or .csv and import that.")
_CONTROL_BYTES = bytes(code for code in range(32) if code not in b"\0\t\n\r\x0c\x1b")
_LEAST_SCORE = 0.3
_FEW = 0.1
_SAMPLE_BYTES = 40_000
_CLOSE = 0.12
_VALID_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_CP1252 = "\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
_DOUBLED = re.compile(f"[ÃÂ][{_CP1252}]|[åäæçèé][{_CP1252}]{{2}}|â€[{_CP1252}]|[ÐÑ][{_CP1252}][ÐÑ][{_CP1252}]")

_DOUBLED_STARTS = "ÃÂåäæçèéÐÑâ"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the name of the encoding it was read as."""

    text: str
    encoding: str


def decode(data: bytes, notices: Notices) -> Decoded:
    """Return *data* as text; every guess, every byte lost and every sign of an earlier accident is reported."""
    decoded = _by_mark(data, notices) or _by_zeros(data, notices) or _as_utf8(data, notices) or _old(data, notices)
    _report_doubled(decoded.text, notices)
    return decoded


def _by_mark(data: bytes, notices: Notices) -> Decoded | None:
    """Decode by the byte order mark at the start, if there is one."""
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            text = _lenient(data, codec, name, notices)
            return Decoded(text.removeprefix("\ufeff"), name)
    if b"\x1b$" in data[:_SAMPLE_BYTES] and data.isascii():
        return Decoded(_lenient(data, "iso2022_jp", "ISO-2022-JP", notices), "ISO-2022-JP")
    return None


def _by_zeros(data: bytes, notices: Notices) -> Decoded | None:
    """Decode UTF-16 and UTF-32 that lack their mark: the zero bytes of commas and line ends give them away."""
    sample = data[: _SAMPLE_BYTES - _SAMPLE_BYTES % 4]
    if b"\x00" not in sample:
        return None
    places = [sample[i::4].count(0) for i in range(4)]
    zeros = sum(places)
    enough = max(3, 0.04 * len(sample))
    quarter = 0.98 * max(len(sample) // 4, 1)
    if min(places[2:]) >= quarter or min(places[:2]) >= quarter:
        codec, name = ("utf-32-le" if places[3] >= quarter else "utf-32-be"), "UTF-32"
    elif places[1] + places[3] > 0.98 * zeros and zeros > enough:
        codec, name = "utf-16-le", "UTF-16"
    elif places[0] + places[2] > 0.98 * zeros and zeros > enough:
        codec, name = "utf-16-be", "UTF-16"
    elif zeros > 0.01 * len(sample) + 8:
        raise Refusal(BINARY)
    else:
        return None
    return Decoded(_lenient(data, codec, name, notices), name)


def _as_utf8(data: bytes, notices: Notices) -> Decoded | None:
    """Decode UTF-8, also where a few strays of another encoding stand in it; None where it is something else."""
    sample = data[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if controls > 3 and controls > 0.05 * len(sample):
        raise Refusal(BINARY)
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        pass
    telling = _telling_lines(data)
    valid = b"".join(_VALID_UTF8.findall(telling))
    beyond = len(_NOT_ASCII.findall(telling))
    latin = _DOUBLED.search(telling.decode("cp1252", "replace")) and beyond - len(valid) <= len(valid)
    if len(valid) >= 0.9 * beyond or (latin and len(valid) * 3 >= beyond * 2):
        return Decoded(data.decode("utf-8", "replace"), "UTF-8")
    return None


def _lenient(data: bytes, codec: str, name: str, notices: Notices) -> str:
    """Decode *data*; bytes that do not fit become U+FFFD, which the cleaning of cells reports with their line."""
    text = data.decode(codec, "replace")
    if len(text) > 20 and text.count("\ufffd") > 0.2 * len(text):
        raise Refusal(
            msg(
                "The file begins like {name} text, but most of it is not; export the sheet again as .xlsx or .csv.",
                name=name,
            )
        )
    return text


def _old(data: bytes, notices: Notices) -> Decoded:
    """Decode by the best-scored old encoding, and say which, and what else it could be."""
    best, rival = _guess(_telling_lines(data))
    if rival is None:
        note = msg(
            "Read as {name}; if names look wrong, save the sheet as UTF-8 and import it again.", name=NAMES[best]
        )
    else:
        note = msg(
            "Read as {name}, but it could also be {other}. Check a few names; "
            "if they look wrong, save the sheet as UTF-8 and import it again.",
            name=NAMES[best],
            other=NAMES[rival],
        )
    notices.warn(note)
    return Decoded(data.decode(best, "replace"), NAMES[best])


def _guess(sample: bytes) -> tuple[str, str | None]:
    """Return the codec that explains *sample* best, and the one that comes close to it, if any does."""
    ranked = rank_encodings(sample)
    score, best = ranked[0]
    if score < _LEAST_SCORE:
        if len(_NOT_ASCII.findall(sample)) <= _FEW * len(sample):
            return "cp1252", None  # a few signs such as ½ tell nothing; most sheets with such signs are this
        raise Refusal(
            msg("The encoding of the file cannot be told from its text; save the sheet as UTF-8 and import it again.")
        )
    rivals = [codec for other, codec in ranked[1:] if score - other < _CLOSE and _differs(sample, best, codec)]
    if not rivals:
        return best, None
    voted = _vote(sample, (best, *rivals)) if best in WIDE else best
    return voted, rivals[0] if voted == best else best


def _telling_lines(data: bytes) -> bytes:
    """Return the first lines that hold bytes beyond ASCII, up to the size of a sample."""
    lines = []
    size = 0
    for line in re.split(rb"[\r\n]+", data):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE_BYTES:
                break
    return b"\n".join(lines)[: 4 * _SAMPLE_BYTES]


def _differs(sample: bytes, one: str, other: str) -> bool:
    """Return whether the two codecs read *sample* differently."""
    return sample.decode(one, "replace") != sample.decode(other, "replace")


def _vote(sample: bytes, codecs_left: tuple[str, ...]) -> str:
    """Return charset-normalizer's choice among *codecs_left*, or the first where it has none."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return codecs_left[0]
    found = from_bytes(sample[:4_000], cp_isolation=list(codecs_left), threshold=0.5).best()
    return found.encoding if found is not None and found.encoding in codecs_left else codecs_left[0]


def _report_doubled(text: str, notices: Notices) -> None:
    """Say where text looks as if UTF-8 had been read as Windows-1252 and saved again; the text is kept as it is."""
    if text.isascii() or not any(mark in text for mark in _DOUBLED_STARTS):
        return
    found = _DOUBLED.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        notices.warn(
            plural(
                "Line {line}: {sample} looks garbled: it was damaged before this file was saved. "
                "The text is kept as it is; check the source it came from.",
                "Line {line}: {sample} looks garbled, as do {n} places in all: they were damaged before this file was "
                "saved. The text is kept as it is; check the source it came from.",
                len(_DOUBLED.findall(text)),
                line=line,
                sample=" ".join(text[max(0, found.start() - 6) : found.end() + 4].split()),
            ),
            line,
        )
