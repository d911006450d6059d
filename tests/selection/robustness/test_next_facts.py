"""Which fact to get next: both figures against rankings that are really made again, and the words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import Criterion, parse_profile
from criteria.text import render
from selection import Candidates, Ranking, rank
from selection.robustness.next_facts import OpenFact, _others, _side, _top, next_facts
from selection.robustness.open_facts import standing
from selection.robustness.settled import settled
from tests.pools import first_of, pool
from tests.selection.robustness.test_settled import made

YES_NO = {"levels": {"no": 0, "yes": 100}, "gate": "hard"}


def known(ranking: Ranking, fact: OpenFact, raw: object) -> Ranking:
    """Return the ranking with one fact known."""
    candidates, profile = ranking.original
    frame = candidates.frame.copy()
    column = frame[fact.criterion].to_numpy(copy=True)
    column[fact.row] = raw
    frame[fact.criterion] = pd.Series(column, dtype=column.dtype)
    return rank(Candidates(frame, not_applicable=candidates.not_applicable, levels=candidates.levels), profile)


def spread_over(criterion: Criterion, steps: int) -> list[object]:
    """Return raw values that lie evenly on the scale of a criterion."""
    if criterion.levels is not None:
        return [key for key, level in criterion.levels.items() if level.value is not None]
    scale = criterion.scale
    assert scale is not None
    return [scale.raw_at(100 * (i + 0.5) / steps)[0] for i in range(steps)]


@pytest.mark.parametrize(("seed", "k"), [(0, 3), (1, 1), (2, 2), (3, 4)])
def test_probability_is_the_share_of_values_that_change_the_first_k(seed: int, k: int) -> None:
    """The closed form equals ranking anew for every value of one fact, all else as it stands."""
    chosen = pool(seed, 10, 8, 0.25, 2)
    before = rank(chosen.shown, chosen.profile)
    first, steps = first_of(before, k), 40
    facts = [fact for fact in next_facts(before, k, draws=0) if fact.kind == "value"]
    assert facts
    for fact in facts[:5]:
        values = spread_over(chosen.profile.by_id[fact.criterion], steps)
        share = np.mean([first_of(known(before, fact, raw), k) != first for raw in values])
        assert fact.probability == pytest.approx(share, abs=1.5 / steps)


@given(st.integers(0, 10_000), st.integers(1, 3))
def test_only_open_facts_that_can_change_it_are_named_the_most_likely_first(seed: int, k: int) -> None:
    """The facts are those that `settled` names, in falling order; the figures are probabilities, and twice the same."""
    chosen = pool(seed, 8, 5, 0.4, 4)
    ranking = rank(chosen.shown, chosen.profile)
    facts = next_facts(ranking, k, 50)
    assert {(f.row, f.criterion, f.kind) for f in facts} == {
        (cell.row, cell.criterion, cell.kind) for cell in settled(ranking, k).open_cells
    }
    order = [(f.probability, f.decisive, f.width) for f in facts]
    assert order == sorted(order, reverse=True)
    assert all(0.0 <= figure <= 1.0 for f in facts for figure in (f.probability, f.decisive))
    assert facts == next_facts(ranking, k, 50)


def test_the_probability_of_a_plain_case() -> None:
    """D overtakes C (70) once its half of the weight brings it from 30 to 70: at 80 or more of 100."""
    (fact,) = next_facts(made([[90, 90], [80, 80], [70, 70], [60, None]], a={}, b={}))
    assert (fact.row, fact.criterion, fact.probability) == (3, "b", 0.2)
    assert fact.decisive == pytest.approx(0.2, abs=0.04)
    assert fact.width == 50.0
    assert render(fact.sentence) == (
        "Ask D for “b”: knowing it would change the first three with a probability of 20 %."
    )


def test_a_fact_of_the_third_may_drop_it() -> None:
    """C (80, counted at 65) falls behind D (60) below 40 of 100, and is level with it at exactly that value."""
    (fact,) = next_facts(made([[90, 90], [80, 80], [80, None], [60, 60]], a={}, b={}))
    assert (fact.row, fact.probability) == (2, 0.4)


def test_every_level_of_a_category_is_as_likely_as_the_next() -> None:
    """Of four levels one lifts D to the third place and one makes it level with C, which counts as well."""
    levels = {"levels": {"none": 0, "some": 50, "more": 80, "all": 100, "unclear": {"value": None}}}
    ranking = made([[90, "all"], [80, "all"], [60, "more"], [60, None]], a={}, b=levels)
    (fact,) = next_facts(ranking)
    assert fact.probability == 0.5


def test_two_open_must_haves_decide_only_together() -> None:
    """Alone neither ranks B; in a quarter of the trials both are met, and then each is decisive."""
    facts = next_facts(made([[90, "yes", "yes"], [80, None, None]], a={}, b=YES_NO, c=YES_NO))
    assert [(f.row, f.criterion, f.probability) for f in facts] == [(1, "b", 0.0), (1, "c", 0.0)]
    assert [f.decisive for f in facts] == pytest.approx([0.25, 0.25], abs=0.04)
    assert "together with the other open facts it decides the first three in " in render(facts[0].sentence)


def test_a_must_have_counts_with_the_value_that_passes_it() -> None:
    """Unknown "b" of at least 60 passes; to be among the first as well it has to be at least 80."""
    gate = {"gate": [{"kind": "hard", "limit": 60}]}
    ranking = made([[90, 90], [80, 80], [70, 70], [60, None]], a={}, b=gate)
    assert [f.probability for f in next_facts(ranking)] == [0.2]
    assert [f.probability for f in next_facts(ranking, k=4)] == [0.4]


def test_a_leaf_bears_on_a_composite_and_on_its_must_have() -> None:
    """The composite needs 50: with its known half at 80, the unknown half must be at least 20."""
    curve = {"curve": {"floor": 0, "qualified": 50, "ideal": 100}}
    whole = {"id": "whole", "composite": {"a": 1, "b": 1}, "gate": "hard"}
    profile = parse_profile({"name": "p", "criteria": [{"id": "a", **curve}, {"id": "b", **curve}, whole]})
    frame = pd.DataFrame({"id": ["A", "B"], "a": [60.0, 80.0], "b": [60.0, np.nan]})
    (fact,) = next_facts(rank(Candidates.from_frame(frame, profile), profile), k=3)
    assert (fact.row, fact.criterion, fact.probability) == (1, "b", 0.8)


def test_a_rating_is_asked_for_as_a_rating() -> None:
    """A judged criterion is rated, a fact is asked for; names from outside stay texts."""
    profile = parse_profile({"name": "p", "criteria": [{"id": "care", "title": "Care", "kind": "judged"}]})
    frame = pd.DataFrame({"id": ["A", "B"], "name": ["**x** {name}", "B"], "care": [np.nan, 4.0]})
    (fact,) = next_facts(rank(Candidates.from_frame(frame, profile), profile), k=1)
    assert render(fact.sentence) == (
        "Rate **x** {name} on “Care”: knowing it would change the first place with a probability of 25 %."
    )


def test_a_leaf_weighs_by_its_share_of_the_composite() -> None:
    """Half of the composite is half of the total: D (known half 80) passes C (70) from 60 on."""
    curve = {"curve": {"floor": 0, "qualified": 50, "ideal": 100}}
    whole = {"id": "whole", "composite": {"a": 1, "b": 1}}
    document = {"name": "p", "criteria": [{"id": "a", **curve}, {"id": "b", **curve}, whole]}
    profile = parse_profile(document | {"scenarios": {"balanced": {"whole": 1}}})
    frame = pd.DataFrame({"id": list("ABCD"), "a": [90.0, 80.0, 70.0, 80.0], "b": [90.0, 80.0, 70.0, np.nan]})
    facts = next_facts(rank(Candidates.from_frame(frame, profile), profile), k=3)
    assert [(f.row, f.criterion, f.probability, f.width) for f in facts] == [(3, "b", 0.4, 50.0)]


def test_levels_that_are_all_high_still_count_from_the_middle_while_unknown() -> None:
    """D is counted at 50 and stands fourth; every level would lift it to the third place, so it is not settled."""
    levels = {"levels": {"good": 80, "best": 100}}
    ranking = made([[90, "best"], [80, "best"], [60, "good"], [70, None]], a={}, b=levels)
    (fact,) = next_facts(ranking)
    assert (fact.row, fact.probability) == (3, 1.0)


totals = st.integers(0, 3).map(float) | st.just(-np.inf)


@given(st.lists(totals, min_size=1, max_size=6), st.data(), st.integers(1, 4))
def test_a_side_tells_one_set_of_the_first_k_from_another(others: list[float], data: st.DataObject, k: int) -> None:
    """Two totals of one row are on the same side of the others exactly where the first k are the same."""
    own, changed = data.draw(totals), data.draw(totals)

    def first(value: float) -> set[int]:
        every = [value, *others]
        return {i for i, each in enumerate(every) if each > -np.inf and sum(other > each for other in every) < k}

    top = _top(np.array([own, *others])[:, None], k)
    entry, strict = _others(top, np.array([[own]]), k)
    sides = [int(_side(np.array([[value]]), entry, strict)[0, 0]) for value in (own, changed)]
    assert (sides[0] == sides[1]) == (first(own) == first(changed))


def test_rows_that_are_out_for_sure_do_not_matter() -> None:
    """Figures are the same with and without a crowd that cannot come near."""
    rows = [[90, 90], [80, 80], [70, 70], [60, None]]
    alone = next_facts(made(rows, a={}, b={}), draws=200)
    crowd = next_facts(made(rows + [[1, None]] * 30, a={}, b={}), draws=200)
    assert alone == crowd


def test_no_draws_still_give_the_order_by_probability() -> None:
    """Without draws the second figure is nothing, the first is a closed form."""
    facts = next_facts(made([[90, 90], [80, 80], [70, 70], [60, None]], a={}, b={}), draws=0)
    assert [(f.probability, f.decisive) for f in facts] == [(0.2, 0.0)]


def test_nothing_to_ask_where_it_is_settled() -> None:
    """A settled ranking, an empty one and one where everybody is out have no next fact."""
    assert next_facts(made([[90], [80], [70]], a={})) == ()
    assert next_facts(made([], a={})) == ()
    assert next_facts(made([[10, None]], a={"gate": "hard"}, b={})) == ()


def test_totals_are_linear_in_the_open_facts() -> None:
    """The band of the open facts is the band of the ranking, where no must-have narrows it."""
    chosen = pool(5, 20, 8, 0.3, 0)
    ranking = rank(chosen.shown, chosen.profile)
    found = standing(ranking)
    low, high = found.band()
    assert np.abs(low - ranking.low[found.rows]).max() <= 2e-8
    assert np.abs(high - ranking.high[found.rows]).max() <= 2e-8
    assert sum(len(facts) for facts in found.facts) == chosen.shown.frame.isna().to_numpy().sum()
