"""Seeded graph cuts (GrabCut, Rother 2004) and the tidying of what they return."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from firstframe.engines.parallax.scene.evidence import Evidence
from firstframe.engines.parallax.scene.filters import Mask, Size, numbered, resized, shrunk_picture
from firstframe.engines.parallax.scene.shapes import (
    binary,
    bounding_box,
    closed,
    grown,
    largest,
    opened,
    padded,
    shrunk,
    touching,
    without_holes,
    without_islands,
)
from firstframe.engines.parallax.scene.views import Views

ROUGH_LONG_SIDES = (256, 192)
FINE_LONG_SIDE = 384
"""The cost of a graph cut grows faster than its pixels: rough cuts find the thing, the fine one its outline."""


def rough_cuts(views: Views, evidence: Evidence, rounds: int) -> list[Mask | None]:
    """The subject (h, w) that the seeds grow into, at several sizes of the picture; None for too little of it."""
    labels = np.full(views.size, cv2.GC_PR_BGD, np.uint8)
    labels[evidence.likely > 0] = cv2.GC_PR_FGD
    labels[evidence.outside > 0] = cv2.GC_BGD
    labels[evidence.sure > 0] = cv2.GC_FGD
    return [_cut(views, evidence, labels, long_side, rounds) for long_side in ROUGH_LONG_SIDES]


def fine_cut(views: Views, evidence: Evidence, rough: Mask) -> Mask | None:
    """The outline of `rough` (h, w) found anew in a band around it, and where salient seeds hope for thin parts."""
    band = 0.03 * max(views.size)
    labels = np.where(rough > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    hoped_for = rough | evidence.likely if evidence.kind == "salient" else rough
    labels[grown(hoped_for, band) == 0] = cv2.GC_BGD
    labels[shrunk(rough, band) > 0] = cv2.GC_FGD
    labels[evidence.outside > 0] = cv2.GC_BGD
    labels[(evidence.sure & rough) > 0] = cv2.GC_FGD
    return _cut(views, evidence, labels, FINE_LONG_SIDE, 2)


def _cut(views: Views, evidence: Evidence, labels: Mask, long_side: int, rounds: int) -> Mask | None:
    part = _frame(evidence, views.size)
    picture = views.close[views.in_close(part)]
    scale = long_side / max(labels[part].shape)
    size = max(8, round(labels[part].shape[0] * scale)), max(8, round(labels[part].shape[1] * scale))
    labels_there, picture = numbered(labels[part], size), shrunk_picture(picture, size)
    if min((_is_subject(labels_there)).sum(), (~_is_subject(labels_there)).sum()) < 30:
        return None
    no_box: Any = None
    cv2.setRNGSeed(7)
    cv2.grabCut(picture, labels_there, no_box, np.zeros((1, 65)), np.zeros((1, 65)), rounds, cv2.GC_INIT_WITH_MASK)
    mask = np.zeros(views.size, np.uint8)
    there = labels[part].shape[0], labels[part].shape[1]
    mask[part] = resized(_is_subject(labels_there), there, cv2.INTER_AREA) > 0.5
    return _tidied(mask, evidence)


def _is_subject(labels: Mask) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD))


def _frame(evidence: Evidence, size: Size) -> tuple[slice, slice]:
    """The rows and columns that may hold the subject, with enough around them to know the background by."""
    box = bounding_box(1 - evidence.outside) or (0, 0, size[1], size[0])
    return padded(box, 0.08 * max(size), size)


def _tidied(mask: Mask, evidence: Evidence) -> Mask | None:
    mask = _of_one_piece(mask, evidence)
    if evidence.kind == "face":
        mask = closed(mask, 3)
    mask = _filled(_ended(mask, evidence), 0.02 if evidence.kind == "face" else 0.004)
    return mask if 0.004 < float(mask.mean()) < 0.8 else None


def _of_one_piece(mask: Mask, evidence: Evidence) -> Mask:
    """What hangs together with the seeds, thin parts included, but not what is only joined to them by a thread."""
    parts = opened(mask, 1)
    core = touching(parts, evidence.sure) if evidence.sure.any() else largest(parts)
    others = without_islands(parts & (1 - core), 0.003 * mask.size)
    return touching(mask & (1 - grown(others, 1)), core)


def _ended(mask: Mask, evidence: Evidence) -> Mask:
    """Without the parts that leave the core and run on until they meet what is outside, or a side of the picture."""
    if evidence.core is None:
        return mask
    limits = grown(evidence.outside, 0.014 * max(mask.shape))
    limits[:2] = limits[:, :2] = limits[:, -2:] = 1
    kept = mask & (1 - touching(mask & (1 - evidence.core), limits))
    return touching(opened(kept, 1), evidence.sure) if evidence.sure.any() else kept


def _filled(mask: Mask, most_share: float) -> Mask:
    """Small holes are closed; the lower rim of the picture counts as part of whatever reaches it."""
    below = np.flatnonzero(mask[-1])
    wide = np.vstack([mask, np.zeros((1, mask.shape[1]), np.uint8)])
    if len(below):
        wide[-1, below[0] : below[-1] + 1] = 1
    return binary(without_holes(wide, most_share * mask.size)[:-1])
