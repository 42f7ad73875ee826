"""The first frame at the sizes at which it is looked at. Knows pixels and colour spaces, nothing of what they show.

What is judged is judged on views made from the picture that was given: what a clip is made of does not depend on its
size.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import cv2
import numpy as np

from firstframe.engines.parallax.scene.filters import Size, blurred, shrunk_picture, slopes
from firstframe.engines.parallax.scene.memory import Memory
from firstframe.engines.parallax.scene.model import Map, Picture

ANALYSIS_LONG_SIDE = 480
CLOSER = 2
"""Pixels of the closer view per pixel at analysis size, along each side."""


def analysis_size(height: int, width: int) -> Size:
    """(h, w) of the analysis maps for a canvas: the long side is 480 pixels, the short one at least 8."""
    scale = ANALYSIS_LONG_SIDE / max(height, width)
    return max(8, round(height * scale)), max(8, round(width * scale))


@dataclass(frozen=True)
class Views:
    """One picture: the canvas (H, W, 3) RGB, and the same at analysis size (h, w, 3) and closer (2h, 2w, 3)."""

    canvas: Picture
    small: Picture
    close: Picture
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)
    """What was worked out about this picture so far."""

    @classmethod
    def of(cls, canvas: Picture, given: Picture | None = None) -> Views:
        """Views of a canvas that was made from the `given` picture, else of the canvas alone; by area averaging."""
        source = canvas if given is None else given
        height, width = analysis_size(*source.shape[:2])
        close = shrunk_picture(source, (CLOSER * height, CLOSER * width))
        return cls(canvas, shrunk_picture(close, (height, width)), close)

    def showing(self, canvas: Picture) -> Views:
        """The same views of another picture, all made from its canvas."""
        close = shrunk_picture(canvas, (self.close.shape[0], self.close.shape[1]))
        return Views(canvas, shrunk_picture(canvas, self.size), close)

    def closer(self) -> Views:
        """The same picture with the closer view in place of the canvas, whatever the canvas is."""
        return Views(self.close, self.small, self.close)

    @property
    def size(self) -> Size:
        """(h, w) of the analysis maps."""
        return self.small.shape[0], self.small.shape[1]

    @property
    def canvas_size(self) -> Size:
        """(H, W) of the canvas."""
        return self.canvas.shape[0], self.canvas.shape[1]

    def in_close(self, part: tuple[slice, slice]) -> tuple[slice, slice]:
        """The rows and columns of the closer view that rows and columns at analysis size stand for."""
        rows, columns = (slice(CLOSER * s.start, CLOSER * s.stop) for s in part)
        return rows, columns

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
        return np.asarray(cv2.cvtColor(self.small, cv2.COLOR_RGB2GRAY), np.uint8)

    @cached_property
    def guide(self) -> Map:
        """(h, w, 3) the small picture as 0…1."""
        return self.small.astype(np.float32) / np.float32(255)

    @cached_property
    def lab(self) -> Map:
        """(h, w, 3) CIE L 0…100, a, b of the small picture, float32."""
        return np.asarray(cv2.cvtColor(self.guide, cv2.COLOR_RGB2Lab), np.float32)

    @property
    def light(self) -> Map:
        """(h, w) CIE L 0…100 of the small picture."""
        return np.asarray(self.lab[..., 0])

    @cached_property
    def hsv(self) -> Map:
        """(h, w, 3) hue 0…360 degrees, saturation and value 0…1, float32."""
        return np.asarray(cv2.cvtColor(self.guide, cv2.COLOR_RGB2HSV), np.float32)

    @cached_property
    def detail(self) -> Map:
        """(h, w) fine contrast: RMS over about 9 pixels of what a 1.5-pixel blur removes, in L units."""
        fine = self.light - blurred(self.light, 1.5)
        return np.sqrt(blurred(fine * fine, 3.0))

    @cached_property
    def gradient(self) -> Map:
        """(h, w) colour gradient magnitude per pixel in Lab units."""
        right, down = slopes(blurred(self.lab, 1.0))
        return np.asarray(np.sqrt((right * right + down * down).sum(axis=2)), np.float32)
