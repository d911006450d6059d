"""Must-haves: verdicts, their precedence, waivers, near misses, and sentences whose figures are the engine's."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import parse_profile
from criteria.errors import RunError
from selection import Candidates, Waiver, screen
from selection.model import VERDICT_CODES
from selection.screen import with_limit
from tests import oracle, strategies

CURVE = {"floor": 0, "qualified": 3, "ideal": 10}
DOWN = {"floor": 10, "qualified": 5, "ideal": 1}
RANGE = {"low_floor": 0, "low_qualified": 2, "low_ideal": 4, "high_ideal": 6, "high_qualified": 8, "high_floor": 9}
NUMBER = r"-?\d+(?:\.\d+)?"
SENTENCE = re.compile(rf": (?P<value>{NUMBER}).*at (?:least|most) (?P<limit>{NUMBER}).*by (?P<short>{NUMBER})")


def screened(criteria, rows, *, waivers=(), region=None, stage=None, **rest):
    """Screen rows (dictionaries; ids a, b, ... unless given) against criteria."""
    profile = parse_profile({"name": "small", "criteria": criteria, **rest})
    frame = pd.DataFrame([{"id": chr(97 + i)} | row for i, row in enumerate(rows)])
    return screen(Candidates.from_frame(frame.astype(object), profile), profile, region, stage, waivers)


def verdicts(*args, **options):
    """Return the verdict of each row as a word."""
    return [VERDICT_CODES[code] for code in screened(*args, **options).verdicts]


NOT = "not applicable"
GATES = [
    ({"curve": CURVE, "gate": "hard"}, {3: "pass", 2.999: "fail", 99: "pass", None: "pending", NOT: "pass"}),
    ({"curve": DOWN, "gate": "hard"}, {5: "pass", 5.001: "fail", -9: "pass", None: "pending", NOT: "pass"}),
    ({"curve": RANGE, "gate": "hard"}, {2: "pass", 1.99: "fail", 8: "pass", 8.01: "fail", 5: "pass", None: "pending"}),
    ({"curve": CURVE, "gate": {"kind": "hard", "limit": 1}}, {1: "pass", 0.99: "fail", None: "pending"}),
    ({"curve": CURVE, "gate": {"kind": "hard", "limit": -1}}, {-1: "pass", -1.1: "fail"}),
    ({"curve": DOWN, "gate": {"kind": "hard", "limit": 7}}, {7: "pass", 7.01: "fail"}),
    ({"curve": {"floor": 3, "qualified": 0, "ideal": 0}, "gate": "hard"}, {0: "pass", 0.01: "fail", 1: "fail"}),
    ({"curve": {"floor": 2, "qualified": 2, "ideal": 4}, "gate": "hard"}, {2: "pass", 1.99: "fail"}),
    ({"kind": "judged", "gate": "hard"}, {3: "pass", 2.5: "fail", None: "pending", "不适用": "pass"}),
    ({"kind": "judged", "gate": {"kind": "hard", "limit": 2}}, {2: "pass", 1.5: "fail"}),
    ({"levels": {"yes": 100, "so-so": 50, "no": 0, "open": {"value": None}}, "gate": "hard"},
     {"yes": "pass", "so-so": "pass", "no": "fail", "open": "pending", None: "pending", "不適用": "pass"}),
    ({"levels": {"yes": 100, "so-so": 50}, "gate": {"kind": "hard", "limit": 60}}, {"yes": "pass", "so-so": "fail"}),
]  # fmt: skip


@pytest.mark.parametrize(("criterion", "expected"), GATES)
def test_each_kind_of_gate_at_above_and_below_its_limit(criterion, expected):
    """Exactly at the limit passes; unknown is to be verified; not applicable passes."""
    rows = [{"x": raw} for raw in expected]
    assert verdicts([{"id": "x", **criterion}], rows) == list(expected.values())


@pytest.mark.parametrize(("limit", "expected"), [(None, "pending"), (30, "pass"), (81, "fail"), (80, "pending")])
def test_a_composite_passes_or_fails_where_its_band_decides(limit, expected):
    """One leaf at 60 of weight 1, one unknown of weight 1: the band runs from 30 to 80."""
    leaf = {"floor": 0, "qualified": 50, "ideal": 100}
    gate = {"kind": "hard", "limit": limit}
    criteria = [
        {"id": "p", "curve": leaf},
        {"id": "q", "curve": leaf},
        {"id": "x", "composite": {"p": 1, "q": 1}, "gate": gate},
    ]
    assert verdicts(criteria, [{"p": 60, "q": None}]) == [expected]
    assert verdicts(criteria, [{"p": 60, "q": None, "x": 81}]) == ["pass"]


@pytest.mark.parametrize(
    ("level", "raw", "expected"),
    [
        (None, 5, "pass"),
        (2, 5, "pass"),
        (3, 5, "pass"),
        (1, 5, "pending"),
        (0, 5, "pending"),
        (0, 1, "fail"),
        (3, None, "pending"),
    ],
)
def test_only_a_stated_level_that_is_too_low_makes_a_gate_pending(level, raw, expected):
    """Unstated passes; a value that fails does so on any evidence."""
    gate = {"kind": "hard", "min_level": 2}
    assert verdicts([{"id": "x", "curve": CURVE, "gate": gate}], [{"x": raw, "x.level": level}]) == [expected]


def test_fail_goes_before_pending_before_waived_before_pass():
    """Of several gates the worst verdict holds."""
    criteria = [{"id": key, "curve": CURVE, "gate": "conditional"} for key in ("x", "y")]
    waivers = [Waiver(row, "y", "A. Person", "a guarantee") for row in "abc"]
    rows = [{"x": 1, "y": 1}, {"x": None, "y": 1}, {"x": 5, "y": 1}, {"x": 5, "y": 5}, {"x": 1, "y": None}]
    assert verdicts(criteria, rows, waivers=waivers) == ["fail", "pending", "waived", "pass", "fail"]


def test_a_waiver_excuses_what_is_missed_or_unknown_and_nothing_else():
    """It is listed where it was needed only."""
    criteria = [{"id": "x", "curve": CURVE, "gate": "conditional"}]
    waivers = [Waiver(row, "x", "A. Person", "a guarantee") for row in "abc"]
    result = screened(criteria, [{"x": 1}, {"x": None}, {"x": 9}, {"x": 1}], waivers=waivers)
    assert [VERDICT_CODES[code] for code in result.verdicts] == ["waived", "waived", "pass", "fail"]
    assert [result.waived(row) for row in range(4)] == [("x",), ("x",), (), ()]


def test_the_hard_one_of_two_gates_cannot_be_waived():
    """A waiver lifts the conditional limit; the hard one below it still holds."""
    gates = [{"kind": "conditional", "limit": 3}, {"kind": "hard", "limit": 1}]
    waivers = [Waiver(row, "x", "A. Person", "a guarantee") for row in "ab"]
    assert verdicts([{"id": "x", "curve": CURVE, "gate": gates}], [{"x": 2}, {"x": 0}], waivers=waivers) == [
        "waived",
        "fail",
    ]


@pytest.mark.parametrize(
    ("waiver", "match"),
    [
        (Waiver("a", "x", "A. Person", "please"), "hard and cannot be waived"),
        (Waiver("a", "y", "A. Person", "please"), "not a must-have"),
        (Waiver("nobody", "z", "A. Person", "please"), "no such candidate"),
        (Waiver("a", "nothing", "A. Person", "please"), "no criterion “nothing”"),
        (Waiver("a", "z", " ", "please"), "who waives it and why"),
        (Waiver("a", "z", "A. Person", ""), "who waives it and why"),
        (Waiver("a", "z", "A. Person", "please", region="XX"), "no region “XX”"),
        (Waiver("a", "z", "A. Person", "please", region="JP"), "hard and cannot be waived"),
    ],
)
def test_a_waiver_that_is_not_possible_is_refused(waiver, match):
    """Above all one for a hard gate, in the region it is for."""
    criteria = [
        {"id": "x", "curve": CURVE, "gate": "hard"},
        {"id": "y", "curve": CURVE},
        {"id": "z", "curve": CURVE, "gate": "conditional"},
    ]
    with pytest.raises(RunError, match=match):
        screened(criteria, [{"x": 1}], waivers=[waiver], regions={"JP": {"criteria": {"z": {"gate": "hard"}}}})


def test_a_waiver_for_one_region_counts_there_only():
    """With a list of regions per candidate it counts in a run of that region, with a row per region on that row."""
    criteria = [{"id": "x", "curve": CURVE, "gate": "conditional"}]
    waivers = [Waiver("a", "x", "A. Person", "a guarantee", region="DE")]
    rows = [{"x": 1, "regions": "DE; FR"}]
    assert verdicts(criteria, rows, waivers=waivers, region="DE") == ["waived"]
    assert verdicts(criteria, rows, waivers=waivers, region="FR") == ["fail"]
    assert verdicts(criteria, rows, waivers=waivers) == ["fail"]
    rows = [{"id": "a", "x": 1, "region": "DE"}, {"id": "a", "x": 1, "region": "FR"}]
    assert verdicts(criteria, rows, waivers=waivers) == ["waived", "fail"]


def test_a_waiver_for_a_must_have_of_one_region_is_possible():
    """The gate exists in DE only; the waiver does not have to say so, and does no harm elsewhere."""
    criteria = [{"id": "x", "curve": CURVE}]
    regions = {"DE": {"criteria": {"x": {"gate": "conditional"}}}, "FR": {}}
    waivers = [Waiver("a", "x", "A. Person", "a guarantee")]
    assert verdicts(criteria, [{"x": 1}], waivers=waivers, region="DE", regions=regions) == ["waived"]
    assert verdicts(criteria, [{"x": 1}], waivers=waivers, region="FR", regions=regions) == ["pass"]
    regions["DE"]["criteria"]["x"]["gate"] = "hard"
    with pytest.raises(RunError, match="hard"):
        screened(criteria, [{"x": 1}], waivers=waivers, region="DE", regions=regions)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"x": 2.4, "y": 9}, True),
        ({"x": 2.39, "y": 9}, False),
        ({"x": 2.9, "y": 2.9}, False),
        ({"x": 9, "y": 2.9}, True),
        ({"x": 2.9, "y": None}, True),
    ],
)
def test_a_near_miss_fails_one_gate_with_a_value_of_forty(row, expected):
    """2.4 of 3 years is worth exactly 40 points; two gates missed are no near miss; a pending gate is not missed."""
    criteria = [{"id": key, "curve": CURVE, "gate": "hard"} for key in ("x", "y")]
    assert screened(criteria, [row]).near_miss(0) is expected


@given(st.integers(1, 400), st.integers(2, 400))
def test_a_value_of_exactly_forty_is_a_near_miss_on_any_scale(floor, width):
    """40 % of the way to 50 must not be lost to a rounding: at 4/5 of the way from floor to qualified."""
    curve = {"floor": floor / 7, "qualified": (floor + 5 * width) / 7, "ideal": floor + 5 * width}
    result = screened([{"id": "x", "curve": curve, "gate": "hard"}], [{"x": (floor + 4 * width) / 7}])
    assert result.near_miss(0)


FAILING = [
    ({"curve": CURVE}, 1, (1, 3, 2)),
    ({"curve": DOWN}, 7.5, (7.5, 5, 2.5)),
    ({"curve": RANGE}, 1.5, (1.5, 2, 0.5)),
    ({"curve": RANGE}, 8.5, (8.5, 8, 0.5)),
    ({"kind": "judged"}, 2, (2, 3, 1)),
    ({"curve": CURVE, "unit": "years"}, 2.9999999, (2.9999999, 3, 1e-7)),
    ({"curve": {"floor": 0, "qualified": 1e6, "ideal": 1e7}}, 999999.5, (999999.5, 1e6, 0.5)),
    ({"curve": {"floor": 0, "qualified": 2e9, "ideal": 1e10}}, 1.2e9, (1.2e9, 2e9, 8e8)),
    ({"curve": {"floor": 0, "qualified": 2e-7, "ideal": 1}}, 1e-7, (1e-7, 2e-7, 1e-7)),
]


@pytest.mark.parametrize(("criterion", "raw", "figures"), FAILING)
def test_a_failure_has_value_limit_and_shortfall_and_says_them(criterion, raw, figures):
    """The figures in the sentence, read back, are the engine's, and the value differs from the limit."""
    result = screened([{"id": "x", "gate": "conditional", **criterion}], [{"x": raw}])
    found = result.failures(0)[0].to_dict()
    assert (found["criterion"], found["gate"]) == ("x", "conditional")
    assert (found["value"], found["limit"], found["shortfall"]) == pytest.approx(figures)
    read = SENTENCE.search(found["sentence"])
    assert read is not None, found["sentence"]
    assert [float(read[part]) for part in ("value", "limit", "short")] == pytest.approx(figures, rel=1e-5)
    assert read["value"] != read["limit"]


