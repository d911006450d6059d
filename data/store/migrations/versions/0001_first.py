"""The first tables: projects, candidates, observations, decisions and the log of changes.

Revision 0001, the first. A revision is frozen once released: it names columns itself and never imports the schema.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_PROJECT_OF = {
    "change": "OLD.project_id",
    "profile_version": "OLD.project_id",
    "decision": "OLD.project_id",
    "observation": "(SELECT project_id FROM candidate WHERE candidate.id = OLD.candidate_id)",
    "waiver": "(SELECT project_id FROM candidate WHERE candidate.id = OLD.candidate_id)",
}
"""Append-only table -> how its row finds its project."""


def upgrade() -> None:
    """Make every table, then the triggers that keep history as it was written."""
    _setting()
    _project()
    _change()
    _profile_version()
    _candidate()
    _import_batch()
    _observation()
    _waiver()
    _decision()
    _pin()
    if op.get_bind().dialect.name == "sqlite":
        for table, project in _PROJECT_OF.items():
            _keep(table, project)


def downgrade() -> None:
    """Refuse: older programs are served by the backup copy made before the upgrade."""
    raise NotImplementedError


def _keep(table: str, project: str) -> None:
    """Refuse every UPDATE of *table*, and every DELETE but the purge of a project that was deleted before."""
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "  # noqa: S608 (our own names)
        f"WHEN NOT EXISTS (SELECT 1 FROM project WHERE project.id = {project} AND project.deleted IS NOT NULL) "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )


def _project() -> None:
    op.create_table(
        "project",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("deleted", sa.DateTime(), nullable=True),
        sa.Column("profile_number", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=32), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_change_project_id")),
        sa.ForeignKeyConstraint(["undoes"], ["change.id"], name=op.f("fk_change_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_change_project_id_id"), "change", ["project_id", "id"], unique=False)


def _profile_version() -> None:
    op.create_table(
        "profile_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_profile_version_change_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_profile_version_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_version")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_profile_version_project_id_number")),
        sqlite_autoincrement=True,
    )


def _candidate() -> None:
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("regions", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_candidate_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("project_id", "external_id", name=op.f("uq_candidate_project_id_external_id")),
        sqlite_autoincrement=True,
    )


def _import_batch() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_import_batch_change_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_import_batch_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_import_batch_project_id"), "import_batch", ["project_id"], unique=False)


def _observation() -> None:
    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Float(precision=53), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("level", sa.Float(precision=53), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'number') = (number IS NOT NULL)", name=op.f("ck_observation_number")),
        sa.CheckConstraint("(kind = 'text') = (text IS NOT NULL)", name=op.f("ck_observation_text")),
        sa.CheckConstraint(
            "kind IN ('number', 'text', 'unknown', 'not_applicable', 'none')", name=op.f("ck_observation_kind")
        ),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_observation_candidate_id")),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_observation_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_observation_candidate_id_criterion_region_id"),
        "observation",
        ["candidate_id", "criterion", "region", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_observation_change_id"), "observation", ["change_id"], unique=False)


def _waiver() -> None:
    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_waiver_candidate_id")),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_waiver_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_waiver_candidate_id_criterion_id"), "waiver", ["candidate_id", "criterion", "id"], unique=False
    )


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=True),
        sa.Column("reserve_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("price", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'chosen') = (first_id IS NOT NULL)", name=op.f("ck_decision_first")),
        sa.CheckConstraint("status IN ('chosen', 'nobody_yet', 'open')", name=op.f("ck_decision_status")),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_decision_change_id")),
        sa.ForeignKeyConstraint(["first_id"], ["candidate.id"], name=op.f("fk_decision_first_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_decision_project_id")),
        sa.ForeignKeyConstraint(["reserve_id"], ["candidate.id"], name=op.f("fk_decision_reserve_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_decision_project_id_region_id"), "decision", ["project_id", "region", "id"], unique=False)


def _pin() -> None:
    op.create_table(
        "pin",
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_pin_candidate_id")),
        sa.PrimaryKeyConstraint("candidate_id", name=op.f("pk_pin")),
    )
