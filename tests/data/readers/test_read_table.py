"""The whole way: path checks, the child process and what becomes of it when it goes wrong, the hand-over."""

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from criteria.errors import CandidateFileError
from criteria.text import Message
from data.readers import Limits, RawTable, read_table
from data.readers.process import CHILD, resident_bytes
from tests.data.readers.build import cells, sheet_xml, workbook

ROWS = "id,name,years\n1,Acme,3\n2,,5\n"


FORGED = """
import json
about = {'rows': 3, 'columns': [{'header': 'a', 'text': 2, 'number': False}], 'lines': None, 'problems': []}
head = json.dumps(about | {'first_line': 2, 'format': 'csv', 'encoding': None}).encode()
open(folder + '/result.bin', 'wb').write(len(head).to_bytes(8, 'little') + head + b'a' + bytes(1))
"""


def stub(code: str) -> list[str]:
    """Return a command that runs *code* instead of the child; `folder` is where its result should go."""
    return [sys.executable, "-I", "-S", "-c", f"import sys; folder = sys.argv[1]\n{code}"]


def refusal(path: Path, **options: object) -> str:
    """Return the sentence with which *path* is refused; it must be one or two plain sentences."""
    with pytest.raises(CandidateFileError) as caught:
        read_table(path, **options)  # type: ignore[arg-type]
    sentence = str(caught.value)
    assert not any(word in sentence for word in ("Traceback", "Error:", "Exception", str(path.parent)))
    assert sentence.count(". ") <= 2
    return sentence


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return the path of a small good file."""
    path = tmp_path / "list.csv"
    path.write_text(ROWS)
    return path


def test_a_table_arrives_whole(table: Path) -> None:
    """Columns, lines, empty cells as null, format, encoding, name."""
    raw = read_table(table)
    assert isinstance(raw, RawTable)
    assert [(c.header, c.text.to_pylist(), c.number) for c in raw.columns] == [
        ("id", ["1", "2"], None),
        ("name", ["Acme", None], None),
        ("years", ["3", "5"], None),
    ]
    assert raw.columns[0].text.type == pa.string()
    assert (raw.lines.dtype, raw.lines.tolist()) == (np.int64, [2, 3])
    assert (raw.format, raw.encoding, raw.file_name, raw.problems) == ("csv", "UTF-8", "list.csv", ())


def test_native_numbers_arrive_with_their_texts(tmp_path: Path) -> None:
    """A column of numbers alone gets its texts in the parent, in the same form as elsewhere."""
    path = tmp_path / "list.xlsx"
    values = [["n", "m"], [3, 1e15], [71.6, -0.0], [-2.5, 1e-07], [1e6, 123456789012]]
    path.write_bytes(workbook({"S": sheet_xml(cells(values))}))
    raw = read_table(path)
    assert [c.text.to_pylist() for c in raw.columns] == [
        ["3", "71.6", "-2.5", "1000000"],
        ["1e+15", "0", "1e-7", "123456789012"],
    ]
    assert raw.columns[0].number is not None
    assert raw.columns[0].number.to_pylist() == [3.0, 71.6, -2.5, 1e6]


def test_problems_become_messages(tmp_path: Path) -> None:
    """A problem has severity, line, column and a sentence that can be rendered."""
    path = tmp_path / "upload"
    path.write_text("a,b\n1,2\n3\n")
    problem = read_table(path, "Liste.csv").problems[0]
    assert isinstance(problem.message, Message)
    assert problem.to_dict() == {
        "severity": "warning",
        "line": 3,
        "column": None,
        "message": "Line 3 holds 1 cells, the header 2; the missing ones at its end were read as empty.",
    }


def test_many_problems_of_a_kind_end_in_one_sentence_with_their_number(tmp_path: Path) -> None:
    """The count is not lost, only the repetition."""
    path = tmp_path / "list.csv"
    path.write_text("a,b\n" + "1\n" * 80 + "1,2\n" * 80)
    problems = read_table(path).problems
    assert len(problems) == 51
    assert str(problems[-1].message).startswith("30 more places like the ones listed")


def test_it_works_from_any_folder(table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the working folder nor modules lying in it matter."""
    (tmp_path / "csv.py").write_text("raise SystemExit('a module of the user was imported')")
    monkeypatch.chdir(tmp_path)
    assert len(read_table("list.csv").lines) == 2


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os; os.abort()", "damaged"),
        ("import os; os.kill(os.getpid(), 9)", "damaged"),
        ("sys.exit(3)", "damaged"),
        ("import time; time.sleep(60)", "seconds"),
        ("while True: pass", "seconds"),
        ("x = bytearray(300_000_000)\nimport time; time.sleep(60)", "memory"),
        ("line = 'x' * 10_000\nfor _ in range(100_000): print(line)", "damaged"),
        ("open(folder + '/result.bin', 'wb').write(b'x' * 2_000_000)", "damaged"),
        ("open(folder + '/result.bin', 'wb').write(b'not a table')", "damaged"),
        ("open(folder + '/result.bin', 'wb').write((10**9).to_bytes(8, 'little') + b'{')", "damaged"),
        (FORGED, "damaged"),
    ],
)
def test_whatever_the_child_does_the_parent_lives(table: Path, code: str, words: str) -> None:
    """Abort, kill, hang, a full memory, 1 GB of output, a forged result: each is one clear sentence."""
    before = os.getpid()
    limits = Limits(seconds=1.5, resident_bytes=150_000_000, result_bytes=1_000_000)
    if "print" in code:
        limits = Limits(seconds=30)
    assert words in refusal(table, limits=limits, command=stub(code))
    assert os.getpid() == before


