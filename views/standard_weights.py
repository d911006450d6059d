"""How much each criterion weighs in the chosen scenario: all equal, by order, or by points; and the scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from criteria import Profile
from criteria import editing_weights as weigh
from criteria.text import Message
from views.context import SCENARIO_KEY, Context
from views.standard_save import change, show_refusal
from views.words import md, say, scenario_title, t


def show(ctx: Context, scenario: str) -> None:
    """Show the weights of a scenario in the way they came about, and manage the scenarios."""
    show_refusal("weights")
    ways = {"equal": t("Keep equal"), "order": t("Put in order"), "points": t("Give points")}
    found = weigh.way_of(ctx.profile, scenario)
    # The key carries what the numbers show, so that an undo brings back the way as well as the weights.
    key = f"way_{scenario}_{found}_{ctx.project.id}"
    way = st.segmented_control(
        t("How the weights come about"), weigh.WAYS, default=found, required=True, key=key,
        format_func=ways.__getitem__, on_change=_set_way, args=(ctx, scenario, key), wrap=True,
    )  # fmt: skip
    st.caption(md(_explained(way)))
    if way == "points":
        _points(ctx, scenario)
    else:
        _counting(ctx, scenario, way)
        if way == "order":
            _order(ctx, scenario)
        else:
            _shares(ctx.profile, scenario)
    st.divider()
    _scenarios(ctx, scenario)


def _explained(way: str) -> Message | str:
    if way == "equal":
        return t("Every criterion that counts weighs the same: easy to defend where nothing speaks for more.")
    if way == "order":
        return t("Say only what matters more than what; the weights follow from the order (rank order centroid).")
    return t("Type points on any scale, 0 = does not count; the share beside them is what counts.")


def _set_way(ctx: Context, scenario: str, key: str) -> None:
    """Take the equal weights, or those of the present order, at once; points begin with what there is."""
    way, order = st.session_state[key], weigh.counted(ctx.profile, scenario)
    if way == "equal":
        change(ctx, "weights", weigh.set_equal, scenario, order)
    elif way == "order":
        change(ctx, "weights", weigh.set_order, scenario, order)


def _counting(ctx: Context, scenario: str, way: str) -> None:
    """Let criteria count or not; who begins to count goes to the end of the order."""
    order = weigh.counted(ctx.profile, scenario)
    free = [key for key in weigh.weighable(ctx.profile) if key not in order]
    titles = {key: say(ctx.profile.by_id[key].title) for key in (*order, *free)}
    key = f"counting_{scenario}_{way}_{ctx.project.id}_{ctx.profile_number}"
    with st.expander(t("Which criteria count: {n} of {all}", n=len(order), all=len(titles)), key=f"which_{scenario}"):
        st.multiselect(
            t("Criteria that count"), list(titles), default=list(order), key=key, format_func=titles.__getitem__,
            on_change=_set_counting, args=(ctx, scenario, way, key),
        )  # fmt: skip


def _set_counting(ctx: Context, scenario: str, way: str, key: str) -> None:
    chosen = st.session_state[key]
    order = [each for each in weigh.counted(ctx.profile, scenario) if each in chosen]
    order += [each for each in chosen if each not in order]
    change(ctx, "weights", weigh.set_order if way == "order" else weigh.set_equal, scenario, order)


def _order(ctx: Context, scenario: str) -> None:
    """Show the order with a button to move each criterion up, down, or to the top."""
    order = weigh.counted(ctx.profile, scenario)
    shares = _share_of(ctx.profile, scenario)
    for n, key in enumerate(order):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
            st.markdown(
                f"**{n + 1}** · {md(ctx.profile.by_id[key].title)} · {md(t('{share:.1f} %', share=shares[key]))}",
                width="stretch",
            )
            for mark, place, off, hint in (
                ("⤒", 0, n == 0, t("To the top")), ("▲", n - 1, n == 0, t("Up")),
                ("▼", n + 1, n == len(order) - 1, t("Down")),
            ):  # fmt: skip
                st.button(
                    mark, key=f"move_{scenario}_{key}_{mark}", disabled=off, help=hint, on_click=_move,
                    args=(ctx, scenario, key, place),
                )  # fmt: skip


def _move(ctx: Context, scenario: str, key: str, place: int) -> None:
    order = weigh.moved(weigh.counted(ctx.profile, scenario), key, place)
    change(ctx, "weights", weigh.set_order, scenario, order)


def _share_of(profile: Profile, scenario: str) -> dict[str, float]:
    return dict(zip((c.id for c in profile.criteria), (100 * profile.weights(scenario)).tolist(), strict=True))


def _shares(profile: Profile, scenario: str) -> None:
    shares = _share_of(profile, scenario)
    order = weigh.counted(profile, scenario)
    table = pd.DataFrame(
        {"criterion": [say(profile.by_id[key].title) for key in order], "share": [shares[key] for key in order]}
    )
    st.dataframe(
        table, hide_index=True, key="shares", alt=t("The share of each criterion"), height="content",
        column_config={
            "criterion": st.column_config.TextColumn(t("Criterion"), pinned=True),
            "share": st.column_config.ProgressColumn(
                t("Share"), min_value=0, max_value=max(shares.values()), format="%.1f %%"
            ),
        },
    )  # fmt: skip


def _points(ctx: Context, scenario: str) -> None:
    """Show points to type beside the share that they make."""
    points, shares = weigh.points_of(ctx.profile, scenario), _share_of(ctx.profile, scenario)
    ids = list(points)
    table = pd.DataFrame(
        {
            "criterion": [say(ctx.profile.by_id[key].title) for key in ids],
            "points": [points[key] for key in ids],
            "share": [shares[key] for key in ids],
        }
    )
    key = f"points_{scenario}_{ctx.project.id}_{ctx.profile_number}"
    st.data_editor(
        table, key=key, hide_index=True, num_rows="fixed", on_change=_save_points, args=(ctx, scenario, key, ids),
        alt=t("Points and share of each criterion"), height="content",
        column_config={
            "criterion": st.column_config.TextColumn(t("Criterion"), disabled=True, pinned=True),
            "points": st.column_config.NumberColumn(t("Points"), min_value=0, max_value=weigh.MOST_POINTS, format="%g"),
            "share": st.column_config.ProgressColumn(
                t("Share"), min_value=0, max_value=max(shares.values()), format="%.1f %%"
            ),
        },
    )  # fmt: skip


def _save_points(ctx: Context, scenario: str, key: str, ids: list[str]) -> None:
    change(ctx, "weights", weigh.set_points, scenario, typed(st.session_state[key]["edited_rows"], ids))


def typed(edits: Mapping[Any, Mapping[str, Any]], ids: Sequence[str]) -> dict[str, Any]:
    """Return the points that were typed into the table, by criterion."""
    rows = {int(row): cells for row, cells in edits.items()}
    return {ids[row]: cells["points"] for row, cells in sorted(rows.items()) if "points" in cells and row < len(ids)}


def _scenarios(ctx: Context, scenario: str) -> None:
    """Add a copy of the chosen scenario, rename it, or delete it."""
    st.markdown(f"##### {md(t('The scenario “{name}”', name=scenario_title(scenario)))}")
    st.text_input(
        t("Name"), key="scenario_name", max_chars=60, placeholder=t("for example: finances first"), persist_state="page"
    )
    names = ctx.profile.scenario_names
    with st.container(horizontal=True):
        st.button(t("Add a copy under this name"), key="scenario_copy", on_click=_named, args=(ctx, scenario, True))
        st.button(t("Rename it"), key="scenario_rename", on_click=_named, args=(ctx, scenario, False))
        st.button(
            t("Delete it"), key="scenario_drop", on_click=_delete, args=(ctx, scenario), disabled=len(names) < 2,
            help=t("Undo brings it back."),
        )  # fmt: skip


def _named(ctx: Context, scenario: str, copy: bool) -> None:
    name = st.session_state["scenario_name"].strip()
    if change(ctx, "weights", weigh.copy_scenario if copy else weigh.rename_scenario, scenario, name):
        st.session_state[SCENARIO_KEY] = name
        st.session_state["scenario_name"] = ""


def _delete(ctx: Context, scenario: str) -> None:
    if change(ctx, "weights", weigh.delete_scenario, scenario):
        st.session_state.pop(SCENARIO_KEY, None)
