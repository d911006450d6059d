"""A criterion with answers in words: what each answer is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import streamlit as st

from criteria import Criterion, Level
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
    """Save the edited answers; nothing where a new row has no answer yet."""
    edits = st.session_state[key]
    try:
        values, titles = edited(criterion.levels or {}, edits)
    except ProfileError as error:
        refuse("levels", error)
        return
    if list(values) != list(criterion.levels or {}) or titles or edits["edited_rows"]:
        change(ctx, "levels", edit.set_levels, criterion.id, values, titles, language())


def edited(levels: Mapping[str, Level], edits: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return (values, new titles) by answer; an answer that was there keeps the name by which it is stored."""
    changed = {int(row): cells for row, cells in edits["edited_rows"].items()}
    values: dict[str, Any] = {}
    titles = {}
    for n, (name, level) in enumerate(levels.items()):
        if n in edits["deleted_rows"]:
            continue
        cells = changed.get(n, {})
        values[name] = cells.get("value", level.value)
        if cells.get("answer"):
            titles[name] = str(cells["answer"])
    for row in edits["added_rows"]:
        name = str(row.get("answer") or "").strip()
        if name in values:
            raise ProfileError(msg("The answer “{answer}” is there already.", answer=name))
        if name:
            values[name] = row.get("value")
    return values, titles
