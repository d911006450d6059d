"""Test the standard on distributors you know: whom it would have rejected or misplaced, and what does it.

Somebody marks distributors as good, average or bad. The standard is not fitted to the marks; it is asked what it would
have said, and which must-have or criterion speaks against what is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np

from criteria.curves import FloatArray
from criteria.errors import RunError
from criteria.model import Criterion, Gate, Profile
from criteria.text import Message, msg, plural
from selection.model import FAIL, Candidates
from selection.rank import Ranking, rank
from selection.scenarios_tryout import middles
from selection.screen import GateColumn
from selection.values import DECIMALS

Mark = Literal["good", "average", "bad"]
MARKS: tuple[Mark, ...] = ("good", "average", "bad")
WORTH: Mapping[str, int] = {"good": 2, "average": 1, "bad": 0}
FEWEST = 3
"""Marks below which nothing can be said."""
ENOUGH_TO_FIT = 20
"""Below this many marks weights are never fitted: they would repeat a few people's luck."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A distributor known to be good or average that the standard eliminates."""

    row: int
    mark: Mark
    criteria: tuple[str, ...]
    sentence: Message


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Two qualified distributors in the wrong order: *above* is known to be worse than *below*; *criterion* does it."""

    above: int
    below: int
    gap: float
    criterion: str
    sentence: Message


@dataclass(frozen=True, slots=True)
class Suspect:
    """A must-have or a criterion that speaks against what is known; the larger *harm* (pairs set wrong), the worse."""

    criterion: str
    gate: Gate | None
    harm: int
    sentence: Message


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What the standard says of the marked rows: *agreement* is the share of pairs that it orders as they are known."""

    ranking: Ranking
    marks: Mapping[int, Mark]
    rejected: tuple[Rejected, ...]
    misplaced: tuple[Misplaced, ...]
    suspects: tuple[Suspect, ...]
    pairs: int
    agreement: float
    sentences: tuple[Message, ...]

    @property
    def may_fit(self) -> bool:
        """Tell whether there are enough marks to ask which weights would fit."""
        return len(self.marks) >= ENOUGH_TO_FIT


def trial(
    candidates: Candidates,
    profile: Profile,
    marks: Mapping[str, Mark],
    region: str | None = None,
    scenario: str | None = None,
) -> Trial:
    """Return what the standard would have said of the distributors in *marks* (id -> good, average, bad).

    Unknown values stand in the middle of their range, and a must-have that cannot be decided rejects nobody. Raise
    RunError for a mark that is none, for an id that is not there, or for less than FEWEST marks of two kinds.
    """
    ranking = rank(candidates, profile, region, scenario)
    known = _by_row(ranking, marks)
    rejected = tuple(
        _rejected(ranking, row, mark) for row, mark in known.items() if mark != "bad" and _is_out(ranking, row)
    )
    pairs = _pairs(known)
    misplaced = tuple(sorted((m for m in _misplaced(ranking, pairs)), key=lambda m: -m.gap))
    right = sum(_order(ranking, better, worse) for better, worse in pairs)
    agreement = right / len(pairs)
    suspects = (*_gate_suspects(ranking, known, pairs), *_criterion_suspects(ranking, pairs))
    sentences = _sentences(known, rejected, misplaced, suspects, agreement)
    return Trial(ranking, known, rejected, misplaced, suspects, len(pairs), agreement, sentences)


def _by_row(ranking: Ranking, marks: Mapping[str, Mark]) -> dict[int, Mark]:
    rows = {str(key): row for row, key in reversed(list(enumerate(ranking.candidates.ids.tolist())))}
    for key, mark in marks.items():
        if mark not in WORTH:
            raise RunError(msg("“{mark}” is no mark. There are: {known}.", mark=str(mark), known=", ".join(MARKS)))
        if key not in rows:
            raise RunError(msg("There is no candidate “{id}” here to be marked.", id=key))
    known = {rows[key]: mark for key, mark in marks.items()}
    if len(known) < FEWEST or len(set(known.values())) < 2:
        raise RunError(
            msg("Mark at least {n} distributors you know, of at least two kinds, to test the standard.", n=FEWEST)
        )
    return dict(sorted(known.items()))


def _pairs(known: Mapping[int, Mark]) -> list[tuple[int, int]]:
    """Return (better, worse) for every two rows with different marks."""
    return [
        (one, other) if WORTH[known[one]] > WORTH[known[other]] else (other, one)
        for one, other in combinations(known, 2)
        if known[one] != known[other]
    ]


def _is_out(ranking: Ranking, row: int) -> bool:
    return bool(ranking.screening.verdicts[row] == FAIL)


def _order(ranking: Ranking, better: int, worse: int) -> float:
    """Return 1 where the standard puts *better* first, 0 where last, ½ where it cannot tell them apart."""
    first, second = (-1.0 if _is_out(ranking, row) else float(ranking.score[row]) for row in (better, worse))
    return 1.0 if first > second else 0.5 if first == second else 0.0


def _name(ranking: Ranking, row: int) -> str:
    from selection.departure import short

    return short(str(ranking.candidates.names[row]))


def _rejected(ranking: Ranking, row: int, mark: Mark) -> Rejected:
    failures = ranking.screening.failures(row)
    facts = {"name": _name(ranking, row), "failure": failures[0].sentence}
    sentence = (
        msg("Your standard would have rejected {name}, a good one. {failure}", **facts)
        if mark == "good"
        else msg("Your standard would have rejected {name}, an average one. {failure}", **facts)
    )
    return Rejected(row, mark, tuple(failure.criterion for failure in failures), sentence)


