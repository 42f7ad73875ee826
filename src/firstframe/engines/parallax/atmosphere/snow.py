"""Snow: flakes of all depths on swaying ways; the nearest are large, faint and out of focus."""

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

FAR, NEAR, FOCUS = 0.14, 2.8, 0.7
"""Inverse depths between which flakes are drawn, and of those that are sharp."""
_BUILD_UP_SECONDS = 0.7
_LAST_ONSET_SECONDS = 0.8
_WIDER = 1.4
"""Width of the air that holds flakes, in frame widths, so that a moving camera never sees its border."""
_SHUTTER_SECONDS = 1 / 48
_X = 0


@dataclass(frozen=True)
class Snow:
    """Falling flakes, sorted from far to near."""

    scenery: Scenery
    clock: Clock
    seed: int
    depth_inverse: Numbers
    pace: Numbers
    """Fall, in frame heights per second."""
    start: Numbers
    """Where in its fall a flake is at second 0, 0…1."""
    onset: Numbers
    """Second at which it begins to show."""
    swing: tuple[Numbers, Numbers, Numbers]
    """Phase in turns, turns per second and reach in frame heights of its swaying."""
    size: Numbers
    """Radius in short edges."""
    drift: Numbers
    """Wind, in frame heights per second to the right."""

    @classmethod
    def of(cls, scenery: Scenery, clock: Clock, seed: int, strength: float, heading: str | None) -> Snow:
        """Snow as the words say: more and faster flakes when strong, a slanted fall when it is blown."""
        count = round(3600 * strength * scenery.size.width / scenery.size.height / 1.7)
        index = np.arange(count)
        share = (index + 0.5) / count
        near = (FAR * (NEAR / FAR) ** (0.35 * share + 0.65 * share**9)).astype(np.float32)
        chances = [uniform(seed, 1 + draw, index) for draw in range(7)]
        side = {"left": -1.0, "right": 1.0}.get(heading or "", 0.0)
        breeze = 0.11 * side if side else (float(uniform(seed, 19, index[:1])[0]) - 0.5) * 0.07
        speed = 0.15 * strength**0.35
        return cls(
            scenery, clock, seed, near,
            pace=near * speed * (0.75 + 0.5 * chances[0]),
            start=chances[1],
            onset=chances[2] * _LAST_ONSET_SECONDS,
            swing=(chances[3], 0.12 + 0.3 * chances[4], near * (0.006 + 0.014 * chances[5])),
            size=0.0037 * near**0.8 * (0.6 + 0.8 * chances[6] ** 2),
            drift=near * np.float32(breeze * max(strength, 0.5) ** 1.2),
        )  # fmt: skip

    def sprites(self, second: float, lens: Lens) -> Sprites:
        """The flakes of the moment."""
        frame, near = self.scenery.size, self.depth_inverse
        falls = self.pace * np.float32(second / 1.2) + self.start
        life = np.floor(falls)
        phase, rate, reach = self.swing
        angle = (2 * np.pi) * (phase + rate * np.float32(second))
        y = ((falls - life) * 1.2 - 0.1 + 0.35 * reach * np.cos(2 * angle)) * frame.height
        width = frame.width * _WIDER
        x = uniform(self.seed, _X, np.arange(len(near)), life.astype(np.int64)) * width
        x = x + (self.drift * np.float32(second) + reach * np.sin(angle)) * frame.height
        x = np.mod(x, width) - (width - frame.width) / 2
        x, y, scale = lens.to_frame(x, y, near)
        shown = (np.abs(x / frame.width - 0.5) < 0.53) & (np.abs(y / frame.height - 0.5) < 0.53)
        return self._drawn(second, lens, np.flatnonzero(shown), x[shown], y[shown], scale[shown])

    def _drawn(
        self, second: float, lens: Lens, index: NDArray[np.int64], x: Numbers, y: Numbers, scale: Numbers
    ) -> Sprites:
        short = self.scenery.size.short_edge
        near, pace, drift = self.depth_inverse[index], self.pace[index], self.drift[index]
        flake = self.size[index] * short * scale
        out_of_focus = np.maximum(near - FOCUS, 0) * np.float32(0.0058 * short) * scale
        radius = np.hypot(flake, out_of_focus)
        opacity = np.minimum((flake / radius) ** 1.2, 1) * self.clock.presences(
            second, _BUILD_UP_SECONDS, self.onset[index]
        )
        light = self.scenery.at(self.scenery.light, *lens.to_picture(x, y, 0.4))
        luma = 85 + 148 * np.minimum(0.25 + 1.1 * light, 1)
        clear = smoothsteps(0.4 + self.scenery.clearance(lens, x, y, near) / 0.25)
        clear = clear * (0.4 + 0.6 * self.scenery.at(self.scenery.spared, *lens.to_picture(x, y, 0.8)))
        lit = 0.5 + 0.5 * np.minimum(1.8 * light, 1)
        speed = np.hypot(pace, drift)
        blur_px = 0.5 * speed * np.float32(self.scenery.size.height * _SHUTTER_SECONDS)
        return sprites(
            x, y, radius, (luma, *self.scenery.haze[1:]), opacity * clear * lit * np.float32(0.95),
            stretch=np.hypot(1, blur_px / radius), direction=(drift / speed, pace / speed),
        )  # fmt: skip
