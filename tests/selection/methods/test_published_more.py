"""Published worked examples of EDAS, CODAS, MABAC, CoCoSo, SPOTIS and RIM, to the printed digits, on both engines."""

from __future__ import annotations

import numpy as np
import pytest

from selection.methods import evaluate
from tests.selection.methods.test_published_ratios import ENGINES, OFFICE_DIRECTIONS, OFFICE_WEIGHTS, OFFICES

MOTORCYCLES = [
    [3.2, 150, 80, 129.4, 4.5],
    [2.8, 75, 25, 102.249, 4.5],
    [4, 180, 105, 192.499, 5],
    [3.6, 200, 80, 114.999, 6],
    [2.88, 110, 85, 114.999, 5],
    [4.32, 140, 80, 166.25, 6],
    [4.4, 200, 100, 99.999, 2],
    [3.5, 140, 85, 154.999, 6],
    [3, 135, 75, 99.999, 3],
]
ENERGY = [
    [3873, 39.55, 0.27, 0.87, 150, 0.07, 12, 2130],
    [5067, 67.26, 0.23, 0.23, 40, 0.02, 21, 2200],
    [2213, 24.69, 0.08, 0.17, 200, 0.04, 35, 570],
    [6243, 132, 0.07, 0.25, 100, 0.04, 16, 100],
    [8312, 460.47, 0.05, 0.21, 25, 0.1, 25, 200],
]
DESALINATION = [[8, 8, 10, 9, 5], [8, 9, 9, 9, 8], [9, 9, 7, 8, 6], [8, 8, 7, 8, 9], [9, 8, 7, 7, 4]]
STEEL_SUPPLIERS = [
    [45, 3600, 45, 0.9],
    [25, 3800, 60, 0.8],
    [23, 3100, 35, 0.9],
    [14, 3400, 50, 0.7],
    [15, 3300, 40, 0.8],
    [28, 3000, 30, 0.6],
]
ROBOTS = [
    [60, 0.4, 2540, 500, 990],
    [6.35, 0.15, 1016, 3000, 1041],
    [6.8, 0.10, 1727.2, 1500, 1676],
    [10, 0.2, 1000, 2000, 965],
    [2.5, 0.1, 560, 500, 915],
    [4.5, 0.08, 1016, 350, 508],
    [3, 0.1, 1778, 1000, 920],
]
ROBOT_WEIGHTS, ROBOT_DIRECTIONS = [0.036, 0.192, 0.326, 0.326, 0.120], [1, -1, 1, 1, 1]
FORKLIFTS = [
    [22600, 3800, 2, 5, 1.06, 3, 3.5, 2.8, 24.5, 6.5],
    [19500, 4200, 3, 2, 0.95, 3, 3.4, 2.2, 24, 7],
    [21700, 4000, 1, 3, 1.25, 3.2, 3.3, 2.5, 24.5, 7.3],
    [20600, 3800, 2, 5, 1.05, 3.25, 3.2, 2, 22.5, 11],
    [22500, 3800, 4, 3, 1.35, 3.2, 3.7, 2.1, 23, 6.3],
    [23250, 4210, 3, 5, 1.45, 3.6, 3.5, 2.8, 23.5, 7],
    [20300, 3850, 2, 5, 0.9, 3.25, 3, 2.6, 21.5, 6],
]
CARS = [
    [15000, 4.3, 99, 42, 737],
    [15290, 5.0, 116, 42, 892],
    [15350, 5.0, 114, 45, 952],
    [15490, 5.3, 123, 45, 1120],
]
CAR_WEIGHTS, CAR_DIRECTIONS = [0.2941, 0.2353, 0.2353, 0.0588, 0.1765], [-1, -1, -1, 1, 1]
CAR_BOUNDS = [[14000, 16000], [3, 8], [80, 140], [35, 60], [650, 1300]]
APPLICANTS = [[30, 0, 2, 3, 3, 2], [40, 9, 1, 3, 2, 2], [25, 0, 3, 1, 3, 2], [27, 0, 5, 3, 3, 1], [45, 15, 2, 2, 3, 4]]


@ENGINES
def test_edas_of_the_motorcycles(engine: str) -> None:
    """Sharma, Ramachandran, Saravanan and Nanjundan: the appraisal of nine electric motorcycles."""
    result = evaluate("edas", MOTORCYCLES, [1] * 5, [1, 1, 1, -1, -1], engine=engine)
    expected = [0.487, 0.07582, 0.50536, 0.54723, 0.37261, 0.34899, 1, 0.3288, 0.57229]
    np.testing.assert_allclose(result.scores, expected, atol=6e-6)
    assert result.ranks.tolist() == [5, 9, 4, 3, 6, 7, 1, 8, 2]


