"""The sky: a skyline by dynamic programming over colour evidence, what rises above it, and trust."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numba import njit
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.horizon import Horizon
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import (
    Mask,
    grown,
    shrunk,
    smoothstep,
    touching,
    without_holes,
    without_islands,
    words,
)
from firstframe.engines.parallax.scene.views import Views

SKY_WORDS = frozenset("sky skies cloud clouds sunset sunrise dusk dawn horizon".split())


@dataclass(frozen=True)
class Sky:
    """Sky at analysis size."""

    mask: Mask
    skyline: NDArray[np.int32]
    """(w,) first row that is not sky, trees and towers above it left aside."""
    confidence: float
    reasons: tuple[str, ...]

    @property
    def level(self) -> int:
        """Row of the lowest even part of the skyline: the horizon, or the nearest to it that is seen."""
        return int(np.quantile(self.skyline, 0.85))

    def ground_line(self) -> Map:
        """(w,) the skyline without what is narrower than 45 % of the picture: hills stay, trees and towers go."""
        height, width = self.mask.shape
        land_top = np.where(self.mask.any(axis=0), np.argmin(self.mask, axis=0), 0).astype(np.float32)
        span = np.ones((1, round(0.45 * width) | 1), np.uint8)
        return np.minimum(cv2.erode(cv2.dilate(land_top[None], span), span)[0], height)


def find_sky(views: Views, horizon: Horizon | None, face: Face | None, subjects: Iterable[str] = ()) -> Sky | None:
    """The sky, or None when the top of the picture holds nothing like it."""
    height, width = views.size
    if height < 32 or width < 32:
        return None
    level = horizon if horizon is not None and horizon.trust > 0.4 else None
    tries = [_try(views, start, level, face, subjects) for start in _first_evidence(views)]
    found = [sky for sky in tries if sky is not None]
    return max(found, key=lambda sky: sky.confidence) if found else None


def _try(views: Views, first: Map, level: Horizon | None, face: Face | None, subjects: Iterable[str]) -> Sky | None:
    skyline = _skyline(first, views.gradient, level)
    evidence = first
    for _ in range(2):
        if skyline.mean() < 0.04 * views.size[0]:
            return None
        evidence = 0.5 * first + 0.5 * _learned_evidence(views, skyline)
        skyline = _skyline(evidence, views.gradient, level)
    mask = _mask(evidence, skyline, level)
    mask &= 1 - _towers(views.lab[..., 0], skyline)
    if mask.mean() < 0.03:
        return None
    confidence, reasons = _confidence(views, mask, skyline, level, face, bool(words(subjects) & SKY_WORDS))
    return Sky(mask, skyline, confidence, reasons)


def sky_colour_likelihood(views: Views) -> Map:
    """0…1: blue, bright and pale, or the warm colours of dusk; never green, never black."""
    light, a, b = (views.lab[..., i] for i in range(3))
    chroma = np.hypot(a, b)
    blue = smoothstep(1, 8, -b) * smoothstep(20, 42, light + np.maximum(-b - 8, 0))
    paper = smoothstep(82, 88, light) * smoothstep(3, 6, b) * (1 - smoothstep(1.5, 3, a))
    pale = smoothstep(48, 68, light) * (1 - smoothstep(16, 28, chroma)) * (1 - paper)
    dusk = smoothstep(2, 10, a) * smoothstep(25, 50, light) * (1 - smoothstep(0, 14, b - 1.2 * np.maximum(a, 0)))
    green = smoothstep(4, 11, -a) * smoothstep(-4, 4, b)
    return (np.maximum(np.maximum(blue, pale), 0.8 * dusk) * (1 - green)).astype(np.float32)


def _first_evidence(views: Views) -> tuple[Map, ...]:
    """-1…1: colour, smoothness, height in the picture, and no drop of light below what lies above, near or far."""
    rows = (np.arange(views.size[0], dtype=np.float32) / views.size[0])[:, None]
    colour = sky_colour_likelihood(views)
    rough = smoothstep(1.5, 5.0, views.detail)
    plain = 1.6 * colour - 0.75 - 0.9 * rough + 0.5 * (0.45 - rows)
    near = smoothstep(8, 24, _drop_of_light(views, 0.0))
    far = smoothstep(8, 24, _drop_of_light(views, 0.25))
    low = 2.4 * (0.42 - rows) - 0.5 * rough - 0.5 * near
    return tuple(e.clip(-1, 1).astype(np.float32) for e in (plain - 0.7 * near, plain - 0.9 * far, low))


def _drop_of_light(views: Views, memory: float) -> Map:
    """How much darker a pixel is than what lies above it, in L: land is, the foot of a sky is not.

    `memory` is how far up the lightest is looked for, as a share of the height, beyond the tenth just above.
    """
    height = views.size[0]
    light = cv2.GaussianBlur(views.lab[..., 0], (0, 0), 1.5)
    reach = max(3, height // 10)
    above = cv2.boxFilter(light, cv2.CV_32F, (9, reach), anchor=(4, reach - 1), borderType=cv2.BORDER_REPLICATE)
    if memory > 0:
        span = max(3, round(memory * height))
        above = cv2.dilate(above, np.ones((span, 1), np.uint8), anchor=(0, span - 1))
    return (above - light).astype(np.float32)


def _learned_evidence(views: Views, skyline: NDArray[np.int32]) -> Map:
    """-1…1: this picture's own colours above the skyline against those below it."""
    above = np.arange(views.size[0])[:, None] < skyline[None]
    bins = (views.lab / 7 + np.array([0, 16, 16], np.float32)).astype(np.int32)
    code = (bins[..., 0] * 34 + bins[..., 1].clip(0, 33)) * 34 + bins[..., 2].clip(0, 33)
    sky = np.bincount(code[above], minlength=code.max() + 1).astype(np.float32)
    land = np.bincount(code[~above], minlength=code.max() + 1).astype(np.float32)
    sky, land = sky / max(float(sky.sum()), 1) + 1e-4, land / max(float(land.sum()), 1) + 1e-4
    return cv2.GaussianBlur(np.clip(0.5 * np.log(sky / land), -1, 1)[code].astype(np.float32), (0, 0), 1.0)


