"""How flames move: they stream upwards, faster towards their tips, and waver."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.direction.model import SceneMotion
from firstframe.engines.parallax.motion import Ground, Harmonics, MotionTexture, Stream, smoothstep
from firstframe.engines.parallax.scene.model import Map

_PHASE_SECONDS, _DISSOLVE = 0.2, 0.6
_SPEED = 0.1
"""Short edges per second, at strength 1."""


def flames(ground: Ground, mask: Map, motion: SceneMotion, rng: np.random.Generator) -> MotionTexture:
    """The motion of fire within `mask` (h, w): a builder as those of `staging.BUILDERS`."""
    around = _with_room_above(mask)
    soft = ground.soften(around, 0.012)
    speed = np.float32(_SPEED * ground.short_edge_px * motion.strength**0.5) * _rising(ground, mask)
    velocity = np.zeros((*mask.shape, 2), np.float32)
    velocity[..., 1] = -soft * speed * (1 + 0.3 * ground.smooth_noise(rng, 0.03))
    velocity[..., 0] = 0.25 * soft * speed * ground.smooth_noise(rng, 0.05)
    harmonics: Harmonics = {}
    reach = soft * np.float32(0.0035 * ground.short_edge_px * motion.strength)
    for hertz, share in ((1.3, 1.0), (2.2, 0.8), (3.6, 0.5)):
        # Waves that run up the flame, as hot gas does.
        phase = (ground.y * (2 * np.pi * hertz / 0.35) + 1.2 * ground.smooth_noise(rng, 0.08)).astype(np.float32)
        wave = (reach * np.float32(share) * np.exp(1j * phase)).astype(np.complex64)
        toward = np.array([1.0, 0.3], np.float32)
        cycles = ground.cycles(hertz)
        harmonics[cycles] = harmonics.get(cycles, 0) + wave[..., None] * toward
    period = ground.seconds / (2 * max(1, round(ground.seconds / (2 * _PHASE_SECONDS))))
    return MotionTexture(harmonics, (Stream(velocity, period, _DISSOLVE),)).tamed(ground.step_px)


def _rising(ground: Ground, mask: Map) -> Map:
    """Share of the speed: slow at what burns, for wood does not rise with the flames, and fast at their tips."""
    rows = np.repeat(np.arange(len(mask)), np.round(50 * mask.sum(axis=1)).astype(int))
    if not rows.size:
        return np.ones_like(mask)
    tips, wood = np.percentile(rows, (10, 90))
    height = (wood - np.arange(len(mask), dtype=np.float32)) / max(float(wood - tips), 1.0)
    share = 0.3 + 0.9 * smoothstep(0.05, 0.8, height.astype(np.float32))
    return np.broadcast_to(share[:, None], mask.shape).astype(np.float32)


def _with_room_above(mask: Map) -> Map:
    """The mask, grown a little and mostly upwards, so that tongues may leave it."""
    rows = max(3, round(0.05 * mask.shape[0]))
    upwards = np.zeros((2 * rows + 1, 3), np.uint8)
    upwards[rows:] = 1
    return np.asarray(cv2.dilate(mask, upwards), np.float32)
