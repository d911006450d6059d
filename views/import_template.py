"""Two questions to a fresh project: what is sold, and one distributor or several per region; they pick a template."""

from __future__ import annotations

import streamlit as st

from criteria import Profile, load_profile, template_names
from criteria.text import Message, msg
from views.context import Context
from views.words import md, say, t, tn

GOODS: dict[str, Message] = {
    "any": msg("Not decided yet"),
    "consumer": msg("Consumer goods"),
    "industrial": msg("Technical or industrial goods"),
    "medical": msg("Medical devices"),
    "online": msg("Goods sold by online shops"),
}
SEVERAL: dict[str, Message] = {"one": msg("One, exclusively"), "several": msg("Several side by side")}
_TEMPLATES = {
    ("any", "one"): "seven_factors",
    ("any", "several"): "seven_factors",
    ("consumer", "one"): "consumer_exclusive",
    ("consumer", "several"): "intensive",
    ("industrial", "one"): "industrial",
    ("industrial", "several"): "industrial",
    ("medical", "one"): "medical",
    ("medical", "several"): "medical",
    ("online", "one"): "online",
    ("online", "several"): "online",
}


def is_fresh(ctx: Context) -> bool:
    """Tell whether the standard is still a template that nobody touched and nobody was rated by."""
    if ctx.project.is_sample:
        return True
    if ctx.project.candidates or ctx.profile_number != 1 or ctx.profile.name not in template_names():
        return False
    return ctx.profile.document() == load_profile(ctx.profile.name).document()


def ask(ctx: Context) -> Profile:
    """Ask a fresh project the two questions; return the standard that the list is read by."""
    if not is_fresh(ctx):
        return ctx.profile
    left, right = st.columns([3, 2])
    with left:
        goods = st.segmented_control(
            md(t("What do you sell?")), list(GOODS), default="any", required=True, key="import_goods",
            format_func=lambda key: md(GOODS[key]), persist_state="session", wrap=True,
        )  # fmt: skip
    with right:
        several = st.segmented_control(
            md(t("How many distributors per region?")), list(SEVERAL), default="one", required=True,
            key="import_several", format_func=lambda key: md(SEVERAL[key]), persist_state="session", wrap=True,
        )  # fmt: skip
    profile = load_profile(_TEMPLATES[goods or "any", several or "one"])
    _say_what_fits(profile)
    return profile


def _say_what_fits(profile: Profile) -> None:
    text = tn(
        "Your standard starts from “{title}” with {n} criterion. Everything in it can be changed under Standard.",
        "Your standard starts from “{title}” with {n} criteria. Everything in it can be changed under Standard.",
        len(profile.criteria), title=say(profile.display_title),
    )  # fmt: skip
    st.caption(md(text))
