"""Settings: small JSON values of this installation (language, open project, drafts) or of one project."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from data.store.changes import now, project_row
from data.store.projects import checked
from data.store.schema import SettingRow


def read(session: Session, key: str, default: Any, project: str | None) -> Any:
    """Return a setting, *default* where it was never set."""
    if project is not None:
        return project_row(session, project).settings.get(key, default)
    row = session.get(SettingRow, key)
    return default if row is None else row.value


def write(session: Session, key: str, value: Any, project: str | None) -> None:
    """Keep a setting; the latest write holds. Settings are no work, so they are neither logged nor undone."""
    plain = checked({key: value})
    if project is not None:
        row = project_row(session, project)
        row.settings = {**row.settings, **plain}
    elif (kept := session.get(SettingRow, key)) is not None:
        kept.value, kept.at = plain[key], now()
    else:
        session.add(SettingRow(key=key, value=plain[key], at=now()))
