"""Plane geometry of masks: growing, shrinking, islands, smooth steps. Masks are uint8 0/1, (h, w)."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.model import Map

Mask = NDArray[np.uint8]
Box = tuple[int, int, int, int]
"""x, y, width, height in pixels."""


def smoothstep(low: float | Map, high: float | Map, value: Map) -> Map:
    """0 below `low`, 1 above `high`, a cubic with flat ends between."""
    t = np.clip((value - low) / (high - low), 0.0, 1.0)
    return (t * t * (3.0 - 2.0 * t)).astype(np.float32)


def disc(radius_px: float) -> Mask:
    """Elliptic structuring element of that radius, at least one pixel."""
    side = 2 * max(0, round(radius_px)) + 1
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)).astype(np.uint8)


def grown(mask: Mask, radius_px: float) -> Mask:
    """The mask and everything nearer to it than the radius; by distance transform when the radius is large."""
    if radius_px < 8:
        return cv2.dilate(mask, disc(radius_px))
    if not mask.any():
        return mask.copy()
    return (cv2.distanceTransform(1 - mask, cv2.DIST_L2, 3) <= radius_px).astype(np.uint8)


def shrunk(mask: Mask, radius_px: float) -> Mask:
    """What stays of the mask when its rim of that width is taken away; the picture's border is no rim."""
    return (1 - grown((1 - mask).astype(np.uint8), radius_px)).astype(np.uint8)


def closed(mask: Mask, radius_px: float) -> Mask:
    """Gaps and notches narrower than the diameter are filled."""
    return shrunk(grown(mask, radius_px), radius_px)


def opened(mask: Mask, radius_px: float) -> Mask:
    """Spikes and threads narrower than the diameter are taken away."""
    return grown(shrunk(mask, radius_px), radius_px)


def touching(mask: Mask, seed: Mask) -> Mask:
    """The connected parts of the mask that the seed touches."""
    _, labels = cv2.connectedComponents(mask)
    wanted = np.unique(labels[(seed > 0) & (mask > 0)])
    return np.isin(labels, wanted[wanted > 0]).astype(np.uint8)


def without_islands(mask: Mask, least_px: float) -> Mask:
    """Connected parts of fewer pixels than that are dropped."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    keep = stats[:, cv2.CC_STAT_AREA] >= least_px
    keep[0] = False
    return keep[labels].astype(np.uint8)


def without_holes(mask: Mask, most_px: float) -> Mask:
    """Holes of fewer pixels than that are filled."""
    return (1 - without_islands((1 - mask).astype(np.uint8), most_px)).astype(np.uint8)


def largest(mask: Mask) -> Mask:
    """The largest connected part."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    if count < 2:
        return mask.copy()
    return (labels == 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))).astype(np.uint8)


def bounding_box(mask: NDArray[np.uint8] | NDArray[np.bool_]) -> Box | None:
    """Smallest box around the mask, or None when it is empty."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1)


def padded(box: Box, margin_px: float, size: tuple[int, int]) -> tuple[slice, slice]:
    """Row and column slices of the box grown by a margin and kept inside (h, w)."""
    x, y, w, h = box
    margin = round(margin_px)
    return (
        slice(max(0, y - margin), min(size[0], y + h + margin)),
        slice(max(0, x - margin), min(size[1], x + w + margin)),
    )


def resized(map_: Map, size: tuple[int, int], way: int = cv2.INTER_LINEAR) -> Map:
    """The map at (h, w), linear unless told otherwise."""
    if map_.shape[:2] == size:
        return map_
    return cv2.resize(map_, (size[1], size[0]), interpolation=way)


def ellipse(size: tuple[int, int], centre: tuple[float, float], radii: tuple[float, float]) -> Mask:
    """A filled ellipse on (h, w); centre and radii as x, y in pixels."""
    mask = np.zeros(size, np.uint8)
    whole = (round(centre[0]), round(centre[1])), (max(1, round(radii[0])), max(1, round(radii[1])))
    cv2.ellipse(mask, *whole, 0, 0, 360, 1, -1)
    return mask


def words(texts: Iterable[str]) -> frozenset[str]:
    """All lower-case words of the texts."""
    return frozenset(word for text in texts for word in text.lower().replace("-", " ").split())
