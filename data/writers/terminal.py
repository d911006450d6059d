"""Results as lines for a terminal: plain tables that align wide characters, and nothing a terminal would obey."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from criteria.model import SCENARIO_TITLES
from criteria.text import Message, join, msg, plural, render
from data.candidates import ImportReport
from selection.crosscheck import METHOD_TITLES
from selection.explain import answer, headline
from selection.rank import Ranking
from selection.scenarios import Comparison
from selection.screen import Screening

SHOWN_PROBLEMS = SHOWN_PENDING = 10
SHOWN_ELIMINATED = 50


def ranking_lines(ranking: Ranking, language: str, top: int | None = None) -> Iterable[Message | str]:
    """Yield the ranking: the answer, who stands where and why, who is to be verified, who is out; *top* cuts it."""
    yield answer(ranking)
    heads = _rendered((msg("rank"), msg("candidate"), msg("score"), msg("band"), msg("why here")), language)
    rows = []
    for entry in ranking.ranked[:top]:
        f = entry.figures
        note = render(headline(ranking, f), language)
        if entry.below_line:
            note = render(msg("below the qualified line; {note}", note=note), language)
        rows.append(
            (
                f"{entry.rank}{'=' if entry.tied else ''}",
                _label(f.name, f.region),
                f"{f.score:.1f}",
                _band(f.low, f.high),
                note,
            )
        )
    for pending in ranking.pending[:SHOWN_PENDING]:
        f = pending.figures
        place = render(msg("could be {best} to {worst}", best=pending.rank_best, worst=pending.rank_worst), language)
        rows.append(("?", _label(f.name, f.region), f"{f.score:.1f}", _band(f.low, f.high), place))
    yield from table(heads, rows)
    if len(ranking.pending) > SHOWN_PENDING:
        yield plural(
            "... and {n} more to be verified", "... and {n} more to be verified", len(ranking.pending) - SHOWN_PENDING
        )
    yield msg("The score reads on 0 to 100: 50 = qualified line, 100 = ideal.")
    if len(ranking.eliminated):
        yield plural("Eliminated: {n} candidate", "Eliminated: {n} candidates", len(ranking.eliminated))
        for gone in ranking.eliminated[:SHOWN_ELIMINATED]:
            reasons = " ".join(render(failure.sentence, language) for failure in gone.failed)
            yield f"  {clean(gone.figures.name)}  {reasons}"
    yield ranking.fingerprint


def screening_lines(screening: Screening, language: str) -> Iterable[Message | str]:
    """Yield who qualifies, who is to be verified and who is out, with the reasons."""
    found = screening.to_dict(language)
    yield plural("Qualified: {n} candidate", "Qualified: {n} candidates", len(found["passed"]))
    yield from (f"  {_label(row['name'], row.get('region'))}" for row in found["passed"])
    yield plural("To be verified: {n} candidate", "To be verified: {n} candidates", len(found["pending"]))
    for row in found["pending"]:
        titles = [
            screening.profile.by_id[key].title if key in screening.profile.by_id else key for key in row["unknown"]
        ]
        yield f"  {_label(row['name'], row.get('region'))}  {join(titles, language)}"
    yield plural("Eliminated: {n} candidate", "Eliminated: {n} candidates", len(found["eliminated"]))
    for row in found["eliminated"]:
        yield f"  {_label(row['name'], row.get('region'))}  {' '.join(item['sentence'] for item in row['failed'])}"


def comparison_lines(comparison: Comparison, language: str) -> Iterable[Message | str]:
    """Yield the ranks by scenario and method, and who is always among the first three."""
    names = dict(zip(comparison.ids, (comparison.screening.candidates.names[r] for r in comparison.rows), strict=True))
    columns: Mapping[str, Mapping[str, int]] = {**comparison.scenarios, **comparison.method_ranks}
    first = comparison.scenarios[comparison.names[0]]
    rows = [
        (clean(names[key]), *(str(ranks.get(key, "?")) for ranks in columns.values()))
        for key in sorted(names, key=lambda key: (first[key], key))
    ]
    heads = [render(SCENARIO_TITLES.get(name, METHOD_TITLES.get(name, name)), language) for name in columns]
    yield from table((render(msg("candidate"), language), *heads), rows)
    firm = [clean(names[key]) for key in comparison.top3_in_all]
    if firm:
        yield msg("Among the first three in every scenario: {names}.", names=", ".join(firm))
    else:
        yield msg("Nobody is among the first three in every scenario.")


def import_lines(report: ImportReport) -> Iterable[Message | str]:
    """Yield the first problems of an import."""
    for problem in report.problems[:SHOWN_PROBLEMS]:
        yield msg("Line {line}: {problem}", line=problem.line or 1, problem=problem.message)
    if len(report.problems) > SHOWN_PROBLEMS:
        yield msg("... and {n} more problems; --json lists them all.", n=len(report.problems) - SHOWN_PROBLEMS)


def _rendered(messages: Iterable[Message], language: str) -> tuple[str, ...]:
    return tuple(render(message, language) for message in messages)


def clean(text: str, longest: int = 60) -> str:
    """Return *text* without control characters, shortened: a terminal obeys what it is shown."""
    shown = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf"))
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def _label(name: str, region: str | None) -> str:
    return clean(f"{name} · {region}" if region else name)


def _band(low: float, high: float) -> str:
    return "" if low == high else f"{low:.1f}-{high:.1f}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Yield an aligned table; wide characters count as two."""
    widths = [max(_width(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, tuple("-" * width for width in widths), *rows):
        yield "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
