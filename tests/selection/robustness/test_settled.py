"""Settled is said only where no completion of what is unknown changes the first k, and said as soon as that is so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from criteria import Criterion, Profile, parse_profile
from criteria.errors import DecisionError, MethodError, RunError
from criteria.text import render
from selection import Candidates, Ranking, Waiver, rank
from selection.robustness.next_facts import next_facts
from selection.robustness.settled import settled
from tests.oracle import is_unknown
from tests.pools import collect, first_of, pool
from tests.strategies import problems, waivers

Cell = Callable[[Criterion, int], Any]


def made(rows: list[list[Any]], **criteria: Any) -> Ranking:
    """Rank rows (one value per criterion) on criteria that run from 0 to 100 unless said otherwise."""
    entries = [
        {"id": key, "curve": {"floor": 0, "qualified": 50, "ideal": 100}} | more for key, more in criteria.items()
    ]
    for entry in entries:
        if "levels" in entry or "composite" in entry:
            del entry["curve"]
    profile = parse_profile({"name": "p", "criteria": entries})
    columns = dict(zip(criteria, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}
    frame = pd.DataFrame({"id": [chr(65 + i) for i in range(len(rows))]} | columns)
    return rank(Candidates.from_frame(frame, profile), profile)


def possible(criterion: Criterion) -> list[Any]:
    """Return raw values that reach every value, and both sides of every limit, that a criterion has."""
    if criterion.levels is not None:
        return [*criterion.levels, None]
    if criterion.kind == "judged":
        return [*(n / 2 for n in range(2, 11)), None]
    if criterion.composite is not None:
        return [0.0, 50.0, 100.0, None]
    curve = criterion.curve
    knots = [v for v in (curve.model_dump().values() if curve else ()) if v is not None]
    knots += [gate.limit for gate in criterion.gates if gate.limit is not None]
    return [*sorted({knot + step for knot in knots for step in (-1.0, 0.0, 1.0)}), None]


def completed(profile: Profile, frame: pd.DataFrame, choose: Cell) -> pd.DataFrame:
    """Return the table with every unknown cell as *choose* says, a composite without leaves among them."""
    full = frame.copy()
    for criterion in profile.criteria:
        if not criterion.is_scored:
            continue
        cells = full[criterion.id].tolist() if criterion.id in full else [None] * len(full)
        unknown = [is_unknown(cell) or criterion_blank(criterion, cell) for cell in cells]
        if criterion.composite is not None:
            leaves = [frame[leaf] == "not applicable" for leaf in criterion.composite if leaf in frame]
            alone = np.all(leaves, axis=0) if len(leaves) == len(criterion.composite) else np.zeros(len(full), bool)
            unknown = [each and bool(only) for each, only in zip(unknown, alone, strict=True)]
        column = [choose(criterion, i) if unknown[i] else cell for i, cell in enumerate(cells)]
        full[criterion.id] = pd.Series(column, index=full.index, dtype=object)
    return full


def criterion_blank(criterion: Criterion, cell: Any) -> bool:
    """Tell whether a cell names a level that decides nothing yet."""
    return criterion.levels is not None and cell != "not applicable" and criterion.levels[cell].value is None


@given(st.data(), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_settled_holds_whatever_is_learnt(data: st.DataObject, k: int, seed: int) -> None:
    """With waivers, regions, composites and evidence levels: no partial completion changes the first k of a settled
    ranking, and none changes them by a fact that was not among the open ones.
    """
    profile, frame = data.draw(problems(smallest=2, largest=5))
    given_waivers = data.draw(waivers(profile, frame))
    try:
        region = data.draw(st.sampled_from([None, *Candidates.from_frame(frame, profile).known_regions()]))
        before = rank(Candidates.from_frame(frame, profile), profile, region, waivers=given_waivers)
    except DecisionError:
        assume(False)
    found, first, random = settled(before, k), first_of(before, k), np.random.default_rng(seed)
    ids = before.candidates.ids
    relevant = {(ids[cell.row], cell.criterion) for cell in found.open_cells}
    table_ids = frame["id"].tolist()

    def irrelevant_only(criterion: Criterion, i: int) -> Any:
        options = possible(criterion)
        chosen = options[random.integers(len(options))]
        return None if (table_ids[i], criterion.id) in relevant else chosen

    for _ in range(2):
        after = completed(profile, frame, irrelevant_only)
        if "regions" in after and (found.done or not any(name == "region" for _, name in relevant)):
            after["regions"] = [text or random.choice(["DE", "NO"]) for text in after["regions"]]
        for column in [name for name in after if name.endswith(".level")]:
            key = column.removesuffix(".level")
            after[column] = [
                3 if random.random() < 0.5 and (i, key) not in relevant else level
                for i, level in zip(table_ids, after[column], strict=True)
            ]
        again = rank(Candidates.from_frame(after, profile), profile, region, waivers=given_waivers)
        assert first_of(again, k) == first


@given(st.data(), st.integers(1, 3))
def test_what_is_not_settled_can_still_change(data: st.DataObject, k: int) -> None:
    """Where it is not settled, raising one row as far as it goes and lowering the others (or the other way round)
    changes the first k: the claim is exact, apart from must-haves on composites.
    """
    profile, frame = data.draw(problems(smallest=2, largest=4, regional=False))
    assume(not any(c.composite is not None and c.gates for c in profile.criteria))
    frame = frame[[name for name in frame if not name.endswith(".level")]]
    pool_of = Candidates.from_frame(frame, profile)
    before = rank(pool_of, profile)
    found = settled(before, k)
    ways = [_extreme(profile, frame, row, up) for row in range(len(frame)) for up in (True, False)]
    firsts = {first_of(rank(Candidates.from_frame(way, profile), profile), k) for way in ways}
    assert (firsts | {first_of(before, k)} == {first_of(before, k)}) == found.done


def _extreme(profile: Profile, frame: pd.DataFrame, row: int, up: bool) -> pd.DataFrame:
    """Return the table with *row* at its best and the others at their worst, or the reverse.

    A row that waits for a must-have is at its worst when it goes on waiting.
    """

    def choose(criterion: Criterion, i: int) -> Any:
        options = [raw for raw in possible(criterion) if raw is not None]
        values = [float(criterion.value([raw])[0]) for raw in options]
        bounds = [criterion.bounds(gate) for gate in criterion.gates]
        read = values if criterion.levels is not None else options
        passing = [
            (value, raw)
            for value, raw, figure in zip(values, options, read, strict=True)
            if value == value and all(low <= figure <= high for low, high in bounds)
        ]
        if not passing:
            return None
        best = (i == row) == up
        if not best and bounds and not up and i == row:
            return None
        value, raw = (max if best else min)(passing, key=lambda pair: pair[0])
        middle_wins = not bounds and (value < 50.0 if best else value > 50.0)
        return None if middle_wins or (not best and bounds) else raw

    return completed(profile, frame, choose)


@pytest.mark.parametrize(
    ("n", "m", "unknown", "gates", "seeds"),
    [(30, 12, 0.2, 3, range(8)), (10, 7, 0.2, 0, range(12)), (10, 7, 0.4, 4, range(12)), (4, 3, 0.9, 2, range(28))],
)
def test_collecting_in_the_order_proposed_ends_with_the_true_first_three(
    n: int, m: int, unknown: float, gates: int, seeds: range
) -> None:
    """With a hidden truth, ties, must-haves and claims to be confirmed: settled = the true first three, every time."""
    found = [collect(pool(seed, n, m, unknown, gates), draws=100) for seed in seeds]
    assert [each.first for each in found] == [each.true_first for each in found]
    assert all(each.facts <= each.open_facts for each in found)
    if n == 30:  # benchmarks/settled.py measures this on a thousand pools
        assert np.median([each.facts / each.open_facts for each in found]) <= 0.4


def test_nothing_unknown_is_settled() -> None:
    """Everything known: settled, in words that say why."""
    found = settled(made([[80], [60], [40], [20]], a={}))
    assert found.done
    assert not found.open_cells
    assert render(found.sentence) == "Settled: every fact that counts is known."


def test_an_unknown_far_below_is_settled() -> None:
    """A fact that cannot lift anybody into the first three is no longer asked for."""
    found = settled(made([[90, 90], [80, 80], [70, 70], [10, None]], a={}, b={}))
    assert found.done
    assert render(found.sentence) == "Settled: no open fact can change the first three any more."
    found = settled(made([[90, 90], [80, 80], [70, 70], [60, None]], a={}, b={}))
    assert [(cell.row, cell.criterion) for cell in found.open_cells] == [(3, "b")]
    assert render(found.sentence) == "Not settled: 1 open fact could still change the first three."


def test_a_tie_at_the_edge_is_not_settled() -> None:
    """Who could come level with the third would be third too."""
    assert not settled(made([[90, 90], [80, 80], [70, 70], [40, None]], a={}, b={})).done
    assert settled(made([[90, 90], [80, 80], [70, 70], [39, None]], a={}, b={})).done


def test_known_ties_are_settled() -> None:
    """Equal totals that are known stay equal, although more than three share the third place."""
    assert settled(made([[90, 90], [80, 80], [70, 70], [70, 70], [0, None]], a={}, b={}), k=3).done
    assert not settled(made([[90, 90], [80, 80], [70, 70], [70, 70], [40, None]], a={}, b={}), k=3).done


def test_a_candidate_to_be_verified_keeps_it_open_only_where_it_could_enter() -> None:
    """A must-have that is open matters for a total above the third, and not for one below."""
    gate = {"gate": "hard"}
    assert not settled(made([[90, 90], [80, 80], [70, 70], [80, None]], a={}, b=gate)).done
    assert settled(made([[90, 90], [80, 80], [70, 70], [20, None]], a={}, b=gate)).done
    fewer = settled(made([[90, 90], [80, 80], [0, None]], a={}, b=gate))
    assert not fewer.done, "with two qualified candidates anybody who passes is third"


def test_a_must_have_narrows_the_band() -> None:
    """An unknown that must be at least 80 to pass counts from 80 once it passes: here it is then first for sure."""
    gate = {"gate": [{"kind": "hard", "limit": 80}]}
    found = settled(made([[90, None], [60, 80], [90, 90], [10, 80]], a={}, b=gate), k=3)
    assert {(cell.row, cell.criterion) for cell in found.open_cells} == {(0, "b")}
    assert settled(made([[20, None], [60, 80], [90, 90], [65, 80]], a={}, b=gate), k=3).done is True


def test_everything_unknown_leaves_everything_open() -> None:
    """Nobody is known at all: every fact could still change the first three."""
    found = settled(made([[None, None]] * 5, a={}, b={"gate": "hard"}))
    assert not found.done
    assert len(found.open_cells) == 10


def test_a_place_for_everybody_leaves_only_must_haves_open() -> None:
    """With as many places as candidates, totals do not matter, only who qualifies."""
    assert settled(made([[90, 90], [10, None]], a={}, b={}), k=3).done
    found = settled(made([[90, 90, 90], [10, None, None]], a={}, b={}, c={"gate": "hard"}), k=3)
    assert [(cell.row, cell.criterion) for cell in found.open_cells] == [(1, "c")]


def test_one_candidate_and_nobody() -> None:
    """One qualified candidate is settled; so is an empty list, and one where everybody is eliminated."""
    assert settled(made([[None]], a={})).done
    everybody_out = settled(made([[10]], a={"gate": "hard"}))
    assert everybody_out.done
    assert "nobody is left" in render(everybody_out.sentence)
    assert settled(made([], a={})).done


def test_a_level_that_decides_nothing_is_no_fact_to_get_where_no_level_does() -> None:
    """Where no level has a value, nothing can be learnt, so nothing is open."""
    blank = {"levels": {"?": {"value": None}}}
    assert settled(made([[90, None], [80, None], [70, None], [69, None]], a={}, b=blank)).done


def test_a_claim_to_be_confirmed_is_an_open_fact() -> None:
    """A known value whose stated level is too low for its must-have waits for its confirmation."""
    profile = parse_profile({"name": "p", "criteria": [
        {"id": "a", "curve": {"floor": 0, "qualified": 50, "ideal": 100}, "gate": [{"kind": "hard", "min_level": 2}]},
    ]})  # fmt: skip
    frame = pd.DataFrame({"id": list("AB"), "a": [90.0, 80.0], "a.level": [2, 0]})
    ranking = rank(Candidates.from_frame(frame, profile), profile)
    assert [(cell.row, cell.criterion, cell.kind) for cell in settled(ranking).open_cells] == [(1, "a", "evidence")]
    (fact,) = next_facts(ranking)
    assert (fact.probability, fact.decisive) == (0.5, pytest.approx(0.5, abs=0.05))
    assert render(fact.sentence) == (
        "Have “a” of B confirmed: knowing it would change the first three with a probability of 50 %."
    )


def test_a_waived_must_have_is_not_waited_for() -> None:
    """What a named person waived is open no longer; its value still weighs."""
    profile = parse_profile({"name": "p", "criteria": [
        {"id": "a", "curve": {"floor": 0, "qualified": 50, "ideal": 100}, "gate": "conditional"},
        {"id": "b", "curve": {"floor": 0, "qualified": 50, "ideal": 100}},
    ]})  # fmt: skip
    frame = pd.DataFrame({"id": list("AB"), "a": [90.0, np.nan], "b": [90.0, 80.0]})
    waived = rank(Candidates.from_frame(frame, profile), profile, waivers=[Waiver("B", "a", "Li", "a guarantee")])
    assert settled(waived, k=2).done
    assert not settled(waived, k=1).done


def test_an_unknown_region_is_an_open_fact() -> None:
    """Whether somebody serves the region decides whether it is ranked there."""
    profile = parse_profile(
        {"name": "p", "criteria": [{"id": "a", "curve": {"floor": 0, "qualified": 5, "ideal": 10}}]}
    )
    frame = pd.DataFrame({"id": list("AB"), "name": ["A", "Havel"], "regions": ["DE", ""], "a": [9.0, 8.0]})
    ranking = rank(Candidates.from_frame(frame, profile), profile, "DE")
    (fact,) = next_facts(ranking)
    assert (fact.row, fact.criterion, fact.kind, fact.probability) == (1, "region", "region", 0.5)
    assert render(fact.sentence).startswith("Ask Havel whether it serves DE: ")


def test_refusals_are_sentences() -> None:
    """No place to fill, and a ranking by another method, are refused in words."""
    ranking = made([[90], [80], [70]], a={})
    with pytest.raises(RunError, match="at least one place"):
        settled(ranking, k=0)
    other = rank(*ranking.original, method="topsis")
    with pytest.raises(MethodError):
        next_facts(other)
