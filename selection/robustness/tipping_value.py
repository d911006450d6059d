"""One value: how far one fact or rating of one candidate must fall, or rise, until two totals are equal.

A total is linear in every single value, with the criterion's share of the weight that applies to the candidate; a
figure inside a composite counts by its part of it as well. So the value needed is now -/+ gap / share, on 0..100, and
the criterion's own curve turns it into raw units.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from criteria.curves import IDEAL
from criteria.model import Criterion, Profile
from selection.model import PASS, Candidates
from selection.rank import Ranking
from selection.robustness.changes import ValueChange, contest, is_behind, require_totals
from selection.screen import GateColumn
from selection.values import reading

SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of one candidate: where it stands (0..100), whether it is known, and points per point of value.

    *parts* are the composites that it is part of, with its part (0..1) of each.
    """

    criterion: Criterion
    now: float
    known: bool
    raw: float | str | None
    share: float
    parts: tuple[tuple[str, float], ...] = ()


def one_value(ranking: Ranking, first: int, second: int) -> tuple[ValueChange, ...]:
    """Return every single value whose change lets *second* reach *first*, the smallest change on 0..100 first.

    Falls of the first's values, also those that break a must-have before the totals meet, and rises of the second's.
    """
    require_totals(ranking)
    pair = contest(ranking, np.array([first, second]))
    if not is_behind(pair, ranking):
        return ()
    high, low = pair.totals(ranking.weights).tolist()
    found = [
        *(_fall(ranking, cell, high - low, first, second) for cell in cells(ranking, first)),
        *(_rise(cell, high - low, first, second) for cell in cells(ranking, second)),
    ]
    return tuple(sorted((change for change in found if change is not None), key=lambda change: round(change.size, 8)))


def rises(ranking: Ranking, row: int, over: int) -> tuple[ValueChange, ...]:
    """Return every single value of *row* whose rise lets it reach the row *over*, the smallest change first."""
    high, low = contest(ranking, np.array([over, row])).totals(ranking.weights).tolist()
    found = [_rise(cell, high - low, over, row) for cell in cells(ranking, row)]
    return tuple(sorted((change for change in found if change is not None), key=lambda change: round(change.size, 8)))


# --- the values that a total is made of -------------------------------------------------------------------------------


def cells(ranking: Ranking, row: int) -> tuple[Cell, ...]:
    """Return every value that moves the total of *row*: weighted criteria, and the figures inside composites."""
    one, profile = ranking.candidates.take(np.array([row])), ranking.profile
    weighted = [
        (criterion, weight)
        for criterion, weight in zip(profile.criteria, ranking.weights.tolist(), strict=True)
        if weight > 0 and _applies(one, criterion.id)
    ]
    whole = sum(weight for _, weight in weighted) or 1.0
    shares: dict[str, float] = {}
    inside: dict[str, list[tuple[str, float]]] = {}
    for criterion in profile.criteria:
        for leaf, part in _parts(one, criterion).items():
            inside.setdefault(leaf, []).append((criterion.id, part))
    for criterion, weight in weighted:
        shares[criterion.id] = shares.get(criterion.id, 0.0) + weight / whole
        for leaf, part in _parts(one, criterion).items():
            shares[leaf] = shares.get(leaf, 0.0) + part * weight / whole
    return tuple(
        _cell(one, profile, profile.by_id[key], share, tuple(inside.get(key, ())))
        for key, share in shares.items()
        if share > 0
    )


def _applies(one: Candidates, criterion_id: str) -> bool:
    applies = one.is_applicable(criterion_id)
    return applies is None or bool(applies[0])


def _parts(one: Candidates, criterion: Criterion) -> dict[str, float]:
    """Return the part of each figure in a composite that is read from its figures; nothing for other criteria."""
    own = one.column(criterion)[0] if criterion.composite is not None else 0.0
    if criterion.composite is None or not math.isnan(own) or not _applies(one, criterion.id):
        return {}
    used = {leaf: weight for leaf, weight in criterion.composite.items() if weight > 0 and _applies(one, leaf)}
    return {leaf: weight / sum(used.values()) for leaf, weight in used.items()}


def _cell(
    one: Candidates, profile: Profile, criterion: Criterion, share: float, parts: tuple[tuple[str, float], ...]
) -> Cell:
    low, unknown = reading(one, profile, criterion)
    open_share = 0.0 if unknown is None else float(unknown[0])
    raw = one.column(criterion)[0]
    given = None if raw is None or raw != raw else raw if isinstance(raw, str) else float(raw)
    return Cell(criterion, float(low[0]) + IDEAL / 2 * open_share, open_share == 0, given, share, parts)


# --- a fall or a rise -------------------------------------------------------------------------------------------------


