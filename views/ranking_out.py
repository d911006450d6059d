"""Who is eliminated, by which must-have and how much, who came near, and what a moved threshold would change."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from selection.model import Eliminated
from selection.screen import number, quantity
from selection.threshold import Dial, Moved, dials, move_limit
from views import change_sweep, frame
from views.ranking_look import Look, heading
from views.words import md, say, t, tn

FIRST, MOST = 10, 1000


def show(look: Look) -> None:
    """Show the eliminated, the near misses first; then the threshold and the waivers."""
    entries = list(look.ranking.eliminated[:MOST])
    if not entries:
        st.info(t("Nobody is eliminated: every candidate meets every must-have, or is still to be verified."))
    else:
        _highest(look, entries)
        _table(look, sorted(entries, key=lambda entry: not entry.near_miss))
    _threshold(look)
    _waive(look, entries)
    _waived(look)


def _highest(look: Look, entries: list[Eliminated]) -> None:
    """Say so when the highest total of all stands among the eliminated."""
    best = max(entries, key=lambda entry: entry.figures.score).figures
    if len(look.ranking.ranked_rows) and best.score > look.ranking.score[look.ranking.ranked_rows[0]]:
        leader = look.ranking.ranked[0].figures
        sentence = t(
            "The highest total stands here: {name} has {score:.1f}, more than {leader} with {lead:.1f}.",
            name=best.name, score=best.score, leader=leader.name, lead=leader.score,
        )  # fmt: skip
        st.warning(md(sentence), icon=":material/priority_high:")


def _table(look: Look, entries: list[Eliminated]) -> None:
    everything = bool(st.session_state.get("show_all_out", False))
    lines = []
    for entry in entries if everything else entries[:FIRST]:
        for failure in entry.failed:
            criterion = look.ranking.profile.by_id[failure.criterion]
            judged_or_number = not criterion.is_category
            lines.append(
                {
                    "name": look.label(entry.figures.row),
                    "near": t("near miss") if entry.near_miss else "",
                    "gate": say(criterion.title),
                    "value": say(quantity(failure.value, criterion)),
                    "limit": say(quantity(failure.limit, criterion)),
                    "short": number(failure.shortfall) if judged_or_number else "",
                    "total": round(entry.figures.score, 1),
                    "waivable": t("yes") if failure.gate == "conditional" else t("no"),
                }
            )
    titles = {
        "name": t("Candidate"), "near": t("Near miss"), "gate": t("Must-have"), "value": t("Value"),
        "limit": t("Limit"), "short": t("Short by"), "waivable": t("May be waived"),
    }  # fmt: skip
    config: dict[str, object] = {key: st.column_config.TextColumn(title) for key, title in titles.items()}
    config["total"] = st.column_config.NumberColumn(t("Total, had it qualified"), format="%.1f")
    st.dataframe(
        pd.DataFrame(lines), hide_index=True, key=f"out_table_{look.key}", column_config=config,
        alt=t("Who is eliminated and why"),
    )  # fmt: skip
    if len(entries) > FIRST:
        st.toggle(tn("Show all: {n} more", "Show all: {n} more", len(entries) - FIRST), key="show_all_out")


# --- the threshold ----------------------------------------------------------------------------------------------------


def _threshold(look: Look) -> None:
    """Show one slider on a must-have: who comes in, who falls out, at which rank."""
    found = {dial.criterion.id: dial for dial in dials(look.ranking)}
    if not found:
        return
    heading(t("What if a must-have stood elsewhere?"))
    if st.session_state.get("dial") not in found:
        st.session_state.pop("dial", None)
    chosen = st.selectbox(
        t("Must-have"),
        list(found),
        key="dial",
        format_func=lambda key: say(found[key].criterion.title) if key in found else key,
    )
    dial = found[chosen]
    limit = _slider(look, dial)
    if limit is None or abs(limit - dial.limit) < 1e-9:
        st.caption(t("Move the slider to see who would come in, and at which rank."))
        change_sweep.show(look, dial)
        return
    _who_moves(dial, limit, move_limit(look.ranking, chosen, limit))


def _slider(look: Look, dial: Dial) -> float | None:
    """Show the slider and return where it stands; None where there is no room to move."""
    if not dial.highest > dial.lowest:
        return None
    fine = 10.0 ** math.floor(math.log10((dial.highest - dial.lowest) / 20))
    limit: float = st.slider(
        md(_bound(dial)), dial.lowest, dial.highest, dial.limit, step=0.5 if dial.criterion.kind == "judged" else fine,
        format="%g", key=f"limit_{dial.criterion.id}_{look.key}",
    )  # fmt: skip
    return limit


def _bound(dial: Dial) -> str:
    """Return what the slider sets, with its unit."""
    if dial.criterion.kind == "judged":
        return t("At least, of 5")
    unit = "" if dial.criterion.unit is None else say(dial.criterion.unit)
    if _rising(dial):
        return t("At least ({unit})", unit=unit) if unit else t("At least")
    return t("At most ({unit})", unit=unit) if unit else t("At most")


def _rising(dial: Dial) -> bool:
    gates = dial.criterion.gates
    return math.isfinite(dial.criterion.bounds(gates[0])[0])


def _who_moves(dial: Dial, limit: float, moved: Moved) -> None:
    """Say in sentences who comes in, at which rank, and who falls out."""
    facts = {"limit": say(quantity(limit, dial.criterion)), "present": say(quantity(dial.limit, dial.criterion))}
    if not len(moved.came_in) and not len(moved.fell_out):
        st.markdown(md(t("At {limit} instead of {present} nobody comes in and nobody falls out.", **facts)))
        return
    st.markdown(md(t("At {limit} instead of {present}:", **facts)))
    lines = [_comes_in(moved, row) for row in moved.came_in[:FIRST].tolist()]
    lines += [
        t(
            "{name} would fall out ({score:.1f}).",
            name=moved.ranking.candidates.names[row],
            score=moved.ranking.score[row],
        )
        for row in moved.fell_out[:FIRST].tolist()
    ]
    more = len(moved.came_in) + len(moved.fell_out) - len(lines)
    st.markdown("\n".join(f"- {md(line)}" for line in lines))
    if more:
        st.caption(tn("and {n} more", "and {n} more", more))


def _comes_in(moved: Moved, row: int) -> str:
    ranking, name = moved.ranking, moved.ranking.candidates.names[row]
    where = (ranking.ranked_rows == row).nonzero()[0]
    if where.size:
        place = int(ranking.ranks[where[0]])
        return t(
            "{name} would come in as number {rank} ({score:.1f}).", name=name, rank=place, score=ranking.score[row]
        )
    return t("{name} would still have something to verify.", name=name)


# --- waivers ----------------------------------------------------------------------------------------------------------


def _waive(look: Look, entries: list[Eliminated]) -> None:
    """Offer to waive a must-have where that is allowed: by a named person, with a reason."""
    options = {
        f"{entry.figures.id}\n{failure.criterion}": (
            look.label(entry.figures.row),
            failure.criterion,
        )
        for entry in entries
        if all(failure.gate == "conditional" for failure in entry.failed)
        for failure in entry.failed
    }
    if not options:
        return
    by_id = look.ranking.profile.by_id
    with st.expander(t("Waive a must-have"), key="waive_box"):
        # No form: the reason is kept while somebody looks something up in the tables above.
        st.selectbox(
            t("For whom"), list(options), key="waive_what",
            format_func=lambda key: _waivable(options[key][0], say(by_id[options[key][1]].title)),
        )  # fmt: skip
        st.text_input(t("Who waives it"), value=look.ctx.who, key="waive_by", max_chars=80)
        st.text_input(t("Reason"), key="waive_reason", max_chars=500)
        st.button(t("Waive it"), key="waive_go", on_click=_do_waive, args=(look,))


def _waivable(name: str, criterion: str) -> str:
    return t("{name}: {criterion}", name=name, criterion=criterion)


def _do_waive(look: Look) -> None:
    state = st.session_state
    id_, criterion = state["waive_what"].split("\n")
    done = frame.act(
        look.ctx.store.waive, look.ctx.project.id, id_, criterion,
        by=state["waive_by"], reason=state["waive_reason"], region=look.ranking.region,
    )  # fmt: skip
    if done:
        state["waive_reason"] = ""


def _waived(look: Look) -> None:
    """Show the waivers that hold here, each with the button that withdraws it."""
    names = {person.id: person.name for person in look.people.values()}
    here = [w for w in look.ctx.waivers if w.region in (None, look.ranking.region) and w.id in names]
    if not here:
        return
    heading(t("Waived must-haves"))
    for waiver in here:
        criterion = look.full.profile.by_id.get(waiver.criterion)
        facts = {"name": names[waiver.id], "criterion": criterion.title if criterion else waiver.criterion}
        sentence = t("{name}: {criterion}, waived by {by}: {reason}", by=waiver.by, reason=waiver.reason, **facts)
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(md(sentence))
        right.button(
            t("Withdraw"), key=f"withdraw_{waiver.id}_{waiver.criterion}_{waiver.region}", on_click=_withdraw,
            args=(look, waiver.id, waiver.criterion, waiver.region),
        )  # fmt: skip


def _withdraw(look: Look, id_: str, criterion: str, region: str | None) -> None:
    by = look.ctx.who or t("somebody here")
    frame.act(look.ctx.store.withdraw_waiver, look.ctx.project.id, id_, criterion, by=by, region=region)
