"""Open facts as sentences: whom to ask for what, and what knowing it would do."""

from __future__ import annotations

from criteria.text import Message, msg
from selection.departure import label
from selection.rank import Ranking
from selection.robustness.open_facts import EVIDENCE, REGION
from selection.robustness.settled import first_k


def what_to_do(ranking: Ranking, row: int, criterion: str, kind: str) -> Message:
    """Return whom to ask, to rate or to verify, and on what."""
    name = label(ranking, row)
    if kind == REGION:
        return msg("Ask {name} whether it serves {region}", name=name, region=ranking.region or "")
    found = ranking.profile.by_id[criterion]
    if kind == EVIDENCE:
        return msg("Have “{criterion}” of {name} confirmed", name=name, criterion=found.title)
    if found.kind == "judged":
        return msg("Rate {name} on “{criterion}”", name=name, criterion=found.title)
    return msg("Ask {name} for “{criterion}”", name=name, criterion=found.title)


def effect(k: int, probability: float, decisive: float) -> Message:
    """Return what knowing a fact would do."""
    if probability >= 0.005:
        return msg(
            "knowing it would change {first} with a probability of {chance:.0f} %.",
            first=first_k(k),
            chance=100 * probability,
        )
    if decisive >= 0.005:
        return msg(
            "alone it changes nothing yet; together with the other open facts it decides {first} in {chance:.0f} of "
            "100 trials.",
            first=first_k(k),
            chance=100 * decisive,
        )
    return msg("it could still change {first}, with a probability below 1 %.", first=first_k(k))
