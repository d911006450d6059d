"""The refusals of the methods in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from criteria.errors import MethodError
from criteria.text import msg
from selection.methods.base import Label, Problem


def candidate(row: int) -> Label:
    """Return how a row is named in a sentence; people count from 1."""
    return msg("candidate {number}", number=row + 1)


def criterion(column: int) -> Label:
    """Return how a column without a label is named in a sentence."""
    return msg("criterion {number}", number=column + 1)


def unknown_method(name: str, known: Iterable[str]) -> MethodError:
    """Return the refusal of a method that nobody knows, naming the nearest."""
    names = list(known)
    return MethodError(
        msg(
            "There is no method {name!r}; the nearest is {nearest}. Available are: {known}.",
            name=name[:40],
            nearest=_nearest(name, names),
            known=", ".join(names),
        )
    )


def unknown_parameter(name: str, method: str, known: Iterable[str]) -> MethodError:
    """Return the refusal of a parameter that *method* does not take, naming the nearest."""
    names = list(known)
    return MethodError(
        msg(
            "The method {method} has no parameter {name!r}; the nearest is {nearest}. It takes: {known}.",
            method=method,
            name=name[:40],
            nearest=_nearest(name, names),
            known=", ".join(names),
        )
    )


def wrong_choice(method: str, parameter: str, value: object, known: Iterable[str]) -> MethodError:
    """Return the refusal of a *value* that is none of the *known* words."""
    names = list(known)
    return MethodError(
        msg(
            "The parameter {parameter} of {method} cannot be {value!r}; the nearest is {nearest}. "
            "Possible are: {known}.",
            parameter=parameter,
            method=method,
            value=str(value)[:40],
            nearest=_nearest(str(value), names),
            known=", ".join(names),
        )
    )


def negative_value(problem: Problem, row: int, column: int, method: str, normalization: str) -> MethodError:
    """Return the refusal of a value below 0 where a column is divided by its total or an extreme."""
    return MethodError(
        msg(
            "The method {method} with the normalisation {normalization} cannot take negative values, and {candidate} "
            "has {value:g} in {criterion}. Correct the value, or choose the normalisation minmax.",
            **_cell(problem, row, column, method),
            normalization=normalization,
        )
    )


def zero_cost(problem: Problem, row: int, column: int, method: str, normalization: str) -> MethodError:
    """Return the refusal of a 0 in a criterion whose values are inverted."""
    return MethodError(
        msg(
            "The method {method} with the normalisation {normalization} divides by the values of {criterion}, where "
            "lower is better, and {candidate} has {value:g} there. "
            "Correct the value, or choose the normalisation minmax.",
            **_cell(problem, row, column, method),
            normalization=normalization,
        )
    )


def not_positive(problem: Problem, row: int, column: int, method: str) -> MethodError:
    """Return the refusal of a 0 or a negative in a method that multiplies the values."""
    return MethodError(
        msg(
            "The method {method} multiplies values, so all must be above 0, and {candidate} has {value:g} in "
            "{criterion}. Correct the value, or choose weighted_sum or topsis with the normalisation minmax.",
            **_cell(problem, row, column, method),
        )
    )


def negative_share(problem: Problem, row: int, column: int, method: str) -> MethodError:
    """Return the refusal of a value below 0 in a method that divides by totals or by the best value."""
    return MethodError(
        msg(
            "The method {method} divides by the values of a criterion, so none may be negative, and {candidate} has "
            "{value:g} in {criterion}. Correct the value, or choose the method mabac or moora_ratio.",
            **_cell(problem, row, column, method),
        )
    )


def zero_divisor(problem: Problem, row: int, column: int, method: str) -> MethodError:
    """Return the refusal of a 0 in a criterion by whose values a method divides."""
    return MethodError(
        msg(
            "The method {method} divides by the values of {criterion}, where lower is better, and {candidate} has "
            "{value:g} there. Correct the value, or choose the method mabac or moora_ratio.",
            **_cell(problem, row, column, method),
        )
    )


def no_cost(problem: Problem, row: int, method: str) -> MethodError:
    """Return the refusal of a candidate that has 0 in every criterion where lower is better."""
    column = int((problem.directions < 0).argmax())
    return MethodError(
        msg(
            "The method {method} divides by the costs of each candidate, and those of {candidate} add up to 0, "
            "{criterion} among them. Correct the values, or choose the method mabac or moora_ratio.",
            method=method,
            candidate=candidate(row),
            criterion=problem.labels[column],
        )
    )


def worst_everywhere(problem: Problem, row: int, method: str) -> MethodError:
    """Return the refusal of a candidate that is worst in every criterion where a method divides by its total."""
    return MethodError(
        msg(
            "The method {method} divides by the lowest total, and that of {candidate} is 0: it has the worst value in "
            "every criterion. Leave {candidate} out, or choose the method mabac or waspas.",
            method=method,
            candidate=candidate(row),
        )
    )


def no_average(problem: Problem, column: int, method: str) -> MethodError:
    """Return the refusal of a criterion whose average is not above 0 in a method that divides by it."""
    return MethodError(
        msg(
            "The method {method} divides by the average of each criterion, and that of {criterion} is not above 0. "
            "Correct the values, or choose the method mabac or moora_ratio.",
            method=method,
            criterion=problem.labels[column],
        )
    )


def _nearest(name: str, names: list[str]) -> str:
    return get_close_matches(name.lower().replace("-", "_"), names, n=1, cutoff=0.0)[0]


def _cell(problem: Problem, row: int, column: int, method: str) -> dict[str, object]:
    return {
        "method": method,
        "candidate": candidate(row),
        "criterion": problem.labels[column],
        "value": float(problem.values[row, column]),
    }
