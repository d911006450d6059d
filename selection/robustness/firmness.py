"""The verdict on a ranking in plain words: clear, close or a tie, by how much, how surely, and what would change it.

The thresholds of these words stand here and nowhere else; `rules` states them for exports.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from criteria.curves import FloatArray
from criteria.text import Message, msg, render
from criteria.weights.polytope import is_empty
from selection.model import IntArray
from selection.rank import Ranking
from selection.robustness.acceptability import TOP, Acceptability, acceptability
from selection.robustness.changes import WeightChange, require_totals
from selection.robustness.draws import check_draws, weight_draws
from selection.robustness.ranges import Spreads, value_ranges

if TYPE_CHECKING:
    from selection.robustness.changes import ValueChange

CLEAR_SHARE = 0.95
"""A clear lead stays first in at least this share of the draws ..."""
CLEAR_MARGIN = 2.0
"""... and is at least this many points: about what half a point of one rating moves at a weight of one sixth."""
NARROW_MARGIN = 3.0
"""A lead that is not clear is called narrow below this many points, else "not firm"."""
TIE_MARGIN = 0.1
"""Totals that are less than this apart cannot be told apart as they are shown: a tie."""
SPREAD = 0.2
"""How far each weight is moved up or down, as a part of itself."""
DRAWS = 2_000

NOBODY, ALONE, TIE, CLOSE, CLEAR = "nobody", "alone", "tie", "close", "clear"


@dataclass(frozen=True, slots=True, eq=False)
class Firmness:
    """How firm the first place of *ranking* is.

    *first* and *second* are rows of its candidates; *margin* the points between them; *share* the part of the *draws*
    in which the first is first; *swap* the smallest change that swaps them. *acceptability* holds the shares of
    *rows*, all who are ranked, in their order; None where there is nobody. *answers* tells that the weights were drawn
    over what somebody's answers leave open instead of around the scenario by *spread*; *open_values* that values that
    are not known exactly were drawn too.
    """

    ranking: Ranking
    verdict: str
    first: int | None
    second: int | None
    margin: float | None
    share: float | None
    draws: int
    spread: float
    seed: int
    answers: bool
    open_values: bool
    swap: WeightChange | ValueChange | None
    rows: IntArray
    acceptability: Acceptability | None
    sentences: tuple[Message, ...]

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """Return the verdict as JSON: candidates by id, shares and weights as plain numbers."""
        return {
            "verdict": self.verdict,
            "first": self._key(self.first),
            "second": self._key(self.second),
            "margin": self.margin,
            "share": self.share,
            "draws": self.draws,
            "seed": self.seed,
            "spread": None if self.answers else self.spread,
            "rules": render(rules(), language),
            "sentences": [render(sentence, language) for sentence in self.sentences],
            "candidates": [self._entry(place) for place in range(len(self.rows))],
        }

    def _key(self, row: int | None) -> str | None:
        return None if row is None else str(self.ranking.candidates.ids[row])

    def _entry(self, place: int) -> dict[str, Any]:
        row, found = int(self.rows[place]), self.acceptability
        here = self.ranking.candidates
        entry = {"id": here.ids[row], "name": here.names[row]}
        if here.by_region:
            entry["region"] = here.frame["region"].iat[row]
        entry["rank"] = int(self.ranking.ranks[place])
        if found is None:
            return entry
        names = [criterion.id for criterion in self.ranking.profile.criteria]
        central = found.central_weights[place].tolist()
        return entry | {
            "rank_share": found.rank_share[place].tolist(),
            "top_share": float(found.top_share[place]),
            "central_weights": None if math.isnan(central[0]) else dict(zip(names, central, strict=True)),
            "confidence": float(found.confidence[place]),
        }


def firmness(
    ranking: Ranking,
    draws: int = DRAWS,
    seed: int = 0,
    spread: float = SPREAD,
    top: int = TOP,
    spreads: Spreads | None = None,
    open_weights: ArrayLike | Literal["answers"] | None = "answers",
    evidence: bool = False,
) -> Firmness:
    """Return how firm the lead of *ranking* is when weights and open values are drawn together.

    Each weight moves within *spread* of itself, or all of them over what *open_weights* (k x m) leave open: "answers" =
    what the answers behind the scenario leave open, where there are such. Unknown values take any value, rated ones
    within *spreads*, claimed ones as `ranges.value_ranges` says for *evidence*.
    Only who is ranked takes part; who is still to be verified is told in a sentence. Raise RunError for impossible
    draws, MethodError for a ranking by another method.
    """
    from selection.robustness.firmness_words import sentences, smallest_swap

    require_totals(ranking)
    check_draws(draws, seed)
    rows = ranking.ranked_rows
    still_open = _answered(ranking) if isinstance(open_weights, str) else open_weights
    weights = weight_draws(ranking.weights, draws, seed, spread, still_open)
    ranges = value_ranges(ranking, rows, spreads, evidence)
    shares = None
    if len(rows):
        values = np.stack([ranges.low, ranges.high], axis=2)
        shares = acceptability(values, weights, seed=seed, top=top, applies=ranges.applies)
    first, second = (int(rows[place]) if len(rows) > place else None for place in (0, 1))
    margin = None if second is None else round(float(ranking.score[first] - ranking.score[second]), 8)
    share = None if shares is None else float(shares.first_share[0])
    swap = None if first is None or second is None else smallest_swap(ranking, first, second)
    counted = ranking.weights > 0
    found = Firmness(
        ranking, verdict(len(rows), margin, share), first, second, margin, share, int(draws), float(spread), int(seed),
        still_open is not None, bool((ranges.high > ranges.low)[:, counted].any()), swap, rows, shares, (),
    )  # fmt: skip
    return replace(found, sentences=sentences(found))


def _answered(ranking: Ranking) -> FloatArray | None:
    """Return what the answers behind the scenario of *ranking* leave open; None where it is weighted otherwise."""
    from criteria.weights.still_open import open_weights

    if not np.allclose(ranking.weights, ranking.profile.weights(ranking.scenario)):
        return None
    found = open_weights(ranking.profile, ranking.scenario)
    return None if found is None or is_empty(found) else found


def verdict(ranked: int, margin: float | None, share: float | None) -> str:
    """Return the verdict of one region: its thresholds are the constants of this module.

    >>> verdict(9, 1.9, 0.61), verdict(9, 6.0, 0.99), verdict(9, 0.04, 0.5)
    ('close', 'clear', 'tie')
    >>> verdict(1, None, 1.0), verdict(0, None, None)
    ('alone', 'nobody')
    """
    if margin is None or share is None:
        return ALONE if ranked else NOBODY
    if margin < TIE_MARGIN:
        return TIE
    return CLEAR if margin >= CLEAR_MARGIN and share >= CLEAR_SHARE else CLOSE


def rules() -> Message:
    """Return what the words of the verdict mean."""
    return msg(
        "A lead is clear when it is {margin:.1f} points or more and the first stays first in {trials} of 100 trials or "
        "more; totals less than {tie:.1f} points apart are a tie; everything between is close.",
        margin=CLEAR_MARGIN,
        trials=round(100 * CLEAR_SHARE),
        tie=TIE_MARGIN,
    )
