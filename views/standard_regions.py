"""The regions of the standard: groups that share rules, segments inside a region, and all that differs there."""

from __future__ import annotations

import streamlit as st

from criteria import editing_regions as regional
from criteria.regions import lineage
from views.context import Context
from views.standard_local import words
from views.standard_save import change, show_refusal
from views.words import md, say, t, tn


def show(ctx: Context) -> None:
    """Show every region with what it changes, and let regions, segments and groups be made."""
    show_refusal("regions")
    st.markdown(
        md(t("The standard holds everywhere; a region, a group of regions or a segment says only what differs there."))
    )
    for n, region in enumerate(ctx.regions):
        _region(ctx, region, n)
    if not ctx.regions:
        st.info(t("No region yet. The candidate list may name them, or add one here."))
    with st.container(horizontal=True):
        _add(ctx)
        _group(ctx)


def _region(ctx: Context, region: str, n: int) -> None:
    found = [each for each in regional.differences(ctx.profile) if each.region == region]
    members = ctx.profile.region_groups.get(region, ())
    with st.container(border=True):
        count = tn("{n} change", "{n} changes", len(found)) if found else t("as everywhere")
        st.markdown(f"**{md(region)}** · {md(count)}")
        change_ = ctx.profile.regions.get(region)
        if change_ is not None and change_.note is not None:
            st.caption(md(change_.note))
        above = [name for name in lineage(ctx.profile, region) if name != region]
        if above:
            st.caption(md(t("Inherits from {regions}.", regions=", ".join(above))))
        if members:
            st.caption(md(t("A group: {regions}.", regions=", ".join(members))))
        for each in found:
            title = say(ctx.profile.by_id[each.criterion].title)
            st.markdown(f"- {md(title)} · {md(words(ctx, each))}")
        if found or members or above:
            st.button(
                t("Remove its rules"), key=f"region_remove_{n}", on_click=change, type="tertiary",
                args=(ctx, "regions", regional.remove_region, region),
            )  # fmt: skip


def _add(ctx: Context) -> None:
    with st.popover(t("Add a region or a segment"), key="region_open"), st.form("region_form", border=False):
        st.text_input(t("Name"), key="region_name", max_chars=80, placeholder=t("for example: Germany · hospitals"))
        st.selectbox(
            t("Part of"), ["", *ctx.regions], key="region_parent",
            format_func=lambda name: name or t("nothing: a region of its own"),
        )  # fmt: skip
        st.form_submit_button(t("Add it"), key="region_add", on_click=_do_add, args=(ctx,))


def _do_add(ctx: Context) -> None:
    name, parent = st.session_state["region_name"], st.session_state["region_parent"]
    if change(ctx, "regions", regional.add_region, name, parent or None):
        st.session_state["region_name"] = ""


def _group(ctx: Context) -> None:
    if len(ctx.regions) < 2:
        return
    with st.popover(t("Make a group"), key="group_open"), st.form("group_form", border=False):
        st.text_input(t("Name"), key="group_name", max_chars=80, placeholder=t("for example: South-East Asia"))
        st.multiselect(t("Regions in it"), list(ctx.regions), key="group_members")
        st.form_submit_button(t("Save the group"), key="group_add", on_click=_do_group, args=(ctx,))


def _do_group(ctx: Context) -> None:
    name, members = st.session_state["group_name"].strip(), st.session_state["group_members"]
    if not members:
        return
    if change(ctx, "regions", regional.set_group, name, members):
        st.session_state["group_name"] = ""
