"""What Alembic runs: the upgrade works inside the transaction that `data.store.upgrade` hands over."""

from __future__ import annotations

from alembic import context

from data.store.schema import Base

if hasattr(context, "config"):  # only while Alembic runs this file, not where a tool merely imports it
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite cannot alter a column in place
    )
    context.run_migrations()
