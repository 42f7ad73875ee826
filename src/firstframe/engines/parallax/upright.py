"""Upright things stay upright: posts, pipes and walls keep one depth from head to foot.

Where depth changes along a vertical line, a camera that moves aside makes it lean. What stands upright is as far away
at its head as at its foot, so depth is levelled along such lines, and less and less beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.camera import CameraPath
from firstframe.engines.parallax.planner import STRETCH_LIMIT, Rehearsal
from firstframe.engines.parallax.projection import Stage
from firstframe.engines.parallax.scene.model import Layer, Map, Scene
from firstframe.engines.parallax.staging import visible
from firstframe.engines.parallax.straight import BOW_LIMIT, bow, chords, farthest, seen_on

SLANT_MOST = 0.22
"""Sideways way per way down of a line that stands upright, perspective allowed for."""
LEAST_TRAVEL = 0.03
"""Of the camera, aside or ahead; less makes nothing lean visibly."""
LONGER = 0.15
"""By which an upright line is drawn out at either end at most, in short edges."""
ONE_THING = 0.05
"""Gap in short edges across which two pieces of an upright line are one."""
CELL = 8
"""Pixels of the depth's map in a cell of the grid on which it is levelled."""
FIRM, FREE = 30.0, 0.003
"""How much more a slope along a line counts than one that is added elsewhere, and how much what is added itself."""
STEPS = 150
STRENGTHS = (1.0, 0.75, 0.5, 0.3, 0.15)
"""Shares of the way to one depth that are tried, until nothing is stretched or bowed more than allowed."""
ORBIT_STRETCHED, STRETCHED = (1 + more * (STRETCH_LIMIT - 1) for more in (1.08, 1.25))
"""Stretch that is allowed for it: more than to the move, whose travel then gives way; less so an orbit's, which is seen
to turn by its travel alone."""
BOWED, TURN_KEPT = 1.15 * BOW_LIMIT, 0.86
"""Bow that is allowed for it, and share of the depth between what is high and what is low that an orbit needs."""


def upright(layers: Sequence[Layer], path: CameraPath, scene: Scene, stage: Stage) -> tuple[Layer, ...]:
    """`layers` with depth levelled along upright lines as far as `path` then stretches none of them more."""
    lines = standing(scene.lines, stage)
    if not len(lines) or max(max(abs(pose.x), abs(pose.z)) for pose in path.extremes()) < LEAST_TRAVEL:
        return tuple(layers)
    rehearsal, straight = Rehearsal.of(layers, stage), chords(scene.lines, stage)
    orbits = any(segment.move.startswith("orbit") for segment in path.segments)
    allowed = ORBIT_STRETCHED if orbits else STRETCHED
    done: dict[int, Map] = {}
    for layer, share in zip(layers, visible(layers, layers[0].depth_inverse.shape), strict=True):
        held, seen = drawn(lines, share), seen_on(straight, share)

        def harms(depth: Map, layer: Layer = layer, seen: NDArray[np.float32] = seen) -> bool:
            stretch = rehearsal.stretch_of(replace(layer, depth_inverse=depth), path)
            bowed = bow(depth, straight, seen, farthest(path), stage) > BOWED
            return stretch > allowed or bowed or (orbits and _stilled(layer.depth_inverse, depth))

        sheet = id(layer.depth_inverse)
        if layer.name != "sky" and held.any():
            done[sheet] = _levelled(done.get(sheet, layer.depth_inverse), held, harms)
    return tuple(
        replace(layer, depth_inverse=done.get(id(layer.depth_inverse), layer.depth_inverse)) for layer in layers
    )


