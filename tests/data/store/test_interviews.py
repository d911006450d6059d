"""What holds when several people rate: the mean of the ratings, an agreed value before it, the latest list or edit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria.errors import StoreError
from data.store import Project, Rating, Store
from tests.data.store.conftest import people

X = "attitude"


def held(store: Store, project: Project, candidate: str = "a") -> Any:
    """Return the value that holds, None where it is unknown."""
    frame = store.candidates_frame(project.id).frame
    value = frame[X][frame["id"].tolist().index(candidate)] if X in frame else None
    return None if value is None or value != value else value


def test_the_mean_of_the_latest_ratings_holds(store: Store, project: Project) -> None:
    """Each assessor counts once, with the latest rating; don't know is left out; one rating is itself."""
    store.rate(project.id, "a", X, 2, who="Wu", reason="slow")
    assert held(store, project) == 2
    store.rate(project.id, "a", X, 5, who="Li", reason="keen", date="2026-05-01")
    store.rate(project.id, "a", X, 3, who="Wu", reason="better")
    store.rate(project.id, "a", X, None, who="Chen")

    stored = store.candidates_frame(project.id)

    assert held(store, project) == 4
    assert (stored.origins[X][0], stored.who[X][0]) == ("rating", "Li, Wu, Chen")
    assert stored.sources[X][0] == "Li: keen · Wu: better"
    assert (stored.dates[X][0], np.isnan(stored.levels[X][0])) == (None, True)


def test_only_dont_knows_are_unknown_and_answered(store: Store, project: Project) -> None:
    """When nobody knows, the value is unknown, and the frame still says that it was asked."""
    for who in ("Wu", "Li"):
        store.rate(project.id, "a", X, None, who=who)

    assert held(store, project) is None
    assert store.candidates_frame(project.id).origins[X][0] == "rating"


def test_a_later_edit_replaces_the_mean_and_a_later_rating_the_edit(store: Store, project: Project) -> None:
    """Statements and panels take turns: the newer one holds, and the panel always has everybody in it."""
    for who, rating in (("Wu", 2), ("Li", 4)):
        store.rate(project.id, "a", X, rating, who=who)
    store.set_value(project.id, "a", X, 1, who="Boss")
    assert held(store, project) == 1

    assert store.rate(project.id, "a", X, 4, who="Li") == 1  # the same again, said after the edit
    assert held(store, project) == 3
    assert store.rate(project.id, "a", X, 4, who="Li") == 0


def test_a_withdrawn_agreement_gives_back_what_held_before_it(store: Store, project: Project) -> None:
    """The edit was newer than the ratings, so it holds again, and an editor who saw it may go on from it."""
    store.rate(project.id, "a", X, 5, who="Wu")
    edited = store.set_value(project.id, "a", X, 1, who="Boss")
    store.moderate(project.id, "a", X, 3, who="Li", reason="talk")
    store.withdraw_agreed(project.id, "a", X, who="Li")

    assert held(store, project) == 1
    store.set_value(project.id, "a", X, 2, who="Boss", based_on=edited)
    assert held(store, project) == 2


def test_an_edit_is_based_on_the_mean_that_its_editor_saw(store: Store, project: Project) -> None:
    """A rating in between is a conflict, as any other change is."""
    store.rate(project.id, "a", X, 2, who="Wu")
    seen = int(store.candidates_frame(project.id).sequences[X][0])
    store.rate(project.id, "a", X, 4, who="Li")

    with pytest.raises(StoreError, match="is now 3; yours, 5"):
        store.set_value(project.id, "a", X, 5, who="Boss", based_on=seen)


