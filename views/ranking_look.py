"""What the Ranking page looks at: one region, one scenario, one stage, and the people who can be asked about."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from criteria.errors import DecisionError
from criteria.text import Message
from selection import Ranking
from selection.basis import BASES, facts_share, has_both, on_basis
from selection.model import Figures
from selection.progress import Progress, is_interview, progress
from selection.scenarios import row_key
from views import context
from views.address import keep, take
from views.context import Context
from views.words import md, t

DESK, FULL = "desk", "full"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the pool: *row* in the ranking's candidates, None where they do not serve this region."""

    id: str
    name: str
    label: str
    row: int | None


@dataclass(frozen=True, slots=True)
class Look:
    """One view of the ranking; *full* counts every factor, *ranking* is what is shown."""

    ctx: Context
    full: Ranking
    ranking: Ranking
    progress: Progress
    people: Mapping[str, Person]
    keys: tuple[str, ...]
    pins: frozenset[str]

    @property
    def early(self) -> bool:
        """Tell whether the desk ranking is shown because interviews are missing."""
        return self.progress.too_early and self.ranking.stage == DESK

    @property
    def key(self) -> str:
        """Return what tells this view from another: a suffix for keys of tables."""
        r = self.ranking
        return f"{self.ctx.project.id}_{r.region}_{r.scenario}_{r.stage}_{r.parameters.get('basis', '')}"

    @property
    def basis(self) -> str | None:
        """Return "facts" or "ratings" where only these count, None for everything."""
        return self.ranking.parameters.get("basis")

    def label(self, row: int) -> str:
        """Return how a row is called in selectors and tables."""
        return self.people[self.key_of(row)].label

    def leader(self) -> str | None:
        """Return who stands first: the best ranked, else to be verified, else eliminated."""
        r = self.ranking
        rows = [*r.ranked_rows[:1].tolist(), *r.pending_rows[:1].tolist(), *r.eliminated_rows[:1].tolist()]
        return self.key_of(rows[0]) if rows else None

    def key_of(self, row: int) -> str:
        """Return the key by which a row is named in selectors and in the address."""
        return self.keys[row]

    def figures(self, key: str) -> Figures | None:
        """Return the figures behind a key; None for somebody outside this region."""
        row = self.people[key].row
        return None if row is None else self.ranking.figures(row)


def look(ctx: Context, region: str | None, scenario: str) -> Look | None:
    """Show the stage selector and return the view; None, with a sentence, where there is nothing to rank."""
    try:
        full = context.ranking(ctx, region, scenario)
        found = progress(ctx.candidates, ctx.profile, full)
        shown = _staged(ctx, full, found)
    except DecisionError as error:
        st.warning(md(error.message), icon=":material/info:")
        return None
    keys = _keys(shown)
    return Look(ctx, full, shown, found, _people(ctx, shown, keys), keys, _pins(ctx.project.id, ctx.stamp))


@st.cache_data(max_entries=20, show_spinner=False)
def _pins(project: str, stamp: str) -> frozenset[str]:
    return frozenset(context.store().pins(project))


def _staged(ctx: Context, full: Ranking, found: Progress) -> Ranking:
    """Return the ranking on what shall count; while interviews are missing the page turns to the desk by itself."""
    desk = _desk(ctx, full)
    ways = [*([DESK] if desk is not None else []), FULL, *(BASES if has_both(full) else ())]
    if len(ways) == 1:
        return full
    names = {
        DESK: t("Desk ranking"), FULL: t("Full ranking"), "facts": t("Facts only"), "ratings": t("Ratings only"),
    }  # fmt: skip
    # Two keys: the default follows the facts until somebody chooses, and a choice holds for its state of affairs.
    default, key = (DESK, "stage_early") if found.too_early and DESK in ways else (FULL, "stage")
    take(key, ways, default)
    chosen = st.segmented_control(
        t("What counts"), ways, required=True, key=key, format_func=names.__getitem__, wrap=True,
        help=t(
            "A desk ranking counts only what can be known before the interviews; the full ranking everything; "
            "facts and ratings can each be looked at alone."
        ),
    )  # fmt: skip
    keep(key, chosen, default)
    if chosen in BASES:
        st.caption(_left_out(full, chosen))
        return on_basis(full, chosen) or full
    return desk if chosen == DESK and desk is not None else full


def _left_out(full: Ranking, basis: str) -> str:
    """Say what a ranking on facts or ratings alone leaves out, so that nobody takes it for the ranking."""
    share = 100 * facts_share(full)
    if basis == "facts":
        return md(t("Only facts count here; ratings, {share:.0f} % of the weight, are left out.", share=100 - share))
    return md(t("Only ratings count here; facts, {share:.0f} % of the weight, are left out.", share=share))


def _desk(ctx: Context, full: Ranking) -> Ranking | None:
    """Return the ranking before the interviews; None where it would be the same, or empty."""
    weighed = zip(full.profile.criteria, full.weights.tolist(), strict=True)
    if any(is_interview(criterion) and weight > 0 for criterion, weight in weighed):
        with contextlib.suppress(DecisionError):  # nothing weighs anything before the interviews
            return context.ranking(ctx, full.region, full.scenario, DESK)
    return None


def _keys(ranking: Ranking) -> tuple[str, ...]:
    """Return the key of every row: the id, with the region where one candidate has several rows here."""
    here = ranking.candidates
    if here.by_region and ranking.region is None:
        return tuple(row_key(here, row) for row in range(len(here)))
    return tuple(here.ids.tolist())


def _people(ctx: Context, ranking: Ranking, keys: tuple[str, ...]) -> dict[str, Person]:
    """Return everybody in the pool by key; two of one name are told apart by their ids."""
    here, pool = ranking.candidates, ctx.candidates
    by_row = here.by_region and ranking.region is None
    count = Counter(dict(zip(pool.ids.tolist(), pool.names.tolist(), strict=True)).values())
    regions = here.frame["region"].tolist() if by_row else []
    people = {}
    for row, (id_, name) in enumerate(zip(here.ids.tolist(), here.names.tolist(), strict=True)):
        label = name if count[name] < 2 else f"{name} ({id_})"
        people[keys[row]] = Person(id_, name, f"{label} · {regions[row]}" if by_row else label, row)
    known = {person.id for person in people.values()}
    for id_, name in zip(pool.ids.tolist(), pool.names.tolist(), strict=True):
        if id_ not in known:
            people[id_] = Person(id_, name, name if count[name] < 2 else f"{name} ({id_})", None)
    return people


def heading(text: Message | str) -> None:
    """Show a small heading; the text may hold names from outside."""
    st.markdown(f"##### {md(text)}")
