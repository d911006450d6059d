"""Weights from judgements of pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.errors import WeightsError
from criteria.text import local_text
from criteria.weights import ahp, combine_judgements
from criteria.weights.ahp import SCALE, random_index

nan = float("nan")

JOB = [
    [1, 1 / 4, 1 / 6, 1 / 4, 1 / 8],
    [4, 1, 1 / 3, 3, 1 / 7],
    [6, 3, 1, 4, 1 / 2],
    [4, 1 / 3, 1 / 4, 1, 1 / 7],
    [8, 7, 2, 7, 1],
]
"""Saaty T.L. (2008), Decision making with the analytic hierarchy process, Int. J. Services Sciences 1(1), table 3."""

INCOMPLETE = [[1, 1, 5, 2], [1, 1, 3, 4], [1 / 5, 1 / 3, 1, nan], [1 / 2, 1 / 4, nan, 1]]
"""Bozoki S., Fulop J., Ronyai L. (2010), On optimal completion of incomplete pairwise comparison matrices,
Mathematical and Computer Modelling 52, 318-333."""


@st.composite
def importances(draw, smallest=2, largest=7):
    """Draw how important each criterion is, on any scale."""
    return np.array(draw(st.lists(st.floats(0.05, 20), min_size=smallest, max_size=largest)))


@st.composite
def judgements(draw, smallest=3, largest=6):
    """Draw a reciprocal matrix of judgements from the scale."""
    n = draw(st.integers(smallest, largest))
    matrix = np.ones((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            matrix[i, j] = draw(st.sampled_from(SCALE))
            matrix[j, i] = 1 / matrix[i, j]
    return matrix


@st.composite
def gaps(draw, n):
    """Draw which pairs (i, j) are missing; a random tree over all criteria stays."""
    tree = {(draw(st.integers(0, j - 1)), j) for j in range(1, n)}
    others = [(i, j) for j in range(n) for i in range(j) if (i, j) not in tree]
    return [pair for pair in others if draw(st.booleans())]


def without(matrix, pairs):
    """Return a copy of *matrix* without the judgements of *pairs*."""
    found = np.array(matrix, dtype=float)
    for i, j in pairs:
        found[i, j] = found[j, i] = nan
    return found


def largest_eigenvalue(matrix):
    """Return the principal eigenvalue by its definition, without anything of the product."""
    return np.linalg.eigvals(np.array(matrix, dtype=float)).real.max()


def test_the_published_job_example_is_reproduced():
    """Saaty (2008), table 3: the weights as printed; lambda and the ratio recomputed with a random index of 1.12."""
    found = ahp(JOB)
    assert found.values == pytest.approx([0.036, 0.122, 0.262, 0.075, 0.506], abs=5e-4)
    assert found.consistency["lambda_max"] == pytest.approx(5.3263, abs=5e-5)
    assert found.consistency["cr"] == pytest.approx(0.0728, abs=5e-5)
    assert found.consistency["ci"] == pytest.approx((5.3263 - 5) / 4, abs=5e-5)


def test_the_published_small_example_is_reproduced():
    """Saaty (2008), table 4."""
    found = ahp([[1, 1 / 3, 1 / 6], [3, 1, 1 / 4], [6, 4, 1]])
    assert found.values == pytest.approx([0.091, 0.218, 0.691], abs=5e-4)


def test_a_missing_judgement_is_completed_as_published():
    """Bozoki, Fulop and Ronyai (2010): the completed entry, the weights, and the ratio with the index of four."""
    found = ahp(INCOMPLETE)
    assert found.detail["completed"][2, 3] == pytest.approx(0.730297106887, abs=5e-6)
    assert found.detail["completed"][3, 2] == pytest.approx(1 / 0.730297106887, abs=1e-5)
    assert found.values == pytest.approx([0.3738, 0.3920, 0.0985, 0.1357], abs=5e-5)
    assert found.consistency["cr"] == pytest.approx(0.0342, abs=5e-5)


def test_none_and_one_sided_judgements_are_taken():
    """None is missing, and one side of a pair is enough."""
    upper = [[1, 2, 6], [None, 1, 3], [None, None, None]]
    assert ahp(upper).values == pytest.approx([0.6, 0.3, 0.1])


@pytest.mark.parametrize("printed", [[[1, 3], [0.33, 1]], [[1, 0.33], [3, 1]]])
def test_a_rounded_reciprocal_is_read_as_what_was_meant(printed):
    """Of 3 and a printed 0.33 the 3 counts."""
    assert sorted(ahp(printed).values) == pytest.approx([0.25, 0.75])


@pytest.mark.parametrize(("n", "weights"), [(1, [1.0]), (2, [0.75, 0.25])])
def test_one_or_two_criteria_cannot_contradict(n, weights):
    """Their ratio is 0."""
    found = ahp(np.array([[1, 3], [1 / 3, 1]])[:n, :n])
    assert found.values == pytest.approx(weights)
    assert dict(found.consistency) == {"lambda_max": float(n), "ci": 0.0, "cr": 0.0}
    assert found.detail["revisit"] is None


def test_the_random_index_is_the_published_table_and_goes_on_without_a_step():
    """0.58 ... 1.49 for 3 to 10 (Saaty 1980); beyond it the line of Alonso and Lamata (2006), worked out by hand."""
    table = [0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49]
    assert [random_index(n) for n in range(3, 11)] == table
    assert [round(random_index(n), 4) for n in (11, 12, 15)] == [1.5118, 1.5352, 1.5855]


@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        ([[1, 3, 5], [1 / 3, 1, 2], [1 / 2, 1 / 2, 1]], r"row 1, column 3 is 5, so row 3, column 1 must be 0\.2"),
        ([[1, 2], [2, 1]], "not reciprocal"),
        ([[1, 0.5], [0.5, 1]], "not reciprocal"),
        ([[1, 0], [1, 1]], "criterion 1 against criterion 2 is 0"),
        ([[1, -3], [-1 / 3, 1]], "criterion 1 against criterion 2 is -3"),
        ([[1, float("inf")], [0, 1]], "is inf"),
        ([[2, 3], [1 / 3, 1]], "criterion 1 compared with itself is 2"),
        ([[1, 2, 3], [0.5, 1, 2]], "2 rows and 3 columns"),
        ([1, 2], "rows and columns"),
        ([], "rows and columns"),
        ([["a", "b"], ["c", "d"]], "must be a number"),
        ([[1, nan, nan], [nan, 1, 4], [nan, 1 / 4, 1]], "criterion 1 is compared with criterion 2 neither directly"),
        ([[1, 2, nan], [0.5, 1, nan], [nan, nan, 1]], "criterion 3 is compared with criterion 1 neither directly"),
        ([[1, 1e200, 1e-200], [1e-200, 1, 1e200], [1e200, 1e-200, 1]], "contradict each other too much"),
    ],
)
def test_what_is_no_comparison_of_pairs_is_refused_with_its_place(matrix, sentence):
    """The sentence says where and what it must be."""
    with pytest.raises(WeightsError, match=sentence):
        ahp(matrix)


def test_a_refusal_names_the_criteria_where_they_have_names():
    """A pair that is not reciprocal, and an island, by their titles."""
    labels = [local_text("Solvency"), local_text("Growth"), local_text("Reach")]
    with pytest.raises(
        WeightsError, match=r"“Solvency” against “Reach” is 5, so “Reach” against “Solvency” must be 0\.2"
    ):
        ahp([[1, 3, 5], [1 / 3, 1, 2], [1 / 2, 1 / 2, 1]], labels)
    with pytest.raises(WeightsError, match="“Reach” is compared with “Solvency” neither directly"):
        ahp([[1, 3, nan], [1 / 3, 1, nan], [nan, nan, 1]], labels)
    with pytest.raises(WeightsError, match="2 names for 3 criteria"):
        ahp(np.ones((3, 3)), labels[:2])


def test_too_many_missing_judgements_are_refused_and_not_waited_for():
    """Forty criteria compared in a ring with one chord leave 739 pairs open."""
    matrix = np.full((40, 40), nan)
    for i in range(40):
        matrix[i, (i + 1) % 40] = 2.0
    matrix[0, 20] = 5.0
    with pytest.raises(WeightsError, match="739 judgements are missing"):
        ahp(matrix)


def test_the_judgement_that_disturbs_is_found_with_the_value_that_fits():
    """Seven criteria in steps of a factor, one pair turned round: that pair is named, and its right value."""
    importance = np.array([8, 6, 4, 3, 2, 1.5, 1])
    matrix = importance[:, None] / importance[None, :]
    matrix[1, 4], matrix[4, 1] = 1 / 3, 3
    found = ahp(matrix)
    look = found.detail["revisit"]
    assert (look.first, look.second, look.value) == (4, 1, 3.0)
    assert look.fits == pytest.approx(1 / 3)
    assert look.nearest == pytest.approx(1 / 3)
    assert look.ratio == pytest.approx(0, abs=1e-9)
    assert found.consistency["cr"] > 0.05


def test_a_judgement_that_nothing_checks_is_never_the_one_to_revisit():
    """The only comparison of the fourth criterion is extreme, but nothing speaks against it."""
    matrix = without(np.ones((4, 4)), [(0, 3), (1, 3)])
    matrix[2, 3], matrix[3, 2] = 9, 1 / 9
    matrix[0, 1], matrix[1, 0] = 3, 1 / 3
    look = ahp(matrix).detail["revisit"]
    assert {look.first, look.second} <= {0, 1, 2}


def test_consistent_judgements_have_nothing_to_revisit():
    """And so have those that just hold together."""
    assert ahp([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]]).detail["revisit"] is None
    assert ahp(without(np.array([[1, 2, 9], [1 / 2, 1, 3], [1 / 9, 1 / 3, 1]]), [(0, 2)])).detail["revisit"] is None


def test_sizes_far_apart_are_weighed_all_the_same():
    """A factor of 1e150 between two criteria is odd, but no reason to fail."""
    importance = np.array([1e150, 1.0, 1e-100])
    found = ahp(importance[:, None] / importance[None, :])
    assert found.values[0] == pytest.approx(1)
    assert found.consistency["cr"] == pytest.approx(0, abs=1e-9)


def test_the_result_is_read_only_and_the_input_untouched():
    """Nobody changes a weight, or somebody's judgements, behind their back."""
    matrix = np.array(INCOMPLETE)
    before = matrix.copy()
    found = ahp(matrix)
    np.testing.assert_array_equal(matrix, before)
    for part in (found.values, found.detail["completed"]):
        with pytest.raises(ValueError, match="read-only"):
            part[0] = 1


