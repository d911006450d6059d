"""The quick grid: one factor at a time, one candidate after the other, five anchors to choose from, keys 1 to 5."""

from __future__ import annotations

import streamlit as st

from criteria import Criterion
from criteria.text import Message, msg
from selection.panel_words import DONT_KNOW, anchors
from views import address, context, frame, grid_given
from views.candidates_rows import Rows
from views.context import Context
from views.grid_round import EVERYBODY, LEADING, SCOPE_KEY, Round, make, ranking_of, renew
from views.interview_who import Rater
from views.words import md, say, t, tn

FACTOR_KEY, PERSON_KEY = "factor", "rate_person"
SCOPES: dict[str, Message] = {LEADING: msg("The leading candidates"), EVERYBODY: msg("Everybody who is still in")}


def show(ctx: Context, rows: Rows, rater: Rater) -> None:
    """Show what *rater* is to rate next and the buttons to do it; nobody else's ratings and no totals."""
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with right:
        region, scope = _choices(ctx)
    now = make(ctx, rows, ranking_of(ctx, region), scope, rater)
    if not now.factors or not now.people:
        _nothing_to_rate(now)
        return
    with left:
        factor = _factor(now)
    person = _person(now, factor.id)
    _progress(now, factor)
    if person is None:
        _factor_done(now, rater, factor)
    else:
        _card(ctx, now, rows, rater, factor, person)
    grid_given.show(now, rows, rater, factor)


def _choices(ctx: Context) -> tuple[str | None, str]:
    with st.popover(md(t("Whom to rate")), key="rate_whom"):
        region = context.choose_region(ctx)
        scope = st.segmented_control(
            md(t("Whom to rate")), list(SCOPES), default=LEADING, required=True, key=SCOPE_KEY,
            format_func=lambda key: md(SCOPES[key]), persist_state="session", on_change=_begin,
        )  # fmt: skip
    return region, scope or LEADING


def _begin() -> None:
    renew()
    st.session_state.pop(PERSON_KEY, None)


def _nothing_to_rate(now: Round) -> None:
    if not now.factors:
        st.info(md(t("Nothing in this standard is judged by people, so there is nothing to rate.")))
    else:
        st.info(md(t("Nobody is left to rate here: every candidate of this region is eliminated.")))


def _factor(now: Round) -> Criterion:
    """Show the selector of the factor and return the chosen one; the first with anything open comes first.

    The labels carry no counts: Streamlit tells options apart by their labels, so these must not change.
    """
    keys = [criterion.id for criterion in now.factors]
    address.take(FACTOR_KEY, keys)
    start = {} if FACTOR_KEY in st.session_state else {"index": keys.index(now.next_factor("") or keys[0])}
    by_id = {criterion.id: criterion for criterion in now.factors}
    chosen = st.selectbox(
        md(t("Factor")), keys, key=FACTOR_KEY, **start,
        format_func=lambda key: say(by_id[key].title) if key in by_id else key, on_change=_leave_person,
    )  # fmt: skip
    address.keep(FACTOR_KEY, chosen)
    return by_id[chosen]


def _leave_person() -> None:
    st.session_state.pop(PERSON_KEY, None)


def _person(now: Round, factor: str) -> str | None:
    """Return who is in front: whoever was turned to, else the first who lacks the factor."""
    chosen = st.session_state.get(PERSON_KEY)
    return chosen if chosen in now.people else now.next_person(factor, None)


def _progress(now: Round, factor: Criterion) -> None:
    text = t(
        "{done} of {size} ratings · {left} left on {factor}",
        done=now.done, size=now.size, left=len(now.open_for(factor.id)), factor=factor.title,
    )  # fmt: skip
    st.progress(now.done / now.size, text=md(text))


def _card(ctx: Context, now: Round, rows: Rows, rater: Rater, factor: Criterion, person: str) -> None:
    """Show the candidate, the anchors as buttons, and the ways back, past and out."""
    given = rater.value(rows, factor.id, person)
    with st.container(border=True, key="rate_card"):
        st.subheader(md(now.names[person]), anchor=False)
        place = now.people.index(person) + 1
        st.caption(md(t("{factor} · candidate {place} of {n}", factor=factor.title, place=place, n=len(now.people))))
        halves = bool(st.session_state.get("rate_halves"))
        for rating in (1, 2, 3, 4, 5):
            _button(ctx, now, rater, factor, person, float(rating), given)
            if halves and rating < 5:
                _button(ctx, now, rater, factor, person, rating + 0.5, given)
        _ways_on(ctx, now, rater, factor, person)
        if factor.evidence:
            st.caption(md(t("Look at: {evidence}", evidence=factor.evidence)))
    _more()


