"""Projects are made, opened, renamed, copied, deleted, restored; standards are kept and never lost."""

from __future__ import annotations

import pytest

from criteria.errors import StoreError
from data.store import ConflictError, Project, Store
from tests.data.store.conftest import everything


def test_a_project_comes_back_as_it_was_made(store: Store) -> None:
    """A standard with every JSON type and three scripts is read back equal."""
    profile = {"name": "标准 · 標準", "weights": {"a": 1.5, "b": None}, "list": [True, 2, "x"], "deep": {"k": [{}]}}

    made = store.create_project("  Mowers  ", profile, is_sample=True, who="Li")

    assert store.project(made.id) == made
    assert (made.name, made.profile, made.version, made.is_sample) == ("Mowers", profile, 1, True)
    assert made.created.utcoffset() is not None


def test_a_taken_name_gets_a_number(store: Store) -> None:
    """Two projects never carry one name, and a deleted one comes back under a free name."""
    first = store.create_project("Mowers", {})
    second = store.create_project("mowers", {})
    store.delete(first.id)
    third = store.create_project("Mowers", {})

    assert second.name == "mowers (2)"
    assert third.name == "Mowers"
    assert store.restore(first.id).name == "Mowers (3)"


def test_renaming_refuses_what_would_confuse(store: Store) -> None:
    """An empty name and the name of another project are refused, and the old name stays."""
    first, second = store.create_project("A", {}), store.create_project("B", {})

    for name in ("", "   ", "a"):
        with pytest.raises(StoreError):
            store.rename(second.id, name)
    store.rename(second.id, "b")

    assert [each.name for each in store.projects()] == ["A", "b"]
    assert first.name == "A"


def test_a_deleted_project_is_out_of_sight_and_comes_back_whole(store: Store, project: Project) -> None:
    """Delete hides everything, restore brings everything back, purge is only for what was deleted."""
    before = everything(store)[project.id]
    with pytest.raises(StoreError, match="Delete it first"):
        store.purge(project.id)

    store.delete(project.id)
    assert store.projects() == ()
    with pytest.raises(StoreError, match="does not exist any more"):
        store.candidates_frame(project.id)
    store.restore(project.id)

    after = everything(store)[project.id]
    assert {k: v for k, v in after.items() if k not in ("audit", "project")} == {
        k: v for k, v in before.items() if k not in ("audit", "project")
    }


def test_a_purge_removes_one_project_and_says_so(store: Store, project: Project) -> None:
    """After a purge nothing of the project is left, others are untouched, and the log names it."""
    other = store.copy(project.id, "Copy")
    kept = everything(store)[other.id]
    store.delete(project.id)

    store.purge(project.id, who="Li")

    assert store.projects(deleted=True) == ()
    assert everything(store)[other.id] == kept
    assert [(line.action, line.target, line.who) for line in store.audit(None)] == [("project_purged", "Mowers", "Li")]


def test_a_copy_has_everything_and_goes_its_own_way(store: Store, project: Project) -> None:
    """Values, history, notes, pins, waivers, decisions and versions are copied; edits do not cross."""
    store.set_value(project.id, "a", "years", 4, who="Wu", source="visit")
    store.set_note(project.id, "a", "call back")
    store.set_pin(project.id, "b")
    store.waive(project.id, "b", "years", by="Chen", reason="known for years", region="DE")
    store.decide(project.id, "DE", "a", reserve="b", reason="price")
    store.save_profile(project.id, {"name": "second"}, based_on=1)

    copy = store.copy(project.id, "Copy")
    store.set_value(copy.id, "a", "years", 9)

    assert [o.value for o in store.history(project.id, "a", "years")] == [4.0, 3.0]
    assert [(o.value, o.source) for o in store.history(copy.id, "a", "years")][1:] == [
        (4.0, "visit"),
        (3.0, "first.csv"),
    ]
    assert store.candidates(copy.id) == store.candidates(project.id)
    assert store.waivers(copy.id) == store.waivers(project.id)
    assert [(d.first, d.reserve) for d in store.decisions(copy.id)] == [("a", "b")]
    assert (copy.version, copy.profile) == (2, {"name": "second"})


def test_a_stale_save_is_refused_with_both_standards(store: Store, project: Project) -> None:
    """The second of two editors sees both documents, and wins by saving on top of the first."""
    store.save_profile(project.id, {"w": 1}, based_on=1, who="Wu", reason="first")

    with pytest.raises(ConflictError, match="changed by Wu") as caught:
        store.save_profile(project.id, {"w": 2}, based_on=1)

    assert (caught.value.mine, caught.value.theirs, caught.value.latest) == ({"w": 2}, {"w": 1}, 2)
    assert store.save_profile(project.id, {"w": 2}, based_on=2) == 3
    assert [v.document for v in store.profile_versions(project.id)][:2] == [{"w": 2}, {"w": 1}]


def test_saving_the_same_standard_again_changes_nothing(store: Store, project: Project) -> None:
    """A page may save on every rerun: equal documents make no version and no log line."""
    before = everything(store)

    assert store.save_profile(project.id, dict(project.profile), based_on=1) == 1
    assert everything(store) == before


@pytest.mark.parametrize("bad", [{"x": float("nan")}, {"x": object()}, {"x": "\ud800"}])
def test_a_standard_that_is_no_json_is_refused(store: Store, project: Project, bad: dict[str, object]) -> None:
    """What JSON cannot hold is refused in a sentence and nothing is saved."""
    before = everything(store)

    with pytest.raises(StoreError, match="cannot be saved"):
        store.save_profile(project.id, bad, based_on=1)
    assert everything(store) == before


def test_settings_hold_any_json(store: Store, project: Project) -> None:
    """Settings of the installation and of a project are kept apart."""
    store.set_setting("language", "zh-Hant")
    store.set_setting("draft", {"weights": [1, 2]}, project=project.id)

    assert store.setting("language") == "zh-Hant"
    assert store.setting("draft") is None
    assert store.setting("draft", project=project.id) == {"weights": [1, 2]}
