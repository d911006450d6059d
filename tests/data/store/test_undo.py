"""The last action can be taken back and brought again; nothing is removed by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from data.store import Project, Store
from tests.data.store.conftest import everything, people, three

ACTIONS: dict[str, Callable[[Store, str], Any]] = {
    "value": lambda s, p: s.set_value(p, "a", "years", 9, source="visit", level=2),
    "new value": lambda s, p: s.set_value(p, "a", "fresh", "text"),
    "rating": lambda s, p: s.rate(p, "a", "attitude", 4, who="Wu"),
    "import": lambda s, p: s.apply_import(p, s.preview_import(p, three(years=[9, 9, 9], size=["x", "y", None]))),
    "import adds": lambda s, p: s.apply_import(p, s.preview_import(p, people(["d"], years=[1])), archive_missing=True),
    "add": lambda s, p: s.add_candidate(p, "New"),
    "rename candidate": lambda s, p: s.rename_candidate(p, "a", "Alpha"),
    "regions": lambda s, p: s.set_regions(p, "a", "DE"),
    "note": lambda s, p: s.set_note(p, "a", "note"),
    "archive": lambda s, p: s.archive_candidate(p, "a"),
    "pin": lambda s, p: s.set_pin(p, "a"),
    "rename": lambda s, p: s.rename(p, "Other"),
    "profile": lambda s, p: s.save_profile(p, {"w": 1}, based_on=1),
    "waive": lambda s, p: s.waive(p, "a", "years", by="Chen", reason="why"),
    "decide": lambda s, p: s.decide(p, "DE", "a", reserve="b"),
}


def visible(store: Store, project: str) -> dict[str, Any]:
    """Return what holds now, without numbers, times and history."""
    seen = everything(store)[project]
    return {
        "name": store.project(project).name,
        "profile": store.project(project).profile,
        "people": [each for each in seen["people"] if not each.archived],
        "frame": {key: column for key, column in seen["frame"].items() if any(v is not None for v in column)},
        "waivers": [(w.candidate, w.criterion) for w in store.waivers(project)],
        "decisions": [(d.region, d.first, d.reserve) for d in store.decisions(project)],
    }


@pytest.mark.parametrize("name", ACTIONS)
def test_undo_brings_back_what_held_and_redo_what_was_done(store: Store, project: Project, name: str) -> None:
    """For every kind of action: undo = before, redo = after, undo again = before; the log only grows."""
    before = visible(store, project.id)
    ACTIONS[name](store, project.id)
    after = visible(store, project.id)
    assert after != before

    for expected, step in ((before, store.undo_last), (after, store.redo_last), (before, store.undo_last)):
        lines = len(store.audit(project.id))
        assert step(project.id) is not None
        assert visible(store, project.id) == expected
        assert len(store.audit(project.id)) == lines + 1


def test_undo_walks_back_to_the_empty_project_and_then_stops(store: Store, project: Project) -> None:
    """Undo after undo takes back one action after the other; a project that was just made has nothing to undo."""
    store.set_value(project.id, "a", "years", 9)
    store.rename(project.id, "Other")

    undone = [change.action for _ in range(3) if (change := store.undo_last(project.id))]

    assert undone == ["project_renamed", "values_edited", "imported"]
    assert store.candidates(project.id) == ()
    assert store.undo_last(project.id) is None


def test_a_list_can_come_again_after_its_undo(store: Store, project: Project) -> None:
    """What an undo took back is no reason to skip it when the list comes again."""
    before = visible(store, project.id)
    store.undo_last(project.id)

    store.apply_import(project.id, store.preview_import(project.id, three(), file_name="first.csv"))

    assert visible(store, project.id) == before


def test_undo_leaves_what_others_changed_since(store: Store, project: Project) -> None:
    """Taking back one's own import keeps the value that a colleague corrected afterwards."""
    store.apply_import(project.id, store.preview_import(project.id, three(years=[8, 8, 8])), who="Li")
    store.set_value(project.id, "a", "years", 5, who="Wu")

    assert store.undo_last(project.id, who="Li", only_own=True) is not None

    frame = store.candidates_frame(project.id).frame["years"]
    assert frame.tolist()[:2] == [5.0, 7.0]
