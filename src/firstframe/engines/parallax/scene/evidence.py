"""Where the subject probably is, before its outline is known: by a face, a figure, the skyline, or what stands out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import cv2
import numpy as np

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.filters import Mask, Size, shrunk_picture, widened
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.saliency import contrast_to_rim, in_focus, saliency
from firstframe.engines.parallax.scene.shapes import (
    Box,
    binary,
    bounding_box,
    ellipse,
    grown,
    largest,
    opened,
    plane,
    shrunk,
    touching,
    without_islands,
)
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.views import Views

FIGURE_SCALES = (1.0, 1.5)
BELIEVED, BELIEVED_UNNAMED = 0.1, 0.8
"""Least trust in a figure, when the prompt names a person and when it does not."""


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


def from_face(face: Face, size: Size) -> Evidence:
    """Head with hair, neck and shoulders below a face, and those of everybody beside it, as one subject."""
    everybody = [_from_one_face(one, size) for one in face.everybody]
    first, others = everybody[0], everybody[1:]
    for other in others:
        core = first.core | other.core if first.core is not None and other.core is not None else None
        sure, likely = first.sure | other.sure, first.likely | other.likely
        first = replace(first, sure=sure, likely=likely, outside=first.outside & other.outside, core=core)
    return first


def _from_one_face(face: Face, size: Size) -> Evidence:
    """Nothing more than three face widths away."""
    cx, cy = face.centre
    w, h = face.width, face.height
    hair = face.oval(size, -0.06, 0.2, 0.1)
    sure = binary((face.oval(size, 0.5, 0.33, 0.42) > 0) | (hair > 0))
    likely = face.oval(size, 0.45, 0.72, 0.9)
    cv2.rectangle(likely, (round(cx - 1.15 * w), round(cy + 0.7 * h)), (round(cx + 1.15 * w), round(cy + 3 * h)), 1, -1)
    neck, chest = (round(cx), round(cy + 0.9 * h)), (round(cx), min(size[0] - 1, round(cy + 2.0 * h)))
    cv2.line(sure, neck, chest, 1, max(2, round(0.35 * w)))
    rows, columns = plane(size)
    down, aside = np.clip((rows - cy) / h, 0.0, 2.5), np.abs(columns - cx) / w
    core = np.where(rows < cy, face.oval(size, 0.45, 1.05, 1.15) > 0, aside < 1.3 + 0.5 * down)
    wide = np.where(rows < cy, face.oval(size, 0.45, 1.6, 1.5) > 0, aside < 3.4)
    return Evidence("face", sure, likely, binary(~wide), 0.55 + 0.45 * face.trust, binary(core))


@cache
def _people_detector() -> cv2.HOGDescriptor:
    descriptor = cv2.HOGDescriptor()
    weights: Any = cv2.HOGDescriptor.getDefaultPeopleDetector()
    descriptor.setSVMDetector(weights)
    return descriptor


def find_figure(views: Views, expected: bool = True) -> tuple[Box, float] | None:
    """The most certain standing figure as a box in analysis pixels with its trust (Dalal and Triggs 2005).

    The detector knows figures from 100 pixels upwards: smaller ones are looked for in an enlarged picture, when the
    prompt lets a person be `expected`.
    """
    if views.size[0] < 130 or views.size[1] < 70:
        return None
    for scale in FIGURE_SCALES if expected else FIGURE_SCALES[:1]:
        size = round(scale * views.size[0]), round(scale * views.size[1])
        boxes, weights = _people_detector().detectMultiScale(
            shrunk_picture(views.small, size), winStride=(8, 8), scale=1.08
        )
        if not len(boxes):
            continue
        best = int(np.argmax(np.ravel(weights)))
        x, y, w, h = (round(int(value) / scale) for value in boxes[best])
        trust = float(np.clip((float(np.ravel(weights)[best]) - 0.3) / 1.2, 0, 1))
        if trust > (BELIEVED if expected else BELIEVED_UNNAMED):
            return (x, y, w, h), trust
    return None


def from_figure(box: Box, trust: float, size: Size) -> Evidence:
    """Head, trunk and legs inside a person detector's box, which has a wide margin."""
    x, y, w, h = box
    cx = x + w / 2
    sure = np.zeros(size, np.uint8)
    cv2.line(sure, (round(cx), round(y + 0.22 * h)), (round(cx), round(y + 0.6 * h)), 1, max(2, round(0.14 * w)))
    likely = ellipse(size, (cx, y + 0.5 * h), (0.36 * w, 0.47 * h))
    rows, columns = plane(size)
    within, aside = (rows > y - 0.05 * h) & (rows < y + 1.1 * h), np.abs(columns - cx) / w
    outside = binary(~within | (aside > 0.46))
    return Evidence("figure", sure, likely, outside, 0.35 + 0.45 * trust, binary(within & (aside < 0.28)))


