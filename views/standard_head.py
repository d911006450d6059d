"""The top of the Standard page: the standard in one sentence, and what is done to it as a whole."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from criteria import Criterion, Profile, families, library, load_profile, template_names
from criteria import editing as edit
from criteria import editing_swap as swap
from criteria.text import LocalText, Message, join, msg, plural
from selection.explain import ideal_text
from views import standard_files, standard_own
from views.context import Context
from views.standard_save import change, show_refusal
from views.words import language, md, say, t

TOLD = 4
"""Criteria that the sentence names."""


def show(ctx: Context) -> None:
    """Show the two sentences and the buttons."""
    counted, ideal = sentences(ctx.profile)
    st.subheader(md(counted), anchor=False)
    st.markdown(md(ideal))
    if ctx.profile.title is not None:
        st.caption(md(ctx.profile.title))
    with st.container(horizontal=True):
        _template(ctx)
        _add(ctx)
        _line(ctx)
        standard_files.show(ctx)
    for place in ("template", "library", "own", "line", "files"):
        show_refusal(place)


def sentences(profile: Profile) -> tuple[Message, Message]:
    """Return the standard in two sentences: how much it asks, and what the ideal distributor reaches."""
    inside = edit.leaves_of(profile)
    criteria = [c for c in profile.criteria if c.id not in inside or c.gates]
    counted = msg(
        "{criteria}, {must_haves}.",
        criteria=plural("{n} criterion", "{n} criteria", len(criteria)),
        must_haves=plural("{n} must-have", "{n} must-haves", sum(bool(c.gates) for c in criteria)),
    )
    return counted, msg("The ideal distributor: {ideal}.", ideal=_ideal(profile))


def _ideal(profile: Profile) -> Message | str:
    """Return what the ideal distributor reaches on the heaviest criteria, figures before ratings."""
    weighed = [(w, c) for c, w in zip(profile.criteria, profile.weights().tolist(), strict=True) if w > 0]
    order = sorted(weighed, key=lambda each: (-each[0], each[1].kind == "judged"))
    parts = [_part(criterion) for _, criterion in order]
    shown = join(parts[:TOLD], language())
    if len(parts) <= TOLD:
        return shown
    return msg("{shown} and {more}", shown=shown, more=plural("{n} more", "{n} more", len(parts) - TOLD))


def _part(criterion: Criterion) -> Message | LocalText:
    value = ideal_text(criterion)
    if value is None:
        return criterion.title
    facts = {"criterion": criterion.title, "value": value}
    curve = criterion.curve
    if curve is None or curve.is_range:
        return msg("{criterion} {value}", **facts)
    if curve.direction < 0:
        return msg("{criterion} {value} or less", **facts)
    return msg("{criterion} {value} or more", **facts)


def _template(ctx: Context) -> None:
    with st.popover(t("Start from a template"), key="template_open"):
        titles = {name: say(load_profile(name).display_title) for name in template_names()}
        st.radio(t("Template"), list(titles), key="template", format_func=lambda name: md(titles[name]))
        chosen = st.session_state["template"]
        note = load_profile(chosen).note
        if note is not None:
            st.caption(md(note))
        st.button(t("Use this template"), key="template_use", on_click=_use_template, args=(ctx,), type="primary")
        st.caption(t("Your regions keep their names. Undo brings the present standard back."))


def _use_template(ctx: Context) -> None:
    if change(ctx, "template", swap.from_template, st.session_state["template"]):
        st.session_state.setdefault("notice", t("The template is your standard now. ↶ brings the former one back."))


def _add(ctx: Context) -> None:
    with st.popover(t("Add a criterion"), key="add_open"):
        _from_library(ctx)
        st.divider()
        standard_own.show(ctx)


def _from_library(ctx: Context) -> None:
    """Offer what the library has and the standard has not, family by family, with its definition."""
    free = {key: c for key, c in library().items() if key not in ctx.profile.by_id}
    titles = families()
    present = [family for family in titles if any(c.family == family for c in free.values())]
    if not present:
        st.caption(t("Every criterion of the library is in your standard."))
        return
    if st.session_state.get("library_family") not in present:
        st.session_state.pop("library_family", None)
    family = st.selectbox(t("Family"), present, key="library_family", format_func=lambda key: say(titles[key]))
    offered = {key: c for key, c in free.items() if c.family == family}
    chosen = _choose(offered)
    for text in (offered[chosen].definition, offered[chosen].why):
        if text is not None:
            st.caption(md(text))
    st.button(t("Add it"), key="library_add", on_click=_do_add, args=(ctx, chosen), type="primary")


def _choose(offered: Mapping[str, Criterion]) -> str:
    if st.session_state.get("library_criterion") not in offered:
        st.session_state.pop("library_criterion", None)
    chosen: str = st.selectbox(
        t("Criterion"), list(offered), key="library_criterion",
        format_func=lambda key: say(library()[key].title),
    )  # fmt: skip
    return chosen


def _do_add(ctx: Context, criterion: str) -> None:
    if change(ctx, "library", edit.add_from_library, criterion):
        st.session_state["criterion"] = criterion


def _line(ctx: Context) -> None:
    line = ctx.profile.minimum_total
    label = t("No qualified line") if line is None else t("Qualified line {line:g}", line=line)
    with st.popover(label, key="line_open"):
        st.caption(
            t("A candidate counts as qualified with every must-have met and a total of at least this. "
              "Who is under it stays listed, below the line.")
        )  # fmt: skip
        key = f"line_{ctx.project.id}_{ctx.profile_number}"
        st.number_input(
            t("Lowest total (0 to 100; empty = no line)"), 0.0, 100.0, line, step=1.0, format="%g", key=key,
            on_change=_save_line, args=(ctx, key),
        )  # fmt: skip


def _save_line(ctx: Context, key: str) -> None:
    change(ctx, "line", edit.set_minimum_total, st.session_state[key])
