"""The figures of the pages: bars, stacked points, head to head, ranks over scenarios, a curve with its candidates.

Every text comes in rendered and every figure computed; here is only layout. Names are shown as typed: plotly reads a
few HTML tags in texts, so texts are escaped, and candidates stand on numbered places, so two of one name stay two.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from criteria.curves import IDEAL, QUALIFIED
from data.writers.colours import BAND, FAMILY_COLOURS, NO_FAMILY, TONES, family_colour, tone
from data.writers.safe import one_line

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = [
    "CONFIG", "FAMILY_COLOURS", "NO_FAMILY", "TONES", "Bar", "Difference", "Marks", "Segment", "bump_chart",
    "family_colour", "head_to_head_chart", "points_chart", "shown", "totals_chart",
]  # fmt: skip

CONFIG: Mapping[str, Any] = {"displayModeBar": False, "displaylogo": False, "typesetMath": False, "responsive": True}
"""Pass this as plotly's `config`: no tool bar, and a name like $x$ stays a name."""
LONGEST_LABEL = 32
ROW_HEIGHT = 30
INK, SOFT, GRID = "#1C2530", "#5A6672", "#D5DBE2"
RANK_COLOURS = tuple(FAMILY_COLOURS.values())


@dataclass(frozen=True, slots=True)
class Marks:
    """The rendered names of the two marks that every score is read against."""

    qualified: str
    ideal: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One candidate's total with its band; *label* is the text beside it."""

    name: str
    score: float
    low: float
    high: float
    label: str


