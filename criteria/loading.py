"""Profiles and the built-in library as files: YAML and JSON, in and out, bounded and strict."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import yaml
from pydantic import ValidationError

from criteria.checks import nearest, unknown_name
from criteria.curves import Curve
from criteria.errors import DecisionError, ProfileError
from criteria.model import Criterion, Gate, Level, Profile, RegionChange, Weighting
from criteria.regions import without_other_scales
from criteria.text import LocalText, Message, local_text, msg

LIBRARY_DIR = Path(__file__).parent / "library"
TEMPLATE_DIR = Path(__file__).parent / "templates"
MAX_BYTES = 2_000_000
"""A profile file larger than this is refused before it is read."""
MAX_DEPTH = 50
"""Blocks within blocks beyond this are refused before they are read."""
TEMPLATE_ORDER = (
    "seven_factors",
    "consumer_exclusive",
    "five_factor_card",
    "industrial",
    "online",
    "medical",
    "intensive",
)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):  # type: ignore[misc]  # the C loader where it is built in
    """YAML as people mean it: `NO` and `yes` are texts, a date is a text, no key stands twice."""

    yaml_implicit_resolvers: ClassVar[Any] = {
        first: [(tag, pattern) for tag, pattern in rows if not tag.endswith((":bool", ":timestamp"))]
        for first, rows in _Loader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key in (self.construct_object(key, deep=True) for key, _ in node.value):
            if not isinstance(key, str | int | float):
                raise ProfileError(msg("Line {line}: a key must be a plain word.", line=node.start_mark.line + 1))
            if key in seen:
                raise ProfileError(
                    msg("Line {line}: “{key}” stands twice in one block.", line=node.start_mark.line + 1, key=key)
                )
            seen.add(key)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


_StrictLoader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True))


def _check_events(text: str) -> None:
    """Refuse aliases (a way to blow a file up) and deep nesting (which kills the process inside the C loader)."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise ProfileError(msg("The file uses YAML aliases (*name). Write the values out instead."))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ProfileError(msg("The file is nested too deeply to be a standard."))


def read_yaml(text: str, *, trusted: bool = False) -> Any:
    """Return the document in *text*; aliases and deep nesting are refused unless the text is *trusted* (our own)."""
    try:
        if not trusted:
            _check_events(text)
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506  # a SafeLoader underneath
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ProfileError(
            msg("Line {line}: this is not valid YAML. Check the indentation, colons and quotes there.", line=line)
        ) from None
    except ValueError as error:
        if isinstance(error, ProfileError):
            raise
        raise ProfileError(msg("The file holds a number that cannot be read. Check its digits.")) from None


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ProfileError(msg("“{key}” stands twice in one block.", key=key))
        found[key] = value
    return found


