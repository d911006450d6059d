"""Panels keep every rating, flag differences before any mean, and feed the ranking only where they hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria import Profile
from criteria.errors import CandidateError
from selection import Candidates, rank
from selection.panel import Cell, Disagreement, Panel, Voice, disagreements, settled_values, spreads, without_each
from selection.panel_words import disagreement_sentence, points, voice_sentence, without_sentence

LINES = [
    ("a", "attitude", "Li", 5.0, "keen"),
    ("a", "attitude", "Wu", 2.0, ""),
    ("b", "attitude", "Li", 3.0, ""),
    ("b", "attitude", "Wu", 3.5, "fair"),
    ("c", "attitude", "Li", np.nan, ""),
    ("c", "attitude", "Wu", 4.0, ""),
    ("a", "service", "Wu", 1.0, "slow"),
]


def table(lines: list[tuple[Any, ...]] = LINES, region: str | None = None) -> pd.DataFrame:
    """Return ratings as the store gives them."""
    frame = pd.DataFrame(lines, columns=["candidate", "criterion", "who", "rating", "reason"])
    return frame.assign(region=region)


def standard(**weights: float) -> Profile:
    """Return a standard of judged criteria."""
    names = weights or {"attitude": 1.0, "service": 1.0}
    criteria = [{"id": name, "title": name.title(), "kind": "judged"} for name in names]
    return Profile.model_validate({"name": "P", "criteria": criteria, "scenarios": {"only": dict(names)}})


def pool(profile: Profile, **columns: list[float]) -> Candidates:
    """Return candidates a, b, c ... with ratings."""
    n = len(next(iter(columns.values())))
    ids = [chr(ord("a") + i) for i in range(n)]
    return Candidates.from_frame(pd.DataFrame({"id": ids, "name": [f"Firm {i}" for i in ids], **columns}), profile)


def test_a_table_becomes_cells_by_assessors() -> None:
    """Don't know and not asked are both NaN and told apart; means leave them out."""
    panel = Panel.from_table(table())

    assert panel.assessors == ("Li", "Wu")
    assert panel.cells == (Cell("a", "attitude"), Cell("b", "attitude"), Cell("c", "attitude"), Cell("a", "service"))
    assert np.array_equal(panel.ratings[:, 0], [5, 3, np.nan, np.nan], equal_nan=True)
    assert panel.answered[:, 0].tolist() == [True, True, True, False]
    assert panel.means.tolist() == [3.5, 3.25, 4.0, 1.0]
    assert panel.of_criterion("service").assessors == ("Wu",)


@pytest.mark.parametrize("rating", [0.5, 5.5, 3.2, np.inf])
def test_a_rating_off_the_scale_is_refused(rating: float) -> None:
    """A rating is 1 to 5 in half points; the sentence names whose it is."""
    with pytest.raises(CandidateError, match="a, attitude: a rating runs from 1 to 5"):
        Panel.from_table(table([("a", "attitude", "Li", rating, "")]))


def test_an_empty_table_is_an_empty_panel() -> None:
    """Nobody rated anything: no cells, no differences, no means."""
    panel = Panel.from_table(table([]))

    assert (panel.cells, panel.assessors, disagreements(panel), panel.means.tolist()) == ((), (), (), [])


def test_differences_are_flagged_with_both_reasons() -> None:
    """From two points on, widest first, who said what; a narrower limit flags more."""
    panel = Panel.from_table(table())

    assert disagreements(panel) == (
        Disagreement(Cell("a", "attitude"), 2.0, 5.0, (Voice("Li", 5.0, "keen"), Voice("Wu", 2.0, ""))),
    )
    assert [found.cell.candidate for found in disagreements(panel, 0.5)] == ["a", "b"]
    assert len(disagreements(panel, 0)) == 2  # equal ratings are never a difference
    found = disagreements(panel)[0]
    assert str(disagreement_sentence(found, "Nordlicht", "Attitude")) == (
        "Nordlicht, Attitude: ratings run from 2 to 5."
    )
    assert [str(voice_sentence(voice)) for voice in found.voices] == ["Li gave 5: keen", "Wu gave 2, without a reason."]


def test_an_agreed_value_goes_before_the_mean() -> None:
    """What was agreed on is the cell's value; leniency is taken off only where asked, and stays on the scale."""
    panel = Panel.from_table(table())

    assert settled_values(panel, {Cell("a", "attitude"): 3.0}).tolist() == [3.0, 3.25, 4.0, 1.0]
    assert settled_values(panel, effects={"Li": 0.5, "Wu": -0.5}).tolist() == [3.5, 3.25, 4.5, 1.5]
    assert settled_values(panel, effects={"Wu": 2.0}).tolist()[3] == 1.0


