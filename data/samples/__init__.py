"""The invented sample project."""

from __future__ import annotations

import pandas as pd

from criteria import load_profile
from data.store import Store
from selection import Candidates


def create_sample(store: Store, language: str = "en") -> str:
    """Make the sample project and return its id."""
    profile = load_profile("seven_factors")
    made = store.create_project("Sample", profile.document(), is_sample=True)
    frame = pd.DataFrame({"id": ["a", "b", "c"], "name": ["Nordlicht", "Rhein", "Elbe"], "regions": ["DE", "DE", "DE;AT"],
                          "operating_years": [12.0, 5, 2]})  # fmt: skip
    for c in profile.criteria[1:]:
        frame[c.id] = [4.0, 3.0, 5.0]
    store.apply_import(made.id, store.preview_import(made.id, Candidates.from_frame(frame, profile), file_name="sample"))
    return made.id
