"""Which column of a file is which: ids, names, regions, criteria, evidence, and raw figures to derive criteria from.

A column is recognised by criterion id, by title in any language, or by an alias of the profile or the library; a given
mapping goes before all of these. Two columns never share one target: the surer one keeps it, the other is reported.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from criteria.derived import RAW_FIELDS, raw_field
from criteria.errors import CandidateError
from criteria.loading import library
from criteria.model import Criterion, Profile
from criteria.text import msg
from data.importing.cells import tidy
from data.importing.headers import BASE_NAMES, ID, NAME, REGIONS, fold, read_header, simplified
from data.readers.raw import Problem, RawColumn, RawTable

RAW = "raw:"
"""Prefix of targets that are raw figures; the rest is an id of `criteria.derived`."""
EVIDENCE = ("level", "source", "date")
_EVIDENCE_NAMES = {"level": "level", "evidencelevel": "level", "证据等级": "level", "等级": "level", "source": "source",
                   "来源": "source", "出处": "source", "date": "date", "asof": "date", "日期": "date"}  # fmt: skip
_CONFIDENCE = {"given": 1.0, "id": 1.0, "title": 0.95, "alias": 0.85}
_SURENESS = ("given", "id", "title", "alias")
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """One column of the file: its *header*, its *position* from 1, and what it was recognised as (None: nothing).

    *how* is "given", "id", "title" or "alias"; *confidence* runs from 0 to 1; *samples* are its first values.
    """

    header: str
    position: int
    target: str | None
    how: str | None
    confidence: float
    samples: tuple[str, ...]

    @property
    def criterion(self) -> str | None:
        """Return the target where it can be a criterion id, without prefix or evidence."""
        return None if self.target is None or self.target.startswith(RAW) else self.target


@dataclass(frozen=True, slots=True)
class _Claim:
    target: str
    how: str
    order: int


def match_columns(
    raw: RawTable, profile: Profile, mapping: Mapping[str, str] | None = None
) -> tuple[tuple[ColumnMatch, ...], tuple[Problem, ...]]:
    """Return what each column of *raw* is, and what is doubtful about it.

    *mapping* maps a header, or "#3" for the third column, to a target ("" = leave out). Raise CandidateError where it
    names a column that is not there or a target that does not exist.
    """
    index = _Index(profile)
    given = _given(raw, index, mapping or {})
    claims = [given.get(i, _DETECT) for i in range(len(raw.columns))]
    found = [
        index.claim(column) if claim is _DETECT else claim for column, claim in zip(raw.columns, claims, strict=True)
    ]
    winners = _winners(found)
    matches: list[ColumnMatch] = []
    problems: list[Problem] = []
    for i, (column, claim) in enumerate(zip(raw.columns, found, strict=True)):
        wins = claim is not None and winners[claim.target] == i
        matches.append(_match(column, i, claim if wins else None))
        if claim is not None and not wins:
            winner = winners[claim.target]
            problems += _second_claim(raw, i, winner, claim, (found[winner] or claim).how)
    return tuple(matches), tuple(problems)


_DETECT = _Claim("", "", 0)


def _winners(claims: list[_Claim | None]) -> dict[str, int]:
    """Return for each target the position of the column that has the surest claim, the first of equals."""
    best: dict[str, tuple[int, int, int]] = {}
    for position, claim in enumerate(claims):
        if claim is not None:
            key = (_SURENESS.index(claim.how), claim.order, position)
            best[claim.target] = min(best.get(claim.target, key), key)
    return {target: key[2] for target, key in best.items()}


def _match(column: RawColumn, position: int, claim: _Claim | None) -> ColumnMatch:
    samples = tuple(str(value) for value in column.text.drop_null()[:_SAMPLES].to_pylist())
    if claim is None:
        return ColumnMatch(column.header, position + 1, None, None, 0.0, samples)
    return ColumnMatch(column.header, position + 1, claim.target, claim.how, _CONFIDENCE[claim.how], samples)


def _second_claim(raw: RawTable, position: int, winner: int, claim: _Claim, found_by: str) -> Iterator[Problem]:
    """Yield the sentence about a column whose target another column has; names and ids by alias need none."""
    column, used = raw.columns[position], raw.columns[winner]
    if found_by == "given":
        return
    if claim.target in BASE_NAMES and claim.how == "alias" and column.header != used.header:
        return
    if column.text.equals(used.text):
        text = msg(
            "Columns {first} and {second} are the same; the first is used.", first=winner + 1, second=position + 1
        )
        yield Problem("warning", None, column.header, text)
        return
    text = msg(
        "Columns {first} (“{used}”) and {second} (“{header}”) both read as “{target}” and "
        "differ. Only column {first} is used; "
        "choose the right one or delete the other.",
        first=winner + 1, second=position + 1, used=used.header, header=column.header, target=claim.target,
    )  # fmt: skip
    yield Problem("error", None, column.header, text)


def _given(raw: RawTable, index: _Index, mapping: Mapping[str, str]) -> dict[int, _Claim | None]:
    """Return the claims that the caller's *mapping* makes, by position."""
    headers = [column.header for column in raw.columns]
    found: dict[int, _Claim | None] = {}
    for name, target in mapping.items():
        position = _position(name, headers)
        found[position] = _Claim(index.target(target), "given", 0) if target else None
    return found


