"""Faces of people: Haar cascades, frontal and profile, and what they must look like to be believed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from firstframe.engines.parallax.scene.filters import Mask, Size
from firstframe.engines.parallax.scene.memory import remembered
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import ellipse
from firstframe.engines.parallax.scene.skin import skin_likelihood
from firstframe.engines.parallax.scene.views import Views

BELIEVED, BELIEVED_UNNAMED = 0.35, 0.55
"""Least trust in a face, when the prompt names a person and when it does not."""

AS_NEAR = 0.55
"""Width of another's face, in widths of the largest, from which on the two are together."""


@dataclass(frozen=True)
class Face:
    """One face in analysis pixels."""

    x: float
    y: float
    width: float
    height: float
    trust: float
    """0…1."""
    others: tuple[Face, ...] = ()
    """Faces of others who are about as near: they belong to the same subject."""

    @property
    def everybody(self) -> tuple[Face, ...]:
        """This face and the others."""
        return (self, *self.others)

    @property
    def centre(self) -> tuple[float, float]:
        """x, y of the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def oval(self, size: Size, down: float, across: float, along: float, middle: float | None = None) -> Mask:
        """Mask (h, w) of an ellipse around the column `middle`, in shares of the face's width and height.

        Its centre lies `down` from the face's top, its radii are `across` and `along`.
        """
        centre = self.centre[0] if middle is None else middle, self.y + down * self.height
        return ellipse(size, centre, (across * self.width, along * self.height))

    def patch(self, lab: Map, top: float, bottom: float, half_width: float) -> Map:
        """The (n, 3) colours between two heights and to either side of the middle, in shares of the face."""
        cx, _ = self.centre
        first = max(0, round(self.y + top * self.height))
        rows = slice(first, max(first + 2, round(self.y + bottom * self.height)))
        columns = slice(max(0, round(cx - half_width * self.width)), round(cx + half_width * self.width))
        return lab[rows, columns].reshape(-1, 3)


def find_face(views: Views, expected: bool = True) -> Face | None:
    """The largest believable face, or None.

    Frontal cascade first, then, when the prompt lets a person be `expected`, profiles to either side. A hit must be
    skin-coloured to a fair part: on textures (foliage, brick, bokeh) the cascades alone report faces that are none.
    """
    least = BELIEVED if expected else BELIEVED_UNNAMED
    for name, mirrored in (("frontalface_alt2", False), ("profileface", False), ("profileface", True)):
        if name == "profileface" and not expected:
            break
        hits = [face for face in _hits(views, name, mirrored) if face.trust >= least]
        if hits:
            main = max(hits, key=lambda face: face.width * face.trust)
            return replace(main, others=tuple(face for face in hits if _beside(main, face)))
    return None


def _beside(main: Face, other: Face) -> bool:
    """Whether a face is somebody else's, who is about as near."""
    apart = max(abs(a - b) for a, b in zip(main.centre, other.centre, strict=True))
    return apart > 0.8 * main.width and other.width > AS_NEAR * main.width and other.trust > BELIEVED_UNNAMED


@cache
def _cascade(name: str) -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / f"haarcascade_{name}.xml"))


@remembered
def _hits(views: Views, name: str, mirrored: bool) -> list[Face]:
    grey = cv2.equalizeHist(views.grey)
    if mirrored:
        grey = np.ascontiguousarray(grey[:, ::-1])
    least = max(20, round(0.07 * min(views.size)))
    if min(views.size) <= least:
        return []
    boxes, _, weights = _cascade(name).detectMultiScale3(
        grey, scaleFactor=1.15, minNeighbors=4, minSize=(least, least), outputRejectLevels=True
    )
    found = []
    for (x, y, width, height), weight in zip(boxes, np.ravel(weights), strict=True):
        left = views.size[1] - x - width if mirrored else x
        trust = _trust(views, left, y, width, height, float(weight), name)
        found.append(Face(float(left), float(y), float(width), float(height), trust))
    return found


def _trust(views: Views, x: int, y: int, width: int, height: int, weight: float, name: str) -> float:
    inner = np.s_[y + height // 4 : y + height * 7 // 8, x + width // 4 : x + width * 3 // 4]
    skin = float(skin_likelihood(views.lab[inner]).mean())
    strong = min(1.0, max(0.0, weight / (3.0 if name.startswith("frontal") else 6.0)))
    return float(np.clip(1.6 * skin, 0, 1) * (0.4 + 0.6 * strong))
