"""How firm a ranking is, as lines for a terminal: the verdict, who comes first how often, what would change it."""

from __future__ import annotations

from collections.abc import Iterable

from criteria.text import Message, msg, render
from data.writers.terminal import clean, table
from selection.departure import label
from selection.robustness.firmness import rules
from selection.robustness.firmness_words import of_100
from selection.robustness.report import Report

SHOWN = 10
FACTS = 3


def firmness_lines(report: Report, language: str) -> Iterable[Message | str]:
    """Yield the verdict with its reasons, the shares of those who come first, and the facts worth getting."""
    found = report.firmness
    told: list[Message | str] = list(found.sentences)
    yield from told
    yield from _shares(report, language)
    yield from (change for change in report.changes if change not in told)
    if report.left_out_sentence is not None:
        yield report.left_out_sentence
    if report.scenarios.sentence is not None:
        yield report.scenarios.sentence
    yield report.settled.sentence
    yield from (fact.sentence for fact in report.facts[:FACTS])
    yield rules()
    yield msg("{draws} draws, seed {seed}", draws=f"{found.draws:,}", seed=found.seed)
    yield report.ranking.fingerprint


def _shares(report: Report, language: str) -> Iterable[str]:
    found, ranking = report.firmness, report.ranking
    if found.acceptability is None or len(found.rows) < 2:
        return
    top = found.acceptability.rank_share.shape[1]
    heads = (msg("rank"), msg("candidate"), msg("score"), msg("first of 100"), msg("first {k} of 100", k=top))
    first, inside = found.acceptability.first_share.tolist(), found.acceptability.top_share.tolist()
    ranks = zip(ranking.ranks.tolist(), ranking.tied.tolist(), found.rows.tolist(), strict=True)
    rows = [
        (
            f"{rank}{'=' if tied else ''}",
            clean(label(ranking, row)),
            f"{ranking.score[row]:.1f}",
            str(of_100(first[place])),
            str(of_100(inside[place])),
        )
        for place, (rank, tied, row) in enumerate(ranks)
        if place < SHOWN and (place < top or inside[place] > 0)
    ]
    yield from table([render(head, language) for head in heads], rows)
