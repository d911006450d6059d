"""Saving a changed standard: checked as a file would be, its refusal shown where the change was made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from criteria import Profile, parse_profile
from criteria.editing_swap import reread
from criteria.errors import DecisionError
from data.store.pool import ValueEdit
from views import context
from views.context import Context
from views.words import md, say, tn


def change(ctx: Context, place: str, edit: Callable[..., Profile], /, *arguments: Any) -> bool:
    """Save what *edit* makes of the standard; on a refusal keep its sentence for *place* and return False."""
    try:
        new = edit(ctx.profile, *arguments)
        forgotten = _forget_values(ctx, new)
        context.save_profile(ctx, new)
    except DecisionError as error:
        refuse(place, error)
        return False
    if forgotten:
        st.session_state["notice"] = tn(
            "{n} value that meant something else before is unknown now; undo brings it back.",
            "{n} values that meant something else before are unknown now; undo brings them back.",
            forgotten,
        )
    return True


def refuse(place: str, error: DecisionError) -> None:
    """Keep the sentence of a refusal for *place*."""
    st.session_state[f"refused_{place}"] = say(error.message)


def show_refusal(place: str) -> None:
    """Show, once, why a change at *place* was not taken; what was typed still stands in its fields."""
    refused = st.session_state.pop(f"refused_{place}", None)
    if refused:
        st.error(md(refused), icon=":material/block:")


def _forget_values(ctx: Context, new: Profile) -> int:
    """Set stored values to unknown where *new* would read them as something else (a rating as a percentage).

    They are set first, so that taking the changes back one by one never shows an old value on a new scale.
    """
    frame = ctx.store.candidates_frame(ctx.project.id).frame
    changed = [*reread(ctx.profile, new), *_changed_before(ctx, new, frame)]
    edits: dict[ValueEdit, None] = {}
    known = 0
    for criterion in changed:
        if criterion not in frame.columns:
            continue
        rows = frame[frame[criterion].notna()]
        known += len(rows)
        places = rows["region"].tolist() if "region" in rows else [None] * len(rows)
        for candidate, region in zip(rows["id"].tolist(), places, strict=True):
            edits[ValueEdit(candidate, criterion, None)] = None
            if region is not None and not pd.isna(region):
                edits[ValueEdit(candidate, criterion, None, region)] = None
    if ctx.store.project(ctx.project.id).version != ctx.profile_number:
        return 0  # somebody saved another standard: this one will be refused, so no value may go
    if edits:
        ctx.store.set_values(ctx.project.id, list(edits), who=ctx.who)
    return known


def _changed_before(ctx: Context, new: Profile, frame: pd.DataFrame) -> list[str]:
    """Return new criteria whose stored values were given when an earlier standard read them in another way."""
    wanted = {c.id for c in new.criteria if c.id not in ctx.profile.by_id and c.id in frame.columns}
    found: list[str] = []
    for version in ctx.store.profile_versions(ctx.project.id) if wanted else ():
        named = {entry.get("id") for entry in version.document.get("criteria", ())} & wanted
        if named:
            found += [key for key in reread(parse_profile(version.document), new) if key in named]
            wanted -= named
    return found
