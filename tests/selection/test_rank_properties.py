"""The ranking: what can never happen, tried on drawn standards and candidates of every kind."""

from __future__ import annotations

import copy
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from criteria import parse_profile
from criteria.errors import RunError, WeightsError
from selection import Candidates, rank
from selection.rank import competition_ranks, rank_bands
from tests import oracle, strategies


def entries(ranking):
    """Return all entries of the JSON by id and region."""
    found = ranking.to_dict()
    return {(e["id"], e.get("region")): e for part in ("ranked", "eliminated", "pending") for e in found[part]}


def run(profile, frame, **options):
    """Rank a drawn problem."""
    return rank(Candidates.from_frame(frame, profile), profile, **options)


@given(strategies.problems(), st.data())
def test_rows_and_columns_in_any_order_give_the_same_bytes(problem, data):
    """The JSON with its fingerprint is byte-equal."""
    profile, frame = problem
    shuffled = frame.iloc[data.draw(st.permutations(range(len(frame))))]
    shuffled = shuffled[data.draw(st.permutations(list(frame.columns)))]
    assert json.dumps(run(profile, shuffled).to_dict()) == json.dumps(run(profile, frame).to_dict())


@given(strategies.documents(), st.data())
def test_criteria_in_any_order_give_the_same_ranks_and_totals(document, data):
    """The order in which the standard names its criteria decides nothing."""
    profile = parse_profile(document)
    frame = data.draw(strategies.frames(profile))
    other = parse_profile(document | {"criteria": data.draw(st.permutations(document["criteria"]))})
    one, two = entries(run(profile, frame)), entries(run(other, frame))
    assert one.keys() == two.keys()
    for key, entry in one.items():
        for figure in ("rank", "score", "low", "high", "tied", "near_miss", "rank_best", "rank_worst", "below_line"):
            assert entry.get(figure) == two[key].get(figure)


@given(strategies.problems(regional=False), st.data())
def test_totals_agree_with_the_rules_read_a_second_time(problem, data):
    """Score, low and high of everybody under any scenario, against the slow reading in fractions."""
    profile, frame = problem
    scenario = data.draw(st.sampled_from(profile.scenario_names))
    found = entries(run(profile, frame, scenario=scenario))
    for row in frame.to_dict("records"):
        total = oracle.total(profile, oracle.points_of(profile, scenario), row)
        entry = found[row["id"], None]
        assert (entry["low"], entry["score"], entry["high"]) == pytest.approx(
            (total.low, total.score, total.high), abs=1.1e-8
        )


@given(strategies.problems())
def test_every_entry_adds_up(problem):
    """Points sum to low, the score is the middle, known is the share of weight, and all keys are there."""
    profile, frame = problem
    ranking = run(profile, frame)
    scored = {c.id for c in profile.criteria if c.is_scored}
    for entry in entries(ranking).values():
        assert entry["values"].keys() == entry["points"].keys() == scored
        assert sum(p for p in entry["points"].values() if p is not None) == pytest.approx(entry["low"], abs=1e-7)
        assert entry["score"] == pytest.approx((entry["low"] + entry["high"]) / 2, abs=2e-8)
        assert entry["high"] - entry["low"] == pytest.approx(100 * (1 - entry["known"]), abs=1e-7)
        assert -1e-12 <= entry["low"] <= entry["score"] <= entry["high"] <= 100 + 1e-12
        assert 0 <= entry["known"] <= 1


@given(strategies.problems())
def test_ranks_count_who_is_above(problem):
    """A rank is 1 + ranked with a higher score; tied = somebody has the same; the list falls."""
    profile, frame = problem
    found = run(profile, frame).to_dict()["ranked"]
    scores = [entry["score"] for entry in found]
    assert scores == sorted(scores, reverse=True)
    for entry in found:
        assert entry["rank"] == 1 + sum(score > entry["score"] for score in scores)
        assert entry["tied"] == (scores.count(entry["score"]) > 1)
        assert entry["below_line"] == (profile.minimum_total is not None and entry["score"] < profile.minimum_total)


@given(strategies.problems())
def test_rank_bands_by_counting(problem):
    """Best = 1 + others surely above, worst = 1 + others that may be above, counted one by one."""
    profile, frame = problem
    found = run(profile, frame).to_dict()
    field = found["ranked"] + found["pending"]
    for entry in found["pending"]:
        others = [other for other in field if other is not entry]
        assert entry["rank_best"] == 1 + sum(other["low"] > entry["high"] for other in others)
        assert entry["rank_worst"] == 1 + sum(other["high"] > entry["low"] for other in others)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted), min_size=1, max_size=8), st.data())
def test_rank_bands_of_any_bands_by_counting(bands, data):
    """The same on bare numbers, where shared bounds are frequent."""
    low, high = np.array(bands, float).T
    pending = np.array(sorted(data.draw(st.sets(st.integers(0, len(bands) - 1)))), dtype=np.int64)
    best, worst = rank_bands(low, high, pending, np.arange(len(bands)))
    for i, b, w in zip(pending, best, worst, strict=True):
        assert b == 1 + sum(low[j] > high[i] for j in range(len(bands)) if j != i)
        assert w == 1 + sum(high[j] > low[i] for j in range(len(bands)) if j != i)


@given(st.lists(st.integers(0, 4)))
def test_competition_ranks_by_counting(values):
    """1, 1, 3 on any falling row."""
    falling = np.array(sorted(values, reverse=True), float)
    ranks, tied = competition_ranks(falling)
    assert ranks.tolist() == [1 + sum(other > value for other in falling) for value in falling]
    assert tied.tolist() == [list(falling).count(value) > 1 for value in falling]


