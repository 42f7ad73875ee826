"""`Canvas`: one layer made ready for the warp kernel. Planes, borders and a coarse map of its matte; no geometry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firstframe.media.colour import Plane, Yuv420

BORDER = 16
"""Replicated pixels around every plane, so that interpolation near the edge needs no special case."""
BLOCK = 8
"""Side of the squares of the matte whose content is known without looking, in canvas pixels."""
SIDE_MAX = 16000
"""Longest side: positions are 16.16 fixed point in 32 bits."""

Counts = NDArray[np.int32]


@dataclass(frozen=True)
class Canvas:
    """One layer ready for warping: straight colour, matte, and what lets the kernel skip work; uint8 unless said."""

    luma: Plane
    """(H + 32, W + 32): luma with its border."""
    chroma: Plane
    """(H/2 + 32, W/2 + 32, 2): u and v side by side, with their border."""
    matte: Plane | None
    """(H + 32, W + 32): opacity 0…255 with its border; None means opaque everywhere."""
    visible: Counts
    """(rows + 1, columns + 1) int32 summed-area table of the blocks with any opacity above 0."""
    translucent: Counts
    """(rows + 1, columns + 1) int32 summed-area table of the blocks with any opacity below 255."""

    @property
    def y(self) -> Plane:
        """(H, W) luma."""
        return self.luma[BORDER:-BORDER, BORDER:-BORDER]

    @property
    def u(self) -> Plane:
        """(H/2, W/2) first chroma plane."""
        return self.chroma[BORDER:-BORDER, BORDER:-BORDER, 0]

    @property
    def v(self) -> Plane:
        """(H/2, W/2) second chroma plane."""
        return self.chroma[BORDER:-BORDER, BORDER:-BORDER, 1]

    @property
    def alpha(self) -> Plane | None:
        """(H, W) opacity, or None for an opaque layer."""
        return None if self.matte is None else self.matte[BORDER:-BORDER, BORDER:-BORDER]

    @classmethod
    def from_planes(cls, frame: Yuv420, alpha: NDArray[np.uint8] | None) -> Canvas:
        """Copy a layer's planes and its (H, W) matte; both sides must be even.

        Raises `ValueError` when the shapes do not fit together or a side is odd or too long.
        """
        height, width = frame.y.shape
        _check_shapes(frame, alpha)
        rows, columns = -(-height // BLOCK), -(-width // BLOCK)
        none = np.zeros((rows + 1, columns + 1), np.int32)
        return cls(
            luma=_bordered(frame.y),
            chroma=_bordered(np.dstack([frame.u, frame.v])),
            matte=None if alpha is None else _bordered(alpha),
            visible=none if alpha is None else _summed_blocks(alpha > 0),
            translucent=none if alpha is None else _summed_blocks(alpha < 255),
        )


def _check_shapes(frame: Yuv420, alpha: NDArray[np.uint8] | None) -> None:
    height, width = frame.y.shape
    half = (height // 2, width // 2)
    if height % 2 or width % 2 or max(height, width) > SIDE_MAX:
        raise ValueError(f"canvas is {width} x {height}; both sides must be even and at most {SIDE_MAX}")
    if frame.u.shape != half or frame.v.shape != half:
        raise ValueError(f"chroma planes must have shape {half}")
    if alpha is not None and alpha.shape != (height, width):
        raise ValueError(f"alpha has shape {alpha.shape}, the picture {(height, width)}")


def _bordered(plane: Plane) -> Plane:
    widths = [(BORDER, BORDER), (BORDER, BORDER), (0, 0)][: plane.ndim]
    return np.ascontiguousarray(np.pad(plane, widths, mode="edge"), np.uint8)


def _summed_blocks(mask: NDArray[np.bool_]) -> Counts:
    height, width = mask.shape
    squares = np.pad(mask, ((0, -height % BLOCK), (0, -width % BLOCK)), mode="edge")
    any_set = squares.reshape(-(-height // BLOCK), BLOCK, -(-width // BLOCK), BLOCK).any(axis=(1, 3))
    return np.pad(any_set.cumsum(0, np.int32).cumsum(1, np.int32), ((1, 0), (1, 0)))
