"""What every method is given, what it hands back, and how a method describes itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from criteria.text import LocalText, Message

Floats = NDArray[np.float64]
Label = str | Message | LocalText
Normalization = Literal["none", "sum", "max", "minmax", "vector"]


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A decision problem that has passed the gate: only finite numbers, only criteria with a weight.

    `values` is n × k in raw units, `weights` (k) sum to 1, `directions` (k) are +1 or -1; `columns` (k) are the places
    of the k criteria among the `width` that were given.
    """

    values: Floats
    weights: Floats
    directions: Floats
    columns: NDArray[np.intp]
    labels: tuple[Label, ...]
    width: int

    @property
    def size(self) -> int:
        """The number of candidates."""
        return int(self.values.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a kernel computed: scores as published, tables under their published names, and what to say about them.

    `order` holds the numbers to rank by where the scores themselves cannot serve (they over- or underflow).
    `directed` is False where the caller's own ideals decide what is better, and not the directions.
    """

    scores: Floats
    detail: Mapping[str, Any] = field(default_factory=dict)
    order: Floats | None = None
    notes: tuple[Message, ...] = ()
    ranks: NDArray[np.int64] | None = None
    directed: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """The result of a method: `scores` (n) as published, `ranks` (n) as 1, 1, 3, and read-only tables in `detail`.

    Every method's detail holds `constant` (numbers of the weighted columns in which all candidates are equal),
    `outliers` (pairs of row and column: the cell alone carries more than 90 % of its column's range) and `notes`
    (messages to show with the ranking). Row and column numbers count from 0.
    """

    scores: Floats
    ranks: NDArray[np.int64]
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a method: its published default and how a value is read (and refused).

    `read` takes the value and the `Asked` question; a parameter that is `per_criterion` is read into an array whose
    first axis is the criteria.
    """

    default: object
    read: Callable[[Any, Asked], Any]
    per_criterion: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a parameter's value was given, for reading it and for saying what is wrong with it."""

    method: str
    parameter: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of `Evaluation.detail`: what it has one figure for, and what stands at criteria of weight 0.

    `nobody` stands for a figure of the whole problem where there is no candidate.
    """

    per: Literal["candidate", "criterion", "cell", "problem"]
    unused: float = np.nan
    nobody: object = None

    def empty(self, width: int) -> Any:
        """Return the table of a problem without candidates."""
        if self.per == "criterion":
            return np.full(width, self.unused)
        if self.per == "problem":
            return self.nobody
        return np.empty((0, width)) if self.per == "cell" else np.empty(0)

    def restore(self, figures: Any, problem: Problem) -> Any:
        """Return *figures* with the criteria of weight 0 put back in their places."""
        if self.per not in ("criterion", "cell"):
            return figures
        full = np.full((*np.shape(figures)[:-1], problem.width), self.unused)
        full[..., problem.columns] = figures
        return full


@dataclass(frozen=True, slots=True)
class OnScale:
    """How a method is asked on the product's one scale (0 to 100) so that nobody's figures depend on who is listed.

    Values below `least` are read as `least`, then all are divided by `unit`.
    """

    settings: Mapping[str, Any]
    unit: float = 1.0
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Method:
    """One row of the registry: all that `evaluate` has to know about a method.

    `kernel(problem, **parameters)` computes; `refuse(problem, method, **parameters)` raises MethodError where the
    method has no meaning; `tables` names what the kernel puts into `detail`; `second_engine` says whether
    scikit-criteria has the method; `on_scale` is how it serves as a cross-check, None if it does not.
    """

    name: str
    kernel: Callable[..., Outcome]
    refuse: Callable[..., None]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    lower_is_better: bool = False
    second_engine: bool = False
    on_scale: OnScale | None = None
