"""Numbers as they stand on the page: one decimal, parts that add up to their total, bands, ranks."""

from __future__ import annotations

from collections.abc import Sequence


def adding_up(parts: Sequence[float], total: float, decimals: int = 1) -> list[float]:
    """Return *parts* rounded so that what is shown adds up to *total* as shown (largest remainders, Hamilton).

    >>> adding_up([1.26, 1.26, 1.26], 3.78)
    [1.2, 1.3, 1.3]
    >>> adding_up([-0.04, 2.04], 2.0)
    [0.0, 2.0]
    """
    if not parts:
        return []
    scale = 10**decimals
    exact = [part * scale for part in parts]
    whole = [round(part) for part in exact]
    short = round(total * scale) - sum(whole)
    step = 1 if short > 0 else -1
    order = sorted(range(len(parts)), key=lambda i: step * (exact[i] - whole[i]), reverse=True)
    for i in range(abs(short)):
        whole[order[i % len(order)]] += step
    return [number / scale for number in whole]


def band(low: float, high: float) -> str:
    """Return the range of a total that is partly unknown; nothing where it is known.

    >>> band(41.2, 78.0), band(50.0, 50.0)
    ('41–78', '')
    """
    return "" if high - low < 1e-9 else f"{low:.0f}–{high:.0f}"


def place(rank: int, tied: bool) -> str:
    """Return a rank with a mark where it is shared.

    >>> place(2, True), place(1, False)
    ('2=', '1')
    """
    return f"{rank}=" if tied else str(rank)


def signed(value: float) -> str:
    """Return a difference with its sign and one decimal.

    >>> signed(6.0), signed(-8.1), signed(-0.04)
    ('+6.0', '−8.1', '0.0')
    """
    if round(value, 1) == 0:
        return "0.0"
    return f"+{value:.1f}" if value > 0 else f"−{-value:.1f}"
