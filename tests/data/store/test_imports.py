"""Lists come in whole, can come again, say beforehand what they change, and never wipe what people typed."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria import parse_profile
from data.store import Project, Store
from tests.data.store.conftest import everything, people, three


def test_the_preview_counts_what_the_import_does(store: Store, project: Project) -> None:
    """Added, updated, untouched and missing are told before anything is written, cell by cell."""
    before = everything(store)
    table = people(["b", "c", "d"], ["Firm b", "Firm C", "Firm d"], years=[8, None, 1], ratio=[0.1, 2.0, 1.0])

    preview = store.preview_import(project.id, table, file_name="second.csv", mapping={"Jahre": "years"})

    assert everything(store) == before
    assert (preview.added, preview.updated, preview.untouched, preview.missing) == (1, 2, 0, ("a",))
    assert [(row.id, row.status, row.old_name) for row in preview.rows] == [
        ("b", "updated", None), ("c", "updated", "Firm c"), ("d", "added", None),
    ]  # fmt: skip
    assert [tuple(cell) for cell in preview.rows[0].cells] == [("years", 7.0, 8.0, False)]
    assert store.apply_import(project.id, preview).counts == preview.counts
    assert store.imports(project.id)[0].mapping == {"Jahre": "years"}


def test_the_same_list_again_changes_nothing(store: Store, project: Project) -> None:
    """An import is idempotent: no observation, no log line, no batch; not even after an edit by hand."""
    store.set_value(project.id, "a", "years", 4)
    before = everything(store)

    done = store.apply_import(project.id, store.preview_import(project.id, three(), file_name="copy.csv"))

    assert (done.added, done.updated, done.untouched, done.kept) == (0, 0, 3, 1)
    assert everything(store) == before


def test_an_edit_stays_until_the_list_itself_changes(store: Store, project: Project) -> None:
    """The list that says what it said keeps the correction; a list that says something new wins and is marked."""
    store.set_value(project.id, "a", "years", 4)
    preview = store.preview_import(project.id, three(years=[5, 7, None]))

    assert [(cell.before, cell.after, cell.edited) for cell in preview.rows[0].cells] == [(4.0, 5.0, True)]
    store.apply_import(project.id, preview)
    assert store.candidates_frame(project.id).frame["years"][0] == 5.0


def test_blank_cells_and_missing_rows_erase_nothing(store: Store, project: Project) -> None:
    """An empty cell keeps the value, a missing row keeps the candidate unless it is asked to go."""
    store.set_note(project.id, "a", "call back")
    preview = store.preview_import(project.id, people(["b"], years=[None], ratio=[None]))

    store.apply_import(project.id, preview)
    assert store.candidates_frame(project.id).frame["years"].tolist()[:2] == [3.0, 7.0]
    store.apply_import(project.id, preview, archive_missing=True)
    assert [each.id for each in store.candidates(project.id)] == ["b"]
    store.apply_import(project.id, store.preview_import(project.id, three()))
    assert [(each.id, each.note) for each in store.candidates(project.id)] == [("a", "call back"), ("b", ""), ("c", "")]


def test_rows_without_ids_are_matched_by_name(store: Store) -> None:
    """Line numbers are no identity: a reordered, re-cased list finds its candidates, twins keep their order."""
    project = store.create_project("P", {}).id
    first = people(["r2", "r3", "r4", "r5"], ["Nord", "Süd", "Twin", "Twin"], x=[1, 2, 3, 4])
    store.apply_import(project, store.preview_import(project, first))

    again = people(["r2", "r3", "r4", "r5", "r6"], ["ＳÜD ", "Twin", "New", "nord", "Twin"], x=[2, 3, 9, 1, 5])
    preview = store.preview_import(project, again)
    store.apply_import(project, preview)

    assert (preview.added, preview.updated, preview.untouched) == (1, 3, 1)
    frame = store.candidates_frame(project).frame
    assert dict(zip(frame["id"], frame["x"], strict=True)) == {"r2": 1, "r3": 2, "r4": 3, "r5": 5, "r7": 9}


lists = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(st.sampled_from(["One", "one ", "Two", "Ｔwo"]), st.one_of(st.none(), st.integers(0, 3))),
    min_size=1,
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lists, lists)
def test_counts_in_the_preview_are_counts_in_the_store(
    store: Store, one: dict[str, tuple[str, int | None]], two: dict[str, tuple[str, int | None]]
) -> None:
    """For any pair of lists: the preview says what happens, notes stay, and the second list holds afterwards."""
    project = store.create_project("P", {}).id
    tables = [people(list(rows), [n for n, _ in rows.values()], x=[v for _, v in rows.values()]) for rows in (one, two)]
    store.apply_import(project, store.preview_import(project, tables[0]))
    for id_ in one:
        store.set_note(project, id_, f"note {id_}")
    old = {each.id: each.name for each in store.candidates(project)}

    preview = store.preview_import(project, tables[1])
    store.apply_import(project, preview)

    after = {each.id: each for each in store.candidates(project)}
    assert preview.added == len(after) - len(old)
    assert preview.added + preview.updated + preview.untouched == len(two)
    assert set(preview.missing) == set(one) - set(two)
    assert all(after[id_].note == f"note {id_}" for id_ in one)
    held = dict(zip(*(store.candidates_frame(project).frame.get(c, [None] * 9) for c in ("id", "x")), strict=False))
    assert all(held[id_] == value for id_, (_, value) in two.items() if value is not None)


def test_a_figure_without_bound_is_kept(store: Store, project: Project) -> None:
    """The cover of no interest is infinite: it comes back as such, and the same list changes nothing."""
    numbers = [1.0, float("inf"), float("-inf")]
    store.apply_import(project.id, store.preview_import(project.id, three(ratio=numbers)))
    profile = parse_profile({"name": "x", "criteria": [{"id": "ratio"}]})

    assert store.candidates_frame(project.id).candidates(profile).frame["ratio"].tolist() == numbers
    assert store.preview_import(project.id, three(ratio=numbers)).untouched == 3
