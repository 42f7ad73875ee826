"""Water: below the horizon, lying level, coloured like the sky it mirrors, its texture drawn out sideways."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.filters import Mask, blurred, ramp, slopes, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import largest, opened, plane, without_holes, without_islands
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.views import Views


def level_texture(views: Views) -> Map:
    """0…1: how much stronger lightness changes downwards than sideways; ripples lie flat in the picture."""
    across, down = (blurred(slope * slope, 7) for slope in slopes(blurred(views.light, 0.8)))
    return np.asarray(((down - across) / (down + across + 0.02)).clip(0, 1), np.float32)


def water_mask(views: Views, horizon_row: int | None, sky: Sky | None, is_named: bool) -> tuple[Map, float] | None:
    """Soft mask (h, w) and trust, or None.

    Without the word in the prompt, a horizon and a sky must be there: grey roads and tables are level and smooth too.
    With the word, but no horizon, it must lie in one piece: level patches are found in every picture.
    """
    seen = horizon_row is not None and sky is not None
    if not is_named and (horizon_row is None or sky is None):
        return None
    if horizon_row is None:
        horizon_row = sky.level if sky is not None else round(0.25 * views.size[0])
    rows, _ = plane(views.size)
    below = smoothstep(horizon_row - 1, horizon_row + 3, rows)
    score = below * smoothstep(0.15, 0.5, level_texture(views)) * (0.35 + 0.65 * _watery_colour(views, sky))
    mask = opened(without_holes(blurred(score, 2.5) > 0.32, 0.01 * score.size), 3)
    mask = without_islands(mask, 0.02 * mask.size)
    if mask.mean() < 0.02:
        return None
    trust = float(np.clip(score[mask > 0].mean() / 0.6, 0, 1)) * (1.0 if is_named else 0.6)
    width = float(largest(mask).any(axis=0).mean())
    trust *= min(1.0, width / 0.5)
    if not seen:
        trust *= _of_one_piece(views, mask) ** 0.6 if sky is not None else 0.65 * _of_one_piece(views, mask)
    return blurred(mask, 2.0), trust


def _of_one_piece(views: Views, mask: Mask) -> float:
    """0…1: the mask is one solid, evenly lit thing without hard detail."""
    main = largest(mask)
    outline, _ = cv2.findContours(main, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = cv2.fillConvexPoly(np.zeros_like(main), cv2.convexHull(np.vstack(outline)), (1,))
    inside = mask > 0
    return (
        ramp(0.3, 0.75, float(main.sum()) / float(mask.sum()))
        * ramp(0.45, 0.75, float(main.sum()) / max(float(hull.sum()), 1.0))
        * ramp(27, 21, float(views.light[inside].std()))
        * ramp(10, 7, float(views.detail[inside].mean()))
    )


def stream_mask(views: Views, water: Map) -> Map:
    """Soft mask (h, w) of what may run in the `water` (h, w): the far shore stays, and so do dark rocks and banks."""
    wet = water > 0.3
    rows, _ = plane(views.size)
    first = float(np.flatnonzero(wet.any(axis=1))[0]) if wet.any() else 0.0
    light = blurred(views.light, 1.5)
    dark, usual = np.percentile(light[wet], [12, 40]) if wet.any() else (0.0, 1.0)
    lit = smoothstep(float(dark), max(float(usual), float(dark) + 4), light)
    hue, saturation = views.hsv[..., 0], views.hsv[..., 1]
    earthen = smoothstep(12, 25, hue) * (1 - smoothstep(150, 165, hue)) * smoothstep(0.3, 0.5, saturation)
    near = smoothstep(first + 0.04 * len(light), first + 0.16 * len(light), rows)
    return np.asarray(blurred(water * lit * (1 - earthen), 2.0) * near, np.float32)


def _watery_colour(views: Views, sky: Sky | None) -> Map:
    a, b = views.lab[..., 1], views.lab[..., 2]
    blue = smoothstep(0, 8, -b - 0.3 * np.abs(a))
    if sky is None:
        return blue
    tones = np.percentile(views.lab[sky.mask > 0][:, 1:], [10, 50, 90], axis=0)
    apart = np.min([np.hypot(a - tone[0], b - tone[1]) for tone in tones], axis=0)
    mirrored = (1 - smoothstep(8, 22, apart)) * smoothstep(2, 8, views.light)
    return np.asarray(np.maximum(blue, mirrored), np.float32)
