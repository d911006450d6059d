"""xlsx: a living workbook, whose weights can be changed and which then ranks itself again."""

from __future__ import annotations

import io
from typing import Any

from xlsxwriter import Workbook

from criteria.errors import RunError
from criteria.text import msg, render
from data.writers.workbook.calculation import write_calculation
from data.writers.workbook.context_sheets import write_about, write_scenarios
from data.writers.workbook.lists import write_eliminated, write_pending
from data.writers.workbook.pen import ROWS_IN_MEMORY, Pen, PlainWorksheet, make_styles
from data.writers.workbook.plan import LIVE_LIMIT, Plan
from data.writers.workbook.ranking_sheet import title, write_ranking
from data.writers.workbook.weights_sheet import write_weights
from data.writers.workbook.why_sheet import write_why
from selection.rank import Ranking

MAX_LINES, MAX_COLUMNS = 1_000_000, 16_384
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Nothing is ever guessed from what a text looks like."""


def ranking_xlsx(ranking: Ranking, language: str, options: dict[str, Any]) -> bytes:
    """Return *ranking* as a workbook; above 2,000 candidates, and for other methods, with values only.

    Raise RunError where it is larger than a worksheet can be.
    """
    _check_size(ranking)
    live = len(ranking.candidates) <= LIVE_LIMIT and ranking.method == "additive"
    plan = Plan(ranking, language, live, options)
    out = io.BytesIO()
    with Workbook(out, {**SAFE, "constant_memory": len(ranking.candidates) > ROWS_IN_MEMORY}) as book:
        book.set_properties({"title": render(title(plan), language)[:200], "created": options["created"]})
        _write_sheets(book, plan)
    return out.getvalue()


def _write_sheets(book: Workbook, plan: Plan) -> None:
    styles = make_styles(book)
    keys = [key for key in plan.titles if plan.live or key != "calculation"]
    pens = {
        key: Pen(book.add_worksheet(plan.titles[key], PlainWorksheet), styles, plan.language, plan.live) for key in keys
    }
    write_ranking(pens["ranking"], plan, book)
    write_why(pens["why"], plan)
    write_eliminated(pens["eliminated"], plan)
    write_pending(pens["pending"], plan)
    write_weights(pens["criteria"], plan, book)
    write_scenarios(pens["scenarios"], plan)
    write_about(pens["about"], plan)
    if plan.live:
        write_calculation(pens["calculation"], plan)


def _check_size(ranking: Ranking) -> None:
    if len(ranking.candidates) > MAX_LINES or 20 + 3 * len(ranking.profile.criteria) > MAX_COLUMNS:
        raise RunError(
            msg(
                "The list is larger than a worksheet can be ({rows:,} candidates, {criteria:,} criteria). "
                "Export it as csv.",
                rows=len(ranking.candidates),
                criteria=len(ranking.profile.criteria),
            )
        )
