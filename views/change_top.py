"""What would bring a candidate among the first three: one weight, the weights together, one value of its own."""

from __future__ import annotations

import streamlit as st

from selection import Ranking
from selection.robustness.tipping import into_top
from selection.robustness.tipping_words import into_top_sentences
from selection.scenarios import TOP
from views.context import state_of
from views.ranking_look import Look
from views.words import md, t


def show(look: Look, row: int) -> None:
    """Show what is needed; nothing for who is not ranked, or is among the first three already."""
    ranking = look.ranking
    position = (ranking.ranked_rows == row).nonzero()[0]
    if not position.size or ranking.ranks[position[0]] <= TOP:
        return
    sentences = _told(state_of(look.ctx, ranking), row, ranking)
    st.markdown(md(t("What would bring it among the first three:")))
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


@st.cache_data(max_entries=200, show_spinner=False)
def _told(state: str, row: int, _ranking: Ranking) -> list[str]:
    """Return the sentences in the reader's language; the weights together are a search, done once per state."""
    return [md(sentence) for sentence in into_top_sentences(_ranking, into_top(_ranking, row, TOP))]
