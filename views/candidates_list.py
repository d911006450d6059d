"""The list: search, correct in place, add by hand, put away, bring back, download."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.store import CandidateRecord
from data.writers.delimited import table_csv
from views import candidates_table, candidates_twins, frame
from views.candidates_cells import matching
from views.candidates_rows import Rows, rows_of
from views.context import Context
from views.import_columns import criterion_title
from views.words import md, t, tn

PAGE = 50


def teach(ctx: Context) -> None:
    """Say what belongs here and why."""
    st.subheader(md(t("Who could sell for you?")), anchor=False)
    st.markdown(
        md(
            t(
                "Bring every company that comes to mind or that a register, a fair or a chamber of commerce names: "
                "the longer this list, the less the choice depends on who happened to call. Names alone are enough "
                "to begin; years, figures and regions make the first ranking possible."
            )
        )
    )


def by_hand(ctx: Context) -> None:
    """Offer to type one candidate."""
    with st.popover(md(t("Add one by hand")), key="add_by_hand"):
        st.text_input(md(t("Name")), key="add_name", max_chars=500)
        st.text_input(
            md(t("Regions it serves, between semicolons")), key="add_regions", max_chars=500,
            help=md(t("Leave empty if you do not know.")),
        )  # fmt: skip
        st.button(md(t("Add")), type="primary", key="add_candidate", on_click=_add, args=(ctx,))


def _add(ctx: Context) -> None:
    name = str(st.session_state.get("add_name", "")).strip()
    typed = str(st.session_state.get("add_regions", "")).strip()
    regions = typed or ("" if ctx.candidates.regions is not None else None)
    if frame.act(ctx.store.add_candidate, ctx.project.id, name, regions=regions, who=ctx.who):
        st.session_state["add_name"] = st.session_state["add_regions"] = ""
        st.session_state["notice"] = t("{name} was added.", name=name)


def show(ctx: Context) -> None:
    """Show the list with everything that can be done with it."""
    rows = rows_of(ctx)
    st.markdown(md(_sentence(ctx, rows)))
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    wanted = left.text_input(
        md(t("Search")), key="list_search", placeholder=t("name, number, region or note"), persist_state="session"
    )
    with right.container(horizontal=True):
        by_hand(ctx)
        _download(ctx, rows)
    found = _found(rows, wanted or "")
    _page(ctx, rows, found)
    candidates_twins.show(ctx, rows)
    _put_away(ctx)


def _sentence(ctx: Context, rows: Rows) -> str:
    """Return how many candidates there are and how much is known about them."""
    return t(
        "{people}; {known:.0f} of 100 values are known. Type into a cell to correct it: it is saved at once.",
        people=tn("{n} candidate", "{n} candidates", len(rows.people)),
        known=100 * rows.known_share(ctx.profile),
    )


def _found(rows: Rows, wanted: str) -> list[int]:
    """Return the rows whose name, number, region or note has every word that was typed."""
    if not wanted.strip():
        return list(range(len(rows)))
    texts = (" ".join((r.name, r.id, rows.regions[i] or "", r.note)) for i, r in enumerate(rows.records))
    return [i for i, is_match in enumerate(matching(texts, wanted)) if is_match]


def _page(ctx: Context, rows: Rows, found: list[int]) -> None:
    """Show one page of the rows that were found."""
    if not found:
        st.info(md(t("Nobody fits these words. Search for less, or add the company.")))
        return
    pages = -(-len(found) // PAGE)
    page = 1
    if pages > 1:
        page = min(st.session_state.get("list_page", 1), pages)
    candidates_table.show(ctx, rows, found[(page - 1) * PAGE : page * PAGE])
    if pages > 1:
        st.pagination(pages, key="list_page")


def _download(ctx: Context, rows: Rows) -> None:
    titles = {c.id: criterion_title(c.id, ctx.profile) for c in ctx.profile.criteria}
    words = (t("ID"), t("Name"), t("Regions"), t("Note"), t("not applicable"))
    st.download_button(
        md(t("Download as csv")), data=partial(_csv, ctx, rows, titles, words), file_name="candidates.csv",
        mime="text/csv", key="list_download", on_click="ignore",
    )  # fmt: skip


def _csv(ctx: Context, rows: Rows, titles: dict[str, str], words: tuple[str, str, str, str, str]) -> bytes:
    """Return the whole list; it runs while the file is fetched, so every word was fetched before."""
    columns: dict[str, list[object]] = {
        words[0]: [record.id for record in rows.records],
        words[1]: [record.name for record in rows.records],
        words[2]: list(rows.regions),
    }
    for criterion in ctx.profile.criteria:
        values = (rows.value(i, criterion.id) for i in range(len(rows)))
        columns[titles[criterion.id]] = [words[4] if not isinstance(v, str | float | None) else v for v in values]
    columns[words[3]] = [record.note for record in rows.records]
    return table_csv(columns)


def _put_away(ctx: Context) -> None:
    """Offer to bring back who was put away."""
    gone = [record for record in ctx.store.candidates(ctx.project.id, archived=True) if record.archived]
    if not gone:
        return
    with st.expander(md(t("Put away ({n})", n=len(gone))), key="list_gone"):
        chosen = st.selectbox(
            md(t("Bring back")), [record.id for record in gone], index=None, key="list_gone_one",
            format_func=lambda key: _name(gone, key),
        )  # fmt: skip
        st.button(
            md(t("Bring back into the list")), key="list_bring_back", disabled=chosen is None, on_click=_bring_back,
            args=(ctx, chosen),
        )  # fmt: skip


def _name(records: list[CandidateRecord], key: str) -> str:
    return next((record.name for record in records if record.id == key), key)


def _bring_back(ctx: Context, candidate: str | None) -> None:
    if candidate is not None:
        frame.act(ctx.store.unarchive_candidate, ctx.project.id, candidate, who=ctx.who)
