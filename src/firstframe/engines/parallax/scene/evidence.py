"""Where the subject probably is, before its outline is known: from a face, a standing figure, or what stands out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.saliency import saliency, sharpness
from firstframe.engines.parallax.scene.shapes import (
    Box,
    Mask,
    bounding_box,
    disc,
    ellipse,
    grown,
    largest,
    opened,
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
    core: Mask | None = None
    """Where the subject may well end; what runs on beyond it until it meets `outside` is something behind it."""


def from_face(face: Face, size: tuple[int, int]) -> Evidence:
    """Head with hair, neck and shoulders below a face; nothing more than three face widths away."""
    cx, cy = face.centre
    w, h = face.width, face.height
    sure = ellipse(size, (cx, cy), (0.33 * w, 0.42 * h))
    sure |= ellipse(size, (cx, face.y - 0.02 * h), (0.2 * w, 0.07 * h))
    likely = ellipse(size, (cx, cy - 0.05 * h), (0.72 * w, 0.9 * h))
    cv2.rectangle(likely, (round(cx - 1.15 * w), round(cy + 0.7 * h)), (round(cx + 1.15 * w), round(cy + 3 * h)), 1, -1)
    neck = round(cx), round(cy + 0.9 * h)
    chest = round(cx), min(size[0] - 1, round(cy + 2.0 * h))
    cv2.line(sure, neck, chest, 1, max(2, round(0.35 * w)))
    rows, columns = np.mgrid[: size[0], : size[1]]
    down, aside = np.clip((rows - cy) / h, 0.0, 2.5), np.abs(columns - cx) / w
    above = rows < cy
    core = np.where(above, ellipse(size, (cx, cy - 0.05 * h), (1.05 * w, 1.15 * h)), aside < 1.3 + 0.5 * down)
    wide = np.where(above, ellipse(size, (cx, cy - 0.05 * h), (1.6 * w, 1.5 * h)), aside < 3.4)
    outside = (wide == 0).astype(np.uint8)
    return Evidence("face", sure, likely, outside, 0.55 + 0.45 * face.trust, core.astype(np.uint8))


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
    rows, columns = np.mgrid[: size[0], : size[1]]
    within, aside = (rows > y - 0.05 * h) & (rows < y + 1.1 * h), np.abs(columns - cx) / w
    outside = (~within | (aside > 0.46)).astype(np.uint8)
    core = (within & (aside < 0.33)).astype(np.uint8)
    return Evidence("figure", sure, likely, outside, 0.35 + 0.45 * trust, core)


def from_skyline(views: Views, sky: Sky) -> Evidence | None:
    """What rises out of the land into the sky and is narrower than a hill: a tree, a tower."""
    height, width = sky.mask.shape
    rows, columns = np.mgrid[:height, :width]
    ground = sky.ground_line()
    rising = ((rows < ground[None] - 2) & (sky.mask == 0)).astype(np.uint8)
    joined = largest(cv2.dilate(rising, np.ones((5, 5), np.uint8)))
    sure = (rising & joined).astype(np.uint8)
    box = bounding_box(sure)
    if box is None or box[3] < 0.1 * height or box[0] <= 1 or box[0] + box[2] >= width - 1:
        return None
    x, y, w, h = box
    foot = max(y + 1.35 * h, sky.level + 0.13 * height)
    reach = (columns > x - 0.1 * w) & (columns < x + 1.1 * w) & (rows > y - 3) & (rows < foot)
    outside = (~reach | ((sky.mask > 0) & (rows < ground[None]))).astype(np.uint8)
    likely = touching((reach & (_unlike_its_row(views, x, w) > 14) & (rows >= ground[None] - 3)) | sure, sure)
    return Evidence("rising", sure, likely, outside, 0.6 + 0.3 * min(1.0, h / (0.3 * height)))


def _unlike_its_row(views: Views, x: int, width: int) -> Map:
    """(h, w) distance in Lab from what is usual beside the columns of the thing, row by row: hills and lakes lie level."""
    left, right = max(0, x - width // 2), min(views.size[1], x + width + width // 2)
    beside = np.concatenate(
        [views.lab[:, left : max(x, left + 4)], views.lab[:, min(x + width, right - 4) : right]], axis=1
    )
    usual = np.median(beside, axis=1)[:, None]
    return np.sqrt(((views.lab - usual) ** 2).sum(axis=2)).astype(np.float32)


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
    focused = _in_focus(views, likely)
    likely, sure = likely | focused, sure | shrunk(focused, 5)
    outside = (1 - grown(likely, 0.13 * max(views.size))).astype(np.uint8)
    return Evidence("salient", sure, likely, outside, _salient_trust(score, likely))


def _in_focus(views: Views, likely: Mask) -> Mask:
    """The sharp region that the salient one is part of, where the lens leaves all else blurred; empty otherwise."""
    disc_wide = disc(9)
    focus = cv2.morphologyEx(sharpness(views.detail), cv2.MORPH_CLOSE, disc_wide)
    away = grown(likely, 20) == 0
    inside = float(focus[likely > 0].mean())
    nothing = np.zeros_like(likely)
    if not away.any() or inside < 3.0 * float(focus[away].mean()) or inside < 0.3:
        return nothing
    sharp = opened((focus > 0.4 * inside).astype(np.uint8), 5)
    sharp = touching(shrunk(sharp, 4), likely)
    return sharp if 0.01 < float(sharp.mean()) < 0.6 else nothing


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
