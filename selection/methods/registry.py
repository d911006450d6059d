"""The methods: one row each. A new method is one file with its kernel and one row here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from criteria.errors import MethodError
from criteria.text import msg
from selection.methods import parameters, preconditions, words
from selection.methods.base import Method, OnScale, Parameter, Table
from selection.methods.topsis import topsis
from selection.methods.vikor import vikor
from selection.methods.waspas import waspas
from selection.methods.weighted_product import weighted_product
from selection.methods.weighted_sum import weighted_sum

PLANNED: tuple[str, ...] = (
    "promethee_1",
    "promethee_2",
    "electre_tri",
    "moora_ratio",
    "copras",
    "aras",
    "edas",
    "codas",
    "mabac",
    "marcos",
    "cocoso",
    "spotis",
    "rim",
)
"""Methods that have a name but no kernel yet; asking for one says so."""


def _normalization(default: str) -> Parameter:
    return Parameter(default, parameters.normalization)


_BOUNDS = Parameter(None, parameters.bounds, per_criterion=True)
_PER_CANDIDATE = Table("candidate")
_PRODUCT = OnScale({"normalization": "none"}, unit=100.0, least=1.0)
"""WASPAS divides by the largest value: here by the ideal, 100. A single 0 in a product would hide everything else."""

_ROWS: Iterable[Method] = (
    Method(
        name="weighted_sum",
        kernel=weighted_sum,
        refuse=preconditions.adds,
        parameters={"normalization": _normalization("sum")},
        tables={"normalized": Table("cell")},
        second_engine=True,
        on_scale=OnScale({"normalization": "none"}),
    ),
    Method(
        name="weighted_product",
        kernel=weighted_product,
        refuse=preconditions.multiplies,
        parameters={"normalization": _normalization("none")},
        second_engine=True,
        on_scale=_PRODUCT,
    ),
    Method(
        name="waspas",
        kernel=waspas,
        refuse=preconditions.multiplies,
        parameters={"lambda_": Parameter(0.5, parameters.unit_interval), "normalization": _normalization("max")},
        tables={"weighted_sum": _PER_CANDIDATE, "weighted_product": _PER_CANDIDATE},
        second_engine=True,
        on_scale=_PRODUCT,
    ),
    Method(
        name="topsis",
        kernel=topsis,
        refuse=preconditions.adds,
        parameters={"normalization": _normalization("vector"), "bounds": _BOUNDS},
        tables={
            "ideal": Table("criterion", unused=0.0),
            "anti_ideal": Table("criterion", unused=0.0),
            "d_plus": _PER_CANDIDATE,
            "d_minus": _PER_CANDIDATE,
        },
        second_engine=True,
        on_scale=OnScale({"normalization": "minmax", "bounds": (0.0, 100.0)}),
    ),
    Method(
        name="vikor",
        kernel=vikor,
        refuse=preconditions.within,
        parameters={"v": Parameter(0.5, parameters.unit_interval), "bounds": _BOUNDS},
        tables={
            "S": _PER_CANDIDATE,
            "R": _PER_CANDIDATE,
            "Q": _PER_CANDIDATE,
            "compromise": Table("problem", nobody=()),
            "advantage": Table("problem", nobody=False),
            "stability": Table("problem", nobody=False),
        },
        lower_is_better=True,
        second_engine=True,
        on_scale=OnScale({"bounds": (0.0, 100.0)}),
    ),
)

METHODS: Mapping[str, Method] = MappingProxyType({row.name: row for row in _ROWS})
"""Every method that can be asked for, by its name."""


def method_names() -> tuple[str, ...]:
    """Return the names of the methods, simplest first."""
    return tuple(METHODS)


def find_method(name: object) -> Method:
    """Return the method called *name*; raise MethodError that names the nearest and all known ones."""
    if isinstance(name, str) and name in METHODS:
        return METHODS[name]
    if name in PLANNED:
        raise MethodError(
            msg(
                "The method {method} is not available yet. Available are: {known}.",
                method=name,
                known=", ".join(METHODS),
            )
        )
    raise words.unknown_method(str(name), METHODS)
