"""The ranking: figures by hand, ties, bands, the cut line, the JSON, the fingerprint, and what can never happen."""

from __future__ import annotations

import copy
import datetime
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from criteria import parse_profile
from criteria.errors import RunError, WeightsError
from selection import Candidates, Waiver, rank
from tests import strategies

YEARS = {"id": "years", "curve": {"floor": 0, "qualified": 3, "ideal": 10}}
STAFF = {"id": "staff", "kind": "judged"}
DAYS = {"id": "days", "curve": {"floor": 10, "qualified": 5, "ideal": 1}}
SMALL = {
    "name": "small",
    "criteria": [YEARS, STAFF, DAYS],
    "scenarios": {"balanced": {"years": 5, "staff": 3, "days": 2}},
}


def ranked(rows, document=SMALL, **options):
    """Rank rows (dictionaries; ids a, b, ... unless given)."""
    profile = parse_profile(document)
    frame = pd.DataFrame([{"id": chr(97 + i)} | row for i, row in enumerate(rows)])
    return rank(Candidates.from_frame(frame.astype(object), profile), profile, **options)


def test_a_total_by_hand():
    """Years 6.5 -> 75, staff 4 -> 75, days 7.5 -> 25; 0.5 x 75 + 0.3 x 75 + 0.2 x 25 = 65."""
    entry = ranked([{"years": 6.5, "staff": 4, "days": 7.5}]).to_dict()["ranked"][0]
    assert (entry["score"], entry["low"], entry["high"], entry["known"]) == (65, 65, 65, 1)
    assert entry["values"] == {"years": 75, "staff": 75, "days": 25}
    assert entry["points"] == pytest.approx({"years": 37.5, "staff": 22.5, "days": 5})


def test_the_qualified_distributor_has_fifty_and_the_ideal_one_a_hundred():
    """The two lines that every total is read against."""
    result = ranked([{"years": 3, "staff": 3, "days": 5}, {"years": 10, "staff": 5, "days": 1}]).to_dict()["ranked"]
    assert [(entry["id"], entry["score"]) for entry in result] == [("b", 100), ("a", 50)]


def test_an_unknown_makes_a_band():
    """Staff unknown (weight 0.3): low 42.5, high 72.5, the middle 57.5; 70 % of the weight is known."""
    entry = ranked([{"years": 6.5, "staff": None, "days": 7.5}]).to_dict()["ranked"][0]
    assert (entry["low"], entry["score"], entry["high"], entry["known"]) == (42.5, 57.5, 72.5, 0.7)
    assert (entry["values"]["staff"], entry["points"]["staff"]) == (None, None)


def test_what_does_not_apply_takes_its_weight_out():
    """Staff does not apply: (5 x 75 + 2 x 25) / 7, and everything is known."""
    entry = ranked([{"years": 6.5, "staff": "not applicable", "days": 7.5}]).to_dict()["ranked"][0]
    assert entry["score"] == entry["low"] == entry["high"] == pytest.approx(425 / 7)
    assert entry["known"] == 1
    assert (entry["values"]["staff"], entry["points"]["staff"]) == (None, None)
    assert sum(filter(None, entry["points"].values())) == pytest.approx(425 / 7)


def test_where_nothing_applies_nothing_is_known():
    """The whole scale is open, and nothing is divided by zero."""
    entry = ranked([dict.fromkeys(("years", "staff", "days"), "不适用")]).to_dict()["ranked"][0]
    assert (entry["low"], entry["score"], entry["high"], entry["known"]) == (0, 50, 100, 0)


@pytest.mark.parametrize("small", [1e-3, 1e-10, 1e-14])
def test_a_small_weight_is_exact_where_nothing_else_applies(small):
    """The share of what applies is added up, not what is left of 1."""
    document = SMALL | {"scenarios": {"balanced": {"years": 1, "staff": small}}}
    entry = ranked([{"years": "not applicable", "staff": 4}], document).to_dict()["ranked"][0]
    assert (entry["low"], entry["score"], entry["high"], entry["known"]) == (75, 75, 75, 1)


