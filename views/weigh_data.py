"""What the data say: weights read off the candidates, labelled as what they are."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import streamlit as st

from criteria import editing_weights as weigh
from criteria.curves import FloatArray
from criteria.errors import WeightsError
from criteria.text import Message, msg
from criteria.weights import Weights, critic, entropy
from selection.values import readings
from views.context import Context
from views.standard_save import change
from views.words import md, say, t, tn

WAYS = ("critic", "entropy")
TITLES = {"critic": msg("How much they differ, without repetition"), "entropy": msg("How unevenly they are spread")}
EXPLAINED = {
    "critic": msg("A criterion weighs more where candidates differ more, and says what no other does (CRITIC)."),
    "entropy": msg("A criterion weighs more where its values are spread less evenly over the candidates (entropy)."),
}  # fmt: skip
MOST_KEPT = 2_000
"""Figures that the record keeps of the candidates; of larger tables it keeps their number."""


def show(ctx: Context, scenario: str) -> None:
    """Show the weights that the candidates' values give, and let them be taken."""
    st.warning(
        t("This describes your candidates, not what matters: a criterion on which all are alike weighs nothing here, "
          "however important it is."), icon=":material/info:",
    )  # fmt: skip
    recorded = weigh.way_of(ctx.profile, scenario)
    way = st.segmented_control(
        t("Read off"), WAYS, default=recorded if recorded in WAYS else "critic", required=True,
        format_func=lambda code: md(TITLES[code]), key=f"data_way_{scenario}_{recorded}", wrap=True,
    )  # fmt: skip
    st.caption(md(EXPLAINED[way]))
    criteria = weigh.counted(ctx.profile, scenario)
    values = known_values(ctx, criteria)
    found = _read_off(ctx, way, criteria, values)
    if isinstance(found, Message):
        st.info(md(found))
        return
    st.markdown(
        md(tn("Read off {n} candidate of {all} with every value known.",
              "Read off {n} candidates of {all} with every value known.", len(values), all=len(ctx.candidates)))
    )  # fmt: skip
    _table(ctx, criteria, found)
    st.button(
        t("Use these weights"), key="data_take", type="primary", on_click=_take,
        args=(ctx, scenario, way, criteria, values, found),
    )  # fmt: skip


def known_values(ctx: Context, criteria: tuple[str, ...]) -> FloatArray:
    """Return the values (0..100) of the candidates on whom everything that counts is known and applies."""
    read = readings(ctx.candidates, ctx.profile)
    places = [list(ctx.profile.by_id).index(key) for key in criteria]
    complete = ~(read.unknown[:, places] > 0).any(axis=1)
    if read.applies is not None:
        complete &= read.applies[:, places].all(axis=1)
    values: FloatArray = read.low[complete][:, places]
    return values


def _read_off(ctx: Context, way: str, criteria: tuple[str, ...], values: FloatArray) -> Weights[FloatArray] | Message:
    if len(values) < 3:
        return msg("Too few candidates are fully known on what counts: at least three are needed.")
    try:
        titles = [ctx.profile.by_id[key].title for key in criteria]
        return critic(values, labels=titles) if way == "critic" else entropy(values, labels=titles)
    except WeightsError as error:
        return error.message


def _table(ctx: Context, criteria: tuple[str, ...], found: Weights[FloatArray]) -> None:
    order = np.argsort(-found.values, kind="stable").tolist()
    table = pd.DataFrame(
        {
            "criterion": [say(ctx.profile.by_id[criteria[j]].title) for j in order],
            "share": [100 * float(found.values[j]) for j in order],
        }
    )
    st.dataframe(
        table, hide_index=True, key="data_shares", alt=t("The share of each criterion"), height="content",
        column_config={
            "criterion": st.column_config.TextColumn(t("Criterion"), pinned=True),
            "share": st.column_config.ProgressColumn(
                t("Share"), min_value=0, max_value=float(table["share"].max()), format="%.1f %%"
            ),
        },
    )  # fmt: skip


def _take(
    ctx: Context, scenario: str, way: str, criteria: tuple[str, ...], values: FloatArray, found: Weights[FloatArray]
) -> None:
    record: dict[str, object] = {"criteria": list(criteria), "candidates": len(values)}
    if values.size <= MOST_KEPT:
        record["values"] = values.tolist()
    weights = dict(zip(criteria, found.values.tolist(), strict=True))
    today = datetime.date.today().isoformat()
    change(ctx, "weights", weigh.set_weighting, scenario, way, record, weights, ctx.who, today)
