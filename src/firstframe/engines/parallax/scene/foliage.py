"""Foliage: leaves and grass, green to yellow-green and finely textured; plain green surfaces are none."""

from __future__ import annotations

import cv2

from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import smoothstep
from firstframe.engines.parallax.scene.views import Views

PLANT_WORDS = frozenset(
    "flower flowers blossom blossoms tree trees leaf leaves grass plant plants rose bush forest fern palm".split()
)


def foliage_mask(views: Views, subject: Map | None) -> tuple[Map, float] | None:
    """Soft mask (h, w) and trust, or None. The subject is left out: a green shirt does not rustle."""
    hue, saturation, value = (views.hsv[..., i] for i in range(3))
    green = smoothstep(56, 70, hue) * (1 - smoothstep(155, 175, hue))
    strong = smoothstep(0.14, 0.3, saturation) * smoothstep(0.06, 0.18, value)
    textured = smoothstep(0.8, 2.2, views.detail)
    score = green * strong
    score = cv2.GaussianBlur(score, (0, 0), 3.0) * (0.15 + 0.85 * textured)
    if subject is not None:
        score = score * (1 - subject)
    mask = cv2.GaussianBlur(smoothstep(0.25, 0.55, score), (0, 0), 2.0)
    if mask.mean() < 0.005:
        return None
    return mask, float(min(1.0, 0.4 + 0.6 * score[mask > 0.5].mean() / 0.7)) if (mask > 0.5).any() else 0.3
