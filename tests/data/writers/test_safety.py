"""Names are text in every format: never a formula, a tag, a second row; and they come back as they were."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.candidates import read_candidates
from data.writers import export_ranking, export_table
from data.writers.safe import CELL_LIMIT, cell_text, clean, escape_formula, plain_number, unescape_formula
from tests.data.writers.cases import full_ranking, named_ranking, profile
from tests.data.writers.hostile import HOSTILE_NAMES

STARTS = re.compile("[=+\\-@\t\r\0＝＋－＠]")
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40) | st.sampled_from(HOSTILE_NAMES) | st.builds(
    "".join, st.tuples(st.sampled_from(list("=+-@\t\r\n '\"<＝－;,|")), st.text(max_size=15))
)  # fmt: skip
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "section", "h1", "h2", "p", "table", "thead", "tbody",
    "tr", "th", "td", "div", "b", "small", "bdi", "svg", "rect",
}  # fmt: skip


class Reader(HTMLParser):
    """Collects tags, attributes and the texts of names."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.names: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "bdi":
            self._inside = True
            self.names.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "bdi"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.names[-1] += data


def read_csv(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a csv as a strict reader sees them."""
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def assert_csv_safe(data: bytes, expected: list[str]) -> None:
    rows = read_csv(data)
    assert sorted(unescape_formula(row["name"]) for row in rows) == sorted(map(clean, expected))
    for row in rows:
        assert not STARTS.match(row["name"].lstrip(" \"'“") if row["name"][:1] != "'" else "")
        assert not STARTS.match(row["name"])
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert b"\0" not in data


def formulas_of(data: bytes) -> dict[tuple[str, str], str]:
    """Return every formula of a workbook by its place."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.hyperlink is not None]
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def assert_xlsx_safe(data: bytes, expected: list[str]) -> None:
    harmless = export_ranking(named_ranking([f"name {i}" for i in range(len(expected))]), "xlsx")
    assert formulas_of(data) == formulas_of(harmless)
    calculation = openpyxl.load_workbook(io.BytesIO(data))["Calculation"]
    shown = [row[1].value for row in calculation.iter_rows(min_row=4) if row[0].value]
    assert sorted(shown) == sorted(map(clean, expected))


def assert_html_safe(data: bytes, expected: list[str]) -> None:
    text = data.decode()
    reader = Reader()
    reader.feed(text)
    assert {tag for tag, _ in reader.tags} <= TAGS
    for _, attributes in reader.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("href", "src", "style")]
    assert {clean(name) for name in expected} <= set(reader.names)
    assert text.count("http") == text.count("http-equiv") + sum(clean(name).count("http") for name in reader.names)


def assert_json_safe(data: bytes, expected: list[str]) -> None:
    document = json.loads(data)
    found = [entry["name"] for key in ("ranked", "pending", "eliminated") for entry in document[key]]
    assert sorted(found) == sorted(name.encode("utf-8", "replace").decode() for name in expected)


ASSERTIONS = {"csv": assert_csv_safe, "xlsx": assert_xlsx_safe, "html": assert_html_safe, "json": assert_json_safe}


@pytest.mark.parametrize("format_", list(ASSERTIONS))
def test_hostile_names_are_text(format_: str) -> None:
    """Every hostile name of the collection is text in every format and reads back as it was."""
    ASSERTIONS[format_](export_ranking(named_ranking(HOSTILE_NAMES), format_), HOSTILE_NAMES)


@pytest.mark.parametrize("format_", list(ASSERTIONS))
@settings(
    max_examples=7,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(texts=st.lists(names, min_size=50, max_size=60, unique_by=clean))
def test_random_names_are_text(format_: str, texts: list[str]) -> None:
    """Hundreds of random names of every script and shape are text in every format and read back as they were."""
    shown = [name for name in texts if clean(name).strip()]
    ASSERTIONS[format_](export_ranking(named_ranking(shown), format_), shown)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_titles_of_criteria_are_text(name: str) -> None:
    """A criterion's title is as untrusted as a name: no tag, no formula, in headers or sentences."""
    ranking = named_ranking(["a", "b", "c", "d"], criterion_title=name)
    assert_html_safe(
        export_ranking(ranking, "html"), ["a"] if "http" not in name else []
    ) if "http" not in name else None
    book = openpyxl.load_workbook(io.BytesIO(export_ranking(ranking, "xlsx")))
    assert not [
        c for row in book["Criteria and weights"].iter_rows(max_col=4) for c in row if c.data_type == "f" and c.row > 4
    ]


@given(st.text(st.characters(codec="utf-8")))
def test_the_escape_can_be_undone(text: str) -> None:
    """Escaping and unescaping gives the text again, and an escaped text starts with no sign of a formula."""
    escaped = escape_formula(clean(text))
    assert unescape_formula(escaped) == clean(text)
    assert not STARTS.match(escaped)


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**12), 10**12))
def test_numbers_are_unchanged(value: float) -> None:
    """A number is written so that reading it gives the same number; negative ones get no apostrophe."""
    assert float(plain_number(value)) == float(value)
    row = read_csv(export_table({"figure": [value]}, "csv"))[0]
    assert float(row["figure"]) == float(value)


