"""One sentence says how far the scenarios agree, on whom they differ most, and which criterion does it."""

import pandas as pd

from criteria import parse_profile
from criteria.text import render
from selection import Candidates, compare
from selection.scenarios_agreement import agreement_sentence

CURVE = {"floor": 0, "qualified": 50, "ideal": 100}


def sentence(scenarios: dict[str, dict[str, float]], **columns: list[float]) -> str | None:
    """Return the sentence for candidates A, B, C ... with these values."""
    n = len(next(iter(columns.values())))
    criteria = [{"id": id_, "title": id_.title(), "curve": CURVE} for id_ in columns]
    profile = parse_profile({"name": "p", "criteria": criteria, "scenarios": scenarios})
    table = pd.DataFrame({"id": list("abcdefgh"[:n]), "name": list("ABCDEFGH"[:n]), **columns})
    found = agreement_sentence(compare(Candidates.from_frame(table, profile), profile))
    return None if found is None else render(found)


TWO = {"one": {"money": 3.0, "place": 1.0}, "two": {"money": 1.0, "place": 3.0}}


def test_full_agreement_on_places_and_order() -> None:
    """A dominates B dominates C: nothing differs."""
    assert sentence(TWO, money=[90, 70, 50, 10], place=[90, 70, 50, 10]) == (
        "All 2 scenarios agree on the first 3, and on their order."
    )


def test_the_same_three_in_another_order() -> None:
    """The shortlist is the same; who leads it is not."""
    assert sentence(TWO, money=[90, 60, 50, 10], place=[60, 90, 50, 10]) == (
        "All 2 scenarios agree on the first 3; only their order differs."
    )


def test_who_differs_and_because_of_what() -> None:
    """A and B are always in. C lives on its place and D on its money; D falls from 3 to 4 because of that."""
    found = sentence(TWO, money=[95, 90, 10, 70], place=[95, 90, 80, 10])
    assert found is not None
    assert found.startswith("All 2 scenarios agree on 2 of the first 3. They differ on ")
    assert "C (number 3 under two, 4 under one), because of Place." in found


def test_nothing_to_compare() -> None:
    """One scenario, or one candidate, has nobody to agree with."""
    assert sentence({"one": {"money": 1.0}}, money=[1, 2, 3]) is None
    assert sentence(TWO, money=[50], place=[50]) is None
