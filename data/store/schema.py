"""The tables, as declarative classes; what each is for stands in the package's docstring.

Rules that every table keeps: times are UTC, order is by the integer primary key and never by the clock (a clock may be
set back), text comes from outside and is only ever a bound parameter. Tables marked append-only refuse UPDATE and
DELETE in the database itself (triggers in the first revision), except that a deleted project may be purged as a whole.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

APPEND_ONLY = ("change", "profile_version", "observation", "waiver", "decision")
"""The tables whose rows are never changed."""


class UtcTime(TypeDecorator[datetime]):
    """A moment, kept as UTC without a zone so that every dialect sorts and compares it alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return *value* in UTC, bare; a moment without a zone is refused, because nobody knows when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment with its zone, UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The parent of every table; constraint names are fixed so that later revisions can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text(), float: Float(53), datetime: UtcTime(), dict[str, Any]: JSON()}  # noqa: RUF012


class SettingRow(Base):
    """One setting of this installation: the open project, the language, the assessor's name, a draft."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON())
    at: Mapped[datetime]


class ProjectRow(Base):
    """One product launch: a standard, its candidates, and the decisions per region."""

    __tablename__ = "project"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    is_sample: Mapped[bool]
    created: Mapped[datetime]
    deleted: Mapped[datetime | None]
    profile_number: Mapped[int]
    settings: Mapped[dict[str, Any]]


class ChangeRow(Base):
    """One action of one person: the audit log, the unit of undo, the sequence number of it all (append-only)."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "project_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    project_id: Mapped[str | None] = mapped_column(ForeignKey("project.id"))
    at: Mapped[datetime]
    who: Mapped[str]
    action: Mapped[str] = mapped_column(String(40))
    target: Mapped[str]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("change.id"))


class ProfileVersionRow(Base):
    """One saved standard as a JSON document (append-only); numbers run 1, 2, 3 within a project."""

    __tablename__ = "profile_version"
    __table_args__ = (UniqueConstraint("project_id", "number"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]]
    who: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[datetime]
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"))


class CandidateRow(Base):
    """One candidate of a project: who it is; what is known about it are observations.

    *regions* is the cell as written: NULL = the list has no such column (serves every region), '' = not known.
    """

    __tablename__ = "candidate"
    __table_args__ = (UniqueConstraint("project_id", "external_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    external_id: Mapped[str]
    name: Mapped[str]
    regions: Mapped[str | None]
    note: Mapped[str]
    position: Mapped[int]
    archived: Mapped[bool]


class ImportRow(Base):
    """One list that was taken in: its file's name, how its columns were mapped, and what it changed."""

    __tablename__ = "import_batch"
    __table_args__ = (Index(None, "project_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"))
    file_name: Mapped[str]
    at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]
    mapping: Mapped[dict[str, Any]]


class ObservationRow(Base):
    """One value of one criterion for one candidate, with where it comes from (append-only).

    The latest row per (candidate, region, criterion) holds; *region* NULL = the same everywhere.
    *kind*: number, text, unknown, not_applicable, or none (an undo took the only value back).
    """

    __tablename__ = "observation"
    __table_args__ = (
        CheckConstraint("kind IN ('number', 'text', 'unknown', 'not_applicable', 'none')", "kind"),
        CheckConstraint("(kind = 'number') = (number IS NOT NULL)", "number"),
        CheckConstraint("(kind = 'text') = (text IS NOT NULL)", "text"),
        Index(None, "candidate_id", "criterion", "region", "id"),
        Index(None, "change_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    region: Mapped[str | None]
    criterion: Mapped[str]
    kind: Mapped[str] = mapped_column(String(16))
    number: Mapped[float | None]
    text: Mapped[str | None]
    unit: Mapped[str | None]
    source: Mapped[str | None]
    date: Mapped[str | None]
    level: Mapped[float | None]
    who: Mapped[str]
    origin: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"))


class WaiverRow(Base):
    """A must-have waived for one candidate by a named person, or withdrawn (append-only; the latest holds)."""

    __tablename__ = "waiver"
    __table_args__ = (Index(None, "candidate_id", "criterion", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    region: Mapped[str | None]
    criterion: Mapped[str]
    granted: Mapped[bool]
    by: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"))


class DecisionRow(Base):
    """What was decided for one region (append-only; the latest per region holds).

    *status*: chosen, nobody_yet (keep searching), or open (an undo took the only decision back).
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("status IN ('chosen', 'nobody_yet', 'open')", "status"),
        CheckConstraint("(status = 'chosen') = (first_id IS NOT NULL)", "first"),
        Index(None, "project_id", "region", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"))
    region: Mapped[str | None]
    status: Mapped[str] = mapped_column(String(12))
    first_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"))
    reserve_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"))
    reason: Mapped[str]
    price: Mapped[str]
    details: Mapped[dict[str, Any]]
    who: Mapped[str]
    at: Mapped[datetime]
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"))


class PinRow(Base):
    """A candidate that stays in sight in every list: the biggest, the boss's favourite, the current distributor."""

    __tablename__ = "pin"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    at: Mapped[datetime]
