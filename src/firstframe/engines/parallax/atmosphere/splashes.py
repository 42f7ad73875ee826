"""Splashes: where drops of rain strike the ground or water, a flat ring that widens and fades."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.atmosphere.chance import lives, uniform
from firstframe.engines.parallax.atmosphere.clock import Clock, smoothsteps
from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.atmosphere.scenery import Scenery
from firstframe.engines.parallax.atmosphere.sprites import Sprites, sprites

Numbers = NDArray[np.float32]

_PLACE, _LIFE, _START, _ONSET, _SIZE = range(20, 25)
_LIFE_SECONDS = (0.17, 0.34)
_BUILD_UP_SECONDS, _LAST_ONSET_SECONDS = 0.35, 0.9
_COUNT = 700
_FLATNESS = 0.36
"""Height of a ring against its width, lying on the ground before a camera held level."""
_GROUND_BEGINS = 0.55
"""Row, as a share of the height, from which things are taken for ground where no horizon was found."""
_CLOSE_FACE = 0.22
"""Height of a face, as a share of the picture's, from which no ground can be in view."""
_LEAST_GROUND = 0.02


@dataclass(frozen=True)
class Splashes:
    """Strikes of drops on the ground, each life of each at another place."""

    scenery: Scenery
    clock: Clock
    seed: int
    places: NDArray[np.float32]
    """(n, 3): frame pixels x and y, and inverse depth, of points of the ground."""
    count: int

    @classmethod
    def of(cls, scenery: Scenery, clock: Clock, seed: int, strength: float) -> Splashes | None:
        """Splashes as dense as the rain; None where no ground is in view."""
        ground = _ground(scenery)
        if ground is None:
            return None
        rows, columns = np.nonzero(ground)
        height, width = ground.shape
        places = np.stack([(columns + 0.5) * scenery.size.width / width, (rows + 0.5) * scenery.size.height / height,
                           scenery.depth_inverse[rows, columns]], axis=1)  # fmt: skip
        count = round(_COUNT * strength * float(ground.mean()) * scenery.size.width / scenery.size.height / 1.7)
        return cls(scenery, clock, seed, places.astype(np.float32), max(count, 6))

    def sprites(self, second: float, lens: Lens) -> Sprites:
        """The rings of the moment."""
        index = np.arange(self.count)
        lived = lives(second, self.seed, (_LIFE, _START), index, _LIFE_SECONDS)
        life = np.floor(lived).astype(np.int64)
        age = (lived - life).astype(np.float32)
        place = self.places[(uniform(self.seed, _PLACE, index, life) * len(self.places)).astype(np.int64)]
        x, y, scale = lens.to_frame(place[:, 0], place[:, 1], place[:, 2])
        near = 0.25 + place[:, 2]
        size = (0.6 + 0.8 * uniform(self.seed, _SIZE, index, life)) * near
        widened = np.asarray(0.3 + 0.7 * np.sqrt(age), np.float32)
        radius = np.float32(0.0125 * self.scenery.size.short_edge) * size * widened * scale
        light = self.scenery.at(self.scenery.light, place[:, 0], place[:, 1])
        opacity = 0.95 * (1 - age) * smoothsteps(age / 0.12) * (0.45 + 0.55 * np.minimum(1.6 * light, 1))
        onset = uniform(self.seed, _ONSET, index) * np.float32(_LAST_ONSET_SECONDS)
        opacity = opacity * self.clock.presences(second, _BUILD_UP_SECONDS, onset)
        luma = 80 + 150 * np.minimum(light * 1.15 + 0.1, 1)
        return sprites(
            x, y, radius * np.float32(_FLATNESS), (luma, *self.scenery.haze[1:]), opacity,
            stretch=1 / _FLATNESS, direction=(1.0, 0.0), crisp=0.4, rim=1.6,
        )  # fmt: skip


def _ground(scenery: Scenery) -> NDArray[np.bool_] | None:
    """Where drops are seen to strike, at the size of the scenery's maps: below the horizon, before nothing upright."""
    scene, shape = scenery.scene, scenery.luma.shape
    if scene.face_box is not None and scene.face_box[3] > _CLOSE_FACE:
        return None
    begins = _GROUND_BEGINS if scene.horizon is None else min(scene.horizon + 0.06, 0.95)
    ground = np.broadcast_to((np.arange(shape[0]) >= begins * shape[0])[:, None], shape).copy()
    for kind in ("subject", "sky", "foliage"):
        mask = scenery.mask(kind)
        if mask is not None:
            ground &= cv2.dilate(mask, np.ones((3, 3), np.uint8)) < 0.3
    return ground if ground.mean() > _LEAST_GROUND else None
