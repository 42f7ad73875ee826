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
    copy_four_bytes,
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

LINE_WORDS = 5 * CELL_SIDE
"""Size of the array that describes the rows of a cell: five numbers each."""

_START, _STEP, _OFFSET, _DEPTH, _SLOPE = range(0, LINE_WORDS, CELL_SIDE)
_WIDEST = 13 * PIXEL  # eight steps whose last four taps still lie within the run
_NARROWEST = PIXEL
_TALLEST = 64 * PIXEL  # keeps the products of the bilinear lines within 32 bits

_run_ramp = stack_array(RUN, np.int16)
_luma_runs = stack_array(RUN * CELL_SIDE, np.int16)
_chroma_runs = stack_array(RUN * SITE_SIDE, np.int16)
_cell_words = stack_array(CELL, np.int32)
_site_words = stack_array(SITES, np.int32)
_cell_taps = stack_array(4 * CELL, np.int16)
_site_taps = stack_array(4 * SITES, np.int16)
_pair_words = stack_array(2 * CELL, np.int32)


def _weight_table() -> Halves:
    t = np.arange(1025) / 1024
    bow = t * (1 - t) / 2
    table = np.rint(np.stack([-bow, 1 - t + bow, t + bow, -bow], 1) * 16384).astype(np.int16)
    table[:, 1] += (16384 - table.sum(1)).astype(np.int16)
    return table.ravel()


_WEIGHTS = _weight_table()
"""Four weights with 14 fractional bits for phases of 0, 1/1024 … 1; each four sum to 16384."""


@formula
def is_regular(x: Corners, y: Corners, height: int, width: int) -> bool:
    """Whether a cell is upright, nearly level, of ordinary scale, and not farther outside than the border."""
    narrow, wide = min(x[1] - x[0], x[3] - x[2]), max(x[1] - x[0], x[3] - x[2])
    rise = max(abs(y[1] - y[0]), abs(y[3] - y[2]))
    tall = max(abs(x[2] - x[0]), abs(x[3] - x[1]), abs(y[2] - y[0]), abs(y[3] - y[1]))
    if narrow < _NARROWEST or wide > _WIDEST or max(tall, rise) > _TALLEST:
        return False
    if rise * ((7 * narrow >> 3) + 4 * PIXEL) > narrow * PIXEL:  # the columns in use fall by more than a row
        return False
    beside = min(x[0], x[2]) >= (2 - BORDER) * PIXEL and max(x[1], x[3]) <= width * PIXEL
    return (
        beside
        and min(min(y[0], y[1]), min(y[2], y[3])) >= (4 - BORDER) * PIXEL
        and max(max(y[0], y[1]), max(y[2], y[3])) <= (height + 8) * PIXEL
    )


@inlined
def trace_luma(x: Corners, y: Corners, stride: int, lines: Words) -> None:
    """Fill `lines` (LINE_WORDS) with how each row of a regular cell's luma runs through the source."""
    for r in range(CELL_SIDE):
        left, right = _line(x, int32(2 * r))
        high, low = _line(y, int32(2 * r))
        column = int32(int32(left >> 16) - 1)
        row = _run_line(left, right, high, low, column, 3, 2, r, lines)
        lines[_OFFSET + r] = int32(int32(row + BORDER - 1) * int32(stride) + column + BORDER)


@inlined
def trace_chroma(x: Corners, y: Corners, stride: int, lines: Words) -> None:
    """Fill `lines` with how each row of a regular cell's chroma sites runs through the plane of u, v pairs."""
    halves_x = int32(x[0] >> 1), int32(x[1] >> 1), int32(x[2] >> 1), int32(x[3] >> 1)
    halves_y = _half_down(y[0]), _half_down(y[1]), _half_down(y[2]), _half_down(y[3])
    for r in range(SITE_SIDE):
        left, right = _line(halves_x, int32(4 * r + 1))
        high, low = _line(halves_y, int32(4 * r + 1))
        column = int32(left >> 16)
        row = _run_line(left, right, high, low, column, 2, 1, r, lines)
        lines[_OFFSET + r] = int32(int32(row + BORDER) * int32(stride) + 2 * int32(column + BORDER))


