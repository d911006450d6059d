"""Nothing acknowledged is lost and nothing is left half: failing statements, kills, crowds, bad files, full disks."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event

from criteria.errors import StoreError
from data.store import ConflictError, Project, Store, engine, open_store, opening, upgrade
from data.store.schema import APPEND_ONLY, Base
from tests.data.store.conftest import everything, people
from tests.data.store.test_undo import ACTIONS

KILLS = int(os.environ.get("SHORTLIST_TEST_KILLS", "15"))
MORE: dict[str, Callable[[Store, str], Any]] = {
    **ACTIONS,
    "create": lambda s, p: s.create_project("New", {"a": 1}),
    "copy": lambda s, p: s.copy(p, "Copy"),
    "delete": lambda s, p: s.delete(p),
    "undo": lambda s, p: s.undo_last(p),
    "setting": lambda s, p: s.set_setting("k", 1),
}


class PlannedError(sqlite3.OperationalError):
    """The failure that a test plants."""


@contextmanager
def failing_at(store: Store, number: int) -> Iterator[list[int]]:
    """Let the *number*-th statement of the store fail; yields a counter of the statements seen."""
    seen = [0]

    def hook(*_: Any) -> None:
        seen[0] += 1
        if seen[0] == number:
            raise PlannedError("planted")

    event.listen(store._database.engine, "before_cursor_execute", hook)
    try:
        yield seen
    finally:
        event.remove(store._database.engine, "before_cursor_execute", hook)


@pytest.mark.parametrize("name", MORE)
def test_any_failing_statement_leaves_before_or_after(store: Store, project: Project, name: str) -> None:
    """The n-th statement fails, for n = 1, 2, 3 ... until none does: each time all is as before, then all is done."""
    before, number = everything(store), 0
    while True:
        number += 1
        with failing_at(store, number) as seen:
            try:
                MORE[name](store, project.id)
            except (PlannedError, StoreError):
                assert seen[0] == number
            else:
                break
        assert everything(store) == before

    assert number > 2
    assert name == "setting" or everything(store) != before


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_history_cannot_be_rewritten(store: Store, project: Project, table: str) -> None:
    """The database itself refuses UPDATE, DELETE and INSERT OR REPLACE on every append-only table."""
    store.waive(project.id, "a", "years", by="Chen", reason="why")
    store.decide(project.id, "DE", "a")
    before = everything(store)

    with store._database.engine.connect() as connection:
        for statement in (
            f"UPDATE {table} SET at = at",  # noqa: S608
            f"DELETE FROM {table}",  # noqa: S608
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",  # noqa: S608
        ):
            with pytest.raises(Exception, match="append-only"):
                connection.exec_driver_sql(statement)
            connection.rollback()
    assert everything(store) == before


def test_every_connection_keeps_the_promises(store: Store) -> None:
    """Write-ahead log, full synchronisation, foreign keys, patience: asserted, as a kill does not test the disk."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    with store._database.engine.connect() as one, store._database.engine.connect() as two:
        for connection in (one, two):
            assert {key: connection.exec_driver_sql(f"PRAGMA {key}").scalar() for key in wanted} == wanted
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() >= 5000


SAVERS = """
import os, sys
from data.store import open_store
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        store = open_store(sys.argv[1])
        project = store.projects()[0].id
        number = len(store.history(project, "a", "n", limit=10**6))
        while True:
            number += 1
            store.set_value(project, "a", "n", number)
            print(os.getpid(), number, flush=True)
    os.waitpid(child, 0)
    print("dead", flush=True)
"""


