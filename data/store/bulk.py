"""Many rows at once, without an object per row: what makes a list of ten thousand candidates a matter of seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, Table, insert, select
from sqlalchemy.orm import Session

from data.store.changes import Action
from data.store.schema import Base, CandidateRow, ObservationRow


def table_of(row: type[Base]) -> Table:
    """Return the plain table behind a declarative class."""
    table = row.__table__
    assert isinstance(table, Table)  # noqa: S101 (for the type checker; a class here is never mapped to a join)
    return table


class Person(NamedTuple):
    """A candidate's row, read only."""

    number: int
    id: str
    name: str
    regions: str | None
    note: str
    position: int
    archived: bool

    def state(self) -> dict[str, Any]:
        """Return what may change about it, as the log keeps it."""
        return {"name": self.name, "regions": self.regions, "note": self.note, "archived": self.archived}


def people(session: Session, project_id: str, living: bool = False) -> list[Person]:
    """Return the candidates of a project in the order of the list; *living* leaves out those that were put away."""
    c = table_of(CandidateRow).c
    query = select(c.id, c.external_id, c.name, c.regions, c.note, c.position, c.archived)
    query = query.where(c.project_id == project_id).order_by(c.position, c.id)
    if living:
        query = query.where(c.archived.is_(False))
    return [Person(*row) for row in session.connection().execute(query)]


def columns(session: Session, query: Select[Any]) -> list[tuple[Any, ...]]:
    """Return the result of *query* column by column."""
    result = session.connection().execute(query)
    width = len(result.keys())
    return list(zip(*result.all(), strict=True)) or [()] * width


OBSERVED = ("candidate_id", "region", "criterion", "kind", "number", "text", "source", "date", "level")


def append_observations(session: Session, rows: list[tuple[Any, ...]], who: str, origin: str, action: Action) -> None:
    """Append *rows* (fields as in OBSERVED) with one person, origin and action."""
    same = {"who": who, "origin": origin, "at": action.at, "change_id": action.id}
    insert_rows(session, table_of(ObservationRow), OBSERVED, rows, same)


def insert_rows(
    session: Session, table: Table, names: Sequence[str], rows: list[tuple[Any, ...]], same: dict[str, Any]
) -> None:
    """Insert *rows* (fields as in *names*, values as the driver takes them) with the columns in *same* alike in all."""
    if not rows:
        return
    connection = session.connection()
    every = [*names, *same]
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=every)
    fixed = tuple(_bound(table, name, value, connection.dialect) for name, value in same.items())
    order = compiled.positiontup  # only of dialects that count parameters, as SQLite does
    if order is None:
        connection.execute(insert(table), [dict(zip(every, (*row, *same.values()), strict=True)) for row in rows])
        return
    full = [row + fixed for row in rows]
    if list(order) != every:
        places = [every.index(name) for name in order]
        full = [tuple(row[place] for place in places) for row in full]
    connection.exec_driver_sql(str(compiled), full)


def _bound(table: Table, name: str, value: Any, dialect: Any) -> Any:
    """Return *value* as the driver takes it for that column."""
    processor = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
    return value if processor is None else processor(value)