def test_the_agreed_value_holds_until_it_is_withdrawn(store: Store, project: Project) -> None:
    """It needs a reason, never overwrites a rating, and a later rating does not overwrite it but is told."""
    for who, rating in (("Wu", 2), ("Li", 5)):
        store.rate(project.id, "a", X, rating, who=who)
    with pytest.raises(StoreError, match="Say why"):
        store.moderate(project.id, "a", X, 3, who="Li", reason=" ")
    with pytest.raises(StoreError, match="half points"):
        store.moderate(project.id, "a", X, 3.2, who="Li", reason="talk")

    store.moderate(project.id, "a", X, 3, who="Li", reason="visit weighed")
    assert (held(store, project), store.agreed(project.id)["rated_since"].tolist()) == (3, [False])
    store.rate(project.id, "a", X, 4, who="Wu")
    line = store.agreed(project.id).iloc[0]

    assert held(store, project) == 3
    assert (line.candidate, line.criterion, line.who, line.rating, line.reason, line.rated_since) == (
        "a", X, "Li", 3.0, "visit weighed", True,
    )  # fmt: skip
    assert sorted(store.ratings(project.id)["rating"]) == [4, 5]
    store.withdraw_agreed(project.id, "a", X, who="Li")
    assert (held(store, project), len(store.agreed(project.id))) == (4.5, 0)
    lines = len(store.audit(project.id))
    store.withdraw_agreed(project.id, "a", X, who="Li")
    assert len(store.audit(project.id)) == lines


def test_a_list_or_edit_after_it_ends_an_agreed_value(store: Store, project: Project) -> None:
    """An edit and an import are newer statements; the agreement is history then."""
    store.moderate(project.id, "a", X, 3, who="Li", reason="talk")
    store.set_value(project.id, "a", X, 2, who="Wu")

    assert (held(store, project), len(store.agreed(project.id))) == (2, 0)
    store.moderate(project.id, "a", X, 3, who="Li", reason="talk again")
    listed = people(["a"], **{X: [5]})
    store.apply_import(project.id, store.preview_import(project.id, listed))
    assert held(store, project) == 5


def test_a_list_that_says_the_same_again_keeps_the_panel(store: Store, project: Project) -> None:
    """The list's value was rated since: the same list again keeps the mean and the agreed value."""
    listed = people(["a", "b"], **{X: [1, 1]})
    store.apply_import(project.id, store.preview_import(project.id, listed))
    store.rate(project.id, "a", X, 4, who="Wu")
    store.rate(project.id, "a", X, 5, who="Li")
    store.moderate(project.id, "b", X, 2, who="Li", reason="talk")

    again = store.apply_import(project.id, store.preview_import(project.id, listed))

    assert again.kept == 2
    assert (held(store, project), held(store, project, "b")) == (4.5, 2)


STEPS = {
    "Wu rates": lambda s, p: s.rate(p, "a", X, 2, who="Wu"),
    "Wu rates again": lambda s, p: s.rate(p, "a", X, 3, who="Wu"),
    "Li rates": lambda s, p: s.rate(p, "a", X, 5, who="Li"),
    "edit": lambda s, p: s.set_value(p, "a", X, 1),
    "list": lambda s, p: s.apply_import(p, s.preview_import(p, people(["a"], **{X: [4]}))),
    "agree": lambda s, p: s.moderate(p, "a", X, 3.5, who="Li", reason="talk"),
    "agree anew": lambda s, p: s.moderate(p, "a", X, 4.5, who="Li", reason="talk"),
    "withdraw": lambda s, p: s.withdraw_agreed(p, "a", X, who="Li"),
    "finish": lambda s, p: s.finish(p, "Wu"),
}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=7))
def test_undo_walks_back_through_any_order_of_voices(store: Store, steps: list[str]) -> None:
    """Whatever was rated, edited, agreed on and withdrawn: undo gives the value before, redo the one after."""
    project = store.create_project("P", {})
    store.add_candidate(project.id, "A", id="a")
    seen: list[Any] = []
    lines = len(store.audit(project.id))
    for step in steps:
        before = held(store, project)
        STEPS[step](store, project.id)
        if len(store.audit(project.id)) > lines:  # a step that says nothing new is no action
            lines = len(store.audit(project.id))
            seen.append((before, held(store, project)))

    for before, after in reversed(seen):
        assert held(store, project) == after
        store.undo_last(project.id)
        assert held(store, project) == before
        store.redo_last(project.id)
        assert held(store, project) == after
        store.undo_last(project.id)
    assert held(store, project) is None


