"""The sky: a skyline by dynamic programming over colour evidence, what of the land rises above it, and trust."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.horizon import Horizon
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import Mask, smoothstep, touching, without_holes, without_islands
from firstframe.engines.parallax.scene.views import Views


@dataclass(frozen=True)
class Sky:
    """Sky at analysis size."""

    mask: Mask
    skyline: NDArray[np.int32]
    """(w,) first row that is not sky, trees and towers above it left aside."""
    confidence: float
    reasons: tuple[str, ...]


def find_sky(views: Views, horizon: Horizon | None, face: Face | None) -> Sky | None:
    """The sky, or None when the top of the picture holds nothing like it."""
    height, width = views.size
    if height < 32 or width < 32:
        return None
    evidence = _first_evidence(views)
    lowest = horizon.row if horizon is not None and horizon.trust > 0.4 else round(0.9 * height)
    skyline = _skyline(evidence, views.gradient, lowest)
    for _ in range(2):
        if skyline.mean() < 0.04 * height:
            return None
        evidence = 0.5 * _first_evidence(views) + 0.5 * _learned_evidence(views, skyline)
        skyline = _skyline(evidence, views.gradient, lowest)
    mask = _mask(views, evidence, skyline)
    if mask.mean() < 0.03:
        return None
    confidence, reasons = _confidence(views, mask, skyline, face)
    return Sky(mask, skyline, confidence, reasons)


def sky_colour_likelihood(views: Views) -> Map:
    """0…1: blue, bright and pale, or the smooth warm colours of dusk; never green, never black."""
    light, a, b = (views.lab[..., i] for i in range(3))
    chroma = np.hypot(a, b)
    blue = smoothstep(1, 8, -b) * smoothstep(12, 25, light)
    pale = smoothstep(50, 72, light) * (1 - smoothstep(14, 26, chroma))
    dusk = smoothstep(2, 10, a) * smoothstep(25, 45, light)
    green = smoothstep(3, 10, -a) * smoothstep(0, 8, b)
    return (np.maximum(np.maximum(blue, pale), 0.8 * dusk) * (1 - green)).astype(np.float32)


def _first_evidence(views: Views) -> Map:
    """-1…1: colour, smoothness and height in the picture."""
    rows = (np.arange(views.size[0], dtype=np.float32) / views.size[0])[:, None]
    colour = sky_colour_likelihood(views)
    rough = smoothstep(1.5, 5.0, views.detail)
    return (1.6 * colour - 0.8 - 0.9 * rough + 0.5 * (0.45 - rows)).clip(-1, 1).astype(np.float32)


def _learned_evidence(views: Views, skyline: NDArray[np.int32]) -> Map:
    """-1…1: this picture's own colours above the skyline against those below it."""
    rows = np.arange(views.size[0])[:, None]
    above = rows < skyline[None]
    lab = views.lab
    bins = (lab / np.array([7, 7, 7], np.float32) + np.array([0, 16, 16], np.float32)).astype(np.int32)
    code = (bins[..., 0] * 34 + bins[..., 1].clip(0, 33)) * 34 + bins[..., 2].clip(0, 33)
    sky = np.bincount(code[above], minlength=code.max() + 1).astype(np.float32)
    land = np.bincount(code[~above], minlength=code.max() + 1).astype(np.float32)
    sky, land = sky / max(float(sky.sum()), 1) + 1e-4, land / max(float(land.sum()), 1) + 1e-4
    return cv2.GaussianBlur(np.clip(0.5 * np.log(sky / land), -1, 1)[code].astype(np.float32), (0, 0), 1.0)


def _skyline(evidence: Map, gradient: Map, lowest: int) -> NDArray[np.int32]:
    """(w,) row per column that best parts sky from land: evidence above, its opposite below, an edge between."""
    height, width = evidence.shape
    sums = np.vstack([np.zeros((1, width), np.float32), np.cumsum(evidence, axis=0)])[:height]
    cost = -sums - 0.6 * np.minimum(gradient, 12.0)
    cost[lowest + 1 :] = 1e6
    total = cost.T.copy()
    steps = range(-3, 4)
    choices = np.zeros((width, height), np.int8)
    for x in range(1, width):
        before = total[x - 1]
        padded_before = np.pad(before, 3, constant_values=1e9)
        options = np.stack([padded_before[3 + s : 3 + s + height] + 1.2 * abs(s) for s in steps])
        choices[x] = np.argmin(options, axis=0)
        total[x] += options[choices[x], np.arange(height)]
    path = np.zeros(width, np.int32)
    path[-1] = int(np.argmin(total[-1]))
    for x in range(width - 1, 0, -1):
        path[x - 1] = path[x] + choices[x, path[x]] - 3
    return path


def _mask(views: Views, evidence: Map, skyline: NDArray[np.int32]) -> Mask:
    """Sky above the skyline, less what rises from the land into it (trees, towers, people)."""
    rows = np.arange(views.size[0])[:, None]
    above = (rows < skyline[None]).astype(np.uint8)
    foreign = ((evidence < -0.25) & (above > 0)).astype(np.uint8)
    land = (1 - above).astype(np.uint8)
    land[-1] = 1
    rising = touching((foreign | land).astype(np.uint8), land)
    mask = (above & (1 - rising)).astype(np.uint8)
    mask = without_islands(mask, 0.0006 * mask.size)
    return without_holes(mask, 0.0005 * mask.size)


def _confidence(
    views: Views, mask: Mask, skyline: NDArray[np.int32], face: Face | None
) -> tuple[float, tuple[str, ...]]:
    height = views.size[0]
    sky, land = mask > 0, mask == 0
    light = views.lab[..., 0]
    likely = sky_colour_likelihood(views)
    rim = cv2.dilate(mask, np.ones((3, 3), np.uint8)) - mask
    factors = {
        "colour": float(np.clip(likely[sky].mean() / 0.6, 0, 1)),
        "top": float(np.clip(mask[: max(2, height // 40)].mean() / 0.6, 0, 1)),
        "ends": float(np.clip((0.94 - np.quantile(skyline, 0.97) / height) / 0.08, 0, 1)),
        "edge": float(smoothstep(1.0, 5.0, views.gradient[rim > 0]).mean()) if rim.any() else 0.0,
        "light": float(np.clip((light[sky].mean() - light[land].mean() + 18) / 18, 0, 1)) if land.any() else 0.0,
        "smooth": float(np.clip(1.6 - views.detail[sky].mean() / max(views.detail[land].mean(), 0.3), 0, 1))
        if land.any()
        else 0.0,
        "face": 1.0 if face is None else float(np.clip(1.5 - 5 * face.height / height, 0.2, 1)),
    }
    value = float(np.prod([max(factor, 1e-3) ** 0.5 for factor in factors.values()]))
    return min(1.0, 1.1 * value), tuple(f"{name} {factor:.2f}" for name, factor in factors.items())
