"""Inverse depth by class: sky at infinity, ground a ramp from the horizon, upright things as near as where they stand."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import Mask, bounding_box

FAR = 0.04
NEAREST = 0.95
SUPPOSED_HORIZON = 0.40
BACKDROP = 0.12
"""Where no horizon is seen, what stands in the upper part is a room's or a street's depth away, not a mountain's."""


def ground_ramp(size: tuple[int, int], horizon: float | None) -> Map:
    """(h, w): inverse depth of a level plane is linear in the row below the horizon; far above it."""
    height, width = size
    row = horizon if horizon is not None else SUPPOSED_HORIZON
    far = FAR if horizon is not None else BACKDROP
    below = np.maximum(0.0, (np.arange(height, dtype=np.float32) / height - row) / max(1.0 - row, 0.05))
    ramp = far + (NEAREST - far) * np.minimum(below, 1.0)
    smooth = cv2.GaussianBlur(np.repeat(ramp[:, None], 8, axis=1), (0, 0), max(1.0, 0.012 * height))[:, :1]
    return np.repeat(smooth, width, axis=1).astype(np.float32)


def billboard(subject: Map, ground: Map) -> Map:
    """(h, w): the subject stands upright where its lowest part touches the ground, and bulges a little towards us."""
    height, width = subject.shape
    solid: Mask = (subject > 0.5).astype(np.uint8)
    box = bounding_box(solid)
    if box is None:
        return np.full((height, width), 0.8, np.float32)
    base = min(height - 1, box[1] + box[3] - 1)
    touches_rim = base >= height - 3
    depth = 0.82 if touches_rim else float(np.clip(ground[base].mean(), 0.2, 0.85))
    depth = max(depth, float(ground[base].mean()) - 0.1)
    inner = cv2.distanceTransform(solid, cv2.DIST_L2, 3)
    roundness = np.sqrt(np.minimum(inner / max(0.35 * min(box[2], box[3]), 1.0), 1.0))
    bulge = cv2.GaussianBlur(roundness, (0, 0), max(1.5, 0.05 * min(height, width)))
    return (depth + 0.05 * bulge).clip(0, 1).astype(np.float32)


def single_sheet(background: Map, subject: Map | None, near: Map | None, sky: Map | None) -> Map:
    """(h, w): everything on one elastic sheet, so smooth that nothing tears or shows rubber at outlines."""
    sheet = background.copy()
    if sky is not None:
        sheet = sheet * (1 - sky)
    if subject is not None and near is not None:
        sheet = sheet + (near - sheet) * cv2.GaussianBlur(subject, (0, 0), 3.0)
    sigma = 0.055 * max(sheet.shape)
    return cv2.GaussianBlur(sheet, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE).astype(np.float32)