@given(importances(), st.data())
def test_consistent_judgements_give_back_the_importance_also_where_some_are_missing(importance, data):
    """Any spanning set of judgements that agree is enough."""
    matrix = importance[:, None] / importance[None, :]
    found = ahp(without(matrix, data.draw(gaps(len(importance)))))
    assert found.values == pytest.approx(importance / importance.sum(), rel=1e-8)
    assert 0 <= found.consistency["cr"] < 1e-9
    np.testing.assert_allclose(found.detail["completed"], matrix, rtol=1e-7)


@given(judgements(), st.data())
def test_the_completion_has_the_smallest_eigenvalue(matrix, data):
    """Moving a completed pair either way makes the eigenvalue larger; the judgements given stay as they are."""
    missing = data.draw(gaps(len(matrix)))
    given_ = without(matrix, missing)
    found = ahp(given_)
    completed = found.detail["completed"]
    known = ~np.isnan(given_)
    np.testing.assert_allclose(completed[known], matrix[known], rtol=1e-12)
    assert found.consistency["lambda_max"] == pytest.approx(largest_eigenvalue(completed), rel=1e-9)
    for i, j in missing:
        for factor in (1.01, 1 / 1.01):
            moved = completed.copy()
            moved[i, j] *= factor
            moved[j, i] /= factor
            assert largest_eigenvalue(moved) > found.consistency["lambda_max"] - 1e-12


