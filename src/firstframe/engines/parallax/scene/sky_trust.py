"""How far a supposed sky is to be trusted: nine things that skies share and walls, tables and street haze do not."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.filters import Mask, ramp, smoothstep, widened
from firstframe.engines.parallax.scene.horizon import Horizon
from firstframe.engines.parallax.scene.shapes import grown, shrunk
from firstframe.engines.parallax.scene.sky_colour import colour_shares, sky_likelihood, wood_likelihood
from firstframe.engines.parallax.scene.skyline import Skyline
from firstframe.engines.parallax.scene.views import Views

Flags = NDArray[np.bool_]


def trust_in_sky(
    views: Views, mask: Mask, skyline: Skyline, level: Horizon | None, is_named: bool
) -> tuple[float, tuple[str, ...]]:
    """Trust 0…1 in the sky `mask` (h, w), and the factors it is made of."""
    sky, land = mask > 0, mask == 0
    if not land.any():
        return 0.0, ("no land",)
    height = views.size[0]
    lowest = float(np.quantile(skyline, 0.95)) / height
    steady = ramp(0.8, 1.0, level.trust) if level is not None else 0.0
    factors = {
        "colour": float((sky_likelihood(views.lab) - wood_likelihood(views.lab))[sky].mean()) / 0.5 + 0.25,
        "top": ramp(0.6, 0.9, float(mask[: max(2, height // 40)].mean())),
        "ends": 1.0 if level is not None else ramp(0.84, 0.72, lowest),
        "edge": ramp(0.4, 0.7, _edge(views, mask)),
        "light": ramp(-4, 6, _step_of_light(views, mask)),
        "smooth": 1.6 - float(views.detail[sky].mean()) / max(float(views.detail[land].mean()), 0.3),
        "calm": ramp(0.13, 0.06, _hard_edges(views, mask) - 0.12 * steady),
        "apart": ramp(0.85, 0.65, _likeness(views, mask)),
        "drawn": 1.0 - 0.7 * ramp(0.55, 0.85, _blankness(views, sky)),
    }
    value = float(np.prod([np.clip(factor, 1e-3, 1) for factor in factors.values()])) ** 0.7
    if is_named:
        value += (1 - value) * 0.4 * value
    return min(1.0, 1.1 * value), tuple(f"{name} {np.clip(factor, 0, 1):.2f}" for name, factor in factors.items())


def _edge(views: Views, mask: Mask) -> float:
    """0…1: how visible the edge between sky and land is."""
    rim = (widened(mask, 1) - mask) > 0
    return float(smoothstep(1.0, 5.0, views.gradient[rim]).mean()) if rim.any() else 0.0


def _step_of_light(views: Views, mask: Mask) -> float:
    """How much lighter the sky is than the land just below it, in L."""
    near = np.ones((13, 3), np.uint8)
    above = (np.asarray(cv2.dilate(1 - mask, near), np.uint8) & mask) > 0
    below = (np.asarray(cv2.dilate(mask, near), np.uint8) & (1 - mask)) > 0
    if not above.any() or not below.any():
        return 0.0
    return float(np.median(views.light[above]) - np.median(views.light[below]))


def _hard_edges(views: Views, mask: Mask) -> float:
    """Share of the sky's inside that lies on strong edges: clouds have few, rooms and streets many."""
    inner = shrunk(mask, 3) > 0
    return float((views.gradient[inner] > 6).mean()) if inner.any() else 1.0


def _likeness(views: Views, mask: Mask) -> float:
    """0…1: how far the colours a little above the skyline are those a little below it (Bhattacharyya)."""
    height = mask.shape[0]
    above, below = grown(1 - mask, 0.2 * height) & mask, grown(mask, 0.12 * height) & (1 - mask)
    first, second = colour_shares(views.lab, 8.0, (above, below))
    return float(np.sqrt(first * second).sum())


def _blankness(views: Views, sky: Flags) -> float:
    """Share of the sky that is colourless and nearly white: drawing paper and studio walls."""
    colourless = np.hypot(views.lab[..., 1], views.lab[..., 2]) < 4
    return float(((views.light > 88) & colourless)[sky].mean())
