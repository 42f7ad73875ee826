"""What the air must know of the picture: its light, its haze, and how near the things are that hide what is behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.scene.finds import TRUSTED
from firstframe.engines.parallax.scene.model import Map, Picture, Scene
from firstframe.media.colour import to_yuv420

Numbers = NDArray[np.float32]
Codes = tuple[float, float, float]
"""Luma, u and v as 8-bit BT.709 limited-range codes."""

_LONG_SIDE = 480
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
_NIGHT_LUMA, _DAY_LUMA = 0.22, 0.36


@dataclass(frozen=True)
class Scenery:
    """Maps over the first frame, (h, w) float32 with a long side of 480, and what was found in the picture."""

    scene: Scene
    size: FrameSize
    rgb: Picture
    """The first frame, shrunk."""
    luma: Map
    """0 black … 1 white."""
    light: Map
    """How bright the air is there: `luma` of the surroundings, lights spreading farther than shadows."""
    depth_inverse: Map
    """Of what is seen, with steps at the mattes of the layers."""
    depth_smooth: Map
    """The same without steps: what is laid over the picture must not tear where it is carried along."""
    darkness: float
    """0 by day … 1 by night."""
    spared: Map
    """1, but less over a face, where specks would look like blemishes."""
    haze: Codes
    """The colour that things fade to with distance."""

    @classmethod
    def of(cls, scene: Scene, first_frame: Picture, size: FrameSize) -> Scenery:
        """Measure the first frame (H, W, 3)."""
        scale = _LONG_SIDE / max(size.width, size.height)
        width, height = max(round(size.width * scale), 2), max(round(size.height * scale), 2)
        rgb = np.asarray(cv2.resize(first_frame, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
        luma = np.asarray(rgb.astype(np.float32) @ (_LUMA / 255), np.float32)
        return cls(
            scene,
            size,
            rgb,
            luma,
            _air_light(luma),
            _depth(scene, (width, height)),
            _resized(scene.single_depth_inverse, (width, height)),
            _darkness(luma),
            _spared(scene, luma.shape),
            _haze(rgb),
        )

    def at(self, values: NDArray[Any], x: Numbers, y: Numbers) -> Numbers:
        """A map at places of the first frame in frame pixels; beyond the border, its edge."""
        if not x.size:
            return np.empty_like(x)
        across, down = values.shape[1] / self.size.width, values.shape[0] / self.size.height
        column, row = (np.asarray(v, np.float32) for v in (x * across - 0.5, y * down - 0.5))
        found = cv2.remap(values, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(found, np.float32).reshape(x.shape)

    def clearance(self, lens: Lens, x: Numbers, y: Numbers, depth_inverse: Numbers) -> Numbers:
        """By how much things at places of this frame are nearer than what is seen behind them, in inverse depth."""
        was_x, was_y = lens.to_picture(x, y, depth_inverse)
        behind = self.at(self.depth_inverse, *lens.to_picture(x, y, self.at(self.depth_inverse, was_x, was_y)))
        return np.asarray(depth_inverse - behind, np.float32)

    def mask(self, kind: str) -> Map | None:
        """A class mask of the scene at the size of these maps, or None."""
        found = self.scene.classes.get(kind)
        if found is None:
            return None
        shrunk = cv2.resize(found, self.luma.shape[::-1], interpolation=cv2.INTER_LINEAR)
        return np.asarray(shrunk, np.float32)

    def subject(self) -> Map | None:
        """The subject's mask when its matte is trusted enough to be a layer."""
        return self.mask("subject") if self.scene.confidence >= TRUSTED else None


def codes(rgb: NDArray[np.uint8] | tuple[int, int, int]) -> Codes:
    """The codes of one sRGB colour."""
    frame = to_yuv420(np.tile(np.asarray(rgb, np.uint8), (2, 2, 1)))
    return float(frame.y[0, 0]), float(frame.u[0, 0]), float(frame.v[0, 0])


def blurred(values: NDArray[Any], sigma: float) -> NDArray[Any]:
    """`values` (h, w) or (h, w, 3) blurred by `sigma` samples; wide blurs on a shrunk copy, for speed."""
    step = max(1, int(sigma / 4))
    if step == 1:
        return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma))
    height, width = values.shape[:2]
    small = cv2.resize(values, (max(width // step, 2), max(height // step, 2)), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), sigma / step, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC))


def _air_light(luma: Map) -> Map:
    spread = luma
    for size in (5, 13, 31):
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        spread = np.maximum(spread, 0.8 * blurred(cv2.dilate(spread, disc), size / 2))
    return np.asarray(cv2.GaussianBlur(spread, (0, 0), 4.0), np.float32)


def _resized(values: Map, shape: tuple[int, int]) -> Map:
    return np.asarray(cv2.resize(values, shape, interpolation=cv2.INTER_LINEAR), np.float32)


def _depth(scene: Scene, shape: tuple[int, int]) -> Map:
    """Inverse depth of what is seen, with steps at outlines when the picture has any."""
    seen = scene.single_depth_inverse if scene.seen_depth_inverse is None else scene.seen_depth_inverse
    return _resized(seen, shape)


def _spared(scene: Scene, shape: tuple[int, ...]) -> Map:
    spared = np.ones(shape[:2], np.float32)
    if scene.face_box is not None:
        left, top, width, height = scene.face_box
        rows, columns = np.ogrid[: shape[0], : shape[1]]
        x = ((columns + 0.5) / shape[1] - left - width / 2) / (0.62 * width)
        y = ((rows + 0.5) / shape[0] - top - 0.52 * height) / (0.72 * height)
        spared -= 0.8 * np.clip(2.5 * (1 - np.hypot(x, y)), 0, 1).astype(np.float32)
    return spared


def _darkness(luma: Map) -> float:
    return float(np.clip((_DAY_LUMA - float(luma.mean())) / (_DAY_LUMA - _NIGHT_LUMA), 0, 1))


def _haze(rgb: Picture) -> Codes:
    """The colour of the brighter, greyer part of the picture, itself made greyer."""
    pixels = blurred(rgb, 3.0).reshape(-1, 3).astype(np.float32)
    bright, spread = pixels.max(axis=1), pixels.max(axis=1) - pixels.min(axis=1)
    score = bright - 1.2 * spread
    chosen = pixels[score >= np.percentile(score, 88)]
    chosen = chosen[chosen.max(axis=1) <= np.percentile(bright, 99)] if len(chosen) > 50 else chosen
    colour = chosen.mean(axis=0) if len(chosen) else pixels.mean(axis=0)
    grey = colour.mean()
    return codes(np.clip(grey + 0.75 * (colour - grey), 0, 255).astype(np.uint8))