def anchor(factor: Criterion, rating: float) -> str:
    """Return the button's text: the number and what it means."""
    if rating != int(rating):
        return t("{rating} · between the two", rating=f"{rating:g}")
    return t("{rating} · {anchor}", rating=f"{rating:g}", anchor=anchors(factor)[int(rating) - 1])


def _button(
    ctx: Context, now: Round, rater: Rater, factor: Criterion, person: str, rating: float, given: float | None
) -> None:
    st.button(
        md(anchor(factor, rating)), key=f"rate_{rating:g}", width="stretch", wrap=True,
        type="primary" if given == rating else "secondary",
        shortcut=f"{rating:g}" if rating == int(rating) else None,
        on_click=_rate, args=(ctx, now, rater, factor.id, person, rating),
    )  # fmt: skip


def _ways_on(ctx: Context, now: Round, rater: Rater, factor: Criterion, person: str) -> None:
    place = now.people.index(person)
    with st.container(horizontal=True):
        st.button(
            md(DONT_KNOW), key="rate_unknown", shortcut="0", on_click=_rate,
            args=(ctx, now, rater, factor.id, person, None),
        )  # fmt: skip
        st.button(
            md(t("Back")), key="rate_back", icon=":material/arrow_back:", disabled=place == 0, on_click=_turn_to,
            args=(now.people[place - 1],),
        )  # fmt: skip
        st.button(md(t("Skip")), key="rate_skip", on_click=_skip, args=(now, factor.id, person))


def _more() -> None:
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    left.toggle(md(t("Half points")), key="rate_halves", persist_state="session")
    right.text_input(md(t("One line of reason for the next rating (optional)")), key="rate_reason", max_chars=300)


def _rate(ctx: Context, now: Round, rater: Rater, factor: str, person: str, rating: float | None) -> None:
    """Save one rating and turn to the next open one; the button can be pressed again to correct it."""
    reason = str(st.session_state.get("rate_reason") or "").strip() or None
    if not frame.act(ctx.store.rate, ctx.project.id, person, factor, rating, who=rater.name, reason=reason):
        return
    st.session_state["rate_reason"] = ""
    after = Round(now.factors, now.people, now.answered | {(factor, person)}, now.names)
    following = after.next_person(factor, person)
    if following is None and (other := after.next_factor(factor)) is not None:
        st.session_state[FACTOR_KEY] = other
        following = after.next_person(other, None)
    st.session_state[PERSON_KEY] = following


def _skip(now: Round, factor: str, person: str) -> None:
    """Turn to the next open candidate without an answer; behind the last one, to the next factor."""
    place = now.people.index(person)
    behind = [each for each in now.open_for(factor) if now.people.index(each) > place]
    if behind:
        _turn_to(behind[0])
        return
    keys = [criterion.id for criterion in now.factors]
    later = [key for key in keys[keys.index(factor) + 1 :] if now.open_for(key)]
    if later:
        st.session_state[FACTOR_KEY] = later[0]
    st.session_state.pop(PERSON_KEY, None)


def _turn_to(person: str) -> None:
    st.session_state[PERSON_KEY] = person


def _factor_done(now: Round, rater: Rater, factor: Criterion) -> None:
    """Say what is done and offer what comes next."""
    left = now.size - now.done
    if left:
        st.success(md(t("{factor} is done for this round.", factor=factor.title)), icon=":material/check:")
        st.button(
            md(tn("Go on: {n} rating left", "Go on: {n} ratings left", left)), type="primary", key="rate_on",
            on_click=_next_factor, args=(now.next_factor(factor.id),),
        )  # fmt: skip
        return
    st.success(md(t("This round is complete.")), icon=":material/check:")
    if rater.panel:  # who leads would tell what the others said
        return
    with st.container(horizontal=True):
        if st.button(md(t("See who leads")), type="primary", key="rate_see"):
            st.switch_page("ranking_page.py")
        st.button(md(t("Another round with whoever leads now")), key="rate_again", on_click=_begin)


def _next_factor(factor: str | None) -> None:
    if factor is not None:
        st.session_state[FACTOR_KEY] = factor
    st.session_state.pop(PERSON_KEY, None)
