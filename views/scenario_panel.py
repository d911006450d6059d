"""Scenarios: named weight sets side by side, how far they agree, one weight tried out, and the cross-check."""

from __future__ import annotations

import streamlit as st

from criteria.errors import DecisionError
from selection import Comparison, Ranking, compare
from selection.scenarios_agreement import agreement_sentence
from views import scenario_methods, scenario_table, scenario_try
from views.context import state_of
from views.ranking_figures import CONFIG, bump
from views.ranking_look import Look, heading
from views.words import md, say, scenario_title, t

LINES = 10
"""Candidates in the chart of ranks: more lines cannot be told apart."""


def show(look: Look, key: str | None) -> None:
    """Show everything about weights: agreement, ranks, cross-check, one weight tried out, the editable table."""
    if len(look.ranking.ranked_rows) < 2:
        st.info(t("Weights matter once two candidates are qualified in this region."))
    else:
        _agreement(look, key)
        line = st.empty()
        scenario_methods.show()
        scenario_try.show(look)
        scenario_table.show(look)
        with line:  # last: the second engine takes seconds to load, and nothing else shall wait for it
            _cross_check(look)
        return
    scenario_table.show(look)


def _agreement(look: Look, key: str | None) -> None:
    """Say how far the scenarios agree, and draw the ranks."""
    r = look.ranking
    comparison = compare(*r.original, r.region, None, (), r.stage, r.waivers)
    sentence = agreement_sentence(comparison)
    if sentence is None:
        st.info(t("There is only one weighting scenario. Try a weight below and save it as a second one."))
        return
    heading(t("Ranks under every weighting scenario"))
    st.markdown(md(sentence))
    ranks = _lines(look, comparison, key)
    chosen = look.people[key].label if key is not None else None
    st.plotly_chart(
        bump([scenario_title(name) for name in comparison.names], ranks, chosen), key="bump_chart", config=dict(CONFIG),
        alt=t("Ranks under every weighting scenario"),
    )  # fmt: skip


def _lines(look: Look, comparison: Comparison, key: str | None) -> dict[str, list[int]]:
    """Return the ranks of those who come best somewhere, of the pinned and of the candidate looked at."""
    ids = comparison.screening.candidates.ids
    rows = comparison.rows.tolist()
    asked = look.people[key].row if key is not None else None
    wanted = [i for i, row in enumerate(rows) if row == asked or ids[row] in look.pins]
    best = sorted(range(len(rows)), key=lambda i: (comparison.ranks[i].min(), comparison.ranks[i].mean(), i))
    chosen = list(dict.fromkeys([*wanted[:LINES], *best]))[:LINES]
    return {look.label(rows[i]): comparison.ranks[i].tolist() for i in chosen}


def _cross_check(look: Look) -> None:
    """Show the one line of the other methods; it loads a second engine, so only here and only once per state."""
    ctx, r = look.ctx, look.ranking
    if r.region is None and r.candidates.by_region:
        return
    with st.spinner(t("Computing it a second time, with another engine …")):
        sentence, agrees = _checked(state_of(ctx, r), r)
    if sentence:
        st.caption(md(sentence)) if agrees else st.warning(md(sentence), icon=":material/compare_arrows:")


@st.cache_data(max_entries=100, show_spinner=False)
def _checked(state: str, _ranking: Ranking) -> tuple[str, bool]:
    """Return the sentence of the cross-check in the reader's language, and whether the methods agree."""
    from selection.crosscheck import agreement

    try:
        found = agreement(_ranking)
    except DecisionError as error:
        return say(error.message), False
    if found is None:
        return t("Too few candidates are fully known for a cross-check by other methods."), True
    return say(found.sentence), found.agrees
