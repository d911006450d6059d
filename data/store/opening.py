"""Where the store lies, and how it is opened: once per process and place."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import platformdirs
from sqlalchemy import URL

from criteria.errors import StoreError
from criteria.text import msg
from data.store import upgrade
from data.store.engine import Database
from data.store.service import Store

FILE_NAME = "shortlist.db"
_open: dict[str, Store] = {}
_opening = threading.Lock()


def data_folder(home: Path | str | None = None) -> Path:
    """Return where work is kept: *home*, else SHORTLIST_HOME, else the user's data folder."""
    chosen = home or os.environ.get("SHORTLIST_HOME") or platformdirs.user_data_dir("distributor-shortlist")
    return Path(chosen).expanduser().absolute()


def open_store(home: Path | str | None = None) -> Store:
    """Open the store (made on first use, brought to today's tables, one per process and place).

    SHORTLIST_DATABASE_URL names a database server instead of a folder, unless *home* is given.
    Raise StoreError where it cannot be opened, is of a newer program, or is none of ours; the file is then untouched.
    """
    address = os.environ.get("SHORTLIST_DATABASE_URL") if home is None else None
    path = None if address else data_folder(home) / FILE_NAME
    key = address or str(path)
    with _opening:
        if key not in _open:
            _open[key] = _open_server(key) if path is None else _open_file(path)
        return _open[key]


def _open_server(address: str) -> Store:
    database = Database(address)
    upgrade.upgrade(database)
    return Store(database, None)


def _open_file(path: Path) -> Store:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        version = upgrade.version_in_file(path)
    except OSError as error:
        raise StoreError(
            msg("The folder for the saved work cannot be used. Check that it exists and that you may write there.")
        ) from error
    upgrade.check_known(version)
    database = Database(URL.create("sqlite", database=str(path)))
    if version != upgrade.HEAD:
        if version is not None:
            upgrade.keep_copy(path, version)
        upgrade.upgrade(database)
    return Store(database, path)