def _skyline(evidence: Map, gradient: Map, level: Horizon | None) -> NDArray[np.int32]:
    """(w,) row per column that best parts sky from land: evidence above, its opposite below, an edge between.

    Never below a horizon.
    """
    height, width = evidence.shape
    sums = np.vstack([np.zeros((1, width), np.float32), np.cumsum(evidence, axis=0)])[:height]
    cost = -sums - 0.6 * np.minimum(gradient, 12.0)
    if level is not None:
        cost[level.row + 2 :] = 1e6
    return _cheapest_path(np.ascontiguousarray(cost.T, np.float32))


@njit(cache=True, nogil=True)
def _cheapest_path(cost: Map) -> NDArray[np.int32]:
    """Row per column of the cheapest path through (w, h) costs; up to 3 rows per column, 1.2 for each row of change."""
    width, height = cost.shape
    total = cost.copy()
    came_from = np.zeros((width, height), np.int32)
    for x in range(1, width):
        for y in range(height):
            best, origin = np.float32(1e30), y
            for before in range(max(0, y - 3), min(height, y + 4)):
                value = total[x - 1, before] + np.float32(1.2) * abs(before - y)
                if value < best:
                    best, origin = value, before
            total[x, y] += best
            came_from[x, y] = origin
    path = np.zeros(width, np.int32)
    path[-1] = np.argmin(total[-1])
    for x in range(width - 1, 0, -1):
        path[x - 1] = came_from[x, path[x]]
    return path


def _mask(evidence: Map, skyline: NDArray[np.int32], level: Horizon | None) -> Mask:
    """Sky above the skyline and between what rises into it, less what rises from the land (trees, towers, people)."""
    rows = np.arange(evidence.shape[0])[:, None]
    above = (rows < skyline[None]).astype(np.uint8)
    foreign = ((evidence < -0.25) & (above > 0)).astype(np.uint8)
    land = (1 - above).astype(np.uint8)
    land[-1] = 1
    rising = touching((foreign | land).astype(np.uint8), land)
    mask = (above & (1 - rising)).astype(np.uint8)
    lowest = level.row if level is not None else int(np.quantile(skyline, 0.6))
    gaps = ((evidence > 0.3) & (rows < lowest)).astype(np.uint8)
    mask = touching((mask | gaps).astype(np.uint8), mask)
    mask = without_islands(mask, 0.0006 * mask.size)
    return without_holes(mask, 0.0005 * mask.size)


def _towers(light: Map, skyline: NDArray[np.int32]) -> Mask:
    """What stands on the skyline, narrow and darker than the sky to its left and right."""
    height, width = light.shape
    beside = cv2.blur(light, (round(0.2 * width) | 1, 3), borderType=cv2.BORDER_REPLICATE)
    above = np.arange(height)[:, None] < skyline[None]
    dark = ((cv2.GaussianBlur(light, (0, 0), 0.8) < beside - 9) & above).astype(np.uint8)
    standing = touching((dark | ~above).astype(np.uint8), (~above).astype(np.uint8)) & above
    _, labels, stats, _ = cv2.connectedComponentsWithStats(standing.astype(np.uint8))
    narrow = stats[:, cv2.CC_STAT_WIDTH] < 0.12 * width
    upright = stats[:, cv2.CC_STAT_HEIGHT] > 0.8 * stats[:, cv2.CC_STAT_WIDTH]
    keep = narrow & upright & (stats[:, cv2.CC_STAT_HEIGHT] > 3)
    keep[0] = False
    return grown(keep[labels].astype(np.uint8), 1)


