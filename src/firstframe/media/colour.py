"""BT.709 limited-range colour: 8-bit RGB pictures to planar YUV 4:2:0 frames and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FrameSize

Plane = NDArray[np.uint8]


@dataclass(frozen=True)
class Yuv420:
    """One frame: BT.709 limited-range planes, `y` (H, W) and `u`, `v` (H/2, W/2), uint8, chroma left-sited."""

    y: Plane
    u: Plane
    v: Plane

    @classmethod
    def empty(cls, size: FrameSize) -> Yuv420:
        """A frame with uninitialised planes, to be filled in place."""
        half = (size.height // 2, size.width // 2)
        return cls(np.empty((size.height, size.width), np.uint8), np.empty(half, np.uint8), np.empty(half, np.uint8))
