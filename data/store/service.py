"""The store as the dashboard uses it: every method is one transaction, saved when it returns, or nothing changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from criteria.errors import StoreError
from criteria.text import msg
from data.store import changes, choices, copying, frames, imports, pool, projects, settings, undo, upgrade
from data.store.engine import Database
from data.store.panels import Interviews
from data.store.pool import ValueEdit
from data.store.records import (
    CandidateRecord,
    CandidateTable,
    Change,
    Decision,
    ImportBatch,
    ImportPreview,
    Observation,
    ProfileVersion,
    Project,
    ProjectSummary,
    StoredCandidates,
    Waiver,
)
from data.store.values import clean, optional, required


class Store(Interviews):
    """Everything the dashboard keeps. Share one between threads; projects and candidates are named by their ids."""

    def __init__(self, database: Database, path: Path | None) -> None:
        """Wrap an opened *database*; *path* is its file, None on a server. Use `open_store`."""
        self._database, self.path = database, path
        self._read: dict[str, tuple[int, StoredCandidates]] = {}  # project -> what was read last, at which change

    def close(self) -> None:
        """Close every connection; they are opened again when they are needed."""
        self._database.close()

    def backup(self, target: Path) -> None:
        """Write a sound copy of everything saved so far to the new file *target*, also while others are saving."""
        if self.path is None:
            raise StoreError(msg("Copies of a database server are made with its own tools."))
        if target.exists():
            raise StoreError(msg("There is a file {file} already. Choose another name for the copy.", file=target.name))
        upgrade.copy_database(self.path, target)

    # --- projects ---

    def projects(self, *, deleted: bool = False) -> tuple[ProjectSummary, ...]:
        """Return the open projects, oldest first; *deleted* True = those that can be restored."""
        with self._database.reading() as session:
            return projects.summaries(session, deleted)

    def project(self, project: str) -> Project:
        """Return one project with its standard; raise StoreError where there is none."""
        with self._database.reading() as session:
            return projects.project(session, project)

    def create_project(self, name: str, profile: dict[str, Any], is_sample: bool = False, *, who: str = "") -> Project:
        """Make a project; a name that is taken gets a number behind it."""
        with self._database.writing() as session:
            return projects.project(session, projects.create(session, name, profile, is_sample, who))

    def rename(self, project: str, name: str, *, who: str = "") -> None:
        """Rename a project; raise StoreError where the name is empty or taken."""
        with self._database.writing() as session:
            projects.rename(session, project, name, who)

    def copy(self, project: str, new_name: str, *, who: str = "") -> Project:
        """Copy a project with its whole history."""
        with self._database.writing() as session:
            return projects.project(session, copying.copy(session, project, new_name, who))

    def delete(self, project: str, *, who: str = "") -> None:
        """Put a project away; `restore` brings it back."""
        with self._database.writing() as session:
            projects.delete_project(session, project, who)

    def restore(self, project: str, *, who: str = "") -> Project:
        """Bring a deleted project back."""
        with self._database.writing() as session:
            projects.restore(session, project, who)
            return projects.project(session, project)

    def purge(self, project: str, *, who: str = "") -> None:
        """Remove a deleted project for good."""
        with self._database.writing() as session:
            projects.purge(session, project, who)

    def saved_at(self, project: str) -> datetime:
        """Return when the project was last changed (UTC)."""
        with self._database.reading() as session:
            return changes.last_saved(session, changes.project_row(session, project).id)

    # --- the standard ---

    def save_profile(
        self, project: str, profile: dict[str, Any], *, based_on: int, who: str = "", reason: str | None = None
    ) -> int:
        """Save the standard; return its version. *based_on* is the version the editor started from.

        Raise ConflictError (with `.mine`, `.theirs`, `.latest`) where somebody saved another one since.
        """
        with self._database.writing() as session:
            return projects.save_profile(session, project, profile, based_on, who, reason)

    def profile_versions(self, project: str) -> tuple[ProfileVersion, ...]:
        """Return every saved standard, newest first."""
        with self._database.reading() as session:
            return projects.versions(session, project)

    # --- candidates ---

    def candidates(self, project: str, *, archived: bool = False) -> tuple[CandidateRecord, ...]:
        """Return who is in the project; *archived* True adds those that were put away."""
        with self._database.reading() as session:
            return pool.candidates(session, project, archived)

    def candidates_frame(self, project: str) -> StoredCandidates:
        """Return everything that holds now, columnar, with where it comes from; `.candidates(profile)` to rank it.

        Read again only where something was changed since; what you get is shared, so do not write into it.
        """
        with self._database.reading() as session:
            at = changes.last_change(session, changes.project_row(session, project).id)
            known = self._read.get(project)
            if known is None or known[0] != at:
                known = self._read[project] = (at, frames.read(session, project))
            return known[1]

    def add_candidate(
        self, project: str, name: str, *, id: str | None = None, regions: str | None = None, who: str = ""
    ) -> str:
        """Add one candidate by hand; return its id."""
        with self._database.writing() as session:
            return pool.add(session, project, name, id, regions, who)

    def rename_candidate(self, project: str, candidate: str, name: str, *, who: str = "") -> None:
        """Give a candidate another name."""
        with self._database.writing() as session:
            pool.edit(session, project, candidate, "candidate_renamed", who, name=required(name, "name"))

    def set_regions(self, project: str, candidate: str, regions: str | None, *, who: str = "") -> None:
        """Say which regions a candidate serves ("DE; FR"); None = every one, "" = not known."""
        cell = None if regions is None else clean(regions).strip()
        with self._database.writing() as session:
            pool.edit(session, project, candidate, "candidate_regions", who, regions=cell)

    def set_note(self, project: str, candidate: str, note: str, *, who: str = "") -> None:
        """Keep a note on a candidate; no import touches it."""
        with self._database.writing() as session:
            pool.edit(session, project, candidate, "candidate_noted", who, note=clean(note))

    def archive_candidate(self, project: str, candidate: str, *, who: str = "") -> None:
        """Put a candidate away: it leaves every list, and nothing is lost."""
        with self._database.writing() as session:
            pool.edit(session, project, candidate, "candidate_archived", who, archived=True)

    def unarchive_candidate(self, project: str, candidate: str, *, who: str = "") -> None:
        """Bring a candidate back into the lists."""
        with self._database.writing() as session:
            pool.edit(session, project, candidate, "candidate_brought_back", who, archived=False)

    def set_pin(self, project: str, candidate: str, pinned: bool = True, *, who: str = "") -> None:
        """Keep a candidate in sight in every list, or let it go."""
        with self._database.writing() as session:
            choices.pin(session, project, candidate, pinned, who)

    def pins(self, project: str) -> tuple[str, ...]:
        """Return the ids of the pinned candidates."""
        return tuple(each.id for each in self.candidates(project) if each.pinned)

    # --- values ---

    def set_value(
        self, project: str, candidate: str, criterion: str, value: Any, *, who: str = "", **evidence: Any
    ) -> int:
        """Save one value (number, text, None = unknown, NOT_APPLICABLE); return its observation's number.

        *evidence* are the other fields of `ValueEdit`: region, unit, source, date, level, based_on.
        """
        return self.set_values(project, [ValueEdit(candidate, criterion, value, **evidence)], who=who)[0]

    def set_values(self, project: str, edits: Sequence[ValueEdit], *, who: str = "") -> tuple[int, ...]:
        """Save several values as one action; raise ConflictError where one was changed since its editor saw it."""
        with self._database.writing() as session:
            return pool.set_values(session, project, edits, who, "edit", "values_edited")

    def history(
        self, project: str, candidate: str, criterion: str | None = None, *, limit: int = 500
    ) -> tuple[Observation, ...]:
        """Return what was ever said about a candidate, newest first."""
        with self._database.reading() as session:
            return pool.history(session, project, candidate, criterion, limit)

    # --- lists ---

    def preview_import(
        self, project: str, table: CandidateTable, *, file_name: str = "", mapping: Mapping[str, Any] | None = None
    ) -> ImportPreview:
        """Return what taking a list in would change; write nothing."""
        name = optional(file_name) or ""
        with self._database.reading() as session:
            return imports.plan(session, project, table, name, projects.checked(dict(mapping or {}))).preview

    def apply_import(
        self, project: str, preview: ImportPreview, *, who: str = "", archive_missing: bool = False
    ) -> ImportPreview:
        """Take the previewed list in, against what holds now; all of it or nothing. Again, it changes nothing."""
        with self._database.writing() as session:
            return imports.apply(session, project, preview, who, archive_missing)

    def imports(self, project: str) -> tuple[ImportBatch, ...]:
        """Return the lists that were taken in, newest first."""
        with self._database.reading() as session:
            rows = imports.batches(session, project)
            return tuple(ImportBatch(row.id, row.file_name, row.at, row.counts, row.mapping) for row in rows)

    # --- choices ---

    def waive(
        self, project: str, candidate: str, criterion: str, *, by: str, reason: str, region: str | None = None
    ) -> None:
        """Waive a must-have for a candidate; raise StoreError without a name and a reason."""
        with self._database.writing() as session:
            choices.waive(session, project, candidate, region, criterion, True, by, reason)

    def withdraw_waiver(
        self, project: str, candidate: str, criterion: str, *, by: str, region: str | None = None, reason: str = ""
    ) -> None:
        """Withdraw a waiver; do nothing where there is none."""
        with self._database.writing() as session:
            choices.waive(session, project, candidate, region, criterion, False, by, reason)

    def waivers(self, project: str, *, withdrawn: bool = False) -> tuple[Waiver, ...]:
        """Return the waivers that hold; *withdrawn* True adds those that do not any more."""
        with self._database.reading() as session:
            return choices.waivers(session, project, withdrawn)

    def decide(
        self,
        project: str,
        region: str | None,
        first: str | None,
        *,
        reserve: str | None = None,
        who: str = "",
        reason: str = "",
        price: str = "",
        details: dict[str, Any] | None = None,
    ) -> int:
        """Keep the decision for a region (*first* None = nobody yet: keep searching); return its number."""
        with self._database.writing() as session:
            return choices.decide(session, project, region, first, reserve, who, reason, price, details or {})

    def decisions(self, project: str, *, history: bool = False) -> tuple[Decision, ...]:
        """Return the decision that holds per region, or with *history* all that were ever made; newest first."""
        with self._database.reading() as session:
            return choices.decisions(session, project, latest_only=not history)

    # --- the log ---

    def undo_last(self, project: str, *, who: str = "", only_own: bool = False) -> Change | None:
        """Take back the last action that still stands (*only_own*: of *who*); return it, None where there is none."""
        with self._database.writing() as session:
            return undo.undo_last(session, project, who, only_own)

    def redo_last(self, project: str, *, who: str = "") -> Change | None:
        """Bring back what the last undo took, as long as nothing was done since."""
        with self._database.writing() as session:
            return undo.redo_last(session, project, who)

    def audit(self, project: str | None, *, limit: int = 500) -> tuple[Change, ...]:
        """Return the log of a project, newest first; None = what was removed for good."""
        with self._database.reading() as session:
            return changes.audit(session, project, limit)

    # --- settings ---

    def setting(self, key: str, default: Any = None, *, project: str | None = None) -> Any:
        """Return a setting of this installation, or of one project."""
        with self._database.reading() as session:
            return settings.read(session, key, default, project)

    def set_setting(self, key: str, value: Any, *, project: str | None = None) -> None:
        """Keep a setting (anything JSON can hold): the open project, the language, the assessor's name, a draft."""
        with self._database.writing() as session:
            settings.write(session, key, value, project)
