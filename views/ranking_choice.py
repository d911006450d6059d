"""Ask about a candidate: anyone in the pool, the answer in sentences, and the pin that keeps them in sight."""

from __future__ import annotations

import streamlit as st

from selection.explain import ask
from views import change_top, frame
from views.address import keep, take
from views.context import CANDIDATE_KEY
from views.ranking_look import Look
from views.words import md, t


def show(look: Look) -> str | None:
    """Show the question box and its answer; return the key of the candidate that the panels are about."""
    take(CANDIDATE_KEY, look.people)
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        asked = st.selectbox(
            t("Ask about a candidate"), list(look.people), index=None, key=CANDIDATE_KEY, persist_state="session",
            format_func=lambda key: look.people[key].label if key in look.people else key,
            placeholder=t("Choose anyone in the pool"),
        )  # fmt: skip
    keep(CANDIDATE_KEY, asked)
    chosen = asked or look.leader()
    if chosen is None:
        return None
    with right:
        _pin(look, chosen)
    if asked is not None:
        _answer(look, asked)
    return chosen


def _answer(look: Look, key: str) -> None:
    """Say where a candidate stands and what would change that."""
    person = look.people[key]
    with st.container(border=True, key="answer"):
        if person.row is None:
            st.markdown(md(t("{name} does not serve {region}.", name=person.name, region=look.ranking.region or "")))
            return
        for sentence in ask(look.ranking, person.row):
            st.markdown(md(sentence))
        change_top.show(look, person.row)


def _pin(look: Look, key: str) -> None:
    """Offer to keep a candidate in sight in every list, or to let it go."""
    person = look.people[key]
    pinned = person.id in look.pins
    label = t("Unpin {name}", name=_short(person.name)) if pinned else t("Pin {name}", name=_short(person.name))
    st.button(
        md(label), key="pin", on_click=_set_pin, args=(look, person.id, not pinned), width="stretch",
        help=t("A pinned candidate stays in sight in every list."), icon=":material/keep:",
    )  # fmt: skip


def _short(name: str, most: int = 24) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _set_pin(look: Look, id_: str, pinned: bool) -> None:
    frame.act(look.ctx.store.set_pin, look.ctx.project.id, id_, pinned, who=look.ctx.who)
