"""Published worked examples of MOORA, COPRAS, ARAS and MARCOS, to the printed digits, on both engines."""

from __future__ import annotations

import numpy as np
import pytest

from selection.methods import evaluate

ENGINES = pytest.mark.parametrize("engine", ["own", "scikit-criteria"])

TECHNIQUES = [
    [1.5, 3, 5, 3.3],
    [2, 7, 5, 3.35],
    [3, 1, 5, 3.07],
    [2.2, 4, 5, 3.5],
    [2, 5, 3, 3.09],
    [3.2, 2, 3, 3.48],
    [2.775, 3, 5, 3.27],
]
HEATING_LOSSES = [
    [33.95, 23.78, 11.45, 39.97, 29.44, 167.10, 3.852],
    [38.9, 4.17, 6.32, 0.01, 4.29, 132.52, 25.184],
    [37.59, 9.36, 8.23, 4.35, 10.22, 136.71, 10.845],
    [30.44, 37.59, 13.91, 74.08, 45.10, 198.34, 2.186],
    [36.21, 14.79, 9.17, 17.77, 17.06, 148.3, 6.610],
    [37.8, 8.55, 7.97, 2.35, 9.25, 134.83, 11.935],
]
ASSISTANTS = [
    [3.57, 4, 4, 83.75, 3, 9, 1],
    [3.07, 3.95, 4, 83, 3, 1, 3],
    [3.23, 3.54, 3.46, 66, 4, 0, 2],
    [3.42, 3.96, 4, 70, 5, 5, 7],
    [2.56, 3.37, 3.79, 82, 4, 4, 5],
]
PHONES = [
    [3.5, 6, 1256, 4, 16, 3, 17.3, 8, 2.82, 4100],
    [3.1, 4, 1000, 2, 8, 1, 15.6, 5, 3.08, 3800],
    [3.6, 6, 2000, 4, 16, 3, 17.3, 5, 2.90, 4000],
    [3.0, 4, 1000, 2, 8, 2, 17.3, 5, 2.60, 3500],
    [3.3, 6, 1008, 4, 12, 3, 15.6, 8, 2.30, 3800],
    [3.6, 6, 1000, 2, 16, 3, 15.6, 5, 2.80, 4000],
    [3.5, 6, 1256, 2, 16, 1, 15.6, 6, 2.90, 4000],
]
COMPRESSORS = [
    [1543, 2000, 39000, 15, 13.76, 3.86, 5, 3, 5000],
    [1496, 3600, 43000, 14, 14, 2.5, 4, 4, 4000],
    [1584, 3100, 24500, 10, 13.1, 3.7, 2, 2, 3500],
    [1560, 2700, 36000, 12, 13.2, 3.2, 3, 3, 3500],
    [1572, 2500, 31500, 13, 13.3, 3.4, 3, 2, 3500],
    [1580, 2400, 20000, 12, 12.8, 3.9, 2, 2, 3000],
]
CARS_FOR_HIRE = [
    [168000, 4.2, 35, 5, 5, 5, 5, 136, 109],
    [179697, 4.1, 34.5, 5, 4, 4, 5, 190, 107],
    [140600, 4.5, 33, 3, 3, 3, 3, 150, 119],
    [134950, 4.3, 28, 3, 2, 4, 4, 190, 112],
    [151980, 5.6, 35, 3, 4, 4, 3, 170, 147],
    [181632, 4, 35, 5, 3, 4, 5, 190, 106],
    [160620, 4.8, 33, 2, 3, 3, 2, 180, 125],
    [162900, 4.5, 35.4, 3, 4, 3, 2, 143, 119],
    [178000, 4.2, 32, 2, 3, 2, 3, 180, 110],
]
RECRUITS = [
    [4.64, 3, 3, 3, 2.88, 3.63],
    [4, 4, 4.64, 3.56, 3.63, 5],
    [3.3, 4.31, 3.3, 4, 3.3, 4],
    [2.62, 5, 4.22, 4.31, 5, 5],
]
GRASSLAND = [
    [957.5, 190.1977, 70, 0.039592, 2.166783, 0.0141],
    [892.5, 203.8013, 53, 0.025849, 2.994347, 0.016642],
    [1002.5, 235.0942, 75, 0.015479, 4.742146, 0.019484],
    [1150.0, 271.4, 76, 0.022, 7.055962, 0.022147],
    [1520.0, 192.5579, 70, 0.025442, 8.424319, 0.024235],
    [1700.0, 386.1619, 90, 0.029429, 5.888983, 0.022218],
    [1355.0, 342.1966, 80, 0.0293, 8.635847, 0.024861],
    [2127.5, 495.4876, 90, 0.038453, 3.652983, 0.020537],
    [3020.0, 827.6948, 97, 0.031774, 11.03944, 0.024359],
    [2786.0, 795.0, 98, 0.021151, 8.952235, 0.023349],
]
OFFICES = [
    [7.6, 46, 18, 390, 0.1, 11],
    [5.5, 32, 21, 360, 0.05, 11],
    [5.3, 32, 21, 290, 0.05, 11],
    [5.7, 37, 19, 270, 0.05, 9],
    [4.2, 38, 19, 240, 0.1, 8],
    [4.4, 38, 19, 260, 0.1, 8],
    [3.9, 42, 16, 270, 0.1, 5],
    [7.9, 44, 20, 400, 0.05, 6],
    [8.1, 44, 20, 380, 0.05, 6],
    [4.5, 46, 18, 320, 0.1, 7],
    [5.7, 48, 20, 320, 0.05, 11],
    [5.2, 48, 20, 310, 0.05, 11],
    [7.1, 49, 19, 280, 0.1, 12],
    [6.9, 50, 16, 250, 0.05, 10],
]
OFFICE_WEIGHTS, OFFICE_DIRECTIONS = [0.21, 0.16, 0.26, 0.17, 0.12, 0.08], [1, 1, 1, 1, -1, -1]
STACKERS = [
    [660, 1000, 1600, 18, 1200],
    [800, 1000, 1600, 24, 900],
    [980, 1000, 2500, 24, 900],
    [920, 1500, 1600, 24, 900],
    [1380, 1500, 1500, 24, 1150],
    [1230, 1000, 1600, 24, 1150],
    [680, 1500, 1600, 18, 1100],
    [960, 2000, 1600, 12, 1150],
]
HOSPITAL_SUPPLIERS = [  # one row per criterion, as printed
    [6.257, 4.217, 4.718, 5.0, 3.557, 6.257, 4.217, 7.612],
    [4.217, 6.804, 5.593, 6.804, 5.593, 3.0, 5.0, 1.442],
    [4.217, 7.0, 6.257, 5.0, 6.804, 4.217, 6.257, 3.0],
    [6.257, 5.0, 5.0, 3.0, 3.0, 5.0, 5.593, 9.0],
    [3.0, 7.0, 4.718, 5.0, 5.0, 3.557, 3.557, 2.08],
    [4.217, 6.804, 5.0, 6.257, 7.0, 3.0, 5.593, 3.0],
    [5.0, 5.593, 5.593, 7.612, 5.593, 4.217, 4.217, 1.442],
    [3.557, 5.593, 4.718, 3.557, 5.0, 3.0, 5.593, 2.08],
    [3.557, 6.804, 5.593, 5.0, 6.257, 4.217, 5.0, 1.442],
    [3.557, 7.0, 5.0, 6.257, 7.0, 3.0, 6.257, 3.0],
    [3.0, 5.0, 3.557, 6.257, 5.593, 2.466, 3.557, 1.0],
    [5.0, 7.612, 6.257, 5.593, 7.612, 3.0, 5.0, 1.442],
    [4.718, 5.593, 5.0, 6.257, 6.257, 4.217, 6.257, 2.08],
    [3.557, 6.257, 4.718, 5.0, 6.257, 3.557, 5.593, 3.0],
    [3.557, 5.0, 4.718, 5.593, 5.0, 5.0, 5.593, 3.0],
    [2.08, 7.0, 5.0, 7.0, 6.257, 3.0, 7.0, 1.0],
    [3.557, 5.593, 3.557, 5.0, 5.593, 4.217, 6.257, 1.442],
    [3.0, 5.593, 5.593, 6.257, 7.0, 3.557, 5.0, 1.442],
    [4.718, 6.804, 5.593, 5.0, 5.0, 2.08, 6.257, 3.0],
    [3.557, 5.593, 3.557, 3.557, 4.718, 5.0, 5.593, 2.08],
    [2.08, 5.593, 4.217, 4.217, 5.0, 3.0, 5.0, 1.0],
]