@given(judgements(), st.randoms())
def test_weights_are_the_eigenvector_and_go_with_their_criteria(matrix, random):
    """A w = lambda w, weights are positive and sum to 1, and another order of the criteria changes none of them."""
    found = ahp(matrix)
    assert found.values.sum() == pytest.approx(1)
    assert (found.values > 0).all()
    np.testing.assert_allclose(matrix @ found.values, found.consistency["lambda_max"] * found.values, rtol=1e-8)
    order = random.sample(range(len(matrix)), len(matrix))
    np.testing.assert_allclose(ahp(matrix[np.ix_(order, order)]).values, found.values[order], rtol=1e-9)


@given(judgements(smallest=4))
def test_taking_the_advice_gives_the_ratio_that_was_promised(matrix):
    """The judgement to revisit, replaced by the value named, has exactly the ratio named, and a better one."""
    found = ahp(matrix)
    look = found.detail["revisit"]
    if look is None:
        return
    assert matrix[look.first, look.second] == pytest.approx(look.value)
    assert look.value >= 1
    advised = matrix.copy()
    advised[look.first, look.second], advised[look.second, look.first] = look.nearest, 1 / look.nearest
    assert ahp(advised).consistency["cr"] == pytest.approx(look.ratio, abs=1e-9)
    assert look.ratio < found.consistency["cr"]


@given(st.lists(judgements(4, 4), min_size=1, max_size=4), st.randoms())
def test_several_peoples_judgements_are_one_reciprocal_matrix_whoever_comes_first(matrices, random):
    """The geometric mean of each pair: reciprocal, and the same in any order of the people."""
    together = combine_judgements(matrices)
    np.testing.assert_allclose(together * together.T, 1.0)
    np.testing.assert_allclose(combine_judgements(random.sample(matrices, len(matrices))), together)
    assert together[0, 1] == pytest.approx(np.prod([m[0, 1] for m in matrices]) ** (1 / len(matrices)))


def test_a_pair_is_averaged_over_those_who_judged_it():
    """One says 4, one says nothing, one says 1; nobody compared the third criterion with the first."""
    three = [
        [[1, 4, nan], [1 / 4, 1, 2], [nan, 1 / 2, 1]],
        [[1, nan, nan], [nan, 1, 8], [nan, 1 / 8, 1]],
        [[1, 1, nan], [1, 1, nan], [nan, nan, 1]],
    ]
    together = combine_judgements(three)
    assert together[0, 1] == pytest.approx(2)
    assert together[1, 2] == pytest.approx(4)
    assert np.isnan(together[0, 2])
    assert ahp(together).values == pytest.approx([8 / 13, 4 / 13, 1 / 13])
    with pytest.raises(WeightsError, match="same number of criteria"):
        combine_judgements([np.ones((2, 2)), np.ones((3, 3))])
    with pytest.raises(WeightsError, match="at least one person"):
        combine_judgements([])
