"""Bring a store to today's tables: look first, refuse what is not ours or newer, keep a copy, upgrade whole.

Everything happens in one write transaction, so a process killed half-way leaves the old store, and two processes that
open a fresh store at once do not both build it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from criteria.errors import StoreError
from criteria.text import Message, msg
from data.store.engine import Database, explain, translated

if TYPE_CHECKING:  # Alembic is loaded only where there is something to upgrade
    from alembic.config import Config

HEAD = "0001"
"""The newest revision; a test keeps it equal to the newest file in migrations/versions."""

_MAGIC = b"SQLite format 3\x00"


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, made here so that the top level needs no alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def version_in_file(path: Path) -> str | None:
    """Return the revision of the store at *path*, None where there is none yet; touch nothing.

    Raise StoreError where the file is no database, or one of another program.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with path.open("rb") as file:
        if file.read(16) != _MAGIC:
            raise StoreError(_not_ours(path))
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return _version(connection, path)
    except sqlite3.Error as error:
        raise StoreError(explain(error)) from error


def _version(connection: sqlite3.Connection, path: Path) -> str | None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if not {"alembic_version", "observation"} <= tables:
        raise StoreError(_not_ours(path))
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise StoreError(_not_ours(path))
    return str(row[0])


def check_known(version: str | None) -> None:
    """Raise StoreError where *version* is of a newer program than this one."""
    if version in (None, HEAD):
        return
    from alembic.script import ScriptDirectory

    if version not in {script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()}:
        raise StoreError(
            msg(
                "The saved work was written by a newer version of this program and was left as it is. "
                "Install the newer version to open it."
            )
        )


def keep_copy(path: Path, version: str) -> Path:
    """Copy the store at *path* beside itself, before an upgrade from *version*; return where the copy is."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    target = path.with_name(f"{path.stem}-before-upgrade-{version}-{stamp}{path.suffix}")
    copy_database(path, target)
    return target


def copy_database(path: Path, target: Path) -> None:
    """Copy a live SQLite store, with everything committed so far, to the new file *target*."""
    try:
        with (
            contextlib.closing(sqlite3.connect(path)) as source,
            contextlib.closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            result = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreError(explain(error)) from error
    if result != "ok":
        raise StoreError(
            msg("The copy of the saved work is not sound; nothing was changed. Check the disk, then try again.")
        )


def upgrade(database: Database) -> None:
    """Bring the tables to today's revision inside one write transaction; do nothing where they already are."""
    with translated(), database.engine.execution_options(writes=True).begin() as connection:
        if _current(connection) == HEAD:
            return
        from alembic import command

        command.upgrade(configuration(connection), "head")


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    check_known(version)
    return version


def _not_ours(path: Path) -> Message:
    return msg(
        "{file} is not a store of this program and was left as it is. Move it away, or choose another data folder.",
        file=path.name,
    )
