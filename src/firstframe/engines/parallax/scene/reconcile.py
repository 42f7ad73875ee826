"""Mirrored texture held to what its surroundings suggest: texture stays, foreign shapes melt away."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from firstframe.engines.parallax.scene.filters import Mask, blurred, resized, shrunk_picture, smoothstep
from firstframe.engines.parallax.scene.model import Map, Picture
from firstframe.engines.parallax.scene.shapes import binary

TOLERANCE = 42.0
"""Distance in RGB levels between mirrored and inpainted surroundings at which the mirror image has lost 63 %."""
TEXTURE = (3.0, 8.0)
"""Fine detail around the hole, in levels, under which a mirror image adds nothing but shapes, and over which it is
needed: a backdrop out of focus is continued smoothly, leaves and grass are mirrored."""
GRAIN = (1.2, 4.0)
"""The same for its grain alone, which brings no shapes with it: asphalt without any is a patch."""
SHAPE = (2.0, 4.0)
"""Strength of the mirror image's detail, in textures around the hole, from which on it shows shapes."""
REACH_PX = 4
LOW_PASS_PX = 5.0
"""What is finer than this at analysis size is grain: it may come from anywhere near by."""


@dataclass(frozen=True)
class Continuation:
    """What may be seen in a hole, as maps at analysis size."""

    base: Map
    """(h, w, 3) the surroundings continued without texture, in levels."""
    trust: Map
    """(h, w) 0…1: how far the mirror image agrees with the base and may stand for itself."""
    low: Map
    """(h, w, 3) the mirror image without its detail, in levels."""
    grain: Map
    """(h, w) 0…1: how much of the mirror image's detail the base is given where the mirror image is not trusted."""


def reconciled(mirrored: Picture, picture: Picture, hole: Mask) -> Continuation:
    """The isophotes of the picture continued into the hole, and how far the mirror image agrees with them.

    A mirror continues texture, and edges that cross the boundary at right angles. Edges that run along it come back as
    arcs, and objects beside it as doubles: both differ from a continuation of the surroundings (Telea 2004), which
    has no texture but no wrong shapes either. `mirrored` (H, W, 3) is at any size, the rest at analysis size; worked
    out at half of it, for no detail is asked.
    """
    size = hole.shape[0], hole.shape[1]
    half = max(4, size[0] // 2), max(4, size[1] // 2)
    there = binary(resized(hole, half, cv2.INTER_AREA) > 0)
    continued = np.asarray(cv2.inpaint(shrunk_picture(picture, half), there, REACH_PX, cv2.INPAINT_TELEA), np.uint8)
    reflected = shrunk_picture(mirrored, half)
    apart = blurred(reflected, 1.6) - blurred(continued, 1.6)
    agreement = np.exp(-(apart * apart).sum(axis=2) / TOLERANCE**2)
    texture, low = _texture_around(picture, hole, half), blurred(reflected, LOW_PASS_PX / 2)
    trust = blurred(agreement * smoothstep(*TEXTURE, texture), 0.8)
    grain = smoothstep(*GRAIN, texture) * _no_shape(reflected - low, texture)
    return Continuation(*(resized(part, size) for part in (blurred(continued, 0.6), trust, low, grain)))


def _no_shape(detail: Map, texture: Map) -> Map:
    """(h, w) 0…1: the mirror image's detail is as faint as the texture around the hole, not the edge of a thing."""
    strength = np.sqrt(blurred((detail * detail).mean(axis=2), 1.5))
    return 1 - smoothstep(SHAPE[0], SHAPE[1], strength / (texture + 0.5))


def _texture_around(picture: Picture, hole: Mask, half: tuple[int, int]) -> Map:
    """Standard deviation of the fine detail of what is known, carried into the hole; in levels, at half size."""
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.float32)
    known = 1 - hole.astype(np.float32)
    detail = (grey - blurred(grey, 1.2)) ** 2
    sums = resized(np.dstack([detail * known, known]), half, cv2.INTER_AREA)
    gathered = blurred(sums, 4.0) + blurred(sums, 20.0) * np.float32(0.01)
    return np.asarray(np.sqrt(gathered[..., 0] / (gathered[..., 1] + np.float32(1e-6))), np.float32)
