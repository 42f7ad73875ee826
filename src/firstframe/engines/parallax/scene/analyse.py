"""The way from a picture to a `Scene`."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from firstframe.engines.parallax.scene import classes, depth, layers
from firstframe.engines.parallax.scene.evidence import PEOPLE
from firstframe.engines.parallax.scene.faces import Face, find_face
from firstframe.engines.parallax.scene.foreground import own_colour
from firstframe.engines.parallax.scene.horizon import Horizon, find_horizon
from firstframe.engines.parallax.scene.matte import fill_holes, subject_matte
from firstframe.engines.parallax.scene.model import Layer, Map, Picture, Scene
from firstframe.engines.parallax.scene.shapes import bounding_box, words
from firstframe.engines.parallax.scene.sky import Sky, find_sky
from firstframe.engines.parallax.scene.stopwatch import Stopwatch
from firstframe.engines.parallax.scene.subject import Subject, find_subject
from firstframe.engines.parallax.scene.views import Views

TRUSTED = 0.5
"""Least confidence at which the subject gets a layer of its own."""
TRUSTED_SKY = 0.62
BELIEVED = 0.35
"""Least confidence at which a subject is used for anything at all."""


@dataclass
class _Finds:
    """What was seen in the picture, at analysis size."""

    horizon: Horizon | None
    face: Face | None
    sky: Sky | None
    subject: Subject | None


def analyse(picture: Picture, subjects: tuple[str, ...] = (), seconds: dict[str, float] | None = None) -> Scene:
    """Understand one picture: layers, classes, inverse depth and how far each can be trusted.

    `picture` (H, W, 3) uint8 RGB at canvas size; `subjects` are nouns of the prompt; `seconds` is filled with the time of
    each part. The same picture and words always give the same scene.
    """
    watch = Stopwatch(seconds)
    views = Views.of(np.ascontiguousarray(picture))
    finds = _look(views, subjects, watch)
    soft, alpha = None, None
    if finds.subject is not None:
        soft, alpha = subject_matte(
            views, finds.subject.mask, finds.face, porous=finds.subject.evidence.kind == "rising"
        )
        watch.lap("matte")
    trusted = finds.subject is not None and finds.subject.confidence >= TRUSTED
    found = classes.surroundings(views, finds.sky, finds.horizon, soft if trusted else None, subjects)
    if soft is not None and finds.face is not None:
        classes.person(found, views, soft, finds.face)
    if soft is not None:
        found.add("subject", (soft, max(finds.subject.confidence if finds.subject else 0, classes.LEAST_TRUST)))
    watch.lap("classes")
    horizon = _horizon_share(finds, views)
    ground = depth.ground_ramp(views.size, horizon)
    near = depth.billboard(soft, ground) if soft is not None else None
    sky_mask = found.masks.get("sky")
    single = depth.single_sheet(ground, soft, near, sky_mask)
    watch.lap("depth")
    sheets = _sheets(views, finds, soft, alpha, near, ground, watch)
    return Scene(
        layers=sheets,
        classes=found.masks,
        single_depth_inverse=single,
        confidence=finds.subject.confidence if finds.subject is not None else 0.0,
        horizon=horizon,
        subject_box=_subject_box(soft),
        face_box=_face_box(finds.face, views),
        class_confidence=found.trusts,
        notes=_notes(finds, tuple(found.masks)),
    )


def _look(views: Views, subjects: tuple[str, ...], watch: Stopwatch) -> _Finds:
    horizon = find_horizon(views)
    watch.lap("horizon")
    face = find_face(views, expected=bool(words(subjects) & PEOPLE))
    watch.lap("faces")
    sky = find_sky(views, horizon, face, subjects)
    watch.lap("sky")
    if sky is not None and sky.confidence < TRUSTED_SKY:
        sky = None
    subject = find_subject(views, face, sky, subjects)
    if subject is not None and subject.confidence < BELIEVED:
        subject = None
    watch.lap("subject")
    return _Finds(horizon, face, sky, subject)


def _sheets(
    views: Views,
    finds: _Finds,
    soft: Map | None,
    alpha: Picture | None,
    near: Map | None,
    ground: Map,
    watch: Stopwatch,
) -> tuple[Layer, ...]:
    sky = finds.sky
    behind, front = views, None
    trusted = finds.subject is not None and finds.subject.confidence >= TRUSTED
    if trusted and soft is not None and alpha is not None and near is not None:
        row = finds.horizon.row if finds.horizon is not None and finds.horizon.trust > 0.4 else None
        behind = Views.of(layers.without_subject(views, *fill_holes(soft, finds.face), sky, row))
        watch.lap("fill")
        front = Layer("subject", own_colour(views.canvas, alpha), alpha, near)
        watch.lap("foreground")
    if sky is not None:
        share = sky.mask.astype(np.float32)
        if trusted and soft is not None:
            rows = np.arange(views.size[0])[:, None]
            hidden = cv2.dilate((soft > 0.02).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
            share = np.where(hidden, (rows < sky.ground_line()[None]).astype(np.float32), share)
        back = layers.land_layers(behind, share, ground)
        watch.lap("sky layer")
    else:
        back = (Layer("background", behind.canvas, None, ground),)
    return (*back, front) if front is not None else back


def _horizon_share(finds: _Finds, views: Views) -> float | None:
    if finds.horizon is not None and finds.horizon.trust > 0.35:
        return finds.horizon.row / views.size[0]
    if finds.sky is not None:
        return float(np.quantile(finds.sky.skyline, 0.8)) / views.size[0]
    return None


def _subject_box(soft: Map | None) -> tuple[float, float, float, float] | None:
    box = bounding_box((soft > 0.5).astype(np.uint8)) if soft is not None else None
    if box is None or soft is None:
        return None
    height, width = soft.shape
    return box[0] / width, box[1] / height, box[2] / width, box[3] / height


def _face_box(face: Face | None, views: Views) -> tuple[float, float, float, float] | None:
    if face is None:
        return None
    height, width = views.size
    return face.x / width, face.y / height, face.width / width, face.height / height


def _notes(finds: _Finds, names: tuple[str, ...]) -> tuple[str, ...]:
    notes = []
    if finds.subject is None:
        notes.append("No subject stands out: one sheet.")
    else:
        word = "trusted" if finds.subject.confidence >= TRUSTED else "not trusted"
        notes.append(
            f"Subject by {finds.subject.evidence.kind}, {word} at {finds.subject.confidence:.2f} "
            f"({', '.join(finds.subject.reasons)})."
        )
    if finds.sky is not None:
        notes.append(f"Sky at {finds.sky.confidence:.2f} ({', '.join(finds.sky.reasons)}).")
    notes.append(f"Classes: {', '.join(names) or 'none'}.")
    return tuple(notes)
