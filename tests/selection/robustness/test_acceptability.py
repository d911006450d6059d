"""Acceptability equals what can be worked out by hand, published figures, and a slow count of the same draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import rankdata

from criteria.errors import DecisionError, RunError, WeightsError
from selection.robustness import acceptability, drawn_values, from_samples
from selection.robustness.tally import grid

cells = st.integers(0, 8).map(lambda n: n * 12.5)


@st.composite
def tables(draw: st.DrawFn, smallest: int = 1) -> np.ndarray:
    """Draw a small table of values n x m with many equal totals."""
    n, m = draw(st.integers(smallest, 6)), draw(st.integers(1, 4))
    return np.array(draw(st.lists(st.lists(cells, min_size=m, max_size=m), min_size=n, max_size=n)))


@st.composite
def ranges(draw: st.DrawFn) -> np.ndarray:
    """Draw a small table of ranges n x m x 2, some of them exact."""
    first = draw(tables())
    second = np.array(draw(st.lists(cells, min_size=first.size, max_size=first.size))).reshape(first.shape)
    return np.stack([np.minimum(first, second), np.maximum(first, second)], axis=2)


def slow_shares(totals: np.ndarray) -> np.ndarray:
    """Count ranks 1, 1, 3 of totals (draws x n) one draw at a time."""
    shares = np.zeros((totals.shape[1], totals.shape[1]))
    for row in np.round(totals, 8):
        shares[np.arange(len(row)), rankdata(-row, method="min").astype(int) - 1] += 1
    return shares / len(totals)


# --- by hand ----------------------------------------------------------------------------------------------------------


@given(tables(2).filter(lambda table: table.shape[1] >= 2))
def test_two_criteria_are_an_interval(table: np.ndarray) -> None:
    """Of two candidates the first is first where its weight on criterion 1 is beyond the crossing: a length of 0..1."""
    (a1, a2), (b1, b2) = table[0, :2], table[1, :2]
    assume(a1 > b1 and b2 > a2)
    crossing = (b2 - a2) / ((a1 - b1) + (b2 - a2))
    found = acceptability([[a1, a2], [b1, b2]], draws=4_000)
    assert found.first_share == pytest.approx([1 - crossing, crossing], abs=0.03)
    assert found.central_weights[:, 0] == pytest.approx([(1 + crossing) / 2, crossing / 2], abs=0.03)
    assert found.confidence.tolist() == [1.0, 1.0]


def test_three_criteria_are_areas() -> None:
    """Three specialists and one who is half good at everything: each is first on a quarter of the triangle."""
    found = acceptability([[100, 0, 0], [0, 100, 0], [0, 0, 100], [50, 50, 50]], draws=40_000, top=None)
    assert found.first_share == pytest.approx([0.25] * 4, abs=0.01)
    assert found.rank_share.sum(axis=1) == pytest.approx([1.0] * 4)
    # The corner triangles w >= 1/2 have their centre at (2/3, 1/6, 1/6), the middle one at the centre of all.
    expected = np.vstack([np.full((3, 3), 1 / 6) + 0.5 * np.eye(3), np.full(3, 1 / 3)])
    assert found.central_weights == pytest.approx(expected, abs=0.01)


def test_a_complete_order_of_the_weights_gives_the_centroid() -> None:
    """With three specialists the mean of all weights that make the first one first is 11/18, 7/36, 7/36."""
    found = acceptability(100 * np.eye(3), draws=40_000)
    assert found.first_share == pytest.approx([1 / 3] * 3, abs=0.01)
    assert found.central_weights[0] == pytest.approx([11 / 18, 7 / 36, 7 / 36], abs=0.01)


def test_ranges_are_drawn_uniformly() -> None:
    """A value anywhere in 0..100 beats 30 in 70 % and a value anywhere in 50..150 in 12.5 % of the draws."""
    against_fixed = acceptability([[[0, 100]], [[30, 30]]], [1.0], draws=20_000)
    assert against_fixed.first_share == pytest.approx([0.7, 0.3], abs=0.01)
    against_range = acceptability([[[0, 100]], [[50, 150]]], [1.0], draws=20_000)
    assert against_range.first_share == pytest.approx([0.125, 0.875], abs=0.01)
    assert against_range.confidence == pytest.approx([0.125, 0.875], abs=0.01)


# --- published --------------------------------------------------------------------------------------------------------

# Heparin against enoxaparin, benefit-risk example in the CRAN package smaa (G. van Valkenhoef): means and standard
# deviations of three criteria, and what the package gives for its own samples of them.
MEANS = np.array([[0.4117, 0.4249, 0.9258], [0.7514, 0.6084, 0.6151]])
DEVIATIONS = np.array([[0.1218, 0.1565, 0.0728], [0.0838, 0.1525, 0.1655]])


def test_the_thromboprophylaxis_example_of_the_smaa_package() -> None:
    """Acceptability, central weights and confidence are those published, within what independent normals allow."""
    samples = np.random.default_rng(1).normal(MEANS, DEVIATIONS, (40_000, 2, 3))
    free = from_samples(samples)
    assert free.rank_share == pytest.approx(np.array([[0.3504, 0.6496], [0.6496, 0.3504]]), abs=0.02)
    published = np.array([[0.1865097, 0.2772205, 0.5362698], [0.40731, 0.3641477, 0.2285423]])
    assert free.central_weights == pytest.approx(published, abs=0.02)
    assert free.confidence == pytest.approx([0.6682, 0.8956], abs=0.03)
    fixed = from_samples(samples, [0.5, 0.2, 0.3])
    assert fixed.rank_share == pytest.approx(np.array([[0.1279, 0.8721], [0.8721, 0.1279]]), abs=0.02)


# --- against a slow count ---------------------------------------------------------------------------------------------


@given(tables(), st.integers(0, 3), st.sampled_from([1, 2, None]))
def test_ranks_are_those_of_a_slow_count(table: np.ndarray, seed: int, top: int | None) -> None:
    """For the same sampled weights every share equals that of ranking each draw by itself, ties included."""
    weights = np.random.default_rng(seed).integers(0, 4, (30, table.shape[1])) + 1.0
    weights /= weights.sum(axis=1, keepdims=True)
    found, expected = acceptability(table, weights, top=top), slow_shares(weights @ table.T)
    columns = len(table) if top is None else min(top, len(table))
    assert found.rank_share == pytest.approx(expected[:, :columns])
    assert found.top_share == pytest.approx(expected[:, : 3 if top is None else top].sum(axis=1))
    first = np.round(weights @ table.T, 8)
    first = first == first.max(axis=1, keepdims=True)
    for row in range(len(table)):
        if first[:, row].any():
            assert found.central_weights[row] == pytest.approx(weights[first[:, row]].mean(axis=0))
        else:
            assert np.isnan(found.central_weights[row]).all()


@given(ranges(), st.sampled_from([None, 0.2]))
def test_how_many_ranks_are_asked_changes_no_share(values: np.ndarray, spread: float | None) -> None:
    """The first two ranks are the same whether all are counted, or only contenders for those two are looked at."""
    weights = None if spread is None else np.ones(values.shape[1])
    few, all_ = (acceptability(values, weights, 60, spread, top=top) for top in (2, None))
    assert few.rank_share.tolist() == all_.rank_share[:, :2].tolist()
    assert few.confidence.tolist() == all_.confidence.tolist()
    assert np.array_equal(few.central_weights, all_.central_weights, equal_nan=True)
    assert all_.rank_share.sum(axis=1) == pytest.approx(np.ones(len(values)))


@given(ranges(), st.sampled_from([1, 7, 50]))
def test_the_size_of_the_blocks_changes_nothing(values: np.ndarray, block: int) -> None:
    """The same seed gives the same bytes in blocks of any size, and twice."""
    whole, again = acceptability(values, draws=40, seed=3), acceptability(values, draws=40, seed=3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawn_values, "BLOCK", block)
        cut = acceptability(values, draws=40, seed=3)
    for name in ("rank_share", "top_share", "confidence"):
        assert getattr(whole, name).tobytes() == getattr(again, name).tobytes() == getattr(cut, name).tobytes()
    assert whole.central_weights.tobytes() == again.central_weights.tobytes()
    assert cut.central_weights == pytest.approx(whole.central_weights, nan_ok=True)


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(table: np.ndarray, shuffle: object) -> None:
    """With exact values the shares go with the candidates when the rows are shuffled."""
    order = np.array(shuffle.sample(range(len(table)), len(table)))  # type: ignore[attr-defined]
    straight, mixed = acceptability(table, draws=50, top=None), acceptability(table[order], draws=50, top=None)
    assert mixed.rank_share.tolist() == straight.rank_share[order].tolist()
    assert mixed.central_weights == pytest.approx(straight.central_weights[order], nan_ok=True)


@given(tables())
def test_what_does_not_apply_takes_its_weight_out(table: np.ndarray) -> None:
    """A row to which a criterion does not apply is the mean over the weights that are left."""
    rng = np.random.default_rng(table.size)
    applies = rng.random(table.shape) < 0.7
    applies[:, 0] = True
    weights = rng.dirichlet(np.ones(table.shape[1]), 25)
    totals = weights @ (table * applies).T / (weights @ applies.T)
    found = acceptability(table, weights, top=None, applies=applies)
    assert found.rank_share == pytest.approx(slow_shares(totals))


@given(tables(2), st.sampled_from([2.0**-40, 2.0**40, 2.0**900, 2.0**-900]))
def test_the_size_of_the_scale_does_not_matter(table: np.ndarray, factor: float) -> None:
    """Values far below or above 0..100 give the same shares: ties are told by digits, not by a fixed step."""
    assume(table.any())
    plain, other = (acceptability(values, draws=40, top=None) for values in (table, table * factor))
    assert other.rank_share.tolist() == plain.rank_share.tolist()


@given(tables(2))
def test_who_is_better_at_everything_is_first_in_every_draw(table: np.ndarray) -> None:
    """A candidate that beats all others on every criterion has all first ranks, and full confidence."""
    table[0] = table.max() + 12.5
    found = acceptability(table, draws=50)
    assert found.first_share[0] == found.confidence[0] == 1.0
    assert found.first_share[1:].tolist() == [0.0] * (len(table) - 1)


def test_exact_weights_and_values_need_one_draw() -> None:
    """Nothing is drawn where nothing is open: shares are 0 and 1, and the central weights are the weights."""
    found = acceptability([[80, 20], [20, 80], [20, 80]], [3, 1], draws=1_000_000, top=None)
    assert found.rank_share.tolist() == [[1, 0, 0], [0, 1, 0], [0, 1, 0]]
    assert found.central_weights[0].tolist() == [0.75, 0.25]


def test_totals_that_differ_in_the_ninth_decimal_are_equal() -> None:
    """The tie rule is that of the ranking: rounded to 8 decimals; one step more tells them apart."""
    assert acceptability([[50.0], [50.0 + 4e-9]], [1.0]).first_share.tolist() == [1.0, 1.0]
    assert acceptability([[50.0], [50.0 + 2e-8]], [1.0]).first_share.tolist() == [0.0, 1.0]
    assert grid(0.0) == grid(50.0)


def test_many_candidates_keep_their_order() -> None:
    """A thousand candidates in falling order come at the ranks 1 to 10 in that order."""
    falling = np.linspace(100, 0, 1_000)[:, None]
    found = acceptability(falling, [1.0], top=10)
    assert found.rank_share[:10].tolist() == np.eye(10).tolist()
    assert not found.rank_share[10:].any()


# --- bad and degenerate input -----------------------------------------------------------------------------------------


def test_nobody_and_one() -> None:
    """No candidates give empty figures; a single one is always first."""
    nobody, one = acceptability(np.zeros((0, 3))), acceptability([[5, 5]], draws=10)
    assert (nobody.rank_share.shape, nobody.central_weights.shape) == ((0, 0), (0, 3))
    assert nobody.first_share.tolist() == []
    assert (one.rank_share.tolist(), one.top_share.tolist(), one.confidence.tolist()) == ([[1.0]], [1.0], [1.0])


BAD = [
    ({"values": [[1.0]], "draws": 0}, RunError, "draws"),
    ({"values": [[1.0]], "draws": 2.5}, RunError, "draws"),
    ({"values": [[1.0]], "draws": 10**9}, RunError, "draws"),
    ({"values": [[1.0]], "seed": -1}, RunError, "seed"),
    ({"values": [[1.0]], "top": 0}, RunError, "ranks"),
    ({"values": [[1.0, float("nan")]]}, RunError, "row 1, criterion 2"),
    ({"values": [[1.0, float("inf")]]}, RunError, "row 1, criterion 2"),
    ({"values": [[[3.0, 1.0]]]}, RunError, "lowest value is above"),
    ({"values": [1.0, 2.0]}, RunError, "table"),
    ({"values": [[1.0], [1.0, 2.0]]}, RunError, "numbers"),
    ({"values": [["a"]]}, RunError, "numbers"),
    ({"values": [[]]}, WeightsError, "at least one criterion"),
    ({"values": [[1.0, 2.0]], "weights": [1.0]}, WeightsError, "2 criteria"),
    ({"values": [[1.0, 2.0]], "weights": [1.0, -1.0]}, WeightsError, "zero or more"),
    ({"values": [[1.0, 2.0]], "weights": [0.0, 0.0]}, WeightsError, "zero"),
    ({"values": [[1.0, 2.0]], "weights": [[1.0, 1.0], [0.0, 0.0]]}, WeightsError, "zero"),
    ({"values": [[1.0, 2.0]], "weights": [[1.0, float("nan")]]}, WeightsError, "number"),
    ({"values": [[1.0, 2.0]], "weights": [1.0, 1.0], "spread": -0.1}, RunError, "spread"),
    ({"values": [[1.0, 2.0]], "spread": 0.2}, RunError, "spread"),
    ({"values": [[1.0, 2.0]], "weights": [1.0, 0.0], "applies": [[False, True]]}, RunError, "row 1"),
    ({"values": [[1.0, 2.0]], "applies": [[True]]}, RunError, "applies"),
    ({"values": np.zeros((20_000, 1)), "top": None}, RunError, "top"),
]


@pytest.mark.parametrize(("arguments", "error", "named"), BAD)
def test_what_makes_no_sense_is_refused_in_a_sentence(arguments: dict, error: type[DecisionError], named: str) -> None:
    """Each wrong argument is named."""
    with pytest.raises(error, match=named):
        acceptability(**arguments)


def test_samples_that_do_not_fit_are_refused() -> None:
    """Samples must be finite, three-dimensional, and as many as the sampled weights."""
    with pytest.raises(RunError, match="Sampled values"):
        from_samples(np.zeros((4, 2)))
    with pytest.raises(RunError, match="Sampled values"):
        from_samples(np.full((4, 2, 2), np.nan))
    with pytest.raises(RunError, match="4 samples of values and 3 of weights"):
        from_samples(np.zeros((4, 2, 2)), np.ones((3, 2)))
