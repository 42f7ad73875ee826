"""What a fire does to the light: flames that flare and dim, and surroundings that are lit by them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firstframe.engines.parallax.atmosphere.clock import Clock, Flicker
from firstframe.engines.parallax.atmosphere.noise import Noise, clouds, look_up
from firstframe.engines.parallax.atmosphere.scenery import Scenery, blurred
from firstframe.engines.parallax.atmosphere.veil import Veil, lattice
from firstframe.engines.parallax.scene.model import Map

WARM = (-46.0, 44.0)
"""Colour of what firelight adds, in chroma codes at white."""
REDDER = (24.0, -64.0)
"""Flames turn redder where they dim."""
HOTTER = (-24.0, 46.0)
"""Flames stay orange where they flare."""
_BUILD_UP_SECONDS = 0.6
_SPREAD = ((0.05, 0.5), (0.16, 0.35), (0.42, 0.32))
"""How far the light falls, in short edges, and how much of it."""


@dataclass(frozen=True)
class Firelight:
    """Flickering light in and around flames."""

    clock: Clock
    strength: float
    reach: Map
    """How much of the firelight falls on each point of the lattice, 0…1; none on the flames themselves."""
    flames: Map
    x: Map
    y: Map
    """Texel places of the lattice points in the noise of the flames."""
    quick: Flicker
    slow: Flicker
    tongues: Noise
    redness: float
    """How much redder flames turn where they dim; 0 for white sparks."""

    @classmethod
    def of(
        cls, scenery: Scenery, clock: Clock, seed: int, strength: float, flames: Map, redness: float = 1.0
    ) -> Firelight:
        """Light of the flames in a mask at the size of the scenery's maps."""
        rng = np.random.Generator(np.random.Philox(seed))
        x, y = lattice(scenery.size)
        reach = np.zeros_like(flames)
        for size, share in _SPREAD:
            spread = np.maximum(blurred(flames, size * min(flames.shape)), 0)
            reach += share * spread / max(float(spread.max()), 1e-6)
        texels_per_px = 300 / scenery.size.short_edge
        return cls(
            clock, strength,
            reach=scenery.at(np.minimum(reach, 1) * (1 - _burning(flames)), x, y),
            flames=scenery.at(blurred(flames, 2.0), x, y),
            x=x * np.float32(texels_per_px), y=y * np.float32(0.6 * texels_per_px),
            quick=Flicker.between(clock, 2.5, 9.5, 0.8, rng), slow=Flicker.between(clock, 0.4, 2.0, 0.5, rng),
            tongues=clouds(rng, 40, 1.6), redness=redness,
        )  # fmt: skip

    def lay(self, second: float, veil: Veil) -> None:
        """Light the picture as the fire does at this moment."""
        presence = self.clock.presence(second, _BUILD_UP_SECONDS)
        if presence <= 0:
            return
        flare = 0.10 * self.quick.at(second) + 0.11 * self.slow.at(second)
        rising = look_up(self.tongues, self.x, self.y + np.float32(95 * second)) - np.float32(0.5)
        share = np.float32(presence * self.strength)
        veil.light(share * np.float32(flare) * self.reach, WARM)
        waver = share * np.float32(0.6) * rising * self.flames
        # Brightened flames pale towards green, for red is full already: the tint holds them orange.
        veil.light(np.maximum(waver, 0), (self.redness * HOTTER[0], self.redness * HOTTER[1]))
        veil.light(np.float32(0.5) * np.minimum(waver, 0), (self.redness * REDDER[0], self.redness * REDDER[1]))


def _burning(flames: Map) -> Map:
    """0…1: the flames with their white-hot insides, which keep their colour when the light around them loses warmth."""
    return np.asarray(np.clip(5 * blurred(flames, 0.045 * min(flames.shape)), 0, 1), np.float32)
