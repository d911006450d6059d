"""Agreement, leniency and habits against published and hand-computed figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.panel import Panel
from selection.panel_agreement import concordance, habits, kendall_w, leniency
from selection.panel_words import concordance_sentence, habit_sentence, leniency_sentences

SIEGEL = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]], dtype=float).T
"""Three executives rank six applicants: S. Siegel (1956), Nonparametric Statistics, table 9.8; W = 0.16."""
SIEGEL_TIES = np.array(
    [
        [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
        [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
        [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
    ]
).T
"""Three raters of ten items with ties: the same book, on tied observations; W = 591 / (742.5 - 28.5) = 0.828."""

half_points = st.sampled_from((np.arange(2, 11) / 2).tolist())


def panel(lines: list[tuple[str, str, float]], criterion: str = "x") -> Panel:
    """Return the panel of (candidate, who, rating) lines on one criterion."""
    frame = pd.DataFrame(lines, columns=["candidate", "who", "rating"])
    return Panel.from_table(frame.assign(criterion=criterion, region=None))


@pytest.mark.parametrize(("table", "expected"), [(SIEGEL, 306 / 1890), (SIEGEL_TIES, 591 / 714)])
def test_kendalls_w_is_the_published_one(table: np.ndarray, expected: float) -> None:
    """Ranks 1 = best count as scores with the sign turned; without and with ties."""
    assert kendall_w(-table) == pytest.approx(expected, abs=1e-12)


@given(st.integers(2, 6), st.integers(3, 5), st.data())
def test_kendalls_w_is_friedmans_statistic_per_degree(n: int, m: int, data: st.DataObject) -> None:
    """W = chi2 / (m (n - 1)) with scipy's tie-corrected Friedman test; the order of rows and people does not matter."""
    from scipy.stats import friedmanchisquare

    table = np.array(data.draw(st.lists(st.lists(half_points, min_size=m, max_size=m), min_size=n, max_size=n)))
    found = kendall_w(table)
    if np.isnan(found):
        assert (table == table[0]).all()
        return
    assert 0 <= found <= 1
    assert found == pytest.approx(kendall_w(table[::-1, ::-1]))
    if n > 2:
        assert found == pytest.approx(float(friedmanchisquare(*table).statistic) / (m * (n - 1)), abs=1e-9)


def test_too_little_to_compare_has_no_agreement() -> None:
    """One assessor, one candidate, everybody alike: NaN, and a sentence that says why."""
    assert all(np.isnan(kendall_w(np.array(rows))) for rows in ([[1.0]], [[1.0, 2.0]], [[3.0], [4.0]]))
    alike = concordance(panel([(c, who, 5.0) for c in "abc" for who in ("Li", "Wu")]))
    single = concordance(panel([(c, "Li", 5.0) for c in "abc"]))

    assert np.isnan([alike.w, single.w]).all()
    assert "no order to agree on" in str(concordance_sentence(alike))
    assert "once all of them have rated 3 candidates" in str(concordance_sentence(single))


def test_concordance_takes_what_everybody_rated() -> None:
    """A candidate that one of them skipped is left out; the rest is in the same order: W = 1."""
    lines = [("a", "Li", 5.0), ("b", "Li", 3.0), ("c", "Li", 2.0), ("d", "Li", 1.0)]
    lines += [("a", "Wu", 4.0), ("b", "Wu", 2.5), ("c", "Wu", 1.0), ("d", "Wu", np.nan)]

    found = concordance(panel(lines))

    assert (found.w, found.candidates, found.assessors) == (1.0, 3, ("Li", "Wu"))
    assert str(concordance_sentence(found)).startswith("The assessors agree strongly on the order of 3 candidates")


def test_leniency_of_a_complete_table_is_the_difference_of_means() -> None:
    """By hand: Li gives 5, 4, 3 and Wu 4, 3, 1.5 for the same three; the means lie 7/6 apart, half to each side."""
    lines = [("a", "Li", 5.0), ("b", "Li", 4.0), ("c", "Li", 3.0), ("a", "Wu", 4.0), ("b", "Wu", 3.0), ("c", "Wu", 1.5)]

    found = leniency(panel(lines))

    assert found.effects == pytest.approx({"Li": 7 / 12, "Wu": -7 / 12})
    assert [str(each) for each in leniency_sentences(found)] == [
        "Li is mild: 0.6 points above the others on the same candidates.",
        "Wu is strict: 0.6 points below the others on the same candidates.",
    ]


