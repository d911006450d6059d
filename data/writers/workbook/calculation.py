"""The calculation sheet: one fixed line per candidate; from the weights to totals, bands, ranks and the order."""

from __future__ import annotations

import numpy as np

from criteria.curves import FloatArray
from criteria.text import Message, msg
from data.writers import words
from data.writers.workbook import plan as at
from data.writers.workbook.pen import Pen, cell, span
from data.writers.workbook.plan import Plan
from selection.model import BoolArray

RANKED, PENDING, ELIMINATED = 0, 1, 2


def write_calculation(pen: Pen, plan: Plan) -> None:
    """Write the constants of every candidate and the formulas that make its figures."""
    m = len(plan.criteria)
    pen.text(
        0,
        0,
        msg("This sheet works out the others. Change weights on the sheet “{sheet}”.", sheet=plan.titles["criteria"]),
        "note",
    )
    _write_head(pen, plan, m)
    found = plan.readings
    applies = np.ones(found.low.shape, dtype=bool) if found.applies is None else found.applies
    for group, rows in enumerate(plan.groups):
        order = _order(plan, group)
        for row in rows.tolist():
            line = plan.line_of[row]
            _write_constants(pen, plan, line, row)
            i = line - at.CALC_FIRST
            _write_blocks(pen, line, (found.low[i], found.unknown[i], applies[i]))
            _write_totals(pen, plan, line, row, applies[i])
            _write_places(pen, plan, line, row, group, order)
    pen.page(at.CALC_HEADER, 2)


def _write_head(pen: Pen, plan: Plan, m: int) -> None:
    heads: list[Message] = [
        words.IDENTITY, words.NAME, words.REGION, words.VERDICT, words.NOTE, msg("Place"), words.RANK, words.TIED,
        words.SCORE, words.LOW, words.HIGH, words.KNOWN, words.BEST, words.WORST, msg("Known points"),
        msg("Unknown share"), msg("Weight that applies"),
    ]  # fmt: skip
    pen.header(at.CALC_HEADER, heads, [12, 24, *[11] * (len(heads) - 2)])
    blocks = (msg("{criterion}: value"), msg("{criterion}: unknown"), msg("{criterion}: applies"))
    for j, criterion in enumerate(plan.criteria):
        pen.formula(at.SHARE_ROW, at.BLOCK + j, plan.share(j), float(plan.ranking.weights[j]), "fine")
        for k, block in enumerate(blocks):
            title = Message(block.code, {"criterion": criterion.title})
            pen.text(at.CALC_HEADER, at.BLOCK + k * m + j, title, "header")


def _write_constants(pen: Pen, plan: Plan, line: int, row: int) -> None:
    pen.text(line, at.ID, plan.ids[row])
    pen.text(line, at.NAME, plan.names[row])
    pen.text(line, at.REGION, words.served(plan.ranking, row))
    pen.text(line, at.VERDICT, words.verdict_text(plan.ranking, row))
    pen.text(line, at.NOTE, words.waiver_note(plan.ranking, row) or "")


def _write_blocks(pen: Pen, line: int, blocks: tuple[FloatArray, FloatArray, BoolArray]) -> None:
    for k, block in enumerate(blocks):
        for j, value in enumerate(block.tolist()):
            pen.put(line, at.BLOCK + k * len(block) + j, float(value), "raw")


def _write_totals(pen: Pen, plan: Plan, line: int, row: int, applies: BoolArray) -> None:
    """Write the totals of one line from its values and the shares of the weights."""
    ranking, m = plan.ranking, len(plan.criteria)
    shares = span(at.SHARE_ROW, at.BLOCK, at.SHARE_ROW, at.BLOCK + m - 1)
    low, unknown, mask = (span(line, at.BLOCK + k * m, line, at.BLOCK + (k + 1) * m - 1) for k in range(3))
    base, open_, apply = (cell(line, column) for column in (at.BASE, at.OPEN, at.APPLY))
    applied = float(applies @ ranking.weights)
    unknown_share = float(ranking.unknown_share[row])
    if plan.readings.applies is None:
        pen.put(line, at.APPLY, 1.0, "fine")
        pen.formula(line, at.BASE, f"SUMPRODUCT({shares},{low})", float(ranking.low[row]), "one")
        pen.formula(line, at.OPEN, f"SUMPRODUCT({shares},{unknown})", unknown_share, "fine")
    else:
        none = f"{apply}<0.000000000001"
        pen.formula(line, at.APPLY, f"SUMPRODUCT({shares},{mask})", applied, "fine")
        pen.formula(line, at.BASE, f"IF({none},0,SUMPRODUCT({shares},{low})/{apply})", float(ranking.low[row]), "one")
        pen.formula(line, at.OPEN, f"IF({none},1,SUMPRODUCT({shares},{unknown})/{apply})", unknown_share, "fine")
    pen.formula(line, at.SCORE, f"ROUND({base}+50*{open_},8)", float(ranking.score[row]), "one")
    pen.formula(line, at.LOW, f"ROUND({base},8)", float(ranking.low[row]), "one")
    pen.formula(line, at.HIGH, f"ROUND({base}+100*{open_},8)", float(ranking.high[row]), "one")
    pen.formula(line, at.KNOWN, f"ROUND(1-{open_},12)", round(1 - unknown_share, 12), "share")


def _order(plan: Plan, group: int) -> dict[int, int]:
    """Return the position of each row in the entries of its group."""
    ranking = plan.ranking
    rows = (ranking.ranked_rows, ranking.pending_rows, ranking.eliminated_rows)[group]
    return {row: position for position, row in enumerate(rows.tolist())}


def _write_places(pen: Pen, plan: Plan, line: int, row: int, group: int, order: dict[int, int]) -> None:
    """Write the place in the list; for the ranked the rank and whether it is shared, for the pending its bounds."""
    first, last = plan.lines(group)
    score, scores = cell(line, at.SCORE), span(first, at.SCORE, last, at.SCORE)
    above = span(first, at.SCORE, line, at.SCORE)
    position = order[row]
    if group == ELIMINATED:
        return
    pen.formula(line, at.POSITION, f"RANK({score},{scores})+COUNTIF({above},{score})-1", position + 1, "whole")
    if group == RANKED:
        pen.formula(line, at.RANK, f"RANK({score},{scores})", int(plan.ranking.ranks[position]), "whole")
        pen.formula(line, at.TIED, f"IF(COUNTIF({scores},{score})>1,1,0)", int(plan.ranking.tied[position]), "whole")
        return
    start, end = plan.lines(RANKED)[0], last
    lows, highs = (span(start, column, end, column) for column in (at.LOW, at.HIGH))
    low, high = cell(line, at.LOW), cell(line, at.HIGH)
    best, worst = int(plan.ranking.best_ranks[position]), int(plan.ranking.worst_ranks[position])
    pen.formula(line, at.BEST, f"1+SUMPRODUCT(({lows}>{high})*1)", best, "whole")
    pen.formula(line, at.WORST, f"1+SUMPRODUCT(({highs}>{low})*1)-IF({high}>{low},1,0)", worst, "whole")
