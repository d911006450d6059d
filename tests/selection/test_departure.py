"""What the ranking proposes, what a departure costs (adding up as shown), and what must become true to choose."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import parse_profile
from criteria.text import render
from selection import Candidates, rank
from selection.departure import adding_up, conditions, departure, propose, short

JUDGED = [
    {"id": key, "title": key.capitalize(), "kind": "judged"} for key in ("location", "solvency", "staff", "growth")
]
WEIGHTS = {"location": 24, "solvency": 36, "staff": 20, "growth": 20}


def ranking_of(rows, *, criteria=JUDGED, minimum=None, **document):
    """Rank rows (name -> ratings in the order of the criteria)."""
    base = {"name": "small", "criteria": criteria, "scenarios": {"balanced": WEIGHTS}}
    profile = parse_profile(base | ({} if minimum is None else {"minimum_total": minimum}) | document)
    ids = [criterion["id"] for criterion in criteria]
    frame = pd.DataFrame(
        [{"id": name.casefold(), "name": name, **dict(zip(ids, r, strict=True))} for name, r in rows.items()]
    )
    return rank(Candidates.from_frame(frame.astype(object), profile), profile)


def row(ranking, name):
    """Return the row of a candidate by its name."""
    return ranking.candidates.names.tolist().index(name)


def test_the_price_names_the_largest_differences_and_the_rest():
    """A worked example: location +6 (one rating at 24 %), solvency -9 (one at 36 %), the rest -5 (one at 20 %)."""
    ranking = ranking_of({"Nordlicht": (3, 4, 4, 3), "Rhein": (4, 3, 3, 3)})
    cost = departure(ranking, row(ranking, "Rhein"), row(ranking, "Nordlicht"))
    assert cost.gap == -8.0
    assert [(criterion.id, points) for criterion, points in cost.parts] == [("solvency", -9.0), ("location", 6.0)]
    assert cost.rest == -5.0
    assert str(cost.sentence) == "Rhein is 8.0 points below Nordlicht: Solvency −9.0, Location +6.0, rest −5.0."


def test_no_departure_where_the_totals_are_equal():
    """Choosing the other one of a tie follows the ranking."""
    ranking = ranking_of({"A": (3, 4, 3, 3), "B": (3, 4, 3, 3), "C": (3, 3, 3, 3)})
    assert departure(ranking, 0, 1) is None
    assert departure(ranking, 0, 0) is None
    assert departure(ranking, 2, 0) is not None


def test_a_pending_candidate_above_the_leader_has_a_price_too():
    """Somebody who is still to be verified departs from the ranking even with a higher middle total."""
    criteria = [*JUDGED, {"id": "licence", "title": "Licence", "levels": {"yes": 100, "no": 0}, "gate": "hard"}]
    ranking = ranking_of({"A": (3, 3, 3, 3, "yes"), "B": (5, 5, 3, 3, None)}, criteria=criteria)
    cost = departure(ranking, row(ranking, "B"), row(ranking, "A"))
    assert cost.gap == 30.0
    assert str(cost.sentence).startswith("B is 30.0 points above A: Solvency +18.0, Location +12.0")


ratings = st.tuples(*[st.sampled_from([1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5])] * 4)


@given(first=ratings, second=ratings, weights=st.tuples(*[st.integers(1, 17)] * 4))
def test_every_price_adds_up_as_it_is_shown(first, second, weights):
    """The figures in the sentence sum to the difference of the two totals as every page shows them."""
    scenario = dict(zip(WEIGHTS, weights, strict=True))
    ranking = ranking_of({"A": first, "B": second}, scenarios={"balanced": scenario})
    cost = departure(ranking, 1, 0)
    shown = [round(float(score), 1) for score in ranking.score]
    if cost is None:
        assert ranking.score[0] == ranking.score[1]
        return
    assert cost.gap == pytest.approx(shown[1] - shown[0], abs=1e-9)
    text = str(cost.sentence).partition(":")[2].replace("−", "-")
    figures = [float(number) for number in re.findall(r"[+-]?\d+\.\d", text)]
    if figures:
        assert sum(figures) == pytest.approx(cost.gap, abs=1e-9)
    assert len(cost.parts) <= 2


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=6))
def test_rounded_parts_add_up_and_stay_near(parts):
    """No part moves by more than it takes, and the sum is the total as shown."""
    total = round(sum(parts), 1)
    shown = adding_up(parts, total)
    assert sum(shown) == pytest.approx(total, abs=1e-6)
    assert all(abs(a - b) < 0.21 for a, b in zip(parts, shown, strict=True))


def test_the_proposal_leaves_out_who_is_below_the_line():
    """First and reserve are qualified: must-haves met and the minimum total reached."""
    ranking = ranking_of({"A": (4, 4, 4, 4), "B": (3, 3, 3, 2), "C": (3, 3, 3, 3)}, minimum=50)
    found = propose(ranking)
    assert (found.first, found.reserve, found.tied) == (row(ranking, "A"), row(ranking, "C"), ())
    assert propose(ranking_of({"B": (3, 3, 3, 2)}, minimum=50)).first is None


def test_the_proposal_says_who_shares_the_first_place():
    """A tie at the top is named, so that the choice is made by people."""
    ranking = ranking_of({"B": (3, 4, 3, 3), "A": (3, 4, 3, 3), "C": (3, 3, 3, 3)})
    assert sorted(propose(ranking).tied) == [0, 1]


GATED = [{**JUDGED[0], "gate": "conditional"}, *JUDGED[1:]]


def test_conditions_name_what_to_verify_to_lift_and_to_meet():
    """Pending: what to show; below the line: how far; eliminated: what it misses and the place it would have."""
    ranking = ranking_of(
        {"Open": (None, 5, 5, 5), "Low": (3, 2, 2, 2), "Out": (2.5, 5, 5, 5)}, criteria=GATED, minimum=50
    )
    assert [str(sentence) for sentence in conditions(ranking)] == [
        "Open shows that this is in order: Location. It could then be number 1.",
        "Low rises from 31.0 to the qualified line of 50.",
        "Out meets what it misses now (Location: 2.5 of 5; it must be at least 3 of 5, short by 0.5.) "
        "It would then be number 1 with 88.0.",
    ]


def test_conditions_always_say_something():
    """Where nobody comes near, more candidates are needed."""
    ranking = ranking_of({"Out": (1, 1, 1, 1)}, criteria=[{**c, "gate": "conditional"} for c in JUDGED])
    assert [str(s) for s in conditions(ranking)] == ["Nobody in this list comes near: more candidates are needed."]


def test_sentences_render_in_every_language_and_names_stay_short():
    """A name of 40,000 letters does not fill the page; no placeholder is left open."""
    ranking = ranking_of({"A" * 40_000: (4, 4, 4, 4), "{gap} B": (3, 3, 3, 3)})
    for language in ("en", "zh-Hans", "zh-Hant"):
        text = render(departure(ranking, 1, 0).sentence, language)
        assert len(text) < 400
        assert "{gap} B" in text
    assert short("A" * 61) == "A" * 59 + "…"
