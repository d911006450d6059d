"""What a list has that needs a look: each problem with its line, its column and a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from criteria.text import render
from data.readers import Problem
from data.writers.delimited import table_csv
from views.words import language, md, t, tn

SHOWN = 10


def show(problems: Sequence[Problem], digest: str) -> None:
    """Show the first problems, errors before warnings, and offer all of them as a file."""
    if not problems:
        st.markdown(md(t("Every row could be read without a problem.")))
        return
    errors = sum(problem.severity == "error" for problem in problems)
    with st.expander(
        md(_sentence(errors, len(problems) - errors)), key=f"import_problems_{digest}", expanded=errors > 0
    ):
        for problem in sorted(problems, key=lambda problem: problem.severity != "error")[:SHOWN]:
            st.markdown(f"- **{md(_place(problem))}** {md(problem.message)}")
        _download(problems, digest)


def _place(problem: Problem) -> str:
    """Return where a problem stands."""
    if problem.line is None:
        return t("Column “{column}”:", column=problem.column) if problem.column else t("The file:")
    if problem.column is None:
        return t("Line {line}:", line=problem.line)
    return t("Line {line}, “{column}”:", line=problem.line, column=problem.column)


def _download(problems: Sequence[Problem], digest: str) -> None:
    if len(problems) > SHOWN:
        st.download_button(
            md(tn("Download all {n} notice", "Download all {n} notices", len(problems))),
            data=partial(_csv, tuple(problems), language()), file_name="problems.csv", mime="text/csv",
            key=f"import_problems_file_{digest}", on_click="ignore",
        )  # fmt: skip


def _sentence(errors: int, warnings: int) -> str:
    if not errors:
        return tn("{n} thing to know; nothing is lost.", "{n} things to know; nothing is lost.", warnings)
    if not warnings:
        return tn(
            "{n} value needs you. The rows come in; a value that could not be read counts as unknown.",
            "{n} values need you. The rows come in; a value that could not be read counts as unknown.",
            errors,
        )
    return t(
        "{values} and {hints}. The rows come in; a value that could not be read counts as unknown.",
        values=tn("{n} value needs you", "{n} values need you", errors),
        hints=tn("{n} thing to know", "{n} things to know", warnings),
    )


def _table(problems: Sequence[Problem], language: str) -> dict[str, list[str]]:
    return {
        "line": ["" if problem.line is None else str(problem.line) for problem in problems],
        "column": [problem.column or "" for problem in problems],
        "problem": [render(problem.message, language) for problem in problems],
    }


def _csv(problems: tuple[Problem, ...], language: str) -> bytes:
    return table_csv(_table(problems, language))
