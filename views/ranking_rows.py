"""The rows of the ranked list: the ideal, who is ranked, who is to be verified, who is out, and who is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from criteria.text import join, msg
from selection.explain import headline
from selection.model import Eliminated, Figures, Pending, Ranked
from selection.screen import REGION_UNKNOWN
from views.ranking_bars import bar
from views.ranking_look import Look
from views.ranking_numbers import band, place
from views.words import language, say, t

FIRST = 10
MOST = 1000
"""Rows on one page at most; the downloads hold all of them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list; *key* is None for the ideal."""

    key: str | None
    place: str
    name: str
    bar: str
    score: float | None
    band: str
    why: str
    marks: str


def ideal_row() -> Row:
    """Return the ideal distributor: the first row of every list."""
    return Row(None, "–", t("The ideal"), bar(100.0, 100.0), 100.0, "", t("what the standard describes"), "")


def ranked_row(look: Look, entry: Ranked) -> Row:
    """Return the row of a ranked candidate."""
    marks = []
    if entry.below_line:
        line = look.ranking.profile.minimum_total
        marks.append(t("below the line of {line:.0f}", line=line))
    titles = [look.ranking.profile.by_id[key].title for key in entry.waived]
    if titles:
        marks.append(t("must-have waived: {criteria}", criteria=join(titles, language())))
    return _row(look, entry.figures, place(entry.rank, entry.tied), say(headline(look.ranking, entry.figures)), marks)


def pending_row(look: Look, entry: Pending) -> Row:
    """Return the row of a candidate to be verified: what is open, and between which ranks it may end."""
    by_id = look.ranking.profile.by_id
    open_ = join([msg("region") if key == REGION_UNKNOWN else by_id[key].title for key in entry.unknown], language())
    facts = {"open": open_, "best": entry.rank_best, "worst": entry.rank_worst}
    if entry.rank_best == entry.rank_worst:
        why = t("not yet known: {open}; would be number {best}", **facts)
    else:
        why = t("not yet known: {open}; could be number {best} to {worst}", **facts)
    return _row(look, entry.figures, "?", why, [])


def eliminated_row(look: Look, entry: Eliminated) -> Row:
    """Return the row of an eliminated candidate, with its first failed must-have."""
    marks = [t("near miss")] if entry.near_miss else []
    why = say(entry.failed[0].sentence) if entry.failed else ""
    return _row(look, entry.figures, t("out"), why, marks, muted=True)


def _row(look: Look, figures: Figures, at: str, why: str, marks: list[str], *, muted: bool = False) -> Row:
    key = look.key_of(figures.row)
    pinned = [t("pinned")] if figures.id in look.pins else []
    return Row(
        key, at, look.people[key].label, bar(round(figures.low, 1), round(figures.high, 1), muted),
        round(figures.score, 1), band(figures.low, figures.high), why, join([*pinned, *marks], language()),
    )  # fmt: skip


def elsewhere_row(look: Look, key: str) -> Row:
    """Return the row of somebody who does not serve this region."""
    person = look.people[key]
    why = t("does not serve {region}", region=look.ranking.region or "")
    marks = t("pinned") if person.id in look.pins else ""
    return Row(key, "–", person.label, "", None, "", why, marks)


def rows(look: Look, which: str, everything: bool) -> tuple[list[Row], int]:
    """Return the rows of one list ("here", "qualified", "pending", "eliminated", "all") and how many were left out."""
    r = look.ranking
    parts: dict[str, list[Row]] = {}
    limit = MOST if everything else FIRST
    lists = {"here": ("ranked", "pending"), "qualified": ("ranked",), "pending": ("pending",)}.get(which, ())
    lists = ("ranked", "pending", "eliminated") if which == "all" or (which == "here" and everything) else lists
    lists = ("eliminated",) if which == "eliminated" else lists
    if "ranked" in lists:
        parts["ranked"] = [ranked_row(look, entry) for entry in r.ranked[:limit]]
    if "pending" in lists:
        parts["pending"] = [pending_row(look, entry) for entry in r.pending[:limit]]
    if "eliminated" in lists:
        parts["eliminated"] = [eliminated_row(look, entry) for entry in r.eliminated[:limit]]
    found = [row for part in parts.values() for row in part]
    outside = [key for key, person in look.people.items() if person.row is None] if which == "all" else []
    found += [elsewhere_row(look, key) for key in outside[: max(limit - len(found), 0)]]
    there = {"ranked": len(r.ranked), "pending": len(r.pending), "eliminated": len(r.eliminated)}
    left_out = sum(there[name] for name in lists) + len(outside) - len(found)
    return _with_pins(look, found), left_out


def _with_pins(look: Look, found: list[Row]) -> list[Row]:
    """Return the rows with every pinned candidate in sight: those that the list leaves out follow at its end."""
    shown = {row.key for row in found}
    pinned = [key for key, person in look.people.items() if person.id in look.pins and key not in shown]
    return found + [one_row(look, key) for key in pinned[:FIRST]]


def one_row(look: Look, key: str) -> Row:
    """Return the row of one candidate, wherever it stands."""
    row = look.people[key].row
    if row is None:
        return elsewhere_row(look, key)
    r = look.ranking
    for entries, build in ((r.ranked, ranked_row), (r.pending, pending_row), (r.eliminated, eliminated_row)):
        position = (entries.rows == row).nonzero()[0]
        if position.size:
            return build(look, entries[int(position[0])])
    return elsewhere_row(look, key)


def table(found: list[Row]) -> pd.DataFrame:
    """Return the rows as the table that is shown."""
    names = ("place", "name", "bar", "score", "band", "why", "marks")
    frame = pd.DataFrame({name: [getattr(row, name) for row in found] for name in names})
    frame["score"] = frame["score"].astype("float64")
    return frame