def _misplaced(ranking: Ranking, pairs: list[tuple[int, int]]) -> list[Misplaced]:
    """Return the pairs of qualified rows in the wrong order, with the criterion that gives the worse one most."""
    found = []
    for better, worse in pairs:
        gap = float(ranking.score[worse] - ranking.score[better])
        if gap <= 0 or _is_out(ranking, better) or _is_out(ranking, worse):
            continue
        points = _points(ranking, [worse, better])
        criterion = ranking.profile.criteria[int(np.argmax(points[0] - points[1]))]
        sentence = msg(
            "{worse} would stand {gap:.1f} points above {better}, mostly because of {criterion}.",
            worse=_name(ranking, worse),
            better=_name(ranking, better),
            gap=gap,
            criterion=criterion.title,
        )
        found.append(Misplaced(worse, better, gap, criterion.id, sentence))
    return found


def _points(ranking: Ranking, rows: list[int]) -> FloatArray:
    """Return the points of some rows per criterion (rows × m), unknown values in the middle; they sum to the score."""
    found = middles(ranking, np.array(rows, dtype=np.int64))
    share = (found.applies @ ranking.weights)[:, None]
    return np.asarray(found.values * ranking.weights / np.where(share > 0, share, 1.0), dtype=np.float64)


# --- who does it ------------------------------------------------------------------------------------------------------


def _gate_suspects(ranking: Ranking, known: Mapping[int, Mark], pairs: list[tuple[int, int]]) -> list[Suspect]:
    """Return the must-haves that reject better distributors and keep worse ones, the most harmful first.

    The harm of a must-have is the number of pairs in which it rejects the better one and keeps the worse one; of two
    that do the same harm, the one that does less good (rejects the worse one alone) comes first.
    """
    found = []
    for column in ranking.screening.gates:
        out = {row: bool(column.codes[row] == FAIL) for row in known}
        harm = sum(out[better] and not out[worse] for better, worse in pairs)
        good = sum(out[worse] and not out[better] for better, worse in pairs)
        if harm:
            suspect = Suspect(column.criterion.id, column.gate, harm, _gate_sentence(column, known, out))
            found.append((good - harm, suspect))
    return [suspect for _, suspect in sorted(found, key=lambda pair: pair[0])]


def _gate_sentence(column: GateColumn, known: Mapping[int, Mark], out: Mapping[int, bool]) -> Message:
    counts = {mark: [out[row] for row in known if known[row] == mark] for mark in MARKS}
    facts: dict[str, Any] = {
        "criterion": column.criterion.title,
        "good": sum(counts["good"]),
        "goods": len(counts["good"]),
        "bad": sum(counts["bad"]),
        "bads": len(counts["bad"]),
    }
    if facts["good"] * facts["bads"] >= facts["bad"] * facts["goods"]:
        return msg(
            "The must-have on {criterion} rejects {good} of {goods} good ones and {bad} of {bads} bad ones: "
            "it keeps out those you want.",
            **facts,
        )
    return msg(
        "The must-have on {criterion} rejects {good} of {goods} good ones and {bad} of {bads} bad ones.", **facts
    )


def _criterion_suspects(ranking: Ranking, pairs: list[tuple[int, int]]) -> list[Suspect]:
    """Return the weighted criteria on which those known to be worse are mostly better, the most harmful first."""
    points = _points(ranking, list(range(len(ranking.candidates))))
    found = []
    for j, criterion in enumerate(ranking.profile.criteria):
        if ranking.weights[j] <= 0:
            continue
        gaps = np.round([points[worse, j] - points[better, j] for better, worse in pairs], DECIMALS)
        harm = int((gaps > 0).sum()) - int((gaps < 0).sum())
        if harm > len(pairs) / 4:
            found.append(Suspect(criterion.id, None, harm, _criterion_sentence(criterion, gaps)))
    return sorted(found, key=lambda suspect: -suspect.harm)


def _criterion_sentence(criterion: Criterion, gaps: FloatArray) -> Message:
    return msg(
        "{criterion} favours the worse one in {wrong} of {pairs} pairs: ask whether it says what you mean, "
        "or whether its scale is turned round.",
        criterion=criterion.title,
        wrong=int((gaps > 0).sum()),
        pairs=len(gaps),
    )


def _sentences(
    known: Mapping[int, Mark],
    rejected: tuple[Rejected, ...],
    misplaced: tuple[Misplaced, ...],
    suspects: tuple[Suspect, ...],
    agreement: float,
) -> tuple[Message, ...]:
    """Return the answer first, then the few sentences that prove it, then what was not done."""
    n = len(known)
    if rejected:
        head = plural(
            "The standard would have rejected {n} distributor that you know to be good enough.",
            "The standard would have rejected {n} distributors that you know to be good enough.",
            len(rejected),
        )
    elif misplaced:
        head = msg(
            "The standard rejects none of those you know to be good enough; {share:.0f} of 100 pairs stand in the "
            "order you know.",
            share=100 * agreement,
        )
    else:
        head = msg("The standard agrees with what you know of these {n} distributors.", n=n)
    shown: tuple[Rejected | Suspect | Misplaced, ...] = (*rejected[:3], *suspects[:2], *misplaced[:3])
    body = [item.sentence for item in shown]
    tail = [msg("With {n} marks nothing is fitted; from {enough} on, weights that fit them can be shown.",
                n=n, enough=ENOUGH_TO_FIT)] if n < ENOUGH_TO_FIT else []  # fmt: skip
    return (head, *body, *tail)
