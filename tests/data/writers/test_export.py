"""One door for every format, with refusals in plain words; the page stands on its own feet."""

from __future__ import annotations

import datetime
import re

import pandas as pd
import pytest

from criteria.errors import RunError
from data.writers import EXPORT_FORMATS, export_formats, export_ranking, export_table
from selection import Candidates, rank
from tests.data.writers.cases import frame, full_ranking, profile


@pytest.mark.parametrize(
    ("format_", "language", "sentence"),
    [
        ("pdf", "en", "The PDF comes with a later version; export it as html and print that."),
        ("docx", "en", "There is no format “docx”. There are: csv, xlsx, html, json."),
        ("csv", "fr", "There is no language “fr”. There are: en, zh-Hans, zh-Hant."),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(format_: str, language: str, sentence: str) -> None:
    """An unknown format or language, and the PDF whose time has not come, get a clear sentence."""
    with pytest.raises(RunError, match=re.escape(sentence)):
        export_ranking(full_ranking(), format_, language)
    assert export_formats() == EXPORT_FORMATS == ("csv", "xlsx", "html", "json")


def test_a_table_has_two_formats() -> None:
    """A list exports as csv or xlsx; anything else is refused; an empty one is still a file."""
    with pytest.raises(RunError, match="csv, xlsx"):
        export_table({"a": [1]}, "html")
    assert export_table({}, "xlsx").startswith(b"PK")
    assert export_table({"a": [], "b": []}, "csv").decode("utf-8-sig") == '"a","b"\r\n'


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_page_needs_nothing_but_itself(language: str) -> None:
    """The page forbids every request and script, names its language, and asks for nothing."""
    page = export_ranking(full_ranking(), "html", language, date=datetime.date(2026, 3, 1), by="Li").decode()
    assert f'<html lang="{language}">' in page
    assert "default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;; img-src data:" in page
    assert not re.search(r"<script|<link|<iframe|@import|url\(|\ssrc=|\shref=|\sstyle=", page)
    assert "2026-03-01" in page
    assert full_ranking().fingerprint in page


def test_the_page_shows_what_the_ranking_says() -> None:
    """Ranks with ties, scores, bands, reasons and what to verify stand on the page."""
    ranking = full_ranking()
    page = export_ranking(ranking, "html").decode()
    cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)]
    for entry in ranking.ranked:
        assert f"{entry.rank}=" in cells if entry.tied else str(entry.rank) in cells
        assert any(cell.startswith(f"{entry.figures.score:.1f}") for cell in cells)
    for pending in ranking.pending:
        assert f"{pending.rank_best}–{pending.rank_worst}" in cells
    assert "Years: 2 years; it must be at least 3 years, short by 1 years." in cells
    assert any("below the qualified line" in cell for cell in cells)


@pytest.mark.parametrize("format_", EXPORT_FORMATS)
@pytest.mark.parametrize("case", ["nobody", "all unknown", "desk", "per region", "method"])
def test_every_state_can_be_written(format_: str, case: str) -> None:
    """No candidate, nothing known, a desk ranking, rows per region, and another method all give a file."""
    chosen = profile()
    table = frame().drop(columns="regions")
    options = {"desk": {"stage": "desk"}, "method": {"method": "vikor"}}.get(case, {})
    if case == "nobody":
        table = table.iloc[:0]
    elif case == "all unknown":
        table = table[["id", "name"]]
    elif case == "per region":
        table = pd.concat([table.assign(region="DE"), table.assign(region="FR")], ignore_index=True)
    ranking = rank(Candidates.from_frame(table, chosen), chosen, **options)
    data = export_ranking(ranking, format_)
    assert len(data) > 100
    if case == "per region" and format_ == "csv":
        assert data.decode("utf-8-sig").count('"FR"') == len(table) / 2


def test_the_same_ranking_gives_the_same_bytes() -> None:
    """With the date given, every format is the same to the byte, so a file can be compared by its hash."""
    date = datetime.date(2026, 3, 1)
    for format_ in EXPORT_FORMATS:
        assert export_ranking(full_ranking(), format_, date=date) == export_ranking(full_ranking(), format_, date=date)
