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

    @classmethod
    def of(cls, scenery: Scenery, clock: Clock, seed: int, strength: float) -> Lightning:
        """Two or three flashes at moments of chance, over the sky where there is one, else from above."""
        rng = np.random.Generator(np.random.Philox(seed))
        x, y = lattice(scenery.size)
        count = 2 if clock.seconds < 8 else 3
        moments = (np.arange(count) + rng.uniform(0.25, 0.75, count)) / count * 0.72 + 0.1
        strokes = [
            (clock.seconds * moment + delay, strength * size, flash)
            for flash, moment in enumerate(moments)
            for delay, size in zip(np.cumsum([0, *rng.uniform(0.08, 0.19, 2)]), rng.uniform(0.55, 1.0, 3), strict=True)
        ]
        sky = scenery.mask("sky")
        up = smoothsteps((0.62 - y / scenery.size.height) / 0.6)
        open_sky = up if sky is None else scenery.at(cv2.GaussianBlur(sky, (0, 0), 1.5), x, y)
        lit, airy = [], []
        for _ in range(count):
            centre = rng.uniform(0.15, 0.85) * scenery.size.width
            distance = np.hypot(x - centre, 1.4 * (y - 0.05 * scenery.size.height)) / scenery.size.short_edge
            near = 1 / (1 + (1.6 * distance) ** 2)
            lit.append(np.asarray((0.3 + 0.7 * near) * (0.45 + 0.55 * open_sky), np.float32))
            airy.append(np.asarray(near * open_sky, np.float32))
        return cls(clock, np.asarray(strokes), tuple(lit), tuple(airy))

    def lay(self, second: float, veil: Veil) -> None:
        """Light the picture with the flashes of the moment."""
        presence = self.clock.presence(second, 0.3)
        for flash, (lit, sky) in enumerate(zip(self.lit, self.sky, strict=True)):
            brightness = presence * self._brightness(second, flash)
            if brightness > 0.004:
                veil.light(np.float32(1.25 * brightness) * lit, _COLD)
                veil.cover(np.float32(min(0.3 * brightness, 0.6)) * sky, _FLASH)

    def _brightness(self, second: float, flash: int) -> float:
        age = second - self.strokes[:, 0]
        struck = (age >= 0) & (self.strokes[:, 2] == flash)
        fading = 0.75 * np.exp(-age[struck] / _STROKE_SECONDS) + 0.25 * np.exp(-age[struck] / _GLOW_SECONDS)
        return float((self.strokes[struck, 1] * fading).sum())
