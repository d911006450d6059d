"""Hypothesis strategies for the core: standards of every kind, and candidates with every kind of gap.

Figures are small and round on purpose: ties, knots and limits are hit often, and a failing example can be read.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from criteria import Profile, parse_profile
from selection import Waiver

KINDS = ("up", "down", "range", "judged", "levels")
NAMES = ("Havel", "伟业商贸", "=1+1", "<b>x</b>", "{name}", "O'Brien & Söhne", "Havel")
REGIONS = ("DE", "FR", "AT", "NO")

knots = st.integers(-4, 12)


@st.composite
def curves(draw: st.DrawFn, kind: str = "up") -> dict[str, float]:
    """Draw the knots of a curve; shared knots are frequent."""
    if kind == "range":
        six = draw(st.lists(knots, min_size=6, max_size=6).map(sorted).filter(lambda k: k[0] < k[-1]))
        names = ("low_floor", "low_qualified", "low_ideal", "high_ideal", "high_qualified", "high_floor")
        return dict(zip(names, six, strict=True))
    three = draw(st.lists(knots, min_size=3, max_size=3).map(sorted).filter(lambda k: k[0] < k[-1]))
    return dict(zip(("floor", "qualified", "ideal"), three if kind == "up" else three[::-1], strict=True))


@st.composite
def gates(draw: st.DrawFn, kind: str) -> Any:
    """Draw what a `gate` key may hold; a target range has no limit of its own here."""
    short = draw(st.sampled_from(["none", "none", "conditional", "hard", None]))
    if short is not None:
        return short
    limits = {"judged": st.integers(2, 10).map(lambda n: n / 2), "up": knots, "down": knots}
    limit = st.none() if kind == "range" else st.none() | limits.get(kind, st.integers(0, 100))
    gate = st.fixed_dictionaries(
        {"kind": st.sampled_from(["conditional", "hard"]), "limit": limit, "min_level": st.none() | st.integers(0, 3)}
    )
    return draw(st.lists(gate, min_size=1, max_size=2))


@st.composite
def criteria(draw: st.DrawFn, identity: str, *, gated: bool = True) -> dict[str, Any]:
    """Draw one criterion that has a scale of its own."""
    kind = draw(st.sampled_from(KINDS))
    entry: dict[str, Any] = {"id": identity}
    if kind == "judged":
        entry["kind"] = "judged"
    elif kind == "levels":
        values = draw(st.lists(st.none() | st.sampled_from([0, 25, 50, 75, 100]), min_size=1, max_size=4))
        entry["levels"] = {f"level {i}": {"value": value} for i, value in enumerate(values)}
    else:
        entry["curve"] = draw(curves(kind))
    if gated:
        entry["gate"] = draw(gates(kind))
    if draw(st.booleans()):
        entry["step"] = draw(st.sampled_from([4, 5, [4, 5]]))
    return entry


@st.composite
def documents(draw: st.DrawFn, *, gated: bool = True, largest: int = 5) -> dict[str, Any]:
    """Draw a whole standard as the plain document of its file: composites, scenarios, regions and a cut line too."""
    entries = [draw(criteria(f"c{i}", gated=gated)) for i in range(draw(st.integers(1, largest)))]
    if draw(st.booleans()):
        leaves = draw(st.lists(st.sampled_from([e["id"] for e in entries]), min_size=1, max_size=3, unique=True))
        gate = draw(gates("composite")) if gated else "none"
        entries.append({"id": "whole", "composite": {leaf: draw(st.integers(1, 4)) for leaf in leaves}, "gate": gate})
    if draw(st.booleans()):
        entries.append({"id": "listed only"})
    document: dict[str, Any] = {"name": "drawn", "criteria": entries}
    scored = [entry["id"] for entry in entries if entry["id"] != "listed only"]
    names = draw(st.lists(st.sampled_from(["balanced", "cautious", "expansion"]), max_size=3, unique=True))
    document["scenarios"] = {name: draw(points(scored)) for name in names}
    document["region_groups"] = draw(st.sampled_from([{}, {"EU": ["DE", "FR"]}]))
    if draw(st.booleans()):
        document["regions"] = {"DE": draw(changes(entries, names))}
    if draw(st.booleans()):
        document["minimum_total"] = draw(st.sampled_from([0, 50, 62.5, 100]))
    return document


def points(ids: list[str]) -> st.SearchStrategy[dict[str, int]]:
    """Draw weights with at least one above zero."""
    weights = st.dictionaries(st.sampled_from(ids), st.integers(0, 9), min_size=1)
    return weights.filter(lambda chosen: any(chosen.values()))


@st.composite
def changes(draw: st.DrawFn, entries: list[dict[str, Any]], scenarios: list[str]) -> dict[str, Any]:
    """Draw what differs in a region: a curve, a gate, a weight."""
    change: dict[str, Any] = {"criteria": {}}
    entry = draw(st.sampled_from([entry for entry in entries if entry["id"] != "listed only"]))
    change["criteria"][entry["id"]] = {"gate": draw(st.sampled_from(["none", "conditional", "hard"]))}
    if "floor" in entry.get("curve", {}):
        change["criteria"][entry["id"]]["curve"] = draw(curves("up"))
    if scenarios:
        change["scenarios"] = {scenarios[0]: {entry["id"]: draw(st.integers(1, 9))}}
    return change


def profiles(*, gated: bool = True, largest: int = 5) -> st.SearchStrategy[Profile]:
    """Draw a standard."""
    return documents(gated=gated, largest=largest).map(parse_profile)


def raw_values(criterion: Any, *, gaps: bool = True) -> st.SearchStrategy[Any]:
    """Draw a raw value that *criterion* can take; with *gaps* also unknown and not applicable."""
    if criterion.levels is not None:
        known: st.SearchStrategy[Any] = st.sampled_from(sorted(criterion.levels))
    elif criterion.kind == "judged":
        known = st.integers(2, 10).map(lambda n: n / 2)
    elif criterion.composite is not None:
        known = st.integers(0, 20).map(lambda n: n * 5.0) if not gaps else st.none()
    else:
        known = st.integers(-12, 30).map(lambda n: n / 2)
    return known if not gaps else st.one_of(known, known, known, known, st.none(), st.just("not applicable"))


@st.composite
def frames(
    draw: st.DrawFn, profile: Profile, *, gaps: bool = True, smallest: int = 0, largest: int = 7, regional: bool = True
) -> pd.DataFrame:
    """Draw a table of candidates for *profile*: ids in any order, gaps, evidence levels, and regions in each form."""
    n = draw(st.integers(smallest, largest))
    ids = draw(st.permutations([f"k{i}" for i in range(n)]))
    columns: dict[str, list[Any]] = {"id": list(ids), "name": [draw(st.sampled_from(NAMES)) for _ in ids]}
    shape = draw(st.sampled_from(["none", "regions", "region"])) if regional else "none"
    if shape == "regions":
        names = st.lists(st.sampled_from(REGIONS), max_size=3, unique=True).map("; ".join)
        columns["regions"] = [draw(names) for _ in ids]
    if shape == "region":
        columns["id"] = [f"k{i // 2}" for i in range(n)]
        columns["region"] = [REGIONS[i % 2] for i in range(n)]
    for criterion in profile.criteria:
        if draw(st.integers(0, 7)):  # now and then a whole column is missing
            columns[criterion.id] = [draw(raw_values(criterion, gaps=gaps)) for _ in ids]
        if gaps and criterion.gates and draw(st.booleans()):
            columns[f"{criterion.id}.level"] = [draw(st.none() | st.integers(0, 3)) for _ in ids]
    return pd.DataFrame({key: pd.Series(values, dtype=object) for key, values in columns.items()})


@st.composite
def problems(draw: st.DrawFn, *, gated: bool = True, **options: Any) -> tuple[Profile, pd.DataFrame]:
    """Draw a standard and candidates for it."""
    profile = draw(profiles(gated=gated))
    return profile, draw(frames(profile, **options))


@st.composite
def waivers(draw: st.DrawFn, profile: Profile, frame: pd.DataFrame) -> tuple[Waiver, ...]:
    """Draw waivers that are possible everywhere: for criteria with a conditional gate whatever the region."""
    open_to = [c.id for c in profile.criteria if c.gates and any(gate.kind == "conditional" for gate in c.gates)]
    changed = {key for change in profile.regions.values() for key in change.criteria}
    open_to = [key for key in open_to if key not in changed]
    if not open_to or frame.empty:
        return ()
    pairs = st.tuples(st.sampled_from(sorted(set(frame["id"]))), st.sampled_from(open_to))
    chosen = draw(st.lists(pairs, max_size=3, unique=True))
    return tuple(Waiver(identity, criterion, "A. Person", "a bank guarantee") for identity, criterion in chosen)


JUNK = (
    None,
    np.nan,
    pd.NA,
    pd.NaT,
    "",
    "--",
    "n/a",
    "12",
    " 7 ",
    "1,5",
    "abc",
    "not applicable",
    "不适用",
    True,
    3,
    2.5,
)
JUNK += (
    np.inf,
    -np.inf,
    1e308,
    -1e308,
    5e-324,
    10**400,
    2j,
    "\x00",
    "=1+1",
    [1],
    (),
    {"a": 1},
    pd.Timestamp(2020, 1, 1),
)


@st.composite
def wild_frames(draw: st.DrawFn, profile: Profile) -> pd.DataFrame:
    """Draw a table that nobody cleaned: any object in any cell, columns missing or standing twice."""
    n = draw(st.integers(0, 4))
    names = ["id", "name", "region", "regions", "other", *profile.by_id, *(f"{key}.level" for key in profile.by_id)]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=8))
    if draw(st.integers(0, 9)):
        chosen = ["id", *dict.fromkeys(name for name in chosen if name != "id")]
    cells = [
        [f"k{i}" for i in range(n)] if name == "id" and draw(st.integers(0, 4)) else
        draw(st.lists(st.sampled_from(JUNK), min_size=n, max_size=n))
        for name in chosen
    ]  # fmt: skip
    frame = pd.concat([pd.Series(cell, dtype=object) for cell in cells], axis=1)
    frame.columns = pd.Index(chosen)
    return frame


def random_problem(seed: int, n: int, m: int) -> tuple[Profile, pd.DataFrame]:
    """Return a seeded problem of any size on rising curves, 5 % unknown, with weights 1 ... m."""
    generator = np.random.default_rng(seed)
    ids = [f"c{j}" for j in range(m)]
    document = {
        "name": "random",
        "criteria": [{"id": key, "curve": {"floor": 0, "qualified": 4, "ideal": 10}} for key in ids],
        "scenarios": {"balanced": {key: j + 1 for j, key in enumerate(ids)}},
    }
    values = generator.uniform(-1, 12, (n, m))
    values[generator.random((n, m)) < 0.05] = np.nan
    frame = pd.DataFrame(values, columns=ids)
    frame.insert(0, "id", [f"k{i:06d}" for i in range(n)])
    return parse_profile(document), frame
