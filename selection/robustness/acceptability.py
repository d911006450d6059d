"""How often each candidate comes where, over weights and values that are not known exactly: stochastic acceptability.

SMAA-2: Lahdelma and Salminen (2001), SMAA-2: stochastic multicriteria acceptability analysis for group decision
making, Operations Research 49.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from criteria.curves import FloatArray
from criteria.errors import RunError, WeightsError
from criteria.text import msg
from selection.model import BoolArray, IntArray
from selection.robustness.drawn_values import Samples, Uniform, Values
from selection.robustness.draws import check_draws, weight_draws
from selection.robustness.tally import Tally, grid

TOP = 3
MOST_COUNTS = 100_000_000
"""All ranks of n candidates are n x n counts; more than this would fill the memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability:
    """Shares of draws for n candidates on m criteria.

    *rank_share* (n x ranks): how often at rank 1, 2, ...; *top_share*: how often among the first *top*;
    *central_weights* (n x m): the mean of the weights that make it first, NaN where it never is; *confidence*: how
    often it is first under its central weights while the values are drawn, 0 where it never is. All shares in 0..1.
    """

    rank_share: FloatArray
    top_share: FloatArray
    central_weights: FloatArray
    confidence: FloatArray

    @property
    def first_share(self) -> FloatArray:
        """Return how often each candidate comes first."""
        return self.rank_share[:, 0] if self.rank_share.shape[1] else np.zeros(len(self.rank_share))


def acceptability(
    values: ArrayLike,
    weights: ArrayLike | None = None,
    draws: int = 10_000,
    spread: float | None = None,
    seed: int = 0,
    top: int | None = TOP,
    applies: ArrayLike | None = None,
) -> Acceptability:
    """Return how often each candidate comes where; higher values are better.

    *values*: n x m, or n x m x 2 (low, high), drawn uniformly and independently. *weights*: None = uniform on the
    simplex; one per criterion = exactly these, or with *spread* each within that part of itself; draws x m = sampled
    ones (their number goes before *draws*). *top*: how many ranks are counted; None counts all n, and `top_share`
    is then that of the first three. *applies* (n x m) takes a criterion, with its weight, out of a row. Equal totals
    share the better rank. Raise RunError or WeightsError for what makes no sense.

    >>> found = acceptability([[60, 40], [40, 60], [30, 30]], [0.6, 0.4])
    >>> found.rank_share[:, 0].tolist(), found.confidence.tolist()
    ([1.0, 0.0, 0.0], [1.0, 0.0, 0.0])
    """
    check_draws(draws, seed)
    low, high, applied = _ranges(values, applies)
    n, m = low.shape
    columns = _columns(n, top)
    drawn, draws = _weights(weights, m, draws, spread, seed)
    exponent, factor = grid(float(max(np.abs(low).max(initial=0.0), np.abs(high).max(initial=0.0))))
    scaled = [np.ldexp(part, exponent) * factor for part in (low, high)]
    if not n:
        return _empty(m)
    _check_share(applied, drawn)
    found = Uniform(scaled[0], scaled[1], applied, int(seed), np.arange(n))
    kept = np.arange(n) if found.is_exact or columns == n else found.contenders(drawn, columns)
    part = _counted(found.take(kept), drawn, draws, columns, top)
    return part if len(kept) == n else _spread_out(part, kept, n)


def from_samples(
    samples: ArrayLike,
    weights: ArrayLike | None = None,
    spread: float | None = None,
    seed: int = 0,
    top: int | None = TOP,
) -> Acceptability:
    """Return the same as `acceptability` for values sampled elsewhere (draws x n x m), from any distribution.

    The d-th row of *weights* meets the d-th sample; None, or one set with or without *spread*, as there.
    """
    values = _numbers(samples)
    if values.ndim != 3 or not np.isfinite(values).all():
        raise RunError(msg("Sampled values must be numbers, one table of candidates and criteria for each draw."))
    check_draws(len(values), seed)
    n, m = values.shape[1:]
    columns = _columns(n, top)
    drawn, draws = _weights(weights, m, len(values), spread, seed)
    if draws != len(values):
        raise RunError(
            msg("There are {values} samples of values and {weights} of weights.", values=len(values), weights=draws)
        )
    if not n:
        return _empty(m)
    exponent, factor = grid(float(np.abs(values).max()))
    return _counted(Samples(np.ldexp(values, exponent) * factor), drawn, draws, columns, top)


def _counted(values: Values, weights: FloatArray, draws: int, columns: int, top: int | None) -> Acceptability:
    n, m = values.shape
    tally = Tally(n, m, columns)
    for totals, part in values.totals(weights, draws):
        tally.add(totals, part)
    central, firsts = tally.central_weights, np.flatnonzero(tally.firsts)
    confidence = np.zeros(n)
    confidence[firsts] = values.first_share(firsts, central[firsts], draws)
    share = tally.rank_share
    return Acceptability(share, share[:, : TOP if top is None else top].sum(axis=1), central, confidence)


