"""The criteria family by family, with the share of each in the total and its must-have mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from criteria import Criterion, Profile, families
from criteria.editing import leaves_of
from views.address import keep, take
from views.context import Context
from views.words import say, t

CRITERION_KEY = "criterion"
MOST_ROWS = 50


def ordered(profile: Profile) -> tuple[str, ...]:
    """Return the ids by family in the order of the trade, figures of a composite behind it, own ones last."""
    place = {family: n for n, family in enumerate(families())}
    inside = leaves_of(profile)
    return tuple(
        c.id for c in sorted(profile.criteria, key=lambda c: (place.get(c.family or "", len(place)), c.id in inside))
    )


def choose(ctx: Context, ids: Sequence[str]) -> str:
    """Show the selector of the criterion (key and address: `criterion`) and return the chosen one."""
    take(CRITERION_KEY, ids, ids[0])
    titles = {key: say(ctx.profile.by_id[key].title) for key in ids}
    chosen: str = st.selectbox(
        t("Criterion"), ids, key=CRITERION_KEY, format_func=lambda key: titles.get(key, key), persist_state="session"
    )
    keep(CRITERION_KEY, chosen, ids[0])
    return chosen


def show(ctx: Context, scenario: str, ids: Sequence[str]) -> None:
    """Show the list; a click on a row chooses its criterion."""
    table = _table(ctx.profile, scenario, ids)
    # The key changes with the choice, so that the mark in the list follows the selector and the address.
    current = st.session_state.get(CRITERION_KEY, ids[0])
    key = f"criteria_{ctx.project.id}_{ctx.profile_number}_{scenario}_{current}"
    st.dataframe(
        table, key=key, hide_index=True, on_select=lambda: _chosen(key, ids), selection_mode="single-row",
        selection_default={"selection": {"rows": [list(ids).index(current)] if current in ids else []}},
        column_config=_columns(float(table["share"].max())), alt=t("The criteria of the standard"),
        height="content" if len(ids) <= MOST_ROWS else 1200,
    )  # fmt: skip


def _chosen(key: str, ids: Sequence[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows and 0 <= rows[0] < len(ids):
        st.session_state[CRITERION_KEY] = ids[rows[0]]


def _table(profile: Profile, scenario: str, ids: Sequence[str]) -> pd.DataFrame:
    shares = dict(zip((c.id for c in profile.criteria), (100 * profile.weights(scenario)).tolist(), strict=True))
    inside, titles = leaves_of(profile), families()
    chosen = [profile.by_id[key] for key in ids]
    return pd.DataFrame(
        {
            "criterion": [_title(c, c.id in inside) for c in chosen],
            "share": [shares[c.id] for c in chosen],
            "must": [must_mark(c) for c in chosen],
            "family": [say(titles[c.family]) if c.family in titles else c.family or t("Your own") for c in chosen],
        }
    )


def _title(criterion: Criterion, inside: bool) -> str:
    return f"↳ {say(criterion.title)}" if inside else say(criterion.title)


def must_mark(criterion: Criterion) -> str:
    """Return the must-have of a criterion in a word or two; nothing where there is none."""
    kinds = {gate.kind for gate in criterion.gates}
    return t("no waiver") if "hard" in kinds else t("must-have") if kinds else ""


def _columns(most: float) -> dict[str, Any]:
    return {
        "criterion": st.column_config.TextColumn(t("Criterion"), width=150),
        "share": st.column_config.ProgressColumn(
            t("Weight"), min_value=0, max_value=max(most, 1e-9), format="%.1f %%", width=95
        ),
        "must": st.column_config.TextColumn(t("Must-have"), width=80),
        "family": st.column_config.TextColumn(t("Family"), width=120),
    }
