"""The way from a picture to a `Scene`."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from firstframe.engines.parallax.scene import classes, depth, layers
from firstframe.engines.parallax.scene.faces import Face, find_face
from firstframe.engines.parallax.scene.filters import resized, shrunk_picture
from firstframe.engines.parallax.scene.flaws import Flaws, outline_flaws
from firstframe.engines.parallax.scene.horizon import SURE, Horizon, find_horizon
from firstframe.engines.parallax.scene.lines import find_lines
from firstframe.engines.parallax.scene.matte import background_hole, subject_matte
from firstframe.engines.parallax.scene.model import Layer, Map, Picture, Scene
from firstframe.engines.parallax.scene.nouns import PEOPLE, named
from firstframe.engines.parallax.scene.pairs import side_by_side
from firstframe.engines.parallax.scene.shapes import bounding_box
from firstframe.engines.parallax.scene.sky import Sky, find_sky
from firstframe.engines.parallax.scene.stopwatch import Stopwatch
from firstframe.engines.parallax.scene.subject import Subject, find_subject
from firstframe.engines.parallax.scene.views import Views

TRUSTED = 0.5
"""Least confidence at which the subject gets a layer of its own."""
BELIEVED = 0.35
"""Least confidence at which a subject is used for anything at all."""
TRUSTED_SKY = 0.68
LOWEST_FOOT = 0.6
"""A sky that reaches farther down, with no horizon to be seen, ends at what stands before the horizon."""

Share = tuple[float, float, float, float]
"""x, y, width, height as fractions of the picture."""


@dataclass(frozen=True)
class Finds:
    """What was seen in the picture, at analysis size."""

    horizon: Horizon | None
    face: Face | None
    sky: Sky | None
    subject: Subject | None
    matte: Map | None
    """(h, w) opacity of the subject."""

    @property
    def trusted_matte(self) -> Map | None:
        """The matte when it is good enough for a layer of its own."""
        return self.matte if self.subject is not None and self.subject.confidence >= TRUSTED else None

    @property
    def level_row(self) -> int | None:
        """Row of the horizon, when it is sure."""
        return self.horizon.row if self.horizon is not None and self.horizon.trust > SURE else None

    def horizon_share(self, height: int) -> float | None:
        """The horizon as a fraction of the height, from itself or from the foot of the sky."""
        if self.level_row is not None:
            return self.level_row / height
        level = self.sky.level / height if self.sky is not None else 1.0
        return level if level < LOWEST_FOOT else None


def analyse(picture: Picture, subjects: tuple[str, ...] = (), seconds: dict[str, float] | None = None) -> Scene:
    """Understand one picture: layers, classes, inverse depth and how far each can be trusted.

    `picture` (H, W, 3) uint8 RGB at canvas size; `subjects` are nouns of the prompt; `seconds` is filled with the time
    of each part. The same picture and words always give the same scene.
    """
    watch = Stopwatch(seconds)
    views = Views.of(np.ascontiguousarray(picture))
    finds = _look(views, subjects, watch)
    found = _classes(views, finds, subjects)
    watch.lap("classes")
    horizon = finds.horizon_share(views.size[0])
    ground = depth.ground_ramp(views.size, horizon)
    near = None
    if finds.matte is not None and finds.subject is not None:
        near = depth.billboard(finds.matte, ground, exact_contact=finds.subject.kind == "rising")
    single = depth.single_sheet(ground, finds.matte, near, found.masks.get("sky"))
    watch.lap("depth")
    sheets = _sheets(views, finds, ground, near, watch)
    flaws = _flaws(views, finds.trusted_matte, sheets)
    confidence = _confidence(finds, flaws)
    if len(sheets) > 1 and sheets[-1].name == "subject" and confidence < TRUSTED:
        sheets = _without_subject(views, finds, ground)
    watch.lap("flaws")
    return Scene(
        layers=sheets,
        classes=found.masks,
        single_depth_inverse=single,
        confidence=confidence,
        horizon=horizon,
        subject_box=_matte_share(finds.matte),
        face_box=_face_share(finds.face, views),
        class_confidence=found.trusts,
        lines=find_lines(views),
        notes=_notes(finds, flaws, tuple(found.masks)),
    )


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
    matte = subject_matte(views, subject.mask, face, porous=subject.kind == "rising")
    watch.lap("matte")
    return Finds(horizon, face, sky, subject, matte)


def _classes(views: Views, finds: Finds, subjects: tuple[str, ...]) -> classes.Classes:
    found = classes.surroundings(views, finds.sky, finds.horizon, finds.trusted_matte, subjects)
    if finds.matte is not None and finds.subject is not None:
        if finds.face is not None:
            classes.person(found, views, finds.matte, finds.face)
        found.add("subject", (finds.matte, finds.subject.confidence))
    return found


def _sheets(views: Views, finds: Finds, ground: Map, near: Map | None, watch: Stopwatch) -> tuple[Layer, ...]:
    matte, behind = finds.trusted_matte, views
    front: tuple[Layer, ...] = ()
    if matte is not None and near is not None:
        subject, behind = side_by_side(
            lambda: layers.subject_layer(views, matte, near),
            lambda: layers.without_subject(views, *background_hole(matte, finds.face), finds.sky, finds.level_row),
        )
        front = (subject,)
        watch.lap("foreground and fill")
    if finds.sky is None:
        return (Layer("background", behind.canvas, None, ground), *front)
    back = layers.land_layers(behind, finds.sky, matte, ground)
    watch.lap("sky layer")
    return (*back, *front)


def _without_subject(views: Views, finds: Finds, ground: Map) -> tuple[Layer, ...]:
    if finds.sky is None:
        return (Layer("background", views.canvas, None, ground),)
    return layers.land_layers(views, finds.sky, None, ground)


def _flaws(views: Views, matte: Map | None, sheets: tuple[Layer, ...]) -> Flaws:
    """What a move would show to be wrong behind the subject, on land and sky together."""
    if matte is None:
        return Flaws()
    behind = shrunk_picture(sheets[0].rgb, views.size)
    for layer in sheets[1:-1]:
        assert layer.alpha is not None, "only the first layer is opaque everywhere"
        share = resized(layer.alpha, views.size, cv2.INTER_AREA) / np.float32(255)
        near = shrunk_picture(layer.rgb, views.size)
        behind = np.asarray(cv2.blendLinear(near, behind, share, 1 - share), np.uint8)
    return outline_flaws(views, matte, behind)


def _confidence(finds: Finds, flaws: Flaws) -> float:
    """Trust in the outline, less what a move would show to be wrong behind it."""
    outline = finds.subject.confidence if finds.subject is not None else 0.0
    return outline * flaws.cleanness


def _matte_share(matte: Map | None) -> Share | None:
    box = bounding_box(matte > 0.5) if matte is not None else None
    if box is None or matte is None:
        return None
    height, width = matte.shape
    return box[0] / width, box[1] / height, box[2] / width, box[3] / height


def _face_share(face: Face | None, views: Views) -> Share | None:
    if face is None:
        return None
    height, width = views.size
    return face.x / width, face.y / height, face.width / width, face.height / height


def _notes(finds: Finds, flaws: Flaws, names: tuple[str, ...]) -> tuple[str, ...]:
    notes = []
    if finds.subject is None:
        notes.append("No subject stands out clearly.")
    else:
        word = "trusted" if finds.trusted_matte is not None else "not trusted"
        reasons = ", ".join(finds.subject.reasons)
        notes.append(f"Subject by {finds.subject.kind}, {word} at {finds.subject.confidence:.2f} ({reasons}).")
    if finds.trusted_matte is not None:
        notes.append(
            f"What is behind it is clean to {flaws.cleanness:.2f} (ghost {flaws.ghost:.3f}, seam {flaws.seam:.2f})."
        )
    if finds.sky is not None:
        notes.append(f"Sky trusted at {finds.sky.confidence:.2f} ({', '.join(finds.sky.reasons)}).")
    notes.append(f"Classes: {', '.join(names) or 'none'}.")
    return tuple(notes)
