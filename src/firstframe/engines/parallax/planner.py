"""How far the camera may go: the largest move that stays within what the scene allows, and why.

Three budgets are measured on the path itself: the band of background uncovered at matte edges, the stretch inside
a layer, and how far the frame looks beyond the first frame's border. Travel (parallax) is reduced for the first two,
the whole move for the last. The direction asked for is never changed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.engines.parallax.camera import CameraPath, Pose
from firstframe.engines.parallax.cells import Grid
from firstframe.engines.parallax.projection import Stage, project
from firstframe.engines.parallax.scene.model import Layer, Scene

STRETCH_LIMIT = 1.16
"""Ratio of singular values of the map inside a layer, 99.9 percentile; at the gate, 1.25, posts lean by 12°."""
UNCOVERED_SHARE = (0.006, 0.02)
"""Uncovered band at matte edges, in short edges, at matte confidence 0.5 and 1."""
SKYLINE_TRUST = 0.8
"""Confidence in the matte of the land before the sky, of which the scene only makes a layer when it is sure."""
TRIES, LESS = 12, 0.96
"""How often a move is made smaller still, and by how much, once its measure is not in proportion to it."""
_STILL = np.zeros((1, 1, 2), np.float32)


@dataclass(frozen=True)
class Limit:
    """One budget that reduced the move."""

    what: str
    value: float
    limit: float
    scale: float

    def report(self) -> dict[str, object]:
        """JSON-able: what was too large at full amplitude, what is allowed, and the share that is left."""
        return {
            "what": self.what,
            "at_full_amplitude": round(self.value, 4),
            "allowed": round(self.limit, 4),
            "amplitude": self.scale,
        }


@dataclass(frozen=True)
class Budget:
    """The path within its limits, and what limited it."""

    path: CameraPath
    translation: float
    overall: float
    limits: tuple[Limit, ...]


def uncovering(path: CameraPath, layers: Sequence[Layer], scene: Scene, stage: Stage) -> CameraPath:
    """The largest version of `path` that uncovers no more than allowed, whatever else it does."""
    measure, limit = Rehearsal.of(layers, stage).uncovered, uncovered_limit(layers, scene)
    full = measure(path)
    return path if full <= limit else path.scaled(_largest(limit / full, limit, partial(_played_by, path, measure)), 1)


def fit(path: CameraPath, layers: Sequence[Layer], scene: Scene, stage: Stage) -> Budget:
    """The largest version of `path` that stays within the budgets of `layers`."""
    rehearsal = Rehearsal.of(layers, stage)
    limits: list[Limit] = []
    translation = 1.0
    for what, measure, rest, limit in (
        ("uncovered background in short edges", rehearsal.uncovered, 0.0, uncovered_limit(layers, scene)),
        ("stretch inside a layer", rehearsal.stretch, 1.0, STRETCH_LIMIT),
    ):
        full = measure(path)
        if full > limit:
            share = min(translation, (limit - rest) / (full - rest))
            translation = _largest(share, limit, partial(_played_by, path, measure))
            limits.append(Limit(what, full, limit, translation))
    overall, allowed = 1.0, stage.margin_px / stage.size.short_edge * 0.92
    travelled = path.scaled(translation, 1.0)
    reach = rehearsal.beyond_border(travelled)
    if reach > allowed:
        overall = _largest(allowed / reach, allowed, lambda s: rehearsal.beyond_border(travelled.scaled(1.0, s)))
        limits.append(Limit("view beyond the border in short edges", reach, allowed, overall))
    return Budget(travelled.scaled(1.0, overall), translation, overall, tuple(limits))


def _played_by(path: CameraPath, measure: Callable[[CameraPath], float], translation: float) -> float:
    return measure(path.scaled(translation, 1.0))


def _largest(share: float, limit: float, measure: Callable[[float], float]) -> float:
    """The largest share of a move that measures up to `limit`: `share`, where the measure is in proportion, or less."""
    for _ in range(TRIES):
        share = math.floor(share * 1000) / 1000
        if measure(share) <= limit:
            return share
        share *= LESS
    return 0.0


def uncovered_limit(layers: Sequence[Layer], scene: Scene) -> float:
    """Widest band of background, in short edges, that may be uncovered at outlines trusted as far as these."""
    trust = scene.confidence if any(layer.name == "subject" for layer in layers) else SKYLINE_TRUST
    return float(np.interp(trust, (0.5, 1.0), UNCOVERED_SHARE))


@dataclass(frozen=True)
class Rehearsal:
    """The path walked on a smaller frame: maps are smooth, so measuring there is as good and far cheaper."""

    layers: Sequence[Layer]
    stage: Stage
    """A quarter of the frame."""
    fine: Stage
    """Half of the frame: stretch is greatest where depth bends, which a coarser grid cuts short."""
    matte_edges: Sequence[NDArray[np.bool_]]
    """For every layer but the first, where its outline runs on the grid."""

    @classmethod
    def of(cls, layers: Sequence[Layer], stage: Stage) -> Rehearsal:
        """Prepare to measure `layers`."""
        small, fine = (
            Stage(FrameSize(8 * round(stage.size.width / part), 8 * round(stage.size.height / part)), 1.0, 0)
            for part in (32, 16)
        )
        return cls(layers, small, fine, [_matte_edge(layer, small.grid_shape) for layer in layers[1:]])

    def uncovered(self, path: CameraPath) -> float:
        """Widest band, in short edges, by which a layer slides over the one behind it along its outline."""
        return max(self.uncovered_by(path), default=0.0)

    def uncovered_by(self, path: CameraPath) -> list[float]:
        """The same for every layer but the first: the band that it uncovers of the one behind it."""
        return self._slides(path.extremes())

    def slide_per_travel(self) -> tuple[float, float, float]:
        """Short edges by which layers slide over one another, per unit of camera travel along x, y and z."""
        probe = 0.02
        x, y, z = (
            max(self._slides([pose]), default=0.0) / probe for pose in (Pose(x=probe), Pose(y=probe), Pose(z=probe))
        )
        return x, y, z

    def stretch(self, path: CameraPath) -> float:
        """Largest ratio of singular values of the maps (99.9 percentile)."""
        return max(self.stretch_of(layer, path) for layer in self.layers)

    def stretch_of(self, layer: Layer, path: CameraPath) -> float:
        """The same for one layer."""
        maps = _maps(self.fine, path.extremes(), layer)
        return max(float(np.percentile(anisotropy(grid), 99.9)) for grid in maps)

    def beyond_border(self, path: CameraPath) -> float:
        """How far the frame looks beyond the first frame's border, in short edges."""
        size = self.stage.size
        farthest = 0.0
        for grid in (grid for layer in self.layers for grid in _maps(self.stage, path.extremes(), layer)):
            x, y = grid[..., 0], grid[..., 1]
            farthest = max(farthest, -x.min(), -y.min(), x.max() - size.width, y.max() - size.height)
        return float(farthest) / size.short_edge

    def _slides(self, poses: Sequence[Pose]) -> list[float]:
        if len(self.layers) == 1:
            return []
        maps = [np.stack(_maps(self.stage, poses, layer)) for layer in self.layers]
        slides = (
            _widest(np.hypot(*np.moveaxis(front - behind, 3, 0)), edge)
            for (behind, front), edge in zip(pairwise(maps), self.matte_edges, strict=True)
        )
        return [slide / self.stage.size.short_edge for slide in slides]


