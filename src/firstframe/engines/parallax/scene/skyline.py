"""The skyline: one row per column, by dynamic programming."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.model import Map

Skyline = NDArray[np.int32]
"""(w,) the first row that is not sky."""


def cheapest_skyline(evidence: Map, gradient: Map, lowest: int | None) -> Skyline:
    """The line that best parts sky from land: evidence above, its opposite below, an edge between.

    `evidence` (h, w) -1…1 for sky; `gradient` (h, w) in Lab units; nothing below the row `lowest` (a horizon).
    """
    height, width = evidence.shape
    sums = np.vstack([np.zeros((1, width), np.float32), np.cumsum(evidence, axis=0)])[:height]
    cost = -sums - 0.6 * np.minimum(gradient, 12.0)
    if lowest is not None:
        cost[lowest + 2 :] = 1e6
    return np.asarray(_cheapest_path(np.ascontiguousarray(cost.T, np.float32)), np.int32)


def with_far_hills(skyline: Skyline, gradient: Map, light: Map, level: int) -> Skyline:
    """The skyline raised to the crest of distant hills, which are as blue as the sky they stand before.

    Only where the sky seems to reach down to the horizon `level`: there the strongest edge in the sixth of the height
    above it is a crest when it is seen along most of the way and what lies below it is darker.
    """
    height, width = gradient.shape
    top = max(0, level - height // 6)
    if level - top < 8:
        return skyline
    cost = -np.minimum(gradient[top : level - 2], 8.0)
    crest = top + np.asarray(_cheapest_path(np.ascontiguousarray(cost.T, np.float32)), np.int32)
    columns = np.arange(width)
    reach = max(2, height // 60)
    above, below = (light[np.clip(crest + step, 0, height - 1), columns] for step in (-reach, reach))
    is_crest = (gradient[crest, columns] > 2.0) & (above - below > 3.0)
    share = np.convolve(is_crest, np.ones(61) / 61, mode="same")
    raised = (skyline >= level - 3) & (share > 0.45) & (crest < level - 4)
    return np.where(raised, crest, skyline).astype(np.int32)


@njit(cache=True, nogil=True)
def _cheapest_path(cost: Map) -> Skyline:
    """Row per column of the cheapest path through (w, h) costs; up to 3 rows per column, 1.2 for each row of change."""
    width, height = cost.shape
    total = cost.copy()
    came_from = np.zeros((width, height), np.int32)
    for x in range(1, width):
        for y in range(height):
            best, origin = np.float32(1e30), y
            for before in range(max(0, y - 3), min(height, y + 4)):
                value = total[x - 1, before] + np.float32(1.2) * abs(before - y)
                if value < best:
                    best, origin = value, before
            total[x, y] += best
            came_from[x, y] = origin
    path = np.zeros(width, np.int32)
    path[-1] = np.argmin(total[-1])
    for x in range(width - 1, 0, -1):
        path[x - 1] = came_from[x, path[x]]
    return path
