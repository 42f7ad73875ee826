"""The sheets of the scene: sky, land and subject, each filled where a nearer one hides it."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.fill import SKY, fill_behind, smooth_fill
from firstframe.engines.parallax.scene.filters import Mask, widened
from firstframe.engines.parallax.scene.foreground import own_colour
from firstframe.engines.parallax.scene.matte import canvas_matte
from firstframe.engines.parallax.scene.matting import guided_upsample
from firstframe.engines.parallax.scene.model import Layer, Map
from firstframe.engines.parallax.scene.shapes import grown, plane
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.views import Views


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
        region[rows < sky.ground_line()[None]] = SKY
    return Views.of(fill_behind(views.canvas, views.small, share, hole, region, None if sky is None else sky.mask))


def land_layers(behind: Views, sky: Sky, subject: Map | None, depth: Map) -> tuple[Layer, Layer]:
    """Sky and land of a picture without its subject; where `subject` (h, w) hid it, the skyline is its neighbours'."""
    shown = sky.mask.astype(np.float32)
    if subject is not None:
        rows, _ = plane(behind.size)
        shown = np.where(widened(subject > 0.02, 2) > 0, (rows < sky.ground_line()[None]).astype(np.float32), shown)
    alpha = guided_upsample(1 - shown, behind.guide, behind.canvas, steepness=0.08, radius_px=2, epsilon=1e-4)
    far = smooth_fill(behind.canvas, behind.small, grown(shown < 0.97, 2))
    infinity = np.zeros(shown.shape, np.float32)
    return Layer("sky", far, None, infinity), Layer("land", own_colour(behind.canvas, alpha), alpha, depth)
