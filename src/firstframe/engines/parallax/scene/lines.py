"""Straight things: pillars, walls, frames, kerbs, as line segments (LSD; von Gioi et al. 2010)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.memory import remembered
from firstframe.engines.parallax.scene.views import Views

LEAST_LENGTH = 0.06
"""Of a line worth keeping straight, in short edges."""


@remembered
def find_lines(views: Views) -> NDArray[np.float32]:
    """(n, 4) x, y, x, y of the segments as shares of the picture."""
    height, width = views.size
    found = cv2.createLineSegmentDetector().detect(views.grey)[0]
    if found is None:
        return np.zeros((0, 4), np.float32)
    lines = np.asarray(found, np.float32).reshape(-1, 4)
    length = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    extent = np.array([width, height, width, height], np.float32)
    return np.asarray(lines[length >= LEAST_LENGTH * min(height, width)] / extent, np.float32)
