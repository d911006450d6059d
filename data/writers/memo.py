"""The decision memo as one page that needs nothing but itself, runs nothing, and prints well on A4."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from criteria.curves import IDEAL
from criteria.text import LocalText, Message, msg, render
from data.writers import words
from data.writers.about import about_lines
from data.writers.export import product_version
from data.writers.html_page import POLICY
from data.writers.markup import Html, element, escaped, joined, name_of, table
from data.writers.page_style import CSS
from selection.explain import headline
from selection.memo import Memo
from selection.rank import Ranking
from selection.robustness.firmness import Firmness

SHOWN = 10
"""How many places of the ranking the memo lists."""
STYLE = """
h1{margin-top:4px}ol.points{padding-left:1.4em}ol.points>li{margin:0 0 12px;break-inside:avoid}
ol.points h2{font-size:15px;margin:0 0 2px;display:inline}ol.points p{margin:2px 0}
.sign{display:flex;gap:40px;margin:36px 0 10px}.sign div{flex:1;border-top:1px solid var(--ink);padding-top:4px}
.about{font-size:12px;color:var(--soft)}
"""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decided, and when it was saved; both empty while it is a draft."""

    by: str = ""
    on: str = ""


def memo_html(
    memo: Memo,
    language: str = "en",
    *,
    signature: Signature | None = None,
    date: datetime.date | None = None,
    firm: Firmness | None = None,
) -> bytes:
    """Return *memo* as one self-contained page in *language*; *date* (None: today) is that of the print.

    *firm* is the verdict to print where the caller knows more than the ranking.
    """
    printed = (date or datetime.date.today()).isoformat()
    page = _Page(memo, language, signature or Signature(), printed, firm)
    return f"<!DOCTYPE html>\n{page.document()}\n".encode()


@dataclass(frozen=True, slots=True)
class _Page:
    memo: Memo
    language: str
    signature: Signature
    printed: str
    firm: Firmness | None

    def say(self, text: Message | LocalText | str) -> Html:
        """Return a text in the reader's language, escaped."""
        return escaped(render(text, self.language))

    def document(self) -> Html:
        head = joined(
            Html('<meta charset="utf-8">'),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{escaped(POLICY)}">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html('<meta name="referrer" content="no-referrer">'),
            element("title", self.say(msg("Decision memo"))),
            Html(f"<style>{CSS}{STYLE}</style>"),
        )
        sections = (self.top(), self.points(), self.ranking(), self.sign(), self.about())
        return element("html", element("head", head), element("body", *sections), lang=self.language)

    def top(self) -> Html:
        ranking = self.memo.ranking
        place = msg(
            "{region} · {scenario}",
            region=words.region_text(ranking),
            scenario=words.scenario_title(ranking.scenario),
        )
        state = (
            msg("Decided on {date}", date=self.signature.on)
            if self.signature.on
            else msg("Draft of {date}, not yet decided", date=self.printed)
        )
        return element(
            "header",
            element(
                "p", self.say(msg("Decision memo")), " · ", self.say(place), " · ", self.say(state), class_="place"
            ),
            element("h1", self.say(self.memo.headline)),
            element("p", self.say(words.MARKS), class_="marks"),
        )

    def points(self) -> Html:
        items = [
            element(
                "li",
                element("h2", self.say(point.question)),
                *(element("p", self.say(answer)) for answer in point.answers),
            )
            for point in self.memo.points
        ]
        return element("ol", *items, class_="points")

    def ranking(self) -> Html:
        """Return the first places, and the chosen candidates where they stand further down."""
        ranking, choice = self.memo.ranking, self.memo.choice
        rows = dict.fromkeys(ranking.ranked_rows[:SHOWN].tolist())
        rows |= dict.fromkeys(row for row in (choice.first, choice.reserve) if row is not None)
        if not rows:
            return Html("")
        heads = [self.say(word) for word in (words.RANK, words.NAME, words.SCORE, words.NOTE)]
        ideal = element(
            "tr",
            element("td", "–", class_="rank"),
            element("td", self.say(words.THE_IDEAL)),
            element("td", f"{IDEAL:.1f}", class_="number"),
            element("td", ""),
            class_="ideal",
        )
        lines = [ideal, *(self.line(row) for row in rows)]
        return element("section", element("h2", self.say(words.SHEETS["ranking"])), table(heads, lines, "places"))

    def line(self, row: int) -> Html:
        ranking, choice = self.memo.ranking, self.memo.choice
        figures = ranking.figures(row)
        notes = [msg("first choice")] if row == choice.first else [msg("reserve")] if row == choice.reserve else []
        shown = [self.say(note) for note in (*notes, headline(ranking, figures))]
        band = f" {figures.low:.1f}–{figures.high:.1f}" if figures.high - figures.low >= 0.05 else ""
        return element(
            "tr",
            element("td", _place(ranking, row), class_="rank"),
            element("td", name_of(figures.name)),
            element("td", element("b", f"{figures.score:.1f}"), element("small", band), class_="number"),
            element("td", Html(" · ".join(shown))),
        )

    def sign(self) -> Html:
        """Return the lines to sign on; the name of who decided stands under the first."""
        return element(
            "section",
            element("div", self.say(msg("Decided by")), " ", name_of(self.signature.by)),
            element("div", self.say(msg("Date and signature"))),
            class_="sign",
        )

    def about(self) -> Html:
        options = {"date": self.printed, "version": product_version(), "by": None, "firm": self.firm}
        rows = [
            element(
                "tr",
                element("th", self.say(label), scope="row"),
                element("td", str(value) if isinstance(value, int | float) else self.say(value)),
            )
            for label, value in about_lines(self.memo.ranking, options)
        ]
        return element("section", element("table", element("tbody", *rows), class_="about"))


def _place(ranking: Ranking, row: int) -> str:
    """Return the rank with a mark where it is shared; a question mark where it is still to be verified."""
    found = np.flatnonzero(ranking.ranked_rows == row)
    if not found.size:
        return "?"
    return f"{ranking.ranks[found[0]]}=" if ranking.tied[found[0]] else str(ranking.ranks[found[0]])
