"""Test the standard on distributors you know."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from criteria import parse_profile
from criteria.errors import RunError
from selection import Candidates
from selection.calibration import ENOUGH_TO_FIT, trial
from selection.calibration_fit import fit

SCALE = {"floor": 0, "qualified": 50, "ideal": 100}


def profile_of(gates=None, weights=None, ids=("years", "growth", "staff", "stock")):
    """Return a standard on 0..100 values, with *gates* (criterion -> limit)."""
    entries = [
        {"id": key, "title": key.capitalize(), "curve": SCALE}
        | ({"gate": [{"kind": "conditional", "limit": gates[key]}]} if key in (gates or {}) else {})
        for key in ids
    ]
    return parse_profile(
        {"name": "known", "criteria": entries, "scenarios": {"balanced": weights or dict.fromkeys(ids, 1)}}
    )


def candidates_of(rows, profile):
    """Return candidates from name -> values in the order of the criteria."""
    ids = [criterion.id for criterion in profile.criteria]
    records = [{"id": n.casefold(), "name": n, **dict(zip(ids, v, strict=True))} for n, v in rows.items()]
    return Candidates.from_frame(pd.DataFrame(records), profile)


KNOWN = {"Wang": (20, 90, 90, 90), "Li": (60, 80, 80, 80), "Zhao": (60, 50, 50, 50), "Sun": (60, 10, 20, 10)}
MARKS = {"wang": "good", "li": "good", "zhao": "average", "sun": "bad"}


def test_a_good_one_that_a_must_have_rejects_is_named_with_the_must_have():
    """The second best of a real list falls to a limit on years: the sentence says who and by what."""
    profile = profile_of({"years": 30})
    found = trial(candidates_of(KNOWN, profile), profile, MARKS)
    assert [item.criteria for item in found.rejected] == [("years",)]
    assert str(found.rejected[0].sentence) == (
        "Your standard would have rejected Wang, a good one. Years: 20; it must be at least 30, short by 10."
    )
    assert (found.suspects[0].criterion, found.suspects[0].harm) == ("years", 2)
    assert str(found.sentences[0]) == "The standard would have rejected 1 distributor that you know to be good enough."
    assert "nothing is fitted" in str(found.sentences[-1])


def test_a_must_have_that_keeps_out_the_bad_ones_is_no_suspect():
    """It rejects nobody it should keep, and the standard agrees."""
    profile = profile_of({"growth": 30})
    found = trial(candidates_of(KNOWN, profile), profile, MARKS)
    assert [suspect for suspect in found.suspects if suspect.gate is not None] == []
    assert found.rejected == ()
    assert found.agreement == 1.0
    assert str(found.sentences[0]) == "The standard agrees with what you know of these 4 distributors."


def test_a_criterion_that_lifts_the_worse_one_is_named():
    """Stock alone puts Sun above Li: 4 · 90 points against the rest."""
    rows = {"Li": (60, 80, 80, 10), "Zhao": (60, 50, 50, 20), "Sun": (60, 40, 40, 90)}
    profile = profile_of(weights={"years": 1, "growth": 1, "staff": 1, "stock": 5})
    found = trial(candidates_of(rows, profile), profile, {"li": "good", "zhao": "average", "sun": "bad"})
    assert [(item.above, item.below, item.criterion) for item in found.misplaced] == [(2, 1, "stock"), (2, 0, "stock")]
    assert found.suspects[0].criterion == "stock"
    assert "Stock favours the worse one in 3 of 3 pairs" in str(found.suspects[0].sentence)


@pytest.mark.parametrize("seed", range(20))
def test_a_planted_bad_must_have_is_named(seed):
    """20 of 20: a limit on a criterion that has nothing to do with quality is the one must-have under suspicion."""
    generator = np.random.default_rng(seed)
    quality = np.repeat([85.0, 60.0, 35.0], [4, 3, 3])
    ids = ("years", "growth", "staff", "stock", "noise")
    values = np.clip(quality[:, None] + generator.normal(0, 8, (10, 5)), 1, 99)
    values[:, 4] = generator.permutation(np.linspace(10, 90, 10))
    values[generator.choice(4, 2, replace=False), 4] = [12.0, 20.0]  # two good ones fall to it
    profile = profile_of({"noise": 55, "growth": 20}, {"years": 2, "growth": 3, "staff": 3, "stock": 2}, ids)
    rows = {f"D{i}": tuple(row) for i, row in enumerate(values.tolist())}
    marks = {f"d{i}": mark for i, mark in enumerate(["good"] * 4 + ["average"] * 3 + ["bad"] * 3)}
    found = trial(candidates_of(rows, profile), profile, marks)
    assert len(found.rejected) >= 2
    assert {key for item in found.rejected for key in item.criteria} == {"noise"}
    named = [suspect.criterion for suspect in found.suspects if suspect.gate is not None]
    assert named == ["noise"]
    assert found.suspects[0].criterion == "noise"
    assert "Noise" in " ".join(str(sentence) for sentence in found.sentences)


def test_nothing_is_fitted_below_twenty_marks():
    """A refusal in plain words."""
    profile = profile_of()
    with pytest.raises(RunError, match="Weights are fitted from 20 marks on; there are 4"):
        fit(trial(candidates_of(KNOWN, profile), profile, MARKS))


def test_from_twenty_on_the_weights_that_made_the_order_are_found():
    """Marks made from hidden weights: the fit orders nearly all pairs, also those held out, and sums to 1."""
    generator = np.random.default_rng(7)
    values = generator.uniform(0, 100, (30, 4))
    totals = values @ [0.6, 0.3, 0.1, 0.0]
    order = np.argsort(-totals)
    marks = {
        f"d{i}": mark for i, mark in zip(order.tolist(), ["good"] * 10 + ["average"] * 10 + ["bad"] * 10, strict=True)
    }
    profile = profile_of()
    rows = {f"D{i}": tuple(row) for i, row in enumerate(values.tolist())}
    found = trial(candidates_of(rows, profile), profile, marks)
    assert len(marks) >= ENOUGH_TO_FIT
    result = fit(found)
    assert result.before < 0.93 < 0.97 < result.held_out <= result.after <= 1.0
    np.testing.assert_allclose(result.weights.sum(), 1.0)
    assert result.weights.min() >= 0
    assert abs(result.weights[0] - 0.6) < 0.15


@pytest.mark.parametrize(
    ("marks", "text"),
    [
        ({}, "Mark at least 3 distributors"),
        ({"wang": "good", "li": "good", "zhao": "good"}, "of at least two kinds"),
        ({"wang": "splendid"}, "“splendid” is no mark. There are: good, average, bad"),
        ({"nobody": "good"}, "no candidate “nobody” here"),
    ],
)
def test_marks_that_say_nothing_are_refused(marks, text):
    """Too few, all of one kind, unknown words, unknown ids."""
    profile = profile_of()
    with pytest.raises(RunError, match=text):
        trial(candidates_of(KNOWN, profile), profile, marks)


def test_an_undecided_must_have_rejects_nobody():
    """Unknown is not a failure here either."""
    profile = profile_of({"years": 30})
    rows = {**KNOWN, "Wang": (None, 90, 90, 90)}
    assert trial(candidates_of(rows, profile), profile, MARKS).rejected == ()