@dataclass(frozen=True, slots=True)
class Segment:
    """What one criterion adds to every bar: *points* per candidate (None = unknown), in the order of the names."""

    title: str
    family: str | None
    points: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one criterion adds to the lead of the first over the second; *label* is the text at the bar."""

    title: str
    family: str | None
    points: float
    label: str


def shown(text: str, longest: int | None = None) -> str:
    """Return *text* so that plotly shows it as typed, shortened with an ellipsis after *longest* characters.

    >>> shown("<b>Müller</b> & Co"), shown("Nordlicht", 5)
    ('&lt;b&gt;Müller&lt;/b&gt; &amp; Co', 'Nord…')
    """
    line = one_line(text)
    if longest is not None and len(line) > longest:
        line = line[: longest - 1] + "…"
    return html.escape(line, quote=False)


def totals_chart(bars: Sequence[Bar], marks: Marks) -> Figure:
    """Return horizontal bars of totals in the three tones, the first on top, with bands and the marks 50 and 100."""
    from plotly.graph_objects import Bar as Trace

    figure = _figure(len(bars))
    figure.add_trace(
        Trace(
            orientation="h",
            x=[bar.score for bar in bars],
            y=list(range(len(bars))),
            marker_color=[tone(bar.score).dark for bar in bars],
            error_x=_band(bars),
            customdata=[shown(bar.name) for bar in bars],
            text=[shown(bar.label) for bar in bars],
            textposition="none",
            hovertemplate="%{customdata}: %{text}<extra></extra>",
        )
    )
    _names(figure, [bar.name for bar in bars])
    _labels_beside(figure, bars)
    _scale(figure, marks)
    return figure


def _band(bars: Sequence[Bar]) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [bar.high - bar.score or None for bar in bars],  # None draws nothing, 0 would draw a stroke
        "arrayminus": [bar.score - bar.low or None for bar in bars],
        "color": BAND,
        "thickness": 1.5,
        "width": 4,
    }


def _labels_beside(figure: Figure, bars: Sequence[Bar]) -> None:
    for place, bar in enumerate(bars):
        figure.add_annotation(
            x=max(bar.high, bar.score), y=place, text=shown(bar.label), showarrow=False, xanchor="left", xshift=6,
            font_color=INK,
        )  # fmt: skip


def points_chart(names: Sequence[str], segments: Sequence[Segment], marks: Marks) -> Figure:
    """Return stacked bars of points, one segment per criterion in the colour of its family; put the ideal first."""
    from plotly.graph_objects import Bar as Trace

    figure = _figure(len(names), legend=True)
    for segment in segments:
        figure.add_trace(
            Trace(
                orientation="h",
                name=shown(segment.title, LONGEST_LABEL),
                x=[value or 0.0 for value in segment.points],
                y=list(range(len(names))),
                marker={"color": family_colour(segment.family), "line": {"color": "#FFFFFF", "width": 1.5}},
                customdata=[shown(name) for name in names],
                text=["" if value is None else f"{value:.1f}" for value in segment.points],
                textposition="inside",
                insidetextanchor="middle",
                hovertemplate="%{customdata}<br>%{fullData.name}: %{text}<extra></extra>",
            )
        )
    figure.update_layout(barmode="stack", uniformtext={"minsize": 9, "mode": "hide"})
    _names(figure, names)
    _scale(figure, marks)
    return figure


def head_to_head_chart(first: str, second: str, differences: Sequence[Difference]) -> Figure:
    """Return one diverging bar per criterion: to the right it speaks for *first*, to the left for *second*."""
    from plotly.graph_objects import Bar as Trace

    figure = _figure(len(differences))
    figure.add_trace(
        Trace(
            orientation="h",
            x=[difference.points for difference in differences],
            y=list(range(len(differences))),
            marker_color=[family_colour(difference.family) for difference in differences],
            text=[shown(difference.label) for difference in differences],
            textposition="outside",
            cliponaxis=False,
            customdata=[shown(difference.title) for difference in differences],
            hovertemplate="%{customdata}: %{text}<extra></extra>",
        )
    )
    reach = 1.25 * max((abs(difference.points) for difference in differences), default=0.0) or 1.0
    figure.update_xaxes(range=[-reach, reach], zeroline=True, zerolinecolor=INK, showticklabels=False, showgrid=False)
    _names(figure, [difference.title for difference in differences])
    for x, anchor, text in ((0.0, "left", f"◀ {shown(second)}"), (1.0, "right", f"{shown(first)} ▶")):
        figure.add_annotation(
            x=x, y=1, xref="paper", yref="paper", xanchor=anchor, yanchor="bottom", yshift=6, text=text, showarrow=False
        )
    return figure


def bump_chart(
    scenarios: Sequence[str],
    ranks: Mapping[str, Sequence[int]],
    names: Mapping[str, str],
    highlighted: Sequence[str] = (),
) -> Figure:
    """Return lines of ranks over *scenarios*, labelled at their ends; *ranks* and *names* are by candidate id.

    Highlighted ids keep their colour and the others are grey; without any, every line has a colour.
    """
    from plotly.graph_objects import Scatter

    figure = _figure(max((max(line, default=1) for line in ranks.values()), default=1), legend=False)
    for number, (identity, line) in enumerate(ranks.items()):
        lively = not highlighted or identity in highlighted
        colour = RANK_COLOURS[number % len(RANK_COLOURS)] if lively else "#C3CAD2"
        figure.add_trace(
            Scatter(
                x=list(range(len(scenarios))),
                y=list(line),
                mode="lines+markers+text",
                line={"color": colour, "width": 3 if lively else 1.5},
                marker={"size": 18, "color": colour},
                text=[str(rank) for rank in line],
                textfont={"color": "#FFFFFF", "size": 10},
                customdata=[shown(scenario) for scenario in scenarios],
                name=shown(names[identity]),
                hovertemplate="%{customdata}: %{y}<extra>%{fullData.name}</extra>",
            )
        )
    _ends(figure, scenarios, ranks, names)
    return figure


def _ends(
    figure: Figure, scenarios: Sequence[str], ranks: Mapping[str, Sequence[int]], names: Mapping[str, str]
) -> None:
    """Write the names at the last scenario, those who share a rank on one line, and the scenarios on top."""
    last: dict[int, list[str]] = {}
    for identity, line in ranks.items():
        if line:
            last.setdefault(line[-1], []).append(shown(names[identity], LONGEST_LABEL))
    for rank, texts in last.items():
        figure.add_annotation(
            x=len(scenarios) - 1, y=rank, text=" · ".join(texts), showarrow=False, xanchor="left", xshift=14
        )
    ticks = list(range(len(scenarios)))
    figure.update_xaxes(
        tickvals=ticks, ticktext=[shown(name, LONGEST_LABEL) for name in scenarios], side="top", showgrid=False,
        range=[-0.2, max(len(scenarios) - 1, 0) + 0.2],
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", visible=False)
    figure.update_layout(margin_r=200)


def _figure(rows: int, *, legend: bool = False) -> Figure:
    from plotly.graph_objects import Figure

    figure = Figure()
    figure.update_layout(
        template="plotly_white",
        height=110 + ROW_HEIGHT * max(rows, 1) + (60 if legend else 0),
        margin={"l": 10, "r": 70, "t": 40, "b": 40},
        showlegend=legend,
        legend={"orientation": "h", "y": -0.1, "traceorder": "normal"},
        font_color=INK,
        hoverlabel={"align": "left"},
    )
    return figure


def _names(figure: Figure, names: Sequence[str]) -> None:
    """Write the names at their places, the first on top."""
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[shown(name, LONGEST_LABEL) for name in names],
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        automargin=True,
    )


def _scale(figure: Figure, marks: Marks) -> None:
    """Read the x axis from 0 to 100 against the two marks."""
    figure.update_xaxes(range=[0, 104], tickvals=[0, 50, 100], showgrid=False)
    for level, text in ((QUALIFIED, marks.qualified), (IDEAL, marks.ideal)):
        figure.add_vline(
            x=level, line={"color": BAND, "width": 1}, annotation_text=shown(text), annotation_position="top"
        )
