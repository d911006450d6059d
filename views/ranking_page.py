"""Ranking: the answer as a sentence, the list that proves it, and the panels that explain it."""

from __future__ import annotations

import streamlit as st

from views import (
    context,
    ranking_choice,
    ranking_head,
    ranking_lists,
    ranking_out,
    ranking_pair,
    ranking_why,
    scenario_panel,
    sign_panel,
)
from views.address import keep, take
from views.context import Context
from views.ranking_look import Look, look
from views.words import md, t, tn


def page(ctx: Context) -> None:
    """Show the page from top to bottom."""
    ranking_head.banner(ctx)
    if not len(ctx.candidates):
        ranking_head.nothing_yet()
        return
    found = look(ctx, *ranking_head.top_bar(ctx))
    if found is None:
        ranking_head.nobody_here(ctx)
        return
    ranking_head.sentence(found)
    ranking_lists.show(found)
    panels(found, ranking_choice.show(found))


def panels(found: Look, key: str | None) -> None:
    """Show the panel that is open; the others cost nothing."""
    titles = {
        "why": t("Why"),
        "pair": t("Head to head"),
        "out": tn("Eliminated {n}", "Eliminated {n}", len(found.ranking.eliminated)),
        "scenarios": t("Scenarios"),
        "sign": t("Before you sign"),
    }
    take("panel", titles, "why")
    opened = st.segmented_control(
        t("Panel"), list(titles), required=True, key="panel", format_func=lambda code: md(titles[code]),
        label_visibility="collapsed", width="stretch",
    )  # fmt: skip
    keep("panel", opened, "why")
    if opened == "out":
        ranking_out.show(found)
    elif opened == "scenarios":
        scenario_panel.show(found, key)
    elif opened == "sign":
        early = found.progress.sentences if found.progress.too_early else ()
        sign_panel.show(found.ctx, found.full, early, told=bool(early) or found.ranking is found.full)
    elif key is not None and opened == "pair":
        ranking_pair.show(found, key)
    elif key is not None:
        ranking_why.show(found, key)


page(context.current())
