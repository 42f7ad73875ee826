"""The sky: its skyline, what rises above it, and how far it is to be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.filters import Mask, blurred, box_mean
from firstframe.engines.parallax.scene.horizon import SURE, Horizon
from firstframe.engines.parallax.scene.memory import remembered
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.nouns import SKIES, named
from firstframe.engines.parallax.scene.shapes import binary, grown, plane, touching, without_holes, without_islands
from firstframe.engines.parallax.scene.sky_colour import first_evidence, learned_evidence
from firstframe.engines.parallax.scene.sky_trust import trust_in_sky
from firstframe.engines.parallax.scene.skyline import Skyline, cheapest_skyline, with_far_hills
from firstframe.engines.parallax.scene.views import Views


@dataclass(frozen=True)
class Sky:
    """Sky at analysis size."""

    mask: Mask
    skyline: Skyline
    """(w,) first row that is not sky, trees and towers above it left aside."""
    confidence: float
    reasons: tuple[str, ...]

    @property
    def level(self) -> int:
        """Row of the lowest even part of the skyline: the horizon, or the nearest to it that is seen."""
        return int(np.quantile(self.skyline, 0.85))

    def behind(self, face: Face | None) -> Sky:
        """The same, trusted less the larger a face is before it: what is behind a portrait is mostly a wall or haze."""
        if face is None:
            return self
        trust = float(np.clip(1.4 - 6 * face.height / self.mask.shape[0], 0, 1)) ** 0.7
        return replace(self, confidence=self.confidence * trust, reasons=(*self.reasons, f"face {trust:.2f}"))

    def ground_line(self) -> Map:
        """(w,) the skyline without what is narrower than 45 % of the picture: hills stay, trees and towers go."""
        height, width = self.mask.shape
        land_top = np.where(self.mask.any(axis=0), np.argmin(self.mask, axis=0), 0).astype(np.float32)
        span = np.ones((1, round(0.45 * width) | 1), np.uint8)
        flat = cv2.erode(cv2.dilate(land_top[None], span), span)
        return np.asarray(np.minimum(flat[0], height), np.float32)


def find_sky(views: Views, horizon: Horizon | None, subjects: Iterable[str] = ()) -> Sky | None:
    """The sky, or None when the top of the picture holds nothing like it."""
    return _likeliest(views, horizon, named(subjects, SKIES)) if min(views.size) >= 32 else None


@remembered
def _likeliest(views: Views, horizon: Horizon | None, is_named: bool) -> Sky | None:
    level = horizon if horizon is not None and horizon.trust > SURE else None
    tries = [_follow(views, start, level, is_named) for start in first_evidence(views)]
    found = [sky for sky in tries if sky is not None]
    return max(found, key=lambda sky: sky.confidence) if found else None


def _follow(views: Views, first: Map, level: Horizon | None, is_named: bool) -> Sky | None:
    """From a first guess to a skyline, twice corrected by the colours it parts."""
    lowest = level.row if level is not None else None
    rows, _ = plane(views.size)
    evidence = first
    skyline = cheapest_skyline(first, views.gradient, lowest)
    for _ in range(2):
        if skyline.mean() < 0.04 * views.size[0]:
            return None
        evidence = 0.5 * first + 0.5 * learned_evidence(views, rows < skyline[None])
        skyline = cheapest_skyline(evidence, views.gradient, lowest)
    floor = np.full(views.size[1], lowest if lowest is not None else np.quantile(skyline, 0.6))
    if lowest is not None:
        hills = with_far_hills(skyline, views.gradient, views.light, lowest)
        floor = np.where(hills < skyline, hills, floor)
        skyline = hills
    mask = _above(evidence, skyline, floor) & (1 - _towers(views.light, skyline))
    if mask.mean() < 0.03:
        return None
    confidence, reasons = trust_in_sky(views, mask, skyline, level, is_named)
    return Sky(mask, skyline, confidence, reasons)


def _above(evidence: Map, skyline: Skyline, floor: NDArray[np.floating[Any]]) -> Mask:
    """Sky above the skyline and between what rises into it, less what rises from the land (trees, towers, people).

    `floor` (w,) is the row under which nothing is sky.
    """
    rows, _ = plane((evidence.shape[0], evidence.shape[1]))
    above = binary(rows < skyline[None])
    land = 1 - above
    land[-1] = 1
    rising = touching(binary((evidence < -0.25) & (above > 0)) | land, land)
    mask = above & (1 - rising)
    gaps = binary((evidence > 0.3) & (rows < floor[None]))
    mask = touching(mask | gaps, mask)
    return without_holes(without_islands(mask, 0.0006 * mask.size), 0.0005 * mask.size)


def _towers(light: Map, skyline: Skyline) -> Mask:
    """What stands on the skyline, narrow and darker than the sky to its left and right."""
    height, width = light.shape
    rows, _ = plane((height, width))
    above = rows < skyline[None]
    dark = (blurred(light, 0.8) < box_mean(light, round(0.2 * width) | 1, 3) - 9) & above
    standing = touching(dark | ~above, ~above) & above
    _, labels, stats, _ = cv2.connectedComponentsWithStats(binary(standing))
    wide, tall = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    keep = (wide < 0.12 * width) & (tall > 0.8 * wide) & (tall > 3)
    keep[0] = False
    return grown(keep[labels], 1)
