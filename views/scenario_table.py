"""The named weight sets as one editable table: rows criteria, columns scenarios, points beside their share."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import streamlit as st

from criteria import Profile, parse_profile, region_names
from criteria.errors import DecisionError, WeightsError
from criteria.text import msg
from views import context, frame
from views.context import SCENARIO_KEY, Context
from views.ranking_look import Look, heading
from views.weigh_result import shown_points
from views.words import md, say, scenario_title, t

MOST_POINTS = 1e9


def show(look: Look) -> None:
    """Show the table; what is typed is checked and saved at once (undo takes it back)."""
    ctx = look.ctx
    heading(t("Weights of every scenario"))
    st.caption(
        t("Type points on any scale; the share beside them is what counts. Every change is saved; undo takes it back.")
    )
    points = base_scenarios(ctx.profile)
    key = f"scenario_table_{ctx.project.id}_{ctx.profile_number}"
    st.data_editor(
        _frame(look, points), key=key, hide_index=True, on_change=_save_edits, args=(ctx, key), num_rows="fixed",
        column_config=_columns(points), alt=t("Weights per factor and scenario"),
    )  # fmt: skip
    if look.ranking.region in region_names(ctx.profile):
        st.caption(md(t("The shares are those of {region}.", region=look.ranking.region)))
    _delete(ctx, points)


def base_scenarios(profile: Profile) -> dict[str, dict[str, float]]:
    """Return the scenarios of the global standard; where there is none, the equal weights that hold then."""
    if profile.scenarios:
        return {name: dict(points) for name, points in profile.scenarios.items()}
    weights = zip(profile.criteria, profile.weights().tolist(), strict=True)
    return {"equal": {criterion.id: 1.0 for criterion, weight in weights if weight > 0}}


def _weighable(profile: Profile) -> list[str]:
    return [criterion.id for criterion in profile.criteria if criterion.is_scored]


def _frame(look: Look, points: dict[str, dict[str, float]]) -> pd.DataFrame:
    profile, local = look.ctx.profile, look.ranking.profile
    ids = _weighable(profile)
    columns: dict[str, Any] = {"factor": [say(profile.by_id[id_].title) for id_ in ids]}
    for name, weights in points.items():
        columns[f"points {name}"] = [shown_points(float(weights.get(id_, 0.0))) for id_ in ids]
        shares = _shares(local, name)
        columns[f"share {name}"] = [t("{share:.1f} %", share=100 * shares.get(id_, 0.0)) for id_ in ids]
    return pd.DataFrame(columns)


def _shares(local: Profile, name: str) -> dict[str, float]:
    """Return the share of every criterion under one scenario; nothing where it weighs nothing that counts here."""
    try:
        return {c.id: w for c, w in zip(local.criteria, local.weights(name).tolist(), strict=True)}
    except DecisionError:
        return {}


def _columns(points: dict[str, dict[str, float]]) -> dict[str, Any]:
    config: dict[str, Any] = {"factor": st.column_config.TextColumn(t("Factor"), disabled=True, pinned=True, width=190)}
    for name in points:
        config[f"points {name}"] = st.column_config.NumberColumn(
            scenario_title(name), min_value=0, format="%g", width=105
        )
        config[f"share {name}"] = st.column_config.TextColumn(t("share"), disabled=True, width=70)
    return config


def _save_edits(ctx: Context, key: str) -> None:
    """Save what was typed; a wrong number is refused with its sentence and nothing changes."""
    edits = st.session_state[key]["edited_rows"]
    frame.act(lambda: _save(ctx, edited(ctx.profile, edits)))


def edited(profile: Profile, edits: dict[Any, dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Return the scenarios with the edits of the table; raise WeightsError for a number that is no weight."""
    points, ids = base_scenarios(profile), _weighable(profile)
    for row, cells in edits.items():
        for column, value in cells.items():
            kind, _, name = column.partition(" ")
            if kind != "points" or name not in points or not 0 <= int(row) < len(ids):
                continue
            points[name][ids[int(row)]] = checked_weight(profile, ids[int(row)], value)
    for name, weights in points.items():
        if not sum(weights.values()) > 0:
            raise WeightsError(
                msg("In the scenario “{scenario}” every weight is zero. Give at least one factor a weight.",
                    scenario=scenario_title(name))
            )  # fmt: skip
    return points


def checked_weight(profile: Profile, criterion: str, value: Any) -> float:
    """Return a typed weight; an emptied cell is zero. Raise WeightsError for anything that is no weight."""
    if value is None:
        return 0.0
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or not 0 <= value <= MOST_POINTS
    ):
        title = profile.by_id[criterion].title
        raise WeightsError(msg("The weight of “{criterion}” must be a number of zero or more.", criterion=title))
    return float(value)


def _save(ctx: Context, points: dict[str, dict[str, float]]) -> None:
    """Save the scenarios as a new version of the standard, checked as a file would be."""
    kept = {name: {id_: weight for id_, weight in weights.items() if weight > 0} for name, weights in points.items()}
    context.save_profile(ctx, parse_profile(ctx.profile.document() | {"scenarios": kept}))


def add_scenario(ctx: Context, name: str, weights: dict[str, float]) -> None:
    """Save *weights* as a scenario; raise WeightsError where the name is empty or taken."""
    points = base_scenarios(ctx.profile)
    if not name:
        raise WeightsError(msg("Give the scenario a name."))
    if name in points or name in {scenario_title(known) for known in points}:
        raise WeightsError(msg("There is a scenario “{name}” already. Choose another name.", name=name))
    _save(ctx, {**points, name: weights})


def _delete(ctx: Context, points: dict[str, dict[str, float]]) -> None:
    if len(points) < 2:
        return
    with st.popover(t("Delete a scenario")):
        st.selectbox(t("Weighting scenario"), list(points), key="scenario_gone", format_func=scenario_title)
        st.button(t("Delete it"), key="scenario_delete", on_click=_do_delete, args=(ctx,))


def _do_delete(ctx: Context) -> None:
    gone = st.session_state["scenario_gone"]
    points = base_scenarios(ctx.profile)
    if gone not in points or len(points) < 2:
        return
    document = ctx.profile.document()
    document["scenarios"] = {name: weights for name, weights in points.items() if name != gone}
    for change in document.get("regions", {}).values():
        change.get("scenarios", {}).pop(gone, None)
    if (
        frame.act(lambda: context.save_profile(ctx, parse_profile(document)))
        and st.session_state.get(SCENARIO_KEY) == gone
    ):
        st.session_state.pop(SCENARIO_KEY, None)
