"""Regional inheritance: base, then groups, then what a region inherits, then its own; and who serves what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import parse_profile, region_names
from criteria.errors import ProfileError, WeightsError
from criteria.regions import lineage, region_changes, serves
from tests import strategies

CURVE = {"floor": 0, "qualified": 3, "ideal": 10}
BASE = {
    "name": "regional",
    "criteria": [{"id": "years", "curve": CURVE, "gate": "hard"}, {"id": "staff", "kind": "judged"}, {"id": "note"}],
    "scenarios": {"balanced": {"years": 6, "staff": 4}, "bold": {"years": 1}},
    "minimum_total": 50,
}


def regional(regions, groups=None, **rest):
    """Return the base standard with regional changes."""
    return parse_profile(BASE | {"regions": regions, "region_groups": groups or {}} | rest)


def test_a_region_changes_a_curve_a_gate_a_weight_and_the_cut_line():
    """What the region does not name stays as it is globally."""
    change = {
        "criteria": {"years": {"curve": {"floor": 0, "qualified": 2, "ideal": 4}, "gate": "none"}},
        "scenarios": {"balanced": {"staff": 14}},
        "minimum_total": 40,
    }
    profile = regional({"North": change})
    north = profile.for_region("North")
    assert (north.criterion("years").curve.ideal, north.criterion("years").gates, north.minimum_total) == (4, (), 40)
    assert north.weights("balanced").tolist() == [0.3, 0.7, 0]
    assert north.weights("bold").tolist() == [1, 0, 0]
    assert profile.for_region("South") == profile.for_region(None) == profile
    assert profile.criterion("years").curve.ideal == 10


def test_the_nearest_change_wins():
    """A group changes it, a region of the group changes it again, a segment of the region once more."""
    profile = regional(
        {
            "SEA": {"scenarios": {"balanced": {"years": 1, "staff": 1}}, "minimum_total": 10},
            "TH": {"scenarios": {"balanced": {"years": 3}}},
            "TH · hospitals": {"inherits": "TH", "minimum_total": 70},
        },
        {"SEA": ["TH", "VN"]},
    )
    assert lineage(profile, "TH · hospitals") == ("SEA", "TH", "TH · hospitals")
    weights = {name: profile.for_region(name).weights().tolist() for name in ("SEA", "VN", "TH", "TH · hospitals")}
    assert weights == {
        "SEA": [0.5, 0.5, 0],
        "VN": [0.5, 0.5, 0],
        "TH": [0.75, 0.25, 0],
        "TH · hospitals": [0.75, 0.25, 0],
    }
    assert [profile.for_region(name).minimum_total for name in ("VN", "TH · hospitals", "DE")] == [10, 70, 50]
    assert [name for name, _ in region_changes(profile, "TH · hospitals")] == ["SEA", "TH", "TH · hospitals"]


def test_a_region_changes_equal_weights_too():
    """Without scenarios the weights are equal, and a region may still say otherwise."""
    profile = regional({"DE": {"scenarios": {"equal": {"staff": 3}}}}, scenarios={})
    assert profile.for_region("DE").weights().tolist() == [0.25, 0.75, 0]


def test_a_region_may_give_a_listed_fact_a_curve_and_a_weight():
    """What is only listed globally counts in one region."""
    change = {"criteria": {"note": {"curve": CURVE}}, "scenarios": {"balanced": {"note": 10}}}
    assert regional({"DE": change}).for_region("DE").weights().tolist() == [0.3, 0.2, 0.5]


def test_a_curve_may_become_levels_in_a_region():
    """One kind of scale replaces the other; two at once would be refused."""
    profile = regional({"DE": {"criteria": {"years": {"levels": {"old": 100, "new": 0}}}}})
    assert profile.for_region("DE").criterion("years").is_category


@pytest.mark.parametrize(
    ("regions", "match"),
    [
        ({"DE": {"criteria": {"years": {"kind": "judged"}}}}, "kind"),
        ({"DE": {"criteria": {"years": {"id": "other"}}}}, "id"),
        (
            {"DE": {"criteria": {"years": {"curve": {"floor": 9, "qualified": 2, "ideal": 4}}}}},
            r"DE.*years.*without turning",
        ),
        ({"DE": {"criteria": {"note": {"gate": "hard"}}}}, "must-have"),
        ({"DE": {"criteria": {"years": {"composite": {"nobody": 1}}}}}, "nobody"),
        ({"DE": {"criteria": {"years": {"curve": None}}}}, r"years|curve"),
        ({"DE": {"inherits": "XX"}}, "XX"),
        ({f"r{i}": {"inherits": f"r{i + 1}"} for i in range(3000)} | {"r3000": {}}, "too many steps"),
    ],
)
def test_a_regional_change_that_cannot_work_is_refused_when_it_is_read(regions, match):
    """Not later, when somebody ranks that region."""
    with pytest.raises(ProfileError, match=match):
        regional(regions)


def test_a_negative_regional_weight_is_refused():
    """The sentence names the region."""
    with pytest.raises(WeightsError, match="DE"):
        regional({"DE": {"scenarios": {"balanced": {"years": -1}}}})


def test_groups_that_name_each_other_are_refused():
    """No endless inheritance."""
    profile = regional({}, {"A": ["B"], "B": ["A"]})
    with pytest.raises(ProfileError, match="inherits from itself"):
        profile.for_region("A")


def test_who_serves_a_region_a_segment_and_a_group():
    """A candidate serves a segment by naming its region, a region by naming its group, a group by naming a member."""
    profile = regional({"DE": {}, "DE · hospitals": {"inherits": "DE"}}, {"EU": ["DE", "FR"], "World": ["EU", "TH"]})
    assert serves(profile, "DE · hospitals") == {"de · hospitals", "de", "eu", "world"}
    assert serves(profile, "DE") == {"de", "eu", "world"}
    assert serves(profile, "EU") == {"eu", "world", "de", "fr"}
    assert serves(profile, "World") == {"world", "eu", "th", "de", "fr"}
    assert serves(profile, "JP") == {"jp"}


def test_every_region_is_known_once():
    """Regions, groups and members, in the order they are written."""
    profile = regional({"DE": {}, "NO": {}}, {"EU": ["DE", "FR"]})
    assert region_names(profile) == ("DE", "NO", "EU", "FR")


@given(strategies.profiles(), st.sampled_from(["DE", "FR", "EU", "XX", None]))
def test_a_region_gives_a_standard_that_is_whole(profile, region):
    """Any region's standard passes the checks of a global one, and keeps the order of the criteria."""
    local = profile.for_region(region)
    again = parse_profile(local.document())
    assert [c.id for c in again.criteria] == [c.id for c in profile.criteria]
    assert again.weights().tolist() == local.weights().tolist()
