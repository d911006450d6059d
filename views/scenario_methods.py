"""About the methods of the cross-check: one card at a time, in three short lines."""

from __future__ import annotations

import streamlit as st

from selection.method_cards import MethodCard, method_cards
from views.words import md, say, t


def show() -> None:
    """Show the closed box with the cards."""
    with st.expander(t("About these methods"), key="method_cards"):
        st.caption(
            t(
                "The ranking is the weighted sum on the fixed scale. Other methods only check it: the first four of "
                "this list are computed here."
            )
        )
        cards = {card.name: card for card in method_cards()}
        chosen = st.selectbox(
            t("Method"), list(cards), key="method_card", format_func=lambda name: md(say(cards[name].title)), width=320
        )
        _card(cards[chosen])


def _card(card: MethodCard) -> None:
    """Show what a method assumes, what it cannot take, and how steady it is."""
    for label, sentence in (
        (t("What it assumes"), card.assumes),
        (t("What it cannot take"), card.cannot),
        (t("How steady it is"), card.stability),
    ):
        st.markdown(f"**{md(label)}** — {md(say(sentence))}")
