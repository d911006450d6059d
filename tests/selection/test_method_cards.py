"""A card for each method, with measured figures, and nothing that reads like a wall of text."""

from __future__ import annotations

import pytest

from criteria.text import render
from selection.crosscheck import PRODUCT_METHODS
from selection.method_cards import REVERSALS, MethodCard, method_cards
from selection.methods import METHODS

CARDS = {card.name: card for card in method_cards()}


def test_every_method_has_one_card_and_those_of_the_page_come_first() -> None:
    """Whoever reads the line of the cross-check finds its methods at once."""
    names = [card.name for card in method_cards()]
    assert sorted(names) == sorted(METHODS)
    assert tuple(names[: len(PRODUCT_METHODS)]) == PRODUCT_METHODS


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.name)
def test_a_card_is_three_short_sentences(card: MethodCard) -> None:
    """Each line can be read at a glance and ends as a sentence does."""
    for sentence in (card.assumes, card.cannot, card.stability):
        text = render(sentence)
        assert text.endswith(".")
        assert 20 <= len(text) <= 200
        assert "{" not in text


def test_the_measured_rates_are_shares_of_many_tries() -> None:
    """ELECTRE TRI alone has none: its classes depend on limits, not on the others."""
    assert set(REVERSALS) == set(METHODS) - {"electre_tri"}
    for share, tries in REVERSALS.values():
        assert 0 <= share <= 1
        assert tries >= 1_000


def test_cards_say_what_was_measured() -> None:
    """TOPSIS turns often on its own scale and never on the fixed one; the weighted product never."""
    share, _ = REVERSALS["topsis"]
    assert render(CARDS["topsis"].stability).startswith(
        f"On its own scale the order of the others changed in {100 * share:.1f}"
    )
    assert render(CARDS["topsis"].stability).endswith("On the fixed scale of this product: never.")
    assert "never changed in 2,000 tries" in render(CARDS["weighted_product"].stability)
    assert "changed in" in render(CARDS["codas"].stability)
