"""What every page needs: the store, the open project, its standard and candidates, and where the reader looks.

Project, language, region, scenario and candidate live in the address; the store keeps the rest. Nothing else is held
in the session, so a reload or a restart shows the same page.
"""

from __future__ import annotations

import datetime
import threading
from dataclasses import dataclass
from typing import Any

import streamlit as st

from criteria import Profile, parse_profile, region_names
from criteria.text import msg
from data.store import ProjectSummary, Store, open_store
from selection import Candidates, Ranking, Waiver, rank
from selection.waived import holding
from views import address
from views.words import language, say

PROJECT_KEY, REGION_KEY, SCENARIO_KEY, CANDIDATE_KEY = "project", "region", "scenario", "candidate"
FIRST_START = threading.Lock()
"""Held while the sample project is made."""
EVERYWHERE = "*"
"""The option of the region selector that ranks every row under the global standard."""


@dataclass(frozen=True, slots=True)
class Context:
    """The open project as this page sees it."""

    store: Store
    project: ProjectSummary
    stamp: str
    profile: Profile
    profile_number: int
    candidates: Candidates
    waivers: tuple[Waiver, ...]
    who: str

    @property
    def regions(self) -> tuple[str, ...]:
        """Return every region of the standard and of the candidates."""
        return tuple(dict.fromkeys([*region_names(self.profile), *self.candidates.known_regions()]))


def store() -> Store:
    """Return the store of this server."""
    return open_store()


def open_project_id(projects: tuple[ProjectSummary, ...]) -> str:
    """Return the project in the address, else the one opened last, else the first."""
    known = {project.id for project in projects}
    for wanted in (st.session_state.get(PROJECT_KEY), st.query_params.get(PROJECT_KEY), store().setting(PROJECT_KEY)):
        if wanted in known:
            return str(wanted)
    return projects[0].id


def current() -> Context:
    """Return the context of the open project; every page begins with it."""
    projects = store().projects()
    chosen = open_project_id(projects)
    summary = next(project for project in projects if project.id == chosen)
    stamp = store().saved_at(chosen).isoformat()
    profile, number = _profile(chosen, stamp)
    return Context(
        store(), summary, stamp, profile, number, _candidates(chosen, stamp, datetime.date.today().isoformat()),
        _waivers(chosen, stamp), who(),
    )  # fmt: skip


@st.cache_data(max_entries=20, show_spinner=False)
def _profile(project: str, stamp: str) -> tuple[Profile, int]:
    saved = store().project(project)
    return parse_profile(saved.profile), saved.version


@st.cache_data(max_entries=10, show_spinner=False)
def _candidates(project: str, stamp: str, today: str) -> Candidates:
    profile, _ = _profile(project, stamp)
    return store().candidates_frame(project).candidates(profile, datetime.date.fromisoformat(today))


@st.cache_data(max_entries=20, show_spinner=False)
def _waivers(project: str, stamp: str) -> tuple[Waiver, ...]:
    return tuple(Waiver(w.candidate, w.criterion, w.by, w.reason, w.region) for w in store().waivers(project))


def who() -> str:
    """Return the name of the person who works here, as typed in the sidebar."""
    return str(store().setting("who", "") or "")


def choose_region(context: Context) -> str | None:
    """Show the region selector (key and address: `region`) and return the region, None for all rows."""
    options = [EVERYWHERE, *context.regions]
    if len(options) == 1:
        return None
    everywhere = say(msg("All candidates, global standard"))
    address.take(REGION_KEY, options, first_region(context) if first_region(context) in options else EVERYWHERE)
    chosen = st.selectbox(
        say(msg("Region")),
        options,
        key=REGION_KEY,
        format_func=lambda name: everywhere if name == EVERYWHERE else name,
    )
    address.keep(REGION_KEY, chosen)
    return None if chosen == EVERYWHERE else chosen


def first_region(context: Context) -> str:
    """Return the region that is shown first: the first that candidates list, else all rows."""
    known = context.candidates.known_regions()
    return known[0] if known else EVERYWHERE


def choose_scenario(context: Context) -> str:
    """Show the scenario selector (key and address: `scenario`) and return the scenario's name."""
    from views.words import scenario_title

    names = list(context.profile.scenario_names)
    titles = {name: scenario_title(name) for name in names}
    address.take(SCENARIO_KEY, names, names[0])
    chosen: str = st.selectbox(
        say(msg("Weighting scenario")), names, key=SCENARIO_KEY, format_func=lambda name: titles.get(name, name)
    )
    address.keep(SCENARIO_KEY, chosen)
    return chosen


def ranking(context: Context, region: str | None, scenario: str | None, stage: str | None = None) -> Ranking:
    """Return the ranking that the pages show; a few milliseconds, so it is computed at every run."""
    waivers = holding(context.waivers, context.candidates, context.profile)
    return rank(context.candidates, context.profile, region, scenario, stage, waivers=waivers)


def state_of(context: Context, ranking: Ranking) -> str:
    """Return what tells one shown ranking from another, in the reader's language: the key of whatever is cached."""
    basis, day = ranking.parameters.get("basis"), ranking.candidates.as_of
    parts = (context.project.id, context.stamp, ranking.region, ranking.scenario, ranking.stage, basis, day, language())
    return repr(parts)


def save_profile(context: Context, profile: Profile, reason: str | None = None) -> None:
    """Save a changed standard and let every page see it."""
    context.store.save_profile(
        context.project.id, profile.document(), based_on=context.profile_number, who=context.who, reason=reason
    )


def remember(key: str, value: Any) -> None:
    """Keep a small setting of this installation."""
    store().set_setting(key, value)
