"""Sunbeams: soft shafts from the brightest place of the sky that slowly change."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from firstframe.engines.parallax.atmosphere.clock import Clock, smoothsteps
from firstframe.engines.parallax.atmosphere.noise import Noise, clouds, look_up
from firstframe.engines.parallax.atmosphere.scenery import Codes, Scenery, codes
from firstframe.engines.parallax.atmosphere.veil import Veil, lattice
from firstframe.engines.parallax.scene.model import Map

_BUILD_UP_SECONDS = 1.6
_LIGHT, _SHADE = 0.72, 0.28
"""Opacity of a shaft before the dark, and how much darker it is between two."""


def find_sun(scenery: Scenery) -> tuple[float, float] | None:
    """Frame pixel of the brightest place of the sky; None when it does not glare.

    Without a sky, what glares at the top of the picture is lit by a sun farther up, for blossoms and snow glare too.
    """
    height, width = scenery.luma.shape
    sky = scenery.mask("sky")
    top = np.repeat((np.arange(height) < 0.2 * height)[:, None], width, axis=1).astype(np.float32)
    where, least, outshining = (top, 0.88, 0.4) if sky is None else (sky, 0.75, 0.22)
    bright = cv2.GaussianBlur(scenery.luma * where, (0, 0), 5.0)
    row, column = (int(n) for n in np.unravel_index(int(bright.argmax()), bright.shape))
    usual = float(np.median(scenery.luma[where > 0.5])) if (where > 0.5).any() else 1.0
    if bright[row, column] < least or bright[row, column] - usual < outshining:
        return None
    if sky is None:
        return sun_above(scenery)
    return (column + 0.5) * scenery.size.width / width, (row + 0.5) * scenery.size.height / height


def sun_above(scenery: Scenery) -> tuple[float, float]:
    """Frame pixel above the picture whence the light of its brighter side may come, where no sun is seen."""
    columns = scenery.luma[: max(1, len(scenery.luma) // 3)].mean(axis=0)
    weight = np.maximum(columns - np.percentile(columns, 40), 1e-3)
    side = float((weight * np.linspace(0, 1, len(columns))).sum() / weight.sum())
    # Light from one side is what shafts are seen by.
    side = 0.5 + 0.35 * (1 if side >= 0.5 else -1)
    return side * scenery.size.width, -0.16 * scenery.size.short_edge


@dataclass(frozen=True)
class Sunbeams:
    """Shafts that fan out from the sun."""

    clock: Clock
    strength: float
    angle: Map
    """Direction from the sun, in texels of the noise."""
    distance: Map
    """From the sun, in short edges."""
    veil: Map
    """How bright shafts may be at each point of the lattice."""
    colour: Codes
    shafts: Noise

    @classmethod
    def of(cls, scenery: Scenery, clock: Clock, seed: int, strength: float, sun: tuple[float, float]) -> Sunbeams:
        """Shafts from `sun`, a frame pixel that may lie outside the frame."""
        rng = np.random.Generator(np.random.Philox(seed))
        x, y = lattice(scenery.size)
        short = scenery.size.short_edge
        dx, dy = (x - sun[0]) / short, (y - sun[1]) / short
        distance = np.hypot(dx, dy)
        # Beams are seen before darker things, downwards of their opening in the clouds.
        shade = 1 - 0.75 * scenery.at(cv2.GaussianBlur(scenery.luma, (0, 0), 6.0), x, y)
        shade = shade * (0.4 + 0.6 * scenery.at(cv2.GaussianBlur(scenery.spared, (0, 0), 6.0), x, y))
        downward = 0.25 + 0.75 * smoothsteps(0.5 + 0.9 * dy / (distance + 0.05))
        fade = smoothsteps(distance / 0.12) / (
            1 + (distance / (0.85 * max(scenery.size.width, scenery.size.height) / short)) ** 2
        )
        return cls(
            clock, strength,
            angle=np.asarray(np.arctan2(dx, dy) * 44, np.float32), distance=np.asarray(distance, np.float32),
            veil=np.asarray(shade * downward * fade, np.float32), colour=_colour(scenery, sun),
            shafts=clouds(rng, 26, 1.2),
        )  # fmt: skip

    def lay(self, second: float, veil: Veil) -> None:
        """Lay the shafts of the moment."""
        presence = self.clock.presence(second, _BUILD_UP_SECONDS)
        if presence <= 0:
            return
        softly = np.float32(3.5) * self.distance
        one = look_up(self.shafts, self.angle + np.float32(1.1 * second), softly + np.float32(2.2 * second))
        two = look_up(self.shafts, 1.9 * self.angle - np.float32(1.7 * second), softly + np.float32(128 - 1.6 * second))
        shafts = smoothsteps((0.6 * one + 0.4 * two - 0.36) / 0.34)
        share = np.float32(presence * self.strength) * self.veil
        # What lies between the shafts is shaded by what parts them: without it, beams over a bright picture are pale.
        veil.light(-np.minimum(np.float32(_SHADE) * share * (1 - shafts), np.float32(0.5)))
        veil.cover(np.minimum(np.float32(_LIGHT) * share * (0.12 + 0.88 * shafts), np.float32(0.75)), self.colour)


def _colour(scenery: Scenery, sun: tuple[float, float]) -> Codes:
    """That of what shines; a sun that is not in the picture is a little warmer than its haze."""
    row, column = (
        int(place * length / edge)
        for place, length, edge in zip(
            sun[::-1], scenery.luma.shape, (scenery.size.height, scenery.size.width), strict=True
        )
    )
    if not (0 <= row < scenery.luma.shape[0] and 0 <= column < scenery.luma.shape[1]) or sun[1] < 0:
        _, u, v = scenery.haze
        return 226.0, min(u, 128.0) - 5, max(v, 126.0) + 5
    return (226.0, *codes(scenery.rgb[row, column])[1:])
