"""The subject's opacity at canvas size: soft at hair, inclusive where in doubt, free of islands."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.matting import closed_form_alpha, guided_upsample
from firstframe.engines.parallax.scene.model import Map, Picture
from firstframe.engines.parallax.scene.shapes import (
    Mask,
    bounding_box,
    closed,
    ellipse,
    grown,
    padded,
    resized,
    shrunk,
    smoothstep,
    touching,
)
from firstframe.engines.parallax.scene.views import Views


def subject_matte(views: Views, mask: Mask, face: Face | None, porous: bool = False) -> tuple[Map, Picture]:
    """Opacity at analysis size (float32 0…1) and at canvas size (uint8).

    Subject pixels left in the background are the worst fault there is (they stay behind as a ghost), so near a face the
    matte takes in a dome for the hair and everything close around the head. `porous` things (tree crowns) keep their gaps.
    """
    inner, outer = (1.0, 3.0) if porous else (4.0, 6.0)
    reach = np.where(_near_head(mask.shape, face) > 0.5, 11.0, outer).astype(np.float32)
    soft = _closed_form(views, mask, inner, reach)
    if face is not None:
        soft = _with_hair(soft, face)
    soft = _without_strays(soft, mask)
    return soft, _at_canvas(views, soft)


def _closed_form(views: Views, mask: Mask, inner_px: float, reach_px: Map) -> Map:
    outwards = cv2.distanceTransform(1 - mask, cv2.DIST_L2, 3)
    known = (shrunk(mask, inner_px) | (outwards > reach_px)).astype(np.uint8)
    box = bounding_box(1 - known)
    if box is None:
        return mask.astype(np.float32)
    part = padded(box, 3, views.size)
    guide = views.small[part].astype(np.float32) / 255 - 0.5
    start = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 2.0)
    start = np.where(known > 0, mask, start).astype(np.float32)
    soft = start.copy()
    soft[part] = closed_form_alpha(guide, np.ascontiguousarray(known[part]), np.ascontiguousarray(start[part]))
    return smoothstep(0.04, 0.96, soft)


def _near_head(size: tuple[int, int], face: Face | None) -> Map:
    if face is None:
        return np.zeros(size, np.float32)
    cx, _ = face.centre
    head = ellipse(size, (cx, face.y + 0.75 * face.height), (1.5 * face.width, 1.7 * face.height))
    return cv2.GaussianBlur(head.astype(np.float32), (0, 0), max(1.0, 0.12 * face.width))


def _with_hair(soft: Map, face: Face) -> Map:
    cx, _ = face.centre
    dome = ellipse(soft.shape, (cx, face.y + 0.36 * face.height), (0.60 * face.width, 0.74 * face.height))
    core = closed(((soft > 0.5) | (dome > 0)).astype(np.uint8), 4)
    margin = max(2.0, 0.012 * soft.shape[0])
    bubble = cv2.GaussianBlur(grown(core, margin).astype(np.float32), (0, 0), 0.45 * margin)
    return np.maximum(soft, bubble * _near_head(soft.shape, face))


def _without_strays(soft: Map, mask: Mask) -> Map:
    core = touching((soft > 0.5).astype(np.uint8), mask)
    near = grown(core, 6)
    return np.where((near > 0) & (soft > 0.06), soft, 0).astype(np.float32)


def _at_canvas(views: Views, soft: Map) -> Picture:
    box = bounding_box(soft > 0)
    full = np.zeros(views.canvas_size, np.uint8)
    if box is None:
        return full
    part = padded(box, 4, views.size)
    scale_y, scale_x = (big / small for big, small in zip(views.canvas_size, views.size, strict=True))
    rows = slice(round(part[0].start * scale_y), round(part[0].stop * scale_y))
    columns = slice(round(part[1].start * scale_x), round(part[1].stop * scale_x))
    fine_guide = views.canvas[rows, columns].astype(np.float32) / 255
    fine = guided_upsample(views.small[part].astype(np.float32) / 255, np.ascontiguousarray(soft[part]), fine_guide)
    low = resized(np.ascontiguousarray(soft[part]), (fine.shape[0], fine.shape[1]))
    fine = np.where(low > 0.995, 1, np.where(low < 0.004, 0, fine))
    full[rows, columns] = np.rint(smoothstep(0.05, 0.95, fine) * 255)
    return full


def fill_hole(soft: Map, face: Face | None, canvas_size: tuple[int, int]) -> Mask:
    """Where the background is not believed (H, W): the matte and a rim, 1.5 % of the height, 3 % near the head.

    Its outline is smooth, because what is mirrored across it is bent by every wiggle.
    """
    unit = min(soft.shape)
    covered = (soft > 0.04).astype(np.uint8)
    hole = grown(covered, 0.015 * unit)
    hole |= grown(covered, 0.03 * unit) & (_near_head(soft.shape, face) > 0.4)
    smooth = cv2.GaussianBlur(closed(hole, 0.03 * unit).astype(np.float32), (0, 0), 0.02 * unit)
    hole = np.maximum(hole * np.float32(1), smoothstep(0.2, 0.5, smooth))
    return (resized(cv2.GaussianBlur(hole, (0, 0), 1.5), canvas_size) > 0.4).astype(np.uint8)
