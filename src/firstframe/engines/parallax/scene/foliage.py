"""Foliage: leaves and grass, green to yellow-green and finely textured; plain green surfaces are none."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.filters import blurred, box_mean, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import grown, without_islands
from firstframe.engines.parallax.scene.views import Views

OLIVE_BY_DAY, OLIVE_BY_LAMP = 44, 56
"""Least hue of leaves, degrees: lamps turn walls olive."""
DAYLIGHT = 38
"""Median L above which a picture was taken by day."""


def foliage_mask(views: Views, subject: Map | None, in_bloom: bool = False) -> tuple[Map, float] | None:
    """Soft mask (h, w) and trust, or None. The subject is left out: a green shirt does not rustle.

    `in_bloom`: what is white, pink or red among the leaves are their blossoms.
    """
    hue, saturation, value = (views.hsv[..., i] for i in range(3))
    olive = OLIVE_BY_DAY if float(np.median(views.light)) > DAYLIGHT else OLIVE_BY_LAMP
    green = smoothstep(olive, olive + 14, hue) * (1 - smoothstep(155, 175, hue))
    strong = smoothstep(0.07, 0.22, saturation) * smoothstep(0.08, 0.2, value)
    score = blurred(green * strong, 3.0) * (0.15 + 0.85 * smoothstep(0.8, 2.2, views.detail))
    if in_bloom:
        score = np.maximum(score, _blossoms(views, score))
    if subject is not None:
        score = score * (1 - grown(subject > 0.1, 4))
    mask = smoothstep(0.25, 0.55, score)
    mask = blurred(mask * grown(without_islands(mask > 0.3, 0.003 * mask.size), 3), 2.0)
    sure = mask > 0.5
    if mask.mean() < 0.005 or not sure.any():
        return None
    return mask, float(min(1.0, 0.4 + 0.6 * score[sure].mean() / 0.7))


def _blossoms(views: Views, leaves: Map) -> Map:
    """(h, w) 0…1: as light and as fine as petals, with leaves around them."""
    hue, saturation, value = (views.hsv[..., i] for i in range(3))
    pink = np.maximum(smoothstep(275, 300, hue), 1 - smoothstep(15, 35, hue))
    pale = smoothstep(0.5, 0.7, value) * np.maximum(pink, 1 - smoothstep(0.08, 0.2, saturation))
    fine = 0.15 + 0.85 * smoothstep(0.8, 2.2, views.detail)
    side = round(0.17 * max(views.size)) | 1
    among = smoothstep(0.12, 0.3, box_mean(leaves > 0.3, side, side))
    return np.asarray(blurred(pale, 3.0) * fine * among, np.float32)
