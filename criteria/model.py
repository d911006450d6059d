"""What an ideal and a qualified distributor is: criteria, gates, scenarios, regions; frozen and validated.

A `Profile` is one document (YAML or JSON); `criteria.loading` reads and writes it. Everything here is read-only: a
region or a stage gives a new Profile.
"""

from __future__ import annotations

import math
import sys
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_serializer, field_validator, model_validator

from criteria.curves import PLAIN, QUALIFIED, RATING, Curve, FloatArray
from criteria.errors import ProfileError, RunError, WeightsError
from criteria.text import LocalText, LocalTextField, local_text, msg, plain_text

RESERVED_IDS = frozenset({"id", "name", "region", "regions"})
DESK_STEP = 4
"""The last step of the eleven that is done from a desk."""
STAGES = ("desk",)
SCENARIO_TITLES = {
    "balanced": msg("Balanced"),
    "cautious": msg("Cautious"),
    "expansion": msg("Expansion"),
    "service_first": msg("Service first"),
    "equal": msg("Equal weights"),
}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _identifier(value: Any) -> str:
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text or len(text) > 80 or any(unicodedata.category(c).startswith("C") for c in text):
        raise ProfileError(msg("must be a short text of 1 to 80 characters"))
    return text


Identifier = Annotated[str, BeforeValidator(_identifier)]


def _finite(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= sys.float_info.max:
        raise ProfileError(msg("must be a plain number"))
    return float(value)


Number = Annotated[float, BeforeValidator(_finite)]


class Gate(_Frozen):
    """A must-have: below *limit* (raw units; None = the qualified value) a candidate is eliminated.

    A hard gate cannot be waived. *min_level* is the evidence level that a stated value must at least have.
    """

    kind: Literal["conditional", "hard"]
    limit: Number | None = None
    min_level: Annotated[int, Field(ge=0, le=3)] | None = None


class Level(_Frozen):
    """One level of a category: its value 0..100, or None where the level decides nothing yet (counts as unknown)."""

    value: Annotated[Number, Field(ge=0, le=100)] | None = None
    title: LocalTextField | None = None
    aliases: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, data: Any) -> Any:
        return data if isinstance(data, Mapping | Level) else {"value": data}

    @field_serializer("title")
    def _plain(self, value: LocalText | None) -> Any:
        return None if value is None else plain_text(value)


def _gates(value: Any) -> Any:
    if value in (None, "none", (), []):
        return ()
    if isinstance(value, str):
        return ({"kind": value},)
    return (value,) if isinstance(value, Mapping | Gate) else value


def _steps(value: Any) -> Any:
    return () if value is None else value if isinstance(value, list | tuple) else (value,)


