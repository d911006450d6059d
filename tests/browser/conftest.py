"""The real app in a real browser: a server per test, Chromium from the machine, conditions instead of waits."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PATIENCE = 90_000
"""Milliseconds until a condition counts as never met; machines that run many tests at once are slow."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-component-update")
# Nothing of the browser itself may talk to the world while the requests of the page are counted.
QUIET = ("--disable-background-networking", "--disable-sync", "--disable-quic", "--disable-extensions")


class Server:
    """The app as a user starts it, on a free port, with a data folder of its own; can be killed and started again."""

    def __init__(self, home: Path) -> None:
        """Keep where the work is saved."""
        self.home, self.process, self.port = home, None, 0

    @property
    def url(self) -> str:
        """Return the address of the app."""
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Start the app and return when it answers."""
        self.port = _free_port()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
        command += ["--server.port", str(self.port), "--browser.serverAddress", "localhost"]
        environment = {**os.environ, "SHORTLIST_HOME": str(self.home)}
        environment.pop("SHORTLIST_DATABASE_URL", None)
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        while not self._answers():
            self._still_running()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=5) as reply:  # noqa: S310 (our own server)
                return reply.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def _still_running(self) -> None:
        """Fail with the log where the server has ended; return after a moment where it has not."""
        try:
            self.process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            return
        pytest.fail(f"The server ended:\n{(self.home / 'server.log').read_text(errors='replace')}")

    def kill(self) -> None:
        """End the server as a crash does: at once, without a last word."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="package")
def browser():
    """Start Chromium once; skip with the reason where there is none, but fail in continuous integration."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        reason = f"No browser found (looked for {', '.join(BROWSERS)}); install Chromium to run the browser tests."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *QUIET])
        yield started
        started.close()


@pytest.fixture
def server(tmp_path):
    """Give the app on an empty data folder."""
    home = tmp_path / "home"
    home.mkdir()
    made = Server(home)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def page(browser):
    """Give an empty page of an English browser that remembers nothing."""
    context = browser.new_context(viewport={"width": 1440, "height": 1100}, locale="en-GB", accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