@formula
def _half_down(y: int) -> int:
    # Chroma sites lie half a luma pixel below even rows.
    return int32((y - PIXEL // 2) >> 1)


@formula
def _line(corners: Corners, sixteenths: int) -> tuple[int, int]:
    left = int32(corners[0] + int32(int32(int32(corners[2] - corners[0]) * sixteenths) >> 4))
    right = int32(corners[1] + int32(int32(int32(corners[3] - corners[1]) * sixteenths) >> 4))
    return left, right


@inlined
def _run_line(
    left: int, right: int, high: int, low: int, column: int, log_samples: int, reach: int, r: int, lines: Words
) -> int:
    # The line as seen from the columns of the run: where samples start, and depth below the first row and fall per
    # column with 14 fractional bits. Returns the first row. `reach` is how far taps lie right of a sample.
    step = int32(int32(right - left) >> log_samples)
    ahead = int32(left - int32(column << 16))
    last = int32(int32(int32(ahead + int32(step * int32((1 << log_samples) - 1))) >> 16) + reach)
    fall = ratio(float32(int32(low - high)), float32(int32(right - left)))
    first = int32(high - truncated(float32(ahead) * fall))
    slope = truncated(fall * float32(16384))
    row = int32(min(first, int32(first + int32(slope * int32(4 * last)))) >> 16)
    lines[_START + r] = int32(ahead - int32((reach - 1) << 16))
    lines[_STEP + r], lines[_SLOPE + r] = step, slope
    lines[_DEPTH + r] = int32(int32(first - int32(row << 16)) >> 2)
    return row


@inlined
def sample_luma(flat: Plane, stride: int, lines: Words, luma: Words) -> None:
    """Piecewise parabolic samples of a flat bordered plane at the 64 luma positions of a regular cell."""
    runs, ramp = _luma_runs(), _run_ramp()
    for s in range(RUN):
        ramp[s] = int16(s)
    for r in range(CELL_SIDE):
        depth, slope = int16(lines[_DEPTH + r]), int16(lines[_SLOPE + r])
        _down_four(flat, lines[_OFFSET + r], stride, depth, slope, ramp, RUN * r, runs)
    _along_four(runs, lines, luma)


@inlined
def weigh(flat: Plane, stride: int, strength: int, lines: Words, weight: Words) -> None:
    """Bilinear opacity of a flat bordered matte times `strength` at those positions, with 15 fractional bits."""
    runs, ramp, first, phase, taps = _luma_runs(), _run_ramp(), _cell_words(), _cell_words(), _cell_taps()
    for s in range(RUN):
        ramp[s] = int16(s)
    for r in range(CELL_SIDE):
        depth, slope = int16(lines[_DEPTH + r]), int16(lines[_SLOPE + r])
        _down_two(flat, lines[_OFFSET + r] + stride, stride, depth, slope, ramp, RUN * r, runs)
    _spread(lines, CELL_SIDE, 1, 1, first, phase)
    for k in range(CELL):
        copy_four_bytes(taps, 2 * k, runs, first[k])
    for k in range(CELL):
        opacity = int32(taps[2 * k] * int32(16384 - phase[k]) + taps[2 * k + 1] * phase[k])
        weight[k] = int32(int32(int32(int32(int32(opacity >> 12) * 257) + 256) >> 9) * strength) >> 15


@inlined
def _down_four(
    flat: Plane, offset: int, stride: int, depth: int, slope: int, ramp: Halves, to: int, runs: Halves
) -> None:
    # p1 + t (p2 - p1) + t (1 - t) / 2 (p1 + p2 - p0 - p3): terms that stay small enough for 16 bits.
    for s in range(RUN):
        t = int16(depth + product_low(slope, ramp[s]))
        q0, q1 = byte_at(flat, offset + s), byte_at(flat, offset + stride + s)
        q2, q3 = byte_at(flat, offset + 2 * stride + s), byte_at(flat, offset + 3 * stride + s)
        q4 = byte_at(flat, offset + 4 * stride + s)
        next_row = t >= int16(16384)
        p0, p1 = q1 if next_row else q0, q2 if next_row else q1
        p2, p3 = q3 if next_row else q2, q4 if next_row else q3
        whole = int16(t << 2)
        rise, bow = int16(p2 - p1), int16(p1 + p2 - p0 - p3)
        line = int16((p1 << 5) + product_high(int16(rise << 6), halved(whole)))
        put(runs, to + s, int16(line + product_high(int16(bow << 4), product_high_unsigned(whole, int16(~whole)))))


@inlined
def _along_four(runs: Halves, lines: Words, luma: Words) -> None:
    first, phase, pairs = _cell_words(), _cell_words(), _pair_words()
    taps, weights = _cell_taps(), _cell_taps()
    _spread(lines, CELL_SIDE, 1, 0, first, phase)
    for k in range(CELL):
        copy_eight_bytes(taps, 4 * k, runs, first[k])
        copy_eight_bytes(weights, 4 * k, _WEIGHTS, 4 * (int32(phase[k] + 8) >> 4))
    for k in range(2 * CELL):
        pairs[k] = int32(
            int32(taps[2 * k]) * int32(weights[2 * k]) + int32(taps[2 * k + 1]) * int32(weights[2 * k + 1])
        )
    for k in range(CELL):
        mean = int32(int32(pairs[2 * k] + pairs[2 * k + 1] + 4096) >> 13)
        luma[k] = min(max(mean, int32(0)), int32(SAMPLE_MAX))


@inlined
def sample_chroma(flat: Plane, stride: int, lines: Words, u: Words, v: Words) -> None:
    """Bilinear samples of a flat bordered plane of u, v pairs at the 16 chroma sites of a regular cell."""
    runs, ramp, first, phase, taps = _chroma_runs(), _run_ramp(), _site_words(), _site_words(), _site_taps()
    for s in range(RUN):
        ramp[s] = int16(s >> 1)
    for r in range(SITE_SIDE):
        depth, slope = int16(lines[_DEPTH + r]), int16(lines[_SLOPE + r])
        _down_two(flat, lines[_OFFSET + r], stride, depth, slope, ramp, RUN * r, runs)
    _spread(lines, SITE_SIDE, 2, 0, first, phase)
    for k in range(SITES):
        copy_eight_bytes(taps, 4 * k, runs, first[k])
    for k in range(SITES):
        far, near = phase[k], int32(16384 - phase[k])
        u[k] = int32(int32(taps[4 * k] * near + taps[4 * k + 2] * far) + 8192) >> 14
        v[k] = int32(int32(taps[4 * k + 1] * near + taps[4 * k + 3] * far) + 8192) >> 14


@inlined
def _spread(lines: Words, side: int, lanes: int, ahead: int, first: Words, phase: Words) -> None:
    # Each sample's first tap in the runs and its distance from there with 14 fractional bits.
    for r in range(side):
        for c in range(side):
            place = int32(lines[_START + r] + int32(lines[_STEP + r] * int32(c)))
            first[side * r + c] = int32(lanes * int32(place >> 16) + int32(RUN * r + ahead))
            phase[side * r + c] = int32(int32(place >> 2) & 16383)


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