class Criterion(_Frozen):
    """One criterion: what it means, how a raw value is read on the 0..100 scale, and what must be met."""

    id: Identifier
    title: LocalTextField = LocalText({})
    family: str | None = None
    kind: Literal["fact", "judged", "derived"] = "fact"
    unit: LocalTextField | None = None
    definition: LocalTextField | None = None
    why: LocalTextField | None = None
    curve: Curve | None = None
    levels: dict[Identifier, Level] | None = None
    composite: dict[Identifier, Annotated[Number, Field(ge=0)]] | None = None
    gate: Annotated[tuple[Gate, ...], BeforeValidator(_gates)] = ()
    rubric: Annotated[tuple[LocalTextField, ...], Field(min_length=5, max_length=5)] | None = None
    evidence: LocalTextField | None = None
    step: Annotated[tuple[Annotated[int, Field(ge=1, le=11)], ...], BeforeValidator(_steps)] = ()
    source: str | None = None
    aliases: tuple[str, ...] = ()

    @field_validator("title")
    @classmethod
    def _no_blank_title(cls, title: LocalText) -> LocalText:
        return title if any(text.strip() for text in title.texts.values()) else LocalText({})

    @model_validator(mode="after")
    def _check(self) -> Criterion:
        if self.id in RESERVED_IDS:
            raise ProfileError(msg("“{id}” is the name of a column of its own and cannot be a criterion", id=self.id))
        scales = [name for name in ("curve", "levels", "composite") if getattr(self, name) is not None]
        if len(scales) > 1:
            raise ProfileError(msg("has both {first} and {second}; keep one", first=scales[0], second=scales[1]))
        if self.kind == "judged" and scales:
            raise ProfileError(msg("is judged on its rubric from 1 to 5 and cannot have {first}", first=scales[0]))
        if self.composite is not None and not sum(self.composite.values()) > 0:
            raise ProfileError(msg("needs a composite with at least one weight above zero"))
        if self.gate and not self.is_scored:
            raise ProfileError(msg("has no curve and no levels, so it can be listed but cannot be a must-have"))
        if not self.title.texts:
            object.__setattr__(self, "title", LocalText({"en": self.id}))
        return self

    @property
    def gates(self) -> tuple[Gate, ...]:
        """Return the must-haves of this criterion."""
        return self.gate

    @property
    def is_scored(self) -> bool:
        """Tell whether raw values can be read on the 0..100 scale."""
        return self.kind == "judged" or bool(self.curve or self.levels or self.composite)

    @property
    def is_category(self) -> bool:
        """Tell whether raw values are levels in words."""
        return self.levels is not None

    @property
    def scale(self) -> Curve | None:
        """Return the curve that reads numbers: its own, the rating's, or the plain one of a composite."""
        if self.kind == "judged":
            return RATING
        return PLAIN if self.composite is not None else self.curve

    @property
    def first_step(self) -> int:
        """Return the step at which a value is first known; unstated: 5 for ratings, 4 for the rest."""
        return self.step[0] if self.step else (5 if self.kind == "judged" else DESK_STEP)

    def bounds(self, gate: Gate) -> tuple[float, float]:
        """Return the raw (lowest, highest) values that pass *gate*; an open side is infinite.

        For a category the bounds are on the 0..100 values of its levels.
        """
        curve = PLAIN if self.is_category else self.scale
        if curve is None:
            raise ValueError("a gate needs a scale")
        if gate.limit is None:
            limits = curve.raw_at(QUALIFIED)
        elif not curve.is_range:
            limits = (gate.limit,)
        else:
            below = gate.limit <= (curve.low_ideal + curve.high_ideal) / 2  # type: ignore[operator]
            return (gate.limit, math.inf) if below else (-math.inf, gate.limit)
        if curve.is_range:
            return limits[0], limits[1]
        return (limits[0], math.inf) if curve.sides[0][1] > 0 else (-math.inf, limits[0])

    def value(self, raw: Any) -> FloatArray:
        """Return 0..100 for raw values (numbers, or level names for a category); NaN where unknown.

        A composite is read here only where its own figure is given; `selection.values` makes it from its leaves.
        """
        if self.levels is not None:
            table = {key: math.nan if level.value is None else level.value for key, level in self.levels.items()}
            return np.array([table.get(item, math.nan) if isinstance(item, str) else math.nan for item in raw], float)
        curve = self.scale
        if curve is None:
            return np.full(len(raw), math.nan)
        return curve.value(raw)

    @field_serializer("title", "unit", "definition", "why", "evidence")
    def _plain(self, value: LocalText | None) -> Any:
        return None if value is None else plain_text(value)

    @field_serializer("rubric")
    def _plain_rubric(self, value: tuple[LocalText, ...] | None) -> Any:
        return None if value is None else [plain_text(anchor) for anchor in value]

    @field_serializer("gate")
    def _plain_gate(self, value: tuple[Gate, ...]) -> Any:
        if len(value) == 1 and value[0].limit is None and value[0].min_level is None:
            return value[0].kind
        return [gate.model_dump(exclude_none=True) for gate in value] or "none"


Scenario = dict[Identifier, Number]
"""A weighting scenario: criterion id -> weight on any positive scale; a criterion not named weighs 0."""
Rubric = tuple[LocalText, ...]
"""The five anchors of a judged criterion, the worst first."""


class RegionChange(_Frozen):
    """What differs in a region, a group of regions, or a segment inside a region."""

    inherits: Identifier | None = None
    title: LocalTextField | None = None
    note: LocalTextField | None = None
    criteria: dict[Identifier, dict[str, Any]] = {}
    scenarios: dict[Identifier, Scenario] = {}
    minimum_total: Annotated[Number, Field(ge=0, le=100)] | None = None

    @field_serializer("title", "note")
    def _plain(self, value: LocalText | None) -> Any:
        return None if value is None else plain_text(value)


Way = Literal["equal", "order", "points", "swing", "ahp", "best_worst", "tradeoff", "entropy", "critic", "people"]


class Weighting(_Frozen):
    """How the weights of a scenario came about; `criteria.weights.again` says what *answers* hold for each way.

    *reasons*: one sentence each why a criterion weighs what it weighs.
    """

    way: Way
    answers: dict[str, Any] = {}
    by: Annotated[str, Field(max_length=200)] | None = None
    date: str | None = None
    reasons: dict[Identifier, Annotated[str, Field(max_length=2000)]] = {}


CHANGEABLE = ("curve", "levels", "gate", "evidence", "unit", "composite", "rubric", "title", "definition")
"""What a region may change of a criterion."""


