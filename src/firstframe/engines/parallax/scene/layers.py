"""The sheets of the scene: sky, land and subject, each filled where a nearer one hides it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.fill import SKY, fill_behind, push_pull, smooth_fill
from firstframe.engines.parallax.scene.filters import Mask, widened
from firstframe.engines.parallax.scene.foreground import own_colour, shown_over
from firstframe.engines.parallax.scene.matte import canvas_matte
from firstframe.engines.parallax.scene.matting import guided_upsample
from firstframe.engines.parallax.scene.model import Layer, Map, Picture
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
    clear = None if sky is None else sky.mask
    return views.showing(fill_behind(views.canvas, views.small, share, hole, region, clear))


def land_layers(behind: Views, sky: Sky, subject: Map | None, depth: Map) -> tuple[Layer, Layer]:
    """Sky and land of a picture without its subject; where `subject` (h, w) hid it, the skyline is its neighbours'."""
    shown = sky.mask.astype(np.float32)
    if subject is not None:
        rows, _ = plane(behind.size)
        hidden = widened(subject > 0.02, 2) > 0
        above = (rows < sky.ground_line()[None]) & ((subject > 0.02) | (_unlike_sky(behind, sky, hidden) < SKY_LIKE))
        shown = np.where(hidden, above.astype(np.float32), shown)
    far, alpha = _parted(behind, shown)
    infinity = np.zeros(shown.shape, np.float32)
    return Layer("sky", far, None, infinity), Layer("land", *shown_over(behind.canvas, alpha, far), depth)


def at_the_sky(views: Views, sky: Sky, subject: Map | None, depth: Map) -> tuple[Layer, Layer]:
    """The sky, and all before it with the `subject` (h, w), both at `depth`: at rest they are the picture exactly."""
    far, alpha = _parted(views, sky.mask.astype(np.float32))
    if subject is not None:
        alpha = np.maximum(alpha, canvas_matte(views, subject))
    return Layer("sky", far, None, depth), Layer("front", *shown_over(views.canvas, alpha, far), depth)


def _parted(picture: Views, shown: Map) -> tuple[Picture, Picture]:
    """The sky of which `shown` (h, w) is seen, filled, and the opacity of what hides the rest, both on the canvas."""
    alpha = guided_upsample(1 - shown, picture.guide, picture.canvas, steepness=0.08, radius_px=2, epsilon=1e-4)
    return smooth_fill(picture.canvas, picture.small, grown(shown < 0.97, SKY_RIM)), alpha


def _unlike_sky(behind: Views, sky: Sky, hidden: NDArray[np.bool_]) -> Map:
    """(h, w) distance in Lab from the true sky near by."""
    clear = (shrunk(sky.mask, SKY_RIM) > 0) & ~hidden
    near_by = push_pull(behind.lab, clear.astype(np.float32)) if clear.any() else behind.lab
    return np.asarray(np.sqrt(((behind.lab - near_by) ** 2).sum(axis=2)), np.float32)
