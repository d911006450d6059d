"""The sheets around the list: the same candidates under every scenario, and what this workbook is."""

from __future__ import annotations

from collections.abc import Mapping

from criteria.errors import WeightsError
from criteria.text import Message, msg
from data.writers import words
from data.writers.about import about_lines
from data.writers.workbook import plan as at
from data.writers.workbook.pen import Pen, Text
from data.writers.workbook.plan import Plan, weight_points
from data.writers.workbook.ranking_sheet import static_note
from selection.basis import on_basis
from selection.rank import Ranking, rank

HEADER, FIRST = 2, 3
ID, NAME, REGION, NOW, SCENARIOS = range(5)
MAX_SCENARIOS = 50


def other_rankings(ranking: Ranking) -> dict[str, Ranking]:
    """Return the same run under every scenario of the standard, this one among them, if it has weights."""
    found: dict[str, Ranking] = {}
    candidates, profile = ranking.original
    basis = ranking.parameters.get("basis")
    for name in ranking.profile.scenario_names[:MAX_SCENARIOS]:
        if name == ranking.scenario:
            found[name] = ranking
            continue
        try:
            run = rank(candidates, profile, ranking.region, name, ranking.stage, ranking.method, ranking.waivers)
        except WeightsError:
            continue
        same = run if basis is None else on_basis(run, basis)
        if same is not None:
            found[name] = same
    return found


def write_scenarios(pen: Pen, plan: Plan) -> None:
    """Write the rank of every ranked candidate under each scenario, then the weights of the scenarios."""
    runs = other_rankings(plan.ranking)
    pen.text(0, 0, msg("Ranks under each weighting scenario, as exported"), "title")
    pen.text(1, 0, msg("“As weighted now” follows the weight cells; the other columns do not."), "note")
    heads: list[Text] = [words.IDENTITY, words.NAME, words.REGION, words.NOW if plan.live else ""]
    heads += [words.scenario_title(name) for name in runs]
    pen.header(HEADER, heads, (18, 34, 14, 11, *[13] * len(runs)))
    line = _write_ranks(pen, plan, runs)
    _write_weights(pen, plan, runs, line + 1)
    pen.page(HEADER, NAME + 1)


def _write_ranks(pen: Pen, plan: Plan, runs: Mapping[str, Ranking]) -> int:
    """Write the ranks and return the line after them."""
    places = [dict(zip(run.ranked_rows.tolist(), run.ranks.tolist(), strict=True)) for run in runs.values()]
    line = FIRST
    for row, now in zip(plan.ranking.ranked_rows.tolist(), plan.ranking.ranks.tolist(), strict=True):
        pen.text(line, ID, plan.ids[row])
        pen.text(line, NAME, plan.names[row], "wrap")
        pen.text(line, REGION, words.served(plan.ranking, row), "wrap")
        if plan.live:
            figure = plan.calc(plan.line_of[row], at.RANK)
            formula = f"IF({plan.weight_sum}>0,{figure},{pen.literal(words.NO_WEIGHT)})"
            pen.formula(line, NOW, formula, now, "whole")
        for offset, place in enumerate(places):
            pen.put(line, SCENARIOS + offset, place.get(row), "whole")
        line += 1
    return line


def _write_weights(pen: Pen, plan: Plan, runs: Mapping[str, Ranking], line: int) -> None:
    pen.text(line, NAME, words.WEIGHT, "header")
    for offset, name in enumerate(runs):
        pen.text(line, SCENARIOS + offset, words.scenario_title(name), "header")
    points = [weight_points(run.profile, run.scenario) for run in runs.values()]
    for j, criterion in enumerate(plan.criteria):
        line += 1
        pen.text(line, ID, criterion.id, "note")
        pen.text(line, NAME, criterion.title, "wrap")
        if plan.live:
            pen.formula(line, NOW, plan.weight(j), points[list(runs).index(plan.ranking.scenario)][j], "raw")
        for offset, weights in enumerate(points):
            pen.put(line, SCENARIOS + offset, weights[j], "raw")


def write_about(pen: Pen, plan: Plan) -> None:
    """Write what this workbook is, from what it was made, and how it is to be read."""
    pen.text(0, 0, plan.titles["about"], "title")
    line = 2
    for label, value in about_lines(plan.ranking, plan.options):
        pen.text(line, 0, label, "header")
        pen.put(line, 1, value, "count" if isinstance(value, int) else "wrap")
        line += 1
    for note in _notes(plan):
        line += 1
        pen.text(line, 0, msg("Note"), "header")
        pen.text(line, 1, note, "wrap")
    pen.sheet.set_column(0, 0, 24)
    pen.sheet.set_column(1, 1, 100)
    pen.page(0, 0)


def _notes(plan: Plan) -> list[Message]:
    """Return how the workbook is to be read."""
    if not plan.live:
        return [static_note(plan)]
    return [
        msg(
            "The weights on the sheet “{sheet}” may be changed; the list, its order and its chart follow.",
            sheet=plan.titles["criteria"],
        ),
        msg("Low and high are the totals with every unknown at 0 and at 100; the score is the middle of the two."),
        msg("Formulas are written for up to {limit:,} candidates.", limit=at.LIVE_LIMIT),
    ]
