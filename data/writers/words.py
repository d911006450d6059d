"""The words of the exports: sheets, headers, marks. Every export speaks the same ones."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import reduce

from criteria.loading import families
from criteria.model import SCENARIO_TITLES, Criterion, Gate
from criteria.text import LocalText, Message, msg, pmsg, render
from selection.model import FAIL, PENDING, VERDICTS
from selection.rank import Ranking
from selection.screen import REGION_UNKNOWN, number, quantity

SHEETS: Mapping[str, Message] = {
    "ranking": pmsg("sheet", "Ranking"),
    "why": pmsg("sheet", "Why"),
    "eliminated": pmsg("sheet", "Eliminated"),
    "pending": pmsg("sheet", "To be verified"),
    "criteria": pmsg("sheet", "Criteria and weights"),
    "scenarios": pmsg("sheet", "Scenarios"),
    "about": pmsg("sheet", "About"),
    "calculation": pmsg("sheet", "Calculation"),
}

RANK = pmsg("column", "Rank")
TIED = pmsg("column", "Tied")
IDENTITY = pmsg("column", "ID")
NAME = pmsg("column", "Name")
REGION = pmsg("column", "Region")
SCORE = pmsg("column", "Score")
LOW = pmsg("column", "Low")
HIGH = pmsg("column", "High")
KNOWN = pmsg("column", "Known share")
VERDICT = pmsg("column", "Verdict")
NOTE = pmsg("column", "Note")
BEST = pmsg("column", "Best rank")
WORST = pmsg("column", "Worst rank")
OPEN = pmsg("column", "What to verify")
TOTAL = pmsg("column", "Total, had it qualified")
NEAR = pmsg("column", "Near miss")
CRITERION = pmsg("column", "Criterion")
MUST_HAVE = pmsg("column", "Must-have")
VALUE = pmsg("column", "Value")
LIMIT = pmsg("column", "Limit")
SHORTFALL = pmsg("column", "Short by")
REASON = pmsg("column", "Reason")
FAMILY = pmsg("column", "Family")
UNIT = pmsg("column", "Unit")
WEIGHT = pmsg("column", "Weight")
COUNTED = pmsg("column", "Weight that counts")
SHARE = pmsg("column", "Share")
EXPORTED = pmsg("column", "Weight at export")
CELL = pmsg("column", "Name of the cell")
QUALIFIED_AT = pmsg("column", "Qualified (50)")
IDEAL_AT = pmsg("column", "Ideal (100)")
NOW = pmsg("column", "As weighted now")
POINTS = pmsg("column", "Points")

UNKNOWN = msg("unknown")
NOT_APPLICABLE = msg("not applicable")
NO_WEIGHT = msg("no weight")
THE_IDEAL = msg("The ideal")
BELOW_LINE = msg("below the qualified line")
YES, NO = pmsg("answer", "yes"), pmsg("answer", "no")
MARKS = msg("Scores run from 0 to 100: 50 = qualified line, 100 = ideal.")
DESK = msg("Desk ranking: only what is known from a desk counts; interviews are still to come.")
KINDS = {"conditional": msg("may be waived"), "hard": msg("cannot be waived")}


def scenario_title(name: str) -> Message | str:
    """Return the title of a scenario: translated where it is one of the usual ones, else as its author wrote it."""
    return SCENARIO_TITLES.get(name, name)


def sheet_title(key: str, language: str) -> str:
    """Return a sheet's name: translated, or English where the translation is no possible sheet name."""
    title = render(SHEETS[key], language)
    possible = 0 < len(title) <= 31 and not set(title) & set("[]:*?/\\") and title.strip("'") == title
    return title if possible else SHEETS[key].code


def region_text(ranking: Ranking) -> Message | str:
    """Return the region of a ranking in words."""
    return ranking.region if ranking.region is not None else msg("all regions")


def verdict_text(ranking: Ranking, row: int) -> Message:
    """Return the verdict on a row in words."""
    return VERDICTS[int(ranking.screening.verdicts[row])]


def unknown_titles(ranking: Ranking, names: tuple[str, ...]) -> list[Message | LocalText]:
    """Return the titles of what is to be verified."""
    return [msg("region") if name == REGION_UNKNOWN else ranking.profile.by_id[name].title for name in names]


def raw_text(value: float | str | None, criterion: Criterion, *, exempt: bool = False) -> Message | LocalText | str:
    """Return a raw value as people read it; unknown is a word."""
    if exempt:
        return NOT_APPLICABLE
    return UNKNOWN if value is None else quantity(value, criterion)


def knot_text(criterion: Criterion, value: float) -> str:
    """Return the raw value(s) that read *value* on the 0..100 scale, without their unit; empty for a category."""
    curve = None if criterion.is_category else criterion.scale
    return "" if curve is None else " – ".join(number(raw) for raw in curve.raw_at(value))


def waiver_note(ranking: Ranking, row: int) -> Message | None:
    """Return which must-haves were waived for a row, by whom and why."""
    waived = ranking.screening.waived(row)
    if not waived or int(ranking.screening.verdicts[row]) in (FAIL, PENDING):
        return None
    identity = ranking.candidates.ids[row]
    reasons = [w for w in ranking.waivers if w.id == identity and w.criterion in waived]
    if len(reasons) == 1:
        title = ranking.profile.by_id[reasons[0].criterion].title
        return msg("{criterion} waived by {by}: {reason}", criterion=title, by=reasons[0].by, reason=reasons[0].reason)
    return msg("waived: {criteria}", criteria=listed([ranking.profile.by_id[key].title for key in waived]))


def served(ranking: Ranking, row: int) -> str:
    """Return the region of a row, or all that it serves, as a cell that can be read again; empty where unstated."""
    candidates = ranking.candidates
    if candidates.by_region:
        return str(candidates.frame["region"].iat[row] or "")
    return "" if candidates.regions is None else "; ".join(candidates.regions[row])


def listed(parts: Sequence[Message | LocalText | str]) -> Message | LocalText | str:
    """Return *parts* as one text, in the punctuation of the reader's language."""
    return reduce(lambda first, rest: pmsg("list", "{first}, {rest}", first=first, rest=rest), parts) if parts else ""


def family_title(criterion: Criterion) -> LocalText | str:
    """Return the family of a criterion in words; empty where it has none."""
    if criterion.family is None:
        return ""
    return families().get(criterion.family, criterion.family)


def must_have(criterion: Criterion) -> list[Message]:
    """Return what each gate of a criterion asks for, in words."""
    return [_gate_text(criterion, gate) for gate in criterion.gates]


def _gate_text(criterion: Criterion, gate: Gate) -> Message:
    lower, upper = criterion.bounds(gate)
    kind = KINDS[gate.kind]
    if criterion.levels is not None:
        values = {key: level.value for key, level in criterion.levels.items()}
        enough = [quantity(key, criterion) for key, value in values.items() if value is not None and value >= lower]
        return msg("one of: {levels} ({kind})", levels=listed(enough), kind=kind)
    if math.isinf(upper):
        return msg("at least {limit} ({kind})", limit=quantity(lower, criterion), kind=kind)
    if math.isinf(lower):
        return msg("at most {limit} ({kind})", limit=quantity(upper, criterion), kind=kind)
    return msg("from {low} to {high} ({kind})", low=number(lower), high=quantity(upper, criterion), kind=kind)
