"""The sheets of those who are out, with every reason, and of those who are still to be verified."""

from __future__ import annotations

from criteria.text import msg
from data.writers import words
from data.writers.workbook import plan as at
from data.writers.workbook.pen import Pen, Text
from data.writers.workbook.plan import Plan
from selection.model import Eliminated, Failure, Figures, Pending
from selection.screen import quantity

HEADER, FIRST = 2, 3
ID, NAME, REGION = range(3)
TOTAL, NEAR, CRITERION, GATE, VALUE, LIMIT, SHORTFALL, REASON = range(3, 11)
SCORE, LOW, HIGH, KNOWN, BEST, WORST, OPEN = range(3, 10)


def write_eliminated(pen: Pen, plan: Plan) -> None:
    """Write one line per must-have that a candidate does not meet."""
    pen.text(0, 0, msg("Eliminated: which must-have was missed, and by how much"), "title")
    pen.text(1, 0, words.MARKS, "note")
    heads = [
        words.IDENTITY, words.NAME, words.REGION, words.TOTAL, words.NEAR, words.CRITERION, words.MUST_HAVE,
        words.VALUE, words.LIMIT, words.SHORTFALL, words.REASON,
    ]  # fmt: skip
    pen.header(HEADER, heads, (12, 34, 14, 12, 10, 28, 16, 12, 12, 10, 60))
    line = FIRST
    for entry in plan.ranking.eliminated:
        for failure in entry.failed:
            _write_failure(pen, plan, line, entry, failure)
            line += 1
    pen.page(HEADER, NAME + 1)


def _write_failure(pen: Pen, plan: Plan, line: int, entry: Eliminated, failure: Failure) -> None:
    _write_identity(pen, plan, line, entry.figures)
    _write_live(pen, plan, line, TOTAL, entry.figures, at.SCORE, entry.figures.score)
    pen.text(line, NEAR, words.YES if entry.near_miss else words.NO)
    pen.text(line, CRITERION, plan.ranking.profile.by_id[failure.criterion].title, "wrap")
    pen.text(line, GATE, words.KINDS[failure.gate])
    criterion = plan.ranking.profile.by_id[failure.criterion]
    for column, value in ((VALUE, failure.value), (LIMIT, failure.limit), (SHORTFALL, failure.shortfall)):
        pen.put(line, column, quantity(value, criterion) if isinstance(value, str) else value, "raw")
    pen.text(line, REASON, failure.sentence, "wrap")


def _write_identity(pen: Pen, plan: Plan, line: int, figures: Figures) -> None:
    row = figures.row
    pen.text(line, ID, plan.ids[row])
    pen.text(line, NAME, plan.names[row], "wrap")
    pen.text(line, REGION, words.served(plan.ranking, row), "wrap")


def _write_live(
    pen: Pen, plan: Plan, line: int, column: int, figures: Figures, source: int, value: float, style: str = "one"
) -> None:
    """Write a figure of the calculation sheet that follows the weights."""
    shown: Text | float = value if value == value else words.UNKNOWN
    if not pen.live:
        pen.put(line, column, shown, style)
        return
    figure = plan.calc(plan.line_of[figures.row], source)
    pen.formula(line, column, f"IF({plan.weight_sum}>0,{figure},{pen.literal(words.NO_WEIGHT)})", shown, style)


def write_pending(pen: Pen, plan: Plan) -> None:
    """Write one line per candidate whose qualification hangs on something unknown."""
    pen.text(0, 0, msg("To be verified: what is missing, and the ranks that are still possible"), "title")
    pen.text(1, 0, words.MARKS, "note")
    heads = [
        words.IDENTITY, words.NAME, words.REGION, words.SCORE, words.LOW, words.HIGH, words.KNOWN, words.BEST,
        words.WORST, words.OPEN,
    ]  # fmt: skip
    pen.header(HEADER, heads, (12, 34, 14, 9, 9, 9, 9, 8, 8, 60))
    for line, entry in enumerate(plan.ranking.pending, FIRST):
        _write_open(pen, plan, line, entry)
    pen.page(HEADER, NAME + 1)


def _write_open(pen: Pen, plan: Plan, line: int, entry: Pending) -> None:
    figures = entry.figures
    _write_identity(pen, plan, line, figures)
    for column, source, value, style in (
        (SCORE, at.SCORE, figures.score, "one"),
        (LOW, at.LOW, figures.low, "one"),
        (HIGH, at.HIGH, figures.high, "one"),
        (KNOWN, at.KNOWN, figures.known, "share"),
        (BEST, at.BEST, entry.rank_best, "whole"),
        (WORST, at.WORST, entry.rank_worst, "whole"),
    ):
        _write_live(pen, plan, line, column, figures, source, value, style)
    pen.text(line, OPEN, words.listed(words.unknown_titles(plan.ranking, entry.unknown)), "wrap")
