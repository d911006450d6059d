"""Which criteria take part in a way of weighing; answers about the others stay as they are."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from criteria import editing_weights as weigh
from views.weigh_desk import Answers, Desk, fresh, save
from views.words import t

Recount = Callable[[Desk, tuple[str, ...]], Answers]


def show(desk: Desk, recount: Recount) -> None:
    """Let criteria take part or not; *recount* returns the answers as they hold for other criteria."""
    free = [key for key in weigh.weighable(desk.ctx.profile) if key not in desk.criteria]
    titles = {key: desk.title(key) for key in (*desk.criteria, *free)}
    key = f"counting_{desk.stem}_{desk.ctx.profile_number}"
    label = t("Which criteria count: {n} of {all}", n=len(desk.criteria), all=len(titles))
    with st.expander(label, key=f"which_{desk.scenario}"):
        st.multiselect(
            t("Criteria that count"), list(titles), default=list(desk.criteria), key=key,
            format_func=titles.__getitem__, on_change=_set, args=(desk, key, recount), wrap=True,
        )  # fmt: skip


def _set(desk: Desk, key: str, recount: Recount) -> None:
    chosen, desk = st.session_state[key], fresh(desk)
    criteria = (*(each for each in desk.criteria if each in chosen), *(c for c in chosen if c not in desk.criteria))
    if criteria and criteria != desk.criteria:
        save(desk, recount(desk, criteria), criteria)
