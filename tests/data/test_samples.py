"""The sample project shows every state that a candidate or a region can be in, in every language."""

from __future__ import annotations

import datetime

import pytest

from criteria import load_profile, parse_profile
from criteria.text import LANGUAGES
from data import read_candidates
from data.samples import FOLDER, create_sample, sample_candidates, sample_profile
from data.store import open_store
from selection import Waiver, rank
from selection.progress import progress

HOME, TWO_YEARS, NO_INTERVIEWS = range(3)
"""The sample's regions in their order: the home market, the one with a rule of its own, the one at its start."""


def opened(language="en"):
    """Return a fresh sample project as a page reads it: standard, candidates, waivers."""
    store = open_store()
    project = create_sample(store, language)
    profile = parse_profile(store.project(project).profile)
    candidates = store.candidates_frame(project).candidates(profile, datetime.date(2026, 11, 21))
    waivers = tuple(Waiver(w.candidate, w.criterion, w.by, w.reason, w.region) for w in store.waivers(project))
    return store, project, profile, candidates, waivers


def ranking(language="en", place=HOME):
    """Return the ranking of one of the sample's regions."""
    _, _, profile, candidates, waivers = opened(language)
    return rank(candidates, profile, list(profile.regions)[place], waivers=waivers)


def test_the_home_region_shows_every_verdict():
    """Ranked, tied, below the line, with an unknown value, waived; eliminated softly and hard; to be verified."""
    found = ranking()
    ranked, eliminated, pending = list(found.ranked), list(found.eliminated), list(found.pending)
    assert ranked[0].rank == 1
    assert not ranked[0].tied
    assert [e.rank for e in ranked if e.tied][:2] == [2, 2]
    assert any(e.below_line for e in ranked)
    assert not all(e.below_line for e in ranked)
    assert any(e.figures.low < e.figures.high for e in ranked)
    assert [e.waived for e in ranked if e.waived] == [("solvency",)]
    assert {failure.gate for e in eliminated for failure in e.failed} == {"conditional", "hard"}
    assert any(e.near_miss for e in eliminated)
    assert any(len(e.failed) > 1 for e in eliminated)
    assert {key for e in pending for key in e.unknown} >= {"licences_valid", "solvency", "region"}


def test_the_highest_total_stands_among_the_eliminated():
    """The question every boss asks, why not the biggest, has an answer in the sample."""
    found = ranking()
    assert found.eliminated[0].figures.score > found.ranked[0].figures.score
    assert [c.id for c in opened()[0].candidates(opened()[1]) if c.pinned] == [found.eliminated[0].figures.id]


def test_a_candidate_serves_several_regions_and_one_serves_nobody_knows_where():
    """Cells with several regions and an empty cell both occur."""
    candidates = opened()[3]
    counts = {len(row) for row in candidates.regions}
    assert counts == {0, 1, 2}
    assert len(candidates) == 38


def test_a_regional_rule_lets_somebody_in_who_is_out_at_home():
    """A near miss at home is ranked in the region that asks for fewer years."""
    _, _, profile, candidates, waivers = opened()
    home, other = (rank(candidates, profile, list(profile.regions)[i], waivers=waivers) for i in (HOME, TWO_YEARS))
    out = {e.figures.id for e in home.eliminated if e.near_miss}
    assert out & {e.figures.id for e in other.ranked}


def test_one_region_waits_for_its_interviews():
    """In the third region it is too early to choose under every scenario; in the others it is not."""
    _, _, profile, candidates, waivers = opened()
    early = []
    for region in profile.regions:
        scenarios = [rank(candidates, profile, region, name, waivers=waivers) for name in profile.scenario_names]
        answers = {progress(candidates, profile, found).too_early for found in scenarios}
        assert len(answers) == 1
        early.append(answers.pop())
    assert early == [False, False, True]
    desk = rank(candidates, profile, list(profile.regions)[NO_INTERVIEWS], stage="desk", waivers=waivers)
    assert len(desk.ranked) > 3
    assert desk.eliminated


def test_values_carry_evidence_of_every_level_with_source_and_date():
    """Some values are only claimed, some documented, some seen, some confirmed; every known value says where from."""
    _, _, profile, candidates, _ = opened()
    levels = {level for column in candidates.levels.values() for level in column if level == level}
    assert levels == {0.0, 1.0, 2.0, 3.0}
    for criterion in profile.criteria:
        known = [value is not None and value == value for value in candidates.column(criterion).tolist()]
        assert [bool(text) for text in candidates.sources[criterion.id]] == known
        assert [bool(text) for text in candidates.dates[criterion.id]] == known


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_gives_the_same_ranking_with_its_own_words(language):
    """The texts change with the language, the figures do not."""
    found, english = ranking(language), ranking("en")
    assert [(e.figures.id, e.rank, e.figures.score) for e in found.ranked] == [
        (e.figures.id, e.rank, e.figures.score) for e in english.ranked
    ]
    assert found.original[1].display_title.text(language)
    if language != "en":
        assert not any("a" <= letter.casefold() <= "z" for letter in found.region)
        assert not any(letter.isascii() and letter.isalpha() for letter in found.waivers[0].reason)


def test_the_table_is_a_file_that_the_importer_reads_as_it_stands():
    """A user may open the sample's csv, change it, and import it again."""
    profile = sample_profile()
    report = read_candidates(FOLDER / "candidates.csv", profile, as_of=datetime.date(2026, 11, 21))
    own = sample_candidates(profile)
    assert [p for p in report.problems if p.severity == "error"] == []
    for criterion in profile.criteria:
        assert str(report.candidates.column(criterion).tolist()) == str(own.column(criterion).tolist())
    assert report.candidates.regions == own.regions


def test_the_sample_is_marked_as_invented_and_keeps_the_template_as_it_is():
    """The project is a sample; its standard is the template with a hard must-have in front."""
    store, project, profile, *_ = opened()
    assert store.project(project).is_sample
    assert [c.id for c in profile.criteria][1:] == [c.id for c in load_profile("seven_factors").criteria]
    assert [gate.kind for gate in profile.criteria[0].gates] == ["hard"]
    assert profile.minimum_total == 50
