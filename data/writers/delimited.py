"""csv: one line per candidate, for people's spreadsheets and for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from data.writers.safe import clean, escape_formula, is_number, plain_number
from data.writers.words import served
from selection.model import VERDICT_CODES, Eliminated, Figures, Pending, Ranked
from selection.rank import Ranking

BYTE_ORDER_MARK = "\ufeff"
HEAD = ("rank", "tied", "id", "name", "region", "verdict", "score", "low", "high")


class _Number(float):
    """A number that is written as it is, without quotes and without a needless decimal point."""

    def __str__(self) -> str:
        return plain_number(float(self))

    __repr__ = __str__


def csv_cell(value: Any) -> Any:
    """Return *value* as a csv cell: a number unchanged, nothing as empty, everything else as harmless text."""
    if value is None or value != value:
        return None
    if is_number(value):
        return _Number(value) if isinstance(value, float) else value
    if isinstance(value, bool):
        return str(value).lower()
    return escape_formula(clean(str(value)))


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a csv in UTF-8 with a byte order mark, texts quoted, numbers not."""
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([csv_cell(str(name)) for name in header])
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def ranking_csv(ranking: Ranking) -> bytes:
    """Return *ranking* as csv: ranked, then to be verified, then eliminated; headers and verdicts are fixed codes."""
    scored = [criterion.id for criterion in ranking.profile.criteria]
    header = [*HEAD, *(name for key in scored for name in (key, f"{key} value", f"{key} points"))]
    return csv_bytes(header, _rows(ranking, scored))


def _rows(ranking: Ranking, scored: Sequence[str]) -> Iterator[list[Any]]:
    entries: Iterable[Iterable[Ranked | Pending | Eliminated]] = (ranking.ranked, ranking.pending, ranking.eliminated)
    for group in entries:
        for entry in group:
            place = (entry.rank, entry.tied) if isinstance(entry, Ranked) else (None, None)
            yield [*place, *_figures(ranking, entry.figures, scored)]


def _figures(ranking: Ranking, figures: Figures, scored: Sequence[str]) -> list[Any]:
    verdict = VERDICT_CODES[int(ranking.screening.verdicts[figures.row])]
    region = served(ranking, figures.row) or None
    cells = [figures.id, figures.name, region, verdict, figures.score, figures.low, figures.high]
    for key in scored:
        raw: float | str | None = "not applicable" if key in figures.exempt else figures.raw[key]
        cells += [raw, figures.values.get(key), figures.points.get(key)]
    return cells


def table_csv(columns: Mapping[str, Sequence[Any]]) -> bytes:
    """Return any table as csv, as safe as a ranking."""
    return csv_bytes(list(columns), zip(*columns.values(), strict=True))
