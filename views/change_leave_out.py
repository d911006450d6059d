"""Leave one criterion out: whether that changes the lead or the first three, with the order under each on demand."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from criteria.text import join
from selection.robustness.stability import LeftOut, leave_one_out, leave_out_sentence
from selection.scenarios import TOP
from views.ranking_look import Look, heading
from views.words import language, md, say, t


def show(look: Look) -> None:
    """Show the sentence and, on demand, who leads without each criterion; nothing where nothing can be left out."""
    found = leave_one_out(look.ranking)
    sentence = leave_out_sentence(look.ranking, found)
    if sentence is None:
        return
    heading(t("Leave one factor out"))
    st.markdown(md(sentence))
    with st.expander(t("Who leads without each factor"), key="leave_out_box"):
        _table(look, found)


def _table(look: Look, found: tuple[LeftOut, ...]) -> None:
    by_id = look.ranking.profile.by_id
    frame = pd.DataFrame(
        {
            "factor": [say(by_id[one.criterion].title) for one in found],
            "leads": [_first(look, one) for one in found],
            "came_in": [join([look.label(row) for row in one.came_in], language()) for one in found],
            "fell_out": [join([look.label(row) for row in one.fell_out], language()) for one in found],
        }
    )
    titles = {
        "factor": t("Without"), "leads": t("Leads"), "came_in": t("Comes among the first {k}", k=TOP),
        "fell_out": t("Is no longer there"),
    }  # fmt: skip
    st.dataframe(
        frame, hide_index=True, key=f"leave_out_{look.key}", alt=t("The first places without each factor"),
        column_config={key: st.column_config.TextColumn(title) for key, title in titles.items()},
    )  # fmt: skip


def _first(look: Look, one: LeftOut) -> str:
    """Return everybody who shares the first place."""
    rows = look.ranking.ranked_rows[one.ranks == 1]
    return join([look.label(row) for row in rows.tolist()], language())