def _confidence(
    views: Views, mask: Mask, skyline: NDArray[np.int32], level: Horizon | None, face: Face | None, named: bool
) -> tuple[float, tuple[str, ...]]:
    height = views.size[0]
    sky, land = mask > 0, mask == 0
    if not land.any():
        return 0.0, ("no land",)
    light, detail = views.lab[..., 0], views.detail
    rim = cv2.dilate(mask, np.ones((3, 3), np.uint8)) - mask
    lowest = float(np.quantile(skyline, 0.95)) / height
    step = _step_of_light(light, mask)
    blank = float(((light > 88) & (np.hypot(views.lab[..., 1], views.lab[..., 2]) < 4))[sky].mean())
    steady = level.trust if level is not None else 0.0
    factors = {
        "colour": np.clip((sky_colour_likelihood(views) - _wood(views.lab))[sky].mean() / 0.5 + 0.25, 0, 1),
        "top": np.clip((mask[: max(2, height // 40)].mean() - 0.6) / 0.3, 0, 1),
        "ends": 1.0 if level is not None else np.clip((0.84 - lowest) / 0.12, 0, 1),
        "edge": np.clip((smoothstep(1.0, 5.0, views.gradient[rim > 0]).mean() - 0.4) / 0.3, 0, 1) if rim.any() else 0.0,
        "light": np.clip((step + 4) / 10, 0, 1),
        "smooth": np.clip(1.6 - detail[sky].mean() / max(float(detail[land].mean()), 0.3), 0, 1),
        "calm": 1.0
        - smoothstep(0.05, 0.15, np.float32(_hard_edges(views, mask) - 0.12 * max(0.0, steady - 0.8) / 0.2)),
        "apart": 1.0 - smoothstep(0.6, 0.9, np.float32(_likeness(views.lab, mask))),
        "drawn": 1.0 - 0.7 * smoothstep(0.5, 0.9, np.float32(blank)),
        "face": 1.0 if face is None else np.clip(1.4 - 6 * face.height / height, 0, 1),
    }
    value = float(np.prod([max(float(factor), 1e-3) for factor in factors.values()])) ** 0.7
    value = value + (1 - value) * 0.4 * value if named else value
    return min(1.0, 1.1 * value), tuple(f"{name} {float(factor):.2f}" for name, factor in factors.items())


def _step_of_light(light: Map, mask: Mask) -> float:
    """How much lighter the sky is than the land just below it, in L."""
    near = np.ones((13, 3), np.uint8)
    above = (cv2.dilate(1 - mask, near) & mask) > 0
    below = (cv2.dilate(mask, near) & (1 - mask)) > 0
    if not above.any() or not below.any():
        return 0.0
    return float(np.median(light[above]) - np.median(light[below]))


def _wood(lab: Map) -> Map:
    """0…1: dark and saturated yellow to brown, the colour of tables and walls that no sky has."""
    light, a, b = (lab[..., i] for i in range(3))
    brown = smoothstep(14, 28, np.hypot(a, b)) * smoothstep(-4, 4, b - 0.8 * np.abs(a))
    return (brown * (1 - smoothstep(52, 66, light))).astype(np.float32)


def _hard_edges(views: Views, mask: Mask) -> float:
    """Share of the sky's inside that lies on strong edges: clouds have few, rooms and streets many."""
    inner = shrunk(mask, 3) > 0
    return float((views.gradient[inner] > 6).mean()) if inner.any() else 1.0


def _likeness(lab: Map, mask: Mask) -> float:
    """0…1: how far the colours a little above the skyline are those a little below it (Bhattacharyya)."""
    height = mask.shape[0]
    above = (grown(1 - mask, 0.2 * height) & mask) > 0
    below = (grown(mask, 0.12 * height) & (1 - mask)) > 0
    bins = (lab / 8 + np.array([0, 16, 16], np.float32)).astype(np.int32)
    code = (bins[..., 0] * 34 + bins[..., 1].clip(0, 33)) * 34 + bins[..., 2].clip(0, 33)
    shares = [np.bincount(code[part], minlength=40000) / max(1, int(part.sum())) for part in (above, below)]
    return float(np.sqrt(shares[0] * shares[1]).sum())
