"""The frame around every page: language, project switcher, who works here, when it was saved, undo."""

from __future__ import annotations

from typing import Any

import streamlit as st

from criteria import load_profile
from criteria.errors import DecisionError
from criteria.text import LANGUAGES, LocalText, msg
from data.store import ProjectSummary
from views import address
from views.context import PROJECT_KEY, open_project_id, remember, store
from views.words import LANGUAGE_KEY, language, md, say, t

NEW_PROJECT_TEMPLATE = "seven_factors"


def choose_language() -> None:
    """Show the language selector; the choice is in the address and is remembered."""
    address.take(LANGUAGE_KEY, LANGUAGES, language())
    chosen = st.selectbox(
        t("Language"),
        list(LANGUAGES),
        key=LANGUAGE_KEY,
        format_func=LANGUAGES.__getitem__,
        label_visibility="collapsed",
    )
    address.keep(LANGUAGE_KEY, chosen)


def choose_project(projects: tuple[ProjectSummary, ...]) -> str:
    """Show the project selector and return the id of the open project."""
    titles = {project.id: _title(project) for project in projects}
    address.take(PROJECT_KEY, titles, open_project_id(projects))
    selected: str = st.selectbox(
        t("Project"), list(titles), key=PROJECT_KEY, format_func=lambda key: titles.get(key, key)
    )
    address.keep(PROJECT_KEY, selected)
    if selected != store().setting(PROJECT_KEY):
        remember(PROJECT_KEY, selected)
    return selected


def _title(project: ProjectSummary) -> str:
    return t("{name} · invented", name=project.name) if project.is_sample else project.name


def manage_projects(project: ProjectSummary) -> None:
    """Offer to make, rename, copy, delete and restore projects."""
    with st.popover(t("Manage projects"), width="stretch"):
        _new_project()
        _rename_or_copy(project)
        st.button(
            t("Delete this project"), key="project_delete", on_click=_delete, args=(project.id,),
            help=t("It can be restored below."),
        )  # fmt: skip
        for gone in store().projects(deleted=True):
            st.button(
                t("Restore “{name}”", name=gone.name),
                key=f"project_restore_{gone.id}",
                on_click=_restore,
                args=(gone.id,),
            )


def _new_project() -> None:
    st.text_input(
        t("Name of a new project"),
        key="project_new_name",
        max_chars=120,
        placeholder=t("for example: Mowers, South-East Asia"),
    )
    st.button(t("New project"), key="project_new", on_click=_create)


def _rename_or_copy(project: ProjectSummary) -> None:
    st.text_input(t("Another name for this project"), key="project_other_name", max_chars=120, placeholder=project.name)
    left, right = st.columns(2)
    left.button(t("Rename"), key="project_rename", on_click=_rename, args=(project.id,), width="stretch")
    right.button(t("Copy"), key="project_copy", on_click=_copy, args=(project,), width="stretch")


def create_project(name: str) -> str:
    """Make and open a project with the default template; return its id."""
    profile = load_profile(NEW_PROJECT_TEMPLATE)
    made = store().create_project(name or t("New project"), profile.document(), who="")
    _open(made.id)
    return made.id


def _open(project_id: str) -> None:
    st.session_state[PROJECT_KEY] = project_id
    remember(PROJECT_KEY, project_id)


def _create() -> None:
    act(create_project, st.session_state.get("project_new_name", "").strip())
    st.session_state["project_new_name"] = ""


def _rename(project_id: str) -> None:
    name = st.session_state.get("project_other_name", "").strip()
    if act(store().rename, project_id, name):
        st.session_state["project_other_name"] = ""


def _copy(project: ProjectSummary) -> None:
    name = st.session_state.get("project_other_name", "").strip() or t("Copy of {name}", name=project.name)
    if act(lambda: _open(store().copy(project.id, name).id)):
        st.session_state["project_other_name"] = ""


def _delete(project_id: str) -> None:
    if act(store().delete, project_id):
        st.session_state.pop(PROJECT_KEY, None)
        st.session_state["notice"] = t("The project was deleted. It can be restored under “Manage projects”.")


def _restore(project_id: str) -> None:
    if act(store().restore, project_id):
        _open(project_id)


def act(action: Any, /, *arguments: Any, **named: Any) -> bool:
    """Do something that is saved; on a refusal keep its sentence for the next run and return False."""
    try:
        action(*arguments, **named)
    except DecisionError as error:
        st.session_state["refusal"] = say(error.message)
        return False
    return True


def show_notices() -> None:
    """Show what the last action had to say, once."""
    refusal, notice = st.session_state.pop("refusal", None), st.session_state.pop("notice", None)
    if refusal:
        st.error(md(refusal), icon=":material/block:")
    if notice:
        st.toast(md(notice))


def show_saved(project_id: str) -> None:
    """Say when the project was last saved, and offer to undo and redo."""
    local = store().saved_at(project_id).astimezone()
    left, middle, right = st.columns([3, 1, 1], vertical_alignment="center")
    left.caption(t("Saved {time}", time=f"{local:%H\\:%M}"))
    middle.button("↶", key="undo", help=t("Undo the last change"), on_click=_undo, args=(project_id,))
    right.button("↷", key="redo", help=t("Redo"), on_click=_redo, args=(project_id,))


def _undo(project_id: str) -> None:
    act(lambda: _told(store().undo_last(project_id), t("There is nothing to undo.")))


def _redo(project_id: str) -> None:
    act(lambda: _told(store().redo_last(project_id), t("There is nothing to redo.")))


def _told(change: object, nothing: str) -> None:
    if change is None:
        st.session_state["notice"] = nothing


def ask_who() -> None:
    """Ask for the name that ratings, waivers and decisions carry."""
    saved = str(store().setting("who", "") or "")
    typed = st.text_input(
        t("Your name"), value=saved, key="who", max_chars=80, help=t("Ratings, waivers and decisions carry it.")
    )
    if typed != saved:
        remember("who", typed.strip())


def show_incident(number: str) -> None:
    """Say that something went wrong, without a word of the machine."""
    st.error(
        say(
            msg(
                "Something went wrong on this page. What was saved is safe. Reload the page; if it happens again, "
                "report incident {number}.",
                number=number,
            )
        ),
        icon=":material/error:",
    )


def title(text: LocalText | str) -> None:
    """Show the page's title."""
    st.header(md(text), anchor=False)
