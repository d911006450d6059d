"""Hit-and-run: uniform points of a convex body by many walks side by side.

From where it stands, a walk looks along a random line, sees where the line leaves the body, and jumps to any point
between. Directions follow the shape of the body, so that a long thin one is crossed as fast as a ball; they do not
depend on where a walk stands, and so the points stay uniform. All points are columns: what is reduced lies together.

For up to 15 criteria means are right to a few hundredths of a standard deviation; for 30 under a complete order, the
worst case (which `polytope` does by sorting), to half of one.
"""

from __future__ import annotations

import numpy as np

from criteria.curves import FloatArray

PILOTS, WALKS = 256, 1_024
"""Walks that find out the shape, and walks whose points are returned."""
_TINY = 1e-300


def walk(room: FloatArray, slopes: FloatArray, draws: int, rng: np.random.Generator) -> FloatArray:
    """Return draws x d points z of {z: *room* + *slopes* z >= 0}, a bounded body around 0 (room > 0; slopes k x d)."""
    d = slopes.shape[1]
    if d == 0 or draws == 0:
        return np.zeros((draws, d))
    middle, spread = analytic_centre(room, slopes)
    pilots = _steps(np.repeat(middle[:, None], PILOTS, axis=1), room, slopes, spread, 10 + 3 * d * d, rng)
    spread = _spread(pilots)
    walks = min(draws, WALKS)
    # Several walks begin where one pilot stands: they need time to part, later only to move on.
    points = _steps(pilots[:, rng.integers(PILOTS, size=walks)], room, slopes, spread, 10 + min(d, 12) * d, rng)
    found = [points.T]
    for _ in range(1, -(-draws // walks)):
        points = _steps(points, room, slopes, spread, 5 + 3 * d, rng)
        found.append(points.T)
    return np.concatenate(found)[:draws]


def analytic_centre(room: FloatArray, slopes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the point with the largest product of distances, and a root of the ellipsoid that fits the body there.

    Damped Newton steps from 0 (Boyd and Vandenberghe 2004, Convex Optimization, section 9.6); neither depends on how
    the body is stretched.
    """
    point, curvature = np.zeros(slopes.shape[1]), np.eye(slopes.shape[1])
    for _ in range(100):
        scaled = slopes / (room + slopes @ point)[:, None]
        curvature = scaled.T @ scaled
        step = np.linalg.solve(curvature, scaled.sum(axis=0))
        decrement = max(float(step @ curvature @ step), 0.0) ** 0.5
        point = point + step / (1.0 + decrement)
        if decrement < 1e-6:
            break
    values, vectors = np.linalg.eigh(curvature)
    root: FloatArray = vectors / np.sqrt(np.maximum(values, _TINY))
    return point, root


def _steps(
    points: FloatArray, room: FloatArray, slopes: FloatArray, spread: FloatArray, count: int, rng: np.random.Generator
) -> FloatArray:
    """Return where the walks (d x walks) stand *count* jumps later."""
    points = points.copy()
    left = np.maximum(room[:, None] + slopes @ points, _TINY)
    with np.errstate(over="ignore"):
        for _ in range(count):
            ways = spread @ rng.standard_normal(points.shape)
            rates = slopes @ ways
            # One divided by the distance to every wall along the way: the largest on each side is the nearest wall.
            walls = rates / left
            ahead, behind = -1.0 / walls.min(axis=0), -1.0 / walls.max(axis=0)
            jumps = behind + (ahead - behind) * rng.random(points.shape[1])
            points += jumps * ways
            left += jumps * rates
            np.maximum(left, _TINY, out=left)  # a rounding below zero must not turn a walk around
    return points


def _spread(points: FloatArray) -> FloatArray:
    """Return a root of the covariance of *points*, never flat in any direction."""
    values, vectors = np.linalg.eigh(np.atleast_2d(np.cov(points)))
    floor = max(float(values.max()), _TINY) * 1e-10
    root: FloatArray = vectors * np.sqrt(np.maximum(values, floor))
    return root
