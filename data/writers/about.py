"""What a reader must know of an export: the same lines in the workbook and on the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from criteria.editing_weights import heavy, reasons_of
from criteria.model import STAGES
from criteria.text import LocalText, Message, msg
from criteria.weights.words import how_of
from data.writers import words
from selection.rank import Ranking
from selection.robustness.firmness import Firmness, firmness, rules
from selection.robustness.stability import scenario_stability

Text = str | Message | LocalText
WHAT_COUNTS: Mapping[str, Message] = {
    "all": msg("facts and ratings"),
    "facts": msg("facts only; ratings are left out"),
    "ratings": msg("ratings only; facts are left out"),
}


def about_lines(ranking: Ranking, options: Mapping[str, Any]) -> list[tuple[Message, Text | float]]:
    """Return what a reader must know of an export: label and value, the same in the workbook and on the page."""
    lines: list[tuple[Message, Text | float]] = [
        (msg("Standard"), ranking.original[1].display_title),
        (msg("Region"), words.region_text(ranking)),
        (msg("Scenario"), words.scenario_title(ranking.scenario)),
        (msg("Stage"), words.DESK if ranking.stage in STAGES else msg("complete: every criterion counts")),
        (msg("Method"), msg("additive: weight × value, summed") if ranking.method == "additive" else ranking.method),
        (msg("What counts"), WHAT_COUNTS[ranking.parameters.get("basis", "all")]),
        (msg("Scale"), words.MARKS),
        (msg("Candidates"), len(ranking.candidates)),
        (msg("Qualified"), len(ranking.ranked)),
        (msg("To be verified"), len(ranking.pending)),
        (msg("Eliminated"), len(ranking.eliminated)),
        (msg("Fingerprint"), ranking.fingerprint),
        (msg("Exported on"), str(options["date"])),
        (msg("Product version"), str(options["version"])),
    ]
    if ranking.candidates.as_of is not None:
        lines.append((msg("Figures as of"), ranking.candidates.as_of.isoformat()))
    if options.get("by"):
        lines.append((msg("Exported by"), str(options["by"])))
    lines += [*weights_lines(ranking), *firmness_lines(ranking, options.get("firm"))]
    for waiver in ranking.waivers:
        title = (
            ranking.profile.by_id[waiver.criterion].title
            if waiver.criterion in ranking.profile.by_id
            else waiver.criterion
        )
        lines.append(
            (
                msg("Waiver"),
                msg(
                    "{id}, {criterion}: {reason} ({by})",
                    id=waiver.id,
                    criterion=title,
                    reason=waiver.reason,
                    by=waiver.by,
                ),
            )
        )
    return lines


def firmness_lines(ranking: Ranking, firm: Firmness | None = None) -> list[tuple[Message, Text | float]]:
    """Return how firm the lead is, what the words mean and how it was tried; nothing for another method's scores."""
    if ranking.method != "additive":
        return []
    found = firm or firmness(ranking)
    trials = msg("{draws} draws, seed {seed}", draws=f"{found.draws:,}", seed=found.seed)
    told = [*found.sentences, scenario_stability(ranking).sentence]
    lines: list[tuple[Message, Text | float]] = [(msg("How firm"), sentence) for sentence in told if sentence]
    return [*lines, (msg("What the words mean"), rules()), (msg("How it was tried"), trials)]


def weights_lines(ranking: Ranking) -> list[tuple[Message, Text | float]]:
    """Return how the weights came about, and the sentence why for each criterion that weighs much."""
    profile, scenario = ranking.original[1].for_region(ranking.region), ranking.scenario
    lines: list[tuple[Message, Text | float]] = [
        (msg("How the weights came about"), sentence) for sentence in how_of(profile, scenario)
    ]
    reasons = reasons_of(profile, scenario)
    return lines + [
        (msg("Why {criterion} weighs so much", criterion=profile.by_id[key].title), reasons[key])
        for key in heavy(profile, scenario)
        if key in reasons
    ]
