"""The memo as a file: one page that needs nothing, runs nothing, and shows every text as typed."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser

import pytest

from criteria.text import LANGUAGES
from data.writers.memo import Signature, memo_html
from selection.memo import Choice, memo
from tests.data.writers import cases

DAY = datetime.date(2026, 11, 21)
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "**bold** [x](http://a.b)", "=1+1", "A & B",
    "\u202egnp.exe", "{name} {0}", "Müller\x00\x1b", "'\"><svg onload=1>", "普通公司",
)  # fmt: skip


class Reader(HTMLParser):
    """Collect tags, attributes and text of a page."""

    def __init__(self):
        """Start empty."""
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""

    def handle_starttag(self, tag, attrs):
        """Keep the tag."""
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        """Keep the text."""
        self.text += data


def read(page):
    """Return the page as its parts."""
    reader = Reader()
    reader.feed(page.decode())
    return reader


def page(ranking, first, reserve=None, reason="", **options):
    """Return the memo of a choice by row as a file."""
    return memo_html(memo(ranking, Choice(first, reserve, reason)), date=DAY, **options)


def test_the_page_has_every_sentence_of_the_memo():
    """Headline, questions and answers stand in it, and the ranking with the ideal in front."""
    ranking = cases.full_ranking()
    found = memo(ranking, Choice(int(ranking.ranked_rows[0]), int(ranking.ranked_rows[1])))
    text = read(memo_html(found, date=DAY)).text
    for message in found.messages:
        assert str(message) in text
    assert "The ideal" in text
    assert ranking.fingerprint in text


@pytest.mark.parametrize("name", HOSTILE)
def test_names_and_reasons_are_text(name):
    """No tag, script or link comes from a name, a reason or a signature."""
    ranking = cases.named_ranking([name, "Other", "Third", name + " 2", "Fifth"])
    plain = read(page(cases.named_ranking(["One", "Other", "Third", "One 2", "Fifth"]), 0, 3, "why"))
    found = read(page(ranking, 0, 3, name, signature=Signature(name, "2026-11-20")))
    assert found.tags == plain.tags
    assert "script" not in found.tags
    assert not [key for key, _ in found.attributes if key.startswith("on") or key in ("href", "src")]


def test_the_page_allows_nothing_to_run_or_load():
    """A content policy stands in the page, and no address of another host."""
    text = page(cases.full_ranking(), 0).decode()
    assert "default-src 'none'" in text.replace("&#x27;", "'")
    assert not re.search(r"https?://", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_and_every_choice_prints(language):
    """First choices of every verdict, and nobody yet."""
    ranking = cases.full_ranking()
    for first in (None, 0, int(ranking.pending_rows[0]), int(ranking.eliminated_rows[0])):
        text = page(ranking, first, language=language).decode()
        assert f'lang="{language}"' in text


def test_a_draft_is_called_a_draft_and_a_decision_has_its_date():
    """What is not saved cannot pass for a decision."""
    ranking = cases.full_ranking()
    assert "Draft of 2026-11-21, not yet decided" in read(page(ranking, 0)).text
    signed = read(page(ranking, 0, signature=Signature("Li", "2026-11-20"))).text
    assert "Decided on 2026-11-20" in signed
    assert "Decided by Li" in signed


def test_the_same_decision_is_the_same_file():
    """Two prints of one day are equal byte for byte."""
    assert page(cases.full_ranking(), 0) == page(cases.full_ranking(), 0)
