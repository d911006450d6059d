"""What was decided for a region before, and what has changed since the decision that holds."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from criteria.errors import DecisionError
from data.store import Decision
from selection.since import changes
from views import context
from views.decision_desk import Desk
from views.words import md, scenario_title, t

FIRST = 5


def since(desk: Desk) -> None:
    """Say first what changed since the decision, and under which scenario it was made."""
    holds = desk.decision
    if holds is None or not holds.details.get("fingerprint") or holds.at is None:
        return
    scenario = holds.details.get("scenario")
    day = holds.at.astimezone().date().isoformat()
    if scenario not in desk.ctx.profile.scenario_names:
        return
    try:
        now = context.ranking(desk.ctx, desk.region, scenario)
    except DecisionError:
        return
    found = [md(sentence) for sentence in changes(holds.details, now)]
    if holds.details.get("standard") != desk.ctx.profile_number:
        found.append(md(t("The standard was changed.")))
    if not found:
        st.caption(
            md(
                t(
                    "Decided on {date} under {scenario}; nothing has changed since.",
                    date=day,
                    scenario=scenario_title(scenario),
                )
            )
        )
        return
    lines = "\n".join(f"- {sentence}" for sentence in found[:FIRST])
    st.info(f"{md(t('Since the decision of {date}:', date=day))}\n{lines}", icon=":material/history:")


def show(desk: Desk) -> None:
    """Show every decision that was ever made for this region, the newest first."""
    made = [d for d in desk.ctx.store.decisions(desk.ctx.project.id, history=True) if d.region == desk.region]
    if not made:
        return
    with st.expander(t("Decisions so far"), key="decision_history"):
        frame = pd.DataFrame([_line(desk, decision) for decision in made])
        titles = {
            "at": t("Date"), "who": t("Decided by"), "first": t("First choice"), "reserve": t("Reserve"),
            "reason": t("Reason"), "price": t("Price of the departure"),
        }  # fmt: skip
        st.dataframe(
            frame, hide_index=True, key="decision_table", alt=t("Decisions so far"),
            column_config={key: st.column_config.TextColumn(title) for key, title in titles.items()},
        )  # fmt: skip


def _line(desk: Desk, decision: Decision) -> dict[str, str]:
    first = {"nobody_yet": t("nobody yet"), "open": t("withdrawn")}.get(decision.status)
    return {
        "at": f"{decision.at.astimezone():%Y-%m-%d %H:%M}" if decision.at else "",
        "who": decision.who,
        "first": first or _name(desk, decision, decision.first),
        "reserve": _name(desk, decision, decision.reserve),
        "reason": decision.reason,
        "price": decision.price,
    }


def _name(desk: Desk, decision: Decision, key: str | None) -> str:
    """Return a candidate's name now, else as it was when the decision was made."""
    if key is None:
        return ""
    names = dict(zip(desk.ctx.candidates.ids.tolist(), desk.ctx.candidates.names.tolist(), strict=True))
    then = decision.details.get("places", {}).get(key, {}).get("name")
    return str(names.get(key) or then or key)
