"""Ranges hold what is unknown, what assessors disagree about and what is only claimed."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import parse_profile
from criteria.errors import RunError
from selection import Candidates, rank
from selection.robustness.ranges import CLAIMED_SPREAD, value_ranges
from tests import oracle
from tests.strategies import problems


def pool(criteria: list[dict], rows: dict, **profile: object):
    """Rank two or more candidates under a standard of a few criteria."""
    standard = parse_profile({"name": "p", "criteria": criteria, **profile})
    n = len(next(iter(rows.values())))
    frame = pd.DataFrame({"id": [f"c{i}" for i in range(n)], "name": [f"N{i}" for i in range(n)], **rows})
    return rank(Candidates.from_frame(frame, standard), standard)


@given(problems(gated=False, smallest=1, regional=False))
def test_an_unknown_value_may_be_anything_and_a_known_one_is_exact(problem) -> None:
    """Without panels and claims the ranges are the bands that exact fractions give, cell by cell."""
    profile, frame = problem
    ranking = rank(Candidates.from_frame(frame, profile), profile)
    found = value_ranges(ranking, np.arange(len(ranking.candidates)))
    for i, identity in enumerate(ranking.candidates.ids):
        row = frame[frame["id"] == identity].iloc[0].to_dict()
        applicable = [oracle.band(profile, c, row) is not None for c in profile.criteria]
        weighted = [a for a, w in zip(applicable, ranking.weights, strict=True) if w > 0]
        for j, criterion in enumerate(profile.criteria):
            band = oracle.band(profile, criterion, row)
            if not any(weighted):
                assert (found.low[i, j], found.high[i, j]) == (0.0, 100.0)
            elif band is None:
                assert found.applies is not None
                assert not found.applies[i, j]
            elif criterion.is_scored:
                assert (found.low[i, j], found.high[i, j]) == pytest.approx([float(b) for b in band], abs=1e-9)


RATING = {"id": "staff", "kind": "judged"}
YEARS = {"id": "years", "curve": {"floor": 0, "qualified": 5, "ideal": 10}}
COSTS = {"id": "costs", "curve": {"floor": 10, "qualified": 5, "ideal": 0}}
RANGE = {
    "id": "share",
    "curve": {
        "low_floor": 0,
        "low_qualified": 10,
        "low_ideal": 20,
        "high_ideal": 30,
        "high_qualified": 40,
        "high_floor": 50,
    },
}


def one(ranking, spreads, criterion: str = "", **options) -> list[tuple[float, float]]:
    """Return (low, high) of one criterion for every row."""
    found = value_ranges(ranking, np.arange(len(ranking.candidates)), spreads, **options)
    j = [c.id for c in ranking.profile.criteria].index(criterion or next(iter(spreads)))
    return list(zip(found.low[:, j].tolist(), found.high[:, j].tolist(), strict=True))


def test_assessors_who_disagree_open_a_rating() -> None:
    """Ratings of 2 and 4 open 25 to 75; NaN leaves the value; an unknown one stays wholly open."""
    ranking = pool([RATING], {"staff": [3.0, 4.0, np.nan]})
    spreads = {"staff": ([2.0, np.nan, 2.0], [4.0, np.nan, 4.0])}
    assert one(ranking, spreads) == [(25.0, 75.0), (75.0, 75.0), (0.0, 100.0)]


def test_a_moderated_rating_outside_the_assessors_stays_inside_the_range() -> None:
    """What was agreed is possible even where all assessors had said less."""
    assert one(pool([RATING], {"staff": [5.0]}), {"staff": ([2.0], [4.0])}) == [(25.0, 100.0)]


def test_lower_is_better_and_target_ranges_turn_the_ends() -> None:
    """The worst value belongs to the higher cost; a range that crosses the ideal one may be ideal."""
    assert one(pool([COSTS], {"costs": [5.0]}), {"costs": ([4.0], [8.0])}) == [(20.0, 60.0)]
    assert one(pool([RANGE], {"share": [15.0]}), {"share": ([5.0], [45.0])}) == [(25.0, 100.0)]


def test_a_rating_reaches_the_composite_it_is_part_of() -> None:
    """A rating of 25 to 75 moves a composite of two by 12.5 down and up, where it has no figure of its own."""
    whole = {"id": "whole", "composite": {"staff": 1, "years": 1}}
    rows = {"staff": [3.0, 3.0], "years": [10.0, 10.0], "whole": [np.nan, 60.0]}
    ranking = pool([RATING, YEARS, whole], rows)
    assert one(ranking, {"staff": ([2.0, 2.0], [4.0, 4.0])}, "whole") == [(62.5, 87.5), (60.0, 60.0)]


def test_a_part_that_does_not_apply_leaves_its_weight_to_the_others() -> None:
    """Where the other half of the composite does not apply, the rating moves all of it."""
    whole = {"id": "whole", "composite": {"staff": 1, "years": 1}}
    ranking = pool([RATING, YEARS, whole], {"staff": [3.0], "years": ["not applicable"], "whole": [np.nan]})
    assert one(ranking, {"staff": ([2.0], [4.0])}, "whole") == [(25.0, 75.0)]


def test_what_is_only_claimed_is_open_by_a_stated_width() -> None:
    """Only level 0 widens, only when asked, and never beyond 0 and 100."""
    rows = {"years": [5.0, 5.0, 10.0], "years.level": [0, 1, 0]}
    ranking = pool([YEARS], rows)
    assert one(ranking, {}, "years") == [(50.0, 50.0), (50.0, 50.0), (100.0, 100.0)]
    widened = [(50.0 - CLAIMED_SPREAD, 50.0 + CLAIMED_SPREAD), (50.0, 50.0), (100.0 - CLAIMED_SPREAD, 100.0)]
    assert one(ranking, {}, "years", evidence=True) == widened


@given(st.floats(0, 12), st.floats(0, 12), st.floats(0, 12))
def test_every_raw_value_between_the_ends_lies_in_the_range(a: float, b: float, between: float) -> None:
    """The range of a target range holds the value of anything between its two ends."""
    low, high = sorted((a, b))
    raw = min(max(between, low), high)
    narrow = {"id": "x", "curve": dict(zip(RANGE["curve"], (0, 2, 4, 6, 8, 10), strict=True))}
    ranking = pool([narrow], {"x": [low]})
    ((worst, best),) = one(ranking, {"x": ([low], [high])})
    value = float(ranking.profile.criteria[0].value([raw])[0])
    assert worst - 1e-9 <= value <= best + 1e-9


def test_where_nothing_applies_everything_is_open() -> None:
    """Somebody to whom no weighted criterion applies may have any total, as in the ranking itself."""
    ranking = pool([YEARS], {"years": ["not applicable", 5.0]})
    found = value_ranges(ranking, [0, 1])
    assert (found.low[:, 0].tolist(), found.high[:, 0].tolist()) == ([0.0, 50.0], [100.0, 50.0])
    assert found.applies is not None
    assert found.applies.all()
    assert math.isclose(ranking.score[0], 50.0)


def test_spreads_of_another_list_are_refused() -> None:
    """Another number of candidates is named; ratings of a criterion that does not count here change nothing."""
    ranking = pool([YEARS], {"years": [5.0]})
    with pytest.raises(RunError, match="years"):
        value_ranges(ranking, [0], {"years": ([1.0, 2.0], [2.0, 3.0])})
    assert one(ranking, {"nobody": ([1.0], [2.0])}, "years") == [(50.0, 50.0)]
