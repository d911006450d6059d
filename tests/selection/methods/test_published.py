"""Published worked examples, to the printed digits, on both engines."""

from __future__ import annotations

import numpy as np
import pytest

from selection.methods import evaluate

ENGINES = pytest.mark.parametrize("engine", ["own", "scikit-criteria"])

SCHOOL = [
    [0.75, 0.5, 0.75, 0, 0, 0, 1],
    [0.75, 1, 0.75, 0, 0, 0, 0.75],
    [0.75, 0.75, 0.75, 0, 0.5, 0.25, 1],
    [0.5, 0.5, 0.75, 1, 0.5, 0, 0.75],
]
TRIANTAPHYLLOU = [[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10]]
MOUNTAIN, MOUNTAIN_IN_OTHER_UNITS = [[1, 3000], [2, 3750], [5, 4500]], [[6, 2], [7, 2.75], [10, 3.5]]
SOFTWARE = [
    [5000, 3, 3, 4, 3, 2],
    [680, 5, 3, 2, 2, 1],
    [2000, 3, 2, 3, 4, 3],
    [600, 4, 3, 1, 2, 2],
    [800, 2, 4, 3, 3, 4],
]
MACHINES = [
    [581818, 54.49, 3, 5500],
    [595454, 49.73, 3, 4500],
    [586060, 51.24, 3, 5000],
    [522727, 45.71, 3, 5800],
    [561818, 52.66, 3, 5200],
    [543030, 74.46, 4, 5600],
    [522727, 75.42, 4, 5800],
    [486970, 62.62, 4, 5600],
    [509394, 65.87, 4, 6400],
    [513333, 70.67, 4, 6000],
]
AIRCRAFT = [
    [2.0, 1500, 20000, 5.5, 5, 9],
    [2.5, 2700, 18000, 6.5, 3, 5],
    [1.8, 2000, 21000, 4.5, 7, 7],
    [2.2, 1800, 20000, 5.0, 5, 5],
]
HYDROPOWER = [
    [4184.3, 2914.0, 407.2, 251.0, 195, 244, 15, 2.41],
    [5211.9, 3630.0, 501.7, 308.3, 282, 346, 21, 1.41],
    [5021.3, 3920.5, 504.0, 278.6, 12, 56, 3, 4.42],
    [5566.1, 3957.9, 559.5, 335.3, 167, 268, 16, 3.36],
    [5060.5, 3293.5, 514.1, 284.2, 69, 90, 7, 4.04],
    [4317.9, 2925.9, 432.8, 239.3, 12, 55, 3, 4.36],
]


@ENGINES
def test_weighted_sum_of_school_admission(engine: str) -> None:
    """Rizan et al. (2020), CITSM: x / max, and zeros stay zero."""
    weights = [0.1, 0.1, 0.1, 0.15, 0.2, 0.25, 0.1]
    result = evaluate("weighted_sum", SCHOOL, weights, [1] * 7, normalization="max", engine=engine)
    np.testing.assert_allclose(result.scores, [0.35, 0.375, 0.825, 0.642], atol=5e-4)
    assert result.ranks.tolist() == [4, 3, 1, 2]


@ENGINES
def test_weighted_sum_of_the_textbook(engine: str) -> None:
    """Triantaphyllou (2000), chapter 2: 21.50, 22.00, 22.00; the last two tie."""
    result = evaluate("weighted_sum", TRIANTAPHYLLOU, [20, 15, 40, 25], [1] * 4, normalization="none", engine=engine)
    np.testing.assert_allclose(result.scores, [21.5, 22, 22], atol=1e-9)
    assert result.ranks.tolist() == [3, 1, 1]


