"""A moved must-have says who comes in and who falls out, with the rank that a fresh ranking gives them."""

import numpy as np
import pandas as pd

from criteria import parse_profile
from selection import Candidates, Waiver, rank
from selection.basis import on_basis
from selection.screen import with_limit
from selection.threshold import dials, move_limit

DOCUMENT = {
    "name": "p",
    "criteria": [
        {"id": "years", "curve": {"floor": 0, "qualified": 3, "ideal": 10}, "gate": "conditional"},
        {"id": "staff", "kind": "judged", "gate": "conditional"},
        {"id": "licence", "levels": {"yes": 100, "no": 0}, "gate": "hard"},
        {"id": "debt", "curve": {"floor": 90, "qualified": 60, "ideal": 30}, "gate": "conditional"},
    ],
    "scenarios": {"balanced": {"years": 1, "staff": 1}},
    "regions": {"DE": {"criteria": {"years": {"gate": [{"kind": "conditional", "limit": 5}]}}}},
}
PROFILE = parse_profile(DOCUMENT)
TABLE = pd.DataFrame(
    {
        "id": ["a", "b", "c", "d"],
        "name": ["A", "B", "C", "D"],
        "years": [10.0, 4.0, 2.0, 6.0],
        "staff": [3.0, 5.0, 5.0, 4.0],
        "licence": ["yes"] * 4,
        "debt": [40.0, 40.0, 40.0, 50.0],
    }
)
PEOPLE = Candidates.from_frame(TABLE, PROFILE)


def test_lowering_the_limit_lets_the_near_ones_in_at_their_rank() -> None:
    """In DE five years are asked for: at 4, B (78.6) comes in as number 1; C with 2 years stays out."""
    ranking = rank(PEOPLE, PROFILE, "DE")
    assert [entry.figures.id for entry in ranking.eliminated] == ["b", "c"]
    moved = move_limit(ranking, "years", 4.0)
    assert moved.came_in.tolist() == [1]
    assert moved.fell_out.tolist() == []
    assert [(e.figures.id, e.rank) for e in moved.ranking.ranked] == [("b", 1), ("a", 2), ("d", 3)]


def test_raising_the_limit_puts_some_out() -> None:
    """At eight years only A is left."""
    moved = move_limit(rank(PEOPLE, PROFILE, "DE"), "years", 8.0)
    assert moved.fell_out.tolist() == [3]
    assert len(moved.ranking.ranked) == 1


def test_it_equals_a_fresh_ranking_with_that_limit() -> None:
    """Without regions in play the result is that of the standard with the limit written into it."""
    moved = move_limit(rank(PEOPLE, PROFILE), "debt", 45.0).ranking.to_dict()
    fresh = rank(PEOPLE, with_limit(PROFILE, "debt", 45.0)).to_dict()
    assert {**moved, "fingerprint": ""} == {**fresh, "fingerprint": ""}


def test_totals_do_not_move_with_a_limit() -> None:
    """A must-have decides who is in; it never changes a score."""
    ranking = rank(PEOPLE, PROFILE, "DE")
    np.testing.assert_array_equal(move_limit(ranking, "years", 1.0).ranking.score, ranking.score)


def test_a_waiver_keeps_holding() -> None:
    """Who was waived stays in, and a waiver for another region's must-have is no trouble."""
    waivers = (Waiver("c", "years", "Ann", "new team", "DE"), Waiver("b", "staff", "Ann", "known", None))
    moved = move_limit(rank(PEOPLE, PROFILE, "DE", waivers=waivers), "years", 7.0)
    assert [e.figures.id for e in moved.ranking.ranked] == ["a", "c"]


def test_only_waivable_numbers_have_a_dial_and_the_busiest_comes_first() -> None:
    """A hard yes/no has no slider; the range runs from floor to ideal, for falling curves too."""
    found = dials(rank(PEOPLE, PROFILE, "DE"))
    assert [dial.criterion.id for dial in found] == ["years", "staff", "debt"]
    assert [(d.limit, d.lowest, d.highest) for d in found] == [(5.0, 0.0, 10.0), (3.0, 1.0, 5.0), (60.0, 30.0, 90.0)]


def test_on_ratings_alone_the_totals_stay_those_of_the_ratings() -> None:
    """A ranking that counts only ratings is moved as what it is."""
    ratings = on_basis(rank(PEOPLE, PROFILE, "DE"), "ratings")
    assert ratings is not None
    moved = move_limit(ratings, "years", 4.0)
    assert moved.came_in.tolist() == [1]
    np.testing.assert_array_equal(moved.ranking.score, ratings.score)
    assert [e.figures.score for e in moved.ranking.ranked] == [100.0, 75.0, 50.0]