@ENGINES
def test_moora_of_the_selection_technique(engine: str) -> None:
    """Siregar et al. (2021), IOP Conf. Ser. Mater. Sci. Eng. 1088, 012022."""
    result = evaluate("moora_ratio", TECHNIQUES, [0.3, 0.2, 0.1, 0.4], [-1, 1, 1, 1], engine=engine)
    np.testing.assert_allclose(result.scores, [0.1801, 0.2345, 0.0625, 0.1757, 0.1683, 0.0742, 0.1197], atol=5e-5)
    assert result.ranks.tolist() == [2, 1, 7, 3, 4, 6, 5]


@ENGINES
def test_moora_of_the_heating_losses(engine: str) -> None:
    """Kracka, Brauers and Zavadskas (2010), Inzinerine Ekonomika 21(4): seven criteria of weight 1, so sums of seven.

    Their ranks; the digits of the sums as recomputed by the tests of scikit-criteria.
    """
    result = evaluate("moora_ratio", HEATING_LOSSES, [1] * 7, [-1, -1, -1, -1, 1, -1, 1], engine=engine)
    expected = [-1.62447867, -0.25233889, -0.84635037, -2.23363519, -1.18698242, -0.77456208]
    np.testing.assert_allclose(result.scores * 7, expected, atol=1e-7)
    assert result.ranks.tolist() == [5, 1, 3, 6, 4, 2]


