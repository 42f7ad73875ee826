"""Sampling a cell in two passes: down the source columns first, then along the rows. Three times as fast as `direct`.

Along an output row of a cell the source position moves on a nearly level line. The first pass interpolates the source
vertically onto that line, at 16 neighbouring columns at once; the second picks four of them per sample (Catmull and
Smith 1980). Only for cells that pass `is_regular`. Samples come with six fractional bits.
"""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.canvas import BORDER
from firstframe.engines.parallax.direct import CELL, CELL_SIDE, PIXEL, SAMPLE_MAX, SITE_SIDE, SITES, Corners
from firstframe.engines.parallax.native import (
    Halves,
    Plane,
    Words,
    byte_at,
    copy_eight_bytes,
    float32,
    formula,
    halved,
    inlined,
    int16,
    int32,
    product_high,
    product_high_unsigned,
    product_low,
    put,
    ratio,
    stack_array,
    truncated,
)

RUN = 16
"""Source columns that the first pass prepares for one row of a cell."""

_WIDEST = 13 * PIXEL  # eight steps whose last four taps still lie within the run
_NARROWEST = PIXEL
_TALLEST = 64 * PIXEL  # keeps the products of the bilinear lines within 32 bits

_run_ramp = stack_array(RUN, np.int16)
_luma_runs = stack_array(RUN * CELL_SIDE, np.int16)
_chroma_runs = stack_array(RUN * SITE_SIDE, np.int16)
_line_words = stack_array(CELL_SIDE, np.int32)
_cell_words = stack_array(CELL, np.int32)
_site_words = stack_array(SITES, np.int32)
_cell_taps = stack_array(4 * CELL, np.int16)
_site_taps = stack_array(4 * SITES, np.int16)
_pair_words = stack_array(2 * CELL, np.int32)


def _weight_table() -> Halves:
    t = np.arange(1024) / 1024
    weights = [-(t**3) + 2 * t**2 - t, 3 * t**3 - 5 * t**2 + 2, -3 * t**3 + 4 * t**2 + t, t**3 - t**2]
    table = np.rint(np.stack(weights, 1) * 8192).astype(np.int16)
    table[:, 1] += (16384 - table.sum(1)).astype(np.int16)
    return table.ravel()


_WEIGHTS = _weight_table()
"""Catmull-Rom: four weights with 14 fractional bits for each of 1024 phases; each four sum to 16384."""


@formula
def is_regular(x: Corners, y: Corners, height: int, width: int) -> bool:
    """Whether a cell is upright, level within 1/16, of ordinary scale, and not farther outside than the border."""
    upper, lower = x[1] - x[0], x[3] - x[2]
    level = 16 * abs(y[1] - y[0]) <= upper and 16 * abs(y[3] - y[2]) <= lower
    scaled = min(upper, lower) >= _NARROWEST and max(upper, lower) <= _WIDEST
    small = max(abs(x[2] - x[0]), abs(x[3] - x[1]), abs(y[2] - y[0]), abs(y[3] - y[1])) <= _TALLEST
    beside = min(x[0], x[2]) >= (2 - BORDER) * PIXEL and max(x[1], x[3]) <= width * PIXEL
    within = min(y[0], y[1], y[2], y[3]) >= (4 - BORDER) * PIXEL
    return level and scaled and small and beside and within and max(y[0], y[1], y[2], y[3]) <= (height + 8) * PIXEL


@inlined
def sample_luma(flat: Plane, stride: int, x: Corners, y: Corners, luma: Words) -> None:
    """Catmull-Rom samples of a flat bordered plane at the 64 luma positions of a regular cell."""
    start, step, offset, depth, slope = _line_words(), _line_words(), _line_words(), _line_words(), _line_words()
    for r in range(CELL_SIDE):
        left, right = _line(x, int32(2 * r))
        top_left, top_right = _line(y, int32(2 * r))
        column = int32(int32(left >> 16) - 1)
        start[r] = int32(left - int32((column + 1) << 16))
        step[r] = int32(int32(right - left) >> 3)
        row, depth[r], slope[r] = _run_line(left, right, top_left, top_right, column)
        offset[r] = int32(int32(row + BORDER - 1) * int32(stride) + column + BORDER)
    runs, ramp = _luma_runs(), _run_ramp()
    for s in range(RUN):
        ramp[s] = int16(s)
    for r in range(CELL_SIDE):
        _down_four(flat, offset[r], stride, int16(depth[r]), int16(slope[r]), ramp, RUN * r, runs)
    _along_four(runs, start, step, luma)


@formula
def _line(corners: Corners, sixteenths: int) -> tuple[int, int]:
    left = int32(corners[0] + int32(int32(int32(corners[2] - corners[0]) * sixteenths) >> 4))
    right = int32(corners[1] + int32(int32(int32(corners[3] - corners[1]) * sixteenths) >> 4))
    return left, right


@formula
def _run_line(left: int, right: int, top_left: int, top_right: int, column: int) -> tuple[int, int, int]:
    # The line as seen from the source columns: first row, depth below it and fall per column, 14 fractional bits.
    fall = ratio(float32(int32(top_right - top_left)), float32(int32(right - left)))
    first = int32(top_left - truncated(float32(int32(left - int32(column << 16))) * fall))
    slope = truncated(fall * float32(16384))
    row = int32(min(first, int32(first + int32(slope * int32(4 * (RUN - 1))))) >> 16)
    return row, int32(int32(first - int32(row << 16)) >> 2), slope