def _maps(stage: Stage, poses: Sequence[Pose], layer: Layer) -> list[Grid]:
    grids = [np.empty((*stage.grid_shape, 2), np.float32) for _ in poses]
    for pose, grid in zip(poses, grids, strict=True):
        project(stage, pose, layer.depth_inverse, _STILL, grid)
    return grids


def _widest(slides: NDArray[np.float32], edge: NDArray[np.bool_]) -> float:
    """Largest of the slides (poses, rows, columns) along an outline, all but a twentieth of it."""
    return float(np.percentile(slides[:, edge], 95, axis=1).max()) if edge.any() else 0.0


def _matte_edge(layer: Layer, shape: tuple[int, int]) -> NDArray[np.bool_]:
    assert layer.alpha is not None, "only the first layer is opaque everywhere"
    alpha = cv2.resize(layer.alpha, (shape[1], shape[0]), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    kernel = np.ones((3, 3), np.uint8)
    return np.asarray(cv2.dilate(alpha, kernel) - cv2.erode(alpha, kernel) > 0.4)


def anisotropy(grid: Grid) -> Grid:
    """Ratio of the singular values of the Jacobian of a map (rows, columns, 2), at every cell; inf where it folds."""
    along = np.diff(grid, axis=1)[:-1].astype(np.float64)
    down = np.diff(grid, axis=0)[:, :-1].astype(np.float64)
    a, b, c, d = along[..., 0], down[..., 0], along[..., 1], down[..., 1]
    sums = np.hypot(a + d, c - b)
    differences = np.hypot(a - d, c + b)
    ratio = (sums + differences) / np.maximum(sums - differences, 1e-9)
    ratio[a * d - b * c <= 0] = np.inf
    return np.asarray(ratio, np.float32)
