"""The figures: texts as typed, places for names that repeat, marks at 50 and 100, colours that can be told apart."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys

import numpy as np
import pytest

from criteria import families
from data.writers.charts import (
    FAMILY_COLOURS,
    TONES,
    Bar,
    Difference,
    Marks,
    Segment,
    bump_chart,
    head_to_head_chart,
    points_chart,
    totals_chart,
)
from tests.data.writers.hostile import HOSTILE_NAMES

MARKS = Marks("qualified line", "ideal")
SEEN = {
    "normal": np.eye(3),
    "red-blind": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "green-blind": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
}
"""How colours are seen: matrices of Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB."""


def linear(colour: str) -> np.ndarray:
    """Return the linear RGB of a colour."""
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return CIE L*a*b* (D65) of linear RGB."""
    to_xyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
    xyz = np.array(to_xyz) @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("eye", list(SEEN))
def test_family_colours_can_be_told_apart(eye: str) -> None:
    """Any two of the twelve family colours differ by a CIE76 distance of 20 or more, for colour-blind eyes too."""
    seen = [lab(np.array(SEEN[eye]) @ linear(colour)) for colour in FAMILY_COLOURS.values()]
    assert min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2)) >= 20
    assert set(FAMILY_COLOURS) == set(families())


def test_tones_differ_in_lightness() -> None:
    """The three tones fall in lightness, so that a grey print keeps them."""
    lightness = [lab(linear(tone.dark))[0] for tone in TONES]
    assert lightness[0] - lightness[1] > 12
    assert lightness[1] - lightness[2] > 12


def test_hostile_names_are_shown_as_typed() -> None:
    """No text of any figure holds a tag that plotly would read; the data needs no script and is plain JSON."""
    n = len(HOSTILE_NAMES)
    ids = [f"c{i}" for i in range(n)]
    figures = [
        totals_chart([Bar(name, 60, 50, 70, name) for name in HOSTILE_NAMES], MARKS),
        points_chart(HOSTILE_NAMES, [Segment(name, None, [1.0] * n) for name in HOSTILE_NAMES[:9]], MARKS),
        head_to_head_chart("<b>a</b>", "<i>b</i>", [Difference(name, None, -1, name) for name in HOSTILE_NAMES]),
        bump_chart(["<b>x</b>", "y"], {i: [1, 2] for i in ids}, dict(zip(ids, HOSTILE_NAMES, strict=True))),
    ]
    for figure in figures:
        text = json.dumps(json.loads(figure.to_json())).replace("<extra>", "").replace("</extra>", "")
        text = text.replace("%{customdata}<br>", "")
        document = json.loads(text)
        document["layout"].pop("template")
        assert "<" not in json.dumps(document)


def test_two_candidates_of_one_name_stay_two_bars() -> None:
    """Names are labels of numbered places, so equal names never fall together."""
    figure = totals_chart([Bar("Same", 70, 70, 70, "70.0"), Bar("Same", 40, 30, 50, "40.0")], MARKS)
    (trace,) = figure.data
    assert list(trace.y) == [0, 1]
    assert list(figure.layout.yaxis.ticktext) == ["Same", "Same"]
    assert figure.layout.yaxis.range == (1.5, -0.5)
    assert list(trace.marker.color) == [TONES[1].dark, TONES[0].dark]
    assert (list(trace.error_x.array), list(trace.error_x.arrayminus)) == ([None, 10], [None, 10])


def test_scores_are_read_against_both_marks() -> None:
    """The bars carry a line at 50 and one at 100 with their names."""
    figure = points_chart(["The ideal", "Nordlicht"], [Segment("Years", "history", [20.0, None])], MARKS)
    assert sorted(shape.x0 for shape in figure.layout.shapes) == [50, 100]
    assert {note.text for note in figure.layout.annotations} == {"qualified line", "ideal"}
    assert figure.data[0].marker.color == FAMILY_COLOURS["history"]
    assert list(figure.data[0].text) == ["20.0", ""]


def test_shared_ranks_share_a_label() -> None:
    """Two candidates on one last rank are both named at its end."""
    figure = bump_chart(["a", "b"], {"x": [1, 2], "y": [3, 2]}, {"x": "X", "y": "Y"}, highlighted=["x"])
    assert [note.text for note in figure.layout.annotations] == ["X · Y"]


def test_plotly_is_imported_only_for_a_figure() -> None:
    """Importing the module costs no plotly."""
    code = "import data.writers.charts, sys; assert 'plotly' not in sys.modules"
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)
