"""Choices that travel in the address as stable codes, so that a link holds in every language.

Streamlit's own binding writes the shown label, which changes with the language and with the counts in it.
"""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st


def from_address(key: str, options: Collection[str], default: str | None = None) -> None:
    """Give the widget *key* the option in the address, else *default*, unless it has a choice that still exists."""
    if st.session_state.get(key) in options:
        return
    asked = st.query_params.get(key) if key not in st.session_state else None
    first = asked if asked in options else default
    if first is not None:
        st.session_state[key] = first
    else:
        st.session_state.pop(key, None)


def to_address(key: str, value: str | None, default: str | None = None) -> None:
    """Write the choice into the address; the default is left out to keep links short."""
    if value is None or value == default:
        if key in st.query_params:
            del st.query_params[key]
    elif st.query_params.get(key) != value:
        st.query_params[key] = value
