"""The memo as it will print, and everything that can be taken along."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from criteria.text import Message
from data.writers.memo import Signature, memo_html
from selection.memo import Choice, Memo, memo
from views.decision_desk import NOBODY, Desk
from views.ranking_firm import printed_firmness
from views.words import language, md, t

log = logging.getLogger("shortlist")


def show(desk: Desk, choice: Choice) -> None:
    """Show the memo on *choice* and the downloads."""
    early = desk.progress.sentences if desk.progress.too_early else ()
    found = memo(desk.ranking, choice, desk.ctx.store.pins(desk.ctx.project.id), early)
    signature = _signature(desk, choice)
    st.subheader(t("Decision memo"), anchor=False)
    with st.container(border=True, key="memo"):
        st.caption(
            md(t("Decided on {date}", date=signature.on)) if signature.on else md(t("A draft: nothing is saved yet."))
        )
        st.markdown(f"**{md(found.headline)}**")
        for number, point in enumerate(found.points, 1):
            st.markdown(f"{number}. **{md(point.question)}** {_sentences(point.answers)}")
    _downloads(desk, found, signature)


def _sentences(messages: tuple[Message, ...]) -> str:
    return (" " if language() == "en" else "").join(md(message) for message in messages)


def _signature(desk: Desk, choice: Choice) -> Signature:
    """Return who decided and when, where *choice* is what was saved; an empty one for a draft."""
    holds = desk.decision
    if holds is None or (holds.first or NOBODY, holds.reserve or NOBODY, holds.reason) != (
        desk.id_of(choice.first),
        desk.id_of(choice.reserve),
        choice.reason,
    ):
        return Signature()
    return Signature(holds.who, holds.at.astimezone().date().isoformat() if holds.at else "")


def _downloads(desk: Desk, found: Memo, signature: Signature) -> None:
    """Offer the memo and the ranking as files; they are made when they are asked for."""
    in_language = language()
    titles = {
        "xlsx": t("Workbook (.xlsx)"), "csv": t("Table (.csv)"), "html": t("Page (.html)"), "json": t("Data (.json)")
    }  # fmt: skip
    with st.container(horizontal=True):
        st.download_button(
            t("Memo (.html)"), _made(lambda: _memo(desk, found, in_language, signature)),
            file_name=_file_name(desk, t("memo"), "html"), key="download_memo", on_click="ignore", type="primary",
            icon=":material/download:",
        )  # fmt: skip
        for kind, title in titles.items():
            st.download_button(
                title, _ranking(desk, kind, in_language),
                file_name=_file_name(desk, t("ranking"), kind), key=f"download_{kind}", on_click="ignore",
                icon=":material/download:",
            )  # fmt: skip


def _memo(desk: Desk, found: Memo, in_language: str, signature: Signature) -> bytes:
    firm = printed_firmness(desk.ctx, desk.ranking)
    return memo_html(found, in_language, signature=signature, firm=firm)


def _ranking(desk: Desk, kind: str, in_language: str) -> Callable[[], bytes]:
    from data import export_ranking

    def make() -> bytes:
        firm = printed_firmness(desk.ctx, desk.ranking)
        return export_ranking(desk.ranking, kind, language=in_language, by=desk.ctx.who or None, firm=firm)

    return _made(make)


def _made(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return *make* with its failures in the log; it runs in another thread, so it must not look at the session."""

    def run() -> bytes:
        try:
            return make()
        except Exception:
            log.exception("a file could not be made")
            raise

    return run


def _file_name(desk: Desk, what: str, ending: str) -> str:
    """Return a file name of letters, digits and hyphens; other signs trouble some systems."""
    words = [desk.ctx.project.name, desk.region or "", what]
    kept = ["".join(c if c.isalnum() or c in "-_" else "-" for c in word).strip("-") for word in words if word]
    return f"{'_'.join(word for word in kept if word)[:100] or 'memo'}.{ending}"