def test_a_composite_with_a_missing_leaf_has_a_band_and_known_points():
    """Leaves 75 (weight 1) and unknown (weight 3): 18.75 to 93.75; its known points count in low."""
    document = SMALL | {
        "criteria": [YEARS, STAFF, DAYS, {"id": "whole", "composite": {"years": 1, "staff": 3}}],
        "scenarios": {"balanced": {"whole": 8, "days": 2}},
    }
    entry = ranked([{"years": 6.5, "days": 7.5}], document).to_dict()["ranked"][0]
    assert (entry["low"], entry["high"], entry["score"], entry["known"]) == (20, 80, 50, 0.4)
    assert entry["values"]["whole"] is None
    assert entry["points"]["whole"] == pytest.approx(15)
    given = ranked([{"years": 6.5, "days": 7.5, "whole": 40}], document).to_dict()["ranked"][0]
    assert (given["score"], given["known"], given["values"]["whole"]) == (37, 1, 40)


def test_ties_are_shown_as_ties():
    """1, 1, 3; equal totals stand in the order of their ids, whatever the order of the file."""
    rows = [{"id": key, "years": years} for key, years in (("d", 1), ("c", 5), ("a", 5), ("b", 2), ("e", 2))]
    result = ranked(rows, SMALL | {"scenarios": {"s": {"years": 1}}}).to_dict()["ranked"]
    assert [(e["id"], e["rank"], e["tied"]) for e in result] == [
        ("a", 1, True), ("c", 1, True), ("b", 3, True), ("e", 3, True), ("d", 5, False),
    ]  # fmt: skip


def test_a_difference_in_the_ninth_decimal_is_a_tie_and_one_in_the_eighth_is_none():
    """Totals are rounded to 8 decimals, then compared."""
    document = {"name": "t", "criteria": [{"id": "x", "curve": {"floor": 0, "qualified": 50, "ideal": 100}}]}
    for difference, ranks in ((1e-9, [1, 1]), (2e-8, [1, 2])):
        result = ranked([{"x": 60.0}, {"x": 60.0 + difference}], document).to_dict()["ranked"]
        assert [entry["rank"] for entry in result] == ranks


def test_sums_in_another_order_tie():
    """0.1 + 0.2 + 0.3 in any order is one total."""
    document = SMALL | {
        "criteria": [{**YEARS, "id": key, "curve": {"floor": 0, "qualified": 50, "ideal": 100}} for key in "xyz"]
    }
    document["scenarios"] = {"s": {"x": 1, "y": 1, "z": 1}}
    rows = [{"x": 10.1, "y": 20.2, "z": 30.3}, {"x": 30.3, "y": 10.1, "z": 20.2}, {"x": 20.2, "y": 30.3, "z": 10.1}]
    assert [entry.rank for entry in ranked(rows, document).ranked] == [1, 1, 1]


@pytest.mark.parametrize(
    ("line", "below"), [(None, [False, False]), (50, [False, True]), (50.00000002, [True, True]), (0, [False] * 2)]
)
def test_the_cut_line_eliminates_nobody(line, below):
    """Under it candidates stay listed; exactly on it is not under it."""
    document = SMALL | ({} if line is None else {"minimum_total": line})
    result = ranked([{"years": 3, "staff": 3, "days": 5}, {"years": 3, "staff": 3, "days": 6}], document).to_dict()
    assert [entry["below_line"] for entry in result["ranked"]] == below
    assert result["eliminated"] == []


def test_best_and_worst_rank_by_hand():
    """Of 90, 70, 60, 30 and 40 only the first is surely above the band 40 to 80, only the last two surely not."""
    criteria = [
        {"id": "x", "curve": {"floor": 0, "qualified": 50, "ideal": 100}},
        {"id": "y", "kind": "judged", "gate": "hard"},
    ]
    document = {"name": "bands", "criteria": criteria, "scenarios": {"s": {"x": 6, "y": 4}}}
    rows = [{"x": (score - 40) / 0.6, "y": 5} for score in (90, 70, 60)]
    rows += [{"x": 10 / 0.6, "y": 3}, {"x": 20 / 0.6, "y": 3}]
    rows += [{"id": "p", "x": 40 / 0.6, "y": None}]
    entry = ranked(rows, document).to_dict()["pending"][0]
    assert (entry["low"], entry["score"], entry["high"]) == (40, 60, 80)
    assert (entry["unknown"], entry["rank_best"], entry["rank_worst"]) == (["y"], 2, 4)


