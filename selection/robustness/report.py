"""Everything that says how firm one ranking is, together: for the command line and for exports."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from criteria.text import Message, render
from selection.rank import Ranking
from selection.robustness.acceptability import TOP
from selection.robustness.changes import ValueChange, WeightChange, WeightsChange
from selection.robustness.firmness import DRAWS, Firmness, firmness
from selection.robustness.next_facts import OpenFact, next_facts
from selection.robustness.settled import Settled, settled
from selection.robustness.stability import (
    LeftOut,
    ScenarioStability,
    leave_one_out,
    leave_out_sentence,
    scenario_stability,
)
from selection.robustness.tipping import one_value, one_weight, weights_together
from selection.robustness.tipping_words import what_would_change


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """How firm the first place of a ranking is, what would change it, and which facts are still worth getting."""

    firmness: Firmness
    weight: WeightChange | None
    weights: WeightsChange | None
    values: tuple[ValueChange, ...]
    changes: tuple[Message, ...]
    left_out: tuple[LeftOut, ...]
    left_out_sentence: Message | None
    facts: tuple[OpenFact, ...]
    settled: Settled
    scenarios: ScenarioStability

    @property
    def ranking(self) -> Ranking:
        """Return the ranking that is judged."""
        return self.firmness.ranking

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """Return the report as the JSON of the command line, without `import`."""
        r = self.ranking
        head = {
            "profile": r.original[1].name, "region": r.region, "scenario": r.scenario, "stage": r.stage,
            "fingerprint": r.fingerprint,
        }  # fmt: skip
        return {
            **head,
            **self.firmness.to_dict(language),
            "tipping": self._tipping(language),
            "leave_one_out": [self._without(one) for one in self.left_out],
            "scenario_stability": {
                "scenarios": len(self.scenarios.names),
                "leads_in": list(self.scenarios.leads_in),
                "among_the_first": [{**self._key(row), "scenarios": times} for row, times in self.scenarios.stays],
            },
            "next_facts": [self._fact(fact, language) for fact in self.facts],
            "settled": {
                "done": self.settled.done,
                "open": [{**self._key(cell.row), "criterion": cell.criterion} for cell in self.settled.open_cells],
                "sentence": render(self.settled.sentence, language),
            },
        }

    def _key(self, row: int) -> dict[str, Any]:
        here = self.ranking.candidates
        key = {"id": here.ids[row]}
        return key | {"region": here.frame["region"].iat[row]} if here.by_region else key

    def _tipping(self, language: str) -> dict[str, Any]:
        weight, weights = self.weight, self.weights
        return {
            "one_weight": None if weight is None else
            {"criterion": weight.criterion, "now": weight.now, "needed": weight.needed},
            "weights_together": None if weights is None else
            {"weights": dict(weights.weights), "distance": weights.distance, "exact": weights.exact},
            "one_value": [self._value(change) for change in self.values],
            "sentences": [render(sentence, language) for sentence in self.changes],
        }  # fmt: skip

    def _value(self, change: ValueChange) -> dict[str, Any]:
        return {
            **self._key(change.row),
            "criterion": change.criterion,
            "now": change.now,
            "needed": change.needed,
            "raw_now": _finite(change.raw_now),
            "raw_needed": _finite(change.raw_needed),
            "eliminates": change.out,
        }

    def _without(self, one: LeftOut) -> dict[str, Any]:
        return {
            "criterion": one.criterion,
            "first": self._key(one.first),
            "lead_changes": one.lead_changes,
            "top_changes": one.top_changes,
        }

    def _fact(self, fact: OpenFact, language: str) -> dict[str, Any]:
        return {
            **self._key(fact.row),
            "criterion": fact.criterion,
            "kind": fact.kind,
            "probability": fact.probability,
            "decisive": fact.decisive,
            "sentence": render(fact.sentence, language),
        }


def _finite(raw: float | str | None) -> float | str | None:
    """Return a raw value as JSON can hold it; one without bound (debt to no equity) is null there."""
    return raw if raw is None or isinstance(raw, str) or math.isfinite(raw) else None


def report(ranking: Ranking, draws: int = DRAWS, seed: int = 0, top: int = TOP, **options: Any) -> Report:
    """Return everything about how firm *ranking* is; *options* are those of `firmness`. Errors are its errors."""
    found = firmness(ranking, draws, seed, top=top, **options)
    first, second = found.first, found.second
    left_out = leave_one_out(ranking, top)
    pair = None if first is None or second is None else (first, second)
    return Report(
        found,
        one_weight(ranking, *pair) if pair else None,
        weights_together(ranking, *pair) if pair else None,
        one_value(ranking, *pair) if pair else (),
        what_would_change(ranking, *pair) if pair else (),
        left_out,
        leave_out_sentence(ranking, left_out, top),
        next_facts(ranking, top, seed=seed),
        settled(ranking, top),
        scenario_stability(ranking, top),
    )