def test_leniency_goes_through_a_third_assessor() -> None:
    """By hand: Li - Wu = 1 on a, Wu - Chen = 1 on b; nobody met all, and the effects are 1, 0 and -1."""
    lines = [("a", "Li", 4.0), ("a", "Wu", 3.0), ("b", "Wu", 3.0), ("b", "Chen", 2.0), ("c", "Li", 5.0)]

    found = leniency(panel(lines))

    assert found.effects == pytest.approx({"Li": 1.0, "Wu": 0.0, "Chen": -1.0})
    assert found.shared == {"Chen": 1, "Li": 1, "Wu": 2}
    assert found.groups == (("Chen", "Li", "Wu"),)


def test_groups_that_share_nothing_are_not_compared() -> None:
    """Two pairs without a common candidate: the effects of each sum to 0, and the page says who is apart."""
    lines = [("a", "A", 5.0), ("a", "B", 4.0), ("b", "C", 2.0), ("b", "D", 1.0), ("c", "E", 3.0)]

    found = leniency(panel(lines))

    assert found.groups == (("A", "B"), ("C", "D"), ("E",))
    assert found.effects == pytest.approx({"A": 0.5, "B": -0.5, "C": 0.5, "D": -0.5, "E": 0.0})
    said = [str(each) for each in leniency_sentences(found)]
    assert "C · D share no rated candidate with the others, so they can be compared only with each other." in said
    assert said[-1].startswith("E shares no rated candidate")


def test_one_assessor_is_neither_strict_nor_mild() -> None:
    """Alone, the effect is 0 and there is nothing to say."""
    found = leniency(panel([("a", "Li", 5.0), ("b", "Li", 5.0)]))

    assert (found.effects, leniency_sentences(found)) == ({"Li": 0.0}, ())


@given(
    st.lists(st.floats(1, 5), min_size=2, max_size=6),
    st.lists(st.floats(-1, 1), min_size=2, max_size=4),
    st.data(),
)
def test_an_additive_table_gives_its_effects_back(
    cells: list[float], effects: list[float], data: st.DataObject
) -> None:
    """Ratings that are exactly cell + assessor give back the assessors' differences within each group."""
    rows, people = len(cells), len(effects)
    size = rows * people
    seen = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size))).reshape(rows, people)
    exact = np.add.outer(np.array(cells), np.array(effects))
    cut = Panel(
        tuple(panel([(f"c{i}", "A", 3.0)]).cells[0] for i in range(rows)), tuple("ABCD"[:people]),
        np.where(seen, exact, np.nan), seen, np.full(seen.shape, "", dtype=object),
    )  # fmt: skip

    found = leniency(cut)

    for group in found.groups:
        assert sum(found.effects[who] for who in group) == pytest.approx(0, abs=1e-8)
        true = np.array([effects["ABCD".index(who)] for who in group])
        assert [found.effects[who] for who in group] == pytest.approx((true - true.mean()).tolist(), abs=1e-6)


def test_an_assessor_who_gave_everybody_5_is_told() -> None:
    """Three equal ratings are a habit, two are not; different ones are none."""
    same = panel([(c, "Li", 5.0) for c in "abc"] + [("a", "Wu", 5.0), ("b", "Wu", 5.0)])

    (found,) = habits(same)

    assert (found.assessor, found.kind, found.count, found.rating) == ("Li", "same", 3, 5.0)
    assert str(habit_sentence(found)) == "Li gave 5 to everybody and everything (3 ratings): this tells nobody apart."


def test_one_impression_per_candidate_is_told() -> None:
    """Each of three candidates alike on three criteria is a halo; one that differs is none."""
    lines = [(c, x, "Li", r) for c, r in (("a", 5.0), ("b", 3.0), ("c", 2.0)) for x in ("x", "y", "z")]
    frame = pd.DataFrame(lines, columns=["candidate", "criterion", "who", "rating"]).assign(region=None)

    (found,) = habits(Panel.from_table(frame))
    frame.loc[0, "rating"] = 4.0

    assert (found.kind, found.count) == ("halo", 3)
    assert "rated each of 3 candidates alike" in str(habit_sentence(found))
    assert habits(Panel.from_table(frame)) == ()


@pytest.mark.parametrize("cells", [47, 48, 49])
@pytest.mark.parametrize("seed", range(3))
def test_the_effects_sum_to_zero_however_many_cells_there_are(seed: int, cells: int) -> None:
    """Strict and mild are relative to each other, so three assessors of 48 cells are not all strict (as once seen)."""
    generator = np.random.default_rng(seed)
    leans = {"A": 0.5, "B": 0.0, "C": -0.5}
    lines = [
        (f"c{cell}", who, float(np.clip(round(2 * (3 + lean + generator.normal())) / 2, 1, 5)))
        for cell in range(cells)
        for who, lean in leans.items()
    ]
    effects = leniency(panel(lines)).effects
    means = {who: np.mean([rating for _, rater, rating in lines if rater == who]) for who in leans}
    middle = np.mean(list(means.values()))
    assert effects == pytest.approx({who: mean - middle for who, mean in means.items()}, abs=1e-8)
