"""The methods: one row each. A new method is one file with its kernel and one row here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np

from selection.methods import outranking_parameters, parameters, preconditions, words
from selection.methods.aras import aras
from selection.methods.base import Method, OnScale, Parameter, Table
from selection.methods.cocoso import cocoso
from selection.methods.codas import codas
from selection.methods.copras import copras
from selection.methods.edas import edas
from selection.methods.electre_tri import electre_tri
from selection.methods.mabac import mabac
from selection.methods.marcos import marcos
from selection.methods.moora_ratio import moora_ratio
from selection.methods.promethee import promethee_1, promethee_2
from selection.methods.rim import rim
from selection.methods.spotis import spotis
from selection.methods.topsis import topsis
from selection.methods.vikor import vikor
from selection.methods.waspas import waspas
from selection.methods.weighted_product import weighted_product
from selection.methods.weighted_sum import weighted_sum


def _normalization(default: str) -> Parameter:
    return Parameter(default, parameters.normalization)


_BOUNDS = Parameter(None, parameters.bounds, per_criterion=True)
_PER_CANDIDATE = Table("candidate")
_TOTAL = Table("problem", nobody=np.nan)
_PRODUCT = OnScale({"normalization": "none"}, unit=100.0, least=1.0)
"""WASPAS divides by the largest value: here by the ideal, 100. A single 0 in a product would hide everything else."""

_THRESHOLD = Parameter(None, outranking_parameters.thresholds, per_criterion=True)
_NO_THRESHOLD = Parameter(0.0, outranking_parameters.thresholds, per_criterion=True)
_FLOWS: Mapping[str, Parameter] = {
    "preference": Parameter("usual", outranking_parameters.preference, per_criterion=True),
    "q": _THRESHOLD,
    "p": _THRESHOLD,
    "s": _THRESHOLD,
}

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
    Method(name="moora_ratio", kernel=moora_ratio, refuse=preconditions.anything, second_engine=True),
    Method(
        name="copras",
        kernel=copras,
        refuse=preconditions.costs,
        tables={"S_plus": _PER_CANDIDATE, "S_minus": _PER_CANDIDATE, "utility": _PER_CANDIDATE},
        second_engine=True,
    ),
    Method(
        name="aras",
        kernel=aras,
        refuse=preconditions.optimum,
        parameters={"optimum": Parameter(None, parameters.points, per_criterion=True)},
        tables={"S": _PER_CANDIDATE, "S0": _TOTAL},
        second_engine=True,
    ),
    Method(
        name="edas",
        kernel=edas,
        refuse=preconditions.averages,
        tables={
            "PDA": Table("cell", unused=0.0),
            "NDA": Table("cell", unused=0.0),
            "SP": _PER_CANDIDATE,
            "SN": _PER_CANDIDATE,
            "NSP": _PER_CANDIDATE,
            "NSN": _PER_CANDIDATE,
        },
        second_engine=True,
    ),
    Method(
        name="codas",
        kernel=codas,
        refuse=preconditions.shares,
        parameters={"tau": Parameter(0.02, parameters.threshold)},
        tables={"euclidean": _PER_CANDIDATE, "taxicab": _PER_CANDIDATE},
        second_engine=True,
    ),
    Method(
        name="mabac",
        kernel=mabac,
        refuse=preconditions.within,
        parameters={"bounds": _BOUNDS},
        tables={"border": Table("criterion", unused=0.0)},
        second_engine=True,
    ),
    Method(
        name="marcos",
        kernel=marcos,
        refuse=preconditions.shares,
        tables={"S_anti_ideal": _TOTAL, "S_ideal": _TOTAL},
        second_engine=True,
    ),
    Method(
        name="cocoso",
        kernel=cocoso,
        refuse=preconditions.anything,
        parameters={"lambda_": Parameter(0.5, parameters.unit_interval)},
        tables=dict.fromkeys(("S", "P", "k_a", "k_b", "k_c"), _PER_CANDIDATE),
        second_engine=True,
    ),
    Method(
        name="spotis",
        kernel=spotis,
        refuse=preconditions.towards,
        parameters={"bounds": _BOUNDS, "ideal": Parameter(None, parameters.points, per_criterion=True)},
        lower_is_better=True,
        second_engine=True,
        on_scale=OnScale({"bounds": (0.0, 100.0), "ideal": 100.0}),
    ),
    Method(
        name="rim",
        kernel=rim,
        refuse=preconditions.references,
        parameters={"ranges": _BOUNDS, "ideals": Parameter(None, parameters.intervals, per_criterion=True)},
        tables={"normalized": Table("cell"), "I_plus": _PER_CANDIDATE, "I_minus": _PER_CANDIDATE},
        second_engine=True,
        on_scale=OnScale({"ranges": (0.0, 100.0)}),
    ),
    Method(
        name="promethee_1",
        kernel=promethee_1,
        refuse=outranking_parameters.prefers,
        parameters=_FLOWS,
        tables={
            "phi_plus": _PER_CANDIDATE,
            "phi_minus": _PER_CANDIDATE,
            "phi": _PER_CANDIDATE,
            "incomparable": Table("problem", nobody=()),
        },
    ),
    Method(
        name="promethee_2",
        kernel=promethee_2,
        refuse=outranking_parameters.prefers,
        parameters=_FLOWS,
        tables={"phi_plus": _PER_CANDIDATE, "phi_minus": _PER_CANDIDATE, "phi": _PER_CANDIDATE},
    ),
    Method(
        name="electre_tri",
        kernel=electre_tri,
        refuse=outranking_parameters.sorts,
        parameters={
            "profiles": Parameter(None, outranking_parameters.profiles, per_criterion=True),
            "q": _NO_THRESHOLD,
            "p": _NO_THRESHOLD,
            "v": _THRESHOLD,
            "cut": Parameter(0.75, outranking_parameters.cut),
        },
        tables={"pessimistic": _PER_CANDIDATE, "optimistic": _PER_CANDIDATE},
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
    raise words.unknown_method(str(name), METHODS)
