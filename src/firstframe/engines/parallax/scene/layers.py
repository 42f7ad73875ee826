"""The sheets of the scene: sky, land and subject, each filled where a nearer one hides it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.fill import SKY, fill_behind, push_pull, smooth_fill
from firstframe.engines.parallax.scene.filters import Mask, widened
from firstframe.engines.parallax.scene.foreground import colour_over, own_colour
from firstframe.engines.parallax.scene.matte import canvas_matte
from firstframe.engines.parallax.scene.matting import guided_upsample
from firstframe.engines.parallax.scene.model import Layer, Map
from firstframe.engines.parallax.scene.shapes import grown, plane, shrunk
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.views import Views

RISING = SKY + 1
"""Number, in region maps, of what stands before the sky and shall not be mirrored into it."""
SKY_RIM = 4
"""Width in analysis pixels of the sky's rim, which is tinted by what stands before it."""
SKY_LIKE = 16.0
"""Distance in Lab from the sky near by under which the rim of a subject is taken for sky."""


def subject_layer(views: Views, matte: Map, depth: Map) -> Layer:
    """The subject's own sheet, by its opacity `matte` (h, w) 0…1."""
    alpha = canvas_matte(views, matte)
    return Layer("subject", own_colour(views.canvas, alpha), alpha, depth)


def without_subject(views: Views, share: Map, hole: Mask, sky: Sky | None, level_row: int | None) -> Views:
    """The picture without its subject: sky bridged smoothly from true sky, the rest mirrored, parted at the horizon.

    `share` (h, w) 0…1 is how far the picture is replaced, `hole` (h, w) what it is continued into; `level_row` is the
    horizon's row at analysis size, when there is one.
    """
    region = np.zeros(hole.shape, np.uint8)
    if level_row is not None:
        region[:level_row] = 1
    if sky is not None:
        rows, _ = plane(views.size)
        above = rows < sky.ground_line()[None]
        region[above] = SKY
        region[above & (shrunk(sky.mask, 2) == 0) & (hole == 0)] = RISING
    return Views.of(fill_behind(views.canvas, views.small, share, hole, region, None if sky is None else sky.mask))


def land_layers(
    behind: Views, sky: Sky, subject: Map | None, depth: Map, in_front: Map | None = None
) -> tuple[Layer, Layer]:
    """Sky and land of a picture without its subject; where `subject` (h, w) hid it, the skyline is its neighbours'.

    With `in_front` (h, w) the picture still has its subject, of that opacity, and the land is all before the sky.
    """
    shown = sky.mask.astype(np.float32)
    if subject is not None:
        rows, _ = plane(behind.size)
        hidden = widened(subject > 0.02, 2) > 0
        above = (rows < sky.ground_line()[None]) & ((subject > 0.02) | (_unlike_sky(behind, sky, hidden) < SKY_LIKE))
        shown = np.where(hidden, above.astype(np.float32), shown)
    alpha = guided_upsample(1 - shown, behind.guide, behind.canvas, steepness=0.08, radius_px=2, epsilon=1e-4)
    if in_front is not None:
        alpha = np.maximum(alpha, canvas_matte(behind, in_front))
    far = smooth_fill(behind.canvas, behind.small, grown(shown < 0.97, SKY_RIM))
    infinity = np.zeros(shown.shape, np.float32)
    colour = own_colour(behind.canvas, alpha) if in_front is None else colour_over(behind.canvas, alpha, far)
    return Layer("sky", far, None, infinity), Layer("land", colour, alpha, depth)


def _unlike_sky(behind: Views, sky: Sky, hidden: NDArray[np.bool_]) -> Map:
    """(h, w) distance in Lab from the true sky near by."""
    clear = (shrunk(sky.mask, SKY_RIM) > 0) & ~hidden
    near_by = push_pull(behind.lab, clear.astype(np.float32)) if clear.any() else behind.lab
    return np.asarray(np.sqrt(((behind.lab - near_by) ** 2).sum(axis=2)), np.float32)
