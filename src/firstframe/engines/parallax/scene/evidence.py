"""Where the subject probably is, before its outline is known: from a face, a standing figure, or what stands out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.saliency import saliency
from firstframe.engines.parallax.scene.shapes import (
    Box,
    Mask,
    bounding_box,
    disc,
    ellipse,
    grown,
    largest,
    shrunk,
    touching,
    without_islands,
)
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.views import Views

PEOPLE = frozenset(
    "man men woman women girl boy child kid person people lady couple baby dancer cyclist rider runner astronaut bride "
    "groom model player soldier worker teenager gentleman guy mother father farmer monk warrior knight".split()
)


@dataclass(frozen=True)
class Evidence:
    """Masks (h, w) at analysis size that seed the segmentation."""

    kind: str
    """face, figure, rising or salient."""
    sure: Mask
    likely: Mask
    outside: Mask
    """Certainly background."""
    trust: float
    """0…1."""


def from_face(face: Face, size: tuple[int, int]) -> Evidence:
    """Head with hair, neck and shoulders below a face; nothing more than three face widths away."""
    cx, cy = face.centre
    w, h = face.width, face.height
    sure = ellipse(size, (cx, cy), (0.33 * w, 0.42 * h))
    likely = ellipse(size, (cx, cy - 0.05 * h), (0.85 * w, 1.0 * h))
    cv2.rectangle(likely, (round(cx - 1.15 * w), round(cy + 0.7 * h)), (round(cx + 1.15 * w), size[0]), 1, -1)
    neck = round(cx), round(cy + 0.9 * h)
    chest = round(cx), min(size[0] - 1, round(cy + 2.0 * h))
    cv2.line(sure, neck, chest, 1, max(2, round(0.35 * w)))
    rows, columns = np.mgrid[: size[0], : size[1]]
    down = np.clip((rows - cy) / h, 0.0, 2.5)
    outside = (np.abs(columns - cx) > (1.35 + 0.75 * down) * w).astype(np.uint8)
    crown = ellipse(size, (cx, cy - 0.05 * h), (1.15 * w, 1.2 * h))
    outside[(rows < cy) & (crown == 0)] = 1
    return Evidence("face", sure, likely, outside, 0.55 + 0.45 * face.trust)


@cache
def _people_detector() -> cv2.HOGDescriptor:
    descriptor = cv2.HOGDescriptor()
    descriptor.setSVMDetector(cv2.HOGDescriptor.getDefaultPeopleDetector())
    return descriptor


def find_figure(views: Views) -> tuple[Box, float] | None:
    """The most certain standing figure as a box in analysis pixels with its trust (Dalal and Triggs 2005)."""
    if min(views.size) < 130 or views.size[1] < 70:
        return None
    boxes, weights = _people_detector().detectMultiScale(views.small, winStride=(8, 8), scale=1.08)
    if not len(boxes):
        return None
    best = int(np.argmax(np.ravel(weights)))
    x, y, w, h = (int(value) for value in boxes[best])
    trust = float(np.clip((float(np.ravel(weights)[best]) - 0.3) / 1.2, 0, 1))
    return ((x, y, w, h), trust) if trust > 0.1 else None


def from_figure(box: Box, trust: float, size: tuple[int, int]) -> Evidence:
    """Head, trunk and legs inside a person detector's box, which has a wide margin."""
    x, y, w, h = box
    cx = x + w / 2
    sure = np.zeros(size, np.uint8)
    cv2.line(sure, (round(cx), round(y + 0.22 * h)), (round(cx), round(y + 0.6 * h)), 1, max(2, round(0.14 * w)))
    likely = ellipse(size, (cx, y + 0.5 * h), (0.36 * w, 0.47 * h))
    outside = np.ones(size, np.uint8)
    top, left = max(0, round(y - 0.05 * h)), max(0, round(x - 0.02 * w))
    outside[top : round(y + 1.1 * h), left : round(x + 1.02 * w)] = 0
    return Evidence("figure", sure, likely, outside, 0.35 + 0.45 * trust)


def from_skyline(sky: Sky) -> Evidence | None:
    """What rises out of the land into the sky and is narrower than a hill: a tree, a tower."""
    height, width = sky.mask.shape
    land_top = np.where(sky.mask.any(axis=0), np.argmin(sky.mask, axis=0), 0).astype(np.float32)
    span = round(0.45 * width) | 1
    flat = cv2.dilate(land_top[None], np.ones((1, span), np.uint8))
    ground_line = cv2.erode(flat, np.ones((1, span), np.uint8))[0]
    rows, columns = np.mgrid[:height, :width]
    rising = ((rows < ground_line[None] - 2) & (sky.mask == 0)).astype(np.uint8)
    joined = largest(cv2.dilate(rising, np.ones((5, 5), np.uint8)))
    sure = (rising & joined).astype(np.uint8)
    box = bounding_box(sure)
    if box is None or box[3] < 0.1 * height or box[0] <= 1 or box[0] + box[2] >= width - 1:
        return None
    x, y, w, h = box
    foot = y + h + round(0.35 * h)
    reach = (columns > x - 0.1 * w) & (columns < x + 1.1 * w) & (rows > y - 3) & (rows < foot)
    outside = (~reach | ((sky.mask > 0) & (rows < ground_line[None]))).astype(np.uint8)
    return Evidence("rising", sure, sure, outside, 0.6 + 0.3 * min(1.0, h / (0.3 * height)))


def from_saliency(views: Views, subjects: tuple[str, ...]) -> Evidence | None:
    """The most salient connected region; None when nothing stands out."""
    score = saliency(views, subjects)
    level, _ = cv2.threshold((score * 255).astype(np.uint8), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    area = score.size
    likely = without_islands((score > level / 255).astype(np.uint8), 0.004 * area)
    peak = _peak(score, likely)
    if peak is None:
        return None
    likely = touching(likely, peak)
    share = float(likely.mean())
    if not 0.01 < share < 0.6:
        return None
    sure = cv2.erode(((score > min(0.92, 0.5 + level / 510)) & (likely > 0)).astype(np.uint8), disc(1))
    outside = (1 - grown(likely, 0.13 * max(views.size))).astype(np.uint8)
    return Evidence("salient", sure, likely, outside, _salient_trust(score, likely))


def _peak(score: Map, likely: Mask) -> Mask | None:
    count, labels, _, _ = cv2.connectedComponentsWithStats(likely)
    if count < 2:
        return None
    mass = np.bincount(labels.ravel(), weights=(score * likely).ravel())
    return (labels == int(np.argmax(mass))).astype(np.uint8)


def _salient_trust(score: Map, likely: Mask) -> float:
    ring = grown(likely, 12) & (1 - grown(likely, 3))
    core = shrunk(likely, 3)
    if not ring.any() or not core.any():
        return 0.0
    step = float(score[core > 0].mean()) - float(score[ring > 0].mean())
    compact = float(score[likely > 0].sum()) / max(float(score.sum()), 1e-6)
    return float(np.clip(step / 0.45, 0, 1) * np.clip((compact - 0.15) / 0.45, 0, 1))
