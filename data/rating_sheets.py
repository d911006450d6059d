"""Read a rating sheet that an assessor sent back: every answer that can be used, and a sentence for every other.

The sheet is read like any other file, in a child process and within bounds. It says itself whose it is and which line
is which; nothing in it can change anything but this assessor's ratings.
"""

from __future__ import annotations

import json
import math
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import pandas as pd

from criteria.errors import CandidateError, CandidateFileError
from criteria.model import Criterion, Profile
from criteria.text import LANGUAGES, Message, msg, render
from data.importing.vocabulary import UNKNOWN
from data.readers import Problem, RawTable, display_name, read_table
from data.store.interviews import Rating
from data.store.matching import plain
from data.writers import words
from data.writers.rating_sheet import CANDIDATE_ID, CRITERION_ID, IDENTITY, KIND, RATING, STEPS, VERSION, id_code
from selection.panel_words import DONT_KNOW, anchors, option

LONGEST_REASON = 300
_FIGURE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:/\s*5|[-–—:·.)]+\s*(?:(?![-–—:·.)\s])\D.*)?)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RatingSheet:
    """What one assessor answered: *ratings* (None = don't know), how many lines were *left_open*, and the *problems*.

    A problem names line and column; its line was not taken.
    """

    assessor: str
    ratings: tuple[Rating, ...]
    left_open: int
    problems: tuple[Problem, ...]
    file_name: str


@dataclass(frozen=True, slots=True)
class SheetChanges:
    """What saving a sheet would do: answers that are *new*, that *changed*, and that are known already."""

    new: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class _Columns:
    """The cells of the sheet's columns, and the headers of the two that people fill in."""

    criterion: Sequence[str]
    candidate: Sequence[str]
    mark: Sequence[str]
    answer: Sequence[str]
    reason: Sequence[str]
    header: str


def read_rating_sheet(
    path: str | os.PathLike[str],
    profile: Profile,
    people: Mapping[str, str],
    project: str,
    upload_name: str | None = None,
) -> RatingSheet:
    """Return what the sheet at *path* says; *people* maps the ids of the project's candidates to names.

    Raise CandidateFileError where the file is no rating sheet, is one of another project, or of several assessors.
    """
    raw = read_table(path, upload_name)
    name = display_name(upload_name or os.fspath(path))
    columns = _columns(raw, name)
    assessor = _assessor(columns.mark, project, name)
    ids = {id_code(id_): id_ for id_ in people}
    criteria = {criterion.id: criterion for criterion in profile.criteria if criterion.kind == "judged"}
    found: dict[tuple[str, str], tuple[int, Rating]] = {}
    problems, left_open = [], 0
    for row, line in enumerate(raw.lines.tolist()):
        try:
            answer = _answer(columns, row, ids, criteria)
        except CandidateError as fault:
            problems.append(Problem("error", line, columns.header, fault.message))
            continue
        if answer is None:
            left_open += bool(columns.mark[row])
            continue
        _take(found, answer, line, columns.header, problems)
    ratings = tuple(rating for _, rating in found.values())
    return RatingSheet(assessor, ratings, left_open, tuple(problems), name)


def changes(sheet: RatingSheet, table: pd.DataFrame) -> SheetChanges:
    """Return what saving *sheet* would do to the ratings in *table* (as `Store.ratings` gives them)."""
    mine = table[(table["who"] == sheet.assessor) & table["region"].isna()]
    known = {
        (candidate, criterion): (None if math.isnan(rating) else rating, reason)
        for candidate, criterion, rating, reason in zip(
            mine["candidate"], mine["criterion"], mine["rating"], mine["reason"], strict=True
        )
    }
    new = sum((each.candidate, each.criterion) not in known for each in sheet.ratings)
    same = sum(known.get((each.candidate, each.criterion), ...) == (each.rating, each.reason) for each in sheet.ratings)
    return SheetChanges(new, len(sheet.ratings) - new - same, same)


def _columns(raw: RawTable, name: str) -> _Columns:
    headers = [column.header.strip() for column in raw.columns]
    try:
        key, id_, mark = (headers.index(header) for header in (CRITERION_ID, CANDIDATE_ID, IDENTITY))
    except ValueError:
        raise CandidateFileError(_no_sheet(name)) from None
    answer = _place(headers, RATING, key - 2)
    reason = _place(headers, words.REASON, key - 1)
    if min(answer, reason) < 0:
        raise CandidateFileError(_no_sheet(name))
    texts = [
        [str(cell).strip() if cell is not None else "" for cell in column.text.to_pylist()] for column in raw.columns
    ]
    return _Columns(texts[key], texts[id_], texts[mark], texts[answer], texts[reason], headers[answer])


