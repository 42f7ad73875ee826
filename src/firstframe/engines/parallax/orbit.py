"""How an orbit is staged: the point that the camera circles, and figures that lean rather than slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from firstframe.engines.parallax.camera import FOCAL, CameraPath
from firstframe.engines.parallax.planner import Rehearsal, uncovered_limit
from firstframe.engines.parallax.projection import Stage
from firstframe.engines.parallax.scene.model import Layer, Map, Scene

TRAVEL_WANTED = 0.76
"""Share of an orbit's full travel at which the ground is seen to turn; less looks like a pan."""
LEAN_MOST = 0.75
_TURN = 0.047
"""Way of what is seen at the top, in short edges, that shows a turn."""
_BETWEEN = (0.45, 0.8)
"""Where the pivot may lie between the depth of the picture's top, 0, and that of its foot, 1."""
_BAND = 0.2
_DEEP = 0.15
"""Least difference in inverse depth between top and foot that makes a ground to turn."""


def subject_depth(layers: Sequence[Layer], scene: Scene) -> float:
    """Inverse depth of the subject, else of the middle of the picture."""
    return _mean_within(layers[-1].depth_inverse, scene.subject_box or (0.35, 0.35, 0.3, 0.3))


def pivot(layers: Sequence[Layer], scene: Scene, path: CameraPath) -> float:
    """Inverse depth about which an orbit turns that travels as far as `path`.

    It lies between what is seen at the top and at the foot, so that they move to opposite sides.
    """
    top, foot = _mean_seen(layers, slice(None, _BAND)), _mean_seen(layers, slice(1 - _BAND, None))
    travel = max(abs(segment.pose.x) for segment in path.segments if segment.move.startswith("orbit"))
    if foot - top < _DEEP or travel == 0:
        return subject_depth(layers, scene)
    share = _TURN / (FOCAL * travel * (foot - top))
    return top + (foot - top) * min(max(share, _BETWEEN[0]), _BETWEEN[1])


def leaning(layers: Sequence[Layer], path: CameraPath, scene: Scene, stage: Stage) -> tuple[Layer, ...]:
    """`layers` with a subject that leans back towards the depth of what is behind it.

    It leans by as much as lets the camera take `TRAVEL_WANTED` of `path` without uncovering more than allowed.
    """
    uncovered = Rehearsal.of(layers, stage).uncovered(path.scaled(TRAVEL_WANTED, 1.0))
    if layers[-1].name != "subject" or uncovered <= 0:
        return tuple(layers)
    lean = np.float32(np.clip(1 - 0.97 * uncovered_limit(layers, scene) / uncovered, 0, LEAN_MOST))
    upright, behind = layers[-1].depth_inverse, layers[-2].depth_inverse
    leant = replace(layers[-1], depth_inverse=np.asarray(upright + lean * (behind - upright), np.float32))
    return (*layers[:-1], leant)


def _mean_within(depth: Map, box: tuple[float, float, float, float]) -> float:
    height, width = depth.shape
    part = depth[int(box[1] * height) : int((box[1] + box[3]) * height) + 1,
                 int(box[0] * width) : int((box[0] + box[2]) * width) + 1]  # fmt: skip
    return float(part.mean()) if part.size else 0.5


def _mean_seen(layers: Sequence[Layer], rows: slice) -> float:
    """Mean inverse depth of what is seen in a band of rows, given as shares of the height."""
    seen = layers[0].depth_inverse
    height, width = seen.shape
    for layer in layers[1:]:
        assert layer.alpha is not None, "only the first layer is opaque everywhere"
        alpha = cv2.resize(layer.alpha, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
        seen = np.asarray(seen + alpha * (layer.depth_inverse - seen), np.float32)
    first, last = (None if edge is None else round(edge * height) for edge in (rows.start, rows.stop))
    return float(seen[first:last].mean())
