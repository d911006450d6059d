"""A workbook is a zip archive of XML parts; here it is weighed and searched before any parser sees it.

No part is unpacked beyond the size its entry claims, and the claims are added up first.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from data.readers.limits import Limits
from data.readers.notes import Notices, Refusal, msg

_LOCAL = struct.Struct("<4s5H3L2H")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")

BROKEN = msg("The workbook is damaged; open it in a spreadsheet, save it again as .xlsx and import that.")


class Package:
    """An opened archive whose table of contents passed the checks; use `part` to unpack."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        """Read and check the table of contents; raise Refusal where it is no workbook or asks too much."""
        self._file = file
        try:
            entries = zipfile.ZipFile(file).infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
            raise Refusal(BROKEN) from error
        _check_names(entries, limits)
        self._entries = {entry.filename: entry for entry in entries}
        _check_kind(self._entries)
        _check_sizes(entries, limits, file.seek(0, 2))

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._entries)

    def part(self, name: str) -> bytes:
        """Return the unpacked part *name*, b"" where there is none; raise Refusal where it is a bomb."""
        entry = self._entries.get(name)
        if entry is None:
            return b""
        data = self._unpack(entry)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:64]:
            raise Refusal(BROKEN)
        if b"<!" in data and _DECLARES.search(data):
            raise Refusal(
                msg(
                    "The workbook declares document types of its own, which a table has no need of and attacks do; "
                    "it was not opened. Save it again from a spreadsheet."
                )
            )
        return data

    def _unpack(self, entry: zipfile.ZipInfo) -> bytes:
        """Return the bytes of *entry*; never more than it claims to hold, whatever the packed stream says."""
        packed = self._packed(entry)
        if entry.compress_type == zipfile.ZIP_STORED:
            data, ended = packed, True
        else:
            stream = zlib.decompressobj(-15)
            try:
                data = stream.decompress(packed, entry.file_size + 1)
            except zlib.error as error:
                raise Refusal(BROKEN) from error
            ended = stream.eof or not stream.unconsumed_tail
        if len(data) > entry.file_size or not ended:
            raise Refusal(msg("The workbook unpacks to more than it says it holds; save it again from a spreadsheet."))
        if len(data) != entry.file_size:
            raise Refusal(BROKEN)
        return data

    def _packed(self, entry: zipfile.ZipInfo) -> bytes:
        """Return the packed bytes of *entry*."""
        if entry.header_offset < 0:
            raise Refusal(BROKEN)
        self._file.seek(entry.header_offset)
        head = self._file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
            raise Refusal(BROKEN)
        *_, name_length, extra_length = _LOCAL.unpack(head)
        self._file.seek(name_length + extra_length, 1)
        packed = self._file.read(entry.compress_size)
        if len(packed) != entry.compress_size:
            raise Refusal(BROKEN)
        return packed


def _check_names(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse archives with too many parts, parts of one name, encrypted parts, or names that point elsewhere."""
    if len(entries) > limits.parts:
        raise Refusal(
            msg(
                "The workbook has {count:,} parts; at most {limit:,} are opened. Copy the table into a new workbook.",
                count=len(entries),
                limit=limits.parts,
            )
        )
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Refusal(BROKEN)
    for entry in entries:
        outside = entry.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", entry.filename)
        if outside or ":" in entry.filename:
            raise Refusal(
                msg(
                    "The workbook holds a part whose name points outside of it; it was not opened. "
                    "Save it again from a spreadsheet."
                )
            )
        if entry.flag_bits & 0x1:
            raise Refusal(msg("The workbook is protected with a password; save a copy without it and import that."))
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refusal(BROKEN)


def _check_kind(entries: dict[str, zipfile.ZipInfo]) -> None:
    """Refuse archives that are no .xlsx workbook, and say what they are."""
    if "xl/workbook.xml" in entries:
        return
    if "xl/workbook.bin" in entries:
        raise Refusal(msg("This is a binary Excel workbook (.xlsb); save it as .xlsx and import that."))
    if any(name.startswith(("word/", "ppt/")) for name in entries):
        raise Refusal(msg("This is a text document or a presentation, not a table; export the table as .xlsx or .csv."))
    if "content.xml" in entries and "mimetype" in entries:
        raise Refusal(msg("This is an OpenDocument file; save it as .xlsx or .csv and import that."))
    if any(name.startswith("xl/") for name in entries):
        raise Refusal(BROKEN)
    raise Refusal(msg("This is a packed archive, not a workbook; unpack it and import the table inside."))


def _check_sizes(entries: list[zipfile.ZipInfo], limits: Limits, size: int) -> None:
    """Refuse archives that would unpack to more than the limits allow."""
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked_bytes:
        raise Refusal(
            msg(
                "The workbook unpacks to {size:,} MB; at most {limit:,} MB are opened. "
                "Save the table as .csv or .parquet, or split it.",
                size=total // 1_000_000,
                limit=limits.unpacked_bytes // 1_000_000,
            )
        )
    if sum(entry.compress_size for entry in entries) > size:
        raise Refusal(BROKEN)
    for entry in entries:
        if entry.file_size > limits.ratio_from_bytes and entry.file_size > limits.unpacked_ratio * entry.compress_size:
            raise Refusal(
                msg(
                    "A part of the workbook unpacks to {ratio:,} times its size, which no real table does; "
                    "it was not opened. Save the table as .csv.",
                    ratio=entry.file_size // max(entry.compress_size, 1),
                )
            )


def note_extras(names: list[str], notices: Notices) -> None:
    """Say what a workbook carries beside its cells and what was done with it."""
    if any(name.startswith("xl/externalLinks/") for name in names):
        notices.warn(
            msg("The workbook refers to other workbooks; they were not opened, the values are those last saved.")
        )
    if any(name.endswith("vbaProject.bin") for name in names):
        notices.warn(msg("The workbook holds macros; they were not run, only its cells were read."))
