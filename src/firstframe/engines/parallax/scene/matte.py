"""The subject's opacity at canvas size: soft at hair, inclusive where in doubt, free of islands."""

from __future__ import annotations

from itertools import pairwise

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
        soft = _with_hair(views, soft, face)
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


def _with_hair(views: Views, soft: Map, face: Face) -> Map:
    cx = _head_middle(soft, face)
    top = cx, face.y + 0.36 * face.height
    skull = ellipse(soft.shape, top, (0.48 * face.width, 0.60 * face.height))
    dome = ellipse(soft.shape, top, (0.62 * face.width, 0.76 * face.height))
    head = _near_head(soft.shape, face)
    hair = _like_hair(views, soft, head, face)
    crown = ellipse(soft.shape, (cx, face.y + 0.3 * face.height), (0.95 * face.width, 1.0 * face.height))
    crown[round(face.y + 0.9 * face.height) :] = 0
    flood = touching(((hair > 0.5) & (crown > 0)).astype(np.uint8), skull)
    leaks = float(flood[(crown - shrunk(crown, 2)) > 0].mean()) > 0.12
    held = dome if leaks else crown
    core = closed(((soft > 0.5) | (skull > 0) | ((flood & held) > 0)).astype(np.uint8), 4)
    margin = max(2.0, 0.012 * soft.shape[0])
    bubble = cv2.GaussianBlur(grown(core, margin).astype(np.float32), (0, 0), 0.45 * margin)
    bubble = bubble * head * hair * _weak_edge(views, soft)
    return np.maximum(soft, np.maximum(bubble, cv2.GaussianBlur(skull.astype(np.float32), (0, 0), 1.5)))


def _weak_edge(views: Views, soft: Map) -> Map:
    """0…1: the outline near by is hardly seen, so the matte may have cut hair off there."""
    solid = (soft > 0.5).astype(np.uint8)
    rim = (cv2.dilate(solid, np.ones((3, 3), np.uint8)) - solid) > 0
    visible = np.where(rim, smoothstep(2.5, 7.0, cv2.dilate(views.gradient, np.ones((3, 3), np.uint8))), 0)
    mean = cv2.GaussianBlur(visible.astype(np.float32), (0, 0), 6) / np.maximum(
        cv2.GaussianBlur(rim.astype(np.float32), (0, 0), 6), 1e-3
    )
    return (1 - smoothstep(0.35, 0.75, mean)).astype(np.float32)


def _head_middle(soft: Map, face: Face) -> float:
    """Column of the head's middle: between the detector's box and what the cut found there, for a face turned aside."""
    cx, _ = face.centre
    rows = slice(max(0, round(face.y + 0.2 * face.height)), round(face.y + 0.8 * face.height))
    columns = slice(max(0, round(cx - 0.8 * face.width)), round(cx + 0.8 * face.width))
    weight = soft[rows, columns].sum(axis=0)
    if weight.sum() < 1:
        return cx
    return float(0.5 * cx + 0.5 * (columns.start + np.average(np.arange(len(weight)) + 0.5, weights=weight)))


def _like_hair(views: Views, soft: Map, head: Map, face: Face) -> Map:
    """0…1: could be hair, because right above the forehead or along the rim of the head there are such colours too."""
    solid = (soft > 0.9).astype(np.uint8)
    rim = (shrunk(solid, 2) & (1 - shrunk(solid, 9)) & (head > 0.5)) > 0
    sample = views.lab[rim]
    tones = [_above_forehead(views, face)]
    if len(sample) >= 40:
        edges = np.quantile(sample[:, 0], [0, 0.2, 0.4, 0.6, 0.8, 1])
        tones += [sample[(sample[:, 0] >= low) & (sample[:, 0] <= high)].mean(axis=0) for low, high in pairwise(edges)]
    weights = np.array([0.8, 1, 1], np.float32)
    apart = np.min([np.sqrt((((views.lab - tone) * weights) ** 2).sum(axis=2)) for tone in tones], axis=0)
    return cv2.GaussianBlur(1 - smoothstep(9, 20, apart.astype(np.float32)), (0, 0), 1.0)


def _above_forehead(views: Views, face: Face) -> Map:
    cx, _ = face.centre
    top = max(0, round(face.y - 0.12 * face.height))
    rows = slice(top, max(top + 2, round(face.y + 0.06 * face.height)))
    columns = slice(max(0, round(cx - 0.28 * face.width)), round(cx + 0.28 * face.width))
    return np.median(views.lab[rows, columns].reshape(-1, 3), axis=0)


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
    fine = views.on_canvas(part)
    guide = views.small[part].astype(np.float32) / 255
    full[fine] = guided_upsample(np.ascontiguousarray(soft[part]), guide, np.ascontiguousarray(views.canvas[fine]))
    return full


def fill_holes(soft: Map, face: Face | None) -> tuple[Map, Mask]:
    """Where the background is replaced (h, w) 0…1, and the wider hole from whose outline it is continued.

    Replaced are the matte and a rim around it, 1.5 % of the short side, 3 % near the head, so that no trace of the subject
    stays behind. The wider hole has a smooth outline: what is mirrored across an outline is bent by its every wiggle.
    """
    unit = min(soft.shape)
    covered = (soft > 0.04).astype(np.uint8)
    hole = grown(covered, 0.015 * unit)
    hole |= grown(covered, 0.03 * unit) & (_near_head(soft.shape, face) > 0.4)
    feather = max(1.0, 0.006 * unit)
    share = smoothstep(0.05, 0.5, cv2.GaussianBlur(hole.astype(np.float32), (0, 0), feather))
    reached = (share > 0).astype(np.uint8)
    hull = _hull(reached) & grown(reached, 0.12 * unit)
    wide = cv2.GaussianBlur(hull.astype(np.float32), (0, 0), 0.02 * unit) > 0.35
    return share, (wide | (reached > 0)).astype(np.uint8)


def _hull(mask: Mask) -> Mask:
    outline, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    out = np.zeros_like(mask)
    for part in outline:
        cv2.fillConvexPoly(out, cv2.convexHull(part), 1)
    return out
