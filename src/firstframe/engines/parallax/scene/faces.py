"""Faces of people: Haar cascades, frontal and profile, and what they must look like to be believed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from firstframe.engines.parallax.scene.skin import skin_likelihood
from firstframe.engines.parallax.scene.views import Views


@dataclass(frozen=True)
class Face:
    """One face in analysis pixels."""

    x: float
    y: float
    width: float
    height: float
    trust: float
    """0…1."""

    @property
    def centre(self) -> tuple[float, float]:
        """x, y of the middle."""
        return self.x + self.width / 2, self.y + self.height / 2


@cache
def _cascade(name: str) -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(f"{cv2.data.haarcascades}haarcascade_{name}.xml")


def find_face(views: Views, expected: bool = True) -> Face | None:
    """The largest believable face, or None.

    Frontal cascade first, then, when the prompt lets a person be `expected`, profiles to either side. A hit must be
    skin-coloured to a fair part: on textures (foliage, brick, bokeh) the cascades alone report faces that are not there.
    """
    for name, mirrored in (("frontalface_alt2", False), ("profileface", False), ("profileface", True)):
        if name == "profileface" and not expected:
            break
        hits = [face for face in _hits(views, name, mirrored) if face.trust >= (0.35 if expected else 0.55)]
        if hits:
            return max(hits, key=lambda face: face.width * face.trust)
    return None


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
