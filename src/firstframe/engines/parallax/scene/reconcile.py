"""Mirrored texture held to what its surroundings suggest: texture stays, foreign shapes melt away."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.model import Picture
from firstframe.engines.parallax.scene.shapes import Mask, resized

SHRINK = 6
TOLERANCE = 42.0
"""Distance in RGB levels between mirrored and inpainted surroundings at which the mirror image has lost 63 %."""


def reconciled(mirrored: Picture, picture: Picture, hole: Mask) -> Picture:
    """`mirrored` where it agrees, at low frequencies, with the isophotes continued into the hole; those elsewhere.

    A mirror continues texture, and edges that cross the boundary at right angles. Edges that run along it come back as
    arcs, and objects beside it as doubles: both differ from a continuation of the surroundings (Telea 2004), which
    has no texture but no wrong shapes either. All (H, W, 3) uint8, `hole` (H, W).
    """
    size = max(2, hole.shape[0] // SHRINK), max(2, hole.shape[1] // SHRINK)
    small = cv2.resize(picture, (size[1], size[0]), interpolation=cv2.INTER_AREA)
    small_hole = (resized(hole.astype(np.float32), size, cv2.INTER_AREA) > 0).astype(np.uint8)
    continued = cv2.inpaint(small, small_hole, 5, cv2.INPAINT_TELEA)
    seen = cv2.resize(mirrored, (size[1], size[0]), interpolation=cv2.INTER_AREA)
    apart = _low(seen) - _low(continued)
    distance = np.sqrt((apart * apart).sum(axis=2))
    trust = cv2.GaussianBlur(np.exp(-((distance / TOLERANCE) ** 2)), (0, 0), 1.5)
    base = resized(cv2.GaussianBlur(continued, (0, 0), 1.0).astype(np.float32), hole.shape)
    share = resized(trust.astype(np.float32), hole.shape)[..., None]
    mixed = np.clip(base + share * (mirrored - base) + 0.5, 0, 255).astype(np.uint8)
    return np.where(hole[..., None] > 0, mixed, picture)


def _low(image: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 3.0), np.float32)
