"""How sky-like each pixel is: by the colours that skies have, and by those that this picture's sky has."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.filters import AnyMask, blurred, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import plane
from firstframe.engines.parallax.scene.views import Views

COLOURS = 34**3


def sky_likelihood(lab: Map) -> Map:
    """0…1: blue, bright and pale, or the warm colours of dusk; never green, never black, never paper."""
    light, a, b = lab[..., 0], lab[..., 1], lab[..., 2]
    chroma = np.hypot(a, b)
    blue = smoothstep(1, 8, -b) * smoothstep(20, 42, light + np.maximum(-b - 8, 0))
    paper = smoothstep(82, 88, light) * smoothstep(3, 6, b) * (1 - smoothstep(1.5, 3, a))
    pale = smoothstep(48, 68, light) * (1 - smoothstep(16, 28, chroma)) * (1 - paper)
    dusk = smoothstep(2, 10, a) * smoothstep(25, 50, light) * (1 - smoothstep(0, 14, b - 1.2 * np.maximum(a, 0)))
    green = smoothstep(4, 11, -a) * smoothstep(-4, 4, b)
    return np.asarray(np.maximum(np.maximum(blue, pale), 0.8 * dusk) * (1 - green), np.float32)


def wood_likelihood(lab: Map) -> Map:
    """0…1: dark and saturated yellow to brown, the colour of tables and walls that no sky has."""
    light, a, b = lab[..., 0], lab[..., 1], lab[..., 2]
    brown = smoothstep(14, 28, np.hypot(a, b)) * smoothstep(-4, 4, b - 0.8 * np.abs(a))
    return np.asarray(brown * (1 - smoothstep(52, 66, light)), np.float32)


def first_evidence(views: Views) -> tuple[Map, ...]:
    """-1…1, three guesses: colour, smoothness and height, with no drop of light below what lies near or far above;
    and height alone, for skies of any colour."""
    rows, _ = plane(views.size)
    rows = rows / np.float32(views.size[0])
    rough = smoothstep(1.5, 5.0, views.detail)
    plain = 1.6 * sky_likelihood(views.lab) - 0.75 - 0.9 * rough + 0.5 * (0.45 - rows)
    near = smoothstep(8, 24, _drop_of_light(views, 0.0))
    far = smoothstep(8, 24, _drop_of_light(views, 0.25))
    low = 2.4 * (0.42 - rows) - 0.5 * rough - 0.5 * near
    return tuple(np.asarray(e.clip(-1, 1), np.float32) for e in (plain - 0.7 * near, plain - 0.9 * far, low))


def learned_evidence(views: Views, above: AnyMask) -> Map:
    """-1…1: this picture's own colours above a supposed skyline against those below it."""
    sky, land = (share + 1e-4 for share in colour_shares(views.lab, 7.0, (above, ~np.asarray(above, np.bool_))))
    ratio = np.clip(0.5 * np.log(sky / land), -1, 1)
    return blurred(ratio[colour_codes(views.lab, 7.0)], 1.0)


def colour_codes(lab: Map, step: float) -> NDArray[np.int32]:
    """The number of the cell of Lab space, `step` units wide, that each pixel falls into."""
    bins = (lab / np.float32(step) + np.array([0, 16, 16], np.float32)).astype(np.int32).clip(0, 33)
    return np.asarray((bins[..., 0] * 34 + bins[..., 1]) * 34 + bins[..., 2], np.int32)


def colour_shares(lab: Map, step: float, parts: tuple[AnyMask, ...]) -> list[NDArray[np.float64]]:
    """For each part of the picture, the share of its pixels in every cell of Lab space."""
    code = colour_codes(lab, step)
    flags = [np.asarray(part, np.bool_) for part in parts]
    return [np.bincount(code[f], minlength=COLOURS) / max(1, int(f.sum())) for f in flags]


def _drop_of_light(views: Views, memory: float) -> Map:
    """How much darker a pixel is than what lies above it, in L: land is, the foot of a sky is not.

    `memory` is how far up the lightest is looked for, as a share of the height, beyond the tenth just above.
    """
    height = views.size[0]
    light = blurred(views.light, 1.5)
    reach = max(3, height // 10)
    above = cv2.boxFilter(light, cv2.CV_32F, (9, reach), anchor=(4, reach - 1), borderType=cv2.BORDER_REPLICATE)
    if memory > 0:
        span = max(3, round(memory * height))
        above = cv2.dilate(above, np.ones((span, 1), np.uint8), anchor=(0, span - 1))
    return np.asarray(above, np.float32) - light