def _fall(ranking: Ranking, cell: Cell, gap: float, first: int, second: int) -> ValueChange | None:
    """Return the fall of one of the first's values that closes *gap*, or breaks a must-have before that."""
    needed = cell.now - gap / cell.share
    limit = _must_have(ranking, first, cell)
    out = limit is not None and limit[0] > max(needed, -SAME) + SAME
    if limit is not None and out:
        raw, value, down = _suffices(cell, limit[0], -1, limit[1:])
    elif needed < -SAME:
        return None
    else:
        raw, value, down = _suffices(cell, max(needed, 0.0), -1)
    if raw is None and _is_discrete(cell.criterion):
        return None
    return ValueChange(cell.criterion.id, first, cell.now, value, _shown(cell), raw, first, second, out, down)


def _rise(cell: Cell, gap: float, first: int, second: int) -> ValueChange | None:
    needed = cell.now + gap / cell.share
    if needed > IDEAL + SAME:
        return None
    raw, value, down = _suffices(cell, min(needed, IDEAL), 1)
    if raw is None and _is_discrete(cell.criterion):
        return None
    return ValueChange(cell.criterion.id, second, cell.now, value, _shown(cell), raw, first, second, False, down)


def _shown(cell: Cell) -> float | str | None:
    return cell.raw if cell.known else None


def _is_discrete(criterion: Criterion) -> bool:
    """Tell whether only some values can be had: levels, and ratings in half points."""
    return criterion.is_category or criterion.kind == "judged"


def _suffices(
    cell: Cell, value: float, step: int, limit: tuple[float | None, bool] | None = None
) -> tuple[float | str | None, float, bool]:
    """Return the raw value that suffices for a fall (-1) or rise (+1) to *value*, its place on 0..100, and is it down.

    *limit* is the bound of a must-have and whether it lies below: that one must be passed, not only reached.
    """
    criterion, past = cell.criterion, SAME if limit is None else -SAME
    value = round(value, 9)  # the dust of a difference of floats is no figure to show
    if criterion.is_category:
        levels = {key: level.value for key, level in (criterion.levels or {}).items() if level.value is not None}
        enough = {key: found for key, found in levels.items() if (found - value) * step >= -past}
        nearest = min(enough, key=lambda key: abs(enough[key] - value), default=None)
        return nearest, value if nearest is None else enough[nearest], step < 0
    if criterion.kind == "judged":
        twice = (1 + value / 25) * 2  # half points
        half = math.ceil(twice - past) if step > 0 else math.floor(twice + past)
        return (half / 2, (half / 2 - 1) * 25.0, step < 0) if 2 <= half <= 10 else (None, value, step < 0)
    if criterion.composite is not None and cell.raw is None:
        return None, value, step < 0
    raw, down = _raw(cell, value, step) if limit is None else limit
    return raw, value, down


def _raw(cell: Cell, value: float, step: int) -> tuple[float | None, bool]:
    """Return the raw value at which the curve reads *value*, and whether a fall (-1) or rise (+1) goes down there.

    On a target range it is the side where the value stands now; None for a range whose value is not known.
    """
    scale = cell.criterion.scale
    sides = () if scale is None else tuple(zip(scale.raw_at(value), scale.sides, strict=True))
    if len(sides) > 1 and cell.raw is None:
        return None, step < 0
    found = min(sides, key=lambda side: abs(side[0] - float(cell.raw or 0.0)), default=None)
    return (None, step < 0) if found is None else (found[0], found[1][1] * step < 0)


# --- must-haves -------------------------------------------------------------------------------------------------------


Limit = tuple[float, float | None, bool]
"""The value (0..100) and raw value at which a must-have is just met, and whether the raw values below it fail."""


def _must_have(ranking: Ranking, row: int, cell: Cell) -> Limit | None:
    """Return where a fall breaks a must-have of *row* first; None: nowhere."""
    if row not in ranking.ranked_rows:
        return None
    found = []
    for column in ranking.screening.gates:
        if column.codes[row] == PASS:
            found.append(_own_limit(column, cell) or _limit_of_whole(ranking, row, column, cell))
    limits = [limit for limit in found if limit is not None and limit[0] > SAME]
    return max(limits, key=lambda limit: limit[0], default=None)


def _own_limit(column: GateColumn, cell: Cell) -> Limit | None:
    """Return where the value's own must-have is broken."""
    criterion = cell.criterion
    if column.criterion.id != criterion.id:
        return None
    lower, upper = criterion.bounds(column.gate)
    if criterion.is_category or criterion.composite is not None:
        return lower, lower, True
    bounds = [(float(bound), below) for bound, below in ((lower, True), (upper, False)) if math.isfinite(bound)]
    return max(((float(criterion.value([b])[0]), b, below) for b, below in bounds), key=lambda limit: limit[0])


def _limit_of_whole(ranking: Ranking, row: int, column: GateColumn, cell: Cell) -> Limit | None:
    """Return where the must-have of a composite is no longer met as one of its known figures falls.

    (An unknown figure counts as nothing there, so that whatever it turns out to be cannot break it.)
    """
    part = dict(cell.parts).get(column.criterion.id)
    if part is None or not cell.known:
        return None
    value = cell.now - (float(column.worst[row]) - column.criterion.bounds(column.gate)[0]) / part
    return (value, *_raw(cell, value, -1)) if value >= 0 else None