@ENGINES
def test_weighted_product_of_the_textbook(engine: str) -> None:
    """Triantaphyllou (2000), the same data: ratios without normalisation, log scores with x / sum."""
    weights = [0.2, 0.15, 0.4, 0.25]
    plain = evaluate("weighted_product", TRIANTAPHYLLOU, weights, [1] * 4, engine=engine)
    a, b, c = plain.scores
    np.testing.assert_allclose([a / b, a / c, b / c], [1.007, 1.067, 1.059], atol=5e-4)
    assert plain.ranks.tolist() == [1, 2, 3]
    scaled = evaluate("weighted_product", TRIANTAPHYLLOU, weights, [1] * 4, normalization="sum", engine=engine)
    np.testing.assert_allclose(np.log10(scaled.scores), [-0.50128589, -0.50448471, -0.52947246], atol=5e-9)


@ENGINES
def test_topsis_of_the_mountain(engine: str) -> None:
    """Opricovic and Tzeng (2004), EJOR 156(2): distances and closeness; other units turn the winner, not so minmax."""
    result = evaluate("topsis", MOUNTAIN, [0.5, 0.5], [-1, 1], engine=engine)
    np.testing.assert_allclose(result.detail["d_plus"], [0.114, 0.108, 0.365], atol=5e-4)
    np.testing.assert_allclose(result.detail["d_minus"], [0.365, 0.28, 0.114], atol=5e-4)
    np.testing.assert_allclose(result.scores, [0.762, 0.722, 0.238], atol=5e-4)
    assert result.ranks.tolist() == [1, 2, 3]
    other = evaluate("topsis", MOUNTAIN_IN_OTHER_UNITS, [0.5, 0.5], [-1, 1], engine=engine)
    np.testing.assert_allclose(other.scores, [0.489, 0.612, 0.511], atol=5e-4)
    assert other.ranks.tolist() == [3, 1, 2]
    for matrix in (MOUNTAIN, MOUNTAIN_IN_OTHER_UNITS):
        minmax = evaluate("topsis", matrix, [0.5, 0.5], [-1, 1], normalization="minmax", engine=engine)
        np.testing.assert_allclose(minmax.scores, [0.5, 0.617, 0.5], atol=5e-4)


@ENGINES
def test_topsis_of_the_fighter_aircraft(engine: str) -> None:
    """Hwang and Yoon (1981), chapter III: distances from the weighted normalised ideal, and closeness."""
    weights, directions = [0.2, 0.1, 0.1, 0.1, 0.2, 0.3], [1, 1, 1, -1, 1, 1]
    result = evaluate("topsis", AIRCRAFT, weights, directions, engine=engine)
    np.testing.assert_allclose(result.detail["d_plus"], [0.0545, 0.1197, 0.0580, 0.1009], atol=2e-4)
    np.testing.assert_allclose(result.detail["d_minus"], [0.0983, 0.0439, 0.0920, 0.0458], atol=2e-4)
    np.testing.assert_allclose(result.scores, [0.643, 0.268, 0.613, 0.312], atol=1e-3)
    assert result.ranks.tolist() == [1, 4, 2, 3]


@ENGINES
@pytest.mark.parametrize("matrix", [MOUNTAIN, MOUNTAIN_IN_OTHER_UNITS])
def test_vikor_of_the_mountain(matrix: list[list[float]], engine: str) -> None:
    """Opricovic and Tzeng (2004): S, R, Q and the compromise, the same in both sets of units."""
    result = evaluate("vikor", matrix, [0.5, 0.5], [-1, 1], engine=engine)
    np.testing.assert_allclose(result.detail["S"], [0.5, 0.375, 0.5], atol=1e-9)
    np.testing.assert_allclose(result.detail["R"], [0.5, 0.25, 0.5], atol=1e-9)
    np.testing.assert_allclose(result.scores, [1, 0, 1], atol=1e-9)
    assert result.ranks.tolist() == [2, 1, 2]
    assert result.detail["compromise"] == (1,)


