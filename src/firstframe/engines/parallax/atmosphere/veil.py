"""Everything that lies over the picture softly: on a lattice of every eighth pixel, how colours are changed there.

Veils and lights are laid out over the first frame, one after another, and carried along with what the camera sees;
then the frame is changed once.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.atmosphere.noise import refined
from firstframe.engines.parallax.atmosphere.scenery import Codes, Scenery
from firstframe.engines.parallax.native import compiled, float32, inlined, ratio
from firstframe.engines.parallax.scene.model import Map
from firstframe.media.colour import Plane, Yuv420

Values = NDArray[np.float32]
"""(8, rows, columns): how colours change at every lattice point."""
Numbers = NDArray[np.float32]

STEP_PX = 8
_MARGIN_SHARE = 0.14
"""Lattice beyond the frame on every side, in short edges: what a moving camera may come to see."""
_KEEP, _ADD, _BOOST, _KEEP_CHROMA, _ADD_U, _ADD_V, _TINT_U, _TINT_V = range(8)
_CHANNELS = 8
_EVERYWHERE = (slice(None), slice(None))
_PER_STEP = 1 / STEP_PX
_COARSE = 4
"""Lattice points between two that are traced through the lens."""
_ONE, _BLACK, _GREY, _PER_SPAN = float32(1), float32(16), float32(128), float32(1 / 219)
_HALF, _QUARTER = float32(0.5), float32(0.25)
_LOWEST, _HIGHEST = float32(1), float32(254)

# Ordered thresholds (Bayer 1973): slow changes in smooth areas show no contours.
_PAIR, _ONES = np.array([[0, 2], [3, 1]]), np.ones((2, 2), np.int64)
_DITHER = np.asarray(
    (
        16 * np.tile(_PAIR, (4, 4))
        + 4 * np.tile(np.kron(_PAIR, _ONES), (2, 2))
        + np.kron(_PAIR, np.kron(_ONES, _ONES))
        + 0.5
    )
    / 64,
    np.float32,
)


class Veil:
    """How colours change over one frame, and the lattice on which that is laid out.

    Luma Y above black becomes `keep`·Y + `add`, and `boost` more: Y·(1 + b)/(1 + b·Y²), which does not clip highlights.
    Chroma is scaled, shifted, and tinted by the light that is there.
    """

    def __init__(self, size: FrameSize) -> None:
        self.size = size
        self.margin = -(-round(size.short_edge * _MARGIN_SHARE) // STEP_PX)
        shape = (-(-size.height // STEP_PX) + 1 + 2 * self.margin, -(-size.width // STEP_PX) + 1 + 2 * self.margin)
        self.values = np.zeros((_CHANNELS, *shape), np.float32)
        self.values[_KEEP] = self.values[_KEEP_CHROMA] = 1
        self.is_empty = True

    def cover(
        self, opacity: Map, colour: Codes | tuple[Map, Map, Map], window: tuple[slice, slice] = _EVERYWHERE
    ) -> None:
        """Lay a veil of `opacity` 0…1 and one colour, or a colour per point, over everything so far within `window`."""
        self.is_empty = False
        part = self.values[:, *window]
        part *= 1 - opacity
        for channel, code, zero in zip((_ADD, _ADD_U, _ADD_V), colour, (16, 128, 128), strict=True):
            part[channel] += opacity * (np.asarray(code, np.float32) - np.float32(zero))

    def light(self, gain: Map | float, tint: tuple[float, float] = (0.0, 0.0)) -> None:
        """Make brighter (`gain` above 0) or darker, by that share; the added light has a colour, in codes at white."""
        self.is_empty = False
        brighter, kept = np.maximum(gain, 0), 1 + np.minimum(gain, 0)
        self.values *= kept
        self.values[_BOOST] += brighter
        for channel, shift in zip((_TINT_U, _TINT_V), tint, strict=True):
            if shift:
                self.values[channel] += np.float32(shift) * gain

    def tint(self, u: float, v: float, where: Map) -> None:
        """Shift the colour of the light, in codes at white, by as much as `where` says."""
        self.is_empty = False
        self.values[_TINT_U] += np.float32(u) * where
        self.values[_TINT_V] += np.float32(v) * where

    def apply(self, frame: Yuv420, lens: Lens, scenery: Scenery) -> None:
        """Change `frame`, seen through `lens`, in place."""
        if self.is_empty:
            return
        m = self.margin
        inner = self.values[:, m:-m, m:-m]
        seen = np.ascontiguousarray(inner) if lens.is_at_rest else self._carried(lens, scenery, inner.shape[1:])
        dither = np.tile(_DITHER, (1, seen.shape[2]))
        work = np.empty((12, dither.shape[1]), np.float32)
        _change_luma(seen, dither, work, frame.y)
        _change_chroma(seen, dither, work, frame.y, frame.u, frame.v)

    def _carried(self, lens: Lens, scenery: Scenery, shape: tuple[int, ...]) -> Values:
        """What was laid out, at the lattice points of this frame: it stays on the things that it was laid over."""
        rows, columns = (-(-(length - 1) // _COARSE) + 1 for length in shape)
        x, y = np.meshgrid(*(np.arange(n, dtype=np.float32) * (_COARSE * STEP_PX) for n in (columns, rows)))
        was_x, was_y = x, y
        for _ in range(2):
            was_x, was_y = lens.to_picture(x, y, scenery.at(scenery.depth_smooth, was_x, was_y))
        x, y = (_every_point(was * np.float32(_PER_STEP) + np.float32(self.margin), shape) for was in (was_x, was_y))
        seen = np.empty((_CHANNELS, *shape), np.float32)
        for channel, values in enumerate(self.values):
            cv2.remap(values, x, y, cv2.INTER_LINEAR, dst=seen[channel], borderMode=cv2.BORDER_REPLICATE)
        return seen


def change_luma_by(keep: Map, add: Map, plane: Plane) -> None:
    """Make `keep`·Y + `add` of all luma Y above black, in place; (rows, columns) at the lattice points of the frame."""
    seen = np.zeros((_CHANNELS, *keep.shape), np.float32)
    seen[_KEEP_CHROMA], seen[_KEEP], seen[_ADD] = 1, keep, add
    dither = np.tile(_DITHER, (1, seen.shape[2]))
    _change_luma(seen, dither, np.empty((12, dither.shape[1]), np.float32), plane)


def _every_point(coarse: Map, shape: tuple[int, ...]) -> Map:
    half = refined(coarse, (2 * coarse.shape[0] - 1, 2 * coarse.shape[1] - 1))
    return refined(half, (2 * half.shape[0] - 1, 2 * half.shape[1] - 1))[: shape[0], : shape[1]]


def lattice(size: FrameSize) -> tuple[Map, Map]:
    """Places of the lattice points in frame pixels, x and y, each (h, w)."""
    blank = Veil(size)
    rows, columns = blank.values.shape[1:]
    x = (np.arange(columns, dtype=np.float32) - blank.margin) * STEP_PX
    y = (np.arange(rows, dtype=np.float32) - blank.margin) * STEP_PX
    xs, ys = np.meshgrid(x, y)
    return np.asarray(xs, np.float32), np.asarray(ys, np.float32)


@compiled
def _change_luma(seen: Values, dither: Numbers, work: Numbers, plane: Plane) -> None:
    """Change all luma; `work` (12, lattice width in pixels) is overwritten."""
    for j in range(seen.shape[1] - 1):
        if _is_neutral(seen, j):
            continue
        for k in range(2):
            _spread(seen[_KEEP, j + k], STEP_PX, _HALF, work[k])
            _spread(seen[_ADD, j + k], STEP_PX, _HALF, work[2 + k])
            _spread(seen[_BOOST, j + k], STEP_PX, _HALF, work[4 + k])
        for y in range(STEP_PX * j, min(STEP_PX * (j + 1), plane.shape[0])):
            down = float32((y - STEP_PX * j + 0.5) / STEP_PX)
            _mix_luma(plane[y], dither[y % STEP_PX], down, work[0], work[1], work[2], work[3], work[4], work[5])


@compiled
def _change_chroma(seen: Values, dither: Numbers, work: Numbers, luma: Plane, u: Plane, v: Plane) -> None:
    """Change all chroma, after luma: tinting follows the light that is there."""
    half = STEP_PX // 2
    for j in range(seen.shape[1] - 1):
        if _is_neutral(seen, j):
            continue
        for k in range(2):
            _spread(seen[_KEEP_CHROMA, j + k], half, _QUARTER, work[k])
            _spread(seen[_BOOST, j + k], half, _QUARTER, work[2 + k])
            _spread(seen[_ADD_U, j + k], half, _QUARTER, work[4 + k])
            _spread(seen[_TINT_U, j + k], half, _QUARTER, work[6 + k])
            _spread(seen[_ADD_V, j + k], half, _QUARTER, work[8 + k])
            _spread(seen[_TINT_V, j + k], half, _QUARTER, work[10 + k])
        for y in range(half * j, min(half * (j + 1), u.shape[0])):
            down, above, threshold = float32((y - half * j + 0.5) / half), luma[2 * y], dither[y % STEP_PX]
            _mix_chroma(
                u[y], above, threshold, down, work[0], work[1], work[2], work[3], work[4], work[5], work[6], work[7]
            )
            _mix_chroma(
                v[y], above, threshold, down, work[0], work[1], work[2], work[3], work[8], work[9], work[10], work[11]
            )


@inlined
def _is_neutral(seen: Values, j: int) -> bool:
    """Whether nothing changes between the lattice rows `j` and `j + 1`."""
    change = float32(0)
    for k in range(_CHANNELS):
        neutral = float32(1 if k in (_KEEP, _KEEP_CHROMA) else 0)
        for i in range(seen.shape[2]):
            change = max(change, abs(seen[k, j, i] - neutral) + abs(seen[k, j + 1, i] - neutral))
    return change < float32(1e-5)


@inlined
def _spread(points: Numbers, step: int, offset: float, row: Numbers) -> None:
    """Interpolate between lattice points for every sample of a row."""
    for i in range(points.size - 1):
        left, growth = points[i], (points[i + 1] - points[i]) * float32(1 / step)
        for c in range(step):
            row[step * i + c] = left + growth * (float32(c) + offset)


@inlined
def _mix_luma(
    codes: Plane, dither: Numbers, down: float, keep: Numbers, keep_below: Numbers, add: Numbers, add_below: Numbers,
    boost: Numbers, boost_below: Numbers,
) -> None:  # fmt: skip
    for i in range(codes.size):
        luma = float32(codes[i]) - _BLACK
        share = luma * _PER_SPAN
        gain = keep[i] + (keep_below[i] - keep[i]) * down
        more = boost[i] + (boost_below[i] - boost[i]) * down
        gain += ratio(more * (_ONE - share * share), _ONE + more * share * share)
        value = luma * gain + (add[i] + (add_below[i] - add[i]) * down) + _BLACK + dither[i]
        codes[i] = np.uint8(np.int32(min(max(value, _LOWEST), _HIGHEST)))


@inlined
def _mix_chroma(
    codes: Plane, luma: Plane, dither: Numbers, down: float, keep: Numbers, keep_below: Numbers, boost: Numbers,
    boost_below: Numbers, add: Numbers, add_below: Numbers, tint: Numbers, tint_below: Numbers,
) -> None:  # fmt: skip
    for i in range(codes.size):
        share = (float32(luma[2 * i]) - _BLACK) * _PER_SPAN
        gain = keep[i] + (keep_below[i] - keep[i]) * down
        more = boost[i] + (boost_below[i] - boost[i]) * down
        gain += ratio(more * (_ONE - share * share), _ONE + more * share * share)
        shift = add[i] + (add_below[i] - add[i]) * down + (tint[i] + (tint_below[i] - tint[i]) * down) * share
        value = (float32(codes[i]) - _GREY) * gain + shift + _GREY + dither[i]
        codes[i] = np.uint8(np.int32(min(max(value, _LOWEST), _HIGHEST)))
