"""It is too early to choose while what only interviews can show is mostly unknown."""

import numpy as np
import pandas as pd
import pytest

from criteria import parse_profile
from criteria.text import render
from selection import Candidates, rank
from selection.progress import progress

PROFILE = parse_profile(
    {
        "name": "p",
        "criteria": [
            {"id": "years", "curve": {"floor": 0, "qualified": 3, "ideal": 10}, "step": 4},
            {"id": "manners", "kind": "judged", "step": 5},
            {"id": "staff", "kind": "judged", "step": 5},
            {"id": "place", "kind": "judged", "step": 4},
        ],
        "scenarios": {"balanced": {"years": 2, "manners": 1, "staff": 3, "place": 1}},
    }
)


def people(n: int, **columns: object) -> Candidates:
    """Return *n* candidates of 1, 2, 3 ... years."""
    table = {"id": [f"c{i:02}" for i in range(n)], "name": [f"N{i}" for i in range(n)], "years": np.arange(1.0, n + 1)}
    return Candidates.from_frame(pd.DataFrame(table | columns), PROFILE)


def found(candidates: Candidates, region: str | None = None):
    """Return the progress behind the full ranking."""
    return progress(candidates, PROFILE, rank(candidates, PROFILE, region))


def test_without_ratings_the_sentence_counts_what_is_unknown_and_what_to_rate() -> None:
    """Three of four factors are unknown for all 30; the eight with most years lead, and lack 3 x 8 ratings."""
    state = found(people(30))
    assert state.too_early
    assert (state.unknown, state.factors, state.missing, state.standing, state.ratings) == (3, 4, 30, 30, 24)
    assert [render(sentence) for sentence in state.sentences] == [
        "Too early to choose: 3 of 4 factors are unknown for 30 of 30 candidates.",
        "On what is known (1 of 4 factors), these 8 lead.",
        "Rate them next: 24 ratings, about 3 min.",
    ]


def test_the_leaders_are_those_ahead_on_what_a_desk_knows() -> None:
    """Years cap at ten, so 21 candidates share the lead; ids decide who of equals is rated first."""
    assert found(people(30)).leaders.tolist() == list(range(9, 17))


def test_the_factor_to_rate_next_has_most_weight_times_most_leaders_without_it() -> None:
    """Staff weighs 3 and all eight lack it; with seven leaders rated on it, the others (1 x 8) go before it (3 x 1)."""
    assert found(people(30)).next_criterion == "staff"
    rated = np.full(30, np.nan)
    rated[9:16] = 4.0
    state = found(people(30, staff=rated))
    assert dict(state.to_rate) == {"manners": 8, "place": 8, "staff": 1}
    assert list(state.to_rate)[2] == "staff"


def test_it_is_no_longer_early_once_most_interview_weight_is_rated() -> None:
    """With staff and manners rated for everybody nothing is early, though the place is unknown."""
    rated = np.full(30, 3.0)
    assert not found(people(30, staff=rated, manners=rated)).too_early


def test_a_standard_of_facts_only_is_never_too_early() -> None:
    """Where no interview counts, unknown facts show as bands and not as a desk ranking."""
    facts = parse_profile(
        {"name": "f", "criteria": [{"id": "years", "curve": {"floor": 0, "qualified": 3, "ideal": 9}}]}
    )
    table = pd.DataFrame({"id": ["a", "b"], "name": ["A", "B"], "years": [np.nan, np.nan]})
    candidates = Candidates.from_frame(table, facts)
    assert not progress(candidates, facts, rank(candidates, facts)).too_early


def test_eliminated_candidates_are_not_counted() -> None:
    """Who fails a must-have is neither counted as unknown nor proposed for an interview."""
    document = PROFILE.document()
    document["criteria"][0]["gate"] = "conditional"
    gated = parse_profile(document)
    candidates = people(10)
    state = progress(candidates, gated, rank(candidates, gated))
    assert state.standing == 8
    assert 0 not in state.leaders
    assert 1 not in state.leaders


def test_nothing_known_says_so_and_names_no_leaders() -> None:
    """Without a single value there is no lead to speak of."""
    state = found(people(4, years=[np.nan] * 4))
    texts = [render(sentence) for sentence in state.sentences]
    assert texts[0] == "Too early to choose: nothing is known yet of 4 of 4 candidates."
    assert len(texts) == 2


def test_a_not_applicable_rating_is_not_missing() -> None:
    """What does not apply needs no rating."""
    candidates = people(3)
    marked = Candidates(candidates.frame, not_applicable={"staff": np.ones(3, dtype=bool)})
    assert "staff" not in progress(marked, PROFILE, rank(marked, PROFILE)).to_rate


def test_the_region_stands_in_the_sentence() -> None:
    """The leaders are those of the region that is looked at."""
    candidates = people(4, regions=["DE", "DE", "FR", "DE"])
    state = found(candidates, "DE")
    assert state.standing == 3
    assert "lead in DE" in render(state.sentences[1])


@pytest.mark.parametrize("n", [0, 1])
def test_nobody_or_one_candidate_is_no_trouble(n: int) -> None:
    """An empty pool is not early; a single unknown candidate is."""
    assert found(people(n)).too_early == (n == 1)
