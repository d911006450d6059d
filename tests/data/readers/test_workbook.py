"""Excel workbooks, good, odd and hostile."""

import contextlib
import datetime
import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from data.readers.limits import Limits
from data.readers.notes import Refusal
from tests.data.readers.build import archive, cells, parsed, sheet_xml, workbook

SMALL = Limits(unpacked_bytes=200_000, ratio_from_bytes=20_000, text_bytes=100_000, cells=1_000, parts=20)


def refused(folder: Path, data: bytes, limits: Limits = SMALL) -> str:
    """Return the template of the refusal of *data*."""
    with pytest.raises(Refusal) as caught:
        parsed(folder, data, "list.xlsx", limits)
    return caught.value.note.code


def written(rows: list[list[object]], formats: dict[tuple[int, int], str] | None = None) -> bytes:
    """Return a workbook by openpyxl; *formats* maps (row, column), from 1, to a number format."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for (row, column), code in (formats or {}).items():
        sheet.cell(row, column).number_format = code
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_cells_keep_their_kind(tmp_path: Path) -> None:
    """Numbers are native, whole ones without a point; text numbers keep their zeros; dates are ISO."""
    rows = [
        ["code", "years", "share", "since", "met", "open"],
        ["007", 3, 71.6, datetime.date(2009, 5, 1), datetime.datetime(2020, 1, 2, 13, 5), True],
        ["0123", -4, 1e22, datetime.date(1999, 12, 31), datetime.datetime(2020, 1, 3), False],
    ]
    table = parsed(tmp_path, written(rows), "list.xlsx")
    assert (table.format, table.headers, table.lines) == ("xlsx", rows[0], [2, 3])
    assert table.columns[0] == ["007", "0123"]
    assert table.numbers[1] == [3.0, -4.0]
    assert table.numbers[2] == [71.6, 1e22]
    assert table.columns[3] == ["2009-05-01", "1999-12-31"]
    assert table.columns[4] == ["2020-01-02 13:05:00", "2020-01-03"]
    assert table.columns[5] == ["TRUE", "FALSE"]
    assert table.problems == []


def test_mixed_columns_have_texts_and_numbers(tmp_path: Path) -> None:
    """One text among numbers hides none of them."""
    table = parsed(tmp_path, written([["a", "b"], ["x", 3], ["y", "n/a"], ["z", None], ["w", 2.5]]), "list.xlsx")
    assert table.columns[1] == ["3", "n/a", "", "2.5"]
    assert [value == value for value in table.numbers[1] or []] == [True, False, False, True]


def test_percent_cells_read_as_their_owner_sees_them(tmp_path: Path) -> None:
    """0.15 formatted as percent is "15%" and no bare number."""
    data = written([["a", "b"], ["x", 0.15], ["y", 0.075], ["z", 3]], {(2, 2): "0%", (3, 2): "0.0%"})
    table = parsed(tmp_path, data, "list.xlsx")
    assert table.columns[1] == ["15%", "7.5%", "3"]
    assert [value == value for value in table.numbers[1] or []] == [False, False, True]


def test_codes_padded_by_their_format_keep_their_zeros(tmp_path: Path) -> None:
    """A postal code 00123 that Excel stores as 123 is written with its zeros."""
    assert parsed(tmp_path, written([["zip", "b"], [123, "x"]], {(2, 1): "00000"}), "a.xlsx").columns[0] == ["00123"]


def test_error_cells_and_formulas_without_value_are_errors_with_their_place(tmp_path: Path) -> None:
    """Neither becomes a text or a zero."""
    rows = (
        cells([["name", "x", "y"]])
        + '<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="B2" t="e"><v>#N/A</v></c>'
        + '<c r="C2"><f>1+1</f></c></row>'
        + '<row r="3"><c r="A3" t="inlineStr"><is><t>B</t></is></c><c r="B3"><f>1+2</f><v>3</v></c>'
        + '<c r="C3"><f>1+1</f><v></v></c></row>'
    )
    table = parsed(tmp_path, workbook({"S": sheet_xml(rows)}), "list.xlsx")
    assert (table.columns[1], (table.numbers[1] or [])[1]) == (["", "3"], 3.0)
    assert [(p[0], p[1], p[2]) for p in table.problems] == [("error", 2, "x"), ("error", 2, "y"), ("error", 3, "y")]


def test_the_first_sheet_with_a_table_is_read_and_the_others_named(tmp_path: Path) -> None:
    """A cover sheet is passed over; the warning says which sheet was read."""
    sheets = {
        "Cover": sheet_xml(cells([["Our candidates"], ["as of May"]])),
        "Data": sheet_xml(cells([["id", "name"], ["1", "A"]])),
        "Old": sheet_xml(cells([["id", "name"], ["9", "Z"]])),
        "Empty": sheet_xml(""),
    }
    table = parsed(tmp_path, workbook(sheets), "list.xlsx")
    assert table.rows == [("1", "A")]
    assert table.notes[0].parameters == {"name": "Data", "others": "Cover, Old"}


def test_titles_offsets_and_blank_rows_keep_worksheet_rows(tmp_path: Path) -> None:
    """`line` is the row that the spreadsheet shows."""
    rows: list[list[object]] = [[], ["", "List"], [], ["", "id", "name"], ["", "1", "A"], [], ["", "2", "B"]]
    table = parsed(tmp_path, written(rows), "list.xlsx")
    assert (table.headers, table.lines, table.rows) == (["id", "name"], [5, 7], [("1", "A"), ("2", "B")])
    assert [(p[0], p[1]) for p in table.problems] == [("warning", 4)]


def test_merged_and_hidden_parts_are_read_with_a_warning(tmp_path: Path) -> None:
    """Hidden rows count like others, and the user is told."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for r, row in enumerate([["id", "name"], ["1", "A"], ["2", "B"], ["3", ""]]):
            sheet.write_row(r, 0, row)
        sheet.merge_range(2, 1, 3, 1, "B")
        sheet.set_row(1, None, None, {"hidden": True})
    table = parsed(tmp_path, file.getvalue(), "list.xlsx")
    assert table.rows == [("1", "A"), ("2", "B"), ("3", "")]
    assert len(table.said("hidden rows")) == len(table.said("merged")) == 1


