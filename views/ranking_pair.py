"""Head to head: two candidates, factor by factor; the bars add up to the difference of their totals."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from criteria.model import Criterion
from selection.explain import head_to_head, head_to_head_sentence
from selection.model import Figures
from selection.screen import quantity
from views import change_pair
from views.address import keep, take
from views.ranking_figures import CONFIG, diverging
from views.ranking_look import Look
from views.ranking_numbers import adding_up, signed
from views.words import md, say, t

AGAINST_KEY = "against"


def show(look: Look, key: str) -> None:
    """Compare the candidate with another one."""
    first = look.figures(key)
    others = [other for other, person in look.people.items() if person.row is not None and other != key]
    if first is None or not others:
        st.info(t("A comparison needs two candidates in this region."))
        return
    second = look.figures(_against(look, key, others))
    if second is None:
        return
    differences = head_to_head(look.ranking, first, second)
    st.markdown(md(head_to_head_sentence(first, second, differences)))
    lead = round(first.score, 1) - round(second.score, 1)
    shown = adding_up([d.points for d in differences], lead)
    facts = {"first": first.name, "second": second.name}
    st.caption(md(t("To the right: for {first}. To the left: for {second}. In points; the bars add up.", **facts)))
    texts = [signed(value) for value in [*shown, round(lead, 1)]]
    st.plotly_chart(
        diverging(differences, shown, texts, t("Difference of the totals")), key="pair_chart", config=dict(CONFIG),
        alt=t("Difference per factor"),
    )  # fmt: skip
    change_pair.show(look, first.row, second.row)
    with st.expander(t("The same in figures"), key="pair_values"):
        _figures(look, (first, second), shown)


def _against(look: Look, key: str, others: list[str]) -> str:
    """Show the selector of the other one; the leader, or the runner-up for the leader, is proposed."""
    take(AGAINST_KEY, others)
    ranked = [look.key_of(row) for row in look.ranking.ranked_rows[:2].tolist()]
    proposed = next((one for one in ranked if one != key), others[0])
    start = 0 if AGAINST_KEY in st.session_state else others.index(proposed)
    chosen: str = st.selectbox(
        md(t("{name} against", name=look.people[key].label)), others, index=start, key=AGAINST_KEY,
        format_func=lambda other: look.people[other].label if other in look.people else other,
    )  # fmt: skip
    keep(AGAINST_KEY, chosen, proposed)
    return chosen


def _figures(look: Look, pair: tuple[Figures, Figures], shown: list[float]) -> None:
    """Show both values, the scale and the points of difference as a table with its sum."""
    first, second = pair
    differences = head_to_head(look.ranking, first, second)
    frame = pd.DataFrame(
        {
            "factor": [say(d.criterion.title) for d in differences] + [t("Total")],
            "first": [_value(first, d.criterion) for d in differences] + [f"{first.score:.1f}"],
            "second": [_value(second, d.criterion) for d in differences] + [f"{second.score:.1f}"],
            "points": [signed(value) for value in [*shown, round(sum(shown), 1)]],
        }
    )
    titles = {
        "factor": t("Factor"), "first": first.name, "second": second.name, "points": t("Points of difference")
    }  # fmt: skip
    st.dataframe(
        frame, hide_index=True, key="pair_table", alt=t("Difference per factor"),
        column_config={key: st.column_config.TextColumn(title) for key, title in titles.items()},
    )  # fmt: skip


def _value(figures: Figures, criterion: Criterion) -> str:
    """Return a raw value and its place on the scale."""
    if criterion.id in figures.exempt:
        return t("not applicable")
    raw, value = figures.raw.get(criterion.id), figures.values.get(criterion.id)
    if raw is None:
        return t("unknown") if value is None else f"{value:.1f}"
    shown = say(quantity(raw, criterion))
    return shown if value is None else t("{value} → {scale:.1f}", value=shown, scale=value)
