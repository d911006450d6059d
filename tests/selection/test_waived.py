"""A saved waiver never stands in the way of a ranking when its candidate or its must-have is gone."""

import pandas as pd
import pytest

from criteria import parse_profile
from criteria.errors import RunError
from selection import Candidates, Waiver, rank
from selection.waived import holding

CURVE = {"floor": 0, "qualified": 3, "ideal": 10}
GATED = parse_profile({"name": "p", "criteria": [{"id": "years", "curve": CURVE, "gate": "conditional"}]})
OPEN = parse_profile({"name": "p", "criteria": [{"id": "years", "curve": CURVE}]})
HARD = parse_profile({"name": "p", "criteria": [{"id": "years", "curve": CURVE, "gate": "hard"}]})
LOCAL = parse_profile(
    {
        "name": "p",
        "criteria": [{"id": "years", "curve": CURVE}],
        "regions": {"DE": {"criteria": {"years": {"gate": "conditional"}}}},
    }
)
PEOPLE = Candidates.from_frame(pd.DataFrame({"id": ["a"], "name": ["A"], "years": [1.0]}), GATED)
GIVEN = Waiver("a", "years", "Ann", "known", None)


def test_what_still_means_something_is_kept() -> None:
    """Globally, and where only one region has the must-have."""
    assert holding([GIVEN], PEOPLE, GATED) == (GIVEN,)
    assert holding([GIVEN], PEOPLE, LOCAL) == (GIVEN,)


@pytest.mark.parametrize(
    ("waiver", "profile"),
    [
        (Waiver("gone", "years", "Ann", "known"), GATED),
        (GIVEN, OPEN),
        (GIVEN, HARD),
        (Waiver("a", "x", "A", "b"), GATED),
    ],
)
def test_what_is_gone_is_left_out_where_a_ranking_would_be_refused(waiver: Waiver, profile) -> None:
    """With it the ranking is refused; with what holds it is made."""
    with pytest.raises(RunError):
        rank(PEOPLE, profile, waivers=[waiver])
    assert holding([waiver], PEOPLE, profile) == ()
    rank(PEOPLE, profile, waivers=holding([waiver], PEOPLE, profile))
