"""Fog: two banks of cloudy noise that drift and change, thin before near things, in the colours of the haze."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firstframe.engines.parallax.atmosphere.clock import Clock, smoothsteps
from firstframe.engines.parallax.atmosphere.noise import Noise, clouds, look_up, refined
from firstframe.engines.parallax.atmosphere.scenery import Scenery, blurred
from firstframe.engines.parallax.atmosphere.veil import Veil, lattice
from firstframe.engines.parallax.scene.model import Map
from firstframe.media.colour import to_yuv420

_BUILD_UP_SECONDS = 1.4


@dataclass(frozen=True)
class Bank:
    """One sheet of drifting fog."""

    thickness: Map
    """Opacity where the fog is densest, (h, w) on the lattice."""
    texels_per_px: tuple[float, float]
    drift: tuple[float, float]
    """Texels per second along x and y."""
    shape: Noise
    warp: Noise


@dataclass(frozen=True)
class Fog:
    """Drifting fog over the whole picture."""

    clock: Clock
    x: Map
    y: Map
    """Frame pixels of every second lattice point: fog has no fine detail."""
    colour: tuple[Map, Map, Map]
    banks: tuple[Bank, ...]

    @classmethod
    def of(cls, scenery: Scenery, clock: Clock, seed: int, strength: float, heading: str | None) -> Fog:
        """Fog as dense as the words say, drifting where they say."""
        rng = np.random.Generator(np.random.Philox(seed))
        x, y = lattice(scenery.size)
        side = {"left": -1.0, "right": 1.0}.get(heading or "", 1.0 if rng.random() < 0.5 else -1.0)
        depth = scenery.at(scenery.depth_inverse, x, y)
        down = np.clip(y / scenery.size.height, 0, 1)
        far = np.power(1 - depth, 0.9) * (0.6 + 0.4 * smoothsteps(down / 0.6))
        near = (0.25 + 0.75 * (1 - depth)) * smoothsteps((down - 0.45) / 0.55)
        dense = 1 - np.exp(-2.3 * strength)
        short = scenery.size.short_edge
        banks = tuple(
            Bank(
                thickness=np.asarray(dense * share * where, np.float32),
                texels_per_px=(grain / short, 2.1 * grain / short),
                drift=(side * speed * grain, -0.012 * grain),
                shape=clouds(rng, 90, 1.9),
                warp=clouds(rng, 60, 2.2),
            )
            for share, where, grain, speed in ((1.0, far, 75.0, 0.07), (0.75, near, 60.0, 0.14))
        )
        return cls(clock, x[::2, ::2].copy(), y[::2, ::2].copy(), _colour(scenery, x, y), banks)

    def lay(self, second: float, veil: Veil) -> None:
        """Lay the fog of the moment."""
        presence = self.clock.presence(second, _BUILD_UP_SECONDS)
        if presence <= 0:
            return
        for index, bank in enumerate(self.banks):
            density = refined(self._density(bank, second + 31 * index), bank.thickness.shape)
            veil.cover(np.float32(presence) * bank.thickness * density, self.colour)

    def _density(self, bank: Bank, second: float) -> Map:
        along, down = (np.float32(n) for n in bank.texels_per_px)
        x = self.x * along - np.float32(bank.drift[0] * second)
        y = self.y * down - np.float32(bank.drift[1] * second)
        bend = look_up(
            bank.warp, x * np.float32(0.7) + np.float32(2.3 * second), y * np.float32(0.7) + np.float32(1.7 * second)
        )
        cloudy = look_up(bank.shape, x + 26 * bend, y + 18 * bend)
        return np.asarray(0.1 + 0.9 * smoothsteps((cloudy - 0.3) / 0.42), np.float32)


def _colour(scenery: Scenery, x: Map, y: Map) -> tuple[Map, Map, Map]:
    """What the air scatters towards the eye: the haze of the picture, in the broad light and colour of the place."""
    height, width = scenery.luma.shape
    broad = np.asarray(blurred(scenery.rgb, max(height, width) / 9), np.uint8)
    around = to_yuv420(broad[: height // 2 * 2, : width // 2 * 2])
    haze_luma, haze_u, haze_v = scenery.haze
    luma = scenery.at(around.y.astype(np.float32), x, y)
    u, v = (scenery.at(plane.astype(np.float32), x, y) for plane in (around.u, around.v))
    lift = 0.7 - 0.4 * scenery.darkness
    lifted = np.maximum(luma + lift * (haze_luma - luma), luma * 1.06 + 24)
    return (
        # Before what is white, fog is seen by its shade.
        np.asarray(np.minimum(lifted, 206 - 0.7 * np.maximum(np.maximum(luma, haze_luma) - 195, 0)), np.float32),
        np.asarray(0.7 * haze_u + 0.3 * u, np.float32),
        np.asarray(0.7 * haze_v + 0.3 * v, np.float32),
    )
