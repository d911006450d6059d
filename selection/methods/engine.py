"""`evaluate`: the numeric kernel of the product, without its domain types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from criteria.errors import MethodError
from criteria.text import msg
from selection.methods import findings, words
from selection.methods.base import Evaluation, Label, Method, Outcome, Problem
from selection.methods.gate import admit, read_labels
from selection.methods.parameters import read_parameters
from selection.methods.ranks import competition_ranks
from selection.methods.registry import find_method

OWN, SCIKIT = "own", "scikit-criteria"
ENGINES: tuple[str, ...] = (OWN, SCIKIT)


def evaluate(
    method: str,
    matrix: Any,
    weights: Any,
    directions: Any,
    *,
    engine: str = OWN,
    criteria: Sequence[Label] | None = None,
    **parameters: Any,
) -> Evaluation:
    """Rank the rows of *matrix* by a published *method*.

    *matrix* is n × m in raw units, *weights* (m) are on any positive scale, *directions* (m) are 1 or -1, *criteria*
    are labels for refusals. Any array-like of any numbers gives an `Evaluation` or a MethodError in plain words.

    >>> result = evaluate("weighted_sum", [[3, 10], [1, 30]], [1, 1], [1, -1], normalization="minmax")
    >>> result.scores.tolist(), result.ranks.tolist()
    ([1.0, 0.0], [1, 2])
    """
    row = find_method(method)
    kernel = _kernel(row, engine)
    problem = admit(matrix, weights, directions, criteria)
    settings = read_parameters(row, parameters, problem, read_labels(criteria, problem.width))
    row.refuse(problem, row.name, **settings)
    if not problem.size:
        return _nobody(row, problem)
    return _evaluation(row, problem, kernel(problem, **settings))


def _kernel(row: Method, engine: object) -> Callable[..., Outcome]:
    if engine == OWN:
        return row.kernel
    if engine != SCIKIT:
        raise words.wrong_choice(row.name, "engine", engine, ENGINES)
    if not row.second_engine:
        raise MethodError(
            msg("The engine scikit-criteria has no method {method}; use the engine own.", method=row.name)
        )
    from selection.methods.scikit_kernels import second_kernel  # takes seconds to import, so only when asked for

    return second_kernel(row)


def _evaluation(row: Method, problem: Problem, outcome: Outcome) -> Evaluation:
    order = outcome.scores if outcome.order is None else outcome.order
    ranks = outcome.ranks
    if ranks is None:
        ranks = competition_ranks(order, lower_is_better=row.lower_is_better)
    tables = {name: table.restore(outcome.detail[name], problem) for name, table in row.tables.items()}
    findings_ = {"constant": findings.constant(problem), "outliers": findings.outliers(problem)}
    lost = findings.lost_order(problem, order, ranks) if outcome.directed else ()
    notes = (*outcome.notes, *lost)
    return Evaluation(_locked(outcome.scores), _locked(ranks), _read_only({**tables, **findings_, "notes": notes}))


def _nobody(row: Method, problem: Problem) -> Evaluation:
    """Return the evaluation of no candidates: empty arrays."""
    tables = {name: table.empty(problem.width) for name, table in row.tables.items()}
    detail = {**tables, "constant": (), "outliers": (), "notes": ()}
    return Evaluation(_locked(np.empty(0)), _locked(np.empty(0, dtype=np.int64)), _read_only(detail))


def _read_only(detail: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType({name: _locked(table) for name, table in detail.items()})


def _locked(table: Any) -> Any:
    """Return *table*; an array as one that cannot be written to."""
    if isinstance(table, np.ndarray):
        table = table.copy()
        table.setflags(write=False)
    return table
