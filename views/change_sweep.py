"""What moving a must-have would do, step by step: who comes in, who falls out, and at which rank."""

from __future__ import annotations

import streamlit as st

from selection.robustness.stability import sweep
from selection.threshold import Dial
from views.ranking_look import Look
from views.words import md, t, tn

FIRST = 5


def show(look: Look, dial: Dial) -> None:
    """Show the steps nearest to the present limit, the others on demand."""
    lines = [f"- {md(step.sentence)}" for step in sweep(look.ranking, dial.criterion.id)]
    if not lines:
        st.caption(t("Nobody comes in or falls out wherever this limit stands."))
        return
    st.markdown("\n".join(lines[:FIRST]))
    if len(lines) > FIRST:
        with st.expander(tn("{n} more step", "{n} more steps", len(lines) - FIRST), key="sweep_more"):
            st.markdown("\n".join(lines[FIRST:]))
