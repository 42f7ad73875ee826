"""Fire: very bright, yellow to red, flickering-edged, in dark surroundings."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.filters import Mask, blurred, ramp, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import grown, without_islands
from firstframe.engines.parallax.scene.views import Views


def fire_mask(views: Views, sky: Mask | None) -> tuple[Map, float] | None:
    """Soft mask (h, w) and trust, or None; to be looked for when the prompt names fire. A `sky` never burns.

    Sunsets, lamps, leather and red petals are as warm and as bright as flames. What only flames are: yellower the
    brighter they are, as black bodies of different heat; ragged; and so hot in places that the camera's red is full.
    """
    glow = _glow(views)
    if sky is not None:
        glow = glow * (1 - grown(sky, 3))
    core = without_islands(glow > 0.4, 0.0008 * glow.size)
    if core.mean() < 0.002:
        return None
    mask = blurred(np.maximum(glow * grown(core, 4), np.float32(0.8) * core), 2.0)
    return mask, _flaming(views, core)


def _glow(views: Views) -> Map:
    """(h, w) 0…1: as warm and as bright as fire."""
    hue, saturation, value = (views.hsv[..., i] for i in range(3))
    warm = np.maximum(1 - smoothstep(45, 62, hue), smoothstep(345, 358, hue))
    bright = smoothstep(0.72, 0.95, value) * smoothstep(45, 68, views.light)
    strong = np.maximum(smoothstep(0.35, 0.6, saturation), smoothstep(88, 96, views.light))
    return np.asarray(warm * bright * strong, np.float32)


def _flaming(views: Views, core: Mask) -> float:
    """Trust 0…1 that the glowing `core` (h, w) burns."""
    inside = core > 0
    around = (grown(core, 25) & (1 - grown(core, 8))) > 0
    dark = ramp(58, 34, float(np.median(views.light[around]))) if around.any() else 0.0
    red, green, blue = (views.small[..., channel] for channel in range(3))
    hot = float(((red >= 248) & (green >= 150) & (blue < 235))[inside].mean())
    ragged = float(views.gradient[inside].mean())
    return dark * ramp(0.04, 0.2, hot) * ramp(2.2, 4.5, ragged) * ramp(0.4, 0.8, _heat(views, core))


def _heat(views: Views, core: Mask) -> float:
    """-1…1: how well hue follows lightness in and around the core; near 1 for what glows by its heat."""
    hue, saturation, value = (views.hsv[..., i] for i in range(3))
    coloured = (grown(core, 5) > 0) & (saturation > 0.3) & (value > 0.3)
    if coloured.sum() < 20:
        return 0.0
    warmth = np.where(hue > 180, hue - 360, hue)[coloured]
    light = views.light[coloured]
    spread = float(warmth.std() * light.std())
    return float(((warmth - warmth.mean()) * (light - light.mean())).mean()) / spread if spread > 1e-3 else 0.0
