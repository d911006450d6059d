"""What every test shares: a user folder of its own, and the same hypothesis examples on every run."""

from __future__ import annotations

import itertools
import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable",
    max_examples=50,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("quick", settings.get_profile("repeatable"), max_examples=15)
settings.register_profile("thorough", settings.get_profile("repeatable"), max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

_numbers = itertools.count()


@pytest.fixture(autouse=True)
def user_folder(monkeypatch, tmp_path_factory):
    """Point the product to an empty user folder, so that no test sees or touches anybody's saved work."""
    folder = tmp_path_factory.getbasetemp() / f"home-{next(_numbers)}"
    folder.mkdir()
    monkeypatch.setenv("SHORTLIST_HOME", str(folder))
    monkeypatch.delenv("SHORTLIST_DATABASE_URL", raising=False)
    return folder
