"""The charts of the Ranking page. Names from outside are escaped: plotly reads a little markup in its texts.

Every figure is made in one go from plain data: plotly checks the whole figure at every later addition.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from data.writers.colours import TONES, family_colour
from selection.explain import Difference, Part
from views.words import say, t

LINE_COLOURS = (
    "#1F5FA8", "#E08A1E", "#2E8B57", "#802506", "#466FEB", "#068080", "#3008A6", "#593131", "#1B3A59", "#B7463F",
)  # fmt: skip
"""Colours of lines that stand for candidates; every line carries its name."""
INK, GREY, QUIET, AHEAD, BEHIND = "#1c2530", "#5f6b7a", "#c9d0d8", TONES[2].dark, TONES[0].dark
CONFIG: Mapping[str, Any] = {"displayModeBar": False, "responsive": True}
Json = dict[str, Any]
GAP = 0.35
"""The part of a row that its bar leaves free."""


def safe(text: str, most: int = 60) -> str:
    """Return *text* for a chart: no markup, not too long.

    >>> safe("<b>Rhein</b> & Co", 60), safe("Nordlicht Handel", 6)
    ('&lt;b&gt;Rhein&lt;/b&gt; &amp; Co', 'Nordl…')
    """
    short = text if len(text) <= most else f"{text[: most - 1]}…"
    return html.escape(short, quote=False)


def _figure(traces: list[Json], height: int, x: Json, y: Json, **more: Any) -> go.Figure:
    plain = {"plot_bgcolor": "#ffffff", "paper_bgcolor": "#ffffff", "font": {"color": INK, "size": 13}}
    layout = {
        "height": height, "margin": {"l": 8, "r": 8, "t": 8, "b": 8}, "dragmode": False, "showlegend": False,
        "xaxis": {"fixedrange": True, "zeroline": False, "automargin": True, **x},
        "yaxis": {"fixedrange": True, "zeroline": False, "automargin": True, **y},
    }  # fmt: skip
    return go.Figure(data=traces, layout={**plain, **layout, **more})


def _label(x: float, y: float, text: str, **more: Any) -> Json:
    return {"x": x, "y": y, "text": text, "showarrow": False, "xanchor": "left", "font": {"size": 12}, **more}


def _upright(x: float, **line: Any) -> Json:
    """Return a line from the bottom of the chart to its top."""
    return {
        "type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper",
        "line": {"color": INK, "width": 1.5, **line},
    }  # fmt: skip


def stacked(name: str, parts: Sequence[Part], points: Sequence[float]) -> go.Figure:
    """Return the points of one candidate, criterion by criterion, over those of the ideal, with the line at 50."""
    rows = [safe(name, 22), safe(t("The ideal"), 22)]
    traces = [_segment(rows, part, earned) for part, earned in zip(parts, points, strict=True)]
    return _figure(
        traces, 190 + 24 * len(parts),  # room for the legend in one column on a narrow screen
        {"range": [0, 100.5], "tickvals": [0, 50, 100], "showgrid": False}, {"autorange": "reversed"},
        barmode="stack", bargap=GAP, showlegend=True, shapes=_around(50),
        legend={"orientation": "h", "y": -0.18, "x": 0, "traceorder": "normal"},
    )  # fmt: skip


def _around(x: float) -> list[Json]:
    """Return a dotted line over, between and under two bars; across them it would cross their numbers."""
    free = ((-0.5, (GAP - 1) / 2), ((1 - GAP) / 2, (1 + GAP) / 2), (1 + (1 - GAP) / 2, 1.5))
    return [_upright(x, dash="dot") | {"y0": low, "y1": high, "yref": "y"} for low, high in free]


def _segment(rows: list[str], part: Part, earned: float) -> Json:
    colour, unknown = family_colour(part.criterion.family), part.value is None
    return {
        "type": "bar", "orientation": "h", "y": rows, "x": [part.points, part.possible],
        "name": safe(say(part.criterion.title), 34), "hovertemplate": "%{fullData.name}: %{x:.1f}<extra></extra>",
        "marker": {
            "color": colour, "line": {"color": "#ffffff", "width": 1.5}, "opacity": [1.0, 0.45],
            "pattern": {"shape": ["/" if unknown else "", ""], "fgopacity": 0.4},  # the points stay readable on it
        },
        "text": [f"{earned:.1f}", f"{part.possible:.1f}"], "textposition": "inside", "insidetextanchor": "middle",
        "textangle": 0, "textfont": {"color": [INK if unknown else _readable(colour), INK]},
    }  # fmt: skip


def _readable(colour: str) -> str:
    """Return the colour of a text that can be read on *colour*.

    >>> _readable("#1F5FA8"), _readable("#E08A1E")
    ('#ffffff', '#1c2530')
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#ffffff"


