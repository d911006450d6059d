"""The must-have of a criterion as a sentence with its limit, and the few things to set about it."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from criteria import Criterion, Gate
from criteria import editing as edit
from criteria.text import Message, msg, pmsg
from selection.screen import quantity
from views.context import Context
from views.standard_save import change
from views.words import md, t

NONE, WAIVABLE, HARD = "none", "conditional", "hard"
KINDS = (NONE, WAIVABLE, HARD)


def show(ctx: Context, criterion: Criterion) -> None:
    """Show what must be met and let it be changed."""
    if not criterion.is_scored:
        return
    names = {
        NONE: t("No must-have"), WAIVABLE: t("Must-have, may be waived"), HARD: t("Must-have, no waiver"),
    }  # fmt: skip
    key = f"must_{criterion.id}_{ctx.profile_number}"
    st.segmented_control(
        t("Must-have"), KINDS, default=kind_of(criterion), required=True, key=key, format_func=names.__getitem__,
        on_change=_set_kind, args=(ctx, criterion, key), label_visibility="collapsed", wrap=True,
    )  # fmt: skip
    for sentence in sentences(criterion):
        st.markdown(md(sentence))
    if criterion.gates:
        _limits(ctx, criterion)


def kind_of(criterion: Criterion) -> str:
    """Return the strictest kind among the must-haves of a criterion."""
    kinds = {gate.kind for gate in criterion.gates}
    return HARD if HARD in kinds else WAIVABLE if kinds else NONE


def sentences(criterion: Criterion) -> tuple[Message, ...]:
    """Return what must be met, one sentence per limit."""
    if not criterion.gates:
        return (msg("A weak value costs points here, but eliminates nobody."),)
    return tuple(_sentence(criterion, gate) for gate in criterion.gates)


def _sentence(criterion: Criterion, gate: Gate) -> Message:
    out, hard = _out(criterion, gate), gate.kind == HARD
    if hard:
        return msg("{out}, and nobody can waive it.{evidence}", out=out, evidence=_evidence(gate))
    return msg("{out}; a named person may waive it, with a reason.{evidence}", out=out, evidence=_evidence(gate))


def _out(criterion: Criterion, gate: Gate) -> Message:
    """Return whom the must-have eliminates."""
    low, high = criterion.bounds(gate)
    if criterion.levels is not None:
        enough = [key for key, level in criterion.levels.items() if level.value is not None and level.value >= low]
        if len(enough) == 1:
            return msg("Who is not “{answer}” is out", answer=quantity(enough[0], criterion))
        return msg("Whose answer is worth less than {value:g} of 100 is out", value=low)
    if math.isinf(high):
        return msg("Who is below {limit} is out", limit=quantity(low, criterion))
    if math.isinf(low):
        return msg("Who is above {limit} is out", limit=quantity(high, criterion))
    return msg(
        "Who is below {low} or above {high} is out", low=quantity(low, criterion), high=quantity(high, criterion)
    )


def _evidence(gate: Gate) -> Message | str:
    return "" if gate.min_level is None else pmsg("after a sentence", " {level}", level=_LEVELS[gate.min_level])


_LEVELS = {
    0: msg("Their own word is enough."),
    1: msg("The value must be documented."),
    2: msg("We must have seen it ourselves."),
    3: msg("An independent party must have confirmed it."),
}


def _set_kind(ctx: Context, criterion: Criterion, key: str) -> None:
    """Change the kind and keep the limit; a criterion with two limits keeps the stricter one's place."""
    kind = st.session_state[key]
    kept = [gate.model_dump(exclude_none=True) for gate in criterion.gates]
    gates = [] if kind == NONE else [{**(kept[-1] if kept else {}), "kind": kind}]
    change(ctx, "criterion", edit.set_gates, criterion.id, gates)


def _limits(ctx: Context, criterion: Criterion) -> None:
    """Offer the limit in the unit of the criterion, and how well a value must be supported."""
    with st.popover(t("Limit and evidence"), key=f"limits_{criterion.id}"):
        keys = [f"limit_{criterion.id}_{ctx.profile_number}_{n}" for n in range(len(criterion.gates))]
        with st.form(f"limits_form_{criterion.id}", border=False):
            for gate, key in zip(criterion.gates, keys, strict=True):
                _limit(criterion, gate, key)
            st.form_submit_button(
                t("Save"), key=f"limits_save_{criterion.id}", on_click=_save_limits, args=(ctx, criterion, keys)
            )
        if len(criterion.gates) == 1 and criterion.gates[0].kind == WAIVABLE and not criterion.is_category:
            st.button(
                t("Add a second limit without waiver"), key=f"second_{criterion.id}", on_click=_second,
                args=(ctx, criterion),
            )  # fmt: skip


def _limit(criterion: Criterion, gate: Gate, key: str) -> None:
    if not criterion.is_category:
        label = t("Limit without waiver") if gate.kind == HARD else t("Limit that may be waived")
        st.number_input(label, value=gate.limit, format="%g", key=key, placeholder=t("empty: the qualified value"))
    levels: dict[Any, str] = {
        -1: t("Any evidence"), 1: t("Documented at least"), 2: t("Seen by us on site at least"),
        3: t("Confirmed by an independent party"),
    }  # fmt: skip
    current = -1 if gate.min_level in (None, 0) else gate.min_level
    st.selectbox(
        t("Evidence needed"), list(levels), index=list(levels).index(current), key=f"{key}_level",
        format_func=levels.__getitem__,
    )  # fmt: skip


def _save_limits(ctx: Context, criterion: Criterion, keys: list[str]) -> None:
    gates = []
    for gate, key in zip(criterion.gates, keys, strict=True):
        limit, level = st.session_state.get(key), st.session_state[f"{key}_level"]
        found = {"kind": gate.kind, "limit": limit, "min_level": None if level < 0 else level}
        gates.append({name: value for name, value in found.items() if value is not None})
    change(ctx, "criterion", edit.set_gates, criterion.id, gates)


def _second(ctx: Context, criterion: Criterion) -> None:
    """Add a limit that nobody waives where the value is half-way from the floor to qualified."""
    scale, gate = criterion.scale, criterion.gates[0]
    if scale is None:
        return
    floor = scale.raw_at(25)[0]
    gates = [{"kind": HARD, "limit": floor}, gate.model_dump(exclude_none=True)]
    change(ctx, "criterion", edit.set_gates, criterion.id, gates)