def test_a_candidate_in_two_regions_is_ranked_in_both():
    """One row per candidate and region: entries carry the region, and without one every row is ranked."""
    rows = [
        {"id": "a", "region": "DE", "years": 4},
        {"id": "a", "region": "FR", "years": 8},
        {"id": "b", "region": "FR", "years": 6},
    ]
    everywhere = ranked(rows).to_dict()
    assert [(e["id"], e["region"], e["rank"]) for e in everywhere["ranked"]] == [
        ("a", "FR", 1),
        ("b", "FR", 2),
        ("a", "DE", 3),
    ]
    assert everywhere["region"] is None
    france = ranked(rows, region="fr").to_dict()
    assert (france["region"], [(e["id"], e["rank"]) for e in france["ranked"]]) == ("FR", [("a", 1), ("b", 2)])


def test_regional_rules_count_in_their_region_only():
    """The same candidate is out globally and first in the region that lowers the bar."""
    document = copy.deepcopy(SMALL)
    document["criteria"][0] |= {"gate": "hard"}
    document["regions"] = {"North": {"criteria": {"years": {"curve": {"floor": 0, "qualified": 1, "ideal": 2}}}}}
    rows = [{"years": 2}, {"years": 9}]
    assert [e.figures.id for e in ranked(rows, document).ranked] == ["b"]
    north = ranked(rows, document, region="North")
    assert [(e.figures.id, e.rank, e.figures.values["years"]) for e in north.ranked] == [("a", 1, 100), ("b", 1, 100)]


HEAD = ["profile", "region", "scenario", "stage", "method", "fingerprint", "ranked", "eliminated", "pending"]
FIGURES = {"id", "name", "score", "low", "high", "known", "values", "points"}


def test_the_json_has_the_keys_of_the_design_and_no_others():
    """Key by key, with plain values that any JSON reader takes."""
    document = copy.deepcopy(SMALL)
    document["criteria"][1]["gate"] = "conditional"
    found = ranked([{"staff": 5}, {"staff": 1}, {"staff": None}], document, stage=None).to_dict()
    assert list(found) == HEAD
    assert set(found["ranked"][0]) == FIGURES | {"rank", "tied", "below_line", "waived"}
    assert set(found["eliminated"][0]) == FIGURES | {"near_miss", "failed"}
    assert set(found["pending"][0]) == FIGURES | {"unknown", "rank_best", "rank_worst"}
    assert set(found["eliminated"][0]["failed"][0]) == {"criterion", "gate", "value", "limit", "shortfall", "sentence"}
    assert (found["profile"], found["scenario"], found["stage"], found["method"]) == (
        "small",
        "balanced",
        None,
        "additive",
    )
    assert found["fingerprint"].startswith("sha256:")
    assert len(found["fingerprint"]) == 71
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_the_top_cuts_the_ranked_only():
    """Who is out or pending is always told."""
    document = SMALL | {"criteria": [YEARS | {"gate": "hard"}, STAFF, DAYS]}
    ranking = ranked([{"years": 5}, {"years": 6}, {"years": 1}, {"years": None}], document)
    found = ranking.to_dict(top=1)
    assert [len(found[part]) for part in ("ranked", "eliminated", "pending")] == [1, 1, 1]
    assert ranking.to_dict(top=0)["ranked"] == []


