"""The first frame at canvas size: all the detail that it has, and nothing that it has not.

Detail that the canvas lacks is lost as soon as the picture moves, and detail finer than a frame can hold comes and goes
with every fraction of a pixel. So canvases are made from the first frame and not from a larger picture, and by a
windowed sinc that is long enough to tell the two apart. What it would ring with beside strong outlines is cut off.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.native import compiled, stack_array
from firstframe.engines.parallax.scene.model import Map, Picture

REACH = 16
"""Pixels to either side that a new pixel is made of."""
BAND = 0.99
"""Where the kernel has fallen to a half, as a share of the finest detail that the picture can hold."""
OVERSHOOT = 0.25
"""By how much of the range of the 5 x 5 pixels around it a new pixel may leave that range."""
_ROLL_OFF = 3.0
_TAPS = 2 * REACH
_RUN = 64
SIDE_MIN = -(-_RUN // 3)

_sums = stack_array(_RUN, np.float32)


def enlarged(picture: Picture, width: int, height: int) -> Picture:
    """`picture` (h, w, 3), with sides of at least 22 pixels, at a size at least as large; mirrored at its sides.

    Raises `ValueError` when the picture is smaller or is to be shrunk.
    """
    if min(picture.shape[:2]) < SIDE_MIN or width < picture.shape[1] or height < picture.shape[0]:
        raise ValueError(f"cannot enlarge {picture.shape[1]} x {picture.shape[0]} to {width} x {height}")
    tall = _stretched(picture.astype(np.float32), height)
    wide = _stretched(np.asarray(cv2.transpose(tall), np.float32), width)
    rounded = cv2.addWeighted(wide, 1, wide, 0, 0, dtype=cv2.CV_8U)
    return _without_ringing(np.asarray(cv2.transpose(rounded), np.uint8), picture)


def _without_ringing(large: Picture, picture: Picture) -> Picture:
    """`large` within what is around every pixel of the `picture` that it was made from: even areas stay even."""
    around = np.ones((5, 5), np.uint8)
    low, high = cv2.erode(picture, around), cv2.dilate(picture, around)
    play = cv2.addWeighted(high, OVERSHOOT, low, -OVERSHOOT, 0)
    size = large.shape[1], large.shape[0]
    floor, ceiling = cv2.resize(cv2.subtract(low, play), size), cv2.resize(cv2.add(high, play), size)
    return np.asarray(cv2.min(cv2.max(large, floor), ceiling), np.uint8)


def _stretched(picture: Map, length: int) -> Map:
    """`picture` (n, m, 3) at (length, m, 3)."""
    rows, columns, channels = picture.shape
    place = (np.arange(length) + 0.5) * rows / length - 0.5
    first = np.floor(place).astype(np.int64)
    bordered = np.asarray(cv2.copyMakeBorder(picture, REACH, REACH, 0, 0, cv2.BORDER_REFLECT), np.float32)
    out = np.empty((length, columns * channels), np.float32)
    _mix(bordered.reshape(len(bordered), -1), first + 1, _weights(place - first), out)
    return out.reshape(length, columns, channels)


def _weights(phase: NDArray[np.float64]) -> Map:
    """(n, taps) weights of the pixels around places that lie `phase` behind the middle pair's first; they sum to 1."""
    away = phase[:, None] + REACH - 1 - np.arange(_TAPS)
    window = np.i0(_ROLL_OFF * np.sqrt(np.maximum(1 - (away / REACH) ** 2, 0)))
    weights = np.sinc(BAND * away) * window
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


@compiled
def _mix(source: Map, first: NDArray[np.int64], weights: Map, out: Map) -> None:
    """Every row of `out` as a weighted sum of rows of `source`; runs of columns, so that sums stay in registers."""
    sums = _sums()
    width = out.shape[1]
    for row in range(out.shape[0]):
        for start in range(0, width, _RUN):
            left = max(min(start, width - _RUN), 0)  # tells the compiler that no index is negative
            for c in range(_RUN):
                sums[c] = np.float32(0)
            for k in range(_TAPS):
                weight, at = weights[row, k], first[row] + k
                for c in range(_RUN):
                    sums[c] += weight * source[at, left + c]
            for c in range(_RUN):
                out[row, left + c] = sums[c]