def test_a_category_failure_names_the_levels():
    """Levels are named in words; the shortfall is in points of the scale."""
    levels = {"yes": 100, "soon": 60, "no": 0}
    found = screened([{"id": "x", "levels": levels, "gate": "hard"}], [{"x": "no"}]).failures(0)[0].to_dict()
    assert (found["value"], found["limit"], found["shortfall"]) == ("no", "yes, soon", 50)
    assert found["sentence"] == "x: “no”; it must be “yes, soon”."


def test_every_failure_is_told_in_the_order_of_the_standard():
    """Not the first one only."""
    criteria = [{"id": key, "curve": CURVE, "gate": "hard"} for key in ("z", "a", "m")]
    assert [f.criterion for f in screened(criteria, [{"z": 1, "a": 9, "m": 0}]).failures(0)] == ["z", "m"]


REGIONS = {"regions": {"DE": {}, "DE · hospitals": {"inherits": "DE"}}, "region_groups": {"EU": ["DE", "FR"]}}


@pytest.mark.parametrize(
    ("region", "ids"),
    [
        ("DE", "abde"),
        ("de", "abde"),
        (" ＤＥ ", "abde"),
        ("DE · hospitals", "abdef"),
        ("EU", "abcde"),
        ("FR", "bce"),
        ("TH", "eg"),
        (None, "abcdefg"),
    ],
)
def test_who_is_looked_at_in_a_region(region, ids):
    """Case and width do not matter; who names the group serves its members; an empty cell may serve anywhere."""
    cells = ["DE", "DE;FR", "FR", "de", "", "DE · hospitals", "TH"]
    cells[1] = "EU"
    rows = [{"regions": cell} for cell in cells]
    result = screened([{"id": "x", "curve": CURVE}], rows, region=region, **REGIONS)
    assert "".join(result.candidates.ids) == ids
    assert [result.candidates.ids[row] for row in result.rows(2)] == (["e"] if region else [])
    assert all(result.unknown(row) == ("region",) for row in result.rows(2))