def test_no_child_and_no_file_is_left_behind(table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hanging child is killed and its folder removed."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    pid = tmp_path / "pid"
    code = f"import os, time; open({str(pid)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    refusal(table, limits=Limits(seconds=1.0), command=stub(code))
    assert list(scratch.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_the_real_child_stops_at_its_own_memory_limit(tmp_path: Path) -> None:
    """A file within every other bound that needs more memory than allowed is refused, not half read."""
    path = tmp_path / "list.json"
    path.write_text('[{"id": ' + "[[" * 400 + "1" + "]]" * 400 + "}]")
    assert len(read_table(path).lines) == 1
    path.write_bytes(b"[" + b"{}," * 2_000_000 + b"{}]")
    assert "memory" in refusal(path, limits=Limits(resident_bytes=60_000_000))


def test_the_child_imports_no_pandas(table: Path) -> None:
    """Pyarrow imports pandas when it can; the child must not let it."""
    code = (
        f"import sys, runpy; sys.argv = ['child', sys.argv[1]]; m = runpy.run_path({str(CHILD)!r}); "
        f"m['prepare']({sys.path!r}); import pyarrow; pyarrow.array(['a']); assert 'pandas' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code, "x"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_places_that_hold_no_file_are_refused(tmp_path: Path) -> None:
    """A folder, nothing, a dangling link, a pipe, a socket, a device."""
    (tmp_path / "link.csv").symlink_to(tmp_path / "nowhere.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    assert "folder" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / "nothing.csv")
    assert "no such file" in refusal(tmp_path / "link.csv")
    assert "pipe" in refusal(tmp_path / "pipe.csv")
    assert "device" in refusal(Path(os.devnull))
    assert refusal(tmp_path / ("x" * 300 + ".csv"))
    assert refusal(tmp_path / "a\0b.csv")
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as plug:
        plug.bind(str(tmp_path / "s"))
        assert "device" in refusal(tmp_path / "s")


def test_a_link_to_a_file_is_the_file(table: Path, tmp_path: Path) -> None:
    """People keep links to the lists they work on."""
    (tmp_path / "link.csv").symlink_to(table)
    assert len(read_table(tmp_path / "link.csv").lines) == 2


def test_a_file_that_is_too_large_is_refused_by_its_size(table: Path) -> None:
    """Before a byte of it is read."""
    assert "at most" in refusal(table, limits=Limits(file_bytes=10))


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "archive"),
        (b"PK\x03\x04", "damaged"),
        (b"MZ\x90\x00\x03", "program"),
        (b"\x7fELF\x02", "program"),
        (b"\x80\x04\x95\x10", "pickle"),
        (b"SQLite format 3\x00", "database"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b'<?xml version="1.0"?><x/>', "XML"),
        (b"{\\rtf1", "text document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"PAR1", "damaged"),
        (b"PARE\x00\x01", "data file"),
        (b"", "empty"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(tmp_path: Path, head: bytes, words: str) -> None:
    """By its first bytes, whatever it is called."""
    path = tmp_path / "upload"
    path.write_bytes(head)
    assert words in refusal(path, upload_name="list.csv")


def test_a_table_under_another_name_is_read_with_a_warning(tmp_path: Path) -> None:
    """Content decides; the name is only remarked on."""
    path = tmp_path / "upload"
    path.write_bytes(workbook({"S": sheet_xml(cells([["a", "b"], ["1", "2"]]))}))
    raw = read_table(path, "list.csv")
    assert (raw.format, [p.severity for p in raw.problems]) == ("xlsx", ["warning"])
    assert str(raw.problems[0].message) == "The file is called .csv but holds an Excel workbook; it was read so."


@pytest.mark.parametrize("header", ["PARENT", "ORCID", "MZ", "BMW", "Rar", "Obj", "II"])
def test_headers_that_begin_like_another_format_are_headers(tmp_path: Path, header: str) -> None:
    """A few letters are no proof of a data file."""
    path = tmp_path / "upload"
    path.write_text(f"{header},name\n1,A\n")
    assert [column.header for column in read_table(path, "list.csv").columns] == [header, "name"]


def test_programs_and_documents_are_refused_by_their_ending(tmp_path: Path) -> None:
    """A text that its owner calls .py is no table."""
    path = tmp_path / "x"
    path.write_text("import os\n")
    assert ".py" in refusal(path, upload_name="evil.py")


def test_the_file_name_is_shown_without_tricks(table: Path) -> None:
    """No folders, no invisible characters, no novels."""
    assert read_table(table, "..\\..\\a/\u202ecsv.\x07list.csv").file_name == "csv.list.csv"
    assert len(read_table(table, "n" * 500 + ".csv").file_name) == 120


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system has no /proc")
def test_the_memory_of_a_process_is_seen() -> None:
    """The watch works on this system, and says 0 where a process is gone."""
    assert resident_bytes(os.getpid()) > 1_000_000
    assert resident_bytes(2**22 + 7) == 0


def test_with_the_guard_off_a_bomb_kills_the_child_only(tmp_path: Path) -> None:
    """Two far corners, let through to the parser: it dies at the limits, and the sentence is clear all the same."""
    path = tmp_path / "list.xlsx"
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    path.write_bytes(workbook({"S": sheet_xml(rows)}))
    assert "too far apart" in refusal(path)
    open_gates = Limits(cells=10**12, resident_bytes=400_000_000)
    assert any(words in refusal(path, limits=open_gates) for words in ("memory", "damaged"))
