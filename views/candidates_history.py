"""What was ever said about a candidate, newest first: nothing is overwritten, so everything is still there."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from criteria.text import Message, msg
from data.store import CandidateRecord, Observation
from views.candidates_cells import evidence_title, shown
from views.context import Context
from views.words import md, say, t

SHOWN = 10
ORIGINS: dict[str, Message] = {
    "import": msg("from a list"),
    "edit": msg("typed here"),
    "rating": msg("rated here"),
    "agreed": msg("agreed on"),
}


def show(ctx: Context, record: CandidateRecord) -> None:
    """Show the last ten values, all on demand."""
    found = ctx.store.history(ctx.project.id, record.id)
    if not found:
        st.markdown(md(t("Nothing has been said about it yet.")))
        return
    lines = [_line(ctx, each) for each in found]
    everything = len(lines) > SHOWN and st.toggle(md(t("Show all {n} entries", n=len(lines))), key="card_history_all")
    st.dataframe(pd.DataFrame(lines if everything else lines[:SHOWN]), hide_index=True, key="card_history_table")


def _line(ctx: Context, each: Observation) -> dict[str, str]:
    criterion = ctx.profile.by_id.get(each.criterion)
    return {
        t("When"): f"{each.at.astimezone():%Y-%m-%d %H:%M}",
        t("What"): each.criterion if criterion is None else say(criterion.title),
        t("Value"): shown(each.value, criterion),
        t("Region"): each.region or "",
        t("Who"): each.who,
        t("How"): _how(each),
        t("Source or reason"): each.source or "",
        t("How well proven"): "" if each.level is None else evidence_title(each.level),
    }


def _how(each: Observation) -> str:
    """Return how a value came, and whether it was taken back."""
    if each.undone:
        return t("taken back")
    if each.origin == "agreed" and each.value is None:
        return t("agreed value withdrawn")
    return say(ORIGINS[each.origin]) if each.origin in ORIGINS else each.origin
