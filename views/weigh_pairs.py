"""Compare pairs: two criteria at a time, which matters more and how much; what contradicts what, and a way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from criteria.text import Message, msg
from criteria.weights.again import Computed
from criteria.weights.words import consistency
from views.weigh_desk import Answers, Desk, computed, ends_text, fresh, labels, save
from views.words import md, say, t, tn

Judgement = tuple[str, str, float]
STRENGTHS: Mapping[int, Message] = {
    3: msg("moderately more"), 5: msg("strongly more"), 7: msg("very strongly more"), 9: msg("extremely more"),
}  # fmt: skip
WORDS: Mapping[int, Message] = {
    1: msg("as much as (1)"),
    2: msg("slightly more than (2)"),
    3: msg("moderately more than (3)"),
    4: msg("more than (4)"),
    5: msg("strongly more than (5)"),
    6: msg("much more than (6)"),
    7: msg("very strongly more than (7)"),
    8: msg("far more than (8)"),
    9: msg("extremely more than (9)"),
}
_SAME = 1e-9


def show(desk: Desk) -> None:
    """Show the next pair, how far the answers fit each other, and the answers given."""
    given = judgements(desk)
    pair = next_pair(desk.criteria, given, _skipped(desk))
    n = len(desk.criteria)
    if pair is None:
        st.success(t("Every pair is compared."), icon=":material/check:")
    else:
        _ask(desk, given, pair)
    st.progress(min(len(given) / max(n - 1, 1), 1.0), text=md(_progress(len(given), n)))
    _fit(desk, given)
    if given:
        with st.expander(tn("{n} answer", "{n} answers", len(given)), key=f"{desk.stem}_given"):
            _given(desk, given)


def _progress(done: int, n: int) -> Message:
    if done < n - 1:
        return msg("{done} of at least {needed} comparisons", done=done, needed=n - 1)
    return msg("{done} comparisons of {every}: enough to weigh; more of them check each other.", done=done,
               every=n * (n - 1) // 2)  # fmt: skip


def judgements(desk: Desk) -> tuple[Judgement, ...]:
    """Return the answers about criteria that count."""
    known = set(desk.criteria)
    found = []
    for each in desk.answers.get("judgements", ()):
        first, second, value = each
        if {first, second} <= known and first != second and value > 0:
            found.append((str(first), str(second), float(value)))
    return tuple(found)


def next_pair(
    criteria: Sequence[str], given: Sequence[Judgement], skipped: Sequence[tuple[str, str]] = ()
) -> tuple[str, str] | None:
    """Return the pair to ask next: neighbours first, which link everything, then those further apart.

    >>> next_pair("abc", [("a", "b", 3.0)]), next_pair("abc", [("a", "b", 3.0), ("c", "b", 1.0)])
    (('b', 'c'), ('a', 'c'))
    """
    judged = {frozenset(each[:2]) for each in given}
    n = len(criteria)
    pairs = [(criteria[i], criteria[i + step]) for step in range(1, n) for i in range(n - step)]
    left = [pair for pair in pairs if frozenset(pair) not in judged]
    return next((pair for pair in left if pair not in skipped), left[0] if left else None)


def _skipped(desk: Desk) -> list[tuple[str, str]]:
    return [tuple(pair) for pair in st.session_state.get(f"{desk.stem}_skipped", [])]


def _ask(desk: Desk, given: Sequence[Judgement], pair: tuple[str, str]) -> None:
    """Show two cards with four strengths each, and "the same" below; every question has buttons of its own."""
    st.markdown(md(t("Which of these two jumps matters more, and how much?")))
    cards = st.columns(2, border=True)
    for card, key, turned in zip(cards, pair, (False, True), strict=True):
        with card:
            st.markdown(f"**{md(desk.title(key))}**")
            st.caption(md(ends_text(desk.criterion(key))))
            for strength, text in STRENGTHS.items():
                st.button(
                    md(text), key=f"pair_{'second' if turned else 'first'}_{strength}_{len(given)}",
                    width="stretch",
                    on_click=_judge, args=(desk, pair, 1.0 / strength if turned else float(strength)),
                )  # fmt: skip
    with st.container(horizontal=True):
        st.button(md(t("Both the same")), key=f"pair_equal_{len(given)}", on_click=_judge, args=(desk, pair, 1.0))
        st.button(md(t("Skip")), key=f"pair_skip_{pair}", on_click=_skip, args=(desk, pair))
        if given:
            st.button(
                md(t("Take back the last answer")), key=f"pair_back_{len(given)}", icon=":material/undo:",
                on_click=_back, args=(desk, given[-1]),
            )  # fmt: skip


def _judge(desk: Desk, pair: tuple[str, str], value: float) -> None:
    desk = fresh(desk)
    rest = [each for each in judgements(desk) if set(each[:2]) != set(pair)]
    _keep(desk, [*rest, (*pair, value)])


def _back(desk: Desk, last: Judgement) -> None:
    desk = fresh(desk)
    _keep(desk, [each for each in judgements(desk) if each != last])


def _keep(desk: Desk, given: Sequence[Judgement]) -> None:
    save(desk, {"judgements": [list(each) for each in given]})


def _skip(desk: Desk, pair: tuple[str, str]) -> None:
    skipped = [each for each in _skipped(desk) if each != pair]
    st.session_state[f"{desk.stem}_skipped"] = [list(each) for each in [*skipped, pair]]


def _fit(desk: Desk, given: Sequence[Judgement]) -> None:
    """Say where the answers give no weights, and offer the one answer that would fit the others better."""
    if len(given) < len(desk.criteria):
        return
    found = computed(desk.way, dict(desk.answers) | {"judgements": [list(each) for each in given]}, labels(desk))
    if not isinstance(found, Computed):
        st.warning(md(found))
        return
    revisit = found.weights.detail["revisit"]
    # Beside the weights the sentence says what this answer would improve; here it can be taken.
    if revisit is not None and len(consistency(found.weights, found.criteria)) > 1:
        pair = found.criteria[revisit.first], found.criteria[revisit.second]
        st.button(
            md(t("Change this answer: {first} matters {judgement} {second}", first=desk.title(pair[0]),
                 judgement=judged(revisit.nearest), second=desk.title(pair[1]))),
            key="pair_take", on_click=_judge, args=(desk, pair, float(revisit.nearest)), wrap=True,
        )  # fmt: skip


def judged(value: float) -> Message:
    """Return a judgement in words, to stand between two criteria."""
    if value >= 1 - _SAME:
        return WORDS[min(9, max(1, round(value)))]
    return msg("less than (1/{times})", times=min(9, round(1 / value)))


def _given(desk: Desk, given: Sequence[Judgement]) -> None:
    """Show the answers in a table where each can be changed; an emptied one is taken back."""
    scale = [1.0 / n for n in range(9, 1, -1)] + [float(n) for n in range(1, 10)]
    texts = {say(judged(value)): value for value in scale}
    table = pd.DataFrame(
        {
            "first": [desk.title(first) for first, _, _ in given],
            "judgement": [say(judged(value)) for _, _, value in given],
            "second": [desk.title(second) for _, second, _ in given],
        }
    )
    key = f"{desk.stem}_table_{desk.ctx.profile_number}"
    st.data_editor(
        table, key=key, hide_index=True, num_rows="fixed", height="content", alt=t("Your answers"),
        on_change=_edited, args=(desk, key, texts),
        column_config={
            "first": st.column_config.TextColumn("", disabled=True),
            "judgement": st.column_config.SelectboxColumn(t("matters"), options=list(texts)),
            "second": st.column_config.TextColumn("", disabled=True),
        },
    )  # fmt: skip


def _edited(desk: Desk, key: str, texts: Mapping[str, float]) -> None:
    desk = fresh(desk)
    _keep(desk, changed(judgements(desk), st.session_state[key]["edited_rows"], texts))


def changed(
    given: Sequence[Judgement], edits: Mapping[Any, Mapping[str, Any]], texts: Mapping[str, float]
) -> list[Judgement]:
    """Return the answers after changes in the table, by row number; an emptied answer goes."""
    rows = {int(row): cells["judgement"] for row, cells in edits.items() if "judgement" in cells}
    found = []
    for n, (first, second, value) in enumerate(given):
        if n not in rows:
            found.append((first, second, value))
        elif rows[n] in texts:
            found.append((first, second, texts[rows[n]]))
    return found


def recounted(desk: Desk, criteria: tuple[str, ...]) -> Answers:
    """Return the answers about other criteria: a pair with one that no longer counts goes."""
    return {"judgements": [list(each) for each in judgements(replace(desk, criteria=criteria))]}
