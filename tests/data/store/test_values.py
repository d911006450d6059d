"""Values, ratings, waivers and decisions come back as given, with history; the frame is what the ranking takes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria.errors import StoreError
from criteria.model import Profile
from data.store import NOT_APPLICABLE, ConflictError, Project, Store, ValueEdit
from tests.data.store.conftest import everything, people, three


def test_the_frame_is_the_imported_list(store: Store, project: Project) -> None:
    """Numbers stay floats with NaN, categories objects with None; the file is the source where none was stated."""
    stored = store.candidates_frame(project.id)

    assert stored.frame["years"].tolist()[:2] == [3.0, 7.0]
    assert np.isnan(stored.frame["years"][2])
    assert stored.frame["size"].tolist() == ["small", None, "large"]
    assert stored.sources["years"].tolist() == ["first.csv", "first.csv", None]
    assert stored.regions is None
    assert store.candidates_frame(project.id) is stored


def test_evidence_and_not_applicable_travel(store: Store) -> None:
    """Source, date, level and 'not applicable' of an import come back cell by cell."""
    project = store.create_project("P", {}).id
    table = people(
        ["a", "b"],
        x=[1, None],
        regions=(("DE", "FR"), ()),
        not_applicable={"x": np.array([False, True])},
        levels={"x": np.array([3.0, np.nan])},
        sources={"x": np.array(["audit", None], dtype=object)},
        dates={"x": np.array(["2026-01", None], dtype=object)},
    )

    store.apply_import(project, store.preview_import(project, table))
    stored = store.candidates_frame(project)

    assert stored.regions == (("DE", "FR"), ())
    assert stored.not_applicable["x"].tolist() == [False, True]
    assert (stored.levels["x"][0], stored.sources["x"][0], stored.dates["x"][0]) == (3.0, "audit", "2026-01")


def test_a_region_has_its_own_value(store: Store) -> None:
    """One value per region makes rows per region; what holds everywhere fills the others, the region's own wins."""
    project = store.create_project("P", {}).id
    store.apply_import(
        project, store.preview_import(project, people(["a", "b"], x=[1, 2], regions=(("DE", "FR"), ("DE",))))
    )

    store.set_value(project, "a", "x", 9, region="FR")
    frame = store.candidates_frame(project).frame

    assert frame[["id", "region", "x"]].to_numpy().tolist() == [["a", "DE", 1.0], ["a", "FR", 9.0], ["b", "DE", 2.0]]


def test_a_list_by_candidate_and_region_comes_back_row_by_row(store: Store) -> None:
    """Rows of candidate x region are kept apart, and the candidate serves the union."""
    project = store.create_project("P", {}).id
    table = people(["a", "a", "b"], ["A", "A", "B"], region=["DE", "FR", "FR"], x=[1, 2, 3])

    store.apply_import(project, store.preview_import(project, table))

    assert store.candidates_frame(project).frame[["id", "region", "x"]].to_numpy().tolist() == [
        ["a", "DE", 1.0],
        ["a", "FR", 2.0],
        ["b", "FR", 3.0],
    ]
    assert [each.regions for each in store.candidates(project)] == ["DE; FR", "FR"]


def test_the_frame_fits_the_standard(store: Store) -> None:
    """A category without any known value is texts, a number with a stray text is unknown there."""
    profile = Profile.model_validate(
        {
            "name": "P",
            "criteria": [
                {"id": "size", "title": "Size", "kind": "fact", "levels": {"s": 0, "3": 100}},
                {"id": "x", "title": "X", "kind": "fact", "curve": {"floor": 0, "qualified": 1, "ideal": 2}},
            ],
        }
    )
    project = store.create_project("P", {}).id
    store.add_candidate(project, "A", id="a")
    store.set_values(project, [ValueEdit("a", "size", 3), ValueEdit("a", "x", "many")])

    frame = store.candidates_frame(project).candidates(profile).frame

    assert frame["size"].tolist() == ["3"]
    assert np.isnan(frame["x"]).tolist() == [True]


ODD = [
    0.1,
    1e308,
    -1e-308,
    5e-324,
    2**70,
    True,
    "=1+1",
    "<b>",
    "\u202etxt",
    "𠮷",
    "a\u0301",
    "x" * 5000,
    "1,5",
    "'; DROP",
]


@pytest.mark.parametrize("value", ODD)
def test_odd_values_come_back_unchanged(store: Store, project: Project, value: object) -> None:
    """Numbers to the last bit, texts to the last character; only bool and huge integers take their plain form."""
    expected = {True: "yes"}.get(value, value) if isinstance(value, bool) else value

    store.set_value(project.id, "a", "odd", value)

    held = store.history(project.id, "a", "odd")[0].value
    assert held == (float(expected) if isinstance(expected, int) else expected)


@pytest.mark.parametrize("value", [10**400, ["list"], "x" * 100_001])
def test_what_no_database_keeps_alike_is_refused(store: Store, project: Project, value: object) -> None:
    """A number of 400 digits, a list and an endless text are refused, and nothing is written."""
    before = everything(store)

    with pytest.raises(StoreError):
        store.set_value(project.id, "a", "odd", value)
    assert everything(store) == before


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.floats(allow_infinity=False), st.text(max_size=30), st.none()))
def test_any_number_or_text_round_trips(store: Store, project: Project, value: object) -> None:
    """Any float and any text (blank = unknown) is what history gives back."""
    store.set_value(project.id, "b", "any", 12345)
    store.set_value(project.id, "b", "any", value)

    held = store.history(project.id, "b", "any")[0].value
    if isinstance(value, str):
        assert held == (value.replace("\0", "\ufffd").strip() or None)
    else:
        assert held == (None if value is None or value != value else value)


