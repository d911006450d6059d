"""The rating scale of a criterion: five lines that say what each rating means."""

from __future__ import annotations

import streamlit as st

from criteria import Criterion
from criteria import editing as edit
from views.context import Context
from views.standard_save import change, show_refusal
from views.words import language, md, say, t


def show(ctx: Context, criterion: Criterion) -> None:
    """Show the five lines of a judged criterion, the best first, and let them be changed."""
    if criterion.kind != "judged":
        return
    show_refusal("rubric")
    if criterion.rubric is None:
        st.info(t("Write what each rating means, so that two people rate alike."))
    else:
        roles = {5: t("the ideal distributor"), 3: t("the qualified distributor")}
        lines = []
        for rating in range(5, 0, -1):
            role = f" *({md(roles[rating])})*" if rating in roles else ""
            lines.append(f"- **{rating}**{role} · {md(criterion.rubric[rating - 1])}")
        st.markdown("\n".join(lines))
    with st.expander(t("Change the five lines"), key=f"rubric_{criterion.id}"):
        _edit(ctx, criterion)


def _edit(ctx: Context, criterion: Criterion) -> None:
    stem = f"anchor_{criterion.id}_{ctx.profile_number}_{language()}"
    labels = {
        5: t("5 · the ideal distributor"), 4: "4", 3: t("3 · the qualified distributor"), 2: "2", 1: "1",
    }  # fmt: skip
    with st.form(f"rubric_form_{criterion.id}", border=False):
        for rating in range(5, 0, -1):
            old = "" if criterion.rubric is None else say(criterion.rubric[rating - 1])
            st.text_area(labels[rating], old, key=f"{stem}_{rating}", max_chars=500, height=75)
        st.form_submit_button(
            t("Save the five lines"), key=f"rubric_save_{criterion.id}", on_click=_save, args=(ctx, criterion.id, stem)
        )
    st.caption(t("A changed text is shown as you typed it, in every language."))


def _save(ctx: Context, criterion: str, stem: str) -> None:
    lines = [st.session_state[f"{stem}_{rating}"] for rating in range(1, 6)]
    change(ctx, "rubric", edit.set_anchors, criterion, lines, language())
