"""What may lie behind things: the picture continued into a hole, per kind of surface."""

from __future__ import annotations

import cv2
import numpy as np
from numba import njit

from firstframe.engines.parallax.scene.filters import Mask, blurred, resized, smoothstep, widened
from firstframe.engines.parallax.scene.mirror import mirror_extension
from firstframe.engines.parallax.scene.model import Map, Picture
from firstframe.engines.parallax.scene.reconcile import reconciled
from firstframe.engines.parallax.scene.shapes import shrunk

SKY = 2
"""Number of the sky in region maps."""
SKY_GRAIN = 0.8
"""How much of mirrored clouds' detail a bridged sky is given."""


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


def fill_behind(picture: Picture, small: Picture, share: Map, hole: Mask, region: Mask, sky: Mask | None) -> Picture:
    """The picture with what `share` covers replaced by its surroundings, continued from the rim of `hole`.

    `picture` (H, W, 3) is the canvas and `small` (h, w, 3) the same at analysis size, like all maps. Land, water and
    rooms are mirrored texture, held to a smooth continuation where the mirror image makes no sense; what `region` marks
    as SKY is bridged smoothly from the true `sky` alone.
    """
    mirrored, missing = mirror_extension(picture, hole, region)
    seen = reconciled(mirrored, small, hole)
    found = 1 - np.minimum(1.5 * blurred(widened(missing, 2), 2.0), 1)
    base, trust, grain = seen.base, seen.trust * found, seen.grain * found
    if sky is not None:
        clear = shrunk(sky & (1 - hole), 3).astype(np.float32)
        above = region == SKY
        base = np.where(above[..., None], push_pull(small, clear) if clear.any() else base, base)
        away_from_land = smoothstep(0.5, 1.0, blurred(shrunk(above, 8), 4.0))
        trust, grain = np.where(above, 0, trust), np.where(above, SKY_GRAIN * found * away_from_land, grain)
    blended = mirrored
    grain = grain * (1 - trust)
    _blend(picture, np.dstack([base, seen.low, trust, grain, share]).astype(np.float32), blended)
    return blended


def smooth_fill(picture: Picture, small: Picture, hidden: Mask) -> Picture:
    """The canvas with what `hidden` (h, w) covers bridged smoothly from the rest; the bridge has no texture."""
    base = push_pull(small, 1 - hidden.astype(np.float32))
    share = blurred(hidden, 1.0)
    out = picture.copy()
    none = np.zeros_like(share)
    _blend(picture, np.dstack([base, base, none, none, np.minimum(2 * share, 1)]).astype(np.float32), out)
    return out


@njit(cache=True, nogil=True)
def _blend(picture: Picture, maps: Map, out: Picture) -> None:
    """In place, where `out` holds the mirror image: out = picture + share · (new - picture), with
    new = base + trust · (out - base) + grain · (out - low); `maps` (h, w, 9) is base, low, trust, grain and share."""
    height, width = out.shape[:2]
    rows, columns = maps.shape[:2]
    for y in range(height):
        v = min(max((y + 0.5) * rows / height - 0.5, 0.0), rows - 1.0)
        top = min(int(v), rows - 2)
        fy = v - top
        for x in range(width):
            u = min(max((x + 0.5) * columns / width - 0.5, 0.0), columns - 1.0)
            left = min(int(u), columns - 2)
            fx = u - left
            p00, p01 = maps[top, left], maps[top, left + 1]
            p10, p11 = maps[top + 1, left], maps[top + 1, left + 1]
            w00, w01, w10, w11 = (1 - fy) * (1 - fx), (1 - fy) * fx, fy * (1 - fx), fy * fx
            share = w00 * p00[8] + w01 * p01[8] + w10 * p10[8] + w11 * p11[8]
            if share <= 0.0:
                for k in range(3):
                    out[y, x, k] = picture[y, x, k]
                continue
            trust = w00 * p00[6] + w01 * p01[6] + w10 * p10[6] + w11 * p11[6]
            grain = w00 * p00[7] + w01 * p01[7] + w10 * p10[7] + w11 * p11[7]
            for k in range(3):
                base = w00 * p00[k] + w01 * p01[k] + w10 * p10[k] + w11 * p11[k]
                low = w00 * p00[3 + k] + w01 * p01[3 + k] + w10 * p10[3 + k] + w11 * p11[3 + k]
                new = base + trust * (out[y, x, k] - base) + grain * (out[y, x, k] - low)
                value = picture[y, x, k] + share * (new - picture[y, x, k])
                out[y, x, k] = np.uint8(min(max(value + 0.5, 0.0), 255.0))