def test_the_csv_has_the_figures_of_the_ranking() -> None:
    """One line per candidate, ranked first, with unchanged raw values, values and points."""
    ranking = full_ranking()
    rows = read_csv(export_ranking(ranking, "csv"))
    entries = [*ranking.ranked, *ranking.pending, *ranking.eliminated]
    assert [row["id"] for row in rows] == [entry.figures.id for entry in entries]
    assert [row["verdict"] for row in rows] == ["pass", "waived", *["pass"] * 5, *["pending"] * 2, *["fail"] * 2]
    assert [row["rank"] for row in rows] == ["1", "2", "3", "4", "5", "5", "7", "", "", "", ""]
    assert [row["tied"] for row in rows[:7]] == ["false"] * 4 + ["true"] * 2 + ["false"]
    for row, entry in zip(rows, entries, strict=True):
        figures = entry.figures
        assert float(row["score"]) == figures.score
        raw = figures.raw["years"]
        assert row["years"] == ("" if raw is None else plain_number(float(raw)))
        assert (
            row["attitude points"] == repr(figures.points["attitude"])
            or float(row["attitude points"]) == figures.points["attitude"]
        )
    isar = next(row for row in rows if row["name"] == "Isar")
    assert (isar["delivery time"], isar["delivery time value"]) == ("not applicable", "")


def test_json_is_the_dictionary_of_the_ranking() -> None:
    """The json file is `Ranking.to_dict()`, nothing else."""
    ranking = full_ranking()
    assert json.loads(export_ranking(ranking, "json")) == ranking.to_dict()


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_tables_are_as_safe_as_rankings(format_: str) -> None:
    """Any list exports with texts as text, numbers as numbers, hostile headers included."""
    columns = {"=evil": HOSTILE_NAMES, "figure": [-1.5] * len(HOSTILE_NAMES), "flag": [True] * len(HOSTILE_NAMES)}
    data = export_table(columns, format_)
    if format_ == "csv":
        rows = read_csv(data)
        assert next(iter(rows[0])) == "'=evil"
        assert [unescape_formula(row["'=evil"]) for row in rows] == [clean(name) for name in HOSTILE_NAMES]
        assert {row["figure"] for row in rows} == {"-1.5"}
        return
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [clean(name) for name in HOSTILE_NAMES]
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == {-1.5}


def test_a_text_too_long_for_a_cell_is_cut_with_an_ellipsis() -> None:
    """A worksheet cell holds 32,767 characters; a longer text ends in an ellipsis instead of vanishing."""
    assert len(cell_text("x" * 40_000)) == CELL_LIMIT
    assert cell_text("😀" * 40_000).endswith("😀…")
    assert "x" * 40_000 in export_ranking(named_ranking(["x" * 40_000, "b", "c"]), "csv").decode()


def test_our_own_csv_is_read_back_as_it_was(tmp_path: Path) -> None:
    """Importing our own csv gives every name, hostile ones included, and every raw number again."""
    names_ = [name for name in HOSTILE_NAMES if len(name) < 500]
    ranking = named_ranking(names_)
    path = tmp_path / "own.csv"
    path.write_bytes(export_ranking(ranking, "csv"))
    back = read_candidates(path, profile()).candidates
    before = {key: clean(name).strip("\ufeff\t") for key, name in zip(ranking.candidates.ids, names_, strict=True)}
    assert dict(zip(back.ids, back.names, strict=True)) == before
    years = dict(zip(ranking.candidates.ids, ranking.candidates.frame["years"], strict=True))
    for key, value in zip(back.ids, back.frame["years"], strict=True):
        assert value == years[key] or (math.isnan(value) and math.isnan(years[key]))
