"""`export_ranking` and `export_table`: one door for every format."""

from __future__ import annotations

import datetime
import json
import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from criteria.errors import RunError
from criteria.text import LANGUAGES, msg
from selection.rank import Ranking
from selection.robustness.firmness import Firmness

Writer = Callable[[Ranking, str, dict[str, Any]], bytes]


def export_ranking(
    ranking: Ranking,
    format: str,  # the name that callers of this fixed function use
    language: str = "en",
    *,
    date: datetime.date | None = None,
    by: str | None = None,
    firm: Firmness | None = None,
) -> bytes:
    """Return *ranking* as a file in *format*: csv, xlsx, html or json.

    *date* (None: today) is written beside the fingerprint, *by* says who exports; *firm* is the verdict to print where
    the caller knows more than the ranking (what a panel disagrees about). Raise RunError for another format or
    language.
    """
    writer = _WRITERS.get(format)
    if format == "pdf":
        raise RunError(msg("The PDF comes with a later version; export it as html and print that."))
    if writer is None:
        raise RunError(
            msg("There is no format “{format}”. There are: {known}.", format=format, known=", ".join(_WRITERS))
        )
    if language not in LANGUAGES:
        raise RunError(
            msg("There is no language “{language}”. There are: {known}.", language=language, known=", ".join(LANGUAGES))
        )
    when = date or datetime.date.today()
    options = {
        "date": when.isoformat(),
        "created": datetime.datetime(when.year, when.month, when.day, tzinfo=datetime.UTC),
        "by": by,
        "firm": firm,
        "version": product_version(),
    }
    return writer(ranking, language, options)


def export_table(columns: Mapping[str, Sequence[Any]], format: str) -> bytes:
    """Return any table (header -> values) as csv or xlsx, as safe as a ranking; raise RunError for another format."""
    if format == "csv":
        from data.writers.delimited import table_csv

        return table_csv(columns)
    if format == "xlsx":
        from data.writers.workbook.table import table_xlsx

        return table_xlsx(columns)
    raise RunError(msg("There is no format “{format}”. There are: {known}.", format=format, known="csv, xlsx"))


def export_formats() -> tuple[str, ...]:
    """Return the formats in which a ranking can be written."""
    return EXPORT_FORMATS


@lru_cache(maxsize=1)
def product_version() -> str:
    """Return the version of the product."""
    document = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    return str(document["project"]["version"])


def _csv(ranking: Ranking, language: str, options: dict[str, Any]) -> bytes:
    from data.writers.delimited import ranking_csv

    return ranking_csv(ranking)


def _xlsx(ranking: Ranking, language: str, options: dict[str, Any]) -> bytes:
    from data.writers.workbook import ranking_xlsx

    return ranking_xlsx(ranking, language, options)


def _html(ranking: Ranking, language: str, options: dict[str, Any]) -> bytes:
    from data.writers.html_page import ranking_html

    return ranking_html(ranking, language, options)


def _json(ranking: Ranking, language: str, options: dict[str, Any]) -> bytes:
    document = _finite(ranking.to_dict(language))
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode("utf-8", "replace")


def _finite(value: Any) -> Any:
    """Return *value* with null in place of numbers that JSON does not have."""
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


_WRITERS: Mapping[str, Writer] = {"csv": _csv, "xlsx": _xlsx, "html": _html, "json": _json}
EXPORT_FORMATS = tuple(_WRITERS)
"""The formats in which a ranking can be written."""
