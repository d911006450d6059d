"""Standards: what is accepted, what is refused and in which words, weights, stages."""

from __future__ import annotations

import copy
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import Gate, Profile, parse_profile
from criteria.errors import DecisionError, ProfileError, RunError, WeightsError
from tests import strategies

CURVE = {"floor": 0, "qualified": 3, "ideal": 10}
YEARS = {"id": "years", "curve": CURVE}
STAFF = {"id": "staff", "kind": "judged"}


def standard(*entries, **rest) -> Profile:
    """Return a small standard."""
    return parse_profile({"name": "small", "criteria": list(entries or (YEARS, STAFF)), **rest})


def test_a_criterion_with_a_library_id_takes_its_texts_but_no_scale():
    """Naming a criterion as the library does brings its title, not its curve or its gate."""
    criterion = standard({"id": "operating_years"}).criteria[0]
    assert criterion.title.text() == "Operating history"
    assert (criterion.curve, criterion.gates, criterion.is_scored) == (None, (), False)


def test_use_takes_everything_and_overrides_win():
    """`use` is the library's criterion; what the entry says goes before it."""
    plain, own = standard({"use": "operating_years"}, {"use": "sales_growth", "curve": CURVE}).criteria
    assert plain.curve is not None
    assert own.curve.ideal == 10
    rated = standard({"use": "operating_years", "kind": "judged"}).criteria[0]
    assert (rated.kind, rated.curve) == ("judged", None)


def test_a_judged_criterion_needs_no_curve():
    """Value = (rating - 1) x 25: anchor 3 is qualified, anchor 5 ideal; half points count."""
    assert standard(STAFF).criteria[0].value([1, 2.5, 3, 4.5, 5]).tolist() == [0, 37.5, 50, 87.5, 100]


def test_levels_have_a_value_each_and_none_is_unknown():
    """A category reads its table; a level without a value decides nothing yet."""
    criterion = standard({"id": "reach", "levels": {"local": 0, "regional": 50, "open": {"value": None}}}).criteria[0]
    values = criterion.value(np.array(["local", "regional", "open", None], dtype=object))
    assert values.tolist()[:2] == [0, 50]
    assert np.isnan(values[2:]).all()


