"""Candidates: take a list in, see and correct what is known, rate what only people can judge, look at one."""

from __future__ import annotations

import streamlit as st

from criteria.text import Message, msg
from views import (
    address,
    candidates_card,
    candidates_list,
    context,
    frame,
    import_changes,
    import_flow,
    interview_tab,
)
from views.words import md, t

TABS: dict[str, Message] = {
    "list": msg("List"),
    "import": msg("Import"),
    "interviews": msg("Interviews"),
    "one": msg("One candidate"),
}
SHOW = {
    "list": candidates_list.show,
    "import": import_flow.show,
    "interviews": interview_tab.show,
    "one": candidates_card.show,
}
RENAMED = {"rate": "interviews"}

ctx = context.current()
frame.title(t("Candidates"))
if not ctx.project.candidates:
    candidates_list.teach(ctx)
    import_flow.show(ctx)
    candidates_list.by_hand(ctx)
else:
    address.arrive("tab", TABS)
    if st.query_params.get("tab") in RENAMED and "tab" not in st.session_state:  # a link of an earlier version
        st.session_state["tab"] = RENAMED[st.query_params["tab"]]
    address.take("tab", TABS)
    start = {} if "tab" in st.session_state else {"default": "list"}
    tab = st.segmented_control(
        md(t("What to do")), list(TABS), required=True, key="tab", format_func=lambda key: md(TABS[key]),
        label_visibility="collapsed", **start,
    )  # fmt: skip
    address.keep("tab", tab, "list")
    import_changes.show_done()
    SHOW[tab or "list"](ctx)
