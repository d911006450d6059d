"""The Ranking page opens with the verdict on its firmness, in the sentences of the engine and each only once."""

from __future__ import annotations

import numpy as np
import pytest

from criteria import load_profile
from data.store import open_store
from selection.basis import on_basis
from selection.explain import answer
from selection.robustness import firmness
from tests.views.test_ranking_page import open_page, plain, project, ranking, texts
from views import ranking_firm

JUDGED = [c.id for c in load_profile("seven_factors").criteria if c.kind == "judged"]


def same_for_all(n: int, **changed: list[float]) -> str:
    """Make a project of *n* candidates that are rated alike but for what is *changed*."""
    return project(n, **({key: [4.0] * n for key in JUDGED} | {"operating_years": [8.0] * n} | changed))


def test_the_verdict_stands_on_top_and_its_reasons_below() -> None:
    """Subheader and lines are the sentences of `firmness`; the plain answer is not said a second time."""
    made = project(8)
    at = open_page(made)
    expected = [str(sentence) for sentence in firmness(ranking(made)).sentences]
    assert plain(at.subheader[0].value) == expected[0]
    shown = texts(at)
    assert all(shown.count(sentence) == 1 for sentence in expected)
    assert str(answer(ranking(made))) not in shown


def test_the_verdict_is_that_of_the_region_and_the_scenario() -> None:
    """Another scenario and another region have another ranking, so another verdict."""
    made = project(8, regions=["DE"] * 4 + ["FR"] * 4)
    for region in ("DE", "FR"):
        at = open_page(made, region=region)
        assert plain(at.subheader[0].value) == str(firmness(ranking(made, region)).sentences[0])


def test_the_verdict_is_that_of_what_counts() -> None:
    """Facts only has a verdict of its own, though region, scenario and stage are the same."""
    made = project(8)
    at = open_page(made)
    at.segmented_control("stage").set_value("facts").run()
    facts = on_basis(ranking(made), "facts")
    assert facts is not None
    assert plain(at.subheader[0].value) == str(firmness(facts).sentences[0])
    assert firmness(facts).first != firmness(ranking(made)).first


def test_a_tie_is_a_tie() -> None:
    """Two who are rated alike are level, and nothing is said to swap them."""
    at = open_page(same_for_all(2))
    assert "are level: both have" in plain(at.subheader[0].value)
    assert "to lead" not in texts(at)


def test_nobody_qualified_is_said_as_before() -> None:
    """Without anybody ranked the page says what is still to be verified."""
    at = open_page(same_for_all(3, solvency=[np.nan] * 3))
    assert plain(at.subheader[0].value) == "Nobody is qualified yet: 3 candidates are still to be verified."


def test_while_most_is_unknown_there_are_no_trials() -> None:
    """The full ranking of an unrated pool says who leads so far, and no share of trials."""
    at = open_page(project(12, rated=False))
    at.segmented_control("stage_early").set_value("full").run()
    assert "of 100 trials" not in texts(at)


def test_assessors_who_disagree_take_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lead that rests on a rating two assessors disagree about is less firm than the same ratings from one."""
    made = same_for_all(2, cooperation_attitude=[5.0, 4.0])
    store, factor = open_store(), "cooperation_attitude"
    for who, rating in (("Li", 5.0), ("Wu", 5.0)):
        store.rate(made, "c0", factor, rating, who=who)
    assert "100 of 100 trials" in texts(open_page(made))
    store.rate(made, "c0", factor, 2.0, who="Wu")  # the mean is 3.5 now: the other one leads
    shown = texts(open_page(made))
    assert "and unsure values anywhere in their range" in shown
    assert "of 100 trials; " in shown


def test_a_refusal_leaves_the_plain_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the trials be impossible, the page still says who leads."""
    from criteria.errors import RunError

    def refused(*_: object, **__: object) -> None:
        raise RunError("no")

    monkeypatch.setattr(ranking_firm, "firmness", refused)
    made = project(6)
    assert plain(open_page(made).subheader[0].value) == str(answer(ranking(made)))


def test_it_is_computed_once_per_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening a panel or another candidate computes nothing again; a saved change does."""
    calls = []
    real = firmness
    monkeypatch.setattr(ranking_firm, "firmness", lambda *a, **k: calls.append(1) or real(*a, **k))
    made = project(6)
    at = open_page(made)
    at.segmented_control("panel").set_value("pair").run()
    assert len(calls) == 1
    open_store().rate(made, "c0", "solvency", 2.0, who="Li")
    at.run()
    assert len(calls) == 2
