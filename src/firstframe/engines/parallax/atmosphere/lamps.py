"""Lamps, windows and signs at night: each group of lights flickers a little, in its own time."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.atmosphere.clock import Clock, Flicker
from firstframe.engines.parallax.atmosphere.scenery import Scenery, blurred
from firstframe.engines.parallax.atmosphere.veil import Veil, lattice
from firstframe.engines.parallax.scene.model import Map

_BUILD_UP_SECONDS = 0.6
_GROUPS = 7
_BRIGHT = 0.72
_STUTTER_SECONDS = 0.09


def find_lamps(scenery: Scenery) -> NDArray[np.int32] | None:
    """Lights in the dark, numbered by group from 1, 0 elsewhere, at the size of the maps; None without any."""
    around = blurred(scenery.luma, 20.0)
    bright = ((scenery.luma > _BRIGHT) & (scenery.luma > 1.8 * around)).astype(np.uint8)
    for mirror in ("sky", "water"):  # what glows there is the sun or its reflection
        where = scenery.mask(mirror)
        bright = bright if where is None else bright * (where < 0.5).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(bright, np.ones((3, 3), np.uint8)))
    sizes = stats[1:, cv2.CC_STAT_AREA]
    order = np.argsort(-sizes, kind="stable")[: 4 * _GROUPS]
    lamps = [int(k) + 1 for k in order if 6 <= sizes[k] <= 0.02 * labels.size]
    if not lamps or count == 1:
        return None
    groups = np.zeros(labels.shape, np.int32)
    for rank, label in enumerate(lamps):
        groups[labels == label] = 1 + rank % _GROUPS
    return groups


@dataclass(frozen=True)
class Lamps:
    """Groups of lights, where they shine, and how they flicker."""

    clock: Clock
    strength: float
    shine: tuple[Map, ...]
    flickers: tuple[Flicker, ...]
    stutters: NDArray[np.float64]
    """Moments in seconds at which the first group fails for a blink."""

    @classmethod
    def of(cls, scenery: Scenery, clock: Clock, seed: int, strength: float, groups: NDArray[np.int32]) -> Lamps:
        """Flickering lights of the groups that `find_lamps` found."""
        rng = np.random.Generator(np.random.Philox(seed))
        x, y = lattice(scenery.size)
        shine = []
        for group in range(1, int(groups.max()) + 1):
            lamp = (groups == group).astype(np.float32)
            near, far = (np.maximum(blurred(lamp, sigma), 0) for sigma in (5.0, 26.0))
            glow = 0.75 * near / max(float(near.max()), 1e-6) + 0.35 * far / max(float(far.max()), 1e-6)
            shine.append(scenery.at(np.minimum(glow, 1), x, y))
        flickers = tuple(Flicker.between(clock, 0.4, 6.0, 0.7, rng) for _ in shine)
        return cls(clock, strength, tuple(shine), flickers, np.sort(rng.uniform(0.2, 0.85, 3)) * clock.seconds)

    def lay(self, second: float, veil: Veil) -> None:
        """Light the picture as the lamps do at this moment."""
        presence = self.clock.presence(second, _BUILD_UP_SECONDS)
        if presence <= 0:
            return
        gain = np.zeros_like(self.shine[0])
        for index, (shine, flicker) in enumerate(zip(self.shine, self.flickers, strict=True)):
            failing = self._failing(second) if index == 0 else 0.0
            gain += np.float32(0.13 * flicker.at(second) - 0.3 * failing) * shine
        veil.light(np.maximum(np.float32(presence * self.strength) * gain, np.float32(-0.6)))

    def _failing(self, second: float) -> float:
        return float(np.exp(-(((second - self.stutters) / _STUTTER_SECONDS) ** 2)).sum())
