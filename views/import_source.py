"""Where a list comes from: a dropped file or pasted cells, read once into a table of raw cells."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from criteria.errors import DecisionError
from criteria.text import Message
from data.importing.headers import BASE_NAMES, NAME, fold
from data.readers import RawTable, display_name, read_table
from views.words import md, t

PASTE_KEY, ROUND_KEY = "import_paste", "import_round"
_NAME_HEADINGS = frozenset(fold(name) for name in BASE_NAMES[NAME])


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a list and what its owner calls them."""

    content: bytes
    name: str
    suffix: str

    @property
    def digest(self) -> str:
        """Return a short name of the content, for keys."""
        return hashlib.sha256(self.content + self.name.encode(errors="replace")).hexdigest()[:16]


def choose() -> Source | None:
    """Show the place to drop a file or to paste cells; return what was given, the file first."""
    left, right = st.columns(2)
    with left:
        dropped = st.file_uploader(
            md(t("Drop a file: Excel, csv, tsv, parquet or json, one row per company")),
            key=f"import_file_{st.session_state.get(ROUND_KEY, 0)}",
        )
    with right:
        pasted = st.text_area(
            md(t("or paste cells from Excel; a plain list of names will do")),
            key=PASTE_KEY, height=126, persist_state="session", placeholder=t("Click here and press Ctrl+V"),
        )  # fmt: skip
    if dropped is not None:
        name = display_name(dropped.name)
        return Source(dropped.getvalue(), name, Path(name).suffix.lower()[:10])
    return from_text(pasted, t("pasted cells")) if pasted and pasted.strip() else None


def from_text(text: str, name: str) -> Source:
    r"""Return pasted *text* as a table: cells between tabs, else commas or semicolons, else one name per line.

    >>> from_text("Acme Co., Ltd.\nBeta", "pasted").content.decode().splitlines()
    ['"name"', '"Acme Co., Ltd."', '"Beta"']
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if "\t" in text:
        return Source(text.encode(errors="replace"), name, ".tsv")
    if any(len({line.count(mark) for line in lines} - {0}) == 1 and mark in lines[0] for mark in ",;") and (
        not _is_column_of_names(lines)
    ):
        return Source(text.encode(errors="replace"), name, ".csv")
    has_heading = fold(lines[0]) in _NAME_HEADINGS
    out = io.StringIO(newline="")
    rows = lines if has_heading else ["name", *lines]
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([row.strip()] for row in rows)
    return Source(out.getvalue().encode(errors="replace"), name, ".csv")


def _is_column_of_names(lines: list[str]) -> bool:
    """Tell whether lines with commas are names such as “Acme Co., Ltd.” rather than rows of cells."""
    return fold(lines[0]) in _NAME_HEADINGS or any("," not in line and ";" not in line for line in lines)


def raw_table(source: Source) -> RawTable | Message:
    """Return the cells of *source*, or the sentence why they cannot be read; each content is read once."""
    return _read(source.digest, source.suffix, source.name, source.content)


@st.cache_data(max_entries=6, show_spinner=False)
def _read(digest: str, suffix: str, name: str, _content: bytes) -> RawTable | Message:
    with tempfile.TemporaryDirectory(prefix="shortlist-") as folder:
        path = Path(folder) / f"list{suffix if suffix.isascii() and suffix[1:].isalnum() else ''}"
        path.write_bytes(_content)
        try:
            return read_table(path, name)
        except DecisionError as error:
            return error.message


def forget() -> None:
    """Empty the drop zone and the paste field for the next list."""
    st.session_state[ROUND_KEY] = st.session_state.get(ROUND_KEY, 0) + 1
    st.session_state[PASTE_KEY] = ""
