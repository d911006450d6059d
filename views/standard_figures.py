"""The figures of the Standard page. Names from outside are escaped: plotly reads a little markup in its texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from criteria import Curve
from criteria.curves import FloatArray
from data.writers.colours import TONES
from views.ranking_figures import INK, QUIET, safe
from views.words import t, tn

MARGIN = 0.12
"""How much of the span between the outer knots is drawn on either side."""
LINE = "#1f5fa8"


def curve_figure(curve: Curve, known: FloatArray, names: Sequence[str], unit: str) -> go.Figure:
    """Return the curve with its knots, the qualified line, and one tick per candidate.

    Values beyond the drawn range are gathered at its edge; their hover text says the value they have.
    """
    low, high = _range(curve)
    figure = go.Figure()
    for bottom, top, tone in ((0, 50, TONES[0]), (50, 85, TONES[1]), (85, 100, TONES[2])):
        figure.add_hrect(y0=bottom, y1=top, fillcolor=tone.light, opacity=0.45, line_width=0, layer="below")
    x = np.unique(np.concatenate([np.linspace(low, high, 121), _knots(curve), np.nextafter(_knots(curve), -np.inf)]))
    figure.add_scatter(
        x=x.tolist(), y=curve.value(x).tolist(), mode="lines", line={"color": LINE, "width": 3}, hoverinfo="skip"
    )
    _add_knots(figure, curve)
    _add_ticks(figure, curve, known, names, (low, high))
    figure.add_hline(y=50, line={"color": INK, "width": 1, "dash": "dot"})
    figure.update_xaxes(range=[low, high], title=safe(unit) or None, fixedrange=True, showgrid=False)
    figure.update_yaxes(range=[-9, 119], tickvals=[0, 50, 100], fixedrange=True, gridcolor=QUIET, zeroline=False)
    figure.update_layout(
        height=250, margin={"l": 8, "r": 8, "t": 8, "b": 8}, plot_bgcolor="#ffffff", paper_bgcolor="#ffffff",
        font={"color": INK, "size": 13}, dragmode=False, showlegend=False,
    )  # fmt: skip
    return figure


def _knots(curve: Curve) -> FloatArray:
    return np.array([knot for knots, _ in curve.sides for knot in knots], dtype=np.float64)


def _range(curve: Curve) -> tuple[float, float]:
    knots = _knots(curve)
    span = float(knots.max() - knots.min()) or max(abs(float(knots.max())), 1.0)
    return float(knots.min()) - MARGIN * span, float(knots.max()) + MARGIN * span


def _add_knots(figure: go.Figure, curve: Curve) -> None:
    x = np.unique(_knots(curve))
    y = curve.value(x)
    figure.add_scatter(
        x=x.tolist(), y=y.tolist(), mode="markers+text", text=[f"{knot:g}" for knot in x], textposition="top center",
        marker={"color": LINE, "size": 9}, cliponaxis=False, hoverinfo="skip",
    )  # fmt: skip


def _add_ticks(
    figure: go.Figure, curve: Curve, known: FloatArray, names: Sequence[str], bounds: tuple[float, float]
) -> None:
    value = curve.value(known)
    figure.add_scatter(
        x=np.clip(known, *bounds).tolist(), y=[-4.5] * len(known), mode="markers",
        marker={"symbol": "line-ns-open", "size": 12, "color": INK, "opacity": 0.55},
        hovertext=[
            safe(t("{name}: {raw:g}, worth {value:.0f} of 100", name=name, raw=raw, value=points))
            for name, raw, points in zip(names, known.tolist(), value.tolist(), strict=True)
        ],
        hoverinfo="text", cliponaxis=False,
    )  # fmt: skip


def levels_figure(answers: Sequence[str], values: Sequence[float | None], counts: Sequence[int]) -> go.Figure:
    """Return one bar per answer with its value, and how many candidates gave it."""
    labels = [
        tn("{answer}: to be verified, {n} candidate", "{answer}: to be verified, {n} candidates", n, answer=answer)
        if value is None
        else tn("{answer}: worth {value:g}, {n} candidate", "{answer}: worth {value:g}, {n} candidates", n,
                answer=answer, value=value)
        for answer, value, n in zip(answers, values, counts, strict=True)
    ]  # fmt: skip
    places = list(range(len(answers)))
    figure = go.Figure(
        go.Bar(y=places, x=[value or 0 for value in values], orientation="h", marker={"color": LINE}, width=0.35,
               hoverinfo="skip")
    )  # fmt: skip
    for place, label in zip(places, labels, strict=True):
        figure.add_annotation(
            x=0, xref="paper", y=place - 0.42, text=safe(label, 70), showarrow=False, xanchor="left", font={"size": 12}
        )
    figure.add_vline(x=50, line={"color": INK, "width": 1, "dash": "dot"})
    figure.update_xaxes(range=[0, 101], tickvals=[0, 50, 100], fixedrange=True, showgrid=False)
    figure.update_yaxes(autorange="reversed", visible=False, fixedrange=True)
    figure.update_layout(
        height=50 + 48 * len(places), margin={"l": 8, "r": 8, "t": 18, "b": 8}, plot_bgcolor="#ffffff",
        paper_bgcolor="#ffffff", font={"color": INK, "size": 13}, dragmode=False, showlegend=False,
    )  # fmt: skip
    return figure
