"""Small files built in code for the tests of the readers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data.readers.limits import Limits
from data.readers.notes import Notices
from data.readers.parse import parse
from data.readers.sheet import Table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


class Parsed:
    """A table parsed in this process, with its cells as lists."""

    def __init__(self, table: Table, notices: Notices) -> None:
        self.format = table.format
        self.encoding = table.encoding
        self.headers = [column.header for column in table.columns]
        self.lines = list(table.lines)
        self.numbers = [None if c.number is None else list(c.number) for c in table.columns]
        self.problems = [(severity, line, column, note.code) for severity, line, column, note in notices.found]
        self.notes = [note for *_, note in notices.found]
        self.columns = [None if c.text is None else c.text.split("\0")[:-1] for c in table.columns]

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Return the records; every column must have texts."""
        return list(zip(*[column for column in self.columns if column is not None], strict=True))

    def said(self, words: str) -> list[tuple[str, int | None, str | None, str]]:
        """Return the problems whose template contains *words*."""
        return [problem for problem in self.problems if words in problem[3]]


def parsed(folder: Path, data: bytes | str, name: str = "list.csv", limits: Limits | None = None) -> Parsed:
    """Parse *data* in this process, as the child would."""
    path = folder / "upload"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    notices = Notices(50)
    return Parsed(parse(path, name, notices, limits or Limits()), notices)


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    """Return a worksheet part around *rows*."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}'
        "</worksheet>"
    )


def cells(values: Sequence[Sequence[Any]]) -> str:
    """Return rows of inline texts and numbers, from A1 on."""
    out = []
    for r, row in enumerate(values, start=1):
        out.append(f'<row r="{r}">')
        for c, value in enumerate(row):
            place = f"{chr(65 + c)}{r}"
            if isinstance(value, str):
                out.append(f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>')
            elif value is not None:
                out.append(f'<c r="{place}"><v>{value}</v></c>')
        out.append("</row>")
    return "".join(out)


def workbook(sheets: Mapping[str, str], extra: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return an .xlsx whose worksheets are the XML texts in *sheets*; *extra* adds or replaces parts."""
    listed = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(sheets, start=1))
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
    }
    parts |= {f"xl/worksheets/sheet{i}.xml": xml for i, xml in enumerate(sheets.values(), start=1)}
    return archive(parts | dict(extra or {}))


def archive(parts: Mapping[str, bytes | str]) -> bytes:
    """Return a zip archive of *parts*."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    return file.getvalue()
