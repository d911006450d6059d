"""Waivers as a file: a list of `{id, region, criterion, by, reason}` in YAML or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from criteria.errors import RunError
from criteria.loading import explain_validation, read_document
from criteria.text import msg
from selection.model import Waiver


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RunError(msg("must be a text"))
    return str(value).strip()


Text = Annotated[str, BeforeValidator(_text)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text
    criterion: Text
    by: Text
    reason: Text
    region: Text | None = None


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """Return the waivers in a YAML or JSON file; raise ProfileError or RunError with the place of the fault."""
    document = read_document(path)
    if not isinstance(document, list):
        raise RunError(
            msg("{file}: waivers are a list, each with id, region, criterion, by and reason.", file=path.name)
        )
    return tuple(_waiver(entry, path.name, number) for number, entry in enumerate(document, start=1))


def _waiver(entry: Any, file: str, number: int) -> Waiver:
    where = msg("{file}, waiver {number}", file=file, number=number)
    try:
        checked = _Entry.model_validate(entry)
    except ValidationError as error:
        raise explain_validation(error, where, _Entry) from None
    return Waiver(checked.id, checked.criterion, checked.by, checked.reason, checked.region or None)