def test_without_a_regions_column_everybody_serves_every_region():
    """Even a segment of a region."""
    assert len(screened([{"id": "x", "curve": CURVE}], [{}, {}], region="DE · hospitals", **REGIONS).candidates) == 2


@pytest.mark.parametrize(
    ("region", "match"),
    [
        ("FR", "No candidate serves “FR”"),
        ("DEE", r"no region “DEE”.*Did you mean “DE”.*Known are: DE"),
        ("Atlantis", r"no region “Atlantis”.*Known are: DE, DE · hospitals, EU, FR, TH"),
        ("", "no region “”"),
    ],
)
def test_a_region_that_nobody_serves_or_knows_is_refused(region, match):
    """The known ones are named."""
    with pytest.raises(RunError, match=match):
        screened([{"id": "x", "curve": CURVE}], [{"regions": "TH"}], region=region, **REGIONS)


def test_a_region_is_refused_where_nobody_names_any():
    """The sentence says so."""
    with pytest.raises(RunError, match="neither the standard nor the candidates"):
        screened([{"id": "x", "curve": CURVE}], [{}], region="DE")


def test_the_desk_stage_counts_no_gate_of_the_interview():
    """Cooperation is not known yet, so it eliminates nobody and makes nobody pending."""
    criteria = [{"id": "x", "curve": CURVE, "gate": "hard"}, {"id": "y", "kind": "judged", "gate": "hard", "step": 5}]
    rows = [{"x": 5, "y": 1}, {"x": 5, "y": None}, {"x": 1, "y": 5}]
    assert verdicts(criteria, rows, stage="desk") == ["pass", "pass", "fail"]
    assert verdicts(criteria, rows) == ["fail", "pending", "fail"]


