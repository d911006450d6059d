"""The frame of the dashboard: sidebar, navigation, notices; the pages do the rest."""

from __future__ import annotations

import streamlit as st

from criteria.errors import DecisionError
from data.samples import create_sample
from data.store import ProjectSummary
from views import address, frame
from views.context import FIRST_START, store
from views.words import language, md, t

# Page files and addresses. No page icon: the browser would fetch it as a favicon from another host.
PAGES = ("ranking", "standard", "candidates", "decision")


def main() -> None:
    """Show the frame and run the chosen page."""
    st.set_page_config(page_title="Distributor Shortlist", layout="wide")
    address.start()
    try:
        pages = _pages()
        _sidebar()
        chosen = st.navigation(pages, position="sidebar")
        frame.show_notices()
        chosen.run()
    except DecisionError as error:
        st.error(md(error.message), icon=":material/block:")


def _pages() -> list[st.Page]:
    titles = {
        "ranking": t("Ranking"),
        "standard": t("Standard"),
        "candidates": t("Candidates"),
        "decision": t("Decision"),
    }
    return [st.Page(f"{name}_page.py", title=titles[name], url_path=name, default=name == "ranking") for name in PAGES]


def _sidebar() -> None:
    projects = store().projects() or _first_start()
    with st.sidebar:
        chosen = frame.choose_project(projects)
        frame.manage_projects(next(project for project in projects if project.id == chosen))
        frame.choose_language()
        frame.ask_who()
        frame.show_saved(chosen)


def _first_start() -> tuple[ProjectSummary, ...]:
    """Make the sample project, once, however many windows open at the same time."""
    with FIRST_START:
        if not store().projects():
            create_sample(store(), language())
        return store().projects()


main()
