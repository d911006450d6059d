"""The flows of one criterion in PROMETHEE: exact in O(n log n), never an n × n table.

The preference of one candidate over another is a function of how much better it is, d > 0 (Brans, Vincke, Mareschal
1986, six shapes). On the sorted column those against whom d is large enough are a run at the lower end. A step counts
that run; a slope sums d over it, which is a difference of running sums (the idea is Calders and Van Assche 2018).
The running sums are whole numbers on a fine grid, taken modulo 2 ** 63: no rounding piles up, a large offset and a
far-off value cost no precision, and candidates that are equal by symmetry get equal flows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from selection.methods.base import Floats

Whole = NDArray[np.int64]
Flows = tuple[Floats, Floats]
"""The sums of preferences over the others, and of the others' preferences, one of each per level."""

SLACK = 1e-9
"""A step asks for more than its threshold, by this share of it: 0.8 - 0.6 is not more than 0.2, as it is in floats."""
GRID_BITS = 61
BLOCK = 2**20
"""Pairs that the Gaussian shape looks at in one go: 8 MB for each table, whatever the number of candidates."""


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """The different values of a column, ascending, and how many candidates stand `before` each (one entry more).

    `before` is None where nobody ties: then as many stand before a level as there are levels.
    """

    values: Floats
    before: Whole | None
    size: int

    def candidates(self, edges: Whole) -> Whole:
        """Return how many candidates stand before the levels *edges*."""
        return edges if self.before is None else self.before[edges]

    def times(self, figures: Whole) -> Whole:
        """Return *figures*, one per level, each times the number of candidates on its level."""
        return figures if self.before is None else figures * np.diff(self.before)


def criterion_flows(values: Floats, shape: str, thresholds: Mapping[str, float]) -> Flows:
    """Return the sums of preferences of each of *values* (n, higher is better) over the others, and of them over it.

    *thresholds* are q, p and s in the unit of the values; those that the *shape* does not use may be anything.
    """
    shape = _reduced(shape, thresholds)
    order = np.argsort(values)
    levels, group = _levels(values[order])
    with np.errstate(over="ignore", invalid="ignore"):  # two ends of the float range are an infinite way apart
        sums = SHAPES[shape](levels, **{name: thresholds[name] for name in USES[shape]})
    plus, minus = np.empty(len(values)), np.empty(len(values))
    plus[order], minus[order] = (table if group is None else table[group] for table in sums)
    return plus, minus


def _reduced(shape: str, thresholds: Mapping[str, float]) -> str:
    """Return the shape that *shape* becomes where its slope, or its middle level, has no width: a step."""
    if shape in ("level", "linear") and thresholds["p"] == thresholds["q"]:
        return "u_shape"
    return "usual" if shape == "v_shape" and thresholds["p"] == 0 else shape


def _levels(ascending: Floats) -> tuple[Levels, Whole | None]:
    """Return the levels, and the level of each of the *ascending* values (None where no two are equal)."""
    starts = np.append(True, ascending[1:] != ascending[:-1])
    if starts.all():
        return Levels(ascending, None, len(ascending)), None
    before = np.append(np.flatnonzero(starts), len(ascending))
    return Levels(ascending[starts], before, len(ascending)), np.cumsum(starts) - 1


def _usual(levels: Levels) -> Flows:
    return _step(levels, np.arange(len(levels.values)))


def _u_shape(levels: Levels, q: float) -> Flows:
    return _step(levels, _beyond(levels.values, q * (1 + SLACK)))


def _level(levels: Levels, q: float, p: float) -> Flows:
    low, high = _u_shape(levels, q), _u_shape(levels, p)
    return (low[0] + high[0]) / 2, (low[1] + high[1]) / 2


def _v_shape(levels: Levels, p: float) -> Flows:
    return _linear(levels, 0.0, p)


def _step(levels: Levels, edges: Whole) -> Flows:
    """Return the flows where each level is preferred, by 1, to all levels before its edge."""
    minus = levels.size - levels.candidates(_turned(edges))
    return levels.candidates(edges).astype(np.float64), minus.astype(np.float64)


