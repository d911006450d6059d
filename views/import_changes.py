"""What taking a list in would change, and the one button that does it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from criteria import Profile
from criteria.text import Message
from data.candidates import ImportReport
from data.store import ImportPreview, RowChange
from data.writers.delimited import table_csv
from selection import Candidates
from views import frame
from views.candidates_cells import shown
from views.context import Context, remember
from views.import_columns import criterion_title
from views.import_source import forget
from views.import_template import is_fresh
from views.words import md, t, tn

SHOWN = 10
DONE_KEY = "import_done"


def show(ctx: Context, profile: Profile, report: ImportReport, name: str, digest: str) -> None:
    """Say what would change and offer to do it."""
    if ctx.project.is_sample:
        _into_new_project(ctx, profile, report.candidates, name, digest)
        return
    preview = ctx.store.preview_import(ctx.project.id, report.candidates, file_name=name)
    st.markdown(md(_sentence(preview)))
    _changes(preview, profile, digest)
    away = _missing(preview, digest)
    if not (preview.added or preview.updated or away):
        st.markdown(md(t("The list says nothing new; there is nothing to add.")))
        return
    st.button(
        md(_label(preview)), type="primary", key="import_apply", on_click=_apply,
        args=(ctx, profile if is_fresh(ctx) else None, preview, away),
    )  # fmt: skip


def _into_new_project(ctx: Context, profile: Profile, candidates: Candidates, name: str, digest: str) -> None:
    """Offer a project of its own: a real list never mixes with the invented sample."""
    st.markdown(md(t("You are in the invented sample, so your list gets a project of its own.")))
    title = st.text_input(
        md(t("Name of your project")), value=_stem(name), max_chars=120, key=f"import_project_{digest}"
    )
    people = len(set(candidates.ids.tolist()))
    label = tn("Make the project with {n} candidate", "Make the project with {n} candidates", people)
    st.button(
        md(label), type="primary", key="import_apply", on_click=_create, args=(ctx, title, profile, candidates, name)
    )


def _stem(name: str) -> str:
    return Path(name).stem.replace("_", " ")[:120] or t("My list")


def _sentence(preview: ImportPreview) -> str:
    """Return what would change, in one sentence."""
    return t(
        "This list adds {added}, changes {updated} and leaves {untouched} as they are. Notes and ratings are kept.",
        added=tn("{n} candidate", "{n} candidates", preview.added),
        updated=tn("{n} candidate", "{n} candidates", preview.updated),
        untouched=tn("{n} candidate", "{n} candidates", preview.untouched),
    )


def _label(preview: ImportPreview) -> str:
    if not preview.updated:
        return tn("Add {n} candidate", "Add {n} candidates", preview.added)
    if not preview.added:
        return tn("Update {n} candidate", "Update {n} candidates", preview.updated)
    return t(
        "Add {added} and update {updated}",
        added=tn("{n} candidate", "{n} candidates", preview.added),
        updated=tn("{n} candidate", "{n} candidates", preview.updated),
    )


def _changes(preview: ImportPreview, profile: Profile, digest: str) -> None:
    """Show what would change for candidates that are there already, the first ten and all as a file."""
    if preview.kept:
        kept = tn(
            "{n} value that was typed or rated here stays, because the list says what it said before.",
            "{n} values that were typed or rated here stay, because the list says what they said before.",
            preview.kept,
        )
        st.caption(md(kept))
    rows = [row for row in preview.rows if row.status == "updated"]
    if not rows:
        return
    st.dataframe(
        pd.DataFrame(_table(rows[:SHOWN], profile)[:SHOWN]), hide_index=True, key=f"import_changes_{digest}",
    )  # fmt: skip
    if len(rows) > SHOWN or sum(len(row.cells) for row in rows) > SHOWN:
        st.download_button(
            md(t("Download all changes")), data=partial(_csv, _table(rows, profile)), file_name="changes.csv",
            mime="text/csv", key=f"import_changes_file_{digest}", on_click="ignore",
        )  # fmt: skip


def _table(rows: list[RowChange], profile: Profile) -> list[dict[str, str]]:
    """Return one line per changed value, in words."""
    candidate, what, before, after = t("Candidate"), t("What changes"), t("Now"), t("In the list")
    lines: list[dict[str, str]] = []
    for row in rows:
        if row.old_name is not None:
            lines.append({candidate: row.name, what: t("Name"), before: row.old_name, after: row.name})
        for cell in row.cells:
            criterion = profile.by_id.get(cell.criterion)
            texts = (shown(cell.before, criterion), shown(cell.after, criterion))
            title = criterion_title(cell.criterion, profile)
            lines.append({candidate: row.name, what: title, before: texts[0], after: texts[1]})
        if row.old_name is None and not row.cells:
            lines.append({candidate: row.name, what: t("Regions"), before: "", after: ""})
    return lines


def _csv(lines: list[dict[str, str]]) -> bytes:
    return table_csv({key: [line[key] for line in lines] for key in lines[0]})


def _missing(preview: ImportPreview, digest: str) -> bool:
    """Ask what happens to candidates that the list no longer has; they stay unless the user says otherwise."""
    if not preview.missing:
        return False
    label = tn(
        "{n} candidate of this project is not in the list and stays. Put it away",
        "{n} candidates of this project are not in the list and stay. Put them away",
        len(preview.missing),
    )
    return st.checkbox(md(label), key=f"import_away_{digest}")


def _apply(ctx: Context, profile: Profile | None, preview: ImportPreview, away: bool) -> None:
    def act() -> None:
        if profile is not None and profile.document() != ctx.profile.document():
            ctx.store.save_profile(
                ctx.project.id, profile.document(), based_on=ctx.profile_number, who=ctx.who, reason=preview.file_name
            )
        ctx.store.apply_import(ctx.project.id, preview, who=ctx.who, archive_missing=away)

    if frame.act(act):
        _done(preview.added, preview.updated)


def _create(ctx: Context, title: str, profile: Profile, candidates: Candidates, name: str) -> None:
    def act() -> None:
        made = ctx.store.create_project(title.strip() or t("My list"), profile.document(), who=ctx.who)
        preview = ctx.store.preview_import(made.id, candidates, file_name=name)
        ctx.store.apply_import(made.id, preview, who=ctx.who)
        st.session_state["project"] = made.id
        remember("project", made.id)
        _done(preview.added, preview.updated)

    frame.act(act)


def _done(added: int, updated: int) -> None:
    forget()
    st.session_state[DONE_KEY] = [added, updated]


def show_done() -> None:
    """Say what the last import did, and lead on to the ranking."""
    done = st.session_state.get(DONE_KEY)
    if not done:
        return
    added, updated = done
    texts: list[str] = []
    if added:
        texts.append(tn("{n} candidate was added.", "{n} candidates were added.", added))
    if updated:
        texts.append(tn("{n} candidate was updated.", "{n} candidates were updated.", updated))
    st.success(md(" ".join(texts or [t("The list was taken in.")])), icon=":material/check:")
    if st.button(md(t("See who leads")), type="primary", key="import_next"):
        st.session_state.pop(DONE_KEY, None)
        st.switch_page("ranking_page.py")


def refused(message: Message) -> None:
    """Say why a list cannot be taken in; what was dropped or pasted stays where it is."""
    st.error(md(message), icon=":material/block:")