@pytest.mark.parametrize(
    ("written", "gates"),
    [
        (None, ()),
        ("none", ()),
        ([], ()),
        ("hard", (Gate(kind="hard"),)),
        ("conditional", (Gate(kind="conditional"),)),
        ({"kind": "hard", "limit": 2}, (Gate(kind="hard", limit=2),)),
        ([{"kind": "conditional", "limit": 3}, {"kind": "hard", "limit": 1, "min_level": 2}],
         (Gate(kind="conditional", limit=3), Gate(kind="hard", limit=1, min_level=2))),
    ],
)  # fmt: skip
def test_every_way_to_write_a_gate(written, gates):
    """none, a word, one gate, or a list of gates."""
    assert standard(YEARS | {"gate": written}).criteria[0].gates == gates


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"criteria": [{"id": "a", "curve": {"floor": 0, "qualifed": 3, "ideal": 10}}]}, ["qualifed", "“qualified”"]),
        ({"criteria": [YEARS | {"gates": "hard"}]}, ["gates", "“gate”"]),
        ({"criteria": [YEARS | {"gate": [{"kind": "hard", "limt": 3}]}]}, ["limt", "“limit”"]),
        ({"criteria": [YEARS], "scenario": {}}, ["scenario", "“scenarios”"]),
        ({"criteria": [YEARS], "regions": {"DE": {"inherit": "EU"}}}, ["inherit", "“inherits”"]),
        ({"criteria": [YEARS], "regions": {"DE": {"criteria": {"years": {"curv": CURVE}}}}}, ["curv", "“curve”", "DE"]),
        ({"criteria": [YEARS], "scenarios": {"a": {"yeras": 1}}}, ["yeras", "“years”"]),
        ({"criteria": [YEARS], "regions": {"DE": {"criteria": {"yeers": {"gate": "hard"}}}}}, ["yeers", "“years”"]),
        ({"criteria": [YEARS], "scenarios": {"calm": {"years": 1}}, "regions": {"DE": {"scenarios": {"clam": {}}}}},
         ["clam", "“calm”"]),
        ({"criteria": [YEARS], "regions": {"Europe": {}, "DE": {"inherits": "Erope"}}}, ["Erope", "“Europe”"]),
        ({"criteria": [{"use": "operating_year"}]}, ["operating_year", "“operating_years”"]),
        ({"criteria": [YEARS, {"id": "all", "composite": {"year": 1}}]}, ["year", "“years”"]),
    ],
)  # fmt: skip
def test_an_unknown_key_is_answered_with_the_nearest_right_one(document, words):
    """The sentence names the key as it was written and what was probably meant."""
    with pytest.raises(ProfileError) as caught:
        parse_profile({"name": "small", **document})
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("document", "match"),
    [
        ({"criteria": []}, "no criteria"),
        ({}, "“criteria” is missing"),
        ({"criteria": [YEARS, YEARS]}, "“years” stands twice"),
        ({"criteria": [{"id": "region"}]}, "column of its own"),
        ({"criteria": [{"id": ""}]}, "1 to 80 characters"),
        ({"criteria": [{"id": "a\x00"}]}, "1 to 80 characters"),
        ({"criteria": [{"id": "x" * 81}]}, "1 to 80 characters"),
        ({"criteria": [{"id": "a", "gate": "hard"}]}, "cannot be a must-have"),
        ({"criteria": [YEARS | {"gate": "soft"}]}, "conditional"),
        ({"criteria": [YEARS | {"gate": {"kind": "hard", "min_level": 4}}]}, "min_level"),
        ({"criteria": [YEARS | {"levels": {"a": 1}}]}, "keep one"),
        ({"criteria": [STAFF | {"curve": CURVE}]}, "judged"),
        ({"criteria": [{"id": "a", "levels": {"x": 101}}]}, "levels"),
        ({"criteria": [STAFF | {"rubric": ["1", "2"]}]}, "rubric"),
        ({"criteria": [{"id": "a"}], "scenarios": {"s": {"a": 1}}}, "no curve and no levels"),
        ({"criteria": [YEARS], "minimum_total": 101}, "minimum_total"),
        ({"criteria": [YEARS, {"id": "c", "composite": {"years": 0}}]}, "weight above zero"),
        ({"criteria": [YEARS, {"id": "c", "composite": {"c": 1}}]}, "of its own"),
        ({"criteria": [YEARS], "region_groups": {"EU": ["EU"]}}, "at least one other"),
        ({"criteria": [YEARS], "region_groups": {"EU": []}}, "at least one other"),
        ({"criteria": [YEARS], "regions": {"A": {"inherits": "B"}, "B": {"inherits": "A"}}}, "inherits from itself"),
        ({"criteria": "years"}, "criteria"),
        ({"criteria": [YEARS], "title": {"fr": "x"}}, "unknown language"),
        ({"criteria": [{"use": ["years"]}]}, "no “"),
    ],
)
def test_a_standard_that_cannot_work_is_refused_with_the_reason(document, match):
    """Each mistake has a sentence of its own, before any candidate is looked at."""
    with pytest.raises(ProfileError, match=match):
        parse_profile({"name": "small", **document})


@pytest.mark.parametrize("weight", [-1, -0.001])
def test_a_negative_weight_is_refused_by_name(weight):
    """The sentence names scenario, criterion and weight, and says what to write instead."""
    with pytest.raises(WeightsError, match=r"“calm”.*“years” is -.*use 0"):
        standard(scenarios={"calm": {"years": weight, "staff": 2}})


@pytest.mark.parametrize("weight", [math.nan, math.inf, -math.inf, "3", True, None, 10**400, [1]])
def test_a_weight_that_is_no_plain_number_is_refused(weight):
    """Not a number, infinite, a text, a truth value: never a silent 0 or 1."""
    with pytest.raises(ProfileError, match="plain number"):
        standard(scenarios={"calm": {"years": weight}})


@pytest.mark.parametrize("points", [{}, {"years": 0}, {"years": 0, "staff": 0.0}])
def test_weights_that_are_all_zero_are_refused(points):
    """There would be nothing to add up."""
    with pytest.raises(WeightsError, match="all weights are zero"):
        standard(scenarios={"calm": points})


def test_weights_are_normalised_and_what_is_not_named_weighs_nothing():
    """Any positive scale, the first scenario is the default."""
    profile = standard(scenarios={"calm": {"years": 30}, "bold": {"years": 1, "staff": 3}})
    assert profile.weights().tolist() == [1, 0]
    assert profile.weights("bold").tolist() == [0.25, 0.75]


