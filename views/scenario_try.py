"""Try a weight: the list moves as the slider moves, with the exact weights at which the order changes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from criteria.text import Message, msg
from selection.rank import competition_ranks
from selection.scenarios_tryout import Crossing, Lines, crossings, lines, scaled
from views import change_leave_out, frame
from views.ranking_figures import CONFIG, tryout
from views.ranking_look import Look, heading
from views.ranking_numbers import place
from views.scenario_table import add_scenario
from views.words import md, say, t, tn

PLACES, DRAWN, TOLD = 10, 6, 5
STEPS = 51


def show(look: Look) -> None:
    """Show the slider (only that part runs again while it moves), and what leaving a factor out would change."""
    heading(t("Try a weight"))
    _moving(look)
    change_leave_out.show(look)


@st.fragment
def _moving(look: Look) -> None:
    r = look.ranking
    weights = {c.id: w for c, w in zip(r.profile.criteria, r.weights.tolist(), strict=True)}
    counted = [c.id for c in r.profile.criteria if c.is_scored]
    heaviest = max(counted, key=lambda id_: weights[id_])
    if st.session_state.get("try_factor") not in counted:
        st.session_state.pop("try_factor", None)
    chosen = st.selectbox(
        t("Factor"), counted, index=counted.index(heaviest), key="try_factor",
        format_func=lambda id_: say(r.profile.by_id[id_].title) if id_ in r.profile.by_id else id_,
    )  # fmt: skip
    found = lines(r, chosen)
    tried = _slider(look, found, chosen)
    crossed = crossings(found, PLACES)
    left, right = st.columns([5, 6])
    with left:
        _list(look, found, tried)
    with right:
        _chart(look, found, tried, crossed)
    _told(look, found, crossed)
    _save(look, chosen, tried)


def _slider(look: Look, found: Lines, criterion: str) -> float:
    current = round(100 * found.current, 1)
    percent: float = st.slider(
        t("Its weight in %; the others keep their proportions. Now: {current:.1f} %", current=current), 0.0, 100.0,
        current, step=0.1, format="%.1f", key=f"try_{criterion}_{look.key}_{look.ctx.profile_number}",
    )  # fmt: skip
    # The slider knows tenths of a per cent: where it was not moved, the exact weight holds.
    return found.current if abs(percent - current) < 0.05 else percent / 100


def _list(look: Look, found: Lines, tried: float) -> None:
    """Show the first ten under the tried weight, and how far each has moved."""
    before, after = found.totals(found.current), found.totals(tried)
    old = _ranks(before)
    order = sorted(range(len(after)), key=lambda i: (-after[i], found.ids[i]))
    new, tied = competition_ranks(after[order])
    first = range(min(PLACES, len(order)))
    table = pd.DataFrame(
        {
            "place": [place(int(new[k]), bool(tied[k])) for k in first],
            "name": [look.label(int(found.rows[order[k]])) for k in first],
            "score": [round(float(after[order[k]]), 1) for k in first],
            "moved": [_moved(int(old[order[k]]) - int(new[k])) for k in first],
        }
    )
    st.dataframe(
        table, hide_index=True, key=f"try_list_{look.key}", alt=t("The list under the tried weight"),
        column_config={
            "place": st.column_config.TextColumn("#", width=46),
            "name": st.column_config.TextColumn(t("Candidate"), width=170),
            "score": st.column_config.NumberColumn(t("Score"), format="%.1f", width=64),
            "moved": st.column_config.TextColumn(t("Moved"), width=64),
        },
    )  # fmt: skip


def _ranks(totals: np.ndarray) -> np.ndarray:
    return 1 + (totals[:, None] < totals[None, :]).sum(axis=1) if len(totals) <= 2000 else _sorted_ranks(totals)


def _sorted_ranks(totals: np.ndarray) -> np.ndarray:
    return np.searchsorted(np.sort(-totals), -totals, side="left") + 1


def _moved(steps: int) -> str:
    return f"▲ {steps}" if steps > 0 else f"▼ {-steps}" if steps < 0 else "="


def _chart(look: Look, found: Lines, tried: float, crossed: tuple[Crossing, ...]) -> None:
    """Draw the totals along the weight, with a mark at every change of the first three places."""
    grid = np.linspace(0.0, 1.0, STEPS)
    along = found.totals(grid)
    best = np.argsort(-np.maximum(found.totals(found.current), found.totals(tried)), kind="stable")[:DRAWN].tolist()
    rows = {int(found.rows[i]) for i in best}
    marks = [
        (c.weight, float(found.totals(c.weight)[found.rows.tolist().index(c.passing)]))
        for c in crossed
        if c.passing in rows and c.passed in rows
    ]
    figure = tryout(
        grid.tolist(), {look.label(int(found.rows[i])): along[i].tolist() for i in best}, found.current, tried, marks
    )
    st.plotly_chart(figure, key="try_chart", config=dict(CONFIG), alt=t("Totals along the weight"))


def _told(look: Look, found: Lines, crossed: tuple[Crossing, ...]) -> None:
    """Say at which exact weights the first three change, the nearest to the present weight first."""
    top = sorted((c for c in crossed if c.place <= 3), key=lambda c: abs(c.weight - found.current))
    rest = [c for c in crossed if c.place > 3] + top[TOLD:]
    if not top:
        st.markdown(md(t("No weight of this factor, from 0 to 100 %, changes the first three.")))
    for crossing in top[:TOLD]:
        st.markdown(f"- {md(_sentence(look, found, crossing))}")
    if rest:
        with st.expander(tn("{n} more change of order", "{n} more changes of order", len(rest)), key="try_more"):
            ordered = sorted(rest, key=lambda c: c.weight)[:50]
            st.markdown("\n".join(f"- {md(_sentence(look, found, crossing))}" for crossing in ordered))


def _sentence(look: Look, found: Lines, crossing: Crossing) -> Message:
    facts = {
        "weight": 100 * crossing.weight, "current": 100 * found.current, "place": crossing.place,
        "passing": look.label(crossing.passing), "passed": look.label(crossing.passed),
    }  # fmt: skip
    if crossing.weight >= found.current:
        return msg(
            "Above {weight:.1f} % instead of {current:.1f} %, {passing} takes place {place} from {passed}.", **facts
        )
    return msg("Below {weight:.1f} % instead of {current:.1f} %, {passed} takes place {place} from {passing}.", **facts)


def _save(look: Look, criterion: str, tried: float) -> None:
    """Offer to keep the tried weights as a scenario of their own."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    left.text_input(
        t("Name of a new scenario"), key="try_name", max_chars=60, placeholder=t("for example: finances first")
    )
    pressed = right.button(
        t("Save as a scenario"), key="try_save", on_click=_do_save, args=(look, criterion, tried), width="stretch"
    )
    # What the action has to say is shown by the whole page; here only this part has run.
    if pressed and ("notice" in st.session_state or "refusal" in st.session_state):
        st.rerun()


def _do_save(look: Look, criterion: str, tried: float) -> None:
    ids = [c.id for c in look.ranking.profile.criteria]
    weights = scaled(look.ranking.weights, ids.index(criterion), tried)
    points = {id_: round(100 * float(weight), 8) for id_, weight in zip(ids, weights, strict=True) if weight > 0}
    if frame.act(add_scenario, look.ctx, st.session_state.get("try_name", "").strip(), points):
        st.session_state["notice"] = t("Saved as a weighting scenario.")
        st.session_state["try_name"] = ""
