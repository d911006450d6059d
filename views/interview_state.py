"""How far the panel is: who has finished, who is missing, and the button to finish."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from data.store import Finished
from views import frame
from views.context import Context
from views.interview_who import Rater
from views.words import md, t, tn


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """The blind round as *rater* sees it: all assessors, who has *finished* it, and every rating in *table*."""

    rater: Rater
    names: tuple[str, ...]
    finished: tuple[Finished, ...]
    table: pd.DataFrame

    @property
    def everybody(self) -> tuple[str, ...]:
        """Return all assessors, whoever rates now among them."""
        return tuple(dict.fromkeys([*self.names, self.rater.name]))

    @property
    def missing(self) -> tuple[str, ...]:
        """Return who has not finished yet."""
        return tuple(name for name in self.everybody if not self.is_done(name))

    def is_done(self, name: str) -> bool:
        """Tell whether an assessor has finished."""
        return any(each.assessor == name and each.region is None for each in self.finished)

    def revised(self, name: str) -> int:
        """Return how many ratings an assessor changed after finishing."""
        at = next((each.change for each in self.finished if each.assessor == name and each.region is None), None)
        return 0 if at is None else int(((self.table["who"] == name) & (self.table["change"] > at)).sum())


def show_state(ctx: Context, state: Round) -> None:
    """Say who is missing; to whoever has not finished, why nothing of the others is to be seen."""
    name, missing = state.rater.name, state.missing
    with st.container(border=True, key="interview_state"):
        done = state.is_done(name)
        left, right = (st.container(), None) if done else st.columns([3, 1], vertical_alignment="center")
        with left:
            st.markdown(md(_how_far(state)))
            if not done:
                text = t(
                    "{name}, you see only your own ratings until you have finished. Then all are compared.", name=name
                )
                st.caption(md(text))
            elif missing:
                st.caption(md(t("{names} may still add or change ratings.", names=" · ".join(missing))))
            if missing and state.table["who"].nunique() > 1:
                st.caption(md(t("The ranking already uses the mean of the ratings that are there.")))
        if right is not None:
            right.button(
                md(t("I have finished")), key="interview_finish", type="primary", width="stretch",
                disabled=not state.rater.own, on_click=frame.act, args=(ctx.store.finish, ctx.project.id, name),
                kwargs={"by": ctx.who},
            )  # fmt: skip


def _how_far(state: Round) -> str:
    missing, n = state.missing, len(state.everybody)
    if not missing:
        return t("All {n} assessors have finished.", n=n)
    return tn(
        "{n} of {all} assessors has finished; still to come: {names}.",
        "{n} of {all} assessors have finished; still to come: {names}.",
        n - len(missing), all=n, names=" · ".join(missing),
    )  # fmt: skip
