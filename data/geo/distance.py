"""Distances on the globe."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

APART_KM = 20.0
"""Nearer than this to a larger city a place counts as part of it when the largest cities are listed."""


def distance_km(latitude: ArrayLike, longitude: ArrayLike, to_latitude: ArrayLike, to_longitude: ArrayLike) -> Floats:
    """Return great-circle distances in km (haversine on the mean sphere; within 0.6 % of the ellipsoid); broadcasts.

    >>> float(distance_km(0, 0, 0, 180).round(3))
    20015.114
    """
    phi, theta = np.radians(np.asarray(latitude, np.float64)), np.radians(np.asarray(to_latitude, np.float64))
    turn = np.radians(np.asarray(to_longitude, np.float64) - np.asarray(longitude, np.float64))
    half = np.sin((theta - phi) / 2) ** 2 + np.cos(phi) * np.cos(theta) * np.sin(turn / 2) ** 2
    result: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return result


def apart(latitude: Floats, longitude: Floats, k: int) -> list[int]:
    """Return the positions of the first *k* places that are at least `APART_KM` from every one taken before."""
    kept: list[int] = []
    for at in range(len(latitude)):
        if len(kept) == k:
            break
        near = distance_km(latitude[kept], longitude[kept], latitude[at], longitude[at])
        if not (near < APART_KM).any():
            kept.append(at)
    return kept
