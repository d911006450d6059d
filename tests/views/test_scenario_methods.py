"""The cards of the methods on the Scenarios panel: closed at first, one at a time."""

from __future__ import annotations

from selection.crosscheck import METHOD_TITLES
from tests.views.test_ranking_page import open_page, project, texts


def test_one_card_at_a_time_and_each_can_be_chosen() -> None:
    """The first is that of the cross-check; another brings its own three lines."""
    at = open_page(project(8), panel="scenarios")
    box = at.selectbox("method_card")
    assert len(box.options) == len(METHOD_TITLES)
    assert box.value == "topsis"
    assert "near the ideal and far from the worst" in texts(at)
    box.select("electre_tri").run()
    assert "It sorts into classes" in texts(at)
    assert "near the ideal and far from the worst" not in texts(at)
    assert not at.exception
