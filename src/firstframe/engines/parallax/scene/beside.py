"""What stands upright differs from what is beside it at the same height; what does not differ, nobody sees stay behind.

Roads, meadows, walls and skies change with the row far more than along it. So whatever colour is not found to either
side at the same height belongs to what stands between: shoes, wheels and hands that a cut by colour models leaves out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.evidence import Evidence
from firstframe.engines.parallax.scene.filters import Mask, blurred
from firstframe.engines.parallax.scene.shapes import (
    Box,
    binary,
    bounding_box,
    closed,
    grown,
    opened,
    plane,
    touching,
    without_holes,
)
from firstframe.engines.parallax.scene.skin import skin_likelihood
from firstframe.engines.parallax.scene.views import Views

STEP = 7.0
"""Colours in one cell of this size in Lab, or in a neighbouring one, are alike."""
BAND_PX, ALSO_PX = 4, 6
"""Rows judged at once, and how many more to either side may hold the colours beside them."""
SKIN = 0.5
"""Likelihood from which on a hand is a hand, before grass of its colour too."""
LEAST_SIDE_PX = 12

Cells = NDArray[np.int64]


def completed(views: Views, mask: Mask, evidence: Evidence) -> tuple[Mask, float]:
    """The cut `mask` (h, w) of what stands upright, with its own parts that it misses and without thin ones of others.

    Gaps in its lower half (a bicycle's frame and wheels, between the legs) stay with the subject. Also returned is the
    share 0…1 of the cut that is unlike what is beside it: a second witness that something stands there.
    """
    standing, box = bounding_box(mask), bounding_box(1 - evidence.outside)
    if standing is None or box is None:
        return mask, 0.0
    unit, low = box[3], _lower_half(mask, standing)
    unlike = unlike_beside(views, box) & (mask | low)
    own = touching(closed(unlike | mask, 0.02 * unit), mask) & unlike
    skin = skin_likelihood(views.lab) > SKIN
    doubtful = mask & (1 - grown(own | (skin & mask), 0.01 * unit)) & _aside(mask, box)
    whole = own | (mask & (1 - (doubtful & (1 - grown(opened(doubtful, 0.02 * unit), 2)))))
    whole = touching(closed(whole | (closed(whole & low, 0.06 * unit) & low), 2), evidence.sure)
    return without_holes(whole, 0.02 * box[2] * box[3]), float(unlike[mask > 0].mean())


def _aside(mask: Mask, box: Box) -> Mask:
    """(h, w) all but the middle of the box, where head and trunk are whatever they look like."""
    _, columns = plane((mask.shape[0], mask.shape[1]))
    return binary(np.broadcast_to(abs(columns - box[0] - 0.5 * box[2]) > 0.19 * box[2], mask.shape))


def _lower_half(mask: Mask, standing: Box) -> Mask:
    """(h, w) where a cut may have missed feet and wheels: below the waist, and hardly wider than what was found."""
    x, y, w, h = standing
    rows, columns = plane((mask.shape[0], mask.shape[1]))
    return binary((rows > y + 0.45 * h) & (columns > x - 0.05 * h) & (columns < x + w + 0.05 * h))


def unlike_beside(views: Views, box: Box) -> Mask:
    """(h, w) 1 in the box (x, y, w, h) where the colour is not found to either side of it at about the same height."""
    height, width = views.size
    x, y, w, h = box
    side = max(LEAST_SIDE_PX, w)
    cells = (blurred(views.lab, 0.7) / STEP + np.array([1, 17, 17], np.float32)).astype(np.int64)
    found = np.zeros(views.size, np.uint8)
    for first in range(y, y + h, BAND_PX):
        last = min(first + BAND_PX, y + h)
        rows = slice(max(0, first - ALSO_PX), min(height, last + ALSO_PX))
        left, right = cells[rows, max(0, x - side) : x], cells[rows, x + w : min(width, x + w + side)]
        usual = _around(np.concatenate([left.reshape(-1, 3), right.reshape(-1, 3)]))
        here = cells[first:last, x : x + w]
        found[first:last, x : x + w] = ~usual[here[..., 0], here[..., 1], here[..., 2]]
    return found


def _around(cells: Cells) -> NDArray[np.bool_]:
    """Which cells of the colour space are among these, or next to one of them."""
    usual = np.zeros((17, 35, 35), np.bool_)
    usual[cells[:, 0], cells[:, 1], cells[:, 2]] = True
    for axis in range(3):
        usual = usual | np.roll(usual, 1, axis) | np.roll(usual, -1, axis)
    return usual