def test_a_hidden_sheet_is_read_only_where_there_is_no_other(tmp_path: Path) -> None:
    """A visible table wins over an earlier hidden one."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, value in (("First", "hidden"), ("Second", "seen")):
            book.add_worksheet(name).write_row(0, 0, ["id", "name"])
            book.get_worksheet_by_name(name).write_row(1, 0, ["1", value])
        book.get_worksheet_by_name("Second").activate()
        book.get_worksheet_by_name("First").hide()
    assert parsed(tmp_path, file.getvalue(), "list.xlsx").rows == [("1", "seen")]


def test_links_and_macros_are_not_touched_and_mentioned(tmp_path: Path) -> None:
    """Nothing is fetched or run; the cells are read."""
    extra = {"xl/externalLinks/externalLink1.xml": "<externalLink/>", "xl/vbaProject.bin": b"\xd0\xcf"}
    table = parsed(tmp_path, workbook({"S": sheet_xml(cells([["a", "b"], ["1", "2"]]))}, extra), "list.xlsm")
    assert table.rows == [("1", "2")]
    assert len(table.said("other workbooks")) == len(table.said("macros")) == 1


def test_far_corners_are_refused_before_the_parser_sees_them(tmp_path: Path) -> None:
    """Two cells in opposite corners of a sheet would be laid out as 17 thousand million."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    data = workbook({"S": sheet_xml(rows)})
    assert len(data) < 2_000
    assert "too far apart" in refused(tmp_path, data, Limits())


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c r='A1'><v>1</v></c></row><row><c r='XFD1048576'><v>2</v></c></row>",
        '<row r="1"><c s="0" r="A1"><v>1</v></c><c  r = "XFD1048576"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1048576"><v>1</v></c><c r="XFD2"><v>2</v></c></row>',
    ],
)
def test_far_corners_are_found_in_unusual_xml_too(tmp_path: Path, rows: str) -> None:
    """The order of attributes, their quotes and rows that lie about themselves hide nothing."""
    assert "too far apart" in refused(tmp_path, workbook({"S": sheet_xml(rows)}), Limits())


def test_sheets_with_prefixed_elements_are_read(tmp_path: Path) -> None:
    """Some programs write <x:c> for <c>."""
    xml = sheet_xml(cells([["id", "n"], ["1", 2.0]])).replace("</", "</x:").replace("<x:", "<x:")
    for name in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
        xml = xml.replace(f"<{name} ", f"<x:{name} ").replace(f"<{name}>", f"<x:{name}>")
    xml = xml.replace("xmlns=", "xmlns:x=")
    assert parsed(tmp_path, workbook({"S": xml}), "list.xlsx").headers == ["id", "n"]


