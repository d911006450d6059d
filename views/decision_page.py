"""Ranking."""

from __future__ import annotations

import streamlit as st

from selection.explain import answer
from views import context
from views.words import md

ctx = context.current()
left, right = st.columns(2)
with left:
    region = context.choose_region(ctx)
with right:
    scenario = context.choose_scenario(ctx)
ranking = context.ranking(ctx, region, scenario)
st.subheader(md(answer(ranking)), anchor=False)
