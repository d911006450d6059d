"""A criterion with answers in words: what each answer is worth."""

from __future__ import annotations

from collections import Counter
from typing import Any

import streamlit as st

from criteria import Criterion
from criteria import editing as edit
from criteria.errors import ProfileError
from criteria.text import msg
from selection.screen import quantity
from views.context import Context
from views.ranking_figures import CONFIG
from views.standard_figures import levels_figure
from views.standard_save import change, refuse, show_refusal
from views.words import language, say, t


def show(ctx: Context, criterion: Criterion) -> None:
    """Draw what each answer is worth and how many gave it, and let it be changed."""
    levels = criterion.levels or {}
    answers = [say(quantity(key, criterion)) for key in levels]
    values = [level.value for level in levels.values()]
    given = Counter(ctx.candidates.column(criterion).tolist())
    st.plotly_chart(
        levels_figure(answers, values, [given[key] for key in levels]), key=f"levels_{criterion.id}",
        config=dict(CONFIG), alt=t("What each answer is worth"),
    )  # fmt: skip
    st.caption(t("The value of each answer from 0 to 100, and how many candidates gave it."))
    show_refusal("levels")
    with st.expander(t("Change the answers"), key=f"answers_{criterion.id}"):
        key = f"answers_{criterion.id}_{ctx.profile_number}_table"
        st.data_editor(
            {"answer": answers, "value": values}, key=key, hide_index=True, num_rows="dynamic", on_change=_save,
            args=(ctx, criterion, key), alt=t("What each answer is worth"),
            column_config={
                "answer": st.column_config.TextColumn(t("Answer"), required=True, max_chars=80),
                "value": st.column_config.NumberColumn(t("Value (0 to 100)"), min_value=0, max_value=100, format="%g"),
            },
        )  # fmt: skip
        st.caption(t("An answer without a value decides nothing yet: the candidate is to be verified."))


def _save(ctx: Context, criterion: Criterion, key: str) -> None:
    """Save the edited answers; an answer that was there keeps its id, its titles and its other names."""
    edits = st.session_state[key]
    added = [row for row in edits.get("added_rows", ()) if row.get("answer")]
    if not added and not edits["edited_rows"] and not edits.get("deleted_rows"):
        return  # a new row without its answer yet
    values: dict[str, Any] = {}
    renamed = {}
    for n, (name, level) in enumerate((criterion.levels or {}).items()):
        if n in edits.get("deleted_rows", ()):
            continue
        cells = edits["edited_rows"].get(n, edits["edited_rows"].get(str(n), {}))
        values[name] = cells.get("value", level.value)
        if cells.get("answer"):
            renamed[name] = str(cells["answer"])
    for row in added:
        name = str(row["answer"]).strip()
        if name in values:
            refuse("levels", ProfileError(msg("The answer “{answer}” is there already.", answer=name)))
            return
        values[name] = row.get("value")
    change(ctx, "levels", edit.set_levels, criterion.id, values, renamed, language())