def _linear(levels: Levels, q: float, p: float) -> Flows:
    """Return the flows of a preference that grows from 0 at q to 1 at p."""
    x = levels.values
    full = _beyond(x, p)
    some = _beyond(x, q) if q else np.arange(len(x))
    grid, share = _grid(p - q, float(x[-1] - x[0]), levels.size)
    at, least = _on_grid(x, grid), _on_grid(np.array([q]), grid)
    sums = np.append(0, np.cumsum(levels.times(at)))
    first, last = _turned(some), _turned(full)
    plus = _slope(levels, sums, at - least, full, some) * np.float64(share)
    minus = _slope(levels, sums, at + least, first, last) * np.float64(-share)
    return plus + levels.candidates(full), minus + (levels.size - levels.candidates(last))


def _slope(levels: Levels, sums: Whole, at: Whole, start: Whole, stop: Whole) -> Whole:
    """Return for each level the sum of *at* - x over the candidates from level *start* up to *stop*, in grid steps.

    It is known modulo 2 ** 63, and lies between -2 ** 62 and 2 ** 62: shifting out the top bit puts it there.
    """
    parts = at * (levels.candidates(stop) - levels.candidates(start)) - (sums[stop] - sums[start])
    return np.asarray((parts << 1) >> 1, dtype=np.int64)


def _gaussian(levels: Levels, s: float) -> Flows:
    """Return the flows of 1 - exp(-d² / 2s²), pair by pair, a block of rows at a time."""
    x, counts = levels.values, levels.times(np.ones(len(levels.values), dtype=np.int64))
    plus, minus = np.zeros_like(x), np.zeros_like(x)
    rows = max(1, BLOCK // len(x))
    for start in range(0, len(x), rows):
        block = slice(start, min(start + rows, len(x)))
        lower = slice(0, block.stop)
        ahead = np.maximum(x[block, None] - x[lower], 0.0) / s
        preference = -np.expm1(-0.5 * ahead**2)
        plus[block] = (preference * counts[lower]).sum(axis=1)
        minus[lower] += (preference * counts[block, None]).sum(axis=0)
    return plus, minus


SHAPES: Mapping[str, Callable[..., Flows]] = MappingProxyType(
    {
        "usual": _usual,
        "u_shape": _u_shape,
        "v_shape": _v_shape,
        "level": _level,
        "linear": _linear,
        "gaussian": _gaussian,
    }
)
USES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"usual": (), "u_shape": ("q",), "v_shape": ("p",), "level": ("q", "p"), "linear": ("q", "p"), "gaussian": ("s",)}
)
"""Which thresholds a shape uses: q indifference, p preference, s the Gaussian's width."""


def _beyond(x: Floats, gap: float) -> Whole:
    """Return for each of the ascending *x* how many are less than it by more than *gap* (≥ 0).

    x - gap is rounded. Where a value equals it, what the rounding took (Knuth's two-sum) decides; a value that the
    rounding took in although it is less by exactly the gap has the same preference on both sides of it.
    """
    bound = x - gap
    edges = _places(x, bound)
    met = np.flatnonzero(x[edges] == bound)
    moved = bound[met] - x[met]
    rest = (x[met] - (bound[met] - moved)) - (gap + moved)
    edges[met] += rest > 0
    return edges


def _places(x: Floats, bounds: Floats) -> Whole:
    """Return how many of the ascending *x* are below each of the ascending *bounds*: a stable sort merges two runs."""
    merged = np.argsort(np.concatenate([bounds, x]), kind="stable")
    return np.flatnonzero(merged < len(bounds)) - np.arange(len(bounds))


def _turned(edges: Whole) -> Whole:
    """Return for each level j how many levels have an edge at or before j; the others are preferred to j."""
    return np.cumsum(np.bincount(edges, minlength=len(edges)))


def _grid(slope: float, span: float, size: int) -> tuple[int, float]:
    """Return the exponent of the grid's step and the step's share of *slope* = p - q.

    The step is as fine as 62 bits allow for the sum of *size* differences, none larger than the slope or the *span*.
    """
    bits = GRID_BITS - size.bit_length()
    part, exponent = np.frexp(slope)
    reach = int(np.frexp(min(slope, span))[1]) if span > 0 else int(exponent)
    grid = reach - bits
    return grid, float(np.ldexp(1.0 / part, grid - int(exponent)))


def _on_grid(x: Floats, grid: int) -> Whole:
    """Return *x* in steps of the grid, modulo 2 ** 63: the remainder of a float is exact."""
    around = np.ldexp(1.0, grid + 63)
    inside = -around < x[0] and x[-1] < around
    return np.rint(np.ldexp(x if inside else np.fmod(x, around), -grid)).astype(np.int64)
