"""The command line: `python -m shortlist rank CANDIDATES --profile FILE_OR_TEMPLATE`; see `--help`.

Tables for people by default, JSON for machines with `--json`. Bad input gives one clear line on stderr and exit 2.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from criteria.errors import DecisionError, RunError
from criteria.text import LANGUAGES, Message, msg, plural, render

if TYPE_CHECKING:
    from criteria.model import Profile
    from data import ImportReport
    from selection import Comparison, Ranking, Screening, Waiver

LATER = ("robustness", "appoint", "scan", "verify", "doctor")
SHOWN_PROBLEMS = SHOWN_PENDING = 10


class _Parser(argparse.ArgumentParser):
    """Reports a wrong call in one line instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        raise RunError(msg("{problem}. Try: python -m shortlist --help", problem=message[:1].upper() + message[1:]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 2 where the input is wrong."""
    _use_utf8()
    language = "en"
    try:
        options = _parser().parse_args(_no_later(list(sys.argv[1:] if arguments is None else arguments)))
        language = options.language
        options.run(options)
    except DecisionError as error:
        print(render(error.message, language), file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _no_later(arguments: list[str]) -> list[str]:
    if arguments and arguments[0] in LATER:
        raise RunError(msg("The command “{command}” is not available yet in this version.", command=arguments[0]))
    return arguments


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m shortlist", description="Choose distributors: screen, rank, compare.")
    verbs = parser.add_subparsers(
        dest="verb", required=True, metavar="rank|screen|compare|profiles", parser_class=_Parser
    )
    ranking = _verb(verbs, "rank", "who is ranked, eliminated and to be verified", _rank)
    ranking.add_argument("--method", default="additive", help="additive, or a cross-check method")
    ranking.add_argument("--top", type=_count, metavar="K", help="show the first K ranked candidates only")
    ranking.add_argument(
        "--out",
        nargs="+",
        action="extend",
        default=[],
        type=Path,
        metavar="FILE",
        help="write the ranking; .csv .xlsx .html .json",
    )
    ranking.add_argument("--scenario", help="weighting scenario (default: the first one)")
    _verb(verbs, "screen", "the verdict of every must-have", _screen)
    comparing = _verb(verbs, "compare", "ranks under several weighting scenarios", _compare)
    comparing.add_argument(
        "--scenarios", type=_names, default=None, metavar="S1,S2", help="default: all of the profile"
    )
    comparing.add_argument("--methods", type=_names, default=(), metavar="M1,M2", help="cross-check methods")
    profiles = verbs.add_parser("profiles", help="the built-in templates")
    _common(profiles)
    profiles.set_defaults(run=_profiles)
    return parser


def _verb(verbs: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=text)
    parser.add_argument("candidates", type=Path, metavar="CANDIDATES", help="csv, tsv, xlsx, parquet or json")
    parser.add_argument("--profile", required=True, help="a profile file, or the name of a template")
    parser.add_argument("--region")
    parser.add_argument("--stage", help="desk: count only what is known by step 4")
    parser.add_argument("--waivers", type=Path, metavar="FILE", help="a list of {id, region, criterion, by, reason}")
    parser.add_argument(
        "--map", type=_pair, action="append", default=[], metavar="COLUMN=TARGET",
        help="read a column as id, name, region, a criterion or a figure; TARGET may be empty to leave it out",
    )  # fmt: skip
    _common(parser)
    parser.set_defaults(run=run)
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=tuple(LANGUAGES), default="en")
    parser.add_argument("--json", action="store_true", help="JSON instead of tables")


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError
    return value


def _pair(text: str) -> tuple[str, str]:
    column, equals, target = text.rpartition("=")
    if not equals or not column.strip():
        raise ValueError
    return column.strip(), target.strip()


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _inputs(options: argparse.Namespace) -> tuple[Profile, ImportReport, tuple[Waiver, ...]]:
    from criteria import load_profile
    from data import read_candidates, read_waivers

    profile = load_profile(options.profile)
    waivers = read_waivers(options.waivers) if options.waivers else ()
    return profile, read_candidates(options.candidates, profile, mapping=dict(options.map)), waivers


def _rank(options: argparse.Namespace) -> None:
    from selection import rank

    if options.out:
        _check_outputs(options.out)
    profile, report, waivers = _inputs(options)
    ranking = rank(report.candidates, profile, options.region, options.scenario, options.stage, options.method, waivers)
    if options.out:
        _write_outputs(ranking, options)
    if options.json:
        _print_json({**ranking.to_dict(options.language, options.top), "import": report.to_dict(options.language)})
    else:
        _print_lines(_ranking_lines(ranking, options), options.language)
        _print_lines(_import_lines(report), options.language)


def _check_outputs(paths: Iterable[Path]) -> None:
    from data import export_formats

    for path in paths:
        if _ending(path) not in export_formats():
            raise RunError(
                msg("{file}: a ranking is written as {known}.", file=path.name, known=", ".join(export_formats()))
            )


def _write_outputs(ranking: Ranking, options: argparse.Namespace) -> None:
    from data import export_ranking

    for path in options.out:
        _write(path, export_ranking(ranking, _ending(path), language=options.language))


def _ending(path: Path) -> str:
    return path.suffix.lower().lstrip(".")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError:
        raise RunError(
            msg("{file} cannot be written. Check the folder and whether it is open elsewhere.", file=str(path))
        ) from None


def _screen(options: argparse.Namespace) -> None:
    from selection import screen

    profile, report, waivers = _inputs(options)
    screening = screen(report.candidates, profile, options.region, options.stage, waivers)
    if options.json:
        _print_json(screening.to_dict(options.language))
    else:
        _print_lines(_screening_lines(screening, options.language), options.language)
        _print_lines(_import_lines(report), options.language)


def _compare(options: argparse.Namespace) -> None:
    from selection import compare

    profile, report, waivers = _inputs(options)
    comparison = compare(
        report.candidates, profile, options.region, options.scenarios, options.methods, options.stage, waivers
    )
    if options.json:
        _print_json(comparison.to_dict())
    else:
        _print_lines(_comparison_lines(comparison, options.language), options.language)


def _profiles(options: argparse.Namespace) -> None:
    from criteria import load_profile, template_names

    rows = [(name, render(load_profile(name).display_title, options.language)) for name in template_names()]
    if options.json:
        _print_json([{"name": name, "title": title} for name, title in rows])
    else:
        _print_lines(_table(("name", "title"), rows), options.language)


def _ranking_lines(ranking: Ranking, options: argparse.Namespace) -> Iterable[Message | str]:
    from selection.explain import answer, headline

    language = options.language
    yield answer(ranking)
    heads = _rendered((msg("rank"), msg("candidate"), msg("score"), msg("band"), msg("why here")), language)
    rows = []
    for entry in ranking.ranked[: options.top]:
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
    yield from _table(heads, rows)
    if len(ranking.pending) > SHOWN_PENDING:
        yield plural(
            "... and {n} more to be verified", "... and {n} more to be verified", len(ranking.pending) - SHOWN_PENDING
        )
    yield msg("The score reads on 0 to 100: 50 = qualified line, 100 = ideal.")
    if len(ranking.eliminated):
        yield plural("Eliminated: {n} candidate", "Eliminated: {n} candidates", len(ranking.eliminated))
        for gone in ranking.eliminated[:50]:
            reasons = " ".join(render(failure.sentence, language) for failure in gone.failed)
            yield f"  {_clean(gone.figures.name)}  {reasons}"
    yield ranking.fingerprint


def _screening_lines(screening: Screening, language: str) -> Iterable[Message | str]:
    found = screening.to_dict(language)
    yield plural("Qualified: {n} candidate", "Qualified: {n} candidates", len(found["passed"]))
    yield from (f"  {_label(row['name'], row.get('region'))}" for row in found["passed"])
    yield plural("To be verified: {n} candidate", "To be verified: {n} candidates", len(found["pending"]))
    yield from (f"  {_label(row['name'], row.get('region'))}  {', '.join(row['unknown'])}" for row in found["pending"])
    yield plural("Eliminated: {n} candidate", "Eliminated: {n} candidates", len(found["eliminated"]))
    for row in found["eliminated"]:
        yield f"  {_label(row['name'], row.get('region'))}  {' '.join(item['sentence'] for item in row['failed'])}"


def _comparison_lines(comparison: Comparison, language: str) -> Iterable[Message | str]:
    names = dict(zip(comparison.ids, (comparison.screening.candidates.names[r] for r in comparison.rows), strict=True))
    columns: Mapping[str, Mapping[str, int]] = {**comparison.scenarios, **comparison.method_ranks}
    first = comparison.scenarios[comparison.names[0]]
    rows = [
        (_clean(names[key]), *(str(ranks.get(key, "?")) for ranks in columns.values()))
        for key in sorted(names, key=lambda key: (first[key], key))
    ]
    yield from _table((render(msg("candidate"), language), *columns), rows)
    firm = [_clean(names[key]) for key in comparison.top3_in_all]
    if firm:
        yield msg("Among the first three in every scenario: {names}.", names=", ".join(firm))
    else:
        yield msg("Nobody is among the first three in every scenario.")


def _import_lines(report: ImportReport) -> Iterable[Message | str]:
    for problem in report.problems[:SHOWN_PROBLEMS]:
        yield msg("Line {line}: {problem}", line=problem.line or 1, problem=problem.message)
    if len(report.problems) > SHOWN_PROBLEMS:
        yield msg("... and {n} more problems; --json lists them all.", n=len(report.problems) - SHOWN_PROBLEMS)


def _rendered(messages: Iterable[Message], language: str) -> tuple[str, ...]:
    return tuple(render(message, language) for message in messages)


def _clean(text: str, longest: int = 60) -> str:
    """Return *text* without control characters, shortened: a terminal obeys what it is shown."""
    shown = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf"))
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def _label(name: str, region: str | None) -> str:
    return _clean(f"{name} · {region}" if region else name)


def _band(low: float, high: float) -> str:
    return "" if low == high else f"{low:.1f}-{high:.1f}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(_width(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, tuple("-" * width for width in widths), *rows):
        yield "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()


def _print_lines(lines: Iterable[Message | str], language: str) -> None:
    for line in lines:
        print(render(line, language))


def _print_json(content: Any) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False))


if __name__ == "__main__":
    sys.exit(main())
