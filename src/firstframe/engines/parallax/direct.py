"""Sampling a cell the plain way: every sample fetches its own 4 x 4 or 2 x 2 neighbours. Any geometry, anywhere.

Samples come with six fractional bits. Luma is piecewise parabolic over four taps (Erup, Gardner and Harris 1993, with
α = 1/2), chroma and opacity are bilinear.
"""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.canvas import BORDER
from firstframe.engines.parallax.native import Plane, Words, formula, four_bytes, inlined, int32, stack_array

CELL_SIDE = 8
"""Luma samples along a cell: the distance of grid points."""
SITE_SIDE = CELL_SIDE // 2
CELL, SITES = CELL_SIDE * CELL_SIDE, SITE_SIDE * SITE_SIDE
"""Luma and chroma samples of a cell."""
PIXEL = 65536
"""One pixel: positions have 16 fractional bits."""
SAMPLE_MAX = 255 << 6
"""White: samples have six fractional bits."""

Corners = tuple[int, int, int, int]
"""A coordinate at a cell's upper left, upper right, lower left and lower right grid point."""

_PHASE_HALF = 32  # half of 1/1024 pixel, so that phases are rounded
_cell_words = stack_array(CELL, np.int32)
_site_words = stack_array(SITES, np.int32)


@inlined
def locate_luma(corners: Corners, length: int, places: Words) -> None:
    """Fill `places` (64) with one coordinate of every luma sample; `length` is the canvas side in pixels."""
    for r in range(CELL_SIDE):
        left, right = _line(corners, 2 * r)
        step = (right - left) >> 3
        for c in range(CELL_SIDE):
            places[CELL_SIDE * r + c] = _limited(left + step * c, length)


@inlined
def locate_chroma(corners: Corners, length: int, places: Words) -> None:
    """Fill `places` (16) with one coordinate of every chroma site: even columns, half a pixel below even rows."""
    for r in range(SITE_SIDE):
        left, right = _line(corners, 4 * r + 1)
        step = (right - left) >> 2
        for c in range(SITE_SIDE):
            places[SITE_SIDE * r + c] = _limited(left + step * c, length)


@formula
def _line(corners: Corners, sixteenths: int) -> tuple[int, int]:
    left = corners[0] + ((corners[2] - corners[0]) * sixteenths >> 4)
    right = corners[1] + ((corners[3] - corners[1]) * sixteenths >> 4)
    return left, right


@formula
def _limited(place: int, length: int) -> int:
    # Farther out than this every tap lies on the border anyway, so the limit keeps addresses safe and values right.
    return min(max(int32(place + _PHASE_HALF), int32(-3 * PIXEL)), int32((length + 2) * PIXEL))


@inlined
def sample_luma(flat: Plane, stride: int, x: Words, y: Words, luma: Words) -> None:
    """Piecewise parabolic samples of a flat bordered plane at 64 positions."""
    row0, row1, row2, row3 = _cell_words(), _cell_words(), _cell_words(), _cell_words()
    for k in range(CELL):
        offset = ((y[k] >> 16) + BORDER - 1) * stride + (x[k] >> 16) + BORDER - 1
        row0[k] = four_bytes(flat, offset)
        row1[k] = four_bytes(flat, offset + stride)
        row2[k] = four_bytes(flat, offset + 2 * stride)
        row3[k] = four_bytes(flat, offset + 3 * stride)
    for k in range(CELL):
        a0, a1, a2, a3 = _parabolic(int32(x[k] >> 6 & 1023))
        b0, b1, b2, b3 = _parabolic(int32(y[k] >> 6 & 1023))
        top, upper = _four_taps(row0[k], a0, a1, a2, a3), _four_taps(row1[k], a0, a1, a2, a3)
        lower, bottom = _four_taps(row2[k], a0, a1, a2, a3), _four_taps(row3[k], a0, a1, a2, a3)
        mean = int32(int32(top * b0 + upper * b1 + lower * b2 + bottom * b3 + 512) >> 10)
        luma[k] = min(max(mean, int32(0)), int32(SAMPLE_MAX))


@formula
def _parabolic(t: int) -> tuple[int, int, int, int]:
    # Weights with ten fractional bits for a phase with ten; they sum to 1024 exactly.
    bow = int32(int32(t * (1024 - t) + 1024) >> 11)
    return -bow, int32(1024 - t + bow), int32(t + bow), -bow


@formula
def _four_taps(word: int, a0: int, a1: int, a2: int, a3: int) -> int:
    # Six fractional bits, which keep the sum within 16 signed bits for the second pass.
    total = (word & 255) * a0 + (word >> 8 & 255) * a1 + (word >> 16 & 255) * a2 + (word >> 24 & 255) * a3
    return int32(int32(total + 8) >> 4)


@inlined
def sample_chroma(flat: Plane, stride: int, x: Words, y: Words, u: Words, v: Words) -> None:
    """Bilinear samples of a flat bordered plane of u, v pairs at 16 positions given in luma pixels."""
    above, below = _site_words(), _site_words()
    for k in range(SITES):
        offset = (((y[k] - PIXEL // 2) >> 17) + BORDER) * stride + 2 * ((x[k] >> 17) + BORDER)
        above[k], below[k] = four_bytes(flat, offset), four_bytes(flat, offset + stride)
    for k in range(SITES):
        fx, fy = int32(x[k] >> 7 & 1023), int32((y[k] - PIXEL // 2) >> 7 & 1023)
        u[k] = int32(_two_by_two(above[k], below[k], 0, 16, fx, fy) + 512) >> 10
        v[k] = int32(_two_by_two(above[k], below[k], 8, 24, fx, fy) + 512) >> 10


@inlined
def weigh(flat: Plane, stride: int, strength: int, x: Words, y: Words, weight: Words) -> None:
    """Bilinear opacity of a flat bordered matte times `strength`, with 15 fractional bits; 255 becomes 1 exactly."""
    for k in range(weight.size):
        offset = ((y[k] >> 16) + BORDER) * stride + (x[k] >> 16) + BORDER
        fx, fy = int32(x[k] >> 6 & 1023), int32(y[k] >> 6 & 1023)
        opacity = _two_by_two(four_bytes(flat, offset), four_bytes(flat, offset + stride), 0, 8, fx, fy)
        weight[k] = int32(int32(((opacity >> 8) * 257 + 256) >> 9) * strength) >> 15


@formula
def _two_by_two(above: int, below: int, left: int, right: int, fx: int, fy: int) -> int:
    # Bilinear mean of the bytes at bits `left` and `right` of two words; 16 fractional bits.
    top = int32(int32((above >> left & 255) * (1024 - fx) + (above >> right & 255) * fx + 8) >> 4)
    bottom = int32(int32((below >> left & 255) * (1024 - fx) + (below >> right & 255) * fx + 8) >> 4)
    return int32(top * (1024 - fy) + bottom * fy)
