"""What came out: the share of every criterion, how it came about, and why the heavy ones weigh so much."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from criteria import Profile
from criteria import editing_weights as weigh
from criteria.weights.words import how_of
from views.context import Context
from views.standard_save import change
from views.words import language, md, say, t


def show(ctx: Context, scenario: str, *, shares: bool) -> None:
    """Show the weights that hold now; *shares* = the way's own screen does not show them already."""
    st.markdown(f"##### {md(t('The weights now'))}")
    if shares:
        _shares(ctx.profile, scenario)
    for sentence in _how(ctx.project.id, ctx.stamp, scenario, language(), ctx.profile):
        st.caption(md(sentence))
    _reasons(ctx, scenario)


@st.cache_data(max_entries=50, show_spinner=False)
def _how(project: str, stamp: str, scenario: str, in_language: str, _profile: Profile) -> tuple[str, ...]:
    return tuple(say(sentence) for sentence in how_of(_profile, scenario))


def share_of(profile: Profile, scenario: str) -> dict[str, float]:
    """Return the share of every criterion in the total, in %."""
    return dict(zip((c.id for c in profile.criteria), (100 * profile.weights(scenario)).tolist(), strict=True))


def shown_points(points: float) -> float:
    """Return points without the long tail that computed weights have; what was typed with two decimals stays.

    >>> shown_points(14.2857), shown_points(12.25), shown_points(0.142857), shown_points(1234.5678)
    (14.3, 12.25, 0.143, 1235.0)
    """
    if points <= 0 or round(points, 2) == points:
        return points
    return round(points, max(0, 2 - math.floor(math.log10(points))))


def _shares(profile: Profile, scenario: str) -> None:
    shares, order = share_of(profile, scenario), weigh.counted(profile, scenario)
    table = pd.DataFrame(
        {"criterion": [say(profile.by_id[key].title) for key in order], "share": [shares[key] for key in order]}
    )
    st.dataframe(
        table, hide_index=True, key="shares", alt=t("The share of each criterion"), height="content",
        column_config={
            "criterion": st.column_config.TextColumn(t("Criterion"), pinned=True),
            "share": st.column_config.ProgressColumn(
                t("Share"), min_value=0, max_value=max(shares.values()), format="%.1f %%"
            ),
        },
    )  # fmt: skip


def _reasons(ctx: Context, scenario: str) -> None:
    """Ask one sentence why for every criterion that weighs more than a fifth."""
    heavy = weigh.heavy(ctx.profile, scenario)
    shares, given = share_of(ctx.profile, scenario), weigh.reasons_of(ctx.profile, scenario)
    for criterion in heavy:
        key = f"reason_{scenario}_{criterion}_{ctx.project.id}_{ctx.profile_number}"
        st.text_input(
            md(t("Why does {criterion} weigh {share:.1f} %?", criterion=ctx.profile.by_id[criterion].title,
                 share=shares[criterion])),
            given.get(criterion, ""), key=key, max_chars=300, placeholder=t("one sentence for the memo"),
            on_change=_save_reason, args=(ctx, scenario, criterion, key),
        )  # fmt: skip


def _save_reason(ctx: Context, scenario: str, criterion: str, key: str) -> None:
    change(ctx, "weights", weigh.set_reason, scenario, criterion, st.session_state[key])
