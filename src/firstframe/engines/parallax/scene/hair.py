"""Hair: the colour seeded above a face, followed through the subject, never the face itself."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.filters import Mask, Size, blurred, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import binary, plane, touching
from firstframe.engines.parallax.scene.views import Views

WEIGHTS = np.array([0.55, 1, 1], np.float32)
"""Lightness counts less than hue: strands shine and shade each other."""


def hair_mask(views: Views, subject: Map, face: Face) -> tuple[Map, float] | None:
    """Soft mask (h, w) and trust, or None when the seeds above the face are too few or too mixed (a helmet, a hat)."""
    seeds = _seeds(subject, face)
    if seeds.sum() < 12:
        return None
    sample = views.lab[seeds > 0]
    colour = np.median(sample, axis=0)
    spread = float(np.median(np.abs(sample - colour).sum(axis=1)))
    apart = _distance(views.lab, colour)
    like = np.exp(-(apart**2) / (2 * 15.0**2)) * _not_skin(views, face, apart)
    like = like * subject * _reach(views.size, face) * (1 - _face_itself(views.size, face))
    like = blurred(like, max(1.0, 0.03 * face.width))
    joined = touching(like > 0.3, seeds)
    mask = smoothstep(0.15, 0.6, blurred(like * joined, max(1.0, 0.04 * face.width)) * subject)
    if mask.mean() < 0.002:
        return None
    return mask, float(np.clip(1.25 - spread / 28, 0.1, 1)) * face.trust**0.5


def _distance(lab: Map, colour: Map) -> Map:
    return np.asarray(np.sqrt((((lab - colour) * WEIGHTS) ** 2).sum(axis=2)), np.float32)


def _not_skin(views: Views, face: Face, from_hair: Map) -> Map:
    """0…1: nearer to the hair's colour than to that of the cheeks."""
    cheeks = face.oval(views.size, 0.65, 0.28, 0.2) > 0
    if not cheeks.any():
        return np.ones(views.size, np.float32)
    from_skin = _distance(views.lab, np.median(views.lab[cheeks], axis=0))
    return smoothstep(0.35, 0.6, from_skin / (from_skin + from_hair + 1e-3))


def _seeds(subject: Map, face: Face) -> Mask:
    size = subject.shape[0], subject.shape[1]
    band = (face.oval(size, 0.36, 0.55, 0.66) > 0) & (face.oval(size, 0.5, 0.45, 0.52) == 0)
    band[max(0, round(face.y + 0.12 * face.height)) :] = False
    return binary(band & (subject > 0.8))


def _reach(size: Size, face: Face) -> Map:
    cx, cy = face.centre
    rows, columns = plane(size)
    sideways = 1 - smoothstep(1.3, 1.9, np.abs(columns - cx) / face.width)
    return sideways * (1 - smoothstep(2.2, 3.0, (rows - cy) / face.height))


def _face_itself(size: Size, face: Face) -> Map:
    return blurred(face.oval(size, 0.56, 0.36, 0.44), max(0.8, 0.04 * face.width))
