"""Lightning: a few flashes behind the clouds, each of several strokes with an after-glow."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.atmosphere.clock import Clock, smoothsteps
from firstframe.engines.parallax.atmosphere.scenery import Scenery
from firstframe.engines.parallax.atmosphere.veil import Veil, lattice
from firstframe.engines.parallax.scene.model import Map

_COLD = (9.0, -7.0)
_FLASH = (214.0, 137.0, 121.0)
_GLOOM_SECONDS = 1.6
_STROKE_SECONDS, _GLOW_SECONDS = 0.07, 0.34


@dataclass(frozen=True)
class Lightning:
    """Flashes, and where each of them lights the picture."""

    clock: Clock
    strokes: NDArray[np.float64]
    """(n, 3): moment in seconds, brightness, and the index of the flash it belongs to."""
    lit: tuple[Map, ...]
    """How much of a flash falls on each point of the lattice."""
    sky: tuple[Map, ...]
    """How much it lights up the air itself."""
    centres: tuple[float, ...]
    """Columns of the frame, in pixels, over which the flashes are."""
    gloom: float
    """Share of the daylight that the storm takes: before a bright day no flash is seen."""

    @classmethod
    def of(cls, scenery: Scenery, clock: Clock, seed: int, strength: float) -> Lightning:
        """A few flashes at moments of chance, over the sky where there is one, else from above."""
        rng = np.random.Generator(np.random.Philox(seed))
        x, y = lattice(scenery.size)
        count = 2 if clock.seconds < 8 else 4
        moments = (np.arange(count) + rng.uniform(0.25, 0.75, count)) / count * 0.8 + 0.1
        strokes = [
            (clock.seconds * moment + delay, strength * size, flash)
            for flash, moment in enumerate(moments)
            for delay, size in zip(np.cumsum([0, *rng.uniform(0.08, 0.19, 2)]), rng.uniform(0.55, 1.0, 3), strict=True)
        ]
        sky = scenery.mask("sky")
        up = smoothsteps((0.62 - y / scenery.size.height) / 0.6)
        open_sky = up if sky is None else scenery.at(cv2.GaussianBlur(sky, (0, 0), 1.5), x, y)
        lit, airy, centres = [], [], []
        for _ in range(count):
            centre = rng.uniform(0.15, 0.85) * scenery.size.width
            centres.append(centre)
            distance = np.hypot(x - centre, 1.4 * (y - 0.05 * scenery.size.height)) / scenery.size.short_edge
            near = 1 / (1 + (1.6 * distance) ** 2)
            lit.append(np.asarray((0.4 + 0.6 * near) * (0.55 + 0.45 * open_sky), np.float32))
            airy.append(np.asarray(near * open_sky, np.float32))
        gloom = 0.34 * (1 - scenery.darkness) * min(strength, 1.3)
        return cls(clock, np.asarray(strokes), tuple(lit), tuple(airy), tuple(centres), gloom)

    def lay(self, second: float, veil: Veil) -> None:
        """Light the picture with the flashes of the moment."""
        gloom = self.gloom * self.clock.presence(second, _GLOOM_SECONDS)
        if gloom > 0:
            veil.light(np.float32(-gloom) * np.ones_like(self.lit[0]), (0.0, 0.0))
        for flash, (lit, sky) in enumerate(zip(self.lit, self.sky, strict=True)):
            brightness = self.brightness(second, flash)
            if brightness > 0.004:
                veil.light(np.float32(2.0 * brightness) * lit, _COLD)
                veil.cover(np.float32(min(0.42 * brightness, 0.7)) * sky, _FLASH)

    def brightness(self, second: float, flash: int) -> float:
        """How bright a flash is at this moment: its strokes and their after-glow."""
        presence = self.clock.presence(second, 0.3)
        age = second - self.strokes[:, 0]
        struck = (age >= 0) & (self.strokes[:, 2] == flash)
        fading = 0.75 * np.exp(-age[struck] / _STROKE_SECONDS) + 0.25 * np.exp(-age[struck] / _GLOW_SECONDS)
        return presence * float((self.strokes[struck, 1] * fading).sum())
