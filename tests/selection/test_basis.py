"""Facts and impressions kept apart."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from criteria.errors import DecisionError
from selection import Candidates, rank
from selection.basis import facts_share, impressions, is_rating, on_basis
from tests.selection.test_departure import ranking_of, row
from tests.strategies import problems

SCALE = {"floor": 0, "qualified": 50, "ideal": 100}
MIXED = [
    {"id": "growth", "title": "Growth", "curve": SCALE},
    {"id": "years", "title": "Years", "curve": SCALE},
    {"id": "staff", "title": "Staff", "kind": "judged"},
    {"id": "attitude", "title": "Attitude", "kind": "judged"},
]
SCENARIOS = {"balanced": {"growth": 20, "years": 20, "staff": 30, "attitude": 30}}


def mixed(rows):
    """Rank rows of growth, years (0..100) and two ratings."""
    return ranking_of(rows, criteria=MIXED, scenarios=SCENARIOS)


def test_facts_alone_and_ratings_alone_have_totals_of_their_own():
    """A worked example: A has facts of 80 and 40 (mean 60) and ratings of 3 and 5 (50 and 100, mean 75)."""
    ranking = mixed({"A": (80, 40, 3, 5)})
    assert on_basis(ranking, "facts").score.tolist() == [60.0]
    assert on_basis(ranking, "ratings").score.tolist() == [75.0]
    assert ranking.score.tolist() == [0.4 * 60 + 0.6 * 75]
    assert np.isclose(facts_share(ranking), 0.4)


def test_where_everything_is_judged_there_is_no_ranking_on_facts():
    """No weight is left, so there is nothing to show."""
    assert on_basis(ranking_of({"A": (3, 3, 3, 3)}), "facts") is None


def test_a_partial_ranking_has_a_fingerprint_of_its_own():
    """Nobody can take the ranking on facts for the ranking."""
    ranking = mixed({"A": (80, 40, 3, 5), "B": (20, 90, 4, 4)})
    prints = {ranking.fingerprint, *(on_basis(ranking, basis).fingerprint for basis in ("facts", "ratings"))}
    assert len(prints) == 3


def test_who_leads_on_ratings_with_the_weakest_facts_lives_on_impressions():
    """Charmer is first together (58 of 62 points are ratings) and last of six on facts; the solid ones are not told."""
    rows = {f"Solid {i}": (70 + i, 70, 3, 3) for i in range(5)} | {"Charmer": (5, 15, 5, 5)}
    ranking = mixed(rows)
    (found,) = impressions(ranking)
    assert (found.row, found.rank, found.on_facts, found.of) == (row(ranking, "Charmer"), 1, 6, 6)
    assert str(found.sentence) == (
        "Charmer lives on impressions: number 1 with everything, number 6 of 6 on facts alone; "
        "60.0 of its 64.0 points are ratings."
    )


def test_where_facts_carry_next_to_nothing_nobody_is_flagged():
    """Under a tenth of the weight facts cannot tell anybody apart."""
    rows = {f"Solid {i}": (70 + i, 70, 3, 3) for i in range(5)} | {"Charmer": (5, 15, 5, 5)}
    light = {"balanced": {"growth": 2, "years": 2, "staff": 48, "attitude": 48}}
    assert impressions(ranking_of(rows, criteria=MIXED, scenarios=light)) == ()


@given(problems(smallest=1))
def test_the_total_is_the_mix_of_both_parts(problem):
    """Where everything applies, total = share of facts · total on facts + share of ratings · total on ratings."""
    profile, frame = problem
    try:
        ranking = rank(Candidates.from_frame(frame, profile), profile)
    except DecisionError:
        return
    if any(ranking.candidates.is_applicable(c.id) is not None for c in profile.criteria):
        return
    share = facts_share(ranking)
    facts, ratings = (on_basis(ranking, basis) for basis in ("facts", "ratings"))
    mixed_score = sum(part * found.score for part, found in ((share, facts), (1 - share, ratings)) if found is not None)
    np.testing.assert_allclose(mixed_score, ranking.score, atol=1e-6)
    assert is_rating(profile.criteria[0]) == (profile.criteria[0].kind == "judged")
