"""A plain DataFrame -> Candidates: types checked, ids unique, regions split."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from criteria.curves import FloatArray
from criteria.errors import CandidateError
from criteria.model import Criterion, Profile
from criteria.regions import fold_region
from criteria.text import msg
from selection.model import BoolArray, Candidates, check_unique

REGION_SEPARATORS = re.compile(r"[;|,、；，\n]")
NOT_APPLICABLE_WORDS = frozenset({"not applicable", "不适用", "不適用"})
UNKNOWN_WORDS = frozenset({"", "-", "--", "n/a"})


def split_regions(cell: Any) -> tuple[str, ...]:
    """Return the region names in a cell; an empty cell gives none.

    >>> split_regions("DE; FR、AT")
    ('DE', 'FR', 'AT')
    """
    if isinstance(cell, list | tuple | set | frozenset):
        parts = [str(part).strip() for part in cell]
    elif cell is None or (isinstance(cell, float) and np.isnan(cell)) or cell is pd.NA or cell is pd.NaT:
        parts = []
    else:
        parts = [part.strip() for part in REGION_SEPARATORS.split(str(cell))]
    return tuple(dict.fromkeys(part for part in parts if part.casefold() not in UNKNOWN_WORDS))


def candidates_from_frame(frame: pd.DataFrame, profile: Profile) -> Candidates:
    """Return the Candidates in *frame*; see `Candidates.from_frame`."""
    _check_columns(frame, profile)
    ids = _texts(frame, "id", required=True)
    columns: dict[str, NDArray[Any]] = {"id": ids, "name": _texts(frame, "name", required=False, default=ids)}
    regions = _regions(frame)
    repeated = not pd.Index(ids).is_unique
    if regions is not None and ("region" in frame.columns or repeated) and all(len(row) <= 1 for row in regions):
        columns["region"] = np.array([row[0] if row else None for row in regions], dtype=object)
    if repeated:
        _check_rows(ids, regions, "region" in columns)
    marked: dict[str, BoolArray] = {}
    for criterion in profile.criteria:
        if criterion.id in frame.columns:
            columns[criterion.id], not_applicable = _values(frame[criterion.id], criterion, ids)
            if not_applicable is not None:
                marked[criterion.id] = not_applicable
    # Series of dtype object keep the texts as they are; a DataFrame of bare arrays would convert them on every access.
    table = pd.DataFrame({key: pd.Series(values, dtype=values.dtype, copy=False) for key, values in columns.items()})
    return Candidates(
        table,
        regions,
        marked,
        _evidence_levels(frame, profile, ids),
        _side_columns(frame, profile, "source"),
        _side_columns(frame, profile, "date"),
    )


def _check_columns(frame: pd.DataFrame, profile: Profile) -> None:
    """Raise CandidateError where a column that counts stands twice."""
    read = {"id", "name", "region", "regions", *profile.by_id}
    read |= {f"{key}.{kind}" for key in profile.by_id for kind in ("level", "source", "date")}
    for name in frame.columns[frame.columns.duplicated()]:
        if name in read:
            raise CandidateError(msg("The column “{column}” stands twice. Remove one of the two.", column=name))


def _check_rows(ids: NDArray[np.object_], regions: tuple[tuple[str, ...], ...] | None, by_region: bool) -> None:
    """Raise CandidateError where a candidate stands twice, in one region where rows are candidate x region."""
    if by_region and regions is not None:
        check_unique([(key, *map(fold_region, row)) for key, row in zip(ids, regions, strict=True)])
    else:
        check_unique([(key,) for key in ids])


def _texts(
    frame: pd.DataFrame, name: str, *, required: bool, default: NDArray[np.object_] | None = None
) -> NDArray[np.object_]:
    if name not in frame.columns:
        if default is not None:
            return default
        raise CandidateError(msg("The table of candidates has no column “{column}”.", column=name))
    values = frame[name].to_numpy(dtype=object)
    if not all(type(value) is str for value in values):
        values = np.array(["" if pd.isna(v) else str(v) for v in values], dtype=object)
    blank = values == ""
    if blank.any():
        if required or default is None:
            raise CandidateError(msg("A candidate has no id. Give every row an id."))
        values = np.where(blank, default, values)
    return values


def _regions(frame: pd.DataFrame) -> tuple[tuple[str, ...], ...] | None:
    name = next((name for name in ("regions", "region") if name in frame.columns), None)
    return None if name is None else tuple(split_regions(cell) for cell in frame[name].tolist())


def _values(
    column: pd.Series[Any], criterion: Criterion, ids: NDArray[np.object_]
) -> tuple[NDArray[Any], BoolArray | None]:
    if pd.api.types.is_float_dtype(column.dtype) or pd.api.types.is_integer_dtype(column.dtype):
        marked = None
    else:
        texts = column.astype(object)
        words = texts.map(lambda v: v.strip().casefold() if isinstance(v, str) else None)
        marked = words.isin(NOT_APPLICABLE_WORDS).to_numpy(bool)
        unknown = words.isin(UNKNOWN_WORDS - set(criterion.levels or ())).to_numpy(bool)
        column = texts.where(~(marked | unknown), None)
    marked = marked if marked is not None and marked.any() else None
    if criterion.is_category:
        return _levels(column, criterion, ids), marked
    numbers = _numbers(column, criterion.id, ids)
    if criterion.kind == "judged":
        _check_ratings(numbers, criterion, ids)
    return numbers, marked


def _blanked(column: pd.Series[Any], words: frozenset[str]) -> pd.Series[Any]:
    """Return the column with None where a cell holds one of *words*."""
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column
    texts = column.astype(object)
    kept = [None if isinstance(value, str) and value.strip().casefold() in words else value for value in texts]
    return pd.Series(kept, index=column.index, dtype=object)


def _numbers(column: pd.Series[Any], name: str, ids: NDArray[np.object_]) -> FloatArray:
    """Return the column as finite numbers, NaN where unknown; raise CandidateError that names the first other value."""
    try:
        plain = pd.to_numeric(column)
        if not np.iscomplexobj(plain):
            numbers: FloatArray = plain.to_numpy(dtype=np.float64, na_value=np.nan)
            if not np.isinf(numbers).any():
                return numbers
    except (TypeError, ValueError, OverflowError):
        pass
    row = next((row for row, value in enumerate(column.tolist()) if not _is_number(value)), 0)
    raise CandidateError(
        msg(
            "Column “{column}”: {id} has “{value}”, which is not a number.",
            column=name,
            id=ids[row],
            value=str(column.iloc[row])[:80],
        )
    )


def _is_number(value: Any) -> bool:
    if not isinstance(value, str) and pd.isna(value) is True:
        return True
    try:
        return not isinstance(value, complex) and bool(np.isfinite(float(value)))
    except (TypeError, ValueError, OverflowError):
        return False


def _check_ratings(numbers: FloatArray, criterion: Criterion, ids: NDArray[np.object_]) -> None:
    wrong = np.flatnonzero(~np.isnan(numbers) & ~((numbers >= 1) & (numbers <= 5)))
    if wrong.size:
        raise CandidateError(
            msg(
                "Criterion “{criterion}”: {id} has the rating {value:g}. Ratings run from 1 to 5.",
                criterion=criterion.id,
                id=ids[wrong[0]],
                value=float(numbers[wrong[0]]),
            )
        )


def _levels(column: pd.Series[Any], criterion: Criterion, ids: NDArray[np.object_]) -> NDArray[np.object_]:
    known = criterion.levels or {}
    values = np.array([None if pd.isna(v) else _level_text(v) for v in column.tolist()], dtype=object)
    for row, value in enumerate(values):
        if value is not None and value not in known:
            raise CandidateError(
                msg(
                    "Criterion “{criterion}”: {id} has “{value}”, which is none of {known}.",
                    criterion=criterion.id,
                    id=ids[row],
                    value=value,
                    known=", ".join(known),
                )
            )
    return values


def _level_text(value: Any) -> str:
    """Return the level that *value* names: yes and no for a truth value, 2 for the 2.0 that a table makes of it."""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _evidence_levels(frame: pd.DataFrame, profile: Profile, ids: NDArray[np.object_]) -> dict[str, FloatArray]:
    """Return the stated evidence level (0 to 3) of each value; NaN where none is stated."""
    found = {}
    for criterion in profile.criteria:
        name = f"{criterion.id}.level"
        if name in frame.columns:
            found[criterion.id] = levels = _numbers(_blanked(frame[name], UNKNOWN_WORDS | {"unstated"}), name, ids)
            wrong = np.flatnonzero((levels < 0) | (levels > 3))
            if wrong.size:
                raise CandidateError(
                    msg(
                        "Column “{column}”: {id} has the evidence level {value:g}. Levels run from 0 to 3.",
                        column=name,
                        id=ids[wrong[0]],
                        value=float(levels[wrong[0]]),
                    )
                )
    return found


def _side_columns(frame: pd.DataFrame, profile: Profile, what: str) -> dict[str, NDArray[np.object_]]:
    return {
        criterion.id: np.array([None if pd.isna(v) else str(v) for v in frame[f"{criterion.id}.{what}"]], dtype=object)
        for criterion in profile.criteria
        if f"{criterion.id}.{what}" in frame.columns
    }
