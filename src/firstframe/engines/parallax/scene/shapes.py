"""Plane geometry of masks: growing, shrinking, islands, boxes. Masks are uint8 0/1, (h, w)."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.filters import AnyMask, Mask, Size, depth_inside

Box = tuple[int, int, int, int]
"""x, y, width, height in pixels."""


def binary(mask: AnyMask) -> Mask:
    """The mask as uint8 0/1."""
    return np.asarray(mask, np.uint8)


def disc(radius_px: float) -> Mask:
    """Elliptic structuring element of that radius, at least one pixel."""
    side = 2 * max(0, round(radius_px)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def grown(mask: AnyMask, radius_px: float) -> Mask:
    """The mask and everything nearer to it than the radius; by distance transform when the radius is large."""
    solid = binary(mask)
    if radius_px < 8:
        return np.asarray(cv2.dilate(solid, disc(radius_px)), np.uint8)
    if not solid.any():
        return solid.copy()
    return binary(depth_inside(1 - solid) <= radius_px)


def shrunk(mask: AnyMask, radius_px: float) -> Mask:
    """What stays of the mask when its rim of that width is taken away; the picture's border is no rim."""
    return 1 - grown(1 - binary(mask), radius_px)


def closed(mask: AnyMask, radius_px: float) -> Mask:
    """Gaps and notches narrower than the diameter are filled."""
    return shrunk(grown(mask, radius_px), radius_px)


def opened(mask: AnyMask, radius_px: float) -> Mask:
    """Spikes and threads narrower than the diameter are taken away."""
    return grown(shrunk(mask, radius_px), radius_px)


def touching(mask: AnyMask, seed: AnyMask) -> Mask:
    """The connected parts of the mask that the seed touches."""
    solid = binary(mask)
    count, labels = cv2.connectedComponents(solid)
    wanted = np.zeros(count, np.uint8)
    wanted[np.asarray(labels)[(binary(seed) & solid) > 0]] = 1
    wanted[0] = 0
    return np.asarray(wanted[labels], np.uint8)


def without_islands(mask: AnyMask, least_px: float) -> Mask:
    """Connected parts of fewer pixels than that are dropped."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(binary(mask))
    keep = stats[:, cv2.CC_STAT_AREA] >= least_px
    keep[0] = False
    return binary(keep[labels])


def without_holes(mask: AnyMask, most_px: float) -> Mask:
    """Holes of fewer pixels than that are filled."""
    return 1 - without_islands(1 - binary(mask), most_px)


def largest(mask: AnyMask) -> Mask:
    """The largest connected part."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(binary(mask))
    if count < 2:
        return binary(mask).copy()
    return binary(labels == 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA])))


def bounding_box(mask: AnyMask) -> Box | None:
    """Smallest box around the mask, or None when it is empty."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1)


def padded(box: Box, margin_px: float, size: Size) -> tuple[slice, slice]:
    """Row and column slices of the box grown by a margin and kept inside (h, w)."""
    x, y, w, h = box
    margin = round(margin_px)
    return (
        slice(max(0, y - margin), min(size[0], y + h + margin)),
        slice(max(0, x - margin), min(size[1], x + w + margin)),
    )


def ellipse(size: Size, centre: tuple[float, float], radii: tuple[float, float]) -> Mask:
    """A filled ellipse on (h, w); centre and radii as x, y in pixels."""
    mask = np.zeros(size, np.uint8)
    middle = round(centre[0]), round(centre[1])
    cv2.ellipse(mask, middle, (max(1, round(radii[0])), max(1, round(radii[1]))), 0, 0, 360, 1, -1)
    return mask


def plane(size: Size) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.float32]], ...]:
    """Row (h, 1) and column (1, w) numbers as float32, to be broadcast."""
    return np.arange(size[0], dtype=np.float32)[:, None], np.arange(size[1], dtype=np.float32)[None]