def _position(name: str, headers: list[str]) -> int:
    if name in headers:
        return headers.index(name)
    if name.startswith("#") and name[1:].isascii() and name[1:].isdigit() and 1 <= int(name[1:]) <= len(headers):
        return int(name[1:]) - 1
    same = [i for i, header in enumerate(headers) if fold(header) == fold(name)]
    if len(same) == 1:
        return same[0]
    raise CandidateError(
        msg(
            "The mapping names a column “{name}” that the file does not have. It has: {known}.",
            name=name,
            known=listed(headers),
        )
    )


def listed(names: Iterable[str], limit: int = 20) -> str:
    """Return *names* for a sentence, the first *limit* of them."""
    shown = [" ".join(name.split())[:60] or "(no header)" for name in names]
    return ", ".join(shown[:limit]) + (f", … (+{len(shown) - limit})" if len(shown) > limit else "")


class _Index:
    """Every name by which a column may be called, folded -> what it then is; earlier entries go before later ones."""

    def __init__(self, profile: Profile) -> None:
        self._exact = {criterion.id: _Claim(criterion.id, "id", 0) for criterion in profile.criteria}
        self._folded: dict[str, _Claim] = {}
        self._short: dict[str, _Claim] = {}
        own = [(criterion, library().get(criterion.id)) for criterion in profile.criteria]
        others = [criterion for key, criterion in library().items() if key not in self._exact]
        for criterion, _ in own:
            self._add(criterion.id, criterion.id, "id")
        for criterion, known in own:
            self._add_all(criterion.id, "title", _titles(criterion), () if known is None else _titles(known))
        self._add_base(limit=2)
        for criterion, known in own:
            self._add_all(criterion.id, "alias", criterion.aliases, () if known is None else known.aliases)
        self._add_base()
        for criterion in others:
            self._add(criterion.id, criterion.id, "id")
        self.others = {criterion.id: criterion for criterion in others}
        self._late: dict[str, _Claim] = {}
        self._folded, early = self._late, self._folded
        for criterion in others:
            self._add_all(criterion.id, "alias", _titles(criterion), criterion.aliases)
        self._folded = early

    def _add_base(self, limit: int | None = None) -> None:
        for target, names in BASE_NAMES.items():
            for order, name in enumerate(names[:limit]):
                self._add(name, target, "id" if order == 0 else "alias", order)

    def _add_all(self, target: str, how: str, *groups: Iterable[str]) -> None:
        for order, name in enumerate(name for group in groups for name in group):
            self._add(name, target, how, order)

    def _add(self, name: str, target: str, how: str, order: int = 0) -> None:
        claim = _Claim(target, how, order)
        folded = fold(name)
        if how == "alias" and folded.isascii() and len(folded) <= 2:
            self._short.setdefault(tidy(name), claim)  # "D/E" is not every column called DE
        elif folded:
            self._folded.setdefault(folded, claim)

    def claim(self, column: RawColumn) -> _Claim | None:
        """Return what *column* is by its header, or None."""
        header = column.header
        if not header.strip():
            return None
        if (exact := self._exact.get(header.strip())) is not None:
            return exact
        if (evidence := self._evidence(header)) is not None:
            return evidence
        claim = self._lookup(header)
        return None if claim is not None and _is_implausible(column, claim) else claim

    def _lookup(self, header: str) -> _Claim | None:
        forms = read_header(header).forms
        for form in forms:
            if (found := self._folded.get(form)) is not None:
                return found
        if (found := self._short.get(tidy(header))) is not None:
            return found
        if (field := raw_field(header) or raw_field(simplified(header))) is not None:
            return _Claim(RAW + field, "alias", 0)
        return next((self._late[form] for form in forms if form in self._late), None)

    def _evidence(self, header: str) -> _Claim | None:
        base, dot, what = header.strip().rpartition(".")
        kind = _EVIDENCE_NAMES.get(fold(what))
        if not dot or kind is None:
            return None
        claim = self._exact.get(base) or self._lookup(base)
        if claim is None or claim.target in BASE_NAMES or claim.target.startswith(RAW):
            return None
        return replace(claim, target=f"{claim.target}.{kind}")

    def target(self, name: str) -> str:
        """Return *name* as a target; raise CandidateError with the nearest right one where there is no such target."""
        known = {*self._exact, *self.others, *BASE_NAMES}
        base, _, what = name.rpartition(".")
        if name in known or (base in known and what in EVIDENCE):
            return name
        if name == "region":
            return REGIONS
        if name.startswith("sales:"):
            name = f"{RAW}sales_{name[6:]}"
        field = name.removeprefix(RAW)
        if field in RAW_FIELDS or (field.startswith("sales_") and field[6:].isdigit()):
            return RAW + field
        near = difflib.get_close_matches(name, sorted(known), 1)
        raise CandidateError(
            msg(
                "The mapping names “{target}”, which is no criterion of this standard and no known "
                "column. Did you mean “{near}”?",
                target=name, near=near[0] if near else next(iter(self._exact), NAME),
            )
        )  # fmt: skip


