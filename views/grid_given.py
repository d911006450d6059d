"""What the assessor rated on this factor so far: to stay even-handed, and to turn back to one. No totals are shown."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from criteria import Criterion
from views.candidates_cells import heading, shown
from views.candidates_rows import Rows
from views.grid_round import Round
from views.interview_who import Rater
from views.words import md, say, t

SHOWN = 10


def show(now: Round, rows: Rows, rater: Rater, factor: Criterion) -> None:
    """Show the own answers on *factor*, the best first, with a way back to each."""
    given = [person for person in now.people if (factor.id, person) in now.answered]
    if not given:
        return
    heading(t("Rated so far: {factor}", factor=factor.title))
    values = {person: rater.value(rows, factor.id, person) for person in given}
    given.sort(key=lambda person: -(values[person] or 0))
    everything = len(given) > SHOWN and st.toggle(md(t("Show all {n}", n=len(given))), key="rate_given_all")
    lines = [
        {
            t("Candidate"): now.names[person],
            t("Rating"): shown(values[person], factor),
            t("That means"): _means(factor, values[person]),
        }
        for person in (given if everything else given[:SHOWN])
    ]
    st.dataframe(pd.DataFrame(lines), hide_index=True, key=f"rate_given_{factor.id}")
    st.selectbox(
        md(t("Rate one of them again")), given, index=None, key="rate_again_one", placeholder=t("Choose a candidate"),
        format_func=lambda person: now.names.get(person, person), on_change=_turn,
    )  # fmt: skip


def _turn() -> None:
    st.session_state["rate_person"] = st.session_state.get("rate_again_one")
    st.session_state["rate_again_one"] = None


def _means(factor: Criterion, value: float | None) -> str:
    if value is None or factor.rubric is None:
        return ""
    return say(factor.rubric[min(max(int(value), 1), 5) - 1])
