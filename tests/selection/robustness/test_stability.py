"""The order without a criterion, under other scenarios, and with a limit elsewhere is that of a fresh ranking."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from criteria import parse_profile
from selection import Candidates, Waiver, rank
from selection.basis import on_basis
from selection.robustness.stability import leave_one_out, leave_out_sentence, scenario_stability, sweep
from selection.screen import with_limit
from selection.threshold import dials
from tests.selection.robustness.applied import with_weights
from tests.strategies import problems

SCALE = {"floor": 0, "qualified": 50, "ideal": 100}


def pool(values, scenarios, **more):
    """Return the ranking of rows of values on plain criteria x0, x1, ... under the first scenario."""
    ids = [f"x{j}" for j in range(len(values[0]))]
    document = {
        "name": "p",
        "criteria": [{"id": key, "title": key.upper(), "curve": SCALE} | more.get(key, {}) for key in ids],
        "scenarios": {name: dict(zip(ids, points, strict=True)) for name, points in scenarios.items()},
    }
    profile = parse_profile(document)
    frame = pd.DataFrame(values, columns=ids)
    frame.insert(0, "id", list("ABCDEFGH")[: len(frame)])
    return rank(Candidates.from_frame(frame, profile), profile)


# --- one criterion left out -------------------------------------------------------------------------------------------


@given(problems())
def test_leaving_a_criterion_out_is_ranking_with_its_weight_at_zero(problem):
    """Ranks, who leads, and who comes among the first three equal those of a fresh ranking."""
    profile, frame = problem
    ranking = rank(Candidates.from_frame(frame, profile), profile)
    found = leave_one_out(ranking)
    counting = [c.id for c, w in zip(profile.criteria, ranking.weights, strict=True) if w > 0]
    assert [one.criterion for one in found] == (counting if len(counting) > 1 and len(ranking.ranked_rows) else [])
    weights = {c.id: w for c, w in zip(profile.criteria, ranking.weights.tolist(), strict=True)}
    for one in found:
        fresh = with_weights(ranking, weights | {one.criterion: 0.0})
        ranks = dict(zip(fresh.ranked_rows.tolist(), fresh.ranks.tolist(), strict=True))
        assert one.ranks.tolist() == [ranks[row] for row in ranking.ranked_rows.tolist()]
        assert ranks[one.first] == 1
        assert one.lead_changes == (
            set(fresh.ranked_rows[fresh.ranks == 1]) != set(ranking.ranked_rows[ranking.ranks == 1])
        )
        before, after = set(ranking.ranked_rows[ranking.ranks <= 3]), set(fresh.ranked_rows[fresh.ranks <= 3])
        assert (set(one.came_in), set(one.fell_out)) == (after - before, before - after)


def test_the_sentence_names_what_changes_the_lead_and_who_would_lead():
    """Without X0 B has 60 to 55; without X1 A leads anyway; one more criterion makes it several."""
    ranking = pool([[80, 50, 60], [40, 60, 60]], {"balanced": [1, 1, 1]})
    assert str(leave_out_sentence(ranking, leave_one_out(ranking))) == (
        "Leaving out X0 changes the lead: B would lead. No other single criterion does."
    )
    firm = pool([[80, 80], [40, 60]], {"balanced": [1, 1]})
    assert str(leave_out_sentence(firm, leave_one_out(firm))) == (
        "Leaving out any one criterion never changes the lead, nor who is among the first 3."
    )


def test_the_sentence_names_what_changes_the_first_three_only():
    """The lead is firm; the third place hangs on X0 and X1."""
    rows = [[90, 90], [80, 80], [70, 40], [40, 69]]
    ranking = pool(rows, {"balanced": [1, 1]})
    assert str(leave_out_sentence(ranking, leave_one_out(ranking))) == (
        "Leaving out any one criterion never changes the lead; 1 of them changes who is among the first 3: X0."
    )


def test_one_criterion_or_nobody_says_nothing():
    """There is nothing to leave out, or nobody to move."""
    assert leave_one_out(pool([[80], [40]], {"balanced": [1]})) == ()
    nobody = pool([[10, 10]], {"balanced": [1, 1]}, x0={"gate": "hard"})
    assert leave_one_out(nobody) == ()
    assert leave_out_sentence(nobody, ()) is None


# --- scenarios --------------------------------------------------------------------------------------------------------


def test_scenarios_are_counted_for_the_leader_and_the_first():
    """A leads under two of three; C is among the first two under the last only."""
    rows = [[90, 20], [70, 30], [10, 95]]
    ranking = pool(rows, {"balanced": [2, 1], "cautious": [3, 1], "expansion": [1, 5]})
    found = scenario_stability(ranking, 2)
    assert found.leads_in == ("balanced", "cautious")
    assert found.stays == ((0, 2), (1, 3))
    assert str(found.sentence) == "A leads in 2 of 3 scenarios; A is among the first 2 in 2 of them."
    for j, name in enumerate(found.names):
        fresh = rank(*ranking.original, scenario=name)
        ranks = dict(zip(fresh.ranked_rows.tolist(), fresh.ranks.tolist(), strict=True))
        assert found.ranks[:, j].tolist() == [ranks[row] for row in ranking.ranked_rows.tolist()]


def test_one_scenario_has_no_sentence():
    """There is nothing that could differ."""
    assert scenario_stability(pool([[90, 20], [10, 10]], {"balanced": [1, 1]})).sentence is None


def test_on_facts_alone_only_scenarios_that_weigh_facts_are_counted():
    """A scenario of ratings only says nothing about a ranking on facts."""
    profile = parse_profile(
        {"name": "p", "criteria": [{"id": "x", "curve": SCALE}, {"id": "s", "kind": "judged"}],
         "scenarios": {"balanced": {"x": 1, "s": 1}, "cautious": {"s": 1}}}
    )  # fmt: skip
    frame = pd.DataFrame({"id": ["A", "B"], "x": [80.0, 60], "s": [3.0, 4]})
    facts = on_basis(rank(Candidates.from_frame(frame, profile), profile), "facts")
    assert scenario_stability(facts).names == ("balanced",)
    assert leave_one_out(facts) == ()


# --- a limit swept ----------------------------------------------------------------------------------------------------

YEARS = parse_profile(
    {
        "name": "p",
        "criteria": [
            {"id": "years", "title": "Years", "unit": "years", "curve": {"floor": 0, "qualified": 5, "ideal": 10},
             "gate": "conditional"},
            {"id": "staff", "kind": "judged"},
        ],
        "scenarios": {"balanced": {"years": 1, "staff": 1}},
    }
)  # fmt: skip
TABLE = pd.DataFrame({"id": list("ABCDE"), "years": [9.0, 6.0, 4.2, 4.0, 1.0], "staff": [5.0, 3.0, 5.0, 2.0, 5.0]})


def test_every_step_is_a_round_number_with_its_sentence():
    """The limit that lets somebody in is their own value or a rounder one above the next; the nearest comes first."""
    ranking = rank(Candidates.from_frame(TABLE, YEARS), YEARS)
    assert [str(step.sentence) for step in sweep(ranking, "years")] == [
        "At 4.2 years instead of 5 years C qualifies and would be number 2.",
        "At 4 years instead of 5 years 2 more qualify; the best of them, C, would be number 2.",
        "At 7 years instead of 5 years 1 falls out: B.",
        "At 1 years instead of 5 years 3 more qualify; the best of them, C, would be number 2.",
        "At 10 years instead of 5 years 2 fall out: A, B.",
    ]


def test_given_limits_are_all_answered_also_where_nothing_happens():
    """Somebody asks for 5.5: the answer is that nobody moves."""
    ranking = rank(Candidates.from_frame(TABLE, YEARS), YEARS)
    (step,) = sweep(ranking, "years", [5.5])
    assert str(step.sentence) == "At 5.5 years instead of 5 years nobody comes in and nobody falls out."


def test_when_the_leader_falls_out_the_next_one_is_named():
    """Staff decides: at 7 years the leader with 6 is out."""
    table = TABLE.assign(staff=[1.0, 5.0, 5.0, 2.0, 5.0])
    ranking = rank(Candidates.from_frame(table, YEARS), YEARS)
    step = next(step for step in sweep(ranking, "years") if step.fell_out)
    assert str(step.sentence) == "At 7 years instead of 5 years B falls out, and A would lead."


def test_a_waived_candidate_does_not_move_and_a_hard_must_have_has_no_sweep():
    """C is in whatever the limit; what cannot be waived has no dial."""
    candidates = Candidates.from_frame(TABLE, YEARS)
    waived = rank(candidates, YEARS, waivers=[Waiver("C", "years", "Ann", "known")])
    assert all(2 not in (*step.came_in, *step.fell_out) for step in sweep(waived, "years"))
    assert sweep(waived, "staff") == ()
    assert sweep(waived, "nothing") == ()


def test_who_fails_elsewhere_takes_no_step_away():
    """Twenty with many years between 3 and 5 fail a licence as well: the one who does not is still found."""
    criteria = [*YEARS.document()["criteria"], {"id": "licence", "levels": {"yes": 100, "no": 0}, "gate": "hard"}]
    profile = parse_profile(YEARS.document() | {"criteria": criteria})
    years = [9.0, 2.0, *np.linspace(3.0, 4.9, 20).tolist()]
    table = pd.DataFrame({"id": [f"k{i}" for i in range(22)], "years": years, "staff": [3.0] * 22})
    table["licence"] = ["yes", "yes", *["no"] * 20]
    ranking = rank(Candidates.from_frame(table, profile), profile)
    assert [step.came_in for step in sweep(ranking, "years") if step.came_in] == [(1,)]


@given(problems(regional=False))
def test_a_step_is_a_ranking_with_that_limit_and_no_change_is_left_out(problem):
    """Who comes in, falls out and at which place equals a fresh ranking; any other limit does what some step does."""
    profile, frame = problem
    candidates = Candidates.from_frame(frame, profile)
    ranking = rank(candidates, profile)
    for dial in dials(ranking):
        steps = sweep(ranking, dial.criterion.id)
        assert len(steps) <= 12
        distances = [abs(step.limit - dial.limit) for step in steps]
        assert distances == sorted(distances)
        known = {(frozenset(step.came_in), frozenset(step.fell_out)) for step in steps} | {(frozenset(), frozenset())}
        out = set(ranking.eliminated_rows.tolist())
        grid = np.linspace(dial.lowest, dial.highest, 6).tolist()
        for limit, step in [*((step.limit, step) for step in steps), *((limit, None) for limit in grid)]:
            fresh = rank(candidates, with_limit(profile, dial.criterion.id, limit))
            now = set(fresh.eliminated_rows.tolist())
            assert (frozenset(out - now), frozenset(now - out)) in known
            if step is not None:
                assert (set(step.came_in), set(step.fell_out)) == (out - now, now - out)
                ranks = dict(zip(fresh.ranked_rows.tolist(), fresh.ranks.tolist(), strict=True))
                assert dict(step.places) == {row: ranks[row] for row in step.came_in if row in ranks}


@pytest.mark.parametrize("direction", [1, -1])
def test_a_falling_scale_is_swept_the_same_way(direction):
    """Debt of at most 60: loosened upwards it lets in, tightened downwards it puts out."""
    knots = [0, 5, 10] if direction > 0 else [10, 5, 0]
    curve = dict(zip(("floor", "qualified", "ideal"), knots, strict=True))
    profile = parse_profile({"name": "p", "criteria": [{"id": "x", "curve": curve, "gate": "conditional"}]})
    frame = pd.DataFrame({"id": list("ABC"), "x": [7.0, 5.0, 3.0]})
    ranking = rank(Candidates.from_frame(frame, profile), profile)
    moves = {step.limit: (step.came_in, step.fell_out) for step in sweep(ranking, "x")}
    if direction > 0:
        assert moves == {3: ((2,), ()), 6: ((), (1,)), 10: ((), (0, 1))}
    else:
        assert moves == {7: ((0,), ()), 4: ((), (1,)), 0: ((), (2, 1))}
