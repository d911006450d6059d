"""html: one page that needs nothing but itself, runs nothing, and prints well on A4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from criteria.curves import IDEAL
from criteria.text import LocalText, Message, msg, plural, render
from data.writers import words
from data.writers.about import about_lines
from data.writers.colours import TONES, family_colour, tone
from data.writers.markup import Html, element, escaped, joined, name_of, table
from data.writers.page_style import CSS
from selection import explain
from selection.model import Eliminated, Figures, Pending, Ranked
from selection.rank import Ranking

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
MAX_LINES, MAX_WHY = 1_000, 50
Text = Message | LocalText | str


def ranking_html(ranking: Ranking, language: str, options: Mapping[str, Any]) -> bytes:
    """Return *ranking* as one self-contained page in *language*."""
    page = _Page(ranking, language, options)
    return f"<!DOCTYPE html>\n{page.document()}\n".encode()


class _Page:
    """The page under construction: what every section needs at hand."""

    def __init__(self, ranking: Ranking, language: str, options: Mapping[str, Any]) -> None:
        self.ranking, self.language, self.options = ranking, language, options
        self.additive = ranking.method == "additive"

    def say(self, text: Text) -> Html:
        """Return a text in the reader's language, escaped."""
        return escaped(render(text, self.language))

    def document(self) -> Html:
        title = render(self.ranking.original[1].display_title, self.language)
        head = joined(
            Html('<meta charset="utf-8">'),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{escaped(POLICY)}">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html('<meta name="referrer" content="no-referrer">'),
            element("title", title),
            Html(f"<style>{CSS}{_tones()}</style>"),
        )
        sections = (
            self.top(), self.ranked(), self.pending(), self.why(), self.eliminated(), self.criteria(), self.about()
        )  # fmt: skip
        return element("html", element("head", head), element("body", *sections), lang=self.language)

    def top(self) -> Html:
        ranking = self.ranking
        place = msg(
            "{region} · {scenario}",
            region=words.region_text(ranking),
            scenario=words.scenario_title(ranking.scenario),
        )
        lines = [
            element("p", self.say(place), class_="place"),
            element("h1", self.say(ranking.original[1].display_title)),
            element("p", self.say(explain.answer(ranking)), class_="answer"),
            element("p", self.say(words.MARKS), class_="marks"),
        ]
        if ranking.stage is not None:
            lines.append(element("p", self.say(words.DESK), class_="warning"))
        return element("header", *lines)

    def section(self, key: str, *content: str) -> Html:
        return element("section", element("h2", self.say(words.SHEETS[key])), *content)

    def heads(self, *titles: Text) -> list[str]:
        return [self.say(title) for title in titles]

    def rest(self, entries: Sequence[Any], limit: int) -> Html:
        """Return the sentence that says how many lines are not shown."""
        more = len(entries) - limit
        if more <= 0:
            return Html("")
        note = plural("{n} more is in the csv and xlsx exports.", "{n} more are in the csv and xlsx exports.", more)
        return element("p", self.say(note), class_="marks")

    def ranked(self) -> Html:
        entries = self.ranking.ranked
        heads = self.heads(words.RANK, words.NAME, words.SCORE, "", words.NOTE)
        rows = [self.ideal()] if self.additive else []
        rows += [self.ranked_row(entry) for entry in entries[:MAX_LINES]]
        return self.section("ranking", table(heads, rows, "places"), self.rest(entries, MAX_LINES))

    def ideal(self) -> Html:
        cells = (
            element("td", "–", class_="rank"),
            element("td", self.say(words.THE_IDEAL)),
            element("td", f"{IDEAL:.1f}", class_="number"),
            element("td", _bar(IDEAL, IDEAL, IDEAL), class_="bar"),
            element("td", ""),
        )
        return element("tr", *cells, class_="ideal")

    def ranked_row(self, entry: Ranked) -> Html:
        figures = entry.figures
        notes = [self.say(explain.headline(self.ranking, figures))] if self.additive else []
        if entry.below_line:
            notes.append(self.say(words.BELOW_LINE))
        waiver = words.waiver_note(self.ranking, figures.row)
        notes += [self.say(waiver)] if waiver is not None else []
        return element(
            "tr",
            element("td", f"{entry.rank}=" if entry.tied else str(entry.rank), class_="rank"),
            self.who(figures),
            element("td", self.total(figures), class_="number"),
            element("td", _bar(figures.score, figures.low, figures.high) if self.additive else "", class_="bar"),
            element("td", Html(" · ".join(notes))),
        )

    def who(self, figures: Figures) -> Html:
        served = words.served(self.ranking, figures.row)
        small = " · ".join(part for part in (figures.id, served) if part and part != figures.name)
        return element("td", name_of(figures.name), " ", element("small", name_of(small)))

    def total(self, figures: Figures) -> Html:
        """Return the total with its band where something is unknown."""
        digits = 1 if self.additive else 3
        if figures.score != figures.score:
            return self.say(words.UNKNOWN)
        score = element("b", f"{figures.score:.{digits}f}")
        if figures.high - figures.low < 0.05:
            return score
        return joined(score, " ", element("small", f"{figures.low:.1f}–{figures.high:.1f}"))

    def pending(self) -> Html:
        entries = self.ranking.pending
        if not entries:
            return Html("")
        heads = self.heads(words.RANK, words.NAME, words.SCORE, "", words.OPEN)
        rows = [self.pending_row(entry) for entry in entries[:MAX_LINES]]
        return self.section("pending", table(heads, rows, "places"), self.rest(entries, MAX_LINES))

    def pending_row(self, entry: Pending) -> Html:
        figures = entry.figures
        return element(
            "tr",
            element("td", f"{entry.rank_best}–{entry.rank_worst}", class_="rank"),
            self.who(figures),
            element("td", self.total(figures), class_="number"),
            element("td", _bar(figures.score, figures.low, figures.high) if self.additive else "", class_="bar"),
            element("td", self.say(words.listed(words.unknown_titles(self.ranking, entry.unknown)))),
        )

    def why(self) -> Html:
        """Return the points per criterion; the strip shows them in the colours of their families."""
        weighted = [
            (criterion, float(weight))
            for criterion, weight in zip(self.ranking.profile.criteria, self.ranking.weights, strict=True)
            if weight > 0
        ]
        entries = self.ranking.ranked
        if not self.additive or not entries:
            return Html("")
        heads = [self.say(words.NAME), *(self.say(criterion.title) for criterion, _ in weighted), self.say(words.SCORE)]
        ideal = element(
            "tr",
            element("td", self.say(words.THE_IDEAL)),
            *(element("td", f"{IDEAL * weight:.1f}", class_="number") for _, weight in weighted),
            element("td", f"{IDEAL:.1f}", class_="number"),
            class_="ideal",
        )
        rows = [
            ideal,
            *(self.why_row(entry, [criterion.id for criterion, _ in weighted]) for entry in entries[:MAX_WHY]),
        ]
        note = element(
            "p",
            self.say(msg("Points = weight × value. Unknown values count at the middle of their band in the score.")),
            class_="marks",
        )
        return self.section("why", note, table(heads, rows, "why"), self.rest(entries, MAX_WHY))

    def why_row(self, entry: Ranked, ids: list[str]) -> Html:
        figures = entry.figures
        cells = [element("td", name_of(figures.name))]
        for part in ids:
            points = figures.points[part]
            word = words.NOT_APPLICABLE if part in figures.exempt else words.UNKNOWN
            cells.append(element("td", f"{points:.1f}" if points is not None else self.say(word), class_="number"))
        return element("tr", *cells, element("td", self.total(figures), class_="number"))

    def eliminated(self) -> Html:
        entries = self.ranking.eliminated
        if not entries:
            return Html("")
        heads = self.heads(words.NAME, words.TOTAL, words.REASON)
        rows = [self.eliminated_row(entry) for entry in entries[:MAX_LINES]]
        return self.section("eliminated", table(heads, rows, "reasons"), self.rest(entries, MAX_LINES))

    def eliminated_row(self, entry: Eliminated) -> Html:
        reasons = [element("div", self.say(failure.sentence)) for failure in entry.failed]
        if entry.near_miss:
            reasons.append(element("div", self.say(words.NEAR), class_="near"))
        return element(
            "tr",
            self.who(entry.figures),
            element("td", self.total(entry.figures), class_="number"),
            element("td", *reasons),
        )

    def criteria(self) -> Html:
        heads = self.heads(
            words.CRITERION, words.SHARE, words.QUALIFIED_AT, words.IDEAL_AT, words.UNIT, words.MUST_HAVE
        )
        rows = []
        for criterion, weight in zip(self.ranking.profile.criteria, self.ranking.weights.tolist(), strict=True):
            swatch = _swatch(family_colour(criterion.family))
            cells = (
                element("td", swatch, self.say(criterion.title)),
                element("td", f"{weight:.1%}", class_="number"),
                element("td", words.knot_text(criterion, 50.0), class_="number"),
                element("td", words.knot_text(criterion, 100.0), class_="number"),
                element("td", self.say(criterion.unit or "")),
                element("td", self.say(words.listed(words.must_have(criterion)))),
            )
            rows.append(element("tr", *cells))
        return self.section("criteria", table(heads, rows, "criteria"))

    def about(self) -> Html:
        rows = []
        for label, value in about_lines(self.ranking, self.options):
            shown = str(value) if isinstance(value, int | float) else self.say(value)
            rows.append(element("tr", element("th", self.say(label), scope="row"), element("td", shown)))
        return self.section("about", element("table", element("tbody", *rows), class_="about"))


def _bar(score: float, low: float, high: float) -> Html:
    """Return a bar from 0 to *score* with its band from *low* to *high*, read against the marks at 50 and 100."""
    if score != score:
        return Html("")
    whisker = f'<rect x="{low:.2f}" y="5" width="{high - low:.2f}" height="2" class="band"/>' if high > low else ""
    return Html(
        f'<svg viewBox="0 0 104 12" class="score" role="img" aria-label="{score:.1f}" preserveAspectRatio="none">'
        '<rect x="0" y="2" width="100" height="8" class="track"/>'
        f'<rect x="0" y="2" width="{score:.2f}" height="8" fill="{tone(score).dark}"/>{whisker}'
        '<rect x="49.8" y="0" width="0.5" height="12" class="mark"/>'
        '<rect x="99.8" y="0" width="0.5" height="12" class="mark"/></svg>'
    )


def _swatch(colour: str) -> Html:
    square = f'<rect width="10" height="10" fill="{colour}"/>'
    return Html(f'<svg viewBox="0 0 10 10" class="swatch" aria-hidden="true">{square}</svg>')


def _tones() -> str:
    return f".near{{background:{TONES[0].light}}}"