@ENGINES
@pytest.mark.parametrize(
    ("social", "index", "ranks", "advantage", "compromise"),
    [
        (1, [0.991, 1.0, 0.473, 0.670, 0.0, 0.578], [5, 6, 2, 4, 1, 3], True, (4,)),
        (0.5, [1.0, 0.533, 0.552, 0.563, 0.0, 0.686], [6, 2, 3, 4, 1, 5], True, (4,)),
        (2, [0.684, 1.0, 0.147, 0.554, 0.041, 0.191], [5, 6, 2, 4, 1, 3], False, (2, 4, 5)),
        (3.2, [0.668, 1.0, 0.051, 0.588, 0.058, 0.078], [5, 6, 1, 4, 2, 3], False, (2, 4, 5)),
    ],
)
def test_vikor_of_the_hydropower_systems(
    social: float, index: list[float], ranks: list[int], advantage: bool, compromise: tuple[int, ...], engine: str
) -> None:
    """Opricovic and Tzeng (2007), EJOR 178(2): four weightings, with and without acceptable advantage."""
    result = evaluate("vikor", HYDROPOWER, [1] * 4 + [social] * 4, [1, -1, 1, 1, -1, -1, -1, 1], engine=engine)
    np.testing.assert_allclose(result.detail["Q"], index, atol=1e-3)
    assert result.ranks.tolist() == ranks
    assert result.detail["advantage"] is advantage
    assert result.detail["compromise"] == compromise


@ENGINES
def test_waspas_of_the_software(engine: str) -> None:
    """Tus and Aytac Adali (2019), OPSEARCH 56(2): x / max, cost min / x, lambda 0.5."""
    weights = [0.157, 0.249, 0.168, 0.121, 0.154, 0.151]
    result = evaluate("waspas", SOFTWARE, weights, [-1, 1, 1, 1, 1, 1], engine=engine)
    np.testing.assert_allclose(result.scores, [0.5622, 0.6575, 0.6192, 0.6409, 0.722], atol=1e-3)
    assert result.ranks.tolist() == [5, 2, 4, 3, 1]


@ENGINES
@pytest.mark.parametrize(
    ("lambda_", "scores"),
    [
        (0.1, [0.8580, 0.8149, 0.8410, 0.9414, 0.8633, 0.8249, 0.8464, 0.8922, 0.8995, 0.8706]),
        (0.5, [0.8584, 0.8169, 0.8419, 0.9417, 0.8638, 0.8278, 0.8503, 0.8949, 0.9027, 0.8740]),
        (1.0, [0.8590, 0.8194, 0.8430, 0.9420, 0.8645, 0.8315, 0.8552, 0.8983, 0.9067, 0.8784]),
    ],
)
def test_waspas_of_the_machines(lambda_: float, scores: list[float], engine: str) -> None:
    """Chakraborty, Zavadskas and Antucheviciene (2015), ECECSR 49(1), example 2."""
    weights = [0.467, 0.160, 0.095, 0.278]
    result = evaluate("waspas", MACHINES, weights, [-1, -1, -1, 1], lambda_=lambda_, engine=engine)
    np.testing.assert_allclose(result.scores, scores, atol=1e-4)
    assert result.ranks.tolist() == [6, 10, 8, 1, 5, 9, 7, 3, 2, 4]


@ENGINES
def test_vikor_with_advantage_but_no_stability(engine: str) -> None:
    """By Opricovic and Tzeng (2004), step 5: the first is best by neither S nor R, so the second joins."""
    matrix = [
        [1, 101, 1, 101, 1],
        [101, 1, 101, 1, 101],
        [1, 1, 1, 1, 101],
        [11, 11, 11, 16, 61],
        [56, 56, 56, 56, 56],
    ]
    result = evaluate("vikor", matrix, [1] * 5, [-1] * 5, engine=engine)
    np.testing.assert_allclose(result.detail["S"], [0.4, 0.6, 0.2, 0.21, 0.55], atol=1e-9)
    assert (result.detail["advantage"], result.detail["stability"]) == (True, False)
    assert result.detail["compromise"] == (3, 4)
