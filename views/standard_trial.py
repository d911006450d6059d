"""Test the standard on distributors you know: mark a few, and see whom it would have rejected or misplaced."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from criteria.errors import DecisionError
from selection.calibration import FEWEST, MARKS, Trial, trial
from selection.calibration_fit import fit
from views import context
from views.context import Context
from views.words import md, say, t, tn

SETTING = "known_distributors"
MOST_OPTIONS = 3_000
"""Names that a selector offers; the browser gets slow beyond."""


def show(ctx: Context, scenario: str) -> None:
    """Show the three lists of marked distributors and what the standard says of them."""
    st.markdown(
        md(
            t(
                "Mark about ten distributors whose work you know. The standard is not changed by that: it is asked "
                "whom it would have taken."
            )
        )
    )
    if len(ctx.candidates) < FEWEST:
        st.info(t("They must be in the list of candidates. Add those you know there; they can be put away afterwards."))
        if st.button(t("Add candidates"), key="trial_add"):
            st.switch_page("candidates_page.py", query_params={"tab": "import"})
        return
    marks = _marks(ctx)
    region = context.choose_region(ctx)
    if not marks:
        return
    try:
        found = trial(ctx.candidates, ctx.profile, marks, region, scenario)
    except DecisionError as error:
        st.info(md(error.message))
        return
    _result(ctx, found)


def _marks(ctx: Context) -> dict[str, Any]:
    """Show one selector per mark and return id -> mark; who is marked in one is not offered in the others."""
    names = dict(zip(ctx.candidates.ids.tolist(), ctx.candidates.names.tolist(), strict=True))
    kept = ctx.store.setting(SETTING, {}, project=ctx.project.id)
    saved = {key: mark for key, mark in kept.items() if key in names and mark in MARKS}
    titles = {"good": t("Good"), "average": t("Average"), "bad": t("Bad")}
    for column, mark in zip(st.columns(3), MARKS, strict=True):
        free = [key for key in names if saved.get(key, mark) == mark][:MOST_OPTIONS]
        key = f"known_{mark}_{ctx.project.id}"
        chosen = [each for each, its in saved.items() if its == mark]
        column.multiselect(
            titles[mark], list(dict.fromkeys([*chosen, *free])), default=chosen, key=key, placeholder=t("Choose"),
            format_func=lambda each: md(f"{names[each]}"), on_change=_keep, args=(ctx, mark, key, saved), wrap=True,
        )  # fmt: skip
    return saved


def _keep(ctx: Context, mark: str, key: str, saved: dict[str, Any]) -> None:
    rest = {each: its for each, its in saved.items() if its != mark}
    ctx.store.set_setting(SETTING, rest | dict.fromkeys(st.session_state[key], mark), project=ctx.project.id)


def _result(ctx: Context, found: Trial) -> None:
    """Show the answer, the sentences that prove it, the whole list on demand, and weights that would fit."""
    head, *more = found.sentences
    st.subheader(md(head), anchor=False)
    st.markdown("\n".join(f"- {md(sentence)}" for sentence in more))
    with st.expander(tn("{n} distributor, as the standard sees it", "{n} distributors, as the standard sees them",
                        len(found.marks)), key="trial_all"):  # fmt: skip
        st.dataframe(
            _table(found), hide_index=True, key="trial_table", alt=t("The marked distributors by the standard")
        )
    if found.may_fit:
        _fit(ctx, found)


def _table(found: Trial) -> pd.DataFrame:
    titles = {"good": t("Good"), "average": t("Average"), "bad": t("Bad")}
    out = {item.row for item in found.rejected}
    score = found.ranking.score
    rows = sorted(found.marks, key=lambda row: (found.ranking.screening.verdicts[row] == 3, -score[row]))
    return pd.DataFrame(
        {
            t("Candidate"): [str(found.ranking.candidates.names[row]) for row in rows],
            t("You know it as"): [titles[found.marks[row]] for row in rows],
            t("Score"): [round(float(score[row]), 1) for row in rows],
            t("The standard"): [
                t("rejects it") if row in out or found.ranking.screening.verdicts[row] == 3 else t("keeps it")
                for row in rows
            ],
        }
    )


def _fit(ctx: Context, found: Trial) -> None:
    """Show, on demand, the weights that would fit; taking them over stays a person's act."""
    if not st.toggle(t("Show weights that would fit these marks"), key="trial_fit"):
        return
    try:
        result = fit(found)
    except DecisionError as error:
        st.info(md(error.message))
        return
    st.markdown(md(result.sentence))
    weighted = [
        (say(criterion.title), 100 * now, 100 * new)
        for criterion, now, new in zip(
            found.ranking.profile.criteria, found.ranking.weights.tolist(), result.weights.tolist(), strict=True
        )
        if now > 0 or new > 0
    ]
    st.dataframe(
        pd.DataFrame(weighted, columns=[t("Criterion"), t("Weight now, %"), t("Weight that would fit, %")]).round(1),
        hide_index=True, key="trial_weights", alt=t("Weights now and those that would fit"),
    )  # fmt: skip
    st.caption(t("They describe these marks, not what matters: decide yourself whether they make sense."))
