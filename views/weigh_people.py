"""Several people: each with weights under a name; the mean counts, and where they differ is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from criteria import editing_weights as weigh
from criteria.errors import WeightsError
from criteria.text import msg
from criteria.weights.again import Computed
from views.standard_save import refuse
from views.weigh_desk import Answers, Desk, computed, fresh, save
from views.words import md, scenario_title, t

MOST_PEOPLE = 12
MOST_NAME = 60


def show(desk: Desk) -> None:
    """Show everybody's weights beside each other, and let people join or leave."""
    people = given(desk)
    if people:
        _table(desk, people)
    else:
        st.info(t("Add everybody who has a say. Each begins with a scenario's weights and changes the numbers."))
    _join(desk)
    if people:
        _leave(desk, people)


def given(desk: Desk) -> dict[str, dict[str, float]]:
    """Return everybody's points for the criteria that count, by name."""
    people = desk.answers.get("people")
    if not isinstance(people, Mapping):
        return {}
    return {str(name): {key: float(each.get(key, 0.0)) for key in desk.criteria} for name, each in people.items()}


def _table(desk: Desk, people: Mapping[str, Mapping[str, float]]) -> None:
    """Show points to type for everybody, with the share that comes out and how far the people are apart."""
    names = list(people)
    table = pd.DataFrame({"criterion": [desk.title(key) for key in desk.criteria]})
    for n, name in enumerate(names):
        table[f"person_{n}"] = [people[name][key] for key in desk.criteria]
    found = computed(desk.way, {"people": {name: dict(each) for name, each in people.items()}})
    columns: dict[str, Any] = {
        "criterion": st.column_config.TextColumn(t("Criterion"), disabled=True, pinned=True),
        **{
            f"person_{n}": st.column_config.NumberColumn(name, min_value=0, max_value=weigh.MOST_POINTS, format="%g")
            for n, name in enumerate(names)
        },
    }
    if isinstance(found, Computed):
        detail, place = found.weights.detail, list(found.criteria)
        table["mean"] = [100 * float(found.weights.values[place.index(key)]) for key in desk.criteria]
        table["range"] = [
            t("{low:.0f} to {high:.0f} %", low=100 * detail["low"][key], high=100 * detail["high"][key])
            for key in desk.criteria
        ]
        columns |= {
            "mean": st.column_config.NumberColumn(t("Mean"), format="%.1f %%", disabled=True),
            "range": st.column_config.TextColumn(t("Lowest to highest"), disabled=True),
        }
    key = f"{desk.stem}_table_{desk.ctx.profile_number}"
    st.data_editor(
        table, key=key, hide_index=True, num_rows="fixed", height="content", alt=t("Everybody's weights"),
        column_config=columns, on_change=_edited, args=(desk, key),
    )  # fmt: skip


def _edited(desk: Desk, key: str) -> None:
    desk = fresh(desk)
    save(desk, {"people": typed(given(desk), st.session_state[key]["edited_rows"], desk.criteria)})


def typed(
    people: Mapping[str, Mapping[str, float]], edits: Mapping[Any, Mapping[str, Any]], criteria: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Return everybody's points after changes in the table; an emptied cell is 0."""
    found = {name: dict(each) for name, each in people.items()}
    columns = {f"person_{n}": name for n, name in enumerate(people)}
    for row, cells in edits.items():
        for column, value in cells.items():
            if column in columns and int(row) < len(criteria):
                found[columns[column]][criteria[int(row)]] = float(value or 0.0)
    return found


def _join(desk: Desk) -> None:
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    left.text_input(t("Name of the person"), key=f"{desk.stem}_who", max_chars=MOST_NAME)
    middle.selectbox(
        t("Begins with the weights of"), desk.ctx.profile.scenario_names, key=f"{desk.stem}_from",
        format_func=scenario_title,
    )  # fmt: skip
    right.button(t("Add"), key="people_add", on_click=_add, args=(desk,), width="stretch")


def _add(desk: Desk) -> None:
    desk, name = fresh(desk), " ".join(st.session_state[f"{desk.stem}_who"].split())
    people = given(desk)
    if not name or name in people or len(people) >= MOST_PEOPLE:
        refuse("weights", WeightsError(
            msg("There may be {most} people. Let one go first.", most=MOST_PEOPLE) if len(people) >= MOST_PEOPLE
            else msg("“{name}” has weights already. Type another name.", name=name) if name
            else msg("Type the name of the person first.")
        ))  # fmt: skip
        return
    weights = desk.ctx.profile.weights(st.session_state[f"{desk.stem}_from"]).tolist()
    shares = dict(zip((c.id for c in desk.ctx.profile.criteria), weights, strict=True))
    mine = {key: round(100 * shares[key], 1) for key in desk.criteria}
    if not any(mine.values()):
        mine = dict.fromkeys(desk.criteria, 1.0)
    if save(desk, {"people": {**people, name: mine}}):
        st.session_state[f"{desk.stem}_who"] = ""


def _leave(desk: Desk, people: Mapping[str, Mapping[str, float]]) -> None:
    with st.container(horizontal=True):
        for n, name in enumerate(people):
            st.button(
                md(t("Without {name}", name=name)), key=f"people_drop_{n}", icon=":material/close:", on_click=_drop,
                args=(desk, name),
            )  # fmt: skip


def _drop(desk: Desk, name: str) -> None:
    desk = fresh(desk)
    save(desk, {"people": {each: mine for each, mine in given(desk).items() if each != name}})


def recounted(desk: Desk, criteria: tuple[str, ...]) -> Answers:
    """Return everybody's points for other criteria; who is new has none yet."""
    return {"people": given(replace(desk, criteria=criteria))}