@inlined
def _down_four(
    flat: Plane, offset: int, stride: int, depth: int, slope: int, ramp: Halves, to: int, runs: Halves
) -> None:
    # Hermite form: p1 + t (p2 - p1) + t (1 - t) / 2 (bend + t (turn - bend)); its terms stay small enough for 16 bits.
    for s in range(RUN):
        t = int16(depth + product_low(slope, ramp[s]))
        q0, q1 = byte_at(flat, offset + s), byte_at(flat, offset + stride + s)
        q2, q3 = byte_at(flat, offset + 2 * stride + s), byte_at(flat, offset + 3 * stride + s)
        q4 = byte_at(flat, offset + 4 * stride + s)
        next_row = t >= int16(16384)
        p0, p1 = q1 if next_row else q0, q2 if next_row else q1
        p2, p3 = q3 if next_row else q2, q4 if next_row else q3
        whole = int16(t << 2)
        half = halved(whole)
        rise = int16(p2 - p1)
        bend, turn = int16(p1 - p0 - rise), int16(rise - (p3 - p2))
        bent = int16((bend << 4) + product_high(int16((turn - bend) << 5), half))
        curve = product_high(bent, product_high_unsigned(whole, int16(~whole)))
        put(runs, to + s, int16((p1 << 5) + product_high(int16(rise << 6), half) + curve))


@inlined
def _along_four(runs: Halves, start: Words, step: Words, luma: Words) -> None:
    first, phase, pairs = _cell_words(), _cell_words(), _pair_words()
    taps, weights = _cell_taps(), _cell_taps()
    for r in range(CELL_SIDE):
        for c in range(CELL_SIDE):
            place = int32(start[r] + int32(step[r] * int32(c)))
            first[CELL_SIDE * r + c] = int32(int32(place >> 16) + int32(RUN * r))
            phase[CELL_SIDE * r + c] = int32(int32(place >> 4) & 4092)
    for k in range(CELL):
        copy_eight_bytes(taps, 4 * k, runs, first[k])
        copy_eight_bytes(weights, 4 * k, _WEIGHTS, phase[k])
    for k in range(2 * CELL):
        pairs[k] = int32(
            int32(taps[2 * k]) * int32(weights[2 * k]) + int32(taps[2 * k + 1]) * int32(weights[2 * k + 1])
        )
    for k in range(CELL):
        mean = int32(int32(pairs[2 * k] + pairs[2 * k + 1] + 4096) >> 13)
        luma[k] = min(max(mean, int32(0)), int32(SAMPLE_MAX))


@inlined
def sample_chroma(flat: Plane, stride: int, x: Corners, y: Corners, u: Words, v: Words) -> None:
    """Bilinear samples of a flat bordered plane of u, v pairs at the 16 chroma sites of a regular cell."""
    runs, ramp, first, phase, taps = _chroma_runs(), _run_ramp(), _site_words(), _site_words(), _site_taps()
    for s in range(RUN):
        ramp[s] = int16(s >> 1)
    for r in range(SITE_SIDE):
        left, right = _line(x, int32(4 * r + 1))
        top_left, top_right = _line(y, int32(4 * r + 1))
        left, right = int32(left >> 1), int32(right >> 1)
        top_left, top_right = int32((top_left - PIXEL // 2) >> 1), int32((top_right - PIXEL // 2) >> 1)
        column = int32(left >> 16)
        row, depth, slope = _run_line(left, right, top_left, top_right, column)
        offset = (row + BORDER) * stride + 2 * (column + BORDER)
        _down_two(flat, offset, stride, int16(depth), int16(slope), ramp, RUN * r, runs)
        start, step = int32(left - int32(column << 16)), int32(int32(right - left) >> 2)
        for c in range(SITE_SIDE):
            place = int32(start + int32(step * int32(c)))
            first[SITE_SIDE * r + c] = int32(2 * int32(place >> 16) + int32(RUN * r))
            phase[SITE_SIDE * r + c] = int32(int32(place >> 2) & 16383)
    for k in range(SITES):
        copy_eight_bytes(taps, 4 * k, runs, first[k])
    for k in range(SITES):
        far, near = phase[k], int32(16384 - phase[k])
        u[k] = int32(int32(taps[4 * k] * near + taps[4 * k + 2] * far) + 8192) >> 14
        v[k] = int32(int32(taps[4 * k + 1] * near + taps[4 * k + 3] * far) + 8192) >> 14


@inlined
def _down_two(
    flat: Plane, offset: int, stride: int, depth: int, slope: int, ramp: Halves, to: int, runs: Halves
) -> None:
    for s in range(RUN):
        t = int16(depth + product_low(slope, ramp[s]))
        q0, q1 = byte_at(flat, offset + s), byte_at(flat, offset + stride + s)
        q2 = byte_at(flat, offset + 2 * stride + s)
        next_row = t >= int16(16384)
        p0, p1 = q1 if next_row else q0, q2 if next_row else q1
        put(runs, to + s, int16((p0 << 6) + product_high(int16((p1 - p0) << 7), halved(int16(t << 2)))))
