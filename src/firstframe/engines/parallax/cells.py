"""The inner loops of the warp kernel: one cell of 8 x 8 luma and 4 x 4 chroma samples at a time, compiled.

Positions are 16.16 fixed point and everything after them is integer, so the bytes do not depend on the vector unit.
Luma is Catmull-Rom (Keys 1981, a = -1/2), chroma and opacity are bilinear. Each loop is short, has a constant length
and works on stack arrays: that is what lets LLVM turn it into vector code.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.canvas import BLOCK, BORDER
from firstframe.engines.parallax.native import Plane, Words, compiled, four_bytes, inlined, int32, stack_words, words_at

GRID_STEP = 8
"""Output pixels between grid points."""
SKIP, SOLID, MIXED = 0, 1, 2
"""What a layer does to a cell: nothing, hide everything below, or blend."""
OPAQUE = 32768
"""Full strength of a layer: opacity has 15 fractional bits."""

Grid = NDArray[np.float32]
Kinds = NDArray[np.uint8]
Counts = NDArray[np.int32]

_CELL, _SITES = GRID_STEP * GRID_STEP, GRID_STEP * GRID_STEP // 4
_FAR_PX = 16383
_ONE = 65536
_PHASE_HALF = 32  # half of 1/1024 px: phases are rounded, not cut

_cell_words = stack_words(_CELL)
_site_words = stack_words(_SITES)


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
def draw_cells(
    luma: Plane, chroma: Plane, matte: Plane, has_matte: bool, strength: int,
    grid: Grid, first: int, kinds: Kinds, out_y: Plane, out_u: Plane, out_v: Plane,
) -> None:  # fmt: skip
    """Draw one layer's cells of the cell rows from `first` on over what `out_*` holds; planes carry their border."""
    height, width = out_y.shape
    canvas_height, canvas_width = luma.shape[0] - 2 * BORDER, luma.shape[1] - 2 * BORDER
    x, y = words_at(_cell_words(), (_CELL,), np.int32), words_at(_cell_words(), (_CELL,), np.int32)
    value, weight = words_at(_cell_words(), (_CELL,), np.int32), words_at(_cell_words(), (_CELL,), np.int32)
    site_x, site_y = words_at(_site_words(), (_SITES,), np.int32), words_at(_site_words(), (_SITES,), np.int32)
    u, v = words_at(_site_words(), (_SITES,), np.int32), words_at(_site_words(), (_SITES,), np.int32)
    site_weight = words_at(_site_words(), (_SITES,), np.int32)
    flat_luma, flat_chroma, flat_matte = luma.ravel(), chroma.ravel(), matte.ravel()
    stride, chroma_stride = luma.shape[1], 2 * chroma.shape[1]
    for row in range(kinds.shape[0]):
        j = first + row
        rows = min(GRID_STEP, height - GRID_STEP * j)
        for i in range(kinds.shape[1]):
            kind = kinds[row, i]
            if kind == SKIP:
                continue
            columns = min(GRID_STEP, width - GRID_STEP * i)
            _luma_positions(grid, j, i, canvas_height, canvas_width, x, y)
            _chroma_positions(grid, j, i, canvas_height, canvas_width, site_x, site_y)
            _sample_luma(flat_luma, stride, x, y, value)
            if kind == MIXED:
                _weigh(flat_matte, stride, has_matte, strength, x, y, weight)
                _weigh(flat_matte, stride, has_matte, strength, site_x, site_y, site_weight)
            _sample_chroma(flat_chroma, chroma_stride, site_x, site_y, u, v)
            if kind == MIXED:
                _blend(value, weight, GRID_STEP, out_y, GRID_STEP * j, GRID_STEP * i, rows, columns)
                _blend(
                    u,
                    site_weight,
                    GRID_STEP // 2,
                    out_u,
                    GRID_STEP // 2 * j,
                    GRID_STEP // 2 * i,
                    rows // 2,
                    columns // 2,
                )
                _blend(
                    v,
                    site_weight,
                    GRID_STEP // 2,
                    out_v,
                    GRID_STEP // 2 * j,
                    GRID_STEP // 2 * i,
                    rows // 2,
                    columns // 2,
                )
            else:
                _store(value, GRID_STEP, out_y, GRID_STEP * j, GRID_STEP * i, rows, columns)
                _store(u, GRID_STEP // 2, out_u, GRID_STEP // 2 * j, GRID_STEP // 2 * i, rows // 2, columns // 2)
                _store(v, GRID_STEP // 2, out_v, GRID_STEP // 2 * j, GRID_STEP // 2 * i, rows // 2, columns // 2)


@inlined
def _fixed(position: float) -> int:
    # Written so that NaN falls on the first branch: whatever a grid holds, no address leaves the canvas.
    if not position > -_FAR_PX:
        return -_FAR_PX * _ONE
    return int32(int(np.floor(min(position, _FAR_PX) * _ONE + 0.5)))


@inlined
def _edges(grid: Grid, j: int, i: int, axis: int, sixteenths: int) -> tuple[int, int]:
    # Left and right end of a line of the cell, `sixteenths` of a cell below its top.
    above_left, below_left = _fixed(grid[j, i, axis]), _fixed(grid[j + 1, i, axis])
    above_right, below_right = _fixed(grid[j, i + 1, axis]), _fixed(grid[j + 1, i + 1, axis])
    left = above_left + ((below_left - above_left) * sixteenths >> 4)
    right = above_right + ((below_right - above_right) * sixteenths >> 4)
    return left, right


@inlined
def _luma_positions(grid: Grid, j: int, i: int, height: int, width: int, x: Words, y: Words) -> None:
    # Beyond two pixels outside every tap lies on the border, so limiting the position there changes nothing.
    low, x_high, y_high = int32(-2 * _ONE), int32(width * _ONE), int32(height * _ONE)
    for r in range(GRID_STEP):
        x_left, x_right = _edges(grid, j, i, 0, 2 * r)
        y_left, y_right = _edges(grid, j, i, 1, 2 * r)
        x_step, y_step = (x_right - x_left) >> 3, (y_right - y_left) >> 3
        for c in range(GRID_STEP):
            x[GRID_STEP * r + c] = min(max(int32(x_left + x_step * c + _PHASE_HALF), low), x_high)
            y[GRID_STEP * r + c] = min(max(int32(y_left + y_step * c + _PHASE_HALF), low), y_high)


@inlined
def _chroma_positions(grid: Grid, j: int, i: int, height: int, width: int, x: Words, y: Words) -> None:
    # In luma pixels: chroma sites lie on even columns, half a pixel below even rows.
    low, x_high, y_high = int32(-2 * _ONE), int32(width * _ONE), int32(height * _ONE)
    for r in range(GRID_STEP // 2):
        x_left, x_right = _edges(grid, j, i, 0, 4 * r + 1)
        y_left, y_right = _edges(grid, j, i, 1, 4 * r + 1)
        x_step, y_step = (x_right - x_left) >> 2, (y_right - y_left) >> 2
        for c in range(GRID_STEP // 2):
            x[GRID_STEP // 2 * r + c] = min(max(int32(x_left + x_step * c + _PHASE_HALF), low), x_high)
            y[GRID_STEP // 2 * r + c] = min(max(int32(y_left + y_step * c + _PHASE_HALF), low), y_high)


@inlined
def _sample_luma(flat: Plane, stride: int, x: Words, y: Words, value: Words) -> None:
    row0, row1 = words_at(_cell_words(), (_CELL,), np.int32), words_at(_cell_words(), (_CELL,), np.int32)
    row2, row3 = words_at(_cell_words(), (_CELL,), np.int32), words_at(_cell_words(), (_CELL,), np.int32)
    for k in range(_CELL):
        offset = ((y[k] >> 16) + BORDER - 1) * stride + (x[k] >> 16) + BORDER - 1
        row0[k] = four_bytes(flat, offset)
        row1[k] = four_bytes(flat, offset + stride)
        row2[k] = four_bytes(flat, offset + 2 * stride)
        row3[k] = four_bytes(flat, offset + 3 * stride)
    for k in range(_CELL):
        a0, a1, a2, a3 = _catmull_rom(int32(x[k] >> 6 & 1023))
        b0, b1, b2, b3 = _catmull_rom(int32(y[k] >> 6 & 1023))
        top, upper = _four_taps(row0[k], a0, a1, a2, a3), _four_taps(row1[k], a0, a1, a2, a3)
        lower, bottom = _four_taps(row2[k], a0, a1, a2, a3), _four_taps(row3[k], a0, a1, a2, a3)
        mean = int32(int32(top * b0 + upper * b1 + lower * b2 + bottom * b3 + 32768) >> 16)
        value[k] = min(max(mean, int32(0)), int32(255))


@inlined
def _catmull_rom(t: int) -> tuple[int, int, int, int]:
    # Weights with 10 fractional bits for a phase with 10; they sum to 1024 exactly.
    square = int32(t * t)
    cube = int32((square >> 10) * t)
    before = int32(int32(2 * square - cube - (t << 10) + 1024) >> 11)
    after = int32(int32(4 * square - 3 * cube + (t << 10) + 1024) >> 11)
    last = int32(int32(cube - square + 1024) >> 11)
    return before, int32(1024 - before - after - last), after, last


@inlined
def _four_taps(word: int, a0: int, a1: int, a2: int, a3: int) -> int:
    # Six fractional bits, which keep the sum within 16 signed bits for the second pass.
    total = (word & 255) * a0 + (word >> 8 & 255) * a1 + (word >> 16 & 255) * a2 + (word >> 24 & 255) * a3
    return int32(int32(total + 8) >> 4)


@inlined
def _sample_chroma(flat: Plane, stride: int, x: Words, y: Words, u: Words, v: Words) -> None:
    row0, row1 = words_at(_site_words(), (_SITES,), np.int32), words_at(_site_words(), (_SITES,), np.int32)
    for k in range(_SITES):
        offset = ((y[k] - 32768 >> 17) + BORDER) * stride + 2 * ((x[k] >> 17) + BORDER)
        row0[k] = four_bytes(flat, offset)
        row1[k] = four_bytes(flat, offset + stride)
    for k in range(_SITES):
        fx, fy = int32(x[k] >> 7 & 1023), int32(y[k] - 32768 >> 7 & 1023)
        u[k] = int32(_two_by_two(row0[k], row1[k], 0, 16, fx, fy) + 32768) >> 16
        v[k] = int32(_two_by_two(row0[k], row1[k], 8, 24, fx, fy) + 32768) >> 16


@inlined
def _two_by_two(above: int, below: int, left: int, right: int, fx: int, fy: int) -> int:
    # Bilinear mean of bytes at bit `left` and `right` of two words; 16 fractional bits.
    top = int32(int32((above >> left & 255) * (1024 - fx) + (above >> right & 255) * fx + 8) >> 4)
    bottom = int32(int32((below >> left & 255) * (1024 - fx) + (below >> right & 255) * fx + 8) >> 4)
    return int32(top * (1024 - fy) + bottom * fy)


@inlined
def _weigh(flat: Plane, stride: int, has_matte: bool, strength: int, x: Words, y: Words, weight: Words) -> None:
    # 15 fractional bits; 255 becomes 1 exactly.
    if not has_matte:
        for k in range(weight.size):
            weight[k] = strength
        return
    for k in range(weight.size):
        offset = ((y[k] >> 16) + BORDER) * stride + (x[k] >> 16) + BORDER
        fx, fy = int32(x[k] >> 6 & 1023), int32(y[k] >> 6 & 1023)
        opacity = _two_by_two(four_bytes(flat, offset), four_bytes(flat, offset + stride), 0, 8, fx, fy)
        weight[k] = int32(int32(((opacity >> 8) * 257 + 256) >> 9) * strength) >> 15


@inlined
def _store(value: Words, side: int, out: Plane, top: int, left: int, rows: int, columns: int) -> None:
    for r in range(rows):
        for c in range(columns):
            out[top + r, left + c] = value[side * r + c]


@inlined
def _blend(value: Words, weight: Words, side: int, out: Plane, top: int, left: int, rows: int, columns: int) -> None:
    for r in range(rows):
        for c in range(columns):
            below = int32(out[top + r, left + c])
            change = (value[side * r + c] - below) * weight[side * r + c]
            out[top + r, left + c] = below + (int32(change + OPAQUE // 2) >> 15)
