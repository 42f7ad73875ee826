"""Fire: very bright, yellow to red, flickering-edged, in dark surroundings."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.filters import blurred, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import grown, without_islands
from firstframe.engines.parallax.scene.views import Views


def fire_mask(views: Views, is_named: bool) -> tuple[Map, float] | None:
    """Soft mask (h, w) and trust, or None; only looked for when the prompt names fire: sunsets and lamps look alike."""
    if not is_named:
        return None
    hue, saturation, value = (views.hsv[..., i] for i in range(3))
    warm = np.maximum(1 - smoothstep(45, 62, hue), smoothstep(345, 358, hue))
    bright = smoothstep(0.72, 0.95, value) * smoothstep(45, 68, views.light)
    glow = warm * bright * np.maximum(smoothstep(0.35, 0.6, saturation), smoothstep(88, 96, views.light))
    core = without_islands(glow > 0.4, 0.0008 * glow.size)
    if core.mean() < 0.002:
        return None
    mask = blurred(np.maximum(glow * grown(core, 4), np.float32(0.8) * core), 2.0)
    around = (grown(core, 25) & (1 - grown(core, 8))) > 0
    dark = 1 - float(views.light[around].mean()) / 100 if around.any() else 0.0
    return mask, float(np.clip(dark * 1.3, 0, 1))
