"""Before you sign: one sentence to act on, the facts in the order of their weight, and what is only claimed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from criteria import parse_profile
from criteria.text import msg, render
from selection import Candidates, Ranking, rank
from selection.robustness.firmness import firmness
from selection.robustness.next_facts import next_facts
from selection.robustness.signing import Signing, before_signing
from tests.selection.robustness.test_settled import made

HARD = {"gate": "hard"}


def signed(ranking: Ranking) -> Signing:
    """Return what the panel says of a ranking."""
    return before_signing(ranking, firmness(ranking, draws=200))


@pytest.mark.parametrize(
    ("rows", "headline"),
    [
        ([[95, 95], [60, 60], [55, 55]], "Clear and settled: no open fact can change who is first."),
        ([[60.5, 60.5], [60, 60], [55, 55]],
         "Close, and no open fact can change it: the weights decide, so be sure of them."),
        ([[60, 60], [60, 60], [55, 55]],
         "A tie that no open fact can resolve: decide by what matters most to you."),
        ([[60, 60]], "Only one candidate qualifies, and no open fact can change that."),
        ([[10, 10]], "Nobody qualifies, and no open fact can change that: keep searching."),
        ([[95, 95], [60, 60], [55, 55], [54, None]],
         "The lead is clear, but the first three could still change. Ask D for “b”."),
        ([[60.5, 60.5], [60, 60], [55, 55], [54, None]], "Close. Check one thing first. Ask D for “b”."),
        ([[60, 60], [60, 60], [55, 55], [54, None]], "A tie. Check one thing first. Ask D for “b”."),
        ([[60, 60], [55, None]], "Only one candidate qualifies so far. Check one thing first. Ask B for “b”."),
        ([[60, None]], "Nobody qualifies yet. Find out one thing first. Ask A for “b”."),
    ],
)  # fmt: skip
def test_the_headline_is_the_one_sentence_to_act_on(rows: list[list[float | None]], headline: str) -> None:
    """Verdict and open facts together give one sentence."""
    assert render(signed(made(rows, a={}, b=HARD)).headline) == headline


def test_once_the_first_three_are_settled_the_first_place_is_asked_about() -> None:
    """Two candidates are both among the first three whatever is learnt; who is first is still open."""
    found = signed(made([[60, 60], [55, None]], a={}, b={}))
    assert [render(sentence) for sentence in found.settled] == [
        "Settled: no open fact can change the first three any more.",
        "Not settled: 1 open fact could still change the first place.",
    ]
    assert [fact.k for fact in found.facts] == [1]
    assert render(found.headline).endswith("Check one thing first. Ask B for “b”.")


def test_the_facts_are_the_next_facts() -> None:
    """The panel adds nothing to the order of the facts."""
    ranking = made([[90, 90], [80, 80], [70, None], [60, None], [65, None]], a={}, b={})
    assert signed(ranking).facts == next_facts(ranking)


def test_what_is_claimed_is_told_with_what_would_cost_the_lead() -> None:
    """Of the claimed values the one whose fall alone lets the second lead is named."""
    curve = {"curve": {"floor": 0, "qualified": 5, "ideal": 10}}
    profile = parse_profile({"name": "p", "criteria": [{"id": "years", **curve}, {"id": "sales", **curve}]})
    frame = pd.DataFrame({"id": ["A", "B"], "name": ["Rhein", "Elbe"], "years": [9, 8], "sales": [9.0, 8.0]})
    frame["years.level"] = [0, 2]
    ranking = rank(Candidates.from_frame(frame, profile), profile)
    found = signed(ranking)
    texts = [render(sentence) for sentence in found.word]
    assert texts[0] == "45.0 of its 90.0 points rest on what it says of itself: years."
    assert texts[1] == "Elbe would catch up with Rhein if years of Rhein were below 7 (now: 9)."
    other = before_signing(ranking, None, chosen=1)
    assert render(other.word[0]) == "Nothing that counts: no value is stated as merely claimed."


def test_too_early_is_said_first() -> None:
    """While most is unknown nothing else is the headline."""
    ranking = made([[60, None], [55, np.nan]], a={}, b={})
    found = before_signing(ranking, None, early=[msg("Too early to choose: nothing is known yet.")])
    assert render(found.headline) == "Too early to choose: nothing is known yet."
    assert found.facts


def test_nobody_at_all() -> None:
    """An empty list has a headline and nothing to ask."""
    found = signed(made([], a={}, b=HARD))
    assert (found.chosen, found.facts, found.word) == (None, (), ())


def test_claims_are_doubted_where_there_are_any() -> None:
    """A lead of one claimed value shrinks when claims may be off; where nothing is claimed nothing is said of it."""
    profile = parse_profile(
        {"name": "claims", "criteria": [
            {"id": key, "curve": {"floor": 0, "qualified": 50, "ideal": 100}} for key in ("a", "b")]}
    )  # fmt: skip
    frame = pd.DataFrame({"id": ["x", "y"], "name": ["X", "Y"], "a": [64.0, 60.0], "b": [60.0, 60.0]})
    claimed = rank(Candidates.from_frame(frame.assign(**{"a.level": [0, 3]}), profile), profile)
    seen = rank(Candidates.from_frame(frame.assign(**{"a.level": [2, 3]}), profile), profile)
    both = [
        before_signing(found, firmness(found, draws=400), doubted=firmness(found, draws=400, evidence=True))
        for found in (claimed, seen)
    ]
    told = [
        [render(sentence) for sentence in found.word if "half a rating point off" in render(sentence)] for found in both
    ]
    assert [len(sentences) for sentences in told] == [1, 0]
    doubted = firmness(claimed, draws=400, evidence=True).share
    assert doubted is not None
    assert doubted < firmness(claimed, draws=400).share == 1.0
    assert told[0][0].endswith("of 100 trials instead of 100.")
