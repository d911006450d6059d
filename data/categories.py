"""Cells -> levels of a category: by key, title or alias in any language and script, and yes/no in all its habits."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from criteria.model import Criterion
from criteria.text import msg
from data.cells import is_not_applicable, is_unknown, shown, tidy
from data.headers import fold, simplified
from data.readers.raw import RawColumn
from data.scan import unique_cells
from data.wanted import Column

YES = tuple(
    [
        "yes",
        "y",
        "true",
        "t",
        "1",
        "1.0",
        "ok",
        "okay",
        "yep",
        "✓",
        "✔",
        "☑",
        "✅",
        "√",
        "是",
        "有",
        "对",
        "真",
        "已",
        "已办",
        "已办理",
        "已取得",
        "齐全",
        "合格",
        "具备",
        "通过",
        "ja",
        "j",
        "si",
        "sí",
        "oui",
        "sim",
        "はい",
        "예",
    ]
)
"""Ways of writing "yes", in simplified characters."""
NO = tuple(
    [
        "no",
        "n",
        "false",
        "f",
        "0",
        "0.0",
        "nope",
        "✗",
        "✘",
        "❌",
        "×",
        "☐",
        "否",
        "无",
        "没有",
        "没",
        "不",
        "不是",
        "未",
        "未办",
        "未办理",
        "未取得",
        "不齐全",
        "不全",
        "不合格",
        "不具备",
        "未通过",
        "nein",
        "non",
        "não",
        "いいえ",
        "아니오",
    ]
)
"""Ways of writing "no", in simplified characters."""


def _forms(text: str) -> tuple[str, ...]:
    """Return the folded forms of a level's name: as typed without case and width, then letters and digits only."""
    plain = simplified(tidy(text))
    folded = fold(text)
    return (plain, folded) if folded else (plain,)


def level_names(criterion: Criterion) -> dict[str, str]:
    """Return every form by which a level may be written -> its key; a form that two levels share is left out."""
    named: dict[str, str] = {}
    shared: set[str] = set()
    for texts in (lambda key, level: (key,), lambda key, level: level.title.every() if level.title else (),
                  lambda key, level: level.aliases):  # fmt: skip
        fresh: dict[str, str] = {}
        for key, level in (criterion.levels or {}).items():
            for form in (form for text in texts(key, level) for form in _forms(str(text))):
                if fresh.setdefault(form, key) != key:
                    shared.add(form)
        named = {**{form: key for form, key in fresh.items() if form not in shared}, **named}
        shared.clear()
    for words in (YES, NO):
        key = next((named[word] for word in words[:3] if word in named), None)
        if key is not None:
            named = {**{form: key for word in words for form in _forms(word)}, **named}
    return named


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
    return next((names[form] for form in _forms(cell) if form in names), None)


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
        folded = fold(cell)
        level = _EVIDENCE.get(folded.removesuffix("0") if cell.endswith(".0") else folded)
        if level is not None:
            values[rows] = level
        elif not is_unknown(cell):
            for row in rows:
                context.say(msg("“{text}” is no evidence level. Levels are 0 claimed, 1 documented, 2 seen, 3 confirmed.",
                                text=shown(cell)), int(row))  # fmt: skip
    return values


_EVIDENCE = {
    form: level
    for level, words in enumerate(
        ("0 claimed self-declared 声明 自述", "1 documented 书面 有文件", "2 seen seen-on-site 现场 实地", "3 confirmed independent 第三方 已证实")
    )
    for word in words.split()
    for form in (fold(word), f"level{level}")
}  # fmt: skip


def words(column: RawColumn) -> NDArray[np.object_]:
    """Return the cells as typed, without outer blanks; None where there is nothing or "unknown"."""
    text = pc.utf8_trim_whitespace(column.text.combine_chunks())
    values = np.array(text.to_pylist(), dtype=object)
    for cell in {value for value in values if value is not None and len(value) <= 20}:
        if is_unknown(cell):
            values[values == cell] = None
    return values
