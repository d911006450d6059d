"""The funnel, the ranked list and its downloads."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from selection import Ranking
from selection.screen import funnel
from views.address import keep, take
from views.context import CANDIDATE_KEY, Context
from views.ranking_firm import printed_firmness
from views.ranking_look import Look
from views.ranking_rows import Row, ideal_row, rows, table
from views.words import language, md, t, tn

log = logging.getLogger("shortlist")
ROW_HEIGHT = 34


def show(look: Look) -> None:
    """Show the funnel, the list that was opened, and the downloads."""
    which = _funnel(look)
    everything = bool(st.session_state.get("show_all", False))
    found, left_out = rows(look, which, everything)
    found = [ideal_row(), *found] if which not in ("eliminated", "pending") else found
    if found:
        _table(look, which, found)
    else:
        st.info(t("Nobody is in this list."))
    st.caption(t("Score: 50 is the qualified line, 100 the ideal; both are marked on the bar. Paler: not yet known."))
    _more(left_out, everything)
    downloads(look.ctx, look.ranking)


def _funnel(look: Look) -> str:
    """Show everybody, who serves the region and the three verdicts; each opens its list."""
    counts = funnel(look.ranking.screening, len(set(look.ctx.candidates.ids.tolist())))
    region = look.ranking.region
    labels = {
        "all": tn("{n} candidate", "{n} candidates", counts["candidates"]),
        "here": _serving(counts["in_region"], region),
        "qualified": tn("{n} qualified", "{n} qualified", counts["qualified"]),
        "pending": tn("{n} to be verified", "{n} to be verified", counts["pending"]),
        "eliminated": tn("{n} eliminated", "{n} eliminated", counts["eliminated"]),
    }
    take("show", labels, "here")
    which: str = st.segmented_control(
        t("Show"), list(labels), required=True, key="show", format_func=lambda code: md(labels[code]),
        label_visibility="collapsed",
    )  # fmt: skip
    keep("show", which, "here")
    return which


def _serving(n: int, region: str | None) -> str:
    if region is None:
        return tn("{n} ranked here", "{n} ranked here", n)
    return tn("{n} serves {region}", "{n} serve {region}", n, region=region)


def _table(look: Look, which: str, found: list[Row]) -> None:
    """Show the list; a chosen row is the candidate that the panels below are about."""
    key = f"list_{which}_{look.key}"
    frame = table(found)
    empty = [name for name in ("band", "marks") if not frame[name].any()]
    st.dataframe(
        frame.drop(columns=empty), hide_index=True, key=key, row_height=ROW_HEIGHT, placeholder="–",
        on_select=lambda: _choose(key, found), selection_mode="single-cell",
        height=min(len(found) + 1, 22) * ROW_HEIGHT + 4,
        alt=t("The ranked list: place, candidate, score, reason"),
        column_config={
            "place": st.column_config.TextColumn("#", width=42),
            "name": st.column_config.TextColumn(t("Candidate"), width=150),
            "bar": st.column_config.ImageColumn(t("0 · 50 · 100"), width=104, alignment="left"),
            "score": st.column_config.NumberColumn(t("Score"), format="%.1f", width=58),
            "band": st.column_config.TextColumn(t("Range"), width=66, help=t("The unknown at its worst and best")),
            "why": st.column_config.TextColumn(t("Why here"), width=390),
            "marks": st.column_config.TextColumn(t("Marks"), width=160),
        },
    )  # fmt: skip


def _choose(key: str, found: list[Row]) -> None:
    """Make the clicked row's candidate the one that the panels are about; nothing, or the ideal, is nobody."""
    picked = st.session_state[key]["selection"]["cells"]
    st.session_state[CANDIDATE_KEY] = found[picked[0][0]].key if picked else None


def _more(left_out: int, everything: bool) -> None:
    if left_out or everything:
        st.toggle(
            tn("Show all: {n} more", "Show all: {n} more", left_out) if left_out and not everything else t("Show all"),
            key="show_all",
        )
    if left_out and everything:
        st.caption(tn("{n} more is in the downloads.", "{n} more are in the downloads.", left_out))


def downloads(ctx: Context, ranking: Ranking) -> None:
    """Offer the ranking as files; they are made when they are asked for."""
    titles = {"xlsx": t("Workbook (.xlsx)"), "csv": t("Table (.csv)"), "html": t("Page (.html)")}
    with st.container(horizontal=True):
        for kind, title in titles.items():
            st.download_button(
                title, _file(ctx, ranking, kind, language()), file_name=_file_name(ctx.project.name, ranking, kind),
                key=f"download_{kind}", on_click="ignore", icon=":material/download:",
            )  # fmt: skip


def _file(ctx: Context, ranking: Ranking, kind: str, in_language: str) -> Callable[[], bytes]:
    """Return what makes the file; it runs in another thread, so it must not look at the session."""

    def make() -> bytes:
        from data import export_ranking

        try:
            return export_ranking(ranking, kind, language=in_language, firm=printed_firmness(ctx, ranking))
        except Exception:
            log.exception("the %s file of a ranking could not be made", kind)
            raise

    return make


def _file_name(project: str, ranking: Ranking, kind: str) -> str:
    """Return a file name of plain letters; other signs trouble some systems."""
    words = [project, ranking.region or "", ranking.scenario, ranking.parameters.get("basis", "")]
    kept = ["".join(c if c.isalnum() or c in "-_" else "-" for c in word).strip("-") for word in words if word]
    return f"{'_'.join(word for word in kept if word)[:100] or 'ranking'}.{kind}"
