"""How much each criterion weighs in the chosen scenario, in the way that came about; and the scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pandas as pd
import streamlit as st

from criteria import editing_weights as weigh
from criteria.model import Way
from criteria.text import pmsg
from views import (
    weigh_best_worst,
    weigh_choice,
    weigh_counting,
    weigh_data,
    weigh_desk,
    weigh_pairs,
    weigh_people,
    weigh_result,
    weigh_swing,
    weigh_tradeoff,
)
from views.context import SCENARIO_KEY, Context
from views.standard_save import change, show_refusal
from views.weigh_result import share_of, shown_points
from views.words import md, say, scenario_title, t

POINTS = pmsg("weight", "Points")

SCREENS: Mapping[str, Any] = {
    "swing": weigh_swing,
    "ahp": weigh_pairs,
    "best_worst": weigh_best_worst,
    "tradeoff": weigh_tradeoff,
    "people": weigh_people,
}
"""Each has `show(desk)`, and `recounted(desk, criteria)` = the answers as they hold for other criteria."""


def show(ctx: Context, scenario: str) -> None:
    """Show the weights of a scenario in the way they came about, and manage the scenarios."""
    show_refusal("weights")
    way = weigh_choice.choose(ctx, scenario)
    st.caption(md(weigh_choice.EXPLAINED[way]))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _screen(ctx, scenario, way)
    with right:
        weigh_result.show(ctx, scenario, shares=way not in ("order", "points", "people"))
    st.divider()
    _scenarios(ctx, scenario)


def _screen(ctx: Context, scenario: str, way: str) -> None:
    if way == "points":
        _points(ctx, scenario)
    elif way in ("equal", "order"):
        _counting(ctx, scenario, way)
        if way == "order":
            _order(ctx, scenario)
    elif way == "data":
        weigh_data.show(ctx, scenario)
    else:
        desk = weigh_desk.take(ctx, scenario, cast(Way, way))
        weigh_counting.show(desk, SCREENS[way].recounted)
        SCREENS[way].show(desk)


def _counting(ctx: Context, scenario: str, way: str) -> None:
    """Let criteria count or not; who begins to count goes to the end of the order."""
    order = weigh.counted(ctx.profile, scenario)
    free = [key for key in weigh.weighable(ctx.profile) if key not in order]
    titles = {key: say(ctx.profile.by_id[key].title) for key in (*order, *free)}
    key = f"counting_{scenario}_{way}_{ctx.project.id}_{ctx.profile_number}"
    label = t("Which criteria count: {n} of {all}", n=len(order), all=len(titles))
    # With equal weights there is nothing else to set here, so it stands open.
    with st.expander(label, key=f"which_{scenario}_{way}", expanded=way == "equal"):
        st.multiselect(
            t("Criteria that count"), list(titles), default=list(order), key=key, format_func=titles.__getitem__,
            on_change=_set_counting, args=(ctx, scenario, way, key), wrap=True,
        )  # fmt: skip


def _set_counting(ctx: Context, scenario: str, way: str, key: str) -> None:
    chosen = st.session_state[key]
    order = [each for each in weigh.counted(ctx.profile, scenario) if each in chosen]
    order += [each for each in chosen if each not in order]
    change(ctx, "weights", weigh.set_order if way == "order" else weigh.set_equal, scenario, order)


def _order(ctx: Context, scenario: str) -> None:
    """Show the order with a button to move each criterion up, down, or to the top."""
    order = weigh.counted(ctx.profile, scenario)
    shares = share_of(ctx.profile, scenario)
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


def _points(ctx: Context, scenario: str) -> None:
    """Show points to type beside the share that they make."""
    points, shares = weigh.points_of(ctx.profile, scenario), share_of(ctx.profile, scenario)
    ids = list(points)
    table = pd.DataFrame(
        {
            "criterion": [say(ctx.profile.by_id[key].title) for key in ids],
            "points": [shown_points(points[key]) for key in ids],
            "share": [shares[key] for key in ids],
        }
    )
    key = f"points_{scenario}_{ctx.project.id}_{ctx.profile_number}"
    st.data_editor(
        table, key=key, hide_index=True, num_rows="fixed", on_change=_save_points, args=(ctx, scenario, key, ids),
        alt=t("Points and share of each criterion"), height="content",
        column_config={
            "criterion": st.column_config.TextColumn(t("Criterion"), disabled=True, pinned=True),
            "points": st.column_config.NumberColumn(say(POINTS), min_value=0, max_value=weigh.MOST_POINTS, format="%g"),
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
