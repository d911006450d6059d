"""Choose between two candidates: invented pairs that differ in two criteria, asked where the answer tells most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from criteria.text import Message, msg
from criteria.weights.again import Computed
from criteria.weights.tradeoff import BETWEEN, Answer, Choice
from criteria.weights.tradeoff_levels import Shown, shown_levels
from criteria.weights.tradeoff_question import Question, next_question
from views.weigh_desk import Answers, Desk, computed, fresh, save, shown_text
from views.words import md, say, t, tn

SIDES = (msg("Candidate A"), msg("Candidate B"))


def show(desk: Desk) -> None:
    """Show the next question, how much is decided, what contradicts what, and the answers given."""
    given = answers(desk)
    found = computed(desk.way, _record(desk, given)) if given else None
    if isinstance(found, Computed):
        _contradictions(desk, given, found)
    question = _next(given, _levels(desk))
    if question is None:
        st.success(t("There is nothing left to ask that would tell more."), icon=":material/check:")
    else:
        _ask(desk, given, question)
    _decided(desk, given, found)
    if given:
        with st.expander(tn("{n} answer", "{n} answers", len(given)), key=f"{desk.stem}_given"):
            for n, answer in enumerate(given):
                _given(desk, given, n, answer)


def answers(desk: Desk) -> tuple[Answer, ...]:
    """Return the answers as recorded, as long as they are about the criteria that count."""
    same = desk.answers.get("criteria") == list(desk.criteria)
    if not same or not isinstance(computed(desk.way, desk.answers), Computed):
        return ()
    return tuple(
        Answer(tuple(each["first"]), tuple(each["second"]), each["choice"]) for each in desk.answers.get("answers", ())
    )


def _record(desk: Desk, given: Sequence[Answer]) -> Answers:
    plain = [{"first": list(a.first), "second": list(a.second), "choice": a.choice} for a in given]
    return {"criteria": list(desk.criteria), "answers": plain}


def _levels(desk: Desk) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(shown.value for shown in shown_levels(desk.criterion(key))) for key in desk.criteria)


@st.cache_resource(max_entries=200, show_spinner=False)
def _next(given: tuple[Answer, ...], levels: tuple[tuple[float, ...], ...]) -> Question | None:
    return next_question(given, len(levels), levels)


def _ask(desk: Desk, given: Sequence[Answer], question: Question) -> None:
    """Show both candidates side by side and the four answers."""
    st.markdown(md(t("Two candidates are alike in everything else. Which one would you take?")))
    cards = st.columns(2, border=True)
    choices: tuple[Choice, ...] = ("first", "second")
    for card, side, values, choice in zip(cards, SIDES, (question.first, question.second), choices, strict=True):
        with card:
            st.markdown(f"**{md(side)}**")
            for j in question.criteria:
                _trait(
                    desk, desk.criteria[j], values[j], better=values[j] == max(question.first[j], question.second[j])
                )
            _button(desk, given, question, choice, msg("Take {candidate}", candidate=side), first=True)
    with st.container(horizontal=True):
        _button(desk, given, question, "equal", msg("About equal"))
        _button(desk, given, question, "unsure", msg("Can't say"))
        if given:
            st.button(
                md(t("Take back the last answer")), key=f"tradeoff_back_{len(given)}", icon=":material/undo:",
                on_click=_take_back, args=(desk, given[-1]),
            )  # fmt: skip


def _button(
    desk: Desk, given: Sequence[Answer], question: Question, choice: Choice, label: Message, first: bool = False
) -> None:
    st.button(
        md(label), key=f"tradeoff_{choice}_{len(given)}", on_click=_answer,
        args=(desk, question.answered(choice)),
        width="stretch" if first else "content", type="primary" if first else "secondary",
    )  # fmt: skip


def _answer(desk: Desk, answer: Answer) -> None:
    desk = fresh(desk)
    save(desk, _record(desk, answered(answers(desk), answer)))


def answered(given: Sequence[Answer], answer: Answer) -> list[Answer]:
    """Return one more answer; a question pressed twice is answered once, by the last press."""
    return [*(each for each in given if (each.first, each.second) != (answer.first, answer.second)), answer]


def _take_back(desk: Desk, answer: Answer) -> None:
    desk = fresh(desk)
    save(desk, _record(desk, [each for each in answers(desk) if each != answer]))


def _trait(desk: Desk, key: str, value: float, *, better: bool) -> None:
    """Show one criterion of a candidate; what it is better in stands out."""
    criterion, shown = desk.criterion(key), _shown(desk, key, value)
    text = md(shown_text(criterion, shown))
    st.markdown(f"{md(criterion.title)}: **{text}**" if better else f"{md(criterion.title)}: {text}")
    rating = shown.raw
    if criterion.kind == "judged" and criterion.rubric and isinstance(rating, float) and rating == int(rating):
        st.caption(md(criterion.rubric[int(rating) - 1]))


def _shown(desk: Desk, key: str, value: float) -> Shown:
    levels = shown_levels(desk.criterion(key))
    return min(levels, key=lambda shown: abs(shown.value - value), default=Shown(value, value))


def _decided(desk: Desk, given: Sequence[Answer], found: Computed | Message | None) -> None:
    """Say how far apart the weights may still be, so that one knows when to stop."""
    if not isinstance(found, Computed):
        st.progress(0.0, text=md(t("Nothing is decided yet. About three answers per criterion settle most of it.")))
        return
    width = float((found.weights.detail["intervals"] @ [-1.0, 1.0]).mean())
    text = tn(
        "{n} answer. On average a weight is still open by {open:.0f} points of 100. Stop whenever you like.",
        "{n} answers. On average a weight is still open by {open:.0f} points of 100. Stop whenever you like.",
        len(given), open=100 * width,
    )  # fmt: skip
    st.progress(1.0 - min(width, 1.0), text=md(text))


def _contradictions(desk: Desk, given: Sequence[Answer], found: Computed) -> None:
    """Name the answers that cannot all hold, and offer to take any of them back."""
    for contradiction in found.weights.detail["contradictions"]:
        st.warning(md(contradiction.sentence), icon=":material/rule:")
        with st.container(horizontal=True):
            for n in (*contradiction.others, contradiction.answer):
                st.button(
                    md(t("Take back answer {n}", n=n + 1)), key=f"tradeoff_undo_{contradiction.answer}_{n}",
                    on_click=_take_back, args=(desk, given[n]), help=md(_sentence(desk, given[n])),
                )  # fmt: skip


def _given(desk: Desk, given: Sequence[Answer], n: int, answer: Answer) -> None:
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(f"**{n + 1}** · {md(_sentence(desk, answer))}", width="stretch")
        st.button(
            "✕", key=f"tradeoff_drop_{n}", help=t("Take back this answer"), on_click=_take_back,
            args=(desk, answer),
        )  # fmt: skip


def _sentence(desk: Desk, answer: Answer) -> Message:
    """Return an answer in a sentence: what was taken over what."""
    sides = []
    for mine, other in ((answer.first, answer.second), (answer.second, answer.first)):
        better = [j for j, (one, two) in enumerate(zip(mine, other, strict=True)) if one > two]
        named = [_value_text(desk, j, mine[j]) for j in better]
        sides.append(", ".join(named) if named else t("nothing better"))
    facts = {"first": sides[0], "second": sides[1]}
    if answer.choice == "first":
        return msg("{first} rather than {second}", **facts)
    if answer.choice == "second":
        return msg("{second} rather than {first}", **facts)
    if answer.choice == "equal":
        return msg("{first} about as good as {second}", **facts)
    return msg("{first} or {second}: can't say", **facts)


def _value_text(desk: Desk, j: int, value: float) -> str:
    key = desk.criteria[j]
    text = shown_text(desk.criterion(key), _shown(desk, key, value))
    return say(msg("{criterion} {value}", criterion=desk.criterion(key).title, value=text))


def recounted(desk: Desk, criteria: tuple[str, ...]) -> Answers:
    """Return the answers for other criteria: in a new one candidates were alike; answers about one that goes, go."""
    found = []
    for answer in answers(desk):
        sides = [dict(zip(desk.criteria, side, strict=True)) for side in (answer.first, answer.second)]
        if {key for key in desk.criteria if sides[0][key] != sides[1][key]} <= set(criteria):
            first, second = (tuple(side.get(key, BETWEEN) for key in criteria) for side in sides)
            found.append(Answer(first, second, answer.choice))
    return _record(replace(desk, criteria=criteria), found)
