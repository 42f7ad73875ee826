"""The camera as the air sees it: from places in the first frame, at an inverse depth, to this frame and back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.engines.parallax.camera import FOCAL, Pose
from firstframe.engines.parallax.projection import rotation

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Lens:
    """One pose of the camera over a frame size; places are in frame pixels with the first one's centre at 0.5."""

    size: FrameSize
    turn: NDArray[np.float64]
    travel: tuple[float, float, float]
    focal_px: float
    focal_now_px: float

    @classmethod
    def of(cls, pose: Pose, size: FrameSize) -> Lens:
        """The lens of `pose`."""
        focal_px = FOCAL * size.short_edge
        return cls(size, rotation(pose), (pose.x, pose.y, pose.z), focal_px, focal_px * math.exp(pose.zoom))

    @property
    def is_at_rest(self) -> bool:
        """Whether every place is where it was in the first frame."""
        return not any(self.travel) and self.focal_now_px == self.focal_px and bool((self.turn == np.eye(3)).all())

    def to_frame(self, x: Numbers, y: Numbers, depth_inverse: Numbers | float) -> tuple[Numbers, Numbers, Numbers]:
        """Where places of the first frame are now, and how many times as large things look there."""
        tx, ty, tz = self.travel
        near = np.maximum(1 - depth_inverse * tz, 0.05)
        u = ((x - self.size.width / 2) / self.focal_px - depth_inverse * tx) / near
        v = ((y - self.size.height / 2) / self.focal_px - depth_inverse * ty) / near
        seen = [self.turn[0, k] * u + self.turn[1, k] * v + self.turn[2, k] for k in range(3)]
        scale = self.focal_now_px / seen[2]
        now_x = seen[0] * scale + self.size.width / 2
        now_y = seen[1] * scale + self.size.height / 2
        return _single(now_x), _single(now_y), _single(scale / (self.focal_px * near))

    def to_picture(self, x: Numbers, y: Numbers, depth_inverse: Numbers | float) -> tuple[Numbers, Numbers]:
        """Where in the first frame that was which lies at these places now."""
        u, v = (x - self.size.width / 2) / self.focal_now_px, (y - self.size.height / 2) / self.focal_now_px
        seen = [self.turn[k, 0] * u + self.turn[k, 1] * v + self.turn[k, 2] for k in range(3)]
        tx, ty, tz = self.travel
        near = 1 - depth_inverse * tz
        was_x = (depth_inverse * tx + near * seen[0] / seen[2]) * self.focal_px + self.size.width / 2
        was_y = (depth_inverse * ty + near * seen[1] / seen[2]) * self.focal_px + self.size.height / 2
        return _single(was_x), _single(was_y)


def _single(values: NDArray[np.float64] | Numbers) -> Numbers:
    return np.asarray(values, np.float32)