def test_a_threshold_moves_for_the_sweep_and_the_standard_stays():
    """The conditional limit moves, the hard one does not."""
    gates = [{"kind": "conditional", "limit": 3}, {"kind": "hard", "limit": 1}]
    profile = parse_profile({"name": "small", "criteria": [{"id": "x", "curve": CURVE, "gate": gates}]})
    candidates = Candidates.from_frame(pd.DataFrame({"id": list("abc"), "x": [0.5, 2, 4]}), profile)
    found = [len(screen(candidates, with_limit(profile, "x", limit)).rows(0)) for limit in (0, 2, 3, 5)]
    assert found == [2, 2, 1, 0]
    assert profile.criteria[0].gates[0].limit == 3


def test_the_shape_of_the_screening_is_that_of_the_design():
    """passed, eliminated, pending; region only with a row per region."""
    result = screened([{"id": "x", "curve": CURVE, "gate": "hard"}], [{"x": 5}, {"x": 1}, {"x": None}]).to_dict()
    assert {key: [list(entry) for entry in entries] for key, entries in result.items()} == {
        "passed": [["id", "name", "waived"]],
        "eliminated": [["id", "name", "near_miss", "failed"]],
        "pending": [["id", "name", "unknown"]],
    }
    failed = result["eliminated"][0]["failed"]
    assert list(failed[0]) == ["criterion", "gate", "value", "limit", "shortfall", "sentence"]
    rows = [{"id": "a", "x": 5, "region": "DE"}, {"id": "a", "x": 5, "region": "FR"}]
    by_region = screened([{"id": "x", "curve": CURVE}], rows).to_dict()["passed"]
    assert [entry["region"] for entry in by_region] == ["DE", "FR"]