def from_skyline(views: Views, sky: Sky) -> Evidence | None:
    """What rises out of the land into the sky and is narrower than a hill: a tree, a tower."""
    height, width = views.size
    rows, columns = plane(views.size)
    ground = sky.ground_line()[None]
    rising = binary((rows < ground - 2) & (sky.mask == 0))
    sure = rising & largest(widened(rising, 2))
    box = bounding_box(sure)
    if box is None or box[3] < 0.1 * height or box[0] <= 1 or box[0] + box[2] >= width - 1:
        return None
    x, y, w, h = box
    foot = max(y + 1.35 * h, sky.level + 0.13 * height)
    reach = (columns > x - 0.1 * w) & (columns < x + 1.1 * w) & (rows > y - 3) & (rows < foot)
    outside = binary(~reach | ((sky.mask > 0) & (rows < ground)))
    standing = reach & (_unlike_its_row(views, x, w) > 14) & (rows >= ground - 3)
    likely = touching(binary(standing) | sure, sure)
    return Evidence("rising", sure, likely, outside, 0.6 + 0.3 * min(1.0, h / (0.3 * height)))


def _unlike_its_row(views: Views, x: int, width: int) -> Map:
    """(h, w) distance in Lab from what is usual to either side of the thing, row by row: hills and lakes lie level."""
    left, right = max(0, x - width // 2), min(views.size[1], x + width + width // 2)
    beside = (views.lab[:, left : max(x, left + 4)], views.lab[:, min(x + width, right - 4) : right])
    usual = np.median(np.concatenate(beside, axis=1), axis=1)[:, None]
    return np.asarray(np.sqrt(((views.lab - usual) ** 2).sum(axis=2)), np.float32)


def from_saliency(views: Views, subjects: tuple[str, ...]) -> Evidence | None:
    """The most salient connected region; None when nothing stands out."""
    score = saliency(views, subjects)
    level, _ = cv2.threshold((score * 255).astype(np.uint8), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    likely = _weightiest(score, without_islands(score > level / 255, 0.004 * score.size))
    if not 0.01 < float(likely.mean()) < 0.6:
        return None
    sure = shrunk((score > min(0.92, 0.5 + level / 510)) & (likely > 0), 1)
    trust = _salient_trust(score, likely)
    focused = in_focus(views, likely)
    handles = binary(contrast_to_rim(views.lab) > 0.5) & likely & (1 - opened(likely, 0.0125 * max(views.size)))
    likely, sure = likely | focused, sure | shrunk(focused, 5) | without_islands(handles, 20)
    return Evidence("salient", sure, likely, 1 - grown(likely, 0.13 * max(views.size)), trust)


def _weightiest(score: Map, parts: Mask) -> Mask:
    """The connected part with the largest sum of scores."""
    _, labels = cv2.connectedComponents(parts)
    weight = np.bincount(np.ravel(labels), weights=np.ravel(score * parts))
    return binary(labels == int(np.argmax(weight))) & parts


def _salient_trust(score: Map, likely: Mask) -> float:
    ring, core = (grown(likely, 12) & (1 - grown(likely, 3))) > 0, shrunk(likely, 3) > 0
    if not ring.any() or not core.any():
        return 0.0
    step = float(score[core].mean()) - float(score[ring].mean())
    compact = float(score[likely > 0].sum()) / max(float(score.sum()), 1e-6)
    return float(np.clip(step / 0.45, 0, 1) * np.clip((compact - 0.15) / 0.45, 0, 1))
