"""Inverse depth by class.

The sky is at infinity, the ground a ramp from the horizon, upright things are as near as where they stand.
"""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.filters import Size, blurred, depth_inside, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import bounding_box, plane

FAR = 0.04
NEAREST = 0.95
SUPPOSED_HORIZON = 0.40
BACKDROP = 0.12
"""Where no horizon is seen, what stands in the upper part is a room's or a street's depth away, not a mountain's."""
CUT_BY_RIM = 0.82
"""Of a subject that the lower rim of the picture cuts: nearer than all ground in view but the nearest."""

FOOT = 0.12
"""Share of a standing thing's height over which it comes to be round."""


def ground_ramp(size: Size, horizon: float | None) -> Map:
    """(h, w): inverse depth of a level plane is linear in the row below the horizon; far above it."""
    height, width = size
    row = horizon if horizon is not None else SUPPOSED_HORIZON
    far = FAR if horizon is not None else BACKDROP
    below = np.maximum(0.0, (np.arange(height, dtype=np.float32) / height - row) / max(1.0 - row, 0.05))
    ramp = far + (NEAREST - far) * np.minimum(below, 1.0)
    smooth = blurred(np.repeat(ramp[:, None], 8, axis=1), max(1.0, 0.012 * height))[:, :1]
    return np.repeat(smooth, width, axis=1)


def billboard(subject: Map, ground: Map, exact_contact: bool = False) -> Map:
    """(h, w): the subject stands upright where its lowest part touches the ground, and bulges a little towards us.

    Its foot does not bulge: feet, wheels and trunks stay where they touch the ground. Unless the contact is to be exact
    (a tree on its lake shore must not slide), it is never as far as the backdrop.
    """
    height, width = subject.shape
    solid = subject > 0.5
    box = bounding_box(solid)
    if box is None:
        return np.full((height, width), CUT_BY_RIM, np.float32)
    base = box[1] + box[3] - 1
    standing = base < height - 3
    depth = float(ground[base].mean()) if standing else CUT_BY_RIM
    if not exact_contact:
        depth = max(depth, 0.3)
    roundness = np.sqrt(np.minimum(depth_inside(solid) / max(0.35 * min(box[2], box[3]), 1.0), 1.0))
    bulge = blurred(roundness, max(1.5, 0.05 * min(height, width)))
    if standing:
        rows, _ = plane((height, width))
        bulge = bulge * smoothstep(0.0, FOOT * box[3], base - rows)
    return np.asarray(depth + 0.05 * bulge, np.float32).clip(0, 1)


def seen(background: Map, subject: Map | None, near: Map | None, sky: Map | None) -> Map:
    """(h, w): the depth at every point of the picture as it is, with steps at the outlines."""
    depth = background if sky is None else background * (1 - sky)
    if subject is not None and near is not None:
        depth = depth + (near - depth) * subject
    return np.asarray(depth, np.float32)


def single_sheet(background: Map, subject: Map | None, near: Map | None, sky: Map | None) -> Map:
    """(h, w): everything on one elastic sheet, so smooth that nothing tears or shows rubber at outlines."""
    sheet = background if sky is None else background * (1 - sky)
    if subject is not None and near is not None:
        sheet = sheet + (near - sheet) * blurred(subject, 3.0)
    return blurred(sheet, 0.055 * max(sheet.shape))
