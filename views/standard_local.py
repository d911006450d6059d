"""What differs by region for one criterion: said in words, added, and taken away again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from criteria import Criterion, Curve
from criteria import editing_regions as regional
from criteria.editing_regions import Difference
from criteria.errors import ProfileError
from criteria.text import Message, msg
from views.context import Context
from views.standard_curve import SIX, THREE, in_words, knot_label
from views.standard_must import HARD, KINDS, NONE, WAIVABLE, kind_of, sentences
from views.standard_save import change, refuse, show_refusal
from views.words import md, scenario_title, t, tn


def show(ctx: Context, criterion: Criterion, scenario: str) -> None:
    """Show the regional changes of a criterion and offer another one."""
    found = regional.differences(ctx.profile, criterion.id)
    label = (
        tn("{n} regional change", "{n} regional changes", len(found)) if found else t("What differs by region: nothing")
    )
    show_refusal("local")
    with st.expander(label, key=f"local_{criterion.id}"):
        for n, difference in enumerate(found):
            _show(ctx, difference, n)
        _offer(ctx, criterion, scenario)


def _show(ctx: Context, difference: Difference, n: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        sentence = msg("{region}: {change}", region=difference.region, change=words(ctx, difference))
        st.markdown(md(sentence), width="stretch")
        st.button(
            t("Remove"), key=f"local_remove_{difference.criterion}_{n}", on_click=_remove, args=(ctx, difference),
            type="tertiary",
        )  # fmt: skip


def words(ctx: Context, difference: Difference) -> Message:
    """Return what a region changes, without its name."""
    profile, region = ctx.profile, difference.region
    if difference.scenario is not None:
        here = profile.regions[region].scenarios[difference.scenario][difference.criterion]
        return msg(
            "weight {here:g} points instead of {there:g} under “{scenario}”.",
            here=here, scenario=scenario_title(difference.scenario),
            there=profile.scenarios.get(difference.scenario, {}).get(difference.criterion, 0.0),
        )  # fmt: skip
    local = regional.local(profile, region, difference.criterion)
    if difference.what == "curve" and local.curve is not None:
        return in_words(local)
    if difference.what == "gate":
        return sentences(local)[0]
    return msg("{part} is changed.", part=_PARTS.get(difference.what, difference.what))


_PARTS = {
    "levels": msg("what each answer is worth"), "evidence": msg("the evidence to ask for"), "unit": msg("the unit"),
    "composite": msg("the make-up"), "rubric": msg("the rating scale"), "title": msg("the name"),
    "definition": msg("the definition"),
}  # fmt: skip


def _remove(ctx: Context, difference: Difference) -> None:
    change(ctx, "local", regional.remove_difference, difference)


def _offer(ctx: Context, criterion: Criterion, scenario: str) -> None:
    """Let a region have its own numbers, must-have and weight; what equals the inherited is not kept."""
    regions = list(dict.fromkeys([*ctx.regions, *ctx.profile.region_groups]))
    if not regions or not criterion.is_scored:
        st.caption(t("Name your regions first: in the candidate list, or under “Regions” above."))
        return
    region = st.selectbox(t("Region or group"), regions, key=f"local_region_{criterion.id}")
    local = regional.local(ctx.profile, region, criterion.id)
    stem = f"local_{criterion.id}_{region}_{scenario}_{ctx.profile_number}"
    with st.form(f"local_form_{criterion.id}", border=False):
        knots = _numbers(local.curve, stem)
        _must(local, stem)
        weights = regional.local_points(ctx.profile, region, scenario)
        st.number_input(
            md(t("Weight in points under “{scenario}”", scenario=scenario_title(scenario))), 0.0, 1e6,
            weights.get(criterion.id, 0.0), format="%g", key=f"{stem}_weight",
        )  # fmt: skip
        st.form_submit_button(
            md(t("Save for {region}", region=region)), key=f"local_save_{criterion.id}", on_click=_save,
            args=(ctx, local, region, scenario, stem, knots),
        )  # fmt: skip


def _numbers(curve: Curve | None, stem: str) -> tuple[str, ...]:
    if curve is None:
        return ()
    keys = SIX if curve.is_range else THREE
    places = st.columns(3)
    for n, key in enumerate(keys):
        places[n % 3].number_input(knot_label(key), value=getattr(curve, key), format="%g", key=f"{stem}_{key}")
    return keys


def _must(local: Criterion, stem: str) -> None:
    names = {NONE: t("No must-have"), WAIVABLE: t("Must-have, may be waived"), HARD: t("Must-have, no waiver")}
    st.selectbox(
        t("Must-have"), KINDS, index=KINDS.index(kind_of(local)), key=f"{stem}_must", format_func=names.__getitem__
    )


def _save(ctx: Context, local: Criterion, region: str, scenario: str, stem: str, keys: tuple[str, ...]) -> None:
    changes: dict[str, Any] = {}
    if keys:
        knots = {key: st.session_state[f"{stem}_{key}"] for key in keys}
        if None in knots.values():
            refuse("local", ProfileError(msg("A number is missing. Fill in every field.")))
            return
        changes["curve"] = knots
    kind = st.session_state[f"{stem}_must"]
    if kind != kind_of(local):
        changes["gate"] = kind
    weight = st.session_state[f"{stem}_weight"] or 0.0
    if change(ctx, "local", regional.set_difference, region, local.id, changes, {scenario: weight}):
        st.session_state.setdefault("notice", t("Saved. Rankings for {region} follow it.", region=region))
