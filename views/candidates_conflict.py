"""Two people, one value: whoever saves second sees both and chooses; nothing is overwritten unseen."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from criteria.errors import DecisionError
from data.store import NOT_APPLICABLE, ConflictError, ValueEdit
from views import frame
from views.context import Context
from views.words import md, say, t

CONFLICT_KEY = "conflict"
_NOT_APPLICABLE = {"special": "not_applicable"}


def save(ctx: Context, edits: list[ValueEdit]) -> bool:
    """Save *edits* as one action; where somebody was faster, save the others and ask about that one."""
    if not edits:
        return True
    try:
        ctx.store.set_values(ctx.project.id, edits, who=ctx.who)
    except ConflictError:
        return _save_each(ctx, edits)
    except DecisionError as error:
        st.session_state["refusal"] = say(error.message)
        return False
    return True


def _save_each(ctx: Context, edits: list[ValueEdit]) -> bool:
    for edit in edits:
        try:
            ctx.store.set_values(ctx.project.id, [edit], who=ctx.who)
        except ConflictError as conflict:
            _remember(edit, conflict)
        except DecisionError as error:
            st.session_state["refusal"] = say(error.message)
    return False


def _remember(edit: ValueEdit, conflict: ConflictError) -> None:
    """Keep the conflict for the next run, in words and plain values."""
    value = _NOT_APPLICABLE if edit.value is NOT_APPLICABLE else edit.value
    fields = {"candidate": edit.candidate, "criterion": edit.criterion, "value": value, "region": edit.region,
              "source": edit.source, "date": edit.date, "level": edit.level, "based_on": conflict.latest}  # fmt: skip
    st.session_state[CONFLICT_KEY] = [say(conflict.message), fields]


def show(ctx: Context) -> None:
    """Show the value that two people changed, with both ways out."""
    kept = st.session_state.get(CONFLICT_KEY)
    if not kept:
        return
    sentence, fields = kept
    with st.container(border=True):
        st.warning(md(sentence), icon=":material/call_split:")
        with st.container(horizontal=True):
            st.button(md(t("Keep theirs")), key="conflict_theirs", on_click=_forget)
            st.button(md(t("Save mine")), key="conflict_mine", type="primary", on_click=_mine, args=(ctx, dict(fields)))


def _forget() -> None:
    st.session_state.pop(CONFLICT_KEY, None)


def _mine(ctx: Context, fields: dict[str, object]) -> None:
    value = NOT_APPLICABLE if fields["value"] == _NOT_APPLICABLE else fields["value"]
    edit = replace(ValueEdit("", "", None), **{**fields, "value": value})  # type: ignore[arg-type]
    _forget()
    frame.act(ctx.store.set_values, ctx.project.id, [edit], who=ctx.who)