def test_no_scenario_means_equal_weights_for_what_is_scored():
    """What is only listed has no weight."""
    profile = standard(YEARS, STAFF, {"id": "note"})
    assert (profile.scenario_names, profile.weights().tolist()) == (("equal",), [0.5, 0.5, 0])


@given(strategies.documents(), st.floats(1e-300, 1e300))
def test_the_scale_of_weights_does_not_matter(document, factor):
    """All weights times any factor are the same weights, from the smallest to the largest floats."""
    scaled = copy.deepcopy(document)
    for points in scaled["scenarios"].values():
        for key in points:
            points[key] *= factor
    one, other = parse_profile(document), parse_profile(scaled)
    for name in one.scenario_names:
        assert other.weights(name) == pytest.approx(one.weights(name), abs=1e-15)


def test_an_unknown_name_is_refused_with_the_known_ones():
    """Scenario, stage and criterion."""
    profile = standard(scenarios={"calm": {"years": 1}})
    with pytest.raises(RunError, match=r"“clam”.*calm"):
        profile.weights("clam")
    with pytest.raises(RunError, match=r"“final”.*desk"):
        profile.for_stage("final")
    with pytest.raises(RunError, match=r"“yeras”.*years, staff"):
        profile.criterion("yeras")


def test_the_desk_stage_counts_what_is_known_by_step_four():
    """The first step counts; a rating without a step is known at the interview, a fact at the desk."""
    profile = standard(
        YEARS,
        STAFF,
        {"id": "early rating", "kind": "judged", "step": [4, 5]},
        {"id": "late fact", "curve": CURVE, "step": [5, 4]},
        scenarios={"calm": {"years": 1, "staff": 2, "early rating": 3, "late fact": 4}},
    )
    desk = profile.for_stage("desk")
    assert [criterion.id for criterion in desk.criteria] == ["years", "early rating"]
    assert desk.weights().tolist() == [0.25, 0.75]
    assert profile.for_stage(None) is profile


def test_a_desk_stage_that_leaves_no_weight_is_refused():
    """A standard of interviews only has no desk ranking."""
    with pytest.raises(WeightsError, match="weight above zero"):
        standard(STAFF, scenarios={"calm": {"staff": 1}}).for_stage("desk").weights()


def test_a_composite_keeps_its_late_leaves_at_the_desk_without_their_weight():
    """Its band needs them; their own gate and weight do not count yet."""
    entries = (YEARS, STAFF | {"gate": "hard"}, {"id": "all", "composite": {"years": 1, "staff": 1}, "step": 4})
    desk = standard(*entries, scenarios={"calm": {"years": 1, "staff": 5, "all": 1}}).for_stage("desk")
    weights = dict(zip([c.id for c in desk.criteria], desk.weights().tolist(), strict=True))
    assert weights == {"years": 0.5, "staff": 0, "all": 0.5}
    assert desk.criterion("staff").gates == ()


def test_equal_weights_do_not_count_a_leaf_beside_its_composite():
    """Otherwise solvency would count twice; a region that changes something else does not change that."""
    entries = (YEARS, STAFF, {"id": "all", "composite": {"years": 1}})
    profile = standard(*entries, regions={"DE": {"minimum_total": 40}})
    assert profile.weights().tolist() == profile.for_region("DE").weights().tolist() == [0, 0.5, 0.5]


def test_a_standard_is_read_only():
    """Nothing can change a standard behind a ranking's back."""
    profile = standard()
    with pytest.raises(ValueError, match="frozen"):
        profile.name = "other"
    with pytest.raises(ValueError, match="frozen"):
        profile.criteria[0].gate = ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 200) | st.floats() | st.text(max_size=3) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def places(node, path=()):
    """Return the paths of all nodes below *node*."""
    keys = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(found for key, value in keys for found in places(value, (*path, key)))]


@given(strategies.documents(), json_values, st.data())
def test_any_document_is_a_standard_or_a_clear_refusal(document, value, data):
    """One node of a good standard is replaced by anything JSON can hold: never another error than ours."""
    *path, last = data.draw(st.sampled_from(places(document)[1:]))
    node = document
    for key in path:
        node = node[key]
    node[last] = value
    try:
        whole, refusal = parse_profile(document).weights().sum(), "a sentence"
    except DecisionError as error:
        whole, refusal = 1, str(error)
    assert whole == pytest.approx(1)
    assert refusal.strip()