@ENGINES
def test_moora_of_the_company_cars(engine: str) -> None:
    """Kundakci (2016), Alphanumeric Journal 4(1): the ratio system of its MULTIMOORA."""
    weights = [0.20, 0.1684, 0.1579, 0.1474, 0.1158, 0.0842, 0.0737, 0.0421, 0.0105]
    result = evaluate("moora_ratio", CARS_FOR_HIRE, weights, [-1, -1, 1, 1, 1, 1, 1, 1, -1], engine=engine)
    expected = [0.1349, 0.1165, 0.0628, 0.0666, 0.0669, 0.1069, 0.0330, 0.0611, 0.0312]
    np.testing.assert_allclose(result.scores, expected, atol=1e-4)
    assert result.ranks.tolist() == [1, 2, 6, 5, 4, 3, 8, 7, 9]


@ENGINES
def test_copras_of_the_research_assistants(engine: str) -> None:
    """Uysal and Inan (2022), IJSSER: degrees of utility; a benefit is 0."""
    result = evaluate("copras", ASSISTANTS, [1] * 7, [1, 1, 1, 1, -1, 1, 1], engine=engine)
    np.testing.assert_allclose(result.detail["utility"], [100, 78.8501, 63.3837, 98.6506, 86.8878], atol=1e-4)
    assert result.ranks.tolist() == [1, 4, 5, 2, 3]


@ENGINES
def test_copras_of_the_phones(engine: str) -> None:
    """Wieckowski and Szyjewski (2022), Procedia Computer Science 207: the ranks."""
    weights = [0.297, 0.025, 0.035, 0.076, 0.154, 0.053, 0.104, 0.017, 0.025, 0.214]
    result = evaluate("copras", PHONES, weights, [1] * 8 + [-1, -1], engine=engine)
    assert result.ranks.tolist() == [2, 7, 1, 6, 3, 4, 5]


@ENGINES
def test_copras_of_the_air_compressors(engine: str) -> None:
    """Kundakci and Isik (2016), Decision Science Letters 5(3)."""
    weights = [0.2027, 0.1757, 0.1622, 0.1351, 0.1081, 0.0946, 0.0676, 0.0405, 0.0135]
    result = evaluate("copras", COMPRESSORS, weights, [-1, -1, -1, 1, 1, -1, 1, 1, 1], engine=engine)
    np.testing.assert_allclose(result.detail["utility"], [100, 91.67, 86.75, 90.84, 93.15, 94.86], atol=6e-3)
    assert result.ranks.tolist() == [1, 4, 6, 5, 3, 2]