def _columns(n: int, top: Any) -> int:
    if top is None:
        if n * n > MOST_COUNTS:
            raise RunError(
                msg("All ranks of {n:,} candidates are too many to count. Ask for the first ranks with “top”.", n=n)
            )
        return n
    if isinstance(top, bool) or not isinstance(top, int | np.integer) or top < 1:
        raise RunError(msg("The number of ranks to count must be a whole number of one or more."))
    return min(n, int(top))


def _ranges(values: ArrayLike, applies: ArrayLike | None) -> tuple[FloatArray, FloatArray, BoolArray | None]:
    """Return (low, high, applies), checked; what does not apply is 0."""
    given = _numbers(values)
    if given.ndim == 3 and given.shape[2] == 2:
        low, high = given[:, :, 0].copy(), given[:, :, 1].copy()
    elif given.ndim == 2:
        low, high = given.copy(), given.copy()
    else:
        raise RunError(
            msg("Values must be a table of candidates and criteria, with a number or a lowest and a highest in a cell.")
        )
    if not low.shape[1]:
        raise WeightsError(msg("Weights need at least one criterion."))
    applied = _applied(applies, low, high)
    _check_cells(low, high)
    return low, high, applied


def _numbers(values: ArrayLike) -> FloatArray:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise RunError(msg("Values must be numbers, as many for each candidate as there are criteria.")) from None


def _applied(applies: ArrayLike | None, *values: FloatArray) -> BoolArray | None:
    if applies is None:
        return None
    marked: BoolArray = np.asarray(applies, dtype=bool)
    if marked.shape != values[0].shape:
        raise RunError(msg("What applies must be stated for each candidate and criterion."))
    for part in values:
        part[~marked] = 0.0
    return None if marked.all() else marked


def _check_cells(low: FloatArray, high: FloatArray) -> None:
    wrong = np.argwhere(~(np.isfinite(low) & np.isfinite(high)))
    if len(wrong):
        raise RunError(
            msg(
                "The value in row {row}, criterion {column} is not known. Give the range it can lie in, for example "
                "0 to 100.",
                row=int(wrong[0, 0]) + 1,
                column=int(wrong[0, 1]) + 1,
            )
        )
    crossed = np.argwhere(low > high)
    if len(crossed):
        raise RunError(
            msg(
                "In row {row}, criterion {column} the lowest value is above the highest one.",
                row=int(crossed[0, 0]) + 1,
                column=int(crossed[0, 1]) + 1,
            )
        )


def _weights(weights: ArrayLike | None, m: int, draws: int, spread: float | None, seed: int) -> tuple[FloatArray, int]:
    """Return the drawn weights (draws x m, or one row that serves all draws) and the number of draws."""
    if weights is None:
        _no_spread(spread)
        return weight_draws(m, draws, seed), draws
    given = _numbers(weights)
    if given.ndim not in (1, 2) or given.shape[-1] != m:
        raise WeightsError(msg("There must be one weight for each of {m} criteria.", m=m))
    if given.ndim == 1:
        return weight_draws(given, draws, seed, spread), draws
    _no_spread(spread)
    check_draws(len(given), seed)
    total = given.sum(axis=1, keepdims=True)
    if not (np.isfinite(total).all() and (given >= 0).all() and (total > 0).all()):
        raise WeightsError(msg("Every weight must be a number of zero or more, and none of the draws all zero."))
    return given / total, len(given)


def _no_spread(spread: float | None) -> None:
    if spread is not None:
        raise RunError(msg("A spread needs one set of weights to spread around."))


def _check_share(applies: BoolArray | None, weights: FloatArray) -> None:
    """Raise RunError where nothing that weighs applies to a row: it has no total."""
    if applies is None:
        return
    nothing = np.flatnonzero(~(applies @ weights.max(axis=0) > 0))
    if len(nothing):
        raise RunError(
            msg("To the candidate in row {row} no criterion with a weight applies.", row=int(nothing[0]) + 1)
        )


def _spread_out(part: Acceptability, rows: IntArray, n: int) -> Acceptability:
    """Return the figures of all n candidates; those left out never come among the counted ranks."""

    def filled(figures: FloatArray, rest: float) -> FloatArray:
        whole = np.full((n, *figures.shape[1:]), rest)
        whole[rows] = figures
        return whole

    return Acceptability(
        filled(part.rank_share, 0.0),
        filled(part.top_share, 0.0),
        filled(part.central_weights, np.nan),
        filled(part.confidence, 0.0),
    )


def _empty(m: int) -> Acceptability:
    return Acceptability(np.zeros((0, 0)), np.zeros(0), np.zeros((0, m)), np.zeros(0))
