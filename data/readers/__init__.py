"""Read a candidate file of any supported format into a `RawTable`, safely.

The file is parsed in a child process (`child.py`), so that no file, however hostile, can stop the server. To add a
format: teach `kinds.py` its first bytes, write a module that returns a `sheet.Table`, and call it in `parse.py`.
"""

from __future__ import annotations

import logging
import os
import stat
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from criteria.errors import CandidateFileError
from criteria.text import Message, msg
from data.readers.limits import Limits
from data.readers.process import ChildStopped, run
from data.readers.raw import Problem, RawColumn, RawTable
from data.readers.receive import ChildFailed, Garbled, named, receive

__all__ = ["Limits", "Problem", "RawColumn", "RawTable", "display_name", "read_table"]

_LOG = logging.getLogger(__name__)


def read_table(
    path: str | os.PathLike[str],
    upload_name: str | None = None,
    limits: Limits | None = None,
    *,
    command: Sequence[str] | None = None,
) -> RawTable:
    """Read the table in the file at *path*, which its owner calls *upload_name*.

    Raise CandidateFileError, in one or two sentences, where the file holds no table, is damaged, or asks for more than
    *limits*. *command* replaces the child process in tests.
    """
    bounds = limits or Limits()
    name = display_name(upload_name or os.fspath(path))
    file = Path(path).absolute()
    _check_place(file, name, bounds)
    with tempfile.TemporaryDirectory(prefix="shortlist-", ignore_cleanup_errors=True) as folder:
        try:
            code = run(file, name, Path(folder), bounds, command)
            return receive(Path(folder), name, bounds)
        except ChildStopped as stop:
            raise CandidateFileError(named(name, _stopped(stop.reason, bounds))) from stop
        except ChildFailed as failure:
            _LOG.error("reading a candidate file failed: %s", failure)
            raise CandidateFileError(named(name, _stopped(failure.kind, bounds))) from failure
        except (Garbled, ValueError, KeyError, TypeError, OSError) as error:
            if isinstance(error, CandidateFileError):
                raise
            _LOG.error("the reading process left no result (%s, exit %s)", error, locals().get("code"))
            raise CandidateFileError(named(name, _stopped("fault", bounds))) from error


def display_name(name: str) -> str:
    r"""Return the last part of a file *name*, without invisible characters, short enough for a sentence.

    >>> display_name("C:\\lists\\2026.csv"), display_name("../../etc/passwd")
    ('2026.csv', 'passwd')
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")).strip()
    return shown if len(shown) <= 120 else f"{shown[:80]}…{shown[-39:]}"


def _check_place(file: Path, name: str, limits: Limits) -> None:
    """Refuse a path that leads to no readable ordinary file of a size we read."""
    try:
        facts = file.stat()
    except FileNotFoundError as error:
        raise CandidateFileError(named(name, msg("There is no such file; check the name and the folder."))) from error
    except (OSError, ValueError) as error:
        raise CandidateFileError(named(name, _unreadable())) from error
    if stat.S_ISDIR(facts.st_mode):
        raise CandidateFileError(named(name, msg("This is a folder; choose the file with the candidates in it.")))
    if not stat.S_ISREG(facts.st_mode):
        raise CandidateFileError(named(name, msg("This is a device or a pipe, not a file; save the table to a file.")))
    if facts.st_size > limits.file_bytes:
        note = msg(
            "The file has {size:,.0f} MB; at most {limit:,.0f} MB are read. "
            "Keep the columns you need, or screen it where it lies with the scan command.",
            size=facts.st_size / 1e6,
            limit=limits.file_bytes / 1e6,
        )
        raise CandidateFileError(named(name, note))
    if not os.access(file, os.R_OK):
        raise CandidateFileError(named(name, _unreadable()))


def _unreadable() -> Message:
    return msg("The file cannot be opened; check that it is not open elsewhere and that you may read it.")


def _stopped(reason: str, limits: Limits) -> Message:
    """Return the sentence for a child process that did not get to its end."""
    if reason == "time":
        return msg(
            "Reading the file took more than {seconds:.0f} seconds and was stopped. Save the table alone, as .csv.",
            seconds=limits.seconds,
        )
    if reason == "memory":
        return msg(
            "Reading the file takes more memory than is allowed ({limit:,} MB). "
            "Keep the rows and columns you need and save the table as .csv.",
            limit=limits.resident_bytes // 1_000_000,
        )
    return msg("The file is damaged in a way that stops its reader. Open it in a spreadsheet and save it again.")
