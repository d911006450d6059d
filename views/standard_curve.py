"""The curve of a criterion: drawn with the candidates on it, and its numbers one click away."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from criteria import Criterion, Curve
from criteria import editing as edit
from criteria.curves import FloatArray
from criteria.errors import ProfileError
from criteria.text import Message, msg
from selection.screen import quantity
from selection.values import reading
from views.context import Context
from views.ranking_figures import CONFIG
from views.standard_figures import curve_figure
from views.standard_save import change, refuse, show_refusal
from views.words import md, say, t, tn

THREE = ("floor", "qualified", "ideal")
SIX = ("low_floor", "low_qualified", "low_ideal", "high_ideal", "high_qualified", "high_floor")


def show(ctx: Context, criterion: Criterion) -> None:
    """Draw the curve, say it in words, and offer its numbers."""
    scale = criterion.scale
    if scale is None:
        return
    known, names = _known(ctx, criterion)
    unit = "" if criterion.unit is None or criterion.kind == "judged" else say(criterion.unit)
    st.plotly_chart(
        curve_figure(scale, known, names, unit), key=f"curve_{criterion.id}", config=dict(CONFIG),
        alt=t("How a value becomes points: {words}", words=in_words(criterion)),
    )  # fmt: skip
    st.caption(md(in_words(criterion)))
    unknown = len(ctx.candidates) - len(known)
    if len(ctx.candidates) and unknown:
        st.caption(
            tn(
                "Each tick is a candidate; {n} is not known yet.",
                "Each tick is a candidate; {n} are not known yet.",
                unknown,
            )
        )
    show_refusal("curve")
    if criterion.composite is not None:
        _parts(ctx, criterion)
    elif criterion.curve is not None:
        _numbers(ctx, criterion, criterion.curve)


def in_words(criterion: Criterion) -> Message:
    """Return the three marks of a curve in one sentence."""
    scale = criterion.scale
    if scale is None:
        return msg("No scale")
    if not scale.is_range:
        marks = {
            key: quantity(scale.raw_at(value)[0], criterion) for key, value in zip(THREE, (0, 50, 100), strict=True)
        }
        return msg("Worth nothing at {floor}, just qualified at {qualified}, ideal at {ideal}.", **marks)
    marks = {key: quantity(getattr(scale, key), criterion) for key in SIX}
    return msg(
        "Ideal from {low_ideal} to {high_ideal}, qualified from {low_qualified} to {high_qualified}, "
        "worth nothing at {low_floor} and at {high_floor}.",
        **marks,
    )


def _known(ctx: Context, criterion: Criterion) -> tuple[FloatArray, list[str]]:
    """Return the raw values that are known, and whose they are; a composite is read from its figures."""
    if criterion.composite is not None:
        low, unknown = reading(ctx.candidates, ctx.profile, criterion)
        raw = np.where((unknown if unknown is not None else np.zeros(len(low))) < 1, low, np.nan)
    else:
        raw = ctx.candidates.column(criterion).astype(np.float64)
    there = np.isfinite(raw)
    return raw[there], [str(name) for name in ctx.candidates.names[there]]


def _numbers(ctx: Context, criterion: Criterion, curve: Curve) -> None:
    """Offer the knots as numbers: three, or six for a target range."""
    with st.expander(t("Change the numbers"), key=f"numbers_{criterion.id}"):
        shapes = {"three": t("More is better, or less is better"), "six": t("A range is best")}
        shape = st.segmented_control(
            t("Shape"), list(shapes), default="six" if curve.is_range else "three", required=True,
            key=f"shape_{criterion.id}_{ctx.profile_number}", format_func=shapes.__getitem__,
        )  # fmt: skip
        knots = _start(curve, six=shape == "six")
        stem = f"knot_{criterion.id}_{ctx.profile_number}"
        with st.form(f"numbers_form_{criterion.id}", border=False):
            places = st.columns(3)
            for n, (key, value) in enumerate(knots.items()):
                places[n % 3].number_input(knot_label(key), value=value, format="%g", key=f"{stem}_{key}")
            st.caption(t("If less is better, let the numbers fall from floor to ideal."))
            st.form_submit_button(
                t("Save the numbers"), key=f"numbers_save_{criterion.id}", on_click=_save,
                args=(ctx, criterion.id, stem, tuple(knots)),
            )  # fmt: skip


def knot_label(key: str) -> str:
    """Return the label of one number of a curve."""
    return {
        "floor": t("Floor (0)"), "qualified": t("Qualified (50)"), "ideal": t("Ideal (100)"),
        "low_floor": t("Too little (0)"), "low_qualified": t("Qualified from (50)"), "low_ideal": t("Ideal from (100)"),
        "high_ideal": t("Ideal to (100)"), "high_qualified": t("Qualified to (50)"), "high_floor": t("Too much (0)"),
    }[key]  # fmt: skip


def _start(curve: Curve, *, six: bool) -> dict[str, float | None]:
    """Return the knots to begin with: those there are, else those of the other shape that mean the same."""
    if six == curve.is_range:
        return {key: getattr(curve, key) for key in (SIX if six else THREE)}
    if not six:
        return {key: getattr(curve, f"low_{key}") for key in THREE}
    rising = [getattr(curve, key) for key in THREE]
    if curve.direction < 0:
        return dict.fromkeys(SIX[:3]) | dict(zip(SIX[3:], reversed(rising), strict=True))
    return dict(zip(SIX[:3], rising, strict=True)) | dict.fromkeys(SIX[3:])


def _save(ctx: Context, criterion: str, stem: str, keys: tuple[str, ...]) -> None:
    knots = {key: st.session_state[f"{stem}_{key}"] for key in keys}
    if None in knots.values():
        refuse("curve", ProfileError(msg("A number is missing. Fill in every field.")))
        return
    change(ctx, "curve", edit.set_curve, criterion, knots)


def _parts(ctx: Context, criterion: Criterion) -> None:
    """Offer the weights of the figures that a composite is made of."""
    with st.expander(t("The figures it is made of"), key=f"parts_{criterion.id}"):
        parts = criterion.composite or {}
        total = sum(parts.values())
        key = f"parts_{criterion.id}_{ctx.profile_number}"
        st.data_editor(
            {
                "part": [say(ctx.profile.by_id[leaf].title) for leaf in parts],
                "points": list(parts.values()),
                "share": [t("{share:.1f} %", share=100 * weight / total) for weight in parts.values()],
            },
            key=f"{key}_table", hide_index=True, num_rows="fixed", on_change=_save_parts,
            args=(ctx, criterion, f"{key}_table"), column_config=_part_columns(), alt=t("The figures it is made of"),
        )  # fmt: skip
        st.caption(t("Choose one of them in the list to see its own curve. A missing figure widens the band."))


def _part_columns() -> dict[str, Any]:
    return {
        "part": st.column_config.TextColumn(t("Figure"), disabled=True, pinned=True),
        "points": st.column_config.NumberColumn(t("Points"), min_value=0, format="%g"),
        "share": st.column_config.TextColumn(t("Share"), disabled=True),
    }


def _save_parts(ctx: Context, criterion: Criterion, key: str) -> None:
    parts: dict[str, Any] = dict(criterion.composite or {})
    for row, cells in st.session_state[key]["edited_rows"].items():
        if "points" in cells and 0 <= int(row) < len(parts):
            parts[list(parts)[int(row)]] = cells["points"] or 0.0
    change(ctx, "curve", edit.set_parts, criterion.id, parts)
