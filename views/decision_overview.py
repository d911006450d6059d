"""The overview of the Decision page: one sentence, and every region with its choice and its state."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from criteria.errors import DecisionError
from data.store import Decision
from selection.departure import propose, short
from selection.progress import progress
from views import context
from views.context import REGION_KEY, Context
from views.words import md, t, tn

ROW_HEIGHT = 34


def show(ctx: Context) -> None:
    """Show how far the regions are; a chosen line opens its region below."""
    lines = _lines(ctx.project.id, ctx.stamp, str(ctx.candidates.as_of), ctx)
    done = [line for line in lines if line["state"] in ("chosen", "nobody_yet")]
    st.subheader(md(_sentence(lines, len(done))), anchor=False)
    if len(lines) > 1:
        _table(ctx, lines)


def _sentence(lines: list[dict[str, Any]], done: int) -> str:
    ready = [line for line in lines if line["state"] == "open"]
    if len(lines) == 1 and done:
        return t("The decision is made.")
    if done == len(lines):
        return tn("{n} region is decided.", "All {n} regions are decided.", done)
    if not ready:
        return tn(
            "{done} of {n} region is decided; the rest needs facts or ratings first.",
            "{done} of {n} regions are decided; the rest need facts or ratings first.",
            len(lines), done=done,
        )  # fmt: skip
    if len(lines) == 1:
        return t("{name} is proposed; nothing is decided yet.", name=short(ready[0]["first"]))
    return tn(
        "{done} of {n} region is decided; {name} is proposed for {region}.",
        "{done} of {n} regions are decided; {name} is proposed for {region}.",
        len(lines), done=done, name=short(ready[0]["first"]), region=ready[0]["region"],
    )  # fmt: skip


@st.cache_data(max_entries=20, show_spinner=False)
def _lines(project: str, stamp: str, today: str, _ctx: Context) -> list[dict[str, Any]]:
    """Return one line per region; read again only where something was saved since."""
    decisions = {decision.region: decision for decision in _ctx.store.decisions(project)}
    return [_line(_ctx, region, decisions.get(region)) for region in _ctx.regions or (None,)]


def _line(ctx: Context, region: str | None, decision: Decision | None) -> dict[str, Any]:
    """Return who is chosen or proposed in a region, under the scenario of the decision or the default one."""
    scenario = None if decision is None else decision.details.get("scenario")
    line: dict[str, Any] = {"region": region, "first": "", "reserve": "", "score": None, "state": "empty"}
    names = dict(zip(ctx.candidates.ids.tolist(), ctx.candidates.names.tolist(), strict=True))
    if decision is not None:
        line |= {"state": decision.status, "first": names.get(decision.first, decision.first or "")}
        line |= {"reserve": names.get(decision.reserve, decision.reserve or "")}
    try:
        ranking = context.ranking(ctx, region, scenario if scenario in ctx.profile.scenario_names else None)
    except DecisionError:
        return line
    scores = dict(zip(ranking.candidates.ids.tolist(), ranking.score.tolist(), strict=True))
    if decision is not None:
        return line | {"score": scores.get(decision.first)}
    proposal = propose(ranking)
    if progress(ctx.candidates, ctx.profile, ranking).too_early:
        return line | {"state": "early"}
    if proposal.first is None:
        return line | {"state": "nobody"}
    first, reserve = (
        None if row is None else ranking.candidates.ids[row] for row in (proposal.first, proposal.reserve)
    )
    return line | {"state": "open", "first": names[first], "reserve": names.get(reserve, ""), "score": scores[first]}


def _table(ctx: Context, lines: list[dict[str, Any]]) -> None:
    states = {
        "chosen": t("decided"), "nobody_yet": t("decided: keep searching"), "open": t("proposed, not decided"),
        "early": t("too early: ratings are missing"), "nobody": t("nobody qualifies yet"), "empty": t("no candidate"),
    }  # fmt: skip
    frame = pd.DataFrame(
        {
            "region": [line["region"] for line in lines],
            "first": [line["first"] or t("nobody yet") for line in lines],
            "score": pd.Series([line["score"] for line in lines], dtype=float),
            "reserve": [line["reserve"] or t("none") for line in lines],
            "state": [states.get(line["state"], "") for line in lines],
        }
    )
    titles = {"region": t("Region"), "first": t("First choice"), "reserve": t("Reserve"), "state": t("State")}
    config: dict[str, Any] = {key: st.column_config.TextColumn(title) for key, title in titles.items()}
    config["score"] = st.column_config.NumberColumn(
        t("Score"), format="%.1f", help=t("Scores run from 0 to 100: 50 = qualified line, 100 = ideal.")
    )
    regions = [line["region"] for line in lines]
    st.dataframe(
        frame, hide_index=True, key="regions_table", column_config=config, row_height=ROW_HEIGHT,
        height=min(len(lines) + 1, 11) * ROW_HEIGHT + 4, on_select=lambda: _open(regions), selection_mode="single-row",
        placeholder="–", alt=t("Regions with first choice, reserve and state"),
    )  # fmt: skip


def _open(regions: list[str]) -> None:
    """Turn the page to the region of the chosen line."""
    picked = st.session_state["regions_table"]["selection"]["rows"]
    if picked:
        st.session_state[REGION_KEY] = regions[picked[0]]
