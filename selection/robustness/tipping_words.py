"""What would change it, in sentences: a change of weights or of a value, and why there is none.

A figure is shown with few digits and rounded to the side where it still suffices: what the sentence says, holds.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from criteria.model import Criterion
from criteria.text import LocalText, Message, msg, pmsg
from selection.departure import label, listed
from selection.rank import Ranking
from selection.robustness.changes import TopChange, ValueChange, WeightChange, WeightsChange, contest, counting
from selection.robustness.tipping import one_value, one_weight, weights_together
from selection.scenarios_tryout import lines
from selection.screen import number, quantity

MOVES = 3
"""How many moves of weight a sentence names."""
Facts = dict[str, Any]


def sentence(ranking: Ranking, change: WeightChange | WeightsChange | ValueChange) -> Message:
    """Return what would have to change for the second of two candidates to catch up with the first."""
    facts = {"first": label(ranking, change.first), "second": label(ranking, change.second)}
    if isinstance(change, WeightChange):
        return _one_weight(ranking, change, facts)
    if isinstance(change, WeightsChange):
        return _together(ranking, change, facts)
    return _dropping_out(ranking, change) if change.out else _one_value(ranking, change, facts)


# --- weights ----------------------------------------------------------------------------------------------------------


def _one_weight(ranking: Ranking, change: WeightChange, facts: Facts) -> Message:
    facts = facts | _weight_facts(ranking, change)
    if _leads_then(ranking, change):
        if change.needed > change.now:
            return msg(
                "{criterion} would have to weigh {needed} % or more instead of {now} % for {second} to lead.", **facts
            )
        return msg(
            "{criterion} would have to weigh {needed} % or less instead of {now} % for {second} to lead.", **facts
        )
    if change.needed > change.now:
        return msg(
            "{criterion} would have to weigh {needed} % or more instead of {now} % for {second} to catch up with "
            "{first}.",
            **facts,
        )
    return msg(
        "{criterion} would have to weigh {needed} % or less instead of {now} % for {second} to catch up with {first}.",
        **facts,
    )


def _leads_then(ranking: Ranking, change: WeightChange) -> bool:
    """Tell whether the second, in passing the first, passes everybody."""
    if change.first != ranking.ranked_rows[0] or change.second not in ranking.ranked_rows:
        return False
    everybody = contest(ranking, ranking.ranked_rows)
    totals = lines(ranking, change.criterion, everybody).totals(change.needed)
    return bool(totals[ranking.ranked_rows == change.second][0] >= totals.max() - 1e-7)


def _weight_facts(ranking: Ranking, change: WeightChange) -> Facts:
    """Return both weights in per cent; the needed one has as many decimals as tell it from the present one."""
    digits, up = 1, change.needed > change.now
    while digits < 6 and _shown(change.needed, digits, up) == f"{100 * change.now:.{digits}f}":
        digits += 1
    return {
        "criterion": ranking.profile.by_id[change.criterion].title,
        "needed": _shown(change.needed, digits, up),
        "now": f"{100 * change.now:.{digits}f}",
    }


def _shown(weight: float, digits: int, up: bool) -> str:
    """Return a weight in per cent, rounded up or down so that it suffices."""
    steps = 100 * weight * 10**digits
    whole = math.ceil(round(steps, 6)) if up else math.floor(round(steps, 6))
    return f"{whole / 10**digits:.{digits}f}"


def _together(ranking: Ranking, change: WeightsChange, facts: Facts) -> Message:
    facts = facts | {"moves": _moves(ranking, change)}
    if len(change.moves) > MOVES:
        return msg(
            "{second} would catch up with {first} if several weights moved together, above all {moves}.", **facts
        )
    return msg("{second} would catch up with {first} if these weights moved together: {moves}.", **facts)


def _moves(ranking: Ranking, change: WeightsChange) -> Message | LocalText | str:
    """Return the largest moves, each as a criterion with its weight now and then."""
    return listed(
        [
            pmsg(
                "weight", "{criterion} from {now:.1f} to {then:.1f} %",
                criterion=ranking.profile.by_id[key].title,
                now=100 * change.now[key], then=100 * change.weights[key],
            )
            for key, _ in change.moves[:MOVES]
        ]
    )  # fmt: skip


# --- values -----------------------------------------------------------------------------------------------------------


def _one_value(ranking: Ranking, change: ValueChange, facts: Facts) -> Message:
    """Return which value of whom must be what; the present one follows in brackets."""
    criterion = ranking.profile.by_id[change.criterion]
    facts = facts | {"criterion": criterion.title, "name": label(ranking, change.row)}
    facts |= {"raw": _present(criterion, change), "limit": _limit(criterion, change)}
    if change.raw_needed is None:
        return _on_the_scale(change, facts)
    if isinstance(change.raw_needed, str):
        return msg(
            "{second} would catch up with {first} if {criterion} of {name} were “{limit}” (now: {raw}).", **facts
        )
    if change.is_fall and criterion.kind == "judged":
        return msg("{second} would catch up with {first} if {criterion} of {name} were only {limit} (now: {raw}).",
                   **facts)  # fmt: skip
    if change.is_fall:
        if change.down:
            return msg(
                "{second} would catch up with {first} if {criterion} of {name} were below {limit} (now: {raw}).",
                **facts,
            )
        return msg(
            "{second} would catch up with {first} if {criterion} of {name} were above {limit} (now: {raw}).", **facts
        )
    if criterion.scale is not None and criterion.scale.is_range:
        return msg("{second} would catch up with {first} if {criterion} of {name} were {limit} (now: {raw}).", **facts)
    if change.down:
        return msg(
            "{second} would catch up with {first} if {criterion} of {name} were at most {limit} (now: {raw}).", **facts
        )
    return msg(
        "{second} would catch up with {first} if {criterion} of {name} were at least {limit} (now: {raw}).", **facts
    )


def _on_the_scale(change: ValueChange, facts: Facts) -> Message:
    figures = {"value": f"{_rounded(change.needed, not change.is_fall, 1):.1f}", "present": f"{change.now:.1f}"}
    if change.is_fall:
        return msg(
            "{second} would catch up with {first} if {criterion} of {name} were {value} or lower on the scale "
            "(now: {present}).",
            **facts, **figures,
        )  # fmt: skip
    return msg(
        "{second} would catch up with {first} if {criterion} of {name} were {value} or higher on the scale "
        "(now: {present}).",
        **facts, **figures,
    )  # fmt: skip


def _dropping_out(ranking: Ranking, change: ValueChange) -> Message:
    """Return which fall breaks a must-have, so that the first is no longer ranked."""
    criterion = ranking.profile.by_id[change.criterion]
    facts = {"first": label(ranking, change.first), "criterion": criterion.title}
    facts |= {"raw": _present(criterion, change), "limit": _limit(criterion, change)}
    if change.raw_needed is None or (criterion.composite is not None and change.raw_now is None):
        return msg(
            "{first} would miss a must-have if its {criterion} were below {value} on the scale (now: {present}).",
            value=f"{_rounded(change.needed, False, 1):.1f}", present=f"{change.now:.1f}", **facts,
        )  # fmt: skip
    if isinstance(change.raw_needed, str):
        return msg("{first} would miss a must-have if its {criterion} were “{limit}” (now: {raw}).", **facts)
    if criterion.kind == "judged":
        return msg("{first} would miss a must-have if its {criterion} were only {limit} (now: {raw}).", **facts)
    if change.down:
        return msg("{first} would miss a must-have if its {criterion} were below {limit} (now: {raw}).", **facts)
    return msg("{first} would miss a must-have if its {criterion} were above {limit} (now: {raw}).", **facts)


def _present(criterion: Criterion, change: ValueChange) -> Message | LocalText | str:
    """Return the present raw value; of a composite its place on the scale."""
    if change.raw_now is not None:
        return quantity(change.raw_now, criterion)
    return msg("not yet known") if criterion.composite is None else f"{change.now:.1f}"


def _limit(criterion: Criterion, change: ValueChange) -> Message | LocalText | str:
    """Return the raw value needed, rounded to the side where it suffices; must-haves and ratings as they are."""
    needed = change.raw_needed
    if needed is None or isinstance(needed, str):
        return "" if needed is None else quantity(needed, criterion)
    if change.out or criterion.kind == "judged":
        return quantity(needed, criterion)
    shown = _rounded(needed, not change.down)
    if not change.is_fall and criterion.value([shown])[0] < change.needed:  # past the peak of a target range
        shown = needed
    return quantity(float(number(shown, 12)), criterion)


def _rounded(value: float, up: bool, decimals: int | None = None) -> float:
    """Return *value* with three significant digits (or some decimals), rounded up or down.

    >>> _rounded(5.2534, False), _rounded(5.2534, True), _rounded(1234567.0, True), _rounded(0.0, True)
    (5.25, 5.26, 1240000.0, 0.0)
    """
    if value == 0 or not math.isfinite(value):
        return value
    places = 2 - math.floor(math.log10(abs(value))) if decimals is None else decimals
    steps = round(value * 10.0**places, 6)
    return float((math.ceil(steps) if up else math.floor(steps)) * 10.0**-places)


# --- two candidates, and a place among the first ----------------------------------------------------------------------


def what_would_change(ranking: Ranking, first: int, second: int) -> tuple[Message, ...]:
    """Return at most three sentences: the least change of one weight, of the weights together, and of one value."""
    ahead, behind = (first, second) if ranking.score[first] >= ranking.score[second] else (second, first)
    facts = {"first": label(ranking, ahead), "second": label(ranking, behind)}
    if ranking.score[ahead] == ranking.score[behind]:
        return (
            msg("{first} and {second} have the same total: any change of a value that counts decides between them.",
                **facts),
        )  # fmt: skip
    weight, values = one_weight(ranking, ahead, behind), one_value(ranking, ahead, behind)
    together = weights_together(ranking, ahead, behind)
    found = [sentence(ranking, change) for change in (weight, together, *values[:1]) if change is not None]
    if weight is None and together is None:
        found.insert(0, _no_weights(ranking, ahead, behind, facts))
    if not values:
        found.append(msg("No single value of either lets {second} catch up with {first}.", **facts))
    return tuple(found)


def _no_weights(ranking: Ranking, first: int, second: int, facts: Facts) -> Message:
    used = counting(ranking)
    if (contest(ranking, np.array([first, second])).applies[:, used] == 1).all():
        return msg("No weights put {second} above {first}: it is better on nothing that counts.", **facts)
    return msg("No weights were found that put {second} above {first}.", **facts)


def into_top_sentences(ranking: Ranking, found: TopChange, values: int = 2) -> tuple[Message, ...]:
    """Return what brings a candidate among the first k, or that it is there, or that nothing does."""
    facts = {"name": label(ranking, found.row), "k": found.k}
    if found.inside:
        return (msg("{name} is among the first {k}.", **facts),)
    out = []
    if found.weight is not None:
        out.append(_weight_into(ranking, found.weight, facts))
    if found.weights is not None:
        out.append(_weights_into(ranking, found.weights, facts))
    out += [sentence(ranking, change) for change in found.values[:values]]
    if not out and not found.proven:
        return (msg("No single value of its own brings {name} among the first {k}, and no weights were found that do.",
                    **facts),)  # fmt: skip
    if not out:
        return (msg("No weights and no single value of its own bring {name} among the first {k}.", **facts),)
    if not found.values:
        out.append(msg("No single value of its own brings {name} among the first {k}.", **facts))
    return tuple(out)


def _weight_into(ranking: Ranking, change: WeightChange, facts: Facts) -> Message:
    facts = facts | _weight_facts(ranking, change)
    if change.needed > change.now:
        return msg(
            "{name} would be among the first {k} if {criterion} weighed {needed} % or more instead of {now} %.", **facts
        )
    return msg(
        "{name} would be among the first {k} if {criterion} weighed {needed} % or less instead of {now} %.", **facts
    )


def _weights_into(ranking: Ranking, change: WeightsChange, facts: Facts) -> Message:
    facts = facts | {"moves": _moves(ranking, change)}
    if len(change.moves) > MOVES:
        return msg("{name} would be among the first {k} if several weights moved together, above all {moves}.", **facts)
    return msg("{name} would be among the first {k} if these weights moved together: {moves}.", **facts)
