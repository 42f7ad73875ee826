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


def filled_behind(picture: Picture, share: Map, wide: Mask, sky: Sky | None, level_row: int | None) -> Picture:
    """The picture without its subject: sky bridged smoothly from true sky, the rest mirrored, parted at the horizon.

    `share` (h, w) 0…1 is how far the picture is replaced, `wide` (h, w) the hole it is continued into; `level_row` is the
    horizon's row on the analysis maps, when there is one.
    """
    size = picture.shape[0], picture.shape[1]
    region = np.zeros(wide.shape, np.uint8)
    if level_row is not None:
        region[:level_row] = 1
    if sky is not None:
        above = np.arange(wide.shape[0])[:, None] < sky.ground_line()[None]
        region[above] = 2
    hole = cv2.resize(wide, (size[1], size[0]), interpolation=cv2.INTER_NEAREST)
    filled = fill_behind(picture, hole, cv2.resize(region, (size[1], size[0]), interpolation=cv2.INTER_NEAREST))
    if sky is not None:
        bridged = smooth_fill(picture, hole | (resized(sky.mask.astype(np.float32), size) < 0.98))
        cv2.copyTo(bridged, (hole & (resized(above.astype(np.float32), size) > 0.5)).astype(np.uint8), filled)
    return _mixed(picture, filled, resized(share, size))


def _mixed(picture: Picture, filled: Picture, share: Map) -> Picture:
    soft = (share > 0) & (share < 1)
    out = np.where((share >= 1)[..., None], filled, picture)
    weight = share[soft][:, None]
    out[soft] = np.rint(picture[soft] * (1 - weight) + filled[soft] * weight).astype(np.uint8)
    return out
