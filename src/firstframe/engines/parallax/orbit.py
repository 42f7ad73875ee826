"""How an orbit is staged: the point that the camera circles, and figures that lean rather than slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from firstframe.clip import FrameSize
from firstframe.engines.parallax.camera import FOCAL, CameraPath
from firstframe.engines.parallax.planner import Rehearsal, uncovered_limit
from firstframe.engines.parallax.projection import Stage
from firstframe.engines.parallax.scene.model import Layer, Map, Scene

TRAVEL_WANTED = 0.86
"""Share of an orbit's full travel at which the ground is seen to turn; less looks like a pan."""
LEAN_MOST = 0.85
_TURN = 0.062
"""Way of what is seen at the top, in short edges, that shows a turn."""
_BETWEEN = (0.45, 0.88)
"""Where the pivot may lie between the depth of the picture's top, 0, and that of its foot, 1."""
_ASIDE = 0.28
"""How far from the middle, in widths, the turn is aimed at; the farther aside, the more a turned camera moves."""
_GROUND = 25
"""Percentile of the inverse depth in each of the lowest rows that is the ground's, not of what stands on it."""
_BAND = 0.2
_DEEP = 0.15
"""Least difference in inverse depth between top and foot that makes a ground to turn."""


def subject_depth(layers: Sequence[Layer], scene: Scene) -> float:
    """Inverse depth of the subject, else of the middle of the picture."""
    return _mean_within(layers[-1].depth_inverse, scene.subject_box or (0.35, 0.35, 0.3, 0.3))


def pivot(layers: Sequence[Layer], scene: Scene, path: CameraPath, size: FrameSize) -> float:
    """Inverse depth about which an orbit turns that travels as far as `path`.

    It lies between what is seen at the top and at the foot, so that they move to opposite sides.
    """
    seen = _seen(layers)
    band = round(_BAND * len(seen))
    top = float(np.median(seen[:band], axis=1).mean())
    foot = float(np.percentile(seen[-band:], _GROUND, axis=1).mean())
    travel = max(abs(segment.pose.x) for segment in path.segments if segment.move.startswith("orbit"))
    if foot - top < _DEEP or travel == 0:
        return subject_depth(layers, scene)
    share = _TURN / (FOCAL * travel * (foot - top))
    still = top + (foot - top) * min(max(share, _BETWEEN[0]), _BETWEEN[1])
    return still / (1 + (_ASIDE * size.width / (FOCAL * size.short_edge)) ** 2)


def leaning(layers: Sequence[Layer], path: CameraPath, scene: Scene, stage: Stage) -> tuple[Layer, ...]:
    """`layers` with a subject that leans back towards what is behind it, and a sky that leans forward to the land.

    They lean by as much as lets the camera take `TRAVEL_WANTED` of `path` without uncovering more than allowed.
    """
    uncovered = Rehearsal.of(layers, stage).uncovered_by(path.scaled(TRAVEL_WANTED, 1.0))
    allowed = 0.97 * uncovered_limit(layers, scene)
    lean = [min(max(1 - allowed / max(slide, 1e-6), 0.0), LEAN_MOST) for slide in uncovered]
    leant = list(layers)
    if layers[0].name == "sky":
        leant[0] = _towards(layers[0], layers[1], lean[0])
    if layers[-1].name == "subject":
        leant[-1] = _towards(layers[-1], layers[-2], lean[-1])
    return tuple(leant)


def _towards(layer: Layer, other: Layer, lean: float) -> Layer:
    if lean == 0:
        return layer
    way = other.depth_inverse - layer.depth_inverse
    return replace(layer, depth_inverse=np.asarray(layer.depth_inverse + np.float32(lean) * way, np.float32))


def _mean_within(depth: Map, box: tuple[float, float, float, float]) -> float:
    height, width = depth.shape
    part = depth[int(box[1] * height) : int((box[1] + box[3]) * height) + 1,
                 int(box[0] * width) : int((box[0] + box[2]) * width) + 1]  # fmt: skip
    return float(part.mean()) if part.size else 0.5


def _seen(layers: Sequence[Layer]) -> Map:
    """(h, w) inverse depth of what is seen."""
    seen = layers[0].depth_inverse
    height, width = seen.shape
    for layer in layers[1:]:
        assert layer.alpha is not None, "only the first layer is opaque everywhere"
        alpha = cv2.resize(layer.alpha, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
        seen = np.asarray(seen + alpha * (layer.depth_inverse - seen), np.float32)
    return seen
