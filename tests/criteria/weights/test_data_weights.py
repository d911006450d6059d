"""Weights read off the candidates: entropy and CRITIC."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from criteria.errors import WeightsError
from criteria.weights import critic, entropy

ENERGY = [
    [4550, 30, 6.74, 20, 15, 5, 85, 150, 0.87, 4.76],
    [3005, 60.86, 2.4, 35, 27, 4, 26, 200, 0.17, 4.51],
    [2040, 14.85, 1.7, 90, 25, 5, 26, 500, 0.27, 4.19],
    [3370, 99.4, 3.25, 25.3, 54, 3, 45, 222, 0.21, 3.78],
    [3920, 112.6, 4.93, 11.4, 71.7, 2, 50, 100, 0.25, 4.11],
]
"""Lee H.C., Chang C.T. (2018), Comparative analysis of MCDM methods for ranking renewable energy sources in Taiwan,
Renewable and Sustainable Energy Reviews 92, 883-896."""

FIVE = [[649, 4.7, 326, 7.1, 143], [749, 5.5, 401, 7.3, 192], [740, 5.7, 520, 7.6, 171], [400, 5.7, 520, 11.1, 179],
        [600, 5.5, 538, 8.9, 152]]  # fmt: skip
"""Krishnan A.R., Kasim M.M., Hamid R., Ghazali M.F. (2021), A modified CRITIC method to estimate the objective weights
of decision criteria, Symmetry 13, 973."""

SOFTWARE = [[5000, 3, 3, 4, 3, 2], [680, 5, 3, 2, 2, 1], [2000, 3, 2, 3, 4, 3], [600, 4, 3, 1, 2, 2],
            [800, 2, 4, 3, 3, 4]]  # fmt: skip
"""Tus A., Aytac Adali E. (2019), The new combination with CRITIC and WASPAS methods for the time and attendance
software selection problem, OPSEARCH 56(2), 528-538."""

nan = float("nan")


def tables(smallest=3, largest=8):
    """Draw candidates x criteria with small round values, so that constant columns and repeats are frequent."""
    shapes = st.tuples(st.integers(smallest, largest), st.integers(1, 5))
    return arrays.arrays(np.float64, shapes, elements=st.integers(0, 6).map(float))


def weights_or_none(way, table, *more):
    """Return the weights, None where they are refused."""
    try:
        return way(table, *more)
    except WeightsError:
        return None


def test_entropy_gives_the_published_weights():
    """Lee and Chang (2018): five energy sources, ten criteria, raw values."""
    published = [0.026, 0.154, 0.089, 0.199, 0.115, 0.040, 0.080, 0.123, 0.172, 0.002]
    assert entropy(ENERGY).values == pytest.approx(published, abs=5e-4)


def test_entropy_takes_zeros():
    """Krishnan et al. (2021), entropy after min-max, where each column has a zero: 0 ln 0 = 0."""
    unit = critic(FIVE, [-1, 1, 1, -1, -1]).detail["normalized"]
    assert entropy(unit).values == pytest.approx([0.3481, 0.1360, 0.1690, 0.1463, 0.2006], abs=5e-5)


def test_critic_gives_the_published_weights_with_costs_reversed():
    """Krishnan et al. (2021): deviations and weights."""
    found = critic(FIVE, [-1, 1, 1, -1, -1])
    assert found.detail["deviation"] == pytest.approx([0.4062, 0.4147, 0.4394, 0.4161, 0.4063], abs=5e-5)
    assert found.values == pytest.approx([0.1872, 0.1838, 0.1691, 0.2599, 0.2000], abs=5e-5)


def test_critic_gives_the_published_weights_where_every_column_is_a_benefit():
    """Tus and Aytac Adali (2019) do not reverse their cost column; reversed, the weights are others."""
    published = [0.157, 0.249, 0.168, 0.121, 0.154, 0.151]
    assert critic(SOFTWARE).values == pytest.approx(published, abs=5e-4)
    assert critic(SOFTWARE, 1).values == pytest.approx(published, abs=5e-4)
    reversed_ = [0.184, 0.213, 0.142, 0.158, 0.168, 0.134]  # recomputed, not published
    assert critic(SOFTWARE, [-1, 1, 1, 1, 1, 1]).values == pytest.approx(reversed_, abs=5e-4)


@pytest.mark.parametrize("way", [entropy, critic])
def test_a_constant_column_weighs_nothing_and_is_named(way):
    """Also where it is zero, or 0.1 + 0.2, which is not quite 0.3."""
    found = way([[1, 7, 0, 0.3, 2, 4], [3, 7, 0, 0.1 + 0.2, 1, 4], [9, 7, 0, 0.3, 5, 1]])
    assert found.values[[1, 2, 3]].tolist() == [0, 0, 0]
    assert found.detail["constant"] == (1, 2, 3)
    assert found.values.sum() == pytest.approx(1)
    assert way([[1, 7], [3, 7]]).values.tolist() == [1, 0]
    others = way([[1, 2, 4], [3, 1, 4], [9, 5, 1]]).values
    assert found.values[[0, 4, 5]] == pytest.approx(others)
    nearly = way([[1, 1], [5, 1 + 1e-9], [2, 1], [2, 1]]).values
    assert (nearly >= 0).all()  # also where rounding makes the entropy a little more than 1


@pytest.mark.parametrize(
    ("way", "table", "sentence"),
    [
        (entropy, [[1, 2], [3, -4]], "criterion 2 has a negative value"),
        (entropy, [[1, 2], [3, nan]], "criterion 2 has unknown values"),
        (critic, [[1, 2], [float("inf"), 4]], "criterion 1 has unknown values"),
        (entropy, [[1, 2]], "two candidates"),
        (critic, [[1, 2]], "two candidates"),
        (entropy, [[1, 2], [1, 2]], "nothing tells them apart"),
        (critic, [[1, 2], [1, 2]], "nothing tells them apart"),
        (critic, [[1, 2], [2, 4], [3, 6]], "rise and fall together"),
        (entropy, [1, 2], "rows and columns"),
        (critic, [["a"], ["b"]], "must be a number"),
        (critic, [], "rows and columns"),
    ],
)
def test_what_the_data_cannot_say_is_refused(way, table, sentence):
    """In words that name the criterion; never NaN, never a negative weight."""
    with pytest.raises(WeightsError, match=sentence):
        way(table)


def test_refusals_use_the_names_of_criteria_and_check_directions():
    """By title where there is one."""
    with pytest.raises(WeightsError, match="“Growth” has a negative value"):
        entropy([[1, 2], [3, -4]], ["Solvency", "Growth"])
    with pytest.raises(WeightsError, match="1 names for 2 criteria"):
        entropy([[1, 2], [3, 4]], ["Solvency"])
    for directions in ([1], [1, 0], [1, nan], "up", [1, 1, 1]):
        with pytest.raises(WeightsError, match="2 criteria needs a direction"):
            critic([[1, 2], [3, 1]], directions if directions != [1] else [1, 2])


def test_huge_and_tiny_values_do_not_overflow():
    """1e300 is a slip of a unit, not a reason to fail."""
    for way in (entropy, critic):
        found = way([[1e300, 1e-300], [2e300, 5e-300], [1.7e308, 1e-300]])
        assert np.isfinite(found.values).all()
        assert found.values.sum() == pytest.approx(1)


@given(tables(), st.randoms())
def test_entropy_weights_go_with_their_columns_whatever_the_unit_and_the_order_of_candidates(table, random):
    """Sum 1, none negative; a factor on a column, another order of rows or columns changes nothing."""
    found = weights_or_none(entropy, table)
    rows, columns = (random.sample(range(k), k) for k in table.shape)
    moved = weights_or_none(entropy, (table * np.arange(1, table.shape[1] + 1))[np.ix_(rows, columns)])
    assert (found is None) == (moved is None)
    if found is not None and moved is not None:
        assert found.values.sum() == pytest.approx(1)
        assert (found.values >= 0).all()
        assert moved.values == pytest.approx(found.values[columns])


@given(tables(), st.randoms())
def test_critic_weights_go_with_their_columns_whatever_unit_zero_and_direction_is_written(table, random):
    """A cost is a benefit with the sign turned; a shift and a factor on a column change nothing."""
    found = weights_or_none(critic, table, 1)
    rows, columns = (random.sample(range(k), k) for k in table.shape)
    factor = np.array([random.choice([-3.0, -1.0, 2.0]) for _ in columns])
    moved = weights_or_none(critic, (table * factor + 4)[np.ix_(rows, columns)], np.sign(factor)[columns])
    assert (found is None) == (moved is None)
    if found is not None and moved is not None:
        assert found.values.sum() == pytest.approx(1)
        assert (found.values >= 0).all()
        assert moved.values == pytest.approx(found.values[columns], abs=1e-9)
