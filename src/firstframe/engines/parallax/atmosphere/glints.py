"""Glints: where water shines in the picture, facets of its surface that catch the light for a moment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.atmosphere.chance import Numbers, lives, uniform
from firstframe.engines.parallax.atmosphere.clock import Clock, smoothstep, smoothsteps
from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.atmosphere.scenery import Scenery, blurred
from firstframe.engines.parallax.atmosphere.sprites import Sprites, sprites
from firstframe.engines.parallax.scene.model import Map
from firstframe.media.colour import to_yuv420

Indices = NDArray[np.int64]

_PLACE, _ASIDE, _DOWN, _LIFE, _START, _ONSET, _SIZE, _FORCE = range(30, 38)
_LIFE_SECONDS = (0.3, 0.85)
_BUILD_UP_SECONDS, _LAST_ONSET_SECONDS = 0.5, 0.6
_COUNT = 3600
"""Glints at once on water that fills the picture and shines all over."""
_RADIUS = (0.0007, 0.0019)
"""Half the height of a near glint, in short edges."""
_WIDE = (3.0, 7.0)
"""Width of a glint against its height: facets lie flat and are seen from above."""
_SHINING = (0.05, 0.3)
"""How much lighter than the rest of the water its highlights are, 0…1, for none and for all of the glints."""


@dataclass(frozen=True)
class Glints:
    """Flashes on the water, each life of each at another place."""

    scenery: Scenery
    clock: Clock
    seed: int
    places: Map
    """(n, 3): frame pixels x and y, and nearness 0…1, of points of the water."""
    likely: Map
    """(n,) share of the light on all places up to each."""
    colours: Map
    """(n, 2) chroma u and v of the light there, as codes about 128."""
    count: int
    force: float
    """How bright the brightest are, 0…1."""

    @classmethod
    def of(cls, scenery: Scenery, clock: Clock, seed: int, strength: float, water: Map) -> Glints | None:
        """Glints on the mask `water`, at the size of the scenery's maps; None where nothing on it shines."""
        wet = water > 0.5
        if not wet.any():
            return None
        usual, highlight = (float(n) for n in np.percentile(scenery.luma[wet], (50, 98)))
        least, full = _SHINING
        gleam = smoothstep((highlight - usual - least) / (full - least))
        if gleam <= 0:
            return None
        shine = np.clip((scenery.luma - usual) / (highlight - usual), 0, 1) * wet
        shine = np.asarray(shine + 1.5 * shine * np.clip(blurred(shine, 8.0), 0, 1), np.float32)
        rows, columns = np.nonzero(shine > 0.25)
        near = _nearness(scenery, rows, wet)
        light = np.cumsum(shine[rows, columns] / (0.35 + near), dtype=np.float64)
        height, width = shine.shape
        places = np.stack([(columns + 0.5) * scenery.size.width / width, (rows + 0.5) * scenery.size.height / height,
                           near], axis=1)  # fmt: skip
        share = float(len(rows)) / shine.size * scenery.size.width / scenery.size.height / 1.7
        return cls(
            scenery, clock, seed, places.astype(np.float32), (light / light[-1]).astype(np.float32),
            _chroma(scenery, rows, columns), max(round(_COUNT * share * gleam * min(strength, 2.0)), 12),
            (0.5 + 0.5 * gleam) * min(strength, 1.0) ** 0.5,
        )  # fmt: skip

    def sprites(self, second: float, lens: Lens) -> Sprites:
        """What flashes at this moment."""
        index = np.arange(self.count)
        lived = lives(second, self.seed, (_LIFE, _START), index, _LIFE_SECONDS)
        life = np.floor(lived).astype(np.int64)
        found = np.searchsorted(self.likely, uniform(self.seed, _PLACE, index, life))
        found = np.minimum(found, len(self.places) - 1)
        x, y = self._scattered(index, life, found)
        near, u, v = self.places[found, 2], *(128 + self.colours[found].T)
        # A glint is an image of what shines on the place, and no brighter.
        luma = 55 + 180 * np.minimum(1.35 * self.scenery.at(self.scenery.light, x, y), 1)
        x, y, scale = lens.to_frame(x, y, self.scenery.at(self.scenery.depth_smooth, x, y))
        small, large = _RADIUS
        bright = uniform(self.seed, _FORCE, index, life) ** 2
        flat = _WIDE[0] + (_WIDE[1] - _WIDE[0]) * uniform(self.seed, _SIZE, index, life)
        radius = (small + (large - small) * bright) * (0.3 + 0.7 * near) * np.float32(self.scenery.size.short_edge)
        flash = np.sin(np.pi * (lived - life)) ** 2 * (0.35 + 0.65 * bright) * np.float32(self.force)
        onset = uniform(self.seed, _ONSET, index) * np.float32(_LAST_ONSET_SECONDS)
        flash = flash * self.clock.presences(second, _BUILD_UP_SECONDS, onset)
        return sprites(
            x, y, np.asarray(radius * scale, np.float32), (luma, u, v), np.asarray(flash, np.float32), stretch=flat,
            cover=0.0,
        )  # fmt: skip

    def _scattered(
        self, index: Indices, life: Indices,
        found: Indices,
    ) -> tuple[Numbers, Numbers]:  # fmt: skip
        """Places in frame pixels, anywhere within the points of the maps that were found for them."""
        step = np.float32(self.scenery.size.width / self.scenery.luma.shape[1])
        aside, down = (uniform(self.seed, draw, index, life) - np.float32(0.5) for draw in (_ASIDE, _DOWN))
        return self.places[found, 0] + aside * step, self.places[found, 1] + down * step


def _nearness(scenery: Scenery, rows: Indices, wet: NDArray[np.bool_]) -> Map:
    """0 at the horizon, or where the water begins, to 1 at the lower rim."""
    height = len(wet)
    first = float(np.flatnonzero(wet.any(axis=1))[0]) / height
    horizon = scenery.scene.horizon if scenery.scene.horizon is not None else first
    share = ((rows + 0.5) / height - horizon) / max(1 - horizon, 0.1)
    return smoothsteps(np.clip(share, 0, 1)) * np.float32(0.5) + np.asarray(0.5 * np.clip(share, 0, 1), np.float32)


def _chroma(scenery: Scenery, rows: Indices, columns: Indices) -> Map:
    height, width = (n // 2 * 2 for n in scenery.luma.shape)
    planes = to_yuv420(np.ascontiguousarray(scenery.rgb[:height, :width]))
    at = np.minimum(rows // 2, height // 2 - 1), np.minimum(columns // 2, width // 2 - 1)
    return np.stack([plane[at].astype(np.float32) - 128 for plane in (planes.u, planes.v)], axis=1)
