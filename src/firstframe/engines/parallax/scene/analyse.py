"""The way from a picture to a `Scene`."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene import classes, depth
from firstframe.engines.parallax.scene.faces import find_face
from firstframe.engines.parallax.scene.finds import Finds
from firstframe.engines.parallax.scene.horizon import find_horizon
from firstframe.engines.parallax.scene.lines import find_lines
from firstframe.engines.parallax.scene.matte import subject_matte
from firstframe.engines.parallax.scene.model import Picture, Scene
from firstframe.engines.parallax.scene.nouns import PEOPLE, named
from firstframe.engines.parallax.scene.pairs import side_by_side
from firstframe.engines.parallax.scene.sky import find_sky
from firstframe.engines.parallax.scene.stopwatch import Stopwatch
from firstframe.engines.parallax.scene.study import Depths, Study
from firstframe.engines.parallax.scene.subject import find_subject
from firstframe.engines.parallax.scene.views import Views

BELIEVED = 0.35
"""Least confidence at which a subject is used for anything at all."""
TRUSTED_SKY = 0.68


def analyse(picture: Picture, subjects: tuple[str, ...] = (), seconds: dict[str, float] | None = None) -> Scene:
    """Understand one picture, (H, W, 3) uint8 RGB: layers, classes, inverse depth and how far each can be trusted.

    See `look_at`.
    """
    return look_at(Views.of(np.ascontiguousarray(picture)), subjects, seconds).scene


def look_at(views: Views, subjects: tuple[str, ...] = (), seconds: dict[str, float] | None = None) -> Study:
    """Look at one picture, of canvas size, without cutting it yet.

    `subjects` are nouns of the prompt; `seconds` is filled with the time
    of each part. The same picture and words always give the same scene.
    """
    watch = Stopwatch(seconds)
    finds = _look(views, subjects, watch)
    found = _classes(views, finds, subjects)
    watch.lap("classes")
    horizon = finds.horizon_share(views.size[0])
    ground = depth.ground_ramp(views.size, horizon)
    near = None
    if finds.matte is not None and finds.subject is not None:
        near = depth.billboard(finds.matte, ground, exact_contact=finds.subject.kind == "rising")
    sky = found.masks.get("sky")
    single = depth.single_sheet(ground, finds.matte, near, sky)
    uncut = Scene(
        layers=(),
        classes=found.masks,
        single_depth_inverse=single,
        seen_depth_inverse=depth.seen(ground, finds.trusted_matte, near, sky),
        confidence=finds.confidence,
        horizon=horizon,
        subject_box=finds.subject_share(),
        face_box=finds.face_share(views.size),
        class_confidence=found.trusts,
        lines=find_lines(views),
        notes=(*finds.notes(), f"Classes: {', '.join(found.masks) or 'none'}."),
    )
    watch.lap("depth")
    return Study(views, finds, Depths(ground, near, single), uncut, watch)


def _look(views: Views, subjects: tuple[str, ...], watch: Stopwatch) -> Finds:
    horizon = find_horizon(views)
    watch.lap("horizon")
    face, sky = side_by_side(
        lambda: find_face(views, expected=named(subjects, PEOPLE)), lambda: find_sky(views, horizon, subjects)
    )
    sky = sky.behind(face) if sky is not None else None
    if sky is not None and sky.confidence < TRUSTED_SKY:
        sky = None
    watch.lap("face and sky")
    subject = find_subject(views, face, sky, subjects)
    watch.lap("subject")
    if subject is None or subject.confidence < BELIEVED:
        return Finds(horizon, face, sky, None, None)
    matte = subject_matte(views, subject.mask, face, subject.kind)
    watch.lap("matte")
    return Finds(horizon, face, sky, subject, matte)


def _classes(views: Views, finds: Finds, subjects: tuple[str, ...]) -> classes.Classes:
    found = classes.surroundings(views, finds.sky, finds.horizon, finds.trusted_matte, subjects)
    if finds.matte is not None and finds.subject is not None:
        if finds.face is not None:
            classes.person(found, views, finds.matte, finds.face)
        elif finds.subject.kind == "figure":
            classes.figure(found, views, finds.matte)
        elif finds.subject.kind == "salient":
            classes.thing(found, views, finds.matte, subjects)
        found.add("subject", (finds.matte, finds.subject.confidence))
    return found
