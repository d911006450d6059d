"""The charts of the Ranking page. Names from outside are escaped: plotly reads a little markup in its texts."""

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
INK, QUIET, AHEAD, BEHIND = "#1c2530", "#c9d0d8", TONES[2].dark, TONES[0].dark
CONFIG: Mapping[str, Any] = {"displayModeBar": False, "responsive": True}


def safe(text: str, most: int = 60) -> str:
    """Return *text* for a chart: no markup, not too long."""
    short = text if len(text) <= most else f"{text[: most - 1]}…"
    return html.escape(short, quote=False)


def _layout(figure: go.Figure, height: int, **more: Any) -> go.Figure:
    figure.update_layout(
        height=height, margin={"l": 8, "r": 8, "t": 8, "b": 8}, plot_bgcolor="#ffffff", paper_bgcolor="#ffffff",
        font={"color": INK, "size": 13}, dragmode=False, **more,
    )  # fmt: skip
    return figure


def stacked(name: str, parts: Sequence[Part], points: Sequence[float]) -> go.Figure:
    """Return the points of one candidate, criterion by criterion, over those of the ideal, with the line at 50."""
    figure = go.Figure()
    rows = [safe(name, 22), safe(t("The ideal"), 22)]
    for part, earned in zip(parts, points, strict=True):
        unknown = part.value is None
        figure.add_bar(
            y=rows, x=[part.points, part.possible], orientation="h", name=safe(say(part.criterion.title), 34),
            marker={
                "color": family_colour(part.criterion.family), "line": {"color": "#ffffff", "width": 1.5},
                "pattern": {"shape": ["/" if unknown else "", ""]}, "opacity": [1.0, 0.45],
            },
            text=[f"{earned:.1f}", f"{part.possible:.1f}"], textposition="inside", insidetextanchor="middle",
            textangle=0,
            hovertemplate="%{fullData.name}: %{x:.1f}<extra></extra>",
        )  # fmt: skip
    figure.add_vline(x=50, line={"color": INK, "width": 1.5, "dash": "dot"})
    figure.update_xaxes(range=[0, 100.5], tickvals=[0, 50, 100], fixedrange=True, showgrid=False)
    figure.update_yaxes(autorange="reversed", fixedrange=True)
    legend = {"orientation": "h", "y": -0.18, "x": 0, "traceorder": "normal"}
    height = 190 + 24 * len(parts)  # room for the legend in one column on a narrow screen
    return _layout(figure, height, barmode="stack", legend=legend, bargap=0.35)


def diverging(differences: Sequence[Difference], shown: Sequence[float], texts: Sequence[str], total: str) -> go.Figure:
    """Return one bar per criterion to the side of whom it favours, and the sum as the last bar."""
    labels = [safe(say(d.criterion.title), 34) for d in differences] + [safe(total)]
    values = [*shown, round(sum(shown), 1)]
    colours = [AHEAD if value >= 0 else BEHIND for value in values]
    places = list(range(len(values)))
    figure = go.Figure(
        go.Bar(
            y=places, x=values, orientation="h", marker={"color": colours}, text=list(texts), textposition="outside",
            cliponaxis=False, hoverinfo="skip", width=0.42,
        )
    )  # fmt: skip
    # The label stands above its bar: a narrow screen has no room for both side by side.
    for place, label in zip(places, labels, strict=True):
        figure.add_annotation(
            x=0, xref="paper", y=place - 0.42, text=label, showarrow=False, xanchor="left", font={"size": 12}
        )
    reach = max((abs(value) for value in values), default=1.0) * 1.35 or 1.0
    figure.add_vline(x=0, line={"color": INK, "width": 1})
    figure.add_hline(y=len(values) - 1.68, line={"color": QUIET, "width": 1})
    figure.update_xaxes(range=[-reach, reach], showticklabels=False, showgrid=False, zeroline=False, fixedrange=True)
    figure.update_yaxes(range=[len(values) - 0.5, -0.9], visible=False, fixedrange=True)
    return _layout(figure, 46 * len(values) + 24, showlegend=False)