def test_a_killed_process_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    """Kill -9 in the middle of saving, again and again: every acknowledged value is there, in order, the file sound."""
    store = open_store(tmp_path)
    project = store.create_project("P", {}).id
    store.add_candidate(project, "A", id="a")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", SAVERS, str(tmp_path)], text=True, bufsize=1, **pipes) as savers:
        for kill in range(KILLS):
            acknowledged = _kill_one(savers, 1 + kill % 5)
            values = [o.value for o in store.history(project, "a", "n", limit=10**6)]
            assert values == [float(n) for n in range(len(values), 0, -1)]
            assert len(values) - acknowledged in (0, 1)
    store.close()
    with contextlib.closing(sqlite3.connect(tmp_path / opening.FILE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _kill_one(savers: subprocess.Popen[str], after: int) -> int:
    """Start a saver, kill it once it acknowledged *after* values; return the last value it acknowledged."""
    assert savers.stdin is not None
    assert savers.stdout is not None
    savers.stdin.write("go\n")
    last = ""
    for _ in range(after):
        last = savers.stdout.readline()
    os.kill(int(last.split()[0]), signal.SIGKILL)
    while (line := savers.stdout.readline()) != "dead\n":
        last = line
    return int(last.split()[1])


def test_a_crowd_loses_no_update(store: Store, project: Project) -> None:
    """50 sessions x 4 edits of one standard and of values: the count adds up, every observation is there."""
    errors: list[BaseException] = []

    def session(number: int) -> None:
        try:
            for turn in range(4):
                store.set_value(project.id, "a", f"by {number}", turn, who=str(number))
                while True:
                    seen = store.project(project.id)
                    try:
                        mine = [*seen.profile.get("edits", []), [number, turn]]
                        store.save_profile(project.id, {"edits": mine}, based_on=seen.version)
                        break
                    except ConflictError:
                        continue
        except BaseException as error:
            errors.append(error)

    crowd = [threading.Thread(target=session, args=(number,)) for number in range(50)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()

    assert errors == []
    edits = store.project(project.id).profile["edits"]
    assert sorted(edits) == [[number, turn] for number in range(50) for turn in range(4)]
    assert len([o for o in store.history(project.id, "a") if o.criterion.startswith("by ")]) == 200


EDITOR = """
import sys
from data.store import open_store
store = open_store(sys.argv[1])
project = store.projects()[0].id
for turn in range(25):
    store.set_value(project, "a", "by " + sys.argv[2], turn)
"""


def test_two_processes_edit_one_store(tmp_path: Path) -> None:
    """Two programs on one file, also opening a fresh one at once, wait for each other; all 50 edits are there."""
    store = open_store(tmp_path)
    project = store.create_project("P", {}).id
    store.add_candidate(project, "A", id="a")

    editors = [subprocess.Popen([sys.executable, "-c", EDITOR, str(tmp_path), str(n)]) for n in (1, 2)]

    assert [each.wait() for each in editors] == [0, 0]
    assert len(store.history(project, "a")) == 50
    store.close()


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"name,years\nNord,3\n", b"\0" * 4096, b"SQLite format 3\0" + b"x" * 4096])
def test_a_file_that_is_no_database_is_refused_and_untouched(tmp_path: Path, content: bytes) -> None:
    """Garbage in place of the store gives one sentence without a path, and the file stays byte for byte."""
    path = tmp_path / opening.FILE_NAME
    path.write_bytes(content)

    with pytest.raises(StoreError, match=r"left as it (is|was)") as caught:
        open_store(tmp_path)

    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("newer", [True, False])
def test_a_store_of_a_newer_or_another_program_is_refused_untouched(tmp_path: Path, newer: bool) -> None:
    """An unknown revision and a foreign database are left as they are."""
    path = tmp_path / opening.FILE_NAME
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE observation (x)")
        if newer:
            connection.execute("CREATE TABLE alembic_version (version_num)")
            connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()
    content = path.read_bytes()

    with pytest.raises(StoreError, match="newer version" if newer else "not a store of this program"):
        open_store(tmp_path)
    assert path.read_bytes() == content


def test_an_older_store_is_copied_then_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before an upgrade a sound copy is put beside the store; a store that is up to date gets none."""
    store = open_store(tmp_path)
    store.create_project("P", {})
    store.close()
    opening._open.clear()
    open_store(tmp_path).close()
    assert list(tmp_path.glob("*before-upgrade*")) == []
    opening._open.clear()
    monkeypatch.setattr(upgrade, "HEAD", "0002")

    open_store(tmp_path).close()

    (copy,) = tmp_path.glob("*before-upgrade-0001*")
    (tmp_path / "old").mkdir()
    shutil.copy(copy, tmp_path / "old" / opening.FILE_NAME)
    monkeypatch.undo()
    assert [each.name for each in open_store(tmp_path / "old").projects()] == ["P"]


def test_the_upgraded_store_is_what_the_schema_says(store: Store) -> None:
    """The revisions, run one after the other, make the tables of the declarative classes; HEAD is the newest one."""
    assert ScriptDirectory.from_config(upgrade.configuration()).get_current_head() == upgrade.HEAD
    with store._database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": Base.metadata})
        assert compare_metadata(context, Base.metadata) == []


def test_a_backup_is_sound_and_complete(store: Store, project: Project, tmp_path: Path) -> None:
    """A copy made while the store is open holds everything; an existing file is not overwritten."""
    folder = tmp_path / "copy"
    folder.mkdir()
    store.backup(folder / opening.FILE_NAME)

    with pytest.raises(StoreError, match="already"):
        store.backup(folder / opening.FILE_NAME)
    assert everything(open_store(folder)) == everything(store)


def test_a_folder_that_cannot_be_used_is_named_in_one_sentence(tmp_path: Path) -> None:
    """A data folder below a file gives a sentence, not a traceback."""
    (tmp_path / "file").write_text("x")

    with pytest.raises(StoreError, match="folder for the saved work"):
        open_store(tmp_path / "file" / "below")


def refused(store: Store, project: Project, pragma: str, match: str) -> None:
    """Assert that with *pragma* a save is refused with *match*, the old data is whole, and reading goes on."""

    def restrict(connection: sqlite3.Connection, *_: Any) -> None:
        connection.execute(pragma).close()

    event.listen(store._database.engine, "connect", restrict)
    store.close()
    before, refusal = everything(store), ""
    for number in range(200):
        try:
            store.set_note(project.id, "a", str(number) * 20_000)
        except StoreError as error:
            refusal = str(error)
            break
        before = everything(store)
    assert match in refusal
    assert everything(store) == before
    event.remove(store._database.engine, "connect", restrict)
    store.close()
    store.set_note(project.id, "a", "works again")


def test_a_full_disk_changes_nothing(store: Store, project: Project) -> None:
    """When the file cannot grow any more the save is refused whole, and works again once there is room."""
    refused(store, project, "PRAGMA max_page_count = 60", "disk is full")


def test_a_write_protected_store_changes_nothing(store: Store, project: Project) -> None:
    """Where writing is forbidden, reading goes on and the sentence says what to do."""
    refused(store, project, "PRAGMA query_only = ON", "write-protected")


def test_a_locked_store_says_so(store: Store, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the lock beyond our patience a save is refused; reading goes on."""
    monkeypatch.setattr(engine, "PRAGMAS", tuple(p.replace("30000", "50") for p in engine.PRAGMAS))
    store.close()
    before = everything(store)
    assert store.path is not None
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="saving right now"):
        store.set_value(project.id, "a", "years", 1)

    assert everything(store) == before
    other.execute("ROLLBACK")
    other.close()
    store.set_value(project.id, "a", "years", 1)


def test_a_home_given_by_the_environment_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SHORTLIST_HOME moves the data folder, and one place is opened once per process."""
    monkeypatch.delenv("SHORTLIST_DATABASE_URL", raising=False)
    monkeypatch.setenv("SHORTLIST_HOME", str(tmp_path / "home"))

    store = open_store()

    assert store.path == tmp_path / "home" / opening.FILE_NAME
    assert open_store(tmp_path / "home") is store


def test_a_long_list_goes_in_and_comes_out(store: Store) -> None:
    """A list of 3,000 x 14 is taken in, read back equal and undone."""
    project = store.create_project("P", {}).id
    n = 3_000
    columns = {f"x{i}": [float(row * 14 + i) for row in range(n)] for i in range(14)}
    table = people([f"k{row}" for row in range(n)], **columns)

    store.apply_import(project, store.preview_import(project, table))

    assert store.candidates_frame(project).frame.equals(table.frame.astype({"id": object, "name": object}))
    store.undo_last(project)
    assert store.candidates(project) == ()
