"""Slow changes of daylight: shadows of clouds that pass over the land, and day that turns to dusk."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from firstframe.engines.parallax.atmosphere.clock import Clock, smoothstep, smoothsteps
from firstframe.engines.parallax.atmosphere.noise import Noise, clouds, look_up
from firstframe.engines.parallax.atmosphere.scenery import Scenery, blurred
from firstframe.engines.parallax.atmosphere.veil import Veil, lattice
from firstframe.engines.parallax.scene.model import Map


@dataclass(frozen=True)
class PassingShadows:
    """Light and shadow that wander over the picture, as under broken clouds or moving leaves."""

    clock: Clock
    depth: Map
    """How deep shadows are at each point of the lattice, 0…1."""
    x: Map
    y: Map
    drift: float
    pattern: Noise

    @classmethod
    def of(cls, scenery: Scenery, clock: Clock, seed: int, strength: float, heading: str | None) -> PassingShadows:
        """Shadows over all but the sky, wandering where the words say."""
        rng = np.random.Generator(np.random.Philox(seed))
        x, y = lattice(scenery.size)
        sky = scenery.mask("sky")
        ground = 1.0 if sky is None else 1 - 0.85 * scenery.at(cv2.GaussianBlur(sky, (0, 0), 3.0), x, y)
        side = {"left": -1.0, "right": 1.0}.get(heading or "", 1.0 if rng.random() < 0.5 else -1.0)
        per_px = 62 / scenery.size.short_edge
        depth = np.asarray(np.full_like(x, min(0.26 * strength, 0.55)) * ground, np.float32)
        return cls(clock, depth, x * np.float32(per_px), y * np.float32(1.5 * per_px), side * 8.5, clouds(rng, 80, 2.3))

    def lay(self, second: float, veil: Veil) -> None:
        """Shade the picture as at this moment: brighter here, darker there."""
        presence = self.clock.presence(second, 1.5)
        if presence > 0:
            cloud = look_up(self.pattern, self.x - np.float32(self.drift * second), self.y + np.float32(1.2 * second))
            shade = smoothsteps((cloud - 0.25) / 0.5) - np.float32(0.38)
            veil.light(-np.float32(presence) * self.depth * shade, (-10.0, 8.0))


@dataclass(frozen=True)
class Nightfall:
    """Day that turns to dusk: darker, first warmer, then bluer; lights that are on stay on."""

    clock: Clock
    strength: float
    dimming: Map
    """How much of the daylight is lost at each point of the lattice at the end, 0…1."""
    coloured: Map
    """How much the colour of the light changes there, 0…1: less where something shines by itself."""

    @classmethod
    def of(cls, scenery: Scenery, clock: Clock, strength: float) -> Nightfall:
        """Dusk over the whole picture; what is high up keeps more of its light, as the sky does."""
        x, y = lattice(scenery.size)
        sky = scenery.mask("sky")
        # Mostly by height and little by the outline of the sky: where that is wrong, it would glow.
        open_sky = 0.0 if sky is None else 0.1 * scenery.at(cv2.GaussianBlur(sky, (0, 0), 2.0), x, y)
        foot = 0.5 if scenery.scene.horizon is None else scenery.scene.horizon
        high = 0.0 if sky is None else 0.2 * smoothsteps(1.2 * (foot - y / scenery.size.height) / foot + 0.1)
        kept = open_sky + high
        around = blurred(scenery.luma, 16.0)
        lamp = cv2.GaussianBlur(np.clip((scenery.luma - around - 0.35) / 0.25, 0, 1), (0, 0), 2.0)
        shining = scenery.at(lamp, x, y)
        dimming = min(0.56 * strength, 0.75) * (1 - np.maximum(kept, 0.6 * shining))
        return cls(clock, strength, np.asarray(dimming, np.float32), np.asarray(1 - shining, np.float32))

    def lay(self, second: float, veil: Veil) -> None:
        """Dim and colour the picture as at this moment."""
        share = second / self.clock.seconds
        dusk = 0.5 - 0.5 * math.cos(2 * math.pi * share) if self.clock.loop else smoothstep(share)
        if dusk <= 0:
            return
        veil.light(-np.float32(dusk) * self.dimming)
        warm, blue = math.sin(math.pi * dusk) * min(self.strength, 1.3), dusk**2 * min(self.strength, 1.3)
        veil.tint(-13 * warm + 13 * blue, 11 * warm - 7 * blue, self.coloured)
