"""What has changed since a decision was made: its snapshot then, the ranking now, and the sentences between them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from criteria.text import Message, msg, plural
from selection.departure import short
from selection.model import FAIL, PENDING
from selection.rank import Ranking

KEPT = 10
"""How many places of the ranking a snapshot keeps, beside those of the chosen candidates."""


def snapshot(ranking: Ranking, *rows: int | None) -> dict[str, Any]:
    """Return what a decision keeps of the ranking it rests on, as plain JSON values; *rows* are the chosen ones."""
    keep = dict.fromkeys([*ranking.ranked_rows[:KEPT].tolist(), *(row for row in rows if row is not None)])
    return {
        "fingerprint": ranking.fingerprint,
        "scenario": ranking.scenario,
        "candidates": len(ranking.candidates),
        "places": {str(ranking.candidates.ids[row]): _place(ranking, row) for row in keep},
    }


def _place(ranking: Ranking, row: int) -> dict[str, Any]:
    return {"name": str(ranking.candidates.names[row]), "rank": rank_of(ranking, row), "score": _score(ranking, row)}


def _score(ranking: Ranking, row: int) -> float | None:
    score = float(ranking.score[row])
    return score if math.isfinite(score) else None


def rank_of(ranking: Ranking, row: int) -> int | None:
    """Return the rank of a row; None where it is eliminated or still to be verified."""
    found = np.flatnonzero(ranking.ranked_rows == row)
    return int(ranking.ranks[found[0]]) if found.size else None


def changes(kept: Mapping[str, Any], ranking: Ranking) -> tuple[Message, ...]:
    """Return what is different now from the snapshot *kept*; nothing where the fingerprint is the same.

    *ranking* must be of the scenario that the snapshot names.
    """
    if kept.get("fingerprint") == ranking.fingerprint:
        return ()
    rows = {str(key): row for row, key in enumerate(ranking.candidates.ids.tolist())}
    sentences = [
        sentence
        for key, before in (kept.get("places") or {}).items()
        if (sentence := _moved(ranking, rows.get(key), before)) is not None
    ]
    sentences += _newcomers(ranking, kept)
    more = len(ranking.candidates) - int(kept.get("candidates") or 0)
    if more > 0:
        sentences.append(plural("{n} candidate was added here.", "{n} candidates were added here.", more))
    if more < 0:
        sentences.append(plural("{n} candidate is gone from here.", "{n} candidates are gone from here.", -more))
    return tuple(sentences) or (msg("Facts, weights or must-haves were changed; no place in the ranking moved."),)


def _moved(ranking: Ranking, row: int | None, before: Mapping[str, Any]) -> Message | None:
    """Return how one candidate moved, None where its place and shown total are the same."""
    name, old = short(str(before.get("name"))), before.get("rank")
    if row is None:
        return msg("{name} is no longer in the list.", name=name)
    verdict, rank = int(ranking.screening.verdicts[row]), rank_of(ranking, row)
    if verdict in (PENDING, FAIL):
        return _left(ranking, row, name) if old is not None else None
    score, then = float(ranking.score[row]), before.get("score")
    if old is None:
        return msg(
            "{name} now meets every must-have: number {rank} with {score:.1f}.", name=name, rank=rank, score=score
        )
    if then is None or (rank == old and round(score, 1) == round(float(then), 1)):
        return None
    facts = {"name": name, "rank": rank, "old": old, "score": score, "then": float(then)}
    if rank == old:
        return msg("{name} stays number {rank}: {then:.1f} → {score:.1f}.", **facts)
    return msg("{name}: number {old} → {rank} ({then:.1f} → {score:.1f}).", **facts)


def _left(ranking: Ranking, row: int, name: str) -> Message:
    failures = ranking.screening.failures(row)
    if failures:
        return msg("{name} is now eliminated. {failure}", name=name, failure=failures[0].sentence)
    return msg("{name} is now to be verified again.", name=name)


def _newcomers(ranking: Ranking, kept: Mapping[str, Any]) -> list[Message]:
    """Return who stands among the first three now and was not among those kept."""
    known = kept.get("places") or {}
    return [
        msg("{name} is new: number {rank} with {score:.1f}.", name=short(entry.figures.name), rank=entry.rank,
            score=entry.figures.score)
        for entry in ranking.ranked[:3]
        if entry.figures.id not in known
    ]  # fmt: skip
