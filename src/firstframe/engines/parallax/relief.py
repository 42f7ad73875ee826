"""Things keep their shape: depth levelled where a move would stretch a layer, before the move itself is made smaller.

Depth that rises steeply within a narrow strip (the near half of a lake, under a low horizon) shears what stands there.
Spread over the whole layer, the same rise shears little: so depth is brought towards its plane, and the camera goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from firstframe.engines.parallax.camera import CameraPath
from firstframe.engines.parallax.planner import STRETCH_LIMIT, Limit, Rehearsal
from firstframe.engines.parallax.projection import Stage
from firstframe.engines.parallax.scene.model import Layer
from firstframe.engines.parallax.straight import plane_through

LEAST_RELIEF = 0.4
"""Share of its relief that a layer keeps; what is still stretched then, is for the planner to make smaller."""


def relieved(layers: Sequence[Layer], path: CameraPath, stage: Stage) -> tuple[tuple[Layer, ...], Limit | None]:
    """`layers` with depth levelled until `path` stretches none of them visibly, and what was limited, if anything."""
    rehearsal = Rehearsal.of(layers, stage)
    stretches = [rehearsal.stretch_of(layer, path) for layer in layers]
    worst = max(stretches)
    if worst <= STRETCH_LIMIT:
        return tuple(layers), None
    kept = [_relief(layer, stretch, path, rehearsal) for layer, stretch in zip(layers, stretches, strict=True)]
    levelled = tuple(_levelled(layer, share) for layer, share in zip(layers, kept, strict=True))
    return levelled, Limit("stretch inside a layer, by its relief", worst, STRETCH_LIMIT, round(min(kept), 3))


def _relief(layer: Layer, stretch: float, path: CameraPath, rehearsal: Rehearsal) -> float:
    """Share of a layer's relief at which it is stretched by no more than allowed, were stretch in proportion to it."""
    if stretch <= STRETCH_LIMIT:
        return 1.0
    flat = rehearsal.stretch_of(_levelled(layer, 0.0), path)
    share = (STRETCH_LIMIT - flat) / max(stretch - flat, 1e-6)
    return min(max(share, LEAST_RELIEF), 1.0)


def _levelled(layer: Layer, relief: float) -> Layer:
    if relief >= 1.0:
        return layer
    flat = plane_through(layer.depth_inverse)
    depth = flat + np.float32(relief) * (layer.depth_inverse - flat)
    return replace(layer, depth_inverse=np.asarray(depth, np.float32).clip(0, 1))
