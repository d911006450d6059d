"""What the parts of the Decision page share: the ranking of the region, its proposal, and the decision that holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import streamlit as st

from criteria.errors import DecisionError
from data.store import Decision
from selection import Ranking
from selection.departure import Proposal, propose
from selection.progress import Progress, progress
from views import context
from views.context import Context
from views.words import md

NOBODY = "-"
"""The option for "nobody yet" and for "no reserve"; no candidate's id, because ids are looked up in `Desk.rows`."""
MOST_OPTIONS = 200
"""Candidates that a selector offers; nobody appoints number 201."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One region under one scenario, ready to be decided; *rows* and *labels* are by candidate id, the best first."""

    ctx: Context
    region: str | None
    ranking: Ranking
    progress: Progress
    proposal: Proposal
    decision: Decision | None
    rows: dict[str, int]
    labels: dict[str, str]

    @property
    def key(self) -> str:
        """Return what the widgets of this region, scenario and saved decision are named by: each starts afresh."""
        number = self.decision.sequence if self.decision else 0
        return f"{self.region or ''}|{self.ranking.scenario}|{number}"

    def id_of(self, row: int | None) -> str:
        """Return a candidate's id, NOBODY for None."""
        return NOBODY if row is None else str(self.ranking.candidates.ids[row])

    def ready(self) -> bool:
        """Tell whether the ranking may propose somebody: somebody qualifies and the interviews are not missing."""
        return self.proposal.first is not None and not self.progress.too_early


def desk(ctx: Context, region: str | None, scenario: str) -> Desk | None:
    """Return the region ready to be decided; None, with a sentence, where there is nothing to rank."""
    try:
        ranking = context.ranking(ctx, region, scenario)
        found = progress(ctx.candidates, ctx.profile, ranking)
    except DecisionError as error:
        st.warning(md(error.message), icon=":material/info:")
        return None
    holds = next((d for d in ctx.store.decisions(ctx.project.id) if d.region == region), None)
    rows = _rows(ranking, holds)
    return Desk(ctx, region, ranking, found, propose(ranking), holds, rows, _labels(ranking, rows))


def _rows(ranking: Ranking, holds: Decision | None) -> dict[str, int]:
    """Return who can be chosen, the best first, and whoever was chosen before; the eliminated cannot."""
    wanted = [*ranking.ranked_rows[:MOST_OPTIONS].tolist(), *ranking.pending_rows[:MOST_OPTIONS].tolist()]
    ids = ranking.candidates.ids.tolist()
    if holds is not None:
        wanted += [row for row, key in enumerate(ids) if key in (holds.first, holds.reserve)]
    rows: dict[str, int] = {}
    for row in wanted:
        rows.setdefault(str(ids[row]), row)
    return rows


def _labels(ranking: Ranking, rows: dict[str, int]) -> dict[str, str]:
    """Return the names by which candidates are chosen; two of one name are told apart by their ids."""
    names = {key: str(ranking.candidates.names[row]) for key, row in rows.items()}
    count = Counter(names.values())
    return {key: name if count[name] < 2 else f"{name} ({key})" for key, name in names.items()}
