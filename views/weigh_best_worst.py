"""Against the most and the least important: two criteria are chosen, and every other one is compared with both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from criteria.text import Message
from views.weigh_desk import Answers, Desk, computed, fresh, labels, save, synced
from views.weigh_pairs import WORDS
from views.words import md, say, t

MOST = 9


def show(desk: Desk) -> None:
    """Ask for the two ends, how far they are apart, and where the others stand between."""
    if len(desk.criteria) < 2:
        st.info(t("At least two criteria must count."))
        return
    best, worst = ends(desk)
    left, right = st.columns(2)
    with left:
        _end(desk, "best", best, worst, t("The most important"))
    with right:
        _end(desk, "worst", worst, best, t("The least important"))
    _span(desk, best, worst)
    middle = [key for key in desk.criteria if key not in (best, worst)]
    if middle:
        _table(desk, best, worst, middle)
    _told(desk, best, worst, middle)


def ends(desk: Desk) -> tuple[str, str]:
    """Return the most and the least important criterion: as answered, else the heaviest and the lightest."""
    shares = dict(
        zip((c.id for c in desk.ctx.profile.criteria), desk.ctx.profile.weights(desk.scenario).tolist(), strict=True)
    )
    given = [desk.answers.get(which) for which in ("best", "worst")]
    best = given[0] if given[0] in desk.criteria else max(desk.criteria, key=lambda key: shares[key])
    rest = [key for key in desk.criteria if key != best]
    worst = given[1] if given[1] in rest else min(reversed(rest), key=lambda key: shares[key])
    return str(best), str(worst)


def _end(desk: Desk, which: str, chosen: str, other: str, label: str) -> None:
    key = f"{desk.stem}_{which}"
    st.selectbox(
        label, [each for each in desk.criteria if each != other], key=synced(key, chosen), format_func=desk.title,
        on_change=_set_end, args=(desk, which, key),
    )  # fmt: skip


def _set_end(desk: Desk, which: str, key: str) -> None:
    """Choose another end; what was compared with the former one is asked again."""
    desk = fresh(desk)
    best, worst = ends(desk)
    gone = "best_to_others" if which == "best" else "others_to_worst"
    chosen = {"best": best, "worst": worst} | {which: st.session_state[key]}
    kept = {name: dict(desk.answers.get(name, {})) for name in ("best_to_others", "others_to_worst")}
    for answers in kept.values():
        for end in (best, worst):
            answers.pop(end, None)
    _save(desk, chosen, kept | {gone: {}})


def _save(desk: Desk, chosen: Mapping[str, str], lists: Mapping[str, Mapping[str, float]]) -> None:
    save(desk, {"model": desk.answers.get("model", "linear"), **chosen, **lists})


def _lists(desk: Desk) -> dict[str, dict[str, float]]:
    known = set(desk.criteria)
    return {
        name: {key: float(value) for key, value in dict(desk.answers.get(name, {})).items() if key in known}
        for name in ("best_to_others", "others_to_worst")
    }


def _span(desk: Desk, best: str, worst: str) -> None:
    key = f"{desk.stem}_span"
    now = _lists(desk)["best_to_others"].get(worst)
    st.selectbox(
        md(t("“{best}” matters …", best=desk.title(best))), list(WORDS), index=None,
        key=synced(key, int(now) if now is not None and now in WORDS else None), placeholder=t("Choose one"),
        format_func=lambda n: t("{judgement} “{worst}”", judgement=WORDS[n], worst=desk.title(worst)),
        on_change=_set_span, args=(desk, key),
    )  # fmt: skip


def _set_span(desk: Desk, key: str) -> None:
    desk = fresh(desk)
    best, worst = ends(desk)
    lists, chosen = _lists(desk), st.session_state[key]
    lists["best_to_others"].pop(worst, None)
    lists["others_to_worst"].pop(best, None)
    if chosen is not None:
        lists["best_to_others"][worst] = lists["others_to_worst"][best] = float(chosen)
    _save(desk, {"best": best, "worst": worst}, lists)


def _table(desk: Desk, best: str, worst: str, middle: list[str]) -> None:
    st.markdown(
        md(t("How many times as important, from 1 (the same) over 3 (moderately), 5 (strongly) and 7 (very strongly) "
             "to 9 (extremely)?"))
    )  # fmt: skip
    lists = _lists(desk)
    table = pd.DataFrame(
        {
            "criterion": [desk.title(key) for key in middle],
            "best_to_others": [lists["best_to_others"].get(key) for key in middle],
            "others_to_worst": [lists["others_to_worst"].get(key) for key in middle],
        }
    ).astype({"best_to_others": "Float64", "others_to_worst": "Float64"})
    key = f"{desk.stem}_table_{desk.ctx.profile_number}"
    st.data_editor(
        table, key=key, hide_index=True, num_rows="fixed", height="content", placeholder="?",
        alt=t("Comparisons with both ends"), on_change=_set_table, args=(desk, key, middle),
        column_config={
            "criterion": st.column_config.TextColumn(t("Criterion"), disabled=True, pinned=True),
            "best_to_others": st.column_config.NumberColumn(
                t("“{best}” against it", best=desk.title(best)), min_value=1, max_value=MOST, step=1
            ),
            "others_to_worst": st.column_config.NumberColumn(
                t("It against “{worst}”", worst=desk.title(worst)), min_value=1, max_value=MOST, step=1
            ),
        },
    )  # fmt: skip


def _set_table(desk: Desk, key: str, middle: list[str]) -> None:
    desk = fresh(desk)
    best, worst = ends(desk)
    lists = typed(_lists(desk), st.session_state[key]["edited_rows"], middle)
    _save(desk, {"best": best, "worst": worst}, lists)


def typed(
    lists: Mapping[str, Mapping[str, float]], edits: Mapping[Any, Mapping[str, Any]], middle: list[str]
) -> dict[str, dict[str, float]]:
    """Return both lists of comparisons after changes in the table; an emptied cell is no answer."""
    found = {name: dict(values) for name, values in lists.items()}
    for row, cells in edits.items():
        for name, value in cells.items():
            if name in found and int(row) < len(middle):
                found[name].pop(middle[int(row)], None)
                if value is not None:
                    found[name][middle[int(row)]] = float(value)
    return found


def _told(desk: Desk, best: str, worst: str, middle: list[str]) -> None:
    """Say what is still missing or what does not fit."""
    lists = _lists(desk)
    wanted = [("best_to_others", key) for key in (*middle, worst)] + [("others_to_worst", key) for key in middle]
    missing = sum(key not in lists[name] for name, key in wanted)
    if missing:
        done = len(wanted) - missing
        st.progress(done / len(wanted), text=md(t("{done} of {n} comparisons", done=done, n=len(wanted))))
        return
    st.toggle(
        md(t("Keep open what these answers leave open")), key=synced(f"{desk.stem}_model", _is_open(desk)),
        on_change=_set_model, args=(desk,),
        help=md(t("Off: one set of weights (linear model). On: every set that fits equally well counts when the "
                  "ranking is tested (nonlinear model).")),
    )  # fmt: skip
    found = computed(desk.way, desk.answers, labels(desk))
    if isinstance(found, Message):
        st.warning(md(say(found)), icon=":material/rule:")


def _is_open(desk: Desk) -> bool:
    return desk.answers.get("model") == "nonlinear"


def _set_model(desk: Desk) -> None:
    desk = fresh(desk)
    best, worst = ends(desk)
    model = "nonlinear" if st.session_state[f"{desk.stem}_model"] else "linear"
    save(desk, {**_lists(desk), "best": best, "worst": worst, "model": model})


def recounted(desk: Desk, criteria: tuple[str, ...]) -> Answers:
    """Return the answers about other criteria; with an end that no longer counts its comparisons go."""
    lists = _lists(replace(desk, criteria=criteria))
    best, worst = ends(desk)
    if best not in criteria:
        lists["best_to_others"] = {}
    if worst not in criteria:
        lists["others_to_worst"] = {}
    now = ends(replace(desk, criteria=criteria)) if len(criteria) > 1 else (best, worst)
    return {"model": desk.answers.get("model", "linear"), "best": now[0], "worst": now[1], **lists}
