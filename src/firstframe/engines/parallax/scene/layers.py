"""The sheets of the scene: sky, background and subject, filled behind one another and exact when composed at rest."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.fill import fill_behind, smooth_fill
from firstframe.engines.parallax.scene.foreground import own_colour
from firstframe.engines.parallax.scene.matting import guided_upsample
from firstframe.engines.parallax.scene.model import Layer, Map, Picture
from firstframe.engines.parallax.scene.shapes import Mask, grown, resized, smoothstep
from firstframe.engines.parallax.scene.sky import Sky


def land_layers(behind: Picture, sky_share: Map, depth: Map) -> tuple[Layer, Layer]:
    """Sky and land of a picture without its subject; `sky_share` (h, w) 0…1 is where sky shows."""
    alpha = _land_alpha(behind, sky_share)
    hidden = grown((alpha > 8).astype(np.uint8), 0.006 * behind.shape[0])
    infinity = np.zeros(sky_share.shape, np.float32)
    sky = smooth_fill(behind, hidden)
    return Layer("sky", sky, None, infinity), Layer("land", own_colour(behind, alpha), alpha, depth)


def _land_alpha(behind: Picture, sky_share: Map) -> Picture:
    size = sky_share.shape[0], sky_share.shape[1]
    small = cv2.resize(behind, (size[1], size[0]), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    fine = guided_upsample(small, 1 - sky_share, behind.astype(np.float32) / 255, radius_px=2, epsilon=1e-4)
    low = resized(cv2.GaussianBlur(1 - sky_share, (0, 0), 2.0), (fine.shape[0], fine.shape[1]))
    fine = np.where(low > 0.99, 1, np.where(low < 0.01, 0, fine))
    return np.rint(smoothstep(0.08, 0.92, fine) * 255).astype(np.uint8)


def filled_behind(picture: Picture, hole: Mask, sky: Sky | None, level_row: int | None) -> Picture:
    """The picture without its subject: sky bridged smoothly from true sky, the rest mirrored, parted at the horizon.

    `level_row` is the horizon's row on the canvas, when there is one.
    """
    region = np.zeros(hole.shape, np.uint8)
    if level_row is not None:
        region[:level_row] = 1
    if sky is None:
        return fill_behind(picture, hole, region if level_row is not None else None)
    line = np.interp(np.arange(hole.shape[1]), np.linspace(0, hole.shape[1] - 1, len(sky.skyline)), sky.skyline)
    above = np.arange(hole.shape[0])[:, None] < (line * hole.shape[0] / sky.mask.shape[0])[None]
    region[above] = 2
    filled = fill_behind(picture, hole, region)
    not_sky = (resized(sky.mask.astype(np.float32), hole.shape) < 0.98).astype(np.uint8)
    bridged = smooth_fill(picture, hole | not_sky)
    cv2.copyTo(bridged, (hole & above).astype(np.uint8), filled)
    return filled
