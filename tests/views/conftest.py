"""What every test of a page needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit import config


@pytest.fixture(autouse=True)
def lenient_session() -> Iterator[None]:
    """Let AppTest keep its own unpicklable notes on format functions in the session."""
    option = "runner.enforceSerializableSessionState"
    before = config.get_option(option)
    config.set_option(option, False)
    yield
    config.set_option(option, before)
