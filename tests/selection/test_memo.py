"""The decision memo answers the boss's questions with the engine's own figures."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import parse_profile
from criteria.text import LANGUAGES, render
from data.samples import sample_candidates, sample_profile
from selection import Candidates, Waiver, rank
from selection.memo import Choice, memo
from selection.worries import overtaken

PROFILE = sample_profile()
CANDIDATES = sample_candidates(PROFILE)
WAIVER = Waiver("saale", "solvency", "Sales director", "bank guarantee", "Germany")
GERMANY = rank(CANDIDATES, PROFILE, "Germany", waivers=[WAIVER])
BENELUX = rank(CANDIDATES, PROFILE, "Benelux")


def row(name, ranking=GERMANY):
    """Return the row of a candidate by its id."""
    return ranking.candidates.ids.tolist().index(name)


def answers(found):
    """Return the memo as question -> text."""
    return {str(point.question): " ".join(map(str, point.answers)) for point in found.points}


def test_the_memo_of_the_leader():
    """Every question has its answer, with totals as the ranking has them."""
    found = memo(GERMANY, Choice(row("nordlicht"), row("rhein")), ["spree"])
    assert str(found.headline) == "Germany: Nordlicht is our first choice (71.9), Rhein the reserve (70.2)."
    told = answers(found)
    assert told["Why this one?"].startswith("Nordlicht is number 1 of 13 with 71.9 (qualified line 50, ideal 100).")
    assert told["Why not the one with the highest total?"].startswith(
        "Zugspitze has 89.3, but does not meet a must-have. Solvency: 2.5 of 5; it must be at least 3 of 5"
    )
    assert "Spree is number 11 of 13" in told["Why not Spree?"]
    assert "now 3 of 5" in told["What worries us?"]
    assert told["What rests only on their word?"] == (
        "25.0 of its 71.9 points rest on what it says of itself: Growth, Solvency, Location."
    )
    assert told["What if it declines?"].startswith("Then we ask Rhein. Rhein is number 2 of 13 with 70.2")


def test_a_departure_stands_in_the_memo_with_its_price_and_reason():
    """Why this one: the price against the leader, and the reason in the words of who decided."""
    told = answers(memo(GERMANY, Choice(row("saale"), None, "We know them since 2019.")))["Why this one?"]
    assert "Saale is 7.6 points below Nordlicht: " in told
    assert told.endswith("The reason given: We know them since 2019.")


def test_a_tie_is_called_a_tie():
    """Two on the second place are both named when one of them is chosen first in their own list."""
    two = rank(CANDIDATES.take(_rows("elbe", "rhein")), PROFILE, "Germany")
    told = answers(memo(two, Choice(row("elbe", two))))
    assert "It shares the first place with Rhein." in told["Why this one?"]
    assert told["What would change it?"] == ("Rhein has the same total, so any new fact may decide between them.")


def _rows(*ids):
    import numpy as np

    return np.array([CANDIDATES.ids.tolist().index(key) for key in ids])


def test_worries_name_waivers_unknowns_and_what_is_below_the_line():
    """What was waived and by whom; what is unknown and the band; what to verify before signing."""
    waived = answers(memo(GERMANY, Choice(row("saale"), None, "x")))["What worries us?"]
    assert "Solvency is waived by Sales director: bank guarantee" in waived
    assert "Solvency is below the qualified line: 2.5 of 5" in waived
    pending = answers(memo(GERMANY, Choice(row("havel"), None, "x")))["What worries us?"]
    assert "Not known yet: Solvency, Location; the total may lie between 51.3 and 79.8." in pending
    assert "Before signing, verify: Licences and registration, Solvency." in pending


def test_the_tipping_value_really_tips():
    """At the rating that the memo names the two are equal; half a point above the order stands, below it is swapped."""
    assert [str(sentence) for sentence in overtaken(GERMANY, row("nordlicht"))] == [
        "Elbe is 1.7 points behind.",
        "Elbe would catch up with Nordlicht if Growth of Nordlicht were only 3.5 of 5 (now: 4 of 5).",
    ]
    for rating, behind in ((4.0, True), (3.5, False), (3.0, False)):
        frame = CANDIDATES.frame.copy()
        frame.loc[frame["id"] == "nordlicht", "sales_growth"] = rating
        found = rank(Candidates(frame, CANDIDATES.regions), PROFILE, "Germany")
        elbe, nordlicht = (found.score[row(key, found)] for key in ("elbe", "nordlicht"))
        assert bool(elbe < nordlicht) is behind
        assert bool(elbe == nordlicht) is (rating == 3.5)


def test_nobody_yet_says_why_and_what_must_become_true():
    """A decision to keep searching has a memo too, with the reason why it is too early in front."""
    from selection.progress import progress

    early = progress(CANDIDATES, PROFILE, BENELUX).sentences
    told = answers(memo(BENELUX, Choice(None, reason="Interviews are in May."), (), early))
    assert told["Why nobody yet?"].startswith("The reason given: Interviews are in May. Too early to choose:")
    assert "could then be number 1" in told["What must become true?"]


def test_no_level_of_evidence_is_said_as_it_is():
    """Without stated levels the memo does not claim that everything is proven."""
    bare = rank(Candidates(CANDIDATES.frame, CANDIDATES.regions), PROFILE, "Germany")
    told = answers(memo(bare, Choice(row("nordlicht", bare))))
    assert told["What rests only on their word?"] == (
        "No level of evidence is stated for any value, so nobody can say."
    )


@given(first=st.integers(-1, len(GERMANY.candidates) - 1), reserve=st.integers(-1, len(GERMANY.candidates) - 1))
def test_every_choice_has_a_memo_in_every_language(first, reserve):
    """Whoever is chosen, also somebody eliminated or unknown, every sentence renders and every point has an answer."""
    choice = Choice(None if first < 0 else first, None if reserve in (-1, first) else reserve, "why")
    found = memo(GERMANY, choice, ["zugspitze", "havel", "nobody"])
    assert all(point.answers for point in found.points)
    for language in LANGUAGES:
        assert all(render(message, language).strip() for message in found.messages)


def test_one_candidate_alone_has_a_memo():
    """Nobody behind, nobody above: the memo says so."""
    alone = rank(CANDIDATES.take(_rows("ruhr")), PROFILE, "Benelux")
    told = answers(memo(alone, Choice(0)))
    assert told["What would change it?"] == "Nobody who is qualified stands behind it."
    assert told["Why not the one with the highest total?"] == "Nobody who was eliminated has a higher total."
    assert told["What if it declines?"] == "There is no reserve: the search would go on."


def test_the_memo_prints_the_same_on_every_day():
    """No clock is in the memo: its sentences are those of the ranking."""
    assert datetime.date.today().isoformat() not in " ".join(map(str, memo(GERMANY, Choice(row("elbe"))).messages))


@pytest.mark.parametrize("scenario", PROFILE.scenario_names)
def test_every_scenario_gives_a_memo(scenario):
    """The memo follows the scenario it is asked for."""
    found = rank(CANDIDATES, PROFILE, "Germany", scenario, waivers=[WAIVER])
    best = int(found.ranked_rows[0])
    assert f"number 1 of {len(found.ranked)}" in str(memo(found, Choice(best)).points[0].answers[0])


def test_the_tipping_value_of_a_measured_fact_is_in_its_own_unit():
    """At the limit that the memo names both are equal; a little worse and the other one stands above."""
    profile = parse_profile(
        {
            "name": "f",
            "criteria": [
                {"id": "y", "title": "Years", "unit": "years", "curve": {"floor": 0, "qualified": 5, "ideal": 10}}
            ],
        }
    )
    pair = Candidates.from_frame(pd.DataFrame({"id": ["a", "b"], "y": [8.0, 6.0]}), profile)
    assert [str(sentence) for sentence in overtaken(rank(pair, profile), 0)] == [
        "b is 20.0 points behind.",
        "b would catch up with a if Years of a were below 6 years (now: 8 years).",
    ]


def test_a_fall_that_breaks_a_must_have_is_named_as_such():
    """Nearer than the next one's total is the must-have: below three years the first choice is out."""
    curve = {"floor": 0, "qualified": 3, "ideal": 10}
    profile = parse_profile(
        {"name": "f", "criteria": [{"id": "y", "title": "Years", "unit": "years", "curve": curve, "gate": "hard"},
                                   {"id": "z", "curve": curve}]}
    )  # fmt: skip
    pair = Candidates.from_frame(pd.DataFrame({"id": ["a", "b"], "y": [4.0, 3.5], "z": [9.0, 4.0]}), profile)
    assert str(overtaken(rank(pair, profile), 0)[1]) == (
        "a would miss a must-have if its Years were below 3 years (now: 4 years)."
    )
