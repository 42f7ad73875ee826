"""Mirrored texture held to what its surroundings suggest: texture stays, foreign shapes melt away."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.filters import Mask, blurred
from firstframe.engines.parallax.scene.model import Map, Picture

TOLERANCE = 42.0
"""Distance in RGB levels between mirrored and inpainted surroundings at which the mirror image has lost 63 %."""
REACH_PX = 7


def trust_in_mirror(mirrored: Picture, picture: Picture, hole: Mask) -> tuple[Map, Map]:
    """The isophotes of the picture continued into the hole, and 0…1 how far the mirror image agrees with them.

    A mirror continues texture, and edges that cross the boundary at right angles. Edges that run along it come back as
    arcs, and objects beside it as doubles: both differ from a continuation of the surroundings (Telea 2004), which
    has no texture but no wrong shapes either. All at analysis size.
    """
    continued = np.asarray(cv2.inpaint(picture, hole, REACH_PX, cv2.INPAINT_TELEA), np.uint8)
    apart = blurred(mirrored, 3.2) - blurred(continued, 3.2)
    trust = blurred(np.exp(-(apart * apart).sum(axis=2) / TOLERANCE**2), 1.5)
    return blurred(continued, 1.0), trust
