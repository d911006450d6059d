"""Ratios measured in one run: ours and the peer in turn, several times, compared pair by pair."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Pair:
    """The times of both sides, run by run, in seconds."""

    ours: tuple[float, ...]
    peer: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Return the median of ours / peer, pair by pair."""
        return statistics.median(a / b for a, b in zip(self.ours, self.peer, strict=True))


def seconds(work: Callable[[], Any]) -> float:
    """Return how long *work* takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(ours: Callable[[], Any], peer: Callable[[], Any], runs: int = 5, warm: bool = True) -> Pair:
    """Run both sides in turn *runs* times, after one uncounted turn each (*warm*)."""
    if warm:
        ours(), peer()
    times = [(seconds(ours), seconds(peer)) for _ in range(runs)]
    return Pair(tuple(a for a, _ in times), tuple(b for _, b in times))


def process(*arguments: str) -> Callable[[], None]:
    """Return a call that runs a fresh Python process to its end."""

    def run() -> None:
        subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    return run


def report(title: str, rows: Sequence[tuple[str, Pair, str]]) -> None:
    """Print a table: what was compared, both medians, the ratio, the goal."""
    print(f"\n{title}")
    print(f"{'compared with':<58} {'ours s':>9} {'peer s':>9} {'ours/peer':>10} {'peer/ours':>10}  goal")
    for name, pair, goal in rows:
        ours, peer = statistics.median(pair.ours), statistics.median(pair.peer)
        print(f"{name:<58} {ours:>9.3f} {peer:>9.3f} {pair.ratio:>10.2f} {1 / pair.ratio:>10.1f}  {goal}")
