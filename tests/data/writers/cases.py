"""Rankings to export: every state at once, random ones, and names that attack whoever opens the file."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from criteria import Profile, parse_profile
from selection import Candidates, Ranking, Waiver, rank

CRITERIA: list[dict[str, Any]] = [
    {"id": "years", "title": {"en": "Years", "zh-Hans": "年数"}, "unit": "years", "family": "history",
     "gate": "conditional", "curve": {"floor": 0, "qualified": 3, "ideal": 10}},
    {"id": "delivery time", "title": "Delivery time", "unit": "days",
     "curve": {"floor": 30, "qualified": 10, "ideal": 2}},
    {"id": "licence", "title": "Licence", "levels": {"yes": 100, "no": 0}, "gate": "hard"},
    {"id": "attitude", "title": "Attitude", "kind": "judged", "family": "cooperation"},
    {"id": "ratio_a", "title": "Ratio A", "curve": {"floor": 0, "qualified": 1, "ideal": 2}},
    {"id": "ratio_b", "title": "Ratio B", "curve": {"floor": 0, "qualified": 1, "ideal": 2}},
    {"id": "money", "title": "Money", "composite": {"ratio_a": 2, "ratio_b": 1}},
    {"id": "remark", "title": "Remark, not scored"},
]  # fmt: skip
SCENARIOS = {
    "balanced": {"years": 2, "delivery time": 1, "attitude": 3, "money": 2, "licence": 1},
    "cautious": {"years": 1, "delivery time": 5, "money": 4},
}


def profile(**changes: Any) -> Profile:
    """Return a standard with every kind of criterion."""
    document = {
        "name": "demo",
        "title": "Demo & more",
        "criteria": CRITERIA,
        "scenarios": SCENARIOS,
        "minimum_total": 50,
    }
    return parse_profile({**document, **changes})


def frame() -> pd.DataFrame:
    """Return candidates in every state: tied, unknown, partly known, not applicable, waived, pending, eliminated."""
    rows = [
        ("c1", "Nordlicht", 8.0, 5.0, "yes", 4.0, 1.5, 1.5),
        ("c2", "Rhein", 6.5, 8.0, "yes", 3.0, 1.0, 2.0),
        ("c3", "Elbe", 6.5, 8.0, "yes", 3.0, 1.0, 2.0),
        ("c4", "Havel", 9.0, np.nan, "yes", 4.5, np.nan, 1.2),
        ("c5", "Spree", 4.0, 25.0, "yes", 1.5, 0.2, 0.1),
        ("c6", "Oder", 2.0, 3.0, "yes", 5.0, 2.0, 2.0),
        ("c7", "Weser", 1.0, 3.0, "no", 5.0, 2.0, 2.0),
        ("c8", "Main", np.nan, 6.0, "yes", 4.0, 1.1, 1.3),
        ("c9", "Saar", 7.0, 6.0, None, 2.0, 1.1, np.nan),
        ("c10", "Isar", 5.0, np.nan, "yes", 3.5, 1.4, 0.9),
        ("c11", "Lech", 2.5, 4.0, "yes", 4.5, 1.9, 1.9),
    ]
    columns = ["id", "name", "years", "delivery time", "licence", "attitude", "ratio_a", "ratio_b"]
    table = pd.DataFrame(rows, columns=columns)
    table["delivery time"] = table["delivery time"].astype(object)
    table.loc[9, "delivery time"] = "not applicable"
    table["regions"] = ["DE", "DE; FR", "DE", "DE", "DE", "DE", "DE", "DE", "DE", "DE", "DE"]
    return table


WAIVER = Waiver("c11", "years", by="M. Keller", reason="bank guarantee")


def full_ranking(chosen: Profile | None = None, **options: Any) -> Ranking:
    """Return the ranking of `frame` under `profile`."""
    chosen = chosen or profile()
    return rank(Candidates.from_frame(frame(), chosen), chosen, "DE", waivers=[WAIVER], **options)


def named_ranking(names: list[str], criterion_title: str = "Years") -> Ranking:
    """Return a ranking of candidates with these *names*, one in each state and the rest ranked."""
    chosen = profile(criteria=[{**CRITERIA[0], "title": criterion_title}, *CRITERIA[1:]])
    table = pd.DataFrame({
        "id": [f"n{i}" for i in range(len(names))],
        "name": pd.Series(names, dtype=object),
        "years": [[8.0, np.nan, 1.0][i] if i < 3 else 4.0 + i % 5 for i in range(len(names))],
        "licence": "yes",
    })  # fmt: skip
    return rank(Candidates.from_frame(table, chosen), chosen)