@ENGINES
def test_edas_of_the_renewable_energies(engine: str) -> None:
    """Yazdani et al. (2020), Sustainable Operations and Computers 1."""
    weights = [0.131, 0.113, 0.126, 0.125, 0.126, 0.129, 0.132, 0.117]
    result = evaluate("edas", ENERGY, weights, [-1, -1, -1, 1, 1, -1, 1, 1], engine=engine)
    np.testing.assert_allclose(result.scores, [0.841, 0.632, 0.883, 0.457, 0.104], atol=6e-4)
    assert result.ranks.tolist() == [2, 3, 1, 4, 5]


@ENGINES
@pytest.mark.parametrize(
    ("matrix", "weights", "directions", "scores", "ranks", "digits"),
    [
        (DESALINATION, [0.19, 0.26, 0.24, 0.17, 0.14], [-1, 1, 1, 1, -1],
         [0.4463, 0.1658, -0.2544, -0.4618, 0.1041], [1, 2, 4, 5, 3], 6e-5),
        (STEEL_SUPPLIERS, [0.2857, 0.3036, 0.2321, 0.1786], [1, -1, 1, 1],
         [1.3914, 0.3411, -0.2170, -0.5381, -0.7292, -0.2481], [1, 2, 3, 5, 6, 4], 2e-4),
        (ROBOTS, ROBOT_WEIGHTS, ROBOT_DIRECTIONS,
         [0.5122, 1.4633, 1.0715, -0.2125, -1.8515, -1.1717, 0.1887], [3, 1, 2, 5, 7, 6, 4], 6e-5),
        (OFFICES, OFFICE_WEIGHTS, OFFICE_DIRECTIONS,
         [0.768, 0.363, -0.105, -0.329, -2.384, -2.207, -2.043, 2.929, 2.890, -1.282, 0.568, 0.313, 0.157, 0.364],
         [3, 6, 9, 10, 14, 13, 12, 1, 2, 11, 4, 7, 8, 5], 6e-4),
    ],
    ids=["desalination", "steel", "robots", "offices"],
)  # fmt: skip
def test_codas(
    matrix: list[list[float]],
    weights: list[float],
    directions: list[int],
    scores: list[float],
    ranks: list[int],
    digits: float,
    engine: str,
) -> None:
    """Badi, Ballem and Shetwan (2018), IJQR 12(3); Badi, Shetwan and Abdulshahed (2017), whose weights sum to 1.0001.

    Keshavarz Ghorabaee et al. (2016), ECECSR 50(3), both examples: robots and offices.
    """
    result = evaluate("codas", matrix, weights, directions, engine=engine)
    np.testing.assert_allclose(result.scores, scores, atol=digits)
    assert result.ranks.tolist() == ranks


@ENGINES
def test_mabac_of_the_forklifts(engine: str) -> None:
    """Pamucar and Cirovic (2015), Expert Systems with Applications 42(6): the border and the distances from it."""
    weights = [0.146, 0.144, 0.119, 0.121, 0.115, 0.101, 0.088, 0.068, 0.05, 0.048]
    result = evaluate("mabac", FORKLIFTS, weights, [-1, 1, 1, 1, -1, -1, 1, 1, 1, 1], engine=engine)
    border = [0.2086, 0.1885, 0.172, 0.1952, 0.174, 0.1625, 0.1319, 0.101, 0.0789, 0.059]
    np.testing.assert_allclose(result.detail["border"], border, atol=6e-5)
    np.testing.assert_allclose(result.scores, [0.0826, 0.2183, -0.0488, 0.0246, -0.0704, 0.0465, 0.0464], atol=6e-5)
    assert result.ranks.tolist() == [2, 1, 6, 5, 7, 3, 4]


@ENGINES
def test_cocoso_of_the_robots(engine: str) -> None:
    """Yazdani, Zarate, Zavadskas and Turskis (2019), Management Decision 57(9): k_a, k_b, k_c and k.

    The printed k_b of the fourth robot, 3.682, does not follow from the printed matrix; its printed k does, with 3.721.
    """
    result = evaluate("cocoso", ROBOTS, ROBOT_WEIGHTS, ROBOT_DIRECTIONS, engine=engine)
    np.testing.assert_allclose(result.detail["k_a"], [0.131, 0.175, 0.18, 0.163, 0.088, 0.097, 0.165], atol=6e-4)
    np.testing.assert_allclose(result.detail["k_b"], [3.245, 4.473, 4.64, 3.721, 2.0, 2.225, 3.951], atol=1e-3)
    np.testing.assert_allclose(result.detail["k_c"], [0.724, 0.973, 1.0, 0.906, 0.487, 0.54, 0.915], atol=6e-4)
    np.testing.assert_allclose(result.scores, [2.041, 2.788, 2.882, 2.416, 1.3, 1.443, 2.52], atol=1.5e-3)
    assert result.ranks.tolist() == [5, 2, 1, 4, 7, 6, 3]


