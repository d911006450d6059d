"""Which jump matters most? What the jump from just qualified to ideal is worth on each criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from views.weigh_desk import Answers, Desk, fresh, jump, jump_text, save, synced
from views.words import md, say, t

MOST = 100
_PLAIN_JUMP = 50.0  # from qualified to ideal on the 0..100 scale


def show(desk: Desk) -> None:
    """Ask for the jump worth most, then what each other is worth beside it."""
    st.markdown(
        md(t("Picture a distributor that is just qualified on everything. You may lift it to the ideal on one "
             "criterion only. Which jump is worth most?"))
    )  # fmt: skip
    asked = asked_points(desk)
    top = desk.answers.get("top")
    top = top if top in desk.criteria else None
    key = f"{desk.stem}_top"
    st.selectbox(
        t("The jump worth most"), desk.criteria, index=None, key=synced(key, top), placeholder=t("Choose one"),
        format_func=lambda each: say(jump_text(desk.criterion(each))), on_change=_set_top, args=(desk, key),
    )  # fmt: skip
    if top is None:
        return
    st.markdown(
        md(t("It is worth 100. What is each of the other jumps worth beside it? 50 = half as much, 0 = nothing."))
    )
    for each in desk.criteria:
        if each != top:
            key = f"{desk.stem}_{each}"
            st.slider(
                md(jump_text(desk.criterion(each))), 0, MOST, key=synced(key, round(asked[each])), step=5,
                on_change=_set, args=(desk, each, key),
            )  # fmt: skip


def asked_points(desk: Desk) -> dict[str, float]:
    """Return what each jump is worth as answered; before the first answer as the weights have it, the top at 100."""
    given = desk.answers.get("asked")
    if isinstance(given, Mapping):
        return {key: _asked(given.get(key)) for key in desk.criteria}
    shares = dict(
        zip((c.id for c in desk.ctx.profile.criteria), desk.ctx.profile.weights(desk.scenario).tolist(), strict=True)
    )
    worth = {key: shares[key] * _size(desk, key) for key in desk.criteria}
    most = max(worth.values()) or 1.0
    return {key: 5.0 * round(20.0 * each / most) if each else float(MOST) for key, each in worth.items()}


def _asked(value: object) -> float:
    """Return an answer from 0 to 100; who is new begins at the top."""
    known = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST
    return float(value) if known else float(MOST)  # type: ignore[arg-type]  # a number, as checked


def points(desk: Desk, asked: Mapping[str, float]) -> dict[str, float]:
    """Return the points per value of the scale: a jump from the floor is longer than one from qualified to ideal."""
    return {key: round(each / _size(desk, key), 6) for key, each in asked.items()}


def _size(desk: Desk, key: str) -> float:
    ends = jump(desk.criterion(key))
    return 1.0 if ends is None else (ends[1].value - ends[0].value) / _PLAIN_JUMP


def _set_top(desk: Desk, key: str) -> None:
    top, desk = st.session_state[key], fresh(desk)
    if top is not None:
        _save(desk, top, asked_points(desk) | {top: float(MOST)})


def _set(desk: Desk, criterion: str, key: str) -> None:
    desk = fresh(desk)
    top = desk.answers["top"]
    _save(desk, top, asked_points(desk) | {top: float(MOST), criterion: float(st.session_state[key])})


def _save(desk: Desk, top: str, asked: Mapping[str, float]) -> None:
    save(desk, {"points": points(desk, asked), "asked": dict(asked), "top": top})


def recounted(desk: Desk, criteria: tuple[str, ...]) -> Answers:
    """Return the answers for other criteria; without the former top a new one is asked for."""
    now = replace(desk, criteria=criteria)
    asked = asked_points(now)
    top = {"top": desk.answers["top"]} if desk.answers.get("top") in criteria else {}
    return {"points": points(now, asked), "asked": asked, **top}
