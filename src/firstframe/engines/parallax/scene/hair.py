"""Hair: the colour seeded above a face, followed through the subject, never the face itself."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import Mask, ellipse, smoothstep, touching
from firstframe.engines.parallax.scene.views import Views


def hair_mask(views: Views, subject: Map, face: Face) -> tuple[Map, float] | None:
    """Soft mask (h, w) and trust, or None when the seeds above the face are too few or too mixed (a helmet, a hat)."""
    seeds = _seeds(subject, face)
    if seeds.sum() < 12:
        return None
    sample = views.lab[seeds > 0]
    reference = np.median(sample, axis=0)
    spread = float(np.median(np.abs(sample - reference).sum(axis=1)))
    difference = (views.lab - reference) * np.array([0.55, 1, 1], np.float32)
    apart = np.sqrt((difference**2).sum(axis=2))
    like = np.exp(-(apart**2) / (2 * 15.0**2)) * _not_skin(views, face, apart)
    like = like * subject * _reach(views.size, face) * (1 - _face_itself(views.size, face))
    like = cv2.GaussianBlur(like, (0, 0), max(1.0, 0.03 * face.width))
    grown_from = touching((like > 0.3).astype(np.uint8), seeds)
    mask = cv2.GaussianBlur(like * grown_from, (0, 0), max(1.0, 0.04 * face.width)) * subject
    mask = smoothstep(0.15, 0.6, mask)
    if mask.mean() < 0.002:
        return None
    return mask, float(np.clip(1.25 - spread / 28, 0.1, 1)) * face.trust**0.5


def _not_skin(views: Views, face: Face, from_hair: Map) -> Map:
    """0…1: nearer to the hair's colour than to that of the cheeks."""
    cx, cy = face.centre
    cheeks = ellipse(views.size, (cx, cy + 0.15 * face.height), (0.28 * face.width, 0.2 * face.height)) > 0
    if not cheeks.any():
        return np.ones(views.size, np.float32)
    difference = (views.lab - np.median(views.lab[cheeks], axis=0)) * np.array([0.55, 1, 1], np.float32)
    from_skin = np.sqrt((difference**2).sum(axis=2))
    return smoothstep(0.35, 0.6, (from_skin / (from_skin + from_hair + 1e-3)).astype(np.float32))


def _seeds(subject: Map, face: Face) -> Mask:
    cx, _ = face.centre
    band = ellipse(subject.shape, (cx, face.y + 0.36 * face.height), (0.55 * face.width, 0.66 * face.height))
    band &= 1 - ellipse(subject.shape, (cx, face.y + 0.5 * face.height), (0.45 * face.width, 0.52 * face.height))
    band[round(face.y + 0.12 * face.height) :] = 0
    return (band & (subject > 0.8)).astype(np.uint8)


def _reach(size: tuple[int, int], face: Face) -> Map:
    cx, cy = face.centre
    rows, columns = np.mgrid[: size[0], : size[1]].astype(np.float32)
    sideways = 1 - smoothstep(1.3, 1.9, np.abs(columns - cx) / face.width)
    return sideways * (1 - smoothstep(2.2, 3.0, (rows - cy) / face.height))


def _face_itself(size: tuple[int, int], face: Face) -> Map:
    cx, cy = face.centre
    oval = ellipse(size, (cx, cy + 0.06 * face.height), (0.36 * face.width, 0.44 * face.height))
    return cv2.GaussianBlur(oval.astype(np.float32), (0, 0), max(0.8, 0.04 * face.width))
