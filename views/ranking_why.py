"""Why a candidate stands where it stands: points against the ideal's, strengths, gaps, and every value's origin."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from criteria.text import pmsg
from selection.basis import impressions, standing
from selection.evidence import marks, stale_values
from selection.explain import Part, gaps, parts, strengths
from selection.model import Figures
from selection.screen import quantity
from views.ranking_figures import CONFIG, stacked
from views.ranking_look import Look, heading
from views.ranking_numbers import adding_up
from views.words import md, say, t

LEVELS = (
    pmsg("evidence", "claimed by themselves"),
    pmsg("evidence", "documented"),
    pmsg("evidence", "seen by us on site"),
    pmsg("evidence", "confirmed by an independent party"),
)


def show(look: Look, key: str) -> None:
    """Show why the candidate has its total."""
    figures = look.figures(key)
    if figures is None:
        st.info(md(t("{name} does not serve {region}.", name=look.people[key].name, region=look.ranking.region or "")))
        return
    found = parts(look.ranking, figures)
    if not found:
        st.info(t("No factor of this scenario applies here, so there are no points to show."))
        return
    heading(_title(figures))
    points = adding_up([part.points for part in found], figures.score)
    st.plotly_chart(
        stacked(figures.name, found, points), key="why_chart", config=dict(CONFIG),
        alt=t("Points per factor against the ideal's"),
    )  # fmt: skip
    _sentences(look, figures)
    with st.expander(t("Every value, with its source"), key="why_values", expanded=False):
        _values(look, figures, found, points)


def _title(figures: Figures) -> str:
    facts = {"name": figures.name, "score": figures.score}
    if figures.high - figures.low > 1e-9:
        return t(
            "{name}: {score:.1f}, between {low:.1f} and {high:.1f} (qualified line 50, ideal 100)",
            low=figures.low, high=figures.high, **facts,
        )  # fmt: skip
    return t("{name}: {score:.1f} (qualified line 50, ideal 100)", **facts)


def _sentences(look: Look, figures: Figures) -> None:
    """Show three strengths beside three gaps; the whole list of gaps is the agenda of a negotiation."""
    left, right = st.columns(2)
    good, bad = strengths(look.ranking, figures), gaps(look.ranking, figures)
    with left:
        heading(t("Strengths"))
        for part in good:
            st.markdown(f"- {md(part.sentence)}")
        if not good:
            st.markdown(md(t("Nothing that is known lies above the qualified line.")))
    with right:
        heading(t("Gaps to the ideal"))
        for gap in bad:
            st.markdown(f"- {md(gap.sentence)}")
        if not bad:
            st.markdown(md(t("None: everything known is ideal.")))
    _facts_and_ratings(look, figures)
    everything = gaps(look.ranking, figures, None)
    if len(everything) > len(bad):
        with st.expander(t("Everything to negotiate"), key="why_agenda"):
            st.markdown("\n".join(f"{i}. {md(gap.sentence)}" for i, gap in enumerate(everything, 1)))


def _facts_and_ratings(look: Look, figures: Figures) -> None:
    """Show where the candidate stands on facts and on ratings alone, and what is stale."""
    flagged = next((found.sentence for found in impressions(look.full) if found.row == figures.row), None)
    if flagged is not None:
        st.warning(md(flagged), icon=":material/psychology_alt:")
    elif look.full.stage == look.ranking.stage and not look.basis:
        alone = standing(look.full, figures.row)
        if alone is not None:
            st.markdown(md(alone))
    stale = stale_values(look.ranking, figures)
    if stale is not None:
        st.markdown(md(stale))


def _values(look: Look, figures: Figures, found: tuple[Part, ...], points: list[float]) -> None:
    """Show the raw values with unit, source, date and level of evidence."""
    candidates, row = look.ranking.candidates, figures.row
    shown = []
    for part, earned in zip(found, points, strict=True):
        id_ = part.criterion.id
        level = candidates.levels.get(id_)
        source, date = (columns.get(id_) for columns in (candidates.sources, candidates.dates))
        shown.append(
            {
                t("Factor"): say(part.criterion.title),
                t("Value"): raw_text(part),
                t("On the scale"): "" if part.value is None else f"{part.value:.1f}",
                t("Points"): t("{points:.1f} of {possible:.1f}", points=earned, possible=part.possible),
                t("Source"): (None if source is None else source[row]) or t("not stated"),
                t("Date"): (None if date is None else date[row]) or "",
                t("Evidence"): _level(None if level is None else float(level[row])),
                t("Mind"): ", ".join(say(mark.value) for mark in marks(candidates, row, id_)),
            }
        )
    st.dataframe(pd.DataFrame(shown), hide_index=True, key="why_table", alt=t("Values with their sources"))


def raw_text(part: Part) -> str:
    """Return a raw value as people read it; unknown is a word."""
    if part.raw is not None:
        return say(quantity(part.raw, part.criterion))
    if part.value is not None:
        return t("from its parts")
    return t("unknown")


def _level(level: float | None) -> str:
    if level is None or level != level or not 0 <= int(level) < len(LEVELS):
        return t("not stated")
    return say(LEVELS[int(level)])
