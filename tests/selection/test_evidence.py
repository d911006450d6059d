"""How well values are proven, and what an appointment asks for."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest

from criteria import parse_profile
from criteria.errors import RunError
from selection import Candidates, rank
from selection.evidence import Mark, day_of, is_stale, marks, proof_for_signing, require_proof, stale_values

PROFILE = parse_profile(
    {
        "name": "proof",
        "criteria": [
            {
                "id": "years",
                "title": "Years",
                "curve": {"floor": 0, "qualified": 3, "ideal": 10},
                "gate": "conditional",
            },
            {"id": "licence", "title": "Licence", "levels": {"yes": 100, "no": 0}, "gate": "hard"},
            {"id": "growth", "title": "Growth", "curve": {"floor": 0, "qualified": 5, "ideal": 10}},
            {"id": "staff", "title": "Staff", "kind": "judged", "gate": "conditional"},
        ],
    }
)
TODAY = datetime.date(2026, 11, 1)


def ranking(**columns):
    """Rank one candidate with evidence in *columns*."""
    row = {"id": "a", "name": "Havel", "years": 8, "licence": "yes", "growth": 7, "staff": 4}
    frame = pd.DataFrame([{**row, **{key.replace("__", "."): value for key, value in columns.items()}}])
    found = Candidates.from_frame(frame, PROFILE)
    dated = Candidates(
        found.frame, found.regions, found.not_applicable, found.levels, found.sources, found.dates, TODAY
    )
    return rank(dated, PROFILE)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024", datetime.date(2024, 12, 31)),
        ("2024-12", datetime.date(2024, 12, 31)),
        ("2024/2", datetime.date(2024, 2, 29)),
        ("2024年6月30日", datetime.date(2024, 6, 30)),
        ("2024-06-31", None),
        ("0000", None),
        ("2024-13", None),
        ("9999", datetime.date(9999, 12, 31)),
        ("last year", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_means_its_last_day(text, day):
    """A year counts until its end, so that nothing is called stale too early; other texts are no dates."""
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "stale"), [("2025-05-01", True), ("2025-05-02", False), ("2025", False), ("x", False)]
)
def test_stale_is_eighteen_months_to_the_day(text, stale):
    """On 1 Nov 2026 that of 1 May 2025 is stale, that of the day after is not."""
    assert is_stale(text, TODAY) is stale


def test_marks_name_what_speaks_against_a_value():
    """Self-declared and stale, each where it is stated."""
    found = ranking(growth__level=0, growth__date="2023", years__level=2, years__date="2026-10-01")
    assert marks(found.candidates, 0, "growth") == (Mark.SELF_DECLARED, Mark.STALE)
    assert marks(found.candidates, 0, "years") == ()
    assert str(stale_values(found, found.figures(0))) == "Older than 18 months, so ask again: Growth."


def test_an_appointment_asks_for_what_we_have_seen_or_for_a_reason():
    """A must-have stated below level 2 is refused without a reason, in a sentence that names it."""
    found = ranking(years__level=1, licence__level=3)
    assert proof_for_signing(found, 0).short_of == ("years",)
    with pytest.raises(RunError, match=r"Not yet seen by us at Havel: Years\. See it, or say why you sign without\."):
        require_proof(found, 0, "  ")
    require_proof(found, 0, "the bank guarantees it")


def test_unstated_evidence_is_told_and_passes():
    """Nobody who keeps no evidence levels is stopped; our own ratings are seen by us."""
    found = ranking()
    proof = proof_for_signing(found, 0)
    assert (proof.short_of, proof.unstated) == ((), ("years", "licence"))
    assert str(proof.sentence) == "How well it is proven is not stated at Havel: Years, Licence."
    require_proof(found, 0, "")


def test_a_criterion_without_a_must_have_asks_for_nothing():
    """Growth may rest on their word: it costs points at most."""
    assert "growth" not in proof_for_signing(ranking(growth__level=0), 0).short_of
