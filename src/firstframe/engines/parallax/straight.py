"""Straight things stay straight: how far a move bows the lines of a picture, and depth levelled until none is seen to.

Inverse depth that is linear over the picture is a plane, and a plane seen from elsewhere keeps its lines straight. So
depth is brought towards its plane, not the camera to a halt: the move stays as large as it was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.camera import CameraPath, Pose
from firstframe.engines.parallax.planner import Limit
from firstframe.engines.parallax.projection import Stage, project
from firstframe.engines.parallax.scene.model import Layer, Map, Scene
from firstframe.engines.parallax.staging import visible

BOW_LIMIT = 0.008
"""Largest departure of a line from its chord, as a share of the chord."""
FORGIVEN = 0.02
"""Share of the lines (by length) that may be bowed more: short edges in foliage pass for lines too."""
CHORD = 0.16
"""Every line is judged over at least this length, in short edges: what is found of an edge are mostly pieces."""
POINTS = 9
_STILL = np.zeros((1, 1, 2), np.float32)

Chords = NDArray[np.float32]
"""(n, POINTS, 2) points along straight things, x and y as shares of the picture."""


def straightened(
    layers: Sequence[Layer], path: CameraPath, scene: Scene, stage: Stage
) -> tuple[tuple[Layer, ...], Limit | None]:
    """`layers` with depth levelled until the path bows no line visibly, and what was limited, if anything."""
    lines = chords(scene.lines, stage)
    there = farthest(path)
    bows: dict[int, float] = {}
    for layer, share in zip(layers, visible(layers, layers[0].depth_inverse.shape), strict=True):
        sheet = id(layer.depth_inverse)
        found = bow(layer.depth_inverse, lines, seen_on(lines, share), there, stage)
        bows[sheet] = max(bows.get(sheet, 0.0), found)
    worst = max(bows.values())
    if worst <= BOW_LIMIT:
        return tuple(layers), None
    relief = {sheet: min(1.0, BOW_LIMIT / max(value, 1e-9)) for sheet, value in bows.items()}
    straight = tuple(_levelled(layer, relief[id(layer.depth_inverse)]) for layer in layers)
    return straight, Limit("bow of straight lines in chords", worst, BOW_LIMIT, round(min(relief.values()), 3))


def farthest(path: CameraPath) -> Pose:
    """Where the path is farthest from where the first frame was taken."""
    return max(path.extremes(), key=lambda pose: abs(pose.x) + abs(pose.y) + abs(pose.z))


def chords(lines: NDArray[np.float32], stage: Stage) -> Chords:
    """Points along `lines` (n, 4: x, y, x, y as shares), each drawn out to at least CHORD where the picture lets it."""
    edges = np.array([stage.size.width, stage.size.height], np.float32) / stage.size.short_edge
    first, last = lines[:, None, :2] * edges, lines[:, None, 2:] * edges
    middle, half = (first + last) / 2, (last - first) / 2
    length = 2 * np.linalg.norm(half, axis=2, keepdims=True)
    longer = half * np.maximum(1.0, CHORD / np.maximum(length, 1e-6))
    ends = np.concatenate([middle - longer, middle + longer], axis=1)
    inside = np.all((ends >= 0) & (ends <= edges), axis=(1, 2), keepdims=True)
    points = middle + np.where(inside, longer, half) * np.linspace(-1, 1, POINTS, dtype=np.float32)[None, :, None]
    return np.asarray(points / edges, np.float32)


def bow(depth_inverse: Map, lines: Chords, weight: NDArray[np.float32], pose: Pose, stage: Stage) -> float:
    """How far seeing `depth_inverse` from `pose` bows the lines: sagitta over chord, of all but FORGIVEN of them."""
    if not len(lines) or float(weight.sum()) <= 0:
        return 0.0
    grid = np.empty((*stage.grid_shape, 2), np.float32)
    project(stage, pose, depth_inverse, _STILL, grid)
    rows, columns = stage.grid_shape
    x, y = lines[..., 0] * (columns - 1), lines[..., 1] * (rows - 1)
    seen = np.asarray(cv2.remap(grid, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
    way = seen[:, -1:] - seen[:, :1]
    chord = np.maximum(np.linalg.norm(way, axis=2), 1e-3)
    off = seen - seen[:, :1]
    sagitta = np.abs(off[..., 0] * way[..., 1] - off[..., 1] * way[..., 0]) / chord
    bows = (sagitta / chord).max(axis=1)
    order = np.argsort(bows)
    reached = np.cumsum(weight[order]) / weight.sum()
    return float(bows[order][np.searchsorted(reached, 1 - FORGIVEN)])


def seen_on(lines: Chords, share: Map) -> NDArray[np.float32]:
    """(n,) how much of every line is seen on a layer that is seen by `share` (h, w)."""
    height, width = share.shape
    x, y = lines[..., 0] * (width - 1), lines[..., 1] * (height - 1)
    if not len(lines):
        return np.zeros(0, np.float32)
    along = np.asarray(cv2.remap(share, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)
    return np.where(along.mean(axis=1) > 0.6, 1, 0).astype(np.float32)


def _levelled(layer: Layer, relief: float) -> Layer:
    if relief >= 1.0:
        return layer
    flat = plane_through(layer.depth_inverse)
    return replace(layer, depth_inverse=np.asarray(flat + relief * (layer.depth_inverse - flat), np.float32).clip(0, 1))


def plane_through(depth_inverse: Map) -> Map:
    """The plane that is nearest to a map (h, w) in least squares."""
    height, width = depth_inverse.shape
    y, x = np.linspace(-1, 1, height, dtype=np.float32)[:, None], np.linspace(-1, 1, width, dtype=np.float32)[None]
    slope_y = float((depth_inverse * y).mean() / (y * y).mean())
    slope_x = float((depth_inverse * x).mean() / (x * x).mean())
    return np.asarray(depth_inverse.mean() + slope_y * y + slope_x * x, np.float32)
