"""Cells -> levels of a category: by key, title or alias in any language and script, and yes/no in all its habits."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from criteria.model import Criterion
from criteria.text import msg
from data.importing.cells import is_not_applicable, is_unknown, shown, tidy
from data.importing.headers import fold, simplified
from data.importing.scan import unique_cells
from data.importing.vocabulary import NO, YES, spaced
from data.importing.wanted import Column
from data.readers.raw import RawColumn

_LONGEST = 200
"""No level has a longer name."""


def _forms(text: str) -> tuple[str, ...]:
    """Return the folded forms of a level's name: as typed without case and width, then letters and digits only."""
    plain = simplified(tidy(text))
    folded = fold(text)
    return (plain, folded) if folded else (plain,)


def level_names(criterion: Criterion) -> dict[str, str]:
    """Return every form by which a level may be written -> its key; a form that two levels share is left out.

    Keys go before titles, titles before aliases, and all of them before the general words for yes and no.
    """
    named: dict[str, str] = {}
    for texts in (_keys, _titles, _aliases):
        fresh: dict[str, set[str]] = {}
        for key in criterion.levels or {}:
            for form in (form for text in texts(criterion, key) for form in _forms(str(text))):
                fresh.setdefault(form, set()).add(key)
        named = {form: min(keys) for form, keys in fresh.items() if len(keys) == 1} | named
    for words in (YES, NO):
        said = next((named[word] for word in words[:3] if word in named), None)
        if said is not None:
            named = {form: said for word in words for form in _forms(word)} | named
    return named


def _keys(criterion: Criterion, key: str) -> tuple[str, ...]:
    return (key,)


def _titles(criterion: Criterion, key: str) -> tuple[str, ...]:
    title = (criterion.levels or {})[key].title
    return () if title is None else title.every()


def _aliases(criterion: Criterion, key: str) -> tuple[str, ...]:
    return (criterion.levels or {})[key].aliases


def categories(
    column: RawColumn, criterion: Criterion, context: Column
) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    """Return the level key of each row (None = unknown) and which rows say that the criterion does not apply."""
    text = pc.utf8_trim_whitespace(column.text.combine_chunks())
    values = np.full(len(text), None, dtype=object)
    not_applicable = np.zeros(len(text), np.bool_)
    names = level_names(criterion)
    filled = pc.fill_null(pc.not_equal(text, ""), False).to_numpy(zero_copy_only=False)
    for cell, rows in unique_cells(text, filled):
        key = _level(cell, names, criterion)
        if key is not None:
            values[rows] = key
        elif is_not_applicable(cell):
            not_applicable[rows] = True
        elif not is_unknown(cell):
            _unknown_level(cell, rows, criterion, context)
    return values, not_applicable


def _level(cell: str, names: Mapping[str, str], criterion: Criterion) -> str | None:
    if criterion.levels and cell in criterion.levels:
        return cell
    if len(cell) > _LONGEST:
        return None
    forms = (*_forms(cell), cell.removesuffix(".0"))  # a level called 1 may have become the number 1.0
    return next((names[form] for form in forms if form in names), None)


def _unknown_level(cell: str, rows: NDArray[np.int64], criterion: Criterion, context: Column) -> None:
    message = msg(
        "“{text}” is none of the levels of {criterion}: {known}. It counts as unknown.",
        text=shown(cell),
        criterion=criterion.title,
        known=", ".join(criterion.levels or ()),
    )
    for row in rows:
        context.say(message, int(row))


def evidence_levels(column: RawColumn, context: Column) -> NDArray[np.float64]:
    """Return evidence levels 0 to 3 (NaN = unstated) from figures or their words."""
    text: pa.Array = pc.utf8_trim_whitespace(column.text.combine_chunks())
    values = np.full(len(text), np.nan)
    filled = pc.fill_null(pc.not_equal(text, ""), False).to_numpy(zero_copy_only=False)
    for cell, rows in unique_cells(text, filled):
        level = _EVIDENCE.get(fold(cell.removesuffix(".0")))
        if level is not None:
            values[rows] = level
        elif not is_unknown(cell):
            message = msg(
                "“{text}” is no evidence level. Levels are 0 claimed, 1 documented, 2 seen, 3 confirmed.",
                text=shown(cell),
            )
            for row in rows:
                context.say(message, int(row))
    return values


_EVIDENCE = {
    form: level
    for level, written in enumerate(
        (
            "0 claimed self-declared 声明 自述",
            "1 documented 书面 有文件",
            "2 seen seen-on-site 现场 实地",
            "3 confirmed independent 第三方 已证实",
        )
    )
    for word in spaced(written)
    for form in (fold(word), f"level{level}")
}


def words(column: RawColumn) -> NDArray[np.object_]:
    """Return the cells as typed, without outer blanks; None where there is nothing or "unknown"."""
    text = pc.utf8_trim_whitespace(column.text.combine_chunks())
    values = np.array(text.to_pylist(), dtype=object)
    for cell in {value for value in values if value is not None and len(value) <= 20}:
        if is_unknown(cell):
            values[values == cell] = None
    return values
