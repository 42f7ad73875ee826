"""Mirror extension: a hole continues the picture around it by reflection across its own smoothed boundary."""

from __future__ import annotations

import cv2
import numpy as np
from numba import njit

from firstframe.engines.parallax.scene.model import Map, Picture
from firstframe.engines.parallax.scene.shapes import Mask, resized


def mirror_extension(picture: Picture, hole: Mask, region: Mask | None = None) -> tuple[Picture, Mask]:
    """The picture with the hole filled by reflected surroundings, and a mask of the pixels that found none.

    Every pixel looks left, right, up and down to where the hole ends and takes the pixel as far beyond that edge as it
    is inside; the four are weighted by how squarely they face the hole's boundary. So slats, trunks and grass run
    on behind the subject. `region` (H, W) numbers areas that must not mix: a pixel only takes from its own.
    """
    if region is None:
        region = np.zeros(hole.shape, np.uint8)
    out = picture.copy()
    missing = np.zeros(hole.shape, np.uint8)
    if hole.any():
        _reflect(picture, hole, region, *_boundary_normal(hole), out, missing)
    return out, missing


def _boundary_normal(hole: Mask) -> tuple[Map, Map]:
    """Unit x and y of the outward normal, smooth over the whole plane; worked out at 480 pixels, it has no detail."""
    height, width = hole.shape
    scale = min(1.0, 480 / max(height, width))
    size = max(2, round(height * scale)), max(2, round(width * scale))
    small = (resized(hole.astype(np.float32), size, cv2.INTER_AREA) > 0.5).astype(np.uint8)
    inside = cv2.distanceTransform(small, cv2.DIST_L2, 5)
    outside = np.minimum(cv2.distanceTransform(1 - small, cv2.DIST_L2, 5), 20)
    smooth = cv2.GaussianBlur(inside - outside, (0, 0), 4.0)
    x = cv2.GaussianBlur(-cv2.Sobel(smooth, cv2.CV_32F, 1, 0), (0, 0), 2.5)
    y = cv2.GaussianBlur(-cv2.Sobel(smooth, cv2.CV_32F, 0, 1), (0, 0), 2.5)
    length = np.hypot(x, y) + 1e-4
    return resized(x / length, hole.shape), resized(y / length, hole.shape)


@njit(cache=True, nogil=True)
def _reflect(
    picture: Picture, hole: Mask, region: Mask, normal_x: Map, normal_y: Map, out: Picture, missing: Mask
) -> None:
    height, width = hole.shape
    right_edge = np.empty(width, np.int32)
    up_edge = np.full(width, -1, np.int32)
    down_edge = np.full(width, -1, np.int32)
    for y in range(height):
        edge = width
        for x in range(width - 1, -1, -1):
            if hole[y, x] == 0:
                edge = x
            right_edge[x] = edge
        left = -1
        for x in range(width):
            if hole[y, x] == 0:
                left = x
                up_edge[x] = y
                continue
            if down_edge[x] < y:
                below = y
                while below < height and hole[below, x] != 0:
                    below += 1
                down_edge[x] = below
            total = red = green = blue = 0.0
            for side in range(4):
                if side == 0:
                    bound, weight, sx, sy = left, -normal_x[y, x], 2 * left - x, y
                elif side == 1:
                    bound, weight, sx, sy = right_edge[x], normal_x[y, x], 2 * right_edge[x] - x, y
                elif side == 2:
                    bound, weight, sx, sy = up_edge[x], -normal_y[y, x], x, 2 * up_edge[x] - y
                else:
                    bound, weight, sx, sy = down_edge[x], normal_y[y, x], x, 2 * down_edge[x] - y
                if bound < 0 or sx < 0 or sy < 0 or sx >= width or sy >= height:
                    continue
                if region[sy, sx] != region[y, x]:
                    continue
                facing = max(weight + 0.15, 0.0)
                share = facing * facing * facing + 1e-5
                if hole[sy, sx] != 0:
                    share *= 1e-12
                total += share
                red += share * picture[sy, sx, 0]
                green += share * picture[sy, sx, 1]
                blue += share * picture[sy, sx, 2]
            if total > 1e-9:
                out[y, x, 0] = np.uint8(red / total + 0.5)
                out[y, x, 1] = np.uint8(green / total + 0.5)
                out[y, x, 2] = np.uint8(blue / total + 0.5)
            else:
                missing[y, x] = 1
