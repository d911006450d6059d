"""The first sheet: the ranked list, which follows the weights, with its bands, marks and chart."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter import Workbook

from criteria.text import Message, msg, render
from data.writers import words
from data.writers.colours import TONES
from data.writers.workbook import plan as at
from data.writers.workbook.calculation import PENDING, RANKED
from data.writers.workbook.pen import Pen, Text, cell, on
from data.writers.workbook.plan import Plan
from selection.model import Figures, Pending, Ranked

HEADER, IDEAL_LINE, FIRST = 4, 5, 6
RANK, TIED, ID, NAME, REGION, SCORE, LOW, HIGH, KNOWN, VERDICT, BEST, WORST, NOTE, LINE, DOWN, UP = range(16)
WIDTHS = (7, 5, 12, 34, 14, 9, 9, 9, 9, 15, 8, 8, 34, 8, 8, 8)
CHART_ROWS = 30
BAND = "#333333"
_RULES = (
    {"criteria": "between", "minimum": 0, "maximum": 49.99999999},
    {"criteria": "between", "minimum": 50, "maximum": 84.99999999},
    {"criteria": "between", "minimum": 85, "maximum": 100},
)


def write_ranking(pen: Pen, plan: Plan, book: Workbook) -> None:
    """Write the list: the ideal, the ranked, then those to be verified, each line found by its place."""
    _write_top(pen, plan)
    heads = [
        words.RANK, words.TIED, words.IDENTITY, words.NAME, words.REGION, words.SCORE, words.LOW, words.HIGH,
        words.KNOWN, words.VERDICT, words.BEST, words.WORST, words.NOTE,
    ]  # fmt: skip
    pen.header(HEADER, heads, WIDTHS[: len(heads)])
    _write_ideal(pen)
    line = FIRST
    for place, entry in _entries(plan):
        _write_entry(pen, plan, line, place, entry)
        line += 1
    pen.page(HEADER, NAME + 1)
    _dress(pen, book, line)
    if line > FIRST:
        _draw(pen, plan, book, min(line, IDEAL_LINE + CHART_ROWS))


def _entries(plan: Plan) -> Iterator[tuple[int, Ranked | Pending]]:
    yield from enumerate(plan.ranking.ranked, 1)
    yield from enumerate(plan.ranking.pending, 1)


def title(plan: Plan) -> Message:
    """Return the line on top of the workbook: standard, region, scenario."""
    ranking = plan.ranking
    return msg(
        "{profile} · {region} · {scenario}",
        profile=ranking.original[1].display_title,
        region=words.region_text(ranking),
        scenario=words.scenario_title(ranking.scenario),
    )


def _write_top(pen: Pen, plan: Plan) -> None:
    pen.text(0, 0, title(plan), "title")
    pen.text(1, 0, words.MARKS, "note")
    if plan.ranking.stage is not None:
        pen.text(2, 0, words.DESK, "warning")
    as_exported = msg(
        "The list as it was exported. Change a weight on the sheet “{sheet}”, and it follows.",
        sheet=plan.titles["criteria"],
    )
    if plan.live:
        status = on(plan.titles["criteria"], cell(2, 0))
        pen.formula(3, 0, status, as_exported, "note")
    else:
        pen.text(3, 0, static_note(plan), "warning")


def static_note(plan: Plan) -> Message:
    """Return why this workbook holds values only."""
    if plan.ranking.method != "additive":
        return msg(
            "Values only: a ranking by another method than the additive one cannot follow the weights in a workbook."
        )
    return msg("Values only: above {limit:,} candidates the formulas are left out.", limit=at.LIVE_LIMIT)


def _write_ideal(pen: Pen) -> None:
    for column in range(NOTE + 1):
        pen.put(IDEAL_LINE, column, None, "ideal")
    pen.text(IDEAL_LINE, NAME, words.THE_IDEAL, "ideal_text")
    for column in (SCORE, LOW, HIGH):
        pen.put(IDEAL_LINE, column, 100.0, "ideal")
    if pen.live:
        pen.put(IDEAL_LINE, DOWN, 0.0, "one")
        pen.put(IDEAL_LINE, UP, 0.0, "one")


def _write_entry(pen: Pen, plan: Plan, line: int, place: int, entry: Ranked | Pending) -> None:
    group = RANKED if isinstance(entry, Ranked) else PENDING
    row = entry.figures.row
    if pen.live:
        position = plan.calc_range(at.POSITION, group)
        found = plan.line_of[row] - plan.lines(group)[0] + 1
        pen.formula(line, LINE, f"MATCH({place},{position},0)", found, "whole")
    _write_texts(pen, plan, line, group, row)
    _write_rank(pen, plan, line, group, entry)
    _write_figures(pen, plan, line, group, entry.figures)
    _write_note(pen, plan, line, group, entry)


def _pick(plan: Plan, line: int, column: int, group: int) -> str:
    """Return the formula that fetches a figure of the candidate who stands on *line* now."""
    if not plan.live:
        return ""
    return f"INDEX({plan.calc_range(column, group)},{cell(line, LINE)})"


def _write_texts(pen: Pen, plan: Plan, line: int, group: int, row: int) -> None:
    texts: tuple[tuple[int, int, Text, str], ...] = (
        (ID, at.ID, plan.ids[row], "text"),
        (NAME, at.NAME, plan.names[row], "wrap"),
        (REGION, at.REGION, words.served(plan.ranking, row), "wrap"),
        (VERDICT, at.VERDICT, words.verdict_text(plan.ranking, row), "text"),
    )
    for column, source, text, style in texts:
        pen.formula(line, column, f'{_pick(plan, line, source, group)}&""', text, style)


def _weighted(pen: Pen, plan: Plan, formula: str) -> str:
    """Return *formula*, or a word where every weight is zero."""
    if not plan.live:
        return ""
    return f"IF({plan.weight_sum}>0,{formula},{pen.literal(words.NO_WEIGHT)})"


def _write_rank(pen: Pen, plan: Plan, line: int, group: int, entry: Ranked | Pending) -> None:
    if isinstance(entry, Ranked):
        pen.formula(line, RANK, _weighted(pen, plan, _pick(plan, line, at.RANK, group)), entry.rank, "whole")
        tied = f'IF({_pick(plan, line, at.TIED, group)}=1,"=","")'
        pen.formula(line, TIED, tied, "=" if entry.tied else "", "mark")
        pen.put(line, BEST, None)
        pen.put(line, WORST, None)
        return
    pen.text(line, RANK, "?", "mark")
    pen.put(line, TIED, None)
    for column, source, value in ((BEST, at.BEST, entry.rank_best), (WORST, at.WORST, entry.rank_worst)):
        pen.formula(line, column, _weighted(pen, plan, _pick(plan, line, source, group)), value, "whole")


def _write_figures(pen: Pen, plan: Plan, line: int, group: int, figures: Figures) -> None:
    sources = ((SCORE, at.SCORE, figures.score), (LOW, at.LOW, figures.low), (HIGH, at.HIGH, figures.high))
    for column, source, value in sources:
        shown: Text | float = value if value == value else words.UNKNOWN
        pen.formula(line, column, _weighted(pen, plan, _pick(plan, line, source, group)), shown, "one")
    pen.formula(line, KNOWN, _weighted(pen, plan, _pick(plan, line, at.KNOWN, group)), figures.known, "share")
    if pen.live:
        score, low, high = (cell(line, column) for column in (SCORE, LOW, HIGH))
        for column, side, value in (
            (DOWN, f"{score}-{low}", figures.score - figures.low),
            (UP, f"{high}-{score}", figures.high - figures.score),
        ):
            pen.formula(line, column, f"IF(ISNUMBER({score}),{side},0)", value, "one")


def _write_note(pen: Pen, plan: Plan, line: int, group: int, entry: Ranked | Pending) -> None:
    """Write who waived what, and whether the total is below the cut line."""
    note = render(words.waiver_note(plan.ranking, entry.figures.row) or "", pen.language)
    below = render(words.BELOW_LINE, pen.language)
    is_below = isinstance(entry, Ranked) and entry.below_line
    shown = " · ".join(part for part in (below if is_below else "", note) if part)
    if group != RANKED or not pen.live:
        pen.text(line, NOTE, shown, "wrap")
        return
    picked, cut, score = _pick(plan, line, at.NOTE, group), plan.minimum_total, cell(line, SCORE)
    is_low = f"IF(ISNUMBER({cut}),IF(ISNUMBER({score}),{score}<{cut},FALSE),FALSE)"
    text = f'IF({is_low},{pen.literal(below)},"")&IF({is_low},IF({picked}="",""," · "),"")&{picked}'
    pen.formula(line, NOTE, text, shown, "wrap")


def _dress(pen: Pen, book: Workbook, end: int) -> None:
    """Give scores their tone, hide the helper columns, and keep numbers that are texts free of green corners."""
    sheet = pen.sheet
    if pen.live:
        sheet.set_column(LINE, UP, 8, None, {"hidden": True})
    sheet.ignore_errors({"number_stored_as_text": f"{cell(IDEAL_LINE, ID)}:{cell(max(end, FIRST), NAME)}"})
    for rule, tone in zip(_RULES, TONES, strict=True):
        style = book.add_format({"bg_color": tone.light})
        sheet.conditional_format(IDEAL_LINE, SCORE, end - 1, SCORE, {"type": "cell", **rule, "format": style})
    sheet.print_area(0, 0, max(end, FIRST), NOTE)


def _draw(pen: Pen, plan: Plan, book: Workbook, last: int) -> None:
    """Draw the bars over the cells of the list, so that they follow its order; grid lines mark 50 and 100."""
    name = plan.titles["ranking"]

    def column(index: int) -> list[str | int]:
        return [name, IDEAL_LINE, index, last - 1, index]

    chart = book.add_chart({"type": "bar"})
    series = {
        "name": render(words.SCORE, pen.language),
        "categories": column(NAME),
        "values": column(SCORE),
        "fill": {"color": TONES[1].dark},
        "gap": 40,
        "data_labels": {"value": True, "num_format": "0.0", "position": "inside_base", "font": {"color": "#FFFFFF"}},
    }
    if pen.live:
        series["y_error_bars"] = {
            "type": "custom",
            "plus_values": f"={on(name, cell(IDEAL_LINE, UP))}:{cell(last - 1, UP)}",
            "minus_values": f"={on(name, cell(IDEAL_LINE, DOWN))}:{cell(last - 1, DOWN)}",
            "line": {"color": BAND, "width": 1.25},
        }
    chart.add_series(series)
    chart.show_hidden_data()
    chart.set_title({"name": render(words.MARKS, pen.language), "name_font": {"size": 11, "bold": False}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis(
        {"min": 0, "max": 100, "major_unit": 50, "minor_unit": 10, "num_format": "0",
         "major_gridlines": {"visible": True, "line": {"color": "#444444", "width": 1.25}}}
    )  # fmt: skip
    chart.set_size({"width": 640, "height": 120 + 22 * (last - IDEAL_LINE)})
    pen.sheet.insert_chart(HEADER, UP + 1, chart, {"description": render(words.MARKS, pen.language)})
