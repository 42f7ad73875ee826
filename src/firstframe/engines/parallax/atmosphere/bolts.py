"""Bolts: the jagged path of a flash of lightning across the open sky, seen while its strokes last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.atmosphere.lightning import Lightning
from firstframe.engines.parallax.atmosphere.scenery import Codes, Scenery
from firstframe.engines.parallax.atmosphere.sprites import Sprites, sprites
from firstframe.engines.parallax.scene.model import Map

Points = NDArray[np.float64]

_HALVINGS = 7
_JAG = 0.16
"""How far the middle of a stretch is moved aside, in lengths of the stretch."""
_BRANCHES = 4
_COLOUR: Codes = (235.0, 134.0, 124.0)
_CORE, _GLOW = 0.0012, 0.012
"""Half the width of the channel and of the glow around it, in short edges."""
_LEAST_SKY = 0.12
_SEEN_FROM = 0.12
"""Brightness of a stroke from which its channel is seen; its after-glow has none."""


@dataclass(frozen=True)
class Bolts:
    """One path per flash, as stretches that are each drawn as a thin ellipse."""

    lightning: Lightning
    scenery: Scenery
    paths: tuple[Map, ...]
    """Per flash (n, 6): middle x and y in frame pixels, half the length, direction x and y, and weight 0…1."""

    @classmethod
    def of(cls, scenery: Scenery, lightning: Lightning, seed: int) -> Bolts | None:
        """Paths from the upper border down to the foot of the sky; None where too little sky is open."""
        sky = scenery.mask("sky")
        if sky is None or float(sky.mean()) < _LEAST_SKY:
            return None
        rng = np.random.Generator(np.random.Philox(seed))
        paths = tuple(_path(scenery, sky, centre, rng) for centre in lightning.centres)
        return cls(lightning, scenery, paths)

    def sprites(self, second: float, lens: Lens) -> Sprites:
        """What is seen of the channels at this moment."""
        drawn = [
            self._drawn(path, min(1.2 * (brightness - _SEEN_FROM), 1.0), lens)
            for flash, path in enumerate(self.paths)
            if (brightness := self.lightning.brightness(second, flash)) > _SEEN_FROM
        ]
        return np.concatenate(drawn) if drawn else np.zeros((0, 13), np.float32)

    def _drawn(self, path: Map, brightness: float, lens: Lens) -> Sprites:
        short = self.scenery.size.short_edge
        x, y, scale = lens.to_frame(path[:, 0], path[:, 1], 0.02)
        half, along_x, along_y, weight = path[:, 2:].T
        rows = []
        for width, opacity in ((_GLOW, 0.22), (_CORE, 1.0)):
            radius = np.asarray(width * short * scale * (0.35 + 0.65 * weight), np.float32)
            shown = np.asarray(opacity * brightness * weight, np.float32)
            stretch = (half * scale + radius) / radius
            cover = 0.0 if width == _GLOW else 0.7
            rows.append(sprites(x, y, radius, _COLOUR, shown, stretch, (along_x, along_y), cover=cover))
        return np.concatenate(rows)


def _path(scenery: Scenery, sky: Map, centre: float, rng: np.random.Generator) -> Map:
    """A trunk and its branches, where the sky is open."""
    width, height = scenery.size.width, scenery.size.height
    column = int(np.clip(centre / width * sky.shape[1], 0, sky.shape[1] - 1))
    open_rows = np.flatnonzero(sky[:, column] > 0.5)
    foot = (float(open_rows[-1]) + 1) / sky.shape[0] if open_rows.size else 0.5
    lean = rng.uniform(-0.12, 0.12) * scenery.size.short_edge
    trunk = _jagged(np.array([centre - lean, -0.02 * height]), np.array([centre + lean, foot * height]), rng)
    stretches = [_stretches(trunk, 1.0)]
    for start in rng.uniform(0.15, 0.7, _BRANCHES):
        at = trunk[int(start * (len(trunk) - 1))]
        reach = rng.uniform(0.12, 0.3) * scenery.size.short_edge
        side = rng.choice((-1.0, 1.0)) * rng.uniform(0.5, 1.1)
        branch = _jagged(at, at + reach * np.array([side, 1.0]), rng)[::2]
        stretches.append(_stretches(branch, 0.42))
    path = np.concatenate(stretches)
    path[:, 5] *= np.clip(2 * scenery.at(sky, path[:, 0], path[:, 1]) - 0.8, 0, 1)
    return path[path[:, 5] > 0.02]


def _jagged(start: Points, end: Points, rng: np.random.Generator) -> Points:
    """Points from `start` to `end`, by moving the middle of every stretch aside, again and again."""
    points = np.stack([start, end])
    for _ in range(_HALVINGS):
        along = np.diff(points, axis=0)
        aside = np.stack([-along[:, 1], along[:, 0]], axis=1) * rng.normal(0, _JAG, (len(along), 1))
        between = points[:-1] + 0.5 * along + aside
        points = np.insert(points, np.arange(1, len(points)), between, axis=0)
    return points


def _stretches(points: Points, weight: float) -> Map:
    along = np.diff(points, axis=0)
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-3)
    fading = weight * np.linspace(1, 0.35 if weight < 1 else 0.8, len(along))
    columns = (*(points[:-1] + 0.5 * along).T, 0.5 * length, along[:, 0] / length, along[:, 1] / length, fading)
    return np.stack(columns, axis=1).astype(np.float32)