def diverging(differences: Sequence[Difference], shown: Sequence[float], texts: Sequence[str], total: str) -> go.Figure:
    """Return one bar per criterion to the side of whom it favours, and the sum as the last bar."""
    labels = [safe(say(d.criterion.title), 34) for d in differences] + [safe(total)]
    values = [*shown, round(sum(shown), 1)]
    bars = {
        "type": "bar", "orientation": "h", "y": list(range(len(values))), "x": values, "width": 0.42,
        "text": list(texts), "textposition": "outside", "cliponaxis": False, "hoverinfo": "skip",
        "marker": {"color": [AHEAD if value >= 0 else BEHIND for value in values]},
    }  # fmt: skip
    # The label stands above its bar: a narrow screen has no room for both side by side.
    notes = [_label(0, place - 0.42, label, xref="paper") for place, label in enumerate(labels)]
    reach = max((abs(value) for value in values), default=1.0) * 1.35 or 1.0
    edge = len(values) - 1.68
    rule = {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": edge, "y1": edge, "line": {"color": QUIET}}
    return _figure(
        [bars], 46 * len(values) + 24, {"range": [-reach, reach], "showticklabels": False, "showgrid": False},
        {"range": [len(values) - 0.5, -0.9], "visible": False}, annotations=notes, shapes=[_upright(0, width=1), rule],
    )  # fmt: skip


def bump(scenarios: Sequence[str], ranks: Mapping[str, Sequence[int]], chosen: str | None) -> go.Figure:
    """Return the ranks under every scenario as lines with direct labels; *chosen* (a label) stands out."""
    traces, labels, at_end = [], [], dict[int, int]()
    last = len(scenarios) - 1
    for k, name in enumerate(sorted(ranks, key=lambda name: ranks[name][-1])):
        colour, loud, end = LINE_COLOURS[k % len(LINE_COLOURS)], name == chosen, ranks[name][-1]
        traces.append(_rank_line(name, ranks[name], colour, loud))
        at_end[end] = at_end.get(end, -1) + 1
        font = {"color": colour, "size": 13 if loud else 12}
        labels.append(_label(last, end, safe(name, 18), xshift=16, yshift=-14 * at_end[end], font=font))
    worst = max((max(row) for row in ranks.values()), default=1)
    titles = [safe(name, 14).replace(" ", "<br>") for name in scenarios]
    across = {"tickvals": list(range(last + 1)), "ticktext": titles, "side": "top", "showgrid": False}
    room = 0.42 * max(last, 1)  # for the names behind the last scenario
    return _figure(
        traces, 70 + 38 * min(worst, 16),
        across | {"range": [-0.25, last + room]},
        {"range": [worst + 0.6, 0.4], "visible": False}, annotations=labels,
    )  # fmt: skip


def _rank_line(name: str, ranks: Sequence[int], colour: str, loud: bool) -> Json:
    return {
        "type": "scatter", "mode": "lines+markers+text", "x": list(range(len(ranks))), "y": list(ranks),
        "name": safe(name, 30), "line": {"width": 4 if loud else 2, "color": colour}, "marker": {"size": 20},
        "text": [str(rank) for rank in ranks], "textfont": {"color": "#ffffff", "size": 11},
        "hovertemplate": "%{fullData.name}: %{y}<extra></extra>",
    }  # fmt: skip


def tryout(
    weights: Sequence[float],
    totals: Mapping[str, Sequence[float]],
    current: float,
    tried: float,
    crossings: Sequence[tuple[float, float]],
) -> go.Figure:
    """Return the totals along one weight (0..1), the present and the tried weight, and where the order changes."""
    percent = [100 * weight for weight in weights]
    traces, labels = [], []
    ends = _spread([line[-1] for line in totals.values()])
    for k, ((name, line), end) in enumerate(zip(totals.items(), ends, strict=True)):
        colour = LINE_COLOURS[k % len(LINE_COLOURS)]
        traces.append(
            {
                "type": "scatter", "mode": "lines", "x": percent, "y": list(line), "name": safe(name, 30),
                "line": {"color": colour, "width": 2}, "hovertemplate": "%{fullData.name}: %{y:.1f}<extra></extra>",
            }
        )  # fmt: skip
        labels.append(_label(100, end, safe(name, 16), xshift=4, font={"color": colour, "size": 12}))
    traces.append(_marks(crossings))
    shapes = [_upright(100 * current, color=GREY, dash="dot"), _upright(100 * tried, width=2)]
    x = {"range": [0, 140], "tickvals": [0, 20, 40, 60, 80, 100], "ticksuffix": " %"}
    return _figure(traces, 320, x, {}, annotations=labels, shapes=shapes, hovermode="closest")


def _marks(crossings: Sequence[tuple[float, float]]) -> Json:
    return {
        "type": "scatter", "mode": "markers", "x": [100 * weight for weight, _ in crossings],
        "y": [total for _, total in crossings], "hovertemplate": "%{x:.1f} %<extra></extra>",
        "marker": {"color": "#ffffff", "size": 9, "line": {"color": INK, "width": 2}},
    }  # fmt: skip


def _spread(heights: Sequence[float], least: float = 4.0) -> list[float]:
    """Return the heights of labels moved apart so that they can be read, in the order given.

    >>> _spread([50.0, 51.0, 80.0])
    [50.0, 54.0, 80.0]
    """
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    out = list(heights)
    for before, after in pairwise(order):
        out[after] = max(out[after], out[before] + least)
    return out
