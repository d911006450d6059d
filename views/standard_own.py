"""A criterion of one's own: a figure, a rating, or a yes or no."""

from __future__ import annotations

from typing import Any

import streamlit as st

from criteria import editing as edit
from criteria.editing import own_id
from criteria.errors import ProfileError
from criteria.text import msg
from views.context import Context
from views.standard_save import change, refuse
from views.words import language, t

KINDS = ("fact", "judged", "yes_no")


def show(ctx: Context) -> None:
    """Ask for its name and how it is known; a figure also for its three marks."""
    st.markdown(f"**{t('Or one of your own')}**")
    names = {"fact": t("A figure"), "judged": t("A rating 1 to 5"), "yes_no": t("Yes or no")}
    kind = st.segmented_control(
        t("How it is known"), KINDS, default="fact", required=True, key="own_kind", format_func=names.__getitem__
    )
    with st.form("own_form", border=False):
        st.text_input(t("Name"), key="own_title", max_chars=80, placeholder=t("for example: show rooms"))
        if kind == "fact":
            _figure()
        elif kind == "judged":
            st.caption(t("The five lines of its rating scale are written after it is added."))
        st.form_submit_button(t("Add my own criterion"), key="own_add", on_click=_do_add, args=(ctx, kind))


def _figure() -> None:
    st.text_input(t("Unit"), key="own_unit", max_chars=40, placeholder=t("for example: shops"))
    for key, label in (
        ("own_floor", t("Floor: worth nothing (0)")),
        ("own_qualified", t("Just qualified (50)")),
        ("own_ideal", t("Ideal (100)")),
    ):
        st.number_input(label, value=None, format="%g", key=key)
    st.caption(t("If less is better, let the numbers fall from floor to ideal."))


def _do_add(ctx: Context, kind: str) -> None:
    title = st.session_state["own_title"]
    try:
        scale = _scale(kind)
    except ProfileError as error:
        refuse("own", error)
        return
    made = own_id(ctx.profile, edit.checked_text(title)) if title.strip() else ""
    if change(ctx, "own", edit.add_own, title, scale, language()):
        st.session_state["criterion"] = made
        st.session_state["own_title"] = ""


def _scale(kind: str) -> dict[str, Any]:
    if kind == "judged":
        return {"kind": "judged"}
    if kind == "yes_no":
        return {"kind": "fact", "levels": YES_NO}
    knots = {key: st.session_state[f"own_{key}"] for key in ("floor", "qualified", "ideal")}
    if None in knots.values():
        raise ProfileError(msg("Give all three numbers: floor, just qualified and ideal."))
    unit = st.session_state["own_unit"].strip()
    return {"kind": "fact", "curve": knots} | ({"unit": {language(): unit}} if unit else {})


YES_NO = {
    "yes": {
        "value": 100, "title": {"en": "Yes", "zh-Hans": "是", "zh-Hant": "是"},
        "aliases": ["y", "true", "1", "✓", "√", "是", "有"],
    },
    "no": {
        "value": 0, "title": {"en": "No", "zh-Hans": "否", "zh-Hant": "否"},
        "aliases": ["n", "false", "0", "✗", "×", "否", "无", "無"],
    },
}  # fmt: skip
