"""First choice and reserve of one region: prefilled from the ranking, a departure shows its price and asks why."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from criteria.errors import RunError
from criteria.text import Message, msg
from selection.departure import Departure, conditions, departure
from selection.evidence import proof_for_signing, require_proof
from selection.memo import Choice
from selection.model import FAIL, PENDING
from selection.since import snapshot
from views import frame
from views.decision_desk import NOBODY, Desk
from views.words import md, say, t


@dataclass(frozen=True, slots=True)
class Prices:
    """What the chosen ones cost against the ranking; *why* = a reason is asked for."""

    first: Departure | None
    reserve: Departure | None
    why: bool


def show(desk: Desk) -> Choice:
    """Show the two choices, their price and the button; return what is chosen now."""
    left, right = st.columns(2)
    with left:
        first = _first(desk)
    with right:
        reserve = _reserve(desk, first)
    found = prices(desk, desk.rows.get(first), desk.rows.get(reserve))
    if first == NOBODY:
        _nobody(desk)
    else:
        _what_it_costs(desk, found, first)
    reason = _reason(desk, found.why or _unproven(desk, first))
    _sign(desk, first, reserve)
    return Choice(desk.rows.get(first), None if first == NOBODY else desk.rows.get(reserve), reason)


def _first(desk: Desk) -> str:
    options = [*desk.rows, NOBODY]
    if desk.decision is not None:
        proposed = desk.decision.first or NOBODY
    else:
        proposed = desk.id_of(desk.proposal.first) if desk.ready() else NOBODY
    chosen: str = st.selectbox(
        t("First choice"), options, index=options.index(proposed) if proposed in options else len(options) - 1,
        key=f"first_choice|{desk.key}",
        format_func=lambda key: t("Nobody yet: keep searching") if key == NOBODY else desk.labels.get(key, key),
    )  # fmt: skip
    return chosen


def _reserve(desk: Desk, first: str) -> str:
    options = [NOBODY, *(key for key in desk.rows if key != first)]
    proposed = _next_best(desk, first)
    if desk.decision is not None and desk.decision.first == first:
        proposed = desk.decision.reserve or NOBODY
    chosen: str = st.selectbox(
        t("Reserve"), options, index=options.index(proposed) if proposed in options else 0,
        key=f"reserve|{desk.key}|{first}", disabled=first == NOBODY,
        format_func=lambda key: t("No reserve") if key == NOBODY else desk.labels.get(key, key),
    )  # fmt: skip
    return chosen


def _next_best(desk: Desk, first: str) -> str:
    """Return the best qualified candidate beside *first*; nobody where nobody is chosen first."""
    if first == NOBODY:
        return NOBODY
    best = (desk.id_of(row) for row in (desk.proposal.first, desk.proposal.reserve) if row is not None)
    return next((key for key in best if key != first), NOBODY)


def prices(desk: Desk, first: int | None, reserve: int | None) -> Prices:
    """Return what *first* and *reserve* cost against what the ranking proposes for their places."""
    best = desk.proposal.first
    if first is None:
        return Prices(None, None, desk.ready())
    lost = None if best is None else departure(desk.ranking, first, best)
    next_best = desk.rows.get(_next_best(desk, desk.id_of(first)))
    behind = None
    if reserve is not None and next_best is not None:
        behind = departure(desk.ranking, reserve, next_best)
    return Prices(lost, behind, lost is not None or behind is not None or best is None)


def _what_it_costs(desk: Desk, found: Prices, first: str) -> None:
    """Show what departs from the ranking, and what is not settled about the first choice."""
    for cost in (found.first, found.reserve):
        if cost is not None:
            st.warning(md(cost.sentence), icon=":material/alt_route:")
    row = desk.rows[first]
    verdict = int(desk.ranking.screening.verdicts[row])
    name = desk.labels[first]
    if verdict == PENDING:
        st.warning(md(t("{name} is still to be verified; sign only when that is done.", name=name)))
    if verdict == FAIL:
        st.error(md(_eliminated(name)))
    proof = proof_for_signing(desk.ranking, row)
    if proof.sentence is not None:
        st.warning(md(proof.sentence), icon=":material/fact_check:") if proof.short_of else st.caption(
            md(proof.sentence)
        )
    if found.first is None and row in desk.proposal.tied:
        st.caption(md(t("The first place is shared; either choice follows the ranking.")))


def _eliminated(name: str) -> Message:
    return msg(
        "{name} does not meet a must-have and cannot be chosen. Waive the must-have on the page Ranking, "
        "under Eliminated, with a name and a reason; or choose somebody else.",
        name=name,
    )


def _nobody(desk: Desk) -> None:
    """Say what must become true before somebody can be chosen here."""
    if desk.progress.too_early:
        for sentence in desk.progress.sentences:
            st.markdown(md(sentence))
    st.markdown(f"**{md(t('What must become true'))}**")
    st.markdown("\n".join(f"- {md(sentence)}" for sentence in conditions(desk.ranking)))


def _unproven(desk: Desk, first: str) -> bool:
    """Tell whether a must-have of the first choice is not proven well enough to sign without a word."""
    return first != NOBODY and bool(proof_for_signing(desk.ranking, desk.rows[first]).short_of)


def _reason(desk: Desk, needed: bool) -> str:
    saved = desk.decision.reason if desk.decision else ""
    label = t("Why? (this decision needs a reason)") if needed else t("Remark (optional)")
    typed: str = st.text_area(label, value=saved, key=f"reason|{desk.key}", max_chars=2000, height=80)
    return typed.strip()


def _sign(desk: Desk, first: str, reserve: str) -> None:
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        st.text_input(
            t("Decided by"), value=desk.ctx.who, key="decided_by", max_chars=80, persist_state="session",
            help=t("The name stands on the memo."),
        )  # fmt: skip
    with right:
        st.button(
            t("Save the decision"), type="primary", key="save_decision", on_click=_save, args=(desk, first, reserve),
            width="stretch",
        )  # fmt: skip


def _save(desk: Desk, first: str, reserve: str) -> None:
    reason = str(st.session_state.get(f"reason|{desk.key}", "")).strip()
    by = str(st.session_state.get("decided_by", "")).strip()
    if frame.act(save, desk, first, reserve, reason, by):
        st.session_state["notice"] = t("The decision is saved.")


def save(desk: Desk, first: str, reserve: str, reason: str, by: str) -> None:
    """Keep the decision with its price and a snapshot of the ranking; raise RunError where it cannot be made so."""
    one, two = desk.rows.get(first), desk.rows.get(reserve) if first != NOBODY else None
    for key, row in ((first, one), (reserve, two)):
        if row is not None and desk.ranking.screening.verdicts[row] == FAIL:
            raise RunError(_eliminated(desk.labels[key]))
    if one is not None:
        require_proof(desk.ranking, one, reason)
    found = prices(desk, one, two)
    if found.why and not reason:
        raise RunError(
            msg("This departs from the ranking. Say why in a few words; the reason is kept with the decision.")
        )
    price = " ".join(say(cost.sentence) for cost in (found.first, found.reserve) if cost is not None)
    desk.ctx.store.decide(
        desk.ctx.project.id, desk.region, None if one is None else first, reserve=None if two is None else reserve,
        who=by, reason=reason, price=price,
        details={**snapshot(desk.ranking, one, two), "standard": desk.ctx.profile_number},
    )  # fmt: skip
