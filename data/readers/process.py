"""Run the child process that parses a file: watched, bounded, and never able to take the server with it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from data.readers.limits import Limits

CHILD = Path(__file__).with_name("child.py")
_TICK_SECONDS = 0.02
_SLOTS = threading.BoundedSemaphore(2)  # a crowd of large uploads queues here instead of filling the memory


class ChildStopped(Exception):
    """The child was stopped: *reason* is "time" or "memory"."""

    def __init__(self, reason: str) -> None:
        """Keep *reason*."""
        super().__init__(reason)
        self.reason = reason


def run(path: Path, name: str, folder: Path, limits: Limits, command: Sequence[str] | None = None) -> int:
    """Parse *path* in a child process that leaves its result in *folder*; return its exit code.

    *command* replaces the child in tests; it gets *folder* as its last argument. Raise `ChildStopped` when the child
    takes too long or too much memory.
    """
    request = {"path": str(path), "name": name, "limits": asdict(limits), "search_path": [p for p in sys.path if p]}
    (folder / "request.json").write_text(json.dumps(request), "utf-8")
    start = [*(command or (sys.executable, "-I", "-S", str(CHILD))), str(folder)]
    with _SLOTS:
        child = subprocess.Popen(  # noqa: S603 - our own program and our own folder, no shell
            start, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
        )
        try:
            return _watch(child, limits)
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()


def _watch(child: subprocess.Popen[bytes], limits: Limits) -> int:
    """Wait for *child* to end; raise `ChildStopped` when it passes a limit."""
    ended = threading.Event()

    def wait() -> None:
        child.wait()
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    deadline = time.monotonic() + limits.seconds
    while not ended.wait(_TICK_SECONDS):
        if resident_bytes(child.pid) > limits.resident_bytes:
            raise ChildStopped("memory")
        if time.monotonic() > deadline:
            raise ChildStopped("time")
    return child.returncode


def resident_bytes(pid: int) -> int:
    """Return the memory that process *pid* holds now; 0 where the system does not say (then only its limits hold)."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        return 0
    return 0
