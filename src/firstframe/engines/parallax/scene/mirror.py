"""Mirror extension: a hole continues the picture around it by reflection across its own smoothed boundary."""

from __future__ import annotations

import cv2
import numpy as np
from numba import njit
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.filters import (
    Mask,
    blurred,
    depth_inside,
    numbered,
    resized,
    shrunk_picture,
    slopes,
    smoothstep,
    widened,
)
from firstframe.engines.parallax.scene.model import Map, Picture
from firstframe.engines.parallax.scene.shapes import binary, bounding_box, padded

SPREAD_PX = 3.5
"""How far along the outline a line is taken to reach."""
COHERENT = (0.45, 0.75)
"""Coherence of the structure at the outline from which on it is one line, and surely so."""
LEAST_LINE = 2.0
"""Squared slope, in levels per pixel, of an edge too faint to lead anywhere."""
LEVEL, SLANT_MOST = 0.01, 1.2
MOSTLY = (0.45, 0.6)
"""Share of what is seen along the outline that is such lines."""
EVEN_PX, FAINT = 8.0, 0.1
"""What crosses the outline leans alike over this way: a mirror whose lean changes quickly shows swirls."""


def mirror_extension(picture: Picture, hole: Mask, region: Mask) -> tuple[Picture, Mask]:
    """The picture (H, W, 3) with the hole filled by reflected surroundings, and a mask (h, w) of where none was found.

    Every pixel looks left, right, up and down to where the hole ends and takes the pixel as far beyond that edge as it
    is inside, sideways as far as the lines that cross the edge there lean; the four are weighted by how squarely they
    face the hole's boundary. So slats, kerbs, trunks and grass run on behind the subject. `hole` (h, w) may be smaller
    than the picture, its outline then has straight steps of no importance; `region` (h, w) numbers areas that must not
    mix: a pixel only takes from its own.
    """
    out = picture.copy()
    missing = np.zeros(hole.shape, np.uint8)
    size, (rows, columns) = (picture.shape[0], picture.shape[1]), hole.shape
    fine = binary(resized(hole, size) > 0.5)
    box = bounding_box(fine)
    if box is not None:
        guides = np.dstack([_boundary_normal(hole), _slants(shrunk_picture(picture, (rows, columns)), hole)])
        _reflect(picture, fine, numbered(region, size), guides, np.array(box), out, missing)
    return out, missing


def _slants(small: Picture, hole: Mask) -> Map:
    """(h, w, 2) fall per step to the right, and step to the right per step down, of the lines that meet the hole.

    0 where there are none: by the structure tensor of what is known (Bigün and Granlund 1987).
    """
    out = np.zeros((*hole.shape, 2), np.float32)
    box = bounding_box(hole)
    if box is not None:
        part = padded(box, 3 * EVEN_PX, (hole.shape[0], hole.shape[1]))
        grey = np.asarray(cv2.cvtColor(np.ascontiguousarray(small[part]), cv2.COLOR_RGB2GRAY), np.uint8)
        out[part] = _slants_of(grey, 1 - widened(hole[part], 2).astype(np.float32))
    return out


def _slants_of(grey: Picture, known: Map) -> Map:
    right, down = slopes(blurred(grey, 0.8))
    across, both, along = (blurred(known * part, SPREAD_PX) for part in (right * right, right * down, down * down))
    strength = across + along + LEAST_LINE * np.maximum(blurred(known, SPREAD_PX), np.float32(1e-3))
    coherent = np.sqrt((across - along) ** 2 + 4 * both * both) / strength
    seen = np.sqrt(strength)
    line = smoothstep(*COHERENT, coherent) * seen
    lines = blurred(line, EVEN_PX)
    trust = smoothstep(*MOSTLY, lines / (blurred(seen, EVEN_PX) + FAINT)) / (lines + FAINT)
    slants = (np.clip(-both / np.maximum(part, np.float32(1e-3)), -SLANT_MOST, SLANT_MOST) for part in (along, across))
    return np.dstack([trust * blurred(line * slant, EVEN_PX) for slant in slants]).astype(np.float32)


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
    guides: Map,
    box: NDArray[np.int64],
    out: Picture,
    missing: Mask,
) -> None:
    height, width = hole.shape
    rows, columns = guides.shape[:2]
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
            normal_x, normal_y = guides[v, u, 0], guides[v, u, 1]
            total = red = green = blue = 0.0
            for side in range(4):
                if side == 0:
                    facing, sx, sy = -normal_x, 2 * left - x, y
                    slant = guides[v, max(left, 0) * columns // width, 2]
                elif side == 1:
                    facing, sx, sy = normal_x, 2 * right_edge[x] - x, y
                    slant = guides[v, min(right_edge[x], width - 1) * columns // width, 2]
                elif side == 2:
                    facing, sx, sy = -normal_y, x, 2 * up_edge[x] - y
                    slant = guides[max(up_edge[x], 0) * rows // height, u, 3]
                else:
                    facing, sx, sy = normal_y, x, 2 * down_edge[x] - y
                    slant = guides[min(down_edge[x], height - 1) * rows // height, u, 3]
                if abs(slant) > LEVEL:
                    aside_x = sx + round(slant * (sy - y)) if side > 1 else sx
                    aside_y = sy + round(slant * (sx - x)) if side < 2 else sy
                    if 0 <= aside_x < width and 0 <= aside_y < height and hole[aside_y, aside_x] == 0:
                        sx, sy = aside_x, aside_y
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
