"""What was read from a list, once per content, standard and mapping: candidates, or the sentence why there are none."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

import streamlit as st

from criteria import Profile, parse_profile
from criteria.errors import DecisionError
from criteria.text import Message
from data.candidates import ColumnMatch, ImportReport, RateTable, interpret
from data.importing.columns import match_columns
from data.readers import RawTable


def recognised(raw: RawTable, profile: Profile) -> tuple[ColumnMatch, ...]:
    """Return what every column of *raw* is by its heading alone."""
    return match_columns(raw, profile)[0]


def report(
    raw: RawTable, digest: str, profile: Profile, mapping: Mapping[str, str], rates: RateTable | None
) -> ImportReport | Message:
    """Return what *raw* says under *profile*, or the sentence why it says nothing."""
    document = json.dumps(profile.document(), sort_keys=True, ensure_ascii=False)
    typed = None if rates is None else rates.model_dump_json()
    return _report(digest, document, tuple(mapping.items()), typed, dt.date.today(), raw)


@st.cache_data(max_entries=4, show_spinner=False)
def _report(
    digest: str, document: str, mapping: tuple[tuple[str, str], ...], rates: str | None, day: dt.date, _raw: RawTable
) -> ImportReport | Message:
    table = None if rates is None else RateTable.model_validate_json(rates)
    try:
        return interpret(_raw, parse_profile(json.loads(document)), mapping=dict(mapping), rates=table, as_of=day)
    except DecisionError as error:
        return error.message
