"""Fine things of a sharp subject before a blurred backdrop: single hairs, whiskers, straps that a cut leaves outside.

Where the lens left all behind the subject without detail, detail beside its outline can only be its own. Taken into
the matte with a little of the smooth backdrop around them, such strands move with the subject; left outside, they
would stay behind as scratches in the air.
"""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.filters import Mask, blurred, depth_inside, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import (
    binary,
    bounding_box,
    closed,
    grown,
    opened,
    padded,
    touching,
    without_islands,
)
from firstframe.engines.parallax.scene.views import Views

REACH, BEYOND = 0.09, 0.16
"""How far from the outline strands are looked for, and how far the backdrop is judged by, in short edges."""
FURRY = 1.25
"""Length of a furry outline against the same smoothed: a kitten's is 1.48, those of smooth things 1.00 to 1.11."""
NEAR = 0.3
CLEAR_PX = 2.0
"""The outline's own width at analysis size."""
SEEN, ABOVE_BACKDROP = 1.0, 3.0
"""Least fine contrast of a strand: in Lab units, and as a multiple of the backdrop's own."""
SMOOTH = 0.9
"""Fine contrast of a backdrop that is too rough to tell strands from, in Lab units."""
MOST = 2.0
"""Fine contrast of a backdrop counts up to this: a fence in a meadow does not make the meadow rough."""
THICK_PX = 4.0
"""Half the width from which on a thing is no strand but something behind."""
FINE_PX = 1.5
"""Blur that takes a hair away, but nothing that is out of focus."""


def is_furry(soft: Map) -> bool:
    """Whether the outline of a matte (h, w) is as ragged as fur: far longer than it is when smoothed."""
    solid, smooth = binary(soft > 0.5), binary(blurred(soft > 0.5, 4.0) > 0.5)
    return _length(solid) > FURRY * max(_length(smooth), 1.0)


def _length(mask: Mask) -> float:
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return max((float(cv2.arcLength(outline, True)) for outline in outlines), default=0.0)


def with_strands(views: Views, soft: Map, where: Map | None = None) -> Map:
    """The matte (h, w) 0…1 with the strands that hang on to it, all around or only near `where` (h, w) 0…1."""
    box = bounding_box(soft > 0.05)
    if box is None:
        return soft
    part = padded(box, BEYOND * min(views.size), views.size)
    out = soft.copy()
    strands = _strands(views.lab[part], soft[part], min(views.size))
    if where is not None:
        strands = strands & binary(where[part] > NEAR)
    if strands.any():
        held = smoothstep(0.1, 0.7, blurred(grown(strands, 2), 1.2))
        out[part] = np.maximum(soft[part], held)
    return out


def _strands(lab: Map, soft: Map, unit: int) -> Mask:
    outside = depth_inside(soft < 0.05)
    fine = _fine_contrast(lab, outside)
    near = binary((outside > CLEAR_PX) & (outside < REACH * unit))
    backdrop = _backdrop_detail(fine, outside, unit)
    found = near & binary((backdrop < SMOOTH) & (fine > np.maximum(SEEN, ABOVE_BACKDROP * backdrop)))
    found &= 1 - grown(opened(found, THICK_PX), 1)
    rim = binary(outside < CLEAR_PX + 1)
    strands = touching(closed(found | rim, 1.5), rim) & near & grown(found, 1)
    return without_islands(strands, 5)


def _fine_contrast(lab: Map, outside: Map) -> Map:
    """(h, w) how unlike its surroundings every pixel off the subject is, in Lab units."""
    free = (outside > CLEAR_PX).astype(np.float32)
    usual = blurred(lab * free[..., None], FINE_PX) / np.maximum(blurred(free, FINE_PX), np.float32(1e-3))[..., None]
    fine = (lab - usual) * free[..., None]
    return np.asarray(np.sqrt((fine * fine).sum(axis=2)), np.float32)


def _backdrop_detail(fine: Map, outside: Map, unit: int) -> Map:
    """(h, w) fine contrast of what lies beyond the reach of strands, carried back to the outline."""
    beyond = binary((outside > 0.6 * REACH * unit) & (outside < BEYOND * unit)).astype(np.float32)
    spread = 0.05 * unit
    mean = blurred(np.minimum(fine, MOST) * beyond, spread) / np.maximum(blurred(beyond, spread), np.float32(1e-3))
    return np.asarray(mean, np.float32)