def _place(headers: Sequence[str], title: Message, usual: int) -> int:
    """Return where the column *title* is, in whatever language its header is written; else its usual place."""
    known = {render(title, language) for language in LANGUAGES}
    return next((place for place, header in enumerate(headers) if header in known), usual)


def _no_sheet(name: str) -> Message:
    return msg(
        "{file} is no rating sheet. Get one under Candidates, Interviews, and send back that very workbook.", file=name
    )


def _assessor(marks: Sequence[str], project: str, name: str) -> str:
    """Return whose sheet it is; every line says it."""
    found = set()
    for mark in {mark for mark in marks if mark}:
        try:
            facts = json.loads(mark)
            kind, version, of, who = (facts[key] for key in ("kind", "version", "project", "assessor"))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise CandidateFileError(_no_sheet(name)) from None
        if kind != KIND or version != VERSION or not isinstance(who, str) or not who.strip():
            raise CandidateFileError(_no_sheet(name))
        if of != project:
            raise CandidateFileError(
                msg("{file} is a rating sheet of another project. Open that project and take it in there.", file=name)
            )
        found.add(who.strip())
    if len(found) > 1:
        raise CandidateFileError(
            msg("{file} has lines of several assessors: {names}. Take in one sheet per assessor.",
                file=name, names=" · ".join(sorted(found)))
        )  # fmt: skip
    if not found:
        raise CandidateFileError(_no_sheet(name))
    return found.pop()


def _answer(columns: _Columns, row: int, ids: Mapping[str, str], criteria: Mapping[str, Criterion]) -> Rating | None:
    """Return the answer of one line, None where nothing is written; raise CandidateError otherwise."""
    text, reason = columns.answer[row], columns.reason[row]
    if not text and not reason:
        return None
    key, id_ = columns.criterion[row], columns.candidate[row]
    if key not in criteria:
        raise CandidateError(
            msg("“{criterion}” is not rated by people in this standard (any more).", criterion=key[:80])
        )
    if id_ not in ids:
        raise CandidateError(
            msg("There is no candidate {candidate} in this project (any more).", candidate=unquote(id_)[:80])
        )
    if not text:
        raise CandidateError(
            msg("There is a reason but no rating. Choose a rating, or “{unknown}”.", unknown=DONT_KNOW)
        )
    rating = read_answer(text, criteria[key])
    return Rating(ids[id_], key, rating, reason[:LONGEST_REASON] or None)


def read_answer(text: str, criterion: Criterion) -> float | None:
    """Return the rating in a cell: "4", "4,5", "3 - …", the text of the scale, None for don't know.

    Raise CandidateError for anything else, and for a figure off the scale of half points from 1 to 5.
    """
    written = plain(text.replace("½", ".5"))
    if written in UNKNOWN or written in {plain(render(DONT_KNOW, language)) for language in LANGUAGES}:
        return None
    known = _texts(criterion).get(written)
    if known is not None:
        return known
    found = _FIGURE.fullmatch(unicodedata.normalize("NFKC", written))
    rating = float(found[1].replace(",", ".")) if found else math.nan
    if rating in STEPS:
        return rating
    raise CandidateError(
        msg("“{text}” is no rating. Choose from the list, or type 1 to 5; half points are allowed.", text=text[:80])
    )


def _texts(criterion: Criterion) -> dict[str, float]:
    """Return every text that stands for a rating, in every language: the option as offered, and its meaning alone."""
    found: dict[str, float] = {}
    for language in LANGUAGES:
        for place, meaning in enumerate(anchors(criterion), 1):
            found.setdefault(plain(render(meaning, language)), float(place))
        for rating in STEPS:
            found[plain(render(option(criterion, rating), language))] = rating
    return found


def _take(
    found: dict[tuple[str, str], tuple[int, Rating]], answer: Rating, line: int, column: str, problems: list[Problem]
) -> None:
    """Keep *answer*; where a line above says something else about the same, keep that one and tell."""
    key = answer.candidate, answer.criterion
    before = found.setdefault(key, (line, answer))
    if before[1] != answer:
        told = msg(
            "Line {other} has another rating of the same. That one was taken; correct one of them.", other=before[0]
        )
        problems.append(Problem("error", line, column, told))
