"""The chosen criterion: its meaning, its must-have, its curve with the candidates on it, and the rest on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from criteria import Criterion, Profile, families
from criteria import editing as edit
from criteria import editing_swap as swap
from criteria.text import Message, msg
from views import standard_curve, standard_levels, standard_local, standard_must, standard_rubric
from views.context import Context
from views.standard_save import change, show_refusal
from views.words import language, md, say, t

STEPS: Mapping[int, Message] = {
    1: msg("1 · list the end customers"), 2: msg("2 · survey the customers"), 3: msg("3 · write the standard"),
    4: msg("4 · research at the desk"), 5: msg("5 · interview"), 6: msg("6 · choose"),
    7: msg("7 · agree strategy and targets"), 8: msg("8 · agree the volume"), 9: msg("9 · plan sales and service"),
    10: msg("10 · train"), 11: msg("11 · announce"),
}  # fmt: skip


def show(ctx: Context, criterion: Criterion, scenario: str) -> None:
    """Show one criterion, the simple things first."""
    _meaning(ctx, criterion)
    show_refusal("criterion")
    standard_must.show(ctx, criterion)
    if criterion.levels is not None:
        standard_levels.show(ctx, criterion)
    elif criterion.scale is not None:
        standard_curve.show(ctx, criterion)
    else:
        st.info(t("It is listed for information: it has no scale, so it cannot be weighed and is no must-have."))
    standard_rubric.show(ctx, criterion)
    standard_local.show(ctx, criterion, scenario)
    _evidence(criterion)
    _words(ctx, criterion)
    _other_way(ctx, criterion)


def _meaning(ctx: Context, criterion: Criterion) -> None:
    st.markdown(f"#### {md(criterion.title)}")
    if criterion.definition is not None:
        st.markdown(md(criterion.definition))
    if criterion.why is not None and any(criterion.why.texts.values()):
        st.markdown(f"*{t('Why it matters')}* · {md(criterion.why)}")
    whole = next((c for c in ctx.profile.criteria if criterion.id in (c.composite or ())), None)
    if whole is not None:
        st.caption(md(t("A figure that “{whole}” is made of.", whole=whole.title)))
    facts = [_known(criterion)]
    if criterion.unit is not None and criterion.kind != "judged" and any(criterion.unit.texts.values()):
        facts.insert(0, t("Unit: {unit}", unit=criterion.unit))
    if criterion.family in families():
        facts.insert(0, say(families()[criterion.family]))
    st.caption(" · ".join(md(fact) for fact in facts))


def _known(criterion: Criterion) -> str:
    if criterion.kind == "judged":
        return t("Judged: a rating from 1 to 5")
    if criterion.composite is not None:
        return t("Computed from several figures")
    return t("A choice between answers") if criterion.is_category else t("A figure")


def _evidence(criterion: Criterion) -> None:
    with st.expander(t("Evidence to ask for, and where it comes from"), key=f"evidence_{criterion.id}"):
        if criterion.evidence is not None:
            st.markdown(f"**{t('Ask for')}** · {md(criterion.evidence)}")
        steps = [say(STEPS[step]) for step in criterion.step] or [say(STEPS[criterion.first_step])]
        st.markdown(f"**{t('Known at step')}** · {md(', '.join(steps))}")
        if criterion.source:
            # The sources of the library are titles of works; they stay as they were published.
            st.markdown(f"**{t('Source of the starter values')}** · {md(criterion.source)}")


def _words(ctx: Context, criterion: Criterion) -> None:
    """Let every text be changed; what is typed holds in all languages."""
    with st.expander(t("Change its name and texts"), key=f"words_{criterion.id}"):
        labels = {
            "title": t("Name"), "unit": t("Unit"), "definition": t("Definition"), "why": t("Why it matters"),
            "evidence": t("Evidence to ask for"),
        }  # fmt: skip
        stem = f"text_{criterion.id}_{ctx.profile_number}_{language()}"
        with st.form(f"words_form_{criterion.id}", border=False):
            for key in edit.TEXTS:
                old = getattr(criterion, key)
                value = "" if old is None else say(old)
                if key in ("title", "unit"):
                    st.text_input(labels[key], value, key=f"{stem}_{key}", max_chars=120)
                else:
                    st.text_area(labels[key], value, key=f"{stem}_{key}", max_chars=edit.MOST_TEXT, height=90)
            st.form_submit_button(
                t("Save the texts"),
                key=f"words_save_{criterion.id}",
                on_click=_save_words,
                args=(ctx, criterion.id, stem),
            )
        st.caption(t("A changed text is shown as you typed it, in every language."))


def _save_words(ctx: Context, criterion: str, stem: str) -> None:
    typed = {key: st.session_state[f"{stem}_{key}"] for key in edit.TEXTS}
    spoken = language()

    def all_texts(profile: Profile) -> Profile:
        for key, text in typed.items():
            profile = edit.set_text(profile, criterion, key, text, spoken)
        return profile

    change(ctx, "criterion", all_texts)


def _other_way(ctx: Context, criterion: Criterion) -> None:
    """Offer to measure what was judged, to judge what was measured, and to take the criterion out."""
    with st.container(horizontal=True):
        figures = swap.figures_for(criterion)
        if figures is not None:
            st.button(
                t("Replace by figures"), key=f"figures_{criterion.id}", on_click=_swap,
                args=(ctx, swap.replace_by_figures, criterion.id), help=_figures_help(figures),
            )  # fmt: skip
        elif criterion.kind != "judged" and criterion.rubric is not None:
            st.button(
                t("Replace by a rating"), key=f"rating_{criterion.id}", on_click=_swap,
                args=(ctx, swap.replace_by_rating, criterion.id), help=t("Judge it from 1 to 5 on its five lines."),
            )  # fmt: skip
        st.button(
            t("Remove this criterion"), key=f"remove_{criterion.id}", on_click=_remove, args=(ctx, criterion.id),
            help=t("Undo brings it back, with its weights and its regional changes."),
        )  # fmt: skip


def _figures_help(figures: Criterion) -> str:
    if figures.composite is not None:
        return t("Compute it from {n} figures, such as those of the balance sheet.", n=len(figures.composite))
    return md(t("Measure it: {definition}", definition=figures.definition or figures.title))


def _swap(ctx: Context, way: Callable[..., Profile], criterion: str) -> None:
    change(ctx, "criterion", way, criterion)


def _remove(ctx: Context, criterion: str) -> None:
    if change(ctx, "criterion", edit.remove_criterion, criterion):
        st.session_state["notice"] = t("Removed. ↶ brings it back.")
