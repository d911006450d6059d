"""HTML that cannot be broken by what is put in: every text is escaped unless it was made here."""

from __future__ import annotations

import html
from collections.abc import Sequence

from data.writers.safe import clean


class Html(str):
    """Markup that is safe as it stands."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """Return *text* as markup that shows it as typed.

    >>> escaped("<b>Müller & Co</b>")
    '&lt;b&gt;Müller &amp; Co&lt;/b&gt;'
    """
    return text if isinstance(text, Html) else Html(html.escape(clean(text), quote=True))


def joined(*parts: str) -> Html:
    """Return *parts* one after the other."""
    return Html("".join(escaped(part) for part in parts))


def element(tag: str, *children: str, **attributes: str | float | None) -> Html:
    """Return an element; an attribute's trailing underscore is dropped and its other underscores become hyphens.

    >>> element("td", "a < b", class_="name")
    '<td class="name">a &lt; b</td>'
    """
    pairs = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items() if value is not None)
    written = "".join(f' {name}="{escaped(str(value))}"' for name, value in pairs)
    return Html(f"<{tag}{written}>{joined(*children)}</{tag}>")


def name_of(text: str) -> Html:
    """Return a name isolated from its surroundings, so that characters that turn the direction cannot reach out."""
    return element("bdi", text, class_="name")


def table(heads: Sequence[str], rows: Sequence[Html], css: str) -> Html:
    """Return a table whose head is repeated on every printed page."""
    head = element("tr", *(element("th", text, scope="col") for text in heads))
    return element("table", element("thead", head), element("tbody", *rows), class_=css)