def test_a_sheet_is_one_action_and_twice_changes_nothing(store: Store, project: Project) -> None:
    """All ratings of a sheet come and go together; what the assessor said before is not said again."""
    sheet = [Rating("a", X, 4, "keen"), Rating("b", X, None), Rating("a", "service", 2.5)]

    assert store.rate_many(project.id, "Wu", sheet, by="Li") == 3
    assert store.rate_many(project.id, "Wu", sheet, by="Li") == 0
    store.set_value(project.id, "a", X, 1)
    assert store.rate_many(project.id, "Wu", sheet, by="Li") == 0

    assert store.ratings(project.id)["who"].unique().tolist() == ["Wu"]
    assert [(line.action, line.who) for line in store.audit(project.id)][1] == ("rated", "Li")
    store.undo_last(project.id)
    store.undo_last(project.id)
    assert store.ratings(project.id).empty
    with pytest.raises(StoreError, match="There is no candidate zz"):
        store.rate_many(project.id, "Wu", [*sheet, Rating("zz", X, 3)])
    assert store.ratings(project.id).empty


def test_who_has_finished_is_kept_undone_and_copied(store: Store, project: Project) -> None:
    """Finished per assessor and region; going on takes it back; ratings after it have a higher number."""
    store.rate(project.id, "a", X, 2, who="Wu")
    store.finish(project.id, "Wu")
    store.finish(project.id, "Wu")
    store.finish(project.id, "Li", region="DE")
    store.rate(project.id, "b", X, 2, who="Wu")

    wu, li = store.finished(project.id)
    assert (wu.assessor, wu.region, li.assessor, li.region) == ("Wu", None, "Li", "DE")
    assert (store.ratings(project.id)["change"] > wu.change).tolist() == [False, True]
    copied = store.copy(project.id, "Again")
    assert [each.assessor for each in store.finished(copied.id)] == ["Wu", "Li"]
    store.reopen(project.id, "Wu")
    assert [each.assessor for each in store.finished(project.id)] == ["Li"]
    store.undo_last(project.id)
    assert [each.assessor for each in store.finished(project.id)] == ["Wu", "Li"]


def test_a_copy_has_what_holds_and_nothing_that_was_taken_back(store: Store, project: Project) -> None:
    """An undone value stays undone in the copy, whose log knows nothing of it."""
    store.rate(project.id, "a", X, 2, who="Wu")
    store.rate(project.id, "a", X, 5, who="Li")
    store.undo_last(project.id)

    copied = store.copy(project.id, "Again")

    assert held(store, copied) == 2
    assert store.ratings(copied.id)["who"].tolist() == ["Wu"]


def test_history_says_what_was_taken_back(store: Store, project: Project) -> None:
    """Nothing is removed: an undone rating stays in the history, marked."""
    store.rate(project.id, "a", X, 2, who="Wu")
    store.undo_last(project.id)

    assert [(each.value, each.undone) for each in store.history(project.id, "a", X)] == [(2.0, True)]


def test_a_region_has_a_panel_of_its_own(store: Store) -> None:
    """Ratings for one region make a mean there; everywhere else the general ones hold."""
    project = store.create_project("P", {})
    store.apply_import(project.id, store.preview_import(project.id, people(["a"], x=[1], regions=(("DE", "FR"),))))
    for who, rating, region in (("Wu", 2, None), ("Li", 3, None), ("Wu", 5, "FR"), ("Li", 4, "FR")):
        store.rate(project.id, "a", X, rating, who=who, region=region)
    store.moderate(project.id, "a", X, 1, who="Li", reason="talk", region="DE")

    frame = store.candidates_frame(project.id).frame

    assert frame[["region", X]].to_numpy().tolist() == [["DE", 1.0], ["FR", 4.5]]


def test_candidates_that_were_put_away_are_not_in_the_panel(store: Store, project: Project) -> None:
    """Their ratings come back with them."""
    store.rate(project.id, "a", X, 2, who="Wu")
    store.moderate(project.id, "a", X, 3, who="Wu", reason="talk")
    store.archive_candidate(project.id, "a")

    assert (len(store.ratings(project.id)), len(store.agreed(project.id))) == (0, 0)
    store.unarchive_candidate(project.id, "a")
    assert (len(store.ratings(project.id)), len(store.agreed(project.id))) == (1, 1)
