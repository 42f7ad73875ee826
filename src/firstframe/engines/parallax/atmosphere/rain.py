"""Rain: drops as streaks of their motion blur, thin and many in the distance, few and long near the camera."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.atmosphere.chance import uniform
from firstframe.engines.parallax.atmosphere.clock import Clock, smoothsteps
from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.atmosphere.scenery import Scenery
from firstframe.engines.parallax.atmosphere.sprites import Sprites, sprites

Numbers = NDArray[np.float32]

SHUTTER_SECONDS = 1 / 48
FAR, NEAR = 0.28, 2.2
"""Inverse depths between which drops are drawn: farther ones are mist, nearer ones a blur."""
_BUILD_UP_SECONDS = 0.35
_LAST_ONSET_SECONDS = 0.75
_WIDER = 1.35
"""Width of the air that holds drops, in frame widths, so that a moving camera never sees its border."""
_X, _SLANT, _STRENGTH = range(3)


@dataclass(frozen=True)
class Rain:
    """Falling drops, sorted from far to near."""

    scenery: Scenery
    clock: Clock
    seed: int
    depth_inverse: Numbers
    start: Numbers
    """Where in its fall a drop is at second 0, 0…1."""
    onset: Numbers
    """Second at which it begins to show."""
    slant: float
    """Pixels to the right per pixel of fall."""
    speed: float
    """Frame heights per second at inverse depth 1."""

    @classmethod
    def of(cls, scenery: Scenery, clock: Clock, seed: int, strength: float, heading: str | None) -> Rain:
        """Rain as strong as the words say: more and faster drops, more slant with wind."""
        index = np.arange(round(2800 * strength**0.9 * scenery.size.width / scenery.size.height / 1.7))
        share = (index + 0.5) / len(index)
        side = {"left": -1.0, "right": 1.0}.get(heading or "", 0.0)
        lean = side * 0.24 if side else (float(uniform(seed, 9, index[:1])[0]) - 0.5) * 0.16
        return cls(
            scenery, clock, seed,
            depth_inverse=(FAR * (NEAR / FAR) ** (share**2.2)).astype(np.float32),
            start=uniform(seed, 7, index),
            onset=uniform(seed, 8, index) * np.float32(_LAST_ONSET_SECONDS),
            slant=lean * min(strength, 1.6) ** 0.5,
            speed=2.0 * min(strength, 2.0) ** 0.25,
        )  # fmt: skip

    def sprites(self, second: float, lens: Lens) -> Sprites:
        """The streaks of the moment."""
        frame, near = self.scenery.size, self.depth_inverse
        index = np.arange(len(near))
        falls = near * np.float32(self.speed * second / 1.3) + self.start
        life = np.floor(falls)
        y = ((falls - life) * 1.3 - 0.15) * frame.height
        slant = self.slant + (uniform(self.seed, _SLANT, index, life.astype(np.int64)) - 0.5) * np.float32(0.03)
        x = uniform(self.seed, _X, index, life.astype(np.int64)) - 0.5
        x = x * (frame.width * _WIDER + abs(self.slant) * frame.height) + 0.5 * frame.width
        x, y, scale = lens.to_frame(x + slant * (y - 0.5 * frame.height), y, near)
        shown = (np.abs(x / frame.width - 0.5) < 0.52) & (np.abs(y / frame.height - 0.5) < 0.56)
        return self._drawn(second, lens, index[shown], x[shown], y[shown], scale[shown], slant[shown])

    def _drawn(
        self,
        second: float,
        lens: Lens,
        index: NDArray[np.int64],
        x: Numbers,
        y: Numbers,
        scale: Numbers,
        slant: Numbers,
    ) -> Sprites:
        """Drops gather the light around them, and stand out only before what is darker."""
        frame, near = self.scenery.size, self.depth_inverse[index]
        light = self.scenery.at(self.scenery.light, *lens.to_picture(x, y, 0.4))
        luma = 75 + 155 * np.minimum(light * 1.15 + 0.1, 1)
        seen = smoothsteps(0.35 + self.scenery.clearance(lens, x, y, near) / 0.6)
        lit = 0.4 + 0.6 * np.minimum(light * 1.6, 1)
        strength = 0.7 + 0.6 * uniform(self.seed, _STRENGTH, index)
        opacity = 0.95 * seen * lit * strength / (0.6 + 0.4 * near)
        opacity = opacity * self.clock.presences(second, _BUILD_UP_SECONDS, self.onset[index])
        length = np.hypot(1, slant)
        streak = near * np.float32(0.5 * self.speed * frame.height * SHUTTER_SECONDS) * scale * length
        width = np.maximum(near**0.75 * np.float32(0.00078 * frame.short_edge) * scale, 0.35)
        return sprites(
            x,
            y,
            width,
            (luma, *self.scenery.haze[1:]),
            opacity,
            stretch=streak / width,
            direction=(slant / length, 1 / length),
        )
