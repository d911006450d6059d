"""Standard: what an ideal and a qualified distributor is."""

from __future__ import annotations

import streamlit as st

from views import (
    context,
    standard_detail,
    standard_head,
    standard_list,
    standard_regions,
    standard_trial,
    standard_weights,
)
from views.address import keep, take
from views.words import t

PART_KEY = "part"
PARTS = ("criteria", "weights", "regions", "trial")

ctx = context.current()
standard_head.show(ctx)

left, right = st.columns([3, 2], vertical_alignment="bottom")
with left:
    names = {"criteria": t("Criteria"), "weights": t("Weights"), "regions": t("Regions"), "trial": t("Test it")}
    take(PART_KEY, PARTS, PARTS[0])
    part = st.segmented_control(
        t("Part of the standard"), PARTS, required=True, key=PART_KEY,
        format_func=names.__getitem__, label_visibility="collapsed", wrap=True,
    )  # fmt: skip
    keep(PART_KEY, part, PARTS[0])
with right:
    scenario = context.choose_scenario(ctx)

if part == "weights":
    standard_weights.show(ctx, scenario)
elif part == "regions":
    standard_regions.show(ctx)
elif part == "trial":
    standard_trial.show(ctx, scenario)
else:
    ids = standard_list.ordered(ctx.profile)
    left, right = st.columns(2, gap="medium")
    with right:
        chosen = standard_list.choose(ctx, ids)
        standard_detail.show(ctx, ctx.profile.by_id[chosen], scenario)
    with left:
        standard_list.show(ctx, scenario, ids)
