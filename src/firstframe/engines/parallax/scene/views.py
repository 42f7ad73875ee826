"""The first frame at the sizes at which it is looked at. Knows pixels and colour spaces, nothing of what they show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from firstframe.engines.parallax.scene.model import Map, Picture

ANALYSIS_LONG_SIDE = 480


def analysis_size(height: int, width: int) -> tuple[int, int]:
    """(h, w) of the analysis maps for a canvas: the long side is 480 pixels, the short one at least 8."""
    scale = ANALYSIS_LONG_SIDE / max(height, width)
    return max(8, round(height * scale)), max(8, round(width * scale))


@dataclass(frozen=True)
class Views:
    """One picture: the canvas (H, W, 3) RGB and the same shrunk to analysis size (h, w, 3)."""

    canvas: Picture
    small: Picture

    @classmethod
    def of(cls, canvas: Picture) -> Views:
        """Shrink the canvas once, by area averaging."""
        height, width = analysis_size(*canvas.shape[:2])
        way = cv2.INTER_AREA if max(canvas.shape[:2]) >= ANALYSIS_LONG_SIDE else cv2.INTER_LINEAR
        return cls(canvas, np.ascontiguousarray(cv2.resize(canvas, (width, height), interpolation=way)))

    @property
    def size(self) -> tuple[int, int]:
        """(h, w) of the analysis maps."""
        return self.small.shape[0], self.small.shape[1]

    @property
    def canvas_size(self) -> tuple[int, int]:
        """(H, W) of the canvas."""
        return self.canvas.shape[0], self.canvas.shape[1]

    def on_canvas(self, part: tuple[slice, slice]) -> tuple[slice, slice]:
        """The rows and columns of the canvas that rows and columns at analysis size stand for."""
        rows, columns = (
            slice(round(s.start * big / small), round(s.stop * big / small))
            for s, big, small in zip(part, self.canvas_size, self.size, strict=True)
        )
        return rows, columns

    @cached_property
    def grey(self) -> Picture:
        """(h, w) uint8 luma of the small picture."""
        return cv2.cvtColor(self.small, cv2.COLOR_RGB2GRAY)

    @cached_property
    def lab(self) -> Map:
        """(h, w, 3) CIE L 0…100, a, b of the small picture, float32."""
        return cv2.cvtColor(self.small.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)

    @cached_property
    def hsv(self) -> Map:
        """(h, w, 3) hue 0…360 degrees, saturation and value 0…1, float32."""
        return cv2.cvtColor(self.small.astype(np.float32) / 255, cv2.COLOR_RGB2HSV)

    @cached_property
    def detail(self) -> Map:
        """(h, w) fine contrast: RMS over about 9 pixels of what a 1.5-pixel blur removes, in L units."""
        light = self.lab[..., 0]
        fine = light - cv2.GaussianBlur(light, (0, 0), 1.5)
        return np.sqrt(cv2.GaussianBlur(fine * fine, (0, 0), 3.0))

    @cached_property
    def gradient(self) -> Map:
        """(h, w) colour gradient magnitude per pixel in Lab units."""
        soft = cv2.GaussianBlur(self.lab, (0, 0), 1.0)
        dx = cv2.Sobel(soft, cv2.CV_32F, 1, 0) / 8
        dy = cv2.Sobel(soft, cv2.CV_32F, 0, 1) / 8
        return np.sqrt((dx * dx + dy * dy).sum(axis=2))
