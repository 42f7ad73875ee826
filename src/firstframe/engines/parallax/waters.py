"""How water moves: ripples on its plane, and waves that roll to the shore and run up it."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.direction.model import SceneMotion
from firstframe.engines.parallax.motion import (
    Ground,
    Harmonics,
    MotionTexture,
    Stream,
    add_wave,
    phase_seconds,
    smoothstep,
)
from firstframe.engines.parallax.scene.model import Map

SWELL, WAVES = 0.01, 0.02
"""How far water heaves, and waves roll, in short edges."""
HEADINGS = {"left": -1.0, "right": 1.0}
_RIPPLES = ((0.75, 0.8, 3.2, 1.6), (0.95, 1.0, 8.0, 3.0), (1.4, 0.75, 13.0, -6.5), (2.0, 0.45, 19.0, 9.0))
"""Hertz, share of the height, and waves along and across per unit of distance."""
_FINE = 10.0
"""Waves per unit of distance from which ripples are no higher in a strong wind: the long ones are."""
_ROLL = 0.045
"""Short edges per second at which waves arrive at the lower rim, at strength 1."""
_PILE_UP = 0.3
"""Most that rolling waves are pushed together before what they run against, per pixel."""
_PHASE_SECONDS, _DISSOLVE = 1.3, 0.5
_RUN_UP = 0.03
"""How far the edge of the water runs up the shore and back, in short edges."""
_RUN_UP_HERTZ = 0.25


def water(ground: Ground, mask: Map, motion: SceneMotion, rng: np.random.Generator) -> MotionTexture:
    """The motion of water within `mask` (h, w): a builder as those of `staging.BUILDERS`."""
    nearness = _nearness(ground)
    rolls = motion.detail == "waves"
    rocks = ground.mask("rocks")
    if rolls and rocks is not None:
        # Calm water may mirror what is dark and earthen; waves mirror nothing.
        mask = mask * (1 - np.minimum(1.5 * rocks, 1))
    out = _ripples(ground, mask, nearness, motion, rng, fine=0.4 if rolls else 1.0)
    # The horizon is the one line in the picture that everyone sees move.
    surge = (
        (_inside(ground, mask) if rolls else ground.soften(mask, 0.045 * _length(motion)))
        * np.clip(nearness * 1.6, 0.4, 1)
        * smoothstep(0.0, 0.1, nearness)
    )
    surge = surge * np.float32((WAVES if rolls else SWELL) * ground.short_edge_px * motion.strength)
    distance = _distance(nearness)
    for hertz, share, along, across in ((0.17, 0.5, 1.6, 0.7), (0.33, 1.0, 3.1, -1.4)):
        phase = (distance * along + ground.x * across) / _length(motion) + 0.5 * ground.smooth_noise(rng, 0.3)
        add_wave(out, ground.cycles(hertz), surge * share, np.asarray(phase, np.float32), (0.2, 1.0))
    if not rolls:
        return MotionTexture(out).tamed(ground.step_px)
    shoreward = _shoreward(ground, mask, HEADINGS.get(motion.heading or "", 0.0))
    _run_up(ground, mask, nearness, shoreward, motion, rng, out)
    return MotionTexture(out, (_rolling(ground, mask, nearness, shoreward, motion),)).tamed(ground.step_px)


def _ripples(
    ground: Ground, mask: Map, nearness: Map, motion: SceneMotion, rng: np.random.Generator, fine: float
) -> Harmonics:
    """Ripples laid out on the water plane, so that they shrink towards the horizon."""
    surface = ground.soften(mask, 0.018 * _length(motion)) * smoothstep(-0.02, 0.1 * _length(motion), nearness)
    distance = _distance(nearness)
    amplitude = (
        surface * np.clip(nearness * 1.5, 0.5, 1.1) * np.float32(0.0078 * ground.short_edge_px * motion.strength)
    )
    out: Harmonics = {}
    side = HEADINGS.get(motion.heading or "")
    length = _length(motion)
    for hertz, share, along, across in _RIPPLES:
        share = share if along < _FINE else share / length**1.5
        along, across = along / length, (across if side is None else -side * abs(across)) / length
        noise = ground.smooth_noise(rng, 0.15 * length) * 0.8
        phase = (distance * along + ground.x * across + noise).astype(np.float32)
        limit = _resolvable(phase)
        add_wave(out, ground.cycles(hertz), amplitude * limit * (share * fine), phase, (0.25, 1.0))
        add_wave(out, ground.cycles(hertz * 1.3), amplitude * limit * (share * fine * 0.7), phase * 0.8 + 2, (1.0, 0.2))
    return out


def _rolling(ground: Ground, mask: Map, nearness: Map, shoreward: Map, motion: SceneMotion) -> Stream:
    """Crests that come nearer: slow at the horizon, faster the nearer they are, as a plane seen from above asks."""
    pace = np.float32(_ROLL * ground.short_edge_px * motion.strength**0.7) * (
        0.12 + 0.88 * np.minimum(nearness, 1) ** 1.5
    )
    velocity = np.asarray((_inside(ground, mask) * pace)[..., None] * shoreward, np.float32)
    period = phase_seconds(ground.seconds, _PHASE_SECONDS)
    oldest = 0.5 * (1 + _DISSOLVE) * period
    return Stream(velocity * _calm(velocity * np.float32(oldest / ground.step_px)), period, _DISSOLVE)


def _calm(moved: Map) -> Map:
    """(h, w, 1) share of a displacement, in steps of the grid, that nowhere piles the picture up into folds."""
    slopes = [np.abs(np.gradient(moved, axis=axis)).max(axis=2) for axis in (0, 1)]
    share = np.minimum(1, _PILE_UP / np.maximum(np.maximum(*slopes), 1e-6)).astype(np.float32)
    share = cv2.erode(share, np.ones((5, 5), np.uint8))
    return np.asarray(cv2.GaussianBlur(share, (0, 0), 1.5)[..., None], np.float32)


def _run_up(
    ground: Ground, mask: Map, nearness: Map, shoreward: Map, motion: SceneMotion, rng: np.random.Generator,
    out: Harmonics,
) -> None:  # fmt: skip
    """Add to `out` how the edge of the water runs up the sand and falls back, each stretch of it in its own time."""
    sand = ground.mask("shore")
    if sand is None:
        return
    wet, dry = (_spread(ground, part, 0.06) for part in (mask, sand))
    edge = np.minimum(4 * wet * dry, 1)
    reach = edge * np.clip(nearness * 2.0, 0, 1)
    reach = reach * np.float32(_RUN_UP * ground.short_edge_px * motion.strength)
    phase = (1.3 * ground.smooth_noise(rng, 0.35)).astype(np.float32)
    for hertz, share in ((_RUN_UP_HERTZ, 1.0), (2 * _RUN_UP_HERTZ, 0.35)):
        for axis, toward in enumerate(((1.0, 0.0), (0.0, 1.0))):
            along = np.asarray(reach * shoreward[..., axis] * np.float32(share), np.float32)
            add_wave(out, ground.cycles(hertz), along, phase, toward)


def _inside(ground: Ground, mask: Map) -> Map:
    """0…1, falling towards the edge of the mask: what the water runs against must not be carried along."""
    return smoothstep(0.45, 0.98, _spread(ground, mask, 0.03))


def _shoreward(ground: Ground, mask: Map, side: float) -> Map:
    """(h, w, 2) unit vectors: to the viewer, to a shore beside the water, and to the `side` -1…1 asked for."""
    down, right = np.gradient(_spread(ground, mask, 0.12))
    x, y = -right, np.maximum(-down, 0)
    steep = float(np.percentile(np.hypot(x, y), 97)) + 1e-6
    toward = np.stack([1.1 * x / steep + side, 0.6 + 1.1 * y / steep], axis=2)
    toward = cv2.GaussianBlur(toward.astype(np.float32), (0, 0), 3.0)
    return np.asarray(toward / (np.linalg.norm(toward, axis=2, keepdims=True) + 1e-6), np.float32)


def _spread(ground: Ground, mask: Map, size: float) -> Map:
    """The mask blurred over `size` short edges; water does not end at the picture's border."""
    sigma = max(size * ground.x.shape[0] / float(np.ptp(ground.y) + 1e-6), 0.8)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.float32)


def _length(motion: SceneMotion) -> float:
    """How long waves are for their strength: what is higher must be longer, else it folds."""
    return float(max(motion.strength, 0.6))


def _distance(nearness: Map) -> Map:
    return np.asarray(1 / (nearness + 0.16), np.float32)


def _nearness(ground: Ground) -> Map:
    """How near the points of the water are: 0 at the horizon, or at the upper rim if none is seen; 1 at the lower."""
    extent = 2 * float(np.abs(ground.y).max())
    horizon = ground.scene.horizon or 0.0
    share = (ground.y / extent + 0.5 - horizon) / max(1 - horizon, 0.1)
    return np.asarray(np.clip(share, 0, 1.2), np.float32)


def _resolvable(phase: Map) -> Map:
    """1 where a wave is coarse enough for the grid, falling to 0 where neighbouring points differ by over a radian."""
    gy, gx = np.gradient(phase)
    return smoothstep(1.4, 0.6, np.hypot(gx, gy).astype(np.float32))
