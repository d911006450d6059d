"""What every way to weigh shares: who counts, what was answered before, and saving one more answer."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from criteria import Criterion
from criteria import editing_weights as weigh
from criteria.errors import WeightsError
from criteria.model import Way
from criteria.text import LocalText, Message, msg
from criteria.weights.again import Computed, compute, read
from criteria.weights.tradeoff_levels import Shown, shown_levels
from selection.screen import quantity
from views import context
from views.context import Context
from views.standard_save import change
from views.words import say

Answers = dict[str, Any]
"""What was answered, as `criteria.weights.again` documents it for each way."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One scenario and one way: the criteria that count and what was answered so far (as it is recorded)."""

    ctx: Context
    scenario: str
    way: Way
    criteria: tuple[str, ...]
    answers: Mapping[str, Any]

    @property
    def stem(self) -> str:
        """Return what the keys of this desk's fields begin with."""
        return f"{self.way}_{self.scenario}_{self.ctx.project.id}"

    def criterion(self, key: str) -> Criterion:
        """Return a criterion by its id."""
        return self.ctx.profile.by_id[key]

    def title(self, key: str) -> str:
        """Return the title of a criterion in the reader's language, as plain text."""
        return say(self.criterion(key).title)


def take(ctx: Context, scenario: str, way: Way) -> Desk:
    """Return the desk of a scenario and a way; who counts is as answered before, else as the scenario has it."""
    recorded = ctx.profile.weighting.get(scenario)
    answers = _readable(way, recorded.answers) if recorded is not None and recorded.way == way else {}
    known = set(weigh.weighable(ctx.profile)) | set(weigh.counted(ctx.profile, scenario))
    named = answers.get("criteria")
    listed = [key for key in named if isinstance(key, str) and key in known] if isinstance(named, list) else []
    return Desk(ctx, scenario, way, tuple(dict.fromkeys(listed)) or weigh.counted(ctx.profile, scenario), answers)


def _readable(way: Way, answers: Mapping[str, Any]) -> Answers:
    """Return recorded answers; what a file brought that is none begins afresh."""
    try:
        read(way, answers)
    except WeightsError:
        return {}
    return dict(answers)


def fresh(desk: Desk) -> Desk:
    """Return the desk as it is saved now: a quick second click may come before its page has seen the first."""
    return take(context.current(), desk.scenario, desk.way)


def save(desk: Desk, answers: Mapping[str, Any], criteria: tuple[str, ...] | None = None) -> bool:
    """Save *answers*, where they are news, and the weights they give; while they give none, the present ones stay."""
    record = dict(answers) | {"criteria": list(criteria or desk.criteria)}
    if record == desk.answers:
        return False
    found = computed(desk.way, record)
    if isinstance(found, Message):
        weights = weigh.points_of(desk.ctx.profile, desk.scenario)
    else:
        weights = dict(zip(found.criteria, found.weights.values.tolist(), strict=True))
    today = datetime.date.today().isoformat()
    return change(
        desk.ctx, "weights", weigh.set_weighting, desk.scenario, desk.way, record, weights, desk.ctx.who, today
    )


def computed(way: Way, answers: Mapping[str, Any], labels: Mapping[str, str] | None = None) -> Computed | Message:
    """Return the weights that *answers* give, or the sentence why they give none."""
    return _computed(way, json.dumps(answers), json.dumps(labels))


@st.cache_resource(max_entries=100, show_spinner=False)
def _computed(way: Way, answers: str, labels: str) -> Computed | Message:
    try:
        return compute(way, json.loads(answers), json.loads(labels))
    except WeightsError as error:
        return error.message


def labels(desk: Desk) -> dict[str, str]:
    """Return the titles of the criteria, for sentences that name them."""
    return {key: desk.title(key) for key in desk.criteria}


def shown_text(criterion: Criterion, shown: Shown) -> Message | LocalText | str:
    """Return a value at which a criterion is pictured, in its own units."""
    if criterion.composite is not None:
        return msg("{value} of 100", value=f"{shown.value:g}")
    return quantity(shown.raw, criterion)


def jump(criterion: Criterion) -> tuple[Shown, Shown] | None:
    """Return the jump that is weighed, from just qualified to ideal; None where it cannot be pictured."""
    levels = shown_levels(criterion)
    return (levels[0], levels[-1]) if len(levels) > 1 else None


def ends_text(criterion: Criterion) -> Message | str:
    """Return the jump of a criterion from qualified to ideal in raw units; nothing where it cannot be pictured."""
    ends = jump(criterion)
    if ends is None:
        return ""
    low, high = (shown_text(criterion, end) for end in ends)
    return msg("{low} → {high}", low=low, high=high)


def jump_text(criterion: Criterion) -> Message | LocalText:
    """Return a criterion with its jump from qualified to ideal."""
    ends = ends_text(criterion)
    return msg("{criterion}: {jump}", criterion=criterion.title, jump=ends) if ends else criterion.title


def synced(key: str, value: Any) -> str:
    """Make the widget *key* show the saved *value*, also after an undo or a refusal, and return the key."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    return key
