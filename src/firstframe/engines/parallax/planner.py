"""How far the camera may go: the largest move that stays within what the scene allows, and why.

Three budgets are measured on the path itself: the band of background uncovered at matte edges, the stretch inside
a layer, and how far the frame looks beyond the first frame's border. Travel (parallax) is reduced for the first two,
the whole move for the last. The direction asked for is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import cv2
import numpy as np

from firstframe.clip import FrameSize
from firstframe.engines.parallax.camera import CameraPath, Pose
from firstframe.engines.parallax.cells import Grid
from firstframe.engines.parallax.projection import Stage, project
from firstframe.engines.parallax.scene.model import Layer, Scene

STRETCH_LIMIT = 1.22
"""Ratio of the singular values of the map inside a layer, 99.9 percentile; 1.25 is the quality gate."""
UNCOVERED_SHARE = (0.008, 0.028)
"""Uncovered band at matte edges, in short edges, at matte confidence 0.5 and 1."""
SKYLINE_TRUST = 0.8
"""Confidence in the matte of the land before the sky, of which the scene only makes a layer when it is sure."""
STEPS = (1.0, 0.87, 0.75, 0.65, 0.55, 0.45, 0.37, 0.3, 0.22, 0.15, 0.1, 0.05)
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


def fit(path: CameraPath, layers: Sequence[Layer], scene: Scene, stage: Stage) -> Budget:
    """The largest version of `path` that stays within the budgets of `layers`."""
    rehearsal = _small_stage(stage)
    limits: list[Limit] = []
    trust = scene.confidence if any(layer.name == "subject" for layer in layers) else SKYLINE_TRUST
    uncovered_limit = float(np.interp(trust, (0.5, 1.0), UNCOVERED_SHARE))
    translation = 1.0
    for what, measure, limit in (
        ("uncovered background in short edges", _uncovered, uncovered_limit),
        ("stretch inside a layer", _stretch, STRETCH_LIMIT),
    ):
        full = measure(path, layers, rehearsal)
        if full > limit:
            fits = partial(_within, measure, limit, path, layers, rehearsal)
            translation = _largest(fits, translation)
            limits.append(Limit(what, full, limit, translation))
    narrowed = path.scaled(translation, 1.0)
    allowed = stage.margin_px / stage.size.short_edge * 0.92
    reach = _beyond_border(narrowed, layers, rehearsal)
    overall = 1.0
    if reach > allowed:
        overall = _largest(lambda s: _beyond_border(path.scaled(translation, s), layers, rehearsal) <= allowed, 1.0)
        limits.append(Limit("view beyond the border in short edges", reach, allowed, overall))
    return Budget(path.scaled(translation, overall), translation, overall, tuple(limits))


Measure = Callable[[CameraPath, Sequence[Layer], Stage], float]


def _within(measure: Measure, limit: float, path: CameraPath, layers: Sequence[Layer], stage: Stage, s: float) -> bool:
    return measure(path.scaled(s, 1.0), layers, stage) <= limit


def _largest(fits: Callable[[float], bool], start: float) -> float:
    return next((s for s in STEPS if s <= start and fits(s)), 0.0)


def _small_stage(stage: Stage) -> Stage:
    """The same frame at a quarter of its size: maps are smooth, so measuring there is as good and far cheaper."""
    size = FrameSize(8 * round(stage.size.width / 32), 8 * round(stage.size.height / 32))
    return Stage(size, 1.0, 0)


def _maps(poses: Sequence[Pose], layer: Layer, stage: Stage) -> list[Grid]:
    grids = []
    for pose in poses:
        grid = np.empty((*stage.grid_shape, 2), np.float32)
        project(stage, pose, layer.depth_inverse, _STILL, grid)
        grids.append(grid)
    return grids


def slide_per_travel(layers: Sequence[Layer], stage: Stage) -> tuple[float, float, float]:
    """Frame pixels by which layers slide over one another, per unit of camera travel along x, y and z."""
    rehearsal = _small_stage(stage)
    probe = 0.02
    along = (Pose(x=probe), Pose(y=probe), Pose(z=probe))
    x, y, z = (_slide([pose], layers, rehearsal) * stage.size.short_edge / probe for pose in along)
    return x, y, z


def _uncovered(path: CameraPath, layers: Sequence[Layer], stage: Stage) -> float:
    return _slide(path.extremes(), layers, stage)


def _slide(poses: Sequence[Pose], layers: Sequence[Layer], stage: Stage) -> float:
    """Widest band, in short edges, by which a layer slides over the one behind it along its matte edge."""
    widest = 0.0
    for behind, front in pairwise(layers):
        assert front.alpha is not None
        rows, columns = stage.grid_shape
        alpha = cv2.resize(front.alpha, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
        kernel = np.ones((3, 3), np.uint8)
        edge = (cv2.dilate(alpha, kernel) - cv2.erode(alpha, kernel)) > 0.4
        if not edge.any():
            continue
        for back, near in zip(_maps(poses, behind, stage), _maps(poses, front, stage), strict=True):
            slide = np.hypot(*np.moveaxis(near - back, 2, 0))[edge]
            widest = max(widest, float(np.percentile(slide, 95)) / stage.size.short_edge)
    return widest


def _stretch(path: CameraPath, layers: Sequence[Layer], stage: Stage) -> float:
    """Largest ratio of singular values of the maps of `layers` (99.9 percentile)."""
    worst = 1.0
    for layer in layers:
        for grid in _maps(path.extremes(), layer, stage):
            worst = max(worst, float(np.percentile(anisotropy(grid), 99.9)))
    return worst


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


def _beyond_border(path: CameraPath, layers: Sequence[Layer], stage: Stage) -> float:
    """How far the frame looks beyond the first frame's border, in short edges."""
    size = stage.size
    farthest = 0.0
    for layer in layers:
        for grid in _maps(path.extremes(), layer, stage):
            x, y = grid[..., 0], grid[..., 1]
            farthest = max(farthest, -x.min(), -y.min(), x.max() - size.width, y.max() - size.height)
    return float(farthest) / size.short_edge
