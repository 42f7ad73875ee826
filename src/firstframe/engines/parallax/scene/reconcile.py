"""Mirrored texture held to what its surroundings suggest: texture stays, foreign shapes melt away."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.filters import Mask, blurred, smoothstep
from firstframe.engines.parallax.scene.model import Map, Picture

TOLERANCE = 42.0
"""Distance in RGB levels between mirrored and inpainted surroundings at which the mirror image has lost 63 %."""
TEXTURE = (3.0, 8.0)
"""Fine detail around the hole, in levels, under which a mirror image adds nothing but shapes, and over which it is
needed: a backdrop out of focus is continued smoothly, leaves and grass are mirrored."""
REACH_PX = 7


def trust_in_mirror(mirrored: Picture, picture: Picture, hole: Mask) -> tuple[Map, Map]:
    """The isophotes of the picture continued into the hole, and 0…1 how far the mirror image agrees with them.

    A mirror continues texture, and edges that cross the boundary at right angles. Edges that run along it come back as
    arcs, and objects beside it as doubles: both differ from a continuation of the surroundings (Telea 2004), which
    has no texture but no wrong shapes either. All at analysis size.
    """
    continued = np.asarray(cv2.inpaint(picture, hole, REACH_PX, cv2.INPAINT_TELEA), np.uint8)
    apart = blurred(mirrored, 3.2) - blurred(continued, 3.2)
    agreement = np.exp(-(apart * apart).sum(axis=2) / TOLERANCE**2)
    trust = blurred(agreement * smoothstep(*TEXTURE, _texture_around(picture, hole)), 1.5)
    return blurred(continued, 1.0), trust


def _texture_around(picture: Picture, hole: Mask) -> Map:
    """Standard deviation of the fine detail of what is known, carried into the hole; in levels."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    known = 1 - hole.astype(np.float32)
    detail = (grey - blurred(grey, 1.2)) ** 2
    near, far = (blurred(np.dstack([detail * known, known]), sigma) for sigma in (8.0, 40.0))
    gathered = near + far * np.float32(0.01)
    return np.sqrt(gathered[..., 0] / (gathered[..., 1] + np.float32(1e-6)))