def test_history_keeps_everything_and_the_same_again_adds_nothing(store: Store, project: Project) -> None:
    """Each change is one observation; saving what holds already writes none."""
    first = store.set_value(project.id, "a", "years", 4, who="Wu", source="visit", level=3)
    again = store.set_value(project.id, "a", "years", 4, who="Wu", source="visit", level=3)
    store.set_value(project.id, "a", "years", None)
    store.set_value(project.id, "a", "years", NOT_APPLICABLE)

    assert first == again
    assert [o.value for o in store.history(project.id, "a", "years")] == [NOT_APPLICABLE, None, 4.0, 3.0]
    assert [o.origin for o in store.history(project.id, "a", "years")] == ["edit", "edit", "edit", "import"]


def test_an_edit_of_a_changed_value_shows_both(store: Store, project: Project) -> None:
    """An editor who saw an older value is told, with both values; saving on top of theirs is possible."""
    seen = int(store.candidates_frame(project.id).sequences["years"][0])
    latest = store.set_value(project.id, "a", "years", 5, who="Wu", based_on=seen)

    with pytest.raises(ConflictError, match=r"by Wu .* is now 5; yours, 6,") as caught:
        store.set_value(project.id, "a", "years", 6, based_on=seen)

    assert (caught.value.mine, caught.value.theirs, caught.value.latest) == (6, 5.0, latest)
    store.set_value(project.id, "a", "years", 6, based_on=caught.value.latest)


def test_ratings_are_kept_per_assessor(store: Store, project: Project) -> None:
    """Each assessor's latest rating stands; the frame shows their mean."""
    store.rate(project.id, "a", "attitude", 2, who="Wu")
    store.rate(project.id, "a", "attitude", 4.5, who="Li", reason="keen")
    store.rate(project.id, "a", "attitude", 3, who="Wu")
    store.rate(project.id, "b", "attitude", None, who="Wu")

    table = store.ratings(project.id)

    assert table[["candidate", "who", "rating"]].astype(object).where(table.rating.notna(), None).to_numpy().tolist()[
        :2
    ] == [
        ["a", "Li", 4.5],
        ["a", "Wu", 3.0],
    ]
    assert store.candidates_frame(project.id).frame["attitude"][0] == 3.75
    for bad in (0.5, 5.5, 3.2, float("nan")):
        with pytest.raises(StoreError, match="1 to 5"):
            store.rate(project.id, "a", "attitude", bad, who="Wu")


def test_candidates_are_added_renamed_noted_and_put_away(store: Store, project: Project) -> None:
    """A candidate put away leaves the lists with all its values and comes back with them."""
    new = store.add_candidate(project.id, "By hand", regions="DE")
    store.rename_candidate(project.id, "a", "Alpha")
    store.set_note(project.id, "a", "call")
    store.archive_candidate(project.id, "b")

    assert [(c.id, c.name, c.note) for c in store.candidates(project.id)] == [
        ("a", "Alpha", "call"),
        ("c", "Firm c", ""),
        (new, "By hand", ""),
    ]
    store.unarchive_candidate(project.id, "b")
    assert store.candidates_frame(project.id).frame["years"].tolist()[1] == 7.0
    with pytest.raises(StoreError, match="There is no candidate zz"):
        store.rename_candidate(project.id, "zz", "x")
    with pytest.raises(StoreError, match="already"):
        store.add_candidate(project.id, "x", id="a")


def test_waivers_need_a_name_and_a_reason_and_can_be_withdrawn(store: Store, project: Project) -> None:
    """A waiver without either is refused; a withdrawn one stays on record."""
    for by, reason in (("", "why"), ("Chen", " ")):
        with pytest.raises(StoreError):
            store.waive(project.id, "a", "years", by=by, reason=reason)
    store.waive(project.id, "a", "years", by="Chen", reason="known", region="DE")
    store.waive(project.id, "a", "years", by="Chen", reason="known")
    store.withdraw_waiver(project.id, "a", "years", by="Li", region="DE")
    store.withdraw_waiver(project.id, "c", "years", by="Li")

    assert [(w.region, w.by) for w in store.waivers(project.id)] == [(None, "Chen")]
    assert [(w.region, w.active) for w in store.waivers(project.id, withdrawn=True)] == [(None, True), ("DE", False)]


def test_decisions_stand_per_region_with_their_history(store: Store, project: Project) -> None:
    """The latest decision per region holds, 'nobody yet' is one, and earlier ones are kept."""
    store.decide(project.id, "DE", "a", reserve="b", who="Li", reason="closer", price="-4.2", details={"rank": 2})
    store.decide(project.id, "FR", None, reason="keep searching")
    store.decide(project.id, "DE", "b")

    assert [(d.region, d.status, d.first) for d in store.decisions(project.id)] == [
        ("DE", "chosen", "b"),
        ("FR", "nobody_yet", None),
    ]
    assert [d.first for d in store.decisions(project.id, history=True) if d.region == "DE"] == ["b", "a"]
    with pytest.raises(StoreError, match="same candidate"):
        store.decide(project.id, "DE", "a", reserve="a")


def test_every_action_is_logged_with_who_and_what_before(store: Store, project: Project) -> None:
    """A rename says what the name was; a value what it was; the order is by number."""
    store.rename(project.id, "New", who="Wu")
    store.set_value(project.id, "a", "years", 4, who="Wu")

    value, name, listed, made = store.audit(project.id)

    assert (name.action, name.who, name.before, name.after) == (
        "project_renamed", "Wu", {"name": "Mowers"}, {"name": "New"},
    )  # fmt: skip
    assert (value.before["values"][0]["number"], value.after["values"][0]["number"]) == (3.0, 4.0)
    assert (listed.action, made.action) == ("imported", "project_created")
    assert len(three()) == 3
