"""Water: below the horizon, lying level, coloured like the sky it mirrors, its texture drawn out sideways."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import Mask, largest, opened, smoothstep, without_holes, without_islands
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.views import Views

WATER_WORDS = frozenset("water lake sea ocean river waves wave beach shore pond waterfall stream surf bay".split())


def level_texture(views: Views) -> Map:
    """0…1: how much stronger lightness changes downwards than sideways; ripples lie flat in the picture."""
    light = cv2.GaussianBlur(views.lab[..., 0], (0, 0), 0.8)
    dx = cv2.Sobel(light, cv2.CV_32F, 1, 0) / 8
    dy = cv2.Sobel(light, cv2.CV_32F, 0, 1) / 8
    across, down = (cv2.GaussianBlur(d * d, (0, 0), 7) for d in (dx, dy))
    return ((down - across) / (down + across + 0.02)).clip(0, 1).astype(np.float32)


def water_mask(views: Views, horizon_row: int | None, sky: Sky | None, named: bool) -> tuple[Map, float] | None:
    """Soft mask (h, w) and trust, or None.

    Without the word in the prompt, a horizon and a sky must be there: grey roads and tables are level and smooth too.
    """
    height, _ = views.size
    if not named and (horizon_row is None or sky is None):
        return None
    rows = np.arange(height, dtype=np.float32)[:, None]
    start = float(horizon_row) if horizon_row is not None else 0.25 * height
    if horizon_row is None and sky is not None:
        start = float(sky.level)
    below = smoothstep(start - 1, start + 3, np.broadcast_to(rows, views.size))
    level = smoothstep(0.15, 0.5, level_texture(views))
    score = below * level * (0.35 + 0.65 * _watery_colour(views, None if sky is None else sky.mask))
    mask = (cv2.GaussianBlur(score, (0, 0), 2.5) > 0.32).astype(np.uint8)
    mask = opened(without_holes(mask, 0.01 * mask.size), 3)
    mask = without_islands(mask, 0.02 * mask.size)
    if mask.mean() < 0.02:
        return None
    trust = float(np.clip(score[mask > 0].mean() / 0.6, 0, 1)) * (1.0 if named else 0.6)
    width = float(largest(mask).any(axis=0).mean())
    return cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 2.0), trust * min(1.0, width / 0.5)


def _watery_colour(views: Views, sky: Mask | None) -> Map:
    light, a, b = (views.lab[..., i] for i in range(3))
    blue = smoothstep(0, 8, -b - 0.3 * np.abs(a))
    if sky is None or not sky.any():
        return blue
    above = views.lab[sky > 0]
    reference = above.reshape(-1, 3)[:: max(1, len(above) // 400)]
    tones = np.percentile(reference[:, 1:], [10, 50, 90], axis=0)
    distance = np.min([np.hypot(a - tone[0], b - tone[1]) for tone in tones], axis=0)
    mirrored = 1 - smoothstep(8, 22, distance.astype(np.float32))
    return np.maximum(blue, mirrored * smoothstep(2, 8, light)).astype(np.float32)
