"""One difference with every voice, and the value that was agreed on: a row of its own, which overwrites nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from criteria import Criterion
from criteria.text import Message
from data.writers.rating_sheet import STEPS
from selection.panel import Cell, Disagreement
from selection.panel_words import disagreement_sentence, option, points, voice_sentence
from views import frame
from views.candidates_cells import heading
from views.candidates_rows import Rows
from views.context import Context
from views.words import md, say, t


@dataclass(frozen=True, slots=True)
class Agreed:
    """A value that was agreed on; *rated_since* = somebody rated again after it."""

    rating: float
    who: str
    reason: str
    rated_since: bool


def agreements(ctx: Context) -> dict[Cell, Agreed]:
    """Return what was agreed on."""
    table = ctx.store.agreed(ctx.project.id)
    return {
        Cell(str(line.candidate), str(line.criterion), line.region): Agreed(
            float(line.rating), str(line.who), str(line.reason or ""), bool(line.rated_since)
        )
        for line in table.itertuples(index=False)
    }


def flag(ctx: Context, rows: Rows, found: Disagreement, agreed: Agreed | None) -> None:
    """Show one difference: who said what and why, then the value that was agreed on, or the way to one."""
    cell = found.cell
    criterion = ctx.profile.by_id[cell.criterion]
    with st.container(border=True, key=f"flag_{_key(cell)}"):
        st.markdown(f"**{md(disagreement_sentence(found, _name(rows, cell), criterion.title))}**")
        bullets([voice_sentence(voice) for voice in found.voices])
        if agreed is not None:
            _shown(ctx, cell, agreed)
        _ask(ctx, cell, criterion, agreed)


def bullets(sentences: Iterable[Message]) -> None:
    """Show sentences as one tight list."""
    st.markdown("\n".join(f"- {md(text)}" for text in sentences))


def others(ctx: Context, rows: Rows, agreed: dict[Cell, Agreed]) -> None:
    """Show the agreed values of what lies closer together by now."""
    known = {cell: value for cell, value in agreed.items() if cell.criterion in ctx.profile.by_id}
    if not known:
        return
    heading(t("Also agreed on"))
    for cell, value in known.items():
        with st.container(border=True, key=f"agreed_{_key(cell)}"):
            title = ctx.profile.by_id[cell.criterion].title
            st.markdown(f"**{md(t('{candidate}, {criterion}', candidate=_name(rows, cell), criterion=title))}**")
            _shown(ctx, cell, value)


def _shown(ctx: Context, cell: Cell, agreed: Agreed) -> None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        text = t(
            "Agreed on {rating}, noted by {who}: {reason}",
            rating=points(agreed.rating), who=agreed.who or t("nobody in particular"), reason=agreed.reason,
        )  # fmt: skip
        st.markdown(md(text))
        if agreed.rated_since:
            st.caption(md(t("Rated again since. The agreed value still holds until it is withdrawn.")))
    right.button(
        md(t("Withdraw")), key=f"withdraw_{_key(cell)}", on_click=frame.act,
        args=(ctx.store.withdraw_agreed, ctx.project.id, cell.candidate, cell.criterion),
        kwargs={"who": ctx.who, "region": cell.region}, help=md(t("The ratings hold again.")),
    )  # fmt: skip


def _ask(ctx: Context, cell: Cell, criterion: Criterion, agreed: Agreed | None) -> None:
    key = _key(cell)
    label = t("Agree on a value") if agreed is None else t("Agree on another value")
    with st.popover(md(label), key=f"agree_{key}"):
        st.selectbox(
            md(t("What you agreed on after the talk")), STEPS, index=None, key=f"agree_value_{key}",
            placeholder=t("Choose a rating"), format_func=lambda rating: say(option(criterion, rating)),
        )  # fmt: skip
        st.text_input(md(t("Why, in one line")), key=f"agree_reason_{key}", max_chars=300)
        st.button(
            md(t("Save the agreed value")), key=f"agree_save_{key}", type="primary", on_click=_save, args=(ctx, cell)
        )
        st.caption(md(t("It is a row of its own: every rating stays as it was given.")))


def _save(ctx: Context, cell: Cell) -> None:
    rating = st.session_state.get(f"agree_value_{_key(cell)}")
    reason = str(st.session_state.get(f"agree_reason_{_key(cell)}") or "")
    frame.act(
        ctx.store.moderate, ctx.project.id, cell.candidate, cell.criterion, rating, who=ctx.who, reason=reason,
        region=cell.region,
    )  # fmt: skip


def _name(rows: Rows, cell: Cell) -> str:
    name = next((record.name for record in rows.people if record.id == cell.candidate), cell.candidate)
    return name if cell.region is None else t("{name} in {region}", name=name, region=cell.region)


def _key(cell: Cell) -> str:
    return f"{cell.criterion}_{cell.candidate}_{cell.region or ''}"