def read_document(path: Path) -> Any:
    """Return the YAML or JSON document in the file at *path*; raise ProfileError naming the file otherwise."""
    name = path.name
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ProfileError(
                msg("The file is larger than {limit} MB, too large for a standard.", limit=MAX_BYTES // 10**6)
            )
        text = path.read_bytes().decode("utf-8-sig")
        if path.suffix.lower() == ".json":
            return json.loads(text, object_pairs_hook=_no_duplicates)
        return read_yaml(text)
    except ProfileError as error:
        raise ProfileError(msg("{file}: {problem}", file=name, problem=error.message)) from None
    except UnicodeDecodeError:
        raise ProfileError(msg("{file} is not a text file in UTF-8. Save it as UTF-8.", file=name)) from None
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ProfileError(msg("{file}: line {line} is not valid JSON.", file=name, line=line)) from None
    except OSError:
        raise ProfileError(msg("{file} cannot be read. Check that it exists and may be opened.", file=name)) from None


def template_names() -> tuple[str, ...]:
    """Return the names of the built-in templates, the default one first."""
    found = {path.stem for path in TEMPLATE_DIR.glob("*.yaml")}
    return (*(name for name in TEMPLATE_ORDER if name in found), *sorted(found - set(TEMPLATE_ORDER)))


def load_profile(source: str | Path) -> Profile:
    """Return the profile in a YAML or JSON file, or a built-in template by its name; raise ProfileError otherwise."""
    if str(source) in template_names():
        return _template(str(source))
    path = Path(source)
    if not _is_file(path):
        raise ProfileError(
            msg(
                "There is no standard “{name}”: it is neither a file nor a template. Templates are: {known}.",
                name=str(source),
                known=", ".join(template_names()),
            )
        )
    return parse_profile(read_document(path), path.name)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for the file system
        return False


@lru_cache(maxsize=32)
def _template(name: str) -> Profile:
    return parse_profile(read_yaml((TEMPLATE_DIR / f"{name}.yaml").read_text("utf-8"), trusted=True), name)


def parse_profile(document: Any, name: str | None = None) -> Profile:
    """Return the profile that *document* (a plain mapping) describes; raise ProfileError or WeightsError otherwise."""
    where = msg("Standard “{name}”", name=name or "?")
    if not isinstance(document, Mapping):
        raise ProfileError(msg("{where}: a standard is a list of keys such as name and criteria.", where=where))
    try:
        return Profile.model_validate(
            {key: _criteria(value, where) if key == "criteria" else value for key, value in document.items()}
        )
    except ValidationError as error:
        raise explain_validation(error, where) from None


def _criteria(entries: Any, where: Message) -> Any:
    if not isinstance(entries, list | tuple):
        return entries
    return [_resolve(entry, where) if isinstance(entry, Mapping) else entry for entry in entries]


DISPLAY_KEYS = ("title", "family", "unit", "definition", "why", "rubric", "evidence", "aliases")
"""What an entry without `use` still takes from the library when it has the id of a library criterion."""


def _resolve(entry: Mapping[str, Any], where: Message) -> dict[str, Any]:
    """Return a criterion entry with what it takes from the library: all of it (`use`), or its texts only."""
    used = entry.get("use")
    if used is None:
        known = library_documents().get(str(entry.get("id")), {})
        return {**{key: known[key] for key in DISPLAY_KEYS if key in known}, **entry}
    if not isinstance(used, str) or used not in library_documents():
        raise ProfileError(unknown_name(msg("{where}, use", where=where), str(used), list(library_documents())))
    change = {key: value for key, value in entry.items() if key != "use"}
    return without_other_scales(dict(library_documents()[used]), change) | change


@lru_cache(maxsize=1)
def _families() -> tuple[dict[str, Any], ...]:
    files = [read_yaml(path.read_text("utf-8"), trusted=True) for path in sorted(LIBRARY_DIR.glob("*.yaml"))]
    return tuple(sorted(files, key=lambda family: int(family["order"])))


@lru_cache(maxsize=1)
def library_documents() -> Mapping[str, Mapping[str, Any]]:
    """Return the entries of the built-in library by id, as they are written."""
    return {
        entry["id"]: {"family": family["family"], **entry} for family in _families() for entry in family["criteria"]
    }


@lru_cache(maxsize=1)
def library() -> Mapping[str, Criterion]:
    """Return the built-in criteria by id, family by family."""
    return {key: Criterion.model_validate(entry) for key, entry in library_documents().items()}


def families() -> Mapping[str, LocalText]:
    """Return the criteria families by id, in the order of the trade."""
    return {family["family"]: local_text(family["title"]) for family in _families()}


_PARTS: Mapping[str, type[Any]] = {
    "criteria": Criterion, "curve": Curve, "gate": Gate, "levels": Level, "regions": RegionChange,
    "weighting": Weighting,
}  # fmt: skip


def explain_validation(error: ValidationError, where: Message, model: type[Any] = Profile) -> DecisionError:
    """Return the first problem that pydantic found as an error of ours, in plain words with its place."""
    # A misspelt key is the cause of a key that seems to be missing, so it is told first.
    first = min(error.errors(include_url=False), key=lambda problem: problem["type"] != "extra_forbidden")
    cause = first.get("ctx", {}).get("error")
    place = _place(first["loc"], error)
    if isinstance(cause, DecisionError):
        message = (
            cause.message
            if not place
            else msg("{where}, {place}: {problem}", where=where, place=place, problem=cause.message)
        )
        return type(cause)(message)
    return ProfileError(_problem(first, where, place, model))


def _place(location: tuple[int | str, ...], error: ValidationError) -> str:
    """Return a place such as `criteria[2].curve` in the words of the file."""
    text = ""
    for part in location:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        elif not part.startswith("function-") and part not in ("constrained-float", "dict[str,any]"):
            text += f".{part}" if text else part
    return text


def _problem(first: Any, where: Message, place: str, model: type[Any]) -> Message:
    kind, key = first["type"], str(first["loc"][-1]) if first["loc"] else ""
    if kind == "extra_forbidden":
        owner = next((_PARTS[part] for part in reversed(first["loc"][:-1]) if part in _PARTS), model)
        close = nearest(key, owner.model_fields)
        if close is not None:
            return msg("{where}: unknown key “{place}”. Did you mean “{close}”?", where=where, place=place, close=close)
        known = ", ".join(owner.model_fields)
        return msg("{where}: unknown key “{place}”. Known are: {known}.", where=where, place=place, known=known)
    if kind == "missing":
        return msg("{where}: “{place}” is missing.", where=where, place=place)
    if kind == "literal_error":
        known = str(first.get("ctx", {}).get("expected", ""))
        return msg("{where}: “{place}” must be one of {known}.", where=where, place=place, known=known)
    return msg(
        "{where}: “{place}” is not as it should be ({detail}).", where=where, place=place, detail=str(first["msg"])
    )


def dump_profile(profile: Profile, form: str = "yaml") -> str:
    """Return *profile* as the text of a file, "yaml" or "json"; loading it again gives an equal profile."""
    document = profile.document()
    if form == "json":
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


class _Dumper(yaml.SafeDumper):
    """Writes no aliases, since the reader refuses them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
