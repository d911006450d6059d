"""Tipping points, applied: just beyond them a fresh ranking is swapped, just before not, and nothing is nearer."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from criteria import parse_profile
from criteria.errors import MethodError, RunError
from selection import Candidates, rank
from selection.robustness.tipping import each_weight, into_top, one_value, one_weight, weights_together
from selection.robustness.tipping_weights import nearest_weights, transfer
from selection.scenarios_tryout import middles, scaled
from tests.selection.robustness import applied
from tests.selection.robustness.applied import gated
from tests.strategies import problems, random_problem

SCALE = {"floor": 0, "qualified": 50, "ideal": 100}


def plain(weights, values, **more):
    """Return the ranking of rows of values on plain 0..100 criteria x0, x1, ... with these weights."""
    ids = [f"x{j}" for j in range(len(weights))]
    criteria = [{"id": key, "curve": SCALE} | more.get(key, {}) for key in ids]
    profile = parse_profile(
        {"name": "p", "criteria": criteria, "scenarios": {"balanced": dict(zip(ids, weights, strict=True))}}
    )
    frame = pd.DataFrame(values, columns=ids, dtype=object)
    frame.insert(0, "id", [f"k{i}" for i in range(len(frame))])
    return rank(Candidates.from_frame(frame, profile), profile)


def two_ranked(problem):
    """Return (ranking, first, second) of a drawn problem: its first and last ranked rows, apart in their totals."""
    profile, frame = problem
    ranking = rank(Candidates.from_frame(frame, profile), profile)
    assume(len(ranking.ranked_rows) >= 2)
    first, second = int(ranking.ranked_rows[0]), int(ranking.ranked_rows[-1])
    assume(ranking.score[first] > ranking.score[second] + 1e-6)
    return ranking, first, second


# --- one weight -------------------------------------------------------------------------------------------------------


def test_one_weight_by_hand():
    """A = (80, 40), B = (50, 60) at 60 % : 40 %: 40 + 40 w = 60 - 10 w at w = 0.4; B leads below."""
    found = one_weight(plain([3, 2], [[80, 40], [50, 60]]), 0, 1)
    assert (found.criterion, found.first, found.second) == ("x0", 0, 1)
    assert (found.now, found.needed) == (pytest.approx(0.6), pytest.approx(0.4, abs=1e-12))


def test_of_several_weights_the_smallest_change_comes_first():
    """All that can do it are there, by the size of the change, and those that cannot are not."""
    ranking = plain([1, 1, 1], [[90, 50, 50], [50, 70, 50]])
    found = each_weight(ranking, 0, 1)
    assert {change.criterion for change in found} == {"x0", "x1"}
    sizes = [abs(change.needed - change.now) for change in found]
    assert sizes == sorted(sizes)
    assert one_weight(ranking, 0, 1) == found[0]


def test_nothing_tips_where_the_second_is_better_on_nothing_or_not_behind():
    """Dominated, tied, already ahead, or a single criterion: no weight changes that."""
    assert one_weight(plain([1, 1], [[80, 60], [70, 60]]), 0, 1) is None
    assert one_weight(plain([1, 1], [[80, 60], [60, 80]]), 0, 1) is None
    assert one_weight(plain([1, 1], [[80, 60], [60, 90]]), 0, 1) is None
    assert one_weight(plain([1], [[80], [60]]), 0, 1) is None
    assert weights_together(plain([1, 1], [[80, 60], [70, 60]]), 0, 1) is None
    assert weights_together(plain([1, 1], [[80, 60], [60, 90]]), 0, 1) is None


def test_other_methods_are_refused_in_a_sentence():
    """Their scores are no totals, so there is nothing to tip."""
    candidates, profile = plain([1, 1], [[80, 60], [60, 70]]).original
    other = rank(candidates, profile, method="topsis")
    for ask in (one_weight, weights_together, one_value, into_top):
        with pytest.raises(MethodError, match="totals on the scale"):
            ask(other, 0, 1)


@given(problems(gated=False, smallest=2, largest=4, regional=False))
def test_a_weight_beyond_its_tipping_point_swaps_and_no_nearer_one_does(problem):
    """A fresh ranking is level at the point, swapped beyond it; on a grid nothing nearer, and nothing elsewhere."""
    ranking, first, second = two_ranked(problem)
    found = {change.criterion: change for change in each_weight(ranking, first, second)}
    ids = [c.id for c in ranking.profile.criteria]
    for position, key in enumerate(ids):
        now = ranking.weights[position]
        if not now > 0:
            assert key not in found
            continue
        reach = abs(found[key].needed - now) if key in found else 1.0
        grid = np.linspace(0.001, 0.999, 197)
        nearer = grid[np.abs(grid - now) < reach - 1e-6]
        if (ranking.weights > 0).sum() > 1 and nearer.size:
            weights = np.column_stack([scaled(ranking.weights, position, w) for w in nearer])
            one, other = applied.totals(ranking, [first, second], weights)
            assert (other <= one + applied.NEAR).all()
    for change in found.values():
        at = applied.with_weight(ranking, change.criterion, change.needed)
        assert at.score[first] == pytest.approx(at.score[second], abs=1e-6)
        step = min(1e-4, change.needed / 2, (1 - change.needed) / 2) * (1 if change.needed > change.now else -1)
        beyond = applied.with_weight(ranking, change.criterion, change.needed + step)
        assert beyond.score[second] >= beyond.score[first] - 1e-9


# --- the weights together ---------------------------------------------------------------------------------------------


def test_the_least_move_takes_from_where_the_first_leads_most_and_gives_where_the_second_does():
    """Gains -10, -4, +6 per unit at thirds: 8/3 missing, 16 closed per unit moved: 1/6 from the first to the last."""
    found = weights_together(plain([1, 1, 1], [[60, 54, 50], [50, 50, 56]]), 0, 1)
    assert found.weights == pytest.approx({"x0": 1 / 6, "x1": 1 / 3, "x2": 1 / 2})
    assert found.distance == pytest.approx(1 / 3)
    assert [key for key, _ in found.moves] == ["x0", "x2"]
    assert found.exact


@given(
    st.lists(st.integers(1, 9), min_size=2, max_size=7).flatmap(
        lambda now: st.tuples(st.just(now), st.lists(st.integers(-20, 20), min_size=len(now), max_size=len(now)))
    )
)
def test_the_least_move_is_the_optimum_of_the_linear_programme(drawn):
    """Moving from the lowest to the highest gain costs what HiGHS finds; None exactly where no gain is above zero."""
    points, gains = drawn
    now, gain = np.array(points) / sum(points), np.array(gains, dtype=float)
    assume(now @ gain < 0)
    found = transfer(now, gain)
    assert (found is None) == (not (gain > 0).any())
    if found is not None:
        m = len(now)
        moves = np.hstack([np.eye(m), -np.eye(m)])
        best = linprog(
            np.ones(2 * m), A_ub=-(gain @ moves)[None, :], b_ub=[now @ gain], A_eq=[moves.sum(axis=0)], b_eq=[0],
            bounds=[(0, 1)] * m + [(0, w) for w in now],
        )  # fmt: skip
        assert np.abs(found - now).sum() == pytest.approx(best.fun, abs=1e-7)
        assert found @ gain == pytest.approx(0, abs=1e-9)
        assert found.min() >= 0
        assert found.sum() == pytest.approx(1)


@given(problems(gated=False, smallest=2, largest=4, regional=False), st.integers(0, 2**16))
def test_the_weights_together_swap_and_no_nearer_ones_do(problem, seed):
    """Applied, the second is level, also where criteria do not apply; hundreds of nearer weights never reach."""
    ranking, first, second = two_ranked(problem)
    found = weights_together(ranking, first, second)
    used = ranking.weights > 0
    now = ranking.weights[used]
    random = np.random.default_rng(seed)
    if found is None:
        tried = random.dirichlet(np.full(len(now), 0.4), 200).T
    else:
        assert set(found.weights) == {c.id for c, w in zip(ranking.profile.criteria, ranking.weights, strict=True) if w}
        after = applied.with_weights(ranking, found.weights)
        assert after.score[second] >= after.score[first] - applied.NEAR
        assert sum(found.weights.values()) == pytest.approx(1)
        goal = random.dirichlet(np.full(len(now), 0.4), 200).T - now[:, None]
        short = 0.98 if found.exact else 0.95
        size = np.minimum(1.0, short * found.distance / np.maximum(np.abs(goal).sum(axis=0), 1e-9))
        tried = now[:, None] + goal * size
        best = np.array([found.weights[c.id] for c in ranking.profile.criteria if c.id in found.weights])
        tried = np.column_stack([tried, now + short * (best - now)])
    applies = middles(ranking, np.array([first, second])).applies[:, used]
    tried = tried[:, (applies @ tried > 0.02).all(axis=0)]
    weights = np.zeros((len(used), tried.shape[1]))
    weights[used] = tried
    one, other = applied.totals(ranking, [first, second], weights)
    assert (other <= one + 1e-6).all()


def test_a_criterion_that_does_not_apply_makes_totals_ratios_and_still_swaps():
    """B has no x1 at all: its total is that of the rest, and the answer is said to be found by search."""
    ranking = plain([1, 1, 1], [[70, 90, 60], [75, "not applicable", 55]])
    found = weights_together(ranking, 0, 1)
    assert not found.exact
    after = applied.with_weights(ranking, found.weights)
    assert after.score[1] >= after.score[0]
    assert after.score[1] == pytest.approx(after.score[0], abs=0.01)


# --- one value --------------------------------------------------------------------------------------------------------


def test_one_value_by_hand():
    """A leads by 5 at halves, so 10 on the scale: A falls from 80 to 70 or 60 to 50, B rises likewise."""
    found = one_value(plain([1, 1], [[80, 60], [70, 60]]), 0, 1)
    assert {(change.criterion, change.row): (change.now, change.needed) for change in found} == {
        ("x0", 0): (80, 70), ("x1", 0): (60, 50), ("x0", 1): (70, 80), ("x1", 1): (60, 70),
    }  # fmt: skip
    assert all(change.raw_needed == pytest.approx(change.needed) for change in found)


def test_ratings_move_by_half_points_and_categories_by_levels():
    """What is named can really be entered: the next half point, the next level that is enough."""
    judged = {"x0": {"kind": "judged", "curve": None}}
    found = one_value(plain([1, 1], [[4, 60], [3.5, 60]], **judged), 0, 1)
    assert [(c.row, c.raw_needed) for c in found if c.criterion == "x0"] == [(0, 3.5), (1, 4.0)]
    levels = {"x0": {"curve": None, "levels": {"none": 0, "some": 40, "all": 100}}}
    found = one_value(plain([1, 1], [["all", 60], ["some", 60]], **levels), 0, 1)
    assert [(c.row, c.raw_needed) for c in found if c.criterion == "x0"] == [(0, "some"), (1, "all")]


def test_a_must_have_that_breaks_first_is_the_tipping_point():
    """A could lose 40 points on x0 before B leads, but below its limit of 50 it is out."""
    ranking = plain([1, 1], [[60, 90], [55, 70]], x0={"gate": "hard"})
    change = next(c for c in one_value(ranking, 0, 1) if c.criterion == "x0" and c.is_fall)
    assert (change.out, change.needed, change.raw_needed) == (True, 50.0, 50.0)


def test_a_figure_inside_a_composite_counts_by_its_part():
    """Half of a composite that weighs all: the gap of 10 is 20 on the figure, and 10 on the composite itself."""
    profile = parse_profile(
        {
            "name": "p",
            "criteria": [{"id": "a", "curve": SCALE}, {"id": "b", "curve": SCALE},
                         {"id": "whole", "composite": {"a": 1, "b": 1}}],
            "scenarios": {"balanced": {"whole": 1}},
        }
    )  # fmt: skip
    frame = pd.DataFrame({"id": ["x", "y"], "a": [80.0, 60], "b": [60.0, 60]})
    found = one_value(rank(Candidates.from_frame(frame, profile), profile), 0, 1)
    falls = {change.criterion: change.needed for change in found if change.is_fall}
    assert falls == pytest.approx({"a": 60, "b": 40, "whole": 60})
    assert next(c for c in found if c.criterion == "whole").raw_needed is None


def test_a_figure_that_also_weighs_by_itself_counts_twice():
    """A weighs 1/2 and is half of a composite that weighs 1/2: 3/4 point per point, so a gap of 15 is 20 on it."""
    profile = parse_profile(
        {
            "name": "p",
            "criteria": [{"id": "a", "curve": SCALE}, {"id": "b", "curve": SCALE},
                         {"id": "whole", "composite": {"a": 1, "b": 1}}],
            "scenarios": {"balanced": {"whole": 1, "a": 1}},
        }
    )  # fmt: skip
    frame = pd.DataFrame({"id": ["x", "y"], "a": [80.0, 60], "b": [60.0, 60]})
    ranking = rank(Candidates.from_frame(frame, profile), profile)
    change = next(c for c in one_value(ranking, 0, 1) if (c.criterion, c.row) == ("a", 0))
    assert change.needed == pytest.approx(60)
    assert applied.with_value(profile, frame, 0, "a", 60.0).score.tolist() == [60.0, 60.0]


@given(gated())
def test_every_value_named_swaps_when_entered_and_nothing_else_does(problem):
    """Ranked afresh: swapped at or just beyond the value, in order just before it, and at the end of other values."""
    profile, frame = problem
    ranking, first, second = two_ranked(problem)
    found = one_value(ranking, first, second)
    _check_the_others(problem, ranking, {(change.row, change.criterion) for change in found}, (first, second))
    for change in found:
        criterion = profile.by_id[change.criterion]
        enter = _entering(profile, frame, change.row, change.criterion)
        if criterion.is_category or criterion.kind == "judged":
            assert applied.is_swapped(enter(change.raw_needed), first, second)
            assert not any(applied.is_swapped(enter(raw), first, second) for raw in _between(criterion, change))
            continue
        raw = applied.raw_of(criterion, change)
        beyond = applied.beside(criterion, change, raw, beyond=True) if change.is_fall else raw
        assert applied.is_swapped(enter(beyond), first, second)
        before = applied.beside(criterion, change, raw, beyond=False)
        if abs(change.needed - change.now) > 0.1 and _is_between(criterion, change, raw, before):
            assert not applied.is_swapped(enter(before), first, second)


def _check_the_others(problem, ranking, named, pair):
    """Check that a value of the first at its worst, or of the second at its best, leaves the order if not named."""
    profile, frame = problem
    weighted = [c for c, w in zip(profile.criteria, ranking.weights, strict=True) if w > 0 and c.composite is None]
    for criterion in weighted:
        applies = ranking.candidates.is_applicable(criterion.id)
        for row, value in zip(pair, (0.0, 100.0), strict=True):
            raw = _extreme(criterion, value)
            if (row, criterion.id) not in named and raw is not None and (applies is None or applies[row]):
                assert not applied.is_swapped(applied.with_value(profile, frame, row, criterion.id, raw), *pair)


def _entering(profile, frame, row, criterion):
    return lambda raw: applied.with_value(profile, frame, row, criterion, raw)


def _is_between(criterion, change, raw, before):
    """Tell whether *before* lies on the way to *raw*: on a target range it may lie on the other side of a peak."""
    if not criterion.scale.is_range:
        return True
    return change.raw_now is not None and abs(before - change.raw_now) < abs(raw - change.raw_now)


def _between(criterion, change):
    """Return the half points or levels between the present value and the one that is needed."""
    low, high = sorted((change.now, change.needed))
    if criterion.levels is not None:
        table = {key: level.value for key, level in criterion.levels.items() if level.value is not None}
    else:
        table = {half / 2: (half / 2 - 1) * 25 for half in range(2, 11)}
    return [raw for raw, value in table.items() if low < value < high]


def _extreme(criterion, value):
    """Return a raw value at one end of the scale that no must-have hangs on; None where a level says nothing."""
    if criterion.levels is not None:
        table = {key: level.value for key, level in criterion.levels.items() if level.value is not None}
        pick = min if value == 0 else max
        return pick(table, key=lambda key: table[key], default=None)
    return criterion.scale.raw_at(value)[0]


# --- among the first k ------------------------------------------------------------------------------------------------


def test_who_is_inside_needs_nothing_and_who_is_not_ranked_is_refused():
    """Ties count as inside; a row that is eliminated has no place to move."""
    ranking = plain([1, 1], [[80, 60], [70, 70], [60, 60], [10, 90]], x0={"gate": "hard"})
    assert into_top(ranking, 1, 1).inside
    assert not into_top(ranking, 2, 2).inside
    with pytest.raises(RunError, match="ranked"):
        into_top(ranking, 3)
    with pytest.raises(RunError, match="ranked"):
        into_top(ranking, 0, 0)


def test_a_place_does_not_need_to_be_taken_from_who_holds_it():
    """C is better than B, who is second, on nothing; yet with a little more weight on x1 it passes A, who is first."""
    ranking = plain([1, 1], [[82, 60], [60, 80], [58, 80]])
    found = into_top(ranking, 2, 2)
    assert found.kth == 1
    assert weights_together(ranking, 1, 2) is None
    assert found.weights.weights == pytest.approx({"x0": 20 / 44, "x1": 24 / 44}, abs=1e-6)
    assert (found.weight.criterion, found.weight.needed) == ("x0", pytest.approx(20 / 44))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("k", [1, 3])
def test_a_place_among_the_first_is_the_cheapest_over_every_choice_of_who_stays_above(seed, k):
    """The search finds what trying every set of k - 1 rivals finds, one linear programme each."""
    profile, frame = random_problem(seed, 7, 4)
    ranking = rank(Candidates.from_frame(frame, profile), profile)
    row = int(ranking.ranked_rows[-2])
    found = into_top(ranking, row, k)
    values = middles(ranking, ranking.ranked_rows).values
    lead = values[-2] - np.delete(values, -2, axis=0)
    best = np.inf
    for stay in combinations(range(len(lead)), k - 1):
        others = np.delete(lead, list(stay), axis=0)
        weights = nearest_weights(ranking.weights, others, np.full(len(others), 1e-6))
        best = min(best, np.inf if weights is None else float(np.abs(weights - ranking.weights).sum()))
    assert (found.weights is None) == (best == np.inf)
    assert found.proven
    if found.weights is not None:
        assert found.weights.distance == pytest.approx(best, abs=1e-6)
        after = applied.with_weights(ranking, found.weights.weights)
        assert int((after.score > after.score[row]).sum()) <= k - 1


@given(problems(gated=False, smallest=4, largest=5, regional=False), st.integers(1, 3))
def test_everything_named_brings_it_among_the_first(problem, k):
    """One weight, the weights together, and each value: applied, at most k - 1 others stand above."""
    profile, frame = problem
    ranking = rank(Candidates.from_frame(frame, profile), profile)
    row = int(ranking.ranked_rows[-1])
    found = into_top(ranking, row, k)
    assume(not found.inside)

    def above(after):
        return int((after.score[after.ranked_rows] > after.score[row] + 1e-6).sum())

    if found.weight is not None:
        at = applied.with_weight(ranking, found.weight.criterion, found.weight.needed)
        assert above(at) < k
        position = [c.id for c in profile.criteria].index(found.weight.criterion)
        inner = np.linspace(found.weight.now, found.weight.needed, 22)[1:-1]
        weights = np.column_stack([scaled(ranking.weights, position, w) for w in inner])
        scores = applied.totals(ranking, ranking.ranked_rows.tolist(), weights)
        assert ((scores > scores[-1]).sum(axis=0) >= k).all()
    if found.weights is not None:
        assert above(applied.with_weights(ranking, found.weights.weights)) < k
    for change in found.values:
        if isinstance(change.raw_needed, float | str):
            after = applied.with_value(profile, frame, row, change.criterion, change.raw_needed)
            assert above(after) < k
