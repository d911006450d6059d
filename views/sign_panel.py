"""Before you sign: how firm, what to find out next, what rests only on the candidate's word, settled or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from criteria.text import Message
from selection import Ranking
from selection.departure import label
from selection.robustness.firmness_words import of_100
from selection.robustness.next_facts import OpenFact
from selection.robustness.outcomes import ASSUMPTION
from selection.robustness.settled import first_k
from views.context import CANDIDATE_KEY, REGION_KEY, Context, state_of
from views.grid_rate import FACTOR_KEY, PERSON_KEY
from views.grid_round import EVERYBODY, ROUND_KEY, SCOPE_KEY
from views.ranking_firm import printed_firmness
from views.ranking_look import heading
from views.words import md, say, t, tn

CANDIDATES = "candidates_page.py"
FIRST, IN_TABLE = 3, 10
ROW_HEIGHT = 34


@dataclass(frozen=True, slots=True)
class Line:
    """One open fact as it is shown: its sentence, whom it is about, on which criterion, and both chances."""

    sentence: str
    what: str
    id: str
    criterion: str
    judged: bool
    probability: float
    decisive: float


@dataclass(frozen=True, slots=True)
class Shown:
    """The panel in the reader's language: the first *facts* of *n*, which change *first*; the *word* of *about*."""

    headline: str
    firm: tuple[str, ...]
    settled: tuple[str, ...]
    facts: tuple[Line, ...]
    n: int
    first: str
    about: str
    word: tuple[str, ...]


def show(
    ctx: Context, ranking: Ranking, early: Sequence[Message] = (), chosen: int | None = None, *, told: bool = False
) -> None:
    """Show the panel on *ranking*: about the row *chosen*, else about who leads; *early* says why it is too early.

    *told* = the page has said already how firm the ranking is, or that it is too early to say so.
    """
    shown = _shown(state_of(ctx, ranking), chosen, ctx, ranking, tuple(early))
    st.subheader(md(shown.headline), anchor=False)
    if not shown.facts:  # nothing to find out: no empty half of the page
        for text in shown.settled:
            st.markdown(md(text))
        _firm_and_word(shown, told)
        return
    if told and not shown.word:
        _find_out(ctx, ranking, shown)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        _find_out(ctx, ranking, shown)
    with right:
        _firm_and_word(shown, told)


def _firm_and_word(shown: Shown, told: bool) -> None:
    """Show how firm the ranking is, and what is only claimed."""
    if not told:
        heading(t("How firm"))
        st.markdown("\n".join(f"- {md(text)}" for text in shown.firm))
    if shown.word:
        heading(t("What rests only on the word of {name}", name=shown.about))
        st.markdown("\n".join(f"- {md(text)}" for text in shown.word))


@st.cache_data(max_entries=100, show_spinner=False)
def _shown(state: str, chosen: int | None, _ctx: Context, _ranking: Ranking, _early: tuple[Message, ...]) -> Shown:
    """Return the panel; computed once per state of the project."""
    from selection.robustness.signing import before_signing, claims_weigh

    firm = None if _early else printed_firmness(_ctx, _ranking)
    doubt = firm is not None and claims_weigh(_ranking)  # else there is nothing that a doubt could change
    doubted = printed_firmness(_ctx, _ranking, doubted=True) if doubt else None
    found = before_signing(_ranking, firm, chosen, _early, doubted=doubted)
    lines = tuple(_line(_ranking, fact) for fact in found.facts[:IN_TABLE])
    first = say(first_k(found.facts[0].k)) if found.facts else ""
    firm_texts, settled, word = (tuple(map(say, part)) for part in (found.firm, found.settled, found.word))
    about = "" if found.chosen is None else label(_ranking, found.chosen)
    return Shown(say(found.headline), firm_texts, settled, lines, len(found.facts), first, about, word)


def _line(ranking: Ranking, fact: OpenFact) -> Line:
    criterion = ranking.profile.by_id.get(fact.criterion)
    judged = criterion is not None and criterion.kind == "judged"
    id_ = str(ranking.candidates.ids[fact.row])
    return Line(say(fact.sentence), say(fact.what), id_, fact.criterion, judged, fact.probability, fact.decisive)


def _find_out(ctx: Context, ranking: Ranking, shown: Shown) -> None:
    """Show the next facts, each with the button that leads to its place, and how many more there are."""
    heading(t("What to find out next"))
    for text in shown.settled:
        st.markdown(md(text))
    for number, line in enumerate(shown.facts[:FIRST]):
        with st.container(border=True, key=f"sign_fact_{number}"):
            text, button = st.columns([4, 1], vertical_alignment="center")
            text.markdown(md(line.sentence))
            words = t("Rate") if line.judged else t("Enter it")
            if button.button(md(words), key=f"sign_go_{number}", width="stretch"):
                _go(ranking, line)
    if shown.n > FIRST:
        more = st.toggle(
            tn("The next {n} fact in a table", "The next {n} facts in a table", min(shown.n, IN_TABLE)), key="sign_more"
        )
        if more:
            _table(shown)
    st.caption(md(ASSUMPTION))


def _go(ranking: Ranking, line: Line) -> None:
    """Lead to where the fact is entered: the grid for a rating, the candidate's card for anything else."""
    where = {} if ranking.region is None else {REGION_KEY: ranking.region}
    if line.judged:
        st.session_state[PERSON_KEY] = line.id
        if line.id not in (st.session_state.get(ROUND_KEY) or ("", ()))[1]:
            st.session_state[SCOPE_KEY] = EVERYBODY  # a round of the leaders would turn to somebody else
        st.switch_page(CANDIDATES, query_params={"tab": "interviews", FACTOR_KEY: line.criterion, **where})
    st.switch_page(CANDIDATES, query_params={"tab": "one", CANDIDATE_KEY: line.id, **where})


def _table(shown: Shown) -> None:
    """Show the next facts with both chances, as trials of 100."""
    frame = pd.DataFrame(
        {
            "what": [line.what for line in shown.facts],
            "alone": [of_100(line.probability) for line in shown.facts],
            "together": [of_100(line.decisive) for line in shown.facts],
        }
    )
    config = {
        "what": st.column_config.TextColumn(t("What to find out"), width="large"),
        "alone": st.column_config.NumberColumn(
            t("Alone it changes {first}", first=shown.first), help=t("In how many of 100 cases, all else as it stands.")
        ),
        "together": st.column_config.NumberColumn(
            t("It decides together with the others"),
            help=t("In how many of 100 trials, in which every open fact is drawn, {first} would be others without it.",
                   first=shown.first),
        ),
    }  # fmt: skip
    st.dataframe(
        frame, hide_index=True, key="sign_table", column_config=config, row_height=ROW_HEIGHT,
        height=(len(frame) + 1) * ROW_HEIGHT + 4, alt=t("Which facts to find out next"),
    )  # fmt: skip
    if shown.n > len(frame):
        st.caption(md(tn("{n} more could still change it.", "{n} more could still change it.", shown.n - len(frame))))
