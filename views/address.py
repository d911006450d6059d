"""Choices that stand in the address by their stable codes, so that a link opens the same view in every language.

Streamlit's own binding writes the label of an option, which changes with the language; this writes the option.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

import streamlit as st
from streamlit.errors import StreamlitAPIException

_ARRIVED = "arrived"


def start() -> None:
    """Begin a run: nobody has arrived yet."""
    st.session_state[_ARRIVED] = False


def arrive(key: str, options: Iterable[str]) -> None:
    """Begin the page, whose first choice is *key*: coming back finds it as it was left.

    In the run of the arrival nothing is written: the server does not know yet what the sidebar has in the address,
    and would wipe it.
    """
    st.session_state[_ARRIVED] = key not in st.session_state
    left = st.session_state.get(_written(key))
    if st.session_state[_ARRIVED] and key not in st.query_params and left in set(options):
        st.session_state[key] = left


def take(key: str, options: Iterable[str], default: str | None = None) -> None:
    """Before the widget *key*: follow an address set by a link or another page, else its last choice, else *default*.

    A choice that is no option any more is dropped.
    """
    known = set(options)
    if key in st.session_state and st.session_state[key] not in known:
        del st.session_state[key]
    address = st.query_params.get(key)
    if address in known and (key not in st.session_state or address != st.session_state.get(_written(key))):
        st.session_state[key] = address
    left = st.session_state.get(_written(key))
    if key not in st.session_state and (left in known or default is not None):
        st.session_state[key] = left if left in known else default
    if key in st.session_state:
        # Said again at every run: a widget of the same key on another page, or in another language, would start afresh.
        st.session_state[key] = st.session_state[key]


def keep(key: str, value: str | None, default: str | None = None) -> None:
    """After the widget *key*: write what was chosen into the address; the *default* needs no word there."""
    st.session_state[_written(key)] = value
    if st.session_state.get(_ARRIVED):
        return
    with contextlib.suppress(StreamlitAPIException):  # a widget of another page may still hold the word
        if value is None or value == default:
            st.query_params.pop(key, None)
        elif st.query_params.get(key) != value:
            st.query_params[key] = value


def _written(key: str) -> str:
    """Return where the session keeps what this page last wrote, to tell a new address from a new choice."""
    return f"{key}_written"
