"""The sheet that says why: for every candidate the raw value, the value on the scale and the points per criterion."""

from __future__ import annotations

from collections.abc import Iterator

from criteria.model import Criterion
from criteria.text import Message, msg, pmsg
from data.writers import words
from data.writers.workbook import plan as at
from data.writers.workbook.pen import Pen, Text
from data.writers.workbook.plan import Plan
from selection.model import Figures, Ranked

HEADER, IDEAL_LINE, FIRST = 3, 4, 5
ID, NAME, REGION, VERDICT, RANK, SCORE, VALUES = range(7)
WIDTHS = (12, 34, 14, 15, 7, 9)


def write_why(pen: Pen, plan: Plan) -> None:
    """Write one line per candidate in the order of the export: ranked, to be verified, eliminated."""
    pen.text(
        0, 0, msg("Why: raw value, value on the scale of 0 to 100, and points (weight × value) per criterion"), "title"
    )
    pen.text(1, 0, words.MARKS, "note")
    pen.text(
        2, 0, msg("The points of a line add up to its lowest total; unknown values add the band above it."), "note"
    )
    heads: list[Message] = [
        words.IDENTITY, words.NAME, words.REGION, words.VERDICT, words.RANK, words.SCORE,
    ]  # fmt: skip
    pen.header(HEADER, heads, WIDTHS)
    titles = [*map(_raw_title, plan.criteria), *map(_value_title, plan.criteria), *map(_points_title, plan.criteria)]
    pen.header(HEADER, titles, [13.0] * len(titles), VALUES)
    _write_ideal(pen, plan)
    line = FIRST
    for figures, rank in _lines(plan):
        _write_line(pen, plan, line, figures, rank)
        line += 1
    pen.page(HEADER, NAME + 1, VALUES + len(titles))


def _raw_title(criterion: Criterion) -> Message:
    if criterion.kind == "judged":
        return msg("{criterion} (rating 1 to 5)", criterion=criterion.title)
    if criterion.unit is None or not any(criterion.unit.texts.values()):
        return msg("{criterion}", criterion=criterion.title)
    return pmsg("value with unit", "{criterion} ({unit})", criterion=criterion.title, unit=criterion.unit)


def _value_title(criterion: Criterion) -> Message:
    return msg("{criterion}: value", criterion=criterion.title)


def _points_title(criterion: Criterion) -> Message:
    return msg("{criterion}: points", criterion=criterion.title)


def _lines(plan: Plan) -> Iterator[tuple[Figures, int | None]]:
    for group in (plan.ranking.ranked, plan.ranking.pending, plan.ranking.eliminated):
        for entry in group:
            yield entry.figures, entry.rank if isinstance(entry, Ranked) else None


def _write_ideal(pen: Pen, plan: Plan) -> None:
    m = len(plan.criteria)
    for column in range(VALUES + 3 * m):
        pen.put(IDEAL_LINE, column, None, "ideal")
    pen.text(IDEAL_LINE, NAME, words.THE_IDEAL, "ideal_text")
    pen.put(IDEAL_LINE, SCORE, 100.0, "ideal")
    for j, criterion in enumerate(plan.criteria):
        if criterion.is_scored:
            pen.text(IDEAL_LINE, VALUES + j, words.knot_text(criterion, 100.0), "ideal_text")
            pen.put(IDEAL_LINE, VALUES + m + j, 100.0, "ideal")
            points = 100 * float(plan.ranking.weights[j])
            pen.formula(IDEAL_LINE, VALUES + 2 * m + j, f"100*{plan.share(j)}", points, "ideal")


def _write_line(pen: Pen, plan: Plan, line: int, figures: Figures, rank: int | None) -> None:
    row = figures.row
    pen.text(line, ID, plan.ids[row])
    pen.text(line, NAME, plan.names[row], "wrap")
    pen.text(line, REGION, words.served(plan.ranking, row), "wrap")
    pen.text(line, VERDICT, words.verdict_text(plan.ranking, row))
    if rank is not None:
        pen.formula(line, RANK, _live(pen, plan, row, at.RANK), rank, "whole")
    pen.formula(line, SCORE, _live(pen, plan, row, at.SCORE), _shown(figures.score), "one")
    m = len(plan.criteria)
    for j, criterion in enumerate(plan.criteria):
        exempt = criterion.id in figures.exempt
        _write_raw(pen, line, VALUES + j, figures.raw[criterion.id], criterion, exempt)
    for j, criterion in enumerate(plan.criteria):
        pen.put(line, VALUES + m + j, _value(criterion, figures), "one")
    for j in range(m):
        _write_points(pen, plan, line, VALUES + 2 * m + j, j, figures)


def _live(pen: Pen, plan: Plan, row: int, column: int) -> str:
    if not pen.live:
        return ""
    return f"IF({plan.weight_sum}>0,{plan.calc(plan.line_of[row], column)},{pen.literal(words.NO_WEIGHT)})"


def _shown(value: float) -> Text | float:
    return value if value == value else words.UNKNOWN


def _write_raw(pen: Pen, line: int, column: int, raw: float | str | None, criterion: Criterion, exempt: bool) -> None:
    if isinstance(raw, str) or raw is None or exempt:
        pen.text(line, column, words.raw_text(raw, criterion, exempt=exempt))
    else:
        pen.put(line, column, raw, "raw")


def _value(criterion: Criterion, figures: Figures) -> Text | float | None:
    """Return the value on the scale; a band where it is partly known, a word where it is not."""
    if not criterion.is_scored:
        return None
    if criterion.id in figures.exempt:
        return words.NOT_APPLICABLE
    if criterion.id in figures.bands:
        low, high = figures.bands[criterion.id]
        return msg("{low:.1f} to {high:.1f}", low=low, high=high)
    value = figures.values[criterion.id]
    return words.UNKNOWN if value is None else value


def _write_points(pen: Pen, plan: Plan, line: int, column: int, j: int, figures: Figures) -> None:
    """Write weight x value over the weights that apply, as long as something of it is known."""
    criterion = plan.criteria[j]
    if not criterion.is_scored:
        return
    points = figures.points[criterion.id]
    if points is None:
        pen.text(line, column, words.NOT_APPLICABLE if criterion.id in figures.exempt else words.UNKNOWN)
    elif not pen.live:
        pen.put(line, column, points, "one")
    else:
        calc = plan.line_of[figures.row]
        low, apply = plan.calc(calc, at.BLOCK + j), plan.calc(calc, at.APPLY)
        formula = f"{low}*{plan.share(j)}"
        if plan.readings.applies is not None:
            formula = f"IF({apply}<0.000000000001,0,{formula}/{apply})"
        pen.formula(line, column, formula, points, "one")