def standing(lines: NDArray[np.float32], stage: Stage) -> NDArray[np.float32]:
    """Those of `lines` (n, 4) that stand upright, drawn out by as much again: of a post, pieces are found."""
    edges = np.array([stage.size.width, stage.size.height], np.float32) / stage.size.short_edge
    way = (lines[:, 2:] - lines[:, :2]) * edges
    upright = np.abs(way[:, 0]) <= SLANT_MOST * np.abs(way[:, 1])
    lines, length = lines[upright], np.linalg.norm(way[upright], axis=1, keepdims=True)
    longer = (lines[:, 2:] - lines[:, :2]) * np.minimum(1, LONGER / np.maximum(length, 1e-6))
    return np.asarray(np.concatenate([lines[:, :2] - longer, lines[:, 2:] + longer], axis=1), np.float32)


def drawn(lines: NDArray[np.float32], share: Map) -> Map:
    """(h, w) 0 or 1: where the lines run on a layer that is seen by `share`, pieces of one line joined."""
    height, width = share.shape
    mask = np.zeros(share.shape, np.uint8)
    for x0, y0, x1, y1 in lines * np.array([width, height, width, height], np.float32):
        cv2.line(mask, (int(x0), int(y0)), (int(x1), int(y1)), 1)
    gap = max(round(ONE_THING * min(share.shape)), 1)
    joined = cv2.morphologyEx(cv2.dilate(mask, np.ones((1, 3), np.uint8)), cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8))
    return np.asarray((joined > 0) & (share > 0.6), np.float32)


def level_along(depth_inverse: Map, lines: Map) -> Map:
    """What to add to a depth for it to be the same all along the lines of a mask, and elsewhere of nearly its slope.

    The least squares of the added slope, of the slope that is left along lines, and of what is added; by conjugate
    gradients on a coarse grid.
    """
    height, width = depth_inverse.shape
    size = max(round(width / CELL), 4), max(round(height / CELL), 4)
    depth = np.asarray(cv2.resize(depth_inverse, size, interpolation=cv2.INTER_AREA), np.float32)
    held = np.asarray(cv2.resize(lines, size, interpolation=cv2.INTER_AREA), np.float32)
    held = np.float32(FIRM) * np.minimum(np.minimum(held[1:], held[:-1]) * CELL, 1)

    def pull(added: Map) -> Map:
        out = np.float32(FREE) * added
        down, across = np.diff(added, axis=0) * (1 + held), np.diff(added, axis=1)
        out[1:] += down
        out[:-1] -= down
        out[:, 1:] += across
        out[:, :-1] -= across
        return out

    wanted = np.zeros_like(depth)
    slope = np.diff(depth, axis=0) * held
    wanted[1:] -= slope
    wanted[:-1] += slope
    added = cv2.resize(_solved(pull, wanted), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(added, (0, 0), CELL), np.float32)


def _solved(pull: Callable[[Map], Map], wanted: Map) -> Map:
    """The map that `pull`, linear, symmetric and positive, turns into `wanted` (conjugate gradients)."""
    found = np.zeros_like(wanted)
    left, way = wanted.copy(), wanted.copy()
    size = float((left * left).sum())
    for _ in range(STEPS):
        if size < 1e-12:
            break
        pulled = pull(way)
        step = np.float32(size / float((way * pulled).sum()))
        found += step * way
        left -= step * pulled
        before, size = size, float((left * left).sum())
        way = left + np.float32(size / before) * way
    return found


def _levelled(depth: Map, lines: Map, harms: Callable[[Map], bool]) -> Map:
    """The depth, levelled along `lines` as far as that does no harm."""
    way = level_along(depth, lines)
    tried = (np.asarray((depth + np.float32(strength) * way).clip(0, 1), np.float32) for strength in STRENGTHS)
    return next((levelled for levelled in tried if not harms(levelled)), depth)


def _stilled(before: Map, after: Map) -> bool:
    """Whether what is high and what is low no longer moves apart in an orbit, at the left, in the middle or right."""
    rises = (
        [float(part[-len(part) // 5 :].mean() - part[: len(part) // 5].mean()) for part in np.array_split(depth, 3, 1)]
        for depth in (before, after)
    )
    return any(new < TURN_KEPT * old for old, new in zip(*rises, strict=True) if old > 0)
