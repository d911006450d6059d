"""The standard as a file: out as YAML or JSON, and in again, bounded and checked."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import streamlit as st

from criteria import Profile, dump_profile
from criteria.errors import DecisionError, ProfileError
from criteria.loading import MAX_BYTES, load_profile
from criteria.text import msg
from views.context import Context
from views.standard_save import change, refuse
from views.words import t


def show(ctx: Context) -> None:
    """Offer the two downloads and the upload."""
    with st.popover(t("Import or export"), key="files_open"):
        profile = ctx.profile
        with st.container(horizontal=True):
            for form, mime in (("yaml", "application/yaml"), ("json", "application/json")):
                st.download_button(
                    t("Download as {form}", form=form.upper()), data=_writer(profile, form),
                    file_name=f"standard.{form}", mime=mime, key=f"standard_{form}", on_click="ignore",
                )  # fmt: skip
        st.file_uploader(
            t("Take a standard from a YAML or JSON file (up to 2 MB)"), type=["yaml", "yml", "json"],
            key="standard_file", max_upload_size=2,
        )  # fmt: skip
        if st.session_state.get("standard_file") is not None:
            st.button(t("Make it the standard"), key="standard_take", on_click=_take, args=(ctx,), type="primary")
            st.caption(t("It is checked first. Undo brings the present standard back."))


def _writer(profile: Profile, form: str) -> Any:
    return lambda: dump_profile(profile, form).encode("utf-8")


def _take(ctx: Context) -> None:
    upload = st.session_state["standard_file"]
    try:
        taken = read_standard(upload.name, upload.getvalue())
    except DecisionError as error:
        refuse("files", error)
        return
    change(ctx, "files", lambda _: taken)


def read_standard(name: str, content: bytes) -> Profile:
    """Return the standard in an uploaded file; raise ProfileError with its line where it is none."""
    if len(content) > MAX_BYTES:
        raise ProfileError(
            msg("The file is larger than {limit} MB, too large for a standard.", limit=MAX_BYTES // 10**6)
        )
    ending = ".json" if name.lower().endswith(".json") else ".yaml"
    with tempfile.TemporaryDirectory() as folder:  # the name of somebody else's file is never a path of ours
        path = Path(folder) / f"standard{ending}"
        path.write_bytes(content)
        return load_profile(path)
