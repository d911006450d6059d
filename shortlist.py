"""The command line: `python -m shortlist rank CANDIDATES --profile FILE_OR_TEMPLATE`; see `--help`.

Tables for people by default, JSON for machines with `--json`. Bad input gives one clear line on stderr and exit 2.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

# pydantic looks for plugins in every installed package before its first model; we use none, and a command is short.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from criteria.errors import DecisionError, RunError
from criteria.text import LANGUAGES, Message, msg, render

if TYPE_CHECKING:
    from criteria.model import Profile
    from data import ImportReport
    from selection import Ranking, Waiver

LATER = ("appoint", "scan", "verify", "doctor")


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
        dest="verb", required=True, metavar="rank|screen|compare|robustness|profiles", parser_class=_Parser
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
    firm = _verb(verbs, "robustness", "how firm the ranking is, and what would change it", _robustness)
    firm.add_argument("--scenario", help="weighting scenario (default: the first one)")
    firm.add_argument("--draws", type=int, default=2_000, metavar="N", help="trials with other weights (default: 2000)")
    firm.add_argument("--seed", type=int, default=0, metavar="N", help="another seed draws other trials")
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
    """Read standard, waivers and candidates; the file is parsed by a child process while pandas is imported here."""
    from concurrent.futures import ThreadPoolExecutor

    from criteria import load_profile
    from data.readers import read_table

    with ThreadPoolExecutor(1) as beside:
        table = beside.submit(read_table, options.candidates)
        profile = load_profile(options.profile)
        from data.candidates import interpret
        from data.waivers import read_waivers

        waivers = read_waivers(options.waivers) if options.waivers else ()
        return profile, interpret(table.result(), profile, mapping=dict(options.map)), waivers


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
        from data.writers import terminal

        _print_lines(terminal.ranking_lines(ranking, options.language, options.top), options.language)
        _print_lines(terminal.import_lines(report), options.language)


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
        from data.writers import terminal

        _print_lines(terminal.screening_lines(screening, options.language), options.language)
        _print_lines(terminal.import_lines(report), options.language)


def _compare(options: argparse.Namespace) -> None:
    from selection import compare

    profile, report, waivers = _inputs(options)
    comparison = compare(
        report.candidates, profile, options.region, options.scenarios, options.methods, options.stage, waivers
    )
    if options.json:
        _print_json(comparison.to_dict())
    else:
        from data.writers import terminal

        _print_lines(terminal.comparison_lines(comparison, options.language), options.language)


def _robustness(options: argparse.Namespace) -> None:
    from selection import rank
    from selection.robustness.report import report

    profile, imported, waivers = _inputs(options)
    ranking = rank(imported.candidates, profile, options.region, options.scenario, options.stage, waivers=waivers)
    found = report(ranking, options.draws, options.seed)
    if options.json:
        _print_json({**found.to_dict(options.language), "import": imported.to_dict(options.language)})
    else:
        from data.writers import terminal
        from data.writers.terminal_firmness import firmness_lines

        _print_lines(firmness_lines(found, options.language), options.language)
        _print_lines(terminal.import_lines(imported), options.language)


def _profiles(options: argparse.Namespace) -> None:
    from criteria import load_profile, template_names

    rows = [(name, render(load_profile(name).display_title, options.language)) for name in template_names()]
    if options.json:
        _print_json([{"name": name, "title": title} for name, title in rows])
    else:
        from data.writers import terminal

        _print_lines(terminal.table(("name", "title"), rows), options.language)


def _print_lines(lines: Iterable[Message | str], language: str) -> None:
    for line in lines:
        print(render(line, language))


def _print_json(content: Any) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False))


if __name__ == "__main__":
    sys.exit(main())