class Profile(_Frozen):
    """The standard: criteria with their ideal and qualified values, weighting scenarios, regional changes."""

    name: Identifier
    title: LocalTextField | None = None
    note: LocalTextField | None = None
    criteria: tuple[Criterion, ...]
    scenarios: dict[Identifier, Scenario] = {}
    weighting: dict[Identifier, Weighting] = {}
    regions: dict[Identifier, RegionChange] = {}
    region_groups: dict[Identifier, tuple[Identifier, ...]] = {}
    minimum_total: Annotated[Number, Field(ge=0, le=100)] | None = None

    @field_serializer("title", "note")
    def _plain(self, value: LocalText | None) -> Any:
        return None if value is None else plain_text(value)

    @model_validator(mode="after")
    def _check(self) -> Profile:
        from criteria.checks import check_profile  # the checks need the finished classes of this module

        check_profile(self)
        return self

    @cached_property
    def by_id(self) -> Mapping[str, Criterion]:
        """Return the criteria by their id."""
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def _alone(self) -> frozenset[str]:
        """Return the criteria that equal weights count: those with a scale, but no leaves beside their composite."""
        leaves = {leaf for criterion in self.criteria for leaf in criterion.composite or ()}
        return frozenset(c.id for c in self.criteria if c.is_scored and c.id not in leaves)

    @property
    def display_title(self) -> LocalText:
        """Return the title, or the name where there is none."""
        return self.title or local_text(self.name)

    def criterion(self, criterion_id: str) -> Criterion:
        """Return one criterion; raise RunError with the known ids where it does not exist."""
        if criterion_id not in self.by_id:
            raise RunError(
                msg(
                    "There is no criterion “{criterion}” in this standard. It has: {known}.",
                    criterion=criterion_id,
                    known=", ".join(self.by_id),
                )
            )
        return self.by_id[criterion_id]

    @property
    def scenario_names(self) -> tuple[str, ...]:
        """Return the names of the scenarios; the first is the default; none means equal weights."""
        return tuple(self.scenarios) or ("equal",)

    def scenario(self, name: str | None = None) -> str:
        """Return *name* if there is such a scenario (None = the default one); raise RunError otherwise."""
        if name is None:
            return self.scenario_names[0]
        if name not in self.scenario_names:
            raise RunError(
                msg(
                    "There is no weighting scenario “{scenario}”. There are: {known}.",
                    scenario=name,
                    known=", ".join(self.scenario_names),
                )
            )
        return name

    def weights(self, scenario: str | None = None) -> FloatArray:
        """Return one weight per criterion, summing to 1; raise WeightsError where all are zero."""
        chosen = self.scenario(scenario)
        if self.scenarios:
            points = self.scenarios[chosen]
            raw = np.array([points.get(criterion.id, 0.0) for criterion in self.criteria])
        else:
            raw = np.array([1.0 if criterion.id in self._alone else 0.0 for criterion in self.criteria])
        largest = raw.max(initial=0.0)
        if not largest > 0:
            raise WeightsError(
                msg(
                    "In the scenario “{scenario}” no criterion that counts here has a weight above zero. "
                    "Give at least one of them a weight.",
                    scenario=chosen,
                )
            )
        scaled = raw / largest
        normalised: FloatArray = scaled / scaled.sum()
        return normalised

    def for_region(self, region: str | None) -> Profile:
        """Return the profile as it holds in *region*: base, then its groups, then what it inherits, then its own."""
        from criteria.regions import profile_for_region

        return profile_for_region(self, region)

    def for_stage(self, stage: str | None) -> Profile:
        """Return the profile with the criteria that are known by *stage* ("desk": step 4 and before; None: all)."""
        if stage is None:
            return self
        if stage not in STAGES:
            raise RunError(
                msg("There is no stage “{stage}”. There are: {known}.", stage=stage, known=", ".join(STAGES))
            )
        counted = [criterion for criterion in self.criteria if criterion.first_step <= DESK_STEP]
        names = {criterion.id for criterion in counted}
        leaves = {leaf for criterion in counted for leaf in criterion.composite or ()} - names
        # A composite keeps its leaves as figures it is made of, though they are no must-haves and no weights yet.
        silent = tuple(self.by_id[leaf].model_copy(update={"gate": ()}) for leaf in leaves if leaf in self.by_id)
        kept = tuple(sorted((*counted, *silent), key=lambda criterion: list(self.by_id).index(criterion.id)))
        scenarios = {
            name: {key: weight for key, weight in points.items() if key in names}
            for name, points in self.scenarios.items()
        }
        return self.changed(criteria=kept, scenarios=scenarios, regions={}, region_groups={})

    def changed(self, **fields: Any) -> Profile:
        """Return a copy with some *fields* replaced by values that are already valid."""
        return Profile.model_construct(**{name: getattr(self, name) for name in Profile.model_fields} | fields)

    def document(self) -> dict[str, Any]:
        """Return the profile as the plain document of a file; loading it again gives an equal profile."""
        return self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
