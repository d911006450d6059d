"""Rows that look like one company twice: names compared without case, width, punctuation, legal form and script.

Nothing is ever merged here: each pair is reported with both lines and what to do. The same company in rows of different
regions is no duplicate.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from criteria.text import msg
from data.importing.cells import shown
from data.importing.headers import simplified
from data.importing.notices import Notices
from data.importing.vocabulary import spaced

_SHORT_FORMS = spaced(
    "inc co ltd llc llp lp plc pllc gmbh ag kg kgaa ohg ug ev se sa sas sarl sasu spa srl "
    "srls sl slu sau bv nv vof cv ab as "
    "asa aps oy oyj sro doo dd zrt kft rt nyrt ao oao zao ooo pao jsc ojsc cjsc pt tbk sdn "
    "bhd pte pty pvt psc fze fzco "
    "dmcc wll mbh kk"
)
_LONG_FORMS = spaced(
    r"incorporated corporation corp company limited private public holdings holding group "
    r"joint\s?stock kabushiki kaisha "
    r"sp\.?\s?z\s?o\.?\s?o"
)
_FORM = "(?:" + "|".join([*(r"\.?".join(form) for form in _SHORT_FORMS), *_LONG_FORMS]) + ")"
_END = rf"(?:(?:[\s,.()-]|\b(?:and|und|et)\b|[&+])*\b{_FORM}\b[.)]*)+\s*$"
_START = r"^(?:the|pt|ooo|oao|zao|pao|jsc|cv)\b[.\s]+"
_NOT_NAME = r"[^a-z0-9]+"
_LAST_FORM = re.compile(rf"(?:\b(?:and|und|et)\b)?[\s,.()&+-]{{0,8}}\b{_FORM}[.)]{{0,4}}\s{{0,8}}$")
_START_RE = re.compile(_START)
_COMPARED = 300
"""So many characters of a name are compared; what a hostile name holds beyond them costs no time."""
_LEGAL_HAN = re.compile(
    r"(?:集团|控股|股份|有限责任公司|有限责任|有限公司|有限|责任|公司|株式会社|有限会社|合同会社|商行|企业社|주식회사)"
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3]")

_COMPARED_ROWS = 50


def fold_name(name: str) -> str:
    """Return *name* as it is compared; a name of nothing but legal forms stays whole.

    >>> fold_name("ACME Trading Co., Ltd.") == fold_name("Acme  trading") == fold_name("ＡＣＭＥ Trading, Inc")
    True
    >>> fold_name("華東貿易股份有限公司") == fold_name("华东贸易有限公司"), fold_name("Group Co.")
    (True, 'groupco')
    """
    plain = simplified(unicodedata.normalize("NFKC", name[:_COMPARED])).casefold()
    bare = plain
    while found := _LAST_FORM.search(bare):
        bare = bare[: found.start()]
    bare = _START_RE.sub("", bare).replace("&", "and")
    if _HAN_NAME.search(bare):
        bare = _LEGAL_HAN.sub("", bare) or bare
    return _letters(bare) or _letters(plain)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def fold_names(names: pa.Array) -> list[str]:
    """Return `fold_name` of every name, ASCII names in one go."""
    plain = pc.ascii_lower(pc.utf8_slice_codeunits(names, 0, _COMPARED))
    bare = pc.replace_substring_regex(pc.replace_substring_regex(plain, _END, ""), _START, "")
    bare = pc.replace_substring_regex(pc.replace_substring(bare, "&", "and"), _NOT_NAME, "")
    folded: list[str] = bare.to_pylist()
    by_hand = pc.or_(pc.equal(bare, ""), pc.invert(pc.string_is_ascii(names))).to_numpy(zero_copy_only=False)
    for row in np.flatnonzero(by_hand):
        folded[row] = fold_name(names[int(row)].as_py())
    return folded


def report_duplicates(
    names: NDArray[np.object_],
    lines: NDArray[np.int64],
    rows: NDArray[np.int64],
    regions: tuple[tuple[str, ...], ...] | None,
    ids: NDArray[np.object_],
    column: str | None,
    notices: Notices,
) -> None:
    """Note each candidate whose name folds to that of an earlier one, unless the two stand for different regions.

    All arguments run in step: *lines* are lines of the file, *rows* rows of the table. *column* is shown as the place.
    """
    first: dict[str, list[int]] = {}
    folds = pd.Index(fold_names(pa.array(names, pa.string())))
    for position in np.flatnonzero(folds.duplicated(keep=False)).tolist():
        folded = folds[position]
        if not folded:
            continue
        earlier = first.setdefault(folded, [])
        twin = next((other for other in earlier if _same_place(regions, ids, other, position)), None)
        if twin is not None:
            text = msg(
                "“{second}” may be the same company as “{first}” in line {line}. Both are kept; if they are one, "
                "delete one row or give both the same id and different regions.",
                first=shown(names[twin]),
                second=shown(names[position]),
                line=int(lines[twin]),
            )
            notices.add(text, row=int(rows[position]), column=column, severity="warning")
        if len(earlier) < _COMPARED_ROWS:
            earlier.append(position)


def _same_place(regions: tuple[tuple[str, ...], ...] | None, ids: NDArray[np.object_], first: int, second: int) -> bool:
    """Tell whether two rows of one name can be one candidate entered twice."""
    if ids[first] == ids[second]:
        return False  # one id in several rows is one candidate per region, or was refused already
    if regions is None or not regions[first] or not regions[second]:
        return True
    return bool(set(regions[first]) & set(regions[second]))
