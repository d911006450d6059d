"""How the weights of a scenario come about: three simple ways in sight, the others one click away."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from criteria import editing_weights as weigh
from criteria.text import Message, msg
from views.context import Context
from views.standard_save import change
from views.words import md, t

TITLES: Mapping[str, Message] = {
    "equal": msg("Keep equal"),
    "order": msg("Put in order"),
    "swing": msg("Which jump matters most?"),
    "points": msg("Give points"),
    "ahp": msg("Compare pairs"),
    "best_worst": msg("Against the most and the least important"),
    "tradeoff": msg("Choose between two candidates"),
    "data": msg("What the data say"),
    "people": msg("Several people"),
}
EXPLAINED: Mapping[str, Message] = {
    "equal": msg("Every criterion that counts weighs the same: easy to defend where nothing speaks for more."),
    "order": msg("Say only what matters more than what; the weights follow from the order (rank order centroid)."),
    "swing": msg("Say what the jump from just qualified to ideal is worth on each criterion (swing weights)."),
    "points": msg("Type points on any scale, 0 = does not count; the share beside them is what counts."),
    "ahp": msg("Two criteria at a time: which matters more, and how much? (analytic hierarchy process, AHP)"),
    "best_worst": msg("Compare each criterion with two only, the most and the least important (best-worst method)."),
    "tradeoff": msg("Two invented candidates at a time: which would you take? Stop whenever you like (trade-offs)."),
    "data": msg("How much the candidates differ: a description of your data, not of what matters to you."),
    "people": msg("Everybody gives weights of their own; the mean counts, and where you differ is shown."),
}  # fmt: skip
SIMPLE = ("equal", "order", "swing")
_SCREENS = {"entropy": "data", "critic": "data"}


def choose(ctx: Context, scenario: str) -> str:
    """Show the ways and return the chosen one; it begins with the way in which the weights came about."""
    found = screen_of(ctx, scenario)
    # The key carries what the numbers show, so that an undo brings back the way as well as the weights.
    key = f"way_{scenario}_{found}_{ctx.project.id}"
    chosen = st.session_state.get(key, found)
    options = list(dict.fromkeys([*SIMPLE, found, chosen]))
    st.session_state[key] = chosen
    with st.container(horizontal=True, vertical_alignment="bottom"):
        way = st.segmented_control(
            t("How the weights come about"), options, required=True, key=key, wrap=True,
            format_func=lambda code: md(TITLES[code]), on_change=_set_simple, args=(ctx, scenario, key),
        )  # fmt: skip
        more = f"ways_{key}"
        st.menu_button(
            t("More ways"), [code for code in TITLES if code not in options], key=more,
            format_func=lambda code: md(TITLES[code]), on_click=_take, args=(key, more),
        )  # fmt: skip
    return str(way)


def screen_of(ctx: Context, scenario: str) -> str:
    """Return the screen that shows how the weights of a scenario came about."""
    way = weigh.way_of(ctx.profile, scenario)
    return _SCREENS.get(way, way)


def _take(key: str, more: str) -> None:
    st.session_state[key] = st.session_state[more]


def _set_simple(ctx: Context, scenario: str, key: str) -> None:
    """Take the equal weights, or those of the present order, at once; every other way begins with what there is."""
    simple: Mapping[str, Callable[..., object]] = {"equal": weigh.set_equal, "order": weigh.set_order}
    way = st.session_state[key]
    if way in simple:
        change(ctx, "weights", simple[way], scenario, weigh.counted(ctx.profile, scenario))  # type: ignore[arg-type]
