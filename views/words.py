"""Texts of the pages: rendered in the reader's language, and names from outside shown exactly as they are."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from criteria.model import SCENARIO_TITLES
from criteria.text import LANGUAGES, LocalText, Message, msg, negotiate, plural, render

LANGUAGE_KEY = "language"
_LINK = re.compile(r"((?:https?:|www\.)[^\s()\[\]<>\"'`*]*|[\w.+-]*@[\w.-]*)", re.IGNORECASE)
"""What a Markdown reader makes a link of even when it is escaped; as inline code it is shown as typed."""
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@^=\"'/])")


def language() -> str:
    """Return the reader's language: chosen, in the address, or that of the browser."""
    chosen = st.session_state.get(LANGUAGE_KEY) or st.query_params.get(LANGUAGE_KEY)
    return chosen if chosen in LANGUAGES else negotiate(getattr(st.context, "locale", None))


def say(message: Message | LocalText | str) -> str:
    """Return *message* in the reader's language, as plain text (tables, labels of options, charts)."""
    return render(message, language())


def t(code: str, /, **parameters: Any) -> str:
    """Return a text of our own in the reader's language, as plain text."""
    return say(msg(code, **parameters))


def tn(one: str, many: str, n: int, /, **parameters: Any) -> str:
    """Return a text of our own whose form depends on *n*."""
    return say(plural(one, many, n, **parameters))


def md(text: Message | LocalText | str) -> str:
    """Return *text* for a place that reads Markdown: everything in it is shown as typed, nothing is markup."""
    pieces = _LINK.split(say(text).replace("\n", " "))
    return "".join(_code(piece) if place % 2 else _MARKUP.sub(r"\\\1", piece) for place, piece in enumerate(pieces))


def _code(text: str) -> str:
    """Return *text* as inline code, fenced by more backticks than it holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    inner = f" {text} " if text.startswith("`") or text.endswith("`") else text
    return f"{fence}{inner}{fence}"


def scenario_title(name: str) -> str:
    """Return the name of a weighting scenario in the reader's language; the user's own names stay as they are."""
    return say(SCENARIO_TITLES[name]) if name in SCENARIO_TITLES else name
