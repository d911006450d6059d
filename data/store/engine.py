"""Connections and transactions: what every connection promises, and what a failing database tells the user.

The driver of SQLite sends no BEGIN before a SELECT, so that "one transaction" of read, think and write loses updates.
Here the driver's own transactions are switched off and SQLAlchemy's begin event sends the statement itself: BEGIN
IMMEDIATE where something will be written (the write lock is taken before the first read), plain BEGIN for reading.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from criteria.errors import StoreError
from criteria.text import Message, msg

BUSY_SECONDS = 30
"""How long a save waits for another process; the figure at which 50 editors ran without a single refusal."""

PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE would slip past the append-only triggers
)


class Database:
    """An engine with its two kinds of transaction; safe to share between threads."""

    def __init__(self, url: URL | str) -> None:
        """Prepare (not yet open) connections to *url*."""
        self.engine = _engine(url)
        self._writer = threading.Lock()  # SQLite's own waiting is not fair; within one process we queue instead

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session on one consistent picture of the data; it cannot write by accident, it is rolled back."""
        with translated(), Session(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session that holds the write lock from its first statement; commit at the end, or roll back whole."""
        writes = self.engine.execution_options(writes=True)
        with translated(), self._writer, Session(writes) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _engine(url: URL | str) -> Engine:
    """Return an engine whose connections keep the promises of this module."""
    dumps = partial(json.dumps, ensure_ascii=False, allow_nan=False)
    engine = create_engine(url, json_serializer=dumps, max_overflow=-1)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, record: Any) -> None:
    """Switch the driver's own transactions off and set what every connection promises."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the database says into one sentence of ours; the transaction was rolled back before it gets here."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(explain(error.orig)) from error
    except sqlite3.Error as error:
        raise StoreError(explain(error)) from error
    except SQLAlchemyError as error:
        raise StoreError(_OTHER) from error


def explain(error: BaseException | None) -> Message:
    """Return the sentence for a failure of the database; never its own words, which may hold paths and SQL."""
    name = getattr(error, "sqlite_errorname", None) or ""
    for prefix, message in _SENTENCES:
        if name.startswith(prefix):
            return message
    return _OTHER


_OTHER = msg("This could not be saved or read, and nothing was changed. Try again; if it stays, restart the program.")
_DAMAGED = msg(
    "The file with the saved work is damaged or is not a database. It was left as it is. "
    "Move it away and put a backup copy in its place."
)
_SENTENCES: tuple[tuple[str, Message], ...] = (
    ("SQLITE_BUSY", msg("Another program is saving right now, so nothing was changed. Try again in a moment.")),
    ("SQLITE_LOCKED", msg("Another program is saving right now, so nothing was changed. Try again in a moment.")),
    (
        "SQLITE_READONLY",
        msg(
            "The saved work is write-protected, so nothing was changed. Give yourself the right to write to its folder."
        ),
    ),
    ("SQLITE_FULL", msg("The disk is full, so nothing was changed. Free some space, then save again.")),
    (
        "SQLITE_IOERR",
        msg(
            "The disk did not answer as it should, so nothing was changed. "
            "Check the disk or network drive, then try again."
        ),
    ),
    (
        "SQLITE_CANTOPEN",
        msg("The saved work could not be opened. Check that its folder exists and that you may write there."),
    ),
    (
        "SQLITE_PERM",
        msg("The saved work could not be opened. Check that its folder exists and that you may write there."),
    ),
    ("SQLITE_NOTADB", _DAMAGED),
    ("SQLITE_CORRUPT", _DAMAGED),
    ("SQLITE_TOOBIG", msg("One of the texts is too long to be saved; nothing was changed.")),
)
