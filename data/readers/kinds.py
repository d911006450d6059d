"""What a file is, told by its first bytes and not by its name; what it cannot be is refused by its own name."""

from __future__ import annotations

import re
from pathlib import PurePath

from data.readers.notes import Note, Notices, Refusal, msg

KNOWN = {
    ".csv": "text",
    ".tsv": "text",
    ".tab": "text",
    ".txt": "text",
    ".xlsx": "zip",
    ".xlsm": "zip",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
}
"""File name endings of the formats that are read, and what such a file should hold."""

_NEUTRAL = {"", ".dat", ".asc", ".out", ".tmp", ".prn", ".xls", ".upload", ".download", ".part"}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00", b"8BPS")
_PACKED = (
    b"\x1f\x8b",
    b"BZh9",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!\x1a",
    b"\x28\xb5\x2f\xfd",
    b"\x04\x22\x4d\x18",
    b"MSCF\x00",
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_DATA = (b"SQLite format 3", b"ARROW1\x00", b"\x89HDF", b"\x93NUMPY", b"Obj\x01")
_DATA_BY_LETTERS = (b"FEA1", b"ORC", b"PARE")  # a header may begin with these letters, a table has no zero bytes
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<div")


def recognise(head: bytes, name: str) -> str:
    """Return "zip", "parquet", "json" or "text"; refuse what is clearly something else.

    *head* is the first kilobytes of the file, *name* what its owner calls it.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if head.startswith(b"PAR1"):
        return "parquet"
    foreign = _foreign(head)
    if foreign is not None:
        raise Refusal(foreign)
    _check_ending(name)
    if _letters(head)[:1] in (b"{", b"["):
        return "json"
    return "text"


def _check_ending(name: str) -> None:
    """Refuse a text whose name says that it is no table."""
    ending = PurePath(name).suffix.lower()
    if ending not in KNOWN and ending not in _NEUTRAL and re.fullmatch(r"\.(?=.*[a-z])[a-z0-9]{1,6}", ending):
        raise Refusal(
            msg(
                "{ending} files are not read; candidates come as .xlsx, .csv, .tsv, .parquet or .json. "
                "If this is a table, save it as one of these and import that.",
                ending=ending,
            )
        )


def _letters(head: bytes) -> bytes:
    """Return *head* without byte order mark, zero bytes and leading blanks."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\xff\xfe", b"\xfe\xff"):
        if head.startswith(mark):
            head = head[len(mark) :]
            break
    return head.replace(b"\x00", b"").lstrip()


def _foreign(head: bytes) -> Note | None:
    """Return the refusal that fits *head*, or None where it may be a table."""
    if head.startswith(_OLE):
        return _old_office(head)
    if _is_picture(head):
        return msg("This is a picture, not a table; export the sheet as .xlsx or .csv and import that.")
    if head.lstrip().startswith(b"%PDF"):
        return msg("This is a PDF document; open the table it was made from and export that as .xlsx or .csv.")
    if head.startswith(_PACKED):
        return msg("This is a packed archive; unpack it and import the table inside.")
    if _is_program(head):
        return msg("This is a program, not a table; nothing was read from it.")
    return _foreign_data(head)


def _is_picture(head: bytes) -> bool:
    """Return whether *head* begins one of the usual pictures."""
    if head.startswith(b"BM"):
        return len(head) > 14 and head[6:10] == b"\x00\x00\x00\x00"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return True
    return head.startswith(_PICTURES) or head[4:12] in (b"ftypheic", b"ftypavif", b"ftypmif1")


def _is_program(head: bytes) -> bool:
    """Return whether *head* begins a program; a text may begin with MZ, a program has zero bytes soon after it."""
    if head.startswith(b"MZ"):
        return b"\x00" in head[:64]
    return head.startswith(_PROGRAMS)


def _foreign_data(head: bytes) -> Note | None:
    """Return the refusal of data formats and marked-up texts."""
    text = _letters(head)[:200].lower()
    if head.startswith(_DATA) or (head.startswith(_DATA_BY_LETTERS) and b"\x00" in head[:4096]):
        return msg("This is a database or data file of a kind that is not read; export the table as .csv or .parquet.")
    if head[:2] in (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"):
        return msg(
            "This is a Python pickle, which can run programs when it is opened; export the table as .csv or .parquet."
        )
    if text.startswith(_MARKUP) or (text.startswith(b"<?xml") and b"<html" in text):
        return msg("This is a web page, not a table; open it in a spreadsheet and save it as .xlsx or .csv.")
    if text.startswith((b"<?xml", b"<!doctype", b"<svg", b"<workbook")):
        return msg("This is an XML document, not a table; open it in a spreadsheet and save it as .xlsx or .csv.")
    if text.startswith(b"{\\rtf"):
        return msg("This is a text document, not a table; export the sheet as .xlsx or .csv and import that.")
    return None


def _old_office(head: bytes) -> Note:
    """Return the refusal of an OLE file: an encrypted workbook, or an office file of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in head:
        return msg("The workbook is protected with a password; save a copy without it and import that.")
    return msg("This is an Excel file of before 2007 (.xls) or a like office file; save it as .xlsx and import that.")


_HOLDS = {
    "zip": msg("an Excel workbook"),
    "parquet": msg("Parquet data"),
    "json": msg("JSON"),
    "text": msg("plain text"),
}


def compare_with_name(kind: str, name: str, notices: Notices) -> None:
    """Warn where the ending of *name* promises something else than the content holds."""
    ending = PurePath(name).suffix.lower()
    if ending == ".xls" or KNOWN.get(ending, kind) != kind:
        notices.warn(
            msg("The file is called {ending} but holds {kind}; it was read so.", ending=ending, kind=_HOLDS[kind])
        )
