"""Colleagues without this page in front of them: put on the list, given a rating sheet, their sheet taken in."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from criteria import Criterion, Profile
from criteria.errors import DecisionError, StoreError
from criteria.text import Message, msg
from data.rating_sheets import RatingSheet, changes, read_rating_sheet
from data.readers import display_name
from data.writers.rating_sheet import SheetOf, rating_sheet
from views import frame, grid_round, import_problems, interview_who
from views.candidates_rows import Rows
from views.context import Context
from views.interview_who import Rater
from views.words import language, md, t, tn

ROUND_KEY = "sheet_round"


def show(ctx: Context, rows: Rows, rater: Rater | None, known: tuple[str, ...], table: pd.DataFrame) -> None:
    """Show the ways in which colleagues take part."""
    with st.expander(md(t("Colleagues who rate too")), key="interview_colleagues", expanded=rater is None):
        st.caption(
            md(
                t(
                    "Everybody rates alone first. Add a name for somebody who rates on this page; for everybody else "
                    "there is a rating sheet: a workbook to fill in and send back. It has nobody's ratings in it."
                )
            )
        )
        left, middle, right = st.columns(3)
        with left:
            _add(ctx, rater, known)
        with middle:
            _hand_out(ctx, rows, rater, _waiting_first(known, table))
        with right:
            _take_in(ctx, rows, known, table)


def _add(ctx: Context, rater: Rater | None, known: tuple[str, ...]) -> None:
    st.text_input(md(t("Name of a colleague")), key="colleague_name", max_chars=80)
    st.button(md(t("Add")), key="colleague_add", on_click=_save_name, args=(ctx, rater, known))


def _save_name(ctx: Context, rater: Rater | None, known: tuple[str, ...]) -> None:
    if frame.act(_added, ctx, rater, known):
        st.session_state["colleague_name"] = ""


def _added(ctx: Context, rater: Rater | None, known: tuple[str, ...]) -> None:
    name = str(st.session_state.get("colleague_name") or "").strip()
    if not name:
        raise StoreError(msg("Type the colleague's name first."))
    if not ctx.who and not known:
        raise StoreError(msg("Type your own name on the left first, so that your ratings can be told apart."))
    interview_who.add(ctx, name, known, None if rater is None else rater.name)


def _waiting_first(known: tuple[str, ...], table: pd.DataFrame) -> tuple[str, ...]:
    """Return the assessors, those without any rating first: they are the ones who need a sheet."""
    rated = set(table["who"])
    return tuple(sorted(known, key=lambda name: name in rated))


# --- out --------------------------------------------------------------------------------------------------------------


def _hand_out(ctx: Context, rows: Rows, rater: Rater | None, known: tuple[str, ...]) -> None:
    colleagues = [name for name in known if rater is None or name != rater.name]
    if not colleagues:
        st.caption(md(t("A rating sheet can be downloaded here once a colleague is on the list.")))
        return
    name = st.selectbox(md(t("Rating sheet for")), colleagues, key="sheet_for")
    now = grid_round.present(ctx, rows, rater or Rater(name, {}, True))
    people = tuple((person, now.names[person]) for person in now.people)
    about = SheetOf(name, ctx.project.id, ctx.project.name, language())
    st.download_button(
        md(t("Download the sheet")), data=partial(_workbook, about, now.factors, people), key="sheet_download",
        file_name=_file_name(name), on_click="ignore", icon=":material/download:",
        disabled=not (now.factors and now.people),
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )  # fmt: skip
    text = tn("{n} rating", "{n} ratings", len(now.factors) * len(people))
    st.caption(md(t("{ratings}: {factors} factors, {people} candidates", ratings=text, factors=len(now.factors),
                    people=len(people))))  # fmt: skip


def _workbook(about: SheetOf, factors: tuple[Criterion, ...], people: tuple[tuple[str, str], ...]) -> bytes:
    return rating_sheet(about, factors, people)


def _file_name(name: str) -> str:
    safe = "".join(c if c.isalnum() else "-" for c in name).strip("-")[:60]
    return f"ratings-{safe or 'sheet'}.xlsx"


# --- in ---------------------------------------------------------------------------------------------------------------


def _take_in(ctx: Context, rows: Rows, known: tuple[str, ...], table: pd.DataFrame) -> None:
    dropped = st.file_uploader(
        md(t("Take in a rating sheet that came back")), key=f"sheet_file_{st.session_state.get(ROUND_KEY, 0)}"
    )
    if dropped is None:
        return
    people = {record.id: record.name for record in rows.people}
    content, name = dropped.getvalue(), display_name(dropped.name)
    digest = hashlib.sha256(content + name.encode(errors="replace")).hexdigest()[:16]
    found = _read(digest, ctx.project.id, ctx.stamp, name, content, ctx.profile, people)
    if isinstance(found, Message):
        st.error(md(found), icon=":material/block:")
        return
    _preview(ctx, replace(found, assessor=interview_who.same_name(found.assessor, known)), table, known, digest)


@st.cache_data(max_entries=6, show_spinner=False)
def _read(
    digest: str, project: str, stamp: str, name: str, _content: bytes, _profile: Profile, _people: Mapping[str, str]
) -> RatingSheet | Message:
    """Return what the sheet says, or the sentence why it cannot be read; each content is read once per state."""
    with tempfile.TemporaryDirectory(prefix="shortlist-") as folder:
        suffix = Path(name).suffix.lower()[:10]
        path = Path(folder) / f"sheet{suffix if suffix.isascii() and suffix[1:].isalnum() else ''}"
        path.write_bytes(_content)
        try:
            return read_rating_sheet(path, _profile, _people, project, name)
        except DecisionError as error:
            return error.message


def _preview(ctx: Context, sheet: RatingSheet, table: pd.DataFrame, known: tuple[str, ...], digest: str) -> None:
    """Say what saving would do, without showing a single rating: whoever takes a sheet in may not have finished."""
    counts = changes(sheet, table)
    facts = {"who": sheet.assessor, "new": counts.new, "changed": counts.changed, "same": counts.same}
    text = t(
        "{who}: {new} new ratings, {changed} changed, {same} known already; {open} left open.",
        open=sheet.left_open, **facts,
    )  # fmt: skip
    st.markdown(md(text))
    if sheet.problems:
        import_problems.show(sheet.problems, f"sheet_{digest}")
    done = st.toggle(
        md(t("{who} has finished", who=sheet.assessor)), value=not sheet.left_open and not sheet.problems,
        key=f"sheet_done_{digest}",
    )  # fmt: skip
    st.button(
        md(t("Save these ratings")), type="primary", key="sheet_save", disabled=not sheet.ratings,
        on_click=_save, args=(ctx, sheet, known, bool(done)),
    )  # fmt: skip


def _save(ctx: Context, sheet: RatingSheet, known: tuple[str, ...], done: bool) -> None:
    saved: list[int] = []
    if not frame.act(lambda: saved.append(_saved(ctx, sheet, known, done))):
        return
    st.session_state[ROUND_KEY] = st.session_state.get(ROUND_KEY, 0) + 1
    st.session_state["notice"] = tn(
        "{n} rating of {who} was saved.", "{n} ratings of {who} were saved.", saved[0], who=sheet.assessor
    )


def _saved(ctx: Context, sheet: RatingSheet, known: tuple[str, ...], done: bool) -> int:
    saved = ctx.store.rate_many(ctx.project.id, sheet.assessor, sheet.ratings, by=ctx.who)
    if done:
        ctx.store.finish(ctx.project.id, sheet.assessor, by=ctx.who)
    interview_who.add(ctx, sheet.assessor, known, None)
    return saved
