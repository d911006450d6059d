"""Other methods as a cross-check of a ranking on the one scale, where nobody's figures depend on who else is listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from criteria.errors import MethodError
from criteria.text import Message, msg, plural
from selection.methods.base import Evaluation, Floats, Label
from selection.methods.engine import SCIKIT, evaluate
from selection.methods.gate import admit, read_labels, read_matrix, read_weights
from selection.methods.preconditions import within
from selection.methods.registry import find_method

FLOOR, IDEAL = 0.0, 100.0


def cross_check(
    values: Any,
    weights: Any,
    methods: Iterable[str] = ("topsis", "vikor", "waspas"),
    engine: str = SCIKIT,
    *,
    criteria: Sequence[Label] | None = None,
) -> Mapping[str, Evaluation]:
    """Return the evaluation of *values* (n × m on 0..100, all known, higher is better) by each of *methods*.

    The detail says in `raised` how many values a method that multiplies read as 1 because they were lower, and in
    `notes` too. *criteria* are labels for refusals.
    """
    shares = read_weights(weights, criteria)
    upward = np.ones(len(shares))
    table = read_matrix(values, read_labels(criteria, len(shares)))
    problem = admit(table, shares, upward, criteria)
    within(problem, "cross_check", np.tile([FLOOR, IDEAL], (len(problem.columns), 1)))
    return MappingProxyType({name: _check(name, table, shares, engine, criteria) for name in methods})


def _check(name: str, values: Floats, shares: Floats, engine: str, criteria: Sequence[Label] | None) -> Evaluation:
    scale = find_method(name).on_scale
    if scale is None:
        raise MethodError(msg("The method {method} does not serve as a cross-check.", method=name))
    raised = int(((values < scale.least) & (shares > 0)).sum()) if scale.least else 0
    table = (np.maximum(values, scale.least) if scale.least else values) / scale.unit
    result = evaluate(name, table, shares, np.ones(len(shares)), engine=engine, criteria=criteria, **scale.settings)
    notes = (*_raised(raised, scale.least), *result.detail["notes"])
    return Evaluation(
        result.scores, result.ranks, MappingProxyType({**result.detail, "raised": raised, "notes": notes})
    )


def _raised(count: int, least: float) -> tuple[Message, ...]:
    if not count:
        return ()
    return (
        plural(
            "{n} value below {least:g} was read as {least:g}, since this method multiplies: a 0 would hide the rest.",
            "{n} values below {least:g} were read as {least:g}, since this method multiplies: a 0 would hide the rest.",
            count,
            least=least,
        ),
    )