@ENGINES
def test_spotis_of_the_first_example(engine: str) -> None:
    """Dezert, Tchamova, Han and Tacnet (2020), FUSION, example a: lower is better, negatives are fine."""
    matrix = [[10.5, -3.1, 1.7], [-4.7, 0, 3.4], [8.1, 0.3, 1.3], [3.2, 7.3, -5.3]]
    bounds = [[-5, 12], [-6, 10], [-8, 5]]
    result = evaluate("spotis", matrix, [0.2, 0.3, 0.5], [1, -1, 1], bounds=bounds, engine=engine)
    np.testing.assert_allclose(result.scores, [0.1989, 0.3705, 0.3063, 0.7491], atol=5e-5)
    assert result.ranks.tolist() == [1, 3, 2, 4]


@ENGINES
@pytest.mark.parametrize(
    ("ideal", "scores", "ranks"),
    [
        (None, [0.4779, 0.5781, 0.5558, 0.5801], [1, 3, 2, 4]),
        ([15300, 4, 115, 50, 900], [0.1841, 0.0734, 0.0842, 0.1920], [3, 1, 2, 4]),
    ],
)
def test_spotis_of_the_cars(ideal: list[float] | None, scores: list[float], ranks: list[int], engine: str) -> None:
    """Dezert, Tchamova, Han and Tacnet (2020), example b: against the best bounds, and against an expected car."""
    result = evaluate("spotis", CARS, CAR_WEIGHTS, CAR_DIRECTIONS, bounds=CAR_BOUNDS, ideal=ideal, engine=engine)
    np.testing.assert_allclose(result.scores, scores, atol=6e-5)
    assert result.ranks.tolist() == ranks


@ENGINES
def test_rim_of_the_applicants(engine: str) -> None:
    """Cables, Lamata and Verdegay (2016), Information Sciences 337.

    The printed I⁻ of all but the first applicant (0.12132, 0.03554, ...) does not follow from the printed table, as the
    authors have confirmed to pymcdm; I⁺ and the first I⁻ do, and the other figures here are recomputed from it.
    """
    weights = [0.2262, 0.2143, 0.1786, 0.1429, 0.1190, 0.1190]
    ranges = [[23, 60], [0, 15], [0, 10], [1, 3], [1, 3], [1, 5]]
    ideals = [[30, 35], [10, 15], [0, 0], [3, 3], [3, 3], [4, 5]]
    for directions in ([1] * 6, [-1] * 6):
        result = evaluate("rim", APPLICANTS, weights, directions, ranges=ranges, ideals=ideals, engine=engine)
        first = [1.0, 0.0, 0.8, 1.0, 1.0, 0.3333]
        np.testing.assert_allclose(result.detail["normalized"][0], first, atol=5e-5)
        np.testing.assert_allclose(result.detail["I_plus"], [0.23129, 0.11251, 0.31877, 0.27831, 0.12070], atol=1e-4)
        np.testing.assert_allclose(result.detail["I_minus"][0], 0.32823, atol=1e-4)
        np.testing.assert_allclose(result.scores, [0.58663, 0.75584, 0.37163, 0.46658, 0.74015], atol=1e-5)
        assert result.ranks.tolist() == [3, 1, 5, 4, 2]


@ENGINES
@pytest.mark.parametrize(
    ("value", "ideal", "normalized"),
    [(5, (4, 6), 1), (3, (4, 6), 0.75), (7, (4, 6), 0.75), (4, (4, 4), 1), (0, (0, 4), 1), (7, (0, 4), 0.5)],
)
def test_rim_normalises_towards_an_ideal(
    value: float, ideal: tuple[float, float], normalized: float, engine: str
) -> None:
    """Cables et al. (2016), definition 2, on the range 0 to 10; also where the ideal touches the end of the range."""
    result = evaluate("rim", [[value], [9]], [1], [1], ranges=[[0, 10]], ideals=[ideal], engine=engine)
    np.testing.assert_allclose(result.detail["normalized"][0], [normalized], atol=1e-12)