def _titles(criterion: Criterion) -> tuple[str, ...]:
    return criterion.title.every()


def _is_implausible(column: RawColumn, claim: _Claim) -> bool:
    """Tell whether the cells contradict a name found by alias: regions and cities are words, not figures."""
    if claim.how != "alias" or claim.target not in (NAME, REGIONS, "city", "country"):
        return False
    cells = column.text.drop_null()[:50].to_pylist()
    figures = sum(str(cell).replace(".", "").replace(",", "").strip().isdigit() for cell in cells)
    return bool(cells) and figures > len(cells) / 2


def name_column(raw: RawTable, matches: tuple[ColumnMatch, ...]) -> tuple[int | None, bool]:
    """Return the index of the column with the candidates' names, and whether it had to be chosen.

    The recognised name column, else the id column, else the first column of words that are mostly different.
    """
    for target in (NAME, ID):
        for i, match in enumerate(matches):
            if match.target == target:
                return i, target != NAME
    for i, match in enumerate(matches):
        if match.target is None and _is_name_like(raw.columns[i]):
            return i, True
    return None, True


def _is_name_like(column: RawColumn) -> bool:
    cells = [str(cell) for cell in column.text.drop_null()[:200].to_pylist() if str(cell).strip()]
    words = [cell for cell in cells if any(char.isalpha() for char in cell)]
    return bool(cells) and len(words) > 0.8 * len(cells) and len(set(words)) > 0.8 * len(words)
