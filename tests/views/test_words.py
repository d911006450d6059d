"""Names from outside are shown as typed, in every place that reads Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.words import md

NAMES = {
    "Nordlicht": "Nordlicht",
    "**Bold** <b>": r"\*\*Bold\*\* \<b\>",
    ":red[x] $a$": r"\:red\[x\] \$a\$",
    "See http://evil.example now": "See `http://evil.example` now",
    "mail me@evil.example": "mail `me@evil.example`",
    "www.evil.example`": r"`www.evil.example`\`",
    "two\nlines": "two lines",
}


@pytest.mark.parametrize(("name", "shown"), NAMES.items())
def test_markup_is_escaped_and_what_looks_like_a_link_is_code(name: str, shown: str) -> None:
    """Markup signs get a backslash; a link, which would be made even of escaped text, becomes inline code."""
    assert md(name) == shown


@given(st.text(alphabet="ab1*_`[]()<>:$#@.\\ -", max_size=30))
def test_nothing_but_the_backslashes_and_fences_is_added(name: str) -> None:
    """What is left after taking the added signs away is the name."""
    bare = re.sub(r"\\(.)", r"\1", md(name))

    assert "http:" not in name
    if "@" not in name:
        assert bare == name
