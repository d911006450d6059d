"""What a reader must know of an export: how firm it is, what the words mean, and what counts."""

from __future__ import annotations

import numpy as np

from criteria.editing_weights import set_reason, set_weighting
from criteria.text import render
from data import export_ranking
from data.samples import sample_candidates, sample_profile
from data.writers.about import about_lines
from data.writers.workbook.plan import weight_points
from selection import rank
from selection.basis import on_basis
from selection.robustness.firmness import firmness, rules
from selection.robustness.stability import scenario_stability

OPTIONS = {"date": "2026-11-22", "version": "0"}


def sample(method="additive"):
    """Rank the sample in Germany."""
    profile = sample_profile("en")
    return rank(sample_candidates(profile, "en"), profile, "Germany", method=method)


def shown(ranking):
    """Return the lines as label -> texts."""
    found: dict[str, list[str]] = {}
    for label, value in about_lines(ranking, OPTIONS):
        found.setdefault(render(label), []).append(
            value if isinstance(value, str) else render(value) if not isinstance(value, int | float) else str(value)
        )
    return found


def test_the_verdict_its_trials_and_its_thresholds_are_in_every_export():
    """The sentences are those of the engine, and the page holds them too."""
    ranking = sample()
    lines = shown(ranking)
    told = [*firmness(ranking).sentences, scenario_stability(ranking).sentence]
    assert lines["How firm"] == [render(sentence) for sentence in told]
    assert "of 4 scenarios" in lines["How firm"][-1]
    assert lines["What the words mean"] == [render(rules())]
    assert lines["How it was tried"] == ["2,000 draws, seed 0"]
    page = export_ranking(ranking, "html").decode()
    assert "Nordlicht leads narrowly" in page
    assert "are a tie; everything between is close." in page


def test_another_method_has_no_verdict():
    """Its scores are on another scale."""
    assert "How firm" not in shown(sample("topsis"))


def test_a_ranking_on_facts_says_so_and_its_workbook_weighs_as_it_does():
    """The cells that a reader may change hold the weights behind the shown totals."""
    facts = on_basis(sample(), "facts")
    assert shown(facts)["What counts"] == ["facts only; ratings are left out"]
    points = np.array(weight_points(facts.profile, facts.scenario))
    np.testing.assert_allclose(points / points.sum(), facts.weights)
    assert export_ranking(facts, "xlsx").startswith(b"PK")


def test_how_the_weights_came_about_is_told_with_the_reasons():
    """The answers behind a scenario and the sentence why a heavy criterion weighs so much."""
    profile = sample_profile("en")
    order = [criterion.id for criterion in profile.criteria if criterion.is_scored][:3]
    swung = set_weighting(
        profile, "balanced", "swing", {"points": dict(zip(order, (100, 50, 50), strict=True))},
        dict(zip(order, (0.5, 0.25, 0.25), strict=True)), by="A. Person",
    )  # fmt: skip
    reasoned = set_reason(swung, "balanced", order[0], "Licences close the market.")
    lines = shown(rank(sample_candidates(reasoned, "en"), reasoned, "Germany", "balanced"))
    assert any("A. Person" in sentence for sentence in lines["How the weights came about"])
    title = render(reasoned.by_id[order[0]].title)
    assert lines[f"Why {title} weighs so much"] == ["Licences close the market."]