@given(strategies.problems(regional=False), st.data())
def test_verdicts_agree_with_the_rules_read_a_second_time(problem, data):
    """Every gate of every kind on every gap, with waivers, against the slow reading in fractions."""
    profile, frame = problem
    waivers = data.draw(strategies.waivers(profile, frame))
    result = screen(Candidates.from_frame(frame, profile), profile, None, None, waivers)
    expected = [oracle.verdict(profile, row, waivers) for row in frame.to_dict("records")]
    assert [VERDICT_CODES[code] for code in result.verdicts] == expected


@given(strategies.problems())
def test_everybody_has_one_verdict_and_a_reason(problem):
    """Nobody is dropped; who is out has a failure that is positive, who is pending has something to verify."""
    profile, frame = problem
    result = screen(Candidates.from_frame(frame, profile), profile)
    parts = [result.rows(code).tolist() for code in range(4)]
    assert sorted(row for part in parts for row in part) == list(range(len(frame)))
    assert all(result.unknown(row) for row in parts[2])
    for row in parts[3]:
        assert result.failures(row)
        assert all(failure.shortfall > 0 and str(failure.sentence) for failure in result.failures(row))


@given(strategies.problems(smallest=1), st.data())
def test_finding_out_an_unknown_never_turns_a_verdict_around(problem, data):
    """Who passes or fails with unknowns does so whatever they turn out to be."""
    profile, frame = problem
    filled = frame.copy()
    for criterion in profile.criteria:
        if criterion.id in frame and criterion.composite is None:
            drawn = strategies.raw_values(criterion, gaps=False)
            filled[criterion.id] = [v if v is not None else data.draw(drawn) for v in frame[criterion.id]]
    before, after = (screen(Candidates.from_frame(table, profile), profile) for table in (frame, filled))
    for row in (*before.rows(0), *before.rows(3)):
        assert before.verdicts[row] == after.verdicts[row] or after.unknown(row)