@ENGINES
def test_aras_of_the_recruitment(engine: str) -> None:
    """Stanujkic, Djordjevic and Karabasevic (2015), Quaestus 7; weights that sum to 0.99."""
    result = evaluate("aras", RECRUITS, [0.28, 0.25, 0.19, 0.15, 0.08, 0.04], [1] * 6, engine=engine)
    np.testing.assert_allclose(result.scores, [0.74, 0.86, 0.78, 0.86], atol=5e-3)
    assert result.ranks.tolist() == [4, 1, 3, 2]


@ENGINES
def test_aras_of_the_grassland(engine: str) -> None:
    """Balezentiene and Kusta (2012), The Scientific World Journal: S, S0 and K with the best values as the optimum."""
    result = evaluate("aras", GRASSLAND, [1] * 6, [1, 1, 1, -1, -1, -1], engine=engine)
    sums = [0.08926, 0.079211, 0.084055, 0.073215, 0.067523, 0.082115, 0.070786, 0.094696, 0.102704, 0.107538]
    degrees = [0.599472, 0.531983, 0.564514, 0.491713, 0.453489, 0.551491, 0.475401, 0.635985, 0.689763, 0.722232]
    np.testing.assert_allclose(result.detail["S"], sums, atol=1e-6)
    np.testing.assert_allclose(result.detail["S0"], 0.148897, atol=1e-6)
    np.testing.assert_allclose(result.scores, degrees, atol=1e-5)
    assert result.ranks.tolist() == [4, 7, 5, 8, 10, 6, 9, 3, 2, 1]


@ENGINES
def test_aras_of_the_offices_with_a_given_optimum(engine: str) -> None:
    """Zavadskas and Turskis (2010), TEDE 16(2): the microclimate in 14 offices against an optimum from the norms.

    The digits are those of pymcdm's tests, which note that the printed ones differ by roundings in between.
    """
    optimum = [15, 50, 24.5, 400, 0.05, 5]
    result = evaluate("aras", OFFICES, OFFICE_WEIGHTS, OFFICE_DIRECTIONS, optimum=optimum, engine=engine)
    expected = [0.6706, 0.6564, 0.6269, 0.6315, 0.5464, 0.5580, 0.5658]
    expected += [0.7762, 0.7734, 0.6003, 0.6772, 0.6628, 0.6334, 0.6511]
    np.testing.assert_allclose(result.scores, expected, atol=6e-5)
    assert result.ranks.tolist()[7:9] == [1, 2]


@ENGINES
def test_marcos_of_the_stackers(engine: str) -> None:
    """Ulutas et al. (2020), Mathematics 8(10), 1672."""
    result = evaluate("marcos", STACKERS, [0.1061, 0.3476, 0.333, 0.1185, 0.0949], [-1, 1, 1, 1, 1], engine=engine)
    expected = [0.5649, 0.5543, 0.6410, 0.6174, 0.6016, 0.5453, 0.6282, 0.6543]
    np.testing.assert_allclose(result.scores, expected, atol=5e-5)
    assert result.ranks.tolist() == [6, 7, 2, 4, 5, 8, 3, 1]


@ENGINES
def test_marcos_of_the_healthcare_suppliers(engine: str) -> None:
    """Stevic, Pamucar, Puska and Chatterjee (2020), Computers and Industrial Engineering 140: f(K) to two digits.

    The weights are printed with three digits, and the printed K is rounded on the way.
    """
    weights = [127, 159, 60, 75, 43, 51, 75, 61, 53, 20, 39, 22, 17, 27, 22, 39, 17, 35, 15, 24, 16]
    result = evaluate("marcos", np.transpose(HOSPITAL_SUPPLIERS), weights, [-1, 1, 1, -1] + [1] * 17, engine=engine)
    np.testing.assert_allclose(result.scores, [0.524, 0.846, 0.704, 0.796, 0.843, 0.499, 0.722, 0.290], atol=6e-3)
    assert result.ranks.tolist() == [6, 1, 5, 3, 2, 7, 4, 8]