def bump(scenarios: Sequence[str], ranks: Mapping[str, Sequence[int]], chosen: str | None) -> go.Figure:
    """Return the ranks under every scenario as lines with direct labels; *chosen* (a label) stands out."""
    figure = go.Figure()
    places = list(range(len(scenarios)))
    ordered = sorted(ranks, key=lambda name: ranks[name][-1])
    at_end: dict[int, int] = {}
    for k, name in enumerate(ordered):
        loud = name == chosen
        colour = LINE_COLOURS[k % len(LINE_COLOURS)]
        last = ranks[name][-1]
        shift = at_end[last] = at_end.get(last, -1) + 1
        figure.add_scatter(
            x=places, y=list(ranks[name]), mode="lines+markers+text", name=safe(name, 30),
            line={"width": 4 if loud else 2, "color": colour}, marker={"size": 20},
            text=[str(rank) for rank in ranks[name]], textfont={"color": "#ffffff", "size": 11},
            hovertemplate="%{fullData.name}: %{y}<extra></extra>",
        )  # fmt: skip
        figure.add_annotation(
            x=places[-1], y=last, xshift=16, yshift=-14 * shift, text=safe(name, 18), showarrow=False, xanchor="left",
            font={"color": colour, "size": 13 if loud else 12},
        )  # fmt: skip
    worst = max((max(row) for row in ranks.values()), default=1)
    figure.update_xaxes(
        tickvals=places, ticktext=[safe(name, 14).replace(" ", "<br>") for name in scenarios], side="top",
        range=[-0.25, len(places) - 1 + 0.75 * max(len(places) - 1, 1) / 1.8], fixedrange=True, showgrid=False,
        zeroline=False,
    )  # fmt: skip
    figure.update_yaxes(range=[worst + 0.6, 0.4], visible=False, fixedrange=True)
    return _layout(figure, 70 + 38 * min(worst, 16), showlegend=False)


def tryout(
    weights: Sequence[float], totals: Mapping[str, Sequence[float]], current: float, tried: float,
    crossings: Sequence[tuple[float, float]],
) -> go.Figure:  # fmt: skip
    """Return the totals along one weight (0..1), the present and the tried weight, and where the order changes."""
    figure = go.Figure()
    percent = [100 * weight for weight in weights]
    ends = _spread([line[-1] for line in totals.values()])
    for k, ((name, line), end) in enumerate(zip(totals.items(), ends, strict=True)):
        colour = LINE_COLOURS[k % len(LINE_COLOURS)]
        figure.add_scatter(
            x=percent, y=list(line), mode="lines", line={"color": colour, "width": 2}, name=safe(name, 30),
            hovertemplate="%{fullData.name}: %{y:.1f}<extra></extra>",
        )  # fmt: skip
        figure.add_annotation(
            x=100,
            y=end,
            xshift=4,
            text=safe(name, 16),
            showarrow=False,
            xanchor="left",
            font={"color": colour, "size": 12},
        )
    figure.add_scatter(
        x=[100 * weight for weight, _ in crossings], y=[total for _, total in crossings], mode="markers",
        marker={"color": "#ffffff", "size": 9, "line": {"color": INK, "width": 2}},
        hovertemplate="%{x:.1f} %<extra></extra>",
    )  # fmt: skip
    figure.add_vline(x=100 * current, line={"color": "#5f6b7a", "width": 1.5, "dash": "dot"})
    figure.add_vline(x=100 * tried, line={"color": INK, "width": 2})
    figure.update_xaxes(
        range=[0, 140], tickvals=[0, 20, 40, 60, 80, 100], ticksuffix=" %", fixedrange=True, zeroline=False
    )
    figure.update_yaxes(fixedrange=True, title=None)
    return _layout(figure, 320, showlegend=False, hovermode="closest")


def _spread(heights: Sequence[float], least: float = 4.0) -> list[float]:
    """Return the heights of labels moved apart so that they can be read, in the order given."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    out = list(heights)
    for before, after in pairwise(order):
        out[after] = max(out[after], out[before] + least)
    return out
