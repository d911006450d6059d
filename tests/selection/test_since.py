"""What changed since a decision: nothing, places, verdicts, newcomers, or only what moves no place."""

from __future__ import annotations

import json

from data.samples import sample_candidates, sample_profile
from selection import Candidates, Waiver, rank
from selection.since import changes, snapshot

PROFILE = sample_profile()
CANDIDATES = sample_candidates(PROFILE)
WAIVER = Waiver("saale", "solvency", "Sales director", "bank guarantee", "Germany")


def ranking(frame=None, waivers=(WAIVER,)):
    """Return the ranking of the sample's home region, from a changed table where one is given."""
    changed = CANDIDATES if frame is None else Candidates(frame, CANDIDATES.regions)
    return rank(changed, PROFILE, "Germany", waivers=waivers)


def kept(chosen="nordlicht"):
    """Return a snapshot as it comes back from the store: through JSON."""
    found = ranking()
    return json.loads(json.dumps(snapshot(found, found.candidates.ids.tolist().index(chosen), None)))


def changed(column, value, candidate):
    """Return the sample's table with one value changed."""
    frame = CANDIDATES.frame.copy()
    frame.loc[frame["id"] == candidate, column] = value
    return frame


def said(*args, **options):
    """Return the sentences about what changed as English texts."""
    return [str(sentence) for sentence in changes(*args, **options)]


def test_nothing_changed_says_nothing():
    """The same fingerprint: no sentence."""
    assert said(kept(), ranking()) == []


def test_places_that_moved_are_named_with_both_ranks_and_totals():
    """A better rating carries somebody up, and everybody it passes down."""
    found = said(
        kept(),
        ranking(
            changed("solvency", 5, "rhein").pipe(
                lambda f: f.assign(sales_growth=f["sales_growth"].where(f["id"] != "rhein", 5))
            )
        ),
    )
    assert "Rhein: number 2 → 1 (70.2 → 77.3)." in found
    assert "Nordlicht: number 1 → 2 (71.9 → 71.9)." in found


def test_a_choice_that_is_out_now_says_by_which_must_have():
    """The first choice lost its licence."""
    found = said(kept(), ranking(changed("licences_valid", "no", "nordlicht")))
    assert any(s.startswith("Nordlicht is now eliminated. Licences and registration:") for s in found)


def test_a_choice_whose_fact_was_withdrawn_is_to_be_verified_again():
    """An emptied must-have makes the candidate pending."""
    found = said(kept(), ranking(changed("licences_valid", None, "nordlicht")))
    assert "Nordlicht is now to be verified again." in found


def test_a_pending_choice_that_was_verified_is_good_news():
    """Who had no rank then has one now."""
    frame = changed("licences_valid", "yes", "havel")
    frame.loc[frame["id"] == "havel", "solvency"] = 4.0
    found = said(kept("havel"), ranking(frame))
    assert any(s.startswith("Havel now meets every must-have: number ") for s in found)


def test_newcomers_and_those_gone_are_counted():
    """A candidate that came, and one that left the list."""
    all_but_rhein = CANDIDATES.take((CANDIDATES.ids != "rhein").nonzero()[0])
    gone = [str(s) for s in changes(kept(), rank(all_but_rhein, PROFILE, "Germany", waivers=[WAIVER]))]
    assert "Rhein is no longer in the list." in gone
    assert "1 candidate is gone from here." in gone
    before = snapshot(rank(all_but_rhein, PROFILE, "Germany", waivers=[WAIVER]))
    came = said(before, ranking())
    assert "Rhein is new: number 2 with 70.2." in came
    assert "1 candidate was added here." in came


def test_a_change_that_moves_nobody_is_still_told():
    """A changed value of somebody far down leaves the places; the fingerprint tells."""
    found = said(kept(), ranking(changed("location_quality", 1, "mosel")))
    assert found == ["Facts, weights or must-haves were changed; no place in the ranking moved."]


def test_an_old_or_damaged_snapshot_does_not_break_the_page():
    """Details without places say at least that something changed."""
    assert said({"fingerprint": "sha256:old", "candidates": len(ranking().candidates)}, ranking())
