"""Which row of a list is which candidate of the project."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

import pandas as pd

from data.store.pool import next_id
from data.store.values import optional, required

_LINE_ID = re.compile(r"r\d+")


def match(frame: pd.DataFrame, known: Mapping[str, str]) -> list[str]:
    """Return the candidate id of every row of a list; *known* maps the ids of the project to names.

    A list with ids of its own is matched by them. Where all ids were only made from line numbers (r2, r3 ...), rows are
    matched by name (case, width and spaces do not count); a name that stands several times is matched in order.
    """
    given = [required(str(id_), "name") for id_ in frame["id"]]
    if not all(_LINE_ID.fullmatch(id_) for id_ in given):
        return given
    by_name: dict[tuple[str, int], str] = {}
    seen: Counter[str] = Counter()
    for id_, name in known.items():
        by_name[plain(name), seen[plain(name)]] = id_
        seen[plain(name)] += 1
    return _match_names(frame, given, by_name, set(known))


def _match_names(
    frame: pd.DataFrame, given: list[str], by_name: dict[tuple[str, int], str], taken: set[str]
) -> list[str]:
    regions = [optional(r) for r in frame["region"]] if "region" in frame else [None] * len(frame)
    seen: Counter[tuple[str, str | None]] = Counter()
    result = []
    for id_, name, region in zip(given, frame["name"], regions, strict=True):
        row = plain(str(name))
        key = (row, seen[row, region])
        seen[row, region] += 1
        if key not in by_name:
            by_name[key] = id_ if id_ not in taken else next_id(taken | set(given), "r")
            taken.add(by_name[key])
        result.append(by_name[key])
    return result


def plain(name: str) -> str:
    """Return *name* for comparing: width, case and spaces do not count.

    >>> plain("Ｎｏｒｄ  GmbH ") == plain("nord gmbh")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