@given(strategies.problems(smallest=1), st.data())
def test_leaving_a_candidate_out_changes_nobody_s_figures(problem, data):
    """Nor does adding one: totals are absolute. Ranks close up, and their order stays."""
    profile, frame = problem
    gone = data.draw(st.integers(0, len(frame) - 1))
    every, fewer = run(profile, frame), run(profile, frame.drop(index=frame.index[gone]))
    before, after = entries(every), entries(fewer)
    own = {"rank", "tied", "rank_best", "rank_worst"}
    for key, entry in after.items():
        assert {k: v for k, v in entry.items() if k not in own} == {
            k: v for k, v in before[key].items() if k not in own
        }
    order = [(e.figures.id, e.figures.region) for e in every.ranked]
    kept = [(e.figures.id, e.figures.region) for e in fewer.ranked]
    assert kept == [key for key in order if key in set(kept)]


@given(strategies.problems(regional=False))
def test_the_bands_contain_every_completion(problem):
    """Unknowns filled in at their worst, best or anything between: the total stays inside its band."""
    profile, frame = problem
    before = entries(run(profile, frame))
    for choice in (min, max, lambda items: sorted(items)[len(items) // 2]):
        filled = frame.copy()
        for criterion in profile.criteria:
            if criterion.is_scored and criterion.composite is None:
                column = frame.get(criterion.id, pd.Series([None] * len(frame), index=frame.index, dtype=object))
                filled[criterion.id] = [
                    choice(list(samples(criterion))) if unknown(v, criterion) else v for v in column
                ]
        for key, entry in entries(run(profile, filled)).items():
            assert before[key]["low"] - 1e-8 <= entry["low"] <= entry["high"] <= before[key]["high"] + 1e-8


def samples(criterion):
    """Return raw values over the whole scale of a criterion (levels that decide nothing included)."""
    return criterion.levels if criterion.levels else [1, 2.5, 5] if criterion.kind == "judged" else [-50, 1.0, 3.5, 50]


def unknown(value, criterion):
    """Tell whether a drawn cell is unknown: empty, or a level that decides nothing."""
    return value is None or (
        criterion.levels is not None and value in criterion.levels and criterion.levels[value].value is None
    )


@given(strategies.problems(smallest=1, regional=False), st.data())
def test_raising_a_value_never_lowers_anything(problem, data):
    """A better value on one criterion: no lower total, no worse verdict, no worse rank."""
    profile, frame = problem
    better = [c for c in profile.criteria if c.id in frame and (c.kind == "judged" or (c.curve and c.curve.direction))]
    assume(better)
    criterion, row = data.draw(st.sampled_from(better)), data.draw(st.integers(0, len(frame) - 1))
    raw = frame[criterion.id].iloc[row]
    assume(isinstance(raw, int | float))
    step = data.draw(st.integers(0, 8)) / 2 * (criterion.curve.direction if criterion.curve else 1)
    raised = frame.copy()
    raised.loc[raised.index[row], criterion.id] = min(raw + step, 5) if criterion.kind == "judged" else raw + step
    key = (frame["id"].iloc[row], None)
    before, after = run(profile, frame), run(profile, raised)
    for figure in ("low", "score", "high"):
        assert entries(after)[key][figure] >= entries(before)[key][figure]
    assert after.screening.verdicts[row] <= before.screening.verdicts[row]
    same = {e.figures.id for e in after.ranked} == {e.figures.id for e in before.ranked}
    if same and "rank" in entries(before)[key]:
        assert entries(after)[key]["rank"] <= entries(before)[key]["rank"]


@given(strategies.profiles(gated=False), st.data())
def test_who_is_better_on_everything_is_never_below(profile, data):
    """Dominance: nowhere a lower value, so no lower total and no worse rank."""
    frame = data.draw(strategies.frames(profile, gaps=False, smallest=2, regional=False))
    found = {e.figures.id: e for e in run(profile, frame).ranked}
    for one in found.values():
        for other in found.values():
            pairs = [(one.figures.values[c], other.figures.values[c]) for c in one.figures.values]
            if all(a is not None and b is not None and a >= b for a, b in pairs):
                assert one.figures.score >= other.figures.score
                assert one.rank <= other.rank


@given(strategies.documents(), st.integers(2, 1000), st.data())
def test_the_scale_of_weights_changes_nothing(document, factor, data):
    """All weights times 7, or any factor, is the same decision."""
    scaled = copy.deepcopy(document)
    for points in scaled["scenarios"].values():
        points.update({key: weight * factor for key, weight in points.items()})
    profile = parse_profile(document)
    frame = data.draw(strategies.frames(profile))
    one, two = run(profile, frame).to_dict(), run(parse_profile(scaled), frame).to_dict()
    for part in ("ranked", "eliminated", "pending"):
        strip = [[{k: v for k, v in e.items() if k != "points"} for e in found[part]] for found in (one, two)]
        assert strip[0] == strip[1]


@given(strategies.problems(), st.sampled_from(["desk", None]), st.sampled_from([None, "DE", "EU"]))
def test_every_ranking_is_plain_json(problem, stage, region):
    """No NaN, no infinity, no numpy type; and reading it twice gives the same."""
    profile, frame = problem
    try:
        ranking = run(profile, frame, stage=stage, region=region)
    except (WeightsError, RunError):
        return
    text = json.dumps(ranking.to_dict(), allow_nan=False)
    assert json.loads(text) == ranking.to_dict()
