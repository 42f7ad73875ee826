"""The loops of the warp kernel over cells of 8 x 8 luma and 4 x 4 chroma samples: what to draw, and drawing it.

Positions are 16.16 fixed point and everything after them is integer, so the bytes do not depend on the vector unit.
Inner loops are short, have constant length and work on stack arrays: that lets LLVM turn them into vector code.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax import direct, two_pass
from firstframe.engines.parallax.canvas import BLOCK, BORDER
from firstframe.engines.parallax.direct import CELL, CELL_SIDE, PIXEL, SITE_SIDE, SITES, Corners
from firstframe.engines.parallax.native import (
    Plane,
    Words,
    byte_at,
    compiled,
    copy_eight_bytes,
    copy_four_bytes,
    inlined,
    int32,
    prefetch,
    put,
    stack_array,
)

SKIP, SOLID, MIXED = 0, 1, 2
"""What a layer does to a cell: nothing, hide everything below, or blend."""
OPAQUE = 32768
"""Full strength of a layer: opacity has 15 fractional bits."""

Grid = NDArray[np.float32]
Kinds = NDArray[np.uint8]
Counts = NDArray[np.int32]

_FAR_PX = 16383
_is_regular, _trace_luma, _trace_chroma = two_pass.is_regular, two_pass.trace_luma, two_pass.trace_chroma
_sample_luma, _sample_chroma, _weigh = two_pass.sample_luma, two_pass.sample_chroma, two_pass.weigh
_locate_luma, _locate_chroma = direct.locate_luma, direct.locate_chroma
_fetch_luma, _fetch_chroma, _fetch_weight = direct.sample_luma, direct.sample_chroma, direct.weigh
_cell_bytes = stack_array(CELL, np.uint8)
_cell_words = stack_array(CELL, np.int32)
_site_words = stack_array(SITES, np.int32)
_line_words = stack_array(two_pass.LINE_WORDS, np.int32)


@compiled
def judge_cells(
    grid: Grid, first: int, height: int, width: int, visible: Counts, translucent: Counts, strength: int, kinds: Kinds
) -> None:
    """Fill `kinds` (rows, columns) for the cell rows from `first` on, by the matte of a (height, width) canvas."""
    for row in range(kinds.shape[0]):
        for i in range(kinds.shape[1]):
            left, right = _span(grid, first + row, i, 0, width)
            top, bottom = _span(grid, first + row, i, 1, height)
            if _count(visible, left, right, top, bottom) == 0:
                kinds[row, i] = SKIP
            elif strength < OPAQUE or _count(translucent, left, right, top, bottom) > 0:
                kinds[row, i] = MIXED
            else:
                kinds[row, i] = SOLID


@inlined
def _span(grid: Grid, j: int, i: int, axis: int, length: int) -> tuple[int, int]:
    # A bilinear cell lies within its corners; one pixel more for the interpolation and one for rounding.
    low, high = np.float32(_FAR_PX), np.float32(-_FAR_PX)
    for corner in range(4):
        place = grid[j + corner // 2, i + corner % 2, axis]
        low, high = min(low, place), max(high, place)
    first = int(min(max(low - 1, np.float32(0)), np.float32(length - 1)))
    last = int(min(max(high + 2, np.float32(0)), np.float32(length - 1)))
    return first // BLOCK, last // BLOCK + 1


@inlined
def _count(table: Counts, left: int, right: int, top: int, bottom: int) -> int:
    return int(table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left])


@compiled
def fix_grid(grid: Grid, first: int, fixed: Words) -> None:
    """Write the grid rows from `first` on as 16.16 fixed point into `fixed` (rows, columns, 2)."""
    far = np.float32(_FAR_PX)
    for row in range(fixed.shape[0]):
        for i in range(fixed.shape[1]):
            for axis in range(2):
                place = grid[first + row, i, axis]
                # Written so that NaN becomes a number too: whatever a grid holds, no address leaves the canvas.
                place = min(place, far) if place > -far else -far
                fixed[row, i, axis] = int32(int(np.floor(place * np.float64(PIXEL) + 0.5)))


@compiled
def draw_cells(
    luma: Plane, chroma: Plane, matte: Plane, has_matte: bool, height: int, width: int, strength: int,
    fixed: Words, first: int, kinds: Kinds, out_y: Plane, out_u: Plane, out_v: Plane, out_height: int, out_width: int,
) -> None:  # fmt: skip
    """Draw one layer's cells over what `out_*` holds; `fixed` and `kinds` start at cell row `first` of the frame.

    All planes are flat; those of the (height, width) canvas carry their border.
    """
    stride, pair_stride = width + 2 * BORDER, width + 4 * BORDER
    x, y, value, weight, lines = _cell_words(), _cell_words(), _cell_words(), _cell_words(), _line_words()
    site_x, site_y, u, v, site_weight = _site_words(), _site_words(), _site_words(), _site_words(), _site_words()
    for row in range(kinds.shape[0]):
        for i in range(kinds.shape[1]):
            kind = kinds[row, i]
            if kind == SKIP:
                continue
            x_corners, y_corners = _corners(fixed, row, i, 0), _corners(fixed, row, i, 1)
            regular = _is_regular(x_corners, y_corners, height, width)
            if regular:
                if i % 4 == 0:
                    _call_for(luma, stride, x_corners[2] >> 16, (y_corners[2] >> 16) + 3, 11)
                    _call_for(chroma, pair_stride, x_corners[2] >> 17 << 1, (y_corners[2] >> 17) + 2, 5)
                    if kind == MIXED and has_matte:
                        _call_for(matte, stride, x_corners[2] >> 16, (y_corners[2] >> 16) + 2, 11)
                _trace_luma(x_corners, y_corners, stride, lines)
                _sample_luma(luma, stride, lines, value)
                if kind == MIXED and has_matte:
                    _weigh(matte, stride, strength, lines, weight)
                _trace_chroma(x_corners, y_corners, pair_stride, lines)
                _sample_chroma(chroma, pair_stride, lines, u, v)
            else:
                _locate_luma(x_corners, width, x)
                _locate_luma(y_corners, height, y)
                _fetch_luma(luma, stride, x, y, value)
                if kind == MIXED and has_matte:
                    _fetch_weight(matte, stride, strength, x, y, weight)
                _locate_chroma(x_corners, width, site_x)
                _locate_chroma(y_corners, height, site_y)
                _fetch_chroma(chroma, pair_stride, site_x, site_y, u, v)
            if kind == MIXED:
                if not has_matte:
                    weight[:] = strength
                _halve(weight, site_weight)
                _blend(value, weight, CELL_SIDE, out_y, out_height, out_width, first + row, i)
                _blend(u, site_weight, SITE_SIDE, out_u, out_height // 2, out_width // 2, first + row, i)
                _blend(v, site_weight, SITE_SIDE, out_v, out_height // 2, out_width // 2, first + row, i)
            _store(value, CELL_SIDE, out_y, out_height, out_width, first + row, i)
            _store(u, SITE_SIDE, out_u, out_height // 2, out_width // 2, first + row, i)
            _store(v, SITE_SIDE, out_v, out_height // 2, out_width // 2, first + row, i)


@inlined
def _halve(weight: Words, site_weight: Words) -> None:
    # A chroma site lies midway between two luma samples of its column.
    for r in range(SITE_SIDE):
        for c in range(SITE_SIDE):
            above = 2 * CELL_SIDE * r + 2 * c
            site_weight[SITE_SIDE * r + c] = int32(weight[above] + weight[above + CELL_SIDE] + 1) >> 1


@inlined
def _corners(fixed: Words, j: int, i: int, axis: int) -> Corners:
    return fixed[j, i, axis], fixed[j, i + 1, axis], fixed[j + 1, i, axis], fixed[j + 1, i + 1, axis]


@inlined
def _call_for(plane: Plane, stride: int, x: int, y: int, rows: int) -> None:
    # The next row of cells reads lines of memory that no processor would guess; a tenth of the time goes without this.
    for r in range(rows):
        prefetch(plane, (y + r + BORDER) * stride + x + BORDER)


@inlined
def _store(value: Words, side: int, out: Plane, height: int, width: int, j: int, i: int) -> None:
    rounded = _cell_bytes()
    for k in range(value.size):
        rounded[k] = int32(value[k] + 32) >> 6
    for r in range(min(side, height - side * j)):
        to = (side * j + r) * width + side * i
        if width - side * i < side:
            for c in range(width - side * i):
                put(out, to + c, rounded[side * r + c])
        elif side == CELL_SIDE:
            copy_eight_bytes(out, to, rounded, side * r)
        else:
            copy_four_bytes(out, to, rounded, side * r)


@inlined
def _blend(value: Words, weight: Words, side: int, out: Plane, height: int, width: int, j: int, i: int) -> None:
    # Into `value`, which keeps its six fractional bits.
    below = _cell_bytes()
    for r in range(min(side, height - side * j)):
        at = (side * j + r) * width + side * i
        if width - side * i < side:
            for c in range(width - side * i):
                below[side * r + c] = byte_at(out, at + c)
        elif side == CELL_SIDE:
            copy_eight_bytes(below, side * r, out, at)
        else:
            copy_four_bytes(below, side * r, out, at)
    for k in range(value.size):
        lower = int32(int32(below[k]) << 6)
        value[k] = int32(lower + int32(int32(int32(int32(value[k] - lower) * weight[k]) + OPAQUE // 2) >> 15))
