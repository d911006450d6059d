"""What would change it between two: the least change of one weight, of the weights together, and of one value."""

from __future__ import annotations

import streamlit as st

from selection.robustness.tipping_words import what_would_change
from views.ranking_look import Look, heading
from views.words import md, t


def show(look: Look, first: int, second: int) -> None:
    """Show at most three sentences; nothing where one of the two rows is not ranked."""
    ranked = look.ranking.ranked_rows
    if first not in ranked or second not in ranked:
        return
    heading(t("What would change it"))
    sentences = what_would_change(look.ranking, first, second)
    st.markdown("\n".join(f"- {md(sentence)}" for sentence in sentences))