def test_a_waived_candidate_is_ranked_and_says_so():
    """Waivers are accepted as objects and as they stand in a file."""
    document = SMALL | {"criteria": [YEARS | {"gate": "conditional"}, STAFF, DAYS]}
    waiver = Waiver("a", "years", "A. Person", "a bank guarantee")
    assert ranked([{"years": 1}], document, waivers=[waiver]).to_dict()["ranked"][0]["waived"] == ["years"]
    as_written = {"id": "a", "criterion": "years", "by": "A. Person", "reason": "a bank guarantee"}
    found = ranked([{"years": 1}], document, waivers=[as_written])
    assert found.to_dict()["ranked"][0]["waived"] == ["years"]
    assert found.fingerprint == ranked([{"years": 1}], document, waivers=[waiver]).fingerprint


@pytest.mark.parametrize(
    ("rows", "shape"),
    [
        ([], (0, 0, 0)),
        ([{"years": 5, "staff": 3, "days": 2}], (1, 0, 0)),
        ([{"years": None}], (0, 0, 1)),
        ([{"years": None}] * 3, (0, 0, 3)),
        ([{"years": 5, "staff": 3, "days": 2}] * 3, (3, 0, 0)),
    ],
)
def test_nobody_one_all_equal_and_all_unknown(rows, shape):
    """Small and flat problems are answered like any other."""
    document = SMALL | {"criteria": [YEARS | {"gate": "hard"}, STAFF, DAYS]}
    profile = parse_profile(document)
    frame = pd.DataFrame(
        [{"id": f"k{i}"} | row for i, row in enumerate(rows)], columns=["id", "years", "staff", "days"]
    )
    found = rank(Candidates.from_frame(frame, profile), profile).to_dict()
    assert tuple(len(found[part]) for part in ("ranked", "eliminated", "pending")) == shape
    assert {entry["rank"] for entry in found["ranked"]} <= {1}
    assert {(entry["rank_best"], entry["rank_worst"]) for entry in found["pending"]} <= {(1, len(rows))}


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"scenario": "balance"}, RunError, "“balance”.*balanced"),
        ({"stage": "final"}, RunError, "“final”.*desk"),
        ({"region": "XX"}, RunError, "no region “XX”"),
    ],
)
def test_a_run_that_makes_no_sense_is_refused(options, error, match):
    """With what there is."""
    with pytest.raises(error, match=match):
        ranked([{"years": 5}], **options)


def test_a_region_that_takes_every_weight_away_is_refused():
    """No total without a weight."""
    document = SMALL | {"scenarios": {"s": {"years": 1}}, "regions": {"DE": {"scenarios": {"s": {"years": 0}}}}}
    with pytest.raises(WeightsError, match="weight"):
        ranked([{"years": 5}], document, region="DE")


def test_a_name_no_text_encoding_can_hold_does_not_stop_a_ranking():
    """JSON may carry half a character; the fingerprint takes it as it is."""
    profile = parse_profile(SMALL)
    frame = pd.DataFrame({"id": pd.Series(["a"], dtype=object), "name": pd.Series(["\ud800"], dtype=object)})
    assert rank(Candidates.from_frame(frame, profile), profile).fingerprint.startswith("sha256:")


BASE = [
    {"id": "a", "name": "A", "years": 5, "staff": 3, "regions": "DE;FR"},
    {"id": "b", "name": "B", "years": 6, "regions": "DE"},
]
LOCAL = SMALL | {"regions": {"DE": {}}, "scenarios": SMALL["scenarios"] | {"calm": {"years": 5, "staff": 3, "days": 2}}}
LONGER = YEARS | {"curve": {"floor": 0, "qualified": 3, "ideal": 11}}
GATED = LOCAL | {"criteria": [YEARS, STAFF | {"gate": "conditional"}, DAYS]}


def other_rows(**change):
    """Return the base rows with a change in the first."""
    return [BASE[0] | change, BASE[1]]


