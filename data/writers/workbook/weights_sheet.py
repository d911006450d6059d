"""The sheet of criteria and weights: the cells that a reader may change."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook

from criteria.model import Criterion
from criteria.text import msg, render
from data.writers import words
from data.writers.workbook import plan as at
from data.writers.workbook.pen import Pen, cell, on, span
from data.writers.workbook.plan import Plan, weight_names, weight_points
from data.writers.workbook.ranking_sheet import static_note

TITLE, IDENTITY, FAMILY, UNIT = range(4)
QUALIFIED, IDEAL, MUST_HAVE, NAME = range(8, 12)
WIDTHS = (34, 18, 24, 16, 10, 10, 9, 10, 16, 16, 34, 24)
MINIMUM_NAME = "minimum_total"


def write_weights(pen: Pen, plan: Plan, book: Workbook) -> None:
    """Write one line per criterion with its weight cell, which is a defined name, and what follows from it."""
    pen.text(0, 0, plan.titles["criteria"], "title")
    _write_notes(pen, plan)
    heads = [
        words.CRITERION, words.IDENTITY, words.FAMILY, words.UNIT, words.WEIGHT, words.COUNTED, words.SHARE,
        words.EXPORTED, words.QUALIFIED_AT, words.IDEAL_AT, words.MUST_HAVE, words.CELL,
    ]  # fmt: skip
    pen.header(at.WEIGHTS_HEADER, heads, WIDTHS)
    points = weight_points(plan.ranking.profile, plan.ranking.scenario)
    names = weight_names([criterion.id for criterion in plan.criteria])
    for j, criterion in enumerate(plan.criteria):
        line = at.WEIGHTS_FIRST + j
        _write_facts(pen, line, criterion)
        _write_weight(pen, plan, j, points[j])
        if criterion.is_scored:
            pen.text(line, NAME, names[j], "note")
            book.define_name(names[j], f"={on(plan.titles['criteria'], cell(line, at.WEIGHT))}")
    _write_sums(pen, plan, points, book)
    pen.page(at.WEIGHTS_HEADER, 1)


def _write_notes(pen: Pen, plan: Plan) -> None:
    if not plan.live:
        pen.text(1, 0, static_note(plan), "warning")
        return
    pen.text(
        1,
        0,
        msg("Change a weight in a yellow cell: scores, bands, ranks, the order of the list and its chart follow."),
        "note",
    )
    line, end = at.WEIGHTS_FIRST, plan.total_line - 1
    counted, exported = (span(line, column, end, column) for column in (at.COUNTED, at.EXPORTED))
    typed = span(line, at.WEIGHT, end, at.WEIGHT)
    unscored = sum(not criterion.is_scored for criterion in plan.criteria)
    as_exported = msg(
        "The list as it was exported. Change a weight on the sheet “{sheet}”, and it follows.",
        sheet=plan.titles["criteria"],
    )
    none = msg("Every weight is zero. Give at least one criterion a weight above zero.")
    wrong = msg("A weight is negative, empty or not a number: it counts as zero.")
    changed = msg("Weights were changed after the export: this list is no longer the exported one.")
    total = cell(plan.total_line, at.COUNTED)
    formula = (
        f"IF({total}<=0,{pen.literal(none)},IF(SUMPRODUCT(({typed}<>{counted})*1)>{unscored},{pen.literal(wrong)},"
        f"IF(SUMPRODUCT(({counted}<>{exported})*1)>0,{pen.literal(changed)},{pen.literal(as_exported)})))"
    )
    pen.formula(2, 0, formula, as_exported, "warning")


def _write_facts(pen: Pen, line: int, criterion: Criterion) -> None:
    pen.text(line, TITLE, criterion.title, "wrap")
    pen.text(line, IDENTITY, criterion.id, "note")
    pen.text(line, FAMILY, words.family_title(criterion), "wrap")
    pen.text(line, UNIT, msg("of 5") if criterion.kind == "judged" else criterion.unit or "", "wrap")
    pen.text(line, QUALIFIED, words.knot_text(criterion, 50.0))
    pen.text(line, IDEAL, words.knot_text(criterion, 100.0))
    gates = words.must_have(criterion)
    pen.text(line, MUST_HAVE, words.listed(gates), "wrap")


def _write_weight(pen: Pen, plan: Plan, j: int, points: float) -> None:
    line, scored = at.WEIGHTS_FIRST + j, plan.criteria[j].is_scored
    typed, counted, total = cell(line, at.WEIGHT), cell(line, at.COUNTED), cell(plan.total_line, at.COUNTED)
    if scored:
        pen.put(line, at.WEIGHT, points, "input" if pen.live else "raw")
        pen.sheet.data_validation(line, at.WEIGHT, line, at.WEIGHT, _rule(pen))
    else:
        pen.text(line, at.WEIGHT, msg("not weighted"), "note")
    pen.formula(line, at.COUNTED, f"IF(ISNUMBER({typed}),IF({typed}>0,{typed},0),0)", points, "raw")
    share = float(plan.ranking.weights[j])
    pen.formula(line, at.SHARE, f"IF({total}>0,{counted}/{total},0)", share, "fine")
    pen.put(line, at.EXPORTED, points, "raw")


def _rule(pen: Pen) -> dict[str, Any]:
    """Return what may be typed into a weight cell, and the box that anything else opens."""
    return {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "ignore_blank": False,
        "error_title": render(msg("Not a weight"), pen.language)[:32],
        "error_message": render(msg("A weight is a number, zero or above."), pen.language)[:255],
    }


def _write_sums(pen: Pen, plan: Plan, points: list[float], book: Workbook) -> None:
    line, first, last = plan.total_line, at.WEIGHTS_FIRST, plan.total_line - 1
    pen.text(line, TITLE, msg("Sum"), "header")
    pen.formula(line, at.COUNTED, f"SUM({span(first, at.COUNTED, last, at.COUNTED)})", float(sum(points)), "raw")
    pen.formula(line, at.SHARE, f"SUM({span(first, at.SHARE, last, at.SHARE)})", 1.0, "fine")
    cut = line + 2
    pen.text(cut, TITLE, msg("Least total of a qualified distributor"), "wrap")
    pen.put(cut, at.WEIGHT, plan.ranking.profile.minimum_total, "input" if pen.live else "raw")
    pen.text(cut, NAME, MINIMUM_NAME, "note")
    book.define_name(MINIMUM_NAME, f"={plan.minimum_total}")
