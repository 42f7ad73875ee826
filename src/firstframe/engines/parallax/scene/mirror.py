"""Mirror extension: a hole continues the picture around it by reflection across its own smoothed boundary."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.filters import Mask, blurred, depth_inside, numbered, resized, slopes
from firstframe.engines.parallax.scene.model import Map, Picture
from firstframe.engines.parallax.scene.shapes import binary, bounding_box


def mirror_extension(picture: Picture, hole: Mask, region: Mask) -> tuple[Picture, Mask]:
    """The picture (H, W, 3) with the hole filled by reflected surroundings, and a mask (h, w) of where none was found.

    Every pixel looks left, right, up and down to where the hole ends and takes the pixel as far beyond that edge as it
    is inside; the four are weighted by how squarely they face the hole's boundary. So slats, trunks and grass run
    on behind the subject. `hole` (h, w) may be smaller than the picture, its outline then has straight steps of no
    importance; `region` (h, w) numbers areas that must not mix: a pixel only takes from its own.
    """
    out = picture.copy()
    missing = np.zeros(hole.shape, np.uint8)
    size = picture.shape[0], picture.shape[1]
    fine = binary(resized(hole, size) > 0.5)
    box = bounding_box(fine)
    if box is not None:
        _reflect(picture, fine, numbered(region, size), _boundary_normal(hole), np.array(box), out, missing)
    return out, missing


def _boundary_normal(hole: Mask) -> Map:
    """(h, w, 2) unit outward normal x, y, smooth over the whole plane."""
    signed = depth_inside(hole) - np.minimum(depth_inside(1 - hole), 20)
    inwards = [blurred(slope, 2.5) for slope in slopes(blurred(signed, 4.0))]
    length = np.hypot(*inwards) + np.float32(1e-4)
    return np.ascontiguousarray(np.dstack([-slope / length for slope in inwards]), np.float32)


@njit(cache=True, nogil=True)
def _reflect(
    picture: Picture,
    hole: Mask,
    region: Mask,
    normal: Map,
    box: NDArray[np.int64],
    out: Picture,
    missing: Mask,
) -> None:
    height, width = hole.shape
    rows, columns = normal.shape[:2]
    first_x, first_y, last_x, last_y = box[0], box[1], box[0] + box[2], box[1] + box[3]
    right_edge = np.empty(width, np.int32)
    up_edge = np.full(width, first_y - 1, np.int32)
    down_edge = np.full(width, -1, np.int32)
    for y in range(first_y, last_y):
        edge = last_x
        for x in range(last_x - 1, first_x - 1, -1):
            if hole[y, x] == 0:
                edge = x
            right_edge[x] = edge
        left = first_x - 1
        for x in range(first_x, last_x):
            if hole[y, x] == 0:
                left = x
                up_edge[x] = y
                continue
            if down_edge[x] < y:
                below = y
                while below < last_y and hole[below, x] != 0:
                    below += 1
                down_edge[x] = below
            v, u = y * rows // height, x * columns // width
            normal_x, normal_y = normal[v, u, 0], normal[v, u, 1]
            total = red = green = blue = 0.0
            for side in range(4):
                if side == 0:
                    facing, sx, sy = -normal_x, 2 * left - x, y
                elif side == 1:
                    facing, sx, sy = normal_x, 2 * right_edge[x] - x, y
                elif side == 2:
                    facing, sx, sy = -normal_y, x, 2 * up_edge[x] - y
                else:
                    facing, sx, sy = normal_y, x, 2 * down_edge[x] - y
                if sx < 0 or sy < 0 or sx >= width or sy >= height or region[sy, sx] != region[y, x]:
                    continue
                facing = max(facing + 0.15, 0.0)
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
                missing[v, u] = 1
