"""OpenCV's filters with the types of this room: maps in, float32 maps out; masks in, 0/1 masks out."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.model import Map, Picture

Mask = NDArray[np.uint8]
"""(h, w) of 0 and 1."""
AnyMap = NDArray[np.floating[Any]]
AnyMask = NDArray[np.uint8] | NDArray[np.bool_]
Size = tuple[int, int]
"""h, w."""


def blurred(map_: NDArray[Any], sigma_px: float) -> Map:
    """Gaussian blur of a map of any channels."""
    return np.asarray(cv2.GaussianBlur(np.asarray(map_, np.float32), (0, 0), sigma_px), np.float32)


def box_mean(map_: NDArray[Any], width_px: int, height_px: int) -> Map:
    """Mean over a centred box; the border is repeated."""
    size = width_px, height_px
    return np.asarray(cv2.blur(np.asarray(map_, np.float32), size, borderType=cv2.BORDER_REPLICATE), np.float32)


def slopes(map_: NDArray[Any]) -> tuple[Map, Map]:
    """Change per pixel to the right and downwards (Sobel)."""
    values = np.asarray(map_, np.float32)
    right, down = cv2.Sobel(values, cv2.CV_32F, 1, 0), cv2.Sobel(values, cv2.CV_32F, 0, 1)
    return np.asarray(right, np.float32) / np.float32(8), np.asarray(down, np.float32) / np.float32(8)


def highest(map_: NDArray[Any], radius_px: int) -> Map:
    """Largest value within a square of that radius."""
    square = np.ones((2 * radius_px + 1, 2 * radius_px + 1), np.uint8)
    return np.asarray(cv2.dilate(np.asarray(map_, np.float32), square), np.float32)


def widened(mask: AnyMask, radius_px: int) -> Mask:
    """The mask and a square rim of that radius."""
    square = np.ones((2 * radius_px + 1, 2 * radius_px + 1), np.uint8)
    return np.asarray(cv2.dilate(np.asarray(mask, np.uint8), square), np.uint8)


def depth_inside(mask: AnyMask) -> Map:
    """Distance in pixels from each pixel of the mask to the nearest pixel that is not in it; 0 outside."""
    return np.asarray(cv2.distanceTransform(np.asarray(mask, np.uint8), cv2.DIST_L2, 3), np.float32)


def resized(map_: NDArray[Any], size: Size, way: int = cv2.INTER_LINEAR) -> Map:
    """The map at (h, w), linear unless told otherwise."""
    values = np.asarray(map_, np.float32)
    if values.shape[:2] == size:
        return values
    return np.asarray(cv2.resize(values, (size[1], size[0]), interpolation=way), np.float32)


def shrunk_picture(picture: Picture, size: Size) -> Picture:
    """The picture at a smaller (h, w), by area averaging; linear where it grows."""
    way = cv2.INTER_AREA if size[0] <= picture.shape[0] else cv2.INTER_LINEAR
    return np.ascontiguousarray(cv2.resize(picture, (size[1], size[0]), interpolation=way), np.uint8)


def numbered(map_: Mask, size: Size) -> Mask:
    """A map of whole numbers at (h, w), each taken from its nearest neighbour."""
    return np.asarray(cv2.resize(map_, (size[1], size[0]), interpolation=cv2.INTER_NEAREST), np.uint8)


def smoothstep(low: float, high: float, value: NDArray[Any]) -> Map:
    """0 below `low`, 1 above `high`, a cubic with flat ends between."""
    t = np.clip((np.asarray(value, np.float32) - np.float32(low)) / np.float32(high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t), np.float32)


def ramp(low: float, high: float, value: float) -> float:
    """0 below `low`, 1 above `high`, straight between; falling when `high` is below `low`."""
    return float(np.clip((value - low) / (high - low), 0.0, 1.0))
