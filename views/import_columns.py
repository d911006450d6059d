"""What each column of a list is: what was recognised, and a select box for everything that may be something else."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from criteria import Criterion, Profile, library
from criteria.derived import RAW_FIELDS
from criteria.text import Message, msg
from data.candidates import ColumnMatch
from data.importing.columns import EVIDENCE, RAW
from data.importing.headers import CITY, COUNTRY, ID, NAME, REGIONS
from views.words import md, say, t, tn

LEFT_OUT = ""
SHOWN = 10
BASE: dict[str, Message] = {
    NAME: msg("Name of the candidate"),
    REGIONS: msg("Region it serves"),
    ID: msg("Number or code of the candidate"),
    CITY: msg("City"),
    COUNTRY: msg("Country"),
}
_KINDS = {
    "level": msg("{title}: how well it is proven (0 to 3)"),
    "source": msg("{title}: where it comes from"),
    "date": msg("{title}: as of"),
}


def target_title(target: str, profile: Profile) -> str:
    """Return what a column is read as, in words."""
    if target == LEFT_OUT:
        return t("Do not import")
    if target in BASE:
        return say(BASE[target])
    if target.startswith(RAW):
        field = RAW_FIELDS.get(target.removeprefix(RAW))
        return t("Raw figure: {title}", title=field.title if field else target.removeprefix(RAW).replace("_", " "))
    base, _, kind = target.rpartition(".")
    if kind in EVIDENCE and base:
        return say(Message(_KINDS[kind].code, {"title": criterion_title(base, profile)}))
    if target in profile.by_id:
        return criterion_title(target, profile)
    return t("{title} (not in your standard)", title=criterion_title(target, profile))


def criterion_title(key: str, profile: Profile) -> str:
    """Return the title of a criterion with its unit."""
    criterion = profile.by_id.get(key) or library().get(key)
    return key if criterion is None else title_with_unit(criterion)


def title_with_unit(criterion: Criterion) -> str:
    """Return the title of a criterion and, in brackets, its unit."""
    if criterion.kind == "judged":
        return t("{title} (rating 1 to 5)", title=criterion.title)
    if criterion.unit is None or not say(criterion.unit):
        return say(criterion.title)
    return t("{title} ({unit})", title=criterion.title, unit=criterion.unit)


def suggested(matches: tuple[ColumnMatch, ...], profile: Profile) -> dict[int, str]:
    """Return what each column (by position) is taken for: what was recognised; a country as the region it serves.

    The country stays a country where a region column exists or the standard measures distances to cities.
    """
    found = {match.position: match.target or LEFT_OUT for match in matches}
    if REGIONS not in found.values() and "distance_to_cities" not in profile.by_id:
        found |= {position: REGIONS for position, target in found.items() if target == COUNTRY}
    return found


def choose(matches: tuple[ColumnMatch, ...], profile: Profile, digest: str) -> dict[str, str]:
    """Show the columns; return where the mapping that holds now differs from what was recognised ("#3" -> target)."""
    offered = suggested(matches, profile)
    chosen = {position: _choice(digest, position, target) for position, target in offered.items()}
    _sentence(chosen, offered, matches)
    options = _options(profile, {*offered.values(), *chosen.values()})
    unsure = [match for match in matches if offered[match.position] == LEFT_OUT]
    sure = [match for match in matches if offered[match.position] != LEFT_OUT]
    with st.expander(md(t("Columns that are recognised ({n})", n=len(sure))), key=f"import_sure_{digest}"):
        _rows(sure, offered, options, profile, digest)
    if unsure:
        label = md(t("Columns that are left out ({n}): say what they are if you need them", n=len(unsure)))
        with st.expander(label, key=f"import_unsure_{digest}", expanded=len(sure) < 2):
            st.caption(md(t("What is left out is shown here but not kept; your file stays as it is.")))
            _rows(unsure, offered, options, profile, digest)
    return {f"#{m.position}": chosen[m.position] for m in matches if chosen[m.position] != (m.target or LEFT_OUT)}


def _key(digest: str, position: int) -> str:
    return f"import_column_{digest}_{position}"


def _choice(digest: str, position: int, offered: str) -> str:
    return str(st.session_state.get(_key(digest, position), offered))


def _sentence(chosen: Mapping[int, str], offered: Mapping[int, str], matches: tuple[ColumnMatch, ...]) -> None:
    """Say how many columns are recognised and what is assumed about regions."""
    known = sum(target != LEFT_OUT for target in chosen.values())
    st.subheader(
        md(tn("{known} of {n} column recognised.", "{known} of {n} columns recognised.", len(chosen), known=known)),
        anchor=False,
    )
    regions = next((position for position, target in chosen.items() if target == REGIONS), None)
    if regions is None:
        st.markdown(md(t("No column says which region a candidate serves, so each counts in every region.")))
        return
    match = matches[regions - 1]
    if match.target != REGIONS and offered[regions] == REGIONS:
        st.markdown(
            md(t("“{header}” is taken as the region each candidate serves; change it below.", header=match.header))
        )


def _options(profile: Profile, present: set[str]) -> list[str]:
    """Return every target a column can have, the usual ones first."""
    usual = [LEFT_OUT, *BASE, *profile.by_id, *(RAW + key for key in RAW_FIELDS)]
    return [*usual, *sorted(present - set(usual))]


def _rows(
    matches: list[ColumnMatch], offered: Mapping[int, str], options: list[str], profile: Profile, digest: str
) -> None:
    """Show one line per column: its heading, its first values, and what it is read as; long lists on demand."""
    shown = matches
    if len(matches) > SHOWN and not st.toggle(
        md(t("Show all {n} columns", n=len(matches))), key=f"import_all_{digest}_{matches[0].position}"
    ):
        shown = matches[:SHOWN]
    for match in shown[:200]:
        left, right = st.columns([3, 2], vertical_alignment="center")
        title = _short(match.header) or t("(no heading)")
        left.markdown(f"**{md(title)}**  \n{md(_samples(match))}")
        key = _key(digest, match.position)
        start = {} if key in st.session_state else {"index": options.index(offered[match.position])}
        right.selectbox(
            md(t("Read “{header}” as", header=_short(match.header))), options, key=key, label_visibility="collapsed",
            format_func=lambda target: target_title(target, profile),
            on_change=_release, args=(digest, match.position, dict(offered)), **start,
        )  # fmt: skip


def _release(digest: str, position: int, offered: dict[int, str]) -> None:
    """Take what was just chosen for one column from the column that had it: two columns never share one meaning."""
    target = st.session_state.get(_key(digest, position))
    if not target:
        return
    for other, start in offered.items():
        if other != position and _choice(digest, other, start) == target:
            st.session_state[_key(digest, other)] = LEFT_OUT


def _short(text: str, length: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def _samples(match: ColumnMatch) -> str:
    """Return the first values of a column, shortened."""
    if not match.samples:
        return t("(empty)")
    return " · ".join(_short(value, 28) for value in match.samples)