OTHERS = {
    "a raw value": {"rows": other_rows(years=5.000000001)},
    "a value that is unknown": {"rows": other_rows(staff=None)},
    "not applicable": {"rows": other_rows(staff="not applicable")},
    "a name": {"rows": other_rows(name="A.")},
    "an id": {"rows": other_rows(id="c")},
    "a region served": {"rows": other_rows(regions="DE")},
    "a source": {"rows": other_rows(**{"years.source": "register"})},
    "a date": {"rows": other_rows(**{"years.date": "2026-01-31"})},
    "an evidence level": {"rows": other_rows(**{"years.level": 1})},
    "one candidate more": {"rows": [*BASE, {"id": "z", "regions": "TH"}]},
    "a weight": {"document": GATED | {"scenarios": {"balanced": {"years": 5, "staff": 3, "days": 3}}}},
    "a curve": {"document": GATED | {"criteria": [LONGER, *GATED["criteria"][1:]]}},
    "a gate": {"document": LOCAL},
    "a cut line": {"document": GATED | {"minimum_total": 50}},
    "a regional change": {"document": GATED | {"regions": {"DE": {"minimum_total": 1}}}},
    "the region": {"region": "DE"},
    "the scenario": {"scenario": "calm"},
    "the stage": {"stage": "desk"},
    "a waiver": {"waivers": [Waiver("b", "staff", "A. Person", "x")]},
    "the reason of a waiver": {"waivers": [Waiver("b", "staff", "A. Person", "y")]},
}  # fmt: skip


def test_the_fingerprint_changes_with_everything_that_decides():
    """Each change alone gives a fingerprint of its own."""
    found = {"nothing": ranked(BASE, GATED).fingerprint}
    for what, change in OTHERS.items():
        options = {key: value for key, value in change.items() if key not in ("rows", "document")}
        found[what] = ranked(change.get("rows", BASE), change.get("document", GATED), **options).fingerprint
    profile = parse_profile(GATED)
    dated = replace(Candidates.from_frame(pd.DataFrame(BASE), profile), as_of=datetime.date(2026, 1, 31))
    found["the as-of date"] = rank(dated, profile).fingerprint
    same = [(a, b) for a in found for b in found if a < b and found[a] == found[b]]
    assert same == []


def test_the_fingerprint_does_not_change_with_how_it_is_asked():
    """The default scenario by name, a region in another case, the order of columns, a column of nothing."""
    plain = ranked(BASE, GATED, region="DE").fingerprint
    assert ranked(BASE, GATED, region="de", scenario="balanced").fingerprint == plain
    assert ranked([dict(reversed(row.items())) for row in reversed(BASE)], GATED, region="DE").fingerprint == plain
    assert ranked([row | {"days": None, "note": 1} for row in BASE], GATED, region="DE").fingerprint == plain
    assert ranked(other_rows(years=5.0), GATED, region="DE").fingerprint == plain
    assert ranked(other_rows(regions="FR; DE"), GATED, region="DE").fingerprint == plain


def test_entries_are_a_sequence():
    """Index, slice, negative index and length, built when asked for."""
    ranking = ranked([{"years": years} for years in (1, 2, 3, 4)])
    assert len(ranking.ranked) == 4
    assert [e.figures.id for e in ranking.ranked[1:3]] == ["c", "b"]
    assert ranking.ranked[-1].figures.id == "a"
    assert list(ranking.ranked[4:]) == []
    with pytest.raises(IndexError):
        ranking.ranked[4]


def test_a_large_problem_agrees_with_plain_numpy():
    """50,000 x 12 across the blocks: every total equals the one computed in one piece."""
    profile, frame = strategies.random_problem(7, 50_000, 12)
    ranking = rank(Candidates.from_frame(frame, profile), profile)
    raw = frame[[f"c{j}" for j in range(12)]].to_numpy()
    values = np.interp(raw, [0, 4, 10], [0, 50, 100])
    weights = np.arange(1, 13) / 78
    low, high = np.nan_to_num(values, nan=0.0) @ weights, np.nan_to_num(values, nan=100.0) @ weights
    assert np.abs(ranking.low - low).max() < 1e-7
    assert np.abs(ranking.high - high).max() < 1e-7
    assert np.abs(ranking.score - (low + high) / 2).max() < 1e-7
    assert (np.diff(ranking.score[ranking.ranked_rows]) <= 0).all()
