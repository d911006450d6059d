"""Where the ratings differ, as one table: candidates as rows, criteria as columns, the widest differences first."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from selection.panel import Panel
from selection.panel_words import points
from views.candidates_cells import heading
from views.candidates_rows import Rows
from views.context import Context
from views.words import md, say, t

SHOWN = 10
CLOSE, APART, FAR = "", "background-color: #FBE9B7; color: #3D2F00", "background-color: #F2B8A0; color: #4A1500"
"""Cells with less than one point between the ends, with one to two, and with two or more."""


def show(ctx: Context, rows: Rows, panel: Panel) -> None:
    """Show lowest to highest rating of every cell, coloured by how far they lie apart."""
    heading(t("All ratings, lowest to highest"))
    titles = {c.id: say(c.title) for c in ctx.profile.criteria}
    names = {record.id: record.name for record in rows.people}
    low, high = _ends(panel)
    apart = pd.DataFrame(
        {
            "row": [_row(names, cell.candidate, cell.region) for cell in panel.cells],
            "column": [titles[cell.criterion] for cell in panel.cells],
            "text": [_text(a, b) for a, b in zip(low, high, strict=True)],
            "range": high - low,
        }
    )
    order = apart.groupby("row")["range"].max().fillna(-1).sort_values(ascending=False, kind="stable").index
    every = len(order) <= SHOWN or st.toggle(md(t("Show all {n}", n=len(order))), key="panel_map_all")
    kept = order if every else order[:SHOWN]
    columns = [title for title in titles.values() if title in set(apart["column"])]
    texts = apart.pivot_table(index="row", columns="column", values="text", aggfunc="first").reindex(kept)[columns]
    ranges = apart.pivot_table(index="row", columns="column", values="range", aggfunc="max", dropna=False)
    ranges = ranges.reindex(index=kept, columns=columns)
    texts.index.name = t("Candidate")
    table = texts.fillna("").reset_index()
    shades = np.column_stack([np.full(len(kept), CLOSE, dtype=object), _shades(ranges.to_numpy(dtype=float))])
    st.dataframe(table.style.apply(lambda _: shades, axis=None), hide_index=True, key="panel_map")
    st.caption(md(t("Pale: one point or more between the lowest and the highest rating. Dark: two or more.")))


def _ends(panel: Panel) -> tuple[np.ndarray, np.ndarray]:
    low = np.where(np.isnan(panel.ratings), np.inf, panel.ratings).min(axis=1)
    high = np.where(np.isnan(panel.ratings), -np.inf, panel.ratings).max(axis=1)
    known = np.isfinite(low)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def _text(low: float, high: float) -> str:
    if np.isnan(low):
        return t("unknown")
    return points(low) if low == high else t("{low} to {high}", low=points(low), high=points(high))


def _shades(ranges: np.ndarray) -> np.ndarray:
    return np.where(ranges >= 2, FAR, np.where(ranges >= 1, APART, CLOSE)).astype(object)


def _row(names: dict[str, str], candidate: str, region: str | None) -> str:
    name = names.get(candidate, candidate)
    return name if region is None else t("{name} in {region}", name=name, region=region)