def test_repeated_long_strings_are_refused(tmp_path: Path) -> None:
    """One long string, used by many cells, is weighed as often as it is used."""
    strings = "<sst><si><t>" + "A" * 3_000 + "</t></si></sst>"
    rows = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, 101))
    data = workbook({"S": sheet_xml(rows)}, {"xl/sharedStrings.xml": strings})
    assert "written out" in refused(tmp_path, data)
    strings_relation = refused(tmp_path, data, Limits(text_bytes=290_000))
    assert "written out" in strings_relation


def test_an_archive_that_unpacks_too_far_is_refused(tmp_path: Path) -> None:
    """By its total size, and by the ratio of a single part."""
    blank = sheet_xml(cells([["a", "b"], ["1", "2"]]), after=" " * 300_000)
    assert "unpacks to {size" in refused(tmp_path, workbook({"S": blank}))
    bounds = Limits(unpacked_bytes=1_000_000, ratio_from_bytes=20_000)
    assert "times its size" in refused(tmp_path, workbook({"S": blank}), bounds)
    assert parsed(tmp_path, workbook({"S": blank}), "list.xlsx").rows == [("1", "2")], "with the bounds of every day"


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    """The stream is never unpacked beyond the size in the table of contents."""
    data = bytearray(workbook({"S": sheet_xml(cells([["a", "b"], ["1", "2"]]), after=" " * 50_000)}))
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<L", data, at + 24, 100)
    assert "more than it says" in refused(tmp_path, bytes(data))


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]
)
def test_document_types_are_refused_in_every_part(tmp_path: Path, part: str) -> None:
    """No entity is ever declared, let alone expanded or fetched."""
    xml = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    data = workbook({"S": sheet_xml(cells([["a", "b"], ["1", "2"]]))}, {part: xml})
    assert "document types" in refused(tmp_path, data, Limits())


def test_parts_in_another_character_width_are_refused(tmp_path: Path) -> None:
    """UTF-16 would hide a document type from a search by bytes."""
    xml = sheet_xml(cells([["a"]])).replace("UTF-8", "UTF-16").encode("utf-16")
    assert refused(tmp_path, workbook({"S": "x"}, {"xl/worksheets/sheet1.xml": xml}), Limits())


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil", "xl\\..\\..\\evil", "C:evil.xml"])
def test_parts_that_point_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    """Nothing is ever unpacked to the disk; the archive is not trusted all the same."""
    assert "points outside" in refused(tmp_path, workbook({"S": sheet_xml("")}, {name: "x"}), Limits())


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"word/document.xml": "x"}, "text document"),
        ({"mimetype": "x", "content.xml": "x"}, "OpenDocument"),
        ({"xl/workbook.bin": "x"}, ".xlsb"),
        ({"list.csv": "a,b"}, "archive"),
        ({f"p{i}": "x" for i in range(30)}, "parts"),
    ],
)
def test_other_archives_are_called_by_their_name(tmp_path: Path, parts: dict[str, str], words: str) -> None:
    """The refusal says what the file is and what to do with it."""
    assert words in refused(tmp_path, archive(parts))


def test_damaged_workbooks_are_refused(tmp_path: Path) -> None:
    """Cut anywhere, or with any byte of its contents changed, a workbook gives a table or a refusal."""
    whole = workbook({"S": sheet_xml(cells([["a", "b"], ["1", "2"]]))})
    for cut in range(4, len(whole), 37):
        refused(tmp_path, whole[:cut], Limits())
    for at in range(30, len(whole) - 10, 41):
        with contextlib.suppress(Refusal):
            parsed(tmp_path, whole[:at] + whole[at + 10 :], "list.xlsx")
        broken = bytearray(whole)
        broken[at] ^= 0x55
        with contextlib.suppress(Refusal):
            parsed(tmp_path, bytes(broken), "list.xlsx")


def test_an_encrypted_part_and_a_password_are_named(tmp_path: Path) -> None:
    """The sentence says that a password stands in the way."""
    data = bytearray(workbook({"S": sheet_xml(cells([["a"]]))}))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.index(mark)
        struct.pack_into("<H", data, at + offset, 1)
    assert "password" in refused(tmp_path, bytes(data))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert "password" in refused(tmp_path, ole)
    assert ".xls" in refused(tmp_path, ole[:600])


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    """Nothing in any sheet."""
    assert "no filled worksheet" in refused(tmp_path, workbook({"S": sheet_xml(""), "T": sheet_xml("")}))


def test_the_archive_reader_is_the_standard_one() -> None:
    """The builder of these tests makes archives that the standard library accepts."""
    with zipfile.ZipFile(io.BytesIO(workbook({"S": sheet_xml("")}))) as bundle:
        assert bundle.testzip() is None