def test_spreads_are_the_ends_per_row() -> None:
    """Lowest and highest rating per candidate row; NaN where nobody rated; no spread where people agreed."""
    profile = standard()
    candidates = pool(profile, attitude=[3.5, 3.25, 4.0, np.nan], service=[1.0, np.nan, np.nan, np.nan])
    panel = Panel.from_table(table())

    found = spreads(panel, candidates)

    assert sorted(found) == ["attitude", "service"]
    assert np.array_equal(found["attitude"][0], [2, 3, 4, np.nan], equal_nan=True)
    assert np.array_equal(found["attitude"][1], [5, 3.5, 4, np.nan], equal_nan=True)
    edited = {"attitude": np.array([False, True, True, True])}
    assert np.array_equal(spreads(panel, candidates, held=edited)["attitude"][1], [np.nan, 3.5, 4, np.nan], True)
    assert "service" not in spreads(panel, candidates, held=edited)
    assert np.isnan(spreads(panel, candidates, agreed=[Cell("a", "attitude")])["attitude"][0][0])


def test_a_regions_own_ratings_go_before_those_for_everywhere() -> None:
    """A row of one region takes the ratings given for it; the other rows keep the general ones."""
    profile = standard(attitude=1.0)
    frame = pd.DataFrame({"id": ["a", "a"], "name": ["A", "A"], "region": ["DE", "FR"], "attitude": [3.0, 3.0]})
    candidates = Candidates.from_frame(frame, profile)
    general = table([("a", "attitude", "Li", 3.0, "")])
    local = table([("a", "attitude", "Li", 5.0, ""), ("a", "attitude", "Wu", 4.0, "")], region="FR")

    low, high = spreads(Panel.from_table(pd.concat([local, general])), candidates)["attitude"]

    assert (low.tolist(), high.tolist()) == ([3.0, 4.0], [3.0, 5.0])


def test_the_ranking_without_each_assessor() -> None:
    """By hand: with both, a leads (3.5 to 3.25 and 3); without Wu a leads with 5, without Li b leads with 3.5."""
    profile = standard(attitude=1.0)
    lines = [line for line in LINES if line[1] == "attitude" and line[0] != "c"]
    panel = Panel.from_table(table(lines))
    candidates = pool(profile, attitude=[3.5, 3.25, 3.0])

    li, wu = without_each(candidates, profile, panel)

    assert (li.assessor, li.leads, li.top, li.same_lead, li.same_top) == ("Li", "b", ("b", "c", "a"), False, True)
    assert (wu.assessor, wu.leads, wu.same_lead) == ("Wu", "a", True)
    names = {"a": "Alpha", "b": "Beta", "c": "Gamma"}.__getitem__
    assert str(without_sentence(li, names)) == "Without Li: Beta would lead, among the same first 3."
    assert str(without_sentence(wu, names)) == "Without Wu: the same lead and the same first 3."


def test_what_a_list_or_an_agreement_says_stays_without_an_assessor() -> None:
    """Only values that come from the panel move when somebody is left out."""
    profile = standard(attitude=1.0)
    panel = Panel.from_table(table([line for line in LINES if line[1] == "attitude"]))
    candidates = pool(profile, attitude=[3.5, 3.25, 3.0])

    found = without_each(candidates, profile, panel, held={"attitude": np.array([False, False, False])})

    assert all(each.same_lead and each.same_top for each in found)


def test_without_the_only_assessor_the_value_is_unknown() -> None:
    """A cell that one person rated is unknown without that person, not worst."""
    profile = standard(attitude=1.0, service=1.0)
    candidates = pool(profile, attitude=[3.0, 3.0], service=[1.0, 2.0])
    panel = Panel.from_table(table([("a", "service", "Wu", 1.0, "")]))

    (wu,) = without_each(candidates, profile, panel)

    assert (wu.leads, wu.same_lead) == ("a", False)  # 50 in the middle for a, 37.5 for b
    assert rank(candidates, profile).ranked[0].figures.id == "b"


@given(st.lists(st.lists(st.sampled_from([np.nan, *np.arange(2, 11) / 2]), min_size=3, max_size=3), max_size=6))
def test_means_and_spreads_bracket_every_rating(rows: list[list[float]]) -> None:
    """In any table: low <= mean <= high, both ends are ratings, and a flag names a cell with that range."""
    lines = [
        (f"c{i}", "x", who, rating, "") for i, row in enumerate(rows) for who, rating in zip("ABC", row, strict=True)
    ]
    panel = Panel.from_table(table(lines))
    profile = standard(x=1.0)
    frame = pd.DataFrame({"id": [f"c{i}" for i in range(len(rows))], "name": "N", "x": np.nan}, dtype=object)
    found = spreads(panel, Candidates.from_frame(frame, profile)).get("x")

    for i, row in enumerate(rows):
        known = [rating for rating in row if rating == rating]
        if not known:
            assert np.isnan(panel.means[i])
            assert found is None or np.isnan(found[0][i])
            continue
        assert found is not None
        assert (found[0][i], found[1][i]) == (min(known), max(known))
        assert min(known) <= panel.means[i] <= max(known)
        assert (max(known) - min(known) >= 2) == (f"c{i}" in {flag.cell.candidate for flag in disagreements(panel)})


def test_points_are_read_as_people_write_them() -> None:
    """Half points stay, means have one decimal."""
    assert [points(value) for value in (1.0, 2.5, 10 / 3)] == ["1", "2.5", "3.3"]
