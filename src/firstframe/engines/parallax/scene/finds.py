"""What was seen in a picture, before anything is cut out of it."""

from __future__ import annotations

from dataclasses import dataclass

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.filters import Size
from firstframe.engines.parallax.scene.horizon import SURE, Horizon
from firstframe.engines.parallax.scene.model import Map, Share
from firstframe.engines.parallax.scene.shapes import bounding_box
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.subject import Subject

TRUSTED = 0.5
"""Least confidence at which the subject gets a layer of its own."""
LOWEST_FOOT = 0.6
"""A sky that reaches farther down, with no horizon to be seen, ends at what stands before the horizon."""


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
    def confidence(self) -> float:
        """Trust in the outline of the subject, 0…1."""
        return self.subject.confidence if self.subject is not None else 0.0

    @property
    def trusted_matte(self) -> Map | None:
        """The matte when it is good enough for a layer of its own."""
        return self.matte if self.confidence >= TRUSTED else None

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

    def subject_share(self) -> Share | None:
        """Where the subject is, in fractions of the picture."""
        box = bounding_box(self.matte > 0.5) if self.matte is not None else None
        if box is None or self.matte is None:
            return None
        height, width = self.matte.shape
        return box[0] / width, box[1] / height, box[2] / width, box[3] / height

    def face_share(self, size: Size) -> Share | None:
        """Where the face is, in fractions of the picture of `size` (h, w)."""
        if self.face is None:
            return None
        height, width = size
        return self.face.x / width, self.face.y / height, self.face.width / width, self.face.height / height

    def notes(self) -> tuple[str, ...]:
        """What was found and how far it is trusted, one sentence each."""
        notes = []
        if self.subject is None:
            notes.append("No subject stands out clearly.")
        else:
            word = "trusted" if self.trusted_matte is not None else "not trusted"
            reasons = ", ".join(self.subject.reasons)
            notes.append(f"Subject by {self.subject.kind}, {word} at {self.subject.confidence:.2f} ({reasons}).")
        if self.sky is not None:
            notes.append(f"Sky trusted at {self.sky.confidence:.2f} ({', '.join(self.sky.reasons)}).")
        return tuple(notes)
