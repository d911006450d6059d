"""How the weights of a scenario came about, in one or two sentences a colleague can check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from criteria.editing_weights import weighting_of
from criteria.errors import WeightsError
from criteria.model import Profile, Weighting
from criteria.text import Message, msg, plural
from criteria.weights.again import Computed, DataAnswers, PairAnswers, again, read
from criteria.weights.ahp import GOOD_RATIO
from criteria.weights.base import Label, Revisit, Weights

LITTLE = 0.05
"""Where no weight may move by more than this, little is open."""
_SAME = 0.0005

Told = tuple[Message, ...]


def how_of(profile: Profile, scenario: str) -> Told:
    """Return how the weights of a scenario came about, as recorded or as far as the numbers show it."""
    return how(weighting_of(profile, scenario), profile)


def how(weighting: Weighting, profile: Profile) -> Told:
    """Return how the weights came about, how far the answers fit each other, what is open, by whom and when."""
    titles = {criterion.id: criterion.title for criterion in profile.criteria}
    try:
        given = read(weighting.way, weighting.answers)
    except WeightsError:
        return (*_unreadable(weighting), *_signed(weighting))
    found = again(weighting, titles)
    if found is None and weighting.way not in ("entropy", "critic"):
        return (*_unreadable(weighting), *_signed(weighting))
    return (*_SAID[weighting.way](given, found, lambda key: titles.get(key, key)), *_signed(weighting))


def consistency(found: Weights[Any], names: Sequence[Label]) -> Told:
    """Return how far pairwise judgements fit each other, and which one to look at again; *names* by row."""
    ratio = found.consistency["cr"]
    if ratio <= GOOD_RATIO:
        told = msg("They fit each other: consistency ratio {ratio:.2f}, good ({good:.2f} or less).",
                   ratio=ratio, good=GOOD_RATIO)  # fmt: skip
    else:
        told = msg("They contradict each other: consistency ratio {ratio:.2f}; {good:.2f} or less would be good.",
                   ratio=ratio, good=GOOD_RATIO)  # fmt: skip
    return (told, *revisit(found.detail.get("revisit"), ratio, names))


def revisit(found: Revisit | None, ratio: float, names: Sequence[Label]) -> Told:
    """Return which judgement to look at again, where another would visibly improve the consistency ratio."""
    if found is None or f"{found.ratio:.2f}" == f"{ratio:.2f}":
        return ()
    return (
        msg("Judging “{first}” against “{second}” {fits} instead of {value} would make it {ratio:.2f}.",
            first=names[found.first], second=names[found.second], fits=judgement(found.nearest),
            value=judgement(found.value), ratio=found.ratio),
    )  # fmt: skip


def judgement(value: float) -> str:
    """Return a judgement as it is written on the scale.

    >>> judgement(3.0), judgement(1 / 7), judgement(2.25)
    ('3', '1/7', '2.2')
    """
    if value < 1 and abs(1 / value - round(1 / value)) < 1e-6:
        return f"1/{round(1 / value)}"
    return f"{round(value)}" if abs(value - round(value)) < 1e-6 else f"{value:.1f}"


def disagreement(found: Weights[Any], title: Callable[[Any], Label]) -> Told:
    """Return on what several people differ most, and who is furthest from the mean where there are three or more."""
    disputed, distance = found.detail["disputed"], found.detail["distance"]
    if len(distance) < 2:
        return ()
    if disputed is None or found.detail["spread"][disputed] < _SAME:
        return (msg("They agree on every weight."),)
    low, high = (100 * found.detail[which][disputed] for which in ("low", "high"))
    told = msg("{first} and {second} differ most on “{criterion}”: {high:.1f} % and {low:.1f} %.",
               first=found.detail["highest"][disputed], second=found.detail["lowest"][disputed],
               criterion=title(disputed), high=high, low=low)  # fmt: skip
    if len(distance) < 3:
        return (told,)
    furthest = max(distance, key=lambda person: distance[person])
    return (told, msg("{person} is furthest from the mean: {share:.1f} % of the weight would have to move.",
                      person=furthest, share=100 * distance[furthest]))  # fmt: skip


# --- each way ---------------------------------------------------------------------------------------------------------

Title = Callable[[str], Label]


def _equal(given: Any, found: Computed, title: Title) -> Told:
    return (plural("Only {n} criterion counts.", "The {n} criteria that count weigh the same.", len(found.criteria)),)


def _order(given: Any, found: Computed, title: Title) -> Told:
    if len(found.criteria) < 2:
        return _equal(given, found, title)
    return (
        msg("From an order of {n} criteria: “{first}” first, “{last}” last. The weights follow from the order (rank "
            "order centroid).", n=len(found.criteria), first=title(found.criteria[0]), last=title(found.criteria[-1])),
    )  # fmt: skip


def _points(given: Any, found: Computed, title: Title) -> Told:
    return (plural("From points for {n} criterion.", "From points for {n} criteria.", _counting(found)),)


def _swing(given: Any, found: Computed, title: Title) -> Told:
    ranked = sorted(range(len(found.criteria)), key=lambda k: -found.weights.values[k])
    values = found.weights.values
    alike = [k for k in ranked if values[k] > (1 - _SAME) * values[ranked[0]]]
    if len(alike) == len(ranked) > 1:
        return (msg("So far all jumps from qualified to ideal are worth the same."),)
    if len(alike) > 1:
        return (msg("Of all jumps from qualified to ideal, {n} share the first place.", n=len(alike)),)
    told = msg("Of all jumps from qualified to ideal, that of “{first}” is worth most.",
               first=title(found.criteria[ranked[0]]))  # fmt: skip
    if len(ranked) < 2:
        return (told,)
    share = float(found.weights.values[ranked[1]] / found.weights.values[ranked[0]])
    return (told, msg("That of “{second}” comes next, with {points:.0f} points of 100.",
                      second=title(found.criteria[ranked[1]]), points=100 * share))  # fmt: skip


def _pairs(given: PairAnswers, found: Computed, title: Title) -> Told:
    n, every = len(given.judgements), len(found.criteria) * (len(found.criteria) - 1) // 2
    if n >= every:
        told = plural("From {n} comparison of two criteria.", "From all {n} comparisons of two criteria.", n)
    else:
        told = msg("From {n} of {every} comparisons of two criteria; the others were filled in to fit best.",
                   n=n, every=every)  # fmt: skip
    if n < len(found.criteria):
        return (told, msg("Each of them is needed, so none checks another; more comparisons would."))
    return (told, *consistency(found.weights, [title(key) for key in found.criteria]))


def _best_worst(given: Any, found: Computed, title: Title) -> Told:
    names, detail, ratio = [title(key) for key in found.criteria], found.weights.detail, found.weights.consistency["cr"]
    told = (
        msg("From comparisons with the most important criterion, “{best}”, and the least important one, “{worst}”.",
            best=names[detail["best"]], worst=names[detail["worst"]]),
        msg("Consistency ratio {ratio:.2f} (0 = the comparisons fit each other perfectly).",
            ratio=ratio),
        *revisit(detail["revisit"], ratio, names),
    )  # fmt: skip
    return (*told, *_open(detail["intervals"], names)) if "intervals" in detail else told


def _tradeoff(given: Any, found: Computed, title: Title) -> Told:
    n = sum(answer.choice != "unsure" for answer in given.answers)
    told = plural("From {n} choice between two invented candidates.",
                  "From {n} choices between two invented candidates.", n)  # fmt: skip
    detail = found.weights.detail
    contradictions = [each.sentence for each in detail["contradictions"]]
    return (told, *contradictions, *_open(detail["intervals"], [title(key) for key in found.criteria]))


def _open(intervals: Any, names: Sequence[Label]) -> Told:
    """Return which weight the answers leave open most."""
    wide = intervals[:, 1] - intervals[:, 0]
    widest = int(wide.argmax())
    if wide[widest] < LITTLE:
        return (msg("Little is open: no weight can vary by more than {most:.1f} points of 100.",
                    most=100 * float(wide[widest])),)  # fmt: skip
    low, high = (100 * float(each) for each in intervals[widest])
    return (msg("Most open is “{criterion}”: {low:.1f} to {high:.1f} %.", criterion=names[widest], low=low, high=high),)


def _entropy(given: Any, found: Computed | None, title: Title) -> Told:
    return (msg("From how unevenly the candidates' values are spread (entropy)."), *_data(given))


def _critic(given: Any, found: Computed | None, title: Title) -> Told:
    told = msg("From how much the candidates differ on each criterion and how little it repeats the others (CRITIC).")
    return (told, *_data(given))


def _data(given: DataAnswers) -> Told:
    n = len(given.values) or given.candidates
    read_off = plural("Read off {n} candidate whose values are all known.",
                      "Read off {n} candidates whose values are all known.", n) if n else None  # fmt: skip
    only = msg("That describes these candidates, not what matters.")
    return (only,) if read_off is None else (read_off, only)


def _people(given: Any, found: Computed, title: Title) -> Told:
    names = ", ".join(given.people)
    told = plural(
        "The weights of {n} person: {names}.",
        "The mean of what {n} people gave: {names}.",
        len(given.people),
        names=names,
    )
    return (told, *disagreement(found.weights, title))


def _counting(found: Computed) -> int:
    return int((found.weights.values > 0).sum())


def _unreadable(weighting: Weighting) -> Told:
    if not weighting.answers:
        return ()
    return (msg("The answers are not complete, or cannot be read, so they do not explain the weights."),)


def _signed(weighting: Weighting) -> Told:
    """Return who answered, and when."""
    if weighting.by and weighting.date:
        return (msg("Answered by {person} on {date}.", person=weighting.by, date=weighting.date),)
    if weighting.by:
        return (msg("Answered by {person}.", person=weighting.by),)
    return (msg("Answered on {date}.", date=weighting.date),) if weighting.date else ()


_SAID: Mapping[str, Callable[[Any, Any, Title], Told]] = {
    "equal": _equal,
    "order": _order,
    "points": _points,
    "swing": _swing,
    "ahp": _pairs,
    "best_worst": _best_worst,
    "tradeoff": _tradeoff,
    "entropy": _entropy,
    "critic": _critic,
    "people": _people,
}
