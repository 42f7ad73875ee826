"""What may lie behind things: fills of the picture, per kind of surface."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.mirror import mirror_extension
from firstframe.engines.parallax.scene.model import Map, Picture
from firstframe.engines.parallax.scene.reconcile import reconciled
from firstframe.engines.parallax.scene.shapes import Mask, bounding_box, padded, resized


def push_pull(picture: Picture | Map, weight: Map) -> Map:
    """Float picture whose pixels of weight 0 are bridged smoothly from those of weight 1 (Gortler 1996)."""
    colour = picture.astype(np.float32) * weight[..., None]
    levels: list[tuple[Map, Map]] = []
    share = weight
    while min(colour.shape[:2]) > 2:
        levels.append((colour, share))
        size = (colour.shape[0] + 1) // 2, (colour.shape[1] + 1) // 2
        colour, mean = resized(colour, size, cv2.INTER_AREA), resized(share, size, cv2.INTER_AREA)
        share = np.minimum(4.0 * mean, 1.0)
        colour = colour * (share / np.maximum(mean, 1e-6))[..., None]
    total = colour.reshape(-1, 3).sum(axis=0) / max(float(share.sum()), 1e-6)
    out = np.where(share[..., None] > 1e-6, colour / np.maximum(share, 1e-6)[..., None], total).astype(np.float32)
    for colour, share in reversed(levels):
        up = resized(out, (colour.shape[0], colour.shape[1]))
        out = colour + (1 - share)[..., None] * up
    return out


def smooth_fill(picture: Picture, hole: Mask, long_side: int = 480) -> Picture:
    """The hole bridged without texture; worked out at `long_side` pixels since the result has no detail."""
    scale = min(1.0, long_side / max(hole.shape))
    size = max(2, round(hole.shape[0] * scale)), max(2, round(hole.shape[1] * scale))
    known = resized((1 - hole).astype(np.float32), size, cv2.INTER_AREA)
    small = cv2.resize(picture, (size[1], size[0]), interpolation=cv2.INTER_AREA)
    bridged = np.clip(push_pull(small, (known > 0.999).astype(np.float32)), 0, 255)
    full = resized(bridged, hole.shape)
    out = picture.copy()
    cv2.copyTo((full + 0.5).astype(np.uint8), hole, out)
    return out


def fill_behind(picture: Picture, hole: Mask, region: Mask | None = None) -> Picture:
    """Land, water, rooms: mirrored texture in the hole; where nothing can be mirrored, a smooth bridge."""
    box = bounding_box(hole)
    if box is None:
        return picture.copy()
    rows, columns = padded(box, 1.05 * max(box[2], box[3]), hole.shape)
    part = np.ascontiguousarray(picture[rows, columns])
    part_hole = np.ascontiguousarray(hole[rows, columns])
    part_region = None if region is None else np.ascontiguousarray(region[rows, columns])
    mirrored, missing = mirror_extension(part, part_hole, part_region)
    if missing.any():
        mirrored = _bridged(mirrored, part, part_hole, missing)
    mirrored = reconciled(mirrored, part, part_hole)
    out = picture.copy()
    out[rows, columns] = mirrored
    return out


def _bridged(mirrored: Picture, picture: Picture, hole: Mask, missing: Mask) -> Picture:
    smooth = smooth_fill(picture, hole)
    soft = cv2.GaussianBlur(missing.astype(np.float32), (0, 0), max(2.0, 0.008 * max(hole.shape)))
    share = (np.maximum(np.minimum(2 * soft, 1), missing) * hole)[..., None]
    return (mirrored + (smooth.astype(np.float32) - mirrored) * share + 0.5).astype(np.uint8)
