"""Taking a list in, on one page: drop or paste, what was recognised, what needs a look, what changes, one button."""

from __future__ import annotations

import streamlit as st

from criteria import Profile
from criteria.text import Message, join
from data.candidates import ImportReport
from data.readers import RawTable
from views import import_changes, import_columns, import_problems, import_rates, import_report, import_source
from views.context import Context
from views.import_source import Source
from views.import_template import ask
from views.words import language, md, t


def show(ctx: Context) -> None:
    """Show the way from a file or a paste to candidates; nothing is written before the button."""
    source = import_source.choose()
    if source is None:
        st.caption(md(t("Nothing is saved before you have seen what was read.")))
        return
    st.session_state.pop(import_changes.DONE_KEY, None)
    raw = import_source.raw_table(source)
    if isinstance(raw, Message):
        import_changes.refused(raw)
        return
    profile = ask(ctx)
    report = _columns_and_values(raw, source, profile)
    if report is not None:
        st.markdown(md(_what_it_fills(profile, report)))
        import_problems.show(report.problems, source.digest)
        import_changes.show(ctx, profile, report, source.name, source.digest)


def _what_it_fills(profile: Profile, report: ImportReport) -> str:
    """Return which criteria of the standard the list says something about."""
    filled = [c for c in profile.criteria if c.id in report.candidates.frame.columns and c.is_scored]
    if not filled:
        return t("The list says nothing about the criteria yet; they can be rated or typed in later.")
    return t(
        "It fills {known} of the {n} criteria of your standard: {titles}. The others can be rated or typed in later.",
        known=len(filled), n=sum(c.is_scored for c in profile.criteria),
        titles=join([c.title for c in filled], language()),
    )  # fmt: skip


def _columns_and_values(raw: RawTable, source: Source, profile: Profile) -> ImportReport | None:
    """Let the user say what the columns are; return what they then hold."""
    digest = f"{source.digest}_{profile.name}"
    mapping = import_columns.choose(import_report.recognised(raw, profile), profile, digest)
    report = import_report.report(raw, source.digest, profile, mapping, None)
    if isinstance(report, Message):
        import_changes.refused(report)
        return None
    rates = import_rates.ask(import_rates.wanted(report.problems), digest)
    if rates is not None:
        converted = import_report.report(raw, source.digest, profile, mapping, rates)
        return None if isinstance(converted, Message) else converted
    return report
