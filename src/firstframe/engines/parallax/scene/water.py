"""Water: below the horizon, lying level, coloured like the sky it mirrors, its texture drawn out sideways; and foam."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.filters import Mask, blurred, ramp, slopes, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import (
    binary,
    closed,
    grown,
    largest,
    opened,
    plane,
    touching,
    without_holes,
    without_islands,
)
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.views import Views

SMOOTH = (0.022, 10.0, 0.75)
"""Fine contrast under which what lies near is wet sand or mist, for water so near has ripples: a share of the L of the
place and so much more, and the most of it, in L."""
NEAR_FROM = 0.1
"""Share of the picture's height below the horizon from which water is near."""
FOAM_REACH = 0.05
"""How far foam lies beyond what was taken for water, as a share of the height."""


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
    # What is coloured like rock or wood is water only where it is drawn out sideways, as mirror images are.
    least = 0.15 + (0.35 * _earthen(views) if sky is not None else 0.0)
    score = below * smoothstep(0, 0.35, level_texture(views) - least) * (0.35 + 0.65 * _watery_colour(views, sky))
    mask = opened(_without_gaps(views, blurred(score, 2.5) > 0.32), 3)
    mask = without_islands(mask, 0.02 * mask.size)
    if mask.mean() < 0.02:
        return None
    trust = float(np.clip(score[mask > 0].mean() / 0.6, 0, 1)) * (1.0 if is_named else 0.6)
    width = float(largest(mask).any(axis=0).mean())
    trust *= min(1.0, width / 0.5)
    if not seen and sky is None:
        trust *= 0.7 * _of_one_piece(views, mask, 0.95)
    elif not seen:
        # A small level patch under the sky is haze before hills, or a roof.
        trust *= _of_one_piece(views, mask, 0.75) ** 0.6 * ramp(0.02, 0.08, float(mask.mean()))
    return blurred(_to_the_shore(views, mask, horizon_row, sky) if sky is not None else mask, 2.0), trust


def _without_gaps(views: Views, wet: NDArray[np.bool_]) -> Mask:
    """The mask with its small holes filled, but for earthen ones: those are rocks."""
    rock = opened(_earthen(views) > 0.5, 1) & (1 - binary(wet))
    return without_holes(wet, 0.01 * wet.size) & (1 - rock)


def _to_the_shore(views: Views, mask: Mask, horizon_row: int, sky: Sky | None) -> Mask:
    """The mask without smooth wet sand, and with the foam that breaks on it."""
    rows, _ = plane(views.size)
    near = rows > horizon_row + NEAR_FROM * len(mask)
    sea = mask & (1 - opened(near & _smooth(views), 4))
    if not sea.any():
        return mask
    usual = float(np.median(views.light[sea > 0]))
    white = np.maximum(_watery_colour(views, sky), 1 - smoothstep(8, 16, np.hypot(*np.moveaxis(views.lab, 2, 0)[1:])))
    bright = near & (views.light > usual + 5) & (views.detail > 1.0) & (white > 0.5)
    foam = touching(binary(bright) & grown(sea, FOAM_REACH * len(mask)), sea)
    return without_islands(opened(without_holes(sea | foam, 0.004 * sea.size), 2), 0.005 * sea.size)


def _of_one_piece(views: Views, mask: Mask, whole: float) -> float:
    """0…1: the mask is one solid, evenly lit thing without hard detail; a share `whole` of it is one piece."""
    main = largest(mask)
    outline, _ = cv2.findContours(main, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = cv2.fillConvexPoly(np.zeros_like(main), cv2.convexHull(np.vstack(outline)), (1,))
    inside = mask > 0
    return (
        ramp(0.4 * whole, whole, float(main.sum()) / float(mask.sum()))
        * ramp(0.4, 0.65, float(main.sum()) / max(float(hull.sum()), 1.0))
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
    near = smoothstep(first + 0.04 * len(light), first + 0.16 * len(light), rows)
    return np.asarray(blurred(water * lit * (1 - _earthen(views)), 2.0) * near, np.float32)


def _earthen(views: Views) -> Map:
    """(h, w) 0…1: coloured like earth, rocks and plants."""
    hue, saturation = views.hsv[..., 0], views.hsv[..., 1]
    brown_to_green = smoothstep(12, 25, hue) * (1 - smoothstep(150, 165, hue))
    return np.asarray(brown_to_green * smoothstep(0.3, 0.5, saturation), np.float32)


def _smooth(views: Views) -> NDArray[np.bool_]:
    share, more, most = SMOOTH
    least = np.minimum(share * (blurred(views.light, 3.0) + more), most)
    return np.asarray(blurred(views.detail, 3.0) < least, np.bool_)


def shore_mask(views: Views, water: Map) -> Map:
    """Soft mask (h, w) of the sand beside the `water` (h, w): smooth and near, so that a wave may run up it."""
    wet = water > 0.3
    rows, _ = plane(views.size)
    first = float(np.flatnonzero(wet.any(axis=1))[0]) if wet.any() else float(len(wet))
    sand = opened((rows > first + NEAR_FROM * len(wet)) & _smooth(views) & ~wet, 4)
    # The foam between the two is neither.
    return blurred(grown(touching(sand, grown(wet, FOAM_REACH * len(wet))), 4), 2.0)


def rock_mask(views: Views, water: Map) -> Map:
    """Soft mask (h, w) of what stands in the `water` (h, w), dark and earthen: rocks, posts and what they mirror."""
    wet = water > 0.3
    usual = float(np.median(views.light[wet])) if wet.any() else 100.0
    hue, saturation = views.hsv[..., 0], views.hsv[..., 1]
    warm = (hue < 70) | (hue > 345)
    dark = closed(wet & warm & (saturation > 0.28) & (views.light < 0.75 * usual), 3)
    solid = without_holes(without_islands(opened(dark, 2), 0.001 * wet.size), 0.01 * wet.size)
    return np.asarray(blurred(grown(solid, 2), 1.5) * water, np.float32)


def _watery_colour(views: Views, sky: Sky | None) -> Map:
    a, b = views.lab[..., 1], views.lab[..., 2]
    blue = smoothstep(0, 8, -b - 0.3 * np.abs(a))
    if sky is None:
        return blue
    tones = np.percentile(views.lab[sky.mask > 0][:, 1:], [10, 50, 90], axis=0)
    apart = np.min([np.hypot(a - tone[0], b - tone[1]) for tone in tones], axis=0)
    mirrored = (1 - smoothstep(8, 22, apart)) * smoothstep(2, 8, views.light)
    return np.asarray(np.maximum(blue, mirrored), np.float32)
